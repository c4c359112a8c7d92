#!/bin/bash
# A bare Debian 12 as an archive, made with debootstrap from where this machine has its own packages:
# bare.sh prints where it lies.  It is kept in SHEGONG_TEST_CACHE for the next time.
set -eu
cache=${SHEGONG_TEST_CACHE:-/var/cache/shegong-tests}
archive=$cache/bookworm.tar
export PATH=$PATH:/usr/sbin:/sbin

make_base() {
	local from made=$cache/bookworm.made
	from=$(apt-cache policy | grep -oE 'https?://[^ ]+ bookworm/main' | head -n 1 | cut -d' ' -f1)
	rm -rf --one-file-system "$made"
	debootstrap --variant=minbase bookworm "$made" "$from" >"$cache/bookworm.log" 2>&1 || {
		tail -n 20 "$cache/bookworm.log" >&2
		return 1
	}
	rm -f "$made"/etc/apt/sources.list "$made"/var/cache/apt/archives/*.deb
	cp /etc/apt/sources.list.d/debian.sources "$made/etc/apt/sources.list.d/" 2>/dev/null ||
		cp /etc/apt/sources.list "$made/etc/apt/"
	# Whole or not there at all.
	tar -C "$made" -cf "$archive.new" .
	rm -rf --one-file-system "$made"
	mv "$archive.new" "$archive"
}

mkdir -p "$cache"
# Who comes while it is made waits for it.
exec 9>"$cache/bookworm.lock"
flock 9
[ -e "$archive" ] || make_base
echo "$archive"
