#!/usr/bin/env python3
"""What every office is told outside the services: outside_test.py BUILD_DIR

While a year is played, each office, above, in, beneath and beside where it happens and of one agency and
another, listens to the gateway; afterwards it asks again from the first event on, and by Connect's
Follow.  Each must have been told of exactly the events whose every record the matrix lets it see.  Then
lists are exported, and hold what the matrix lets him see who asks; and what is computed is asked for: it
names no record that he may not see, and an office of another province learns no figure."""

import csv
import json
import os
import shutil
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "faults"), os.path.join(HERE, "..", "gateway")]

from programs import Client, Programs, full_name  # noqa: E402
from sse import Stream  # noqa: E402
from tap import done, ok, same  # noqa: E402
from world import ROLES, SERVICES, Matrix, Who, camel, play  # noqa: E402

FOLLOW = "POST /shegong.events.v1.EventsService/Follow HTTP/1.1"
# A province, one of its prefectures, two counties of that, a town; another prefecture; the others' like.
REGIONS = ("53", "5331", "533102", "533103", "533102102", "5325", "44", "440703101")
AGENCYS = ("agency", "worker", "supervisor", "evaluator")
PEOPLE = ("nobody", "w1", "w6")


def everybody():
    for role in ROLES:
        for n, region in enumerate(REGIONS):
            agencies = ("ag-1", "ag-2") if role == "agency" else ("", "ag-1", "ag-2") if role in AGENCYS else ("",)
            for agency in agencies:
                yield Who(role, region, agency, PEOPLE[(n + len(agency)) % 3])


def heads(client):
    return {s: int(client.status(s)["head"]["sequence"]) for s in SERVICES}


def told(stream, heads):
    """All that it tells, by id, until it has come to the heads."""
    got = {}
    while True:
        message = stream.next()
        if message.kind == "checkpoint":
            if all(int(message.data["positions"][s]) >= heads[s] for s in heads):
                return got
            continue
        assert message.data["id"] not in got, "twice"
        source, _, sequence = message.data["id"].rpartition(":")
        # What a service decided of its own accord after the heads were asked for is another time's.
        if int(sequence) <= heads[source]:
            got[message.data["id"]] = (message.data["type"], message.data["data"])


def followed(port, who, heads):
    """The same by Follow: the ids."""
    body = json.dumps({"fromStart": True}).encode()
    body = b"\0" + struct.pack(">I", len(body)) + body
    stream = Stream(port, who=who.header(), request=FOLLOW, body=body, headers=(
        "Content-Type: application/connect+json", "Content-Length: %d" % len(body)))
    got = set()
    while True:
        _, size = struct.unpack(">BI", stream.bytes(5))
        message = json.loads(stream.bytes(size))
        if "checkpoint" in message:
            at = {p["source"]: int(p.get("sequence", 0)) for p in message["checkpoint"]["positions"]}
            if all(at[s] >= heads[s] for s in heads):
                stream.close()
                return got
        elif "event" in message:
            got.add("%s:%s" % (message["event"]["source"], message["event"]["sequence"]))


def compare(matrix, who, all, got):
    """Whom it was told too much, or too little: what of."""
    wrong = []
    for id, of in all.items():
        if matrix.sees_event(who, *of) != (id in got):
            wrong.append("%r %s %s" % (who, "is told of" if id in got else "is not told of", of[0]))
    return wrong


# --- Lists, and tables of them -----------------------------------------------------------------------


def listed(client, rpc, who):
    """The records that a list gives, and the list's field; None where it is refused."""
    answer = client.ask(full_name(rpc), {"page_size": 1000}, who=who.header())
    if answer.status != 200:
        return None
    lists = [v for v in answer.json().values() if isinstance(v, list)]
    return lists[0] if lists else []


