"""Runs the benchmarks against the rivals; started by tools/bench, which installs and builds first."""

import argparse
import fcntl
import signal
import sys
import time
import traceback

from bench import page, plots, report
from bench.context import FULL, QUICK, Context, duration
from bench.paths import SCRATCH, clear_scratch, missing_room
from bench.rows import freshness, http, imports, ingest, job, known, memory, micro, opening, scaling, views

# Each row with about the minutes that it takes of an hour.
ROWS = {
    "ingest": (ingest.run, 7), "known": (known.run, 9), "job": (job.run, 9), "views": (views.run, 2),
    "import": (imports.run, 3), "freshness": (freshness.run, 3), "memory": (memory.run, 3),
    "http": (http.run, 5), "opening": (opening.run, 0.5), "decode": (micro.decode, 0.1), "json": (micro.scan, 1),
    "append": (micro.append, 0.5), "lookup": (micro.lookup, 1), "scaling": (scaling.run, 20),
}
EXAMPLES = f"""rows: {', '.join(ROWS)}

examples:
  tools/bench                            all rows; writes RESULTS.md, results.json and plots below Benchmarks
  tools/bench --full                     the same at ten million events and more
  tools/bench --only job --only views    two rows
  tools/bench > table.txt                the table alone; how far it is goes to standard error
"""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tools/bench", description="Benchmarks against rivals: both sides in turn, on the same events.",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="half a million events, three rounds: minutes (the default)")
    size.add_argument("--full", action="store_true", help="ten million events and more, five rounds: about an hour")
    parser.add_argument("--only", metavar="ROW", action="append", choices=ROWS,
                        help="only this row, and write no results; may be given again")
    return parser.parse_args()


def clear() -> None:
    data = {*QUICK.kept, *FULL.kept, opening.UNINDEXED}
    clear_scratch(kept=[each.folder for each in data])


def measure(context: Context, names: list[str]) -> report.Findings:
    """Runs the rows, one after the other; one that fails does not keep the others from being measured."""
    found = report.Findings(context.sizes)
    for name in names:
        context.row = name
        row, share = ROWS[name]
        start = time.monotonic()
        try:
            if name == "scaling":
                found.points = row(context)
            else:
                found.results += row(context)
        except Exception:
            traceback.print_exc()
            found.failed.append(name)
        found.seconds[name] = time.monotonic() - start
        context.done += share
        context.say(f"took {duration(found.seconds[name])}")
    return found


def main() -> int:
    wanted = arguments()
    # So that the servers end with us.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    # Held until the end: two runs would measure, and delete, each other.
    lock = open(SCRATCH / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another run is under way.", file=sys.stderr)
        return 1
    clear()
    sizes = FULL if wanted.full else QUICK
    if missing := missing_room(sizes.gigabytes):
        print(f"A {sizes.name} run needs {sizes.gigabytes} GB of disk: {missing} GB are missing.", file=sys.stderr)
        return 1
    names = wanted.only or list(ROWS)
    context = Context(sizes, shares={name: ROWS[name][1] for name in names})
    try:
        found = measure(context, names)
    except KeyboardInterrupt:
        print("Interrupted; no results were written.", file=sys.stderr)
        return 130
    finally:
        clear()
    report.show(found)
    if not wanted.only:
        page.write(found, plots.draw(found.points))
    if found.failed:
        print(f"These rows failed: {', '.join(found.failed)}", file=sys.stderr)
    return 1 if found.failed else 0


if __name__ == "__main__":
    sys.exit(main())
