"""Where everything lies."""

from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
RIVALS = BENCHMARKS / "rivals"
SCRATCH = BENCHMARKS / ".scratch"
VENV = SCRATCH / "venv"
PROGRAMS = SCRATCH / "programs"


def product(name: str) -> Path:
    """A program of the nested package."""
    return BENCHMARKS / ".build/release" / name


# The program of the main package; `bare` is the same without a view.
WAYFOLD = product("whole")
