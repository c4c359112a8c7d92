#!/usr/bin/env python3
"""What every file keeps to.  Words that must not occur are put together from pieces here, so that
this file keeps to it as well."""

import os
import re
import shutil
import subprocess

import house

BINARY = (".png", ".ico", ".woff2", ".gz", ".xz", ".pcap")
OTHERS = ("LICENSE",)  # kept as its authors wrote it
LOCKS = ("package-lock.json",)

names = [n for n in house.tracked() if not n.endswith(BINARY)]
texts, undecoded = {}, []
for name in names:
    with open(os.path.join(house.ROOT, name), "rb") as file:
        data = file.read()
    try:
        texts[name] = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        undecoded.append("%s: byte %d" % (name, fault.start))
house.check("every file is UTF-8", undecoded)


def hits(pattern, over, text_of=lambda name: texts[name]):
    for name in over:
        text = text_of(name)
        for m in re.finditer(pattern, text):
            yield "%s:%d: %s" % (name, house.line_of(text, m.start()), m.group().strip())


ours = [n for n in texts if n not in OTHERS]
prose = [n for n in ours if os.path.basename(n) not in LOCKS]
c_files = [n for n in texts if n.endswith((".c", ".h"))]
code = {n: house.code_only(texts[n]) for n in c_files}

house.check("lines end with LF, and with nothing before it",
            ["%s: CR" % n for n in ours if "\r" in texts[n]]
            + ["%s:%d" % (n, house.line_of(texts[n], m.start()))
               for n in ours for m in re.finditer(r"[ \t]+$", texts[n], re.M)])
house.check("every file ends with one newline",
            [n for n in ours if texts[n] and (not texts[n].endswith("\n")
                                              or texts[n].endswith("\n\n"))])

later = "|".join(("TO" "DO", "FIX" "ME", "X" "XX", "HA" "CK"))
house.check("nothing is left for later", hits(r"\b(%s)\b" % later, prose))
house.check("nothing is only pretended",
            hits(r"(?i)\bst" r"ubs?\b|(?<!::)\bplace" r"holders?\b(?!\s*=)", prose))

hosts = "|".join(re.escape(h) for h in (
    "registry." "npmjs", "npmjs." "org", "py" "pi.org", "pythonhosted." "org",
    "deb.debian." "org", "security.debian." "org", "ftp.debian." "org", "crates." "io"))
house.check("no file names the host of a package registry", hits("(?i)" + hosts, ours))
house.check("lock files name no address",
            hits(r'"resolved"', [n for n in ours if os.path.basename(n) in LOCKS]))
house.check("no file names a folder of somebody's machine",
            hits(r"/wor" r"k/(main|shared)\b|/tmp/br" r"ief|/ho" r"me/\w+/", ours))

house.check("only money.c looks into money",
            hits(r"(\.|->)fen\b", [n for n in c_files if n != "services/base/money.c"],
                 code.__getitem__))
house.check("structures are named as such, not by typedef",
            hits(r"\btypedef\s+(struct|enum|union)\b", c_files, code.__getitem__))
house.check("no C function that cannot know its bounds",
            hits(r"\b(strcat|sprintf|vsprintf|gets|alloca|strtok)\s*\(",
                 c_files, code.__getitem__))
house.check("no floating point in values and rules",
            hits(r"\b(float|double)\b", [n for n in c_files if n.startswith(
                ("services/base/",) + tuple("services/%s/" % s for s in house.SERVICES))],
                 code.__getitem__))
house.check("no default: in the switches of a rule, so that the compiler misses no case",
            hits(r"\bdefault\s*:", [n for n in c_files if n.startswith(
                tuple("services/%s/" % s for s in house.SERVICES))], code.__getitem__))

formatter = shutil.which("clang-format")
if not formatter:
    house.skip("the C files are formatted", "clang-format is not installed")
else:
    out = subprocess.run([formatter, "--dry-run", "-Werror"] + [
        os.path.join(house.ROOT, n) for n in c_files], capture_output=True, text=True)
    house.check("the C files are formatted", sorted({
        os.path.relpath(line.split(":")[0], house.ROOT) + " (clang-format -i puts it right)"
        for line in out.stderr.split("\n") if "clang-format-violations" in line})
        or ([out.stderr.strip()] if out.returncode else []))
house.done()
