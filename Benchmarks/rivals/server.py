"""What servers of rivals have in common: a folder of their own, and an end with the `with` that has started them."""

import shutil
import subprocess
from pathlib import Path
from typing import Self


class Server:
    """Started with `with`; ends with it."""

    # What asks it to end.
    end_signal: int

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self) -> None:
        """Starts the process and waits until it answers."""
        raise NotImplementedError

    def _make_folder(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def __exit__(self, *_: object) -> None:
        if self.process:
            self.process.send_signal(self.end_signal)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
