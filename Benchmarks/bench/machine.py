"""What the figures were measured on."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from bench.paths import SCRATCH


def describe() -> dict[str, str]:
    return {
        "processor": processor(), "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "disk": disk(), "kernel": platform.release(), "Swift": first_line(["swift", "--version"]),
        "PostgreSQL": first_line(["/usr/lib/postgresql/15/bin/postgres", "--version"]),
        "Redis": first_line(["redis-cli", "--version"]), "SQLite": sqlite(), **python_packages(),
    }


def first_line(command: list[str]) -> str:
    if not shutil.which(command[0]):
        return "-"
    return subprocess.run(command, text=True, capture_output=True).stdout.splitlines()[0]


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def disk() -> str:
    words = subprocess.run(
        ["df", "--output=source,fstype,size", "-h", SCRATCH], text=True, capture_output=True).stdout.splitlines()
    return " ".join(words[-1].split())


def sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def python_packages() -> dict[str, str]:
    from importlib.metadata import version

    return {"DuckDB": version("duckdb"), "polars": version("polars"), "Python": platform.python_version()}
