"""The rivals' job in DuckDB: over its own table of integers, over Parquet with strings, or over NDJSON.

Prints JSON: seconds of the whole job and of each part. The table is read once before, untimed; the files lie in the
page cache.
"""

import argparse
import json
import re
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
PARQUET = """
CREATE VIEW events AS SELECT subject AS customer, type, t, cents, points FROM read_parquet('{folder}/events.parquet');
"""
NDJSON = """
CREATE TEMP TABLE events AS SELECT substr(subject, 8)::INTEGER AS customer, type, epoch_ms(time) AS t,
    (data.total.amount::DECIMAL(12, 2) * 100)::INTEGER AS cents, data.points AS points
FROM read_ndjson('{folder}/unique.ndjson', columns = {{subject: 'VARCHAR', type: 'VARCHAR', time: 'TIMESTAMP',
    data: 'STRUCT(total STRUCT(amount VARCHAR), points INTEGER)'}});
"""
TYPES = "CREATE TABLE types AS SELECT name AS type, name, stage FROM read_csv('{folder}/types.csv');"


def connect(source: str, folder: str, threads: int) -> tuple[duckdb.DuckDBPyConnection, float]:
    """A connection that sees the events, and the seconds that reading them took, where the job reads them once."""
    if source == "integers":
        connection = duckdb.connect(f"{folder}/integers.duckdb", read_only=True)
        connection.execute(f"SET threads = {threads}")
        return connection, 0
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute(TYPES.format(folder=folder))
    start = time.perf_counter()
    connection.execute((PARQUET if source == "parquet" else NDJSON).format(folder=folder))
    return connection, time.perf_counter() - start


def run(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Seconds by part."""
    seconds = {}
    text = (HERE / "rebuild.duckdb.sql").read_text()
    for name, statement in re.findall(r"-- part: (\w+)\n(.*?);", text, re.DOTALL):
        start = time.perf_counter()
        connection.execute(statement)
        seconds[name] = time.perf_counter() - start
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("source", choices=["integers", "parquet", "ndjson"])
    parser.add_argument("folder")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--answers")
    arguments = parser.parse_args()
    connection, read = connect(arguments.source, arguments.folder, arguments.threads)
    if arguments.source == "integers":
        run(connection)
    seconds = {"read": read} | run(connection)
    print(json.dumps({"seconds": sum(seconds.values()), "parts": seconds}))
    if arguments.answers:
        customer = "substr(customer, 8)::INTEGER" if arguments.source == "parquet" else "customer"
        text = (HERE / "answers.sql").read_text().replace("$customer", customer)
        connection.execute(text.replace("$folder", arguments.answers).replace("$options", "(FORMAT csv, HEADER false)"))


if __name__ == "__main__":
    main()
