#!/usr/bin/env bash
# Builds Shegong, starts it on this machine, plays a programme year on a virtual clock and shows its
# figures, read through the gateway.  Nothing listens beyond this machine.
#
# 在本机构建并启动社工平台，按虚拟时钟播放一个项目年度，并经网关读出各项数字。不对本机以外开放。
set -euo pipefail

usage() {
	cat <<'TEXT'
deploy/demo.sh [--once] [--programme NAME] [--data DIR]

  --once            stop everything after the figures / 显示数字后全部停止
  --programme NAME  a folder of deploy/programmes / deploy/programmes 下的目录 (three-areas-2022)
  --data DIR        where the records are kept / 数据目录 (var/demo)

A second run over the same data changes nothing. / 对同一数据重复运行不会产生任何变化。
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
programme=three-areas-2022
data=$root/var/demo
once=no
while [ $# -gt 0 ]; do
	case $1 in
	--once) once=yes ;;
	--programme) programme=${2:?--programme NAME} && shift ;;
	--data) data=${2:?--data DIR} && shift ;;
	--help | -h) usage && exit 0 ;;
	*) usage >&2 && exit 2 ;;
	esac
	shift
done

build=$root/build-demo
folder=$root/deploy/programmes/$programme
# shellcheck source=deploy/figures.sh
. "$root/deploy/figures.sh"
services=(personnel stations funding supervision reporting)
pids=()

say() { printf '== %s\n' "$*"; }
fail() {
	printf '!! %s\n' "$*" >&2
	exit 1
}

# Those started here, and no others.
stop_all() {
	local status=$?
	trap - EXIT INT TERM
	if [ ${#pids[@]} -gt 0 ]; then
		kill "${pids[@]}" 2>/dev/null || true
		wait "${pids[@]}" 2>/dev/null || true
	fi
	[ -z "${made_run:-}" ] || rm -rf "$made_run"
	exit "$status"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build_programs() {
	say "构建 building in $build"
	[ -f "$build/build.ninja" ] ||
		meson setup "$build" "$root" --buildtype=release -Dwerror=false >/dev/null
	ninja -C "$build" --quiet shegong.binpb shegong shegong-gateway "${services[@]/#/shegong-}"
	# For those who stay and look, where npm is there.
	if [ "$once" = no ] && command -v npm >/dev/null; then
		ninja -C "$build" --quiet dashboard-files || say "看板未能构建 the dashboard was not built"
	fi
}

start_services() {
	local name
	mkdir -p "$data/log" "$data/store"
	export SHEGONG_DATA=$data/store SHEGONG_CLOCK=virtual SHEGONG_MAP_MIB=1024
	SHEGONG_CLOCK_START=$(awk -F, 'NR == 2 { print $1 }' "$folder/play.csv")
	SHEGONG_RUN=$data/run
	# The path of a socket has little room.
	if [ ${#SHEGONG_RUN} -gt 80 ]; then
		made_run=$(mktemp -d /tmp/shegong-run.XXXXXX)
		SHEGONG_RUN=$made_run
	fi
	mkdir -p "$SHEGONG_RUN"
	export SHEGONG_CLOCK_START SHEGONG_RUN SHEGONG_SCHEMA=$build/shegong.binpb
	for name in "${services[@]}"; do
		"$build/shegong-$name" >>"$data/log/$name.log" 2>&1 &
		pids+=($!)
	done
}

# The first free port from 8080 on; what is taken between looking and binding is tried again.
start_gateway() {
	local port pid
	for port in $(seq 8080 8179); do
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
		SHEGONG_LISTEN=127.0.0.1:$port "$build/shegong-gateway" >>"$data/log/gateway.log" 2>&1 &
		pid=$!
		pids+=("$pid")
		url=http://127.0.0.1:$port
		await_ready "$pid" && return
	done
	fail "网关未能就绪 the gateway does not get ready: $data/log"
}

# Asks until all is ready, half a minute at most.  False where the gateway has ended.
await_ready() {
	local gateway=$1 i
	for i in "${!services[@]}"; do
		kill -0 "${pids[$i]}" 2>/dev/null ||
			fail "服务未能启动 ${services[$i]} has not started: $data/log/${services[$i]}.log"
	done
	curl -fsS --noproxy '*' --max-time 5 --retry 30 --retry-all-errors --retry-delay 1 \
		-o /dev/null "$url/readyz" 2>>"$data/log/demo.log" && kill -0 "$gateway" 2>/dev/null
}

ask() {
	# A token that has just been made opens nothing for a moment.
	curl -fsS --noproxy '*' --retry 5 --retry-all-errors --retry-delay 1 -G "$url/shegong.$1" \
		--data-urlencode connect=v1 --data-urlencode encoding=json \
		--data-urlencode "message=$2" -H 'Shegong-Defaults: true' \
		-H "Authorization: Bearer $(<"$data/tokens/zhang.token")"
}

heads() {
	"$build/shegong" status --json | jq -r 'map("\(.service)=\(.head.sequence)") | join(" ")'
}

[ -f "$folder/play.csv" ] || fail "没有该项目 no such programme: $folder"
mkdir -p "$data"
data=$(cd "$data" && pwd)
bash "$root/deploy/install.sh" build demo
region=$(jq -r .region_code "$folder/programme-year.json")
build_programs
say "启动 starting, 数据 data: $data"
start_services
start_gateway
before=$(heads)
say "播放 playing $programme"
"$build/shegong" play "$folder" --refused "$data"
# On the last day of the play, because a token is good for a year.
PATH=$build:$PATH bash "$root/deploy/first-token.sh" "$region" "$data/tokens" >>"$data/log/demo.log"
after=$(heads)
show_figures "$folder"
say "日志序号 journals before: $before"
say "日志序号 journals after:  $after"
[ "$before" != "$after" ] || say "没有任何变化 nothing has changed"
"$build/shegong" verify
if [ "$once" = no ]; then
	say "网关 the gateway: $url   命令行 the command line: SHEGONG_RUN=$SHEGONG_RUN $build/shegong"
	say "令牌 the tokens: $data/tokens"
	[ ! -d "$build/dashboard" ] || say "看板 the dashboard: $url/dashboard/"
	say "按Ctrl-C停止 Ctrl-C stops it"
	wait
fi
