"""Where everything lies."""

import shutil
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
RIVALS = BENCHMARKS / "rivals"
SCRATCH = BENCHMARKS / ".scratch"
VENV = SCRATCH / "venv"
DATA = SCRATCH / "data"
PROGRAMS = SCRATCH / "programs"


def product(name: str) -> Path:
    """A program of the nested package."""
    return BENCHMARKS / ".build/release" / name


# The program of the main package; `bare` is the same without a view.
WAYFOLD = product("whole")


def clear_scratch(kept: list[Path]) -> None:
    """Deletes what rows leave behind when they are interrupted, but not what is made once: `kept` of the data."""
    for path in [*SCRATCH.iterdir(), *DATA.glob("*")]:
        if path not in (DATA, PROGRAMS, VENV, SCRATCH / "lock", *kept):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def missing_room(gigabytes: int) -> int:
    """How many of so many gigabytes the disk has no room for; what is made once counts as had."""
    made = sum(512 * path.stat().st_blocks for path in DATA.rglob("*") if path.is_file())
    return max(0, gigabytes - (shutil.disk_usage(SCRATCH).free + made) // 10**9)
