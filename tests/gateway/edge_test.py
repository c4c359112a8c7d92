#!/usr/bin/env python3
"""The gateway against those who mean harm: edge_test.py GATEWAY FAKE_SERVICE SCHEMA

Framing that smuggles (edge_vectors.json), requests that are endless, and hundreds of slow clients
beside good ones; the gateway's memory is watched throughout."""

import http.client
import json
import os
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import time

from tap import Program, Raw, done, ok, same, until

MEMORY_MAX_MB = 128
HEAD_MS, BODY_MS, WRITE_MS = 2000, 2500, 2000
# Of a good client beside slow ones: the median of so many rounds.
ROUNDS, WINDOW_S, SLOWER_MAX = 5, 2.5, 2
PATH = "/shegong.echo.v1.EchoService/Put"
WHO = "Shegong-Principal: account=zhang;person=p-zhang;role=PROVINCE;region=53\r\n"
HOST = "Host: x\r\n"


def post(fields, body=""):
    return f"POST {PATH} HTTP/1.1\r\n{HOST}{WHO}Content-Type: application/json\r\n{fields}\r\n{body}"


def put(message, fields=""):
    body = json.dumps(message)
    return post(f"{fields}Content-Length: {len(body)}\r\n", body)


# --- A good client, in a process of its own ---------------------------------------------------------


