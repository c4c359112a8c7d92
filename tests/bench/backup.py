#!/usr/bin/env python3
"""How long a backup and a restore take: backup.py BUILD_DIR [--events 1000000]

Agencies are registered, which reporting follows; then a backup is taken while more are registered, and
proved; all stores are destroyed, made again of it, and serve.  Prints seconds and sizes.  Ends with 1
where something is missing that was written before the backup began."""

import argparse
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "faults"))

from programs import SERVICES, Client, Programs  # noqa: E402
from proof import behind, heads_of  # noqa: E402


def told_s(what, took_s, more=""):
    print("%-36s %8.1f s %s" % (what, took_s, more), flush=True)


def told(what, begun, more=""):
    told_s(what, time.monotonic() - begun, more)


def wait_followed(client):
    statuses = {}
    while not statuses or list(behind(statuses, heads_of(statuses))):
        time.sleep(0.2)
        statuses = {service: client.status(service) for service in SERVICES}
    return heads_of(statuses)


def shegong(programs, *argv):
    subprocess.run([os.path.join(programs.build, "shegong"), *argv], env=programs.env, check=True,
                   stdout=subprocess.DEVNULL)


class Load:
    """bus_load registers agencies, from the number first on."""

    def __init__(self, options, programs, first, count, in_flight):
        self.running = subprocess.Popen(
            [os.path.join(options.build_dir, "bus_load"), programs.env["SHEGONG_RUN"], "agency",
             str(count), str(in_flight), str(first)], stdout=subprocess.DEVNULL)

    def end(self):
        """All of it."""
        if self.running.wait():
            sys.exit("bus_load ended with %d" % self.running.returncode)

    def stop(self):
        """As far as it has come; False where it had nothing left to do."""
        ran = self.running.poll() is None
        self.running.kill()
        self.running.wait()
        return ran


def restored(programs, client, heads):
    """What is wrong with the stores that serve now."""
    now = wait_followed(client)
    for service, head in heads.items():
        if now[service] < head:
            yield "%s has %d events, had %d" % (service, now[service], head)
    shegong(programs, "verify")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_dir")
    parser.add_argument("--events", type=int, default=1000000)
    options = parser.parse_args()
    subprocess.run(["ninja", "-C", options.build_dir, "--quiet", "bus_load"], check=True)
    with Programs(options.build_dir, "2022-01-01") as programs:
        client = Client(programs.port)
        backup = os.path.join(programs.folder, "backup")
        begun = time.monotonic()
        Load(options, programs, 0, options.events, 512).end()
        heads = wait_followed(client)
        told("written and followed", begun, "%d events" % sum(heads.values()))
        load = Load(options, programs, options.events, options.events * 9, 64)
        begun = time.monotonic()
        shegong(programs, "backup", backup)
        took_s = time.monotonic() - begun
        if not load.stop():
            sys.exit("the load ended before the backup")
        after = sum(wait_followed(client).values()) - sum(heads.values())
        size = sum(entry.stat().st_size for entry in os.scandir(backup))
        told_s("backup", took_s, "%.0f MB, %d events meanwhile" % (size / 1e6, after))
        begun = time.monotonic()
        shegong(programs, "verify", "--backup", backup)
        told("verify --backup", begun)
        for service in SERVICES:
            programs.kill(service)
            shutil.rmtree(os.path.join(programs.env["SHEGONG_DATA"], service))
        begun = time.monotonic()
        shegong(programs, "restore", backup)
        told("restore", begun)
        for service in SERVICES:
            programs.start(service)
        programs.wait_ready()
        told("restore, started, ready", begun)
        wrong = list(restored(programs, client, heads))
        told("restore, followed, verified", begun, "\n".join(wrong))
        sys.exit(bool(wrong))


main()
