#!/bin/bash
# Install what is missing, build, run all tests.  Ends with "N passed, N failed".
#
#     tests/run.sh            everything but the containers: gcc, clang, ASan+UBSan, the house,
#                             faults, the demo; tests/compose/run.sh has the containers
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

# Counts the TAP lines of a file; prints those that failed, with what they say.
count() {
	local name=$1 file=$2 status=$3 ok not_ok
	ok=$(grep -cE '^ *ok [0-9]+' "$file")
	not_ok=$(grep -cE '^ *not ok [0-9]+' "$file")
	# A program that died, or that planned more than it ran, has failed however well it began.
	if [ "$status" -ne 0 ] && [ "$not_ok" -eq 0 ]; then
		not_ok=1
		tail -n 20 "$file"
		echo "$name: ended with status $status"
	fi
	grep -E '^ *(not ok|# )' "$file" | grep -B4 -A4 'not ok' | head -n 40
	passed=$((passed + ok))
	failed=$((failed + not_ok))
	printf '%-44s %5d passed %4d failed\n' "$name" "$ok" "$not_ok"
}

# Runs a command that prints TAP.
tap() {
	local name=$1 status
	shift
	"$@" >"$results/out" 2>&1
	status=$?
	count "$name" "$results/out" "$status"
}

# Runs a command that is one test: it passes where it exits 0.
one() {
	local name=$1
	shift
	if "$@" >"$results/out" 2>&1; then
		passed=$((passed + 1))
		tail -n 3 "$results/out"
		printf '%-44s %5d passed %4d failed\n' "$name" 1 0
	else
		failed=$((failed + 1))
		tail -n 40 "$results/out"
		printf '%-44s %5d passed %4d failed\n' "$name" 0 1
	fi
}

# Builds with Meson into a folder and runs its tests; counts every subtest.
build_and_test() {
	local name=$1 dir=$2
	shift 2
	say "$name"
	if [ ! -f "$dir/build.ninja" ]; then
		meson setup "$dir" "$@" >"$results/setup" 2>&1 || {
			tail -n 20 "$results/setup"
			failed=$((failed + 1))
			return
		}
	fi
	if ! ninja -C "$dir" >"$results/build" 2>&1; then
		grep -E 'error|FAILED' "$results/build" | head -n 40
		failed=$((failed + 1))
		echo "$name: the build failed"
		return
	fi
	# Twice as many as there are processors: a good part of the tests waits for deadlines.
	meson test -C "$dir" --no-rebuild --print-errorlogs -q \
		--num-processes $(($(nproc) * 2)) >"$results/tests" 2>&1
	local status=$?
	python3 tests/count.py "$dir/meson-logs/testlog.json" >"$results/count"
	cat "$results/count"
	local ok not_ok
	read -r ok not_ok <<<"$(tail -n 1 "$results/count" | tr -cd '0-9 ')"
	if [ "$status" -ne 0 ]; then
		grep -vE '^ *ok ' "$results/tests" | tail -n 60
		[ "${not_ok:-0}" -eq 0 ] && not_ok=1
	fi
	passed=$((passed + ${ok:-0}))
	failed=$((failed + ${not_ok:-1}))
}

# Begins a function beside others; its figures and what it printed come with end.
begin() {
	mkdir "$results/$1"
	(
		passed=0 failed=0 results=$results/$1
		"$1"
		echo "$passed $failed" >"$results/counted"
	) >"$results/$1.log" 2>&1 &
	echo $! >"$results/$1.pid"
}

end() {
	local also_passed also_failed
	wait "$(cat "$results/$1.pid")"
	cat "$results/$1.log"
	read -r also_passed also_failed <"$results/$1/counted" || {
		also_passed=0 also_failed=1
		echo "$1 did not end"
	}
	passed=$((passed + also_passed))
	failed=$((failed + also_failed))
}

say 'What the tests need'
bash deploy/install.sh build test || exit 1
if [ ! tests/node_modules/.package-lock.json -nt tests/package-lock.json ]; then
	(cd tests && npm install --no-save --ignore-scripts --no-audit --no-fund >"$results/npm" 2>&1) || {
		tail -n 20 "$results/npm"
		exit 1
	}
fi

other_compilers() {
	CC=clang build_and_test 'clang' build-clang --buildtype=debugoptimized
	# Leaks are looked for by the tests that close what they open; the story runner keeps its
	# answers until it ends.
	export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
	build_and_test 'gcc, address and undefined behaviour sanitizers' build-asan \
		--buildtype=debug -Db_sanitize=address,undefined -Db_lundef=false
	unset ASAN_OPTIONS UBSAN_OPTIONS
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

	say 'Who sees what, outside the services'
	tap 'streams and exports, as everybody' python3 tests/access/outside_test.py build
	tap 'nobody approves what is his own' python3 tests/access/four_eyes_test.py build

	say 'The edge'
	tap 'smuggling, endless and slow clients' python3 tests/gateway/edge_test.py \
		build/shegong-gateway build/fake_service build/echo.binpb
}

faults() {
	say 'Faults'
	tap 'the power goes' build/power_loss 200
	tap 'a disk that fails' python3 tests/faults/io_error.py build
	tap 'kill -9 under load' python3 tests/faults/kill.py build
	tap 'kill -9 in every step of a change' python3 tests/faults/change.py build
	tap 'kill -9 under the stream of events' python3 tests/faults/stream.py build
	tap 'a backup under load, everything lost, restored' python3 tests/faults/restore.py build
	tap 'who a person is, to be read nowhere' python3 tests/faults/marker.py build
	tap 'stores that earlier versions left' python3 tests/golden/golden_test.py build
}

the_whole() {
	say 'In front of it'
	RUNLEVEL=1 bash deploy/install.sh proxies
	tap 'nginx, HAProxy and Caddy' python3 tests/proxies/proxies_test.py build

	say 'What watches over it'
	tap 'each alert' bash tests/monitoring.sh

	say 'The year'
	one 'deploy/demo.sh --once, twice' bash tests/demo.sh "$results/played"

	say 'The dashboard'
	tap 'the dashboard in a browser' /usr/bin/python3 tests/browser/run.py build "$results/played"
}

# Two halves beside each other: a good part of either waits for what the other is busy with.
half_of_builds() {
	other_compilers
	contract
}

half_of_programs() {
	clients
	faults
	the_whole
}

build_and_test 'gcc' build --buildtype=debugoptimized
if [ "$quick" = no ]; then
	one 'what only these tests need is built' ninja -C build bus_load dashboard-files
	begin half_of_builds
	begin half_of_programs
	end half_of_builds
	end half_of_programs
fi

say 'In all'
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
