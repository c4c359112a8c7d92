#!/usr/bin/env python3
"""Stores that earlier versions have left are opened, found sound and served: golden_test.py BUILD_DIR

Each NAME.tar.xz here has the five stores as that version left them when it was killed, so that the
redo logs are read as well; NAME.json has what was then answered.  "--make NAME" makes both of the
programs in BUILD_DIR, once for each version that is released; they are never made again."""

import argparse
import json
import os
import subprocess
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "faults"))
sys.path.insert(0, os.path.join(ROOT, "tests", "gateway"))

from programs import SERVICES, Client, Programs, full_name  # noqa: E402
from tap import done, ok, same  # noqa: E402

PROGRAMME = os.path.join(ROOT, "deploy", "programmes", "three-areas-2022")
FIRST_DATE = "2022-03-01"


def heads(client):
    return {service: client.status(service)["head"] for service in SERVICES}


def answers(client):
    """What is asked of the stores: where each journal ends, and the year's figures."""
    year = client.ask(full_name("reporting.GetOverview"), {"programme_year_id": "three-areas-2022"})
    return {"heads": heads(client), "overview": year.json()}


def make(build, name):
    programs = Programs(build, FIRST_DATE)
    programs.env["SHEGONG_MAP_MIB"] = "64"
    with programs:
        subprocess.run([os.path.join(build, "shegong"), "play", PROGRAMME, "--refused",
                        programs.folder], env=programs.env, check=True, stdout=subprocess.DEVNULL)
        told = answers(Client(programs.port))
        for service in SERVICES:
            programs.kill(service)
        with tarfile.open(os.path.join(HERE, name + ".tar.xz"), "w:xz", preset=9) as stores:
            for service in SERVICES:
                for file in ("data.mdb", "redo.log"):
                    stores.add(os.path.join(programs.env["SHEGONG_DATA"], service, file),
                               "%s/%s" % (service, file), filter=nobody)
    with open(os.path.join(HERE, name + ".json"), "w") as out:
        json.dump(told, out, ensure_ascii=False, indent=1, sort_keys=True)
        out.write("\n")


def nobody(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def differ(was, now, where=""):
    """Where what was answered is no longer; what is told besides does not count."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in was:
            yield from differ(was[key], now.get(key), "%s.%s" % (where, key))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (one, other) in enumerate(zip(was, now)):
            yield from differ(one, other, "%s[%d]" % (where, i))
    elif was != now:
        yield "%s: %s, was %s" % (where, now, was)


def is_served(build, name):
    with open(os.path.join(HERE, name + ".json")) as told:
        was = json.load(told)
    programs = Programs(build, FIRST_DATE)
    with tarfile.open(os.path.join(HERE, name + ".tar.xz")) as stores:
        stores.extractall(programs.env["SHEGONG_DATA"])
    with programs:
        client = Client(programs.port)
        same(heads(client), was["heads"], "%s: each journal ends where it ended" % name)
        wrong = list(differ(was["overview"], answers(client)["overview"]))
        ok(not wrong, "%s: the year's figures are those of then" % name, "\n".join(wrong))
        status, said = programs.verify()
        ok(status == 0 and said.count(" sound") == 5, "%s: the journals are sound, and add up to the "
           "records" % name, said)
        made = client.ask(full_name("personnel.RegisterAgency"), {
            "agency_id": "ag-golden", "name_zh": "机构", "name_en": "Agency", "synthetic": True,
            "credit_code": "52530000MJ7654321T", "region_code": "53"}, id="golden")
        same(made.reason, "", "%s: they go on from it" % name)
        a_newer_one_is_refused(programs, name)


def a_newer_one_is_refused(programs, name):
    programs.stop_one("personnel")
    store = os.path.join(programs.env["SHEGONG_DATA"], "personnel", "data.mdb")
    with open(store, "r+b") as file:
        pages = file.read()
        places = pages.count(b"format2")
        file.seek(0)
        file.write(pages.replace(b"format2", b"format9"))
    ran = subprocess.run([os.path.join(programs.build, "shegong-personnel")], env=programs.env,
                         capture_output=True, text=True, timeout=20)
    ok(places and ran.returncode not in (0, 1) and "the store has format 9" in ran.stdout + ran.stderr,
       "%s: a store of a newer format is refused, with a word (status %d)" % (name, ran.returncode),
       ran.stdout + ran.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_dir")
    parser.add_argument("--make", metavar="NAME")
    options = parser.parse_args()
    if options.make:
        make(options.build_dir, options.make)
        return
    for name in sorted(os.listdir(HERE)):
        if name.endswith(".tar.xz"):
            is_served(options.build_dir, name[:-len(".tar.xz")])
    done()


main()
