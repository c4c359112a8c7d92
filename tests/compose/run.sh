#!/bin/bash
# Shegong in containers: the images are built, and the operator's page is lived through, with faults.
#
# The engine is Debian's docker.io with a place of its own, the base image a bare Debian 12.  It runs in
# namespaces of its own, of which only the network of those that build is this machine's: network and
# packet filter stay as they are, and what is left ends with it.  Where no engine can be started, this
# is skipped.  With SHEGONG_COMPOSE_CACHE=DIR what was made stays there for the next time.
set -eu
cd "$(dirname "$0")/../.."
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH

start_engine() {
	local i
	# Of one before, whose process numbers are others' now.
	rm -rf --one-file-system "$place/docker.pid" "$place/run"
	dockerd --data-root "$place/docker" --exec-root "$place/run" --pidfile "$place/docker.pid" \
		--host "$DOCKER_HOST" "$@" >"$place/dockerd.log" 2>&1 &
	engine=$!
	trap 'kill "$engine" && wait "$engine"' EXIT
	for i in $(seq 100); do
		docker info >/dev/null 2>&1 && return
		kill -0 "$engine" 2>/dev/null || break
		sleep 0.2
	done
	echo "1..0 # SKIP no Docker engine can be started here: $(tail -n 1 "$place/dockerd.log")"
	exit 77
}

# With what this machine trusts, and without waiting for the disk at each step of dpkg.
make_base() {
	local more=$place/more
	docker image inspect shegong-base:bookworm >/dev/null 2>&1 && return
	mkdir -p "$more/usr/local/share/ca-certificates" "$more/etc/dpkg/dpkg.cfg.d"
	cp -r /usr/local/share/ca-certificates "$more/usr/local/share/"
	echo force-unsafe-io >"$more/etc/dpkg/dpkg.cfg.d/unsafe-io"
	cp "$(bash tests/bare.sh)" "$place/base.tar"
	(cd "$more" && find . -type f | tar -rf "$place/base.tar" -T -)
	docker import "$place/base.tar" shegong-base:bookworm >/dev/null
	rm -rf "$place/base.tar" "$more"
}

# A fresh clone of what is committed, as an operator has it, and the images of all profiles.
build() {
	rm -rf "$place/shegong" "$place/origin.git"
	git init -q --bare -b main "$place/origin.git"
	git push -q "$place/origin.git" HEAD:refs/heads/main
	git clone -q "$place/origin.git" "$place/shegong"
	(cd "$place/shegong" && docker-compose --profile demo --profile monitoring build) \
		>"$place/build.log" 2>&1 || {
		tail -n 30 "$place/build.log"
		return 1
	}
	docker image prune -f >/dev/null
}

case ${1:-} in
images)
	place=$2
	start_engine --bridge none --iptables=false
	make_base
	build
	;;
try)
	place=$2
	ip link set lo up
	start_engine
	python3 tests/compose/compose_test.py "$place"
	;;
*)
	bash deploy/install.sh compose
	place=${SHEGONG_COMPOSE_CACHE:-$(mktemp -d /var/tmp/shegong-compose.XXXXXX)}
	mkdir -p "$place"
	[ -n "${SHEGONG_COMPOSE_CACHE:-}" ] || trap 'rm -rf --one-file-system "$place"' EXIT
	export DOCKER_HOST=unix://$place/docker.sock
	# The operator's commands read this too, so that they are run as they are written.
	export COMPOSE_FILE=docker-compose.yml:$PWD/tests/compose/base.yml
	apart=(unshare --mount --pid --fork --kill-child --mount-proc)
	if ! "${apart[@]}" --net true; then
		echo "1..0 # SKIP no namespaces can be made here"
		exit 0
	fi
	status=0
	"${apart[@]}" bash "$0" images "$place" || status=$?
	[ "$status" -ne 77 ] || exit 0
	[ "$status" -eq 0 ] || exit "$status"
	"${apart[@]}" --net bash "$0" try "$place"
	;;
esac
