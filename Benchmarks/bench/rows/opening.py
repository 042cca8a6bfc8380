"""How long a data folder takes to open: `wayfold status` as a whole process, after a clean end and after a kill."""

import shutil
import subprocess
import time

from bench import process
from bench.context import Context
from bench.figures import Result, Series
from bench.paths import SCRATCH, WAYFOLD, product


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
    """A copy of the log into which more was ingested when its writer was killed, as late as one may be."""
    subprocess.run(["cp", "-r", "--reflink=auto", context.sizes.whole.log, folder], check=True)
    more = context.sizes.part
    writer = subprocess.Popen([product("measure"), "ingest", folder, more.ndjson], stdout=subprocess.DEVNULL)
    time.sleep(3)
    writer.kill()
    writer.wait()
