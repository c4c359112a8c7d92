"""Packed protobuf without generated code: what the tests over ZeroMQ need of it."""


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value if isinstance(value, bytes) else value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def request(method, id="", body=b"", correlation=0, rest=b""):
    """A packed engine.v1.Request."""
    return (field(1, id) + field(2, method) + field(3, body)
            + (field(8, correlation) if correlation else b"") + rest)


def lists(data):
    """The fields of a packed message, each with all its values."""
    out, at = {}, 0

    def number():
        nonlocal at
        n = shift = 0
        while True:
            byte = data[at]
            at += 1
            n |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return n

    while at < len(data):
        tag = number()
        if tag & 7 == 2:
            size = number()
            out.setdefault(tag >> 3, []).append(data[at:at + size])
            at += size
        else:
            out.setdefault(tag >> 3, []).append(number())
    return out


def fields(data):
    """The last value of each field."""
    return {number: values[-1] for number, values in lists(data).items()}
