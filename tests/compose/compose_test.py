#!/usr/bin/env python3
"""The operator's page lived through in containers, with faults: compose_test.py PLACE

PLACE/shegong is the operator's clone, its images are built, an engine answers at DOCKER_HOST, and all of
it is in namespaces of its own (run.sh).  The commands are those of deploy/README.md, as they stand there."""

import itertools
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path[:0] = [os.path.join(ROOT, "tests", "gateway"), os.path.join(ROOT, "tests", "faults")]

from load import credit_code, define_year  # noqa: E402
from programs import SERVICES, Client, Unanswered, full_name  # noqa: E402
from tap import done, ok, same, until  # noqa: E402

PLACE = sys.argv[1]
CLONE = os.path.join(PLACE, "shegong")
PROJECT = "shegong"
PORT = 8080
PROGRAMS = (*SERVICES, "gateway")
ONCE = ("init", "first", "demo", "restore")
HEALTHY_WITHIN_S = 15
SMALL_MIB = 192
TOKEN = r"shegong_[\w-]{51}"  # gateway/token.h
YEAR = "three-areas-2022"


def note(text):
    print("# " + text, flush=True)


# --- Commands ---------------------------------------------------------------------------------------


def run(*argv, wait_s=180, **more):
    return subprocess.run(argv, cwd=CLONE, capture_output=True, text=True, timeout=wait_s, **more)


def compose(*argv, **more):
    ran = run("docker-compose", *argv, **more)
    if ran.returncode:
        note("docker-compose %s: %s" % (" ".join(argv), ran.stderr[-600:].replace("\n", " ")))
    return ran


def as_written():
    """'docker compose', where the machine has Compose 1.29."""
    folder = os.path.join(PLACE, "bin")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "docker"), "w") as file:
        file.write('#!/bin/sh\n[ "$1" != compose ] || { shift; exec docker-compose "$@"; }\n'
                   'exec /usr/bin/docker "$@"\n')
    os.chmod(os.path.join(folder, "docker"), 0o755)
    os.environ["PATH"] = folder + ":" + os.environ["PATH"]


def operator(heading, wait_s=240):
    """Runs each block of a section of the operator's page at a terminal; what it printed."""
    with open(os.path.join(CLONE, "deploy", "README.md")) as page:
        section = re.search(r"^## [^\n]*%s$(.*?)(?=^## |\Z)" % heading, page.read(), re.M | re.S)
    printed = ""
    for block in re.findall(r"^```sh\n(.*?)^```", section.group(1), re.M | re.S):
        printed += typed(heading, block, wait_s)
    return printed


def typed(heading, block, wait_s):
    ours, theirs = pty.openpty()
    ran = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", block], cwd=CLONE, stdin=theirs,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=wait_s)
    os.close(ours)
    os.close(theirs)
    ok(ran.returncode == 0, "%s: %s" % (heading, block.strip().split("\n")[0][:60]), ran.stdout[-2000:])
    return ran.stdout


# --- Containers -------------------------------------------------------------------------------------


def container(name):
    return "%s_%s_1" % (PROJECT, name)


def inspect(name):
    found = json.loads(run("docker", "inspect", container(name)).stdout or "[]")
    return found[0] if found else None


def state(name):
    found = inspect(name)
    return found["State"] if found else {}


def all_healthy():
    return all(state(name).get("Health", {}).get("Status") == "healthy" for name in PROGRAMS)


def healthy(name, within_s=60):
    return ok(until(all_healthy, within_s), name,
              {p: state(p).get("Health", {}).get("Status") for p in PROGRAMS})


def get(path, port=PORT):
    """Status and text of a GET; (0, "") where nobody answers."""
    ran = run("curl", "-s", "-m", "10", "-w", "\n%{http_code}", "http://127.0.0.1:%d%s" % (port, path))
    text, _, status = ran.stdout.rpartition("\n")
    return int(status or 0), text


def ready():
    return get("/readyz")[0] == 200


def token(name):
    with open(os.path.join(CLONE, name)) as file:
        return file.read().strip()


# --- Load -------------------------------------------------------------------------------------------


