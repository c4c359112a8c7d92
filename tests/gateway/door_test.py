#!/usr/bin/env python3
"""The door against a service made for tests: door_test.py DOOR_SERVER FAKE_SERVICE SCHEMA SHEGONG"""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time

import zmq
import zmq.utils.monitor

from tap import WITHIN_S, Program, done, ok, same
from wire import field, fields, request as packed

SERVER, SERVICE, SCHEMA, SHEGONG = sys.argv[1:5]
PUT = "shegong.echo.v1.EchoService/Put"
GET = "shegong.echo.v1.EchoService/Get"
READ = "shegong.engine.v1.EngineService/Read"
LET_IN = zmq.Event.HANDSHAKE_SUCCEEDED
EVENTS = (LET_IN | zmq.Event.HANDSHAKE_FAILED_AUTH | zmq.Event.HANDSHAKE_FAILED_PROTOCOL
          | zmq.Event.HANDSHAKE_FAILED_NO_DETAIL | zmq.Event.DISCONNECTED)
context = zmq.Context()


class Place:
    """Keys, accounts and the programs."""

    def __init__(self, folder):
        self.folder = folder
        self.keys = os.path.join(folder, "gateway")
        self.mine = os.path.join(folder, "mine")
        self.accounts = os.path.join(folder, "accounts")
        os.mkdir(self.mine)
        os.mkdir(self.keys)
        self.public = {}
        for name in ("partner", "other", "nobody"):
            subprocess.run([SHEGONG, "keys", "new", name, self.mine], check=True,
                           stdout=subprocess.DEVNULL)
            self.public[name] = self.read(self.mine, name + ".pub").decode()
        subprocess.run([SHEGONG, "keys", "new", "gateway", self.keys], check=True,
                       stdout=subprocess.DEVNULL)
        self.rows = {"partner": "account=a-1;person=p-1;role=AGENCY;region=53;agency=ag-1",
                     "other": "account=a-2;person=p-2;role=PROVINCE;region=53"}
        self.write_accounts()

    def write_accounts(self):
        text = "".join("%s %s\n" % (self.public[n], row) for n, row in self.rows.items())
        with open(self.accounts + ".new", "w") as file:
            file.write(text)
        os.rename(self.accounts + ".new", self.accounts)

    @staticmethod
    def read(*path):
        with open(os.path.join(*path), "rb") as file:
            return file.read().strip()

    def peer(self, name="partner", kind=zmq.DEALER, plain=False, curve=True, routing_id=None, slow=False):
        s = context.socket(kind)
        s.linger, s.sndtimeo = 0, WITHIN_S * 1000
        if slow:
            s.rcvhwm, s.rcvbuf = 1, 65536
        if curve:
            secret = self.read(self.mine, name + ".key")
            s.curve_serverkey = self.read(self.keys, "gateway.pub")
            s.curve_publickey, s.curve_secretkey = zmq.curve_public(secret), secret
        if plain:
            s.plain_username, s.plain_password = b"admin", b"admin"
        if routing_id:
            s.setsockopt(zmq.ROUTING_ID, routing_id)
        monitor = s.get_monitor_socket(EVENTS)
        s.connect(self.endpoint)
        event = None
        if monitor.poll(WITHIN_S * 1000):
            event = zmq.utils.monitor.recv_monitor_message(monitor)["event"]
        s.disable_monitor()
        return s, event


def receive(s, wait_ms=WITHIN_S * 1000):
    return s.recv_multipart() if s.poll(wait_ms) else None


def ask(s, message, wait_ms=WITHIN_S * 1000):
    """A message of one frame, or a JSON one from a dict; the reply in the same form."""
    s.send(json.dumps(message).encode() if isinstance(message, dict) else message)
    got = receive(s, wait_ms)
    if got is None:
        return None
    return json.loads(got[-1]) if got[-1][:1] == b"{" else fields(got[-1])


def reason(reply):
    """Of a refusal in either form: the code's number and the reason."""
    if reply is None:
        return None
    if "code" in reply:
        return reply["code"], reply["refusal"]["reason"]
    if 2 in reply:
        return reply[2], fields(reply[3])[1].decode()
    return "answered"


