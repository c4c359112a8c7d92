#!/usr/bin/env python3
"""Writes the tables of this folder but 02-regions.csv: Guangdong's Double Hundred Plan.

    python3 make.py

The codes and names of cities, counties and towns are real (02-regions.csv), and so are the declared
totals.  Which towns have a station is not known from any source that was found: the stations, their
towns, all workers, documents and dates are made up, and are marked so.  The same tables come out each
time.
"""
import csv
import os

YEAR = "double-hundred-2017"
HERE = os.path.dirname(os.path.abspath(__file__))

PROVINCE = "account=province-{0};person=p-province-{0};role=PROVINCE;region=44"
CLERK = PROVINCE.format("clerk")  # enters
HEAD = PROVINCE.format("head")  # decides, signs
OFFICE = "account=project-office;person=p-office;role=PROJECT_OFFICE;region=44"
CITY = "account=city-{_city};person=p-city-{_city};role=PREFECTURE;region={_city}"
TOWN = "account=town-{_town};person=p-town-{_town};role=TOWN;region={_town}"
TOWN_OF_FIELD = TOWN.replace("_town", "region_code")

# Of each batch: how many stations have how many workers.  Some are understaffed, so that the flag is
# seen; the sums are the published 942 of the first batch and 1,737 of both.
BATCHES = {
    1: {"workers": {2: 4, 4: 64, 5: 126, 8: 6}, "planned": "2017-04-10", "approved": "2017-04-20",
        "reserved": "2017-05-10", "registered": "2017-05-20", "hired": "2017-06-20",
        "opened": "2017-06-26"},
    2: {"workers": {0: 2, 1: 2, 2: 4, 3: 23, 4: 173, 8: 3}, "planned": "2019-04-10",
        "approved": "2019-04-20", "reserved": "2019-05-10", "registered": "2019-05-20",
        "hired": "2019-06-20", "opened": "2019-07-01"},
}
N_LEFT = 30  # workers of the first batch who resign in 2018; all are replaced
N_UNFILLED = 6  # places of the first batch for which nobody was hired in time

files = []  # of play.csv: (date, file)


