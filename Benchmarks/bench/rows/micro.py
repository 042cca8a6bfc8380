"""One thing at a time: decoding blocks, scanning JSON, a single durable append, a customer of a view."""

import json
import shutil
from dataclasses import replace

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import PROGRAMS, SCRATCH, product
from rivals.redis_server import Redis

def figures(*command) -> dict:
    """What a program of ours prints; on one core."""
    return json.loads(process.run(list(command), core=0).output)


def decode(context: Context) -> list[Result]:
    log = context.sizes.whole.log
    sums = {figures(product("measure"), "decode", log)["sum"], figures(PROGRAMS / "decode", log, 1)["sum"]}
    if len(sums) != 1:
        raise RuntimeError(f"the sums over the log are not the same: {sums}")
    ours, rival = context.rounds([
        (Series("wayfold", "events/s"), lambda: figures(product("measure"), "decode", log)["rate"]),
        (Series("a loop in C", "events/s"), lambda: figures(PROGRAMS / "decode", log, 3)["rate"]),
    ])
    return [Result("micro/decode", ours, rival)]


def scan(context: Context) -> list[Result]:
    file = context.sizes.part.ndjson
    decoder = Series("JSONDecoder, the envelope only", "events/s")

    def ours() -> float:
        measured = figures(product("measure"), "json", file)
        decoder.values.append(measured["decoder"])
        return measured["rate"]

    scanner, simdjson = context.rounds([
        (Series("wayfold", "events/s"), ours),
        (Series("simdjson, DOM", "events/s"), lambda: figures(PROGRAMS / "simdjson", file, 3)["rate"]),
    ])
    return [Result("micro/json-decoder", scanner, decoder), Result("micro/json-simdjson", scanner, simdjson)]


def append(context: Context) -> list[Result]:
    """Both in one program, an append of each in turn."""
    folder = SCRATCH / "append"
    shutil.rmtree(folder, ignore_errors=True)
    context.sizes.singles.ingest(folder)
    bare = Series("4 KiB pwrite and fdatasync", "ms, p50")
    seeds = iter(range(100, 200))

    def ours() -> float:
        fresh = replace(context.sizes.singles, seed=next(seeds))
        measured = figures(product("measure"), "append", folder, fresh.ndjson)
        shutil.rmtree(fresh.folder)
        bare.values.append(1_000 * measured["bare"])
        return 1_000 * measured["ours"]

    (single,) = context.rounds([(Series("wayfold, one event", "ms, p50"), ours)])
    shutil.rmtree(folder)
    return [Result("micro/append", single, bare)]


def lookup(context: Context) -> list[Result]:
    data = context.sizes.whole
    if not (data.log / "views/lifecycle/current").exists():
        process.run([product("measure"), "rebuild", data.log, "lifecycle"])
    with Redis(SCRATCH / "redis") as redis:
        values = min(data.customers, 100_000)
        ours, rival = context.rounds([
            (Series("wayfold, a customer of a view, in process", "1/s"),
             lambda: figures(product("measure"), "lookup", data.log, data.customers)["rate"]),
            (Series("Redis GET of 100 bytes, 16 clients", "1/s"),
             lambda: redis.lookups_per_second(values, 100, 16, 300_000)),
        ])
    return [Result("micro/lookup", ours, rival)]
