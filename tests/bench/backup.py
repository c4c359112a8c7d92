#!/usr/bin/env python3
"""How long a backup and a restore take: backup.py BUILD_DIR [--events 1000000]

Agencies are registered, which reporting follows; then a backup is taken and proved, all stores are
destroyed and made again.  Prints seconds and sizes."""

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


def told(what, begun, more=""):
    print("%-36s %8.1f s %s" % (what, time.monotonic() - begun, more), flush=True)


def wait_followed(client):
    statuses = {}
    while not statuses or list(behind(statuses, heads_of(statuses))):
        time.sleep(0.2)
        statuses = {service: client.status(service) for service in SERVICES}
    return heads_of(statuses)


def shegong(programs, *argv):
    subprocess.run([os.path.join(programs.build, "shegong"), *argv], env=programs.env, check=True,
                   stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_dir")
    parser.add_argument("--events", type=int, default=1000000)
    options = parser.parse_args()
    subprocess.run(["ninja", "-C", options.build_dir, "--quiet", "bus_load"], check=True)
    with Programs(options.build_dir, "2022-01-01") as programs:
        client = Client(programs.port)
        backup = os.path.join(programs.folder, "backup")
        data = programs.env["SHEGONG_DATA"]
        begun = time.monotonic()
        subprocess.run([os.path.join(options.build_dir, "bus_load"), programs.env["SHEGONG_RUN"],
                        "agency", str(options.events), "512"], check=True,
                       stdout=subprocess.DEVNULL)
        heads = wait_followed(client)
        told("written and followed", begun, "%d events" % sum(heads.values()))
        begun = time.monotonic()
        shegong(programs, "backup", backup)
        size = sum(entry.stat().st_size for entry in os.scandir(backup))
        told("backup", begun, "%.0f MB" % (size / 1e6))
        begun = time.monotonic()
        shegong(programs, "verify", "--backup", backup)
        told("verify --backup", begun)
        for service in SERVICES:
            programs.kill(service)
            shutil.rmtree(os.path.join(data, service))
        begun = time.monotonic()
        shegong(programs, "restore", backup)
        told("restore", begun)
        for service in SERVICES:
            programs.start(service)
        programs.wait_ready()
        same = wait_followed(client) == heads
        told("restore, started, followed", begun, "" if same else "NOT THE SAME")
        sys.exit(not same)


main()
