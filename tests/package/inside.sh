#!/bin/bash
# The package as an operator of a booted Debian 12 meets it: inside.sh PACKAGE, run by tests/package/run.sh
# as a service of that machine, which has nobody else on it.
set -u
package=$1
cd "$(dirname "$0")" || exit 1
. ./tap.sh
export DEBIAN_FRONTEND=noninteractive
services=(personnel stations funding supervision reporting)
units=("${services[@]/#/shegong@}" shegong-gateway)
data=(/var/lib/shegong /var/backups/shegong /etc/shegong/keys /etc/shegong/master.key)

# GET it from the gateway, perhaps with a header; false where it is no 200.
get() {
	local answer
	exec 3<>/dev/tcp/127.0.0.1/8080 || return 1
	printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n' \
		"$1" "${2:+$2$'\r\n'}" >&3
	answer=$(cat <&3)
	exec 3>&-
	echo "$answer" | head -n 20
	[[ $answer == 'HTTP/1.1 200 '* ]]
}

of() { systemctl show --value -p "$2" "$1"; }

valid() {
	local said
	said=$(systemd-analyze verify --man=no shegong.target "${units[@]/%/.service}" \
		shegong-backup.service shegong-backup.timer 2>&1) && [ -z "$said" ] || {
		echo "$said"
		return 1
	}
}

# Its exposure, as systemd counts it, is below 2.0 of 10.
hardened() {
	local unit
	for unit in "${units[@]}" shegong-backup; do
		systemd-analyze security --no-pager --threshold=20 "$unit.service" || return 1
	done
}

# Not what the unit says: what the kernel says of the process.
confined() {
	local unit pid status
	for unit in "${units[@]}"; do
		pid=$(of "$unit" MainPID)
		status=$(cat "/proc/$pid/status")
		echo "$unit $pid"
		[ "$(stat -c %U "/proc/$pid")" = shegong ] || return 1
		grep -qE '^CapBnd:\s+0+$' <<<"$status" || return 1
		grep -qE '^NoNewPrivs:\s+1$' <<<"$status" || return 1
		grep -qE '^Seccomp:\s+2$' <<<"$status" || return 1
		[ "$(of "$unit" MemoryMax)" -le $((1 << 30)) ] || return 1
		# The gateway has the machine's network, the services none.
		[ "$unit" = shegong-gateway ] ||
			[ "$(readlink "/proc/$pid/ns/net")" != "$(readlink /proc/1/ns/net)" ] ||
			return 1
	done
}

first_accounts() {
	shegong init --region 53 --out /root/tokens \
		--administrator adm-li=p-li=李 --administrator adm-wang=p-wang=王
}

# By a token of theirs.
sees_accounts() {
	local answer
	answer=$(get '/shegong.personnel.v1.PersonnelService/ListAccounts?connect=v1&encoding=json&message=%7B%7D' \
		"Authorization: Bearer $(cat /root/tokens/adm-li.token)")
	echo "$answer"
	[[ $answer == *adm-li*adm-wang* ]]
}

failed_with_78() {
	systemctl show -p ActiveState -p ExecMainStatus -p NRestarts shegong@funding
	[ "$(of shegong@funding ActiveState)" = failed ] &&
		[ "$(of shegong@funding ExecMainStatus)" = 78 ] && [ "$(of shegong@funding NRestarts)" = 0 ]
}

wrong_setting() {
	echo 'SHEGONG_READERS=many' >/etc/shegong/funding.env
	systemctl restart shegong@funding
	until_true 20 failed_with_78 || return 1
	rm /etc/shegong/funding.env
	systemctl restart shegong@funding
	until_true 60 get /readyz
}

another_runs() {
	local pid
	pid=$(of "$1" MainPID)
	[ "$pid" -ne 0 ] && [ "$pid" != "$2" ]
}

comes_back() {
	local unit pid
	for unit in "${units[@]}"; do
		pid=$(of "$unit" MainPID)
		kill -KILL "$pid"
		until_true 20 another_runs "$unit" "$pid" || return 1
	done
	until_true 60 get /readyz
}

backed_up() {
	systemctl start shegong-backup.service &&
		ls /var/backups/shegong/*/manifest.json && systemctl is-active shegong-backup.timer
}

# As deploy/README.md says.
restored() {
	systemctl stop shegong.target 'shegong@*' shegong-gateway
	mkdir /root/before && mv /var/lib/shegong/* /root/before/
	runuser -u shegong -- shegong restore "$(ls -d /var/backups/shegong/20*)" &&
		systemctl start shegong.target && until_true 60 get /readyz && sees_accounts
}

# Names, owners, modes and contents of what outlasts the package; the stores' insides are read by others.
standing() {
	find "${data[@]}" -printf '%p %u %m\n' | sort
	sha256sum /etc/shegong/master.key /etc/shegong/keys/*
}

# Nothing of it runs, its data are as they were.
removed() {
	local before
	before=$(standing)
	apt-get "$1" -y -q shegong
	! ps_of_it && [ ! -e /usr/bin/shegong ] && diff <(echo "$before") <(standing)
}

ps_of_it() { grep -lE '^shegong' /proc/[0-9]*/comm; }

installed_again() {
	local keys
	keys=$(sha256sum /etc/shegong/master.key /etc/shegong/keys/*)
	apt-get install -y -q "$package" && until_true 60 get /readyz && sees_accounts &&
		diff <(echo "$keys") <(sha256sum /etc/shegong/master.key /etc/shegong/keys/*)
}

upgraded() {
	local pid
	pid=$(of shegong@personnel MainPID)
	dpkg -i "$package" && until_true 30 another_runs shegong@personnel "$pid" &&
		until_true 60 get /readyz && sees_accounts
}

nothing_left() {
	echo 'shegong shegong/purge-data boolean true' | debconf-set-selections
	apt-get install -y -q "$package" || return 1
	echo 'shegong shegong/purge-data boolean true' | debconf-set-selections
	apt-get purge -y -q shegong || return 1
	! ls -d "${data[@]}" /etc/shegong /run/shegong 2>/dev/null && ! id shegong 2>/dev/null
}

check 'the units are valid' valid
check 'the target came up with the machine, and all are ready' until_true 60 get /readyz
check 'the dashboard is served' get /dashboard/
check 'systemd finds little that a unit might still give up' hardened
check 'each runs as its user, without capabilities, confined and bounded' confined
check 'the first administrators are entered' first_accounts
check 'and known at the gateway' until_true 20 sees_accounts
check 'a wrong setting ends a service for good, mended it starts' wrong_setting
check 'killed, each comes back by itself' comes_back
check 'a backup is taken by its unit, and is due each night' backed_up
check 'and restored where there are no stores' restored
check 'shegong doctor finds nothing wrong' shegong doctor
check 'installed over itself it restarts, and serves as before' upgraded
check 'removed, it leaves the records, the keys and the backups' removed remove
check 'installed again it serves them' installed_again
check 'purged, it leaves them too' removed purge
check 'where that is asked for, a purge leaves nothing' nothing_left
echo "1..$n"
exit $failed
