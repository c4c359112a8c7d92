#!/usr/bin/env python3
"""The gateway against a service made for tests: connect_test.py GATEWAY FAKE_SERVICE SCHEMA"""

import base64
import http.client
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from tap import Program, Raw, done, ok, same, until

GATEWAY, SERVICE, SCHEMA = sys.argv[1:4]
WHO = "account=zhang;person=p-zhang;role=PROVINCE;region=53"
ECHO = "/shegong.echo.v1.EchoService/"
STATUS = {
    1: ("canceled", 499), 2: ("unknown", 500), 3: ("invalid_argument", 400), 4: ("deadline_exceeded", 504),
    5: ("not_found", 404), 6: ("already_exists", 409), 7: ("permission_denied", 403), 8: ("resource_exhausted", 429),
    9: ("failed_precondition", 400), 10: ("aborted", 409), 11: ("out_of_range", 400), 12: ("unimplemented", 501),
    13: ("internal", 500), 14: ("unavailable", 503), 15: ("data_loss", 500), 16: ("unauthenticated", 401),
}


class Client:
    def __init__(self, port):
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)

    def ask(self, method, path, body=None, headers=None, who=WHO):
        fields = {"Shegong-Principal": who} if who is not None else {}
        if body is not None and method == "POST":
            fields["Content-Type"] = "application/json"
        fields.update(headers or {})
        fields = {k: v for k, v in fields.items() if v is not None}
        self.connection.request(method, path, body, fields)
        r = self.connection.getresponse()
        r.data = r.read()
        return r

    def put(self, message, headers=None, who=WHO, method="Put"):
        return self.ask("POST", ECHO + method, json.dumps(message), headers, who)

    def get(self, query, headers=None, who=WHO):
        return self.ask("GET", ECHO + "Get?" + query, None, headers, who)


def error(r):
    e = json.loads(r.data)
    detail = e.get("details", [{}])[0]
    return r.status, e["code"], detail.get("debug", {}).get("reason")


def is_error(r, status, code, reason, name):
    got = error(r) if r.getheader("content-type") == "application/json" else (r.status, r.data)
    return same(got, (status, code, reason), name)


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def text_field(number, value):
    value = value if isinstance(value, bytes) else value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def posts(c):
    r = c.put({"text": "喂", "number": "9007199254740993", "blob": "AAEC", "colour": "COLOUR_RED"}, {"Idempotency-Key": "cmd-1"})
    e = json.loads(r.data)
    ok(
        r.status == 200 and r.getheader("content-type") == "application/json" and e["text"] == "喂"
        and e["number"] == "9007199254740993" and e["blob"] == "AAEC" and e["colour"] == "COLOUR_RED",
        "POST in JSON there and back", r.data,
    )
    same((e["id"], r.getheader("idempotency-key")), ("cmd-1", "cmd-1"), "Idempotency-Key is the request's id, and comes back")
    same(e["method"], ECHO[1:] + "Put", "the method's full name goes along")
    same(e["principal"], "zhang/p-zhang/2/53/", "the principal is who the header names")
    same(e["deadlineMs"], 3000, "without Connect-Timeout-Ms the deadline is the setting's")
    ok(re.fullmatch(r"echo=\d+", r.getheader("shegong-position") or ""), "the answer says its position", r.getheader("shegong-position"))
    e = json.loads(c.put({}, who="account=li; person=p-li ;role=AGENCY;agency=a-1;region=;").data)
    same(e["principal"], "li/p-li/8//a-1", "a principal with blanks, an agency and no region")
    made = [c.put({}).getheader("idempotency-key") for _ in range(3)]
    ok(
        all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i) for i in made) and len(set(made)) == 3,
        "a command without an id is given a UUID of version 7", made,
    )
    r = c.put({}, method="Get")
    ok(r.getheader("idempotency-key") is None and "id" not in json.loads(r.data), "a query is given none")
    same(json.loads(c.put({}, {"Connect-Timeout-Ms": "777"}).data)["deadlineMs"], 777, "Connect-Timeout-Ms is the deadline")
    same(json.loads(c.put({}, {"Shegong-After": "stations=12, personnel=5"}).data)["after"], ["stations=12", "personnel=5"], "Shegong-After goes along")
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    same(json.loads(c.put({}, {"traceparent": trace}).data)["traceparent"], trace, "traceparent goes along")
    ok("traceparent" not in json.loads(c.put({}, {"traceparent": trace.upper()}).data), "... unless it is malformed")
    e = json.loads(c.put({}, {"Shegong-Defaults": "true"}).data)
    ok(e["number"] == "0" and e["text"] == "" and e["after"] == [], "Shegong-Defaults: true shows what is zero", e)
    for kind in ("application/json;charset=utf-8", "Application/JSON; charset=UTF-8"):
        same(c.put({}, {"Content-Type": kind}).status, 200, f"content type {kind}")
    r = c.ask("POST", ECHO + "Put", iter([b'{"te', b'xt":"in chunks"}']))
    same(json.loads(r.data)["text"], "in chunks", "a chunked body, as connect-node sends it")
    r = c.put({"fill": 3000000}, {"Connect-Timeout-Ms": "60000"})
    same(len(json.loads(r.data)["text"]), 3000000, "an answer of 3 MB")
    same(c.put({}, {"Connect-Protocol-Version": "1", "Content-Encoding": "identity"}).status, 200, "protocol version 1, encoding identity")


