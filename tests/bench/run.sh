#!/bin/bash
# The benchmark: a table of Shegong beside its peers, all measured in this run on this machine.
#
#     tests/bench/run.sh [--seconds N] [--records N]
#
# Peers from Debian's packages: PostgreSQL (a function that writes event, record and idempotency
# row), Redis (appendfsync always), nginx (return 200), and the disk's own fdatasync rate.
# Everything listens on loopback or on sockets in a folder of its own, and ends with the run.
set -eu
cd "$(dirname "$0")/../.."
top=$PWD

seconds=8 records=1000000
while [ $# -gt 0 ]; do
	case $1 in
	--seconds) seconds=$2 && shift 2 ;;
	--records) records=$2 && shift 2 ;;
	*) echo "usage: $0 [--seconds N] [--records N]" >&2 && exit 2 ;;
	esac
done

bash deploy/install.sh build demo bench
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >/dev/null
ninja -C build-bench >/dev/null
ninja -C build-bench bus_load disk_load >/dev/null

work=$(mktemp -d "${TMPDIR:-/var/tmp}/shegong-bench-XXXXXX")
chmod 755 "$work"
export SHEGONG_DATA=$work/data SHEGONG_RUN=$work/run
mkdir -p "$SHEGONG_DATA" "$SHEGONG_RUN"
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

# awaits CONDITION...: until the command succeeds, or half a minute is over.
await() {
	for _ in $(seq 300); do
		"$@" >/dev/null 2>&1 && return
		read -r -t 0.1 <> <(:) || true
	done
	echo "$* did not come to pass" >&2
	exit 1
}

figure() { # the third word of a load program's line: its rate
	awk '{ print $3 }' <<<"$1"
}

rows=()
row() { # name, figure, unit
	rows+=("$(printf '%-58s %12s %s' "$1" "$2" "$3")")
	printf '%s\n' "${rows[-1]}" >&2
}

asked=()
ask() { # what, figure, relation, bound
	local verdict=no
	awk -v a="$2" -v op="$3" -v b="$4" 'BEGIN { exit !(op == ">=" ? a >= b : a <= b) }' && verdict=yes
	asked+=("$(printf '%-58s %12s %s %-8s %s' "$1" "$2" "$3" "$4" "$verdict")")
}

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

wrk_rate() { # the rate that wrk prints
	awk '/^Requests\/sec/ { printf "%.0f", $2 }' <<<"$1"
}

start_services() {
	SHEGONG_LOG_LEVEL=warn
	export SHEGONG_LOG_LEVEL
	"$top/build-bench/shegong-personnel" >"$work/personnel.log" 2>&1 &
	pids+=($!)
	personnel=$!
}

# --- The disk -------------------------------------------------------------------------------------
disk=$(build-bench/disk_load "$work" "$seconds")
row 'disk: fdatasync of 4 KiB, one after the other' "$(figure "$disk")" '/s'

# --- PostgreSQL -----------------------------------------------------------------------------------
pg=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
pg_port=$(free_port)
mkdir "$work/pg" && chown postgres "$work/pg"
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups env -i PATH="$pg:/usr/bin:/bin" "$@"; }
as_postgres initdb -D "$work/pg/data" -A trust >/dev/null
as_postgres postgres -D "$work/pg/data" -k "$work/pg" -h 127.0.0.1 -p "$pg_port" \
	-c shared_buffers=512MB -c max_wal_size=4GB >"$work/pg.log" 2>&1 &
pids+=($!)
await "$pg/pg_isready" -h 127.0.0.1 -p "$pg_port" -U postgres
"$pg/psql" -q -h 127.0.0.1 -p "$pg_port" -U postgres -f tests/bench/postgres.sql
pg_bench() {
	"$pg/pgbench" -h 127.0.0.1 -p "$pg_port" -U postgres -n -M prepared -f tests/bench/postgres.pgbench \
		-c "$1" -j "$2" -T "$seconds" postgres 2>/dev/null | awk '/^tps/ { printf "%.0f", $3 }'
}
pg_32=$(pg_bench 32 2)
row 'PostgreSQL: the command as a function, 32 clients' "$pg_32" '/s'
row 'PostgreSQL: the same, 1 client' "$(pg_bench 1 1)" '/s'
stop_all

