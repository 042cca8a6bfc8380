"""Verifies receipts and proofs of consistency with nothing but Python's own hashes: RFC 9162, RFC 8032 and the C2SP texts
written down once more."""
import base64
import hashlib
import sys


class Refused(Exception):
    """What is wrong with a proof."""


def sha256(data):
    return hashlib.sha256(data).digest()


# Ed25519 as RFC 8032 writes it, section 5.1, with points as (X, Y, Z, T).
P = 2 ** 255 - 19
Q = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P


def times(n, point):
    result = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            result = add(result, point)
        point, n = add(point, point), n >> 1
    return result


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2 ** 255 - 1)
    if y >= P:
        raise Refused("no point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise Refused("no point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    if len(signature) != 64:
        return False
    try:
        a, r = point(key), point(signature[:32])
    except Refused:
        return False
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    return s < Q and same(times(s, BASE), add(r, times(k, a)))


def decoded(text):
    """Base64 in the one spelling that there is of it."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused("no base64") from error
    if base64.b64encode(data).decode() != text:
        raise Refused("another spelling")
    return data


def number(text):
    if not text.isascii() or not text.isdigit() or str(int(text)) != text:
        raise Refused("no number")
    return int(text)


def a_hash(text):
    data = decoded(text)
    if len(data) != 32:
        raise Refused("no hash")
    return data


def leaf_hash(entry):
    return sha256(b"\0" + entry)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def included(leaf, index, size, root, proof):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def extends(first, first_root, second, second_root, proof):
    """RFC 9162, section 2.1.4.2."""
    if first == second:
        return first_root == second_root and not proof
    if not 0 < first < second:
        return False
    if first & (first - 1) == 0:
        proof = [first_root] + proof
    if not proof:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


class Log:
    """A log by the text of its key."""

    def __init__(self, key):
        self.name, identifier, data = key.split("+", 2)
        data = decoded(data)
        self.key = data[1:]
        self.identifier = sha256(self.name.encode() + b"\n" + data)[:4]
        if data[0] != 1 or len(self.key) != 32 or self.identifier.hex() != identifier:
            raise Refused("no key")
        self.known = {}

    def checkpoint(self, text):
        """Size and root of a signed checkpoint."""
        if text not in self.known:
            self.known[text] = self.opened(text)
        return self.known[text]

    def opened(self, text):
        body, empty, signatures = text.rpartition("\n\n")
        lines = signatures.split("\n")
        if not empty or len(lines) < 2 or lines.pop() != "":
            raise Refused("no note")
        signed = False
        for line in lines:
            words = line.split(" ")
            if len(words) != 3 or words[0] != "—":
                raise Refused("no signature")
            data = decoded(words[2])
            if words[1] == self.name and data[:4] == self.identifier:
                if not is_signed(self.key, (body + "\n").encode(), data[4:]):
                    raise Refused("a false signature")
                signed = True
        parts = body.split("\n")
        if not signed or len(parts) != 3 or parts[0] != self.name:
            raise Refused("no checkpoint of this log")
        return number(parts[1]), a_hash(parts[2])

    def receipt(self, data):
        """The entry that a receipt proves, and its index."""
        lines, checkpoint = self.parts(data)
        if len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1" or lines[1][:6] != "extra " or lines[2][:6] != "index ":
            raise Refused("no receipt")
        entry = decoded(lines[1][6:]).split(b"\n")[0]
        index = number(lines[2][6:])
        size, root = self.checkpoint(checkpoint)
        if not included(leaf_hash(entry), index, size, root, [a_hash(line) for line in lines[3:]]):
            raise Refused("not in the tree")
        return entry, index

    def grown(self, old, data):
        """Holds a proof of consistency against the checkpoint that it goes on from."""
        first, first_root = self.checkpoint(old)
        lines, checkpoint = self.parts(data)
        size, root = self.checkpoint(checkpoint)
        if lines[0] != f"old {first}" or not extends(
                first, first_root, size, root, [a_hash(line) for line in lines[1:]]):
            raise Refused("it does not begin with the old one")

    @staticmethod
    def parts(data):
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise Refused("no text") from error
        if any(ord(character) < 32 and character != "\n" for character in text) or "\n\n" not in text:
            raise Refused("no proof")
        head, checkpoint = text.split("\n\n", 1)
        return head.split("\n"), checkpoint


def framed(path):
    """The receipts of a file, each behind a line with its length."""
    with open(path, "rb") as file:
        while line := file.readline():
            yield file.read(int(line))


def main():
    log = Log(sys.argv[1])
    counts = [0, 0]
    for data in framed(sys.argv[2]):
        try:
            log.receipt(data)
            counts[0] += 1
        except Refused:
            counts[1] += 1
    print(*counts)


if __name__ == "__main__":
    main()
