"""How cost grows: the rivals' job and ingest by events, by customers, on one core and on all."""

import json
import shutil
import sys
from dataclasses import dataclass

from bench import process
from bench.context import Context, Sizes
from bench.data import Data
from bench.paths import RIVALS, SCRATCH
from bench.rows import job

# Beyond this the files that DuckDB would read take more of the disk than it tells.
RIVAL_EVENTS_MAX = 10_000_000


@dataclass
class Point:
    events: int
    customers: int
    """Microseconds an event: of ingest on one core, of the job on one core and on all, of DuckDB's on two threads."""
    ingest: float
    job_one_core: float
    job_all_cores: float
    duckdb: float | None

    @property
    def costs(self) -> tuple[float | None, ...]:
        return self.ingest, self.job_one_core, self.job_all_cores, self.duckdb


def run(context: Context) -> list[Point]:
    points = []
    for number, data in enumerate(context.sizes.scaling):
        context.say(f"{data.events:,} events of {data.customers:,} customers", number / len(context.sizes.scaling))
        points.append(point(data))
        if data not in kept(context.sizes):
            shutil.rmtree(data.folder)
    return points


def kept(sizes: Sizes) -> list[Data]:
    """The data that other rows use, too."""
    return [sizes.whole, sizes.part, sizes.singles, *sizes.known]


def point(data: Data) -> Point:
    ingest = SCRATCH / "scaling"
    seconds = data.ingest(ingest, core=0)["seconds"]
    shutil.rmtree(ingest)
    one, _ = job.ours(data, core=0)
    both, _ = job.ours(data, core=None)
    rival = None
    if data.events <= RIVAL_EVENTS_MAX:
        command = [sys.executable, RIVALS / "duckdb_rebuild.py", "integers", data.rivals]
        rival = json.loads(process.run(command).output)["seconds"]
    cost = [1e6 * value / data.events if value else None for value in (seconds, one, both, rival)]
    return Point(data.events, data.customers, *cost)
