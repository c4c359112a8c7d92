#!/usr/bin/env python3
"""Makes the C table of the catalogue: words.py words.csv OUTPUT.c

The sentences of the dashboard are left out."""

import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = [row for row in csv.DictReader(file) if not row["key"].startswith("dashboard.")]
keys = [row["key"] for row in rows]
twice = sorted({key for key in keys if keys.count(key) > 1})
if twice:
    sys.exit("words.csv: twice: " + ", ".join(twice))


def text(words):
    return '"%s"' % words.replace("\\", "\\\\").replace('"', '\\"')


with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write('#include <stddef.h>\n\n#include "gateway/words.h"\n\n')
    out.write("extern const struct word words_table[];\nextern const size_t words_count;\n\n")
    out.write("const struct word words_table[] = {\n")
    for row in sorted(rows, key=lambda r: r["key"].encode()):
        out.write("\t{ %s, %s, %s },\n" % (text(row["key"]), text(row["en"]), text(row["zh"])))
    out.write("};\nconst size_t words_count = sizeof(words_table) / sizeof(*words_table);\n")
