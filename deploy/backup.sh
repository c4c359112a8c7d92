#!/bin/bash
# A backup now, and then each SHEGONG_BACKUP_HOURS hours; of whole ones the last SHEGONG_BACKUP_KEEP
# are kept.  Runs in the image, and once each night as shegong-backup.service: "once" ends after the first.
set -eu
place=/var/backups/shegong

# A folder without a manifest is what an attempt that failed has left.
forget() {
	local kept=0 folder
	for folder in $(find "$place" -mindepth 1 -maxdepth 1 -type d -name '20*' | sort -r); do
		[ -e "$folder/manifest.json" ] && kept=$((kept + 1))
		if [ ! -e "$folder/manifest.json" ] || [ "$kept" -gt "${SHEGONG_BACKUP_KEEP:-14}" ]; then
			rm -rf "$folder"
		fi
	done
}

trap 'exit 0' TERM INT
while :; do
	folder=$place/$(date -u +%Y-%m-%dT%H%M%SZ)
	if shegong backup "$folder" && shegong verify --backup "$folder"; then
		forget
	elif [ "${1:-}" = once ]; then
		exit 1
	fi
	[ "${1:-}" != once ] || exit 0
	sleep $((${SHEGONG_BACKUP_HOURS:-24} * 3600)) &
	wait $!
done
