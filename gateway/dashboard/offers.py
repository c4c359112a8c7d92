#!/usr/bin/env python3
"""Which offices may send which command: offers.py tests/access/matrix.csv OUTPUT.json

The matrix is what the services' tables say; access_test compares them."""

import csv
import json
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["kind"] == "command"]
with open(sys.argv[2], "w", encoding="utf-8") as out:
    json.dump({row["name"]: ["ROLE_" + office.upper().replace("-", "_") for office in row["offices"].split()]
               for row in rows}, out)
