"""A Redis of our own: in a folder, on a Unix socket there, each write synced before it is answered."""

import json
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from bench import process
from rivals.server import Server

SETTINGS = ["port 0", "save ''", "appendonly yes", "appendfsync always", "auto-aof-rewrite-percentage 0",
            "daemonize no", "logfile ''"]


class Redis(Server):
    end_signal = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.socket = self.folder / "socket"

    def _start(self) -> None:
        self._make_folder()
        # Debian's redis-tools holds the server under the name of its checker, without a service that would be started.
        program = self.folder / "redis-server"
        program.symlink_to(shutil.which("redis-server") or shutil.which("redis-check-rdb"))
        (self.folder / "redis.conf").write_text(
            "\n".join([*SETTINGS, f"dir {self.folder}", f"unixsocket {self.socket}"]) + "\n")
        log = self.folder / "log"
        with open(log, "w") as words:
            self.process = process.begin([program, self.folder / "redis.conf"], stdout=words, stderr=words)
        for _ in range(100):
            if self.socket.exists():
                return
            time.sleep(0.1)
        raise RuntimeError(f"Redis did not start in {self.folder}: {log.read_text()[-2000:]}")

    def ingest(self, lines: list[bytes], batch: int = 500) -> float:
        """Seconds until all lines stand in a stream: `batch` XADD at once, and the next when they are acknowledged.

        The commands are made before the clock starts.
        """
        adds = [command(b"XADD", b"events", b"*", b"e", line) for line in lines]
        batches = [b"".join(adds[start : start + batch]) for start in range(0, len(adds), batch)]
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.socket))
            start = time.perf_counter()
            for number, text in enumerate(batches):
                connection.sendall(text)
                receive(connection, 2 * min(batch, len(lines) - number * batch))
            seconds = time.perf_counter() - start
            connection.sendall(command(b"DEL", b"events"))
            receive(connection, 1)
            return seconds

    def lookups_per_second(self, values: int, value_bytes: int, clients: int, gets: int) -> float:
        """GET of random keys among so many, by Redis's own benchmark."""
        sets = [command(b"SET", b"key:%012d" % number, b"x" * value_bytes) for number in range(values)]
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.socket))
            connection.sendall(command(b"CONFIG", b"SET", b"appendonly", b"no"))
            receive(connection, 1)
            for start in range(0, values, 5_000):
                connection.sendall(b"".join(sets[start : start + 5_000]))
                receive(connection, min(5_000, values - start))
        run = subprocess.run(
            ["redis-benchmark", "-s", self.socket, "-c", str(clients), "-n", str(gets), "-r", str(values), "--csv",
             "GET", "key:__rand_int__"], check=True, text=True, stdout=subprocess.PIPE)
        name, rate = run.stdout.splitlines()[-1].split(",")[:2]
        return float(json.loads(rate))


def command(*words: bytes) -> bytes:
    """A command as Redis's protocol has it."""
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


def receive(connection: socket.socket, lines: int) -> None:
    """Reads so many lines of answers; an error is raised."""
    while lines > 0:
        text = connection.recv(1 << 20)
        if not text or text.startswith(b"-"):
            raise RuntimeError(f"Redis answered {text[:200]!r}")
        lines -= text.count(b"\r\n")
