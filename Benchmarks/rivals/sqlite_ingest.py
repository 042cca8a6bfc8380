"""Ingest into SQLite: a write-ahead log that is synced at each commit, a unique id, batches in transactions."""

import sqlite3
import time
from pathlib import Path


def ingest(path: Path, rows: list[tuple[bytes, str, str, int, str]], batch: int = 500) -> tuple[float, int]:
    """Seconds until all rows (id, subject, type, occurred, body) are committed, and how many are stored then."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    # Transactions are begun and ended here, and not by the module.
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -262144", "wal_autocheckpoint = 20000"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("""
        CREATE TABLE events (
            position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, subject TEXT NOT NULL, type TEXT NOT NULL,
            occurred INTEGER NOT NULL, body TEXT NOT NULL)""")
    insert = "INSERT OR IGNORE INTO events (id, subject, type, occurred, body) VALUES (?, ?, ?, ?, ?)"
    start = time.perf_counter()
    for first in range(0, len(rows), batch):
        connection.execute("BEGIN")
        connection.executemany(insert, rows[first : first + batch])
        connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    (stored,) = connection.execute("SELECT count(*) FROM events").fetchone()
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return seconds, stored
