#!/usr/bin/env python3
"""Services are killed while they work: kill.py BUILD_DIR [--rounds 200] [--seed N]

Each round kills one service (SIGKILL) under load and starts it again.  No acknowledged command may
be lost or doubled, and whoever follows another must have caught up within two seconds."""

import argparse
import os
import random
import signal
import statistics
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from load import (  # noqa: E402
    FIRST_DATE, N_PROJECTS, N_WORKERS, YEAR, Calendar, Worker, programme, project)
from programs import SERVICES, Client, Programs, full_name  # noqa: E402
from proof import Journal, behind, copies_that_differ, heads_of  # noqa: E402
from tap import done, ok  # noqa: E402

CAUGHT_UP_WITHIN_S = 2.0
STRETCH = 50  # rounds between two proofs

# To each event of the kind the follower writes one of its own.
REACTIONS = (
    ("personnel", "selection_approved", "stations"),
    ("stations", "project_planned", "reporting"),
    ("stations", "site_opened", "reporting"),
    ("stations", "agreement_in_force", "funding"),
)


def note(text):
    print("# " + text, flush=True)


class Trial:
    def __init__(self, programs, seed):
        self.programs = programs
        self.random = random.Random(seed)
        self.client = Client(programs.port)
        self.workers = [Worker(k, programs.port, seed) for k in range(N_WORKERS)]
        self.calendar = Calendar(programs.port, seed)
        self.senders = [*self.workers, self.calendar]
        self.journals = {service: Journal(service) for service in SERVICES}
        self.prepared = {}  # where each journal stood before the load
        self.caught_up_s = []
        self.verify_s = []
        self.slow, self.died, self.unsound = [], [], []
        self.kills = dict.fromkeys(SERVICES, 0)
        self.replayed = []  # batches that each start found in the redo log only
        self.records_read = 0

    def statuses(self):
        return {service: self.client.status(service) for service in SERVICES}

    def wait_caught_up(self, since, heads=None):
        """Until all have reached the heads as they are now; how many seconds since then."""
        while True:
            statuses = self.statuses()
            heads = heads or heads_of(statuses)
            late = list(behind(statuses, heads))
            took = time.monotonic() - since
            if not late or took > 10 * CAUGHT_UP_WITHIN_S:
                return took, late

    def prepare(self):
        n = 0
        for step in programme():
            for method, message, who in step:
                n += 1
                answer = self.client.ask(full_name(method), message, who, id="prepare-%d" % n)
                if answer.reason:
                    raise SystemExit("%s %s: %s" % (method, message, answer.data.decode()))
            late = self.wait_quiet()
            if late:
                raise SystemExit("\n".join(late))
        for service, journal in self.journals.items():
            journal.read_on(self.client)
            self.prepared[service] = journal.sequence
        note("a programme of %d projects was prepared with %d commands" % (N_PROJECTS, n))

    def wait_quiet(self):
        """Until nobody has anything left to follow, and so nothing more happens."""
        while True:
            before = heads_of(self.statuses())
            _, late = self.wait_caught_up(time.monotonic(), before)
            if late or heads_of(self.statuses()) == before:
                return late

    def round(self):
        name = self.random.choice(SERVICES)
        time.sleep(self.random.uniform(0.020, 0.250))
        if not self.programs.kill(name):
            self.died.append("%s\n%s" % (name, self.programs.log(name)))
        self.kills[name] += 1
        self.programs.start(name)
        took, late = self.wait_caught_up(time.monotonic())
        self.caught_up_s.append(took)
        # The store that was left as it was; all five are proved when it is quiet.
        begun = time.monotonic()
        proof = self.client.engine(name, "Verify", {})
        self.verify_s.append(time.monotonic() - begun)
        self.replayed.append(self.client.counter(name, "shegong_replayed_batches"))
        if proof.reason or proof.json().get("faults"):
            self.unsound.append("round %d, %s: %s" % (
                len(self.caught_up_s), name, proof.data.decode()))
        if late or took > CAUGHT_UP_WITHIN_S:
            self.slow.append("round %d, %s: %.2f s %s" % (
                len(self.caught_up_s), name, took, "; ".join(late)))

    def stretch(self, rounds):
        """Rounds under load; then quiet."""
        stop = threading.Event()
        threads = [threading.Thread(target=sender.work, args=(stop,)) for sender in self.senders]
        for thread in threads:
            thread.start()
        try:
            for _ in range(rounds):
                self.round()
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def prove(self, after):
        """The stores, the journals and the records, while nothing happens."""
        begun = time.monotonic()
        late = self.wait_quiet()
        ok(not late, "%s: whoever follows has everything" % after, "\n".join(late))
        status, said = self.programs.verify()
        ok(status == 0, "%s: shegong verify finds five journals sound" % after, said)
        for journal in self.journals.values():
            journal.read_on(self.client)
        wrong = [fault for journal in self.journals.values() for fault in journal.faults]
        wrong += self.wrong_commands()
        n = sum(len(sender.sent) for sender in self.senders)
        ok(not wrong, "%s: %s acknowledged, none lost, none doubled" % (after, "{:,}".format(n)),
           "\n".join(wrong))
        wrong = [fault for sender in self.senders for fault in sender.faults]
        ok(not wrong, "%s: every answer is the one expected, and the same when asked again"
           % after, "\n".join(wrong))
        wrong = self.wrong_records()
        ok(not wrong, "%s: %s records read back as acknowledged" % (
            after, "{:,}".format(self.records_read)), "\n".join(wrong[:20]))
        wrong = self.wrong_effects()
        ok(not wrong, "%s: copies, reactions and sums agree" % after, "\n".join(wrong[:20]))
        note("proved in %.1f s: %s" % (time.monotonic() - begun, ", ".join(
            "%s %d events" % (name, journal.sequence)
            for name, journal in self.journals.items())))

    def wrong_commands(self):
        """What was acknowledged is there once, what was refused is not there."""
        wrong = []
        for sender in self.senders:
            for sent in sender.sent:
                there = self.journals[sent.service].commands.get(sent.id, (0,))[0]
                if there != sent.accepted:
                    wrong.append("%s %s: acknowledged %s, %d events" % (
                        sent.service, sent.id, sent.accepted, there))
        known = {sent.id for sender in self.senders for sent in sender.sent}
        for journal in self.journals.values():
            wrong += ["%s %s: an effect that was not acknowledged" % (journal.service, id)
                      for id in journal.commands
                      if id not in known and not id.startswith("prepare-")]
        return wrong

    def wrong_records(self):
        """Reads every record back by its Get method, each sender's on a connection of its own."""
        wrong = []
        threads = [threading.Thread(target=read_back, args=(worker, wrong))
                   for worker in self.workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.records_read = sum(len(worker.records) for worker in self.workers)
        return wrong

    def wrong_effects(self):
        statuses = self.statuses()
        wrong = list(copies_that_differ(statuses))
        wrong += ["%s is at %s, not at %s" % (name, status["date"], self.calendar.date)
                  for name, status in statuses.items() if status["date"] != self.calendar.date]
        wrong += [fault for source, kind, follower in REACTIONS
                  for fault in self.wrong_reactions(source, kind, follower)]
        wrong += ["%s has parked a followed event" % service for service in SERVICES
                  if self.client.counter(service, "shegong_parked_events") != 0]
        wrong += self.wrong_sums()
        return wrong

    def wrong_reactions(self, source, kind, follower):
        causes = self.journals[follower].causes
        for sequence in self.journals[source].of_type.get(kind, ()):
            n = causes.get((source, sequence), (0,))[0]
            if n != 1 and sequence > self.prepared[source]:
                yield "%s %d, %s: %d effects in %s" % (source, sequence, kind, n, follower)

    def wrong_sums(self):
        ledger = self.client.ask(full_name("funding.VerifyLedger"), {
            "programme_year_id": YEAR}).json()
        entries = 2 * sum(worker.received_fen // 250 for worker in self.workers)
        if not ledger.get("balanced") or int(ledger.get("entries", 0)) != entries:
            yield "the ledger has not %d entries: %s" % (entries, ledger)
        for n in range(N_PROJECTS):
            counts = self.client.ask(full_name("supervision.GetVisitCounts"), {
                "project_id": project(n)}).json()
            for state in ("planned", "reported", "cancelled"):
                wanted = sum(worker.visit_counts[state] for worker in self.workers
                             if worker.k % N_PROJECTS == n)
                if int(counts.get(state, 0)) != wanted:
                    yield "visits %s of project %d: %s, not %d" % (
                        state, n, counts.get(state, 0), wanted)

    def tell(self, seconds):
        took = sorted(self.caught_up_s)
        sent = [sent for sender in self.senders for sent in sender.sent]
        note("caught up after a restart: median %.0f ms, 95 of 100 %.0f ms, most %.0f ms" % (
            statistics.median(took) * 1000, took[len(took) * 95 // 100] * 1000,
            took[-1] * 1000))
        note("verifying one store under load: median %.0f ms, most %.0f ms" % (
            statistics.median(self.verify_s) * 1000, max(self.verify_s) * 1000))
        note("of %d starts %d found batches that only the redo log had, %d in all" % (
            len(self.replayed), sum(n > 0 for n in self.replayed), sum(self.replayed)))
        note("killed: " + ", ".join("%s %d" % each for each in self.kills.items()))
        note("%d accepted, %d refused, %d sent twice, %d ids reused, %d sent again for want of "
             "an answer, %d alerts acknowledged, business date %s" % (
                 sum(s.accepted for s in sent), sum(not s.accepted for s in sent),
                 sum(s.twice for s in self.senders), sum(s.reused for s in self.senders),
                 sum(s.client.resent + s.second.resent for s in self.senders),
                 self.calendar.acknowledged, self.calendar.date))
        note("%.1f s under load, %.2f s a round, %.0f commands a second" % (
            seconds, seconds / len(took), len(sent) / seconds))


def read_back(worker, wrong):
    for (method, field, id), says in worker.records.items():
        answer = worker.client.ask(full_name(method), {field: id})
        if answer.reason:
            wrong.append("%s %s: %s" % (method, id, answer.reason))
            continue
        record = next(iter(answer.json().values()))
        for name, value in says.items():
            if record.get(name) != value:
                wrong.append("%s %s: %s is %r, not %r" % (
                    method, id, name, record.get(name), value))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_dir")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3), "big"))
    options = parser.parse_args()
    # So that the programs are ended here as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    note("seed %d" % options.seed)
    with Programs(options.build_dir, FIRST_DATE) as programs:
        trial = Trial(programs, options.seed)
        trial.prepare()
        left, seconds = options.rounds, 0.0
        while left > 0:
            rounds = min(left, STRETCH)
            left -= rounds
            begun = time.monotonic()
            trial.stretch(rounds)
            seconds += time.monotonic() - begun
            trial.prove("after %d kills" % (options.rounds - left))
        trial.tell(seconds)
        ok(not trial.unsound, "%d stores verified after their kill, under load" % options.rounds,
           "\n".join(trial.unsound))
        ok(any(trial.replayed), "a kill between the redo log and LMDB's commit was met")
        ok(not trial.died, "nobody ended but by a kill", "\n".join(trial.died))
        ok(not trial.slow, "%d restarts, each caught up with within %g s, the slowest in %.2f s" % (
            options.rounds, CAUGHT_UP_WITHIN_S, max(trial.caught_up_s)), "\n".join(trial.slow))
        ended = programs.stop()
        ok(set(ended.values()) == {0}, "all end when asked to", ended)
    done()


main()
