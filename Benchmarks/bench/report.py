"""The table for a terminal, the JSON and the page."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone

from bench import machine
from bench.context import Sizes, duration
from bench.figures import Result, Series, is_met
from bench.paths import BENCHMARKS
from bench.rows.scaling import Point

HEADINGS = ("what", "ours", "spread", "rival", "spread", "unit", "ratio", "goal", "")
GOALS = json.loads((BENCHMARKS / "goals.json").read_text())


@dataclass
class Findings:
    """What a run has measured."""

    sizes: Sizes
    results: list[Result] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    """Rows that could not be measured."""
    failed: list[str] = field(default_factory=list)
    """How long each row took."""
    seconds: dict[str, float] = field(default_factory=dict)


def number(value: float) -> str:
    """Three digits that count; of four, all."""
    if value >= 999_500:
        return f"{digits(value / 1e6)}M"
    return f"{digits(value / 1e3)}k" if value >= 9_999.5 else digits(value)


def digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.95 else f"{value:.3g}"


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
    what = f"{goal['what']} ({result.detail})" if result.detail else goal["what"]
    return what, *figure(result.ours), *figure(result.rival), result.ours.unit, ratio, wanted, verdict


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


def row_seconds(found: Findings) -> str:
    """How long each row took."""
    whole = duration(sum(found.seconds.values()))
    return f"{whole}: " + ", ".join(f"{name} {duration(seconds)}" for name, seconds in found.seconds.items())


def show(found: Findings) -> None:
    if found.results:
        print(table(result_rows(found.results)), verdicts(found.results), sep="\n\n")
    if found.points:
        print("\nThe cost of an event:", table(scaling_rows(found.points)), sep="\n\n")
    print(f"\nThe run took {row_seconds(found)}.")


def write(found: Findings, plots: list[str]) -> None:
    """`results.json` and `RESULTS.md`."""
    described = machine.describe()
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    (BENCHMARKS / "results.json").write_text(json.dumps(as_json(found, described, when), indent=1) + "\n")
    (BENCHMARKS / "RESULTS.md").write_text("\n".join(page(found, described, when, plots)) + "\n")


def as_json(found: Findings, described: dict[str, str], when: str) -> dict:
    lines = [
        {"id": result.id, "ours": result.ours.as_json(), "rival": result.rival and result.rival.as_json(),
         "value": result.value, "met": is_met(result.value, GOALS[result.id])} for result in found.results]
    whole = found.sizes.whole
    about = {"date": when, "run": found.sizes.name, "events": whole.events, "customers": whole.customers}
    return {**about, "machine": described, "results": lines, "failed": found.failed,
            "scaling": [asdict(point) for point in found.points],
            "seconds": {name: round(seconds) for name, seconds in found.seconds.items()}}


def page(found: Findings, described: dict[str, str], when: str, plots: list[str]) -> list[str]:
    """The lines of the page."""
    sizes = found.sizes
    return [
        "# Results", "",
        f"A {sizes.name} run of `tools/bench` of {when}: {sizes.whole.events:,} events of "
        f"{sizes.whole.customers:,} customers, {sizes.part.events:,} for ingest; {sizes.rounds} rounds with both sides "
        "in turn. Figures are medians, the spread is from least to greatest, the ratio is ours over the rival's.",
        "", *page_table(result_rows(found.results)), "", verdicts(found.results),
        *(["", f"These rows failed: {', '.join(found.failed)}."] if found.failed else []), "",
        "## How cost grows", "", "Microseconds an event.", "", *page_table(scaling_rows(found.points)),
        *(line for plot in plots for line in ("", f"![{plot}]({plot})")), "",
        "## The machine", "", *(f"- {name}: {value}" for name, value in described.items()), "",
        f"The run took {row_seconds(found)}.",
    ]