def answers(place):
    s, event = place.peer()
    same(event, LET_IN, "a registered key is let in")
    r = ask(s, {"id": "c-1", "method": PUT, "correlation": "9007199254740993",
                "body": {"text": "喂", "number": "-5", "blob": "AAEC", "colour": "COLOUR_RED"}})
    same((r.get("id"), r.get("correlation"), r["body"]["text"], r["body"]["number"],
          r["body"]["blob"], r["body"]["colour"]),
         ("c-1", "9007199254740993", "喂", "-5", "AAEC", "COLOUR_RED"), "a command as JSON")
    same(r["body"]["principal"], "a-1/p-1/8/53/ag-1", "the service is told whose key it is")
    ok(int(r["position"]["sequence"]) > 0 and r["position"]["source"] == "echo",
       "a reply says its position", r)
    r = ask(s, packed(PUT, "c-2", field(1, "喂") + field(4, 1), 77))
    inner = fields(r[4])
    same((r[1], r[6], inner[1].decode(), inner[4], inner[5], inner[7]),
         (b"c-2", 77, "喂", 1, b"c-2", b"a-1/p-1/8/53/ag-1"), "a command packed")
    r = ask(s, {"method": GET, "body": {"text": "q"}})
    same((r["body"]["text"], r["body"].get("id", "")), ("q", ""), "a query needs no id")
    r = ask(s, {"method": GET, "after": [{"source": "stations", "sequence": "12"}],
                "deadlineMs": 700, "body": {},
                "traceparent": "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"})
    same((r["body"]["after"], r["body"]["deadlineMs"], r["body"]["traceparent"][:9]),
         (["stations=12"], 700, "00-012345"), "positions, deadline and trace are carried")
    r = ask(s, {"method": GET, "deadlineMs": 4000000000, "traceparent": "00-x", "body": {}})
    same((r["body"]["deadlineMs"], r["body"].get("traceparent")), (600000, None),
         "a deadline has an end, and a bad trace is not carried")
    r = ask(s, {"id": "c-3", "method": PUT, "body": {"code": 9}})
    same((reason(r), r["refusal"]["rule"], r["refusal"]["messageZh"], "body" in r),
         (("CODE_FAILED_PRECONDITION", "AS_ASKED"), "B1", "是这样要求的。", False),
         "a service's refusal comes in both languages")
    r = ask(s, packed(PUT, "c-4", field(6, 9)))
    same((reason(r), fields(r[3])[4].decode()), ((9, "AS_ASKED"), 'It was "asked" for.'),
         "packed too")
    r = ask(s, {"method": READ, "service": "echo", "body": {"after": "0"}})
    same(r["body"]["epoch"], "echo", "a journal is read by its service's name")
    same(reason(ask(s, {"id": "c", "method": PUT, "body": {"garbage": True, "text": "0123456789"}})),
         ("CODE_INTERNAL", "REPLY_MALFORMED"), "a service's nonsense is not passed on")
    s.close()

    s, _ = place.peer(kind=zmq.REQ)
    same(ask(s, {"id": "c-5", "method": PUT, "body": {"text": "req"}})["body"]["text"], "req",
         "a REQ socket")
    same(fields(ask(s, packed(PUT, "c-6", field(1, "again")))[4])[1], b"again", "and again")
    s.close()

    s, _ = place.peer()
    s.send_multipart([b"one", b"", packed(PUT, "c-7", b"")])
    got = receive(s)
    same(got[:2] if got else None, [b"one", b""], "frames before the request come back")
    for i in range(100):
        s.send(packed(PUT, "m-%d" % i, field(5, i % 7), i + 1))
    seen = [fields(receive(s)[-1])[6] for _ in range(100)]
    same(sorted(seen), list(range(1, 101)), "many in flight, each answered by its number")
    s.close()

    two = [place.peer("partner")[0], place.peer("other")[0]]
    for i in range(50):
        for s, name in zip(two, ("partner", "other")):
            s.send(packed(PUT, "%s-%d" % (name, i), field(5, 50 - i)))
    whose = [{fields(fields(receive(s)[-1])[4])[7].split(b"/")[0] for _ in range(50)} for s in two]
    same(whose, [{b"a-1"}, {b"a-2"}], "each peer gets its own answers")
    for s in two:
        s.close()


