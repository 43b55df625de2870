"""Know what bears on what in a library: which works state what of which cause, whom they cite, what they name.

A small SQLite file beside the graph stores, derived from the library and kept at one generation. With it a changed
work leads to exactly the causes it bears on, however large the library is.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from kg.claim_texts import source_text
from kg.claims import WorkClaims
from kg.confounds import Confounder, confounders_of
from kg.library import Library
from kg.library_file import guard
from kg.pooling import naming, place, things_of
from kg.store import Watermark
from kg.support import QUOTING, Works, called, cited_by, title_of
from ontology import Ontology
from ontology.codec import canonical_json
from ontology.model import Kind

__all__ = ["Bearing", "ClaimIndex", "bearing_of"]

_WORKS_AT_ONCE = 500
_TABLES = ("work", "called", "states", "cites", "refers", "names", "confounds")
_GIVEN = "(SELECT value FROM json_each(?))"
Pair = tuple[str, str]  # cause and target quantity


@dataclass(frozen=True, slots=True)
class Bearing:
    """Hold what a work bears on."""

    work: tuple[str, str, int, str]
    called: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str, str, str], ...]
    cites: tuple[tuple[str, str, str, str], ...]
    refers: tuple[tuple[str, str, str, int], ...]
    names: tuple[tuple[str, Kind, str, str], ...]
    confounds: tuple[tuple[str, str, str, str, str], ...]

    @property
    def pairs(self) -> set[Pair]:
        """Return the causes and targets it speaks of."""
        return {(cause, target) for cause, target, _, _ in self.states}


def bearing_of(claims: WorkClaims, ontology: Ontology) -> Bearing:
    """Return what a work bears on."""
    references = cited_by(claims)
    states, names, cites = [], [], set[tuple[str, str, str, str]]()
    for iri, assertion in claims.effects:
        item = place(iri, claims.work, assertion, ontology)
        cause, target = item.key.cause, item.key.target
        states.append((cause, target, claims.work, iri))
        names += [(*name, claims.work) for name in naming(item, ontology)]
        if assertion.source_kind in QUOTING:
            cites |= {(claims.work, key, cause, target) for key in assertion.citations if key in references}
    work = (claims.work, title_of(claims), int(bool(claims.summary_of)), source_text(claims))
    refers = [
        (name, claims.work, key, place)
        for key in sorted({row[1] for row in cites})
        for place, name in enumerate(references[key])
    ]
    named = tuple((name, claims.work) for name in called(claims))
    marks = confounders_of(claims, ontology)
    confounds = tuple((iri, *mark, claims.work) for iri, found in marks.items() for mark in found)
    return Bearing(work, named, tuple(states), tuple(sorted(cites)), tuple(refers), tuple(names), confounds)


class ClaimIndex:
    """Hold the connection to the index of one library; whoever opens it for writing holds the projection lock."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with guard(file.parent):
            self._db = sqlite3.connect(file, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def bring_up(self, library: Library, ontology: Ontology, wanted: Watermark) -> None:
        """Make the index show the library at a generation; built anew where the rules or concepts have changed."""
        has = self._mark()
        if has == wanted:
            return
        with guard(self._file.parent):
            try:
                self._db.execute("BEGIN IMMEDIATE")
                if has is None or (has.ontology, has.projection) != (wanted.ontology, wanted.projection):
                    self._create()
                    works = library.claims(as_of=wanted.generation)
                else:
                    touched = library.changed_between(has.generation, wanted.generation)
                    self._forget(touched)
                    works = library.claims(as_of=wanted.generation, works=touched)
                while batch := [bearing_of(claims, ontology) for claims in islice(works, _WORKS_AT_ONCE)]:
                    self._learn(batch)
                self._db.execute("DELETE FROM mark")
                self._db.execute(
                    "INSERT INTO mark VALUES (?, ?, ?)", (wanted.generation, wanted.ontology, wanted.projection)
                )
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    # --- what bears on what -------------------------------------------------------------------------------------

    def versions(self, titles: Collection[str], works: Collection[str]) -> set[str]:
        """Return the works that share one of these titles, or a title with one of these works."""
        sql = f"""SELECT work FROM work WHERE title <> '' AND (title IN {_GIVEN} OR title IN
                    (SELECT title FROM work WHERE work IN {_GIVEN}))"""
        return {work for (work,) in self._rows(sql, titles, works)}

    def stated(self, works: Collection[str]) -> set[Pair]:
        """Return the causes and targets that works speak of."""
        sql = f"SELECT DISTINCT cause, target FROM states WHERE work IN {_GIVEN}"
        return set(cast(Iterable[Pair], self._rows(sql, works)))

    def quoted(self, works: Collection[str], names: Collection[str]) -> set[Pair]:
        """Return the causes and targets of which others speak in the name of works, or of what bears these names."""
        sql = f"""SELECT DISTINCT cause, target FROM refers JOIN cites USING (work, key) WHERE cited IN {_GIVEN}
                  OR cited IN {_GIVEN} OR cited IN (SELECT name FROM called WHERE work IN {_GIVEN})"""
        return set(cast(Iterable[Pair], self._rows(sql, works, names, works)))

    def causes_on(self, targets: Collection[str]) -> set[str]:
        """Return the causes of which any of these targets is stated."""
        return {
            cause for (cause,) in self._rows(f"SELECT DISTINCT cause FROM states WHERE target IN {_GIVEN}", targets)
        }

    def targets_of(self, causes: Collection[str]) -> set[str]:
        """Return the targets stated of these causes."""
        sql = f"SELECT DISTINCT target FROM states WHERE cause IN {_GIVEN}"
        return {target for (target,) in self._rows(sql, causes)}

    def assertions(self, causes: Collection[str], *, targets: Collection[str] | None = None) -> dict[str, set[str]]:
        """Return the IRIs of the assertions on some causes (and targets), by work."""
        sql = f"SELECT work, iri FROM states WHERE cause IN {_GIVEN}"
        rows = self._rows(sql, causes)
        if targets is not None:
            rows = self._rows(f"{sql} AND target IN {_GIVEN}", causes, targets)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for work, iri in rows:
            found[work].add(iri)
        return found

    def works(self, readers: Collection[str]) -> Works:
        """Return what has to be known of the works that state something, and of those they cite."""
        references: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        sql = f"SELECT work, key, cited FROM refers WHERE work IN {_GIVEN} ORDER BY work, key, place"
        for work, key, cited in self._rows(sql, readers):
            references[work][key] = (*references[work].get(key, ()), cited)
        keys = {cited for some in references.values() for found in some.values() for cited in found}
        sql = f"SELECT name, min(work) FROM called WHERE name IN {_GIVEN} GROUP BY name"
        named = {row[0]: row[1] for row in self._rows(sql, keys)}
        known = {*readers, *keys, *named.values()}
        rows = list(self._rows(f"SELECT work, title, digest, source FROM work WHERE work IN {_GIVEN}", known))
        titles = {title for _, title, _, _ in rows if title}
        sql = f"SELECT title, min(work) FROM work WHERE title IN {_GIVEN} GROUP BY title"
        first = {row[0]: row[1] for row in self._rows(sql, titles)}
        return Works(
            {first[title]: first[title] for title in titles}
            | {work: first.get(title, work) for work, title, _, _ in rows},
            named,
            frozenset(work for work, _, digest, _ in rows if digest),
            dict(references),
            {work: source for work, _, _, source in rows},
        )

    def present(self, works: Collection[str]) -> set[str]:
        """Return those of some works that are in the library."""
        return {work for (work,) in self._rows(f"SELECT work FROM work WHERE work IN {_GIVEN}", works)}

    def things(self, causes: Collection[str]) -> dict[str, tuple[Kind, str]]:
        """Return the kind and name of every thing that is one of these causes or stated of one."""
        sql = f"""SELECT thing, kind, name FROM names WHERE thing IN {_GIVEN}
                  OR thing IN (SELECT target FROM states WHERE cause IN {_GIVEN})"""
        return things_of(cast(Iterable[tuple[str, Kind, str]], self._rows(sql, causes, causes)))

    def confounders(self, works: Collection[str]) -> dict[str, tuple[Confounder, ...]]:
        """Return what the assertions of some works are confounded with, by assertion IRI."""
        sql = f"SELECT iri, level, label, lever FROM confounds WHERE work IN {_GIVEN} ORDER BY iri, level, label, lever"
        found: defaultdict[str, tuple[Confounder, ...]] = defaultdict(tuple)
        for iri, *mark in self._rows(sql, works):
            found[iri] += (Confounder(*mark),)
        return found

    # --- inside -------------------------------------------------------------------------------------------------

    def _rows(self, sql: str, *given: Collection[str]) -> Iterator[tuple[str, ...]]:
        with guard(self._file.parent):
            yield from self._db.execute(sql, [canonical_json(sorted(values)) for values in given])

    def _mark(self) -> Watermark | None:
        with guard(self._file.parent):
            if not self._db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'mark'").fetchone():
                return None
            found = self._db.execute("SELECT generation, ontology, projection FROM mark").fetchone()
        return Watermark(*found) if found else None

    def _create(self) -> None:
        for table in ("mark", *_TABLES):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        schema = resources.files("kg").joinpath("claim_index.sql").read_text(encoding="utf-8")
        lines = "\n".join(line.partition("--")[0] for line in schema.splitlines())
        for statement in lines.split(";"):
            if statement.strip():
                self._db.execute(statement)

    def _forget(self, works: Collection[str]) -> None:
        given = (canonical_json(sorted(works)),)
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table} WHERE work IN {_GIVEN}", given)

    def _learn(self, bearings: Iterable[Bearing]) -> None:
        for bearing in bearings:
            self._db.execute("INSERT INTO work VALUES (?, ?, ?, ?)", bearing.work)
            self._db.executemany("INSERT INTO called VALUES (?, ?)", bearing.called)
            self._db.executemany("INSERT INTO states VALUES (?, ?, ?, ?)", bearing.states)
            self._db.executemany("INSERT INTO cites VALUES (?, ?, ?, ?)", bearing.cites)
            self._db.executemany("INSERT INTO refers VALUES (?, ?, ?, ?)", bearing.refers)
            self._db.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", bearing.names)
            self._db.executemany("INSERT INTO confounds VALUES (?, ?, ?, ?, ?)", bearing.confounds)
