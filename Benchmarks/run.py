"""Runs the benchmarks against the rivals; started by tools/bench, which installs and builds first."""

import argparse
import sys
import traceback

from bench import plots, report
from bench.context import FULL, QUICK, Context
from bench.figures import Result
from bench.rows import freshness, imports, ingest, job, known, memory, micro, opening, scaling, views

# Each row with its share of the time.
ROWS = {
    "ingest": (ingest.run, 3), "known": (known.run, 2), "job": (job.run, 4), "views": (views.run, 3),
    "import": (imports.run, 3),
    "freshness": (freshness.run, 2), "memory": (memory.run, 3), "opening": (opening.run, 0.5),
    "decode": (micro.decode, 0.2), "json": (micro.scan, 0.3), "append": (micro.append, 0.5),
    "lookup": (micro.lookup, 0.5), "scaling": (scaling.run, 8),
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tools/bench", description="Benchmarks against rivals: both sides in turn, on the same events.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="half a million events, three rounds: minutes (the default)")
    size.add_argument("--full", action="store_true", help="ten million events and more, five rounds: about an hour")
    parser.add_argument("--only", metavar="ROW", action="append", choices=ROWS,
                        help=f"only these rows, and write no results: {', '.join(ROWS)}")
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    names = wanted.only or list(ROWS)
    context = Context(FULL if wanted.full else QUICK, shares={name: ROWS[name][1] for name in names})
    results: list[Result] = []
    points: list[scaling.Point] = []
    failed = []
    for name in names:
        context.row = name
        measure, share = ROWS[name]
        try:
            if name == "scaling":
                points = measure(context)
            else:
                results += measure(context)
        except Exception:
            # The other rows can be measured all the same.
            traceback.print_exc()
            failed.append(name)
        context.done += share
    report.show(results, points)
    if not wanted.only and not failed:
        report.write(results, points, plots.draw(points), context.sizes)
    if failed:
        print(f"These rows failed, and no results were written: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
