#!/usr/bin/env python3
"""Makes /openapi.json: openapi.py VERSION SET OUTPUT REFUSALS.c...

SET is a descriptor set with source info.  Each REFUSALS.c holds rows of refusals; those of
services/<name>/refusals.c are that service's, the others' may come from any."""

import json
import os
import sys

from contract import Contract, refusals
from schemas import PREFIX, Schemas

ABOUT = """\
社工人才项目平台的 HTTP 接口（Connect 协议）。每个方法是一个路径：命令用 POST，查询用 POST 或 GET；
含个人身份信息的查询只能用 POST。

The HTTP interface of Shegong, which runs a province's social-work talent programmes. Each method is
one path of the Connect protocol: commands are sent with POST, queries with POST or GET, but with
POST alone where they name who somebody is; as JSON (ProtoJSON) or protobuf.

- **Absent is zero.** A field that is zero, false or empty is left out of an answer; ask with
  `Shegong-Defaults: true` to have it written.
- **Money** is in fen, **64-bit numbers are strings**: `"amountFen": "4000000"`. Plain numbers are
  taken too.
- **Dates** are civil dates of Asia/Shanghai, `"2022-07-31"`; instants are RFC 3339 in UTC.
- **Names** of fields are answered in lowerCamelCase and taken also as the .proto has them,
  `agency_id`. A name that a request does not have is refused.
- **Send a command again** with the same `Idempotency-Key` and the same body when you do not know
  what became of it: it is carried out once, and answered alike.
- **Refusals** come as Connect errors whose detail gives a stable reason, what it is about, the rule
  of the programme and the sentence in Chinese and English. Reasons are added to: treat one that you
  do not know by its code.
- **Read your writes**: an answer's `Shegong-Position` given back as `Shegong-After` makes another
  service answer as of then or later.
"""

CODES = {
    "canceled": 499, "unknown": 500, "invalid_argument": 400, "deadline_exceeded": 504,
    "not_found": 404, "already_exists": 409, "permission_denied": 403, "resource_exhausted": 429,
    "failed_precondition": 400, "aborted": 409, "out_of_range": 400, "unimplemented": 501,
    "internal": 500, "unavailable": 503, "data_loss": 500, "unauthenticated": 401,
}

IDENTIFIER = "^[A-Za-z0-9._:-]{1,64}$"
POSITIONS = "^[a-z]+=[0-9]+( *, *[a-z]+=[0-9]+)*$"

# Of requests, by the name of the component.
PARAMETERS = {
    "idempotencyKey": ("Idempotency-Key", {"type": "string", "pattern": IDENTIFIER},
                       "The command's id. The same id with the same body has one effect and one "
                       "answer. Without it the gateway makes one, and answers it."),
    "timeout": ("Connect-Timeout-Ms", {"type": "string", "pattern": "^[0-9]{1,10}$"},
                "Milliseconds that the caller waits."),
    "version": ("Connect-Protocol-Version", {"const": "1"}, "The version of Connect."),
    "after": ("Shegong-After", {"type": "string", "pattern": POSITIONS},
              "Positions that the answer must have seen: `stations=12,personnel=5`."),
    "defaults": ("Shegong-Defaults", {"enum": ["true", "false"]},
                 "Whether fields that are zero or empty are written too."),
    "language": ("Accept-Language", {"type": "string"},
                 "The language of `message` in an error: `zh` unless `en` is liked better."),
    "trace": ("traceparent", {"type": "string"}, "W3C trace context, carried through."),
    "service": ("Shegong-Service", {"type": "string"},
                "The service that is asked: `personnel`."),
}
SHARED = ["timeout", "version", "after", "defaults", "language", "trace"]

# Of answers.
HEADERS = {
    "Shegong-Position": {"schema": {"type": "string", "pattern": POSITIONS},
                         "description": "How far the service's journal reached: `stations=12`."},
    "Idempotency-Key": {"schema": {"type": "string", "pattern": IDENTIFIER},
                        "description": "The id of the command."},
}

SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A token of an account."},
    "session": {"type": "apiKey", "in": "cookie", "name": "shegong-session",
                "description": "A browser's session, got for a token by POST /v1/session."},
    "principal": {"type": "apiKey", "in": "header", "name": "Shegong-Principal",
                  "description": "Only where the gateway runs with SHEGONG_ACCESS=principals, for "
                  "development: `account=zhang;person=p-zhang;role=PROVINCE;region=53`."},
}


