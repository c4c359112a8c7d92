#!/bin/bash
# The Debian package, made of a build folder and installed on a bare Debian 12: run.sh BUILD_DIR
#
# First into a chroot, as an image is made; then that machine is booted (systemd-nspawn, with no network)
# and tests/package/inside.sh is one of its services.  Where nothing can be booted, that is skipped.
set -u
build=$(cd "$1" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
. tests/package/tap.sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP a machine is made by root alone' && exit 0; }
bash deploy/install.sh package || exit 1

cache=${SHEGONG_TEST_CACHE:-/var/cache/shegong-tests}
work=$(mktemp -d /var/tmp/shegong-package.XXXXXX)
machine=$work/machine
trap 'rm -rf --one-file-system "$work"' EXIT

inside() { DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$machine" "$@"; }

fetched() { cp -n "$machine"/var/cache/apt/archives/*.deb "$cache/archives/"; }

package() { deploy/package/build.sh --build "$build" "$work"; }

same_again() {
	local first
	first=$(sha256sum <"$deb")
	package && [ "$first" = "$(sha256sum <"$deb")" ]
}

# What was fetched before is not fetched again.
bare() {
	mkdir -p "$machine" "$cache/archives"
	tar -C "$machine" -xf "$(bash tests/bare.sh)" || return 1
	cp -L /etc/resolv.conf "$machine/etc/"
	find "$cache/archives" -name '*.deb' -exec cp -t "$machine/var/cache/apt/archives" {} +
	mkdir "$machine/test"
	cp "$deb" tests/package/tap.sh tests/package/inside.sh "$machine/test/"
	inside apt-get update -q
}

install() {
	inside apt-get install -y -q --no-install-recommends "/test/$(basename "$deb")" && fetched
}

# Each program takes the settings that were installed.
programs() {
	local name
	inside shegong --version || return 1
	for name in gateway personnel stations funding supervision reporting; do
		inside runuser -u shegong -- env --ignore-environment \
			SHEGONG_SCHEMA=/usr/share/shegong/shegong.binpb sh -c 'set -a
			for file; do [ ! -e "$file" ] || . "$file"; done
			exec "$0" --check' "/usr/bin/shegong-$name" \
			/etc/shegong/services.env "/etc/shegong/$name.env" || return 1
	done
}

# Secrets are their owner's alone.
secrets() {
	[ "$(inside find /etc/shegong -name '*.key' -perm /077 | wc -l)" -eq 0 ] &&
		[ "$(inside find /etc/shegong -name '*.key' -user shegong | wc -l)" -eq 8 ]
}

init_system() {
	inside apt-get install -y -q --no-install-recommends systemd systemd-sysv dbus &&
		fetched
}

boot() {
	cat >"$machine/etc/systemd/system/test.service" <<UNIT
[Unit]
After=shegong.target
[Service]
Type=oneshot
Environment=n=$n failed=$failed
ExecStart=/bin/bash /test/inside.sh /test/$(basename "$deb")
ExecStopPost=/bin/systemctl poweroff --no-block
StandardOutput=append:/test/out
UNIT
	ln -s ../test.service "$machine/etc/systemd/system/multi-user.target.wants/"
	timeout 300 systemd-nspawn --quiet --directory="$machine" --register=no --keep-unit \
		--private-network --console=pipe --boot </dev/null >"$work/console" 2>&1
	[ -s "$machine/test/out" ]
}

check 'the package is made' package
deb=$(ls "$work"/shegong_*.deb) || exit 1
check 'made again it is the same, byte for byte' same_again
check 'a bare Debian 12' bare
check 'apt installs it, with what it needs' install
check 'the programs run, with the settings that came with them' programs
check 'keys were made, for their owner alone' secrets
check 'an init system for that machine' init_system
if boot; then
	cat "$machine/test/out"
	! grep -q '^not ok' "$machine/test/out" && grep -q '^1\.\.' "$machine/test/out"
else
	tail -n 3 "$work/console" | sed 's/^/# /'
	echo "ok $((n + 1)) - the booted machine # SKIP systemd-nspawn boots nothing here"
	echo "1..$((n + 1))"
	exit $failed
fi
