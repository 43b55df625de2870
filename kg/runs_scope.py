"""Fetch what a comparison of two generations needs: the works that changed, and all that bears on their causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.claims import WorkClaims
from kg.library_reader import Reader
from ontology.codec import canonical_json
from ontology.identity import local_iri, normalise_doi

__all__ = ["Scope", "scope_of", "works_naming"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Hold the works that changed, the causes they speak of, and the claims of all works on those at both ends."""

    works: frozenset[str]
    causes: frozenset[str]
    before: tuple[WorkClaims, ...]
    after: tuple[WorkClaims, ...]
    generation: int  # the one before


def scope_of(library: Reader, a: int, b: int) -> Scope:
    """Return what is needed to compare generation ``a`` with generation ``b``."""
    works = frozenset(library.changed_between(a, b))
    own = [*library.claims(as_of=a, works=works), *library.claims(as_of=b, works=works)]
    causes = _causes(own)
    around = works | works_on(library, causes)
    sides = [tuple(library.claims(as_of=number, works=around)) for number in (a, b)]
    named = {normalise_doi(reference.doi) for side in sides for work in side for reference in work.references}
    cited = {f"doi:{doi}" for doi in named if doi} - around
    if cited:  # whoever is quoted in vain must be there to say so
        sides = [tuple(library.claims(as_of=number, works=around | cited)) for number in (a, b)]
    return Scope(works, causes, sides[0], sides[1], a)


def works_on(library: Reader, causes: Iterable[str]) -> frozenset[str]:
    """Return the works that ever stated something of some causes, by key."""
    sql = """SELECT DISTINCT e.work FROM assertion AS s JOIN extraction AS e ON e.id = s.extraction
             WHERE s.cause IN (SELECT value FROM json_each(?))"""
    return frozenset(row["work"] for row in library._rows(sql, (canonical_json(sorted(causes)),)))


def works_naming(library: Reader, concepts: Iterable[str], generation: int) -> dict[str, set[str]]:
    """Return the works in force at a generation that state or measure something of each concept, by its IRI."""
    sides = ("assertion", "cause_concept"), ("assertion", "target_concept"), ("measurement", "metric_concept")
    wanted = canonical_json(sorted(concepts))
    found: dict[str, set[str]] = {}
    for table, field in sides:
        sql = f"""SELECT DISTINCT e.work, json_extract(s.body, '$.{field}') AS concept
                  FROM {table} AS s JOIN extraction AS e ON e.id = s.extraction
                  WHERE e.valid_from <= ? AND (e.valid_to IS NULL OR e.valid_to > ?)
                  AND concept IN (SELECT value FROM json_each(?))"""
        for row in library._rows(sql, (generation, generation, wanted)):
            found.setdefault(row["concept"], set()).add(row["work"])
    return found


def _causes(works: Iterable[WorkClaims]) -> frozenset[str]:
    return frozenset(
        effect.cause_concept or local_iri(work.work, effect.cause) for work in works for _, effect in work.effects
    )
