"""`curl`: lines as they are, in chunks, gzipped; and one event at a time."""
import gzip
import json
import subprocess

import logbook
from fault import Fault, expect_equal

TYPE = "Content-Type: application/x-ndjson"


def curl(server, *arguments, body=None):
    result = subprocess.run(
        ["curl", "-sS", "--fail-with-body", "--max-time", "60", "-u", server.ingest_key + ":", *arguments,
         server.url + "/v1/events"],
        input=body, capture_output=True)
    if result.returncode != 0:
        words = f"{result.stderr} {result.stdout[:2000]}"
        raise Fault(f"curl {' '.join(arguments)} ended with {result.returncode}: {words}")
    return result.stdout


def lines(name, count):
    return b"".join(json.dumps({
        "specversion": "1.0", "id": f"{name}-{number:05}", "source": "till", "type": "order.paid",
        "subject": f"customer:{name}", "time": "2024-06-01T10:00:00Z", "orderid": f"{name}-{number}",
        "data": {"total": {"amount": "0.01", "currency": "EUR"}},
    }).encode() + b"\n" for number in range(count))


def check(server):
    ways = {
        "plain": ["-H", TYPE, "--data-binary", "@-"],
        "chunked": ["-H", TYPE, "-H", "Transfer-Encoding: chunked", "--data-binary", "@-"],
        # -T - sends while it reads, and asks with Expect: 100-continue first.
        "upload": ["-X", "POST", "-H", TYPE, "-H", "Expect: 100-continue", "-T", "-"],
        "gzipped": ["-H", TYPE, "-H", "Content-Encoding: gzip", "--data-binary", "@-"],
        "chunked-gzipped": ["-X", "POST", "-H", TYPE, "-H", "Content-Encoding: gzip", "-T", "-"],
    }
    count = 300
    for name, words in ways.items():
        body = lines(name, count)
        if name.endswith("gzipped"):
            body = gzip.compress(body)
        for kept in "stored", "duplicate":
            summary = json.loads(curl(server, *words, body=body))
            expect_equal(summary[kept], count, f"{name}: {summary}")
        told = curl(server, "-H", "Accept: application/x-ndjson", *words, body=body)
        verdicts = [json.loads(line) for line in told.splitlines()]
        expect_equal([verdict.get("line") for verdict in verdicts], [*range(1, count + 1), None], f"{name}: lines")
        expect_equal({verdict["verdict"] for verdict in verdicts[:-1]}, {"duplicate"}, f"{name}: verdicts")
        expect_equal(logbook.money(server, f"customer:{name}"), {"EUR": ("3.00", count)}, f"{name}: money")
    found = logbook.by_id(server, "till")
    expect_equal(list(found), [f"{name}-{number:05}" for name in ways for number in range(count)], "ids in their order")
    return f"{len(found)} events, each sent three times"