def error_schema():
    debug = {
        "reason": {"type": "string", "description": "A stable word: `CALL_CLOSED`."},
        "about": {"type": "string", "description": "The id or the field that it is about."},
        "rule": {"type": "string", "description": "The rule of the programme, where it is one."},
        "messageEn": {"type": "string"},
        "messageZh": {"type": "string"},
    }
    detail = {
        "type": "object",
        "required": ["type", "value"],
        "properties": {
            "type": {"type": "string", "examples": ["shegong.engine.v1.Refused"]},
            "value": {"type": "string", "contentEncoding": "base64",
                      "description": "The detail packed as protobuf, without padding."},
            "debug": {"type": "object", "properties": debug},
        },
    }
    statuses = ["- `%s`: HTTP %d" % pair for pair in CODES.items()]
    return {
        "type": "object",
        "required": ["code"],
        "description": "An error of the Connect protocol.\n\n" + "\n".join(statuses),
        "properties": {
            "code": {"type": "string", "enum": list(CODES)},
            "message": {"type": "string", "description": "The sentence, in the language asked for."},
            "details": {"type": "array", "items": detail},
        },
    }


def reasons_schema(rows, what):
    """Reasons are added to, so that any other text is one too."""
    lines = ["- `%s` (%s%s): %s %s" % (row.reason, row.code, row.rule and ", rule " + row.rule,
                                       row.zh, row.en) for row in rows]
    reason = {"anyOf": [{"enum": sorted({row.reason for row in rows})}, {"type": "string"}]}
    debug = {"properties": {"reason": reason}}
    return {
        "description": "%s\n\n%s" % (what, "\n".join(lines)),
        "allOf": [{"$ref": PREFIX + "Error"}],
        "properties": {"details": {"items": {"properties": {"debug": debug}}}},
    }


def content(schemas, name, streaming):
    json_type, packed = "application/json", "application/proto"
    if streaming:
        json_type, packed = "application/connect+json", "application/connect+proto"
    return {json_type: {"schema": schemas.ref(name)},
            packed: {"schema": {"description": name + ", packed."}}}


def operation(service, method, schemas, verb):
    parameters = [{"$ref": "#/components/parameters/" + name} for name in SHARED]
    headers = {"Shegong-Position": {"$ref": "#/components/headers/Shegong-Position"}}
    if service.short == "engine":
        parameters.insert(0, {"$ref": "#/components/parameters/service"})
    if not method.query:
        parameters.insert(0, {"$ref": "#/components/parameters/idempotencyKey"})
        headers["Idempotency-Key"] = {"$ref": "#/components/headers/Idempotency-Key"}
    made = {
        "operationId": "%s.%s%s" % (service.short, method.name, ".get" if verb == "get" else ""),
        "summary": method.comment,
        "tags": [service.short],
        "parameters": parameters,
        "responses": {
            "200": {"description": schemas.contract.messages[method.output].comment,
                    "headers": headers,
                    "content": content(schemas, method.output, method.streaming)},
            "default": {"$ref": "#/components/responses/%s.Error" % service.short},
        },
    }
    if verb == "post":
        made["requestBody"] = {"required": True,
                               "content": content(schemas, method.input, method.streaming)}
        return made
    made["parameters"] = [
        {"name": "connect", "in": "query", "schema": {"const": "v1"}},
        {"name": "encoding", "in": "query", "required": True, "schema": {"const": "json"},
         "description": "`proto` is taken as well; then `base64=1` tells how it is written."},
        {"name": "message", "in": "query",
         "content": {"application/json": {"schema": schemas.ref(method.input)}}},
    ] + parameters
    return made


def page(summary, kind, schema, description="It is so."):
    return {"get": {"summary": summary, "tags": ["gateway"], "security": [],
                    "responses": {"200": {"description": description,
                                          "content": {kind: {"schema": schema}}}}}}


def events_page():
    def several(name, description):
        return {"name": name, "in": "query", "description": description,
                "schema": {"type": "array", "items": {"type": "string"}}}

    def one(name, where, schema, description):
        return {"name": name, "in": where, "schema": schema, "description": description}

    made = page("What happens, as it happens: see /asyncapi.json.", "text/event-stream",
                {"type": "string"}, "Server-sent events, for as long as it lasts.")
    del made["get"]["security"]
    made["get"]["operationId"] = "events"
    made["get"]["parameters"] = [
        several("type", "What the name of the event begins with: `CallOpened`."),
        several("source", "A service: `stations`."),
        several("subject", "What the id of its first record begins with."),
        several("region", "What the region of a record in it begins with."),
        one("from", "query", {"enum": ["now", "start"]}, "Where to begin."),
        one("after", "query", {"type": "string", "pattern": POSITIONS},
            "Begin behind the positions of an answer: `stations=12`."),
        one("last_event_id", "query", {"type": "string"}, "Go on behind this cursor."),
        one("Last-Event-ID", "header", {"type": "string"}, "The same; it comes first."),
    ]
    made["get"]["responses"]["default"] = {
        "description": "It was refused.",
        "content": {"application/json": {"schema": {"$ref": PREFIX + "Error"}}}}
    return made


