#!/usr/bin/env python3
"""The snippets of deploy/proxies with the real proxies before the programs: proxies_test.py BUILD_DIR

The places in them that an operator changes are changed here: ports, certificate, name."""

import http.client
import json
import os
import ssl
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path[:0] = [os.path.join(ROOT, "tests", "faults"), os.path.join(ROOT, "tests", "gateway")]

from programs import Programs, free_port  # noqa: E402
from tap import done, ok, same, until  # noqa: E402

SNIPPETS = os.path.join(ROOT, "deploy", "proxies")
PERSONNEL = "/shegong.personnel.v1.PersonnelService/"
FAILURES = 5
ENV = {**os.environ, "PATH": "/usr/sbin:/sbin:" + os.environ["PATH"]}

# Of each: its file here, where in it the wrapping that a distribution gives goes, how it is started.
PROXIES = {
    "nginx": ("nginx.conf", "daemon off;\nerror_log stderr;\npid %(folder)s/nginx.pid;\nevents {}\nhttp {\n"
              "access_log off;\nclient_body_temp_path %(folder)s/body;\n"
              "proxy_temp_path %(folder)s/proxy;\nfastcgi_temp_path %(folder)s/f;\n"
              "uwsgi_temp_path %(folder)s/u;\nscgi_temp_path %(folder)s/s;\n%(snippet)s\n}\n",
              ["nginx", "-c", "%(file)s", "-p", "%(folder)s"]),
    "haproxy": ("haproxy.cfg", "%(snippet)s", ["haproxy", "-db", "-f", "%(file)s"]),
    "caddy": ("Caddyfile", "{\n\tadmin off\n\tauto_https disable_redirects\n}\n%(snippet)s",
              ["caddy", "run", "--adapter", "caddyfile", "--config", "%(file)s"]),
}


def certificate(folder):
    key, cert = os.path.join(folder, "shegong.key"), os.path.join(folder, "shegong.crt")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
                    "-out", cert], check=True, capture_output=True)
    with open(os.path.join(folder, "shegong.pem"), "w") as both:
        for part in (cert, key):
            with open(part) as text:
                both.write(text.read())


class Front:
    """One proxy, started with its snippet."""

    def __init__(self, name, programs):
        snippet, wrapping, argv = PROXIES[name]
        self.port, folder = free_port(), programs.folder
        with open(os.path.join(SNIPPETS, snippet)) as file:
            text = file.read()
        for was, now in (("127.0.0.1:8080", "127.0.0.1:%d" % programs.port),
                         ("/etc/ssl/", folder + "/"), ("shegong.example", "localhost"),
                         ("listen 443", "listen 127.0.0.1:%d" % self.port),
                         ("bind :443", "bind 127.0.0.1:%d" % self.port),
                         ("localhost:443", "localhost:%d" % self.port)):
            text = text.replace(was, now)
        words = {"folder": folder, "snippet": text, "file": os.path.join(folder, snippet)}
        with open(words["file"], "w") as file:
            file.write(wrapping % words)
        self.log = open(os.path.join(folder, "log", name), "w+")
        self.program = subprocess.Popen([word % words for word in argv], stdout=self.log,
                                        stderr=self.log, cwd=folder,
                                        env={**ENV, "HOME": folder, "XDG_DATA_HOME": folder})
        self.tls = ssl.create_default_context(cafile=os.path.join(folder, "shegong.crt"))

    def connection(self):
        return http.client.HTTPSConnection("localhost", self.port, context=self.tls, timeout=10)

    def ask(self, method, path, body=None, **headers):
        """Status, headers and body of one request."""
        connection = self.connection()
        try:
            connection.request(method, path, body, {
                name.replace("_", "-"): value for name, value in headers.items()})
            got = connection.getresponse()
            return got.status, got.headers, got.read().decode()
        finally:
            connection.close()

    def stands(self, token):
        """Whether it answers, and the gateway behind it knows the accounts and finds the service."""
        try:
            return self.ask("POST", PERSONNEL + "GetAccount", '{"account_id": "nobody"}',
                            Authorization="Bearer " + token,
                            Content_Type="application/json")[0] == 404
        except OSError:
            return False

    def end(self):
        # Asked first: nginx, killed, would leave its workers behind; Caddy waits for open streams.
        self.program.terminate()
        try:
            self.program.wait(3)
        except subprocess.TimeoutExpired:
            self.program.kill()
            self.program.wait()
        self.log.close()


