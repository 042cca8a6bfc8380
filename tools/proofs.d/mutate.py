"""Receipts with something else in them."""
import base64


def mutated(originals, chance):
    """One that says something else than the originals, which are a list and the set of what they say."""
    receipts, known = originals
    while True:
        data = chance.choice(KINDS)(chance.choice(receipts), chance.choice(receipts), chance)
        if said(data) not in known:
            return data


def said(data):
    """The same of receipts that differ only in how base64 is spelled: Go's takes returns between its letters, and any
    bits behind the last one."""
    return b"\n".join(map(said_line, data.split(b"\n")))


def said_line(line):
    start, space, last = line.rpartition(b" ")
    try:
        return start + space + base64.b64encode(base64.b64decode(last.replace(b"\r", b""), validate=True))
    except ValueError:
        return line


def bit(data, _, chance):
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]


def byte_gone(data, _, chance):
    at = chance.randrange(len(data))
    return data[:at] + data[at + 1:]


def byte_more(data, _, chance):
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.choice(b"\nA= 0/+\r\0")]) + data[at:]


def cut(data, _, chance):
    return data[:chance.randrange(len(data))]


def lines_swapped(data, _, chance):
    lines = data.split(b"\n")
    a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def line_gone(data, _, chance):
    lines = data.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def line_twice(data, _, chance):
    lines = data.split(b"\n")
    # A signature that stands there twice holds twice.
    at = chance.randrange(len(lines) - 2)
    return b"\n".join(lines[:at] + [lines[at]] + lines[at:])


def line_of_another(data, other, chance):
    lines, others = data.split(b"\n"), other.split(b"\n")
    lines[chance.randrange(len(lines))] = chance.choice(others)
    return b"\n".join(lines)


def hash_of_its_own(data, _, chance):
    lines = data.split(b"\n")
    hashes = [index for index, line in enumerate(lines) if len(line) == 44 and b" " not in line]
    lines[chance.choice(hashes)] = base64.b64encode(chance.randbytes(32))
    return b"\n".join(lines)


def another_index(data, _, chance):
    lines = data.split(b"\n")
    index = int(lines[2][6:])
    lines[2] = b"index %d" % chance.choice(
        [index + 1, max(0, index - 1), index ^ 1 << chance.randrange(20), index + 2 ** 64, 10 ** 30])
    return b"\n".join(lines)


def another_size(data, _, chance):
    head, body = data.split(b"\n\n", 1)
    lines = body.split(b"\n")
    lines[1] = b"%d" % (int(lines[1]) + chance.choice([-1, 1, 256, 2 ** 63]))
    return head + b"\n\n" + b"\n".join(lines)


def another_entry(data, _, chance):
    lines = data.split(b"\n")
    entry = bytearray(base64.b64decode(lines[1][6:]))
    at = chance.randrange(len(entry))
    entry[at] ^= 1 << chance.randrange(8)
    lines[1] = b"extra " + base64.b64encode(bytes(entry))
    return b"\n".join(lines)


KINDS = [
    bit, bit, bit, byte_gone, byte_more, cut, lines_swapped, line_gone, line_twice, line_of_another, hash_of_its_own,
    another_index, another_size, another_entry,
]
