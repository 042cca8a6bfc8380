"""Where everything lies."""

from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
RIVALS = BENCHMARKS / "rivals"
SCRATCH = BENCHMARKS / ".scratch"
VENV = SCRATCH / "venv"
PROGRAMS = SCRATCH / "programs"
WAYFOLD = ROOT / ".build/release/wayfold"


def product(name: str) -> Path:
    """A program of the nested package."""
    return BENCHMARKS / ".build/release" / name
