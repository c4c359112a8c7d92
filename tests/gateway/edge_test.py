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
HEAD_MS, BODY_MS, WRITE_MS = 1000, 1500, 1000
PATH = "/shegong.echo.v1.EchoService/Put"
WHO = "Shegong-Principal: account=zhang;person=p-zhang;role=PROVINCE;region=53\r\n"
HOST = "Host: x\r\n"


def post(fields, body=""):
    return f"POST {PATH} HTTP/1.1\r\n{HOST}{WHO}Content-Type: application/json\r\n{fields}\r\n{body}"


def put(message, fields=""):
    body = json.dumps(message)
    return post(f"{fields}Content-Length: {len(body)}\r\n", body)


# --- Good clients, in a process of their own ------------------------------------------------------


def good(port, seconds):
    """One request after the other for so long; prints how long each took, in ms."""
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = dict(line.split(": ", 1) for line in (WHO + "Content-Type: application/json\r\n").split("\r\n") if line)
    took, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        c.request("POST", PATH, '{"text":"good"}', fields)
        r = c.getresponse()
        data = r.read()
        took.append((time.monotonic() - start) * 1000)
        assert r.status == 200, (r.status, data)
        time.sleep(0.001)
    print(json.dumps(took))


class Good:
    def __init__(self, port, seconds):
        self.process = subprocess.Popen([sys.executable, __file__, "--good", str(port), str(seconds)], stdout=subprocess.PIPE)

    def p50_p99(self):
        out, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0
        took = sorted(json.loads(out))
        return took[len(took) // 2], took[len(took) * 99 // 100], len(took)


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
    ok(until(lambda: metrics(port)["connections"] <= 3, 10), "all of them are gone", metrics(port))
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

    def __init__(self, port, head, drops):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(head.encode())
        self.start, self.closed, self.got, self.drops = time.monotonic(), None, b"", drops
        self.socket.setblocking(False)

    def drip(self):
        try:
            if self.drops and not self.got:
                self.socket.send(b"a")
            data = self.socket.recv(4096)
            self.got += data
            if data:
                return
            self.closed = time.monotonic() - self.start
        except BlockingIOError:
            return
        except OSError:
            self.closed = time.monotonic() - self.start
        self.socket.close()


def slow(port, gateway):
    baseline = Good(port, 2).p50_p99()
    busy = Good(port, 4)
    before = metrics(port)
    heads = [Slow(port, f"POST {PATH} HTTP/1.1\r\n{HOST}A: ", True) for _ in range(170)]
    bodies = [Slow(port, post("Content-Length: 1000\r\n"), True) for _ in range(170)]
    readers = []
    readers_start = time.monotonic()
    for _ in range(160):
        c = Raw(port, receive_buffer=2048)
        c.send(put({"fill": 200000}))
        readers.append(c)
    queued_s = 200000 // 65536
    waiting = heads + bodies
    while waiting and time.monotonic() - readers_start < 10:
        for s in waiting:
            s.drip()
        waiting = [s for s in waiting if s.closed is None]
        time.sleep(0.1)
    for name, many, limit in (("headers", heads, HEAD_MS), ("bodies", bodies, BODY_MS)):
        last = max(s.closed or 99 for s in many)
        ok(last <= limit / 1000 + 1, f"170 slow {name}: the last is cut after {last:.2f} s, {limit / 1000} s being allowed")
        ok(all(s.got.startswith(b"HTTP/1.1 408") or s.got == b"" for s in many), f"... who drip their {name} are told 408")
    told = sum(s.got != b"" for s in heads + bodies)
    ok(told > 300, f"{told} of 340 have heard it")
    due = WRITE_MS / 1000 + queued_s + 1
    gone = until(lambda: metrics(port)["connections"] <= 3, max(0.1, readers_start + due - time.monotonic()))
    ok(gone, f"160 slow readers: all cut within {due - 1:.1f} + 1 s", metrics(port))
    for c in readers:
        c.close()
    after = metrics(port)
    same(after["http_timeouts_total"] - before["http_timeouts_total"], 500, "each of the 500 is counted as late")
    p50, p99, n = busy.p50_p99()
    print(f"# good clients alone:          p50 {baseline[0]:.2f} ms, p99 {baseline[1]:.2f} ms, {baseline[2]} requests")
    print(f"# beside 500 slow ones:        p50 {p50:.2f} ms, p99 {p99:.2f} ms, {n} requests ({p99 / baseline[1]:.1f} x)")
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


if len(sys.argv) == 4 and sys.argv[1] == "--good":
    good(int(sys.argv[2]), float(sys.argv[3]))
else:
    main()
