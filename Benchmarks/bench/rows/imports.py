"""The command that people type, with views folding beside it and without."""

import shutil

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import SCRATCH, WAYFOLD, product


def run(context: Context) -> list[Result]:
    data = context.sizes.part
    folder = SCRATCH / "import"

    def rate(program) -> float:
        shutil.rmtree(folder, ignore_errors=True)
        command = [program, "import", data.ndjson, "--data", folder, "--clock", "occurred"]
        return data.events / process.run(command).seconds

    bare, whole = context.rounds([
        (Series("wayfold import without views", "events/s"), lambda: rate(product("bare"))),
        (Series("wayfold import with views", "events/s"), lambda: rate(WAYFOLD)),
    ])
    shutil.rmtree(folder, ignore_errors=True)
    return [Result("import/views", whole, bare)]
