#!/usr/bin/env python3
"""A change of what was agreed, with services that are killed: change.py BUILD_DIR [--seed N]

A budget and a person are changed over and over, from the draft to the decision.  Each command is
sent while one of the five services is killed (SIGKILL); it is started again, and then all must have
followed.  In between the services that have to follow are down for a while: then the change says
whom it waits for.  In the end no change is half applied."""

import argparse
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from load import FIRST_DATE, HEAD, agency, identity, posting, programme, project  # noqa: E402
from programs import PROVINCE, SERVICES, Client, Programs, full_name  # noqa: E402
from proof import behind, heads_of  # noqa: E402
from tap import done, ok, until  # noqa: E402

FOLLOWED_WITHIN_S = 30
BUDGET, PERSON = 0, 1
HOLDER = {BUDGET: "funding", PERSON: "personnel"}
ASKER = {i: agency("ag-%d" % i) for i in (BUDGET, PERSON)}


def prepared():
    """The programme of the test of kills, whose central money may pay for insurance, too; and one
    person more, who can come in another's place."""
    for n, step in enumerate(programme()):
        commands = list(step)
        if n == 0:
            commands[0][1]["rules"]["sources"][0]["categories"].append("INSURANCE")
            commands.append(("personnel.RegisterPerson", {
                "person_id": "spare", "work_name": "W", "agency_id": "ag-%d" % PERSON,
                "synthetic": True, "certificate": "CERTIFICATE_LEVEL_ASSISTANT",
                "practising_from": "2018-07-01", "identity_hash": identity("spare")}, PROVINCE))
        yield commands


