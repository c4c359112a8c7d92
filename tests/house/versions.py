#!/usr/bin/env python3
"""The libraries of this machine are not older than deploy/minimum-versions.txt asks."""

import shutil
import subprocess

import house

floors, malformed = [], []
for number, line in enumerate(house.read("deploy/minimum-versions.txt").split("\n"), 1):
    words = line.split("#")[0].split()
    if len(words) == 2:
        floors.append(words)
    elif words:
        malformed.append("line %d: %s" % (number, line))
house.check("deploy/minimum-versions.txt has a package and a version on each line", malformed)

for package, floor in floors:
    title = "%s is at least %s" % (package, floor)
    if not shutil.which("dpkg-query"):
        house.skip(title, "this is not a Debian machine")
        continue
    there = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package],
                           capture_output=True, text=True).stdout
    enough = there and subprocess.run(
        ["dpkg", "--compare-versions", there, "ge", floor]).returncode == 0
    house.check(title, [] if enough else ["here: %s" % (there or "not installed")])
house.done()
