"""The four views that ship, made anew with everything on: late events, wake-ups, digests, comparison."""

import json

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import product

VIEWS = ("journey", "lifecycle", "rfm", "loyalty")


def run(context: Context) -> list[Result]:
    data = context.sizes.whole
    context.say("preparing")
    data.log
    parts = {view: Series(f"wayfold, {view}", "s") for view in VIEWS}

    def rate() -> float:
        figures = json.loads(process.run([product("measure"), "rebuild", data.log], core=0).output)
        for view in VIEWS:
            parts[view].values.append(figures[view])
        return figures["events"] / figures["all"]

    (series,) = context.rounds([(Series("wayfold, one core, durable", "events/s"), rate)])
    return [Result("views/rate", series), *(Result(f"views/seconds-{view}", parts[view]) for view in VIEWS)]
