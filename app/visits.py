"""Remember up to which version somebody has seen a library, so that what is new since can be shown."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_state_path


class Visit(NamedTuple):
    """Hold the library version that was current at a visit, and when that was (ISO 8601, UTC)."""

    generation: int
    at: str


NEVER = Visit(0, "")


def visits_file() -> Path:
    """Return the file of this user's visits, beside no library, so that reading one changes nothing in it."""
    return user_state_path("anodekg", appauthor=False) / "visits.json"


def last_visit(library: Path, *, file: Path) -> Visit:
    """Return the last visit to a library; a file that cannot be read is no visit."""
    known = _read(file).get(str(library.absolute()))
    match known:
        case {"generation": int(generation), "at": str(at)}:
            return Visit(generation, at)
    return NEVER


def remember(library: Path, generation: int, *, file: Path, now: datetime | None = None) -> None:
    """Record a visit, whole or not at all; where the place cannot be written, nothing is remembered."""
    visits = _read(file)
    at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    visits[str(library.absolute())] = {"generation": generation, "at": at}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".visits-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(visits, out)
        Path(name).replace(file)
    except OSError:
        return  # a convenience: the page works without it


def _read(file: Path) -> dict[str, object]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