# --- Redis ----------------------------------------------------------------------------------------
redis_port=$(free_port)
mkdir "$work/redis"
redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$work/redis" --save '' --appendonly yes \
	--appendfsync always --auto-aof-rewrite-percentage 0 >"$work/redis.log" 2>&1 &
pids+=($!)
await redis-cli -p "$redis_port" ping
redis_bench() {
	redis-benchmark -h 127.0.0.1 -p "$redis_port" -c 64 -r 1000000000 --csv "$@" |
		tail -n 1 | awk -F'","' '{ printf "%.0f", $2 }'
}
redis_n=$((seconds * 20000))
payload=$(printf 'x%.0s' $(seq 250))
redis_64=$(redis_bench -n "$redis_n" SET 'record:__rand_int__' "$payload")
row 'Redis, appendfsync always: SET of 250 bytes, 64 clients' "$redis_64" '/s'
row 'Redis, appendfsync always: the same SET, 1 client' \
	"$(redis-benchmark -h 127.0.0.1 -p "$redis_port" -c 1 -r 1000000000 --csv -n 3000 SET 'record:__rand_int__' "$payload" |
		tail -n 1 | awk -F'","' '{ printf "%.0f", $2 }')" '/s'
redis_script=$(redis_bench -n "$((redis_n / 2))" EVAL "$(cat tests/bench/redis.lua)" 2 \
	'answer:__rand_int__' 'record:__rand_int__' "$payload")
row 'Redis, appendfsync always: the command as a script, 64' "$redis_script" '/s'
stop_all

# --- nginx ----------------------------------------------------------------------------------------
nginx_port=$(free_port)
mkdir "$work/nginx"
cat >"$work/nginx/nginx.conf" <<CONF
daemon off; worker_processes 2; pid $work/nginx/pid; error_log $work/nginx/error.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 100000000;
  client_body_temp_path $work/nginx/b; proxy_temp_path $work/nginx/p; fastcgi_temp_path $work/nginx/f;
  uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
  server { listen 127.0.0.1:$nginx_port reuseport; location / { default_type application/json; return 200 '{"agency":{"agencyId":"agency-000000000001"}}'; } } }
