#!/usr/bin/env python3
"""The services and the gateway over TCP with CURVE, and who is kept out: tcp.py BUILD_DIR"""

import os
import socket
import subprocess
import sys
import time

import zmq
import zmq.utils.monitor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gateway"))

from programs import SERVICES, Client, Programs, free_ports  # noqa: E402
from tap import Program, done, ok, same, until  # noqa: E402
from wire import field, request as packed  # noqa: E402

READ = "shegong.engine.v1.EngineService/Read"
STATUS = "shegong.engine.v1.EngineService/Status"
SERVICE, PROVINCE = 14, 2
LET_IN = zmq.Event.HANDSHAKE_SUCCEEDED
EVENTS = (LET_IN | zmq.Event.HANDSHAKE_FAILED_AUTH | zmq.Event.HANDSHAKE_FAILED_PROTOCOL
          | zmq.Event.HANDSHAKE_FAILED_NO_DETAIL | zmq.Event.DISCONNECTED)


def request(method, role):
    who = field(1, "tester") + field(2, "p-tester") + field(3, role) + field(4, "53")
    return packed(method, correlation=7, rest=field(4, who))


def refused(reply):
    """The reason that stands in a packed Reply, b"" where it is an answer."""
    for reason in (b"PEER_NOT_ALLOWED", b"CALLER_UNKNOWN", b"CALLER_NOT_ALLOWED"):
        if reason in reply:
            return reason
    return b""


class Peer:
    """A client of one port, with a key, a password or nothing; outcome is its first event."""

    def __init__(self, zmq_context, port, keys=None, name=None, server=None, plain=False,
                 kind=zmq.DEALER):
        self.socket = zmq_context.socket(kind)
        self.socket.linger = 0
        if server:
            self.socket.curve_serverkey = read(keys, server + ".pub")
            public, secret = zmq.curve_keypair()
            if name:
                secret = read(keys, name + ".key")
                public = zmq.curve_public(secret)
            self.socket.curve_publickey, self.socket.curve_secretkey = public, secret
        if plain:
            self.socket.plain_username, self.socket.plain_password = b"admin", b"admin"
        self.monitor = self.socket.get_monitor_socket(EVENTS)
        self.socket.connect("tcp://127.0.0.1:%d" % port)
        self.outcome = None
        if self.monitor.poll(3000):
            self.outcome = zmq.utils.monitor.recv_monitor_message(self.monitor)["event"]

    def ask(self, message):
        self.socket.send(message)
        return self.socket.recv() if self.socket.poll(3000) else None

    def close(self):
        self.socket.disable_monitor()
        self.socket.close()


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read().strip()


def strangers(context, programs):
    port = programs.ports["funding"]
    for at, what in ((port, "requests"), (port + 1, "events")):
        for name, how in (("an unknown key", {"server": "funding", "keys": programs.keys}),
                          ("no mechanism", {}), ("a password", {"plain": True})):
            peer = Peer(context, at, **how)
            ok(peer.outcome not in (None, LET_IN), "%s: %s is refused" % (what, name),
               peer.outcome)
            peer.close()


def raw_peers(programs):
    """Below ZeroMQ: what the first bytes say, and silence."""
    greeting = b"\xff" + b"\0" * 8 + b"\x7f\x03\x01"
    null = greeting + b"NULL".ljust(20, b"\0") + b"\0" * 32
    ready = b"\x04\x19\x05READY\x0bSocket-Type\0\0\0\x06DEALER"
    for name, data in (("a NULL greeting", null), ("a NULL greeting and READY", null + ready),
                       ("an old ZeroMQ", b"\x01\0\x02\0hi"), ("HTTP", b"GET / HTTP/1.1\r\n\r\n"),
                       ("silence", b"")):
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", programs.ports["funding"])) as raw:
            raw.settimeout(4)
            raw.sendall(data)
            ended = False
            try:
                while raw.recv(4096):
                    pass
                ended = True
            except ConnectionError:
                ended = True
            except socket.timeout:
                pass
        ok(ended and time.monotonic() - began < 3, "%s is cut off within 3 s" % name,
           time.monotonic() - began)


