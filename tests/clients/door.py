#!/usr/bin/env python3
"""The door as integrators use it, against the programs: door.py BUILD_DIR

All programs speak over TCP with CURVE.  Accounts and keys are records of personnel, so a revocation
is an event that the gateway follows.  Runs the samples of proto/README.md.  Prints TAP."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time

import zmq
import zmq.utils.monitor

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
ROOT = os.path.dirname(TESTS)
sys.path[:0] = [os.path.join(TESTS, "faults"), os.path.join(TESTS, "gateway")]

from programs import Programs, free_port  # noqa: E402
from tap import WITHIN_S, done, ok, open_until, same, until  # noqa: E402
from wire import field, fields, lists, request  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PERSONNEL = "shegong.personnel.v1.PersonnelService/"
READ = "shegong.engine.v1.EngineService/Read"
LET_IN = zmq.Event.HANDSHAKE_SUCCEEDED
context = zmq.Context()


class WithDoor(Programs):
    def __init__(self, build):
        super().__init__(build, "2022-03-01", tcp=True)
        self.door = "tcp://127.0.0.1:%d" % free_port()
        self.mine = os.path.join(self.folder, "mine")
        os.mkdir(self.mine)
        shutil.copy(os.path.join(self.keys, "gateway.pub"), self.mine)

    def env_of(self, name):
        env = {**super().env_of(name), "SHEGONG_ACCESS": "tokens"}
        if name == "gateway":
            env["SHEGONG_DOOR"] = self.door
        return env

    def shegong(self, *argv):
        return subprocess.run([os.path.join(BUILD, "shegong"), *argv], env=self.env,
                              capture_output=True, text=True, timeout=60)

    def call(self, who, method, message):
        """A command by the operator's own way, in somebody's name."""
        person, role = who
        called = self.shegong("call", "personnel." + method, json.dumps(message), "--as",
                              "account=%s;person=p-%s;role=%s;region=53" % (person, person, role))
        if called.returncode:
            raise SystemExit("%s: %s" % (method, called.stderr))
        return json.loads(called.stdout)

    def found(self):
        """The first administrators, as the operator enters them."""
        made = self.shegong("init", "--region", "53", "--out", os.path.join(self.folder, "tokens"),
                            "--administrator", "li=p-li=李", "--administrator", "wang=p-wang=王")
        ok(made.returncode == 0, "the first administrators are there", made.stderr)

    def account(self, name, role, region, agency=""):
        self.call(("li", "ADMINISTRATOR"), "ProposeAccount", {
            "accountId": name, "personId": "p-" + name, "workName": name, "role": role,
            "regionCode": region, "agencyId": agency})
        self.call(("wang", "ADMINISTRATOR"), "ApproveAccount", {
            "accountId": name, "expectedRevision": "1"})

    def key(self, name, account):
        made = self.shegong("keys", "new", name, self.mine)
        if made.returncode:
            raise SystemExit(made.stderr)
        with open(os.path.join(self.mine, name + ".pub")) as file:
            public = file.read().strip()
        self.call(("li", "ADMINISTRATOR"), "RegisterKey", {
            "keyId": "k-" + name, "accountId": account, "publicKey": public, "label": name})
        self.call(("wang", "ADMINISTRATOR"), "ApproveKey", {
            "keyId": "k-" + name, "expectedRevision": "1"})

    def peer(self, name, kind=zmq.DEALER):
        """A socket with that key, and the first event of its connection."""
        def read(file):
            with open(os.path.join(self.mine, file), "rb") as key:
                return key.read().strip()
        s = context.socket(kind)
        s.linger, s.sndtimeo = 0, WITHIN_S * 1000
        secret = read(name + ".key")
        s.curve_serverkey = read("gateway.pub")
        s.curve_publickey, s.curve_secretkey = zmq.curve_public(secret), secret
        monitor = s.get_monitor_socket(LET_IN | zmq.Event.HANDSHAKE_FAILED_AUTH)
        s.connect(self.door)
        event = None
        if monitor.poll(WITHIN_S * 1000):
            event = zmq.utils.monitor.recv_monitor_message(monitor)["event"]
        s.disable_monitor()
        return s, event

    def let_in(self, name):
        s, event = self.peer(name)
        s.close()
        return event == LET_IN


def ask(s, method, body, wait_ms=WITHIN_S * 1000, **more):
    s.send_string(json.dumps({"method": method, "body": body, **more}))
    return json.loads(s.recv()) if s.poll(wait_ms) else {}


def reason(reply):
    return reply["refusal"]["reason"] if "refusal" in reply else reply and "answered"


def types(reply):
    """Of the events that a Read answered, packed in base64 in JSON: their types."""
    return [fields(base64.b64decode(event))[5].decode() for event in
            reply.get("body", {}).get("events", [])]


AGENCY = {"agencyId": "ag-door", "nameZh": "门前机构", "nameEn": "Door", "regionCode": "5301",
          "creditCode": "52530000MJ00000019", "synthetic": True}


def work(programs):
    s, event = programs.peer("ministry")
    same(event, LET_IN, "a registered key is let in")
    r = ask(s, PERSONNEL + "RegisterAgency", AGENCY, id="d-1")
    same(r.get("body", {}).get("agency", {}).get("agencyId"), "ag-door", "a command as JSON")
    again = ask(s, PERSONNEL + "RegisterAgency", AGENCY, id="d-1")
    same(again.get("body"), r.get("body"), "the same again has one effect and one answer")
    same(reason(ask(s, PERSONNEL + "RegisterAgency", {**AGENCY, "nameEn": "x"}, id="d-1")),
         "ID_REUSED", "an id is not used for other content")
    s.send(request(PERSONNEL + "GetAgency", body=field(1, "ag-door"), correlation=9))
    got = fields(s.recv()) if s.poll(WITHIN_S * 1000) else {}
    ok(got.get(6) == 9 and b"ag-door" in got.get(4, b""), "a query, packed", got)
    r = ask(s, PERSONNEL + "GetAgency", {"agencyId": "ag-nobody"})
    ok(reason(r) == "NOT_FOUND" and r["refusal"]["messageZh"] and r["refusal"]["messageEn"],
       "a refusal in both languages", r)
    same(reason(ask(s, PERSONNEL + "RegisterAgency", AGENCY)), "ID_MALFORMED",
         "a command without an id is none")
    same(reason(ask(s, PERSONNEL + "GetAgency", {"agencyId": "ag-door"},
                    principal={"accountId": "li", "personId": "p-li", "role": "ROLE_MINISTRY"})),
         "PRINCIPAL_GIVEN", "nobody says who he is")

    # A request socket does as well.
    q, _ = programs.peer("ministry", zmq.REQ)
    same(reason(ask(q, PERSONNEL + "GetAgency", {"agencyId": "ag-door"})), "answered",
         "a REQ socket")
    q.close()
    return s


def events(programs, s):
    r = ask(s, READ, {"after": "0"}, service="personnel")
    ok("agency_registered" in types(r), "the journal is read, by what one may see", r)
    # What he did not see is passed over: through says how far was looked.
    head = int(r["body"]["through"] if "through" in r["body"] else r["body"]["head"]["sequence"])
    other, _ = programs.peer("county")
    seen = types(ask(other, READ, {"after": "0"}, service="personnel"))
    ok("agency_registered" not in seen, "another area's events are not read", seen)
    other.close()

    began = time.monotonic()
    r = ask(s, READ, {"after": str(head)}, service="personnel", deadlineMs=300,
            after=[{"source": "personnel", "sequence": str(head + 1)}])
    ok(reason(r) in ("DEADLINE_PASSED", "DEADLINE_EXCEEDED") and time.monotonic() - began >= 0.25,
       "a Read that waits for the next event waits until its deadline", r)
    s.send_string(json.dumps({
        "method": READ, "service": "personnel", "deadlineMs": 120000,
        "after": [{"source": "personnel", "sequence": str(head + 1)}],
        "body": {"after": str(head)}}))
    time.sleep(0.2)
    t, _ = programs.peer("ministry")
    ask(t, PERSONNEL + "SuspendAgency",
        {"agencyId": "ag-door", "suspendedOn": "2022-03-01", "reason": "试验"}, id="d-2")
    got = json.loads(s.recv()) if s.poll(WITHIN_S * 1000) else {}
    ok(got and "agency_suspended" in types(got),
       "and is answered when it has come", got)
    t.close()


def often(programs):
    """More than 100 a second, with a burst of 200, is too often."""
    s, _ = programs.peer("county")
    said, began = [], time.monotonic()
    for sent in range(400, 8001, 400):
        for _ in range(400):
            s.send_string(json.dumps({"method": PERSONNEL + "GetAgency",
                                      "body": {"agencyId": "x"}}))
        said += [reason(json.loads(s.recv())) for _ in range(400) if s.poll(WITHIN_S * 1000)]
        # A slow machine does not ask too often before it has asked for long.
        if "TOO_OFTEN" in said:
            break
    took, taken = time.monotonic() - began, sum(r != "TOO_OFTEN" for r in said)
    ok(len(said) == sent and 150 < taken < min(sent, 200 + 100 * took + 1),
       "an account that asks too often is told so", (sent, len(said), taken, took))
    s.close()


def revocation(programs, s):
    for what, name, method, message in (
            ("a revoked key", "ministry", "RevokeKey", {"keyId": "k-ministry", "reason": "试验"}),
            ("a suspended account's key", "county", "SuspendAccount",
             {"accountId": "county", "reason": "试验"})):
        peer = s if name == "ministry" else programs.peer(name)[0]
        ok(reason(ask(peer, PERSONNEL + "GetAgency", {"agencyId": "x"})) != "KEY_UNKNOWN",
           "%s: served before" % what)
        programs.call(("li", "ADMINISTRATOR"), method, message)
        took = open_until(lambda: reason(ask(peer, PERSONNEL + "GetAgency", {"agencyId": "x"}))
                          == "KEY_UNKNOWN")
        ok(took is not None and took < 1, "%s opens nothing within a second" % what, took)
        ok(not programs.let_in(name), "%s: no new connection" % what)
        peer.close()


def samples(programs):
    with open(os.path.join(ROOT, "proto/README.md"), encoding="utf-8") as file:
        found = re.findall(r"<!-- door: ([\w.]+) -->\n```\w+\n(.*?)```", file.read(), re.S)
    same([name for name, _ in found], ["door.py", "door.mjs"], "the door's samples")
    os.symlink(os.path.join(TESTS, "node_modules"), os.path.join(programs.mine, "node_modules"))
    for name, text in found:
        path = os.path.join(programs.mine, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("tcp://127.0.0.1:7410", programs.door))
        program = "/usr/bin/python3" if name.endswith(".py") else "node"
        ran = subprocess.run([program, path], cwd=programs.mine, capture_output=True, text=True,
                             timeout=60)
        ok(ran.returncode == 0 and "ag-sample" in ran.stdout and "NOT_FOUND" in ran.stdout
           and "agency_registered" in ran.stdout, "%s runs as it stands" % name,
           ran.stdout + ran.stderr)


def main():
    with WithDoor(BUILD) as programs:
        programs.found()
        programs.account("ministry", "ROLE_PROVINCE", "53")
        programs.account("county", "ROLE_COUNTY", "533102")
        programs.account("partner", "ROLE_PROVINCE", "53")
        for name in ("ministry", "county", "partner"):
            programs.key(name, name)
        ok(until(lambda: programs.let_in("partner")), "a key is let in once it is approved")
        programs.shegong("keys", "new", "nobody", programs.mine)
        ok(not programs.let_in("nobody"), "one that nobody registered is not")
        s = work(programs)
        events(programs, s)
        samples(programs)
        often(programs)
        programs.kill("gateway")
        programs.start("gateway")
        r = ask(s, PERSONNEL + "GetAgency", {"agencyId": "ag-door"}, 500)
        ok(until(lambda: reason(ask(s, PERSONNEL + "GetAgency", {"agencyId": "ag-door"}, 500))
                 == "answered"), "a connection finds the gateway again", r)
        revocation(programs, s)
        ok(all(status == 0 for status in programs.stop().values()), "all programs end well")
    context.destroy(linger=0)
    done()


main()
