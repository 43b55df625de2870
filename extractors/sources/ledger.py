"""The ledger: one SQLite file that knows how far every search came, what lies on the shelf and what is retracted.

Each fact is committed as soon as it is true, so a harvest that is killed goes on in mid-page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from extractors.sources.records import Kept, Record, Retraction
from ontology.errors import SourceError

__all__ = ["Item", "Ledger"]

_VERSION = 1
_SCHEMA = """
CREATE TABLE search (id TEXT PRIMARY KEY, cursor TEXT NOT NULL);          -- under way: where to go on
CREATE TABLE record (source TEXT, id TEXT, work TEXT NOT NULL, fingerprint TEXT NOT NULL,
                     tried TEXT NOT NULL,                                 -- licences a full text was sought under
                     PRIMARY KEY (source, id)) WITHOUT ROWID;             -- as last seen
CREATE TABLE item (work TEXT PRIMARY KEY, source TEXT NOT NULL, kept TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE retraction (doi TEXT PRIMARY KEY, notice TEXT NOT NULL, source TEXT NOT NULL,
                         applied INTEGER NOT NULL DEFAULT 0);              -- to the library
CREATE TABLE checked (source TEXT, doi TEXT, at TEXT NOT NULL, PRIMARY KEY (source, doi)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Item:
    """Hold what is on the shelf of one work."""

    work: str
    source: str
    kept: Kept
    place: str  # below the shelf; "" for nothing


class Ledger:
    """Hold the connection; open it with :meth:`open` in a ``with`` block."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._db = connection
        self._file = file

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open or create a ledger."""
        file.parent.mkdir(parents=True, exist_ok=True)
        ledger = cls(sqlite3.connect(file, isolation_level=None, timeout=30.0), file)
        return ledger._prepared("PRAGMA journal_mode = WAL")

    @classmethod
    def copy(cls, file: Path) -> Self:
        """Open a copy in memory, empty where there is no ledger: what is written to it is forgotten."""
        ledger = cls(sqlite3.connect(":memory:", isolation_level=None), file)
        with ledger._guard():
            if file.is_file():
                with sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True) as origin:
                    origin.backup(ledger._db)
                origin.close()
        return ledger._prepared("PRAGMA journal_mode = MEMORY")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    # --- searches -----------------------------------------------------------------------------------------------

    def cursor(self, search: str) -> str:
        """Return where a search goes on; "" for its beginning."""
        rows = self._rows("SELECT cursor FROM search WHERE id = ?", search)
        return str(rows[0][0]) if rows else ""

    def reach(self, search: str, cursor: str) -> None:
        """Remember the page a search is on; "" when it is finished."""
        if cursor:
            self._rows("INSERT OR REPLACE INTO search VALUES (?, ?)", search, cursor)
        else:
            self._rows("DELETE FROM search WHERE id = ?", search)

    # --- works --------------------------------------------------------------------------------------------------

    def knows(self, record: Record, *, tried: str) -> bool:
        """Say whether a record was dealt with as it is; ``tried`` are the licences a full text is sought under."""
        sql = "SELECT 1 FROM record WHERE source = ? AND id = ? AND fingerprint = ? AND ? IN ('', tried)"
        return bool(self._rows(sql, record.source, record.id, record.fingerprint, tried))

    def note(self, record: Record, *, settled: bool, tried: str, item: Item | None = None) -> None:
        """Remember a record, and what it put on the shelf; one that is not settled is looked at again next time."""
        with self._guard():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                values = (record.source, record.id, record.key, record.fingerprint if settled else "", tried)
                self._db.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)", values)
                if item:
                    row = (item.work, item.source, item.kept, item.place)
                    self._db.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?)", row)
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def item(self, work: str) -> Item | None:
        """Return what is on the shelf of a work."""
        rows = self._rows("SELECT work, source, kept, place FROM item WHERE work = ?", work)
        return Item(rows[0][0], rows[0][1], cast(Kept, rows[0][2]), rows[0][3]) if rows else None

    def places(self) -> tuple[str, ...]:
        """Return where every document on the shelf lies, by work."""
        return tuple(row[0] for row in self._rows("SELECT place FROM item WHERE place <> '' ORDER BY work"))

    def works(self) -> tuple[str, ...]:
        """Return the keys of all works seen, in order."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT work FROM item ORDER BY work"))

    def doi_of(self, source: str, identifier: str) -> str:
        """Return the DOI of a record that was seen; "" where it has none."""
        rows = self._rows("SELECT work FROM record WHERE source = ? AND id = ?", source, identifier)
        return rows[0][0].removeprefix("doi:") if rows and rows[0][0].startswith("doi:") else ""

    # --- retractions --------------------------------------------------------------------------------------------

    def retract(self, retraction: Retraction) -> None:
        """Remember a retraction; the notice that is known stays."""
        sql = """INSERT INTO retraction (doi, notice, source) VALUES (?, ?, ?) ON CONFLICT (doi) DO UPDATE
                 SET notice = excluded.notice, source = excluded.source WHERE notice = '' AND excluded.notice <> ''"""
        self._rows(sql, retraction.doi, retraction.notice, retraction.source)

    def retractions(self) -> tuple[Retraction, ...]:
        """Return the retractions that the library has not been told of, by DOI."""
        sql = "SELECT doi, notice, source FROM retraction WHERE applied = 0 ORDER BY doi"
        return tuple(Retraction(*row) for row in self._rows(sql))

    def applied(self, retractions: Collection[Retraction]) -> None:
        """Remember that the library has been told of retractions."""
        with self._guard():
            rows = [(retraction.doi,) for retraction in retractions]
            self._db.executemany("UPDATE retraction SET applied = 1 WHERE doi = ?", rows)

    def unchecked(self, source: str, dois: Collection[str], *, since: datetime) -> list[str]:
        """Return which of these works a source was not asked about since a moment, in sorted order."""
        rows = self._rows("SELECT doi FROM checked WHERE source = ? AND at >= ?", source, _stamp(since))
        return sorted(set(dois) - {row[0] for row in rows})

    def check(self, source: str, dois: Collection[str], *, at: datetime) -> None:
        """Remember that a source was asked about works."""
        with self._guard():
            rows = [(source, doi, _stamp(at)) for doi in dois]
            self._db.executemany("INSERT OR REPLACE INTO checked VALUES (?, ?, ?)", rows)

    # --- inside -------------------------------------------------------------------------------------------------

    def _prepared(self, setting: str) -> Self:
        """Return the ledger with its tables; closed where it is none of ours."""
        with self._guard():
            self._db.execute(setting)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                self._db.executescript(f"BEGIN IMMEDIATE; PRAGMA user_version = {_VERSION}; {_SCHEMA} COMMIT;")
        if version not in (0, _VERSION):
            self._db.close()
            raise SourceError(f"{self._file} has version {version}, this anodekg knows {_VERSION}; update anodekg")
        return self

    def _rows(self, sql: str, *values: str) -> list[sqlite3.Row]:
        with self._guard():
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._db.close()
            raise SourceError(
                f"{self._file} failed: {error}; delete it and run again: papers on the shelf are kept"
            ) from error


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