def exported(programs, rpc, who, path):
    """The rows of shegong export."""
    argv = [os.path.join(programs.build, "shegong"), "export", rpc, path, "--as", who.header()]
    # On a busy machine a service may not be reached in time: nothing was sent, and one asks again.
    for _ in range(5):
        got = subprocess.run(argv, env=programs.env, capture_output=True, text=True)
        if "SERVICE_UNREACHABLE" not in got.stderr:
            break
    if got.returncode != 0:
        return None, got.stderr
    with open(path, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    os.remove(path)
    return rows, ""


def exports(programs, client, matrix):
    """Every list by every role, each time from another place, so that each role has asked from all of them.
    That a list is right for every role in every place together is access_test's: an export is a list, page
    by page, made a table."""
    wide = [Who(role) for role in ("ministry", "province", "project-office", "auditor", "administrator", "dashboard")]
    wide += [Who("agency", "53", a) for a in ("ag-1", "ag-2")]
    of_role = {role: [who for who in everybody() if who.role == role] for role in ROLES}
    wrong, n_rows, asked = [], 0, []
    for i, (rpc, row) in enumerate(sorted(matrix.rpcs.items())):
        if row["kind"] != "list":
            continue
        table = rpc.split(".")[0] + "." + row["what"]
        id = matrix.ids[table]
        all = {}
        for who in wide:
            for record in listed(client, rpc, who) or []:
                all[record[camel(id)]] = record
        for r, role in enumerate(ROLES):
            who = of_role[role][(i * 5 + r) % len(of_role[role])]
            asked.append((rpc, row, who, table, id, all))

    def export(number):
        rpc, _, who, *_ = asked[number]
        return exported(programs, rpc, who, os.path.join(programs.folder, "table-%d.csv" % number))

    with ThreadPoolExecutor(4) as pool:
        for (rpc, row, who, table, id, all), (rows, why) in zip(asked, pool.map(export, range(len(asked)))):
            if who.role not in row["offices"]:
                if rows is not None:
                    wrong.append("%s: %r: should be refused" % (rpc, who))
                continue
            sees = {k for k, record in all.items() if matrix.sees(who, table, record)}
            got = {r[id] for r in rows} if rows is not None else why
            n_rows += len(sees)
            if got != sees and not (rows is None and not sees and "table" in why):
                wrong.append("%s: %r: %r, not %r" % (rpc, who, got, sees))
    relations = {(who.role, who.region, who.agency) for _, _, who, *_ in asked}
    same(len(relations), len({(who.role, who.region, who.agency) for who in everybody()}), "every list is exported by every role, and by each from everywhere")
    ok(not wrong, "%d exports hold the %d records that the matrix lets him see who asks" % (len(asked), n_rows), "\n".join(wrong[:40]))


# --- What is computed --------------------------------------------------------------------------------


def leaves(value):
    """The texts and figures in an answer."""
    if isinstance(value, (dict, list)):
        for v in value.values() if isinstance(value, dict) else value:
            yield from leaves(v)
    else:
        yield value


def questions(client, matrix, rpc, values):
    """Requests that somebody is answered with something: by what the world's records say of such fields."""
    service, name = rpc.split(".")
    fields = [f for f, type in matrix.messages.get("shegong.%s.v1.%sRequest" % (service, name), {}).items() if f in values]
    tried = [{}] + [{f: values[f][min(i, len(values[f]) - 1)] for f in fields} for i in range(3)]
    tried += [{f: v} for f in fields for v in values[f][:3]]
    found = []
    for body in tried:
        for role in matrix.rpcs[rpc]["offices"] - {"dashboard"}:
            answer = client.ask(full_name(rpc), body, who=Who(role, agency="ag-1" if role == "agency" else "").header())
            if answer.status == 200:
                if any(leaves(answer.json())) and body not in found:
                    found.append(body)
                break
    return found[:4]


def answers(client, matrix, all):
    known = {}
    for type, data in all.values():
        for table, record in matrix.carried(type, data):
            known[table, record.get(camel(matrix.ids[table]))] = record
    values = {}
    for record in known.values():
        for field, value in record.items():
            if isinstance(value, str) and value not in values.setdefault(field, []):
                values[field].append(value)
    ids = {id for _, id in known if id}
    askers = [who for who in everybody() if who.role in ("county", "prefecture", "agency", "province", "worker", "auditor")]
    seen_by = {}
    for who in askers:
        seen = [r for (table, _), r in known.items() if matrix.sees(who, table, r)]
        seen_by[repr(who)] = {v for r in seen for v in leaves(r)}
    wrong, asked, silent = [], 0, []
    for rpc, row in sorted(matrix.rpcs.items()):
        if row["kind"] != "answer":
            continue
        bodies = questions(client, matrix, rpc, values)
        if not bodies:
            silent.append(rpc)
        for body in bodies:
            for who in askers:
                if who.role not in row["offices"]:
                    continue
                answer = client.ask(full_name(rpc), body, who=who.header())
                asked += 1
                if answer.status != 200:
                    continue
                got = set(leaves(answer.json())) - set(body.values())
                for id in got & ids - seen_by[repr(who)]:
                    wrong.append("%s %r: %r learns of %s" % (rpc, body, who, id))
                # The year of the business date is everybody's.
                figures = {v for v in got - {2022} if not isinstance(v, bool) and str(v).lstrip("-").isdigit() and int(v)}
                if who.region.startswith("44") and figures:
                    wrong.append("%s %r: %r learns %r" % (rpc, body, who, sorted(figures, key=str)))
    print("# %d computed answers; there was nothing to compute for %s" % (asked, ", ".join(silent)))
    ok(asked > 500 and not wrong, "what is computed tells of no record that the matrix hides", "\n".join(wrong[:60]))


def main():
    build = sys.argv[1]
    matrix = Matrix()
    programs = Programs(build, "2022-05-01")
    programs.env.update(SHEGONG_RATE_ACCOUNT="0", SHEGONG_RATE_ADDRESS="0", SHEGONG_CHECKPOINT_MS="250",
                        SHEGONG_STREAM_BYTES="4194304", SHEGONG_MAP_MIB="256")
    try:
        with programs:
            client = Client(programs.port)
            first = sum(heads(client).values())
            listening = [(who, Stream(programs.port, who=who.header(), timeout=60)) for who in everybody()]
            play(programs, client, full_name, "whole/money-to-its-end.story")
            at = heads(client)
            live = [(who, told(stream, at)) for who, stream in listening]
            for _, stream in listening:
                stream.close()
            all = {id: of for _, got in live for id, of in got.items()}
            same(len(all) + first, sum(at.values()), "%d offices listened, and no event was for none of them" % len(live))
            wrong = [w for who, got in live for w in compare(matrix, who, all, got)]
            ok(not wrong, "while it happens, each is told of what the matrix says, and of nothing else", "\n".join(wrong[:40]))
            wrong, n = [], 0
            for who, _ in live[::3]:
                wrong += compare(matrix, who, all, told(Stream(programs.port, "from=start", who=who.header()), at))
            ok(not wrong, "... and so it is when it is read afterwards", "\n".join(wrong[:40]))
            wrong = []
            for who, _ in live[1::3]:
                wrong += compare(matrix, who, all, followed(programs.port, who, at))
            ok(not wrong, "... and by Follow", "\n".join(wrong[:40]))
            exports(programs, client, matrix)
            answers(client, matrix, all)
            print("# %d events, %d kinds" % (len(all), len({of[0] for of in all.values()})))
    finally:
        shutil.rmtree(programs.folder, ignore_errors=True)
    done()


main()