class Writer:
    """Writes new records to one service, each until it is answered."""

    def __init__(self, service, token, method, message, look, field):
        self.service, self.client = service, Client(PORT, token)
        self.method, self.message, self.look, self.field = method, message, look, field
        self.acknowledged, self.wrong = [], []
        self.numbers = itertools.count(1)

    def work(self, stop):
        while not stop.is_set():
            n = next(self.numbers)
            try:
                answer = self.client.ask(full_name(self.method), self.message(n),
                                         id="%s-%d" % (self.service, n))
                if answer.reason:
                    self.wrong.append(answer.data)
                else:
                    self.acknowledged.append(n)
            except Unanswered as unanswered:
                self.wrong.append(str(unanswered))
            stop.wait(0.05)

    def lost(self, of):
        return ["%s %s" % (self.service, n) for n in of if self.client.ask(
            full_name(self.look), {self.field: self.message(n)[self.field]}).reason]


class Load:
    """One writer for each service."""

    def __init__(self, token):
        def writer(*of):
            return Writer(of[0].split(".")[0], token, *of)

        self.writers = [
            writer("personnel.RegisterAgency", lambda n: {
                "agency_id": "ag-load-%d" % n, "name_zh": "机构", "name_en": "Agency", "synthetic": True,
                "credit_code": credit_code(5000000 + n), "region_code": "53"},
                "personnel.GetAgency", "agency_id"),
            writer("stations.DefineProgrammeYear", lambda n: define_year(
                "year-load-%d" % n, 2100 + n, 10)[1], "stations.GetProgrammeYear", "programme_year_id"),
            writer("funding.PlanAppropriation", lambda n: {
                "appropriation_id": "load-%d" % n, "programme_year_id": YEAR, "source": "central",
                "planned_fen": "1000", "document_no": "load-%d" % n},
                "funding.GetAppropriation", "appropriation_id"),
            writer("supervision.PlanVisit", lambda n: {
                "visit_id": "load-%d" % n, "project_id": a_project(token), "planned_by": "2023-12-31",
                "purpose": "负载"}, "supervision.GetVisit", "visit_id"),
            writer("reporting.AddPublicity", lambda n: {
                "item_id": "load-%d" % n, "programme_year_id": YEAR, "region_code": "53", "outlet": "报",
                "published_on": "2022-06-01", "title": "负载", "link": "https://example.org/%d" % n}, "reporting.GetPublicity", "item_id")]
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=w.work, args=(self.stop,)) for w in self.writers]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *of):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def __str__(self):
        return "%s, wrong: %s" % (self.counts(), [wrong for w in self.writers for wrong in w.wrong][:5])

    def counts(self):
        return {w.service: len(w.acknowledged) for w in self.writers}

    def go_on(self, without=(), within_s=20):
        """Whether each writer but some gets further."""
        before = self.counts()
        return until(lambda: all(n > before[s] for s, n in self.counts().items() if s not in without),
                     within_s)

    def acknowledged(self):
        return {w.service: list(w.acknowledged) for w in self.writers}

    def kept(self, acknowledged, name):
        lost = [one for w in self.writers for one in w.lost(acknowledged[w.service])]
        ok(not lost and all(acknowledged.values()), "%s (%d)" % (
            name, sum(map(len, acknowledged.values()))), lost[:20])


def a_project(token, kept={}):
    if not kept:
        answer = Client(PORT, token).ask(full_name("stations.ListProjects"), {"page_size": 1})
        kept["id"] = next(iter(answer.json().values()))[0]["projectId"]
    return kept["id"]


# --- What must be shown -----------------------------------------------------------------------------


def small_volume():
    """A small disk, of memory, under what will be the volume of supervision."""
    run("docker", "volume", "create", PROJECT + "_supervision")
    place = run("docker", "volume", "inspect", "-f", "{{.Mountpoint}}",
                PROJECT + "_supervision").stdout.strip()
    run("mount", "-t", "tmpfs", "-o", "size=%dm,mode=0700,uid=10001,gid=10001" % SMALL_MIB, "tmpfs", place)
    return place


