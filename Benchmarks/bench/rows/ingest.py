"""Ingest: bytes in, acknowledged when they are synced, what was sent before found out."""

import shutil

from bench.context import Context
from bench.data import Data
from bench.figures import Result, Series
from bench.paths import PROGRAMS, SCRATCH
from rivals import sqlite_ingest
from rivals.postgres import Postgres
from rivals.redis_server import Redis

RATE = "events/s"
FOLDER = SCRATCH / "ingest"


def run(context: Context) -> list[Result]:
    data, singles = context.sizes.part, context.sizes.singles
    context.say("preparing")
    columns, rows, lines = data.columns, data.rows(), data.lines()
    unique, unique_singles = (len({row[0] for row in some}) for some in (rows, singles.rows()))

    def sqlite() -> float:
        return checked(data, unique, *sqlite_ingest.ingest(SCRATCH / "ingest.sqlite", rows))

    with Postgres(SCRATCH / "postgres") as postgres, Redis(SCRATCH / "redis") as redis:
        program = PROGRAMS / "pg_ingest"
        ours, *rivals, singly, single = context.rounds([
            (Series("wayfold, batches of 500, one core", RATE), lambda: our_rate(data, unique)),
            (Series("SQLite WAL FULL, batches of 500", RATE), sqlite),
            (Series("PostgreSQL, 500-row inserts, 4 clients", RATE),
             lambda: checked(data, unique, *postgres.ingest(program, columns, 4, 500))),
            (Series("Redis Streams, fsync always, 500 pipelined", RATE),
             lambda: data.events / redis.ingest(lines)),
            (Series("wayfold, single events, 16 waiting", RATE),
             lambda: our_rate(singles, unique_singles, core=None, batch=1, waiting=16)),
            (Series("PostgreSQL, single rows, 16 clients", RATE),
             lambda: checked(singles, unique_singles, *postgres.ingest(program, singles.columns, 16, 1))),
        ])
    shutil.rmtree(FOLDER, ignore_errors=True)
    names = ("sqlite", "postgres", "redis")
    return [Result("ingest/rate", ours), *(Result(f"ingest/{name}", ours, rival) for name, rival in zip(names, rivals)),
            Result("ingest/postgres-single", singly, single)]


def our_rate(data: Data, unique: int, **how) -> float:
    figures = data.ingest(FOLDER, **how)
    return checked(data, unique, figures["seconds"], figures["stored"])


def checked(data: Data, unique: int, seconds: float, stored: int) -> float:
    """Events a second, of those that came in; raises where one that came twice was stored twice, or one was not."""
    if stored != unique:
        raise RuntimeError(f"{stored} events are stored of {unique} different ones")
    return data.events / seconds
