"""What a run has found, as tables for a terminal."""

import json
from dataclasses import dataclass, field

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
    """The median, and the least and the greatest of several."""
    if not series:
        return "", ""
    spread = f"{number(min(series.values))}-{number(max(series.values))}" if len(series.values) > 1 else ""
    return number(series.median), spread


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