def protos(c):
    body = text_field(1, "喂") + varint(2 << 3) + varint(7)
    r = c.ask("POST", ECHO + "Put", body, {"Content-Type": "application/proto", "Idempotency-Key": "p-1"})
    ok(r.status == 200 and r.getheader("content-type") == "application/proto" and r.data.startswith(body) and text_field(5, "p-1") in r.data, "POST in protobuf there and back", r.data)
    r = c.ask("POST", ECHO + "Put", b"", {"Content-Type": "application/proto"})
    same(r.status, 200, "an empty protobuf body is an empty message")
    for name, bad in [
        ("that is cut off", body[:-1]), ("with bad UTF-8", text_field(1, b"\xff")), ("with NUL in a string", text_field(1, b"a\0b")),
        ("with an unknown field", text_field(99, "x")), ("of random bytes", b"\x07\x07\x07"),
    ]:
        r = c.ask("POST", ECHO + "Put", bad, {"Content-Type": "application/proto"})
        is_error(r, 400, "invalid_argument", "MESSAGE_MALFORMED", f"protobuf {name}")
    r = c.ask("POST", ECHO + "Put", varint(6 << 3) + varint(9), {"Content-Type": "application/proto"})
    is_error(r, 400, "failed_precondition", "AS_ASKED", "an error is JSON for protobuf callers too")


