#!/bin/bash
# Install what is missing, build, run all tests.  Ends with what failed, and "N passed, N failed".
#
#     tests/run.sh            everything but the containers: gcc, clang with ASan and UBSan, the
#                             house, faults, the demo; tests/compose/run.sh has the containers
#     tests/run.sh --quick    one build with gcc and its tests
set -u
cd "$(dirname "$0")/.." || exit 1

quick=no
[ "${1:-}" = --quick ] && quick=yes
export LC_ALL=C.UTF-8
passed=0 failed=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# What comes next, and how long it took to get there.
say() {
	printf '\n=== %s (%d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60))
}

# Counts a line's tests, and prints it: row NAME PASSED FAILED BEGUN
row() {
	passed=$((passed + $2))
	failed=$((failed + $3))
	printf '%-44s %5d passed %4d failed %5d s\n' "$1" "$2" "$3" $((SECONDS - $4))
}

# Prints what failed, from the standard input, and keeps it for the end.
complain() {
	{
		echo "!!! $1"
		cat
	} | tee -a "$results/failures"
}

# Runs a command that prints TAP, and counts its lines.
tap() {
	local name=$1 begun=$SECONDS out=$results/out status ok not_ok
	shift
	"$@" >"$out" 2>&1
	status=$?
	ok=$(grep -cE '^ *ok [0-9]+' "$out")
	not_ok=$(grep -cE '^ *not ok [0-9]+' "$out")
	if [ "$not_ok" -gt 0 ]; then
		grep -E '^ *(not ok|# )' "$out" | grep -B4 -A8 'not ok' | head -n 40 | complain "$name"
	elif [ "$status" -ne 0 ]; then
		# A program that died, or that planned more than it ran, has failed however well it began.
		not_ok=1
		tail -n 20 "$out" | complain "$name: ended with status $status"
	fi
	row "$name" "$ok" "$not_ok" "$begun"
}

# Runs a command that is one test: it passes where it exits 0.
one() {
	local name=$1 begun=$SECONDS
	shift
	if "$@" >"$results/out" 2>&1; then
		tail -n 3 "$results/out"
		row "$name" 1 0 "$begun"
	else
		tail -n 20 "$results/out" | complain "$name"
		row "$name" 0 1 "$begun"
	fi
}

# Builds with Meson into a folder and runs its tests; counts every subtest.
build_and_test() {
	local name=$1 dir=$2 begun=$SECONDS status ok not_ok
	shift 2
	say "$name"
	if [ ! -f "$dir/build.ninja" ] && ! meson setup "$dir" "$@" >"$results/out" 2>&1; then
		tail -n 20 "$results/out" | complain "$name: no build folder"
		row "$name, set up" 0 1 "$begun"
		return
	fi
	if ! ninja -C "$dir" >"$results/out" 2>&1; then
		grep -E -A3 'error|FAILED' "$results/out" | head -n 40 | complain "$name: the build failed"
		row "$name, built" 0 1 "$begun"
		return
	fi
	row "$name, built" 0 0 "$begun"
	begun=$SECONDS
	# Twice as many as there are processors: a good part of the tests waits for deadlines.  Whoever
	# has not ended in three times its time hangs.
	meson test -C "$dir" --no-rebuild -q --num-processes $(($(nproc) * 2)) \
		--timeout-multiplier 3 >"$results/out" 2>&1
	status=$?
	: >"$results/said"
	python3 tests/count.py "$dir/meson-logs/testlog.json" "$results/said" >"$results/count"
	sed '$d' "$results/count"
	read -r ok not_ok < <(tail -n 1 "$results/count")
	if [ "${not_ok:-0}" -gt 0 ]; then
		complain "$name" <"$results/said"
	elif [ "$status" -ne 0 ]; then
		not_ok=1
		tail -n 20 "$results/out" | complain "$name: meson test ended with status $status"
	fi
	row "$name, in all" "${ok:-0}" "${not_ok:-0}" "$begun"
}

# Runs those functions of a list that nobody else has taken, one after the other, each with results of
# its own; shows what it printed once it has ended.
work_off() {
	local name place=$results
	for name in "$@"; do
		mkdir "$place/$name" 2>/dev/null || continue
		(
			passed=0 failed=0 results=$place/$name
			"$name" >"$results/log" 2>&1
			echo "$passed $failed" >"$results/counted"
		)
		flock "$place" cat "$place/$name/log"
	done
}

