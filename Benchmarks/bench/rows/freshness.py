"""From acknowledged to visible: events at half the rate of ingest, views folding beside, a view asked meanwhile."""

import json
import shutil

from bench import process
from bench.context import Context
from bench.data import make_folder
from bench.figures import Result, Series
from bench.paths import SCRATCH, WAYFOLD, product


def run(context: Context) -> list[Result]:
    data = context.sizes.part
    folder = SCRATCH / "freshness"
    context.say("measuring the limit of ingest")
    limit = data.events / data.ingest(folder, core=None)["seconds"]

    def wait() -> float:
        make_folder(folder)
        command = [product("measure"), "freshness", folder, data.ndjson, WAYFOLD, "--rate", limit / 2]
        return 1_000 * json.loads(process.run(command).output)["p99"]

    (series,) = context.rounds([(Series(f"wayfold at {limit / 2:.0f} events/s", "ms, p99"), wait)])
    shutil.rmtree(folder)
    return [Result("freshness", series)]
