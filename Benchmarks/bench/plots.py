"""Plots of how cost grows, as SVG: the same figures give the same bytes."""

from pathlib import Path

from bench.paths import BENCHMARKS
from bench.rows.scaling import Point

LINES = {
    "ingest": ("ingest, one core", "#b2182b", "-"),
    "job_one_core": ("rivals' job, one core", "#2166ac", "-"),
    "job_all_cores": ("rivals' job, all cores", "#2166ac", "--"),
    "duckdb": ("rivals' job, DuckDB, integers", "#777777", ":"),
}


def draw(points: list[Point]) -> list[str]:
    """Draws cost by events and by customers; the files' names below Benchmarks."""
    names = []
    for axis, other in (("events", "customers"), ("customers", "events")):
        constant = most_common([getattr(point, other) for point in points])
        line = sorted((point for point in points if getattr(point, other) == constant), key=lambda p: getattr(p, axis))
        if len(line) > 1:
            names.append(f"plots/{axis}.svg")
            draw_one(BENCHMARKS / names[-1], line, axis, f"Cost by {axis}; {constant:,} {other}")
    return names


def most_common(values: list[int]) -> int:
    return max(set(values), key=lambda value: (values.count(value), value))


def draw_one(path: Path, points: list[Point], axis: str, title: str) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "wayfold"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4))
    for name, (label, colour, style) in LINES.items():
        known = [(getattr(point, axis), getattr(point, name)) for point in points if getattr(point, name)]
        if known:
            axes.plot(*zip(*known), label=label, color=colour, linestyle=style, marker="o", markersize=4)
    axes.set_xscale("log")
    axes.minorticks_off()
    measured = [getattr(point, axis) for point in points]
    axes.set_xticks(measured, [f"{value:,}" for value in measured])
    axes.set_ylim(bottom=0)
    axes.set_xlabel(axis)
    axes.set_ylabel("microseconds an event")
    axes.set_title(title, fontsize=10)
    axes.grid(alpha=0.3)
    # Beside the plot, so that it covers no line.
    axes.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1))
    figure.tight_layout()
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
