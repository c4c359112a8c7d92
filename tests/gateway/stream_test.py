#!/usr/bin/env python3
"""The stream of events, of the five services: stream_test.py BUILD_DIR"""

import http.client
import json
import os
import shutil
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "faults"))

from load import credit_code  # noqa: E402
from programs import Client, Programs, full_name  # noqa: E402
from sse import PROVINCE, Gone, Stream  # noqa: E402
from tap import done, ok, same  # noqa: E402
from wire import lists  # noqa: E402

FOLLOW = "POST /shegong.events.v1.EventsService/Follow HTTP/1.1"
number = 0


def register(client, region="5331"):
    """A new agency; its id and the position of the answer."""
    global number
    number += 1
    id = "ag-%d" % number
    answer = client.ask(full_name("personnel.RegisterAgency"), {
        "agency_id": id, "name_zh": "机构\r\n二", "name_en": "Agency", "synthetic": True,
        "credit_code": credit_code(number), "region_code": region}, id="cmd-%d" % number)
    assert answer.status == 200, answer.data
    return id, answer.position


def checkpoint(stream, reached):
    """The first checkpoint from which on it is reached."""
    while True:
        got = stream.next()
        if got.kind == "checkpoint" and reached(got.data):
            return got


def subjects(stream, n):
    got = [stream.event() for _ in range(n)]
    return [m and m.data.get("subject", m) for m in got]


