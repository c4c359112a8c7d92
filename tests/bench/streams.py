#!/usr/bin/env python3
"""The stream of events beside nginx with nchan, in one run on this machine: streams.py BUILD_DIR

Both send the same CloudEvents to the same program.  Deliveries: a burst of events to so many
subscribers, from the first delivery to the last.  Latency: from the time that an event bears (when it
was entered or posted) until it has come, at 100 events a second."""

import argparse
import datetime
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "faults"))
sys.path.insert(0, os.path.join(HERE, "..", "gateway"))

from load import credit_code  # noqa: E402
from programs import PROVINCE, Client, Programs, free_port, full_name  # noqa: E402
from sse import Stream  # noqa: E402

NGINX = """
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
worker_processes 1;
worker_rlimit_nofile 20000;
daemon off;
pid %(folder)s/pid;
error_log %(folder)s/error;
events { worker_connections 16384; }
http {
	access_log off;
	client_body_temp_path %(folder)s/body;
	nchan_shared_memory_size 512M;
	server {
		listen 127.0.0.1:%(port)d backlog=8192;
		keepalive_requests 1000000;
		location = /pub {
			nchan_publisher;
			nchan_channel_id events;
			nchan_message_buffer_length 20000;
		}
		location = /sub {
			nchan_subscriber eventsource;
			nchan_channel_id events;
			nchan_subscriber_first_message newest;
		}
	}
}
"""


class Shegong:
    name = "Shegong"
    target = "/v1/events"
    header = "Shegong-Principal: " + PROVINCE

    def __init__(self, build):
        self.build = build
        self.programs = Programs(build, "2022-09-01")
        self.programs.env.update(SHEGONG_CLOCK="real", SHEGONG_MAX_CONNECTIONS="16000",
                                 SHEGONG_MAX_CONNECTIONS_PER_ADDRESS="16000")
        self.programs.__enter__()
        self.port = self.programs.port
        self.client = Client(self.port)
        self.first = 1
        self.single = 0

    def publish(self, n):
        subprocess.run([os.path.join(self.build, "bus_load"), self.programs.env["SHEGONG_RUN"],
                        "agency", str(n), "256", str(self.first)],
                       check=True, stdout=subprocess.DEVNULL)
        self.first += n

    def publish_one(self):
        self.single += 1
        id = "single-%d" % self.single
        answer = self.client.ask(full_name("personnel.RegisterAgency"), {
            "agency_id": id, "name_zh": "示例社会工作服务中心", "name_en": "Example social work centre",
            "credit_code": credit_code(9000000 + self.single), "region_code": "5301",
            "synthetic": True}, id=id)
        assert answer.status == 200, answer.data

    def sample(self):
        stream = Stream(self.port)
        stream.next()
        self.publish(1)
        return stream.event().data

    def end(self):
        self.programs.end()


class Nchan:
    name = "nginx with nchan"
    target = "/sub"
    header = "Connection: keep-alive"

    def __init__(self, sample):
        self.folder = tempfile.TemporaryDirectory(prefix="shegong-nchan-")
        self.port = free_port()
        self.sample = sample
        path = os.path.join(self.folder.name, "conf")
        with open(path, "w") as file:
            file.write(NGINX % {"folder": self.folder.name, "port": self.port})
        self.nginx = subprocess.Popen(["nginx", "-c", path, "-p", self.folder.name],
                                      stderr=subprocess.DEVNULL)
        self.client = http.client.HTTPConnection("127.0.0.1", self.port)
        for _ in range(100):
            try:
                self.client.connect()
                break
            except OSError:
                time.sleep(0.05)

    def publish_one(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        event = {**self.sample, "time": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        self.client.request("POST", "/pub", body, {"Content-Type": "application/json"})
        self.client.getresponse().read()

    def publish(self, n):
        for _ in range(n):
            self.publish_one()

    def end(self):
        self.nginx.terminate()
        self.nginx.wait()
        self.folder.cleanup()


def subscribe(build, server, count, events):
    load = subprocess.Popen(
        [os.path.join(build, "stream_load"), str(server.port), server.target, str(count),
         str(events), server.header], stdout=subprocess.PIPE, text=True)
    if load.stdout.readline().strip() != "ready":
        raise SystemExit("%s: no subscribers" % server.name)
    return load


def delivered(build, server, count, events):
    load = subscribe(build, server, count, events)
    server.publish(events)
    n, seconds, _, _ = load.communicate()[0].split()
    if int(n) < count * events:
        print("# %s: %s of %d came" % (server.name, n, count * events))
    return int(n) / float(seconds)


def latency(build, server, count, events):
    load = subscribe(build, server, count, events)
    at = time.monotonic()
    for i in range(events):
        time.sleep(max(0, at + i / 100 - time.monotonic()))
        server.publish_one()
    return [int(us) / 1000 for us in load.communicate()[0].split()[2:]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", action="store_true", help="nothing but the latency")
    args = parser.parse_args()
    shegong = Shegong(args.build)
    nchan = Nchan(shegong.sample())
    try:
        for count, events in () if args.latency else ((1000, 500), (5000, 100)):
            best = {}
            for _ in range(args.rounds):
                for server in (shegong, nchan):
                    rate = delivered(args.build, server, count, events)
                    best[server.name] = max(rate, best.get(server.name, 0))
            for name, rate in best.items():
                print("%-58s %12.0f deliveries/s" % ("%s, %d subscribers" % (name, count), rate))
            print("%-58s %12.1f" % ("  times nchan", best["Shegong"] / best["nginx with nchan"]))
        for server in (shegong, nchan):
            p50, p99 = latency(args.build, server, 1000, 200)
            print("%-58s %6.1f %6.1f ms" % (
                "%s, 100 events/s to 1000: p50, p99" % server.name, p50, p99))
    finally:
        shegong.end()
        nchan.end()


main()
