"""Run something again and again: no overlap, and a restart waits for what is left of the interval.

The start and the end of the last cycle are kept in a small file. A cycle that did not end, because the machine did, is
due at once; a cycle that took longer than the interval is followed by the next, and what was missed is not made up.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ontology.errors import SourceError

__all__ = ["Schedule", "interval"]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_NAP = 30.0  # seconds; between two naps the clock is read again, for it may jump


def interval(text: str) -> timedelta:
    """Return a span of time written as a number and a unit.

    >>> interval("24h") == interval("1d"), interval("90 m")
    (True, datetime.timedelta(seconds=5400))
    """
    found = re.fullmatch(r"(\d{1,6})\s*([smhdw])", text.strip().lower())
    if not found or not int(found[1]):
        raise SourceError(f"--every {text!r} is no span of time; write 24h, 90m or 7d")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hold when a cycle is due, by the file that remembers the last one."""

    file: Path
    every: timedelta
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep

    def due(self) -> datetime:
        """Return when the next cycle is due; a time that has passed means at once."""
        started, ended = self._last()
        now = self.now()
        if started is None or ended is None or ended < started:
            return now
        return min(started + self.every, now + self.every)  # a clock set back must not put a cycle off for long

    def wait(self) -> None:
        """Sleep until a cycle is due."""
        while (left := (self.due() - self.now()).total_seconds()) > 0:
            self.sleep(min(left, _NAP))

    def cycle(self, work: Callable[[], None]) -> None:
        """Run one cycle and remember when; one that raises has ended too, one that is killed has not."""
        started = self.now()
        self._remember({"started": started.isoformat()})
        try:
            work()
        except Exception:
            self._remember({"started": started.isoformat(), "ended": self.now().isoformat()})
            raise
        self._remember({"started": started.isoformat(), "ended": self.now().isoformat()})

    def _last(self) -> tuple[datetime | None, datetime | None]:
        try:
            kept: Any = json.loads(self.file.read_text(encoding="utf-8"))
            return _moment(kept.get("started")), _moment(kept.get("ended"))
        except (OSError, ValueError, AttributeError):
            return None, None

    def _remember(self, values: dict[str, str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.file.with_suffix(".part")
        draft.write_text(json.dumps(values), encoding="utf-8")
        draft.replace(self.file)


def _moment(text: Any) -> datetime | None:
    found = datetime.fromisoformat(text) if isinstance(text, str) else None
    return found if found and found.tzinfo else None
