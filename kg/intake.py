"""Remember what became of every file that was offered: what can be skipped, what failed and why.

The memory lies in the library's own SQLite file and is written in the batch that stores the reading, so that a killed
run leaves neither a reading without its entry nor an entry without its reading.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Literal

from kg.claims import Stamp
from kg.library import Library
from kg.library_file import guard
from kg.texts import read_text, sweep
from ontology.codec import decode
from ontology.model import Document

__all__ = ["Intake", "Seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what became of a file: its place and signature, its bytes, and by which versions it was last tried."""

    path: str
    signature: str  # size, times and inode as the file system tells them; "" where nothing was told
    file: str  # sha256 of the bytes
    beside: str  # sha256 of what is told about the paper in a file beside it; "" where there is none
    format: str  # "" where it was not found out
    state: Literal["read", "failed"]
    reason: str  # of a failure, in one line
    passing: bool  # the failure may pass by itself: a limit of time, a process that died
    attempts: int  # failures in a row with these bytes and this reader
    versions: Stamp
    run: int | None = None  # that tried it last


_COLUMNS = tuple(f.name for f in fields(Seen) if f.name not in ("versions", "run"))
_STAMPS = tuple(f.name for f in fields(Stamp))
_ALL = (*_COLUMNS, *_STAMPS, "run")


class Intake:
    """Hold the memory of one library."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._db = connection
        self._folder = folder

    @classmethod
    def of(cls, library: Library) -> Intake:
        """Return the memory of an open library; what it writes belongs to the library's open batch."""
        return cls(library._db, library.folder)

    def prepare(self) -> None:
        """Make the table where it is missing, and clear away what a killed run left; needs the writer's connection."""
        with guard(self._folder):
            self._db.executescript(resources.files("kg").joinpath("intake_schema.sql").read_text(encoding="utf-8"))
            last = self._db.execute("SELECT finished_at FROM run ORDER BY id DESC LIMIT 1").fetchone()
        if last is not None and last[0] is None:
            sweep(self._folder / "texts")

    def seen(self, path: str) -> Seen | None:
        """Return what became of the file at a place; None where none was offered."""
        return next(self._find("path = ?", path), None)

    def twins(self, file_sha256: str) -> tuple[Seen, ...]:
        """Return what became of the same bytes at whatever place, by path."""
        return tuple(self._find("file = ? ORDER BY path", file_sha256))

    def failed(self) -> tuple[Seen, ...]:
        """Return the files in quarantine, by path."""
        return tuple(self._find("state = 'failed' ORDER BY path"))

    def record(self, seen: Seen) -> int:
        """Remember an attempt; one more failure of the same bytes by the same reader counts up. Return the count."""
        before = self.seen(seen.path)
        if before is not None and seen.state == before.state == "failed":
            same = (before.file, before.versions.reader) == (seen.file, seen.versions.reader)
            seen = replace(seen, attempts=before.attempts + 1 if same else 1)
        self.remember(seen)
        return seen.attempts

    def remember(self, seen: Seen) -> None:
        """Write what is known of a file, as it is."""
        values = [getattr(seen, name) for name in _COLUMNS] + [*astuple(seen.versions), seen.run]
        with guard(self._folder):
            sql = f"INSERT OR REPLACE INTO intake ({', '.join(_ALL)}) VALUES ({', '.join('?' * len(_ALL))})"
            self._db.execute(sql, values)

    def forget(self, work: str) -> None:
        """Forget the files of a work, so that they are read again."""
        with guard(self._folder):
            self._db.execute("DELETE FROM intake WHERE file IN (SELECT file FROM extraction WHERE work = ?)", (work,))

    def document(self, file_sha256: str) -> Document | None:
        """Return the document once read from these bytes, text included; None where no open reading holds it."""
        sql = "SELECT document, text FROM extraction WHERE file = ? AND valid_to IS NULL ORDER BY id DESC LIMIT 1"
        with guard(self._folder):
            row = self._db.execute(sql, (file_sha256,)).fetchone()
        if row is None:
            return None
        return replace(decode(Document, json.loads(row[0])), text=read_text(self._folder / "texts", row[1]))

    def _find(self, where: str, *values: str) -> Iterator[Seen]:
        with guard(self._folder):
            if not self._db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'intake'").fetchone():
                return
            rows = self._db.execute(f"SELECT {', '.join(_ALL)} FROM intake WHERE {where}", values).fetchall()
        for row in rows:
            told = dict(zip(_ALL, row, strict=True))
            versions = Stamp(**{name: told.pop(name) for name in _STAMPS})
            yield Seen(**{**told, "passing": bool(told["passing"])}, versions=versions)
