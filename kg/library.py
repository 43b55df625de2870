"""The library: one SQLite file, the only place where anything is committed.

Readings are added, never altered: a new version of a work closes the interval of the old one, so every past
generation can be asked. Graph stores are projections of what is here; :meth:`Library.changed_since` tells them what
they have missed. A work may have several files (PDF, JATS, a digest); the most telling open one counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from filelock import FileLock

from kg.claims import Change, Stamp, WorkClaims, WorkSummary
from kg.library_file import connect, guard, lock_folder
from kg.records import children, content_digest, extraction_row, slot, to_claims, to_summary
from kg.texts import read_text, write_text
from ontology.codec import canonical_json, decode
from ontology.errors import StoreError
from ontology.identity import work_key
from ontology.model import Assertion, Document, Extraction, Measurement, Mention, Refusal

__all__ = ["Library", "read_generation"]

T = TypeVar("T")

_OPEN_AT = "valid_from <= :g AND (valid_to IS NULL OR valid_to > :g)"


def read_generation(folder: Path) -> int:
    """Return the last published generation of a library without opening anything else."""
    with Library.open(folder, read_only=True) as library:
        return library.generation


class Library:
    """Hold the connection to one library folder; open it with :meth:`open` in a ``with`` block."""

    def __init__(
        self, folder: Path, connection: sqlite3.Connection, lock: FileLock | None, now: Callable[[], datetime]
    ) -> None:
        self.folder = folder
        self._db = connection
        self._lock = lock
        self._now = now
        self._batch: list[int] | None = None  # holds the generation of the open batch once something changed
        self._batch_run: int | None = None

    @classmethod
    def open(
        cls, folder: Path, *, read_only: bool = False, wait: float = 0.0, now: Callable[[], datetime] | None = None
    ) -> Self:
        """Open a library folder, made where missing unless ``read_only``; wait so many seconds for another writer."""
        file, lock = folder / "library.sqlite", None
        if read_only and not file.is_file():
            raise StoreError(f"no library in {folder}; make one with `anodekg ingest PATH --library {folder}`")
        if not read_only:
            lock = lock_folder(folder, wait)
        try:
            connection = connect(file, read_only=read_only)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(folder, connection, lock, now or (lambda: datetime.now(UTC)))

    def close(self) -> None:
        """Close the connection and let the next writer in."""
        self._db.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing ------------------------------------------------------------------------------------------------

    def start_run(self, command: str) -> int:
        """Record the start of a run and return its number."""
        with guard(self.folder):
            cursor = self._db.execute("INSERT INTO run (command, started_at) VALUES (?, ?)", (command, self._time()))
        return int(cursor.lastrowid or 0)

    def finish_run(self, run: int, *, report: Mapping[str, Any]) -> None:
        """Record the end of a run with its report (JSON-able)."""
        with guard(self.folder):
            sql = "UPDATE run SET finished_at = ?, report = ? WHERE id = ?"
            self._db.execute(sql, (self._time(), canonical_json(dict(report)), run))

    @contextmanager
    def batch(self, *, run: int | None = None) -> Iterator[None]:
        """Publish all changes made inside as one generation, or none of them."""
        if self._batch is not None:
            yield
            return
        self._batch, self._batch_run = [], run
        try:
            with guard(self.folder):
                self._db.execute("BEGIN IMMEDIATE")
            yield
            with guard(self.folder):
                self._db.execute("COMMIT")
        finally:
            self._batch = None
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def add(self, extraction: Extraction, *, run: int | None = None, lexicon: str = "", ontology: str = "") -> Change:
        """Add what was read from one document; the same again changes nothing, a new version replaces the old."""
        document, work = extraction.document, work_key(extraction.document)
        place, content = slot(document), content_digest(extraction)
        write_text(self.folder / "texts", document.text)
        with self.batch(run=run):
            rows = self._rows("SELECT id, slot, file, path, digest, valid_to FROM extraction WHERE work = ?", (work,))
            current = [row for row in rows if row["valid_to"] is None]
            for row in current:
                if row["file"] == document.sha256 and row["digest"] == content:
                    sql = "UPDATE extraction SET lexicon = ?, ontology = ? WHERE id = ?"
                    self._rows(sql, (lexicon, ontology, row["id"]))  # read anew by other versions, to the same result
                    return Change(work, "unchanged", self.generation)
            old = [row for row in current if row["slot"] == place or row["file"] == document.sha256]
            was_here = any(row["file"] == document.sha256 and row["slot"] == place for row in rows)
            if was_here and any(row["file"] != document.sha256 and row["path"] != document.path for row in old):
                return Change(work, "superseded", self.generation)  # an older version does not come back by itself
            old += self._nameless(work, document.path)
            number = self._next_generation()
            self._close([row["id"] for row in old], number)
            self._insert(extraction, extraction_row(extraction, work, lexicon=lexicon, ontology=ontology), number)
            return Change(work, "replaced" if old else "added", number)

    def withdraw(self, work: str, *, run: int | None = None) -> Change:
        """End the validity of all readings of a work; its past stays."""
        with self.batch(run=run):
            ids = [
                row["id"]
                for row in self._rows("SELECT id FROM extraction WHERE work = ? AND valid_to IS NULL", (work,))
            ]
            if not ids:
                return Change(work, "unknown", self.generation)
            number = self._next_generation()
            self._close(ids, number)
            return Change(work, "withdrawn", number)

    # --- reading ------------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """Return the number of the last published generation, 0 for an empty library."""
        return int(self._rows("SELECT coalesce(max(number), 0) AS number FROM generation")[0]["number"])

    def generation_at(self, moment: str) -> int:
        """Return the last generation published by a run (its number, or ``run N``) or up to an ISO date or time."""
        text = moment.strip().lower().removeprefix("run").strip()
        if text.isdigit():
            rows = self._rows("SELECT max(number) AS number FROM generation WHERE run <= ?", (int(text),))
            return int(rows[0]["number"] or 0)
        try:
            when = datetime.fromisoformat(text.upper())
        except ValueError:
            raise StoreError(f"{moment!r} is neither a run nor a date; write 12 or 2026-11-22") from None
        if len(text) <= len("2026-11-22"):
            when = when.replace(hour=23, minute=59, second=59, microsecond=999_999)
        when = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
        rows = self._rows("SELECT max(number) AS number FROM generation WHERE at <= ?", (when.isoformat(),))
        return int(rows[0]["number"] or 0)

    def changed_since(self, generation: int) -> tuple[tuple[str, Literal["changed", "withdrawn"]], ...]:
        """Return the works whose readings began or ended after a generation, by key."""
        sql = """SELECT work, max(valid_to IS NULL) AS is_open FROM extraction WHERE work IN (
                   SELECT work FROM extraction WHERE valid_from > :g
                   UNION SELECT work FROM extraction WHERE valid_to > :g)
                 GROUP BY work ORDER BY work"""
        rows = self._rows(sql, {"g": generation})
        return tuple((row["work"], "changed" if row["is_open"] else "withdrawn") for row in rows)

    def works(self, *, as_of: int | str | None = None) -> tuple[WorkSummary, ...]:
        """Return one line for each work, by key."""
        counts = """(SELECT count(*) FROM assertion WHERE assertion.extraction = extraction.id) AS effects,
                    (SELECT count(*) FROM measurement WHERE measurement.extraction = extraction.id) AS measurements"""
        return tuple(to_summary(row) for row in self._chosen(as_of, None, columns=counts))

    def claims(self, *, as_of: int | str | None = None, works: Collection[str] | None = None) -> Iterator[WorkClaims]:
        """Yield what each work says, by key; ``as_of`` is a generation, or a run or date as text."""
        for row in self._chosen(as_of, works):
            yield to_claims(
                row, self._bodies("assertion", row, Assertion), self._bodies("measurement", row, Measurement)
            )

    def extraction(self, work: str, *, as_of: int | str | None = None) -> Extraction:
        """Return everything read from the file of a work that counts, text included."""
        for row in self._chosen(as_of, (work,)):
            document = decode(Document, json.loads(row["document"]))
            return Extraction(
                document=replace(document, text=self.text(row["text"])),
                mentions=tuple(decode(Mention, item) for item in json.loads(row["mentions"])),
                measurements=tuple(item for _, item in self._bodies("measurement", row, Measurement)),
                effects=tuple(item for _, item in self._bodies("assertion", row, Assertion)),
                refusals=tuple(decode(Refusal, item) for item in json.loads(row["refusals"])),
                extractor=row["extractor"],
            )
        raise StoreError(f"no work {work!r} in {self.folder}; `anodekg stats` lists the works")

    def text(self, sha256: str) -> str:
        """Return a document's text by its hash."""
        return read_text(self.folder / "texts", sha256)

    def stamps(self, file_sha256: str) -> tuple[Stamp, ...]:
        """Return the versions by which a file was read, last first; adding it again by one of them changes nothing.

        Empty for a file never seen, and for one whose place now holds other bytes: it would be news again.
        """
        sql = """SELECT reader, extractor, lexicon, ontology FROM extraction AS r WHERE file = ? AND (valid_to IS NULL
                 OR NOT EXISTS (SELECT 1 FROM extraction AS o
                                WHERE o.path = r.path AND o.file <> r.file AND o.valid_to IS NULL))
                 ORDER BY id DESC"""
        return tuple(Stamp(*row) for row in self._rows(sql, (file_sha256,)))

    def search(self, words: str, *, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """Find evidence sentences that hold all words, best first, as (work key, sentence)."""
        terms = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        sql = """SELECT e.work, s.text FROM sentence AS s JOIN extraction AS e ON e.id = s.extraction
                 WHERE sentence MATCH ? AND e.valid_to IS NULL ORDER BY s.rank, e.work, s.rowid LIMIT ?"""
        return tuple((row["work"], row["text"]) for row in self._rows(sql, (terms, limit))) if terms else ()

    # --- inside -------------------------------------------------------------------------------------------------

    def _rows(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        with guard(self.folder):
            return self._db.execute(sql, values).fetchall()

    def _chosen(
        self, as_of: int | str | None, works: Collection[str] | None, *, columns: str = "1"
    ) -> Iterator[sqlite3.Row]:
        """Yield the reading that counts of each work at a generation, by work key."""
        number = self.generation if as_of is None else as_of if isinstance(as_of, int) else self.generation_at(as_of)
        sql = f"SELECT extraction.*, {columns} FROM extraction WHERE {_OPEN_AT}"
        values: dict[str, Any] = {"g": number}
        if works is not None:
            sql += " AND work IN (SELECT value FROM json_each(:works))"
            values["works"] = canonical_json(sorted(works))
        last = None
        with guard(self.folder):
            for row in self._db.execute(f"{sql} ORDER BY work, preference, slot, file", values):
                if row["work"] != last:
                    last = row["work"]
                    yield row

    def _bodies(
        self, table: Literal["assertion", "measurement"], row: sqlite3.Row, cls: type[T]
    ) -> tuple[tuple[str, T], ...]:
        sql = f"SELECT iri, body FROM {table} WHERE extraction = ? ORDER BY position"
        return tuple((item["iri"], decode(cls, json.loads(item["body"]))) for item in self._rows(sql, (row["id"],)))

    def _nameless(self, work: str, path: str) -> list[sqlite3.Row]:
        """Return open readings of the same path under another key, where one of the two is known by its text alone."""
        sql = """SELECT id FROM extraction WHERE path = :path AND valid_to IS NULL AND work <> :work
                 AND (work LIKE 'text:%' OR :work LIKE 'text:%')"""
        return self._rows(sql, {"path": path, "work": work})

    def _next_generation(self) -> int:
        """Return the generation of the open batch, begun on its first change."""
        if not self._batch:
            self._batch = [self.generation + 1]
            self._rows("INSERT INTO generation VALUES (?, ?, ?)", (self._batch[0], self._batch_run, self._time()))
        return self._batch[0]

    def _close(self, ids: list[int], number: int) -> None:
        for identifier in ids:
            self._rows("UPDATE extraction SET valid_to = ? WHERE id = ?", (number, identifier))

    def _insert(self, extraction: Extraction, row: Mapping[str, Any], number: int) -> None:
        document = extraction.document
        with guard(self.folder):
            self._db.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?)", (row["file"], row["path"], document.format))
            self._db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (document.text_sha256, len(document.text)))
            columns = {**row, "valid_from": number}
            names, places = ", ".join(columns), ", ".join(f":{name}" for name in columns)
            cursor = self._db.execute(f"INSERT INTO extraction ({names}) VALUES ({places})", columns)
            below = children(extraction, row["work"], int(cursor.lastrowid or 0))
            self._db.executemany("INSERT INTO assertion VALUES (?, ?, ?, ?, ?)", below.assertions)
            self._db.executemany("INSERT INTO measurement VALUES (?, ?, ?, ?)", below.measurements)
            self._db.executemany("INSERT INTO citation VALUES (?, ?, ?)", below.citations)
            self._db.executemany("INSERT INTO sentence (text, extraction) VALUES (?, ?)", below.sentences)

    def _time(self) -> str:
        return self._now().astimezone(UTC).isoformat()
