#!/usr/bin/env python3
"""Clients as integrators use them, against the programs: run.py BUILD_DIR [NAME...]

NAME is that of a part, as in PARTS; without one all are run.  The records of a programme's year are
there; who asks, is known by tokens, which deploy/first-token.sh has made.  Prints TAP."""

import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
ROOT = os.path.dirname(TESTS)
sys.path[:0] = [os.path.join(TESTS, "faults"), os.path.join(TESTS, "gateway")]

from load import FIRST_DATE, programme  # noqa: E402
from programs import SERVICES, Client, Programs, free_port, full_name  # noqa: E402
from proof import behind, heads_of  # noqa: E402
from tap import ok, until  # noqa: E402
import tap  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PLACE = os.path.join(HERE, "samples.tmp")  # where the samples of proto/README.md run


def run(*argv, text="", timeout=300, cwd=ROOT, **env):
    return subprocess.run([str(a) for a in argv], input=text, capture_output=True, text=True,
                          timeout=timeout, env={**os.environ, **env}, cwd=cwd)


def who():
    with open(os.path.join(PLACE, "zhang.token"), encoding="ascii") as file:
        return {"Authorization": "Bearer " + file.read().strip()}


def sample_texts():
    """name -> text of the samples, in their order."""
    with open(os.path.join(ROOT, "proto/README.md"), encoding="utf-8") as file:
        return dict(re.findall(r"<!-- ([\w.]+) -->\n```\w+\n(.*?)```", file.read(), re.S))


def prepare():
    """The samples in a folder with what they need, and the clients that one of them generates."""
    shutil.rmtree(PLACE, ignore_errors=True)
    os.mkdir(PLACE)
    for name in ("tests/node_modules", "proto"):
        os.symlink(os.path.join(ROOT, name), os.path.join(PLACE, os.path.basename(name)))
    with open(os.path.join(PLACE, "generate.sh"), "w", encoding="utf-8") as file:
        file.write(sample_texts()["generate.sh"])
    made = run("bash", "generate.sh", cwd=PLACE)
    ok(made.returncode == 0, "generate.sh runs as it stands: protoc-gen-es makes clients", made.stderr)


def quiet(client):
    """Nobody has anything left to follow, so that nothing more happens."""
    before, after = ({name: client.status(name) for name in SERVICES} for _ in range(2))
    return not list(behind(after, heads_of(after))) and heads_of(before) == heads_of(after)


def fill(port):
    """A programme's year, so that there is something to ask for."""
    client = Client(port)
    refused = []
    for step in programme():
        for method, message, who in step:
            answer = client.ask(full_name(method), message, who)
            if answer.status != 200:
                refused.append((method, answer.data))
        if not until(lambda: quiet(client), 30):
            refused.append("not all have followed")
    client.close()
    ok(not refused, "a programme's year is there", refused)


def tokens(programs):
    """Up to here the year was entered as if by many; from here on a token says who asks."""
    programs.stop_one("gateway")
    # The documents are compared with some hundred answers a second.
    programs.env.update(SHEGONG_ACCESS="tokens", SHEGONG_RATE_ACCOUNT="0")
    made = run("bash", "deploy/first-token.sh", "53", os.path.join(programs.folder, "tokens"),
               **{**programs.env, "PATH": BUILD + ":" + os.environ["PATH"]})
    ok(made.returncode == 0, "the first accounts and their tokens", made.stdout + made.stderr)
    shutil.copy(os.path.join(programs.folder, "tokens", "zhang.token"), PLACE)
    programs.start("gateway")
    programs.wait_ready()
    session = ("curl", "-fsS", "-H", "Authorization: " + who()["Authorization"],
               "http://127.0.0.1:%d/v1/session" % programs.port)
    ok(until(lambda: '"zhang"' in run(*session).stdout, 10), "a token says who asks", run(*session))


def node(names):
    """Tests in Node, at once: their lines are counted on from ours."""
    def part(programs):
        env = {**os.environ, "CLIENT_URL": "http://127.0.0.1:%d" % programs.port,
               "CLIENT_HEADERS": json.dumps(who())}
        started = [(name, subprocess.Popen(["node", os.path.join(HERE, name + ".mjs")], env=env,
                                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                           text=True)) for name in names]
        for name, program in started:
            said, _ = program.communicate(timeout=300)
            lines = said.splitlines()
            for i, line in enumerate(lines):
                found = re.match(r"(not )?ok \d+ - (.*)", line)
                if found:
                    more = [l[2:] for l in lines[i + 1:i + 13] if l.startswith("# ")]
                    ok(not found.group(1), "%s: %s" % (name, found.group(2)), "\n".join(more))
            ok(re.match(r"1\.\.\d+$", lines[-1] if lines else ""), "%s ran to its end" % name, said[-2000:])
    return part


