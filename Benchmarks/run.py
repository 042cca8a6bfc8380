"""Runs the benchmarks against the rivals; started by tools/bench, which installs and builds first."""

import argparse
import sys

from bench import report
from bench.context import FULL, QUICK, Context
from bench.rows import imports, ingest, job, known, micro, opening, views

# Each row with its share of the time.
ROWS = {
    "ingest": (ingest.run, 3), "known": (known.run, 3), "job": (job.run, 4), "views": (views.run, 3),
    "import": (imports.run, 3), "opening": (opening.run, 1), "decode": (micro.decode, 0.3), "json": (micro.scan, 0.5),
    "append": (micro.append, 1), "lookup": (micro.lookup, 1),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="tools/bench", description="Benchmarks against rivals: both sides in turn, on the same events.")
    parser.add_argument("--full", action="store_true", help="ten million events, five rounds: about an hour")
    parser.add_argument("--quick", action="store_true", help="fewer events, three rounds: minutes (the default)")
    parser.add_argument("--only", metavar="ROW", action="append", choices=ROWS,
                        help=f"only these rows, and write no results: {', '.join(ROWS)}")
    arguments = parser.parse_args()
    names = arguments.only or list(ROWS)
    context = Context(FULL if arguments.full else QUICK, shares={name: ROWS[name][1] for name in names})
    results = []
    for name in names:
        context.row = name
        measure, _ = ROWS[name]
        results += measure(context)
        context.done += context.shares[name]
    print(report.table(results))
    if not arguments.only:
        report.write(results, context.sizes, [])
    return 0


if __name__ == "__main__":
    sys.exit(main())
