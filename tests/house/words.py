#!/usr/bin/env python3
"""Everything that is shown by a name of the contract has a word for it in both languages: the values
of all enums, and the fields of all that a query answers (gateway/words.csv).

    tests/house/words.py            the check
    tests/house/words.py --missing  the rows that are missing, ready to be filled in"""

import csv
import io
import re
import sys

import house

FIELD = re.compile(r"^\s*(repeated\s+)?([\w.]+)\s+(\w+)\s*=\s*\d+\s*[;\[]", re.M)
# Not read by people: where a page goes on, what a machine compares.
UNSEEN = {"next_page_token"}
# These name or part the other language's words.
OTHER_LANGUAGE = {"dashboard.other_language", "dashboard.comma"}
# The engine's own messages are read by programs; of its enums people see these.
ENGINE_ENUMS = ("Role",)


def blocks(text, keyword):
    """name -> body of each top-level message or enum."""
    found = {}
    for m in re.finditer(r"^%s (\w+) \{(.*?)^\}" % keyword, text, re.M | re.S):
        found[m.group(1)] = m.group(2)
    return found


values, fields, events = [], {}, {"DayBegan"}
for service in house.SERVICES:
    text = house.code_only(house.read("proto/shegong/%s/v1/%s.proto" % (service, service)))
    for name, body in blocks(text, "enum").items():
        if name != "Refusal":
            values += [v for v in re.findall(r"^\s*(\w+) = \d+;", body, re.M)
                       if not v.endswith("_UNSPECIFIED")]
    messages = blocks(text, "message")
    events |= set(re.findall(r"^\s*(\w+) \w+ = \d+;", messages[service.capitalize() + "Event"], re.M))
    waiting = re.findall(r"returns\s*\((\w+)\)\s*\{[^}]*NO_SIDE_EFFECTS", text)
    seen = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in messages:
            continue
        seen.add(name)
        for _, kind, field in FIELD.findall(messages[name]):
            waiting.append(kind.split(".")[-1])
            if field not in UNSEEN:
                fields.setdefault(field, "%s.%s" % (service, name))
text = house.code_only(house.read("proto/shegong/engine/v1/envelope.proto"))
for name, body in blocks(text, "enum").items():
    if name in ENGINE_ENUMS:
        values += [v for v in re.findall(r"^\s*(\w+) = \d+;", body, re.M)
                   if not v.endswith("_UNSPECIFIED")]

rows = {row["key"]: row for row in csv.DictReader(io.StringIO(house.read("gateway/words.csv")))}
missing_values = [v for v in dict.fromkeys(values) if v not in rows]
missing_fields = [f for f in fields if f not in rows]
if "--missing" in sys.argv:
    for key in missing_values:
        print("%s,," % key)
    for key in missing_fields:
        print("%s,,  # %s" % (key, fields[key]))
    sys.exit(0)

# The dashboard's own sentences are named in its sources as say("name"); where a part of the name is
# filled in, what stands before it counts.
pages = "".join(house.read(f) for f in house.files("gateway/dashboard/src", ".ts", ".tsx"))
said = set(re.findall(r'(?:\bsay\(|, )"(\w+)"', pages)) | set(re.findall(r'"dashboard\.(\w+)"', pages))
said |= {m for call in re.findall(r"\bsay\(([^()]*\?[^()]*)\)", pages) for m in re.findall(r'"(\w+)"', call)}
said_from = tuple(re.findall(r"\bsay\(`(\w+)\$\{", pages) + re.findall(r"`dashboard\.(\w+)\$\{", pages))
missing_said = sorted(set(re.findall(r'(?:\bsay\("|"dashboard\.)(\w+)"', pages)) - {k.partition(".")[2] for k in rows})
missing_events = sorted(e for e in events if "event." + e not in rows)

used = set(values) | set(fields) | {"summary"}
faults = []
for key, row in rows.items():
    first, _, bare = key.rpartition(".")
    if not row["en"] or house.CJK.search(row["en"]) and key not in OTHER_LANGUAGE:
        faults.append("%s: the English word is empty or has Chinese in it" % key)
    if not house.CJK.search(row["zh"] or "") and key not in OTHER_LANGUAGE:
        faults.append("%s: the Chinese word has no Chinese in it" % key)
    if first == "event":
        if bare not in events:
            faults.append("%s: there is no such event" % key)
    elif first == "dashboard":
        if bare not in said and not bare.startswith(said_from):
            faults.append("%s: the dashboard does not say it" % key)
    elif bare not in used and first not in fields:
        faults.append("%s: the contract does not have it" % key)
house.check("each of the %d words is told in both languages, and is used" % len(rows), faults)
house.check("each of the %d values of enums has its word" % len(set(values)), missing_values)
house.check("each of the %d fields that a query answers has its word" % len(fields),
            ["%s (%s)" % (f, fields[f]) for f in missing_fields])
house.check("each sentence of the dashboard is there", missing_said)
house.check("each of the %d events has its word" % len(events), missing_events)
house.done()
