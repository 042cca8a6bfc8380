"""What a run has found, as `results.json` and as a page with the machine it ran on."""

import json
from dataclasses import asdict
from datetime import datetime, timezone

from bench import machine
from bench.figures import is_met
from bench.paths import BENCHMARKS
from bench.report import GOALS, Findings, result_rows, row_seconds, scaling_rows, verdicts


def write(found: Findings, plots: list[str]) -> None:
    """`results.json` and `RESULTS.md`; `plots` are files below Benchmarks."""
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
        *(["", "The goals are those of ten million events: what a quick run meets, it meets at its own size."]
          if sizes.name == "quick" else []),
        "", *table(result_rows(found.results)), "", verdicts(found.results),
        *(["", f"These rows failed: {', '.join(found.failed)}."] if found.failed else []), "",
        "## How cost grows", "", "Microseconds an event.", "", *table(scaling_rows(found.points)),
        *(line for plot in plots for line in ("", f"![{plot}]({plot})")), "",
        "## The machine", "", *(f"- {name}: {value}" for name, value in described.items()), "",
        f"The run took {row_seconds(found)}.",
    ]


def table(rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]
