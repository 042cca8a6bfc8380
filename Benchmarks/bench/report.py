"""The table for a terminal, the JSON and the page."""

import json
from datetime import datetime, timezone

from bench import machine
from bench.context import Sizes
from bench.figures import Result, Series, is_met
from bench.paths import BENCHMARKS

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


def table(results: list[Result]) -> str:
    rows = [HEADINGS, *map(cells, results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return "\n".join(lines)


def write(results: list[Result], sizes: Sizes, plots: list[str]) -> None:
    """`results.json` and `RESULTS.md`."""
    described = machine.describe()
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    lines = [
        {"id": result.id, "ours": result.ours.as_json(), "rival": result.rival and result.rival.as_json(),
         "value": result.value, "met": is_met(result.value, GOALS[result.id])} for result in results]
    about = {"date": when, "run": sizes.name, "events": sizes.whole.events, "customers": sizes.whole.customers}
    (BENCHMARKS / "results.json").write_text(
        json.dumps({**about, "machine": described, "results": lines}, indent=1) + "\n")
    page = [
        "# Results", "",
        f"A {sizes.name} run of `tools/bench` of {when}: {sizes.whole.events:,} events of "
        f"{sizes.whole.customers:,} customers, {sizes.part.events:,} for ingest; {sizes.rounds} rounds with both sides "
        "in turn. Figures are medians, with the least and the greatest in brackets; the ratio is ours over the rival's.",
        "", "| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|",
        *("| " + " | ".join(cells(result)) + " |" for result in results), "",
        "## The machine", "", *(f"- {name}: {value}" for name, value in described.items()),
    ]
    for plot in plots:
        page += ["", f"![{plot}]({plot})"]
    (BENCHMARKS / "RESULTS.md").write_text("\n".join(page) + "\n")
