"""Read a library: what every work says, now or at any past generation, with the curator's word and the quarantine."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from kg.claims import Stamp, WorkClaims, WorkSummary, with_cited
from kg.curation import Curation, apply_words, curated, is_orphan, named
from kg.library_file import guard
from kg.quarantine import without
from kg.records import to_claims, to_curation, to_summary
from kg.retractions import Retraction, standing
from kg.texts import read_text
from ontology.codec import canonical_json, decode
from ontology.errors import StoreError
from ontology.model import Assertion, Document, Extraction, Measurement, Mention, Refusal

__all__ = ["Reader"]

T = TypeVar("T")

_CLAIMS: Mapping[str, type[Assertion | Measurement]] = {"assertion": Assertion, "measurement": Measurement}
_OPEN_AT = "valid_from <= :g AND (valid_to IS NULL OR valid_to > :g)"


class Reader:
    """Hold the connection to one library and what can be asked of it; :class:`kg.library.Library` adds the writing."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._db = connection

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

    def moments(self) -> dict[int, str]:
        """Return when each generation was published, ISO 8601 in UTC, by number."""
        return {row["number"]: row["at"] for row in self._rows("SELECT number, at FROM generation ORDER BY number")}

    def changed_since(self, generation: int) -> tuple[tuple[str, Literal["changed", "withdrawn"]], ...]:
        """Return the works whose readings began or ended after a generation, by key."""
        sql = """SELECT work, max(valid_to IS NULL) AS is_open FROM extraction WHERE work IN (
                   SELECT work FROM extraction WHERE valid_from > :g
                   UNION SELECT work FROM extraction WHERE valid_to > :g
                   UNION SELECT work FROM curation WHERE valid_from > :g OR valid_to > :g
                   UNION SELECT work FROM quarantine WHERE valid_from > :g OR valid_to > :g
                   UNION SELECT work FROM retraction WHERE valid_from > :g OR valid_to > :g
                   UNION SELECT e.work FROM retraction AS r JOIN citation AS c ON r.work = 'doi:' || c.doi
                         JOIN extraction AS e ON e.id = c.extraction WHERE r.valid_from > :g OR r.valid_to > :g
                   UNION SELECT value FROM json_each(:naming))
                 GROUP BY work ORDER BY work"""
        judged = "SELECT roles FROM curation WHERE work = '' AND (valid_from > ? OR valid_to > ?)"
        things = {json.loads(row["roles"])["thing"] for row in self._rows(judged, (generation, generation))}
        naming = canonical_json(sorted(self._naming(things))) if things else "[]"
        rows = self._rows(sql, {"g": generation, "naming": naming})
        return tuple((row["work"], "changed" if row["is_open"] else "withdrawn") for row in rows)

    def changed_between(self, since: int, until: int) -> tuple[str, ...]:
        """Return the works whose claims may differ between two generations, by key."""
        return tuple(work for work, _ in self.changed_since(min(since, until)))

    def works(self, *, as_of: int | str | None = None) -> tuple[WorkSummary, ...]:
        """Return one line for each work, by key."""
        counts = """(SELECT count(*) FROM assertion WHERE assertion.extraction = extraction.id) AS effects,
                    (SELECT count(*) FROM measurement WHERE measurement.extraction = extraction.id) AS measurements"""
        marks = {mark.work: mark.notice or mark.source for mark in self.retractions(as_of=as_of)}
        rows = self._chosen(as_of, None, columns=counts)
        return tuple(replace(to_summary(row), retracted=marks.get(row["work"], "")) for row in rows)

    def claims(self, *, as_of: int | str | None = None, works: Collection[str] | None = None) -> Iterator[WorkClaims]:
        """Yield what each work says, by key, as curated, without what the shapes refuse or a retraction takes.

        ``as_of`` is a generation, or a run or date as text.
        """
        number = self._number(as_of)
        words, refused = self._words(number), self._refused(number)
        retracted = {mark.work for mark in self.retractions(as_of=number)}
        for raw in self.readings(as_of=number, works=works):
            own = (*words[""], *words.get(raw.work, ()))
            kept = without(curated(raw, own) if own else raw, refused.get(raw.work, {}))
            yield with_cited(standing(kept, retracted))

    def readings(self, *, as_of: int | str | None = None, works: Collection[str] | None = None) -> Iterator[WorkClaims]:
        """Yield what was read in each work, by key, before curation and quarantine."""
        for row in self._chosen(as_of, works):
            yield to_claims(
                row, self._bodies("assertion", row, Assertion), self._bodies("measurement", row, Measurement)
            )

    def assertions(
        self, wanted: Mapping[str, Collection[str]], *, as_of: int | None = None
    ) -> Iterator[tuple[str, str, Assertion]]:
        """Yield some assertions as (work key, IRI, assertion), as curated; ``wanted`` holds the IRIs by work."""
        number = self._number(as_of)
        words = self._words(number)
        columns = "extraction.id, extraction.work"
        homes = {row["id"]: row["work"] for row in self._chosen(number, wanted.keys(), columns=columns, alone=True)}
        iris = canonical_json(sorted({iri for some in wanted.values() for iri in some}))
        sql = "SELECT extraction, iri, body FROM assertion WHERE iri IN (SELECT value FROM json_each(?)) ORDER BY iri"
        for row in self._rows(sql, (iris,)):
            work = homes.get(row["extraction"])
            if work is None or row["iri"] not in wanted[work]:
                continue
            pair = (row["iri"], decode(Assertion, json.loads(row["body"])))
            own = (*words[""], *words.get(work, ()))
            for iri, assertion in apply_words(work, (pair,), own) if own else (pair,):
                yield work, iri, assertion

    def curations(self, work: str | None = None, *, as_of: int | str | None = None) -> tuple[Curation, ...]:
        """Return the curators' words that hold, in the order they were given; of one work, or of all and of things."""
        return tuple(item for item in self._all_words(self._number(as_of)) if work in (None, item.anchor.work))

    def judgements(self, *, as_of: int | str | None = None) -> tuple[tuple[Curation, str], ...]:
        """Return every word ever given, the newest first, each with when it ceased to hold; "" while it holds."""
        sql = """SELECT curation.*, begun.at, coalesce(ended.at, '') AS until FROM curation
                 JOIN generation AS begun ON begun.number = valid_from
                 LEFT JOIN generation AS ended ON ended.number = valid_to AND valid_to <= :g
                 WHERE valid_from <= :g ORDER BY curation.id DESC"""
        rows = self._rows(sql, {"g": self._number(as_of)})
        return tuple((to_curation(row), row["until"]) for row in rows)

    def orphans(self) -> tuple[Curation, ...]:
        """Return the words that no longer find what they were on."""
        words = self.curations()
        things = {item.thing for item in words if item.thing}
        works = {item.anchor.work for item in words} | (self._naming(things) if things else set())
        raw = {claims.work: claims for claims in self.readings(works=works)}

        def around(item: Curation) -> Iterable[WorkClaims]:
            if item.thing:
                return raw.values()
            return (raw[item.anchor.work],) if item.anchor.work in raw else ()

        return tuple(item for item in words if is_orphan(item, around(item)))

    def refused(self, *, as_of: int | str | None = None) -> dict[str, str]:
        """Return the reason for each claim (or work) in quarantine, by IRI."""
        found = self._refused(self._number(as_of))
        return {iri: reason for work in sorted(found) for iri, reason in sorted(found[work].items())}

    def retractions(self, *, as_of: int | str | None = None) -> tuple[Retraction, ...]:
        """Return the works that are marked as retracted, by key; the library need not hold them."""
        sql = f"""SELECT work, notice, source, note, valid_from, at FROM retraction
                  JOIN generation ON generation.number = valid_from WHERE {_OPEN_AT} ORDER BY work"""
        return tuple(Retraction(*row) for row in self._rows(sql, {"g": self._number(as_of)}))

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
                 WHERE sentence MATCH ? AND e.valid_to IS NULL
                   AND e.work NOT IN (SELECT work FROM retraction WHERE valid_to IS NULL) ORDER BY s.rank, e.work, s.rowid LIMIT ?"""
        return tuple((row["work"], row["text"]) for row in self._rows(sql, (terms, limit))) if terms else ()

    # --- inside -------------------------------------------------------------------------------------------------

    def _rows(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        with guard(self.folder):
            return self._db.execute(sql, values).fetchall()

    def _number(self, as_of: int | str | None) -> int:
        return self.generation if as_of is None else as_of if isinstance(as_of, int) else self.generation_at(as_of)

    def _chosen(
        self,
        as_of: int | str | None,
        works: Collection[str] | None,
        *,
        columns: str = "1",
        alone: bool = False,
    ) -> Iterator[sqlite3.Row]:
        """Yield the reading that counts of each work at a generation, by work key."""
        sql = f"SELECT {columns if alone else f'extraction.*, {columns}'} FROM extraction WHERE {_OPEN_AT}"
        values: dict[str, Any] = {"g": self._number(as_of)}
        if works is not None:
            sql += " AND work IN (SELECT value FROM json_each(:works))"
            values["works"] = canonical_json(sorted(works))
        last = None
        with guard(self.folder):
            for row in self._db.execute(f"{sql} ORDER BY work, preference, slot, file", values):
                if row["work"] != last:
                    last = row["work"]
                    yield row

    def _all_words(self, number: int) -> list[Curation]:
        sql = f"""SELECT curation.*, generation.at FROM curation JOIN generation ON generation.number = valid_from
                  WHERE {_OPEN_AT} ORDER BY curation.id"""
        return [to_curation(row) for row in self._rows(sql, {"g": number})]

    def _words(self, number: int) -> Mapping[str, list[Curation]]:
        """Return the words that hold at a generation, by work key; those on things under ""."""
        found: dict[str, list[Curation]] = {"": []}
        for item in self._all_words(number):
            found.setdefault(item.anchor.work, []).append(item)
        return found

    def _refused(self, number: int) -> Mapping[str, dict[str, str]]:
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows(f"SELECT work, iri, reason FROM quarantine WHERE {_OPEN_AT}", {"g": number}):
            found[row["work"]][row["iri"]] = row["reason"]
        return found

    def _naming(self, things: set[str]) -> set[str]:
        """Return the works that ever named one of these things; reads all claims, which is rarely asked for."""
        found: set[str] = set()
        for table, cls in _CLAIMS.items():
            sql = f"SELECT e.work, c.body FROM extraction AS e JOIN {table} AS c ON c.extraction = e.id"
            with guard(self.folder):
                for row in self._db.execute(sql):
                    if row["work"] not in found:
                        claim: Assertion | Measurement = decode(cls, json.loads(row["body"]))
                        found |= {row["work"]} if things & set(named(row["work"], claim)) else set()
        return found

    def _bodies(
        self, table: Literal["assertion", "measurement"], row: sqlite3.Row, cls: type[T]
    ) -> tuple[tuple[str, T], ...]:
        sql = f"SELECT iri, body FROM {table} WHERE extraction = ? ORDER BY position"
        return tuple((item["iri"], decode(cls, json.loads(item["body"]))) for item in self._rows(sql, (row["id"],)))
