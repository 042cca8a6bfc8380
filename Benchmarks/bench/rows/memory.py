"""Memory of an import with views and a rebuild of them all, and what the log takes on the disk."""

import shutil

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import SCRATCH, WAYFOLD


def run(context: Context) -> list[Result]:
    """One round: it is long, and memory does not vary with the machine's load."""
    data = context.sizes.whole
    folder = SCRATCH / "memory"
    shutil.rmtree(folder, ignore_errors=True)
    disk = Series("wayfold", "")
    peaks = []
    for number, command in enumerate((["import", data.ndjson, "--clock", "occurred"], ["rebuild"])):
        context.say(f"wayfold {command[0]}", number / 2)
        run = process.run([WAYFOLD, *command, "--data", folder], watch=True)
        peaks.append(run.peak_bytes / 2**20)
    disk.values.append(disk_bytes(folder / "log") / data.ndjson.stat().st_size)
    shutil.rmtree(folder)
    return [Result("memory/import", Series("wayfold import", "MiB", [peaks[0]])),
            Result("memory/rebuild", Series("wayfold rebuild", "MiB", [peaks[1]])), Result("disk/log", disk)]


def disk_bytes(folder) -> int:
    """What the files of a folder take on the disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
