#!/bin/bash
# The benchmark: a table of Shegong beside its peers, all measured in this run on this machine.
#
#     tests/bench/run.sh [--rounds N] [--seconds N] [--records N]
#
# The stream of events has a table of its own: tests/bench/streams.py build-bench
#
# Peers from Debian's packages: PostgreSQL (a function that writes event, record and idempotency
# row), Redis (appendfsync always), nginx (return 200), and the disk's own fdatasync rate.
# Everything listens on loopback or on sockets in a folder of its own, and ends with the run.
set -eu
cd "$(dirname "$0")/../.."
top=$PWD

rounds=3 seconds=4 records=1000000
while [ $# -gt 0 ]; do
	case $1 in
	--rounds) rounds=$2 && shift 2 ;;
	--seconds) seconds=$2 && shift 2 ;;
	--records) records=$2 && shift 2 ;;
	*) echo "usage: $0 [--rounds N] [--seconds N] [--records N]" >&2 && exit 2 ;;
	esac
done

bash deploy/install.sh build demo bench
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >/dev/null
ninja -C build-bench >/dev/null
ninja -C build-bench bus_load disk_load stream_load door_server >/dev/null

work=$(mktemp -d "${TMPDIR:-/var/tmp}/shegong-bench-XXXXXX")
chmod 755 "$work"
export SHEGONG_DATA=$work/data SHEGONG_RUN=$work/run
mkdir -p "$SHEGONG_DATA" "$SHEGONG_RUN"
pids=()

stop_all() {
	[ -z "${postgres:-}" ] || pg_signal CONT 2>/dev/null || true
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

rows=()
row() { # name, figure, unit
	rows+=("$(printf '%-58s %12s %s' "$1" "$2" "$3")")
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
	awk '/^Requests\/sec/ { printf "%.0f\n", $2 }' <<<"$1"
}

# --- The peers, and Shegong, each started once and idle while another is measured ------------------
pg=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
pg_port=$(free_port)
mkdir "$work/pg" && chown postgres "$work/pg"
as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups env -i PATH="$pg:/usr/bin:/bin")
"${as_postgres[@]}" initdb -D "$work/pg/data" -A trust >/dev/null
"${as_postgres[@]}" postgres -D "$work/pg/data" -k "$work/pg" -h 127.0.0.1 -p "$pg_port" \
	-c shared_buffers=512MB -c max_wal_size=4GB >"$work/pg.log" 2>&1 &
postgres=$!
pids+=("$postgres")
await "$pg/pg_isready" -h 127.0.0.1 -p "$pg_port" -U postgres
"$pg/psql" -q -h 127.0.0.1 -p "$pg_port" -U postgres -f tests/bench/postgres.sql
# Between its turns it stands still, so that its checkpoints do not fall into those of others.
pg_signal() { # the word of a signal
	kill "-$1" "$postgres" $(pgrep -P "$postgres")
}
pg_bench() { # clients, threads
	pg_signal CONT
	"$pg/pgbench" -h 127.0.0.1 -p "$pg_port" -U postgres -n -M prepared -f tests/bench/postgres.pgbench \
		-c "$1" -j "$2" -T "$seconds" postgres 2>/dev/null | awk '/^tps/ { printf "%.0f\n", $3 }'
	pg_signal STOP
}

redis_port=$(free_port)
mkdir "$work/redis"
redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$work/redis" --save '' --appendonly yes \
	--appendfsync always --auto-aof-rewrite-percentage 0 >"$work/redis.log" 2>&1 &
pids+=($!)
await redis-cli -p "$redis_port" ping
payload=$(printf 'x%.0s' $(seq 250))
redis_bench() { # clients, commands, then the command
	local clients=$1 n=$2
	shift 2
	redis-benchmark -h 127.0.0.1 -p "$redis_port" -c "$clients" -n "$n" -r 1000000000 --csv "$@" |
		tail -n 1 | awk -F'","' '{ printf "%.0f\n", $2 }'
}

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

