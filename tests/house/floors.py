#!/usr/bin/env python3
"""Who may include whom, and that rules reach nothing but the turn.  argv: the build folder."""

import os
import re
import subprocess

import house

BUILD = house.build_dir()
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)

# Headers of the C library without input, output, clock or chance.
PLAIN = {"assert.h", "inttypes.h", "limits.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"}
# What the gateway shares with the engine: settings, log lines, figures, the client's side of the bus,
# who is at the other end of it, and what one may see.
GATEWAY_SHARES = {"engine/call.h", "engine/config.h", "engine/keys.h", "engine/log.h",
                  "engine/metrics.h", "engine/peers.h", "engine/scope.h", "engine/zap.h"}


def includes(name):
    """(where, header, is it in <>) of each include of a file."""
    text = house.read(name)
    bare = house.code_only(text, keep_strings=True)
    for m in INCLUDE.finditer(bare):
        yield "%s:%d" % (name, house.line_of(bare, m.start())), m.group(2), m.group(1) == "<"


def service_of(header):
    """Whose .pb-c.h it is: "personnel" for shegong/personnel/v1/personnel.pb-c.h, else None."""
    m = re.match(r"shegong/(\w+)/v\d+/\w+\.pb-c\.h$", header)
    return m.group(1) if m else None


def own(name, header):
    """Is it a header that lies in the file's own folder, named alone or by a path?"""
    folder = os.path.dirname(name)
    return any(os.path.dirname(path) == folder and os.path.isfile(os.path.join(house.ROOT, path))
               for path in (os.path.join(folder, header), "services/" + header, header))


def offenders(under, allowed, but=()):
    for name in house.files(under, ".c", ".h"):
        if os.path.basename(name) in but:
            continue
        for where, header, angled in includes(name):
            if not allowed(name, header, angled):
                yield "%s: %s" % (where, header)


house.check("base includes base and libraries only",
            offenders("services/base/", lambda name, h, angled: angled or own(name, h)))

house.check("the engine includes base, itself and its own messages only",
            offenders("services/engine/", lambda name, h, angled: angled or own(name, h)
                      or h.startswith("base/") or service_of(h) == "engine"
                      or h.startswith("google/protobuf/")))

for service in house.SERVICES:
    folder = "services/%s/" % service

    def rule_may(name, header, angled):
        if angled:
            return header in PLAIN
        return (own(name, header) or header in ("engine/turn.h", "engine/service.h")
                or header.startswith("base/") or service_of(header) == service)

    house.check("the rules of %s include the turn, the values and their own things only" % service,
                offenders(folder, rule_may, but=("follow.c", "follow.h")))
    house.check("follow.c of %s adds other services' messages, nothing else" % service,
                [o for kind in ("follow.c", "follow.h") for o in offenders(
                    folder + kind, lambda name, h, angled: rule_may(name, h, angled)
                    or service_of(h) in house.SERVICES + ("engine",))])

house.check("the gateway shares values, envelope and a few headers with the services, no rule",
            offenders("gateway/", lambda name, h, angled: angled
                      or own(name, h) or h.startswith("gateway/") or h.startswith(("base/", "google/protobuf/"))
                      or service_of(h) == "engine" or h in GATEWAY_SHARES
                      # Who asks is known from personnel's records; one file reads them.
                      or (name == "gateway/access_book.c" and service_of(h) == "personnel")))

# What a rules library may leave to others: the turn, the values, descriptors and their names,
# messages set to their defaults, mem* and str* of the C library, a failed assertion, and what the
# sanitizers and the stack protector put in.
MAY = re.compile(r"turn_\w+|each_next|group_next|day_\w+|money_\w+|text_\w+|CLOCK"
                 r"|\w+__descriptor|\w+__init|protobuf_c_empty_string"
                 r"|protobuf_c_(enum|message)_descriptor_get_\w+"
                 r"|(__)?(mem|str)\w+|__assert_fail"
                 r"|__asan_\w+|__ubsan_\w+|__sanitizer_\w+|__stack_chk_fail|__tsan_\w+|__gcov_\w+"
                 r"|_GLOBAL_OFFSET_TABLE_|_Unwind_Resume|__gcc_personality_v0")
# Of mem* and str*, these keep hidden state or take memory.
MAY_NOT = {"strtok", "strdup", "strndup", "__strdup", "strerror", "strsignal", "memfd_create",
           "strftime", "strptime"}
# What the sanitizers keep: clang gives the places that it complains about numbers for names.
OF_SANITIZERS = ("__asan", "__odr_asan", "__gcov", "__ubsan", "__unnamed_")


def symbols(library):
    """(name, kind, section) of each symbol: kind is U where it is left to others."""
    out = subprocess.run(["nm", "-f", "sysv", library], capture_output=True, text=True,
                         check=True).stdout
    for line in out.split("\n"):
        cells = [c.strip() for c in line.split("|")]
        if len(cells) == 7:
            yield cells[0], cells[2], cells[6]


for service in house.SERVICES:
    library = next((p for p in (os.path.join(BUILD, folder, "lib%s.a" % service)
                                for folder in ("services", "")) if os.path.isfile(p)),
                   os.path.join(BUILD, "lib%s.a" % service))
    title = "the rules of %s reach nothing but the turn" % service
    if not os.path.isfile(library):
        house.check(title, ["%s is not there" % library])
        continue
    found = list(symbols(library))
    defined = {name for name, kind, _ in found if kind not in "Uwv"}
    house.check(title, sorted({
        name for name, kind, _ in found if kind in "Uwv" and name not in defined
        and (name in MAY_NOT or not MAY.fullmatch(name))}))
    house.check("the rules of %s keep nothing between turns" % service, sorted({
        "%s in %s" % (name, section) for name, kind, section in found
        if section in (".data", ".bss", "*COM*") and not name.startswith(OF_SANITIZERS)
        and kind not in "Nn"}))
house.done()
