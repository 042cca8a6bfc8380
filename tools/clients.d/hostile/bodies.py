"""Bodies that no event should be made of, however they are sent."""
import functools
import gzip

DEPTH = 10_000
BOMB_BYTES = 100 << 20
CLOUDEVENT = "Content-Type: application/cloudevents+json"
BATCH = "Content-Type: application/cloudevents-batch+json"
LINES = "Content-Type: application/x-ndjson"
JSON = "Content-Type: application/json"
GZIPPED = "Content-Encoding: gzip"
BINARY = [f"ce-{name}: {value}" for name, value in {
    "specversion": "1.0", "id": "bad", "source": "attack", "type": "order.paid", "subject": "customer:bad",
    "orderid": "bad"}.items()]


def event(data):
    """One event in text; `data` stands where its data should."""
    return (
        b'{"specversion":"1.0","id":"bad","source":"attack","type":"order.paid","subject":"customer:bad",'
        b'"orderid":"bad","data":' + data + b"}"
    )


def data():
    """By name: data of an order that must be refused."""
    total = b'"total":{"amount":"1.00","currency":"EUR"}'
    return {
        "deep arrays": b'{"a":' + b"[" * DEPTH + b"]" * DEPTH + b"," + total + b"}",
        "deep objects": b'{"a":' * DEPTH + b"1" + b"}" * DEPTH,
        "open arrays": b"[" * DEPTH,
        "duplicate keys": b"{" + total + b"," + total + b"}",
        "duplicate keys, one escaped": b"{" + total + b',"\\u0074otal":1}',
        "two amounts": b'{"total":{"amount":"1.00","amount":"2.00","currency":"EUR"}}',
        "invalid UTF-8": b'{"a":"\xff\xfe",' + total + b"}",
        "overlong UTF-8": b'{"a":"\xc0\xaf",' + total + b"}",
        "half a surrogate pair": b'{"a":"\\ud800",' + total + b"}",
        "NUL": b'{"a":"\x00",' + total + b"}",
        "NaN": b'{"a":NaN,' + total + b"}",
        "amount as large as no money": b'{"total":{"amount":"1e9999","currency":"EUR"}}',
        "digits without end": b'{"total":{"amount":' + b"9" * 40_000 + b',"currency":"EUR"}}',
        "UTF-16": ("{}").encode("utf-16"),
        "nothing": b"",
    }


def posts():
    """Path, headers and body of each way in which each of them can come; with the name."""
    for name, value in data().items():
        one = event(value)
        message = (
            b'{"type":"track","event":"Order Completed","messageId":"bad","userId":"bad","properties":' + value + b"}")
        yield name, "/v1/events", [CLOUDEVENT], one
        yield name, "/v1/events", [BATCH], b"[" + one + b"]"
        yield name, "/v1/events", [LINES], one + b"\n"
        yield name, "/v1/events", [JSON, *BINARY], value
        yield name, "/v1/track", [JSON], message
        yield name, "/v1/batch", [JSON], b'{"batch":[' + message + b"]}"
        yield name + ", called gzip", "/v1/events", [CLOUDEVENT, GZIPPED], one


@functools.cache
def bomb(unit):
    return gzip.compress(unit * (BOMB_BYTES // len(unit)))


def bombs():
    """What is small as it comes and 100 MiB as it is read."""
    for name, unit in {"zeros": b"\0", "line feeds": b"\n", "refused lines": b"{}\n", "brackets": b"["}.items():
        body = bomb(unit)
        yield name + " as an event", "/v1/events", [CLOUDEVENT, GZIPPED], body
        yield name + " as lines", "/v1/events", [LINES, GZIPPED], body
        yield name + " as messages", "/v1/batch", [JSON, GZIPPED], body
