#!/usr/bin/env python3
"""Raw sockets against the HTTP server: http_test.py HTTP_SERVER"""

import itertools
import json
import sys
import time

from tap import WITHIN_S, Program, Raw, done, ok, same, until

BINARY = sys.argv[1]
HOST = "Host: x\r\n"
# For so long bytes drip in, where nobody ends it.
DRIPPING_S = 20
# libevent's clock is a coarse one: a deadline may come by one of its ticks too early.
EARLY_S = 0.02
OK_GET = "GET /echo HTTP/1.1\r\n" + HOST + "\r\n"


def post(fields, body="", host=HOST):
    return "POST /echo HTTP/1.1\r\n" + host + fields + "\r\n" + body


def chunked(body):
    return post("Transfer-Encoding: chunked\r\n", body)


# name, bytes, status, reason in the error's details
REFUSED = [
    # What evhttp lets pass.
    ("two different Content-Length", post("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde"), 400, "HTTP_BAD_LENGTH"),
    ("two equal Content-Length", post("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"), 400, "HTTP_BAD_LENGTH"),
    ("space before the colon", post("Content-Length : 3\r\n", "abc"), 400, "HTTP_BAD_FIELD"),
    ("Content-Length +3", post("Content-Length: +3\r\n", "abc"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length -0", post("Content-Length: -0\r\n"), 400, "HTTP_BAD_LENGTH"),
    ("Transfer-Encoding xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501, "HTTP_UNKNOWN_CODING"),
    ("chunk size 0x3", chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("bare LF after the request line", "GET /echo HTTP/1.1\n" + HOST + "\r\n", 400, "HTTP_BARE_LF"),
    ("bare LF after a field", "GET /echo HTTP/1.1\r\nHost: x\n\r\n", 400, "HTTP_BARE_LF"),
    ("chunk data without CRLF", chunked("3\r\nabcd0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("no Host", "GET /echo HTTP/1.1\r\n\r\n", 400, "HTTP_BAD_HOST"),
    ("two Hosts", "GET /echo HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400, "HTTP_BAD_HOST"),
    ("NUL in a value", "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("both Content-Length and Transfer-Encoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "HTTP_LENGTH_AND_CODING"),
    ("Transfer-Encoding and Content-Length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400, "HTTP_LENGTH_AND_CODING"),
    ("Transfer-Encoding chunked, gzip", post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 501, "HTTP_UNKNOWN_CODING"),
    # More of framing.
    ("Transfer-Encoding gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501, "HTTP_UNKNOWN_CODING"),
    ("Transfer-Encoding identity", post("Transfer-Encoding: identity\r\n"), 501, "HTTP_UNKNOWN_CODING"),
    ("Transfer-Encoding chunked,", post("Transfer-Encoding: chunked,\r\n", "0\r\n\r\n"), 501, "HTTP_UNKNOWN_CODING"),
    ("Transfer-Encoding \"chunked\"", post('Transfer-Encoding: "chunked"\r\n', "0\r\n\r\n"), 501, "HTTP_UNKNOWN_CODING"),
    ("Transfer-Encoding empty", post("Transfer-Encoding:\r\n"), 400, "HTTP_BAD_CODING"),
    ("Transfer-Encoding twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "HTTP_BAD_CODING"),
    ("Transfer-Encoding with vertical tab", post("Transfer-Encoding: \x0bchunked\r\n", "0\r\n\r\n"), 400, "HTTP_BAD_FIELD"),
    ("Transfer-Encoding in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "HTTP_BAD_CODING"),
    ("Content-Length 5, 5", post("Content-Length: 5, 5\r\n", "abcde"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length empty", post("Content-Length:\r\n"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length 0x5", post("Content-Length: 0x5\r\n", "abcde"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length 5 5", post("Content-Length: 5 5\r\n", "abcde"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length 1e1", post("Content-Length: 1e1\r\n", "abcde"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length of 20 digits", post("Content-Length: 18446744073709551617\r\n", "a"), 400, "HTTP_BAD_LENGTH"),
    ("Content-Length above the limit", post("Content-Length: 1048577\r\n"), 413, "HTTP_BODY_TOO_LARGE"),
    ("folded field", "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("folded with a tab", "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("space before the first field", "GET /echo HTTP/1.1\r\n Host: x\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("field without a colon", "GET /echo HTTP/1.1\r\nHost: x\r\nabc\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("field without a name", "GET /echo HTTP/1.1\r\nHost: x\r\n: abc\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("bracket in a name", "GET /echo HTTP/1.1\r\nHost: x\r\na(b: c\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("byte 0x80 in a name", "GET /echo HTTP/1.1\r\nHost: x\r\na\x80: c\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("CR in a value", "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("DEL in a value", "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\x7fc\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("NUL in a name", "GET /echo HTTP/1.1\r\nHost: x\r\nA\0: b\r\n\r\n", 400, "HTTP_BAD_FIELD"),
    ("Host with a space", "GET /echo HTTP/1.1\r\nHost: x y\r\n\r\n", 400, "HTTP_BAD_HOST"),
    ("Host with a slash", "GET /echo HTTP/1.1\r\nHost: x/y\r\n\r\n", 400, "HTTP_BAD_HOST"),
    ("two Hosts in HTTP/1.0", "GET /echo HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400, "HTTP_BAD_HOST"),
    ("empty line first", "\r\n" + OK_GET, 400, "HTTP_BAD_REQUEST_LINE"),
    ("two spaces in the request line", "GET  /echo HTTP/1.1\r\n" + HOST + "\r\n", 400, None),
    ("space at the end of the request line", "GET /echo HTTP/1.1 \r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("tab in the request line", "GET\t/echo HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("CR in the request line", "GET /ec\rho HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("no version", "GET /echo\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("lower case http", "GET /echo http/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("HTTP/1.10", "GET /echo HTTP/1.10\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("HTTP/1.2", "GET /echo HTTP/1.2\r\n" + HOST + "\r\n", 505, "HTTP_BAD_VERSION"),
    ("HTTP/2.0 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP_BAD_VERSION"),
    ("method with a bracket", "GE(T /echo HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("no method", " /echo HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_REQUEST_LINE"),
    ("absolute target", "GET http://x/echo HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_TARGET"),
    ("target without a slash", "GET echo HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_TARGET"),
    ("OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_TARGET"),
    ("fragment in the target", "GET /echo#a HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_TARGET"),
    ("byte 0xe4 in the target", "GET /\xe4 HTTP/1.1\r\n" + HOST + "\r\n", 400, "HTTP_BAD_TARGET"),
    ("request line above 8 KiB", "GET /" + "a" * 8192 + " HTTP/1.1\r\n" + HOST + "\r\n", 414, "HTTP_LINE_TOO_LONG"),
    ("endless request line", "GET /" + "a" * 9000, 414, "HTTP_LINE_TOO_LONG"),
    ("headers above 16 KiB", "GET /echo HTTP/1.1\r\n" + HOST + "A: " + "a" * 16384 + "\r\n\r\n", 431, "HTTP_HEAD_TOO_LARGE"),
    ("endless headers", "GET /echo HTTP/1.1\r\n" + HOST + "A: bbbbbbbb\r\n" * 2000, 431, "HTTP_HEAD_TOO_LARGE"),
    ("65 fields", "GET /echo HTTP/1.1\r\n" + HOST + "A: b\r\n" * 64 + "\r\n", 431, "HTTP_HEAD_TOO_LARGE"),
    ("Expect: something else", post("Expect: 200-ok\r\nContent-Length: 1\r\n", "a"), 417, "HTTP_BAD_EXPECT"),
    ("chunk size empty", chunked("\r\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("chunk size -1", chunked("-1\r\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("chunk size with a space", chunked("3 \r\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("chunk size of nine digits", chunked("000000003\r\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("chunk size with bare LF", chunked("3\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("chunk extension", chunked("3;a=b\r\nabc\r\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("endless chunk line", chunked("0" * 5000), 400, "HTTP_BAD_CHUNK"),
    ("chunk larger than the limit", chunked("100001\r\nabc"), 413, "HTTP_BODY_TOO_LARGE"),
    ("chunk of 4 GiB", chunked("ffffffff\r\nabc"), 413, "HTTP_BODY_TOO_LARGE"),
    ("chunk data ended by LF", chunked("3\r\nabc\n0\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
    ("trailer", chunked("3\r\nabc\r\n0\r\nA: b\r\n\r\n"), 400, "HTTP_BAD_CHUNK"),
]


def refused(port):
    for name, data, status, reason in REFUSED:
        c = Raw(port)
        try:
            # A second request behind the faulty one must never be answered.
            c.send(data + OK_GET if "endless" not in name else data)
        except (ConnectionResetError, BrokenPipeError):
            pass
        r = c.reply()
        if not ok(r and r.status == status and r.headers.get("connection") == "close", f"{status}: {name}", r):
            c.close()
            continue
        error = json.loads(r.body)
        got = error["details"][0]["debug"]["reason"]
        ok(
            r.headers["content-type"] == "application/json"
            and reason in (None, got)
            and "code" in error
            and c.ended(),
            f"... {got}, in JSON, and the connection ends",
            error,
        )
        c.close()


def accepted(port):
    c = Raw(port)
    for name, data, body in [
        ("GET", OK_GET, b"GET|/echo||||"),
        ("GET with a query", "GET /echo?a=%00&b HTTP/1.1\r\n" + HOST + "\r\n", b"GET|/echo|a=%00&b|||"),
        ("POST with a length", post("Content-Length: 3\r\n", "abc"), b"POST|/echo|||abc|"),
        ("POST without a body", post(""), b"POST|/echo||||"),
        ("leading zeros in Content-Length", post("Content-Length: 0003\r\n", "abc"), b"POST|/echo|||abc|"),
        ("chunked", chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), b"POST|/echo|||abcde|"),
        ("chunked, upper case and hex", post("TRANSFER-ENCODING: Chunked\r\n", "A\r\n0123456789\r\n00\r\n\r\n"), b"POST|/echo|||0123456789|"),
        ("chunked and empty", chunked("0\r\n\r\n"), b"POST|/echo||||"),
        ("blanks around a value", "GET /echo HTTP/1.1\r\n" + HOST + "X-Test: \t v w \t\r\n\r\n", b"GET|/echo||v w||"),
        ("empty value", "GET /echo HTTP/1.1\r\n" + HOST + "X-Test:\r\n\r\n", b"GET|/echo||||"),
        ("UTF-8 in a value", "GET /echo HTTP/1.1\r\n" + HOST + "X-Test: \xe4\xb8\xad\r\n\r\n", b"GET|/echo||\xe4\xb8\xad||"),
        ("64 fields", "GET /echo HTTP/1.1\r\n" + HOST + "A: b\r\n" * 63 + "\r\n", b"GET|/echo||||"),
        ("a request line of 8 KiB", "GET /" + "a" * 8176 + " HTTP/1.1\r\n" + HOST + "\r\n", b"GET|/" + b"a" * 8176 + b"||||"),
        ("another method", "PATCH /echo HTTP/1.1\r\n" + HOST + "\r\n", b"PATCH|/echo||||"),
        ("Host with a port", "GET /echo HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", b"GET|/echo||||"),
        ("Host that is empty", "GET /echo HTTP/1.1\r\nHost:\r\n\r\n", b"GET|/echo||||"),
    ]:
        c.send(data)
        r = c.reply()
        ok(r and r.status == 200 and r.body == body and "connection" not in r.headers, f"taken: {name}", r)
    body = "x" * 1048576
    c.send(post("Content-Length: 1048576\r\n", body))
    ok(c.reply().body == b"POST|/echo|||" + body.encode() + b"|", "a body of exactly 1 MiB is taken")
    c.send(chunked("80000\r\n" + body[:524288] + "\r\n80000\r\n" + body[524288:] + "\r\n0\r\n\r\n"))
    ok(c.reply().body == b"POST|/echo|||" + body.encode() + b"|", "... also in chunks")
    c.send("HEAD /big?1000 HTTP/1.1\r\n" + HOST + "\r\n" + OK_GET)
    r = c.reply(head=True)
    ok(r.status == 200 and r.headers["content-length"] == "1000", "HEAD is answered like GET", r)
    ok(c.reply().body == b"GET|/echo||||", "... without a body")
    whole = post("X-Test: t\r\nTransfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")
    for i in range(len(whole)):
        c.send(whole[i])
    ok(c.reply().body == b"POST|/echo||t|abc|", "a request that comes byte by byte")
    for cut in range(1, len(whole)):
        c.send(whole[:cut])
        c.send(whole[cut:])
        if c.reply().body != b"POST|/echo||t|abc|":
            ok(False, f"a request cut at byte {cut}")
            break
    else:
        ok(True, "a request cut anywhere")
    c.send("GET /echo HTTP/1.1\r\n" + HOST + "Connection: keep-alive, Close\r\n\r\n" + OK_GET)
    r = c.reply()
    ok(r.status == 200 and r.headers["connection"] == "close" and c.ended(), "Connection: close is honoured", r)
    c = Raw(port)
    c.send("GET /echo HTTP/1.0\r\n\r\n")
    r = c.reply()
    ok(r.status == 200 and r.headers["connection"] == "close" and c.ended(), "HTTP/1.0 is answered and closed", r)


def expects(port):
    c = Raw(port)
    c.send(post("Expect: 100-continue\r\nContent-Length: 3\r\n"))
    same(c.reply().status, 100, "Expect: 100-continue is told to go on")
    c.send("abc")
    same(c.reply().body, b"POST|/echo|||abc|", "... and answered")
    c.send(post("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n"))
    same(c.reply().status, 100, "... chunked too")
    c.send("1\r\na\r\n0\r\n\r\n")
    same(c.reply().body, b"POST|/echo|||a|", "... and answered")
    c.send(post("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"))
    same(c.reply().status, 200, "no 100 where the body is there already")
    c.send(post("Expect: 100-continue\r\nContent-Length: 9999999\r\n"))
    same(c.reply().status, 413, "no 100 for a body that is too large")


def pipelines(port):
    c = Raw(port)
    c.send("GET /slow?200 HTTP/1.1\r\n" + HOST + "\r\n" + post("Content-Length: 1\r\n", "a") + chunked("1\r\nb\r\n0\r\n\r\n") + OK_GET)
    same([c.reply().body for _ in range(4)], [b"late\n", b"POST|/echo|||a|", b"POST|/echo|||b|", b"GET|/echo||||"], "requests sent ahead are answered in order")
    n = 2000
    c.send(OK_GET * n)
    same(sum(c.reply().status == 200 for _ in range(n)), n, f"{n} requests in one piece")
    c.send("GET /big?40000 HTTP/1.1\r\n\r\n".replace("\r\n\r\n", "\r\n" + HOST + "\r\n") * 50)
    same([len(c.reply().body) for _ in range(50)], [40000] * 50, "50 large replies in one piece")
    c.send(("GET /slow?1 HTTP/1.1\r\n" + HOST + "\r\n" + OK_GET) * 100)
    same([c.reply().body for _ in range(200)], [b"late\n", b"GET|/echo||||"] * 100, "slow and quick ones mixed")
    c.send(OK_GET + "BAD\r\n\r\n" + OK_GET)
    same(c.reply().status, 200, "what stands before a fault is answered")
    ok(c.reply().status == 400 and c.ended(), "... the fault too, and nothing behind it")


def counters(port):
    c = Raw(port)
    c.send("GET /count HTTP/1.1\r\n" + HOST + "\r\n")
    numbers = {k: int(v) for k, v in (p.split("=") for p in c.reply().body.decode().split())}
    c.close()
    return numbers


def goes_away(port):
    before = counters(port)["gone"]
    # They would be answered after a minute.
    for reset in (False, True):
        c = Raw(port)
        c.send("GET /slow?60000 HTTP/1.1\r\n" + HOST + "\r\n")
        counters(port)
        c.close(reset)
    ok(until(lambda: counters(port)["gone"] == before + 2), "a client that leaves is noticed before its reply", counters(port))
    c = Raw(port)
    c.send("GET /slow?300 HTTP/1.1\r\n" + HOST + "\r\n" + OK_GET * 3)
    c.close(True)
    ok(until(lambda: counters(port)["gone"] == before + 3), "... with requests sent ahead as well")
    c = Raw(port)
    c.send("GET /slow?600 HTTP/1.1\r\n" + HOST + "\r\n")
    same(c.reply().status, 200, "... and the replies to nobody did no harm")
    for data in ("GET /ec", post("Content-Length: 10\r\n", "abc"), chunked("5\r\nab")):
        c = Raw(port)
        c.send(data)
        c.close()
    ok(until(lambda: counters(port)["open"] <= 2), "clients that leave in mid-request are let go", counters(port))


def deadlines():
    server = Program(BINARY, "head_ms=300", "body_ms=500", "idle_ms=2000", "write_ms=10000", "linger_ms=300")
    port = int(server.line)

    # No earlier than its deadline; and long before those who drip would have done.
    def timed(name, low, status, act):
        start = time.monotonic()
        c = Raw(port)
        act(c)
        r = c.reply()
        end = time.monotonic() - start
        ok((r.status if r else None) == status and low - EARLY_S <= end < DRIPPING_S / 2, name, f"{r} after {end:.3f} s")
        c.close()

    def drip(c, data):
        c.socket.settimeout(0.05)
        for ch in itertools.islice(itertools.cycle(data), int(DRIPPING_S / 0.05)):
            try:
                c.send(ch)
                c.rest += c.socket.recv(65536)
                break
            except TimeoutError:
                pass
            except OSError:
                break
        c.socket.settimeout(WITHIN_S)

    timed("an idle connection ends quietly", 2, None, lambda c: None)
    timed("a head that stops half-way: 408", 0.3, 408, lambda c: c.send("GET /echo HTTP/1.1\r\nHo"))
    timed("a head that drips in: 408 all the same", 0.3, 408, lambda c: (c.send("GET /echo HTTP/1.1\r\nHost: x\r\nA: "), drip(c, "b")))
    timed("a body that stops: 408", 0.5, 408, lambda c: c.send(post("Content-Length: 5\r\n", "ab")))
    timed("a body that drips in: 408", 0.5, 408, lambda c: (c.send(post("Content-Length: 1000\r\n")), drip(c, "b")))
    timed("chunks that drip in: 408", 0.5, 408, lambda c: (c.send(post("Transfer-Encoding: chunked\r\n")), drip(c, "1\r\na\r\n")))
    timed("a slow handler is not cut by the idle time", 3, 200, lambda c: c.send("GET /slow?3000 HTTP/1.1\r\n" + HOST + "\r\n"))
    c = Raw(port)
    for _ in range(15):
        c.send(OK_GET)
        c.reply()
        time.sleep(0.2)
    c.send(OK_GET)
    same(c.reply().status, 200, "a connection in use outlives the idle time")
    c = Raw(port, receive_buffer=4096)
    c.send("GET /big?16000000 HTTP/1.1\r\n" + HOST + "\r\n")
    ok(until(lambda: counters(port)["open"] == 2), "a slow reader does not hold up others")
    got = 0
    while (data := c.socket.recv(1 << 20)) and got < 16000000:
        got += len(data)
    ok(got >= 16000000, "16 MB reach a client that begins to read late", got)
    c.close()
    c = Raw(port)
    c.send("BAD\r\n\r\n")
    r = c.reply()
    ok(r.status == 400 and until(lambda: counters(port)["open"] <= 2), "a client that never closes is cut after the fault")
    same(server.stop(), 0, "the server stops")
    ok(server.errors == b"", "... and has nothing to complain of", server.errors.decode())


def slow_reader():
    server = Program(BINARY, "write_ms=300")
    port = int(server.line)
    c = Raw(port, receive_buffer=4096)
    c.send("GET /big?5000000 HTTP/1.1\r\n" + HOST + "\r\n" + OK_GET * 1000)
    counters(port)
    same(counters(port)["requests"] - 2, 1, "no further request is begun while a reply waits to be taken")
    c.close(True)
    ok(until(lambda: counters(port)["open"] == 1), "... and the connection is let go when the client leaves")
    # Replies of 60 KB in a row: whatever the kernel takes, the last to wait is short, and so is
    # its time.
    c = Raw(port, receive_buffer=4096)
    c.send(("GET /big?60000 HTTP/1.1\r\n" + HOST + "\r\n") * 500)
    ok(until(lambda: counters(port)["open"] == 1), "a client that takes nothing is cut")
    ok(counters(port)["timeouts"] == 1, "... and counted", counters(port))
    c.close()
    same(server.stop(), 0, "the server stops")


def caps():
    server = Program(BINARY, "connections_max=5", "requests_max=3", "n_loops=2")
    port = int(server.line)
    held = [Raw(port) for _ in range(5)]
    for c in held:
        c.send(OK_GET)
        c.reply()
    c = Raw(port)
    r = c.reply()
    ok(r and r.status == 503 and json.loads(r.body)["code"] == "unavailable" and c.ended(), "a connection too many is told so", r)
    held.pop().close()
    def again():
        c = Raw(port)
        try:
            c.send(OK_GET)
            r = c.reply()
        except OSError:
            r = None
        c.close()
        return r and r.status == 200
    ok(until(again), "... and there is room when another has gone")
    c = held[0]
    c.send(OK_GET * 5)
    replies = [c.reply(), c.reply()]
    ok([r.headers.get("connection") for r in replies] == [None, "close"] and c.reply() is None, "a connection ends after its last request", replies)
    same(server.stop(), 0, "two loops stop")
    server = Program(BINARY, "connections_per_address_max=3")
    port = int(server.line)
    held = [Raw(port) for _ in range(3)]
    for c in held:
        c.send(OK_GET)
        c.reply()
    r = Raw(port).reply()
    ok(r and r.status == 503, "an address with too many connections is told so", r)
    same(server.stop(), 0, "the server stops")


def stops():
    server = Program(BINARY, "stop_ms=5000")
    port = int(server.line)
    idle, busy, half = Raw(port), Raw(port), Raw(port)
    busy.send("GET /slow?500 HTTP/1.1\r\n" + HOST + "\r\n")
    half.send("GET /echo HT")
    counters(port)  # whoever is answered afterwards knows that these have been read
    server.process.terminate()
    ok(idle.ended(), "stopping: an idle connection ends at once")
    try:
        Raw(port)
        refused = False
    except ConnectionRefusedError:
        refused = True
    ok(refused, "stopping: no new connections")
    half.send("TP/1.1\r\n" + HOST + "\r\n")
    r = half.reply()
    ok(r and r.status == 200 and r.headers["connection"] == "close", "stopping: a request that had begun is answered", r)
    r = busy.reply()
    ok(r and r.status == 200 and r.headers["connection"] == "close", "stopping: what was in flight is answered", r)
    same(server.wait(), 0, "stopping: exit 0")
    server = Program(BINARY, "stop_ms=300")
    c = Raw(int(server.line))
    c.send("GET /slow?60000 HTTP/1.1\r\n" + HOST + "\r\n")
    counters(int(server.line))
    ok(server.stop() == 0, "stopping: what takes too long is cut")
    ok(server.errors == b"", "... and nothing leaks", server.errors.decode())


def tell(port, data):
    c = Raw(port)
    c.send("POST /tell HTTP/1.1\r\n" + HOST + f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n" + data)
    same(c.reply().status, 200, f"told: {data[:8]}")
    c.close()


def streams():
    server = Program(BINARY, "write_ms=2000", "idle_ms=300", "stop_ms=5000")
    port = int(server.line)

    def tail(path="/tail", **how):
        c = Raw(port, **how)
        c.send(f"GET {path} HTTP/1.1\r\n" + HOST + "\r\n")
        r = c.stream()
        ok(
            r and r.status == 200 and r.headers.get("transfer-encoding") == "chunked" and "content-length" not in r.headers
            and r.headers.get("connection") == "close",
            f"a stream begins: {path}",
            r,
        )
        return c

    a, b = tail(), tail()
    tell(port, "one")
    same([a.part(), b.part()], [b"one"] * 2, "what is written reaches all streams")
    time.sleep(1)
    tell(port, "two")
    tell(port, "")
    tell(port, "three")
    same([a.part(), a.part(), b.part()], [b"two", b"three", b"two"], "a stream outlives the idle time; nothing is not sent")
    a.send("GET /echo HTTP/1.1\r\n" + HOST + "\r\n")
    tell(port, "four")
    same(a.part(), b"four", "a request on a streaming connection is not answered")
    before = counters(port)
    same(before["streams"], 2, "streams are counted")
    b.close()
    ok(until(lambda: counters(port)["streams"] == 1), "a client that leaves a silent stream is noticed")
    tell(port, "!end")
    ok(a.part() == b"" and a.ended(), "a stream is ended by an empty chunk, and its connection ends")
    after = counters(port)
    ok(after["streams"] == 0 and after["lost"] == before["lost"] + 1, "each stream is lost or ended, once", after)
    a = tail()
    tell(port, "!cut")
    ok(a.part() is None, "a stream that is cut has no last chunk")

    before = counters(port)
    c = tail("/flood", receive_buffer=65536)
    got = sum(len(c.part()) for _ in range(5000))
    after = counters(port)
    ok(got == 5000 * 4096 and after["drained"] > before["drained"], "a stream goes on as it is taken", after)
    ok(after["pending_max"] < 80000 and after["streams"] == 1, "... and no faster", after)
    # It takes nothing: then its write deadline passes.
    ok(until(lambda: counters(port)["streams"] == 0), "a stream that is not taken is cut")
    ok(counters(port)["timeouts"] == before["timeouts"] + 1, "... and counted as late")
    c.close()
    c = tail("/flood", receive_buffer=8192)

    def drops():
        try:
            c.socket.recv(100)
        except ConnectionResetError:
            pass
        return counters(port)["streams"] == 0

    ok(until(drops), "... also one that is taken by drops")
    c.close()

    c = Raw(port)
    c.send("GET /parts?3000 HTTP/1.1\r\n" + HOST + "\r\n")
    c.stream()
    parts = []
    while (part := c.part()):
        parts.append(part)
    ok(part == b"" and parts == [b"p" * 1000] * 3000 and c.ended(), "3 MB written at once arrive whole", len(parts))
    c = Raw(port)
    c.send(OK_GET + "GET /parts?2 HTTP/1.1\r\n" + HOST + "\r\n" + OK_GET)
    same(c.reply().body, b"GET|/echo||||", "a reply before a stream comes first")
    c.stream()
    ok([c.part(), c.part(), c.part()] == [b"p" * 1000] * 2 + [b""] and c.ended(), "... and after the stream comes nothing")
    c = Raw(port)
    c.send("GET /parts?2 HTTP/1.0\r\n" + HOST + "\r\n")
    r = c.stream()
    while c._more():
        pass
    ok("transfer-encoding" not in r.headers and c.rest == b"p" * 2000, "HTTP/1.0 gets the bytes alone", r)
    c = Raw(port)
    c.send("HEAD /tail HTTP/1.1\r\n" + HOST + "\r\n")
    r = c.stream()
    ok(r.status == 200 and c.ended() and counters(port)["streams"] == 0, "HEAD gets no stream", r)

    many = [tail() for _ in range(3)]
    server.process.terminate()
    ok(all(c.part() == b"bye\n" and c.part() == b"" for c in many), "stopping: streams say goodbye")
    same(server.wait(), 0, "stopping: exit 0")
    ok(server.errors == b"", "... and nothing leaks", server.errors.decode())


def proxies():
    server = Program(BINARY, "proxies=127.0.0.1,10.0.0.0/8,fd00::/9", "connections_per_address_max=2")
    port = int(server.line)
    c = Raw(port)

    def seen(fields):
        c.send("GET /secure HTTP/1.1\r\n" + HOST + fields + "\r\n")
        return c.reply().body.decode()

    for fields, answer, name in [
        ("", "no ::ffff:127.0.0.1", "a proxy that says nothing"),
        ("X-Forwarded-For: 203.0.113.7\r\n", "no ::ffff:203.0.113.7", "a proxy says for whom it asks"),
        ("X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n", "yes ::ffff:203.0.113.7", "... and how it was asked"),
        ("X-Forwarded-For: 192.0.2.1, 203.0.113.7\r\n", "no ::ffff:203.0.113.7", "what a client says itself is not believed"),
        ("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 203.0.113.7\r\n", "no ::ffff:203.0.113.7", "... in a field of its own neither"),
        ("X-Forwarded-For: 192.0.2.1, 203.0.113.7,\t10.1.2.3\r\n", "no ::ffff:203.0.113.7", "a proxy behind a proxy"),
        ("X-Forwarded-For: 10.1.2.3, 10.9.9.9\r\n", "no ::ffff:10.1.2.3", "a client among the proxies"),
        ("X-Forwarded-For: 2001:db8::1\r\n", "no 2001:db8::1", "IPv6"),
        ("X-Forwarded-For: 2001:db8::1, fd7f::1\r\n", "no 2001:db8::1", "... behind a proxy"),
        ("X-Forwarded-For: 2001:db8::1, fd80::1\r\n", "no fd80::1", "... that is none by one bit"),
        ("X-Forwarded-For: 192.0.2.1, rubbish\r\n", "no ::ffff:127.0.0.1", "rubbish is not passed over"),
        ("X-Forwarded-For: 192.0.2.1, , 10.0.0.1\r\n", "no ::ffff:10.0.0.1", "... and an empty one neither"),
        ("X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n", "no ::ffff:127.0.0.1", "two words on encryption are none"),
    ]:
        same(seen(fields), answer, f"proxies: {name}")
    many = [Raw(port) for _ in range(5)]
    for m in many:
        m.send(OK_GET)
    ok(all(m.reply().status == 200 for m in many), "proxies: their connections are those of many")
    same(server.stop(), 0, "the server stops")
    server = Program(BINARY)
    c = Raw(int(server.line))
    same(seen("X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"), "no ::ffff:127.0.0.1", "nobody else is believed")
    same(server.stop(), 0, "the server stops")
    for text in ("10.0.0.0/33", "fd00::/129", "10.0.0", "a", "10.0.0.0/", "10.0.0.0/8,", ",10.0.0.1", "1.2.3.4/-1"):
        server = Program(BINARY, "proxies=" + text)
        ok(server.wait() == 1 and b"not IP addresses" in server.errors, f"proxies={text}: no start", server.errors.decode())


def memory():
    server = Program(BINARY, "memory_max=3000000", "body_ms=60000")
    port = int(server.line)
    body = "x" * 1048576
    for name, data in (
        ("a body", post("Content-Length: 1048576\r\n", body)),
        ("a body in chunks", post("Transfer-Encoding: chunked\r\n", ("20000\r\n" + "y" * 131072 + "\r\n") * 8 + "0\r\n\r\n")),
    ):
        holders = [Raw(port) for _ in range(2)]
        for c in holders:
            c.send(post("Content-Length: 1048576\r\n", body[:-1]))
        ok(until(lambda: counters(port)["memory"] > 2000000), "large bodies are counted", counters(port))
        c = Raw(port)
        c.socket.setblocking(False)
        sent = 0
        try:
            while sent < len(data):
                sent += c.socket.send(data[sent:].encode())
        except BlockingIOError:
            pass
        c.socket.settimeout(WITHIN_S)
        ok(c.silent(0.3), f"{name} for which there is no room waits", c.rest)
        small = Raw(port)
        small.send(post("Content-Length: 60000\r\n", body[:60000]))
        r = small.reply()
        ok(r and r.status == 200, "... and a small one does not", r)
        small.close()
        for h in holders:
            h.send("x")
        c.send(data[sent:])
        r = c.reply()
        ok(r and r.status == 200 and len(r.body) == 1048590, "... until there is", r)
        c.close()
        for h in holders:
            same(h.reply().status, 200, "... and who was first is answered")
    ok(until(lambda: counters(port)["memory"] == 0), "all is given back", counters(port))
    server.stop()
    ok(server.errors == b"", "... and nothing leaks", server.errors.decode())
    server = Program(BINARY, "memory_max=3000000", "body_ms=4000", "write_ms=5000")
    port = int(server.line)
    c = Raw(port)
    start = time.monotonic()
    c.send(post("Transfer-Encoding: chunked\r\n", "80000\r\nx"))
    time.sleep(0.2)
    holders = [Raw(port) for _ in range(2)]
    for h in holders:
        h.send(post("Content-Length: 1048576\r\n", "x"))
    ok(until(lambda: counters(port)["memory"] > 2000000), "room that is asked for is held")
    c.socket.settimeout(0.5)
    try:
        c.send("x" * 524287 + "\r\n70000\r\n" + "x" * 458752)
    except TimeoutError:
        pass
    c.socket.settimeout(WITHIN_S)
    r = c.reply()
    took = time.monotonic() - start
    ok(r and r.status == 503 and b"HTTP_NO_ROOM" in r.body and took >= 4 - EARLY_S, "who finds no room in time is told so", (r, took))
    ok(all(h.reply().status == 408 for h in holders), "... and who did not use it, that he was slow")
    readers = [Raw(port, receive_buffer=4096) for _ in range(8)]
    for c in readers:
        c.send("GET /big?9000000 HTTP/1.1\r\n" + HOST + "\r\n")

    def shed():
        try:
            return counters(port)["shed"]
        except OSError:  # while there is no room, who asks may be cut as well
            return 0

    ok(until(lambda: shed() >= 7, 120), "readers whose replies fill the memory are cut", shed())
    ok(counters(port)["memory"] <= 3000000, "... until the rest fits", counters(port))
    server.stop()
    ok(server.errors == b"", "... and nothing leaks", server.errors.decode())


def main():
    server = Program(BINARY)
    port = int(server.line)
    refused(port)
    accepted(port)
    expects(port)
    pipelines(port)
    goes_away(port)
    same(server.stop(), 0, "the server stops")
    ok(server.errors == b"", "... and has nothing to complain of", server.errors.decode())
    deadlines()
    slow_reader()
    streams()
    proxies()
    memory()
    caps()
    stops()
    done()


main()
