"""The contract as the documents need it: messages, enums and methods with their comments, read from
a descriptor set made with --include_source_info; and the reasons of refusals, read from the tables
of C that hold them."""

import re

# The numbers of google.protobuf.FieldDescriptorProto.Type.
DOUBLE, FLOAT, INT64, UINT64, INT32, FIXED64, FIXED32, BOOL, STRING = range(1, 10)
MESSAGE, BYTES, UINT32, ENUM, SFIXED32, SFIXED64, SINT32, SINT64 = range(11, 19)
REPEATED = 3
NO_SIDE_EFFECTS = 1
# services/base/personal.h
PERSONAL = ("identity_number", "phone_number", "account_number")


# --- Packed protobuf ----------------------------------------------------------------------------

def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            return value, at


class Packed:
    """The fields of one packed message by their numbers."""

    def __init__(self, data):
        self.fields, at = {}, 0
        while at < len(data):
            key, at = varint(data, at)
            if key & 7 == 2:
                size, at = varint(data, at)
                value, at = data[at:at + size], at + size
            elif key & 7 == 0:
                value, at = varint(data, at)
            else:
                size = {1: 8, 5: 4}[key & 7]
                value, at = data[at:at + size], at + size
            self.fields.setdefault(key >> 3, []).append(value)

    def all(self, number):
        return [Packed(value) for value in self.fields.get(number, [])]

    def text(self, number):
        return self.fields.get(number, [b""])[-1].decode()

    def number(self, number, default=0):
        return self.fields.get(number, [default])[-1]


def numbers(data):
    """A packed list of numbers."""
    found, at = [], 0
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return tuple(found)


# --- What is in it ------------------------------------------------------------------------------

class Thing:
    """A message, field, enum, value, service or method: its attributes as keywords."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class Contract:
    def __init__(self, path):
        self.messages, self.enums, self.services = {}, {}, []
        with open(path, "rb") as file:
            for packed in Packed(file.read()).all(1):
                self._file(packed)

    def by_get(self, method):
        """As gateway/schema.h has it: what is personal must not stand in a URL."""
        return method.query and not method.streaming and not self._personal(method.input, set())

    def _personal(self, name, seen):
        if name in seen or name not in self.messages:
            return False
        seen.add(name)
        return any(field.name.endswith(PERSONAL) or self._personal(field.type_name, seen)
                   for field in self.messages[name].fields)

    def _file(self, file):
        package = file.text(2)
        self.comments = {}
        for info in file.all(9):
            for location in info.all(1):
                path = numbers(location.fields.get(1, [b""])[-1])
                lines = (location.text(3) or location.text(4)).strip().split("\n")
                self.comments[path] = " ".join(line.strip() for line in lines).strip()
        for i, message in enumerate(file.all(4)):
            self._message(message, package, (4, i))
        for i, enum in enumerate(file.all(5)):
            self._enum(enum, package, (5, i))
        for i, service in enumerate(file.all(6)):
            self._service(service, package, (6, i))

    def _message(self, packed, package, path):
        name = package + "." + packed.text(1)
        oneofs = [oneof.text(1) for oneof in packed.all(8)]
        fields = []
        for i, field in enumerate(packed.all(2)):
            fields.append(Thing(
                name=field.text(1), json_name=field.text(10), type=field.number(5),
                repeated=field.number(4) == REPEATED, type_name=field.text(6).lstrip("."),
                oneof=oneofs[field.number(9)] if 9 in field.fields else None,
                comment=self.comments.get(path + (2, i), "")))
        self.messages[name] = Thing(name=name, package=package, fields=fields,
                                    comment=self.comments.get(path, ""))
        for i, message in enumerate(packed.all(3)):
            self._message(message, name, path + (3, i))
        for i, enum in enumerate(packed.all(4)):
            self._enum(enum, name, path + (4, i))

    def _enum(self, packed, package, path):
        name = package + "." + packed.text(1)
        values = [Thing(name=value.text(1), number=value.number(2),
                        comment=self.comments.get(path + (2, i), ""))
                  for i, value in enumerate(packed.all(2))]
        self.enums[name] = Thing(name=name, values=values, comment=self.comments.get(path, ""))

    def _service(self, packed, package, path):
        name = package + "." + packed.text(1)
        methods = []
        for i, method in enumerate(packed.all(2)):
            options = method.all(4)
            methods.append(Thing(
                name=method.text(1), path="/%s/%s" % (name, method.text(1)),
                input=method.text(2).lstrip("."), output=method.text(3).lstrip("."),
                query=bool(options) and options[-1].number(34) == NO_SIDE_EFFECTS,
                streaming=bool(method.number(6)), comment=self.comments.get(path + (2, i), "")))
        # "shegong.personnel.v1" is spoken of as "personnel".
        self.services.append(Thing(name=name, short=package.split(".")[1], methods=methods,
                                   comment=self.comments.get(path, "")))


# --- Refusals -----------------------------------------------------------------------------------

_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|[{},]|[^{},"/]+|/', re.S)
_CODE = re.compile(r"(?:\bCODE\(|CODE__CODE_)(\w+)")


def _rows(text):
    """The innermost braces of C, as lists of cells: a string as a str in quotes, else the code."""
    cells = None
    for token in _TOKEN.findall(text):
        if token.startswith(("/*", "//")):
            continue
        if token == "{":
            cells = [""]
        elif token == "}":
            if cells is not None:
                yield [cell.strip() for cell in cells]
            cells = None
        elif cells is not None and token == ",":
            cells.append("")
        elif cells is not None:
            # Strings beside each other are one.
            cells[-1] = cells[-1].rstrip()
            joined = token.startswith('"') and cells[-1].endswith('"')
            cells[-1] = cells[-1][:-1] + token[1:] if joined else cells[-1] + token


def refusals(path):
    """The refusals that a file of C has rows for: reason, code, rule and the sentences."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = []
    for cells in _rows(text):
        code = next(filter(None, map(_CODE.search, cells)), None)
        strings = [cell[1:-1].replace('\\"', '"') for cell in cells if cell.startswith('"')]
        named = re.match(r"(?:\[[^]]*\]\s*=\s*)?REFUSAL\((\w+)\)", cells[0])
        if not code or len(strings) < (2 if named else 3):
            continue
        reason = named.group(1) if named else strings[0]
        rule = strings[0] if named and len(strings) == 3 else ""
        if re.fullmatch(r"[A-Z][A-Z0-9_]+", reason):
            found.append(Thing(reason=reason, code=code.group(1).lower(), rule=rule,
                               en=strings[-2], zh=strings[-1]))
    return found