def installs():
    events = subprocess.Popen(
        ["docker", "events", "--filter", "event=start", "--filter", "event=health_status", "--format",
         "{{json .}}"], stdout=subprocess.PIPE, text=True)
    printed = operator("Install")
    healthy("all are healthy")
    events.terminate()
    at = {}
    for event in map(json.loads, events.communicate()[0].splitlines()):
        name = event["Actor"]["Attributes"]["com.docker.compose.service"]
        at.setdefault((name, event["Action"]), event["timeNano"] / 1e9)
    took = max(at[name, "health_status: healthy"] for name in PROGRAMS) - max(
        at[name, "start"] for name in PROGRAMS)
    note("all are healthy %.1f s after the last container's start" % took)
    ok(took < HEALTHY_WITHIN_S, "within %d s of it" % HEALTHY_WITHIN_S)
    ok("/etc/shegong/tokens/adm-1.token" in printed and not re.search(TOKEN, printed),
       "where the tokens lie is printed, and no token", printed)
    operator("The first day")
    tokens = [token("tokens/%s.token" % name) for name in ("adm-1", "adm-2", "chen")]
    answer = Client(PORT, tokens[2]).ask(full_name("personnel.ListAgencies"), {})
    same(answer.status, 200, "the token that was made opens the door")
    logs = compose("logs", "--no-color").stdout
    ok(len(logs) > 1000 and all(re.fullmatch(TOKEN, t) for t in tokens) and not re.search(TOKEN, logs),
       "no log holds a token")
    keys = key_hashes()
    ok(compose("run", "--rm", "--no-deps", "init").returncode == 0 and compose("up", "-d").returncode == 0
       and key_hashes() == keys and len(keys) == 15 + 3, "a second start writes over no key and no token",
       keys)
    same(get("/shegong.personnel.v1.PersonnelService/ListAgencies?connect=v1&encoding=json&message=%7B%7D")[0],
         401, "without a token nobody is let in")
    status, page = get("/dashboard/")
    scripts = re.findall(r'src="(/dashboard/[^"]+\.js)"', page)
    ok(status == 200 and scripts and get(scripts[0])[0] == 200, "the dashboard is served", page[:300])


def key_hashes():
    ran = run("docker", "run", "--rm", "--network", "none", *itertools.chain(*(
        ("-v", "shegong_%s:/v/%s" % (name, name)) for name in ("keys", "master", "tokens"))),
        image("init"), "sh", "-c", "find /v -type f | sort | xargs sha256sum")
    return ran.stdout.split("\n")[:-1]


def image(name):
    return inspect(name)["Config"]["Image"]


def may_not(name):
    """What a container may do that it must not, in words."""
    all_of = inspect(name)
    host, config = all_of["HostConfig"], all_of["Config"]
    published = {p: b for p, b in (host["PortBindings"] or {}).items()}
    return [what for what, holds in (
        ("a user that is not root", config["User"] == "10001:10001"),
        ("a root that cannot be written", host["ReadonlyRootfs"]),
        ("no capabilities", host["CapDrop"] == ["ALL"] and not host["CapAdd"]),
        ("no new privileges", "no-new-privileges:true" in host["SecurityOpt"]),
        ("a limit of memory", host["Memory"] > 0),
        ("a limit of processes", host["PidsLimit"] > 0),
        ("not privileged", not host["Privileged"]),
        ("a network only where it is reached", (host["NetworkMode"] != "none") == (
            name in ("gateway", "prometheus"))),
        ("no port but on loopback", all(b["HostIp"] == "127.0.0.1" for ports in published.values()
                                        for b in ports) and bool(published) == (
                                            name in ("gateway", "prometheus"))),
        ("no folder of the machine", all(m["Type"] == "volume" for m in all_of["Mounts"])),
        ("logs that are rotated", host["LogConfig"]["Config"].get("max-size")),
    ) if not holds]


def is_hardened():
    compose(*PROFILES, "up", "--no-start", "--no-build")
    names = compose(*PROFILES, "config", "--services").stdout.split()
    ok({*PROGRAMS, *ONCE, "backup", "prometheus"} == set(names), "each container is looked at", names)
    for name in names:
        ok(not may_not(name), "%s: what it may not" % name, "lacks " + ", ".join(may_not(name)))
    for name, of in (("init", "shegong"), ("demo", "jq"), ("prometheus", "prometheus")):
        looks(image(name), of)
    size = int(run("docker", "image", "inspect", "-f", "{{.Size}}", image("init")).stdout)
    note("the image has %.0f MB" % (size / 1e6))
    ok(size < 120e6, "the image has less than 120 MB", size)


