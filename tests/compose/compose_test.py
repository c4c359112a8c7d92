#!/usr/bin/env python3
"""docker-compose.yml with a real engine (DOCKER_HOST), and images shegong:test, shegong-demo:test."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "gateway"))
sys.path.insert(0, os.path.join(ROOT, "tests", "faults"))

from load import credit_code  # noqa: E402
from programs import SERVICES, Client, Unanswered, free_port, full_name  # noqa: E402
from tap import done, ok, same, until  # noqa: E402

PORT = free_port()
PROJECT = "shegong-test"
ENV = {**os.environ, "SHEGONG_VERSION": "test", "SHEGONG_CLOCK": "virtual",
       "SHEGONG_PORT": str(PORT), "SHEGONG_MAP_MIB": "1024"}
PROGRAMS = (*SERVICES, "gateway")
HEALTHY_WITHIN_S = 15


def note(text):
    print("# " + text, flush=True)


def run(*argv, wait_s=180):
    return subprocess.run(argv, env=ENV, cwd=ROOT, capture_output=True, text=True, timeout=wait_s)


def compose(*argv):
    ran = run("docker-compose", "-p", PROJECT, *argv)
    if ran.returncode:
        note("docker-compose %s: %s" % (" ".join(argv), ran.stderr[-600:].replace("\n", " ")))
    return ran


def container(name):
    return "%s_%s_1" % (PROJECT, name)


def inspect(name):
    return json.loads(run("docker", "inspect", container(name)).stdout)[0]


def health(name):
    return inspect(name)["State"].get("Health", {}).get("Status")


def all_healthy():
    return all(health(name) == "healthy" for name in PROGRAMS)


def healthy(name, within_s=40):
    return ok(until(all_healthy, within_s), name, {p: health(p) for p in PROGRAMS})


class Load:
    """One person who registers agencies; what was acknowledged must be there."""

    def __init__(self):
        self.client, self.acknowledged, self.unanswered = Client(PORT), [], 0
        self.stop, self.numbers = threading.Event(), itertools.count(1)
        self.thread = threading.Thread(target=self.work)

    def work(self):
        while not self.stop.is_set():
            n = next(self.numbers)
            message = {"agency_id": "ag-%d" % n, "name_zh": "机构", "name_en": "Agency",
                       "credit_code": credit_code(n), "region_code": "53", "synthetic": True}
            try:
                answer = self.client.ask(full_name("personnel.RegisterAgency"), message,
                                         id="agency-%d" % n)
                if not answer.reason:
                    self.acknowledged.append(n)
            except Unanswered:
                self.unanswered += 1
            time.sleep(0.005)

    def lost(self):
        client = Client(PORT)
        return [n for n in self.acknowledged if client.ask(
            full_name("personnel.GetAgency"), {"agency_id": "ag-%d" % n}).reason]

    def end(self):
        self.stop.set()
        self.thread.join()


def comes_up():
    begun = time.monotonic()
    ran = compose("up", "-d", "--no-build")
    up_s = time.monotonic() - begun
    same(ran.returncode, 0, "docker-compose up -d")
    healthy("all are healthy")
    started = [inspect(name)["State"] for name in PROGRAMS]
    first = [state["Health"]["Log"] for state in started]
    note("docker-compose up took %.1f s; all healthy %.1f s after the command" % (
        up_s, time.monotonic() - begun))
    ok(time.monotonic() - begun - up_s < HEALTHY_WITHIN_S and all(first),
       "within %d s of the last container's start" % HEALTHY_WITHIN_S)


def is_hardened():
    for name in PROGRAMS:
        all_of = inspect(name)
        host, config = all_of["HostConfig"], all_of["Config"]
        wrong = [what for what, holds in (
            ("a user that is not root", config["User"] == "10001:10001"),
            ("a root that cannot be written", host["ReadonlyRootfs"]),
            ("no capabilities", host["CapDrop"] == ["ALL"] and not host["CapAdd"]),
            ("no new privileges", "no-new-privileges:true" in host["SecurityOpt"]),
            ("a limit of memory", host["Memory"] > 0),
            ("a limit of processes", host["PidsLimit"] > 0),
            ("not privileged", not host["Privileged"]),
            ("no network" if name != "gateway" else "the machine's loopback only",
             host["NetworkMode"] == ("host" if name == "gateway" else "none")),
            ("logs that are rotated", host["LogConfig"]["Config"].get("max-size")),
        ) if not holds]
        ok(not wrong, "%s: what it may not" % name, "lacks " + ", ".join(wrong))
    size = int(run("docker", "image", "inspect", "-f", "{{.Size}}", "shegong:test").stdout)
    note("the image has %.0f MB" % (size / 1e6))
    ok(size < 120e6, "the image has less than 120 MB", size)
    found = run("docker", "run", "--rm", "--network", "none", "shegong:test", "sh", "-c",
                "command -v gcc cc make meson; find / -xdev -perm /6000 -type f; id -u")
    same(found.stdout.split(), ["10001"], "no compiler in it, nothing with a set-uid bit")
    sbom = run("docker", "run", "--rm", "--network", "none", "shegong:test", "cat",
               "/usr/share/shegong/sbom.json").stdout
    names = {part["name"] for part in json.loads(sbom)["components"]}
    ok({"shegong", "libzmq5", "liblmdb0"} <= names, "it holds a list of what is in it")


def plays():
    ran = compose("run", "--rm", "demo")
    ok(ran.returncode == 0 and re.search(r"^ *90  .*People in post", ran.stdout, re.M)
       and ran.stdout.count(" sound") == 5, "the demo plays the year and prints its table",
       ran.stdout[-1500:] + ran.stderr[-500:])
    heads = overview()
    compose("down")
    ran = run("docker", "ps", "-aq", "--filter", "label=com.docker.compose.project=" + PROJECT)
    same(ran.stdout, "", "down takes every container away")
    compose("up", "-d", "--no-build")
    healthy("up again")
    ok(overview() == heads, "the data are served as before")


def overview():
    return Client(PORT).ask(full_name("reporting.GetOverview"), {
        "programme_year_id": "three-areas-2022"}).json()


def bears_faults():
    load = Load()
    load.thread.start()
    for name in PROGRAMS:
        run("docker", "restart", container(name))
        os.kill(inspect(name)["State"]["Pid"], signal.SIGKILL)
        ok(until(lambda: inspect(name)["State"]["Running"] and inspect(name)["RestartCount"] > 0,
                 20), "%s: killed, it comes back by itself" % name)
        run("docker", "pause", container(name))
        others = [n for n in SERVICES if n != name]
        answers = [run("docker", "exec", container(n), "shegong", "health", n).returncode
                   for n in others]
        same(set(answers), {0}, "%s: while it is paused the others are well" % name)
        run("docker", "unpause", container(name))
    compose("restart")
    healthy("all were restarted", 60)
    taken = drill_backup()
    load.end()
    lost = load.lost()
    note("%d acknowledged, %d without an answer in half a minute" % (
        len(load.acknowledged), load.unanswered))
    ok(not lost and load.acknowledged and not load.unanswered,
       "nothing acknowledged is lost", lost[:20])
    return load, taken


def drill_backup():
    before = time.monotonic()
    ran = compose("run", "--rm", "backup", "once")
    found = re.search(r"/var/backups/shegong/\S+", ran.stdout)
    ok(ran.returncode == 0 and found and ran.stdout.count(" sound") == 5,
       "a backup is taken under load, and proved", ran.stdout + ran.stderr)
    return found.group(0) if found else "none", before


def drill(taken):
    compose("down")
    for name in SERVICES:
        run("docker", "volume", "rm", "%s_%s" % (PROJECT, name))
    begun = time.monotonic()
    ran = compose("run", "--rm", "--no-deps", "restore", taken)
    ok(ran.returncode == 0 and ran.stdout.count("restored") == 5,
       "all volumes destroyed, and made again of the backup", ran.stdout + ran.stderr)
    compose("up", "-d", "--no-build")
    healthy("they are served")
    note("restored and healthy after %.1f s" % (time.monotonic() - begun))
    ran = run("docker", "exec", container("gateway"), "shegong", "verify")
    same(ran.stdout.count(" sound"), 5, "and sound")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        comes_up()
        is_hardened()
        plays()
        _, (taken, _) = bears_faults()
        drill(taken)
    finally:
        compose("down", "-v")
    done()


main()
