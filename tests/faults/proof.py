"""The journals, read through the gateway and looked at without the engine's own code."""

import base64
import datetime
import hashlib

JOURNAL_PAGE_BYTES = 512 * 1024


def fields(data):
    """The fields of one protobuf message as (number, value); a value is a number or bytes."""
    at, end = 0, len(data)
    while at < end:
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value = data[at:at + size]
            at += size
        else:
            raise ValueError("wire type %d" % (key & 7))
        yield key >> 3, value


def varint(data, at):
    value = data[at]
    at += 1
    if value < 128:
        return value, at
    value &= 127
    shift = 7
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def next_date(date):
    return str(datetime.date.fromisoformat(date) + datetime.timedelta(days=1))


class Journal:
    """What has been read of one service's journal, and what is wrong with it."""

    def __init__(self, service):
        self.service = service
        self.sequence = 0
        self.hash = b""
        self.commands = {}  # id -> [how many events, the last one's number]
        self.causes = {}    # (source, sequence) -> [how many events, the last one's number]
        self.last_cause = {}
        self.of_type = {}   # type -> numbers of its events
        self.date = ""
        self.faults = []

    def fault(self, text):
        if len(self.faults) < 20:
            self.faults.append("%s: event %d: %s" % (self.service, self.sequence, text))

    def read_on(self, client):
        """Read up to the head."""
        while True:
            page = client.engine(self.service, "Read", {
                "after": str(self.sequence), "max_bytes": JOURNAL_PAGE_BYTES}).json()
            for event in page.get("events", ()):
                self.take(base64.b64decode(event))
            head = page["head"]
            if int(head.get("sequence", 0)) == self.sequence:
                if base64.b64decode(head.get("hash", "")) != self.hash:
                    self.fault("the head's hash is not the last event's")
                return
            if not page.get("events"):
                self.fault("the journal ends before its head %s" % head.get("sequence"))
                return

    def take(self, data):
        source = kind = command = date = ""
        sequence, cause, previous = 0, None, b""
        for number, value in fields(data):
            if number == 1:
                source = value.decode()
            elif number == 2:
                sequence = value
            elif number == 4:
                date = value.decode()
            elif number == 5:
                kind = value.decode()
            elif number == 8:
                command = value.decode()
            elif number == 9:
                of = dict(fields(value))
                cause = of.get(1, b"").decode(), of.get(2, 0)
            elif number == 10:
                previous = value
        self.sequence += 1
        if sequence != self.sequence:
            self.fault("has the number %d" % sequence)
        if source != self.service:
            self.fault("is of %s" % source)
        if previous != self.hash:
            self.fault("does not hold the hash of the one before")
        self.hash = hashlib.blake2b(data, digest_size=32).digest()
        self.of_type.setdefault(kind, []).append(sequence)
        if kind == "day_began" and self.date and date != next_date(self.date):
            self.fault("%s began after %s" % (date, self.date))
        elif kind != "day_began" and date != self.date:
            self.fault("is of %s on %s" % (date, self.date))
        self.date = date
        if command:
            self.group(self.commands, command)
        if cause:
            self.follow(cause)

    def group(self, groups, key):
        """The events of one command stand together, those of one cause as well."""
        seen = groups.setdefault(key, [0, self.sequence - 1])
        if seen[1] != self.sequence - 1:
            self.fault("a second effect of %s" % (key,))
        seen[0] += 1
        seen[1] = self.sequence

    def follow(self, cause):
        source, sequence = cause
        if sequence < self.last_cause.get(source, 0):
            self.fault("follows %s %d after %d" % (source, sequence, self.last_cause[source]))
        self.last_cause[source] = sequence
        self.group(self.causes, cause)


# One table that several services hold: its owner's name for it, then each copy's.
COPIES = (
    ("stations.programme_years", "personnel.stations.programme_years",
     "funding.copied_programme_years", "supervision.copied_programme_years",
     "reporting.programme_years"),
    ("stations.sites", "personnel.stations.sites", "reporting.sites"),
    ("stations.regions", "reporting.regions"),
    ("stations.projects", "supervision.copied_projects", "reporting.projects"),
    ("stations.postings", "supervision.copied_postings", "reporting.postings"),
    ("stations.agreements", "reporting.agreements"),
    ("personnel.agencies", "reporting.agencies"),
    ("personnel.applications", "reporting.applications"),
    ("personnel.selected_professionals", "stations.selected_professionals",
     "reporting.selected_professionals"),
    ("funding.appropriations", "reporting.appropriations"),
    ("funding.ledger_entries", "reporting.ledger_entries"),
    ("funding.entitlements", "reporting.entitlements"),
    ("supervision.visits", "reporting.field_visits"),
)


def copies_that_differ(statuses):
    """Each copy that holds another number of records than its owner."""
    for owner, *copies in COPIES:
        wanted = records(statuses, owner)
        for copy in copies:
            if wanted is None or records(statuses, copy) != wanted:
                yield "%s has %s, %s has %s" % (
                    owner, wanted, copy, records(statuses, copy))


def records(statuses, name):
    service, table = name.split(".", 1)
    for row in statuses[service]["tables"]:
        if row["name"] == table:
            return int(row.get("records", 0))
    return None


def behind(statuses, heads):
    """Each follower that has not reached the head of one of its sources, or has stopped."""
    for name, status in statuses.items():
        for followed in status.get("followed", ()):
            source = followed["source"]
            if followed.get("stopped"):
                yield "%s has stopped following %s: %s" % (name, source, followed["stopped"])
            elif int(followed.get("sequence", 0)) < heads[source]:
                yield "%s has followed %s to %s of %d" % (
                    name, source, followed.get("sequence", 0), heads[source])


def heads_of(statuses):
    return {name: int(status["head"].get("sequence", 0)) for name, status in statuses.items()}