CONF
nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" -e "$work/nginx/error.log" &
pids+=($!)
await curl -fs "http://127.0.0.1:$nginx_port/"
nginx_64=$(wrk_rate "$(wrk -t1 -c64 -d"$seconds"s "http://127.0.0.1:$nginx_port/")")
row 'nginx: return 200, 64 connections' "$nginx_64" '/s'
stop_all

# --- Shegong --------------------------------------------------------------------------------------
start_services
await test -S "$SHEGONG_RUN/personnel.sock"
rss_new=$(awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$personnel/status")
row 'Shegong: resident memory of a new idle service' "$rss_new" 'MiB'

load() { build-bench/bus_load "$SHEGONG_RUN" "$@"; }
load agency 10000 64 0 >/dev/null

# What one command alone takes beside what the disk takes: in turns, because the disk of a virtual
# machine is not the same from one second to the next.
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
for turn in 0 1 2 3 4 5 6 7 8; do
	build-bench/disk_load "$work" 1 | awk '{ print $4 }' >>"$work/page_us"
	load agency 200 1 "$((100000 + turn * 200))" | awk '{ print $4 }' >>"$work/alone_us"
	build-bench/disk_load "$work" 1 20 | awk '{ print $4 }' >>"$work/pages_us"
done
page_us=$(median <"$work/page_us") pages_us=$(median <"$work/pages_us") alone_us=$(median <"$work/alone_us")
row 'disk: one fdatasync of 4 KiB, median of 9 turns' "$page_us" 'us'
row 'disk: one fdatasync of 20 scattered pages, median of 9 turns' "$pages_us" 'us'
row 'Shegong: one command alone over ZeroMQ, median of 9 turns' "$alone_us" 'us'
small=$(load agency 30000 64 200000)
small_rate=$(figure "$small")
row 'Shegong: commands over ZeroMQ, 64 in flight, 10,000 records' "$small_rate" '/s'
row '  the same with a unique look-up that falls anywhere' "$(figure "$(load person 30000 64 0)")" '/s'
row 'Shegong: Get over ZeroMQ, 64 in flight' "$(figure "$(load get 10000 64 0)")" '/s'

port=$(free_port)
SHEGONG_LISTEN=127.0.0.1:$port SHEGONG_SERVICES=personnel SHEGONG_HTTP_LOOPS=${LOOPS:-2} \
	SHEGONG_SCHEMA=$top/build-bench/shegong.binpb \
	build-bench/shegong-gateway >"$work/gateway.log" 2>&1 &
pids+=($!)
await curl -fs "http://127.0.0.1:$port/readyz"
http_32=$(wrk -t1 -c32 -d"$seconds"s -s tests/bench/register.lua "http://127.0.0.1:$port/" 2>"$work/wrk.err")
http_32_rate=$(wrk_rate "$http_32")
row 'Shegong: commands over HTTP (JSON), 32 connections' "$http_32_rate" '/s'
row '  of them refused or failed' "$(awk '/not 2xx/ { print $3 }' "$work/wrk.err")" ''
get_path='shegong.personnel.v1.PersonnelService/GetAgency?connect=v1&encoding=json&message=%7B%22agencyId%22%3A%22agency-000000000001%22%7D'
get_64=$(wrk_rate "$(wrk -t1 -c64 -d"$seconds"s -H 'Shegong-Principal: account=bench;person=p-bench;role=PROVINCE;region=53' \
	"http://127.0.0.1:$port/$get_path")")
row 'Shegong: Get over HTTP (JSON), 64 connections' "$get_64" '/s'

already=$(curl -fs -H 'Shegong-Principal: account=bench;person=p-bench;role=PROVINCE;region=53' -H 'Shegong-Service: personnel' \
	-H 'Content-Type: application/json' -d '{}' "http://127.0.0.1:$port/shegong.engine.v1.EngineService/Status" |
	jq -r '.tables[] | select(.name == "agencies") | .records')
[ "$already" -ge "$records" ] || load agency $((records - already)) 256 1000000000 >/dev/null
large=$(load agency 30000 64 9000000000)
large_rate=$(figure "$large")
row "Shegong: commands over ZeroMQ, 64 in flight, $records records" "$large_rate" '/s'
stop_all
start_services
await test -S "$SHEGONG_RUN/personnel.sock"
await load get 1 1 0
rss_large=$(awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$personnel/status")
row "Shegong: resident memory, restarted with $records records" "$rss_large" 'MiB'
stop_all

ask 'HTTP commands at 32 / PostgreSQL at 32' "$(ratio "$http_32_rate" "$pg_32")" '>=' 1.5
ask 'ZeroMQ commands at 64 / Redis SET at 64' "$(ratio "$small_rate" "$redis_64")" '>=' 1
ask 'ZeroMQ commands at 64 / Redis script at 64' "$(ratio "$small_rate" "$redis_script")" '>=' 1
ask 'Get over HTTP / nginx return 200' "$(ratio "$get_64" "$nginx_64")" '>=' 0.4
ask 'one command alone / one fdatasync of 4 KiB' "$(ratio "$alone_us" "$page_us")" '<=' 3
ask 'one command alone / one fdatasync of as many pages' "$(ratio "$alone_us" "$pages_us")" '<=' 3
ask 'resident memory of an idle service, MiB' "$rss_new" '<=' 16
ask "cost of a command at $records / at 10,000" "$(ratio "$small_rate" "$large_rate")" '<=' 1.5

printf '\n%s, %s cores, %s s a figure\n\n' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$seconds"
printf '%s\n' "${rows[@]}"
printf '\n%-58s %12s %s\n' 'what is asked' 'measured' 'bound    reached'
printf '%s\n' "${asked[@]}"
