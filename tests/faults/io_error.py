#!/usr/bin/env python3
"""A disk that fails at the n-th call: io_error.py BUILD_DIR

The personnel service runs with failing_disk.so, and commands are sent one after the other until the
fault has come, in the redo log or in LMDB's file.  A fault of the disk ends the program with 70 and
without an answer.  Then the disk is full for a while: a refusal, and the program goes on, by itself,
once there is room.  Afterwards nothing acknowledged is missing, what had no answer is settled by sending it again, and
the store is sound."""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from programs import Client, Programs, full_name
from tap import done, ok

EIO, ENOSPC, EXIT_FAULT, COMMANDS = "5", "28", 70, 12
COMMANDS_MAX, FOR_EVER = 100, 1000000
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FILES = ("redo.log", "data.mdb")
CASES = (
    # file, call, which of them fail, how many one after the other
    ("redo.log", "fdatasync", (1, 2, 5), 1),
    ("redo.log", "pwrite", (1, 2, 5), 1),
    ("data.mdb", "fdatasync", (1, 2, 3, 6), 1),
    ("data.mdb", "fdatasync", (4,), 3),
    ("data.mdb", "pwrite", (1, 2, 5, 9), 1),
)
FULL = (
    # file, call, is it refused?  What finds no room in the redo log is written into LMDB's file.
    ("redo.log", "pwrite", False),
    ("redo.log", "fdatasync", False),
    ("data.mdb", "pwrite", True),
    ("data.mdb", "fdatasync", True),
    ("*", "pwrite", True),
)


def credit_code(number):
    code = "5253%013d" % number
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + ALPHABET[-total % 31]


def agency(number):
    return {"agencyId": "ag-%d" % number, "nameZh": "示例机构", "nameEn": "Example",
            "creditCode": credit_code(number), "regionCode": "5301", "synthetic": True}


def once(client, method, message, id=None):
    """One try, without a second: None where the connection was lost before an answer."""
    headers = {"Content-Type": "application/json", "Connect-Timeout-Ms": "3000",
               "Shegong-Principal": "account=province;person=p-province;role=PROVINCE;region=53"}
    if id:
        headers["Idempotency-Key"] = id
    return client.once("/shegong." + full_name("personnel." + method),
                       json.dumps(message).encode(), headers)


def send(client, number):
    """One try at a command: None where no answer came."""
    answer = once(client, "RegisterAgency", agency(number), "ag-%d" % number)
    return None if answer is None or answer.code in ("unavailable", "deadline_exceeded") else answer


def has_ended(program):
    """Whoever gave no answer may be ending, which takes a moment."""
    try:
        program.wait(timeout=2)
    except subprocess.TimeoutExpired:
        return False
    return True


def wait_up(programs, client):
    """Until personnel answers, or has ended before it could."""
    while programs.running["personnel"].poll() is None:
        got = once(client, "GetAgency", {"agencyId": "ag-0"})
        if got and got.code == "not_found":
            return


def restart_on(programs, file, call, at, times, errno, **more):
    """Restarts personnel on the failing disk; a client of it."""
    programs.stop_one("personnel")
    faults = dict(LD_PRELOAD=os.path.join(programs.build, "libfailing_disk.so"), FAIL_FILE=file,
                  FAIL_CALL=call, FAIL_AT=str(at), FAIL_TIMES=str(times), FAIL_ERRNO=errno, **more)
    programs.env.update(faults)
    programs.start("personnel")
    for name in faults:
        del programs.env[name]
    client = Client(programs.port)
    wait_up(programs, client)
    return client


def fail_once(programs, case, first):
    """Sends on the failing disk; what was acknowledged, refused for room, left without an answer,
    and how the program ended (None: it goes on)."""
    file, call, at, times, errno, carried_out = case
    client = restart_on(programs, file, call, at, times, errno,
                        **({"FAIL_DONE": "1"} if carried_out else {}))
    acknowledged, full, unanswered = [], [], []
    for number in range(first, first + COMMANDS):
        answer = send(client, number)
        if answer is None:
            unanswered.append(number)
            if has_ended(programs.running["personnel"]):
                break
        elif answer.code == "resource_exhausted":
            full.append(number)
        else:
            acknowledged.append(number)
        # Now and then somebody looks, and what was answered is seen (where there is room for it).
        if number % 3 == 0 and acknowledged and errno == EIO:
            got = once(client, "GetAgency", {"agencyId": "ag-%d" % acknowledged[-1]})
            if got and got.code == "not_found":
                raise SystemExit("what was acknowledged is not seen: %d" % acknowledged[-1])
    if full and programs.running["personnel"].poll() is None:
        for number in full:
            resend(client, number)
        acknowledged += full
    client.close()
    return acknowledged, full, unanswered, programs.running["personnel"].poll()


