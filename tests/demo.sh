#!/bin/bash
# The demo of each programme, twice over the same data: it plays the year, shows its figures, and the
# second time nothing changes.  What is expected are lines "FIGURE  part of its line", read from the
# standard input.
#
#     tests/demo.sh [PLACE]      with a place, what was played stays there: PROGRAMME/store
set -eu
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
	mkdir -p "$1"
	place=$(cd "$1" && pwd)
else
	place=$(mktemp -d)
	trap 'rm -rf "$place"' EXIT
fi

# play PROGRAMME NAME: the table of figures begins with that name.
play() {
	local programme=$1 name=$2 time figure line
	for time in first second; do
		if ! bash deploy/demo.sh --once --programme "$programme" --data "$place/$programme" \
			>"$place/$time" 2>&1; then
			cat "$place/$time"
			exit 1
		fi
		# What the table shows, and where the journals stand afterwards.
		sed -n "/^$name/,/^==/p; /journals after/p" "$place/$time" |
			grep -v 'journals before' >"$place/$time.figures"
	done
	while read -r figure line; do
		if ! grep -qE "^ *$figure  .*$line" "$place/first.figures"; then
			echo "$programme: not shown: $figure $line"
			cat "$place/first.figures"
			exit 1
		fi
	done
	diff "$place/first.figures" "$place/second.figures"
	grep -q 'nothing has changed' "$place/second"
	cat "$place/second.figures"
}

# Each figure of the published notice, and what the year must come to.
play three-areas-2022 云南省 <<'TEXT'
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

# What is published of the two batches, and where it does not add up.
play double-hundred 广东省 <<'TEXT'
407 Stations at work .* = .* 407
200 of which: batch 1 .* = .* 200
942 Workers of batch 1 .* = .* 942
207 of which: batch 2 .* declared 200 .*differs
795 Workers of batch 2 .* declared 1000 .*differs
1737 Workers in post .* = .* 1737
21 Regional centres .*cities 21
12 Stations that are understaffed
386 Stations within the limits
9 Stations that are full
407 Towns with a station .*towns 1610
30 Joined in 2018
30 Left in 2018
42 Supervisors at work .*overdue 2
5 Stations without a supervisor .*at work 407
400 Regulations adopted .*drafts 200, .*missing 1028
2024-06-30 Entrustment in force until
TEXT

# The workbooks of what has been played hold what the queries answer.
python3 tests/sheets.py build-demo "$place/three-areas-2022/store"
