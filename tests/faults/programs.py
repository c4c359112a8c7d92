"""The programs of Shegong as the tests of faults run them: on a virtual clock, with stores and
sockets in a folder of their own, asked over HTTP."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

SERVICES = ("personnel", "stations", "funding", "supervision", "reporting")
PROVINCE = "account=province;person=p-province;role=PROVINCE;region=53"
# With these nothing is known of the outcome, or nothing has come of it: send it again.
NOT_AN_ANSWER = ("unavailable", "deadline_exceeded", "canceled", "resource_exhausted")
AGAIN_AFTER_S = 0.005  # as who is not answered tries again, and not in a hurry
ANSWER_WITHIN_S = 30


class Unanswered(Exception):
    """A command to which no answer came for half a minute."""


class Answer:
    """What a method answered: reason is "" where it was done."""

    def __init__(self, status, code, reason, data, position):
        self.status, self.code, self.reason = status, code, reason
        self.data, self.position = data, position

    def same(self, other):
        return (self.status, self.data, self.position) == (
            other.status, other.data, other.position)

    def json(self):
        return json.loads(self.data)


class Client:
    """One kept connection to the gateway; with a token it asks as whose it is, whoever is named."""

    def __init__(self, port, token=None):
        self.port, self.token = port, token
        self.connection = None
        self.resent = 0

    def once(self, path, body, headers, method="POST"):
        """One request; None where the connection was lost before the answer."""
        if not self.connection:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            self.connection.request(method, path, body, headers)
            got = self.connection.getresponse()
            data = got.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return None
        code = reason = ""
        if got.status != 200:
            error = json.loads(data)
            code = error.get("code", "")
            detail = (error.get("details") or [{}])[0]
            reason = detail.get("debug", {}).get("reason", code)
        return Answer(got.status, code, reason, data, got.getheader("shegong-position"))

    def ask(self, method, message, who=PROVINCE, service=None, id=None, after=None):
        """Send it, with the same id and bytes, until there is an answer; one that has seen the
        position after, where there is one."""
        headers = {"Content-Type": "application/json"}
        headers.update({"Authorization": "Bearer " + self.token} if self.token
                       else {"Shegong-Principal": who})
        if service:
            headers["Shegong-Service"] = service
        if id:
            headers["Idempotency-Key"] = id
        if after:
            headers["Shegong-After"] = after
        body = json.dumps(message, ensure_ascii=False).encode()
        end = time.monotonic() + ANSWER_WITHIN_S
        while time.monotonic() < end:
            answer = self.once("/shegong." + method, body, headers)
            if answer and answer.code not in NOT_AN_ANSWER:
                return answer
            self.resent += 1
            time.sleep(AGAIN_AFTER_S)
        raise Unanswered("%s %s" % (method, id or ""))

    def engine(self, service, method, message):
        return self.ask("engine.v1.EngineService/" + method, message, service=service)

    def counter(self, service, name):
        """One counter of a service, of those that it has one of."""
        for line in self.engine(service, "Metrics", {}).json()["text"].splitlines():
            if line.startswith(name + "{"):
                return float(line.rpartition(" ")[2])
        return None

    def status(self, service):
        return self.engine(service, "Status", {}).json()

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def full_name(method):
    """personnel.GetAgency is personnel.v1.PersonnelService/GetAgency."""
    service, name = method.split(".")
    return "%s.v1.%sService/%s" % (service, service.capitalize(), name)


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_ports(n):
    """The first of n ports that stand side by side.  They lie below those that the kernel gives to
    outgoing connections, one of which may take a port while its program is not up."""
    with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
        first = int(file.read().split()[0])
    while True:
        port = random.SystemRandom().randrange(min(10000, first - 1000), first - n)
        if all(is_free(port + i) for i in range(n)):
            return port


def free_port():
    return free_ports(1)


def folder_on_disk():
    """A new folder that is not on a file system of memory."""
    for under in (os.environ.get("TMPDIR"), "/tmp", "/var/tmp", os.getcwd()):
        if not under or not os.path.isdir(under):
            continue
        kind = subprocess.run(["stat", "-f", "-c", "%T", under], capture_output=True, text=True)
        if kind.stdout.strip() not in ("tmpfs", "ramfs"):
            return tempfile.mkdtemp(prefix="shegong-", dir=under)
    raise SystemExit("there is no folder on a disk")


class Programs:
    """The five services and the gateway; ends all that it started.  Over tcp no two programs share
    a directory of sockets, so that CURVE is the only way from one to another."""

    def __init__(self, build, first_date, tcp=False, access="principals"):
        self.build = os.path.abspath(build)
        # Of each service its own port and the next one, and the gateway's.
        self.port = free_ports(2 * len(SERVICES) + 1)
        self.ports = {service: self.port + 1 + 2 * i
                      for i, service in enumerate(SERVICES)} if tcp else {}
        self.folder = folder_on_disk()
        self.running = {}
        for name in ("store", "run", "log"):
            os.mkdir(os.path.join(self.folder, name))
        self.env = {
            **os.environ,
            "SHEGONG_DATA": os.path.join(self.folder, "store"),
            "SHEGONG_RUN": os.path.join(self.folder, "run"),
            "SHEGONG_CLOCK": "virtual",
            "SHEGONG_CLOCK_START": first_date,
            "SHEGONG_MAP_MIB": "4096",
            "SHEGONG_SCHEMA": os.path.join(self.build, "shegong.binpb"),
            "SHEGONG_LISTEN": "127.0.0.1:%d" % self.port,
            "SHEGONG_ACCESS": access,
        }
        if tcp:
            self.keys = os.path.join(self.folder, "keys")
            self.env["SHEGONG_KEYS"] = self.keys
            self.env["SHEGONG_PEERS"] = ",".join(
                "%s=tcp://127.0.0.1:%d" % of for of in self.ports.items())
            subprocess.run([os.path.join(self.build, "shegong"), "keys", "make"], env=self.env,
                           check=True, stdout=subprocess.DEVNULL)

    def env_of(self, name):
        if not self.ports:
            return self.env
        run = os.path.join(self.folder, "run", name)
        os.makedirs(run, exist_ok=True)
        env = {**self.env, "SHEGONG_RUN": run}
        if name in self.ports:
            env["SHEGONG_TCP"] = "tcp://127.0.0.1:%d" % self.ports[name]
        return env

    def __enter__(self):
        try:
            for name in (*SERVICES, "gateway"):
                self.start(name)
            self.wait_ready()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *of):
        self.end()

    def start(self, name):
        with open(os.path.join(self.folder, "log", name), "ab") as log:
            self.running[name] = subprocess.Popen(
                [os.path.join(self.build, "shegong-" + name)], env=self.env_of(name), stdout=log,
                stderr=log, stdin=subprocess.DEVNULL)

    def stop_one(self, name):
        """Ask one program to end, where it still runs, and wait for it."""
        if self.running[name].poll() is None:
            self.running[name].terminate()
        return self.running[name].wait(timeout=5)

    def kill(self, name):
        """kill -9; False where it had ended by itself."""
        program = self.running[name]
        ran = program.poll() is None
        program.send_signal(signal.SIGKILL)
        program.wait()
        return ran

    def wait_ready(self):
        client = Client(self.port)
        end = time.monotonic() + ANSWER_WITHIN_S
        while not self.reached(client) and time.monotonic() < end:
            for name, program in self.running.items():
                if program.poll() is not None:
                    raise SystemExit("%s ended with %d\n%s" % (
                        name, program.returncode, self.log(name)))
            time.sleep(0.01)
        client.close()

    def reached(self, client):
        """True where the gateway has an answer of every service, whatever it says of itself."""
        ready = client.once("/readyz", None, {}, "GET")
        return ready is not None and all(
            "sequence" in part for part in json.loads(ready.data)["parts"]
            if part["service"] in SERVICES)

    def log(self, name, lines=5):
        with open(os.path.join(self.folder, "log", name), errors="replace") as log:
            return "".join(log.readlines()[-lines:])

    def verify(self):
        """shegong verify: its exit status and what it says."""
        done = subprocess.run([os.path.join(self.build, "shegong"), "verify"], env=self.env,
                              capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    def stop(self):
        """Ask all of them to end; the exit status of each."""
        ended = {}
        for name in reversed(list(self.running)):
            self.running[name].terminate()
            try:
                ended[name] = self.running[name].wait(timeout=20)
            except subprocess.TimeoutExpired:
                ended[name] = "did not end"
        return ended

    def end(self):
        for program in self.running.values():
            if program.poll() is None:
                program.kill()
            program.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
