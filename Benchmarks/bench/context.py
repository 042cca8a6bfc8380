"""What a row knows of the run: sizes, rounds, and where to say how far it is."""

import os
import sys
import time
from dataclasses import dataclass, field
from typing import Callable

from bench.data import Data
from bench.figures import Series


@dataclass
class Sizes:
    """One of the two runs."""

    name: str
    rounds: int
    """Room on the disk that the run needs."""
    gigabytes: int
    """Most rows."""
    whole: Data
    """Ingest, which the rivals take long for."""
    part: Data
    """Single rows, each synced by itself."""
    singles: Data
    """Logs that know few ids and many."""
    known: tuple[Data, Data]
    """Ids of the log that knows most, and aliases of the one that knows most of those; of small events."""
    most_ids: int
    most_aliases: int
    """How cost grows with events, and with customers."""
    scaling: list[Data]

    @property
    def kept(self) -> list[Data]:
        """The data that more than one row uses: it is made once, and stays for the next run."""
        return [self.whole, self.part, self.singles, *self.known]


QUICK = Sizes(
    "quick", 3, gigabytes=6, whole=Data(500_000, 50_000), part=Data(200_000, 50_000), singles=Data(20_000, 10_000),
    known=(Data(100_000, 20_000), Data(500_000, 50_000)),
    most_ids=4_000_000, most_aliases=1_000_000,
    scaling=[Data(100_000, 50_000), Data(500_000, 50_000), Data(500_000, 10_000), Data(500_000, 250_000)])
FULL = Sizes(
    "full", 5, gigabytes=55, whole=Data(10_000_000, 500_000), part=Data(1_000_000, 100_000), singles=Data(100_000, 20_000),
    known=(Data(1_000_000, 100_000), Data(10_000_000, 500_000)), most_ids=100_000_000, most_aliases=10_000_000,
    scaling=[Data(1_000_000, 500_000), Data(10_000_000, 100_000), Data(10_000_000, 500_000),
             Data(10_000_000, 1_000_000), Data(10_000_000, 5_000_000), Data(50_000_000, 500_000)])


@dataclass
class Context:
    sizes: Sizes
    """Rows of the run, each with its share of the whole."""
    shares: dict[str, float] = field(default_factory=dict)
    done: float = 0
    row: str = ""
    started: float = field(default_factory=time.monotonic)

    def say(self, words: str, share_of_row: float = 0) -> None:
        """One line on standard error: how far, what, and how long it will still take."""
        share = (self.done + self.shares.get(self.row, 0) * share_of_row) / (sum(self.shares.values()) or 1)
        elapsed = time.monotonic() - self.started
        left = f", {duration(elapsed / share - elapsed)} left" if share > 0.02 else ""
        print(f"[{share:4.0%}{left}] {self.row}: {words}", file=sys.stderr, flush=True)

    def rounds(self, sides: list[tuple[Series, Callable[[], float]]], count: int | None = None) -> list[Series]:
        """Runs all sides in turn, so many rounds; each gives one value a round."""
        count = count or self.sizes.rounds
        for number in range(count):
            for index, (series, measure) in enumerate(sides):
                self.say(f"round {number + 1} of {count}, {series.name}",
                         (number * len(sides) + index) / (count * len(sides)))
                # What one side left to be written is not on the other's clock.
                os.sync()
                series.values.append(measure())
        return [series for series, _ in sides]


def duration(seconds: float) -> str:
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
