"""Running a program and measuring it from outside; none outlives this process."""

import ctypes
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


@dataclass
class Run:
    seconds: float
    """The most memory that it and its children held at once, without mapped files, in bytes."""
    peak_bytes: int
    output: str


def run(command: list, core: int | None = None, watch: bool = False) -> Run:
    """Runs a command to its end, on one core only where `core` is given; raises where its status is not 0.

    `watch` samples the memory, which costs some CPU.
    """
    start = time.perf_counter()
    process = begin(command, core, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    memory = MemoryWatch(process.pid) if watch else None
    try:
        output, words = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    seconds = time.perf_counter() - start
    peak_bytes = memory.peak() if memory else 0
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with status {process.returncode}: {words[-2000:]}")
    return Run(seconds, peak_bytes, output)


def begin(command: list, core: int | None = None, **options) -> subprocess.Popen:
    """Starts a command that the system ends with this process, however that ends."""

    def prepare() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if core is not None:
            os.sched_setaffinity(0, {core})

    return subprocess.Popen([str(word) for word in command], preexec_fn=prepare, **options)


class MemoryWatch:
    """Samples the anonymous memory of a process and its children: mapped pages of files are the page cache's."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.most = 0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        while not self.is_over.wait(0.02):
            self.most = max(self.most, sum(anonymous_bytes(pid) for pid in family(self.pid)))

    def peak(self) -> int:
        self.is_over.set()
        self.thread.join()
        return self.most


def anonymous_bytes(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def family(pid: int) -> list[int]:
    """A process and all below it."""
    pids = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                pids += family(int(child))
    except OSError:
        pass
    return pids