def known_peers(context, programs):
    port = programs.ports["funding"]

    def of(name):
        return Peer(context, port, programs.keys, name, "funding")

    stations = of("stations")
    same(stations.outcome, LET_IN, "a service's key is let in")
    ok(b"funding" in (stations.ask(request(READ, SERVICE)) or b""), "it reads the journal")
    same(refused(stations.ask(request(READ, PROVINCE))), b"PEER_NOT_ALLOWED",
         "it may say nobody else's name")
    same(refused(stations.ask(request(STATUS, SERVICE))), b"PEER_NOT_ALLOWED",
         "it may ask nothing else")
    gateway = of("gateway")
    same(refused(gateway.ask(request(STATUS, SERVICE)) or b"CALLER_UNKNOWN"), b"",
         "the gateway's key may say who asks")
    for peer in (stations, gateway):
        peer.close()

    heads = Peer(context, port + 1, programs.keys, "reporting", "funding", kind=zmq.SUB)
    heads.socket.subscribe(b"head")
    ok(heads.socket.poll(3000) and b"funding" in heads.socket.recv_multipart()[1],
       "heads are heard on the next port")
    heads.close()

    # An integrator's pair, which lies elsewhere; and one whose public key was taken away.
    other = os.path.join(programs.folder, "other")
    os.mkdir(other)
    shegong = os.path.join(programs.build, "shegong")
    made = subprocess.run([shegong, "keys", "new", "partner", other], env=programs.env,
                          capture_output=True)
    os.symlink(os.path.join(programs.keys, "funding.pub"), os.path.join(other, "funding.pub"))
    partner = Peer(context, port, other, "partner", "funding")
    ok(made.returncode == 0 and partner.outcome not in (None, LET_IN),
       "an integrator's key opens no service", partner.outcome)
    partner.close()
    os.rename(os.path.join(programs.keys, "cli.pub"), os.path.join(other, "cli.pub"))
    gone = of("cli")
    ok(gone.outcome not in (None, LET_IN), "a key that was taken away is not let in again",
       gone.outcome)
    gone.close()
    os.rename(os.path.join(other, "cli.pub"), os.path.join(programs.keys, "cli.pub"))
    made = subprocess.run([shegong, "keys", "new", "partner", programs.keys], env=programs.env,
                          capture_output=True)
    same((made.returncode, os.path.exists(os.path.join(programs.keys, "partner.pub"))),
         (1, False), "no integrator's key is made among the services'")


def work(programs):
    client = Client(programs.port)
    agency = {"agencyId": "ag-1", "nameZh": "机构", "nameEn": "Agency", "regionCode": "53",
              "creditCode": "52530000MJ00000019", "synthetic": True}
    answer = client.ask("personnel.v1.PersonnelService/RegisterAgency", agency, id="c-1")
    same((answer.status, answer.reason), (200, ""), "a command goes to a service over CURVE")
    head = int(client.status("personnel")["head"]["sequence"])

    def followed():
        return all(int(f["sequence"]) >= head for service in SERVICES
                   for f in client.status(service).get("followed", [])
                   if f["source"] == "personnel")

    ok(until(followed), "every follower has read of it over CURVE",
       {service: client.status(service).get("followed") for service in SERVICES})
    status, text = programs.verify()
    ok(status == 0, "the command line reaches the services with its own key", text)
    client.close()


def wrong_starts(programs):
    """A program that cannot guard its door does not open it."""
    empty = os.path.join(programs.folder, "empty")
    os.mkdir(empty)
    port = programs.ports["funding"]
    for name, env in (
            ("without its key", {"SHEGONG_KEYS": empty}),
            ("at an address that is none", {"SHEGONG_TCP": "tcp://*"}),
            ("at an address that is taken", {"SHEGONG_TCP": "tcp://127.0.0.1:%d" % port}),
            ("at a socket without CURVE", {"SHEGONG_TCP": "ipc:///tmp/x"}),
            ("with peers that are nowhere", {"SHEGONG_PEERS": "tcp://%s"})):
        store = os.path.join(programs.folder, "store-" + name.replace(" ", "-"))
        os.mkdir(store)
        program = Program(os.path.join(programs.build, "shegong-stations"), first_line=False,
                          env={**programs.env_of("stations"), "SHEGONG_DATA": store,
                               "SHEGONG_TCP": "tcp://127.0.0.1:%d" % free_ports(2), **env})
        same(program.wait(), 78, "a service does not start " + name)


def main():
    context = zmq.Context()
    with Programs(sys.argv[1], "2022-03-01", tcp=True) as programs:
        work(programs)
        strangers(context, programs)
        known_peers(context, programs)
        raw_peers(programs)
        wrong_starts(programs)
        ended = programs.stop()
        ok(all(status == 0 for status in ended.values()), "all of them end in good order", ended)
    context.destroy(linger=0)
    done()


main()