def refusals(place):
    s, _ = place.peer()
    malformed = ("CODE_INVALID_ARGUMENT", "MESSAGE_MALFORMED")
    for message, wanted, name in (
            ({"method": PUT, "body": {}}, ("CODE_INVALID_ARGUMENT", "ID_MALFORMED"),
             "a command without an id"),
            ({"id": "a b", "method": PUT, "body": {}}, ("CODE_INVALID_ARGUMENT", "ID_MALFORMED"),
             "an id that is none"),
            ({"id": "x" * 65, "method": GET}, ("CODE_INVALID_ARGUMENT", "ID_MALFORMED"),
             "a long one, of a query"),
            ({"id": "c", "method": "OpenCall"}, ("CODE_UNIMPLEMENTED", "METHOD_UNKNOWN"),
             "a method that is not there"),
            ({"method": READ, "body": {}}, ("CODE_INVALID_ARGUMENT", "SERVICE_UNKNOWN"),
             "no service named"),
            ({"method": READ, "service": "nowhere"}, ("CODE_INVALID_ARGUMENT", "SERVICE_UNKNOWN"),
             "an unknown one"),
            ({"id": "c", "method": PUT, "principal": {"role": "ROLE_PROVINCE"}, "body": {}},
             ("CODE_INVALID_ARGUMENT", "PRINCIPAL_GIVEN"), "a principal in the message"),
            ({"id": "c", "method": PUT, "principal": {}, "body": {}},
             ("CODE_INVALID_ARGUMENT", "PRINCIPAL_GIVEN"), "an empty one too"),
            ({"method": GET, "after": [{"sequence": "1"}]},
             ("CODE_INVALID_ARGUMENT", "AFTER_MALFORMED"), "a position of nowhere"),
            ({"method": GET, "after": [{"source": "a"}] * 17},
             ("CODE_INVALID_ARGUMENT", "AFTER_MALFORMED"), "too many positions"),
            ({"id": "c", "method": PUT, "body": {"nonsense": 1}}, malformed, "an unknown field"),
            ({"id": "c", "method": PUT, "nonsense": 1}, malformed, "one beside the body"),
            ({"id": "c", "method": PUT, "body": "AAEC"}, malformed, "a body as base64"),
            ({"id": "c", "method": PUT, "body": None}, malformed, "a body of null"),
            ({"id": "c", "method": PUT, "body": {"colour": "COLOUR_BLUE"}}, malformed,
             "an unknown colour"),
            ({"id": "c", "method": "shegong.echo.v1.EchoService/Watch"},
             ("CODE_UNIMPLEMENTED", "STREAMING"), "a streaming method")):
        same(reason(ask(s, message)), wanted, name + " is refused")
    put = '"id":"c","method":"%s"' % PUT
    for text, name in (
            ("{%s,\"body\":{},\"body\":{}}" % put, "a body twice"),
            ("{%s,\"body\":{},\"b\\u006fdy\":\"AAEC\"}" % put, "a body in another spelling"),
            ("{%s,\"b\\u006fdy\":\"AAEC\"}" % put, "only that"),
            ("{%s,\"body\":{}" % put, "no end"), ("{%s,\"body\":{}}}" % put, "two ends"),
            ("{%s,\"body\":{},}" % put, "a comma at the end"),
            ("{,%s,\"body\":{}}" % put, "a comma at the beginning"),
            ("{%s,,\"body\":{}}" % put, "two commas"), ("{%s \"body\":{}}" % put, "no comma"),
            ("{\"body\":{} %s}" % put, "none behind the body"),
            ("{%s,\"body\":{]}" % put, "a bracket of another kind"),
            ("{%s,\"body\":{\"text\":\"\\\"}" % put, "a string without an end"),
            ("{%s,\"body\":}" % put, "no value"), ("{%s,\"body\"{}}" % put, "no colon"),
            ("{%s,\"body\":{}x}" % put, "a letter too many"), ("{", "a brace"),
            ("{\"body", "half a name"), ("{%s,\"body\":%s}" % (put, "[" * 5000), "deep brackets"),
            ("{%s,\"id\":\"d\",\"body\":{}}" % put, "an id twice")):
        same(reason(ask(s, text.encode())), malformed, name + " is refused")
    for data, name in ((b"", "an empty request"), (b"\xff\xff", "nonsense"), (b"\x0a\x05ab", "half"),
                       (b"[1]", "a list"), (b"\x7a\x00", "an unknown field, packed"),
                       (packed(PUT, "c", b"", 0, field(9, b"\xff\xfe")), "no UTF-8"),
                       (packed(PUT, "c", b"", 0, field(9, b"a\0b")), "a NUL in a text"),
                       (packed(PUT, "c", b"\xff"), "a body that is none"),
                       (packed(PUT, "c", field(99, "x")), "a body with an unknown field")):
        got = reason(ask(s, data))
        ok(got and got[0] in (3, 12), name + " is refused", got)
    r = ask(s, {"id": "c-9", "method": PUT, "correlation": "3", "body": {"colour": "x"}})
    same((r["id"], r["correlation"], r["refusal"]["about"]), ("c-9", "3", "colour"),
         "a refusal names the request and the place")
    r = ask(s, {"id": "after", "method": PUT, "body": {"text": "still here"}})
    same(r["body"]["text"], "still here", "after all that the peer is still served")
    s.close()

    s, event = place.peer(routing_id=b"chosen")
    same(reason(ask(s, {"id": "c", "method": PUT, "body": {}})),
         ("CODE_INVALID_ARGUMENT", "ROUTING_ID_CHOSEN"), "a chosen routing id is refused")
    s.close()


