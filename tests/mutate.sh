#!/bin/bash
# Takes out each guard in turn and plays the stories: a guard that no story misses is not proven.
#
#     tests/mutate.sh                   every `return REFUSE(...)` of the five services
#     tests/mutate.sh --all             also not found, stale and invalid
#     tests/mutate.sh funding stations  of these services only
#
# It builds once, in a copy of the tree under build-mutate, in which an environment variable takes one
# guard out; so the hundreds of guards cost one build.  Prints the guards that nobody missed, then
# "N passed, N failed"; ends with 1 where there is one.
set -eu
cd "$(dirname "$0")/.."
bash deploy/install.sh build test
copy=build-mutate/tree
rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy" 2>/dev/null
python3 tests/mutate.py prepare "$copy" "$@"
[ -f build-mutate/build/build.ninja ] ||
	meson setup build-mutate/build "$copy" --buildtype=debugoptimized -Dwerror=false \
		-Dc_args="-include $PWD/build-mutate/guard.h" >/dev/null
ninja -C build-mutate/build --quiet story shegong.binpb
exec python3 -u tests/mutate.py run "$copy" "$@"