export SHEGONG_LOG_LEVEL=warn
start_personnel() {
	build-bench/shegong-personnel >>"$work/personnel.log" 2>&1 &
	personnel=$!
	pids+=("$personnel")
	await test -S "$SHEGONG_RUN/personnel.sock"
}
resident() { awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$personnel/status"; }
load() { build-bench/bus_load "$SHEGONG_RUN" "$@"; }
start_personnel
rss_new=$(resident)
port=$(free_port)
SHEGONG_ACCESS=principals SHEGONG_LISTEN=127.0.0.1:$port SHEGONG_SERVICES=personnel SHEGONG_HTTP_LOOPS=2 \
	SHEGONG_SCHEMA=$top/build-bench/shegong.binpb \
	build-bench/shegong-gateway >"$work/gateway.log" 2>&1 &
gateway=$!
pids+=("$gateway")
await curl -fs "http://127.0.0.1:$port/readyz"
# The door with CURVE; whose key it is stands in a file here.
mkdir "$work/keys"
for name in bench gateway; do build-bench/shegong keys new "$name" "$work/keys" >/dev/null; done
export SHEGONG_KEYS=$work/keys
printf '%s account=bench;person=p-bench;role=PROVINCE;region=53\n' "$(cat "$SHEGONG_KEYS/bench.pub")" \
	>"$work/accounts"
build-bench/door_server "$top/build-bench/shegong.binpb" "$SHEGONG_RUN" "$SHEGONG_KEYS" \
	"$work/accounts" personnel >"$work/door.out" &
pids+=($!)
await grep -q tcp: "$work/door.out"
door=$(cat "$work/door.out")
who='account=bench;person=p-bench;role=PROVINCE;region=53'
get_url="http://127.0.0.1:$port/shegong.personnel.v1.PersonnelService/GetAgency?connect=v1&encoding=json&message=%7B%22agencyId%22%3A%22agency-000000000001%22%7D"
load agency 10000 64 0 >/dev/null

# --- Rounds: the disk of a virtual machine is not the same from one second to the next, so each is
# measured in each round, and what is shown is the median ------------------------------------------
keep() { # name: keeps the figures that come in; what was written meanwhile goes to the disk
	cat >>"$work/figure.$1"
	sync
}
median() { # of what was kept under a name
	sort -n "$work/figure.$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}
for round in $(seq "$rounds"); do
	echo "round $round of $rounds" >&2
	first=$((round * 100000000))
	build-bench/disk_load "$work" 1 | awk '{ print $3 }' | keep disk
	# As PostgreSQL, the gateway stands still while it is not asked: it follows each command's event.
	kill -STOP "$gateway"
	for turn in 1 2 3; do
		build-bench/disk_load "$work" 1 | awk '{ print $4 }' | keep page
		load agency 400 1 $((first + 1000 * turn)) | awk '{ print $4 }' | keep alone
	done
	kill -CONT "$gateway"
	build-bench/disk_load "$work" 1 20 | awk '{ print $4 }' | keep pages
	build-bench/disk_load "$work" 1 | awk '{ print $4 }' | keep page
	pg_bench 1 1 | keep pg1
	redis_bench 1 2000 SET 'record:__rand_int__' "$payload" | keep redis1
	pg_bench 32 2 | keep pg
	BENCH_FIRST=$((first + 10000000)) wrk -t1 -c32 -d"$seconds"s -s tests/bench/register.lua \
		"http://127.0.0.1:$port/" 2>>"$work/wrk.err" >"$work/wrk.out"
	wrk_rate "$(cat "$work/wrk.out")" | keep http
	redis_bench 64 $((seconds * 15000)) SET 'record:__rand_int__' "$payload" | keep redis
	kill -STOP "$gateway"
	load agency 30000 64 $((first + 20000000)) | awk '{ print $3 }' | keep bus
	kill -CONT "$gateway"
	load agency 30000 64 $((first + 50000000)) | awk '{ print $3 }' | keep followed
	redis_bench 64 $((seconds * 10000)) EVAL "$(cat tests/bench/redis.lua)" 2 \
		'answer:__rand_int__' 'record:__rand_int__' "$payload" | keep script
	load person 30000 64 "$first" | awk '{ print $3 }' | keep person
	wrk_rate "$(wrk -t1 -c64 -d"$seconds"s "http://127.0.0.1:$nginx_port/")" | keep nginx
	wrk_rate "$(wrk -t1 -c64 -d"$seconds"s -H "Shegong-Principal: $who" "$get_url")" | keep get
	load get 30000 64 0 | awk '{ print $3 }' | keep busget
	build-bench/bus_load "$door" get 30000 64 0 | awk '{ print $3 }' | keep doorget
	build-bench/bus_load "$door" agency 30000 64 $((first + 40000000)) | awk '{ print $3 }' | keep door
done
errors=$(awk '/not 2xx/ { n += $3 } END { print n + 0 }' "$work/wrk.err")

# --- A million records, in a store of its own beside one of ten thousand ---------------------------
store_of() { # records: a new store with so many
	SHEGONG_DATA=$work/data-$1 SHEGONG_RUN=$work/run-$1
	mkdir -p "$SHEGONG_DATA" "$SHEGONG_RUN"
	start_personnel
	load agency "$1" 256 0 >/dev/null
}
store_of 10000
small_run=$SHEGONG_RUN
store_of "$records"
large_run=$SHEGONG_RUN
for round in $(seq "$rounds"); do
	build-bench/bus_load "$large_run" agency 20000 64 $((round * 100000000)) | awk '{ print $3 }' | keep large
	build-bench/bus_load "$small_run" agency 20000 64 $((round * 100000000)) | awk '{ print $3 }' | keep small
done
stop_all
SHEGONG_DATA=$work/data-$records SHEGONG_RUN=$work/run-$records
start_personnel
await load get 1 1 0
rss_large=$(resident)
stop_all

row 'disk: fdatasync of 4 KiB, one after the other' "$(median disk)" '/s'
row 'disk: one fdatasync of 4 KiB' "$(median page)" 'us'
row 'disk: one fdatasync of 20 scattered pages' "$(median pages)" 'us'
row 'PostgreSQL: the command as a function, 1 client' "$(median pg1)" '/s'
row 'PostgreSQL: the same, 32 clients' "$(median pg)" '/s'
row 'Redis, appendfsync always: SET of 250 bytes, 1 client' "$(median redis1)" '/s'
row 'Redis, appendfsync always: the same, 64 clients' "$(median redis)" '/s'
row 'Redis, appendfsync always: the command as a script, 64' "$(median script)" '/s'
row 'nginx: return 200, 64 connections' "$(median nginx)" '/s'
row 'Shegong: one command alone over ZeroMQ' "$(median alone)" 'us'
row 'Shegong: commands over ZeroMQ, 64 in flight' "$(median bus)" '/s'
row '  the same, followed by the gateway' "$(median followed)" '/s'
row '  the same with a unique look-up that falls anywhere' "$(median person)" '/s'
row 'Shegong: commands over HTTP (JSON), 32 connections' "$(median http)" '/s'
row '  of them refused or failed, in all rounds' "$errors" ''
row 'Shegong: commands at the door (CURVE), 64 in flight' "$(median door)" '/s'
row 'Shegong: Get over ZeroMQ, 64 in flight' "$(median busget)" '/s'
row 'Shegong: Get over HTTP (JSON), 64 connections' "$(median get)" '/s'
row 'Shegong: Get at the door (CURVE), 64 in flight' "$(median doorget)" '/s'
row 'Shegong: commands over ZeroMQ, 64 in flight, 10,000 records' "$(median small)" '/s'
row "Shegong: commands over ZeroMQ, 64 in flight, $records records" "$(median large)" '/s'
row 'Shegong: resident memory of a new idle service' "$rss_new" 'MiB'
row "Shegong: resident memory, restarted with $records records" "$rss_large" 'MiB'

ask 'HTTP commands at 32 / PostgreSQL at 32' "$(ratio "$(median http)" "$(median pg)")" '>=' 1.5
ask 'ZeroMQ commands at 64 / Redis SET at 64' "$(ratio "$(median bus)" "$(median redis)")" '>=' 1
ask 'ZeroMQ commands at 64 / Redis script at 64' "$(ratio "$(median bus)" "$(median script)")" '>=' 1
ask 'Get over HTTP / nginx return 200' "$(ratio "$(median get)" "$(median nginx)")" '>=' 0.4
ask 'one command alone / one fdatasync of 4 KiB' "$(ratio "$(median alone)" "$(median page)")" '<=' 3
ask 'one command alone / one fdatasync of 20 pages' "$(ratio "$(median alone)" "$(median pages)")" '<=' 3
ask 'resident memory of an idle service, MiB' "$rss_new" '<=' 16
ask "cost of a command at $records / at 10,000" "$(ratio "$(median small)" "$(median large)")" '<=' 1.5

printf '\n%s, %s cores, median of %s rounds, %s s a figure\n\n' \
	"$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$rounds" "$seconds"
printf '%s\n' "${rows[@]}"
printf '\n%-58s %12s %s\n' 'what is asked' 'measured' 'bound    reached'
printf '%s\n' "${asked[@]}"
