#!/usr/bin/env python3
"""docker-compose.yml and .env.example say the same, and name settings that the programs have."""

import re

import house

COMPOSE, EXAMPLE = house.read("docker-compose.yml"), house.read(".env.example")
# Of the compose file itself, or of the scripts in deploy/.
NO_SETTINGS = {"SHEGONG_VERSION", "SHEGONG_PORT", "SHEGONG_GATEWAY_MEMORY", "SHEGONG_SERVICE_MEMORY",
               "SHEGONG_PROGRAMME", "SHEGONG_BACKUP_HOURS", "SHEGONG_BACKUP_KEEP"}

used = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE))
example = dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE, re.M))
house.check(".env.example has each variable of docker-compose.yml, and its default", [
    "%s: %s here, %s there" % (name, used.get(name), example.get(name))
    for name in sorted(used.keys() | example.keys()) if used.get(name) != example.get(name)])

settings = dict(re.findall(r"^\| `(SHEGONG_\w+)` \| `?([^`|]*?)`? \|", house.read("README.md"), re.M))
given = dict(re.findall(r"^ +(SHEGONG_\w+): (.*)$", COMPOSE, re.M))
house.check("docker-compose.yml gives the programs what they read", [
    name for name in given if name not in settings and name not in NO_SETTINGS])
house.check("its defaults are those of the programs", [
    "%s: %s, not %s" % (name, default, settings[name])
    for name, default in used.items() if name in settings and settings[name] != default])
house.check("the image's version is the project's", [] if re.search(
    r"version: '%s'" % re.escape(used["SHEGONG_VERSION"]), house.read("meson.build")) else [
        used["SHEGONG_VERSION"]])
house.done()
