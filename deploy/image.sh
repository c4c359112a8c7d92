#!/bin/bash
# What the images are made with, inside them: image.sh floors | programs | watching | lean.
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

# A list of all packages in the image, as CycloneDX: sbom NAME VERSION
sbom() {
	printf '{"bomFormat": "CycloneDX", "specVersion": "1.4", "version": 1, "components": [\n'
	printf '  {"type": "application", "name": "%s", "version": "%s"}' "$1" "$2"
	# shellcheck disable=SC2016
	dpkg-query -W -f '${Package} ${Version} ${Architecture}\n' | while read -r name version machine; do
		printf ',\n  {"type": "library", "name": "%s", "version": "%s", ' "$name" "$version"
		printf '"purl": "pkg:deb/debian/%s@%s?arch=%s"}' "$name" "$version" "$machine"
	done
	printf '\n]}\n'
}

# The user whom everything runs as, and his folders: a new volume takes their owner and mode.
user() {
	echo 'shegong:x:10001:10001::/nonexistent:/usr/sbin/nologin' >>/etc/passwd
	echo 'shegong:x:10001:' >>/etc/group
	install -d -o 10001 -g 10001 -m 0700 "$@"
}

programs() {
	local program
	for program in /usr/bin/shegong*; do
		if ldd "$program" | grep 'not found' >&2; then
			echo "$program lacks a library" >&2
			return 1
		fi
	done
	user /run/shegong /var/backups/shegong /etc/shegong/{keys,master,tokens,tls} /var/lib/shegong \
		/var/lib/shegong/{personnel,stations,funding,supervision,reporting}
	# Its folders are the user's alone; this one is only the way to them.
	chmod 0755 /etc/shegong
	sbom shegong "$(shegong --version)" >/usr/share/shegong/sbom.json
}

# In its container Prometheus finds the gateway by name.
watching() {
	sed -i 's/127\.0\.0\.1:8080/gateway:8080/' /etc/prometheus/prometheus.yml
	promtool check config /etc/prometheus/prometheus.yml
	rm -rf /var/lib/prometheus
	user /var/lib/prometheus
	mkdir -p /usr/share/shegong
	sbom prometheus "$(dpkg-query -W -f '${Version}' prometheus)" >/usr/share/shegong/sbom.json
}

# Nothing that gives rights, and nothing that nobody reads.
lean() {
	find / -xdev -type f -perm /6000 -exec chmod a-s {} +
	rm -rf /usr/share/{doc,info,locale,man} /var/cache/apt/* /var/cache/debconf/*-old \
		/var/lib/apt/lists/* /var/log/* /usr/share/zoneinfo/right /deploy
}

"$1"
