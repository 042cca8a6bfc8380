"""Running a program and measuring it from outside."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Run:
    seconds: float
    cpu_seconds: float
    """The most memory that it and its children held at once, without mapped files, in bytes."""
    peak_bytes: int
    output: str


def run(command: list, core: int | None = None, watch: bool = False) -> Run:
    """Runs a command to its end, on one core only where `core` is given; raises where its status is not 0.

    `watch` samples the memory, which costs some CPU.
    """
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=(lambda: os.sched_setaffinity(0, {core})) if core is not None else None)
    memory = MemoryWatch(process.pid) if watch else None
    output, words = process.communicate()
    seconds = time.perf_counter() - start
    after = os.times()
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with status {process.returncode}: {words[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, cpu, memory.peak() if memory else 0, output)


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
