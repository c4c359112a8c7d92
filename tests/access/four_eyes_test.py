#!/usr/bin/env python3
"""Nobody approves what is his own, by any route through the gateway: four_eyes_test.py BUILD_DIR

Money is requested, authorised and paid, and a change of a project decided, with the tokens of real
accounts: one person has two of them, commands are repeated, sent again by another and with another
content.  There is no delegation in the contract by which one could act for another."""

import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "faults"), os.path.join(HERE, "..", "gateway")]

from access_test import call, founding, open_account, try_http, until  # noqa: E402
from programs import Client, Programs, full_name  # noqa: E402
from tap import done, ok, same  # noqa: E402
from world import SERVICES, TOP, play  # noqa: E402

FUNDING = "/shegong.funding.v1.FundingService/"
STATIONS = "/shegong.stations.v1.StationsService/"


def fund(port, rpc, body, token, id=None):
    return call(port, rpc, body, token, id, service=FUNDING)


def disbursement(port, token):
    return fund(port, "GetDisbursement", {"disbursement_id": "d1"}, token).json["disbursement"]


def money(port, account):
    """Zhao has an agency's account and one of the province; Sun has two of the province."""
    zhao, zhao_province = account("zhao", "p-zhao", "AGENCY", "53", "ag-1"), account("zhao-2", "p-zhao", "PROVINCE", "53")
    sun, sun_2, zhou = (account(a, p, "PROVINCE", "53") for a, p in (("sun", "p-sun"), ("sun-2", "p-sun"), ("zhou", "p-zhou")))
    request = {"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central", "amount_fen": "2000000", "purpose": "P"}
    authorise = {"disbursement_id": "d1", "authorised_fen": "1800000"}
    pay = {"disbursement_id": "d1", "paid_fen": "1700000", "paid_on": "2022-05-01", "document_no": "PAY-1"}

    same(fund(port, "RequestDisbursement", request, zhao, "r-1").status, 200, "Zhao requests money for the agency")
    same(fund(port, "AuthoriseDisbursement", authorise, zhao).reason, "CALLER_NOT_ALLOWED", "its account does not authorise it")
    for id, how in (("a-1", "nor does Zhao's of the province"), ("a-1", "... nor when he repeats it"), ("a-2", "... nor under another id")):
        same(fund(port, "AuthoriseDisbursement", authorise, zhao_province, id).reason, "AUTHORISED_BY_REQUESTER", how)
    same(fund(port, "AuthoriseDisbursement", {**authorise, "authorised_fen": "1"}, zhao_province, "a-1").reason, "ID_REUSED", "... nor with another content under the same id")
    same(fund(port, "AuthoriseDisbursement", authorise, zhao_province, "r-1").reason, "ID_REUSED", "... nor with the id of the request")
    same(fund(port, "RequestDisbursement", {**request, "amount_fen": "1"}, zhao, "r-1").reason, "ID_REUSED", "a request is not changed by sending another under its id")
    same(fund(port, "RequestDisbursement", {**request, "amount_fen": "1"}, zhao).reason, "DISBURSEMENT_EXISTS", "... nor under a new one")
    same(fund(port, "AuthoriseDisbursement", {**authorise, "expected_revision": "9"}, sun).reason, "STALE_REVISION", "what is not as it was read is not authorised")
    first = fund(port, "AuthoriseDisbursement", authorise, sun, "a-3")
    same((first.status, first.json["disbursement"]["authorisedBy"]), (200, "p-sun"), "Sun authorises it")
    same(fund(port, "AuthoriseDisbursement", authorise, sun, "a-3").json, first.json, "... and repeated, it is the same answer")
    for token, body, how in ((zhao_province, authorise, "Zhao does not get it for his own by sending it"), (sun_2, authorise, "nor is it Sun's with his other account"),
                             (sun, {**authorise, "authorised_fen": "2000000"}, "nor does it become more")):
        same(fund(port, "AuthoriseDisbursement", body, token, "a-3").reason, "ID_REUSED", "... " + how)
    same((disbursement(port, sun)["authorisedFen"], disbursement(port, sun)["revision"]), ("1800000", "2"), "... and it is as he authorised it")

    for token, reason, id, who in ((zhao_province, "PAID_BY_REQUESTER", "p-2", "who requested it"), (sun, "PAID_BY_AUTHORISER", "p-3", "who authorised it"),
                                   (sun_2, "PAID_BY_AUTHORISER", "p-4", "who authorised it, with his second account")):
        for of, how in ((id, ""), (id, ", repeated"), (None, ", under another id")):
            same(fund(port, "RecordPayment", pay, token, of).reason, reason, "it is not paid by %s%s" % (who, how))
    same(fund(port, "RecordPayment", {**pay, "paid_fen": "1800001"}, zhou).reason, "PAID_ABOVE_AUTHORISED", "nor more than was authorised")
    same(disbursement(port, sun)["state"], "DISBURSEMENT_STATE_AUTHORISED", "and so far nothing has been paid")
    paid = fund(port, "RecordPayment", pay, zhou, "p-1")
    same((paid.status, paid.json["disbursement"]["paidBy"]), (200, "p-zhou"), "Zhou pays it")
    same(fund(port, "RecordPayment", pay, zhou, "p-1").json, paid.json, "... once: repeated, it is the same answer")
    same(fund(port, "RecordPayment", {**pay, "paid_fen": "1800000"}, zhou, "p-1").reason, "ID_REUSED", "... and not another sum")
    for token, who in ((zhao_province, "Zhao"), (sun, "Sun")):
        same(fund(port, "RecordPayment", pay, token, "p-1").reason, "ID_REUSED", "... nor does %s pay it with Zhou's command" % who)
    same(fund(port, "RecordPayment", {**pay, "document_no": "PAY-2"}, zhou).reason, "DISBURSEMENT_NOT_AUTHORISED", "... nor twice")
    at = disbursement(port, sun)
    same((at["requestedBy"], at["authorisedBy"], at["paidBy"], at["paidFen"], at["revision"]), ("p-zhao", "p-sun", "p-zhou", "1700000", "3"), "three persons, and one payment")
    return zhao, zhao_province, sun