def good(port):
    """For each line "SECONDS": one request after the other for so long; the 99th percentile in ms."""
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = dict(line.split(": ", 1) for line in (WHO + "Content-Type: application/json\r\n").split("\r\n") if line)
    for line in sys.stdin:
        took, end = [], time.monotonic() + float(line)
        while time.monotonic() < end:
            start = time.monotonic()
            c.request("POST", PATH, '{"text":"good"}', fields)
            r = c.getresponse()
            data = r.read()
            took.append((time.monotonic() - start) * 1000)
            assert r.status == 200, (r.status, data)
            time.sleep(0.001)
        print(sorted(took)[len(took) * 99 // 100], flush=True)


class Good:
    def __init__(self, port):
        self.process = subprocess.Popen([sys.executable, __file__, "--good", str(port)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def begin(self, seconds):
        self.process.stdin.write("%g\n" % seconds)
        self.process.stdin.flush()

    def p99(self):
        return float(self.process.stdout.readline())

    def end(self):
        self.process.communicate()


# --- What the gateway says of itself --------------------------------------------------------------


def metrics(port):
    c = Raw(port)
    c.send(f"GET /metrics HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n")
    text = c.reply().body.decode()
    c.close()
    sums = {}
    for name, value in re.findall(r"^(shegong_gateway_\w+)(?:\{[^}]*\})? (\d+)$", text, re.M):
        sums[name.removeprefix("shegong_gateway_")] = sums.get(name.removeprefix("shegong_gateway_"), 0) + int(value)
    return sums


def memory_mb(gateway):
    """The most that it has held in memory so far."""
    with open(f"/proc/{gateway.process.pid}/status") as file:
        return int(re.search(r"VmHWM:\s+(\d+) kB", file.read()).group(1)) / 1024


def fits(gateway, name):
    got = memory_mb(gateway)
    ok(got < MEMORY_MAX_MB, f"memory after {name}: {got:.0f} MB")


# --- Framing --------------------------------------------------------------------------------------


def vectors(port):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "edge_vectors.json")) as file:
        rows = json.load(file)
    ok(sum(r["of"] == "own" for r in rows) >= 40 and {"M11", "M12", "M13"} <= {r["of"] for r in rows}, f"{len(rows)} vectors")
    before = metrics(port)
    for row in rows:
        c = Raw(port)
        try:
            c.send(row["send"].replace("{path}", PATH).replace("{who}", WHO))
        except OSError:
            pass
        r = c.reply()
        error = json.loads(r.body) if r and r.headers.get("content-type") == "application/json" else {}
        detail = error.get("details", [{}])[0].get("debug", {})
        ok(
            r and (r.status, detail.get("reason")) == (row["status"], row["reason"]) and r.headers.get("connection") == "close"
            and detail.get("messageZh") and detail.get("messageEn") and c.ended(),
            f"{row['of']}, {row['name']}: {row['status']}, and the end",
            (r, c.rest),
        )
        c.close()
    after = metrics(port)
    same(after["http_faults_total"] - before["http_faults_total"], len(rows), "each is counted as a fault")
    # The one is the first metrics itself.
    same(after["http_requests_total"] - before["http_requests_total"], 1, "no request has come out of them")
    same(after["calls_total"], before["calls_total"], "no service has been asked anything")


# --- Memory ---------------------------------------------------------------------------------------


def pour(port, head, piece, limit=32 << 20):
    """Send without end.  How much was taken before the gateway had enough."""
    c = Raw(port)
    sent = 0
    try:
        c.send(head)
        while sent < limit:
            c.socket.sendall(piece)
            sent += len(piece)
    except OSError:
        pass
    c.close()
    return sent


def endless(port, gateway):
    get = f"GET {PATH} HTTP/1.1\r\n{HOST}"
    for name, head, piece in [
        ("an endless chunk size", post("Transfer-Encoding: chunked\r\n"), b"0" * 65536),
        ("an endless chunk extension", post("Transfer-Encoding: chunked\r\n", "1;"), b"a" * 65536),
        ("an endless trailer", post("Transfer-Encoding: chunked\r\n", "0\r\n"), b"A: bbbbbbbb\r\n" * 5000),
        ("endless chunks", post("Transfer-Encoding: chunked\r\n"), b"8000\r\n" + b"x" * 32768 + b"\r\n"),
        ("an endless header", get + "A: ", b"b" * 65536),
        ("endless headers", get, b"A: bbbbbbbb\r\n" * 5000),
        ("an endless target", "GET /", b"a" * 65536),
        ("an endless method", "", b"A" * 65536),
        ("endless empty lines", "", b"\r\n" * 30000),
        ("JSON without end", post("Transfer-Encoding: chunked\r\n"), b"8000\r\n" + b"[" * 32768 + b"\r\n"),
    ]:
        sent = pour(port, head, piece)
        # What waits in the sockets' buffers has been sent as well.
        ok(sent < 24 << 20, f"{name}: cut", sent)
    fits(gateway, "what has no end")


def crowds(port, gateway):
    """1,000 connections, each with a body half sent, and readers of large replies that do not read."""
    held = []
    for i in range(950):
        c = Raw(port)
        c.socket.setblocking(False)
        head = post("Content-Length: 1048576\r\n") if i % 2 else post("Transfer-Encoding: chunked\r\n", "100000\r\n")
        try:
            c.socket.send((head + "x" * 200000).encode())
        except BlockingIOError:
            pass
        held.append(c)
    small = Raw(port)
    small.send(put({"text": "small"}))
    r = small.reply()
    ok(r and r.status == 200, "beside 950 bodies half sent a small one is answered", r)
    for c in held:
        c.close()
    fits(gateway, "950 bodies half sent")
    ok(until(lambda: metrics(port)["connections"] <= 3), "all of them are gone", metrics(port))
    ok(metrics(port)["http_memory_bytes"] == 0, "... with what they held")
    before = metrics(port)
    held = [Raw(port, receive_buffer=4096) for _ in range(200)]
    for c in held:
        c.send(put({"fill": 900000}, "Connect-Timeout-Ms: 60000\r\n"))
    # The service makes them as fast as it can, all of them at once.
    ok(until(lambda: metrics(port)["calls_total"] - before["calls_total"] == 200, 60), "200 large replies have come")
    small = Raw(port)
    small.send(put({"text": "small"}))
    r = small.reply()
    ok(r and r.status == 200, "beside 200 large replies that nobody takes a small one is answered", r)
    fits(gateway, "200 large replies that nobody takes")
    after = metrics(port)
    cut = sum(after[n] - before[n] for n in ("http_shed_total", "http_timeouts_total"))
    ok(cut > 100 and 0 <= after["http_memory_bytes"] <= 32 << 20, f"{cut} of the 200 were cut, the rest fits", after)
    for c in held:
        c.close()
    until(lambda: metrics(port)["connections"] <= 3, 10)


# --- Slowness -------------------------------------------------------------------------------------


class Slow:
    """A client that sends its bytes one by one, and none again once it is told to go."""

    def __init__(self, port, head):
        self.start, self.closed, self.got = time.monotonic(), None, b""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(head.encode())
        self.socket.setblocking(False)

    def drip(self):
        try:
            if not self.got:
                self.socket.send(b"a")
        except OSError:
            pass

    def read(self):
        """False once the connection has ended."""
        try:
            data = self.socket.recv(4096)
        except OSError:
            data = b""
        self.got += data
        if not data:
            self.closed = time.monotonic() - self.start
        return bool(data)


def drip_in_turn(clients, end):
    """Until all have been cut: each sends a byte every half second, one after the other, so that
    neither they nor the gateway have more to do at one moment than at another."""
    selector, waiting = selectors.DefaultSelector(), len(clients)
    for c in clients:
        selector.register(c.socket, selectors.EVENT_READ, c)
    began, dripped = time.monotonic(), 0
    while waiting and time.monotonic() < end:
        for key, _ in selector.select(0.005):
            if not key.data.read():
                selector.unregister(key.fileobj)
                waiting -= 1
        due = int((time.monotonic() - began) / 0.5 * len(clients))
        while dripped < due:
            c = clients[dripped % len(clients)]
            dripped += 1
            if c.closed is None:
                c.drip()
    selector.close()


class Crowd:
    """Slow heads, slow bodies and readers that read nothing; how long each kind was borne at most."""

    def __init__(self):
        self.heads, self.bodies, self.readers = [], [], []

    def come(self, port):
        made = metrics(port)["calls_total"] + 160
        for _ in range(160):
            c = Raw(port, receive_buffer=2048)
            c.send(put({"fill": 200000}))
            self.readers.append(c)
        # To make 32 MB of replies is work as any other; what is looked at is that they are not taken.
        assert until(lambda: metrics(port)["calls_total"] >= made)
        self.came = time.monotonic()
        self.heads = [Slow(port, f"POST {PATH} HTTP/1.1\r\n{HOST}A: ") for _ in range(170)]
        self.bodies = [Slow(port, post("Content-Length: 1000\r\n")) for _ in range(170)]

    def stay(self, port):
        """Until all have been cut; how long the last reader was borne."""
        drip_in_turn(self.heads + self.bodies, time.monotonic() + 20)
        until(lambda: metrics(port)["connections"] <= 2)
        took = time.monotonic() - self.came
        for c in self.heads + self.bodies + self.readers:
            c.socket.close()
        return took


def slow(port, gateway):
    """Windows in which a good client is alone, and beside 500 slow ones, by turns: what a busy machine
    does to the one it does to the other."""
    good_one, alone, beside, worst = Good(port), [], [], {"headers": 0, "bodies": 0, "readers": 0}
    told, before, fine = 0, metrics(port), True
    for _ in range(ROUNDS):
        good_one.begin(WINDOW_S)
        alone.append(good_one.p99())
        crowd = Crowd()
        crowd.come(port)
        good_one.begin(WINDOW_S)
        worst["readers"] = max(worst["readers"], crowd.stay(port))
        beside.append(good_one.p99())
        for name, many in (("headers", crowd.heads), ("bodies", crowd.bodies)):
            worst[name] = max(worst[name], *(c.closed or 99 for c in many))
        told += sum(c.got.startswith(b"HTTP/1.1 408") for c in crowd.heads + crowd.bodies)
        fine = fine and all(c.got.startswith(b"HTTP/1.1 408") or c.got == b"" for c in crowd.heads + crowd.bodies)
    good_one.end()
    # What is queued of a reply buys its reader time, by the pace that is asked of him.
    for name, limit_s in (("headers", HEAD_MS / 1000), ("bodies", BODY_MS / 1000), ("readers", WRITE_MS / 1000 + 200000 // 65536)):
        ok(worst[name] <= limit_s + 1, f"slow {name}: the last is cut after {worst[name]:.2f} s, {limit_s} s being allowed")
    ok(fine and told > 0.9 * 340 * ROUNDS, f"who drips is told 408: {told} of {340 * ROUNDS} have heard it")
    same(metrics(port)["http_timeouts_total"] - before["http_timeouts_total"], 500 * ROUNDS, "each of the slow ones is counted as late")
    ratios = sorted(b / a for a, b in zip(alone, beside))
    print("# p99 of a good client alone:    " + " ".join(f"{ms:7.2f}" for ms in alone) + " ms")
    print("# ... beside 500 slow ones:      " + " ".join(f"{ms:7.2f}" for ms in beside) + " ms")
    ok(ratios[ROUNDS // 2] <= SLOWER_MAX, f"beside 500 slow clients a good one's p99 is {ratios[ROUNDS // 2]:.2f} times that without them",
       " ".join(f"{ratio:.2f}" for ratio in ratios))
    fits(gateway, "500 slow clients")


def main():
    gateway_path, service_path, schema = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as run:
        service = Program(service_path, "echo", f"ipc://{run}/echo.sock")
        gateway = Program(gateway_path, env={
            "SHEGONG_LISTEN": "127.0.0.1:0", "SHEGONG_RUN": run, "SHEGONG_SERVICES": "echo", "SHEGONG_SCHEMA": schema,
            "SHEGONG_HEAD_MS": str(HEAD_MS), "SHEGONG_BODY_MS": str(BODY_MS), "SHEGONG_WRITE_MS": str(WRITE_MS),
            "SHEGONG_ACCESS": "principals", "SHEGONG_MAX_CONNECTIONS_PER_ADDRESS": "1024"}, first_line=False)
        port = listening(gateway)
        def answers():
            c = Raw(port)
            c.send(put({}))
            r = c.reply()
            return r and r.status == 200
        ok(until(answers), "the gateway finds the service")
        vectors(port)
        fits(gateway, "the vectors")
        endless(port, gateway)
        crowds(port, gateway)
        slow(port, gateway)
        same(gateway.stop(), 0, "the gateway stops")
        ok(gateway.errors == b"", "... and has nothing to complain of", gateway.errors.decode())
        service.stop()
    done()


def listening(gateway):
    """The port, of the line that says so."""
    while True:
        line = json.loads(gateway.process.stdout.readline())
        if line["what"] == "listening":
            return int(line["port"])


if len(sys.argv) == 3 and sys.argv[1] == "--good":
    good(int(sys.argv[2]))
else:
    main()
