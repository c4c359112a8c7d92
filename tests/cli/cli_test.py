#!/usr/bin/env python3
"""The command line against the five services: cli_test.py SHEGONG SERVICE..."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

for folder in ("../gateway", "../faults"):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), folder))
from programs import free_port  # noqa: E402
from tap import done, ok, same, until  # noqa: E402

SHEGONG, PROGRAMS = sys.argv[1], sys.argv[2:]
NAMES = [re.sub(r".*shegong-", "", p) for p in PROGRAMS]
YEAR = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "../../deploy/programmes/three-areas-2022")
WHO = "account=zhang;person=p-zhang;role=PROVINCE;region=53"
PLACE = tempfile.mkdtemp(prefix="sg")
ENV = {**os.environ, "SHEGONG_RUN": PLACE, "SHEGONG_DATA": PLACE + "/data",
       "SHEGONG_CLOCK": "virtual", "SHEGONG_CLOCK_START": "2022-03-01", "SHEGONG_MAP_MIB": "64",
       "SHEGONG_AS": WHO, "LC_ALL": "C.UTF-8"}
os.mkdir(PLACE + "/data")
running = {}


def start(name):
    log = open(os.path.join(PLACE, name + ".log"), "ab")
    running[name] = subprocess.Popen([PROGRAMS[NAMES.index(name)]], env=ENV, stdout=log, stderr=log)


def run(*argv, text=None, **env):
    return subprocess.run([SHEGONG, *argv], env={**ENV, **env}, input=text, text=True,
                          capture_output=True, timeout=300)


def status():
    return json.loads(run("status", "--json").stdout)


def ready():
    return all(s["ready"] for s in status())


def heads():
    return {s["service"]: s["head"]["sequence"] for s in status()}


def quiet():
    """True where nobody has anything left to follow, and so nothing more happens."""
    now = {s["service"]: s for s in status()}
    return all(f.get("sequence", "0") == now[f["source"]]["head"]["sequence"]
               for s in now.values() for f in s.get("followed", ()))


def write(name, text):
    path = os.path.join(PLACE, name)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text)
    return path


def ask(method, body):
    return json.loads(run("call", method, json.dumps(body)).stdout)


def without_services():
    same(run().returncode, 2, "no subcommand is a mistake of usage")
    same(run("dance").returncode, 2, "an unknown subcommand is a mistake of usage")
    r = run("--help")
    ok(r.returncode == 0 and "调用一个方法" in r.stdout and "Call one method" in r.stdout,
       "--help tells of the subcommands in both languages", r)
    same(run("call", "personnel.ListAgencies", "{}").returncode, 75,
         "a service that is not there is unavailable")
    r = run("status")
    ok(r.returncode == 1 and r.stdout.count("no answer") == 5,
       "status shows each service that does not answer", r)


def calls():
    region = '{"region_code": "53", "name_en": "Yunnan", "name_zh": "云南省"}'
    first = run("call", "stations.AddRegion", region, "--id", "cmd-1")
    again = run("call", "stations.AddRegion", "--id", "cmd-1", text=region)
    ok(first.returncode == 0 and json.loads(first.stdout)["region"]["nameZh"] == "云南省",
       "a command is carried out and answered in JSON", first)
    same(again.stdout, first.stdout, "the same id and body get the same answer, from stdin too")
    path = write("region.json", region)
    english = run("call", "stations.AddRegion", "@" + path)
    chinese = run("call", "stations.AddRegion", "@" + path, LC_ALL="zh_CN.UTF-8")
    ok(english.returncode == 1 and "REGION_EXISTS (53)" in english.stderr,
       "a refusal says its reason and ends with 1", english)
    lines = [e.stderr.split("\n")[1:3] for e in (english, chinese)]
    same(lines[0], lines[1][::-1], "the user's language comes first, then the other")
    same(run("call", "stations.AddRegion", '{"region_cod": "53"}').returncode, 1,
         "a field that there is not is refused")
    same(run("call", "stations.Dance", "{}").returncode, 2, "an unknown method is one of usage")
    same(run("call", "stations.GetRegion", "{}", "--as", "zhang").returncode, 2,
         "a malformed caller is one of usage")
    r = run("call", "stations.GetRegion", '{"region_code": "53"}', "--after", "stations=2",
            "--defaults")
    ok(r.returncode == 0 and "lastYear" in r.stdout, "a query waits for a position, shows zeros", r)
    same(json.loads(run("call", "funding.Status", "{}").stdout)["service"], "funding",
         "what every service answers goes by the service's name")


COMPLETE = """
source %s
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_shegong
printf '%%s\\n' "${COMPREPLY[@]}"
"""


def completed(*words):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                          "../../gateway/cli/completion.bash")
    r = subprocess.run(["bash", "-c", COMPLETE % script, "bash", SHEGONG, *words],
                       capture_output=True, text=True)
    return r.stdout.split()


def names():
    listed = run("call", "--list").stdout.split()
    ok("personnel.OpenCall" in listed and "funding.Status" in listed and len(listed) > 300,
       "the methods are listed by their names", len(listed))
    alike = run("call", "--list", "stations.GetReg").stdout.split()
    ok("stations.GetRegion" in alike and all(name.startswith("stations.GetReg") for name in alike),
       "or those that begin alike", alike)
    for near, meant in (("stations.GetRegoin", "stations.GetRegion"),
                        ("station.ListSites", "stations.ListSites"),
                        ("opencall", "personnel.OpenCall")):
        r = run("call", near, "{}")
        ok(r.returncode == 2 and "perhaps " + meant + "\n" in r.stderr,
           f"{near} may have been {meant}", r.stderr)
    ok("perhaps" not in run("call", "stations.Dance", "{}").stderr,
       "what is like nothing is not guessed at")
    r = subprocess.run([SHEGONG, "--lang", "zh", "call", "stations.GetRegoin", "{}"],
                       env={**ENV, "LC_ALL": "C"}, capture_output=True, text=True)
    ok("没有该方法" in r.stderr and "或许是 stations.GetRegion" in r.stderr,
       "--lang comes before what the environment says", r.stderr)
    same(completed("ca"), ["call"], "bash completes subcommands")
    same(completed("call", "personnel.RegisterAg"), ["personnel.RegisterAgency"],
         "and the names of methods")
    same(completed("account", "ap"), ["approve"], "and what can be done with an account")


def events():
    r = run("events", "--from", "start", "--once", "--json", "--source", "stations")
    told = [json.loads(line) for line in r.stdout.splitlines()]
    ok(r.returncode == 0 and told and [int(e["sequence"]) for e in told if
       e["source"] == "/shegong/stations"] == list(range(1, len(told) + 1)),
       "the events of a journal, each once and in order", r)
    added = [e for e in told if e["type"] == "shegong.stations.v1.RegionAdded"]
    ok(added and added[0]["data"]["region"]["nameZh"] == "云南省" and added[0]["subject"] == "53"
       and added[0]["specversion"] == "1.0", "each is a CloudEvent", added)
    onward = re.search(r"--from (\S+)", r.stderr).group(1)
    same(run("events", "--from", onward, "--once").stdout, "", "from where it ended comes nothing")
    r = run("events", "--from", "start", "--once", "--type", "RegionAdd", "--type", "SiteOpened")
    ok("RegionAdded" in r.stdout and r.stdout.count("\n") == len(added) and " 53 " in r.stdout,
       "a filter by type, as lines for people", r.stdout)
    for wrong in (("--from", "yesterday"), ("--from", "nobody=3"), ("--as", "zhang"), ("53",)):
        same(run("events", *wrong).returncode, 2, "mistake of usage: events " + " ".join(wrong))

    r = run("events", "--from", "stations=999999", "--once", "--json", "--source", "stations")
    last = int(told[-1]["sequence"])
    same((r.returncode, r.stdout), (3, '{"reset":{"source":"stations","sequence":"%d"}}\n' % last),
         "a journal that ends before where one stands is another one: it is told, and gone on with")
    ok("another one now" in r.stderr and "stations=%d" % last in r.stderr,
       "... in words, and from its end", r.stderr)

    following = subprocess.Popen([SHEGONG, "events", "--json", "--subject", "5398"], env=ENV,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    region = '{"region_code": "%s", "name_en": "N", "name_zh": "某市"}'
    # It begins at some moment of its own: the second may be the first that it sees.
    until(lambda: following.poll() is not None, 1)
    late = threading.Timer(60, following.kill)
    late.start()
    run("call", "stations.AddRegion", region % "5397")
    run("call", "stations.AddRegion", region % "5398")
    first = json.loads(following.stdout.readline() or "{}")
    running["stations"].send_signal(signal.SIGKILL)
    running["stations"].wait()
    start("stations")
    until(ready)
    run("call", "stations.AddRegion", region % "539801")
    second = json.loads(following.stdout.readline() or "{}")
    late.cancel()
    same([first.get("subject"), second.get("subject")], ["5398", "539801"],
         "they come as they happen, through a service that was killed, and only those asked for")
    following.send_signal(signal.SIGINT)
    said = following.communicate(timeout=60)[1]
    ok(following.returncode == 0 and "to go on: shegong events --from" in said,
       "at its end it says how to go on", said)


def imports():
    tables = [os.path.join(YEAR, name) for name in
              ("01-programme-year.csv", "03-sites.csv", "04-agencies.csv", "05-people.csv")]
    r = run("import", *tables)
    same((r.returncode, r.stderr.split("\n")[-2]), (0, "05-people 230/230  refused 0"),
         "a programme's tables are imported row by row")
    until(quiet)
    before = heads()
    same(run("import", *tables).returncode, 0, "importing them again is answered as before")
    same(heads(), before, "and changes nothing")

    head = "# method: personnel.RegisterAgency\r\n# as: " + WHO + "\r\n" \
           "agency_id,name_zh,name_en,credit_code,region_code,synthetic,certified_staff,_note\r\n"
    path = write("more.csv", "\ufeff" + head +
                 'ag-91,"甲,""乙""",A,52530000MJ0000900Q,53,true,3,x\r\n'
                 'ag-92,丙,C,BAD,53,true,3,"two\r\nlines"\r\n'
                 'ag-93,丁,D,52530000MJ0000002C,53,perhaps,3,\r\n'
                 "ag-94,戊\r\n")
    r = run("import", path)
    same(r.returncode, 1, "where a row is refused the import ends with 1")
    for line, reason in ((4, "CREDIT_CODE_INVALID (52530000MJ0000900Q)"),
                         (5, "CREDIT_CODE_INVALID (BAD)"), (7, "CELL_MALFORMED (synthetic)"),
                         (8, "ROW_MALFORMED")):
        ok(f"{path}:{line}: {reason}" in r.stderr, f"row {line} is listed: {reason}", r.stderr)
    with open(os.path.join(PLACE, "more.refused.csv"), encoding="utf-8-sig", newline="") as back:
        text = back.read()
    told = ",_line,_field,_reason,_message_zh,_message_en\r\n"
    ok(text.startswith(head[:-2] + told) and '"two\r\nlines"' in text and '"甲,""乙"""' in text,
       "the refused rows are kept as a table of their own", text)
    r = run("import", path)
    ok(r.returncode == 1 and "is left as it is" in r.stderr,
       "a list of refused rows is never written over", r.stderr)
    mended = "\n".join(head.split("\r\n")) + 'ag-91,"甲,""乙""",A,52530000MJ00000019,53,true,3,x\n'
    same(run("import", write("more.refused.csv", mended)).returncode, 0,
         "what is mended in that table is imported from it")
    same(ask("personnel.GetAgency", {"agency_id": "ag-91"})["agency"]["nameZh"], '甲,"乙"',
         "a quoted cell is read as it was meant")
    ok(text.split("\r\n")[3].startswith("ag-91,") and
       ",4,52530000MJ0000900Q,CREDIT_CODE_INVALID,52530000MJ0000900Q不是有效的" in text,
       "at the end of each stand its line, field, reason and sentences", text)
    told = run("import", write("told.csv", text))
    ok(told.returncode == 1 and "CREDIT_CODE_INVALID (BAD)" in told.stderr,
       "with those at its end it is imported like any other", told.stderr)
    with open(os.path.join(PLACE, "told.refused.csv"), encoding="utf-8", newline="") as back:
        same(back.read().count("_message_en"), 1, "and they are not added a second time")
    same(run("import", write("open.csv", 'a,b\n"x')).returncode, 2,
         "a table whose quotes do not end is not read")
    path = write("agreed.csv", "method,programme_year_id,source,planned_yuan,appropriation_id,"
                 "document_no,as\n"
                 f"funding.PlanAppropriation,three-areas-2022,central,1800000.5,ap-1,D1,{WHO}\n"
                 f"funding.PlanAppropriation,three-areas-2022,provincial,1.234,ap-2,D2,{WHO}\n")
    r = run("import", path)
    ok(r.returncode == 1 and f"{path}:3: CELL_MALFORMED (planned_fen)" in r.stderr,
       "an amount with three decimals is no amount", r.stderr)
    found = ask("funding.GetAppropriation", {"appropriation_id": "ap-1"})
    same(found["appropriation"]["plannedFen"], "180000050", "yuan become fen exactly")


