#!/usr/bin/env python3
"""Those who follow the stream of events lose nothing: stream.py BUILD_DIR [--events N] [--seed N]

While events flow, a consumer is killed and goes on with its cursor again and again, and services and
the gateway are killed under it: each event once, in order for each source, none missing; the same for
one that filters.  Then clients that read nothing: the gateway's memory stays within bounds, and the
others lose nothing."""

import argparse
import os
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from programs import SERVICES, Client, Programs, full_name  # noqa: E402
from sse import Gone, Stream  # noqa: E402
from tap import done, ok, same  # noqa: E402

BATCHES = 100
KILLED = ("personnel", "stations", "gateway")
STUCK = 200
GROWTH_MAX_MIB = 32


def note(text):
    print("# " + text, flush=True)


class Consumer:
    """Keeps the cursor of the last event that it has taken in, and what it has been told."""

    def __init__(self, port, query=""):
        self.port, self.query = port, query
        self.cursor = None
        self.last = {}  # source -> sequence
        self.taken = 0
        self.faults = []
        self.lives = 0
        self.killed = threading.Event()
        self.over = threading.Event()
        self.began = threading.Event()
        self.thread = threading.Thread(target=self.live, daemon=True)
        self.thread.start()
        self.began.wait(20)

    def live(self):
        while not self.over.is_set():
            try:
                stream = Stream(self.port, self.query, cursor=self.cursor, timeout=0.2)
            except (OSError, Gone):
                time.sleep(0.02)
                continue
            self.killed.clear()
            self.lives += 1
            try:
                while not self.killed.is_set() and not self.over.is_set():
                    try:
                        message = stream.next()
                    except TimeoutError:
                        continue
                    self.take(message)
            except (Gone, OSError):
                pass
            stream.close()

    def take(self, message):
        self.cursor = message.id
        self.began.set()
        if message.kind == "message":
            source = message.data["source"].rpartition("/")[2]
            sequence = int(message.data["sequence"])
            before = self.last.get(source, 0)
            if sequence <= before or (not self.query and sequence != before + 1):
                self.faults.append("%s %d behind %d" % (source, sequence, before))
            self.last[source] = sequence
            self.taken += 1
        elif message.kind == "reset":
            self.faults.append("reset: %s" % message.data)

    def kill(self):
        """What it has been sent and has not taken in is lost; it comes again."""
        lives = self.lives
        self.killed.set()
        end = time.monotonic() + 20
        while self.lives == lives and time.monotonic() < end:
            time.sleep(0.005)

    def reaches(self, source, sequence, within=60):
        end = time.monotonic() + within
        while self.last.get(source, 0) < sequence and time.monotonic() < end:
            time.sleep(0.02)
        return self.last.get(source, 0)

    def end(self):
        self.over.set()
        self.thread.join()


class Flow:
    """Commands, many in flight, over the services' sockets."""

    def __init__(self, build, programs):
        self.load = os.path.join(build, "bus_load")
        self.programs = programs
        self.client = Client(programs.port)
        self.first = 1

    def agencies(self, n):
        """Sent again with the same ids until all are there: some met a service that was killed."""
        while True:
            out = subprocess.run(
                [self.load, self.programs.env["SHEGONG_RUN"], "agency", str(n), "256", str(self.first)],
                capture_output=True, text=True, timeout=120)
            words = out.stdout.split()
            if out.returncode == 0 and words and words[-1] == "0":
                break
            time.sleep(0.05)
        self.first += n

    def region(self, code):
        answer = self.client.ask(full_name("stations.AddRegion"), {
            "region_code": code, "name_en": "R", "name_zh": "区"}, id="region-" + code)
        assert answer.status == 200, answer.data


def heads(client):
    return {s: int(client.status(s)["head"]["sequence"]) for s in SERVICES}


def rss_mib(pid):
    with open("/proc/%d/status" % pid) as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024


def under_kill(programs, flow, rand, n):
    every = Consumer(programs.port, "from=start")
    every.query = ""  # it comes again with its cursor alone
    some = Consumer(programs.port, "from=start&type=AgencyRegistered")
    kills = dict.fromkeys(KILLED, 0)
    flow.region("53")
    for i in range(BATCHES):
        batch = threading.Thread(target=flow.agencies, args=(n // BATCHES,))
        batch.start()
        time.sleep(rand.random() * 0.1)
        every.kill()
        if i % 3 == 0:
            some.kill()
        if i % 6 == 5:
            name = KILLED[i // 6 % len(KILLED)]
            programs.kill(name)
            kills[name] += 1
            programs.start(name)
        batch.join()
        flow.region("53%02d" % i)
    wanted = heads(flow.client)
    for source in SERVICES:
        same(every.reaches(source, wanted[source]), wanted[source],
             "%s: each event once, in order, none missing" % source)
    same(every.faults, [], "nothing twice, nothing left out, no reset")
    ok(every.lives > BATCHES, "the consumer was killed and came again 100 times", every.lives)
    end = time.monotonic() + 30
    while some.taken < n and time.monotonic() < end:
        time.sleep(0.02)
    same((some.taken, some.faults), (n, []), "whoever filters is told what passes, each once")
    note("%d events; killed: %s; the consumers lived %d and %d times" % (
        every.taken, kills, every.lives, some.lives))
    some.end()
    return every


def stuck(programs, flow, every, n):
    pid = programs.running["gateway"].pid
    flow.agencies(n)
    every.reaches("personnel", heads(flow.client)["personnel"])
    before = rss_mib(pid)
    clients = [Stream(programs.port, "from=start" if i % 2 else "", receive_buffer=4096)
               for i in range(STUCK)]
    most = before
    for _ in range(10):
        flow.agencies(n // 10)
        most = max(most, rss_mib(pid))
    wanted = heads(flow.client)["personnel"]
    same(every.reaches("personnel", wanted), wanted, "beside 200 that read nothing, one loses nothing")
    same(every.faults, [], "nor is it told anything twice")
    most = max(most, rss_mib(pid))
    ok(most - before < GROWTH_MAX_MIB,
       "200 stuck clients cost the gateway less than %d MiB" % GROWTH_MAX_MIB, most - before)
    note("memory of the gateway: %.1f MiB before, %.1f at most" % (before, most))
    # Those who wake up find everything.
    for client, what in ((clients[1], "from the start"), (clients[0], "from when it came")):
        got, last = 0, None
        while last is None or last < wanted:
            message = client.next()
            if message.kind != "message" or not message.data["source"].endswith("personnel"):
                continue
            sequence = int(message.data["sequence"])
            if last is not None and sequence != last + 1:
                break
            last, got = sequence, got + 1
        same(last, wanted, "one that wakes up reads all %s" % what)
    for client in clients:
        client.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--events", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    programs = Programs(args.build, "2022-09-01")
    programs.env["SHEGONG_WRITE_MS"] = "600000"  # they stay stuck as long as it takes
    with programs:
        flow = Flow(args.build, programs)
        every = under_kill(programs, flow, random.Random(args.seed), args.events)
        stuck(programs, flow, every, args.events // 10)
        every.end()
    done()


main()
