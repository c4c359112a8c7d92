#!/usr/bin/env python3
"""The two steps of tests/mutate.sh:

    mutate.py prepare TREE [--all] [SERVICE...]   numbers the guards in a copy of the tree
    mutate.py run TREE [--all] [SERVICE...]       takes out one after the other and plays stories

A guard `return REFUSE(WHY, about);` becomes `while (guard_stands(7)) return REFUSE(WHY, about);`:
`while`, since an `else` that follows does not belong to it."""

import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

SERVICES = ("personnel", "stations", "funding", "supervision", "reporting")
HEADER = """#pragma once
#include <stdlib.h>

/* False for the one guard that is taken out: GUARD_OUT=7. */
static inline int guard_stands(int number)
{
	const char *out = getenv("GUARD_OUT");

	return !out || atoi(out) != number;
}
"""

step, tree, words = sys.argv[1], sys.argv[2], sys.argv[3:]
every = "--all" in words
services = [w for w in words if w != "--all"] or SERVICES
where = os.path.join(os.path.dirname(tree), "guards.json")
GUARD = re.compile(r"\breturn (REFUSE\((\w+)|turn_(?:invalid|stale|not_found)\()" if every
                   else r"\breturn (REFUSE\((\w+))")


def prepare():
    guards = []
    for service in services:
        for path in sorted(glob.glob("%s/services/%s/*.c" % (tree, service))):
            with open(path, encoding="utf-8") as file:
                text = file.read()

            def numbered(found):
                line = text.count("\n", 0, found.start()) + 1
                guards.append({"service": service, "reason": found.group(2) or "",
                               "at": "services/%s/%s:%d" % (service, os.path.basename(path), line),
                               "line": text.split("\n")[line - 1].strip()})
                return "while (guard_stands(%d)) %s" % (len(guards) - 1, found.group())

            changed = GUARD.sub(numbered, text)
            with open(path, "w", encoding="utf-8") as file:
                file.write(changed)
    with open(where, "w", encoding="utf-8") as file:
        json.dump(guards, file)
    with open(os.path.join(os.path.dirname(tree), "guard.h"), "w", encoding="utf-8") as file:
        file.write(HEADER)


def plays(number, stories):
    """True where all stories of the file hold."""
    build = os.path.join(os.path.dirname(tree), "build")
    env = dict(os.environ)
    if number is not None:
        env["GUARD_OUT"] = str(number)
    try:
        done = subprocess.run([build + "/story", build + "/shegong.binpb", stories], env=env,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def caught_by(number, guard, texts):
    """The file of stories that misses the guard, or None.  Those that speak of its reason first."""
    for path in sorted(texts, key=lambda p: (guard["reason"] not in texts[p] or not guard["reason"],
                                             os.path.basename(guard["at"]).split(".")[0]
                                             not in os.path.basename(p), p)):
        if not plays(number, path):
            return path
    return None


def run():
    with open(where, encoding="utf-8") as file:
        guards = json.load(file)
    texts = {}
    for service in SERVICES:
        texts[service] = {}
        for path in glob.glob("%s/tests/stories/%s/*.story" % (tree, service)) + \
                glob.glob("%s/tests/stories/whole/*.story" % tree):
            with open(path, encoding="utf-8") as file:
                texts[service][path] = file.read()
    for path in sorted({p for s in services for p in texts[s]}):
        if not plays(None, path):
            sys.exit("%s does not hold with all guards in place" % path)
    missed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(caught_by, n, g, texts[g["service"]]) for n, g in enumerate(guards)]
        for n, (guard, job) in enumerate(zip(guards, jobs)):
            if job.result() is None:
                missed += 1
                print("nobody missed %s: %s" % (guard["at"], guard["line"]))
            if n % 50 == 49:
                print("%d of %d guards" % (n + 1, len(guards)))
            sys.stdout.flush()
    print("%d passed, %d failed" % (len(guards) - missed, missed))
    sys.exit(1 if missed else 0)


{"prepare": prepare, "run": run}[step]()
