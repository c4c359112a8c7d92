#!/usr/bin/env python3
"""The dashboard in a browser, on played years: run.py BUILD_DIR PLAYED [NAME...]

PLAYED holds what demos have left, PROGRAMME/store each; what is not there is played first.  The
tests are the files of this folder; they ask this program to stop and start others.  Prints TAP;
screenshots go to BUILD_DIR/screenshots."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
ROOT = os.path.dirname(TESTS)
sys.path[:0] = [os.path.join(TESTS, "faults"), os.path.join(TESTS, "gateway")]

from accounts import Accounts  # noqa: E402
from programs import SERVICES, Programs  # noqa: E402
from tap import ok  # noqa: E402
from unfinished import unfinished  # noqa: E402
import tap  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PLAYED = os.path.abspath(sys.argv[2])
YEARS = {  # world: (programme year, region, the offices that look at it)
    "three-areas-2022": ("three-areas-2022", "53", {
        "province": ("PROVINCE", "53"), "county": ("COUNTY", "530322"), "screen": ("DASHBOARD", "53")}),
    "double-hundred": ("double-hundred-2017", "44", {"province": ("PROVINCE", "44")}),
    # As the three areas, with things that wait for those whom the programme's data name.
    "unfinished": ("three-areas-2022", "53", {
        "province": ("PROVINCE", "53"), "province-head": ("PROVINCE", "53"), "province-cashier": ("PROVINCE", "53"),
        "office": ("PROJECT_OFFICE", "53"), "prefecture": ("PREFECTURE", "5303"), "county": ("COUNTY", "530325"),
        "county-322": ("COUNTY", "530322"), "prefecture-31": ("PREFECTURE", "5331"), "auditor": ("AUDITOR", "53"),
        **{agency: ("AGENCY", "53", agency) for agency in ("ag-01", "ag-02", "ag-03", "ag-21", "ag-22")}}),
}
TESTS_OF = {"three-areas-2022": ["overview", "pages", "map", "live", "author"],
            "double-hundred": ["overview", "map"], "unfinished": ["work"]}
CONFIG_EXIT = 78  # what a program ends with whose settings are wrong
FLOOD = 20000  # events


def authors_page(folder):
    """The samples of the dashboard's README, as they stand."""
    with open(os.path.join(ROOT, "gateway/dashboard/README.md"), encoding="utf-8") as file:
        for name, text in re.findall(r"<!-- ([\w.]+) -->\n```\w+\n(.*?)```", file.read(), re.S):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                out.write(text)


def squares(folder, region):
    """A map for the test: a square for each prefecture where its tile stands, no boundary of anything."""
    with open(os.path.join(ROOT, "gateway/dashboard/src/grid.json"), encoding="utf-8") as file:
        spots = {code: at for code, at in json.load(file).items() if code.startswith(region)}
    path = os.path.join(folder, "squares.geojson")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"type": "FeatureCollection", "synthetic": True, "features": [
            {"type": "Feature", "properties": {"adcode": int(code + "00")}, "geometry": {
                "type": "Polygon", "coordinates": [[[100 + x + dx, 30 - y - dy] for dx, dy in (
                    (0, 0), (.95, 0), (.95, .95), (0, .95), (0, 0))]]}}
            for code, (x, y) in spots.items()]}, out)
    return path


class Played(Programs):
    """The programs on a copy of a played year."""

    def __init__(self, programme, region):
        finished = programme != "unfinished"
        folder = os.path.join(ROOT, "deploy/programmes", programme if finished else "three-areas-2022")
        with open(os.path.join(folder, "play.csv"), encoding="utf-8") as file:
            first_date = file.read().split("\n")[1].split(",")[0]
        store = os.path.join(PLAYED, programme, "store")
        super().__init__(BUILD, first_date, access="tokens")
        pages = os.path.join(self.folder, "dashboard")
        shutil.copytree(os.path.join(BUILD, "dashboard"), pages)
        authors_page(pages)
        self.env.update(SHEGONG_DASHBOARD=pages, SHEGONG_RATE_ACCOUNT="0", SHEGONG_RATE_ADDRESS="0")
        self.env.update(SHEGONG_MAP=squares(self.folder, region), SHEGONG_MAP_REVIEW="试S(2023)1号")
        self.programme, self.folder_of, self.store, self.finished = programme, folder, store, finished
        self.tokens = os.path.join(PLAYED, programme, "tokens")
        if not os.path.isdir(self.tokens):
            self.tokens = os.path.join(self.folder, "tokens")
        if os.path.isdir(store):
            shutil.rmtree(self.env["SHEGONG_DATA"])
            shutil.copytree(store, self.env["SHEGONG_DATA"])

    def play(self):
        if os.path.isdir(self.store):
            return
        folder = self.folder_of if self.finished else unfinished(
            self.folder_of, os.path.join(self.folder, "unfinished"))
        # Where something is left out, what rests on it is refused.
        subprocess.run([os.path.join(BUILD, "shegong"), "play", folder, "--refused", self.folder],
                       env=self.env, check=self.finished, stdout=subprocess.DEVNULL,
                       stderr=None if self.finished else subprocess.DEVNULL)


