"""Installs what the rivals need and this machine lacks, and says so; builds our programs. Standard library only.

Nothing that runs on the machine is touched: the rivals' servers are our own, in a folder of ours.
"""

import os
import subprocess
import sys
import venv
from importlib.util import find_spec

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from bench.paths import BENCHMARKS, PROGRAMS, RIVALS, SCRATCH, VENV

# Without redis-server: redis-tools holds the same program, and no service that would be started.
PACKAGES = ["postgresql-15", "libpq-dev", "redis-tools", "gcc", "g++", "libc6-dev", "libsimdjson-dev", "pkg-config"]
PYTHON_PACKAGES = ["duckdb", "polars", "matplotlib"]
C_PROGRAMS = {
    "decode": ["decode.c", "-llmdb"],
    "http_load": ["http_load.c", "-lpthread"],
    "simdjson": ["simdjson.cpp", "-std=c++17", "-lsimdjson"],
    "pg_ingest": ["pg_ingest.c", "-I/usr/include/postgresql", "-lpq", "-lpthread"],
}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def is_installed(package: str) -> bool:
    query = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status}", package], text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL)
    return query.stdout == "installed"


def install_packages() -> None:
    missing = [package for package in PACKAGES if not is_installed(package)]
    if find_spec("ensurepip") is None:
        # Debian's Python makes no environment without it.
        missing.append("python3-venv")
    if not missing:
        return
    say(f"Installing with apt-get: {' '.join(missing)}")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if "postgresql-15" in missing and not is_installed("postgresql-common"):
        # Or Debian makes a cluster and starts it.
        apt(as_root, ["postgresql-common"])
        subprocess.run(
            [*as_root, "sed", "-i", "s/^#*create_main_cluster.*/create_main_cluster = false/",
             "/etc/postgresql-common/createcluster.conf"], check=True)
    apt(as_root, missing)


def apt(as_root: list[str], packages: list[str]) -> None:
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*as_root, *environment, "apt-get", *words], check=True, stdout=subprocess.DEVNULL)


def install_python_packages() -> None:
    python = VENV / "bin/python"
    if not python.exists():
        say(f"Making a Python environment in {VENV}")
        venv.create(VENV, with_pip=True)
    found = subprocess.run(
        [python, "-m", "pip", "list", "--format=freeze"], text=True, check=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL).stdout
    names = {line.split("==")[0] for line in found.splitlines()}
    missing = [package for package in PYTHON_PACKAGES if package not in names]
    if missing:
        say(f"Installing with pip: {' '.join(missing)}")
        subprocess.run([python, "-m", "pip", "install", "-q", *missing], check=True)


def build() -> None:
    say("Building in release mode: the first time this takes some minutes.")
    for name in ("generate", "measure", "bare", "whole"):
        command = ["swift", "build", "-c", "release", "--product", name]
        run = subprocess.run(command, cwd=BENCHMARKS, text=True, capture_output=True)
        if run.returncode != 0:
            sys.exit(run.stdout + run.stderr)
    PROGRAMS.mkdir(parents=True, exist_ok=True)
    for name, (source, *flags) in C_PROGRAMS.items():
        compiler = "c++" if source.endswith(".cpp") else "cc"
        source_path, program = RIVALS / source, PROGRAMS / name
        if not program.exists() or program.stat().st_mtime < source_path.stat().st_mtime:
            command = [compiler, "-O3", "-march=native", "-Wall", source_path, "-o", program, *flags]
            subprocess.run(command, check=True)


def main() -> None:
    SCRATCH.mkdir(exist_ok=True)
    install_packages()
    install_python_packages()
    build()


if __name__ == "__main__":
    main()
