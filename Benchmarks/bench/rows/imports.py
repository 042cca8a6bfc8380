"""The command that people type: with views folding beside it and without, and what it leaves behind."""

import shutil

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import SCRATCH, WAYFOLD, product


def run(context: Context) -> list[Result]:
    data = context.sizes.part
    folder = SCRATCH / "import"
    memory = Series("wayfold import and rebuild", "MiB")
    disk = Series("log on disk over NDJSON", "")

    def rate(program) -> float:
        shutil.rmtree(folder, ignore_errors=True)
        command = [program, "import", data.ndjson, "--data", folder, "--clock", "occurred"]
        return data.events / process.run(command).seconds

    def watched() -> float:
        shutil.rmtree(folder, ignore_errors=True)
        commands = (["import", data.ndjson, "--clock", "occurred"], ["rebuild"])
        runs = [process.run([WAYFOLD, *command, "--data", folder], watch=True) for command in commands]
        disk.values.append(disk_bytes(folder / "log") / data.ndjson.stat().st_size)
        return max(run.peak_bytes for run in runs) / 2**20

    bare, whole, _ = context.rounds([
        (Series("wayfold import without views", "events/s"), lambda: rate(product("bare"))),
        (Series("wayfold import with views", "events/s"), lambda: rate(WAYFOLD)),
        (memory, watched),
    ])
    shutil.rmtree(folder, ignore_errors=True)
    return [Result("import/views", whole, bare), Result("memory/peak", memory), Result("disk/log", disk)]


def disk_bytes(folder) -> int:
    """What the files of a folder take on the disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
