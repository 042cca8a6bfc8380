"""Ingest: bytes in, acknowledged when they are synced, what was sent before found out."""

import shutil

from bench.context import Context
from bench.figures import Result, Series
from bench.paths import PROGRAMS, SCRATCH
from rivals import sqlite_ingest
from rivals.postgres import Postgres
from rivals.redis_server import Redis

RATE = "events/s"


def run(context: Context) -> list[Result]:
    data, singles = context.sizes.part, context.sizes.singles
    folder = SCRATCH / "ingest"
    columns, rows, lines = data.columns, data.rows(), data.lines()
    with Postgres(SCRATCH / "postgres") as postgres, Redis(SCRATCH / "redis") as redis:
        ours, *rivals, singly, single = context.rounds([
            (Series("wayfold, batches of 500, one core", RATE),
             lambda: data.events / data.ingest(folder)["seconds"]),
            (Series("SQLite WAL FULL, batches of 500", RATE),
             lambda: data.events / sqlite_ingest.ingest(SCRATCH / "ingest.sqlite", rows)),
            (Series("PostgreSQL, 500-row inserts, 4 clients", RATE),
             lambda: data.events / postgres.ingest(PROGRAMS / "pg_ingest", columns, 4, 500)),
            (Series("Redis Streams, fsync always, 500 pipelined", RATE),
             lambda: data.events / redis.ingest(lines)),
            (Series("wayfold, single events, 16 waiting", RATE),
             lambda: singles.events / singles.ingest(folder, core=None, batch=1, waiting=16)["seconds"]),
            (Series("PostgreSQL, single rows, 16 clients", RATE),
             lambda: singles.events / postgres.ingest(PROGRAMS / "pg_ingest", singles.columns, 16, 1)),
        ])
    shutil.rmtree(folder, ignore_errors=True)
    names = ("sqlite", "postgres", "redis")
    return [Result("ingest/rate", ours), *(Result(f"ingest/{name}", ours, rival) for name, rival in zip(names, rivals)),
            Result("ingest/postgres-single", singly, single)]