def gets(c):
    q = urllib.parse.quote
    same(json.loads(c.get("connect=v1&encoding=json&message=" + q('{"text":"a b+c喂"}')).data)["text"], "a b+c喂", "GET in JSON")
    same(json.loads(c.get('encoding=json&message={%22text%22:%22a+b%22}&x&=&y=%zz&connect=v1').data)["text"], "a b", "GET: any order, + is a blank, unknown parameters pass")
    b = base64.urlsafe_b64encode('{"text":"喂?>~~"}'.encode()).decode()
    same(json.loads(c.get("connect=v1&encoding=json&base64=1&message=" + q(b)).data)["text"], "喂?>~~", "GET: base64 with padding")
    same(json.loads(c.get("connect=v1&encoding=json&base64=1&message=" + b.rstrip("=")).data)["text"], "喂?>~~", "GET: base64 without")
    r = c.get("connect=v1&encoding=proto&base64=1&message=" + base64.urlsafe_b64encode(text_field(1, "hi")).decode().rstrip("="))
    ok(r.status == 200 and r.getheader("content-type") == "application/proto" and r.data.startswith(text_field(1, "hi")), "GET in protobuf")
    same(c.get("connect=v1&encoding=json").status, 200, "GET without a message asks with an empty one")
    r = c.ask("HEAD", ECHO + "Get?encoding=json")
    ok(r.status == 200 and r.data == b"" and int(r.getheader("content-length")) > 2, "HEAD is GET without the body")
    is_error(c.get("connect=v1&message={}"), 415, "unimplemented", "CODEC_UNKNOWN", "GET without encoding")
    is_error(c.get("encoding=xml&message={}"), 415, "unimplemented", "CODEC_UNKNOWN", "GET with an unknown encoding")
    is_error(c.get("connect=v2&encoding=json"), 400, "invalid_argument", "VERSION_UNKNOWN", "GET with connect=v2")
    is_error(c.get("encoding=json&compression=gzip"), 501, "unimplemented", "ENCODING_UNKNOWN", "GET with compression=gzip")
    for name, query in [
        ("a broken escape", "encoding=json&message=%7"), ("a broken escape 2", "encoding=json&message=%zz"),
        ("message twice", "encoding=json&message={}&message={}"), ("base64=2", "encoding=json&base64=2&message="),
        ("bad base64", "encoding=json&base64=1&message=a*b"), ("base64 of 5 characters", "encoding=json&base64=1&message=aaaaa"),
        ("padding that does not fit", "encoding=json&base64=1&message=aa%3D"),
    ]:
        is_error(c.get(query), 400, "invalid_argument", "QUERY_MALFORMED", f"GET with {name}")
    is_error(c.get("encoding=json&message=%7B%22text%22:%22%00%22%7D"), 400, "invalid_argument", "MESSAGE_MALFORMED", "GET with %00 in the message")
    r = c.ask("GET", ECHO + "Put?encoding=json&message={}")
    is_error(r, 405, "unimplemented", "HTTP_METHOD_NOT_ALLOWED", "GET of a command")
    same(r.getheader("allow"), "POST", "... Allow: POST")
    r = c.ask("GET", ECHO + "Find?encoding=json&message=" + q('{"whose":{"homePhoneNumber":"13800138000"}}'))
    is_error(r, 405, "unimplemented", "HTTP_METHOD_NOT_ALLOWED", "GET of a query that names who somebody is")
    ok(r.getheader("allow") == "POST" and b"138001" not in r.data, "... Allow: POST, and the answer does not repeat it", r.data)
    same(c.ask("POST", ECHO + "Find", '{"whose":{"homePhoneNumber":"13800138000"}}').status, 200, "... with POST it is asked")


