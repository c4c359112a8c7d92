#!/usr/bin/env python3
"""docker-compose.yml gives the programs all their settings, and .env.example has each with its default."""

import re

import house

COMPOSE = house.read("docker-compose.yml") + house.read("deploy/door.yml")
EXAMPLE = house.read(".env.example")
README = house.read("README.md")
# What the containers themselves settle: their folders, their addresses, how callers are known.
SETTLED = {"SHEGONG_LISTEN", "SHEGONG_BEHIND_PROXY", "SHEGONG_ACCESS", "SHEGONG_DOOR", "SHEGONG_RUN",
           "SHEGONG_PEERS", "SHEGONG_KEYS", "SHEGONG_SERVICES", "SHEGONG_SCHEMA", "SHEGONG_DASHBOARD",
           "SHEGONG_DATA", "SHEGONG_TCP"}
# Empty unless set, and shown with an example; or another one in containers.
SHOWN = {"SHEGONG_TLS_CERT", "SHEGONG_TLS_KEY", "SHEGONG_TRUSTED_PROXIES", "SHEGONG_MASTER_KEY_FILE"}
# Compose's own.
OF_COMPOSE = {"COMPOSE_PROFILES", "COMPOSE_FILE"}


def settings(*headings):
    """NAME -> default, of the tables under these headings of README.md."""
    found = {}
    for heading in headings:
        section = re.search(r"^### %s$(.*?)(?=^#|\Z)" % heading, README, re.M | re.S).group(1)
        found.update(re.findall(r"^\| `(SHEGONG_\w+)` \| `?([^`|]*?)`? \|", section, re.M))
    return found


of_programs = settings("Settings of the gateway", "Settings of a service")
# With a default of Compose's, or handed on as the environment has it.
used = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE))
handed_on = set(re.findall(r"^ +(SHEGONG_\w+):$", COMPOSE, re.M))
given = handed_on | set(re.findall(r"^ +(SHEGONG_\w+): .+$", COMPOSE, re.M))
example = dict(re.findall(r"^#(\w+)=(.*)$", EXAMPLE, re.M))

house.check("docker-compose.yml gives the programs each of their settings", sorted(
    set(of_programs) - SETTLED - given))
house.check("and nothing that no program or script reads", [
    name for name in sorted(given) if name not in of_programs and not re.search(
        r"\b%s\b" % name, house.read("deploy/backup.sh") + house.read("deploy/play.sh"))])
house.check(".env.example has each setting, and no other", sorted(
    (used.keys() | handed_on) ^ (example.keys() - OF_COMPOSE)))
house.check("with its default", [
    "%s: %s, not %s" % (name, default, {**of_programs, **used}[name])
    for name, default in example.items()
    if name not in SHOWN | OF_COMPOSE and default != {**of_programs, **used}.get(name)])
house.check("the image's version is the project's", [] if re.search(
    r"version: '%s'" % re.escape(used["SHEGONG_VERSION"]), house.read("meson.build")) else [
        used["SHEGONG_VERSION"]])
house.done()
