#!/bin/bash
# Install what is missing, build, run all tests.  Ends with "N passed, N failed".
#
#     tests/run.sh            everything: gcc, clang, ASan+UBSan, the house, faults, the demo
#     tests/run.sh --quick    one build with gcc and its tests
set -u
cd "$(dirname "$0")/.." || exit 1

quick=no
[ "${1:-}" = --quick ] && quick=yes
export LC_ALL=C.UTF-8
passed=0 failed=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

say() {
	printf '\n=== %s\n' "$*"
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
	meson test -C "$dir" --no-rebuild --print-errorlogs -q >"$results/tests" 2>&1
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

say 'What the tests need'
bash deploy/install.sh build test || exit 1
if [ ! -d tests/node_modules/@bufbuild/buf ]; then
	(cd tests && npm install --no-save --ignore-scripts --no-audit --no-fund >"$results/npm" 2>&1) || {
		tail -n 20 "$results/npm"
		exit 1
	}
fi

build_and_test 'gcc' build --buildtype=debugoptimized
if [ "$quick" = no ]; then
	CC=clang build_and_test 'clang' build-clang --buildtype=debugoptimized
	# Leaks are looked for by the tests that close what they open; the story runner keeps its
	# answers until it ends.
	export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
	build_and_test 'gcc, address and undefined behaviour sanitizers' build-asan \
		--buildtype=debug -Db_sanitize=address,undefined -Db_lundef=false
	unset ASAN_OPTIONS UBSAN_OPTIONS

	say 'The contract'
	tap 'buf' bash tests/house/buf.sh
	one 'JSON against another implementation' \
		node tests/gateway/json_oracle.mjs build/shegong.binpb build/json_pipe 20

	say 'Faults'
	tap 'a disk that fails' python3 tests/faults/io_error.py build
	tap 'kill -9 under load' python3 tests/faults/kill.py build

	say 'The year'
	one 'deploy/demo.sh --once, twice' bash tests/demo.sh
fi

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