def personal_data():
    """A table that says who somebody is: nothing of it is sent, said or copied."""
    before, number = heads(), "990101199003070015"
    head = "# method: personnel.RecordPersonData\n# as: " + WHO + "\n"
    write("whole.json", '{"personId": "w001", "identityNumber": "%s"}' % number)
    for name, table in (
            ("a column", "identity_number,person_id\n%s,w001\n" % number),
            ("a column by its JSON name", "person_id,identityNumber\nw001,%s\n" % number),
            ("a column of a list", "rows[].phone_number\n%s\n" % number),
            ("a column, and a row with too many cells",
             "person_id,identity_number\nw001,%s,\n" % number),
            ("a request", 'json\n"{""personId"": ""w001"", ""identityNumber"": ""%s""}"\n' % number),
            ("a request that is cut off", 'json\n"{""account_number"": ""%s"", "\n' % number),
            ("a request in a file", "json\n@whole.json\n")):
        r = run("import", write("personal.csv", head + table))
        ok(r.returncode == 2 and "are not imported" in r.stderr and
           number not in r.stderr + r.stdout, "what is personal is not imported: " + name, r.stderr)
    r = run("import", os.path.join(PLACE, "personal.csv"), LC_ALL="zh_CN.UTF-8")
    ok(r.returncode == 2 and "不导入身份证号码" in r.stderr, "that is said in Chinese too", r.stderr)
    os.mkdir(os.path.join(PLACE, "personal"))
    write("personal/play.csv", "date,file\n2022-03-01,people.csv\n")
    write("personal/people.csv", head + "person_id,phone_number\nw001,13800000007\n")
    r = run("play", os.path.join(PLACE, "personal"), "--refused", PLACE)
    ok(r.returncode == 2 and "are not imported" in r.stderr, "nor played", r)
    ok(heads() == before and not [name for name in os.listdir(PLACE) if "personal.refused" in name
                                  or "people.refused" in name],
       "nothing was sent, and no list of refused rows holds it")