def errors(c):
    for code, (word, status) in STATUS.items():
        is_error(c.put({"code": code}), status, word, "AS_ASKED", f"code {word} is {status}")
    r = c.put({"code": 9})
    e = json.loads(r.data)
    d = e["details"][0]
    same(e["message"], "是这样要求的。", "the message is Chinese")
    same(d["type"], "shegong.engine.v1.Refused", "the detail's type")
    same(d["debug"], {"reason": "AS_ASKED", "about": "code", "rule": "B1", "messageEn": 'It was "asked" for.', "messageZh": "是这样要求的。"}, "the detail's debug")
    packed = base64.b64decode(d["value"] + "=" * (-len(d["value"]) % 4), validate=True)
    ok("=" not in d["value"] and packed == text_field(1, "AS_ASKED") + text_field(2, "code") + text_field(3, "B1") + text_field(4, 'It was "asked" for.') + text_field(5, "是这样要求的。"), "the detail's value is the packed Refused in unpadded base64")
    ok(r.getheader("idempotency-key") and r.getheader("shegong-position"), "a refusal carries id and position")
    for languages, english in [
        ("en", True), ("en-GB,en;q=0.9,zh;q=0.8", True), ("zh-CN,zh;q=0.9,en;q=0.8", False), ("fr", False),
        ("zh;q=0.5, en;q=0.7", True), ("en;q=0.5,zh", False), ("zh,en", False), ("en,zh", True), ("en;q=0", False), ("", False),
    ]:
        got = json.loads(c.put({"code": 9}, {"Accept-Language": languages}).data)["message"]
        same(got == 'It was "asked" for.', english, f"Accept-Language: {languages or '(empty)'}")
    is_error(c.put({"garbage": True, "text": "x"}), 500, "internal", "REPLY_MALFORMED", "an answer that is none of its type is not passed on")
    for path in ("/nope", ECHO + "Nope", ECHO + "get", "/shegong.none.v1.NoneService/Get", "/v1" + ECHO + "Get"):
        is_error(c.ask("POST", path, "{}"), 404, "unimplemented", "METHOD_UNKNOWN", f"unknown path {path}")
    for verb in ("DELETE", "PUT", "PATCH", "OPTIONS"):
        r = c.ask(verb, ECHO + "Get")
        is_error(r, 405, "unimplemented", "HTTP_METHOD_NOT_ALLOWED", f"{verb} of a query")
        same(r.getheader("allow"), "GET, HEAD, POST", "... Allow: GET, HEAD, POST")
    for kind in ("application/foo", "application/connect+json", "text/plain", "application/json;  charset=utf-8", 'application/json;charset="utf-8"', None):
        if kind is None:
            raw = Raw(c.port)
            raw.send(f"POST {ECHO}Put HTTP/1.1\r\nHost: x\r\nShegong-Principal: {WHO}\r\nContent-Length: 2\r\n\r\n{{}}")
            same(raw.reply().status, 415, "no content type")
            continue
        is_error(c.put({}, {"Content-Type": kind}), 415, "unimplemented", "CODEC_UNKNOWN", f"content type {kind}")
    is_error(c.put({}, {"Content-Encoding": "gzip"}), 501, "unimplemented", "ENCODING_UNKNOWN", "content-encoding gzip")
    is_error(c.put({}, {"Content-Encoding": "foo"}), 501, "unimplemented", "ENCODING_UNKNOWN", "content-encoding foo")
    is_error(c.put({}, {"Connect-Protocol-Version": "2"}), 400, "invalid_argument", "VERSION_UNKNOWN", "protocol version 2")
    is_error(c.put({}, method="Watch"), 501, "unimplemented", "STREAMING", "a method that streams")
    for value in ("", "1s", "-1", "12345678901", "1.5", "0x10"):
        is_error(c.put({}, {"Connect-Timeout-Ms": value}), 400, "invalid_argument", "TIMEOUT_MALFORMED", f"Connect-Timeout-Ms: {value}")
    for value in ("", "a b", "x" * 65, "a/b", "键".encode()):
        is_error(c.put({}, {"Idempotency-Key": value}), 400, "invalid_argument", "ID_MALFORMED", f"Idempotency-Key: {value!r:.20}")
    for value in ("", "stations", "stations=", "=5", "stations=x", "stations=5,", "stations=99999999999999999999", ",".join(["a=1"] * 17)):
        is_error(c.put({}, {"Shegong-After": value}), 400, "invalid_argument", "AFTER_MALFORMED", f"Shegong-After: {value:.30}")
    is_error(c.put({}, who=None), 401, "unauthenticated", "PRINCIPAL_MISSING", "no principal")
    for who in (
        "", "zhang", "account=zhang", "account=zhang;person=p", "account=zhang;role=PROVINCE", "account=z;person=p;role=KING",
        "account=z;person=p;role=SERVICE", "account=z;person=p;role=UNSPECIFIED", "account=z;person=p;role=province",
        "account=z;person=p;role=PROVINCE;region=53x", "account=z;account=z;person=p;role=PROVINCE",
        "account=z;person=p;role=PROVINCE;shoe=43", "account=;person=p;role=PROVINCE", "account=z z;person=p;role=PROVINCE",
        "account=" + "z" * 65 + ";person=p;role=PROVINCE", "account=z;;person=p;role=PROVINCE", "account=z;person=p;role=PROVINCE;region=5300000000000",
    ):
        is_error(c.put({}, who=who), 401, "unauthenticated", "PRINCIPAL_MALFORMED", f"principal {who:.50}")
    raw = Raw(c.port)
    raw.send(f"POST {ECHO}Put HTTP/1.1\r\nHost: x\r\nShegong-Principal: {WHO}\r\nShegong-Principal: {WHO}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}")
    r = raw.reply()
    ok(r.status == 400 and json.loads(r.body)["details"][0]["debug"]["reason"] == "HEADER_TWICE", "two principals")
    for name, body in [("not JSON", "{"), ("unknown name", '{"txt":1}'), ("twice", '{"text":"a","text":"b"}'), ("unknown enum", '{"colour":"COLOUR_BLUE"}'), ("empty", "")]:
        r = c.ask("POST", ECHO + "Put", body)
        is_error(r, 400, "invalid_argument", "MESSAGE_MALFORMED", f"a JSON body that is wrong: {name}")
    r = c.ask("POST", ECHO + "Put", '{"colour":"COLOUR_BLUE"}')
    same(json.loads(r.data)["details"][0]["debug"]["about"], "colour", "... names the field")


