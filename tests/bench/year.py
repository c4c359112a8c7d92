#!/usr/bin/env python3
"""A synthetic year of a province: year.py DIR [--towns 1610] [--workers 30000] [--weeks 52]

Writes DIR/world (to be played: a programme in which towns hire, its stations and their workers) and
DIR/work (to be imported: a table of work records for each week, five a worker).  Everything in it is
made up: regions, people and figures."""

import argparse
import csv
import datetime
import hashlib
import json
import os

PROVINCE = "account=bench;person=p-bench;role=PROVINCE;region=44"
OFFICE = "account=office;person=p-office;role=PROJECT_OFFICE;region=44"
YEAR, SET_UP, HIRED, MONDAY = "bench-2017", "2017-03-01", "2017-03-02", datetime.date(2017, 3, 6)
TOWNS_IN_COUNTY, COUNTIES_IN_CITY = 11, 7
RECORDS_A_WEEK = 5
METHODS = ("CASE", "GROUP", "COMMUNITY", "VISIT", "CONSULT")
KINDS = ("LOW_INCOME", "LEFT_BEHIND_CHILD")


class Tables:
    def __init__(self, folder):
        self.folder, self.order = folder, []
        os.makedirs(folder)

    def write(self, name, method, who, columns, rows, date=SET_UP):
        self.order.append((date, name))
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as file:
            file.write("# method: %s\n# as: %s\n" % (method, who))
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns)
            out.writerows(rows)

    def one(self, name, method, who, request):
        self.write(name, method, who, ("json",), [(json.dumps(request, ensure_ascii=False),)])

    def play(self):
        with open(os.path.join(self.folder, "play.csv"), "w") as file:
            file.write("date,file\n")
            file.writelines("%s,%s\n" % each for each in self.order)


def places(n_towns):
    """The codes of the cities, counties and towns."""
    cities, counties, towns = [], [], []
    for t in range(n_towns):
        county, town = divmod(t, TOWNS_IN_COUNTY)
        city, county = divmod(county, COUNTIES_IN_CITY)
        if not town and not county:
            cities.append("44%02d" % (city + 1))
        if not town:
            counties.append(cities[-1] + "%02d" % (county + 1))
        towns.append(counties[-1] + "%03d" % (town + 1))
    return cities, counties, towns


def world(folder, towns, workers):
    tables = Tables(folder)
    cities, counties, codes = places(towns)
    most = -(-workers // towns)
    tables.one("01-year.csv", "stations.DefineProgrammeYear", PROVINCE, {
        "programme_year_id": YEAR, "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
        "region_code": "44", "name_en": "A synthetic year", "name_zh": "合成年度",
        "declared": {"stations": towns, "workers": workers, "centres": len(cities)},
        "rules": {"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
                  "stations": {"min_workers": 1, "max_workers": most, "batches": 1,
                               "post_kinds": ["POST_KIND_SERVICE"]}}})
    tables.write("02-regions.csv", "stations.AddRegion", PROVINCE,
                 ("region_code", "name_en", "name_zh"),
                 [(code, "Region " + code, "示例" + code) for code in ["44"] + cities + counties + codes])
    tables.one("03-office.csv", "stations.SetUpProjectOffice", PROVINCE, {
        "office_id": "office", "programme_year_id": YEAR, "name_en": "Office", "name_zh": "项目办",
        "set_up_on": SET_UP})
    tables.one("04-entrusted.csv", "stations.DraftEntrustment", PROVINCE, {
        "entrustment_id": "entrusted", "office_id": "office", "in_force_from": SET_UP,
        "in_force_until": "2019-12-31", "document_no": "1", "tasks": "All"})
    for n, (party, who) in enumerate((("department", PROVINCE), ("office", OFFICE))):
        tables.one("05-signed-%d.csv" % n, "stations.SignEntrustment", who, {
            "entrustment_id": "entrusted", "party": party, "signed_on": SET_UP})
    tables.write("06-centres.csv", "stations.OpenCentre", OFFICE,
                 ("centre_id", "programme_year_id", "region_code", "name_en", "name_zh", "opened_on"),
                 [("ce-" + c, YEAR, c, "Centre " + c, "中心" + c, SET_UP) for c in cities])
    stations = ["st-" + code for code in codes]
    tables.write("07-planned.csv", "stations.PlanStation", OFFICE,
                 ("station_id", "programme_year_id", "region_code", "name_en", "name_zh", "batch",
                  "synthetic"),
                 [(s, YEAR, s[3:], "Station " + s[3:], "站" + s[3:], 1, "true") for s in stations])
    tables.write("08-approved.csv", "stations.ApproveStation", PROVINCE,
                 ("station_id", "approved_on"), [(s, SET_UP) for s in stations])
    tables.write("09-opened.csv", "stations.OpenStation", OFFICE, ("station_id", "opened_on"),
                 [(s, SET_UP) for s in stations])
    people = [("w-%06d" % n, codes[n * towns // workers]) for n in range(workers)]
    tables.write("10-workers.csv", "personnel.RegisterWorker", PROVINCE,
                 ("person_id", "work_name", "region_code", "certificate", "practising_from",
                  "synthetic", "identity_hash"),
                 [(w, "社工" + w[2:], town, "CERTIFICATE_LEVEL_SOCIAL_WORKER", "2015-07-01", "true",
                   hashlib.sha256(w.encode()).hexdigest()) for w, town in people])
    tables.write("11-places.csv", "stations.ReservePost", OFFICE,
                 ("posting_id", "station_id", "post_kind"),
                 [("po-" + w[2:], "st-" + town, "POST_KIND_SERVICE") for w, town in people])
    tables.write("12-hired.csv", "personnel.HireDirect", PROVINCE,
                 ("employment_id", "person_id", "posting_id", "employer_code", "hired_on"),
                 [("em-" + w[2:], w, "po-" + w[2:], town, HIRED) for w, town in people], HIRED)
    tables.play()


def week(folder, number, workers):
    monday = MONDAY + datetime.timedelta(weeks=number)
    days = [str(monday + datetime.timedelta(days=n)) for n in range(5)]
    with open(os.path.join(folder, "week-%02d.csv" % (number + 1)), "w") as file:
        file.write("# method: reporting.RecordWork\n# as: %s\n" % OFFICE)
        file.write("rows[].record_id,rows[].posting_id,rows[].worked_on,rows[].method,"
                   "rows[].professional,rows[].minutes,rows[].served[0].beneficiary,"
                   "rows[].served[0].people\n")
        for w in range(workers):
            for n in range(RECORDS_A_WEEK):
                file.write("r-%02d-%06d-%d,po-%06d,%s,WORK_METHOD_%s,%s,%d,BENEFICIARY_%s,%d\n" % (
                    number, w, n, w, days[n % 5], METHODS[(w + n) % 5],
                    "false" if (w + n) % 7 == 0 else "true", 30 + (w * 7 + n * 13) % 90,
                    KINDS[n % 2], 1 + (w + n) % 9))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--towns", type=int, default=1610)
    parser.add_argument("--workers", type=int, default=30000)
    parser.add_argument("--weeks", type=int, default=52)
    options = parser.parse_args()
    world(os.path.join(options.folder, "world"), options.towns, options.workers)
    work = os.path.join(options.folder, "work")
    os.mkdir(work)
    for number in range(options.weeks):
        week(work, number, options.workers)
    print(MONDAY + datetime.timedelta(weeks=options.weeks))


main()
