"""The rivals' job: RFM with three NTILE, directly-follows counts, points, last stage; ours as ordinary views."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from bench import process
from bench.context import Context
from bench.data import Data
from bench.figures import Result, Series
from bench.paths import RIVALS, SCRATCH, product
from rivals.postgres import Postgres

RATE = "events/s"
VIEWS = ("jobrfm", "jobedges", "jobpoints", "jobstages")
PARTS = ("rfm", "edges", "points", "stages")
RIVAL_NAMES = {
    "duckdb-integers": "DuckDB, table of integers, 2 threads",
    "duckdb-parquet": "DuckDB, Parquet with strings",
    "duckdb-ndjson": "DuckDB, NDJSON",
    "polars": "polars, Parquet with strings",
    "postgres": "PostgreSQL, integers",
}


def ours(data: Data, core: int | None = 0) -> tuple[float, dict]:
    """Seconds of the four views and the scores, on one core or on all, states durable; and by view."""
    for view in VIEWS:
        shutil.rmtree(data.log / "views" / view, ignore_errors=True)
    figures = json.loads(process.run([product("measure"), "job", data.log], core=core).output)
    parts = {name: figures[name] for name in (*VIEWS, "scores")}
    return figures["all"] + figures["scores"], parts


def rival_command(name: str, data: Data) -> list:
    if name == "polars":
        return [sys.executable, RIVALS / "polars_rebuild.py", data.rivals]
    return [sys.executable, RIVALS / "duckdb_rebuild.py", name.removeprefix("duckdb-"), data.rivals]


def check_answers(data: Data, postgres: Postgres) -> None:
    """Raises where the answers of two are not the same."""
    folder = SCRATCH / "answers"
    shutil.rmtree(folder, ignore_errors=True)
    for name in (*RIVAL_NAMES, "ours"):
        (folder / name).mkdir(parents=True)
        if name == "postgres":
            postgres.rebuild(folder / name)
        elif name == "ours":
            ours(data)
            process.run([product("measure"), "answers", data.log, folder / name])
        else:
            process.run([*rival_command(name, data), "--answers", folder / name])
    for part in PARTS:
        texts = {name: spelling(folder / name / f"{part}.csv", part) for name in (*RIVAL_NAMES, "ours")}
        if len(set(texts.values())) != 1:
            raise RuntimeError(f"the answers to {part} are not the same: {texts}")


def spelling(path: Path, part: str) -> str:
    """A digest of the rows. Of RFM without the scores, which are checked below: ties may go either way."""
    rows = [line.split(",") for line in path.read_text().splitlines()]
    if part == "rfm":
        check_scores(path, [[int(value) for value in row] for row in rows])
        rows = [row[:4] for row in rows]
    return hashlib.sha256("\n".join(",".join(row) for row in rows).encode()).hexdigest()


def check_scores(path: Path, rows: list[list[int]]) -> None:
    """Raises where a score is not NTILE(5) of its value, whoever of equal ones comes first."""
    size, longer = divmod(len(rows), 5)
    expected = [score for score in range(1, 6) for _ in range(size + (score <= longer))]
    for value, score in ((1, 4), (2, 5), (3, 6)):
        if [row[score] for row in sorted(rows, key=lambda row: (row[value], row[score]))] != expected:
            raise RuntimeError(f"{path}: column {score} is not NTILE(5) of column {value}")


def run(context: Context) -> list[Result]:
    data = context.sizes.whole
    with Postgres(SCRATCH / "postgres") as postgres:
        context.say("preparing")
        data.log, data.rivals
        postgres.load(data.rivals)
        context.say("comparing answers", 0.05)
        check_answers(data, postgres)

        def rival(name: str) -> float:
            if name == "postgres":
                return data.events / postgres.rebuild()
            return data.events / json.loads(process.run(rival_command(name, data)).output)["seconds"]

        parts: dict[str, Series] = {}

        def our_rate() -> float:
            seconds, by_view = ours(data)
            for name, value in by_view.items():
                parts.setdefault(name, Series(f"wayfold, {name}", "s")).values.append(value)
            return data.events / seconds

        first, *rivals = context.rounds(
            [(Series("wayfold, one core, durable", RATE), our_rate)]
            + [(Series(words, RATE), lambda name=name: rival(name)) for name, words in RIVAL_NAMES.items()])
    results = [Result("job/rate", first)]
    results += [Result(f"job/{name}", first, series) for name, series in zip(RIVAL_NAMES, rivals)]
    return results + [Result(f"job/seconds-{name}", series) for name, series in parts.items()]
