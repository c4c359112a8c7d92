"""JSON Schemas of the contract's messages in ProtoJSON, for both documents."""

from contract import BOOL, BYTES, DOUBLE, ENUM, FLOAT, MESSAGE, STRING
from contract import FIXED64, INT64, SFIXED64, SINT64, UINT64
from contract import FIXED32, INT32, SFIXED32, SINT32, UINT32

PREFIX = "#/components/schemas/"

_SIGNED64 = {"type": "string", "format": "int64", "pattern": "^-?[0-9]{1,19}$"}
_UNSIGNED64 = {"type": "string", "format": "uint64", "pattern": "^[0-9]{1,20}$"}
_SIGNED32 = {"type": "integer", "format": "int32"}
_UNSIGNED32 = {"type": "integer", "minimum": 0, "maximum": 4294967295}
_FLOAT = {"oneOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}

_SCALARS = {
    DOUBLE: _FLOAT, FLOAT: _FLOAT,
    INT64: _SIGNED64, SINT64: _SIGNED64, SFIXED64: _SIGNED64,
    UINT64: _UNSIGNED64, FIXED64: _UNSIGNED64,
    INT32: _SIGNED32, SINT32: _SIGNED32, SFIXED32: _SIGNED32,
    UINT32: _UNSIGNED32, FIXED32: _UNSIGNED32,
    BOOL: {"type": "boolean"}, STRING: {"type": "string"},
    BYTES: {"type": "string", "contentEncoding": "base64"},
}

_WELL_KNOWN = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]{1,9})?s$"},
}


class Schemas:
    """Those that were asked for, and all that they use: .made, by their full names."""

    def __init__(self, contract, closed=()):
        self.contract, self.made = contract, {}
        # Messages of which a name that is not known is refused: those that only callers send.
        self.closed = set(closed)

    def ref(self, name):
        if name not in self.made:
            self.made[name] = None
            enum = self.contract.enums.get(name)
            self.made[name] = self._enum(enum) if enum else self._message(name)
        return {"$ref": PREFIX + name}

    def _enum(self, enum):
        lines = ["- `%s`: %s" % (value.name, value.comment) for value in enum.values]
        return {"type": "string", "enum": [value.name for value in enum.values],
                "description": enum.comment + "\n\n" + "\n".join(lines)}

    def _message(self, name):
        message = self.contract.messages[name]
        properties = {field.json_name: self._field(field) for field in message.fields}
        schema = {"type": "object", "description": message.comment, "properties": properties}
        if name in self.closed:
            schema["additionalProperties"] = False
        return schema

    def _field(self, field):
        if field.type_name in _WELL_KNOWN:
            one = _WELL_KNOWN[field.type_name]
        elif field.type in (MESSAGE, ENUM):
            one = self.ref(field.type_name)
        else:
            one = _SCALARS[field.type]
        schema = {"type": "array", "items": one} if field.repeated else dict(one)
        if field.comment:
            schema["description"] = field.comment
        return schema