def strangers(place):
    for name, how in (("an unknown key", {"name": "nobody"}), ("no mechanism", {"curve": False}),
                      ("a password", {"curve": False, "plain": True})):
        s, event = place.peer(**how)
        s.sndtimeo = 100
        ok(event not in (None, LET_IN), name + " is refused", event)
        try:
            s.send(packed(PUT, "c", b""))
        except zmq.Again:
            pass  # there is no connection to send it on
        same(receive(s, 300), None, "and gets no answer")
        s.close()
    host, port = place.endpoint[6:].rsplit(":", 1)
    greeting = b"\xff" + b"\0" * 8 + b"\x7f\x03\x01" + b"NULL".ljust(20, b"\0") + b"\0" * 32
    for name, data in (("NULL without ZeroMQ", greeting + b"\x04\x19\x05READY"),
                       ("silence", b""), ("HTTP", b"POST / HTTP/1.1\r\n\r\n")):
        began = time.monotonic()
        with socket.create_connection((host, int(port))) as raw:
            raw.settimeout(WITHIN_S)
            raw.sendall(data)
            try:
                while raw.recv(4096):
                    pass
            except ConnectionError:
                pass
            except socket.timeout:
                began -= WITHIN_S
        ok(time.monotonic() - began < WITHIN_S, name + " is cut off")


def revoked(place):
    """What was let in is not served any more from the moment on."""
    s, _ = place.peer("other")
    same(ask(s, {"id": "r-1", "method": PUT, "body": {"text": "x"}})["body"]["text"], "x",
         "before the key is revoked it is served")
    row = place.rows.pop("other")
    place.write_accounts()
    got = reason(ask(s, {"id": "r-2", "method": PUT, "body": {}}))
    ok(got == ("CODE_UNAUTHENTICATED", "KEY_UNKNOWN"), "a revoked key opens nothing from the next message on", got)
    t, event = place.peer("other")
    ok(event not in (None, LET_IN), "nor a new connection", event)
    t.close()
    place.rows["other"] = row.replace("PROVINCE", "COUNTY").replace("53", "5301")
    place.write_accounts()
    r = ask(s, {"id": "r-3", "method": PUT, "body": {}})
    same(r["body"]["principal"], "a-2/p-2/6/5301/", "another office holds at once too")
    s.close()


def memory(server, what="VmRSS"):
    with open("/proc/%d/status" % server.process.pid) as file:
        return next(int(line.split()[1]) for line in file if line.startswith(what)) / 1024


def untaken(place, server):
    """One key asks for 180 MB over six connections and takes nothing of it."""
    before = memory(server, "VmHWM")
    held = []
    for i in range(6):
        s, _ = place.peer(slow=True)
        held.append(s)
        for k in range(30):
            s.send(packed(PUT, "u-%d-%d" % (i, k), field(8, 1000000)) + field(6, 60000))
    t, _ = place.peer("other")
    for k in range(8):
        r = ask(t, packed(PUT, "v-%d" % k, field(8, 1000000)) + field(6, 30000))
        ok(r and 4 in r and len(fields(r[4])[1]) == 1000000, "beside replies that nobody takes another key has its own, %d" % k, reason(r))
    t.close()
    grown = memory(server, "VmHWM") - before
    ok(grown < 64, "180 MB of replies that nobody takes cost less than 64 MB", "%.0f MB" % grown)
    got = []
    for i, s in enumerate(held):
        missing = {"u-%d-%d" % (i, k) for k in range(30)}
        while missing:
            reply = receive(s, 5000)
            if reply:
                missing.discard(fields(reply[-1])[1].decode())
                got.append(reason(fields(reply[-1])))
                continue
            # Who takes nothing for so long that not even heartbeats pass is cut: ask again.
            for id in missing:
                s.send(packed(PUT, id, field(8, 1000)) + field(6, 60000))
    ok(set(got) <= {"answered", (8, "REPLIES_UNTAKEN"), (8, "TOO_MANY_IN_FLIGHT")} and "answered" in got,
       "whoever takes them after all is told which there was no room for", {str(g): got.count(g) for g in got})
    r = ask(held[0], packed(PUT, "u-5-29", field(8, 1000000)))
    ok(r and len(fields(r[4])[1]) == 1000000, "... and gets that by asking again")
    for s in held:
        s.close()


