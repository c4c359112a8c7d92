"""Commands for all five services, from several persons at once, and what must come of each.

Nobody writes to another's records, so that the answer to each command is known beforehand."""

import datetime
import hashlib
import itertools
import random
import threading

from programs import PROVINCE, SERVICES, Client, Unanswered, full_name

FIRST_DATE = "2022-09-01"
N_WORKERS = 8
N_PROJECTS = 4
PERIODS = ["r-%02d" % i for i in range(12)]
WRITTEN = PERIODS[::2]  # nobody reports on the others, so that there are alerts
YEAR = "year-2022"
HEAD = PROVINCE.replace("province", "head")
OFFICE = "account=office;person=p-office;role=PROJECT_OFFICE;region=53"
# Their records are never changed, and so have no revision.
UNCHANGING = ("stations.GetRegion", "funding.GetReceipt")
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(number):
    """GB 32100: the weighted sum of the 18 characters is a multiple of 31."""
    body = "52530000MJ%07d" % number
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + CREDIT_ALPHABET[-total % 31]


def agency(agency_id):
    return "account=%s;person=p-%s;role=AGENCY;region=53;agency=%s" % ((agency_id,) * 3)


def rules(year_quota):
    first = datetime.date.fromisoformat(FIRST_DATE)
    return {
        "year_quota": year_quota,
        "site_kinds": [{"kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 9}],
        "person_standard_fen": 4000000,
        "sources": [
            {"source": "central", "name_en": "Central", "name_zh": "中央",
             "per_person_fen": 2000000, "categories": ["WORK_ALLOWANCE"]},
            {"source": "provincial", "name_en": "Provincial", "name_zh": "省级",
             "per_person_fen": 2000000, "categories": ["PROJECT_ACTIVITY"]}],
        "training_day_rate_fen": 40000,
        "agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 5,
        "reports": [{"period": period, "due_by": str(first + datetime.timedelta(days=8 * i + 9))}
                    for i, period in enumerate(PERIODS)],
        "agreement_parties": ["province", "county", "agency"],
        "eligibility": {"certificate_or_degree": True, "experience_years": 1},
    }


def define_year(year_id, year, year_quota):
    return ("stations.DefineProgrammeYear", {
        "programme_year_id": year_id, "programme": "PROGRAMME_THREE_AREAS", "year": year,
        "region_code": "53", "name_en": "A year under load", "name_zh": "负载年度",
        "rules": rules(year_quota)}, PROVINCE)


def county_of(i):
    return "5331%02d" % (i + 1)


def programme():
    """The year's projects up to the day on which everybody is in post, in steps; between two of
    them everybody who follows must have caught up."""
    n = range(N_PROJECTS)
    county = "account=county-%s;person=p-county-%s;role=COUNTY;region=%s"
    yield [define_year(YEAR, 2022, 100)] + [
        ("stations.AddRegion", {"region_code": code, "name_en": code, "name_zh": code}, PROVINCE)
        for code in ["53", "5331"] + [county_of(i) for i in n]] + [
        ("stations.OpenSite", {
            "site_id": "s-%d" % i, "programme_year_id": YEAR, "region_code": county_of(i),
            "kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site", "name_zh": "驻点", "quota": 2,
            "county_codes": [county_of(i)]}, PROVINCE) for i in n] + [
        ("personnel.RegisterAgency", {
            "agency_id": "ag-%d" % i, "name_zh": "机构", "name_en": "Agency", "synthetic": True,
            "credit_code": credit_code(i), "region_code": "53"}, PROVINCE) for i in n] + [
        ("personnel.RegisterPerson", {
            "person_id": "w-%d-%d" % (i, j), "work_name": "W", "agency_id": "ag-%d" % i,
            "synthetic": True, "certificate": "CERTIFICATE_LEVEL_ASSISTANT",
            "practising_from": "2018-07-01",
            "identity_hash": identity("w-%d-%d" % (i, j))}, PROVINCE)
        for i in n for j in range(2)]
    yield [("personnel.OpenCall", {
        "call_id": "call", "programme_year_id": YEAR, "opens_from": "2022-05-01",
        "closes_by": "2022-05-31", "document_no": "N1", "title": "申报"}, PROVINCE)] + [
        ("personnel.SubmitApplication", {
            "application_id": "ap-%d" % i, "call_id": "call", "agency_id": "ag-%d" % i,
            "site_id": "s-%d" % i, "submitted_on": "2022-05-03", "title": "申请", "needs": "N",
            "plan": "P", "nominees": [
                {"person_id": "w-%d-0" % i, "team_lead": True, "duties": "D"},
                {"person_id": "w-%d-1" % i}]}, agency("ag-%d" % i)) for i in n] + [
        ("personnel.CloseCall", {"call_id": "call"}, PROVINCE)] + [
        ("personnel.ReviewApplication", {"application_id": "ap-%d" % i}, PROVINCE)
        for i in n] + [
        ("personnel.DecideApplication", {
            "application_id": "ap-%d" % i, "decision": "APPLICATION_DECISION_ACCEPT",
            "decided_on": "2022-06-01"}, PROVINCE) for i in n] + [
        ("personnel.OpenSelectionList", {"list_id": "list", "call_id": "call"}, PROVINCE),
        ("personnel.ProposeSelection", {"list_id": "list", "selected": [
            {"person_id": "w-%d-%d" % (i, j), "application_id": "ap-%d" % i,
             "site_id": "s-%d" % i} for i in n for j in range(2)]}, PROVINCE),
        ("personnel.SubmitToMinistry", {
            "list_id": "list", "document_no": "N2", "submitted_on": "2022-06-06"}, PROVINCE),
        ("personnel.RecordMinistryDecision", {
            "list_id": "list", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
            "decided_on": "2022-06-20"}, HEAD)]
    yield [command for i in n for command in (
        ("stations.RecordSurvey", {
            "survey_id": "su-%d" % i, "project_id": project(i), "surveyed_on": "2022-06-25",
            "methods": "V", "households": 30, "needs": "N"}, agency("ag-%d" % i)),
        ("stations.SetPlan", {
            "plan_id": "pl-%d" % i, "project_id": project(i), "objectives": "O", "content": "C",
            "schedule": "S", "trainees": 4}, agency("ag-%d" % i)),
        ("stations.DraftAgreement", {"agreement_id": "agr-%d" % i, "project_id": project(i),
                                     "budget": [
            {"source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 4000000},
            {"source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 4000000}]},
         PROVINCE),
        *(("stations.SignAgreement", {
            "agreement_id": "agr-%d" % i, "party": party, "signed_on": "2022-07-20"}, who)
          for party, who in (("province", PROVINCE), ("county", county % ((county_of(i),) * 3)),
                             ("agency", agency("ag-%d" % i)))),
        *(("stations.ConfirmArrival", {
            "posting_id": posting(i, j), "arrived_on": "2022-07-30"},
           county % ((county_of(i),) * 3)) for j in range(2)))]


def project(i):
    return "pr-s-%d-ag-%d" % (i, i)


def posting(i, j):
    return "po-ap-%d-%d" % (i, j + 1)


def identity(person_id):
    return hashlib.sha256(person_id.encode()).hexdigest()


class Sent:
    """A command that was answered."""

    __slots__ = ("service", "id", "accepted")

    def __init__(self, service, id, accepted):
        self.service, self.id, self.accepted = service, id, accepted


class Sender:
    """Sends commands with ids of its own, and keeps what came of them."""

    def __init__(self, name, port, seed):
        self.name = name
        self.random = random.Random("%s-%s" % (seed, name))
        self.client, self.second = Client(port), Client(port)
        self.numbers = itertools.count(1)
        self.sent = []
        self.position = None  # of the last answer
        self.faults = []
        self.records = {}  # (get method, field, id) -> what its record must say
        self.twice = self.reused = 0

    def fault(self, text):
        if len(self.faults) < 20:
            self.faults.append("%s: %s" % (self.name, text))

    def command(self, method, message, who=PROVINCE, refused="", after=None):
        """Send it; true where it was accepted.  What it must be refused with is known."""
        service = method.split(".")[0]
        id = "%s-%d" % (self.name, next(self.numbers))
        way = self.random.random()
        path = full_name(method)
        if way < 0.04:
            answer = self.at_the_same_time(path, message, who, id, after)
        else:
            answer = self.client.ask(path, message, who, id=id, after=after)
        self.position = answer.position
        if 0.04 <= way < 0.08:
            self.twice += 1
            again = self.client.ask(path, message, who, id=id)
            if not again.same(answer):
                self.fault("%s %s: %r, asked again %r" % (method, id, answer.data, again.data))
        if 0.08 <= way < 0.09:
            self.reused += 1
            field = next(iter(message))
            other = self.client.ask(path, {**message, field: "other"}, who, id=id)
            if other.reason != "ID_REUSED":
                self.fault("%s %s with another body: %r" % (method, id, other.data))
        if answer.reason not in ([refused] if isinstance(refused, str) else refused):
            self.fault("%s %s %s: %s" % (method, id, message, answer.data.decode()))
        self.sent.append(Sent(service, id, not answer.reason))
        return not answer.reason

    def at_the_same_time(self, path, message, who, id, after):
        """From two connections at once; both must be given one answer."""
        answers = []

        def send(client):
            try:
                answers.append(client.ask(path, message, who, id=id, after=after))
            except Unanswered as unanswered:
                self.fault("never answered: %s" % unanswered)

        twin = threading.Thread(target=send, args=(self.second,))
        twin.start()
        send(self.client)
        twin.join()
        self.twice += 1
        if len(answers) != 2:
            raise Unanswered(id)
        if not answers[0].same(answers[1]):
            self.fault("%s at once: %r and %r" % (id, answers[0].data, answers[1].data))
        return answers[0]

    def keep(self, method, field, id, **says):
        """The record's revision is 1, and one more for each time that it was changed."""
        kept = self.records.setdefault((method, field, id), {})
        kept.update(says)
        if method not in UNCHANGING:
            kept["revision"] = str(int(kept.get("revision", 0)) + 1)

    def close(self):
        self.client.close()
        self.second.close()


class Worker(Sender):
    """Writes records of its own in all five services."""

    def __init__(self, k, port, seed):
        super().__init__("w%d" % k, port, seed)
        self.k = k
        self.made = itertools.count(1)
        self.agencies, self.people, self.sites = [], [], []
        self.appropriations, self.visits, self.reports = [], [], []
        self.visit_counts = {"planned": 0, "reported": 0, "cancelled": 0}
        self.received_fen = 0
        self.years = 0
        self.reports_left = [
            (site, period) for n, (site, period) in enumerate(
                itertools.product(range(N_PROJECTS), WRITTEN)) if n % N_WORKERS == k]
        self.site_codes = itertools.cycle(
            ["53%02d%02d" % (a, b) for b in range(1 + k, 99, N_WORKERS) for a in range(40, 99)])
        self.steps = (
            (14, self.new_agency), (16, self.new_person), (4, self.suspend), (3, self.select),
            (14, self.new_region), (8, self.new_site), (3, self.site_quota), (1, self.new_year),
            (8, self.plan_money), (14, self.receive_money),
            (12, self.plan_visit), (10, self.end_visit),
            (3, self.draft_report), (20, self.revise_report), (6, self.hand_in_report))

    def work(self, stop):
        try:
            if not self.years:
                self.new_year()
            while not stop.is_set():
                weights = [weight for weight, _ in self.steps]
                steps = [step for _, step in self.steps]
                self.random.choices(steps, weights)[0]()
        except Unanswered as unanswered:
            self.fault("never answered: %s" % unanswered)

    def new_id(self, kind):
        return "%s-%d-%d" % (kind, self.k, next(self.made))

    def some(self, percent):
        return self.random.random() * 100 < percent

    # personnel

    def new_agency(self):
        number = next(self.made)
        id = "ag-%d-%d" % (self.k, number)
        message = {"agency_id": id, "name_zh": "机构%d" % number, "name_en": "Agency",
                   "credit_code": credit_code((self.k + 1) * 1000000 + number),
                   "region_code": "53", "synthetic": True}
        if self.some(10) and self.agencies:
            message["agency_id"] = self.random.choice(self.agencies)
            self.command("personnel.RegisterAgency", message, refused="AGENCY_EXISTS")
        elif self.command("personnel.RegisterAgency", message):
            self.agencies.append(id)
            self.keep("personnel.GetAgency", "agency_id", id, nameZh=message["name_zh"],
                      state="AGENCY_STATE_ELIGIBLE")

    def new_person(self):
        if not self.agencies:
            return
        id = self.new_id("p")
        message = {"person_id": id, "work_name": id, "agency_id": self.agencies[-1],
                   "certificate": "CERTIFICATE_LEVEL_ASSISTANT", "synthetic": True,
                   "practising_from": "2018-07-01", "identity_hash": identity(id)}
        if self.some(10) and self.people:
            message["identity_hash"] = identity(self.random.choice(self.people))
            self.command("personnel.RegisterPerson", message, refused="IDENTITY_TAKEN")
        elif self.command("personnel.RegisterPerson", message):
            self.people.append(id)
            self.keep("personnel.GetPerson", "person_id", id, workName=id,
                      agencyId=message["agency_id"])

    def suspend(self):
        if not self.agencies:
            return
        id = self.random.choice(self.agencies)
        key = "personnel.GetAgency", "agency_id", id
        kept = self.records[key]
        if kept["state"] == "AGENCY_STATE_ELIGIBLE":
            if self.command("personnel.SuspendAgency", {
                    "agency_id": id, "suspended_on": FIRST_DATE, "reason": "R",
                    "expected_revision": kept["revision"]}):
                self.keep(*key, state="AGENCY_STATE_SUSPENDED")
        elif self.command("personnel.ReinstateAgency", {
                "agency_id": id, "reason": "R", "expected_revision": kept["revision"]}):
            self.keep(*key, state="AGENCY_STATE_ELIGIBLE")

    def select(self):
        """From a call to an approved list: stations plan a project, reporting waits for it."""
        if not self.people:
            return
        site = self.new_site(always=True)
        if not site:
            return
        person = self.people.pop()
        employer = self.records["personnel.GetPerson", "person_id", person]["agencyId"]
        if self.records["personnel.GetAgency", "agency_id", employer]["state"] != (
                "AGENCY_STATE_ELIGIBLE"):
            return
        call, application, chosen = (self.new_id(kind) for kind in ("call", "apl", "list"))
        opened = self.command("personnel.OpenCall", {
            "call_id": call, "programme_year_id": "year-%d-0" % self.k,
            "opens_from": "2022-05-01", "closes_by": "2022-05-31"}, after=self.position)
        for method, message, who in (
                ("SubmitApplication", {
                    "application_id": application, "call_id": call, "agency_id": employer,
                    "site_id": site, "submitted_on": "2022-05-03", "title": "T", "needs": "N",
                    "plan": "P", "nominees": [{"person_id": person, "team_lead": True}]},
                 agency(employer)),
                ("CloseCall", {"call_id": call}, PROVINCE),
                ("ReviewApplication", {"application_id": application}, PROVINCE),
                ("DecideApplication", {
                    "application_id": application, "decided_on": "2022-06-01",
                    "decision": "APPLICATION_DECISION_ACCEPT"}, PROVINCE),
                ("OpenSelectionList", {"list_id": chosen, "call_id": call}, PROVINCE),
                ("ProposeSelection", {"list_id": chosen, "selected": [
                    {"person_id": person, "application_id": application, "site_id": site}]},
                 PROVINCE),
                ("SubmitToMinistry", {
                    "list_id": chosen, "document_no": "N", "submitted_on": "2022-06-06"},
                 PROVINCE),
                ("RecordMinistryDecision", {
                    "list_id": chosen, "decision": "MINISTRY_DECISION_APPROVED",
                    "document_no": "N", "decided_on": "2022-06-20"}, HEAD)):
            opened = opened and self.command("personnel." + method, message, who)

    # stations

    def new_region(self):
        number = next(self.made)
        if number >= 999000:
            return
        town = "5331%02d%03d" % (10 + self.k, 1 + number // 999)
        code = "%s%03d" % (town, 1 + number % 999)
        if ("stations.GetRegion", "region_code", town) not in self.records:
            for above in (town[:6], town):
                if ("stations.GetRegion", "region_code", above) not in self.records:
                    self.add_region(above)
        if self.some(10):
            self.command("stations.AddRegion", {
                "region_code": town, "name_en": town, "name_zh": town}, refused="REGION_EXISTS")
        else:
            self.add_region(code)

    def add_region(self, code):
        if self.command("stations.AddRegion", {
                "region_code": code, "name_en": "N" + code, "name_zh": code}):
            self.keep("stations.GetRegion", "region_code", code, nameEn="N" + code)

    def new_year(self):
        if self.years >= 20:
            return
        id = "year-%d-%d" % (self.k, self.years)
        if self.command(*define_year(id, 2100 + self.k * 20 + self.years, 100000000)):
            self.years += 1
            self.keep("stations.GetProgrammeYear", "programme_year_id", id,
                      nameEn="A year under load")

    def new_site(self, always=False):
        id = self.new_id("s")
        message = {"site_id": id, "programme_year_id": "year-%d-0" % self.k,
                   "region_code": next(self.site_codes), "kind": "SITE_KIND_COUNTY_PROJECT",
                   "name_en": id, "name_zh": "驻点", "quota": 3}
        if not always and self.some(10):
            message["quota"] = 10
            self.command("stations.OpenSite", message, refused="SITE_QUOTA_OUT_OF_BOUNDS")
        elif self.command("stations.OpenSite", message):
            self.sites.append(id)
            self.keep("stations.GetSite", "site_id", id, nameEn=id, quota=3)
            return id
        return None

    def site_quota(self):
        if not self.sites:
            return
        id = self.random.choice(self.sites)
        quota = self.random.randint(1, 9)
        if self.command("stations.SetSiteQuota", {"site_id": id, "quota": quota}):
            self.keep("stations.GetSite", "site_id", id, quota=quota)

    # funding

    def plan_money(self):
        id = self.new_id("ap")
        message = {"appropriation_id": id, "programme_year_id": YEAR, "source": "central",
                   "planned_fen": "1000", "document_no": id}
        if self.some(10) and self.appropriations:
            message["appropriation_id"] = self.appropriations[0][0]
            self.command("funding.PlanAppropriation", message, refused="APPROPRIATION_EXISTS")
        elif self.command("funding.PlanAppropriation", message):
            self.appropriations.append([id, 0])
            self.keep("funding.GetAppropriation", "appropriation_id", id, plannedFen="1000",
                      state="APPROPRIATION_STATE_PLANNED")

    def receive_money(self):
        if not self.appropriations:
            return
        to = self.appropriations[-1]
        id = self.new_id("rc")
        message = {"receipt_id": id, "appropriation_id": to[0], "amount_fen": "250",
                   "received_on": FIRST_DATE, "document_no": id}
        if to[1] == 1000:
            self.command("funding.ReceiveAppropriation", message,
                         refused="RECEIVED_ABOVE_PLANNED")
        elif self.command("funding.ReceiveAppropriation", message):
            to[1] += 250
            self.received_fen += 250
            self.keep("funding.GetReceipt", "receipt_id", id, amountFen="250")
            self.keep("funding.GetAppropriation", "appropriation_id", to[0],
                      receivedFen=str(to[1]), state="APPROPRIATION_STATE_RECEIVED"
                      if to[1] == 1000 else "APPROPRIATION_STATE_PARTLY_RECEIVED")

    # supervision

    def plan_visit(self):
        id = self.new_id("v")
        message = {"visit_id": id, "project_id": project(self.k % N_PROJECTS),
                   "planned_by": "2023-12-31", "purpose": "P"}
        if self.some(10) and self.visits:
            message["visit_id"] = self.visits[0]
            self.command("supervision.PlanVisit", message, OFFICE, refused="VISIT_EXISTS")
        elif self.command("supervision.PlanVisit", message, OFFICE):
            self.visits.append(id)
            self.visit_counts["planned"] += 1
            self.keep("supervision.GetVisit", "visit_id", id, state="VISIT_STATE_PLANNED")

    def end_visit(self):
        if not self.visits:
            return
        id = self.visits[-1]
        n = self.k % N_PROJECTS
        if self.some(20):
            self.command("supervision.ReportVisit", {
                "visit_id": id, "visited_on": FIRST_DATE, "summary": "S",
                "met_posting_ids": [posting((n + 1) % N_PROJECTS, 0)]}, OFFICE,
                refused="POSTING_NOT_OF_PROJECT")
        elif self.some(20):
            if self.command("supervision.CancelVisit", {"visit_id": id, "reason": "R"}, OFFICE):
                self.visit_ended(id, "CANCELLED")
        elif self.command("supervision.ReportVisit", {
                "visit_id": id, "visited_on": FIRST_DATE, "summary": "S",
                "met_posting_ids": [posting(n, 0), posting(n, 1)]}, OFFICE):
            self.visit_ended(id, "REPORTED")

    def visit_ended(self, id, how):
        self.visits.remove(id)
        self.visit_counts["planned"] -= 1
        self.visit_counts[how.lower()] += 1
        self.keep("supervision.GetVisit", "visit_id", id, state="VISIT_STATE_" + how)

    # reporting

    def draft_report(self):
        if not self.reports_left:
            return
        site, period = self.reports_left[-1]
        id = "rp-%d-%s" % (site, period)
        if self.command("reporting.DraftReport", {
                "report_id": id, "site_id": "s-%d" % site, "period": period, "progress": "0"},
                agency("ag-%d" % site)):
            self.reports_left.pop()
            self.reports.append((id, agency("ag-%d" % site)))
            self.keep("reporting.GetReport", "report_id", id, progress="0",
                      state="REPORT_STATE_DRAFT")

    def revise_report(self):
        if not self.reports:
            return
        id, who = self.random.choice(self.reports)
        key = "reporting.GetReport", "report_id", id
        revision, state = self.records[key]["revision"], self.records[key]["state"]
        message = {"report_id": id, "progress": revision, "expected_revision": revision}
        if state == "REPORT_STATE_SUBMITTED":
            self.command("reporting.ReviseReport", message, who, refused="REPORT_NOT_OPEN")
        elif self.command("reporting.ReviseReport", message, who):
            self.keep(*key, progress=revision)

    def hand_in_report(self):
        if not self.reports:
            return
        id, who = self.random.choice(self.reports)
        key = "reporting.GetReport", "report_id", id
        if self.records[key]["state"] == "REPORT_STATE_SUBMITTED":
            if self.command("reporting.ReturnReport", {"report_id": id, "reason": "R"}):
                self.keep(*key, state="REPORT_STATE_RETURNED")
        elif self.command("reporting.SubmitReport", {
                "report_id": id, "submitted_on": FIRST_DATE}, who):
            self.keep(*key, state="REPORT_STATE_SUBMITTED")


class Calendar(Sender):
    """Lets a business date begin now and then, and acknowledges the alerts that it raises."""

    def __init__(self, port, seed):
        super().__init__("calendar", port, seed)
        self.date = FIRST_DATE
        self.acknowledged = 0

    def work(self, stop):
        try:
            while not stop.wait(0.4):
                self.next_day()
                self.acknowledge()
        except Unanswered as unanswered:
            self.fault("never answered: %s" % unanswered)

    def next_day(self):
        self.date = str(datetime.date.fromisoformat(self.date) + datetime.timedelta(days=1))
        for service in SERVICES:
            answer = self.client.engine(service, "AdvanceClock", {"date": self.date})
            if answer.reason or answer.json()["date"] != self.date:
                self.fault("%s %s: %s" % (service, self.date, answer.data.decode()))

    def acknowledge(self):
        raised = self.client.ask(full_name("reporting.ListAlerts"), {
            "state": "ALERT_STATE_RAISED", "page_size": 50})
        for alert in raised.json().get("alerts", ()):
            # Whoever hands in the report meanwhile clears its alert.
            self.acknowledged += self.command("reporting.AcknowledgeAlert", {
                "alert_id": alert["alertId"], "note": "N"}, refused=("", "ALERT_CLEARED"))
