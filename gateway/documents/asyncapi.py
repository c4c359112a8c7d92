#!/usr/bin/env python3
"""Makes /asyncapi.json: asyncapi.py VERSION SET OUTPUT

SET is a descriptor set with source info."""

import json
import sys

from contract import Contract
from schemas import PREFIX, Schemas

ABOUT = """\
社工人才项目平台的事件流。每个事件携带其发生之后的完整记录。

The events of Shegong, which runs a province's social-work talent programmes: each happened, and
carries the records as they are after it. They come as server-sent events over HTTP whose data is a
CloudEvent in JSON; the field `id` is the cursor to go on from, given back as `Last-Event-ID`.

Of one source events come in the order of their sequence, each once. Between sources there is no
order. What the caller may not see does not come.
"""

# The attributes that all CloudEvents of the stream have.
ENVELOPE = {
    "specversion": {"const": "1.0"},
    "id": {"type": "string", "pattern": "^[a-z]+:[0-9]+$",
           "description": "Source and sequence: `stations:12`."},
    "source": {"type": "string", "pattern": "^/shegong/[a-z]+$",
               "description": "The service in which it happened: `/shegong/stations`."},
    "type": {"type": "string", "description": "The event's message."},
    "subject": {"type": "string", "description": "The id of the first record that it carries."},
    "time": {"type": "string", "format": "date-time", "description": "When it was entered."},
    "date": {"type": "string", "format": "date",
             "description": "The business date on which it was entered."},
    "datacontenttype": {"const": "application/json"},
    "sequence": {"type": "string", "pattern": "^[0-9]{20}$",
                 "description": "Its number in the source, so that texts compare as numbers do."},
    "regioncode": {"type": "string", "pattern": "^[0-9]{2,12}$",
                   "description": "Where the first of its records lies that lies somewhere."},
    "commandid": {"type": "string", "description": "The id of the command that it answers; an "
                  "event that reacts to another has none."},
    "causationid": {"type": "string", "pattern": "^[a-z]+:[0-9]+$",
                    "description": "The event of another service that it reacts to: "
                    "`personnel:7`."},
    "traceparent": {"type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-",
                    "description": "W3C trace context of the command, where it came with one."},
    "data": {"type": "object", "description": "What happened, in ProtoJSON."},
}
REQUIRED = ["specversion", "id", "source", "type", "time", "sequence", "data"]

# What else the stream says, by the name of the server-sent event.
NUMBER = {"type": "string", "pattern": "^[0-9]+$"}
SIGNALS = {
    "checkpoint": ("Nothing was missed up to here. The first message, and one every 15 seconds.", {
        "time": {"type": "string", "format": "date-time"},
        "positions": {"type": "object", "additionalProperties": NUMBER,
                      "description": "Where the stream stands in each journal."},
        "unreachable": {"type": "array", "items": {"type": "string"},
                        "description": "Services that do not answer now."}}),
    "reset": ("A journal is not the one that was followed: read anew what it told of.", {
        "source": {"type": "string"},
        "reason": {"enum": ["other_journal", "ahead_of_journal"]},
        "sequence": NUMBER}),
    "bye": ("The gateway stops: connect again in a while.", {}),
}


def events_of(contract):
    """(service, message) of each event: the members of every <Service>Event's oneof."""
    for service in contract.services:
        name = "shegong.%s.v1.%sEvent" % (service.short, service.short.capitalize())
        for field in contract.messages[name].fields if name in contract.messages else []:
            yield service.short, contract.messages[field.type_name]


def document(version, contract):
    schemas = Schemas(contract)
    envelope = {"type": "object", "description": "A CloudEvent.", "properties": ENVELOPE,
                "required": REQUIRED}
    messages = {}
    for short, message in events_of(contract):
        name = message.name.split(".")[-1]
        messages["%s.%s" % (short, name)] = {
            "name": message.name,
            "title": name,
            "summary": message.comment,
            "contentType": "application/cloudevents+json",
            "payload": {
                "allOf": [{"$ref": PREFIX + "CloudEvent"}],
                "type": "object",
                "properties": {"type": {"const": message.name},
                               "data": schemas.ref(message.name)},
            },
        }
    for name, (comment, properties) in SIGNALS.items():
        messages[name] = {"name": name, "summary": comment, "contentType": "application/json",
                          "payload": {"type": "object", "properties": properties}}
    refs = [{"$ref": "#/channels/events/messages/" + name} for name in messages]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Shegong · 社工", "version": version, "description": ABOUT,
                 "license": {"name": "Apache-2.0",
                             "url": "https://www.apache.org/licenses/LICENSE-2.0"}},
        "defaultContentType": "application/json",
        "channels": {"events": {
            "address": "/v1/events",
            "description": "One request: GET, answered as text/event-stream for as long as it "
                           "lasts.",
            "messages": {name: {"$ref": "#/components/messages/" + name} for name in messages},
            "bindings": {"http": {"bindingVersion": "0.3.0"}},
        }},
        "operations": {"follow": {
            "action": "send", "channel": {"$ref": "#/channels/events"},
            "summary": "The gateway sends what happens.", "messages": refs,
            "bindings": {"http": {"method": "GET", "bindingVersion": "0.3.0"}},
        }},
        "components": {
            "messages": messages,
            "schemas": dict(sorted({"CloudEvent": envelope, **schemas.made}.items())),
        },
    }


def main():
    version, set_path, output = sys.argv[1:]
    with open(output, "w", encoding="utf-8") as file:
        json.dump(document(version, Contract(set_path)), file, ensure_ascii=False,
                  separators=(",", ":"))
        file.write("\n")


main()
