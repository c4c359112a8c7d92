#!/bin/bash
# The demo, twice over the same data: it plays the year, shows its figures, and the second time
# nothing changes.
set -eu
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

for time in first second; do
	if ! bash deploy/demo.sh --once --data "$place/data" >"$place/$time" 2>&1; then
		cat "$place/$time"
		exit 1
	fi
	# What the table shows, and where the journals stand afterwards.
	sed -n '/^云南省/,/^==/p; /journals after/p' "$place/$time" | grep -v 'journals before' \
		>"$place/$time.figures"
done

# Each figure of the published notice, and what the year must come to.
while read -r figure name; do
	if ! grep -qE "^ *$figure  .*$name" "$place/first.figures"; then
		echo "not shown: $figure $name"
		cat "$place/first.figures"
		exit 1
	fi
done <<'TEXT'
41 Agencies that applied .* = .* 41
166 Professionals who applied .* = .* 166
90 Professionals selected .* = .* 90
14 Prefectures served .* = .* 14
22 Sites .* = .* 22
26 Counties served .* declared 27 .*differs
22 Agreements in force .*late 1
90 People in post
3,600,000.00 Entitlement
1,800,000.00 of which: Central
0.00 Sum of the ledger .* balanced
22./.22 Projects evaluated
1 Next year's distributions published
TEXT

diff "$place/first.figures" "$place/second.figures"
grep -q 'nothing has changed' "$place/second"
cat "$place/second.figures"
