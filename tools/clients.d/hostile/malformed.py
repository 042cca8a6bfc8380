"""Requests that two programs could read in two ways, or that no program should read: each must be refused."""

HEAD = b"POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/cloudevents+json\r\n"
# What would be smuggled in: an event that must never be found in the log.
SMUGGLED_ID = b"smuggled"
EVENT = (
    b'{"specversion":"1.0","id":"smuggled","source":"attack","type":"order.paid","subject":"customer:s",'
    b'"orderid":"s","data":{"total":{"amount":"1.00","currency":"EUR"}}}'
)
SMUGGLED = HEAD + b"Content-Length: %d\r\n\r\n" % len(EVENT) + EVENT
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def head(lines, rest=b""):
    return HEAD + lines + b"\r\n" + rest


def requests():
    """By name: bytes, each followed by the request that would be smuggled."""
    empty = b"0\r\n\r\n"
    shapes = {
        "length and chunks": head(b"Content-Length: 5\r\n" + CHUNKED, empty),
        "chunks and length": head(CHUNKED + b"Content-Length: 5\r\n", empty),
        "two lengths": head(b"Content-Length: 0\r\nContent-Length: 5\r\n"),
        "two lengths in a list": head(b"Content-Length: 0, 5\r\n"),
        "length with a plus": head(b"Content-Length: +0\r\n"),
        "negative length": head(b"Content-Length: -1\r\n"),
        "length in hexadecimal": head(b"Content-Length: 0x0\r\n"),
        "length beyond 64 bits": head(b"Content-Length: 18446744073709551616\r\n"),
        "empty length": head(b"Content-Length: \r\n"),
        "unknown coding": head(b"Transfer-Encoding: xchunked\r\n", empty),
        "chunked is not the last coding": head(b"Transfer-Encoding: chunked, identity\r\n", empty),
        "chunked twice": head(CHUNKED + CHUNKED, empty),
        "coding after a tab that folds": head(b"Transfer-Encoding:\r\n\tchunked\r\n", empty),
        "folded header": head(b"X-A: b\r\n c\r\nContent-Length: 0\r\n"),
        "space before the colon": head(b"Content-Length : 0\r\n"),
        "coding with a space before the colon": head(b"Transfer-Encoding : chunked\r\n", empty),
        "space before the first header": b"GET /ready HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
        "header without a name": head(b": b\r\nContent-Length: 0\r\n"),
        "header without a colon": head(b"Content-Length\r\n"),
        "NUL in a header": head(b"X-A: b\x00c\r\nContent-Length: 0\r\n"),
        "CR in a header": head(b"X-A: b\rContent-Length: 5\r\nContent-Length: 0\r\n"),
        "bare LF between headers": HEAD.replace(b"\r\n", b"\n") + b"Content-Length: 0\n\n",
        "bare LF and chunks": HEAD + b"X: y\nTransfer-Encoding: chunked\r\n\r\n" + empty,
        "chunk beyond 64 bits": head(CHUNKED, b"10000000000000000\r\na\r\n" + empty),
        "chunk as large as 64 bits": head(CHUNKED, b"FFFFFFFFFFFFFFFF\r\na\r\n" + empty),
        "negative chunk": head(CHUNKED, b"-1\r\na\r\n" + empty),
        "chunk with 0x": head(CHUNKED, b"0x1\r\na\r\n" + empty),
        "chunk longer than it says": head(CHUNKED, b"1\r\nabc\r\n" + empty),
        "chunk ended by a bare LF": head(CHUNKED, b"1\na\n0\n\n"),
        "chunk extension with a bare LF": head(CHUNKED, b"1;a\nb\r\na\r\n" + empty),
        "no host": b"GET /ready HTTP/1.1\r\n\r\n",
        "two hosts": b"GET /ready HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "HTTP/1.0 with chunks": head(CHUNKED, empty).replace(b"HTTP/1.1", b"HTTP/1.0"),
        "HTTP/0.9": b"GET /ready\r\n",
        "HTTP/9.9": b"GET /ready HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        "HTTP/2 in the clear": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "space in the path": b"GET /ready now HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "NUL in the path": b"GET /rea\x00dy HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "method that is none": b"G(T /ready HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(64)),
        "random bytes": bytes(range(255, 0, -1)),
        "long line": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "long header": head(b"X-A: " + b"a" * 100_000 + b"\r\n"),
        "many headers": head(b"".join(b"X-%d: a\r\n" % number for number in range(10_000))),
    }
    return {name: data + SMUGGLED for name, data in shapes.items()}
