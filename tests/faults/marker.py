#!/usr/bin/env python3
"""Who a person is, is to be read nowhere but in the answer that shows it: marker.py BUILD_DIR

Marked numbers are sent through all that takes or tells them, the services logging all they can; then
every file and every answer is searched for them, as they are and in base64.  After the erasure nothing
shows them any more, not with the old file of keys put back either, and the journals are sound."""

import base64
import http.client
import json
import os
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from load import FIRST_DATE, credit_code  # noqa: E402
from programs import PROVINCE, SERVICES, Client, Programs, full_name  # noqa: E402
from tap import done, ok, same  # noqa: E402

NAMES = ("identity_number", "phone_number", "account_number")
ALL_FIELDS = ["PERSONAL_FIELD_" + name.upper() for name in NAMES]
SLOT = 256
NO_MASTER_KEY, EXIT_FAULT, EXIT_SETTINGS = "NO_MASTER_KEY", 70, 78


def identity_number(n):
    """Nobody's: there is no region 9901."""
    digits = "9901011990030%04d" % n
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(digits))
    return digits + "10X98765432"[total % 11]


class Markers:
    """The numbers that were given out, three at a time."""

    def __init__(self):
        self.n = 7000
        self.given = []

    def three(self):
        self.n += 1
        made = dict(zip(NAMES, (identity_number(self.n), "1380000%d" % self.n,
                                "622200000000000%d" % self.n)))
        self.given += made.values()
        return made

    def add(self, text):
        self.given.append(text)
        return text

    def forms(self):
        """Each as bytes, and what of its base64 is the same whatever stands around it."""
        for text in self.given:
            data = text.encode()
            yield text, data
            for shift in range(3):
                encoded = base64.b64encode(b"\0" * shift + data)
                yield text, encoded[4 if shift else 0:(shift + len(data)) // 3 * 4]
            yield text, data.hex().encode()

    def found_in(self, data):
        return sorted({text for text, form in self.forms() if form in data})


class Listener(Client):
    """A client that keeps every answer it was given."""

    def __init__(self, port):
        super().__init__(port)
        self.heard = []

    def once(self, path, body, headers):
        answer = super().once(path, body, headers)
        if answer:
            self.heard.append((path, answer.data))
        return answer

    def raw(self, verb, path, body=None):
        """As it is; the answer's head is kept too."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(verb, path, body, {
            "Content-Type": "application/json", "Shegong-Principal": PROVINCE})
        got = connection.getresponse()
        data = got.read()
        connection.close()
        self.heard.append((verb + " " + path.partition("?")[0],
                           repr(got.getheaders()).encode() + data))
        return got.status, data


def written(path):
    """What is in a file, without the pages of zeros of which stores are full."""
    with open(path, "rb") as file:
        pages = iter(lambda: file.read(4096), b"")
        return b"".join(page for page in pages if page.strip(b"\0"))


class Search:
    def __init__(self, programs):
        self.programs = programs
        self.client = Listener(programs.port)
        self.markers = Markers()
        self.n = 0

    def ask(self, method, message, id=None, **more):
        self.n += 1
        if id is None:
            id = "c-%d" % self.n
        return self.client.ask(full_name(method), message, id=id, **more)

    def done(self, method, message, id=None):
        answer = self.ask(method, message, id)
        if answer.reason:
            raise SystemExit("%s: %s" % (method, answer.data.decode()))
        return answer

    def refused(self, reason, method, message, id=None):
        return same(self.ask(method, message, id).reason, reason,
                    "%s is refused: %s" % (method.partition(".")[2], reason))

    def shegong(self, *argv):
        ran = subprocess.run(
            [os.path.join(self.programs.build, "shegong"), *argv], capture_output=True,
            env={**self.programs.env, "SHEGONG_AS": PROVINCE}, timeout=120)
        self.client.heard.append(("shegong " + argv[0], ran.stdout + ran.stderr))
        return ran

    def shows(self, person_id, fields=None):
        """What an unsealing answers; its answer alone may hold what is looked for."""
        self.shown = ({
            "unsealing_id": "u-%d" % self.n, "person_id": person_id, "reason": "To be paid",
            "fields": fields or ALL_FIELDS}, "unseal-%d" % self.n)
        answer = self.ask("personnel.UnsealPersonData", *self.shown)
        self.client.heard.pop()
        if answer.reason:
            return answer.reason
        shown = answer.json()
        return {name: shown.get(name.split("_")[0] + "Number", "") for name in NAMES}

    # --- The search -----------------------------------------------------------------------------

    def files(self):
        for root, _, names in os.walk(self.programs.folder):
            for name in names:
                path = os.path.join(root, name)
                if os.path.isfile(path) and "given" not in root:
                    yield path

    def nowhere(self, when):
        found, n_bytes = [], 0
        for path in self.files():
            data = written(path)
            n_bytes += len(data)
            found += ["%s: %s" % (path, text) for text in self.markers.found_in(data)]
        ok(not found, "%s: in no file" % when, "\n".join(found))
        said = ["%s: %s" % (name, text) for name, data in self.client.heard
                for text in self.markers.found_in(data)]
        ok(not said, "%s: in no answer" % when, "\n".join(said))
        print("# %d numbers, %d answers, %d bytes of files" % (
            len(self.markers.given), len(self.client.heard), n_bytes), flush=True)

    def search_finds(self):
        """Whoever finds nothing must be able to find."""
        texts = [written(path) for path in self.files() if path.endswith((".mdb", ".log"))]
        ok(any(b"work-name-of-p-1" in text for text in texts), "what is not personal is in a file")
        text = self.markers.given[0]
        hidden = [b"x" * i + text.encode() + b"y" for i in range(3)]
        ok(all(text in self.markers.found_in(base64.b64encode(data)) for data in hidden),
           "and a number in base64 would be found")

    # --- The flows ------------------------------------------------------------------------------

    def person(self, person_id, texts):
        return {"person_id": person_id, "work_name": "work-name-of-" + person_id,
                "agency_id": "ag-1", "synthetic": True, "certificate": "CERTIFICATE_LEVEL_NONE",
                "practising_from": "2015-07-01", **texts}

    def commands(self):
        self.done("personnel.RegisterAgency", {
            "agency_id": "ag-1", "name_zh": "机构", "name_en": "Agency", "synthetic": True,
            "credit_code": credit_code(1), "region_code": "53"})
        self.first = self.markers.three()
        first = self.person("p-1", self.first)
        answer = self.done("personnel.RegisterPerson", first, id="register-1")
        again = self.done("personnel.RegisterPerson", first, id="register-1")
        ok(answer.same(again), "sent again with the same id it has the same answer")
        self.refused("ID_REUSED", "personnel.RegisterPerson",
                     self.person("p-1", self.markers.three()), id="register-1")
        self.second = self.markers.three()
        self.done("personnel.RegisterPerson", self.person("p-2", {}) | {
            "identity_hash": "%064x" % 2})
        self.done("personnel.RecordPersonData", {"person_id": "p-2", **self.second})
        self.second["phone_number"] = self.markers.three()["phone_number"]
        self.done("personnel.RecordPersonData", {
            "person_id": "p-2", "phone_number": self.second["phone_number"]})

    def refusals(self):
        three = self.markers.three
        for _ in range(2):
            # The second time it is the answer that was kept.
            self.refused("IDENTITY_TAKEN", "personnel.RegisterPerson",
                         self.person("p-3", {**three(), **self.first}), id="taken")
        self.refused("NOT_FOUND", "personnel.RecordPersonData", {"person_id": "p-9", **three()})
        self.refused("STALE_REVISION", "personnel.RecordPersonData", {
            "person_id": "p-2", "expected_revision": "77", **three()})
        for name, text in (("identity_number", three()["identity_number"][:-1] + "?"),
                           ("phone_number", "+" + three()["phone_number"] + " ext. 5"),
                           ("account_number", three()["account_number"] + "-A")):
            self.markers.add(text)
            self.refused("FIELD_INVALID", "personnel.RecordPersonData", {
                "person_id": "p-2", name: text})
            self.refused("MESSAGE_MALFORMED", "personnel.RecordPersonData", {
                "person_id": "p-2", name: {"is": text}})
        self.refused("MESSAGE_MALFORMED", "personnel.RecordPersonData", {
            "person_id": "p-2", "mobile": three()["phone_number"]})
        path = "/shegong.personnel.v1.PersonnelService/RecordPersonData"
        status, _ = self.client.raw("POST", path, '{"phone_number": "%s' % three()["phone_number"])
        same(status, 400, "a body that is cut off is refused")

    def queries(self):
        path = "/shegong.personnel.v1.PersonnelService/FindPerson"
        found = self.ask("personnel.FindPerson", {
            "identity_number": self.first["identity_number"]}, id="")
        same(found.json()["person"]["personId"], "p-1", "a person is found by the number")
        found = self.ask("personnel.FindPerson", self.pick("identity_number"), id="")
        ok("person" not in found.json(), "by a number that nobody has nobody is")
        status, _ = self.client.raw("GET", path + "?" + urllib.parse.urlencode({
            "connect": "v1", "encoding": "json", "message": json.dumps({
                "identity_number": self.first["identity_number"]})}))
        same(status, 405, "and with GET it is not asked")
        self.done("personnel.GetPersonData", {"person_id": "p-1"}, id="")
        self.done("personnel.ListPeople", {}, id="")

    def pick(self, name):
        return {name: self.markers.three()[name]}

    def unsealings(self):
        same(self.shows("p-1"), self.first, "an unsealing shows all three")
        same(self.shows("p-2", ["PERSONAL_FIELD_PHONE_NUMBER"]),
             {**dict.fromkeys(NAMES, ""), "phone_number": self.second["phone_number"]},
             "or what was asked for, as it was entered last")
        again = self.done("personnel.UnsealPersonData", *self.shown).json()
        same(list(again), ["unsealing"], "sent again with the same id it shows nothing")
        self.done("personnel.ListUnsealings", {}, id="")

    def tools(self):
        given = os.path.join(self.programs.folder, "given")
        os.makedirs(given, exist_ok=True)
        table = os.path.join(given, "people.csv")
        with open(table, "w", encoding="utf-8") as out:
            out.write("# method: personnel.RecordPersonData\nidentity_number,person_id\n%s,p-2\n" %
                      self.markers.three()["identity_number"])
        same(self.shegong("import", table, "--refused", self.programs.folder).returncode, 2,
             "a table of them is not imported")
        same(os.listdir(given), ["people.csv"], "and no list of refused rows is beside it")
        self.shegong("call", "personnel.RecordPersonData", json.dumps({
            "person_id": "p-9", **self.markers.three()}))
        export = os.path.join(self.programs.folder, "people.csv")
        same(self.shegong("export", "personnel.ListPeople", export).returncode, 0,
             "the people are exported")
        ran = self.shegong("events", "--from", "start", "--once", "--json")
        ok(b"PersonDataUnsealed" in ran.stdout, "the events are told", ran.stderr)
        backup = os.path.join(self.programs.folder, "backup-%d" % self.n)
        same(self.shegong("backup", backup).returncode, 0, "a backup is made")

    def engines(self):
        for service in SERVICES:
            self.client.engine(service, "Read", {"after": "0", "max_bytes": 1 << 20})
            self.client.engine(service, "Status", {})
            self.client.engine(service, "Metrics", {})
        self.client.raw("GET", "/metrics")
        self.client.raw("GET", "/readyz")

    def no_core(self):
        for name in ("personnel", "gateway"):
            pid = self.programs.running[name].pid
            with open("/proc/%d/limits" % pid, encoding="utf-8") as limits:
                line = next(line for line in limits if line.startswith("Max core file size"))
            same(line.split()[4:6], ["0", "0"], name + " leaves no core")

    def full_disk(self):
        """There is no room for a key; then there is, and the same command is carried out."""
        full = self.restart_on_failing_disk("pwrite", "28")
        three = self.markers.three()
        person = self.person("p-4", three)
        answer = self.tried("personnel.RegisterPerson", person, "p-4")
        same(answer.code, "resource_exhausted", "no room for a key: the command is refused")
        same(self.ask("personnel.GetPerson", {"person_id": "p-4"}, id="").reason, "NOT_FOUND",
             "and there is nobody")
        os.unlink(full)
        self.done("personnel.RegisterPerson", person, id="p-4")
        same(self.shows("p-4"), three, "with room again it is carried out")
        self.again()
        same(self.shows("p-4"), three, "and the key is there after kill -9")

    def failing_disk(self):
        """A key cannot be overwritten: no answer, and the next start does it."""
        path, before = self.keys()
        self.restart_on_failing_disk("fdatasync", "5")
        ok(self.tried("personnel.ErasePersonData", {"person_id": "p-4", "reason": "R"},
                      "erase-p-4") is None, "a key that cannot be destroyed: no answer")
        same(self.programs.running["personnel"].wait(timeout=20), EXIT_FAULT,
             "and personnel ends")
        with open(path, "wb") as file:
            file.write(before)
        self.programs.start("personnel")
        self.programs.wait_ready()
        ok(self.gone_from(before), "at the next start it is destroyed")
        same(self.shows("p-4"), "NO_PERSON_DATA", "and nothing is shown")

    def restart_on_failing_disk(self, call, errno):
        """The file whose presence makes every such call on seal.keys fail; it is there."""
        env, full = self.programs.env, os.path.join(self.programs.folder, "fails")
        faults = dict(LD_PRELOAD=os.path.join(self.programs.build, "libfailing_disk.so"),
                      FAIL_FILE="seal.keys", FAIL_CALL=call, FAIL_AT="1", FAIL_TIMES="1000",
                      FAIL_ERRNO=errno, FAIL_WHILE=full)
        self.programs.stop_one("personnel")
        env.update(faults)
        self.programs.start("personnel")
        for name in faults:
            del env[name]
        self.programs.wait_ready()
        with open(full, "wb"):
            return full

    def tried(self, method, message, id):
        """One try; None where no answer came."""
        answer = self.client.once("/shegong." + full_name(method), json.dumps(message).encode(), {
            "Content-Type": "application/json", "Connect-Timeout-Ms": "3000",
            "Shegong-Principal": PROVINCE, "Idempotency-Key": id})
        return None if answer is None or answer.code in (
            "unavailable", "deadline_exceeded") else answer

    # --- What comes after -----------------------------------------------------------------------

    def keys(self):
        path = os.path.join(self.programs.env["SHEGONG_DATA"], "personnel", "seal.keys")
        with open(path, "rb") as file:
            return path, file.read()

    def again(self):
        self.programs.kill("personnel")
        self.programs.start("personnel")
        self.programs.wait_ready()

    def erasure(self):
        path, before = self.keys()
        self.done("personnel.ErasePersonData", {"person_id": "p-1", "reason": "Asked for"})
        self.gone(before, "after the erasure")
        self.again()
        self.gone(before, "after kill -9")
        self.programs.kill("personnel")
        with open(path, "wb") as file:
            file.write(before)
        self.programs.start("personnel")
        self.programs.wait_ready()
        self.gone(before, "with the old file of keys put back")
        same(self.shows("p-2"), self.second, "another's data are still there")
        self.sound("after the erasure")

    def gone_from(self, before):
        """One slot was emptied, and nothing of it is anywhere in the file."""
        _, now = self.keys()
        slots = [before[at:at + SLOT] for at in range(SLOT, len(before), SLOT)]
        emptied = [slot for slot in slots if any(slot) and slot[:32] not in now]
        return (len(emptied) == 1 and emptied[0][88:136] not in now
                and emptied[0][32:64] not in now)

    def gone(self, before, when):
        ok(self.gone_from(before), when + " one key is gone from the file")
        same(self.shows("p-1"), "NO_PERSON_DATA", when + " nothing is shown")
        found = self.ask("personnel.FindPerson", {
            "identity_number": self.first["identity_number"]}, id="")
        ok("person" not in found.json(), when + " the number leads nowhere")

    def sound(self, when):
        status, said = self.programs.verify()
        ok(status == 0 and said.count("sound") == 5, when + " every journal is sound", said)

    def other_master_keys(self):
        env, old = self.programs.env, self.programs.env["SHEGONG_MASTER_KEY_FILE"]
        self.programs.stop_one("personnel")
        env["SHEGONG_MASTER_KEY_FILE"] = master_key(self.programs, "master-2")
        self.programs.start("personnel")
        same(self.programs.running["personnel"].wait(timeout=20), EXIT_SETTINGS,
             "with another master key personnel does not start")
        env["SHEGONG_MASTER_KEY_FILE_BEFORE"] = old
        self.programs.start("personnel")
        self.programs.wait_ready()
        same(self.shows("p-2"), self.second, "unless it is told the one until now")
        os.remove(old)
        env["SHEGONG_MASTER_KEY_FILE_BEFORE"] = ""
        self.again()
        same(self.shows("p-2"), self.second, "and then the new one is enough")
        self.programs.stop_one("personnel")
        env["SHEGONG_MASTER_KEY_FILE"] = ""
        self.programs.start("personnel")
        self.programs.wait_ready()
        same(self.shows("p-2"), NO_MASTER_KEY, "without any nothing is shown")
        self.refused(NO_MASTER_KEY, "personnel.RecordPersonData", {
            "person_id": "p-2", **self.markers.three()})
        self.sound("without a master key")


def master_key(programs, name):
    path = os.path.join(programs.folder, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(os.urandom(32))
    return path


def main():
    programs = Programs(sys.argv[1], FIRST_DATE)
    programs.env.update(SHEGONG_MASTER_KEY_FILE=master_key(programs, "master-1"),
                        SHEGONG_LOG_LEVEL="debug", SHEGONG_MAP_MIB="64")
    with programs:
        search = Search(programs)
        search.commands()
        search.refusals()
        search.queries()
        search.unsealings()
        search.tools()
        search.engines()
        search.search_finds()
        search.nowhere("while the programs run")
        search.no_core()
        search.again()
        same(search.shows("p-1"), search.first, "after kill -9 all is shown as before")
        search.nowhere("after kill -9")
        search.erasure()
        search.full_disk()
        search.failing_disk()
        search.engines()
        search.other_master_keys()
        search.nowhere("at the end")
        programs.stop()
        search.nowhere("when all have ended")
    done()


main()
