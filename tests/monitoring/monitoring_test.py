#!/usr/bin/env python3
"""What watches over the whole, with the real Prometheus: monitoring_test.py BUILD_DIR

The alerts are valid and each fires when it should; Prometheus scrapes a gateway that has played a year,
and finds there whatever the alerts and Grafana's board ask for."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
for folder in ("gateway", "faults", "house"):
    sys.path.insert(0, os.path.join(ROOT, "tests", folder))

from house import CJK  # noqa: E402
from programs import Client, Programs, free_port, full_name  # noqa: E402
from tap import done, ok, same, until  # noqa: E402

MONITORING = os.path.join(ROOT, "deploy", "monitoring")
GRAFANA = os.path.join(MONITORING, "grafana", "provisioning")
PROGRAMME = os.path.join(ROOT, "deploy", "programmes", "three-areas-2022")
SCRAPES = 3
# What is not there without TLS.
MAY_BE_EMPTY = {"(shegong_gateway_certificate_not_after_seconds > 0) - time()"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def passes(name, *argv, stdin=None, env=None):
    ran = subprocess.run(argv, input=stdin, env=env, capture_output=True, text=True)
    return ok(ran.returncode == 0, name, (ran.stdout + ran.stderr)[-2000:])


class Prometheus:
    """Scrapes the gateway at that port each second, by our configuration else."""

    def __init__(self, folder, gateway_port):
        self.address = "127.0.0.1:%d" % free_port()
        config = read(MONITORING, "prometheus.yml")
        for ours, here in (("127.0.0.1:8080", "127.0.0.1:%d" % gateway_port),
                           ("scrape_interval: 15s", "scrape_interval: 1s")):
            assert ours in config, ours
            config = config.replace(ours, here)
        shutil.copy(os.path.join(MONITORING, "alerts.yml"), folder)
        path = os.path.join(folder, "prometheus.yml")
        with open(path, "w", encoding="utf-8") as out:
            out.write(config)
        self.process = subprocess.Popen(
            ["prometheus", "--config.file=" + path, "--web.listen-address=" + self.address,
             "--storage.tsdb.path=" + os.path.join(folder, "tsdb"), "--log.level=error"])

    def ask(self, what, **parameters):
        """What it answers; an error of its own as {"error": ...}, None where it is not there."""
        url = "http://%s/api/v1/%s?%s" % (self.address, what, urllib.parse.urlencode(parameters))
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            # It says 503, and no more, while it starts.
            return None if error.code == 503 else json.load(error)
        except OSError:
            return None

    def query(self, expression):
        answer = self.ask("query", query=expression) or {}
        return answer.get("result"), answer.get("error", "")

    def number(self, expression):
        found = self.query(expression)[0]
        return float(found[0]["value"][1]) if found else None

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def board_is_whole():
    """The board, after a look at what Grafana would only find out when it is looked at."""
    board = json.loads(read(GRAFANA, "dashboards", "shegong.json"))
    source = re.search(r"^ +uid: (\w+)$", read(GRAFANA, "datasources", "shegong.yml"), re.M).group(1)
    panels = board["panels"]
    wrong = [p["title"] for p in panels if not CJK.search(p["title"])
             or not re.search("[A-Za-z]{3}", p["title"])]
    ok(not wrong, "each title of the board is Chinese and English", wrong)
    wrong = [p["title"] for p in panels if p["type"] != "row"
             for t in [p, *p["targets"]] if t["datasource"]["uid"] != source]
    ok(not wrong, "each panel reads the source that is provisioned", wrong)
    taken, wrong = set(), []
    for p in panels:
        at = p["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                 for y in range(at["y"], at["y"] + at["h"])}
        if cells & taken or at["x"] + at["w"] > 24:
            wrong.append(p["title"])
        taken |= cells
    ok(not wrong and len({p["id"] for p in panels}) == len(panels), "no panel lies on another", wrong)
    return [t["expr"] for p in panels for t in p.get("targets", ())]


def scraped(programs, board):
    client = Client(programs.port)
    prometheus = Prometheus(programs.folder, programs.port)
    try:
        ok(until(lambda: (prometheus.number('count_over_time(up{job="shegong"}[1m])') or 0)
                 >= SCRAPES, 30) and prometheus.number('min_over_time(up{job="shegong"}[1m])') == 1,
           "Prometheus scrapes the gateway", prometheus.ask("targets"))
        ok(until(lambda: refused(client) and (prometheus.number(
            'sum(rate(shegong_requests_total{code="already_exists"}[1m]))') or 0) > 0, 20),
           "a refusal is counted")
        ok(until(lambda: all(rule["health"] == "ok" for rule in rules_of(prometheus)), 90),
           "it evaluates the rules", [r for r in rules_of(prometheus) if r["health"] != "ok"])
        rules = rules_of(prometheus)
        alerts = [rule["query"] for rule in rules]
        same(sorted(rule["name"] for rule in rules),
             sorted(re.findall(r"^\| `([A-Z]\w+)` \|", watching(), re.M)),
             "deploy/README.md says of each alert what to do")
        names = set(re.findall(r"shegong_\w+", " ".join(alerts + board)))
        wrong = [name for name in sorted(names) if not prometheus.number("count(%s)" % name)]
        ok(not wrong and len(names) > 20, "the alerts and the board name what the programs tell", wrong)
        wrong = []
        for expression in board:
            found, why = prometheus.query(expression.replace("$__rate_interval", "1m"))
            if not found and expression not in MAY_BE_EMPTY or why:
                wrong.append("%s: %s" % (expression, why or "nothing"))
        ok(not wrong, "each panel of the board has something to show", "\n".join(wrong))
    finally:
        prometheus.end()


def rules_of(prometheus):
    return [rule for group in prometheus.ask("rules")["groups"] for rule in group["rules"]]


def watching():
    """The part of the operator's page about the alerts."""
    return read(ROOT, "deploy", "README.md").partition("## 监控 · Watching")[2].partition("\n## ")[0]


def refused(client):
    """One more refusal: an agency that there is already.  A counter's first value is no increase."""
    return [client.ask(full_name("personnel.RegisterAgency"), {
        "agency_id": "ag-watched", "name_zh": "机构", "name_en": "Agency", "synthetic": True,
        "credit_code": "52530000MJ7654321T", "region_code": "53"},
        id="watched-%d" % time.monotonic_ns()).reason for _ in range(2)][1]


def main():
    passes("prometheus.yml and alerts.yml are valid", "promtool", "check", "config",
           os.path.join(MONITORING, "prometheus.yml"))
    passes("each alert fires once, and only when it should", "promtool", "test", "rules",
           os.path.join(MONITORING, "alerts_test.yml"))
    board = board_is_whole()
    first = read(PROGRAMME, "play.csv").split("\n")[1].split(",")[0]
    with Programs(sys.argv[1], first) as programs:
        passes("a year is played", os.path.join(programs.build, "shegong"), "play", PROGRAMME,
               "--refused", programs.folder, env=programs.env)
        with urllib.request.urlopen("http://127.0.0.1:%d/metrics" % programs.port) as metrics:
            text = metrics.read().decode()
        passes("/metrics keeps Prometheus' conventions", "promtool", "check", "metrics", stdin=text)
        scraped(programs, board)
    done()


main()
