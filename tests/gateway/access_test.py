#!/usr/bin/env python3
"""Who asks, over the real programs: tokens, sessions, limits, and that nobody approves what is his own
by any route.  access_test.py BUILD_DIR"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "faults"))

from programs import Programs  # noqa: E402
from sse import Gone, Stream  # noqa: E402
from tap import Raw, done, ok, open_until, same, until  # noqa: E402

BUILD = sys.argv[1]
PERSONNEL = "/shegong.personnel.v1.PersonnelService/"
number = 0


class Asked:
    def __init__(self, reply):
        self.status, self.headers = reply.status, reply.headers
        is_json = reply.headers.get("content-type", "").startswith("application/json")
        self.json = json.loads(reply.body) if is_json and reply.body.strip() else {}
        detail = (self.json.get("details") or [{}])[0] if self.status != 200 else {}
        self.reason = detail.get("debug", {}).get("reason", "")

    def __repr__(self):
        return "%d %s %r" % (self.status, self.reason, self.json)


def http(port, method, path, body=None, token=None, headers=()):
    raw = Raw(port)
    lines = ["%s %s HTTP/1.1" % (method, path), "Host: gateway", *headers]
    if token:
        lines.append("Authorization: Bearer " + token)
    data = b""
    if body is not None:
        data = json.dumps(body, ensure_ascii=False).encode()
        lines += ["Content-Type: application/json", "Content-Length: %d" % len(data)]
    raw.send("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
    reply = raw.reply()
    raw.socket.close()
    return Asked(reply)


def call(port, rpc, body, token=None, id=None, headers=(), service=PERSONNEL):
    global number
    number += 1
    return http(port, "POST", service + rpc, body, token,
                (*headers, "Idempotency-Key: " + (id or "c-%d" % number)))


def new_token():
    """As gateway/token.h says: its text and its hash."""
    import base64
    import zlib
    digits = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=")
    text = "shegong_%s%08x" % (digits.decode(), zlib.crc32(digits))
    return text, hashlib.sha256(text.encode()).hexdigest()


def shegong(programs, *args, lang="C.UTF-8"):
    return subprocess.run([os.path.join(BUILD, "shegong"), *args], env={**programs.env, "LANG": lang,
                          "LC_ALL": lang}, capture_output=True, text=True, timeout=90)


def founding(programs):
    port, place = programs.port, os.path.join(programs.folder, "tokens")
    names = ["--administrator", "adm-li=p-li=李", "--administrator", "adm-wang=p-wang=王"]
    same(call(port, "ListAccounts", {}).reason, "TOKEN_MISSING", "without a token nobody is known")
    got = call(port, "ListAccounts", {}, headers=["Shegong-Principal: account=a;person=p;role=ADMINISTRATOR;region=53"])
    same((got.status, got.reason), (400, "PRINCIPAL_NAMED"), "no header names a principal")
    got = shegong(programs, "init", "--region", "53", *names[:2], "--out", place)
    ok(got.returncode == 1 and "FOUNDERS_TOO_FEW" in got.stderr and not os.listdir(place),
       "one administrator is too few, and no token is left", got)
    got = shegong(programs, "init", "--region", "53", *names, "--out", place)
    ok(got.returncode == 0, "shegong init", got)
    files = sorted(os.listdir(place))
    same(files, ["adm-li.token", "adm-wang.token"], "... writes a token for each")
    same([oct(os.stat(os.path.join(place, f)).st_mode & 0o777) for f in files], ["0o600"] * 2, "... that only its owner reads")
    tokens = [open(os.path.join(place, f)).read().strip() for f in files]
    ok(not any(t in got.stdout for t in tokens), "... and does not print it")
    got = shegong(programs, "init", "--region", "53", *names, "--out", place)
    ok(got.returncode == 0 and tokens == [open(os.path.join(place, f)).read().strip() for f in files],
       "a second time changes nothing", got)
    got = shegong(programs, "init", "--region", "53", *names, "--out", place + "2", lang="zh_CN.UTF-8")
    ok(got.returncode == 1 and "ADMINISTRATION_EXISTS" in got.stderr and not os.listdir(place + "2")
       and got.stderr.split("\n")[1].strip().startswith("已有账户"),
       "elsewhere it is refused, in the user's language first", got)
    got = shegong(programs, "init", "--once", "--region", "53", *names, "--out", place + "2")
    ok(got.returncode == 0 and not got.stdout and not os.listdir(place + "2"),
       "... and with --once nothing is left to do", got)
    ok(until(lambda: call(port, "ListAccounts", {}, tokens[0]).status == 200), "the token opens the door")
    return tokens


def forged(port, good):
    bad = [good[:-1] + ("0" if good[-1] != "0" else "1"), good[:-1], good + "0", good.upper(), "", "x" * 59,
           good[:8] + good[9:] + "A", "shegong_" + "A" * 43 + "00000000"]
    bad += [new_token()[0] for _ in range(10)]
    for i in range(8, 51, 6):
        bad.append(good[:i] + ("A" if good[i] != "A" else "B") + good[i + 1:])
    answers = [call(port, "ListAccounts", {}, t) if t else call(port, "ListAccounts", {}, headers=["Authorization: Bearer "]) for t in bad]
    same({(a.status, a.reason) for a in answers}, {(401, "TOKEN_UNKNOWN")}, "%d forged tokens are refused alike" % len(bad))
    same(answers[0].headers.get("www-authenticate"), "Bearer", "... with what would be taken")
    for value in ("Basic " + good, good, "Bearer" + good, "Bearer  " + good):
        same(call(port, "ListAccounts", {}, headers=["Authorization: " + value]).status, 401, "refused: " + value.replace(good, "TOKEN"))
    same(call(port, "ListAccounts", {}, good, headers=["Authorization: Bearer " + good]).status, 400, "two headers are refused")


def open_account(port, li, wang, account, person, role, region, agency=""):
    got = call(port, "ProposeAccount", {"account_id": account, "person_id": person, "work_name": "某",
               "role": "ROLE_" + role, "region_code": region, "agency_id": agency}, li)
    assert got.status == 200, got
    got = call(port, "ApproveAccount", {"account_id": account, "expected_revision": "1"}, wang)
    assert got.status == 200, got
    token, digest = new_token()
    body = {"token_id": "t-" + account, "account_id": account, "label": "Test", "secret_hash": digest}
    got = call(port, "IssueToken", body, li)
    assert got.status == 200, got
    assert call(port, "ListAgencies", {}, token).status == 401
    got = call(port, "ApproveToken", {"token_id": "t-" + account, "expected_revision": "1"}, wang)
    assert got.status == 200, got
    assert until(lambda: http(port, "GET", "/v1/session", token=token).status == 200)
    return token


def self_approval(port, li, wang):
    """None of these goes through: Li alone wants an office for Qian."""
    second = open_account(port, li, wang, "adm-li-2", "p-li", "ADMINISTRATOR", "53")
    propose = {"account_id": "q", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_PROVINCE", "region_code": "53"}
    approve = {"account_id": "q", "expected_revision": "1"}
    same(call(port, "ProposeAccount", propose, li, id="q-1").status, 200, "Li proposes an account")
    same(call(port, "ApproveAccount", approve, li, id="q-2").reason, "APPROVED_BY_PROPOSER", "Li does not approve it")
    same(call(port, "ApproveAccount", approve, li, id="q-2").reason, "APPROVED_BY_PROPOSER", "... nor when he repeats it")
    same(call(port, "ApproveAccount", approve, li, id="q-3").reason, "APPROVED_BY_PROPOSER", "... nor under another id")
    same(call(port, "ApproveAccount", approve, second, id="q-4").reason, "APPROVED_BY_PROPOSER", "... nor with his second account")
    same(call(port, "ApproveAccount", approve, second, id="q-2").reason, "ID_REUSED", "... nor with his first one's id")
    same(call(port, "ApproveAccount", approve, li, headers=["Shegong-Principal: account=adm-wang;person=p-wang;role=ADMINISTRATOR;region=53"]).reason,
         "PRINCIPAL_NAMED", "... nor in another's name")
    same(call(port, "ProposeOffice", {"account_id": "q", "role": "ROLE_ADMINISTRATOR", "region_code": "53"}, li).status, 200, "Li puts another office in its place")
    same(call(port, "ApproveAccount", approve, wang).reason, "STALE_REVISION", "Wang does not approve unseen what he has not read")
    token, digest = new_token()
    same(call(port, "IssueToken", {"token_id": "t-w", "account_id": "adm-wang", "label": "x", "secret_hash": digest}, li).status, 200, "Li issues a token for Wang's account")
    same(call(port, "ApproveToken", {"token_id": "t-w", "expected_revision": "1"}, second).reason, "APPROVED_BY_PROPOSER", "... and does not approve it")
    same(call(port, "ApproveAccount", {"account_id": "q", "expected_revision": "2"}, token).status, 401, "... so that it opens nothing")
    same(call(port, "ProposeAccount", {**propose, "account_id": "w", "person_id": "p-wang"}, li).status, 200, "Li proposes another office for Wang")
    same(call(port, "ApproveAccount", {"account_id": "w", "expected_revision": "1"}, wang).reason, "APPROVED_BY_HOLDER", "Wang does not approve his own")
    same(http(port, "POST", PERSONNEL + "FoundAdministration", {"region_code": "53", "founders": [{}, {}]}, li, ["Idempotency-Key: f-1"]).reason,
         "CALLER_NOT_ALLOWED", "nobody founds a second administration over HTTP")


def revocation(port, li, wang):
    token = open_account(port, li, wang, "county-zhao", "p-zhao", "COUNTY", "533102")
    who = http(port, "GET", "/v1/session", token=token).json
    same(who, {"accountId": "county-zhao", "personId": "p-zhao", "role": "ROLE_COUNTY", "regionCode": "533102", "agencyId": ""}, "whose token it is")
    same(call(port, "ListAgencies", {}, token).status, 200, "the county asks")
    same(call(port, "ListAccounts", {}, token).reason, "CALLER_NOT_ALLOWED", "... and has no business with accounts")
    worst = 0.0
    for i in range(20):
        other, digest = new_token()
        assert call(port, "IssueToken", {"token_id": "r-%d" % i, "account_id": "county-zhao", "label": "x", "secret_hash": digest}, token).status == 200
        assert until(lambda: http(port, "GET", "/v1/session", token=other).status == 200)
        assert call(port, "RevokeToken", {"token_id": "r-%d" % i, "reason": "x"}, token).status == 200
        took = open_until(lambda: http(port, "GET", "/v1/session", token=other).status == 401)
        worst = max(worst, 99.0 if took is None else took)
    ok(worst < 1, "20 revocations hold within a second: the slowest %.3f s" % worst)
    print("# the slowest revocation: %.3f s" % worst)
    stream = Stream(port, who=None, headers=["Authorization: Bearer " + token])
    same(stream.status, 200, "a stream with a token")
    stream.next()
    assert call(port, "SuspendAccount", {"account_id": "county-zhao", "reason": "x"}, li).status == 200
    took = open_until(lambda: call(port, "ListAgencies", {}, token).status == 401)
    ok(took is not None and took < 1, "a suspension holds within a second", took)
    try:
        while True:
            last = stream.next()
    except Gone:
        pass
    ok(last.kind == "bye", "... and ends the stream", last)
    same(Stream(port, who=None, headers=["Authorization: Bearer " + token]).status, 401, "... which does not begin again")
    assert call(port, "ProposeOffice", {"account_id": "county-zhao", "role": "ROLE_TOWN", "region_code": "533102001"}, li).status == 200
    assert call(port, "ApproveAccount", {"account_id": "county-zhao", "expected_revision": "4"}, wang).status == 200
    ok(until(lambda: http(port, "GET", "/v1/session", token=token).json.get("role") == "ROLE_TOWN"), "another office, approved, is the one from then on")
    return token


def sessions(port, token):
    got = http(port, "POST", "/v1/session", token=token)
    cookie = got.headers.get("set-cookie", "")
    ok(got.status == 200 and "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie and token not in cookie, "a session for a token", got.headers)
    mine = "Cookie: a=b; " + cookie.split(";")[0]
    same(http(port, "GET", "/v1/session", headers=[mine]).json.get("accountId"), "county-zhao", "the cookie says who asks")
    query = "ListAgencies?connect=v1&encoding=json&message=%7B%7D"
    same(http(port, "GET", PERSONNEL + query, headers=[mine]).status, 200, "a query")
    change = {"token_id": "s-1", "account_id": "county-zhao", "label": "x", "secret_hash": new_token()[1]}
    for headers, name in (([], "says nothing of where it comes from"), (["Sec-Fetch-Site: cross-site"], "comes from another site"),
                          (["Sec-Fetch-Site: same-site"], "comes from a neighbour"), (["Origin: http://evil"], "has another origin"),
                          (["Origin: null"], "has no origin")):
        same(call(port, "IssueToken", change, headers=[mine, *headers]).reason, "OTHER_ORIGIN", "refused with a cookie: what " + name)
    same(call(port, "IssueToken", change, headers=[mine, "Origin: http://gateway"]).status, 200, "taken: what comes from our page")
    same(http(port, "POST", "/v1/session", headers=[mine, "Sec-Fetch-Site: same-origin"]).reason, "TOKEN_MISSING", "a session is not got for a session")
    same(http(port, "GET", "/v1/session", headers=["Cookie: shegong-session=" + "A" * 43]).status, 401, "a made-up cookie is refused")
    same(http(port, "DELETE", "/v1/session", headers=[mine, "Sec-Fetch-Site: same-origin"]).status, 200, "the session ends")
    same(http(port, "GET", "/v1/session", headers=[mine]).status, 401, "... at once")
    begun = [http(port, "POST", "/v1/session", token=token).headers["set-cookie"].split(";")[0] for _ in range(33)]
    same([http(port, "GET", "/v1/session", headers=["Cookie: " + c]).status for c in begun], [401] + [200] * 32,
         "an account has 32 sessions at a time: what is one more ends its own first, and nobody else's")
    got = http(port, "POST", "/v1/session", token=token)
    mine = "Cookie: " + got.headers["set-cookie"].split(";")[0]
    assert call(port, "RevokeToken", {"token_id": "t-county-zhao", "reason": "x"}, token).status == 200
    took = open_until(lambda: http(port, "GET", "/v1/session", headers=[mine]).status == 401)
    ok(took is not None and took < 1, "a session ends with its token", took)


def walls(port, li, wang):
    """A screen that stays signed in: gateway/access.c, /v1/session."""
    token, digest = new_token()
    for rpc, body, who in (
            ("ProposeAccount", {"account_id": "wall", "person_id": "p-wall", "work_name": "某", "role": "ROLE_DASHBOARD", "region_code": "53"}, li),
            ("ApproveAccount", {"account_id": "wall", "expected_revision": "1"}, wang),
            ("IssueToken", {"token_id": "t-wall", "account_id": "wall", "label": "x", "secret_hash": digest}, li),
            ("ApproveToken", {"token_id": "t-wall", "expected_revision": "1"}, wang)):
        assert call(port, rpc, body, who).status == 200
    ours = "Sec-Fetch-Site: same-origin"
    same(http(port, "POST", "/v1/session?keep=true", token=li).reason, "NOT_KEPT", "an office that changes something leaves no token on a screen")
    ok(until(lambda: http(port, "GET", "/v1/session", token=token).status == 200) is not None, "the dashboard's office is there")
    ok("shegong-kept" not in http(port, "POST", "/v1/session", token=token).headers["set-cookie"], "nor does who does not ask for it")
    kept = http(port, "POST", "/v1/session?keep=true", token=token).headers["set-cookie"].split("\n")[1]
    ok(all(part in kept for part in ("shegong-kept=" + token, "Path=/v1/session;", "HttpOnly", "SameSite=Strict")), "who does gets a cookie for this address alone, that no script reads", kept)
    kept = "Cookie: " + kept.split(";")[0]
    same(http(port, "GET", "/v1/session", headers=[kept, ours]).status, 401, "it is no session itself")
    same(http(port, "POST", "/v1/session", headers=[kept]).reason, "OTHER_ORIGIN", "and another page gets none for it")
    got = http(port, "POST", "/v1/session", headers=[kept, ours])
    same(http(port, "GET", "/v1/session", headers=["Cookie: " + got.headers["set-cookie"].split(";")[0]]).json.get("accountId"), "wall", "a page of ours gets a new session for it")
    over = http(port, "DELETE", "/v1/session", headers=["Cookie: " + got.headers["set-cookie"].split(";")[0], ours])
    ok("shegong-kept=; " in over.headers["set-cookie"] and "Max-Age=0" in over.headers["set-cookie"], "signing out takes it away", over.headers)
    assert call(port, "RevokeToken", {"token_id": "t-wall", "reason": "x"}, li).status == 200
    ok(until(lambda: http(port, "POST", "/v1/session", headers=[kept, ours]).status == 401) is not None, "a token that is revoked lets no screen in")


def expiry(programs, li):
    token, digest = new_token()
    assert call(programs.port, "IssueToken", {"token_id": "e-1", "account_id": "adm-li", "label": "x", "secret_hash": digest, "valid_until": "2022-05-01"}, li).status == 200
    ok(until(lambda: http(programs.port, "GET", "/v1/session", token=token).status == 200), "a token on its last day")
    ok(shegong(programs, "clock", "2022-05-02").returncode == 0, "a day passes")
    ok(until(lambda: http(programs.port, "GET", "/v1/session", token=token).status == 401), "... and the token is over")


def restarts(programs, li):
    port = programs.port
    programs.stop_one("personnel")
    time.sleep(1.5)
    same(http(port, "GET", "/v1/session", token=li).status, 200, "without personnel a known token goes on")
    ok(until(lambda: http(port, "GET", "/v1/session", token=li).reason == "ACCOUNTS_UNREACHABLE"), "... for as long as it is set")
    programs.stop_one("gateway")
    programs.start("gateway")
    ok(until(lambda: try_http(port, li) in ((503, "ACCOUNTS_UNREACHABLE"),)), "a gateway that starts without personnel lets nobody in")
    same(http(port, "GET", "/v1/session").status, 401, "... and without a token neither")
    programs.start("personnel")
    ok(until(lambda: try_http(port, li) == (200, "")), "... until personnel is there")


def try_http(port, token):
    try:
        got = http(port, "GET", "/v1/session", token=token)
        return got.status, got.reason
    except OSError:
        return None


def limits(programs, li, wang):
    port = programs.port
    programs.stop_one("gateway")
    programs.env.update(SHEGONG_RATE_ACCOUNT="5", SHEGONG_RATE_FAILURES="5")
    programs.start("gateway")
    assert until(lambda: try_http(port, li) == (200, ""))
    answers = [http(port, "GET", "/v1/session", token=li) for _ in range(120)]
    often = [a for a in answers if a.status == 429]
    ok(often and often[0].reason == "TOO_OFTEN" and int(often[0].headers["retry-after"]) >= 1, "an account that asks too often is told when to come again", often[:1])
    same(http(port, "GET", "/v1/session", token=wang).status, 200, "... and another account is not held up")
    answers = []
    while len(answers) < 400 and (not answers or answers[-1].status != 429):
        answers.append(http(port, "GET", "/v1/session", token=new_token()[0]))
    ok([a.status for a in answers[:5]] == [401] * 5 and answers[-1].status == 429, "unknown tokens are limited by address", [a.status for a in answers])
    same(http(port, "GET", "/v1/session", token=wang).status, 200, "... and a good one from there goes on")

    programs.stop_one("gateway")
    programs.env.update(SHEGONG_RATE_ADDRESS="5")
    programs.start("gateway")
    assert until(lambda: try_http(port, li) is not None)
    answers = [http(port, "GET", path) for path in ("/readyz", "/metrics") * 30]
    often = [a for a in answers if a.status == 429]
    ok(often and int(often[0].headers["retry-after"]) >= 1,
       "who asks for what every service must answer is limited, too", [a.status for a in answers])
    same(http(port, "GET", "/healthz").status, 200, "... and whether the gateway runs is told to anybody")


def main():
    programs = Programs(BUILD, "2022-05-01", access="tokens")
    programs.env.update(SHEGONG_RATE_FAILURES="0", SHEGONG_RATE_ACCOUNT="0", SHEGONG_ACCESS_STALE_SECONDS="6")
    try:
        with programs:
            li, wang = founding(programs)
            forged(programs.port, li)
            self_approval(programs.port, li, wang)
            token = revocation(programs.port, li, wang)
            sessions(programs.port, token)
            walls(programs.port, li, wang)
            expiry(programs, li)
            restarts(programs, li)
            limits(programs, li, wang)
            log = open(os.path.join(programs.folder, "log", "gateway")).read()
            ok(li not in log and wang not in log and token not in log, "no token stands in the log")
    finally:
        shutil.rmtree(programs.folder, ignore_errors=True)
    done()


if __name__ == "__main__":
    main()
