"""Where everything lies."""

import shutil
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


def clear_scratch() -> None:
    """Deletes what rows leave behind when they are interrupted, but not what is made once."""
    for path in SCRATCH.iterdir():
        if path.name not in ("data", "lock", PROGRAMS.name, VENV.name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
