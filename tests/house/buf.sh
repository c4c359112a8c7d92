#!/bin/sh
# The contract is well formed, and takes back nothing that was promised: buf's lint and breaking
# checks over proto/.  buf comes with the tests' packages (npm ci in tests/).
set -u
cd "$(dirname "$0")/../.." || exit 1

n=0
failed=0
check() # title command...
{
	title=$1
	shift
	n=$((n + 1))
	if report=$("$@" 2>&1); then
		echo "ok $n - $title"
	else
		echo "not ok $n - $title"
		printf '%s\n' "$report" | sed 's/^/#   /'
		failed=1
	fi
}
skip() # title why
{
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

buf=tests/node_modules/.bin/buf
[ -x "$buf" ] || buf=$(command -v buf) || {
	echo "1..0 # SKIP buf is not installed: npm ci in tests/"
	exit 0
}

check "the contract keeps buf's standard and says what each thing is" "$buf" lint proto

# Against the last release; before the first one, against the commit before.
against=$(git describe --tags --abbrev=0 2>/dev/null) ||
	against=$(git rev-parse -q --short --verify HEAD~1 2>/dev/null) || against=
title="the contract takes nothing back"
if [ -z "$against" ]; then
	skip "$title" "there is no earlier commit"
elif [ -z "$(git ls-tree -r --name-only "$against" -- proto/shegong)" ]; then
	skip "$title" "there was no contract in $against"
else
	check "$title since $against" "$buf" breaking proto --against ".git#ref=$(git rev-parse "$against^{commit}"),subdir=proto"
fi

echo "1..$n"
exit $failed