def in_thread(f, *args):
    result = []
    t = threading.Thread(target=lambda: result.append(f(*args)))
    t.start()
    return lambda: (t.join(), result[0])[1]


def taken_in(port):
    """A function that tells how many requests the gateway has taken in since, without those of its own."""
    c, asked = Client(port), itertools.count()

    def taken():
        text = c.ask("GET", "/metrics", who=None).data.decode()
        return int(re.search(r"^shegong_gateway_http_requests_total (\d+)$", text, re.M).group(1)) - next(asked)

    first = taken()
    return lambda: taken() - first


def times(port, service, start_service):
    c = Client(port)
    start = time.monotonic()
    r = c.put({"delayMs": 60000}, {"Connect-Timeout-Ms": "200"})
    took = time.monotonic() - start
    is_error(r, 504, "deadline_exceeded", "DEADLINE_EXCEEDED", "a service that is too slow")
    ok(0.19 <= took < 30, "... is not waited for", took)
    c.put({"delayMs": 800}, {"Connect-Timeout-Ms": "200"})
    r = c.put({"delayMs": 700, "text": "second"}, {"Connect-Timeout-Ms": "30000"})
    same(json.loads(r.data)["text"], "second", "its late answer is not taken for another's")
    for _ in range(3):
        r = c.put({"times": 3, "text": "thrice"})
    same(json.loads(r.data)["text"], "thrice", "an answer given three times is taken once")
    waiting = [in_thread(Client(port).put, {"delayMs": 300 - 10 * i, "text": str(i)}) for i in range(20)]
    same([json.loads(w().data)["text"] for w in waiting], [str(i) for i in range(20)], "answers that come in another order reach their askers")
    start = time.monotonic()
    r = c.ask("POST", "/shegong.engine.v1.EngineService/Status", "{}", {"Shegong-Service": "down", "Connect-Timeout-Ms": "60000"})
    took = time.monotonic() - start
    is_error(r, 503, "unavailable", "SERVICE_UNREACHABLE", "a service that is down")
    ok(took < 30, "... is said to be, soon", took)
    taken = taken_in(port)
    waiting = [in_thread(Client(port).put, {"delayMs": 60000}, {"Connect-Timeout-Ms": "60000"}) for i in range(3)]
    ok(until(lambda: taken() == 3), "three requests are on their way")
    start = time.monotonic()
    service.stop(signal.SIGKILL)
    got = [error(w()) for w in waiting]
    took = time.monotonic() - start
    same(got, [(503, "unavailable", "SERVICE_LOST")] * 3, "a service that dies in mid-request")
    ok(took < 30, "... is noticed at once", took)
    # Where the start takes longer than the half second that a request waits, it says nothing.
    took, tries = 1, 0
    while took > 0.2 and tries < 20:
        if tries > 0:
            service.stop(signal.SIGKILL)
        tries += 1
        waiting = in_thread(Client(port).put, {"text": "patience"})
        time.sleep(0.1)
        start = time.monotonic()
        service = start_service()
        took = time.monotonic() - start
        r = waiting()
    ok(took > 0.2 or (r.status == 200 and json.loads(r.data)["text"] == "patience"), "a request meets a service that is just restarting", r.data)
    c = Client(port)
    ok(until(lambda: c.put({}).status == 200), "a restarted service is found again")
    service.process.send_signal(signal.SIGSTOP)
    r = c.put({}, {"Connect-Timeout-Ms": "300"})
    is_error(r, 504, "deadline_exceeded", "DEADLINE_EXCEEDED", "a service that hangs")
    service.process.send_signal(signal.SIGCONT)
    same(json.loads(c.put({"text": "awake"}).data)["text"], "awake", "... and goes on")
    for _ in range(5):
        raw = Raw(port)
        body = '{"delayMs":150}'
        raw.send(f"POST {ECHO}Put HTTP/1.1\r\nHost: x\r\nShegong-Principal: {WHO}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}")
        time.sleep(0.02)
        raw.close(True)
    time.sleep(0.3)
    same(c.put({}).status, 200, "answers to clients that have left do no harm")
    return service


