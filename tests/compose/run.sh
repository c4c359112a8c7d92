#!/bin/bash
# Shegong in containers: the image is built, docker-compose.yml is brought up, tried and taken down.
#
# The engine is Debian's docker.io, started here with a place of its own and without a bridge, so that
# the machine's network stays as it is; the base image is made with debootstrap.  Where no engine can
# be started, this is skipped.  What was made stays in SHEGONG_COMPOSE_CACHE for the next time.
set -eu
cd "$(dirname "$0")/../.."

cache=${SHEGONG_COMPOSE_CACHE:-/var/cache/shegong-compose}
mkdir -p "$cache/docker" "$cache/run"
export DOCKER_HOST=unix://$cache/docker.sock
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
engine=

stop_engine() {
	[ -z "$engine" ] || { kill "$engine" && wait "$engine"; } 2>/dev/null || true
}
trap stop_engine EXIT

start_engine() {
	local i
	dockerd --data-root "$cache/docker" --exec-root "$cache/run" --pidfile "$cache/docker.pid" \
		--bridge none --iptables=false --host "$DOCKER_HOST" >"$cache/dockerd.log" 2>&1 &
	engine=$!
	for i in $(seq 100); do
		docker info >/dev/null 2>&1 && return
		kill -0 "$engine" 2>/dev/null || break
		sleep 0.2
	done
	return 1
}

make_base() {
	docker image inspect shegong-base:bookworm >/dev/null 2>&1 ||
		docker import "$(bash tests/bare.sh)" shegong-base:bookworm >/dev/null
}

build() {
	docker build --network host --build-arg BASE=shegong-base:bookworm --target "$1" \
		-t "$2:test" -f deploy/Dockerfile . >"$cache/$1.log" 2>&1 || {
		tail -n 30 "$cache/$1.log"
		return 1
	}
}

bash deploy/install.sh compose
if ! start_engine; then
	echo "1..0 # SKIP no Docker engine can be started here: $(tail -n 1 "$cache/dockerd.log")"
	exit 0
fi
make_base
build shegong shegong
build demo shegong-demo
docker image prune -f >/dev/null
python3 tests/compose/compose_test.py
