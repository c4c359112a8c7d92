#!/usr/bin/env python3
"""What the documents show is what is there: links lead somewhere, quoted code is the code, and the
patches that they show fit."""

import os
import re
import subprocess

import house

documents = house.files("", ".md")

lost = []
for name in documents:
    text = re.sub(r"```.*?```", "", house.read(name), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        path = os.path.join(house.ROOT, os.path.dirname(name), target)
        if "://" not in target and not os.path.exists(path):
            lost.append("%s: %s" % (name, target))
house.check("links between files lead somewhere", lost)

# The map of the tree: the first cell of a row is a path, or several.
lost = []
for name in documents:
    for cell in re.findall(r"^\| (`[^|]*`) \|", house.read(name), re.M):
        for path in re.findall(r"`([\w./-]+/[\w.-]*)`", cell):
            if not os.path.exists(os.path.join(house.ROOT, path)):
                lost.append("%s: %s" % (name, path))
house.check("the folders in tables are there", lost)

# The commands that a document tells to type: those of the tree, and scripts it runs.
lost = []
for name in documents:
    for block in re.findall(r"```sh\n(.*?)```", house.read(name), re.S):
        for path in re.findall(r"^([\w.-]+/[\w./-]+)", block, re.M):
            if not path.startswith("build") and not os.path.isfile(os.path.join(house.ROOT, path)):
                lost.append("%s: %s" % (name, path))
house.check("the commands that are shown are there", lost)

# A block of C that a path in backticks and a colon announce: `services/funding/ledger.c`:
stale = []
for name in documents:
    for path, block in re.findall(r"`([\w./-]+\.[ch])`:\n\n```c\n(.*?)```", house.read(name), re.S):
        if not os.path.isfile(os.path.join(house.ROOT, path)):
            stale.append("%s: there is no %s" % (name, path))
        elif block not in house.read(path):
            stale.append("%s: this is not in %s: %s" % (name, path, block.split("\n")[0]))
house.check("code that a document quotes stands in the file it names", stale)

unfit = []
for name in documents:
    for block in re.findall(r"```diff\n(.*?)```", house.read(name), re.S):
        out = subprocess.run(["git", "apply", "--check", "-"], cwd=house.ROOT,
                             input=block.encode(), capture_output=True)
        if out.returncode:
            unfit += ["%s: %s" % (name, line) for line in out.stderr.decode().strip().split("\n")]
house.check("patches that a document shows fit the tree", unfit)
house.done()
