"""The service under test: a real process, a temporary folder, a free port."""
import http.client
import json
import os
import signal
import socket
import subprocess
import time

from fault import Fault, expect_equal

READY_SECONDS = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """`wayfold serve` at a folder; the port stays the same from one start to the next."""

    def __init__(self, program, folder, settings=()):
        self.program, self.data = program, os.path.join(folder, "data")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = [word for setting in settings for word in ("--set", setting)]
        self.log = os.path.join(folder, "serve.log")
        self.process = None
        # What callers say who they are by: nothing until keys were made.
        self.ingest_key = self.query_key = None

    def make_keys(self):
        """From now on nobody gets in without one; one posts, the other asks."""
        self.ingest_key, self.query_key = (
            json.loads(self.wayfold("key", "create", "--scope", scope))["token"] for scope in ("ingest", "query"))

    def start(self):
        """Starts the process; it is not ready yet."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                 "--set", "logLevel=warning", *self.settings],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self):
        """Returns the seconds that it took."""
        start = time.monotonic()
        while time.monotonic() - start < READY_SECONDS:
            if self.process.poll() is not None:
                raise Fault(f"serve ended with {self.process.returncode} before it was ready: {self.last_words()}")
            try:
                if self.get("/ready")[0] == 200:
                    return time.monotonic() - start
            except OSError:
                pass
            time.sleep(0.005)
        raise Fault(f"not ready within {READY_SECONDS} s: {self.last_words()}")

    def kill(self):
        """Kills the process, and waits until its port is free."""
        self.process.kill()
        self.process.wait()

    def terminate(self, within):
        """Asks it to end; it must do so with status 0 within so many seconds. Returns how many it took."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Fault(f"it did not end within {within} s of SIGTERM: {self.last_words()}") from None
        expect_equal(status, 0, f"status after SIGTERM ({self.last_words()})")
        return time.monotonic() - start

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def last_words(self):
        with open(self.log, errors="replace") as file:
            return file.read()[-2000:].strip()

    def get(self, path, headers=None):
        """Status, headers and body of the answer."""
        key = {"Authorization": f"Bearer {self.query_key}"} if self.query_key else {}
        return self.call("GET", path, None, key | (headers or {}))

    def call(self, method, path, body, headers):
        connection = self.connect()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def wayfold(self, *arguments):
        """What another command prints that works at the same folder."""
        result = subprocess.run(
            [self.program, *arguments, "--data", self.data], capture_output=True, text=True, timeout=600)
        if result.returncode != 0:
            raise Fault(f"{' '.join(arguments)} ended with {result.returncode}: {result.stderr} {result.stdout[:2000]}")
        return result.stdout

    def rows(self, *arguments):
        """The rows of a query."""
        return [json.loads(line) for line in self.wayfold("query", *arguments, "--format", "ndjson").splitlines()]

    def processes(self):
        """What works at the folder, fold workers among it."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as file:
                    if self.data.encode() in file.read().split(b"\0"):
                        found.append(int(pid))
            except OSError:
                continue
        return found

    def resident_bytes(self):
        """Memory of the process, without its children."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