def exports():
    path = os.path.join(PLACE, "agencies.csv")
    r = run("export", "personnel.ListAgencies", '{"page_size": 7}', path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = ask("personnel.ListAgencies", {"page_size": 1000})["agencies"]
    same((r.returncode, [a["agency_id"] for a in rows]), (0, [a["agencyId"] for a in found]),
         "a list is exported with all its pages")
    same((rows[0]["state"], rows[-1]["name_zh"]), ("AGENCY_STATE_ELIGIBLE", found[-1]["nameZh"]),
         "in the contract's names, so that a machine can read it")
    r = run("export", "personnel.ListAgencies", path, "--headings", "zh")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    same((r.returncode, rows[0]["状态"], rows[0]["合成数据"]), (0, "可申报", "是"),
         "or in the words of the catalogue")
    for asked, why in ((["personnel.RegisterAgency", path], "a command is not exported"),
                       (["personnel.ListAgencies", "agencies.txt"], "a file is .csv or .xlsx"),
                       (["personnel.ListAgencies", "[]", path], "a request is an object"),
                       (["personnel.GetAgency", '{"agency_id": "ag-01"}', path],
                        "what has no table is no CSV file")):
        same(run("export", *asked).returncode, 2, why)
    r = run("export", "personnel.GetAgency", '{"agency_id": "nobody"}', path[:-3] + "xlsx")
    ok(r.returncode == 1 and "NOT_FOUND" in r.stderr, "what is refused is told", r)
    r = run("export", "personnel.ListAgencies", path[:-3] + "xlsx")
    with open(path[:-3] + "xlsx", "rb") as file:
        same((r.returncode, file.read(2)), (0, b"PK"), "a workbook is written")
    same(run("export", "personnel.ListAgencies", "/no/such/folder/x.csv").returncode, 1,
         "a file that cannot be written is told")


def lists_that_may_be_cut():
    """RecordWork takes many rows, and refuses all for one: each is told by itself."""
    head = "# method: reporting.RecordWork\n# as: " + WHO + "\n" \
           "rows[].record_id,rows[].posting_id,rows[].worked_on,rows[].method,rows[].minutes\n"
    head = head.replace("role=PROVINCE", "role=PROJECT_OFFICE")
    rows = "".join(f"r-{n},nowhere,2022-02-01,WORK_METHOD_VISIT,{30 if n != 7 else 'x'}\n"
                   for n in range(600))
    path = write("work.csv", head + rows)
    before = heads()["reporting"]
    first = run("import", path)
    ok(first.returncode == 1 and first.stderr.count("POSTING_UNKNOWN") == 599 and
       f"{path}:11: CELL_MALFORMED" in first.stderr and "refused 600" in first.stderr,
       "of many rows in one request each is refused by itself", first.stderr[-500:])
    with open(os.path.join(PLACE, "work.refused.csv"), encoding="utf-8", newline="") as back:
        lines = back.read().split("\r\n")
    same((len(lines), lines[1].split(",")[5:8]), (602, ["4", "r-0", "POSTING_UNKNOWN"]),
         "and stands in the list with its line")
    same((run("import", path).stderr.count("POSTING_UNKNOWN"), heads()["reporting"]),
         (599, before), "a second run is answered as the first")


def master_key():
    path = PLACE + "/master"
    r = run("keys", "master", path)
    first = open(path, "rb").read()
    same((r.returncode, len(first), os.stat(path).st_mode & 0o777), (0, 32, 0o600),
         "a master key is made, for its owner alone")
    r = run("keys", "master", path)
    ok(r.returncode == 0 and "was there" in r.stdout and open(path, "rb").read() == first,
       "one that is there is not written over", r)
    write("master", "no key\n")
    r = run("keys", "master", path)
    ok(r.returncode == 1 and open(path).read() == "no key\n", "nor is what is no key", r)


def restarts():
    rows = "".join(f"5301{n // 100:02d}{n % 100 + 1:03d},T{n},镇{n}\n" for n in range(100, 1100))
    counties = "".join(f"5301{n:02d},C{n},县{n}\n" for n in range(1, 11))
    path = write("towns.csv", "# method: stations.AddRegion\nregion_code,name_en,name_zh\n"
                 "5301,Kunming,昆明市\n" + counties + rows)
    importing = subprocess.Popen([SHEGONG, "import", path], env=ENV, stderr=subprocess.PIPE)
    until(lambda: int(heads()["stations"]) > 100)
    running["stations"].kill()
    running["stations"].wait()
    start("stations")
    errors = importing.communicate(timeout=60)[1].decode()
    same((importing.returncode, errors.split("\n")[-2]), (0, "towns 1011/1011  refused 0"),
         "an import outlives the sudden end of its service")


def dates():
    same(run("clock").stdout, "2022-03-01 virtual\n", "the clock shows the business date")
    same(run("clock", "2022-03-15").stdout, "2022-03-15 virtual\n", "a virtual clock moves forward")
    same(len({s["date"] for s in status()}), 1, "all services are on one date")
    before = heads()
    same((run("clock", "2022-03-10").stdout, heads()), ("2022-03-15 virtual\n", before),
         "a date that has come changes nothing")
    same(run("clock", "tomorrow").returncode, 2, "what is no date is a mistake of usage")


def doctor_says(text):
    """check -> its verdict, and what it has found: the lines under it."""
    said, under = {}, None
    for line in text.split("\n"):
        found = re.match(r"(well|look|WRONG|unused)  (.*)", line)
        if found:
            under = said[found.group(2)] = [found.group(1)]
        elif line.startswith("    ") and under is not None:
            under.append(line.strip())
    return said


def doctor():
    """Each thing that is amiss is made so, found, and put right again."""
    env = {"SHEGONG_LISTEN": "127.0.0.1:%d" % free_port()}
    log = open(PLACE + "/gateway.log", "ab")
    gateway = subprocess.Popen([os.path.join(os.path.dirname(SHEGONG), "shegong-gateway")],
                               env={**ENV, **env}, stdout=log, stderr=log)
    until(lambda: run("health", "gateway", **env).returncode == 0)
    r = run("doctor", **env)
    said = doctor_says(r.stdout)
    ok(r.returncode == 0 and not any(s[0] == "WRONG" for s in said.values()) and len(said) == 13,
       "doctor finds nothing wrong where nothing is", r)
    ok(said["backups"][0] == "look" and "personnel" in said["backups"]
       and "从未备份。" in said["backups"] and any("-> shegong backup DIR" in s for s in said["backups"]),
       "... and no backup: what is so and what to do, in both languages", said["backups"])
    r = run("doctor", LC_ALL="zh_CN.UTF-8", **env)
    ok("留意  备份" in r.stdout and r.stdout.index("从未备份") < r.stdout.index("No backup has ever"),
       "... in the user's language first", r)
    same(run("doctor", "all").returncode, 2, "doctor takes no arguments")

    keys, certificate = PLACE + "/keys", PLACE + "/tls.pem"
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
                           PLACE + "/tls.key", "-out", certificate, "-days", "9", "-subj", "/CN=x"],
                          capture_output=True)
    assert made.returncode == 0, made
    run("keys", "make", keys)
    in_memory = tempfile.mkdtemp(dir="/dev/shm")
    os.mkdir(in_memory + "/funding", 0o700)
    open(in_memory + "/funding/redo.log", "w").close()
    tls = {"SHEGONG_TLS_CERT": certificate, "SHEGONG_TLS_KEY": PLACE + "/tls.key"}
    # Several at once, because each run asks all programs for their settings.
    for more, expected in (
            ({"SHEGONG_LISTN": "x", "SHEGONG_DATA": in_memory, **tls}, (
                ("settings", "look", "SHEGONG_LISTN"),
                ("file system", "look", in_memory + "/funding/redo.log: tmpfs"),
                ("certificate for HTTPS", "look", certificate + ": 8 d", certificate + ": 9 d"))),
            ({"SHEGONG_HTTP_LOOPS": "many", "SHEGONG_LISTEN": "127.0.0.1:1",
              "SHEGONG_RUN": PLACE + "/none", **tls, "SHEGONG_TLS_KEY": certificate}, (
                ("settings", "WRONG", "shegong-gateway"),
                ("gateway", "WRONG", "127.0.0.1:1"),
                ("files and sockets", "WRONG", PLACE + "/none: No such file or directory"),
                ("certificate for HTTPS", "WRONG", "%s, %s" % (certificate, certificate))))):
        r = run("doctor", **{**env, **more})
        said = doctor_says(r.stdout)
        # In the second in which it was made the certificate has a whole day more.
        for check, verdict, *says in expected:
            found = said.get(check, [])
            ok(found[:1] == [verdict] and any(one in found for one in says),
               "doctor, %s: %s" % (check, says[0].replace(PLACE, "")), (found, r.stderr))
        same(r.returncode, int("WRONG" in (e[1] for e in expected)),
             "... and ends with 1 only where something is wrong")

    open_to_others = (
        (PLACE, 0o755, "files and sockets", "chmod o-rwx"),
        (PLACE + "/funding.sock", 0o777, "files and sockets", "chmod o-rwx"),
        (PLACE + "/data/funding", 0o755, "files and sockets", "chmod -R go-rwx"),
        (keys + "/cli.key", 0o644, "keys for TCP", "chmod 600"))
    were = [os.stat(path).st_mode & 0o777 for path, *_ in open_to_others]
    for path, mode, *_ in open_to_others:
        os.chmod(path, mode)
    said = doctor_says(run("doctor", **env, SHEGONG_KEYS=keys).stdout)
    for (path, mode, check, says), was in zip(open_to_others, were):
        os.chmod(path, was)
        found = said.get(check, [])
        ok(found[0] == "WRONG" and "%s %04o" % (path, mode) in found
           and any(says in s for s in found), "doctor, %s: %s" % (check, os.path.basename(path)), found)

    shutil.rmtree(in_memory)
    gateway.terminate()
    gateway.wait()
    running["funding"].terminate()
    running["funding"].wait()
    r = run("doctor", **env)
    said = doctor_says(r.stdout)
    ok(r.returncode == 1 and said["services"][0] == "WRONG" and "funding" in said["services"]
       and said["gateway"][0] == "WRONG", "doctor, programs that do not run", said)
    start("funding")
    until(ready)


