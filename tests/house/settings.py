#!/usr/bin/env python3
"""The tables of settings in README.md are what the programs say.  argv: the build folder."""

import os
import re
import subprocess

import house

BUILD = house.build_dir()
# The heading in README.md, and the programs that must all say the same.
TABLES = {
    "Settings of the gateway": ["gateway"],
    "Settings of a service": list(house.SERVICES),
    "Settings of the command line": ["shegong"],
}


def programs(name):
    """The built programs of that name, whatever folder and prefix the build gives them."""
    for folder, _, names in sorted(os.walk(BUILD)):
        for file in sorted(names):
            path = os.path.join(folder, file)
            if file in (name, "shegong-" + name) and os.access(path, os.X_OK) \
                    and not os.path.isdir(path):
                yield path


def said(path):
    """NAME -> (default, sentence) as the program prints them."""
    out = subprocess.run([path, "--settings"], capture_output=True, text=True, timeout=20)
    lines = [line.split("\t") for line in out.stdout.split("\n") if line]
    if out.returncode or not lines or any(len(line) != 3 for line in lines):
        return None
    return {name: (default, sentence) for name, default, sentence in lines}


def written(heading):
    """NAME -> (default, sentence) of the table under a heading of README.md."""
    section = re.search(r"^#+ %s\b.*?$(.*?)(?=^#|\Z)" % heading, house.read("README.md"),
                        re.M | re.S)
    table = {}
    for line in section.group(1).split("\n") if section else []:
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 3 and cells[0].startswith("`"):
            table[cells[0].strip("`")] = (cells[1].strip("`"), cells[2].replace("\\|", "|"))
    return table


for heading, names in TABLES.items():
    table = written(heading)
    offenders = [] if table else ["README.md has no such table"]
    for name in names:
        found = list(programs(name))
        if not found:
            offenders.append("%s is not built" % name)
        for path in found:
            truth = said(path)
            if truth is None:
                offenders.append("%s --settings prints no table" % path)
                continue
            offenders += ["%s: %s is missing" % (name, s) for s in truth if s not in table]
            offenders += ["%s: %s is nothing it reads" % (name, s) for s in table
                          if s not in truth]
            offenders += ["%s: %s is %r in README, %r in the program" % (name, s, table[s],
                                                                          truth[s])
                          for s in truth if s in table and table[s] != truth[s]]
    house.check("README: %s" % heading, offenders)
house.done()
