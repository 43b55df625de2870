"""What a run did, file by file, as a value that can be stored and printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """Say which document could not be read, and why."""

    path: str
    reason: str
    attempts: int = 1


@dataclass(slots=True)
class Report:
    """Hold what a run did, by path in the order it was met."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)  # in this run
    quarantined: list[Failure] = field(default_factory=list)  # in an earlier one, and not tried again
    refused: list[Failure] = field(default_factory=list)  # claims the shapes refuse: kept, left out of the graphs
    why: Counter[str] = field(default_factory=Counter)  # reason for reading or extracting -> documents
    effects: int = 0  # read in this run
    measurements: int = 0
    interrupted: bool = False
    signal: int = 0  # that interrupted the run
    left: int = 0  # documents beyond the limit, or not reached
    dry_run: bool = False
    error: str = ""  # that ended the run
    run: int = 0  # number of the run in the library
    before: int = 0  # generation of the library before the run
    generation: int = 0  # and after it

    def to_json(self) -> dict[str, Any]:
        """Render the report as a JSON object."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "failed": [_failure(failure) for failure in self.failed],
            "quarantined": [_failure(failure) for failure in self.quarantined],
            "refused": [{"path": failure.path, "reason": failure.reason} for failure in self.refused],
            "why": dict(sorted(self.why.items())),
            "effects": self.effects,
            "measurements": self.measurements,
            "interrupted": self.interrupted,
            "left": self.left,
            "dry_run": self.dry_run,
            "error": self.error,
            "run": self.run,
            "before": self.before,
            "generation": self.generation,
        }

    def to_record(self) -> dict[str, Any]:
        """Render what the library keeps of the report: what did not change only as a number."""
        return {**self.to_json(), "unchanged": len(self.unchanged)}

    @property
    def counts(self) -> str:
        """Say in one line how many documents met which end."""
        states = (
            ("added", len(self.added)),
            ("changed", len(self.changed)),
            ("unchanged", len(self.unchanged)),
            ("failed", len(self.failed)),
        )
        more = (
            ("in quarantine", len(self.quarantined)),
            ("left for later", self.left),
            ("claims refused", len(self.refused)),
        )
        return ", ".join(f"{count} {state}" for state, count in (*states, *(pair for pair in more if pair[1])))


def _failure(failure: Failure) -> dict[str, Any]:
    return {"path": failure.path, "reason": failure.reason, "attempts": failure.attempts}
