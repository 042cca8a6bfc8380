"""The service as its clients see it: keys are checked and views fold beside, on the cores that the clients run on, too."""

import json
import shutil
import subprocess

from bench import process
from bench.context import Context
from bench.data import Data
from bench.figures import Result, Series
from bench.paths import PROGRAMS, SCRATCH, WAYFOLD
from bench.rows.ingest import RATE, checked
from rivals.postgres import Postgres

FOLDER = SCRATCH / "http"
# Of the busiest, all of whom are there.
CUSTOMER = "/v1/customers/member:%08ld/lifecycle"


class Service:
    """A service over a new folder, or over one that is there."""

    def __init__(self, folder=FOLDER, is_new: bool = True) -> None:
        self.folder = folder
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        key = process.run([WAYFOLD, "key", "create", "--data", folder, "--scope", "ingest,query"])
        self.token = json.loads(key.output)["token"]

    def __enter__(self) -> "Service":
        self.process = process.begin(
            [WAYFOLD, "serve", "--data", self.folder, "--listen", "127.0.0.1:0", "--set", "logLevel=warning"],
            stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "listening on" in line:
                self.port = line.rsplit(":", 1)[1].strip()
                return self
        raise RuntimeError("the service did not start")

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.communicate()

    def load(self, connections: int, *what) -> dict:
        return json.loads(process.run([PROGRAMS / "http_load", self.port, self.token, connections, *what]).output)

    def position(self) -> int:
        status = process.run([WAYFOLD, "status", "--data", self.folder, "--format", "json"]).output
        return json.loads(status)["log"]["events"]


def run(context: Context) -> list[Result]:
    data, singles = context.sizes.part, context.sizes.singles
    context.say("preparing")
    columns = data.columns
    unique, unique_singles = (len({row[0] for row in some}) for some in (data.rows(), singles.rows()))
    slowest = Series("500 events a body, 4 connections", "ms, p99")

    def post(data: Data, unique: int, connections: int, events: int) -> float:
        with Service() as service:
            before = service.position()
            figures = service.load(connections, "post", data.ndjson, events)
            rate = checked(data, unique, figures["seconds"], service.position() - before)
        if events > 1:
            slowest.values.append(1_000 * figures["p99"])
        return rate

    with Postgres(SCRATCH / "postgres") as postgres:
        program = PROGRAMS / "pg_ingest"
        batches, many, singly, single, singly64, single64 = context.rounds([
            (Series("wayfold over HTTP, 500 events a body, 4 connections", RATE), lambda: post(data, unique, 4, 500)),
            (Series("PostgreSQL, 500-row inserts, 4 clients", RATE),
             lambda: checked(data, unique, *postgres.ingest(program, columns, 4, 500))),
            (Series("wayfold over HTTP, single events, 16 connections", RATE),
             lambda: post(singles, unique_singles, 16, 1)),
            (Series("PostgreSQL, single rows, 16 clients", RATE),
             lambda: checked(singles, unique_singles, *postgres.ingest(program, singles.columns, 16, 1))),
            (Series("wayfold over HTTP, single events, 64 connections", RATE),
             lambda: post(singles, unique_singles, 64, 1)),
            (Series("PostgreSQL, single rows, 32 clients", RATE),
             lambda: checked(singles, unique_singles, *postgres.ingest(program, singles.columns, 32, 1))),
        ])
    results = [
        Result("http/batches", batches, many), Result("http/p99", slowest), Result("http/single-16", singly, single),
        Result("http/single-64", singly64, single64), questions(context),
    ]
    shutil.rmtree(FOLDER, ignore_errors=True)
    return results


def questions(context: Context) -> Result:
    """A customer of a view against the shortest answer that there is."""
    data = context.sizes.whole
    with Service(data.log, is_new=False) as service:
        def rate(path: str) -> float:
            figures = service.load(16, "get", 50_000, path, data.customers // 50)
            return figures["requests"] / figures["seconds"]

        ours, constant = context.rounds([
            (Series("a customer of a view, 16 connections", "1/s"), lambda: rate(CUSTOMER)),
            (Series("a constant answer", "1/s"), lambda: rate("/health")),
        ])
    return Result("http/customer", ours, constant)
