"""How cost grows: the rivals' job and ingest by events, by customers, on one core and on all."""

import json
import shutil
import sys
from dataclasses import dataclass
from statistics import median
from typing import Callable

from bench import process
from bench.context import Context
from bench.data import Data
from bench.paths import RIVALS, SCRATCH
from bench.rows import job

# Beyond this the files that DuckDB would read take more of the disk than it tells.
RIVAL_EVENTS_MAX = 10_000_000
ROUNDS = 3


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
    all_events = sum(data.events for data in context.sizes.scaling)
    done = 0
    for data in context.sizes.scaling:
        def say(words: str, share: float) -> None:
            size = f"{data.events:,} events of {data.customers:,} customers"
            context.say(f"{size}, {words}", (done + share * data.events) / all_events)

        points.append(point(data, say, is_kept=data in context.sizes.kept))
        done += data.events
    return points


def point(data: Data, say: Callable[[str, float], None], is_kept: bool) -> Point:
    """Of the job, the medians of several rounds in turn."""
    say("ingest", 0)
    seconds = measured_ingest(data, is_kept)
    one, both, rival = [], [], []
    for number in range(ROUNDS):
        say(f"round {number + 1} of {ROUNDS} of the job", 0.6 + 0.4 * number / ROUNDS)
        one.append(job.ours(data, core=0)[0])
        both.append(job.ours(data, core=None)[0])
        if data.events <= RIVAL_EVENTS_MAX:
            folder = data.rivals if is_kept else data.integers
            output = process.run([sys.executable, RIVALS / "duckdb_rebuild.py", "integers", folder]).output
            rival.append(json.loads(output)["seconds"])
    if not is_kept:
        shutil.rmtree(data.folder)
    cost = [1e6 * value / data.events for value in (seconds, median(one), median(both))]
    return Point(data.events, data.customers, *cost, 1e6 * median(rival) / data.events if rival else None)


def measured_ingest(data: Data, is_kept: bool) -> float:
    """Seconds, on one core, into a log that the job is then measured on where there is none yet."""
    if not is_kept:
        shutil.rmtree(data.folder, ignore_errors=True)
        data.log
        return data.log_figures["seconds"]
    folder = SCRATCH / "scaling"
    seconds = data.ingest(folder)["seconds"]
    shutil.rmtree(folder)
    return seconds
