"""A client of the stream of events that checks what it is sent."""

import functools
import json
import socket
import time

from tap import WITHIN_S

PROVINCE = "account=province;person=p-province;role=PROVINCE;region=53"


class Gone(Exception):
    """The stream has ended, in good order where ended is True."""

    def __init__(self, ended):
        super().__init__("ended" if ended else "cut")
        self.ended = ended


class Message:
    def __init__(self, kind, id, data, retry):
        self.kind, self.id, self.data, self.retry = kind, id, data, retry

    def __repr__(self):
        return "Message(%s, %r)" % (self.kind, self.data)


class Stream:
    """One request of GET /v1/events.  status and error tell of a refusal."""

    def __init__(self, port, query="", cursor=None, who=PROVINCE, headers=(), timeout=WITHIN_S,
                 request=None, body=b"", receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.rest = b""  # of the chunked coding
        self.text = b""  # of the body
        self.at = 0  # how much of it has been given
        self.over = False
        lines = ["Host: localhost", *headers]
        if who:
            lines.append("Shegong-Principal: " + who)
        if cursor:
            lines.append("Last-Event-ID: " + cursor)
        head = request or "GET /v1/events%s HTTP/1.1" % (query and "?" + query)
        self.socket.sendall(("%s\r\n%s\r\n\r\n" % (head, "\r\n".join(lines))).encode() + body)
        self._head()

    def _head(self):
        while b"\r\n\r\n" not in self.rest:
            self._receive()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        self.status = int(lines[0].split()[1])
        self.headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        if "content-length" in self.headers:
            while len(self.rest) < int(self.headers["content-length"]):
                self._receive()
            self.body = self.rest
            self.error = json.loads(self.body) if self.status != 200 else None

    def _receive(self):
        try:
            got = self.socket.recv(262144)
        except (ConnectionResetError, BrokenPipeError):
            got = b""
        if not got:
            raise Gone(self.over)
        self.rest += got

    def _chunks(self):
        """Move the whole chunks that have come from rest to text."""
        at, parts = 0, []
        while not self.over:
            end = self.rest.find(b"\r\n", at)
            if end < 0:
                break
            size = int(self.rest[at:end], 16)
            if len(self.rest) < end + 2 + size + 2:
                break
            assert self.rest[end + 2 + size:end + 4 + size] == b"\r\n"
            parts.append(self.rest[end + 2:end + 2 + size])
            at = end + 4 + size
            self.over = size == 0
        self.rest = self.rest[at:]
        if parts:
            self.text = self.text[self.at:] + b"".join(parts)
            self.at = 0

    def bytes(self, n):
        """The next n bytes of the body."""
        self._chunks()
        while len(self.text) < n:
            if self.over:
                raise Gone(True)
            self._receive()
            self._chunks()
        out, self.text = self.text[:n], self.text[n:]
        return out

    def next(self, within=None):
        """The next message; None where none came in that time."""
        end = time.monotonic() + within if within else None
        self._chunks()
        while (at := self.text.find(b"\n\n", self.at)) < 0:
            if self.over:
                raise Gone(True)
            if end:
                self.socket.settimeout(max(end - time.monotonic(), 0.001))
            try:
                self._receive()
            except socket.timeout:
                if end:
                    return None
                raise
            self._chunks()
        block, self.at = self.text[self.at:at], at + 2
        return message(block)

    def event(self, within=WITHIN_S):
        """The next event, behind checkpoints; None where none came."""
        end = time.monotonic() + within
        while True:
            left = end - time.monotonic()
            got = self.next(left) if left > 0 else None
            if not got or got.kind != "checkpoint":
                return got

    def close(self):
        self.socket.close()


@functools.lru_cache(4096)  # many are told the same
def message(block):
    fields = {}
    for line in block.decode().split("\n"):
        name, _, value = line.partition(": ")
        assert name in ("id", "event", "data", "retry") and name not in fields, block
        fields[name] = value
    return Message(fields.get("event", "message"), fields.get("id"), json.loads(fields["data"]),
                   fields.get("retry"))