# Runs functions, so many at a time and the first ones first, and counts what they have counted.
beside() {
	local at_once=$1 name also_passed also_failed
	shift
	while [ "$at_once" -gt 0 ]; do
		work_off "$@" &
		at_once=$((at_once - 1))
	done
	wait
	for name in "$@"; do
		if read -r also_passed also_failed 2>/dev/null <"$results/$name/counted"; then
			passed=$((passed + also_passed))
			failed=$((failed + also_failed))
		else
			failed=$((failed + 1))
			tail -n 20 "$results/$name/log" | complain "$name did not end"
		fi
		[ ! -e "$results/$name/failures" ] || cat "$results/$name/failures" >>"$results/failures"
	done
}

say 'What the tests need'
RUNLEVEL=1 bash deploy/install.sh build demo test proxies monitoring package || exit 1
if [ ! tests/node_modules/.package-lock.json -nt tests/package-lock.json ]; then
	(cd tests && npm install --no-save --ignore-scripts --no-audit --no-fund >"$results/npm" 2>&1) || {
		tail -n 20 "$results/npm"
		exit 1
	}
fi

sanitizers() {
	# Leaks are looked for by the tests that close what they open; the story runner keeps its
	# answers until it ends.
	export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
	CC=clang build_and_test 'clang, sanitizers' build-sanitizers \
		--buildtype=debug -Db_sanitize=address,undefined -Db_lundef=false
}

contract() {
	say 'What is asked, and the story that proves it'
	python3 tests/house/proofs.py | tee "$results/proofs"
	one 'each rule, workflow and acceptance test has its story' \
		grep -qE ' asked, 0 without a story$' "$results/proofs"

	say 'The contract'
	tap 'buf' bash tests/house/buf.sh
	one 'JSON against another implementation' \
		node tests/gateway/json_oracle.mjs build/shegong.binpb build/json_pipe 20
	one 'JSON against buf convert' \
		node tests/gateway/json_convert.mjs build/shegong.binpb build/json_pipe 2000
	one 'malformed JSON is refused with its place' \
		node tests/gateway/json_malformed.mjs build/shegong.binpb build/json_pipe 500
	one 'malformed JSON of every kind of field' \
		node tests/gateway/json_malformed.mjs build/test.binpb build/json_pipe 500
}

clients() {
	say 'The services on TCP, and the door'
	tap 'CURVE between the programs' /usr/bin/python3 tests/faults/tcp.py build
	tap 'clients at the door' /usr/bin/python3 tests/clients/door.py build

	say 'Clients, and the documents they are made of'
	tap 'clients' python3 tests/clients/run.py build

	say 'The edge'
	tap 'smuggling, endless and slow clients' python3 tests/gateway/edge_test.py \
		build/shegong-gateway build/fake_service build/echo.binpb
}

who_sees_what() {
	say 'Who sees what, outside the services'
	tap 'streams and exports, as everybody' python3 tests/access/outside_test.py build
	tap 'nobody approves what is his own' python3 tests/access/four_eyes_test.py build
	tap 'who a person is, to be read nowhere' python3 tests/faults/marker.py build
}

failing_disks() {
	say 'Disks that fail'
	tap 'the power goes' build/power_loss 200
	tap 'a disk that fails' python3 tests/faults/io_error.py build
	tap 'a backup under load, everything lost, restored' python3 tests/faults/restore.py build
	tap 'stores that earlier versions left' python3 tests/golden/golden_test.py build
}

kills() {
	say 'Programs that are killed'
	tap 'kill -9 under load' python3 tests/faults/kill.py build
	tap 'kill -9 in every step of a change' python3 tests/faults/change.py build
	tap 'kill -9 under the stream of events' python3 tests/faults/stream.py build
}

around() {
	say 'In front of it'
	tap 'nginx, HAProxy and Caddy' python3 tests/proxies/proxies_test.py build

	say 'What watches over it'
	tap 'alerts, board and scrape' python3 tests/monitoring/monitoring_test.py build
}

the_package() {
	say 'The package'
	tap 'the Debian package on a bare machine' bash tests/package/run.sh build
}

the_year() {
	say 'The year'
	one 'deploy/demo.sh --once, twice' bash tests/demo.sh "$results/played"

	say 'The dashboard'
	tap 'the dashboard in a browser' /usr/bin/python3 tests/browser/run.py build "$results/played"
}

build_and_test 'gcc' build --buildtype=debugoptimized
if [ "$quick" = no ]; then
	one 'what only these tests need is built' ninja -C build bus_load dashboard-files
	# Two at a time, the longest first: a good part of each waits for what others are busy with.
	beside 2 sanitizers kills the_year failing_disks clients the_package who_sees_what contract around
fi

say 'In all'
if [ -e "$results/failures" ]; then
	head -n 60 "$results/failures"
	# Where there are many, at least their names.
	sed 1,60d "$results/failures" | grep -E '^!!!|not ok' | head -n 40
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
