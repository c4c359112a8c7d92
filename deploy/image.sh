#!/bin/bash
# What the image is made with, inside it: image.sh floors | finish.
set -eu

# Each package of minimum-versions.txt is there, and not older.
floors() {
	local package floor there
	while read -r package floor; do
		there=$(dpkg-query -W -f '${Version}' "$package")
		dpkg --compare-versions "$there" ge "$floor" || {
			echo "$package $there is older than $floor" >&2
			return 1
		}
	done < <(sed 's/#.*//' /deploy/minimum-versions.txt | grep .)
}

# A list of all packages in the image, as CycloneDX.
sbom() {
	printf '{"bomFormat": "CycloneDX", "specVersion": "1.4", "version": 1, "components": [\n'
	printf '  {"type": "application", "name": "shegong", "version": "%s"}' "$(shegong --version)"
	# shellcheck disable=SC2016
	dpkg-query -W -f '${Package} ${Version} ${Architecture}\n' | while read -r name version machine; do
		printf ',\n  {"type": "library", "name": "%s", "version": "%s", ' "$name" "$version"
		printf '"purl": "pkg:deb/debian/%s@%s?arch=%s"}' "$name" "$version" "$machine"
	done
	printf '\n]}\n'
}

# The user, his folders (a new volume takes their owner and mode), the list; and what nobody needs.
finish() {
	local program
	for program in /usr/bin/shegong*; do
		if ldd "$program" | grep 'not found' >&2; then
			echo "$program lacks a library" >&2
			return 1
		fi
	done
	echo 'shegong:x:10001:10001::/nonexistent:/usr/sbin/nologin' >>/etc/passwd
	echo 'shegong:x:10001:' >>/etc/group
	install -d -o 10001 -g 10001 -m 0700 /run/shegong /var/backups/shegong /etc/shegong \
		/var/lib/shegong /var/lib/shegong/{personnel,stations,funding,supervision,reporting}
	sbom >/usr/share/shegong/sbom.json
	find / -xdev -type f -perm /6000 -exec chmod a-s {} +
	rm -rf /usr/share/{doc,info,locale,man} /var/cache/apt/* /var/cache/debconf/*-old \
		/var/lib/apt/lists/* /var/log/* /usr/share/zoneinfo/right
}

"$1"