def refusals(port):
    for query, reason in (
            ("last_event_id=abc", "CURSOR_MALFORMED"), ("last_event_id=", "CURSOR_MALFORMED"),
            ("tpye=CallOpened", "PARAMETER_MALFORMED"), ("from=then", "PARAMETER_MALFORMED"),
            ("type=", "PARAMETER_MALFORMED"), ("region=53a", "PARAMETER_MALFORMED"),
            ("from=now&after=stations=1", "PARAMETER_MALFORMED"), ("type=%zz", "PARAMETER_MALFORMED"),
            ("after=stations", "AFTER_MALFORMED"), ("after=stations=1,stations=2", "AFTER_MALFORMED"),
            ("after=nobody=1", "AFTER_MALFORMED")):
        stream = Stream(port, query)
        same((stream.status, stream.error["details"][0]["debug"]["reason"]), (400, reason),
             "refused: " + query)
        stream.close()
    stream = Stream(port, who=None)
    same((stream.status, stream.error["code"]), (401, "unauthenticated"), "nobody gets no stream")
    good = Stream(port).next().id
    for i in (0, len(good) // 2, len(good) - 1):
        bad = good[:i] + ("A" if good[i] != "A" else "B") + good[i + 1:]
        stream = Stream(port, cursor=bad)
        same(stream.status, 400, "a cursor changed at character %d is none" % i)
    same(Stream(port, cursor=good[:-1]).status, 400, "nor is one that is cut")


def begins(port, client):
    stream = Stream(port)
    same((stream.status, stream.headers["content-type"]), (200, "text/event-stream"), "a stream")
    first = stream.next()
    ok(first.kind == "checkpoint" and 2000 <= int(first.retry) < 5000 and first.id
       and set(first.data["positions"]) == {"personnel", "stations", "funding", "supervision", "reporting"},
       "it begins with a checkpoint: where it stands, and when to come again", first)
    id, position = register(client)
    got = stream.event()
    e = got.data
    same((e["specversion"], e["type"], e["source"], e["subject"], e["regioncode"], e["commandid"], e["datacontenttype"]),
         ("1.0", "shegong.personnel.v1.AgencyRegistered", "/shegong/personnel", id, "5331", "cmd-%d" % number, "application/json"),
         "an event is a CloudEvent")
    same((e["id"], e["sequence"]), ("personnel:" + position.split("=")[1], position.split("=")[1].zfill(20)), "its number is that of the answer")
    same(e["data"]["agency"]["nameZh"], "机构\r\n二", "its data is what happened, whatever is in it")
    ok(e["time"].endswith("Z") and e["date"] == "2022-09-01", "with its time and its business date", e)
    more = [register(client)[0] for _ in range(3)]
    same(subjects(stream, 3), more, "what comes, comes in order")
    stream.close()
    return got.id, more


def positions_of_overview(port):
    """What Shegong-Seen says of an answer of reporting."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/shegong.reporting.v1.ReportingService/ListAlerts?connect=v1&encoding=json",
                       headers={"Shegong-Principal": PROVINCE})
    seen = connection.getresponse().getheader("shegong-seen")
    return dict(p.split("=") for p in (seen or "").split(",") if p)


def resumes(port, client, cursor, more):
    same(subjects(Stream(port, cursor=cursor), 3), more, "a cursor goes on behind its event")
    same(subjects(Stream(port, "last_event_id=" + cursor), 3), more, "also in the query")
    same(subjects(Stream(port, "from=start", cursor=cursor), 3), more, "the header comes before the query")
    stream = Stream(port, "from=start&type=Agency")
    got = subjects(stream, number)
    same(got, ["ag-%d" % (i + 1) for i in range(number)], "from=start tells all that was")
    id, position = register(client)
    same(stream.event().data["subject"], id, "and goes on with what comes")
    last = stream.next(0.3)
    ok(last is None or last.kind == "checkpoint", "nothing twice", last)
    other, _ = register(client)
    same(subjects(Stream(port, "after=" + position), 1), [other], "after=position goes on behind the answer of a command")
    listed = client.ask(full_name("personnel.ListAgencies"), {"page_size": 1000})
    tail = Stream(port, "after=" + listed.position)
    tail.next()
    late, _ = register(client)
    same(subjects(tail, 1), [late], "a list and the stream behind it fit together")
    seen = positions_of_overview(port)
    same(sorted(seen), ["funding", "personnel", "reporting", "stations", "supervision"], "an overview says how far it has seen all journals")
    same(Stream(port, "after=" + ",".join("%s=%s" % p for p in seen.items())).next().data["positions"], seen, "and the stream begins behind that")
    ahead = Stream(port, "after=personnel=%d" % (int(position.split("=")[1]) + 3))
    ids = [register(client)[0] for _ in range(2)]
    same(subjects(ahead, 1), ids[1:], "a position that is not there yet is waited for")


def filters(port, client):
    first = Stream(port).next().id
    here, _ = register(client, "5331")
    there, _ = register(client, "5329")
    head = client.status("personnel")["head"]["sequence"]
    for query, expected in (
            ("type=AgencyReg", [here, there]), ("type=shegong.personnel.v1.Agency", [here, there]),
            ("type=Call&type=Agency", [here, there]), ("subject=" + there, [there]),
            ("region=5331", [here]), ("region=5331&subject=" + there, []), ("type=CallOpened", []),
            ("source=stations", []), ("source=/shegong/personnel&region=5329", [there])):
        same(all_subjects(Stream(port, query, cursor=first), head), expected, "filter " + query)
    stream = Stream(port, "type=CallOpened", cursor=first)
    seen = checkpoint(stream, lambda at: at["positions"]["personnel"] == head)
    ok(seen.id != first, "a checkpoint moves the cursor where the filter lets nothing through", seen)
    audit = "account=a;person=p-a;role=%s"
    for who, expected in ((audit % "COUNTY;region=5331", [here]), (audit % "AUDITOR;region=53", [here, there]),
                          (audit % "COUNTY;region=44", []), (audit % "AGENCY;region=53;agency=other", [])):
        same(all_subjects(Stream(port, cursor=first, who=who), head), expected, "scope of " + who)


def all_subjects(stream, head):
    """What the events are about that come before a checkpoint says that personnel was read to its head."""
    got = []
    while (m := stream.next()) and not (m.kind == "checkpoint" and m.data["positions"]["personnel"] == head):
        if m.kind == "message":
            got.append(m.data["subject"])
    stream.close()
    return got


def envelope(stream, passing=None):
    """The next envelope, behind those that passing is true for."""
    while True:
        flags, size = struct.unpack(">BI", stream.bytes(5))
        data = stream.bytes(size)
        if not passing or not passing(flags, data):
            return flags, data


def json_checkpoint(flags, data):
    return flags == 0 and "checkpoint" in json.loads(data)


def packed_checkpoint(flags, data):
    return flags == 0 and 3 in lists(data)


def connect_stream(port, client):
    def follow(message, kind="json", headers=()):
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        body = b"\0" + struct.pack(">I", len(body)) + body
        return Stream(port, request=FOLLOW, body=body, headers=(
            "Content-Type: application/connect+" + kind, "Content-Length: %d" % len(body), *headers))

    cursor = Stream(port).next().id
    id, _ = register(client)
    stream = follow({"cursor": cursor, "types": ["Agency"]})
    same(stream.headers["content-type"], "application/connect+json", "Follow answers in its codec")
    flags, data = envelope(stream)
    first = json.loads(data)
    ok(flags == 0 and first["cursor"] and "checkpoint" in first, "it begins with a checkpoint, too", data)
    flags, data = envelope(stream, json_checkpoint)
    e = json.loads(data)["event"]
    same((flags, e["subject"], e["type"], e["personnel"]["agencyRegistered"]["agency"]["agencyId"]),
         (0, id, "shegong.personnel.v1.AgencyRegistered", id), "an event with its message")
    stream.close()
    stream = follow(b"", "proto")
    flags, data = envelope(stream)
    ok(flags == 0 and data[0] == 0x0a and cursor[:8].encode() in data, "in protobuf as well", data)
    id, _ = register(client)
    flags, data = envelope(stream, packed_checkpoint)
    ok(flags == 0 and id.encode() in data and b"shegong.personnel.v1.AgencyRegistered" in data, "with the event packed", data)
    stream.close()
    stream = follow({"cursor": "abc"})
    flags, size = struct.unpack(">BI", stream.body[:5])
    same((stream.status, flags, json.loads(stream.body[5:])["error"]["code"]), (200, 2, "invalid_argument"), "a refusal is the last envelope")
    stream = follow({}, headers=["Connect-Timeout-Ms: 300"])
    flags, data = envelope(stream, json_checkpoint)
    same((flags, json.loads(data)["error"]["code"]), (2, "deadline_exceeded"), "a deadline ends the stream")


def faults(programs, client):
    port = programs.port
    stream = Stream(port)
    stream.next()
    programs.kill("personnel")
    ok(checkpoint(stream, lambda at: at.get("unreachable") == ["personnel"]),
       "a checkpoint names who does not answer")
    before = stream.next().id
    programs.start("personnel")
    id, _ = register(client)
    same(subjects(stream, 1), [id], "a service that was killed is followed again")

    bye = None
    programs.running["gateway"].terminate()
    try:
        while not bye:
            m = stream.next()
            bye = m if m.kind == "bye" else None
        stream.next()
        ended = False
    except Gone as gone:
        ended = gone.ended
    ok(bye and 2000 <= int(bye.retry) < 5000 and ended, "a gateway that stops says goodbye, and ends in good order", bye)
    same(programs.running["gateway"].wait(10), 0, "it stops")
    programs.start("gateway")
    programs.wait_ready()
    client.close()
    other, _ = register(client)
    same(subjects(Stream(port, cursor=bye.id), 1), [other], "the cursor is good for the next gateway")
    same(subjects(Stream(port, cursor=before), 2), [id, other], "and an older one, too")


def copy_store(programs, name, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(os.path.join(programs.folder, "store", name), to)


def restored(programs, client):
    port, store = programs.port, os.path.join(programs.folder, "store", "personnel")
    kept = os.path.join(programs.folder, "kept")
    programs.stop_one("personnel")
    copy_store(programs, "personnel", kept)
    programs.start("personnel")
    head = client.status("personnel")["head"]["sequence"]
    for _ in range(3):
        register(client)
    live = Stream(port)
    cursor = checkpoint(live, lambda at: int(at["positions"]["personnel"]) == int(head) + 3).id
    programs.stop_one("personnel")
    shutil.rmtree(store)
    shutil.copytree(kept, store)
    programs.start("personnel")
    got = live.event()
    same((got.kind, got.data), ("reset", {"source": "personnel", "reason": "other_journal", "sequence": head}),
         "an older store that was put back is told to who listens")
    late = Stream(port, cursor=cursor)
    got = late.event()
    same((got.kind, got.data), ("reset", {"source": "personnel", "reason": "ahead_of_journal", "sequence": head}),
         "and to who comes with a cursor from before")
    again, _ = register(client)
    same((subjects(live, 1), subjects(late, 1)), ([again], [again]), "both go on from there")
    same(subjects(Stream(port, cursor=got.id), 1), [again], "with a cursor that holds")

    programs.stop_one("personnel")
    shutil.rmtree(store)
    programs.start("personnel")
    got = live.event()
    same((got.kind, got.data["reason"], got.data["source"]), ("reset", "other_journal", "personnel"), "a new store is another journal")
    got = Stream(port, cursor=cursor).event()
    same((got.kind, got.data["reason"]), ("reset", "other_journal"), "for a cursor from before as well")


def main():
    programs = Programs(sys.argv[1], "2022-09-01")
    programs.env["SHEGONG_CHECKPOINT_MS"] = "300"
    with programs:
        client = Client(programs.port)
        checkpoint(Stream(programs.port), lambda at: len(at["positions"]) == 5)
        refusals(programs.port)
        cursor, more = begins(programs.port, client)
        resumes(programs.port, client, cursor, more)
        filters(programs.port, client)
        connect_stream(programs.port, client)
        faults(programs, client)
        restored(programs, client)
    done()


main()