def pages(c):
    r = c.ask("GET", "/healthz", who=None)
    same((r.status, r.data), (200, b"ok\n"), "/healthz")
    r = c.ask("GET", "/readyz", who=None)
    e = json.loads(r.data)
    parts = {p["service"]: p for p in e["parts"]}
    ok(r.status == 503 and not e["ready"] and parts["echo"]["ready"] and not parts["down"]["ready"] and parts["down"]["because"], "/readyz names the part that is not ready", e)
    r = c.ask("GET", "/metrics", who=None)
    lines = r.data.decode().splitlines()
    ok(r.status == 200 and r.getheader("content-type").startswith("text/plain; version=0.0.4"), "/metrics")
    ok('shegong_up{service="echo"} 1' in lines and 'shegong_up{service="down"} 0' in lines, "... says who is up")
    ok('shegong_events_total{service="echo"} 7' in lines and 'shegong_commit_seconds_bucket{service="echo",le="+Inf"} 3' in lines, "... holds the services' counters under their names")
    types = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    ok(len(types) == len(set(types)), "... each family once", types)
    bad = [l for l in lines if not re.fullmatch(r'# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.e+-]+', l)]
    ok(not bad, "... every line well-formed", bad)
    calls = sum(int(l.split()[-1]) for l in lines if l.startswith("shegong_gateway_calls_total{service=\"echo\""))
    count = [l for l in lines if l.startswith('shegong_gateway_call_seconds_count{service="echo"}')]
    ok(calls > 50 and count and int(count[0].split()[-1]) == calls, "... counts the calls", (calls, count))
    r = c.ask("GET", "/", who=None)
    ok(r.status == 200 and ECHO + "Get" in r.data.decode() and "社工" in r.data.decode() and "Watch" not in r.data.decode(), "/ names the paths")
    r = c.ask("POST", "/healthz", "")
    ok(r.status == 405 and r.getheader("allow") == "GET, HEAD", "POST of a page")
    r = c.ask("POST", "/shegong.engine.v1.EngineService/Status", "{}", {"Shegong-Service": "echo"})
    same(json.loads(r.data)["service"], "echo", "the engine's own methods are reached by Shegong-Service")
    r = c.ask("GET", "/shegong.engine.v1.EngineService/Status?encoding=json", None, {"Shegong-Service": "echo"})
    same(json.loads(r.data)["date"], "2022-07-31", "... with GET as well")
    for name in (None, "", "nobody"):
        r = c.ask("POST", "/shegong.engine.v1.EngineService/Status", "{}", {"Shegong-Service": name})
        is_error(r, 400, "invalid_argument", "SERVICE_UNKNOWN", f"Shegong-Service: {name}")