def change(port, account, zhao, zhao_province, sun):
    """A project's change, that the agency submits and the province decides."""
    draft = {"change_id": "ch", "project_id": "pr-s1-ag-1", "baseline_version": 1, "kind": "CHANGE_KIND_PLAN", "reason": "R",
             "alteration": {"schedule": "S2"}}
    decide = {"change_id": "ch", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1"}

    def ask(rpc, body, token, id=None):
        return call(port, rpc, body, token, id, service=STATIONS)

    same(ask("DraftChange", draft, zhao).status, 200, "Zhao drafts a change of the project")
    same(ask("SubmitChange", {"change_id": "ch"}, zhao, "ch-1").status, 200, "... and submits it")

    def awaits():
        return ask("GetChange", {"change_id": "ch"}, sun).json["change"]

    assert until(lambda: awaits().get("awaitsLevel") == "county") is not None
    zhao_county, wu = account("zhao-3", "p-zhao", "COUNTY", "533102"), account("wu", "p-wu", "COUNTY", "533102")
    for id in ("e-1", "e-1", None):
        same(ask("EndorseChange", {"change_id": "ch"}, zhao_county, id).reason, "SAME_PERSON_ACTS", "Zhao does not endorse it with his account of the county")
    same(ask("EndorseChange", {"change_id": "ch"}, wu, "w-1").status, 200, "Wu endorses it")
    same(ask("EndorseChange", {"change_id": "ch"}, zhao_county, "w-1").reason, "ID_REUSED", "... and Zhao does not with Wu's command")
    read = awaits()["revision"]
    edit = {"change_id": "ch", "baseline_version": 1, "reason": "R", "alteration": {"schedule": "S3"}}
    same(ask("EditChange", edit, zhao).status, 200, "Zhao makes another change of it")
    same(ask("DecideChange", {**decide, "expected_revision": read}, sun).reason, "STALE_REVISION", "... which is not approved for the one that was endorsed")
    same(ask("DecideChange", decide, sun).reason, "CHANGE_NOT_HELD", "... nor unread")
    same(ask("SubmitChange", {"change_id": "ch"}, zhao, "ch-2").status, 200, "... and must submit it again")
    assert until(lambda: awaits().get("awaitsLevel") == "county") is not None
    same(ask("DecideChange", decide, sun).reason, "CHANGE_AWAITS_OTHER_LEVEL", "... and the endorsement begins anew")
    same(ask("EndorseChange", {"change_id": "ch"}, wu, "w-1").status, 200, "Wu's first command, repeated, has its answer")
    same(awaits()["awaitsLevel"], "county", "... and endorses nothing new")
    same(ask("EndorseChange", {"change_id": "ch"}, wu, "w-2").status, 200, "Wu endorses what it has become")
    for id in ("c-1", "c-1", None):
        same(ask("DecideChange", decide, zhao_province, id).reason, "SAME_PERSON_ACTS", "Zhao does not approve it with his account of the province")
    same(ask("DecideChange", decide, zhao_province, "ch-1").reason, "ID_REUSED", "... nor with the id by which he submitted it")
    same(ask("DecideChange", decide, account("wu-2", "p-wu", "PROVINCE", "53")).reason, "SAME_PERSON_ACTS", "nor does Wu, who has endorsed it")
    same(ask("DecideChange", {**decide, "decision": "CHANGE_DECISION_REJECT"}, zhao_province, "c-1").reason, "ID_REUSED", "nor is it decided otherwise under the same id")
    same(ask("DecideChange", decide, sun).status, 200, "Sun approves it")


def nobody_acts_for_another():
    """What a request says of people is whom it is about.  Who acts is the account's holder, and no rpc and no
    field of a request names another in his place."""
    words = ("behalf", "delegat", "deput", "impersonat", "acting", "act_as", "proxy", "principal", "substitut", "actor")
    rpcs, fields = [], []
    for service in SERVICES:
        with open(os.path.join(TOP, "proto", "shegong", service, "v1", service + ".proto")) as file:
            text = file.read()
        rpcs += re.findall(r"^  rpc (\w+)\(", text, re.M)
        for name, body in re.findall(r"^message (\w+Request) \{\n(.*?)^\}", text, re.M | re.S):
            fields += ["%s.%s" % (name, field) for field in re.findall(r"^ +(?:repeated )?[\w.]+ (\w+) = \d+", body, re.M)]
    ok(len(rpcs) > 400 and len(fields) > 1000, "the contract has %d rpcs, and %d fields in their requests" % (len(rpcs), len(fields)))
    same([n for n in rpcs + fields if any(w in n.lower() for w in words)], [], "... and none by which one acts for another")
    # The fields of who did it are written from the account, so no request has one.
    own = [f for f in fields if re.search(r"\.(requested|authorised|paid|approved|decided|proposed|submitted|recorded|signed|endorsed|issued)_by$", f)]
    same(own, [], "... nor says who did it")


def endorsed_by_county(method, body):
    if method == "stations.DefineProgrammeYear":
        body["rules"]["changes"] = {"endorsed_by_levels": ["county"]}


def main():
    nobody_acts_for_another()
    programs = Programs(sys.argv[1], "2022-05-01")
    programs.env.update(SHEGONG_RATE_FAILURES="0", SHEGONG_RATE_ACCOUNT="0", SHEGONG_RATE_ADDRESS="0", SHEGONG_MAP_MIB="256")
    try:
        with programs:
            client = Client(programs.port)
            play(programs, client, full_name, "funding/setup.inc", "funding/agreed.inc", "funding/received.inc",
                 amend=endorsed_by_county)
            client.close()
            programs.stop_one("gateway")
            programs.env["SHEGONG_ACCESS"] = "tokens"
            programs.start("gateway")
            assert until(lambda: try_http(programs.port, None), 10) is not None
            li, wang = founding(programs)

            def account(*of):
                return open_account(programs.port, li, wang, *of)

            change(programs.port, account, *money(programs.port, account))
    finally:
        shutil.rmtree(programs.folder, ignore_errors=True)
    done()


main()