def buf_curl(programs):
    buf = os.path.join(TESTS, "node_modules", ".bin", "buf")
    at = "http://127.0.0.1:%d/shegong.stations.v1.StationsService/" % programs.port
    common = [buf, "curl", "--schema", "proto", "--protocol", "connect",
              *(part for pair in who().items() for part in ("-H", "%s: %s" % pair))]
    got = run(*common, "-d", '{"regionCode": "53"}', at + "GetRegion")
    ok(got.returncode == 0 and json.loads(got.stdout)["region"]["regionCode"] == "53",
       "buf curl: a query", got.stdout + got.stderr)
    added = run(*common, "-d", '{"region_code": "5399", "name_zh": "某市", "name_en": "N"}',
                at + "AddRegion")
    ok(added.returncode == 0 and "某市" in added.stdout, "buf curl: a command",
       added.stdout + added.stderr)
    again = run(*common, "-d", '{"region_code": "5399", "name_zh": "某市", "name_en": "N"}',
                at + "AddRegion")
    error = json.loads(again.stderr) if again.stderr.startswith("{") else {}
    ok(again.returncode and error.get("code") == "already_exists"
       and "REGION_EXISTS" in again.stderr, "buf curl: a refusal and its detail", again.stderr)


def promtool(programs):
    found = shutil.which("promtool")
    if not found:
        unpacked = os.path.join(BUILD, "unpacked")
        found = os.path.join(unpacked, "usr/bin/promtool")
        if not os.path.exists(found):
            run("bash", "deploy/install.sh", "--unpack", unpacked, "unpack")
    metrics = run("curl", "-fsS", "http://127.0.0.1:%d/metrics" % programs.port)
    said = run(found, "check", "metrics", text=metrics.stdout)
    families = metrics.stdout.count("# TYPE ")
    ok(metrics.returncode == 0 and families > 10, "/metrics has many families", metrics.stderr)
    ok(said.returncode == 0 and not said.stderr, "promtool finds nothing amiss in /metrics",
       said.stdout + said.stderr)


class Following:
    """shegong events --gateway, and what it has printed."""

    def __init__(self, name, at, *more, token="zhang.token"):
        self.out = os.path.join(PLACE, name)
        with open(self.out, "w", encoding="utf-8") as out:
            self.program = subprocess.Popen(
                [os.path.join(BUILD, "shegong"), "events", "--gateway", at, "--token",
                 os.path.join(PLACE, token), "--json", *more], stdout=out, stderr=subprocess.PIPE,
                text=True, cwd=PLACE, env={**os.environ, "LC_ALL": "C.UTF-8"})

    def events(self):
        with open(self.out, encoding="utf-8") as out:
            return [json.loads(line) for line in out if line.endswith("\n")]

    def numbers(self):
        return [int(event["sequence"]) for event in self.events()]

    def end(self):
        """Its exit status and what it complained of."""
        self.program.terminate()
        said = self.program.communicate(timeout=10)[1]
        return self.program.returncode, said