def session_page():
    names = ("accountId", "personId", "role", "regionCode", "agencyId")
    who = {"type": "object", "required": list(names), "properties": {n: {"type": "string"} for n in names}}
    cookie = {"Set-Cookie": {"schema": {"type": "string"}, "description": "`shegong-session`."}}

    def verb(id, summary, security, headers):
        return {
            "operationId": id, "summary": summary, "tags": ["gateway"],
            "security": [{name: []} for name in security],
            "responses": {
                "200": {"description": "Who it is.", "headers": headers,
                        "content": {"application/json": {"schema": who}}},
                "default": {
                    "description": "It was refused.",
                    "content": {"application/json": {"schema": {"$ref": PREFIX + "Error"}}}}}}

    return {
        "get": verb("session", "Whom the token or the session belongs to.", ["bearer", "session"], {}),
        "post": verb("session.begin", "Begin a browser's session, which ends with the token.",
                     ["bearer"], cookie),
        "delete": verb("session.end", "End the session.", ["bearer", "session"], cookie),
    }


def pages():
    text, json_object = {"type": "string"}, {"type": "object"}
    ready = {
        "type": "object", "required": ["ready", "parts"],
        "properties": {"ready": {"type": "boolean"}, "parts": {"type": "array", "items": {
            "type": "object", "required": ["service", "ready"],
            "properties": {
                "service": {"type": "string"}, "ready": {"type": "boolean"},
                "because": {"type": "string", "description": "Why it is not ready."},
                "sequence": {"type": "string"}, "date": {"type": "string"},
                "virtualClock": {"type": "boolean"}}}}},
    }
    made = {
        "/healthz": page("Whether the gateway runs.", "text/plain", text),
        "/readyz": page("Whether each service takes commands.", "application/json", ready),
        "/metrics": page("The counters of all programs.", "text/plain", text),
        "/openapi.json": page("This document.", "application/json", json_object),
        "/asyncapi.json": page("The events, as an AsyncAPI document.", "application/json",
                               json_object),
    }
    made["/v1/events"] = events_page()
    made["/v1/session"] = session_page()
    made["/readyz"]["get"]["responses"]["503"] = {
        "description": "One is not ready.",
        "content": {"application/json": {"schema": ready}}}
    return made


def document(version, contract, tables):
    """tables: the rows of refusals by the service's name; "" holds those of all."""
    inputs = {m.input for s in contract.services for m in s.methods}
    schemas = Schemas(contract, closed=inputs)
    paths, responses, errors = pages(), {}, {"Error": error_schema()}
    for service in contract.services:
        name = service.short + ".Error"
        errors[name] = reasons_schema(tables.get(service.short, []) + tables[""],
                                      "An error of %s." % service.short)
        responses[name] = {"description": "It was refused, or failed.",
                           "content": {"application/json": {"schema": {"$ref": PREFIX + name}}}}
        for method in service.methods:
            verbs = ["get", "post"] if contract.by_get(method) else ["post"]
            paths[method.path] = {verb: operation(service, method, schemas, verb)
                                  for verb in verbs}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shegong · 社工", "version": version, "description": ABOUT,
                 "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "security": [{name: []} for name in SECURITY],
        "tags": [{"name": "gateway", "description": "What the gateway answers itself."}] +
                [{"name": s.short, "description": s.comment} for s in contract.services],
        "paths": paths,
        "components": {
            "schemas": dict(sorted((errors | schemas.made).items())),
            "responses": responses,
            "parameters": {
                name: {"name": header, "in": "header", "required": name == "service",
                       "schema": schema, "description": description}
                for name, (header, schema, description) in PARAMETERS.items()},
            "headers": HEADERS,
            "securitySchemes": SECURITY,
        },
    }


def main():
    version, set_path, output, *files = sys.argv[1:]
    contract = Contract(set_path)
    names = {service.short for service in contract.services} - {"engine"}
    tables = {"": []}
    for path in files:
        folder = os.path.basename(os.path.dirname(path))
        tables.setdefault(folder if folder in names else "", []).extend(refusals(path))
    with open(output, "w", encoding="utf-8") as file:
        json.dump(document(version, contract, tables), file, ensure_ascii=False,
                  separators=(",", ":"))
        file.write("\n")


main()