def looks(image, of):
    ran = run("docker", "run", "--rm", "--network", "none", "--entrypoint", "sh", image, "-c",
              "command -v gcc cc c++ make ninja node; find / -xdev -perm /6000 -type f; id -u")
    same(ran.stdout.split(), ["10001"], "%s: no compiler, nothing with a set-uid bit, not root" % image)
    ran = run("docker", "run", "--rm", "--network", "none", "--entrypoint", "cat", image,
              "/usr/share/shegong/sbom.json")
    names = {part["name"] for part in json.loads(ran.stdout or '{"components": []}')["components"]}
    ok({"libc6", of} <= names, "%s: it holds a list of what is in it" % image, sorted(names)[:5])


PROFILES = [word for name in ("demo", "backup", "restore", "monitoring") for word in ("--profile", name)]


def plays():
    printed = operator("The demo")
    ok(re.search(r"\b90  .*People in post", printed) and printed.count(" sound") == 5,
       "the demo plays the year and prints its table", printed[-2500:])
    province = token("zhang.token")
    before = overview(province)
    ok(before, "the province's token reads the figures")
    compose(*PROFILES, "down")
    ran = run("docker", "ps", "-aq", "--filter", "label=com.docker.compose.project=" + PROJECT)
    same(ran.stdout, "", "down takes every container away")
    compose("up", "-d")
    healthy("up again")
    same(overview(province), before, "the data are served as before")
    return province


def overview(token):
    got = []
    until(lambda: got.append(Client(PORT, token).ask(
        full_name("reporting.GetOverview"), {"programme_year_id": YEAR})) or not got[-1].reason, 20)
    return None if got[-1].reason else got[-1].json()


def bears_faults(load):
    for name in PROGRAMS:
        run("docker", "restart", container(name))
        before = inspect(name)["RestartCount"]
        os.kill(state(name)["Pid"], signal.SIGKILL)
        ok(until(lambda: state(name)["Running"] and inspect(name)["RestartCount"] > before, 20)
           and until(ready, 30), "%s: restarted and killed, it comes back by itself" % name)
        stands_still(name, load)
    compose("restart")
    healthy("all were restarted")
    ok(until(ready, 30) and load.go_on(), "and go on")


def stands_still(name, load):
    run("docker", "pause", container(name))
    if name == "gateway":
        told = get("/readyz")[0] == 0
        others = all(well(n) for n in SERVICES)
    else:
        told = until(lambda: get("/readyz")[0] == 503 and re.search(
            r'"%s"[^}]*"ready" *: *false|%s' % (name, name), get("/readyz")[1]), 20)
        others = load.go_on(without=[name]) and all(well(n) for n in SERVICES if n != name)
    run("docker", "unpause", container(name))
    ok(told, "%s: while it stands still, health says so" % name, get("/readyz"))
    ok(others, "%s: and the others go on" % name, load)
    ok(until(ready, 30) and load.go_on(), "%s: then all is well" % name, load)


def well(name):
    return run("docker", "exec", container(name), "shegong", "health", name).returncode == 0


def disk_full(load, volume):
    """The volume of supervision is filled to the last byte by somebody else."""
    ballast = os.path.join(volume, "ballast")
    with open(ballast, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            pass
    ok(until(lambda: not well("supervision"), 20) and until(
        lambda: get("/readyz")[0] == 503, 20), "a full volume: health says so")
    answer = Client(PORT, load.writers[0].client.token).once(
        "/shegong." + full_name("supervision.PlanVisit"), json.dumps(
            load.writers[3].message(0)).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + load.writers[0].client.token})
    same(answer.reason, "STORE_FULL", "its commands are refused")
    ok(load.go_on(without=["supervision"]), "the others go on")
    os.remove(ballast)
    ok(until(lambda: well("supervision"), 20) and load.go_on(), "with room again it goes on by itself")


