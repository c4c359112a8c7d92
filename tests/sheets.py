#!/usr/bin/env python3
"""Workbooks hold what the queries answer: sheets.py BUILD STORES

Starts the services on what a demo has left, exports the quarterly report, the staffing board, the
fund statement and a list as workbooks, lets LibreOffice open them, and compares every cell with the
queries' own answers and the catalogue's words."""

import csv
import glob
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests/gateway"))
from tap import done, ok, until  # noqa: E402

BUILD, STORES = (os.path.abspath(p) for p in sys.argv[1:3])
SERVICES = ("personnel", "stations", "funding", "supervision", "reporting")
YEAR = {"programmeYearId": "three-areas-2022"}
PLACE = tempfile.mkdtemp(prefix="sg")
ENV = {**os.environ, "SHEGONG_RUN": PLACE, "SHEGONG_DATA": STORES, "SHEGONG_CLOCK": "virtual",
       "SHEGONG_MAP_MIB": "1024", "LC_ALL": "C.UTF-8", "HOME": PLACE,
       "SHEGONG_AS": "account=sheets;person=p-sheets;role=PROVINCE;region=53"}
with open(os.path.join(ROOT, "gateway/words.csv"), encoding="utf-8", newline="") as file:
    WORDS = {row["key"]: row["zh"] for row in csv.DictReader(file)}


def shegong(*argv):
    return subprocess.run([BUILD + "/shegong", *argv], env=ENV, text=True, capture_output=True,
                          timeout=60)


def ask(method, body):
    return json.loads(shegong("call", method, json.dumps(body), "--defaults").stdout)


def ready():
    status = shegong("status", "--json")
    return status.returncode == 0 and all(s["ready"] for s in json.loads(status.stdout))


def snake(name):
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def shown(name, value):
    """A value as a Chinese reader finds it."""
    name = snake(name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(shown(name, v) for v in value)
    if name.endswith(("_fen", "_hundredths")):
        return "%.2f" % (int(value) / 100)
    value = str(value)
    if value.endswith("_UNSPECIFIED"):
        return ""
    return WORDS.get(value) if value.isupper() and value in WORDS else \
        WORDS.get("%s.%s" % (name, value), value)


def row_of(message):
    """heading -> text of one message, its messages spread; lists of messages are left out."""
    found = {}
    for name, value in message.items():
        if name == "nextPageToken" or value == []:
            continue
        heading = WORDS[snake(name)]
        if isinstance(value, dict):
            found.update({heading + "·" + h: t for h, t in row_of(value).items()})
        elif not (isinstance(value, list) and value and isinstance(value[0], dict)) \
                and value is not None:
            found[heading] = shown(name, value)
    return found


def same_text(cell, expected):
    if cell == expected:
        return True
    try:
        return float(cell) == float(expected)
    except ValueError:
        return False


def sheets_of(book):
    """sheet -> rows, as LibreOffice reads the workbook."""
    out = os.path.join(PLACE, "sheets-" + os.path.basename(book))
    subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + PLACE + "/office",
                    "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
                    "--outdir", out, book], env=ENV, capture_output=True, timeout=180, check=True)
    found = {}
    stem = os.path.basename(book)[:-len(".xlsx")] + "-"
    for path in glob.glob(out + "/*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            found[os.path.basename(path)[len(stem):-len(".csv")]] = list(csv.reader(file))
    return found


def faults_of(sheet, rows, messages):
    """What of the messages does not stand in the sheet's rows, in their order."""
    if len(rows) != len(messages) + 1:
        return ["%s: %d rows for %d" % (sheet, len(rows) - 1, len(messages))]
    faults = []
    for cells, message in zip(rows[1:], messages):
        at = dict(zip(rows[0], cells))
        faults += ["%s: %s is %r, not %r" % (sheet, heading, at.get(heading), text)
                   for heading, text in row_of(message).items()
                   if not same_text(at.get(heading, "-"), text)]
    return faults


def lists_of(message, depth=1):
    """(name, messages) of the lists of an answer, and of those of the messages in it."""
    for name, value in message.items():
        if isinstance(value, dict) and depth < 3:
            yield from lists_of(value, depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield name, value


def compare(title, method, body):
    book = os.path.join(PLACE, method.split(".")[1] + ".xlsx")
    written = shegong("export", method, json.dumps(body), book)
    if not ok(written.returncode == 0, "%s is exported: %s" % (title, written.stderr)):
        return
    answer, sheets, faults = ask(method, body), sheets_of(book), []
    alone = {cells[0]: cells[1] for cells in sheets.get(WORDS["summary"], [])}
    for heading, text in row_of(answer).items():
        if not same_text(alone.get(heading, "-"), text):
            faults.append("%s is %r, not %r" % (heading, alone.get(heading), text))
    for name, messages in lists_of(answer):
        sheet = WORDS[snake(name)]
        faults += faults_of(sheet, sheets.get(sheet, [[]]), messages)
    ok(not faults, "%s: every cell is what the query answers, in Chinese" % title,
       "\n".join(faults[:20]))


running = []
try:
    for service in SERVICES:
        log = open(os.path.join(PLACE, service + ".log"), "wb")
        running.append(subprocess.Popen([BUILD + "/shegong-" + service], env=ENV, stdout=log,
                                        stderr=log))
    until(ready, 30)
    account = ask("funding.ListSpecialAccounts", {})["accounts"][0]["accountId"]
    report = ask("reporting.ListReports", {})["reports"][0]["reportId"]
    compare("the staffing board", "stations.GetStaffing", YEAR)
    compare("the fund statement", "funding.GetStatement", {"accountId": account})
    compare("the quarterly report", "reporting.GetReport", {"reportId": report})
    compare("a list", "funding.ListDisbursements", {**YEAR, "pageSize": 1000})
finally:
    for process in running:
        process.terminate()
    for process in running:
        process.wait()
    subprocess.run(["rm", "-rf", PLACE], check=False)
done()