def settings(run):
    base = {"SHEGONG_ACCESS": "principals", "SHEGONG_LISTEN": "127.0.0.1:0", "SHEGONG_RUN": run, "SHEGONG_SCHEMA": SCHEMA}
    for name, value, word in [
        ("SHEGONG_LISTEN", "0.0.0.0:8080", "loopback"), ("SHEGONG_LISTEN", "[::]:8080", "loopback"), ("SHEGONG_LISTEN", "192.168.1.1:80", "loopback"),
        ("SHEGONG_LISTEN", "127.0.0.1", "not an address"), ("SHEGONG_LISTEN", "127.0.0.1:99999", "not an address"), ("SHEGONG_LISTEN", "example.org:80", "not an address"),
        ("SHEGONG_TLS_CERT", "/x.pem", "without the other"), ("SHEGONG_TLS_KEY", "/x.pem", "without the other"), ("SHEGONG_BEHIND_PROXY", "perhaps", "neither true nor false"),
        ("SHEGONG_HTTP_LOOPS", "many", "SHEGONG_HTTP_LOOPS"), ("SHEGONG_HTTP_LOOPS", "0", "SHEGONG_HTTP_LOOPS"), ("SHEGONG_HTTP_LOOPS", "1x", "SHEGONG_HTTP_LOOPS"),
        ("SHEGONG_DEADLINE_MS", "-5", "SHEGONG_DEADLINE_MS"), ("SHEGONG_DEADLINE_MS", "99999999999999999999", "SHEGONG_DEADLINE_MS"),
        ("SHEGONG_SERVICES", "a,,b", "SHEGONG_SERVICES"), ("SHEGONG_SERVICES", "a,a", "SHEGONG_SERVICES"), ("SHEGONG_SERVICES", "../x", "SHEGONG_SERVICES"),
        ("SHEGONG_SCHEMA", "/nowhere", "SHEGONG_SCHEMA"), ("SHEGONG_LOG_LEVEL", "loud", "SHEGONG_LOG_LEVEL"),
    ]:
        p = subprocess.run([GATEWAY], env={**os.environ, **base, name: value}, capture_output=True, timeout=10)
        ok(p.returncode == 78 and word in (p.stderr + p.stdout).decode(), f"{name}={value} is refused with 78", (p.returncode, p.stderr, p.stdout))
    p = subprocess.run([GATEWAY, "--help"], capture_output=True, timeout=10)
    ok(p.returncode == 0 and "SHEGONG_LISTEN (127.0.0.1:8080)" in p.stdout.decode() and "监听" in p.stdout.decode(), "--help")
    p = subprocess.run([GATEWAY, "--settings"], capture_output=True, timeout=10)
    rows = [line.split("\t") for line in p.stdout.decode().splitlines()]
    ok(p.returncode == 0 and all(len(r) == 3 and r[2] for r in rows) and ["SHEGONG_RUN", "/run/shegong"] in [r[:2] for r in rows], "--settings")
    p = subprocess.run([GATEWAY, "--nonsense"], capture_output=True, timeout=10)
    same(p.returncode, 64, "an option that nobody knows")


