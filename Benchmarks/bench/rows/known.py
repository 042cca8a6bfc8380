"""Ingest into logs that know more and more ids already: does it keep its rate, and what do ids take in memory?"""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from itertools import count
from pathlib import Path

from bench import process
from bench.context import Context
from bench.data import Data, make_folder
from bench.figures import Result, Series
from bench.paths import SCRATCH, product

FOLDER = SCRATCH / "known"
SEEDS = count(200)


def run(context: Context) -> list[Result]:
    few, many = context.sizes.known
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name, data in (("few", few), ("many", many)):
        context.say(f"preparing {data.events:,} known ids")
        copy(data.log, FOLDER / name)
    context.say(f"preparing {context.sizes.most_ids:,} known ids", 0.1)
    most = filled(FOLDER / "most", context.sizes.most_ids, customers=1_000)
    memory = memory_results(context, most)

    def few_rate() -> float:
        # Or it would soon know many, too.
        copy(few.log, FOLDER / "few")
        return ingest(FOLDER / "few", context.sizes.part)["rate"]

    names = [f"wayfold, {ids:,} known ids" for ids in (few.events, many.events, context.sizes.most_ids)]
    rates = context.rounds([
        (Series(names[0], "events/s"), few_rate),
        (Series(names[1], "events/s"), lambda: ingest(FOLDER / "many", context.sizes.part)["rate"]),
        (Series(names[2], "events/s"), lambda: ingest(most, context.sizes.part)["rate"]),
    ])
    shutil.rmtree(FOLDER)
    return [
        Result("ingest/known", rates[1], rates[0], f"{many.events:,} / {few.events:,}"),
        Result("ingest/known-most", rates[2], rates[0], f"{context.sizes.most_ids:,} / {few.events:,}"), *memory]


def memory_results(context: Context, most: Path) -> list[Result]:
    """What ids and aliases add to the memory of a process that appends a few events to a log without any."""
    context.say("measuring memory", 0.3)
    make_folder(FOLDER / "none")
    aliases = filled(FOLDER / "aliases", context.sizes.most_aliases, customers=context.sizes.most_aliases)
    none, ids, of_aliases = (
        ingest(folder, Data(1_000, 1_000))["memory"] for folder in (FOLDER / "none", most, aliases))
    shutil.rmtree(aliases)
    return [
        Result("memory/ids", Series("wayfold", "bits", [8 * (ids - none) / context.sizes.most_ids])),
        Result("memory/aliases", Series("wayfold", "bytes", [(of_aliases - none) / context.sizes.most_aliases]))]


def copy(log: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["cp", "-r", "--reflink=auto", log, folder], check=True)
    os.sync()


def filled(folder: Path, events: int, customers: int) -> Path:
    make_folder(folder)
    process.run([product("measure"), "fill", folder, "--events", events, "--customers", customers])
    return folder


def ingest(folder: Path, size: Data) -> dict:
    """Appends events that no log knows yet; figures, with the events a second."""
    fresh = replace(size, seed=next(SEEDS))
    run = process.run([product("measure"), "ingest", folder, fresh.ndjson], core=0)
    shutil.rmtree(fresh.folder)
    figures = json.loads(run.output)
    return figures | {"rate": fresh.events / figures["seconds"]}
