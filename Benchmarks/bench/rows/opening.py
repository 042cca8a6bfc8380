"""How long a data folder takes to open: `wayfold status` as a whole process, after a clean end and after a kill."""

import shutil
import signal
import subprocess

from bench import process
from bench.context import Context
from bench.data import Data
from bench.figures import Result, Series
from bench.paths import SCRATCH, WAYFOLD, product

# About as many as the writer holds in memory before it writes their indexes.
UNINDEXED = Data(240_000, 50_000, seed=7)


def run(context: Context) -> list[Result]:
    data = context.sizes.whole
    context.say("preparing")
    killed = SCRATCH / "killed"
    shutil.rmtree(killed, ignore_errors=True)
    kill_in_ingest(context, killed)

    def opening(folder) -> float:
        return process.run([WAYFOLD, "status", "--data", folder]).seconds

    clean, after_kill = context.rounds([
        (Series("wayfold status after a clean end", "s"), lambda: opening(data.log)),
        (Series("wayfold status after a kill", "s"), lambda: opening(killed)),
    ])
    shutil.rmtree(killed, ignore_errors=True)
    return [Result("opening/clean", clean), Result("opening/killed", after_kill)]


def kill_in_ingest(context: Context, folder) -> None:
    """A copy of the log with more events, of which no index was written when its writer was killed."""
    log = context.sizes.whole.log
    subprocess.run(["cp", "-r", "--reflink=auto", log, folder], check=True)
    killed = subprocess.run(
        [product("measure"), "ingest", folder, UNINDEXED.ndjson, "--killed"], stdout=subprocess.DEVNULL)
    if killed.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the writer was not killed, but ended with {killed.returncode}")
