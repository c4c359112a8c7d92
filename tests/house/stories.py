#!/usr/bin/env python3
"""Every command, query and refusal has its story, and every refusal its sentences."""

import os
import re

import house

told = {folder: house.stories(folder) for folder in house.STORY_FOLDERS}

for service in house.SERVICES:
    try:
        proto = house.Proto(service)
    except FileNotFoundError as missing:
        house.check("%s has a contract" % service, [str(missing)])
        continue
    steps = [s for _, sent in told.values() for s in sent if s.service == service]
    accepted = {s.rpc for s in steps if s.kind != "then" and s.accepted}
    refused = {s.rpc for s in steps if s.kind != "then" and s.refused}
    asked = {s.rpc for s in steps if s.kind == "then"}
    reasons = {s.refused for s in steps if s.refused}.union(*(s.reasons for s in steps))

    commands = sorted(r for r, is_query in proto.rpcs.items() if not is_query)
    queries = sorted(r for r, is_query in proto.rpcs.items() if is_query)
    house.check("%s: each of its %d commands is accepted in a story" % (service, len(commands)),
                [c for c in commands if c not in accepted])
    house.check("%s: each of its commands is refused in a story" % service,
                [c for c in commands if c not in refused])
    house.check("%s: each of its %d queries is asked in a story" % (service, len(queries)),
                [q for q in queries if q not in asked])
    house.check("%s: each of its %d refusals has a story" % (service, len(proto.refusals)),
                [r for r in proto.refusals if r not in reasons])
    house.check("%s: no story sends what the contract does not have" % service,
                ["%s: %s" % (s.where, s.rpc) for s in steps if s.rpc not in proto.rpcs])

    name = "services/%s/refusals.c" % service
    faults, rows = [], {}
    for cells in house.rows(house.read(name), "refusal") if house.files(name, ".c") else []:
        # PERSONNEL__REFUSAL__REFUSAL_CALL_CLOSED, or a short macro: BECAUSE(CALL_CLOSED)
        value = re.search(r"(\w*)\)?$", cells[0]).group(1).rsplit("REFUSAL_", 1)[-1]
        if len(cells) != 5:
            faults.append("%s: %d cells, not 5" % (value, len(cells)))
            continue
        if value in rows:
            faults.append("%s: two rows" % value)
        rows[value] = cells
        if not cells[3] or house.CJK.search(cells[3]):
            faults.append("%s: the English sentence is empty or has Chinese in it" % value)
        if not house.CJK.search(cells[4]):
            faults.append("%s: the Chinese sentence has no Chinese in it" % value)
    faults += ["%s: no row" % v for v in proto.refusals if v not in rows]
    faults += ["%s: the contract does not have it" % v for v in rows if v not in proto.refusals]
    house.check("%s: each refusal has one row with an English and a Chinese sentence" % service,
                faults)

faults, begun = [], set()
for titles, _ in told.values():
    seen = {}
    for title, where in titles:
        name = where.rsplit(":", 1)[0]
        begun.add(name)
        if (name, title) in seen:
            faults.append("%s: %s has this title already: %s" % (where, seen[name, title], title))
        seen[name, title] = where
names = house.files("tests/stories/", ".story")
faults += ["%s: it tells no story" % n for n in names if n not in begun]
faults += ["%s: its folder is none of %s" % (n, ", ".join(house.STORY_FOLDERS))
           for n in names if n.split("/")[2] not in house.STORY_FOLDERS]
house.check("each of the %d files of stories tells one, under titles of its own" % len(names),
            faults)

included = set()
for name in house.files("tests/stories/", ".story", ".inc"):
    for other in re.findall(r"^include (\S+)$", house.read(name), re.M):
        included.add(os.path.normpath(os.path.join(os.path.dirname(name), other)))
house.check("each file of shared steps is included by a story",
            [n for n in house.files("tests/stories/", ".inc") if n not in included])
house.done()
