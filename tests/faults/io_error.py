#!/usr/bin/env python3
"""A disk that fails at the n-th call: io_error.py BUILD_DIR

The personnel service runs with failing_disk.so, and commands are sent one after the other until the
fault has come.  A failed commit ends the program with 70 and without an answer; a full disk is a
refusal, and the program goes on.  Afterwards nothing acknowledged is missing, what had no answer is
settled by sending it again, and the store is sound."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from programs import Client, Programs, full_name
from tap import done, ok

EIO, ENOSPC, EXIT_FAULT, COMMANDS = "5", "28", 70, 12
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST_CALLS = {"fdatasync": (1, 3, 4, 6), "pwrite": (1, 5, 14, 27)}


def credit_code(number):
    code = "5253%013d" % number
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + ALPHABET[-total % 31]


def agency(number):
    return {"agencyId": "ag-%d" % number, "nameZh": "示例机构", "nameEn": "Example",
            "creditCode": credit_code(number), "regionCode": "5301", "synthetic": True}


def send(client, number):
    """One try, without a second: None where no answer came."""
    answer = client.once(
        "/shegong." + full_name("personnel.RegisterAgency"),
        json.dumps(agency(number)).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": "ag-%d" % number,
         "Shegong-Principal": "account=province;person=p-province;role=PROVINCE;region=53",
         "Connect-Timeout-Ms": "3000"})
    return None if answer is None or answer.code in ("unavailable", "deadline_exceeded") else answer


def fail_once(programs, call, at, errno, carried_out, first):
    """Restarts personnel on the failing disk and sends; what was acknowledged, refused for room,
    left without an answer, and how the program ended (None: it goes on)."""
    programs.stop_one("personnel")
    programs.env.update(LD_PRELOAD=os.path.join(programs.build, "libfailing_disk.so"),
                        FAIL_CALL=call, FAIL_AT=str(at), FAIL_ERRNO=errno)
    if carried_out:
        programs.env["FAIL_DONE"] = "1"
    programs.start("personnel")
    for name in ("LD_PRELOAD", "FAIL_CALL", "FAIL_AT", "FAIL_ERRNO", "FAIL_DONE"):
        programs.env.pop(name, None)
    client = Client(programs.port)
    acknowledged, full, unanswered = [], [], []
    for number in range(first, first + COMMANDS):
        answer = send(client, number)
        if answer is None:
            unanswered.append(number)
            if programs.running["personnel"].poll() is not None:
                break
        elif answer.code == "resource_exhausted":
            full.append(number)
        else:
            acknowledged.append(number)
    client.close()
    return acknowledged, full, unanswered, programs.running["personnel"].poll()


def settle(programs, numbers, unanswered):
    """Restarts on a sound disk; True where every number is there once and the store is sound."""
    programs.stop_one("personnel")
    programs.start("personnel")
    client = Client(programs.port)
    for number in unanswered:
        client.ask(full_name("personnel.RegisterAgency"), agency(number), id="ag-%d" % number)
    missing = [n for n in numbers + unanswered
               if client.ask(full_name("personnel.GetAgency"), {"agencyId": "ag-%d" % n}).status != 200]
    proof = client.engine("personnel", "Verify", {}).json()
    client.close()
    return not missing and not proof.get("faults"), "missing %s, faults %s" % (missing, proof.get("faults"))


def main():
    cases = [(call, at, errno, carried_out)
             for call, calls in FIRST_CALLS.items() for at in calls
             for errno, carried_out in ((EIO, False), (EIO, True), (ENOSPC, False))]
    ended = refused = 0
    with Programs(sys.argv[1], "2022-03-01") as programs:
        for n, (call, at, errno, carried_out) in enumerate(cases):
            acknowledged, full, unanswered, status = fail_once(
                programs, call, at, errno, carried_out, 1000 * (n + 1))
            ended += status == EXIT_FAULT
            refused += bool(full)
            sound, detail = settle(programs, acknowledged, unanswered)
            name = "%s %d fails with %s%s" % (call, at, "EIO" if errno == EIO else "ENOSPC",
                                              ", though carried out" if carried_out else "")
            what = "70" if status == EXIT_FAULT else "a refusal" if full else "nothing"
            ok(sound and status in (None, EXIT_FAULT) and (len(unanswered) <= 1),
               "%s: it leads to %s, and nothing is lost" % (name, what),
               "%s; ended with %s, unanswered %s, full %s" % (detail, status, unanswered, full))
    ok(ended > 0, "a failed commit ended the program with 70 (%d times)" % ended)
    ok(refused > 0, "a full disk was a refusal (%d times)" % refused)
    done()


main()
