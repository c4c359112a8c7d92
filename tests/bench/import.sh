#!/bin/bash
# A year of a large province through the command line, and its overview beside that of a small one.
#
#     tests/bench/import.sh [--towns N] [--workers N] [--weeks N]
#
# Makes a synthetic year (tests/bench/year.py), plays what must be there first, imports a table of
# work records for each week, and prints rows a second, the sizes of the stores, and how long
# GetOverview takes there and on Yunnan's year of 90 people.  Ends with what it started.
set -eu
cd "$(dirname "$0")/../.."
top=$PWD

towns=1610 workers=30000 weeks=52
while [ $# -gt 0 ]; do
	case $1 in
	--towns) towns=$2 && shift 2 ;;
	--workers) workers=$2 && shift 2 ;;
	--weeks) weeks=$2 && shift 2 ;;
	*) echo "usage: $0 [--towns N] [--workers N] [--weeks N]" >&2 && exit 2 ;;
	esac
done

bash deploy/install.sh build
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >/dev/null
ninja -C build-bench >/dev/null
shegong=$top/build-bench/shegong
export SHEGONG_SCHEMA=$top/build-bench/shegong.binpb SHEGONG_CLOCK=virtual SHEGONG_LOG_LEVEL=warn

work=$(mktemp -d "${TMPDIR:-/var/tmp}/shegong-import-XXXXXX")
pids=()
stop_all() {
	for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
	for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
	pids=()
}
trap 'stop_all; rm -rf "$work"' EXIT

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start NAME DATE: the five services and a gateway, with stores of their own.
start() {
	export SHEGONG_DATA=$work/$1/data SHEGONG_RUN=$work/$1/run SHEGONG_CLOCK_START=$2
	mkdir -p "$SHEGONG_DATA" "$SHEGONG_RUN"
	for service in personnel stations funding supervision reporting; do
		build-bench/shegong-$service >>"$work/$1/log" 2>&1 &
		pids+=($!)
	done
	port=$(free_port)
	SHEGONG_ACCESS=principals SHEGONG_LISTEN=127.0.0.1:$port build-bench/shegong-gateway >>"$work/$1/log" 2>&1 &
	pids+=($!)
	for _ in $(seq 100); do
		[ "$("$shegong" status | grep -c ready)" = 5 ] && return
		read -r -t 0.1 <> <(:) || true
	done
	cat "$work/$1/log" >&2
	exit 1
}

# overview PORT YEAR REGION ...: the median of 500 answers over HTTP of each, in microseconds, asked in
# turns, so that what else the machine does falls on all alike.
overview() {
	python3 - "$@" <<'PYTHON'
import http.client, json, sys, time
args, sets = sys.argv[1:], []
for port, year, region in zip(args[::3], args[1::3], args[2::3]):
    sets.append((http.client.HTTPConnection("127.0.0.1", int(port)),
                 json.dumps({"programmeYearId": year}),
                 {"Content-Type": "application/json", "Shegong-Principal":
                  "account=bench;person=p-bench;role=PROVINCE;region=" + region}, []))
for _ in range(500):
    for client, body, headers, took in sets:
        begun = time.monotonic()
        client.request("POST", "/shegong.reporting.v1.ReportingService/GetOverview", body, headers)
        answer = client.getresponse()
        said = answer.read()
        if answer.status != 200:
            sys.exit(said.decode())
        took.append(time.monotonic() - begun)
print(*(round(sorted(took)[len(took) // 2] * 1e6) for *_, took in sets))
PYTHON
}

seconds() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(seconds)" 'BEGIN { printf "%.2f", b - a }'; }
rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.0f", n / s }'; }
row() { printf '%-58s %12s %s\n' "$1" "$2" "$3"; }

start yunnan 2022-03-01
"$shegong" play deploy/programmes/three-areas-2022 --refused "$work" 2>/dev/null
small=$port

last=$(python3 tests/bench/year.py "$work/year" --towns "$towns" --workers "$workers" --weeks "$weeks")
start large 2017-03-01
begun=$(seconds)
"$shegong" play "$work/year/world" --refused "$work" 2>"$work/said" || { tail -n 20 "$work/said" >&2 && exit 1; }
commands=$(($(cat "$work"/year/world/[01]*.csv | wc -l) - 3 * $(ls "$work"/year/world/[01]*.csv | wc -l)))
world_s=$(since "$begun")
begun=$(seconds)
"$shegong" clock "$last" >/dev/null
clock_s=$(since "$begun")
before_us=$(overview "$port" bench-2017 44)

rows=$((workers * 5 * weeks))
begun=$(seconds)
"$shegong" import --dir "$work/year/work" 2>"$work/said" || { tail -n 20 "$work/said" >&2 && exit 1; }
import_s=$(since "$begun")
read -r small_us after_us <<<"$(overview "$small" three-areas-2022 53 "$port" bench-2017 44)"
counted=$("$shegong" call reporting.Status '{}' --as 'account=bench;person=p-bench;role=PROVINCE;region=44' |
	python3 -c 'import json, sys
for table in json.load(sys.stdin)["tables"]:
    if table["name"].endswith("work_records"):
        print(table.get("records", 0))')

printf '\n%s, %s cores\n\n' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)"
row 'towns, workers, weeks' "$towns $workers $weeks" ''
row 'commands that set it up (stations, people, hires)' "$commands" ''
row '  a second, services following each other' "$(rate "$commands" "$world_s")" '/s'
row 'a year of business dates, one after the other' "$clock_s" 's'
row 'work records imported' "$counted" "of $rows"
row '  in' "$import_s" 's'
row '  a second' "$(rate "$rows" "$import_s")" '/s'
for service in personnel stations reporting; do
	row "store of $service" "$(du -m --apparent-size "$SHEGONG_DATA/$service/data.mdb" | cut -f 1)" 'MiB'
done
row "GetOverview over HTTP, Yunnan's year of 90 people" "$small_us" 'us'
row 'GetOverview over HTTP, this year before its records' "$before_us" 'us'
row 'GetOverview over HTTP, this year with them' "$after_us" 'us'
row '  this year / Yunnan' "$(awk -v a="$after_us" -v b="$small_us" 'BEGIN { printf "%.2f", a / b }')" ''
[ "$counted" = "$rows" ]
