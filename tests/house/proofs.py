#!/usr/bin/env python3
"""A table of what is asked of Shegong, each with the story that proves it: the rules of the book,
the workflows across the services, and the acceptance tests taken from what went wrong elsewhere.

    tests/house/proofs.py            the table; exit status 1 where a line has no story
    tests/house/proofs.py --all      with every story, not the first ones only"""

import re
import sys

import house

WORKFLOWS = {
    "W1": "from the selection to the money",
    "W2": "a change of what was agreed",
    "W3": "from a finding to its answer",
    "W4": "from the evaluation to the next year",
    "W5": "a station, its posts and its workers",
    "W6": "a supervisor's line",
}
TESTS = {
    "1": "no entitlement before its agreement is in force",
    "2": "no decision before the level below has had its say",
    "3": "what was refused has changed nothing, and returns as a new revision only",
    "4": "an edit after submission begins the approvals again",
    "5": "of two writers of one record the second is told",
    "6": "an approval sent twice has one effect and one answer",
    "7": "one act, one event of each kind",
    "8": "a follower that was down for days loses nothing, in order",
    "9": "who approved is stored always, and shown at his level and above",
    "10": "who is replaced keeps his dates: both postings in history",
}
SHOWN = 2

rules = dict(re.findall(r"^## ([AB]\d+) · (.+?)(?: / .*)?$", house.read("services/RULES.md"), re.M))
asked = [("rule", r, rules.get(r, "")) for r in
         ["A%d" % n for n in range(1, 17)] + ["B%d" % n for n in range(1, 41)]]
asked += [("workflow", w, words) for w, words in WORKFLOWS.items()]
asked += [("test", t, words) for t, words in TESTS.items()]

proofs = {}
for folder in house.STORY_FOLDERS:
    for title, where in house.stories(folder)[0]:
        for mark in house.marks(title) or []:
            proofs.setdefault(mark, []).append((where.split("tests/stories/")[1], title))

missing = 0
for kind, number, words in asked:
    found = proofs.get((kind, number), [])
    missing += not found
    name = number if kind != "test" else "test " + number
    print("%-8s %-62s %s" % (name, words, "%d stories" % len(found) if found else "NONE"))
    for where, title in found if "--all" in sys.argv else found[:SHOWN]:
        print("           %-44s %s" % (where, re.sub(r" \([^()]*\)$", "", title)))
print("%d asked, %d without a story" % (len(asked), missing))
for kind, number in sorted(set(proofs) - {(k, n) for k, n, _ in asked}):
    missing += 1
    print("nobody asks for %s %s: %s" % (kind, number, proofs[kind, number][0][0]))
sys.exit(1 if missing else 0)
