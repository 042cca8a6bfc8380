"""Series of measured values, and what is said of them."""

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Series:
    """The values of one side of a row, one a round."""

    name: str
    unit: str
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.values)

    def as_json(self) -> dict:
        return {"name": self.name, "unit": self.unit, "median": self.median, "min": min(self.values),
                "max": max(self.values), "rounds": len(self.values)}


@dataclass
class Result:
    """One line of the table. The ratio is ours over the rival's, and the goal says whether much or little is good."""

    id: str
    ours: Series
    rival: Series | None = None
    """What the name of the goal does not say."""
    detail: str = ""

    @property
    def value(self) -> float:
        """What the goal is about: the ratio, or where there is no rival the figure itself."""
        return self.ours.median / self.rival.median if self.rival else self.ours.median


def is_met(value: float, goal: dict) -> bool | None:
    if "at_least" in goal:
        return value >= goal["at_least"]
    if "at_most" in goal:
        return value <= goal["at_most"]
    return None