def floods(place, server):
    s, _ = place.peer()
    big = ask(s, packed(PUT, "b-1", field(3, b"x" * (900 * 1024))))
    same(len(fields(big[4])[3]), 900 * 1024, "a body of 900 KiB")
    r = ask(s, packed(PUT, "b-2", field(3, b"x" * (1024 * 1024 + 1))))
    same(reason(r), (3, "MESSAGE_MALFORMED"), "one of more than 1 MiB is refused")
    s.close()
    s, _ = place.peer()
    s.send(b"x" * (4 * 1024 * 1024))
    same(receive(s, 500), None, "a message of 4 MiB cuts the connection")
    s.close()

    # One key has its share; beyond it is told so, and others are served meanwhile.
    s, _ = place.peer()
    s.sndhwm = 0
    for i in range(250):
        s.send(packed(PUT, "f-%d" % i, field(5, 3000)))
    t, _ = place.peer("other")
    r = ask(t, packed(PUT, "g-1", b""))
    early = []
    while s.poll(0):
        early.append(reason(fields(s.recv())))
    ok(r and 4 in r and "answered" not in early, "another key is served during a flood", (r, len(early)))
    replies = early + [reason(fields(receive(s)[-1])) for _ in range(250 - len(early))]
    busy = replies.count((8, "TOO_MANY_IN_FLIGHT"))
    ok(busy > 0 and replies.count("answered") == 250 - busy >= 128,
       "of a flood 128 are under way and the rest is told so", (busy, replies.count("answered")))
    t.close()
    s.close()

    # Under a sanitizer what is freed is kept for a while, so that its memory says nothing.
    with open(SERVER, "rb") as program:
        if b"__asan_init" not in program.read():
            untaken(place, server)

    # Peers that send and never read; peers that come and go in the middle.
    for i in range(20):
        s, _ = place.peer()
        for k in range(50):
            s.send(packed(PUT, "h-%d-%d" % (i, k), field(8, 20000)))
        s.close()
    chance = random.Random(7)
    s, _ = place.peer()
    for i in range(300):
        s.send_multipart([chance.randbytes(chance.randrange(40))
                          for _ in range(chance.randrange(1, 9))])
    while receive(s, 300):
        pass
    s.close()
    s, _ = place.peer()
    r = ask(s, {"id": "end", "method": PUT, "body": {"text": "well"}})
    same(r and r["body"]["text"], "well", "after floods and noise the door is open")
    s.close()
    rss = memory(server)
    ok(rss < 128, "and its memory is below 128 MB", "%.0f MB" % rss)


def main():
    with tempfile.TemporaryDirectory(prefix="shegong-door-") as folder:
        place = Place(folder)
        service = Program(SERVICE, "echo", "ipc://%s/echo.sock" % folder)
        server = Program(SERVER, SCHEMA, folder, place.keys, place.accounts, "echo")
        place.endpoint = server.line
        try:
            answers(place)
            refusals(place)
            strangers(place)
            revoked(place)
            floods(place, server)
            s, _ = place.peer()
            s.send(packed(PUT, "last", field(5, 300)))
            time.sleep(0.1)
            service_gone = Program(SERVER, SCHEMA, folder, folder, place.accounts, "echo",
                                   first_line=False)
            same(service_gone.wait(), 1, "without its key the door does not open")
            server.process.terminate()
            got = receive(s)
            same(reason(fields(got[-1])) if got else None, "answered",
                 "what is in flight is answered when the door closes")
            same(server.wait(), 0, "it ends in good order")
            s.close()
        finally:
            for program in (server, service):
                if program.process.poll() is None:
                    program.process.kill()
                program.process.wait()
    context.destroy(linger=0)
    done()


main()