def shegong_events(programs):
    at = "http://127.0.0.1:%d" % programs.port
    mine = ("--source", "stations", "--from", "start", "--cursor", "events.cursor")
    first = Following("first", at, *mine)
    ok(until(lambda: len(first.events()) >= 20, 10), "shegong events: what has happened")
    ended = first.end()
    numbers = first.numbers()
    ok(ended == (0, "") and numbers == list(range(1, len(numbers) + 1)),
       "... each once and in order", (ended, numbers))

    second = Following("second", at, *mine)
    programs.kill("gateway")
    programs.start("gateway")
    region = {"regionCode": "5397", "nameZh": "某市", "nameEn": "A prefecture"}
    added = lambda: run("curl", "-sS", "-H", "Authorization: " + who()["Authorization"], "-H",
                        "Content-Type: application/json", "-H", "Idempotency-Key: after-restart",
                        "-d", json.dumps(region), at + "/shegong." + full_name("stations.AddRegion"))
    ok(until(lambda: "5397" in added().stdout, 20), "the gateway is another one", added().stdout)
    came = until(lambda: any(e["subject"] == "5397" for e in second.events()), 20)
    ended = second.end()
    numbers += second.numbers()
    ok(came and ended[0] == 0 and numbers == list(range(1, len(numbers) + 1)),
       "... and the events go on behind the cursor, through the gateway's end", (ended, numbers))

    # A place that the journal does not reach, as after an older store has been put back.
    ahead = Following("ahead", at, "--source", "stations", "--from", "stations=999999")
    told = until(lambda: ahead.events(), 20)
    region["regionCode"] = "5396"
    run("curl", "-sS", "-H", "Authorization: " + who()["Authorization"], "-H",
        "Content-Type: application/json", "-H", "Idempotency-Key: after-reset", "-d",
        json.dumps(region), at + "/shegong." + full_name("stations.AddRegion"))
    came = until(lambda: len(ahead.events()) > 1, 20)
    ended = ahead.end()
    ok(told and ahead.events()[0] == {"reset": {"source": "stations", "sequence": str(numbers[-1])}} and
       came and ahead.events()[1]["subject"] == "5396",
       "another journal is told of, and gone on with", ahead.events())
    ok(ended[0] == 3 and "another one now" in ended[1], "... and the end says so", ended)

    with open(os.path.join(PLACE, "forged.token"), "w", encoding="ascii") as file:
        file.write("shegong_" + "A" * 43 + "00000000\n")
    forged = Following("third", at, token="forged.token")
    said = forged.program.communicate(timeout=20)[1]
    ok(forged.program.returncode == 1 and "TOKEN_UNKNOWN" in said and len(said.split("\n")) >= 3,
       "an unknown token is refused, in both languages", said)
    over_tls(programs)


def over_tls(programs):
    """Another gateway over the same services, with a certificate of its own."""
    made = run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
               "-nodes", "-keyout", "tls.key", "-out", "tls.pem", "-days", "9", "-subj",
               "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", cwd=PLACE)
    port = free_port()
    gateway = subprocess.Popen([os.path.join(BUILD, "shegong-gateway")], env={
        **programs.env, "SHEGONG_LISTEN": "127.0.0.1:%d" % port, "SHEGONG_TLS_CERT": PLACE + "/tls.pem",
        "SHEGONG_TLS_KEY": PLACE + "/tls.key"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    at = "https://127.0.0.1:%d" % port
    known = Following("known", at, "--from", "start", "--ca", "tls.pem")
    ok(until(lambda: known.events(), 20), "over TLS, by a certificate that --ca knows",
       made.stderr)
    known.end()
    unknown = Following("unknown", at, "--from", "start")
    said = unknown.program.stderr.readline()
    ok("certificate" in said and unknown.end()[0] == 0 and not unknown.events(),
       "... and not by one that nobody knows", said)
    gateway.terminate()
    gateway.wait()


SAMPLES = {  # of proto/README.md, in this order: what runs it, and what it says
    "first.sh": ("bash first.sh", ["春田社工服务中心", '"agencyId":"ag-first"', '"revision":"1"']),
    "first.py": (sys.executable + " first.py", ["ag-0 机构", "NOT_FOUND ag-nobody", "HTTP 404"]),
    "first.mjs": ("node first.mjs", ["53 53", "REGION_EXISTS", "already_exists"]),
    "generate.sh": ("true", []),  # has run
    "typed.mjs": ("node typed.mjs", ["year-2022 负载年度 1"]),
    "first.c": ("$(sed -n 's,^/[*] \\(cc .*\\) [*]/$,\\1,p' first.c) && ./first",
                ["例子社工服务中心", '"agencyId":"ag-c"', '"not_found"', "HTTP 200, 200, 404"]),
}


def samples(programs):
    texts = sample_texts()
    ok(list(texts) == list(SAMPLES), "the samples of proto/README.md", list(texts))
    for name, text in texts.items():
        command, says = SAMPLES[name]
        with open(os.path.join(PLACE, name), "w", encoding="utf-8") as file:
            file.write(text.replace("http://127.0.0.1:8080", "http://127.0.0.1:%d" % programs.port))
        done = run("sh", "-c", command, cwd=PLACE, timeout=120)
        ok(done.returncode == 0 and all(word in done.stdout for word in says),
           "%s runs as it stands" % name, done.stdout + done.stderr)


PARTS = {
    "samples": samples,
    "node": node(["connect", "documents", "events"]),
    "buf": buf_curl,
    "promtool": promtool,
    "shegong": shegong_events,
}


def main():
    prepare()
    with Programs(BUILD, FIRST_DATE) as programs:
        fill(programs.port)
        tokens(programs)
        for name in sys.argv[2:] or PARTS:
            PARTS[name](programs)
        ok(all(status == 0 for status in programs.stop().values()), "all programs end well")
    shutil.rmtree(PLACE)
    tap.done()


main()
