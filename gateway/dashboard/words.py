#!/usr/bin/env python3
"""The catalogue for the dashboard, a file for each language: words.py words.csv FOLDER"""

import csv
import json
import os
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
for language in ("zh", "en"):
    with open(os.path.join(sys.argv[2], "words.%s.json" % language), "w", encoding="utf-8") as out:
        json.dump({row["key"]: row[language] for row in rows}, out, ensure_ascii=False)
