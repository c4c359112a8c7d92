# What the tests in bash print: sourced by them.
n=${n:-0} failed=${failed:-0}

# One test: it passes where the command exits 0; else what it said is shown.
check() {
	local title=$1 said
	shift
	n=$((n + 1))
	if said=$("$@" 2>&1); then
		echo "ok $n - $title"
	else
		failed=1
		echo "not ok $n - $title"
		echo "$said" | tail -n 40 | sed 's/^/# /'
	fi
}

# Asks ten times a second for SECONDS: until_true SECONDS COMMAND...
until_true() {
	local left=$(($1 * 10))
	shift
	until "$@" >/dev/null 2>&1; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || { "$@" && return 0 || return 1; }
		sleep 0.1
	done
}