class Trial:
    def __init__(self, programs, seed):
        self.programs = programs
        self.random = random.Random(seed)
        self.client = Client(programs.port)
        self.n_kills = self.n_commands = 0
        self.changes = {BUDGET: [], PERSON: []}
        self.insurance_fen = 0
        self.place, self.absent = posting(PERSON, 0), "spare"
        self.wrong = []

    def prepare(self):
        for step in prepared():
            for method, message, who in step:
                self.send(method, message, who)
            self.quiet()

    def send(self, method, message, who=PROVINCE):
        self.n_commands += 1
        answer = self.client.ask(full_name(method), message, who, id="c-%d" % self.n_commands)
        if answer.reason:
            raise SystemExit("%s %s: %s" % (method, message, answer.data.decode()))
        return answer

    def ask(self, method, **message):
        return self.client.ask(full_name(method), message).json()

    def quiet(self):
        """Until nobody has anything left to follow, and so nothing more happens."""
        while True:
            before = heads_of(self.statuses())
            until(lambda: not list(behind(self.statuses(), before)), FOLLOWED_WITHIN_S)
            if heads_of(self.statuses()) == before:
                return

    def statuses(self):
        return {service: self.client.status(service) for service in SERVICES}

    def change(self, change_id):
        return self.ask("stations.GetChange", change_id=change_id)["change"]

    def state(self, change_id):
        return self.change(change_id)["state"].replace("CHANGE_STATE_", "")

    def reach(self, change_id, state):
        until(lambda: self.state(change_id) == state, FOLLOWED_WITHIN_S)
        if self.state(change_id) != state:
            self.wrong.append("%s is %s, not %s" % (change_id, self.change(change_id), state))

    def kill(self, name):
        self.programs.kill(name)
        self.n_kills += 1

    def send_while_killed(self, victim, method, message, who=PROVINCE):
        """The command is under way, has been decided, or is being followed when the kill comes."""
        client = Client(self.programs.port)
        self.n_commands += 1
        id, answers = "c-%d" % self.n_commands, []
        sender = threading.Thread(target=lambda: answers.append(
            client.ask(full_name(method), message, who, id=id)))
        sender.start()
        time.sleep(self.random.choice((0, 0.001, 0.003, 0.01)))
        self.kill(victim)
        self.programs.start(victim)
        sender.join()
        client.close()
        if not answers or answers[0].reason:
            self.wrong.append("%s %s: %s" % (method, id, [a.data for a in answers]))

    def alteration(self, kind):
        if kind == PERSON:
            return {"posting_id": self.place, "person_id": self.absent}
        self.insurance_fen = 1000000 - self.insurance_fen
        lines = [("central", "WORK_ALLOWANCE", 4000000 - self.insurance_fen),
                 ("central", "INSURANCE", self.insurance_fen),
                 ("provincial", "PROJECT_ACTIVITY", 4000000)]
        return {"budget": [{"source": s, "category": c, "amount_fen": fen}
                           for s, c, fen in lines if fen]}

    def new_change(self, kind):
        """Its id, and the request that drafts it."""
        change_id = "ch-%d-%d" % (kind, len(self.changes[kind]))
        self.changes[kind].append(change_id)
        return change_id, {
            "change_id": change_id, "project_id": project(kind),
            "baseline_version": len(self.changes[kind]),
            "kind": ("CHANGE_KIND_BUDGET", "CHANGE_KIND_PERSON")[kind], "reason": "R",
            "alteration": self.alteration(kind)}

    def applied(self, kind, change_id):
        self.reach(change_id, "APPLIED")
        if kind == PERSON:
            left = self.ask("stations.GetPosting", posting_id=self.place)["posting"]
            self.place, self.absent = "po-" + change_id, left["personId"]

    def change_while_killed(self, kind, victim):
        change_id, draft = self.new_change(kind)
        self.send_while_killed(victim, "stations.DraftChange", draft, ASKER[kind])
        self.send_while_killed(victim, "stations.SubmitChange", {"change_id": change_id},
                               ASKER[kind])
        self.reach(change_id, "HELD")
        self.send_while_killed(victim, "stations.DecideChange", {
            "change_id": change_id, "decision": "CHANGE_DECISION_APPROVE", "document_no": "D"},
            HEAD)
        self.applied(kind, change_id)

    def change_while_down(self, kind):
        """The holder is down at the submission and at the approval: the change waits for it."""
        holder = HOLDER[kind]
        change_id, draft = self.new_change(kind)
        self.send("stations.DraftChange", draft, ASKER[kind])
        self.kill(holder)
        self.send("stations.SubmitChange", {"change_id": change_id}, ASKER[kind])
        ok(self.state(change_id) == "SUBMITTED",
           "while %s is down, a change is handed in and waits for its word" % holder)
        self.programs.start(holder)
        self.reach(change_id, "HELD")
        self.kill(holder)
        self.send("stations.DecideChange", {
            "change_id": change_id, "decision": "CHANGE_DECISION_APPROVE", "document_no": "D"},
            HEAD)
        waiting = self.ask("stations.ListChanges", state="CHANGE_STATE_APPROVED")["changes"]
        followers = waiting[0]["followedBy"]
        ok(len(waiting) == 1 and followers[0]["service"] == holder
           and not int(followers[0].get("sequence", 0)),
           "while %s is down, an approved change says that it has not yet followed" % holder,
           waiting)
        self.programs.start(holder)
        self.applied(kind, change_id)

    def prove(self):
        self.quiet()
        for kind, ids in self.changes.items():
            baselines = self.ask("stations.ListBaselines", project_id=project(kind))["baselines"]
            made_by = [b.get("changeId", "") for b in baselines]
            if sorted(made_by) != sorted([""] + ids):
                self.wrong.append("%s: baselines by %s" % (project(kind), made_by))
            self.wrong += ["%s is %s" % (id, self.state(id)) for id in ids
                           if self.state(id) != "APPLIED"]
        ok(not self.wrong, "%d changes of budgets and %d of people are applied, each once" % (
            len(self.changes[BUDGET]), len(self.changes[PERSON])), "\n".join(self.wrong))
        agreed = self.ask("stations.GetBaseline", project_id=project(BUDGET))["baseline"]["budget"]
        lines = self.ask("funding.ListBudgetLines", project_id=project(BUDGET))["lines"]
        opened = [line for line in lines if not line.get("closed")]
        ok(amounts(agreed) == amounts(opened), "funding's open lines are the agreed budget",
           "%s\n%s" % (agreed, opened))
        ok(not [line for line in lines if line.get("heldByChangeId")], "no line is held any more",
           lines)
        people = self.ask("stations.GetBaseline", project_id=project(PERSON))["baseline"]["people"]
        agreed = persons(people)
        listed = persons(self.ask("personnel.ListSelectedProfessionals",
                                  site_id="s-%d" % PERSON, state="SELECTED_STATE_APPROVED")["selected"])
        placed = persons([p for p in self.ask("stations.ListPostings",
                                              project_id=project(PERSON))["postings"]
                          if p["state"].split("_")[-1] in ("READY", "ACTIVE")])
        ok(agreed == listed == placed, "those agreed, those on the list and those placed are the same",
           "%s\n%s\n%s" % (agreed, listed, placed))
        parked = [s for s in SERVICES if self.client.counter(s, "shegong_parked_events") != 0]
        ok(not parked, "no followed event was parked", parked)
        status, said = self.programs.verify()
        ok(status == 0, "shegong verify finds five journals sound after %d kills" % self.n_kills,
           said)


def amounts(lines):
    return sorted((line["source"], line["category"], int(line["amountFen"])) for line in lines)


def persons(records):
    return sorted(record["personId"] for record in records)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_dir")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3), "big"))
    options = parser.parse_args()
    print("# seed %d" % options.seed, flush=True)
    with Programs(options.build_dir, FIRST_DATE) as programs:
        trial = Trial(programs, options.seed)
        trial.prepare()
        for victim in SERVICES:
            for kind in (BUDGET, PERSON):
                trial.change_while_killed(kind, victim)
        for kind in (BUDGET, PERSON):
            trial.change_while_down(kind)
        trial.prove()
        ok(set(programs.stop().values()) == {0}, "all end when asked to")
    done()


main()