def table(name, date, columns, rows, method=None, who=None):
    """Write a table and enter it in the play; rows are lists in the order of the columns."""
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="") as out:
        if method:
            out.write(f"# method: {method}\n")
        if who:
            out.write(f"# as: {who}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns.split(","))
        for row in rows:
            assert len(row) == len(columns.split(",")), (name, row)
            writer.writerow(row)
    files.append((date, name))


def read_regions():
    with open(os.path.join(HERE, "02-regions.csv"), encoding="utf-8") as source:
        lines = [line for line in source if not line.startswith("#")]
    return list(csv.DictReader(lines))


# --- The towns that get a station -------------------------------------------------------------------

regions = read_regions()
cities = [r for r in regions if len(r["region_code"]) == 4]
towns = {c["region_code"]: [r for r in regions if len(r["region_code"]) == 9 and
                            r["region_code"].startswith(c["region_code"])] for c in cities}
assert len(cities) == 21 and sum(map(len, towns.values())) == 1610


def shares(total):
    """How many stations of a batch each city has: as even as it can be."""
    return {c["region_code"]: total // len(cities) + (i < total % len(cities))
            for i, c in enumerate(cities)}


def spread(of, n):
    """n of them, spread over all in the order of their codes."""
    return [of[i * len(of) // n] for i in range(n)]


def worker_counts(of):
    """The numbers of workers of a batch's stations, mixed so that no city has all the small ones."""
    counts = [n for n, stations in sorted(of.items()) for _ in range(stations)]
    step = 61  # has no factor in common with 200 or 207
    return [counts[i * step % len(counts)] for i in range(len(counts))]


stations = []  # dicts
for batch, plan in BATCHES.items():
    counts = worker_counts(plan["workers"])
    taken = {s["town"] for s in stations}
    of_batch = []
    for city, n in shares(len(counts)).items():
        free = [t for t in towns[city] if t["region_code"] not in taken]
        of_batch += spread(free, n)
    for town, workers in zip(of_batch, counts):
        code = town["region_code"]
        stations.append(dict(id=f"gd-{code}", town=code, city=code[:4], batch=batch,
                             workers=workers, en=f"{town['name_en']} station",
                             zh=f"{town['name_zh']}社工站"))
assert len(stations) == 407 and len({s["town"] for s in stations}) == 407
assert sum(s["workers"] for s in stations if s["batch"] == 1) == 942
assert sum(s["workers"] for s in stations) == 1737

# --- Province, office, centres ----------------------------------------------------------------------

table("01-programme-year.csv", "2017-03-20", "json", [["@programme-year.json"]],
      "stations.DefineProgrammeYear", CLERK)
files.append(("2017-03-20", "02-regions.csv"))
table("03-office.csv", "2017-03-21", "office_id,programme_year_id,name_en,name_zh,set_up_on",
      [["office", YEAR, "Project office (example)", "双百项目办（示例）", "2017-03-21"]],
      "stations.SetUpProjectOffice", HEAD)
ENTRUSTMENTS = [("entrustment-1", "2017-04-01", "2019-06-30", "2017-03-22", "示例〔2017〕1号"),
                ("entrustment-2", "2019-07-01", "2024-06-30", "2019-06-10", "示例〔2019〕1号")]


def entrust(number, which):
    entrustment, first, last, signed, document = ENTRUSTMENTS[which]
    table(f"{number:02d}-entrustment.csv", signed,
          "entrustment_id,office_id,in_force_from,in_force_until,document_no,tasks",
          [[entrustment, "office", first, last, document,
            "督导、培训、评估与站点支持（示例）"]], "stations.DraftEntrustment", CLERK)
    table(f"{number + 1:02d}-entrustment-signed.csv", signed, "entrustment_id,party,signed_on,as",
          [[entrustment, "department", signed, HEAD], [entrustment, "office", signed, OFFICE]],
          "stations.SignEntrustment")


entrust(4, 0)
table("06-centres.csv", "2017-04-05",
      "centre_id,programme_year_id,region_code,name_en,name_zh,opened_on,synthetic",
      [[f"centre-{c['region_code']}", YEAR, c["region_code"],
        f"{c['name_en']} regional centre (example)", f"{c['name_zh']}区域中心（示例）", "2017-04-05",
        "true"] for c in cities], "stations.OpenCentre", OFFICE)

# --- The two batches --------------------------------------------------------------------------------

levels = ["CERTIFICATE_LEVEL_NONE", "CERTIFICATE_LEVEL_ASSISTANT", "CERTIFICATE_LEVEL_NONE",
          "CERTIFICATE_LEVEL_SOCIAL_WORKER", "CERTIFICATE_LEVEL_ASSISTANT"]
n_workers = 0


def new_worker(town):
    """A row of RegisterWorker for one more person of the town."""
    global n_workers
    n_workers += 1
    level = "CERTIFICATE_LEVEL_SENIOR" if n_workers % 97 == 0 else levels[n_workers % len(levels)]
    return [f"dh{n_workers:04d}", f"社工{n_workers:04d}", town, level,
            "true" if n_workers % 4 == 0 else "", f"{2008 + n_workers % 9}-{1 + n_workers % 12:02d}-01",
            "true", f"{0x44000000 + n_workers:064x}"]


WORKERS = ("person_id,work_name,region_code,certificate,social_work_degree,practising_from,synthetic,"
           "identity_hash")
POSTS = "posting_id,station_id,post_kind,_town"
HIRES = "employment_id,person_id,posting_id,employer_code,hired_on,_town"


def post_kind(n):
    return "POST_KIND_ADMINISTRATIVE" if n % 4 == 3 else "POST_KIND_SERVICE"


pool = []  # (supervisor, person, city)


def supervisor_of(station):
    """One of the two supervisors of the station's city."""
    two = [su for su, _, city in pool if city == station["city"]]
    return two[stations.index(station) % 2]


def assign(number, to, date):
    """The office names a supervisor for each of the stations."""
    table(f"{number:02d}-assignments.csv", date,
          "assignment_id,supervisor_id,station_id,proposed_on",
          [[f"as-{s['id'][3:]}", supervisor_of(s), s["id"], date] for s in to],
          "supervision.ProposeAssignment", OFFICE)
    table(f"{number + 1:02d}-assignments-at-work.csv", date, "assignment_id,active_on",
          [[f"as-{s['id'][3:]}", date] for s in to], "supervision.ActivateAssignment", OFFICE)


number = 7
for batch, plan in BATCHES.items():
    mine = [s for s in stations if s["batch"] == batch]
    if batch == 2:
        entrust(number, 1)
        number += 2
    table(f"{number:02d}-batch-{batch}-planned.csv", plan["planned"],
          "station_id,programme_year_id,region_code,name_en,name_zh,batch,synthetic,_city",
          [[s["id"], YEAR, s["town"], s["en"], s["zh"], batch, "true", s["city"]] for s in mine],
          "stations.PlanStation", CITY)
    table(f"{number + 1:02d}-batch-{batch}-approved.csv", plan["approved"],
          "station_id,approved_on", [[s["id"], plan["approved"]] for s in mine],
          "stations.ApproveStation", HEAD)
    posts = [(f"po-{s['id'][3:]}-{n + 1}", s, n) for s in mine for n in range(s["workers"])]
    # Nobody is found for these in time: the clock gives them up.
    unfilled = [(f"po-{s['id'][3:]}-x", s, 0) for s in mine if s["workers"] == 4][:N_UNFILLED]
    table(f"{number + 2:02d}-batch-{batch}-posts.csv", plan["reserved"], POSTS,
          [[p, s["id"], post_kind(n), s["town"]]
           for p, s, n in posts + (unfilled if batch == 1 else [])], "stations.ReservePost", TOWN)
    people = [new_worker(s["town"]) for _, s, _ in posts]
    table(f"{number + 3:02d}-batch-{batch}-workers.csv", plan["registered"], WORKERS, people,
          "personnel.RegisterWorker", TOWN_OF_FIELD)
    table(f"{number + 4:02d}-batch-{batch}-hires.csv", plan["hired"], HIRES,
          [[f"em-{p[3:]}", person[0], p, s["town"], plan["hired"], s["town"]]
           for (p, s, _), person in zip(posts, people)], "personnel.HireDirect", TOWN)
    table(f"{number + 5:02d}-batch-{batch}-opened.csv", plan["opened"], "station_id,opened_on",
          [[s["id"], plan["opened"]] for s in mine], "stations.OpenStation", OFFICE)
    number += 6

    if batch == 2:
        # The last five have no supervisor yet: a gap that is listed.
        assign(number, mine[:-5], "2019-07-02")
        number += 2
    else:
        # Supervisors, two for each city: chosen, trained, assessed and only then at work.  Each year
        # they are assessed again, but for two, whose assessment is overdue.
        people = [new_worker(towns[c["region_code"]][n]["region_code"])
                  for c in cities for n in range(2)]
        pool = [(f"su-{p[0][2:]}", p[0], p[2][:4]) for p in people]
        table(f"{number:02d}-supervisor-people.csv", "2017-07-03", WORKERS, people,
              "personnel.RegisterWorker", TOWN_OF_FIELD)
        table(f"{number + 1:02d}-supervisors-named.csv", "2017-07-03",
              "supervisor_id,programme_year_id,person_id,region_code",
              [[su, YEAR, person, city] for su, person, city in pool],
              "personnel.NominateSupervisor", OFFICE)
        table(f"{number + 2:02d}-supervisors-selected.csv", "2017-07-10",
              "supervisor_id,selected_on", [[su, "2017-07-10"] for su, _, _ in pool],
              "personnel.SelectSupervisor", OFFICE)
        table(f"{number + 3:02d}-supervisors-trained.csv", "2017-07-28",
              "supervisor_id,trained_on,hours", [[su, "2017-07-28", 40] for su, _, _ in pool],
              "personnel.TrainSupervisor", OFFICE)
        table(f"{number + 4:02d}-supervisors-assessed.csv", "2017-08-10",
              "assessment_id,supervisor_id,assessed_on,passed,note",
              [[f"{su}-2017", su, "2017-08-10", "true", "合格（示例）"] for su, _, _ in pool],
              "personnel.AssessSupervisor", OFFICE)
        table(f"{number + 5:02d}-supervisors-at-work.csv", "2017-08-15",
              "supervisor_id,activated_on", [[su, "2017-08-15"] for su, _, _ in pool],
              "personnel.ActivateSupervisor", OFFICE)
        table(f"{number + 6:02d}-supervisors-assessed-again.csv", "2018-08-06",
              "assessment_id,supervisor_id,assessed_on,passed,note",
              [[f"{su}-2018", su, "2018-08-06", "true", "合格（示例）"] for su, _, _ in pool[:-2]],
              "personnel.AssessSupervisor", OFFICE)
        number += 7
        assign(number, mine, "2017-08-16")
        number += 2
        # Regulations with the help of the station's supervisor: two adopted, one a draft, one missing.
        table(f"{number:02d}-regulations-drafted.csv", "2017-09-04",
              "station_id,kind,drafted_on,helper,helper_id,_town",
              [[s["id"], kind, "2017-09-04", "REGULATION_HELPER_SUPERVISOR", supervisor_of(s), s["town"]]
               for s in mine for kind in ("DUTY_ROSTER", "CASE_FILES", "SUPERVISION")],
              "stations.DraftRegulation", TOWN)
        table(f"{number + 1:02d}-regulations-adopted.csv", "2017-10-09",
              "regulation_id,adopted_on,document_no,_town",
              [[f"rg-{s['id']}-{kind}", "2017-10-09", "示例〔2017〕10号", s["town"]]
               for s in mine for kind in ("DUTY_ROSTER", "CASE_FILES")],
              "stations.AdoptRegulation", TOWN)
        number += 2

        # Turnover: one worker of some stations leaves, and somebody else is hired.
        leaving = [(p, s, n) for p, s, n in posts if n == 0 and s["workers"] == 5][:N_LEFT]
        table(f"{number:02d}-resignations.csv", "2018-03-20",
              "employment_id,ended_on,end_reason,note,_town",
              [[f"em-{p[3:]}", "2018-03-15", "EMPLOYMENT_END_RESIGNED", "个人原因（示例）", s["town"]]
               for p, s, _ in leaving], "personnel.EndEmployment", TOWN)
        replaced = leaving
        table(f"{number + 1:02d}-posts-again.csv", "2018-03-26", POSTS,
              [[f"{p}r", s["id"], post_kind(n), s["town"]] for p, s, n in replaced],
              "stations.ReservePost", TOWN)
        again = [new_worker(s["town"]) for _, s, _ in replaced]
        table(f"{number + 2:02d}-workers-again.csv", "2018-03-26", WORKERS, again,
              "personnel.RegisterWorker", TOWN_OF_FIELD)
        table(f"{number + 3:02d}-hires-again.csv", "2018-04-16", HIRES,
              [[f"em-{p[3:]}r", person[0], f"{p}r", s["town"], "2018-04-16", s["town"]]
               for (p, s, _), person in zip(replaced, again)], "personnel.HireDirect", TOWN)
        number += 4

with open(os.path.join(HERE, "play.csv"), "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["date", "file"])
    writer.writerows(files)
print(f"{len(stations)} stations, {n_workers} people, {len(files)} tables")
