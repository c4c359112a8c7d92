"""The world that a story leaves, made over HTTP by real programs; and what matrix.csv says of it, judged
here once more."""

import csv
import json
import os
import re
import subprocess
import time

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
STORIES = os.path.join(TOP, "tests", "stories")
SERVICES = ("personnel", "stations", "funding", "supervision", "reporting")
ROLES = {
    "ministry": "", "province": "", "project-office": "", "regional-centre": "r", "prefecture": "r", "county": "r",
    "town": "r", "agency": "a", "worker": "par", "supervisor": "p", "evaluator": "p", "auditor": "", "dashboard": "",
    "administrator": "p"}


class Who:
    """One who asks: an office somewhere, perhaps of an agency."""

    def __init__(self, role, region="53", agency="", person="access"):
        self.role, self.region, self.agency, self.person = role, region, agency, person

    def header(self):
        fields = {"account": self.person, "person": self.person, "role": self.role.upper().replace("-", "_"),
                  "region": self.region, "agency": self.agency}
        return ";".join("%s=%s" % of for of in fields.items() if of[1])

    def __repr__(self):
        return "%s of %s%s" % (self.role, self.region, self.agency and ", " + self.agency)


# --- The story, played ------------------------------------------------------------------------------


def steps_of(name):
    """Each step of a story with the service of its file; what it includes stands in its place."""
    folder = os.path.dirname(name)
    own = folder if folder in SERVICES else "stations"
    text = ""
    with open(os.path.join(STORIES, name)) as file:
        for line in file:
            if not text and (not line.strip() or line.startswith("#")):
                continue
            text += line
            if text.count("{") != text.count("}") or text.count("[") != text.count("]"):
                continue
            step, text = text.strip(), ""
            if step.startswith("include "):
                yield from steps_of(os.path.normpath(os.path.join(folder, step[8:])))
            else:
                yield own, step


def who_of(words):
    role, *rest = words.split()
    who = Who(role, person="")
    for place in ROLES[role]:
        if rest and rest[0] not in ("person", "agency", "region", "account"):
            setattr(who, {"p": "person", "a": "agency", "r": "region"}[place], rest.pop(0))
    for name, value in zip(rest[::2], rest[1::2]):
        if name != "account":
            setattr(who, name, value)
    who.person = who.person or "p-" + (who.agency or role)
    return who


def play(programs, client, full_name, *names, amend=None):
    """The commands of stories that are taken.  Each is sent until it is: what it rests on may not have
    come to its service yet.  amend may change what a method is sent."""
    who, n, steps = None, 0, [step for name in names for step in steps_of(name)]
    for (own, step), (_, after) in zip(steps, steps[1:] + [("", "")]):
        word, _, rest = step.partition(" ")
        if after.startswith("then refused"):
            continue
        if word == "today":
            subprocess.run([os.path.join(programs.build, "shegong"), "clock", rest], env=programs.env, check=True,
                           stdout=subprocess.DEVNULL)
        elif word == "as":
            who = who_of(rest)
        elif word in ("given", "when") or word.startswith("when#"):
            method, _, body = rest.partition(" ")
            method, body = method if "." in method else own + "." + method, json.loads(body)
            if amend:
                amend(method, body)
            end = time.monotonic() + 20
            while True:
                n += 1
                answer = client.ask(full_name(method), body, who=who.header(), id="world-%d" % n)
                if answer.status == 200 or time.monotonic() > end:
                    break
                time.sleep(0.01)
            assert answer.status == 200, (step, answer.data)


# --- The matrix -------------------------------------------------------------------------------------


def camel(name):
    return re.sub("_(.)", lambda m: m.group(1).upper(), name)


def messages():
    """Of every message of the contract, by its full name: its fields as JSON names them, with their types."""
    found = {}
    for service, file in [(s, s) for s in SERVICES] + [("engine", "journal")]:
        with open(os.path.join(TOP, "proto", "shegong", service, "v1", file + ".proto")) as text:
            for name, body in re.findall(r"^message (\w+) \{\n(.*?)^\}", text.read(), re.M | re.S):
                found["shegong.%s.v1.%s" % (service, name)] = {
                    camel(field): type if "." in type else "shegong.%s.v1.%s" % (service, type)
                    for type, field in re.findall(r"^ +(?:repeated )?([\w.]+) (\w+) = \d+", body, re.M)}
    return found


def records():
    """Where each record is kept: "shegong.personnel.v1.Agency" in "personnel.agencies"; and the ids there."""
    found, ids = {}, {}
    for service in SERVICES:
        folder = os.path.join(TOP, "services", service)
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name)) as file:
                of = re.findall(r'\.name = "(\w+)",\s+\.record = &%s__(\w+)__descriptor,\s+\.id = "(\w+)"' % service, file.read())
            for table, record, id in of:
                ids["%s.%s" % (service, table)] = id
                full = "".join(part.capitalize() for part in record.split("_"))
                found["shegong.%s.v1.%s" % (service, full)] = "%s.%s" % (service, table)
    return found, ids


class Matrix:
    def __init__(self):
        self.tables, self.rpcs, self.messages = {}, {}, messages()
        self.records, self.ids = records()
        with open(os.path.join(TOP, "tests", "access", "matrix.csv")) as file:
            for row in csv.DictReader(file):
                offices = set(row["offices"].split())
                if "any" in offices:
                    offices |= set(ROLES) - {"administrator"}
                row["offices"] = offices
                (self.tables if row["kind"] == "table" else self.rpcs)[row["name"]] = row

    def sees(self, who, table, record):
        row = self.tables[table]

        def text(column):
            return record.get(camel(row[column]), "") if row[column] else ""

        person, agency, region = text("person"), text("agency"), text("region")
        if person and person == who.person:
            return True
        if not text("published") and who.role not in row["offices"]:
            return False
        if text("published") and who.role == "administrator":
            return False
        if who.role == "ministry":
            return True
        if agency and who.agency and agency != who.agency:
            return False
        return (not row["region"] or region.startswith(who.region)
                or (row["what"] != "not from below" and who.region.startswith(region)))

    def carried(self, type, data):
        """The records in an event: their tables, and what they say."""
        for field, value in data.items():
            table = self.records.get(self.messages[type].get(field))
            if table:
                for record in value if isinstance(value, list) else [value]:
                    yield table, record

    def sees_event(self, who, type, data):
        """A day begins for every office; else every record of the event must be for him."""
        if type == "shegong.engine.v1.DayBegan":
            return who.role != "administrator"
        carried = list(self.carried(type, data))
        return bool(carried) and all(self.sees(who, *of) for of in carried)