def full_for_a_while(programs, file, call, first):
    """The disk is full from some moment on until somebody makes room: which numbers were acknowledged
    meanwhile or afterwards, whether one was refused for room, and how the program ended."""
    full = os.path.join(programs.env["SHEGONG_DATA"], "full")
    client = restart_on(programs, file, call, 1, FOR_EVER, ENOSPC, FAIL_WHILE=full)
    acknowledged, refused = [], []
    send(client, first)
    # Who asks for it waits until it is in LMDB's file: the disk is not full in the midst of a commit,
    # whose last page it could not take back.
    once(client, "GetAgency", {"agencyId": "ag-%d" % first})
    with open(full, "w"):
        pass
    for number in range(first + 1, first + COMMANDS_MAX):
        answer = send(client, number)
        if answer is None:
            break
        if answer.code == "resource_exhausted":
            refused.append(number)
            break
        acknowledged.append(number)
    os.unlink(full)
    if refused:
        for number in refused + [first]:
            resend(client, number)
    client.close()
    return acknowledged + refused + [first], bool(refused), programs.running["personnel"].poll()


def resend(client, number):
    """With the same id, until it is answered; there is room again after a while."""
    client.ask(full_name("personnel.RegisterAgency"), agency(number), id="ag-%d" % number)


def settle(programs, numbers, unanswered):
    """Restarts on a sound disk; True where every number is there once and the store is sound."""
    programs.stop_one("personnel")
    programs.start("personnel")
    client = Client(programs.port)
    for number in unanswered:
        resend(client, number)
    missing = [n for n in numbers + unanswered
               if client.ask(full_name("personnel.GetAgency"), {"agencyId": "ag-%d" % n}).status != 200]
    proof = client.engine("personnel", "Verify", {}).json()
    client.close()
    return not missing and not proof.get("faults"), "missing %s, faults %s" % (missing, proof.get("faults"))


def main():
    cases = [(file, call, at, times, errno, carried_out)
             for file, call, which, times in CASES for at in which
             for errno, carried_out in ((EIO, False), (EIO, True), (ENOSPC, False))
             if times == 1 or errno == ENOSPC]
    ended = dict.fromkeys(FILES, 0)
    with Programs(sys.argv[1], "2022-03-01") as programs:
        for n, case in enumerate(cases):
            file, call, at, times, errno, carried_out = case
            acknowledged, full, unanswered, status = fail_once(programs, case, 1000 * (n + 1))
            ended[file] += status == EXIT_FAULT
            sound, detail = settle(programs, acknowledged, unanswered)
            name = "%s %d%s of %s fails with %s%s" % (
                call, at, "" if times == 1 else " to %d" % (at + times - 1), file,
                "EIO" if errno == EIO else "ENOSPC", ", though carried out" if carried_out else "")
            what = "70" if status == EXIT_FAULT else "a refusal" if full else "nothing"
            ok(sound and status in (None, EXIT_FAULT) and (len(unanswered) <= 1),
               "%s: it leads to %s, and nothing is lost" % (name, what),
               "%s; ended with %s, unanswered %s, full %s" % (detail, status, unanswered, full))
        for n, (file, call, wanted) in enumerate(FULL):
            acknowledged, refused, status = full_for_a_while(programs, file, call, 500000 + 1000 * n)
            sound, detail = settle(programs, acknowledged, [])
            ok(refused == wanted and status is None and sound,
               "%s finds %s full: %s, and it goes on without a restart" % (
                   call, "the disk" if file == "*" else file,
                   "a refusal until there is room" if wanted else "LMDB's file takes it"),
               "%s; refused %s, ended with %s" % (detail, refused, status))
    for file in FILES:
        ok(ended[file] > 0, "%s: a fault of the disk ended the program with 70 (%d times)" % (
            file, ended[file]))
    done()


main()
