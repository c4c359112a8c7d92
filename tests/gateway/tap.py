"""What the Python tests of the gateway share: TAP output, programs under test, raw HTTP."""

import os
import select
import socket
import subprocess
import sys
import time

# How long an event is waited for that is sure to come: it fails the test, and else costs nothing.
WITHIN_S = 30
_count = 0
_failed = 0


def ok(condition, name, detail=""):
    global _count, _failed
    _count += 1
    if not condition:
        _failed += 1
    print(f"{'ok' if condition else 'not ok'} {_count} - {name}", flush=True)
    if not condition and detail != "":
        for line in str(detail).splitlines() or [""]:
            print(f"# {line[:300]}", flush=True)
    return condition


def same(got, expected, name):
    return ok(got == expected, name, f"got      {got!r}\nexpected {expected!r}")


def done():
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)


class Program:
    """A program under test; its first line of output is in .line."""

    def __init__(self, *argv, env=None, first_line=True):
        self.process = subprocess.Popen(
            [str(a) for a in argv],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
        )
        self.line = self.process.stdout.readline().decode().strip() if first_line else ""

    def stop(self, sig=15, wait=WITHIN_S):
        """Its exit status; stderr is in .errors afterwards."""
        self.process.send_signal(sig)
        return self.wait(wait)

    def wait(self, wait=WITHIN_S):
        try:
            self.output, self.errors = self.process.communicate(timeout=wait)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.output, self.errors = self.process.communicate()
            return "did not end"
        return self.process.returncode


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __repr__(self):
        return f"Reply({self.status}, {self.headers}, {self.body[:200]!r})"


class Raw:
    """A connection that sends bytes as they are and reads replies strictly."""

    def __init__(self, port, receive_buffer=None, tls=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(WITHIN_S)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.rest = b""

    def send(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode("latin-1"))

    def _more(self):
        data = self.socket.recv(65536)
        self.rest += data
        return bool(data)

    def reply(self, head=False):
        """The next reply, or None where the connection ends without one."""
        try:
            while b"\r\n\r\n" not in self.rest:
                if not self._more():
                    return None
            top, self.rest = self.rest.split(b"\r\n\r\n", 1)
            lines = top.decode("latin-1").split("\r\n")
            status = int(lines[0].split(" ")[1])
            headers = {}
            for line in lines[1:]:
                name, value = line.split(": ", 1)
                name, before = name.lower(), headers.get(name.lower())
                # Of all fields this one alone may come again; a line each.
                assert before is None or name == "set-cookie", f"{name} twice"
                headers[name] = value if before is None else before + "\n" + value
            if status == 100:
                return Reply(status, headers, b"")
            length = 0 if head else int(headers["content-length"])
            while len(self.rest) < length:
                if not self._more():
                    return None
            body, self.rest = self.rest[:length], self.rest[length:]
            return Reply(status, headers, body)
        except (ConnectionResetError, BrokenPipeError):
            return None

    def stream(self):
        """The head of a reply that goes on; then read its parts."""
        while b"\r\n\r\n" not in self.rest:
            if not self._more():
                return None
        top, self.rest = self.rest.split(b"\r\n\r\n", 1)
        lines = top.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        return Reply(int(lines[0].split(" ")[1]), {k.lower(): v for k, v in headers.items()}, b"")

    def part(self):
        """The next chunk; b"" where the reply ends, None where the connection does."""
        try:
            while b"\r\n" not in self.rest:
                if not self._more():
                    return None
            size, self.rest = self.rest.split(b"\r\n", 1)
            length = int(size, 16)
            while len(self.rest) < length + 2:
                if not self._more():
                    return None
        except ConnectionResetError:
            return None
        data, self.rest = self.rest[:length], self.rest[length:]
        assert self.rest[:2] == b"\r\n"
        self.rest = self.rest[2:]
        return data

    def ended(self, within=WITHIN_S):
        """True where the server closes the connection, with nothing more said."""
        if self.rest:
            return False
        self.socket.settimeout(within)
        try:
            return self.socket.recv(1) == b""
        except (ConnectionResetError, BrokenPipeError):
            return True
        except socket.timeout:
            return False

    def silent(self, seconds):
        return not self.rest and not select.select([self.socket], [], [], seconds)[0]

    def close(self, reset=False):
        if reset:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()


def open_until(closed, seconds=WITHIN_S):
    """Ask until it is closed: how many seconds after the beginning the last request was sent that
    still came through, however long the answers took; None where it stays open."""
    began, last = time.monotonic(), 0.0
    while (sent := time.monotonic() - began) < seconds:
        if closed():
            return last
        last = sent
        time.sleep(0.01)
    return None


def until(condition, seconds=WITHIN_S):
    """Ask again until it is true; False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False