def stops():
    waiting = subprocess.Popen(
        [SHEGONG, "call", "stations.ListRegions", "{}", "--after", "stations=999999"],
        env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    # Until it has come there.
    until(lambda: waiting.poll() is not None, 1)
    at = time.monotonic()
    running["stations"].terminate()
    running["stations"].wait(20)
    took = time.monotonic() - at
    said = waiting.communicate(timeout=20)[1]
    ok(took < 4 and "STOPPING" in said,
       "a service that stops does not wait for what is waited for", (took, said))
    start("stations")
    until(ready)


def plays():
    os.mkdir(os.path.join(PLACE, "year"))
    write("year/play.csv", "date,file\n2022-03-20,call.csv\n,applications.csv\n")
    write("year/call.csv", "# method: personnel.OpenCall\n# as: " + WHO + "\n"
          "call_id,programme_year_id,opens_from,closes_by,title\n"
          "c1,three-areas-2022,2022-03-20,2022-04-20,Call\n")
    write("year/applications.csv", "# method: personnel.SubmitApplication\n"
          "# as: account={agency_id};person=p-{agency_id};role=AGENCY;region=53;"
          "agency={agency_id}\n"
          "application_id,date,call_id,agency_id,site_id,submitted_on,title,needs,plan,"
          "nominees[].person_id,nominees[].team_lead\n" +
          "".join(f"{a},{on},c1,{agency},yn-530628,{on},T,N,P,{p},{lead}\n" for
                  a, on, agency, p, lead in (
                      ("a2", "2022-03-25", "ag-02", "w006", "true"),
                      ("a1", "2022-03-22", "ag-01", "w001", "true"),
                      ("a1", "2022-03-22", "ag-01", "w002", ""))))
    r = run("play", os.path.join(PLACE, "year"), "--refused", PLACE)
    same((r.returncode, r.stderr.split("\n")[-2]), (0, "2022-03-25 3/3  refused 0"),
         "a play sends each row on its date, rows of one list as one command")
    found = ask("personnel.ListNominees", {"application_id": "a1"})["nominees"]
    same([n["personId"] for n in found], ["w001", "w002"], "both rows are in the one command")
    before = heads()
    r = run("play", os.path.join(PLACE, "year"), "--refused", PLACE)
    same((r.returncode, heads()), (0, before), "played again it changes nothing")
    r = run("verify")
    ok(r.returncode == 0 and r.stdout.count("sound") == 5, "every journal is sound", r)


without_services()
try:
    for each in NAMES:
        start(each)
    ok(until(ready), "the services get ready")
    names()
    calls()
    events()
    imports()
    personal_data()
    exports()
    doctor()
    master_key()
    lists_that_may_be_cut()
    restarts()
    stops()
    dates()
    plays()
finally:
    for process in running.values():
        process.send_signal(signal.SIGTERM)
    for process in running.values():
        process.wait(20)
subprocess.run(["rm", "-rf", PLACE], check=True)
done()
