#!/bin/bash
# The alert rules are valid, each fires when it should, and they name figures that the programs tell:
# monitoring.sh
set -u
cd "$(dirname "$0")/.." || exit 1
bash deploy/install.sh monitoring || exit 1
n=0 failed=0

check() {
	local title=$1 said
	shift
	n=$((n + 1))
	if said=$("$@" 2>&1); then
		echo "ok $n - $title"
	else
		failed=1
		echo "not ok $n - $title"
		echo "$said" | sed 's/^/# /'
	fi
}

# Each name of a metric in the rules stands in the programs' source.
named() {
	local name missing=0
	for name in $(grep -oE 'shegong_[a-z_]+' deploy/monitoring/alerts.yml | sed 's/_bucket$//' | sort -u); do
		grep -rqF "$name" services/engine gateway || { echo "$name is told by nobody" && missing=1; }
	done
	return $missing
}

check 'prometheus.yml and alerts.yml are valid' promtool check config deploy/monitoring/prometheus.yml
check 'each alert fires once, and only when it should' \
	promtool test rules deploy/monitoring/alerts_test.yml
check 'each rule reads what the programs tell' named
echo "1..$n"
exit $failed
