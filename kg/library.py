"""The library: one SQLite file, the only place where anything is committed.

Readings are added, never altered: a new version of a work closes the interval of the old one, so every past
generation can be asked. Graph stores are projections of what is here; :meth:`Library.changed_since` tells them what
they have missed. A work may have several files (PDF, JATS, a digest); the most telling open one counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock

from kg.claims import Change
from kg.curation import Curation, plan
from kg.library_file import connect, guard, lock_folder
from kg.library_reader import Reader
from kg.records import Effects, Numbers, children, content_digest, extraction_row, slot
from kg.texts import write_text
from kg.versions import LESSER, STRONGER, version_of
from ontology.codec import canonical_json
from ontology.errors import StoreError
from ontology.identity import assertion_iri, measurement_iri, numbered, work_iri, work_key
from ontology.model import Document, Extraction

__all__ = ["Library", "read_generation"]


def read_generation(folder: Path) -> int:
    """Return the last published generation of a library without opening anything else."""
    with Library.open(folder, read_only=True) as library:
        return library.generation


class Library(Reader):
    """Write one library folder; open it with :meth:`open` in a ``with`` block."""

    def __init__(
        self, folder: Path, connection: sqlite3.Connection, lock: FileLock | None, now: Callable[[], datetime]
    ) -> None:
        super().__init__(folder, connection)
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

    def add(
        self,
        extraction: Extraction,
        *,
        run: int | None = None,
        lexicon: str = "",
        ontology: str = "",
        refused: Mapping[str, str] | None = None,
    ) -> Change:
        """Add what was read from one document; the same again changes nothing, a new version replaces the old.

        ``refused`` holds what the shapes have against it (see :func:`kg.quarantine.refusals`), None where none looked.
        """
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
                    self._quarantine(extraction, work, refused)
                    return Change(work, "unchanged", self.generation, _told(refused))
            old = [row for row in current if row["slot"] == place or row["file"] == document.sha256]
            was_here = any(row["file"] == document.sha256 and row["slot"] == place for row in rows)
            if was_here and any(row["file"] != document.sha256 and row["path"] != document.path for row in old):
                return Change(work, "superseded", self.generation)  # an older version does not come back by itself
            old += self._nameless(work, document.path)
            if self._versions(STRONGER, document, work):
                self._close(old)
                return Change(work, "superseded", self.generation)
            number = self._next_generation()
            self._close(old + self._versions(LESSER, document, work))
            reading = extraction_row(extraction, work, lexicon=lexicon, ontology=ontology)
            effects = numbered(work, extraction.effects, assertion_iri)
            measurements = numbered(work, extraction.measurements, measurement_iri)
            self._insert(document, reading, number, effects, measurements)
            self._quarantine(extraction, work, refused)
            return Change(work, "replaced" if old else "added", number, _told(refused))

    def withdraw(self, work: str, *, run: int | None = None) -> Change:
        """End the validity of all readings of a work; its past stays."""
        with self.batch(run=run):
            rows = self._rows("SELECT id FROM extraction WHERE work = ? AND valid_to IS NULL", (work,))
            if not rows:
                return Change(work, "unknown", self.generation)
            self._close(rows)
            return Change(work, "withdrawn", self.generation)

    def mark_retracted(
        self, work: str, *, notice: str = "", source: str = "", note: str = "", run: int | None = None
    ) -> Change:
        """Mark a work as retracted, whether the library holds it or not: from now on nothing rests on it."""
        with self.batch(run=run):
            if self._rows("SELECT 1 FROM retraction WHERE work = ? AND valid_to IS NULL", (work,)):
                return Change(work, "unchanged", self.generation)
            number = self._next_generation()
            self._rows("INSERT INTO retraction VALUES (?, ?, ?, ?, ?, NULL)", (work, notice, source, note, number))
            return Change(work, "retracted", number)

    def unmark_retracted(self, work: str, *, run: int | None = None) -> Change:
        """Take the mark of a retraction off a work: what was read in it holds again."""
        with self.batch(run=run):
            if not self._rows("SELECT 1 FROM retraction WHERE work = ? AND valid_to IS NULL", (work,)):
                return Change(work, "unknown", self.generation)
            number = self._next_generation()
            self._rows("UPDATE retraction SET valid_to = ? WHERE work = ? AND valid_to IS NULL", (number, work))
            self._rows("DELETE FROM retraction WHERE valid_from = valid_to")  # marked and unmarked in one batch
            return Change(work, "reinstated", number)

    def curate(
        self,
        work: str,
        iri: str,
        action: str,
        *,
        curator: str,
        note: str = "",
        replacement: str | Mapping[str, Any] | None = None,
    ) -> Curation:
        """Record a curator's word on a claim of a work, or on a thing it names (then wherever that is named).

        ``accept`` and ``reject`` stand alone; ``correct`` takes the encoded fields that change, ``merge`` the IRI of
        another claim of the work or, for a thing, of the concept it is. A new word on the same takes the place of the
        old one. Raise StoreError where there is no such claim or the replacement does not fit it.
        """
        raw = next(self.readings(works=(work,)), None)
        if raw is None:
            raise StoreError(f"no work {work!r} in {self.folder}; `anodekg stats` lists the works")
        if not curator.strip():
            raise StoreError("a curator's word needs a curator; give a name")
        anchor, action, changes = plan(raw, iri, action, replacement)
        roles = canonical_json(dict(anchor.roles))
        text = canonical_json(changes) if changes else None
        with self.batch():
            number = self._next_generation()
            sql = "UPDATE curation SET valid_to = ? WHERE work = ? AND quote = ? AND roles = ? AND valid_to IS NULL"
            self._rows(sql, (number, anchor.work, anchor.quote, roles))
            columns = "work, quote, roles, action, replacement, curator, note, valid_from"
            values = (anchor.work, anchor.quote, roles, action, text, curator.strip(), note, number)
            self._rows(f"INSERT INTO curation ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
            self._rows("DELETE FROM curation WHERE valid_from = valid_to")  # said and unsaid in one batch
            return self.curations()[-1]

    def retract(self, curation: int) -> None:
        """End a curator's word, by its number; its past stays."""
        with self.batch():
            if not self._rows("SELECT 1 FROM curation WHERE id = ? AND valid_to IS NULL", (curation,)):
                raise StoreError(f"no word {curation} holds; `anodekg curate words` lists them")
            sql = "UPDATE curation SET valid_to = ? WHERE id = ?"
            self._rows(sql, (self._next_generation(), curation))

    def refuse(self, work: str, reasons: Mapping[str, str], *, looked_at: frozenset[str]) -> None:
        """Make the quarantine of a work hold these of the IRIs that were looked at, and no others of them."""
        with self.batch():
            rows = self._rows("SELECT rowid, iri, reason FROM quarantine WHERE work = ? AND valid_to IS NULL", (work,))
            standing = {row["iri"]: row["reason"] for row in rows}
            for row in rows:
                if row["iri"] in looked_at and reasons.get(row["iri"]) != row["reason"]:
                    values = (self._next_generation(), row["rowid"])
                    self._rows("UPDATE quarantine SET valid_to = ? WHERE rowid = ?", values)
            for iri in sorted(reasons):
                if standing.get(iri) != reasons[iri]:
                    new = (work, iri, reasons[iri], self._next_generation())
                    self._rows("INSERT INTO quarantine VALUES (?, ?, ?, ?, NULL)", new)

    # --- inside -------------------------------------------------------------------------------------------------

    def _quarantine(self, extraction: Extraction, work: str, reasons: Mapping[str, str] | None) -> None:
        if reasons is not None:
            own = {iri for iri, _ in numbered(work, extraction.effects, assertion_iri)}
            own |= {iri for iri, _ in numbered(work, extraction.measurements, measurement_iri)}
            self.refuse(work, reasons, looked_at=frozenset({work_iri(work), *own}))

    def _nameless(self, work: str, path: str) -> list[sqlite3.Row]:
        """Return open readings of the same path under another key, where one of the two is known by its text alone."""
        sql = """SELECT id FROM extraction WHERE path = :path AND valid_to IS NULL AND work <> :work
                 AND (work LIKE 'text:%' OR :work LIKE 'text:%')"""
        return self._rows(sql, {"path": path, "work": work})

    def _versions(self, sql: str, document: Document, work: str) -> list[sqlite3.Row]:
        """Return the readings of the same paper under another key that a document stands above, or below."""
        version = version_of(document)
        return self._rows(sql, {**asdict(version), "work": work}) if version else []

    def _next_generation(self) -> int:
        """Return the generation of the open batch, begun on its first change."""
        if not self._batch:
            self._batch = [self.generation + 1]
            self._rows("INSERT INTO generation VALUES (?, ?, ?)", (self._batch[0], self._batch_run, self._time()))
        return self._batch[0]

    def _close(self, rows: list[sqlite3.Row]) -> None:
        for row in rows:
            self._rows("UPDATE extraction SET valid_to = ? WHERE id = ?", (self._next_generation(), row["id"]))

    def _insert(
        self, document: Document, row: Mapping[str, Any], number: int, effects: Effects, measurements: Numbers
    ) -> None:
        with guard(self.folder):
            self._db.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?)", (row["file"], row["path"], document.format))
            self._db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (document.text_sha256, len(document.text)))
            columns = {**row, "valid_from": number}
            names, places = ", ".join(columns), ", ".join(f":{name}" for name in columns)
            cursor = self._db.execute(f"INSERT INTO extraction ({names}) VALUES ({places})", columns)
            version = version_of(document)
            if version:
                told = (cursor.lastrowid, version.title, version.named, version.whole)
                self._db.execute("INSERT INTO version VALUES (?, ?, ?, ?)", told)
            below = children(document, row["work"], int(cursor.lastrowid or 0), effects, measurements)
            self._db.executemany("INSERT INTO assertion VALUES (?, ?, ?, ?, ?)", below.assertions)
            self._db.executemany("INSERT INTO measurement VALUES (?, ?, ?, ?)", below.measurements)
            self._db.executemany("INSERT INTO citation VALUES (?, ?, ?)", below.citations)
            self._db.executemany("INSERT INTO sentence (text, extraction) VALUES (?, ?)", below.sentences)

    def _time(self) -> str:
        return self._now().astimezone(UTC).isoformat()


def _told(refused: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((refused or {}).items()))
