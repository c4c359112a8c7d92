#!/usr/bin/env python3
"""Counts the subtests of a `meson test` run: count.py testlog.json

A line for each suite, then a last line "PASSED FAILED"."""

import json
import re
import sys

passed = failed = 0
suites = {}
for line in open(sys.argv[1], encoding="utf-8"):
    run = json.loads(line)
    text = run.get("stdout", "")
    ok = len(re.findall(r"^ok \d+", text, re.M))
    not_ok = len(re.findall(r"^not ok \d+", text, re.M))
    if run["result"] not in ("OK", "SKIP") and not_ok == 0:
        not_ok = 1  # it died, or ran fewer than it planned
    name = re.sub(r" /.*", "", run["name"]).replace("shegong:", "").replace("shegong", "base, engine")
    suites.setdefault(name, [0, 0])
    suites[name][0] += ok
    suites[name][1] += not_ok
    passed += ok
    failed += not_ok
for name, (ok, not_ok) in sorted(suites.items()):
    print(f"{name:44} {ok:5d} passed {not_ok:4d} failed")
print(passed, failed)