def is_upgraded(load):
    """A release that differs by its tag."""
    origin = os.path.join(PLACE, "work")
    run("rm", "-rf", origin)
    for argv in (["clone", "-q", os.path.join(PLACE, "origin.git"), origin],
                 ["-C", origin, "config", "user.email", "next@example.org"],
                 ["-C", origin, "config", "user.name", "next"]):
        run("git", *argv)
    run("sed", "-i", "s/SHEGONG_VERSION:-[0-9.]*}/SHEGONG_VERSION:-next}/",
        os.path.join(origin, "docker-compose.yml"))
    run("git", "-C", origin, "commit", "-qam", "next")
    run("git", "-C", origin, "push", "-q")
    begun = time.monotonic()
    operator("Upgrade")
    note("the rolling upgrade took %.0f s" % (time.monotonic() - begun))
    same({image(name) for name in PROGRAMS}, {"shegong:next"}, "each runs of the new image")
    healthy("all are healthy")
    ok(load.go_on(), "and go on")


def is_watched():
    operator("Watching")
    query = "/api/v1/query?query=shegong_up%7Bjob%3D%22shegong%22%7D"

    def all_up():
        status, text = get(query, 9090)
        found = json.loads(text)["data"]["result"] if status == 200 else []
        return {f["metric"]["service"]: f["value"][1] for f in found} == {s: "1" for s in SERVICES}

    ok(until(all_up, 60), "Prometheus sees all services", get(query, 9090))
    rules = json.loads(get("/api/v1/rules", 9090)[1])["data"]["groups"]
    ok(sum(len(group["rules"]) for group in rules) >= 7, "and has the rules", rules)
    ok(until(lambda: state("prometheus")["Health"]["Status"] == "healthy", 30), "and is healthy")


def has_a_door():
    files = os.environ["COMPOSE_FILE"]
    os.environ["COMPOSE_FILE"] = files.replace("docker-compose.yml", "docker-compose.yml:deploy/door.yml")
    compose("rm", "-sf", "gateway")
    compose("up", "-d", "--no-deps", "gateway")
    greeting = b""
    until(ready, 30)
    with socket.create_connection(("127.0.0.1", 7410), 10) as line:
        line.sendall(b"\xff" + bytes(8) + b"\x7f\x03\x00CURVE".ljust(54, b"\0")[:54])
        while len(greeting) < 32:
            more = line.recv(64)
            if not more:
                break
            greeting += more
    os.environ["COMPOSE_FILE"] = files
    ok(b"CURVE" in greeting, "the door is there when it is set", greeting)
    same(may_not("gateway"), [], "and is on loopback too")


def drill(load, acknowledged):
    begun = time.monotonic()
    printed = operator("Backup, and the drill")
    note("the drill took %.0f s" % (time.monotonic() - begun))
    ok(printed.count("restored") >= 5 and printed.count(" sound") >= 10,
       "a backup is proved, all five are restored from it and proved", printed[-3000:])
    healthy("they are served")
    load.kept(acknowledged, "what was acknowledged before the backup is there")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    as_written()
    compose(*PROFILES, "down", "-v")  # what an earlier run was kept from
    volume = small_volume()
    # The demo can be played, and a load is no attack.
    os.environ.update(SHEGONG_CLOCK="virtual", SHEGONG_MAP_MIB="1024", SHEGONG_RATE_ACCOUNT="0",
                      SHEGONG_RATE_ADDRESS="0")
    try:
        installs()
        is_hardened()
        province = plays()
        with Load(province) as load:
            bears_faults(load)
            disk_full(load, volume)
            is_upgraded(load)
            acknowledged = load.acknowledged()
            taken = compose("run", "--rm", "backup", "once")
            ok(taken.returncode == 0 and taken.stdout.count(" sound") == 5,
               "a backup is taken under load, and proved", taken.stdout + taken.stderr)
        same([wrong for w in load.writers for wrong in w.wrong][:5], [], "each command was answered well")
        load.kept(load.acknowledged(), "nothing acknowledged is lost")
        is_watched()
        has_a_door()
        # Who has it open keeps it; when all are down it is gone, as the other volumes then are.
        run("umount", "-l", volume)
        drill(load, acknowledged)
    finally:
        run("umount", "-l", volume)
        compose(*PROFILES, "down", "-v")
    done()


main()
