"""Accounts and tokens as an administration makes them, for tests that sign in."""

import base64
import hashlib
import json
import os
import secrets
import subprocess
import urllib.error
import urllib.request
import zlib

from tap import until

PERSONNEL = "/shegong.personnel.v1.PersonnelService/"


def new_token():
    """As gateway/token.h says: its text and its hash."""
    digits = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=")
    text = "shegong_%s%08x" % (digits.decode(), zlib.crc32(digits))
    return text, hashlib.sha256(text.encode()).hexdigest()


class Accounts:
    """Two administrators of a region, who open accounts for others."""

    def __init__(self, programs, region, place):
        """place: where their tokens are, and are put where they are not there yet."""
        self.url = "http://127.0.0.1:%d" % programs.port
        if not os.path.isdir(place):
            subprocess.run([os.path.join(programs.build, "shegong"), "init", "--region", region,
                            "--administrator", "adm-li=p-li=李", "--administrator", "adm-wang=p-wang=王",
                            "--out", place], env=programs.env, check=True, stdout=subprocess.DEVNULL)
        self.li, self.wang = (open(os.path.join(place, name + ".token")).read().strip()
                              for name in ("adm-li", "adm-wang"))
        self.signed_in(self.li)

    def signed_in(self, token):
        assert until(lambda: self.ask("GET", "/v1/session", None, token) == 200, 10)

    def ask(self, method, path, body, token):
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode() if body else None, method=method,
            headers={"Content-Type": "application/json", "Authorization": "Bearer " + token,
                     "Idempotency-Key": secrets.token_hex(8)})
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            self.said = error.read().decode()
            return error.code

    def call(self, rpc, body, token):
        assert self.ask("POST", PERSONNEL + rpc, body, token) == 200, self.said

    def token(self, account, role, region, agency=""):
        """A new account's token, that is let in."""
        text, digest = new_token()
        self.call("ProposeAccount", {"account_id": account, "person_id": "p-" + account, "work_name": "某",
                                     "role": "ROLE_" + role, "region_code": region,
                                     **({"agency_id": agency} if agency else {})}, self.li)
        self.call("ApproveAccount", {"account_id": account, "expected_revision": "1"}, self.wang)
        self.call("IssueToken", {"token_id": "t-" + account, "account_id": account, "label": "Test",
                                 "secret_hash": digest}, self.li)
        self.call("ApproveToken", {"token_id": "t-" + account, "expected_revision": "1"}, self.wang)
        self.signed_in(text)
        return text
