"""Ingest into logs that know more and more ids already: does it keep its rate?"""

import json
import shutil
import subprocess
from dataclasses import replace

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import SCRATCH, product


def run(context: Context) -> list[Result]:
    few, many = context.sizes.known
    logs = {}
    for name, data in (("few", few), ("many", many)):
        context.say(f"preparing {data.events:,} known ids")
        logs[name] = SCRATCH / f"known-{name}"
        shutil.rmtree(logs[name], ignore_errors=True)
        subprocess.run(["cp", "-r", "--reflink=auto", data.log, logs[name]], check=True)
    seeds = iter(range(200, 300))

    def rate(name: str) -> float:
        """Each time with new events."""
        fresh = replace(context.sizes.part, seed=next(seeds))
        command = [product("measure"), "ingest", logs[name], fresh.ndjson]
        seconds = json.loads(process.run(command, core=0).output)["seconds"]
        shutil.rmtree(fresh.folder)
        return fresh.events / seconds

    rival, ours = context.rounds([
        (Series(f"wayfold, {few.events:,} known ids", "events/s"), lambda: rate("few")),
        (Series(f"wayfold, {many.events:,} known ids", "events/s"), lambda: rate("many")),
    ])
    for log in logs.values():
        shutil.rmtree(log)
    return [Result("ingest/known", ours, rival)]