def own_address():
    """Of this machine, where others reach it; where it has none, one of loopback that is not the usual."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.2"


def beyond(run):
    """Listening beyond this machine: with tokens alone, and in the clear only behind a proxy."""
    env = {**os.environ, "SHEGONG_LISTEN": "0.0.0.0:0", "SHEGONG_RUN": run, "SHEGONG_SCHEMA": SCHEMA, "SHEGONG_SERVICES": "echo"}
    p = subprocess.run([GATEWAY], env=env, capture_output=True, timeout=10)
    ok(p.returncode == 78 and b"in the clear" in p.stderr, "beyond this machine nobody is answered in the clear", p)
    p = subprocess.run([GATEWAY], env={**env, "SHEGONG_ACCESS": "principals", "SHEGONG_BEHIND_PROXY": "true"}, capture_output=True, timeout=10)
    ok(p.returncode == 78 and b"a header alone" in p.stderr, "... nor by a header, also behind a proxy", p)
    gateway = Program(GATEWAY, env={**env, "SHEGONG_BEHIND_PROXY": "true"})
    port, here = int(json.loads(gateway.line)["port"]), own_address()

    def asked(path, headers):
        c = http.client.HTTPConnection(here, port, timeout=10)
        c.request("POST" if path.startswith(ECHO) else "GET", path, "{}" if path.startswith(ECHO) else None, headers)
        r = c.getresponse()
        data = r.read()
        c.close()
        return r.status, json.loads(data)["details"][0]["debug"]["reason"] if data.startswith(b"{") and r.status >= 400 else ""

    form = {"Content-Type": "application/json"}
    same(asked("/healthz", {}), (200, ""), "behind a proxy it answers at another address")
    same(asked(ECHO + "Put", form)[0], 401, "... nobody without a token")
    same(asked(ECHO + "Put", {**form, "Shegong-Principal": WHO}), (400, "PRINCIPAL_NAMED"), "... and nobody by a header")
    same(gateway.stop(), 0, "... and stops")


def main():
    with tempfile.TemporaryDirectory() as run:
        def start_service():
            return Program(SERVICE, "echo", f"ipc://{run}/echo.sock")

        def start_gateway(**env):
            return Program(GATEWAY, env={
                "SHEGONG_ACCESS": "principals", "SHEGONG_LISTEN": "127.0.0.1:0", "SHEGONG_RUN": run, "SHEGONG_SERVICES": "echo,down",
                "SHEGONG_SCHEMA": SCHEMA, "SHEGONG_DEADLINE_MS": "3000", **env})

        service = start_service()
        gateway = start_gateway(SHEGONG_HTTP_LOOPS="2")
        port = int(json.loads(gateway.line)["port"])
        ok(until(lambda: Client(port).put({}).status == 200), "the gateway finds the service")
        c = Client(port)
        posts(c)
        protos(c)
        gets(c)
        errors(c)
        service = times(port, service, start_service)
        c = Client(port)
        pages(c)
        same(gateway.stop(), 0, "SIGTERM: exit 0")
        ok(gateway.errors == b"", "... and nothing to complain of", gateway.errors.decode())
        logged = [json.loads(line) for line in gateway.output.decode().splitlines()]
        ok(logged and all({"time", "level", "program", "what"} <= set(l) for l in logged), "every log line is JSON", logged)
        ok(logged[-1]["what"] == "stopped" and any(l["level"] == "error" for l in logged), "the log tells of the malformed answer and of the end")

        gateway = start_gateway()
        port = int(json.loads(gateway.line)["port"])
        until(lambda: Client(port).put({}).status == 200)
        taken = taken_in(port)
        waiting = in_thread(Client(port).put, {"delayMs": 2000, "text": "in flight"})
        until(lambda: taken() == 1)
        same(gateway.stop(), 0, "SIGTERM with a request in flight: exit 0")
        r = waiting()
        ok(r.status == 200 and json.loads(r.data)["text"] == "in flight", "... and it is answered", r.data)

        gateway = start_gateway(SHEGONG_STOP_MS="100")
        port = int(json.loads(gateway.line)["port"])
        until(lambda: Client(port).put({}).status == 200)
        taken, raw = taken_in(port), Raw(port)
        raw.send(f"POST {ECHO}Put HTTP/1.1\r\nHost: x\r\nShegong-Principal: {WHO}\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n" + '{"delayMs":60000}')
        until(lambda: taken() == 1)
        ok(gateway.stop() == 0 and gateway.errors == b"", "SIGTERM cuts what takes too long", gateway.errors.decode())
        service.stop(signal.SIGKILL)
        settings(run)
        beyond(run)
    done()


main()
