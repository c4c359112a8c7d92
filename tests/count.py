#!/usr/bin/env python3
"""Counts the subtests of a `meson test` run: count.py testlog.json FAILURES

A line for each suite, then a last line "PASSED FAILED".  What failed is appended to FAILURES, each
with what it says."""

import json
import re
import sys

SAID_MAX = 12  # lines of each failure


def complaints(run, name):
    """What failed of one program: "NAME: not ok ..." and the lines below it."""
    lines = [line for line in run.get("stdout", "").splitlines() if not re.match(r" *ok \d+", line)]
    found = [i for i, line in enumerate(lines) if line.startswith("not ok")]
    for i in found:
        said = 1
        while i + said < len(lines) and lines[i + said].startswith("#") and said < SAID_MAX:
            said += 1
        yield ["%s: %s" % (name, lines[i])] + lines[i + 1:i + said]
    if not found:
        said = (lines + run.get("stderr", "").rstrip().splitlines())[-SAID_MAX:]
        yield ["%s: %s after %.0f s" % (name, run["result"], run["duration"])] + said


passed = failed = 0
suites = {}
with open(sys.argv[2], "a", encoding="utf-8") as failures:
    for line in open(sys.argv[1], encoding="utf-8"):
        run = json.loads(line)
        text = run.get("stdout", "")
        ok = len(re.findall(r"^ok \d+", text, re.M))
        not_ok = len(re.findall(r"^not ok \d+", text, re.M))
        if run["result"] not in ("OK", "SKIP") and not_ok == 0:
            not_ok = 1  # it died, or ran fewer than it planned
        if not_ok:
            for lines in complaints(run, run["name"].replace("shegong:", "")):
                print("\n".join(lines), file=failures)
        name = re.sub(r" /.*", "", run["name"]).replace("shegong:", "").replace("shegong", "base, engine")
        suites.setdefault(name, [0, 0])
        suites[name][0] += ok
        suites[name][1] += not_ok
        passed += ok
        failed += not_ok
for name, (ok, not_ok) in sorted(suites.items()):
    print(f"{name:44} {ok:5d} passed {not_ok:4d} failed")
print(passed, failed)
