"""The table for a terminal, the JSON and the page."""

import json
from dataclasses import asdict
from datetime import datetime, timezone

from bench import machine
from bench.context import Sizes
from bench.figures import Result, Series, is_met
from bench.paths import BENCHMARKS
from bench.rows.scaling import Point

HEADINGS = ("what", "ours", "spread", "rival", "spread", "unit", "ratio", "goal", "")
GOALS = json.loads((BENCHMARKS / "goals.json").read_text())


def number(value: float) -> str:
    """Three digits that count."""
    for limit, unit in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:.3g}{unit}"
    return f"{value:.3g}"


def figure(series: Series | None) -> tuple[str, str]:
    """The median, and the least and the greatest."""
    if not series:
        return "", ""
    return number(series.median), f"{number(min(series.values))}-{number(max(series.values))}"


def cells(result: Result) -> tuple[str, ...]:
    goal = GOALS[result.id]
    ratio = f"{result.value:.3g}" if result.rival else ""
    wanted, verdict = "", ""
    if (met := is_met(result.value, goal)) is not None:
        sign, limit = (">=", goal["at_least"]) if "at_least" in goal else ("<=", goal["at_most"])
        wanted = f"{sign} {number(limit)}"
        verdict = "met" if met else "falls short"
    return goal["what"], *figure(result.ours), *figure(result.rival), result.ours.unit, ratio, wanted, verdict


def table(rows: list[tuple[str, ...]]) -> str:
    """Columns side by side; the first row is that of the headings."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return "\n".join(lines)


def page_table(rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]


def result_rows(results: list[Result]) -> list[tuple[str, ...]]:
    return [HEADINGS, *map(cells, results)]


def cost(microseconds: float | None) -> str:
    return f"{microseconds:.3g} us" if microseconds else ""


def scaling_rows(points: list[Point]) -> list[tuple[str, ...]]:
    headings = ("events", "customers", "ingest, one core", "job, one core", "job, all cores", "job, DuckDB")
    costs = [(f"{point.events:,}", f"{point.customers:,}", *map(cost, point.costs)) for point in points]
    return [headings, *costs]


def verdicts(results: list[Result]) -> str:
    """How many goals are met, and which are not."""
    judged = {result.id: is_met(result.value, GOALS[result.id]) for result in results}
    judged = {name: met for name, met in judged.items() if met is not None}
    short = [GOALS[name]["what"] for name, met in judged.items() if not met]
    words = f"{len(judged) - len(short)} of {len(judged)} goals are met."
    return words + (f" Short of theirs fall: {'; '.join(short)}." if short else "")


def show(results: list[Result], points: list[Point]) -> None:
    if results:
        print(table(result_rows(results)), verdicts(results), sep="\n\n")
    if points:
        print("\nThe cost of an event:", table(scaling_rows(points)), sep="\n\n")


def write(results: list[Result], points: list[Point], plots: list[str], sizes: Sizes) -> None:
    """`results.json` and `RESULTS.md`."""
    described = machine.describe()
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    lines = [
        {"id": result.id, "ours": result.ours.as_json(), "rival": result.rival and result.rival.as_json(),
         "value": result.value, "met": is_met(result.value, GOALS[result.id])} for result in results]
    about = {"date": when, "run": sizes.name, "events": sizes.whole.events, "customers": sizes.whole.customers}
    (BENCHMARKS / "results.json").write_text(
        json.dumps({**about, "machine": described, "results": lines,
                    "scaling": [asdict(point) for point in points]}, indent=1) + "\n")
    page = [
        "# Results", "",
        f"A {sizes.name} run of `tools/bench` of {when}: {sizes.whole.events:,} events of "
        f"{sizes.whole.customers:,} customers, {sizes.part.events:,} for ingest; {sizes.rounds} rounds with both sides "
        "in turn. Figures are medians, the spread is from least to greatest, the ratio is ours over the rival's.",
        "", *page_table(result_rows(results)), "", verdicts(results), "",
        "## How cost grows", "", "Microseconds an event.", "", *page_table(scaling_rows(points)),
        *(line for plot in plots for line in ("", f"![{plot}]({plot})")), "",
        "## The machine", "", *(f"- {name}: {value}" for name, value in described.items()),
    ]
    (BENCHMARKS / "RESULTS.md").write_text("\n".join(page) + "\n")