def event_within(front, token, propose):
    """Seconds from a command to its event on a stream; None where it does not come."""
    connection = front.connection()
    connection.request("GET", "/v1/events?type=AccountProposed", headers={
        "Authorization": "Bearer " + token})
    stream = connection.getresponse()
    begun = None
    try:
        while True:
            line = stream.readline().decode()
            if not line:
                return None
            if line.startswith("event: checkpoint") and begun is None:
                propose()
                begun = time.monotonic()
            if line.startswith("data:") and "AccountProposed" in line:
                return time.monotonic() - begun
    except TimeoutError:
        return None
    finally:
        connection.close()


def passes_on(name, front, token):
    ok(until(lambda: front.stands(token), 15), "%s: it answers with TLS" % name)
    propose = {"account_id": "c-" + name, "person_id": "p-" + name, "work_name": "某",
               "role": "ROLE_COUNTY", "region_code": "533102"}

    def command():
        return front.ask("POST", PERSONNEL + "ProposeAccount", json.dumps(propose),
                         Authorization="Bearer " + token, Content_Type="application/json",
                         Idempotency_Key="propose-" + name)

    waited = event_within(front, token, command)
    ok(waited is not None and waited < 1, "%s: an event comes as it happens" % name, waited)
    same(command()[0], 200, "%s: a command is answered" % name)
    status, _, body = front.ask("POST", PERSONNEL + "GetAccount", '{"account_id": "nobody"}',
                                Authorization="Bearer " + token, Content_Type="application/json")
    ok(status == 404 and "NOT_FOUND" in body, "%s: so is a refusal" % name, body)
    status, headers, _ = front.ask("POST", "/v1/session", Authorization="Bearer " + token,
                                   Origin="https://localhost:%d" % front.port)
    ok("Secure" in headers.get("Set-Cookie", ""), "%s: the gateway knows that it was HTTPS" % name,
       "%s %s" % (status, headers))
    same([front.ask("GET", path)[0] for path in ("/metrics", "/readyz")], [404, 404],
         "%s: what is for those who watch is not passed on" % name)
    answers = [front.ask("POST", PERSONNEL + "ListAccounts", "{}", Content_Type="application/json",
                         Authorization="Bearer forged", X_Forwarded_For="192.0.2.%d" % i)[0]
               for i in range(FAILURES + 1)]
    same(answers[-1], 429, "%s: nobody gets another address by saying so" % name)


def main():
    programs = Programs(sys.argv[1], "2022-03-01", access="tokens")
    programs.env.update(SHEGONG_TRUSTED_PROXIES="127.0.0.1", SHEGONG_RATE_FAILURES=str(FAILURES))
    with programs:
        certificate(programs.folder)
        tokens = os.path.join(programs.folder, "tokens")
        subprocess.run([os.path.join(programs.build, "shegong"), "init", "--region", "53",
                        "--administrator", "adm-li=p-li=李", "--administrator", "adm-wang=p-wang=王",
                        "--out", tokens], env=programs.env, check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(tokens, "adm-li.token")) as file:
            token = file.read().strip()
        for name in PROXIES:
            # Those who failed are forgotten.
            programs.stop_one("gateway")
            programs.start("gateway")
            front = Front(name, programs)
            try:
                passes_on(name, front, token)
            finally:
                front.end()
    done()


main()
