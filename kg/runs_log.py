"""List the runs a library remembers, each with its own record and the generations it lies between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.library_reader import Reader
from ontology.errors import StoreError

__all__ = ["RecordedRun", "recorded_run", "recorded_runs"]

_SQL = """SELECT id, command, started_at, finished_at, report,
                 (SELECT coalesce(max(number), 0) FROM generation WHERE run < r.id) AS first,
                 (SELECT coalesce(max(number), 0) FROM generation WHERE run <= r.id) AS last
          FROM run AS r"""


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """Hold one run; without an end it was killed, or still goes on."""

    run: int
    command: str
    started_at: str  # ISO 8601, UTC
    finished_at: str  # "" where it left no record
    before: int  # generation it began with
    after: int  # and ended with
    record: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Render the run as a JSON object."""
        return asdict(self)


def recorded_runs(library: Reader, *, last: int | None = None) -> tuple[RecordedRun, ...]:
    """Return the runs of a library, oldest first; with ``last`` only so many of the newest."""
    rows = library._rows(f"{_SQL} ORDER BY id DESC LIMIT ?", (-1 if last is None else last,))
    return tuple(_run(row) for row in reversed(rows))


def recorded_run(library: Reader, number: int) -> RecordedRun:
    """Return one run; raise StoreError where there is none of this number."""
    rows = library._rows(f"{_SQL} WHERE id = ?", (number,))
    if not rows:
        raise StoreError(f"no run {number} in {library.folder}; `anodekg runs` lists them")
    return _run(rows[0])


def _run(row: Any) -> RecordedRun:
    record: dict[str, Any] = json.loads(row["report"]) if row["report"] else {}
    return RecordedRun(
        run=row["id"],
        command=row["command"],
        started_at=row["started_at"],
        finished_at=row["finished_at"] or "",
        before=int(record.get("before", row["first"])),
        after=int(record.get("generation", row["last"])),
        record=record,
    )
