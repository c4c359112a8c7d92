#!/usr/bin/env python3
"""The command line against the five services: cli_test.py SHEGONG SERVICE..."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../gateway"))
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
                          capture_output=True, timeout=60)


def status():
    return json.loads(run("status", "--json").stdout)


def ready():
    return all(s["ready"] for s in status())


def heads():
    return {s["service"]: s["head"]["sequence"] for s in status()}


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


def imports():
    tables = [os.path.join(YEAR, name) for name in
              ("01-programme-year.csv", "03-sites.csv", "04-agencies.csv", "05-people.csv")]
    r = run("import", *tables)
    same((r.returncode, r.stderr.split("\n")[-2]), (0, "05-people 230/230  refused 0"),
         "a programme's tables are imported row by row")
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
    ok(text.startswith(head) and '"two\r\nlines"' in text and '"甲,""乙"""' in text,
       "the refused rows are kept as a table of their own", text)
    r = run("import", path)
    ok(r.returncode == 1 and "is left as it is" in r.stderr,
       "a list of refused rows is never written over", r.stderr)
    mended = "\n".join(head.split("\r\n")) + 'ag-91,"甲,""乙""",A,52530000MJ00000019,53,true,3,x\n'
    same(run("import", write("more.refused.csv", mended)).returncode, 0,
         "what is mended in that table is imported from it")
    same(ask("personnel.GetAgency", {"agency_id": "ag-91"})["agency"]["nameZh"], '甲,"乙"',
         "a quoted cell is read as it was meant")
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
    calls()
    imports()
    restarts()
    dates()
    plays()
finally:
    for process in running.values():
        process.send_signal(signal.SIGTERM)
    for process in running.values():
        process.wait(20)
subprocess.run(["rm", "-rf", PLACE], check=True)
done()
