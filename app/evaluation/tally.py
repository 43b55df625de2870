"""Count what was right, invented and missed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold counts; a figure without anything to divide by is 0."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Return the share of what was said that is right."""
        return _share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """Return the share of what is there that was said."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.spurious + self.missed)

    def to_json(self) -> dict[str, float]:
        """Return figures and counts by name."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"right": self.right, "spurious": self.spurious, "missed": self.missed}
        return {**{name: round(value, 4) for name, value in figures.items()}, **counts}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