class Orders:
    """What a test asks of us, "kill gateway"; each returns what it is answered."""

    def __init__(self, programs):
        self.programs = programs
        self.backup_of = os.path.join(programs.folder, "backup")

    def shegong(self, *argv):
        return subprocess.run([os.path.join(BUILD, "shegong"), *argv], env=self.programs.env, check=True,
                              capture_output=True, text=True)

    def kill(self, name):
        self.programs.kill(name)

    def start(self, *names):
        for name in names:
            self.programs.start(name)
        self.programs.wait_ready()

    def backup(self):
        self.shegong("backup", self.backup_of)

    def restore(self):
        for service in SERVICES:
            self.programs.kill(service)
            shutil.rmtree(os.path.join(self.programs.env["SHEGONG_DATA"], service))
        self.shegong("restore", self.backup_of)
        self.start(*SERVICES)

    def flood(self):
        self.load = subprocess.Popen(
            [os.path.join(BUILD, "bus_load"), self.programs.env["SHEGONG_RUN"], "agency", str(FLOOD), "16"],
            env=self.programs.env, stdout=subprocess.PIPE, text=True)

    def flooded(self):
        """The load's figures, and the id of its last agency."""
        out, _ = self.load.communicate(timeout=120)
        return "%s agency-%012d" % (" ".join(out.split()), FLOOD - 1)


def browse(name, programs, tokens, year):
    """A test in Node: its lines are counted on from ours."""
    env = {**os.environ, "CLIENT_URL": "http://127.0.0.1:%d" % programs.port, "CLIENT_HEADERS": "{}",
           "TOKENS": json.dumps(tokens),
           "YEAR": year, "SCREENSHOTS": os.path.join(BUILD, "screenshots"), "no_proxy": "*", "LC_ALL": "C.UTF-8"}
    orders = Orders(programs)
    with tempfile.TemporaryFile("w+") as errors, subprocess.Popen(
            ["node", os.path.join(HERE, name + ".mjs")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=errors, text=True, env=env, cwd=ROOT) as node:
        ended, failed = False, []
        for line in node.stdout:
            found = re.match(r"(not )?ok \d+ - (.*)", line)
            if line.startswith("! "):
                verb, *names = line[2:].split()
                node.stdin.write("%s\n" % (getattr(orders, verb)(*names) or "done"))
                node.stdin.flush()
            elif found:
                ok(not found.group(1), "%s: %s" % (name, found.group(2)))
            elif line.startswith("#"):
                print(line, end="", flush=True)
            ended = ended or line.startswith("1..")
        node.wait()
        errors.seek(0)
        ok(ended, "%s ran to its end" % name, errors.read()[-3000:])


def maps_without_number(programs):
    """A gateway that is given a map says what is missing, and does not start."""
    for number in ("", "2023", "GS(2023)号"):
        env = {**programs.env, "SHEGONG_MAP_REVIEW": number, "SHEGONG_LISTEN": "127.0.0.1:0"}
        ended = subprocess.run([os.path.join(BUILD, "shegong-gateway")], env=env, capture_output=True,
                               text=True, timeout=20)
        ok(ended.returncode == CONFIG_EXIT and "审图号" in ended.stderr,
           "no map with the review number “%s”" % number, ended.stderr)


def main():
    wanted = sys.argv[3:]
    ok(os.path.exists(os.path.join(BUILD, "dashboard/index.html")), "the dashboard is built")
    for programme, (year, region, offices) in YEARS.items():
        if wanted and not set(wanted) & set(TESTS_OF[programme]):
            continue
        with Played(programme, region) as programs:
            programs.play()
            if programme == "double-hundred" and (not wanted or "map" in wanted):
                maps_without_number(programs)
            accounts = Accounts(programs, region, programs.tokens)
            tokens = {name: accounts.token(name, *office) for name, office in offices.items()}
            for name in TESTS_OF[programme]:
                if not wanted or name in wanted:
                    browse(name, programs, tokens, year)
            ok(all(status == 0 for status in programs.stop().values()), "%s: all programs end well" % programme)
    tap.done()


main()
