"""Events and what is made of them once: kept in the scratch folder, by size and seed."""

import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from bench import process
from bench.paths import DATA, RIVALS, SCRATCH, product


@dataclass(frozen=True)
class Data:
    events: int
    customers: int
    seed: int = 1

    @property
    def folder(self) -> Path:
        return DATA / f"{self.events}-{self.customers}-{self.seed}"

    def _once(self, name: str, make, *sources: Path) -> Path:
        """A file or folder that `make` writes, where there is none or it is older than one of its sources.

        It is written under another name, so that an interrupted run leaves no half of it.
        """
        path, stamp = self.folder / name, self.folder / f"{name}.made"
        if not stamp.exists() or any(stamp.stat().st_mtime < source.stat().st_mtime for source in sources):
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in (path, stamp):
                shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
            unfinished = self.folder / f"unfinished-{name}"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(path)
            stamp.touch()
        return path

    @property
    def ndjson(self) -> Path:
        """The events as they arrive."""
        sizes = ["--events", self.events, "--customers", self.customers, "--seed", self.seed]
        generate = product("generate")
        return self._once("events.ndjson", lambda path: process.run([generate, *sizes, "--out", path]), generate)

    @property
    def rivals(self) -> Path:
        """What the rivals read: a DuckDB of integers, the same as text, Parquet, NDJSON without duplicates."""
        scripts = (RIVALS / "prepare.sql", RIVALS / "prepare-texts.sql")
        return self._once("rivals", lambda folder: self._prepare(folder, *scripts), self.ndjson, *scripts)

    @property
    def integers(self) -> Path:
        """The DuckDB of integers alone."""
        script = RIVALS / "prepare.sql"
        return self._once("integers", lambda folder: self._prepare(folder, script), self.ndjson, script)

    def _prepare(self, folder: Path, *scripts: Path) -> None:
        import duckdb

        folder.mkdir()
        text = "".join(script.read_text() for script in scripts)
        database = folder / "scratch.duckdb"
        with duckdb.connect(str(database)) as connection:
            connection.execute(text.replace("$lines", str(self.ndjson)).replace("$folder", str(folder)))
        database.unlink()

    @property
    def log(self) -> Path:
        """A data folder with all events and no views: what was late is late, time passed as the events happened."""
        return self._once("log", self._make_log, self.ndjson, product("measure"))

    @property
    def log_figures(self) -> dict:
        """What the program measured when it made the log."""
        return json.loads((self.folder / "log.json").read_text())

    def _make_log(self, folder: Path) -> None:
        (self.folder / "log.json").write_text(json.dumps(self.ingest(folder)))

    def ingest(self, folder: Path, core: int | None = 0, batch: int = 500, waiting: int = 4) -> dict:
        """Appends the events to a new folder, on one core or on all; what the program measured."""
        events = self.ndjson
        make_folder(folder)
        command = [product("measure"), "ingest", folder, events, "--batch", batch, "--waiting", waiting]
        return json.loads(process.run(command, core=core).output)

    def lines(self) -> list[bytes]:
        """The events in memory, as Redis takes them."""
        with open(self.ndjson, "rb") as file:
            return [line.rstrip(b"\n") for line in file]

    def rows(self) -> list[tuple[bytes, str, str, int, str]]:
        """id, subject, type, microseconds, body: as SQLite takes them."""
        return [(uuid.UUID(event["id"]).bytes, event["subject"], event["type"], time_of(event["time"]), line)
                for event, line in ((json.loads(line), line.decode()) for line in self.lines())]

    @property
    def columns(self) -> Path:
        """The same parted by tabs, as our client of PostgreSQL takes them."""
        return self._once("columns.tsv", self._write_columns, self.ndjson)

    def _write_columns(self, path: Path) -> None:
        with open(path, "w") as file:
            for line in self.lines():
                event = json.loads(line)
                columns = [*(event[name] for name in ("id", "subject", "type", "time")), line.decode()]
                file.write("\t".join(columns) + "\n")


def make_folder(folder: Path) -> None:
    """A new data folder without events: the first command that writes puts the default policy in force."""
    shutil.rmtree(folder, ignore_errors=True)
    nothing = SCRATCH / "nothing.ndjson"
    nothing.write_text("")
    process.run([product("bare"), "import", nothing, "--data", folder])


def time_of(text: str) -> int:
    """Microseconds since 1970 of an RFC 3339 time."""
    from datetime import datetime

    return int(datetime.fromisoformat(text).timestamp() * 1_000_000)
