#!/usr/bin/env python3
"""The drill: a backup is taken under load, everything is lost, and restored: restore.py BUILD_DIR

What had been acknowledged when the backup began must be there afterwards, and the five services must
go on from it.  One store that is older than those that follow it must be refused by them."""

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from load import FIRST_DATE, N_WORKERS, Worker, programme  # noqa: E402
from programs import SERVICES, Client, Programs, full_name  # noqa: E402
from proof import Journal, behind, copies_that_differ, heads_of  # noqa: E402
from tap import done, ok, same, until  # noqa: E402

LOAD_S = 3.0
FOLLOWED_WITHIN_S = 30


def note(text):
    print("# " + text, flush=True)


class Drill:
    def __init__(self, programs, seed):
        self.programs = programs
        self.client = Client(programs.port)
        self.workers = [Worker(k, programs.port, seed) for k in range(N_WORKERS)]
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=worker.work, args=(self.stop,))
                        for worker in self.workers]

    def shegong(self, *argv):
        begun = time.monotonic()
        ran = subprocess.run([os.path.join(self.programs.build, "shegong"), *argv],
                             env=self.programs.env, capture_output=True, text=True, timeout=300)
        note("shegong %s: %.2f s" % (argv[0], time.monotonic() - begun))
        return ran

    def statuses(self):
        return {service: self.client.status(service) for service in SERVICES}

    def quiet(self):
        """True where nobody has anything left to follow, and so nothing more happens."""
        before = self.statuses()
        return not list(behind(before, heads_of(before))) and (
            heads_of(self.statuses()) == heads_of(before))

    def prepare(self):
        for n, step in enumerate(programme()):
            for i, (method, message, who) in enumerate(step):
                answer = self.client.ask(full_name(method), message, who,
                                         id="prepare-%d-%d" % (n, i))
                if answer.reason:
                    raise SystemExit("%s: %s" % (method, answer.data.decode()))
            until(self.quiet, FOLLOWED_WITHIN_S)

    def path(self, name):
        return os.path.join(self.programs.folder, name)

    def plant_file(self):
        """Where personnel has no seal.keys, anything may stand in for one: it is copied as it is."""
        self.keys = os.path.join(self.programs.env["SHEGONG_DATA"], "personnel", "seal.keys")
        self.stood_in = not os.path.exists(self.keys)
        if self.stood_in:
            with open(self.keys, "wb") as out:
                out.write(os.urandom(256) * 600)
        with open(self.keys, "rb") as keys:
            self.planted = keys.read()

    def backup_under_load(self):
        for thread in self.threads:
            thread.start()
        time.sleep(LOAD_S)
        self.before = [sent for worker in self.workers for sent in list(worker.sent)]
        ran = self.shegong("backup", self.path("backup"))
        ok(ran.returncode == 0, "a backup is taken while eight persons write", ran.stderr)
        time.sleep(LOAD_S / 2)
        self.stop.set()
        for thread in self.threads:
            thread.join()
        faults = [fault for worker in self.workers for fault in worker.faults]
        ok(not faults, "they were all answered as ever meanwhile", "\n".join(faults))
        after = sum(len(worker.sent) for worker in self.workers)
        note("%d acknowledged before the backup, %d after it began" % (
            len(self.before), after - len(self.before)))
        again = self.shegong("backup", self.path("backup"))
        ok(again.returncode == 1, "a backup is never written over another", again.stderr)
        ok(self.client.counter("funding", "shegong_backup_timestamp_seconds")
           > time.time() - 600, "a service tells when it was last copied")

    def verify(self):
        ran = self.shegong("verify", "--backup", self.path("backup"))
        ok(ran.returncode == 0 and ran.stdout.count(" sound") == 5,
           "the backup is sound, without a service", ran.stdout + ran.stderr)
        damaged = self.path("damaged")
        shutil.copytree(self.path("backup"), damaged)
        with open(os.path.join(damaged, "stations.store"), "r+b") as store:
            store.seek(os.path.getsize(store.name) // 2)
            byte = store.read(1)
            store.seek(-1, os.SEEK_CUR)
            store.write(bytes([byte[0] ^ 1]))
        ran = self.shegong("verify", "--backup", damaged)
        ok(ran.returncode == 1 and "stations.store" in ran.stderr, "one wrong bit is found",
           ran.stdout + ran.stderr)
        os.remove(os.path.join(damaged, "manifest.json"))
        ran = self.shegong("restore", damaged)
        ok(ran.returncode == 1 and "no backup" in ran.stderr,
           "a folder without a manifest is no backup", ran.stderr)

    def restore(self):
        ran = self.shegong("restore", self.path("backup"))
        ok(ran.returncode == 1 and "already" in ran.stderr,
           "nothing is restored where there are stores", ran.stderr)
        for service in SERVICES:
            self.programs.kill(service)
            shutil.rmtree(os.path.join(self.programs.env["SHEGONG_DATA"], service))
        ran = self.shegong("restore", self.path("backup"))
        ok(ran.returncode == 0, "all five stores are made again of the backup",
           ran.stdout + ran.stderr)
        with open(self.keys, "rb") as keys:
            ok(keys.read() == self.planted, "and the file of keys beside one of them")
        if self.stood_in:
            os.remove(self.keys)
        for service in SERVICES:
            self.programs.start(service)
        self.programs.wait_ready()
        ok(until(self.quiet, FOLLOWED_WITHIN_S), "they follow each other again",
           "\n".join(behind(self.statuses(), heads_of(self.statuses()))))

    def prove(self):
        status, said = self.programs.verify()
        ok(status == 0, "shegong verify finds five journals sound", said)
        wrong = list(copies_that_differ(self.statuses()))
        ok(not wrong, "what one has copied of another is what that has", "\n".join(wrong))
        journals = {service: Journal(service) for service in SERVICES}
        for journal in journals.values():
            journal.read_on(self.client)
        wrong = ["%s %s" % (sent.service, sent.id) for sent in self.before
                 if journals[sent.service].commands.get(sent.id, (0,))[0] != sent.accepted]
        ok(not wrong, "nothing is lost of what was acknowledged before the backup",
           "\n".join(wrong[:20]))
        worker = Worker(N_WORKERS, self.programs.port, "after")
        ok(worker.command("personnel.RegisterAgency", {
            "agency_id": "ag-after", "name_zh": "机构", "name_en": "Agency", "synthetic": True,
            "credit_code": "52530000MJ7654321T", "region_code": "53"}), "and they go on from it")
        worker.close()

    def older_store(self):
        """personnel alone goes back to the backup, which the others have followed further."""
        until(self.quiet, FOLLOWED_WITHIN_S)
        self.programs.stop_one("personnel")
        store = os.path.join(self.programs.env["SHEGONG_DATA"], "personnel")
        shutil.rmtree(store)
        ran = subprocess.run(
            [os.path.join(self.programs.build, "shegong-personnel"), "--restore",
             os.path.join(self.path("backup"), "personnel.store"), "alone"],
            env=self.programs.env, capture_output=True, text=True)
        same(ran.returncode, 0, "a single store can be made of a copy")
        self.programs.start("personnel")
        self.programs.wait_ready()

        def stopped():
            return all("source rewound: personnel" in followed.get("stopped", "")
                       for service, status in self.statuses().items()
                       for followed in status.get("followed", ())
                       if followed["source"] == "personnel")

        ok(until(stopped, FOLLOWED_WITHIN_S),
           "whoever has followed the newer one stops, and says that its source was rewound")
        ran = self.shegong("status")
        ok(ran.returncode != 0 and "source rewound" in ran.stdout, "shegong status shows it",
           ran.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_dir")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3), "big"))
    options = parser.parse_args()
    note("seed %d" % options.seed)
    with Programs(options.build_dir, FIRST_DATE) as programs:
        drill = Drill(programs, options.seed)
        drill.prepare()
        drill.plant_file()
        drill.backup_under_load()
        drill.verify()
        drill.restore()
        drill.prove()
        drill.older_store()
    done()


main()
