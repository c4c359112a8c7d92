#!/bin/bash
# Install the packages of deploy/packages.txt that are missing: deploy/install.sh GROUP...
#
# On a machine that has them all it does nothing, and needs neither root nor a network.
#
#     deploy/install.sh --unpack DIR GROUP...
#
# puts the packages' files into DIR and installs nothing: for a tool whose package starts a daemon.
set -eu
unpack=
if [ "${1:-}" = --unpack ]; then
	mkdir -p "$2"
	unpack=$(cd "$2" && pwd)
	shift 2
fi
cd "$(dirname "$0")"

wanted=()
for group in "$@"; do
	while read -r name; do
		wanted+=("$name")
	done < <(sed -n "s/^$group: *//p" packages.txt | tr -s ' ' '\n' | grep .)
done

if [ -n "$unpack" ]; then
	apt-get update -q >/dev/null
	cd "$unpack"
	apt-get download -q "${wanted[@]}" >/dev/null
	for package in *.deb; do
		dpkg-deb -x "$package" .
		rm "$package"
	done
	exit 0
fi

missing=()
for name in "${wanted[@]}"; do
	dpkg-query -W -f='${Status}\n' "$name" 2>/dev/null | grep -q 'install ok installed' ||
		missing+=("$name")
done
# A Node.js of another origin serves as well as Debian's.
if command -v npm >/dev/null && command -v node >/dev/null; then
	for i in "${!missing[@]}"; do
		case ${missing[i]} in
		nodejs | npm) unset 'missing[i]' ;;
		esac
	done
fi
[ "${#missing[@]}" -eq 0 ] && exit 0

echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null
apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
