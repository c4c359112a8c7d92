#!/usr/bin/env python3
"""HTTPS by the gateway itself, its deadlines, and certificates that change: tls_test.py HTTP_SERVER"""

import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import warnings

from tap import Program, Raw, done, ok, same, until

BINARY = sys.argv[1]
HOST = "Host: x\r\n"
OK_GET = "GET /echo HTTP/1.1\r\n" + HOST + "\r\n"
# The test asks for what is not to be had any more.
warnings.simplefilter("ignore", DeprecationWarning)


def openssl(*argv):
    subprocess.run(["openssl", *argv], check=True, capture_output=True)


class Certificates:
    """A folder with cert.pem and key.pem, as the server reads them, and others to take their place."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.serials = 0

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def make(self, name, days=30):
        """Make NAME.cert and NAME.key; the serial number is in the answer."""
        self.serials += 1
        now = time.time()
        at = lambda seconds: time.strftime("%Y%m%d%H%M%SZ", time.gmtime(now + seconds))
        key, cert, request = (self.path(f"{name}.{kind}") for kind in ("key", "cert", "csr"))
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        openssl("req", "-new", "-key", key, "-subj", "/CN=localhost", "-out", request)
        config = self.path("ca.cnf")
        for file in ("index.txt", "index.txt.attr"):
            with open(self.path(file), "w"):
                pass
        with open(self.path("serial"), "w") as file:
            file.write(f"{self.serials:04x}\n")
        with open(config, "w") as file:
            file.write(
                "[ca]\ndefault_ca=us\n[us]\ndatabase={0}/index.txt\nserial={0}/serial\n"
                "new_certs_dir={0}\ndefault_md=sha256\npolicy=any\nx509_extensions=names\n"
                "[any]\ncommonName=supplied\n[names]\nsubjectAltName=DNS:localhost\n".format(self.folder.name)
            )
        openssl(
            "ca", "-batch", "-config", config, "-selfsign", "-keyfile", key, "-in", request, "-out", cert, "-notext",
            "-startdate", at(min(0, days * 86400) - 86400), "-enddate", at(days * 86400),
        )
        return self.serials

    def use(self, cert, key=None):
        """Put them in place one after the other, as tools that renew certificates do."""
        for kind, name in (("cert", cert), ("key", key or cert)):
            with open(self.path(f"{name}.{kind}")) as file:
                data = file.read()
            with open(self.path("new"), "w") as file:
                file.write(data)
            os.rename(self.path("new"), self.path(kind + ".pem"))


def context(low=None, high=None, alpn=None):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    if low:
        # Below TLS 1.2 the client's own library has to be persuaded.
        made.set_ciphers("ALL:@SECLEVEL=0")
        made.minimum_version, made.maximum_version = low, high or low
    if alpn:
        made.set_alpn_protocols(alpn)
    return made


ANY = context()


def serial(port):
    c = Raw(port, tls=ANY)
    der = c.socket.getpeercert(binary_form=True)
    c.close()
    out = subprocess.run(["openssl", "x509", "-inform", "der", "-serial", "-noout"], input=der, capture_output=True, check=True)
    return int(out.stdout.decode().split("=")[1], 16)


def counters(port):
    c = Raw(port, tls=ANY)
    c.send("GET /count HTTP/1.1\r\n" + HOST + "\r\n")
    numbers = {k: int(v) for k, v in (p.split("=") for p in c.reply().body.decode().split())}
    c.close()
    return numbers


def serve(folder, *how):
    """The server and its port: what it logs before that is passed over."""
    server = Program(BINARY, "tls=" + folder, *how)
    server.said = ""
    while server.line and not server.line.isdigit():
        server.said += server.line
        server.line = server.process.stdout.readline().decode().strip()
    return server, int(server.line)


def fails(make):
    try:
        make()
        return False
    except (ssl.SSLError, ConnectionError, OSError):
        return True


def versions(port):
    for name, low in (("1.2", ssl.TLSVersion.TLSv1_2), ("1.3", ssl.TLSVersion.TLSv1_3)):
        c = Raw(port, tls=context(low))
        c.send(OK_GET)
        r = c.reply()
        ok(r and r.body == b"GET|/echo||||" and c.socket.version() == f"TLSv{name}", f"TLS {name} is spoken", r)
        ok(c.socket.session is None or not c.socket.session.has_ticket, "... without tickets")
        c.close()
    for name, low in (("1.0", ssl.TLSVersion.TLSv1), ("1.1", ssl.TLSVersion.TLSv1_1)):
        ok(fails(lambda: Raw(port, tls=context(low))), f"TLS {name} is not")
    weak = context(ssl.TLSVersion.TLSv1_2)
    for ciphers in ("AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "NULL", "3DES"):
        try:
            weak.set_ciphers(ciphers + ":@SECLEVEL=0")
        except ssl.SSLError:
            ok(True, f"{ciphers}: not even the client has it")
            continue
        ok(fails(lambda: Raw(port, tls=weak)), f"{ciphers}: refused")
    c = Raw(port, tls=context(alpn=["h2", "http/1.1"]))
    same(c.socket.selected_alpn_protocol(), "http/1.1", "of h2 and http/1.1 the latter is chosen")
    ok(fails(lambda: Raw(port, tls=context(alpn=["h2"]))), "h2 alone is refused")
    c = Raw(port)
    c.send(OK_GET)
    ok(fails(lambda: c.socket.recv(100) and None) or c.rest == b"", "plain HTTP gets no reply")
    c.close()
    out = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_2", "-quiet", "-no_ign_eof"],
        input=b"R\n" + OK_GET.encode(), capture_output=True, timeout=20,
    )
    ok(b"no renegotiation" in out.stderr and out.returncode != 0, "nothing is negotiated again", out.stderr.decode())


def exchanges(port):
    c = Raw(port, tls=ANY)
    c.send("GET /secure HTTP/1.1\r\n" + HOST + "\r\n")
    same(c.reply().body, b"yes ::ffff:127.0.0.1", "the handler knows that TLS is spoken")
    body = "x" * 1048576
    c.send("POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 1048576\r\n\r\n" + body)
    same(len(c.reply().body), 1048576 + 14, "a body of 1 MiB")
    c.send("POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + ("4000\r\n" + "y" * 16384 + "\r\n") * 64 + "0\r\n\r\n")
    same(len(c.reply().body), 1048576 + 14, "... in chunks")
    for ch in OK_GET:
        c.send(ch)
    same(c.reply().body, b"GET|/echo||||", "a request of one record for each byte")
    c.send("GET /big?5000000 HTTP/1.1\r\n" + HOST + "\r\n")
    time.sleep(0.3)
    same(len(c.reply().body), 5000000, "a reply of 5 MB to a client that begins to read late")
    # More than is read ahead, and its end in the same record: what TLS has taken from the socket
    # already must not be waited for.
    c.send("GET /slow?300 HTTP/1.1\r\n" + HOST + "\r\n" + "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 66000\r\n\r\n" + body[:66000])
    same([len(c.reply().body) for _ in range(2)], [5, 66014], "... also a body")
    for n in (1940, 2000, 2300, 3000):
        c.send("GET /slow?300 HTTP/1.1\r\n" + HOST + "\r\n" + OK_GET * n)
        same([c.reply().body for _ in range(n + 1)], [b"late\n"] + [b"GET|/echo||||"] * n, f"{n} requests sent ahead, more than are taken in")
    c.send("GET /echo HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
    same(c.reply().status, 200, "the last request")
    try:
        ended = c.socket.recv(1) == b""
    except ssl.SSLEOFError:
        ended = False
    ok(ended, "... and TLS is told of the end, so that a cut would be known")
    c = Raw(port, tls=ANY)
    c.send("GET /tail HTTP/1.1\r\n" + HOST + "\r\n")
    c.stream()
    for word in ("one", "two"):
        t = Raw(port, tls=ANY)
        t.send("POST /tell HTTP/1.1\r\n" + HOST + f"Content-Length: 3\r\n\r\n{word}")
        t.reply()
        t.close()
        same(c.part(), word.encode(), "a stream")
    t = Raw(port, tls=ANY)
    t.send("POST /tell HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\n\r\n!end")
    same(c.part(), b"", "... and its end")
    c = Raw(port, tls=ANY)
    c.send("GET /parts?3000 HTTP/1.1\r\n" + HOST + "\r\n")
    c.stream()
    same(sum(len(c.part()) for _ in range(3000)), 3000000, "3 MB in a stream")
    c = Raw(port, tls=ANY)
    c.send("BAD\r\n\r\n")
    r = c.reply()
    ok(r and r.status == 400 and c.ended(), "a fault is answered", r)
    before = counters(port)["gone"]
    for how in ("close", "reset"):
        c = Raw(port, tls=ANY)
        c.send("GET /slow?60000 HTTP/1.1\r\n" + HOST + "\r\n")
        counters(port)
        c.close(reset=how == "reset")
        before += 1
        ok(until(lambda: counters(port)["gone"] == before), f"a client that leaves is noticed: {how}")
    ok(until(lambda: counters(port)["open"] <= 2), "nobody stays behind", counters(port))


def deadlines(folder):
    server, port = serve(folder, "head_ms=3000", "write_ms=1000", "idle_ms=3000")
    start = time.monotonic()
    c = Raw(port)
    ok(c.ended() and time.monotonic() - start >= 3, "a client that does not greet is cut", time.monotonic() - start)
    c = Raw(port)
    c.send(b"\x16\x03\x01\x02\x00\x01")
    start = time.monotonic()
    ok(c.ended(), "... also half-way through its greeting", time.monotonic() - start)
    start = time.monotonic()
    c = Raw(port, tls=ANY)
    ok(c.ended() and time.monotonic() - start >= 3, "an idle connection ends", time.monotonic() - start)
    c = Raw(port, tls=ANY, receive_buffer=4096)
    c.send("GET /flood HTTP/1.1\r\n" + HOST + "\r\n")
    start = time.monotonic()
    ok(until(lambda: counters(port)["timeouts"] >= 3), "a stream that is not read is cut", time.monotonic() - start)
    ok(counters(port)["streams"] == 0, "... and is no more")
    ok(server.stop() == 0 and server.errors == b"", "the server stops", server.errors.decode())


def reloads(certificates):
    first = certificates.make("first")
    second = certificates.make("second")
    third = certificates.make("third")
    certificates.make("stale", days=-1)
    certificates.use("first")
    server, port = serve(certificates.folder.name)
    old = Raw(port, tls=ANY)
    old.send(OK_GET)
    old.reply()
    tail = Raw(port, tls=ANY)
    tail.send("GET /tail HTTP/1.1\r\n" + HOST + "\r\n")
    tail.stream()
    same(serial(port), first, "the certificate that is there at the start")
    not_after = counters(port)["not_after"]
    ok(abs(not_after - time.time() - 30 * 86400) < 120, "... and when it expires", not_after)
    certificates.use("second")
    ok(until(lambda: serial(port) == second), "new files are seen without being told")
    old.send(OK_GET)
    same(old.reply().status, 200, "... and a connection that was there goes on")

    def kept(name, refused):
        ok(until(lambda: counters(port)["refused"] >= refused), f"{name}: refused", counters(port))
        same(serial(port), second, "... and the old certificate stays")

    certificates.use("first", "third")
    kept("a key that does not belong to it", 1)
    certificates.use("stale")
    kept("an expired certificate", 2)
    with open(certificates.path("cert.pem"), "w") as file:
        file.write("-----BEGIN CERTIFICATE-----\nMIIB\n")
    kept("half a certificate", 3)
    os.unlink(certificates.path("key.pem"))
    kept("no key", 4)
    certificates.use("third")
    server.process.send_signal(signal.SIGHUP)
    ok(until(lambda: serial(port) == third), "a good one is taken after so many bad ones")
    before = counters(port)["certificates"]
    server.process.send_signal(signal.SIGHUP)
    ok(until(lambda: counters(port)["certificates"] == before + 1), "SIGHUP: it is read again, changed or not", counters(port))
    old.send(OK_GET)
    same(old.reply().status, 200, "... and a connection of the first certificate goes on")
    t = Raw(port, tls=ANY)
    t.send("POST /tell HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc")
    same(tail.part(), b"abc", "... and a stream of the first one too")
    time.sleep(2.2)
    same(counters(port)["certificates"], before + 1, "what has not changed is not read again")
    server.stop()
    same(server.process.returncode, 0, "the server stops")
    ok(b"the new certificate cannot be used; the old one stays" in server.output, "the log says so", server.output.decode())
    ok(b"the new certificate cannot be used" in server.output and b'"error"' in server.output, "... and why")
    certificates.use("stale")
    server, _ = serve(certificates.folder.name)
    ok("the certificate has expired" in server.said, "at the start an expired certificate is better than none", server.said)
    server.stop()
    certificates.use("first", "third")
    server = Program(BINARY, "tls=" + certificates.folder.name)
    ok(server.wait() == 1 and b"key" in server.errors, "without one that can be used there is no start", server.errors.decode())


def main():
    certificates = Certificates()
    certificates.make("first")
    certificates.use("first")
    folder = certificates.folder.name
    server, port = serve(folder)
    versions(port)
    exchanges(port)
    ok(server.stop() == 0 and server.errors == b"", "the server stops", server.errors.decode())
    deadlines(folder)
    reloads(certificates)
    done()


main()
