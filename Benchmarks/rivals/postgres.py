"""A PostgreSQL of our own: a cluster in a folder, on a Unix socket there, reachable by nobody else."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from bench import process
from rivals.server import Server

HERE = Path(__file__).parent
BINARIES = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "work_mem": "1GB",
    "maintenance_work_mem": "1GB",
    "wal_buffers": "64MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "max_parallel_workers_per_gather": "2",
    "jit": "off",
    "autovacuum": "off",
    "max_connections": "40",
}


class Postgres(Server):
    # Ends its clients, too, and writes what is to be written.
    end_signal = signal.SIGINT

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # The server refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.conninfo = f"host={self.folder} user={self.user} dbname=postgres"

    def _start(self) -> None:
        self._make_folder()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        data = self.folder / "data"
        self._run([BINARIES / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C"])
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        log = self.folder / "log"
        with open(log, "w") as words:
            self.process = process.begin(
                [BINARIES / "postgres", "-D", data, "-k", self.folder, *settings], user=self._account,
                stdout=words, stderr=words)
        for _ in range(100):
            if self._is_ready():
                return
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start in {self.folder}: {log.read_text()[-2000:]}")

    @property
    def _account(self) -> str | None:
        return self.user if os.geteuid() == 0 else None

    def _run(self, command: list) -> None:
        run = subprocess.run(command, user=self._account, text=True, capture_output=True)
        if run.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with status {run.returncode}: {run.stderr}")

    def _is_ready(self) -> bool:
        ready = subprocess.run(
            [BINARIES / "pg_isready", "-h", self.folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return ready.returncode == 0

    def sql(self, text: str) -> str:
        """Runs statements; the rows of the last one as text."""
        command = [BINARIES / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-", self.conninfo]
        text = "SET client_min_messages = warning;\n" + text
        return subprocess.run(command, input=text, text=True, check=True, stdout=subprocess.PIPE).stdout

    def ingest(self, program: Path, rows: Path, clients: int, rows_per_statement: int) -> tuple[float, int]:
        """Seconds until all rows of a file are acknowledged, in an empty table, and how many are stored then."""
        self.sql((HERE / "ingest.postgres.sql").read_text())
        command = [program, self.conninfo, rows, str(clients), str(rows_per_statement)]
        seconds = float(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)
        return seconds, int(self.sql("SELECT count(*) FROM events"))

    def load(self, folder: Path) -> None:
        """Loads the integers of a prepared folder as the table of the rebuild."""
        self.sql(f"""
            DROP TABLE IF EXISTS events, types;
            CREATE TABLE types (type smallint, name text, stage text);
            CREATE TABLE events (position int, customer int, type smallint, t bigint, cents int, points int);
            \\copy types FROM '{folder}/types.csv' (FORMAT csv, HEADER true)
            \\copy events FROM '{folder}/integers.tsv' (FORMAT csv, DELIMITER E'\\t')
            VACUUM ANALYZE events;
            """)

    def rebuild(self, answers: Path | None = None) -> float:
        """Seconds of the rivals' job; the answers also as files where asked for."""
        text = (HERE / "rebuild.postgres.sql").read_text()
        text = "SELECT clock_timestamp() AS start \\gset\n" + text
        text += "SELECT extract(epoch FROM clock_timestamp() - :'start'::timestamptz);\n"
        if answers:
            copies = (HERE / "answers.sql").read_text().replace("$customer", "customer").replace("$options", "CSV")
            lines = [line for line in copies.splitlines() if not line.startswith("--")]
            # \copy writes with the rights of whoever runs this, and wants one line each.
            for copy in " ".join(lines).split(";"):
                text += copy.strip().replace("COPY", "\\copy", 1).replace("$folder", str(answers)) + "\n"
        return float(self.sql(text).split()[0])
