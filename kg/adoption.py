"""Take the works of an export into a library: claims as they stand there, under the IRIs they have.

An export holds sentences, not whole texts, so an imported reading opens no paragraph. A reading of the paper itself goes
before it: one that is here already stays, and one that comes later takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from kg.claims import Change, WorkClaims
from kg.curation import Curation, apply_words
from kg.library import Library
from kg.records import extraction_row
from kg.retractions import RETRACTED
from ontology.codec import canonical_json, digest, encode
from ontology.errors import ReadError
from ontology.model import Document, Extraction

__all__ = ["IMPORTED", "adopt", "fit", "recall"]

IMPORTED = "imported"  # stands where a reading has the version of its word lists
_LAST = 1000  # preference: any reading of the paper itself is lower
_SHARED = tuple({item.name for item in fields(Document)} & {item.name for item in fields(WorkClaims)})


def adopt(
    library: Library,
    claims: WorkClaims,
    *,
    refused: Mapping[str, str],
    at: str = "",
    run: int | None = None,
    note: str = "",
) -> Change:
    """Add what an export says of one work; the same again changes nothing, a reading of the paper itself is kept.

    ``refused`` holds what the shapes have against it, ``at`` when it was first published where the export tells, ``note``
    where a retraction is known from.
    """
    content = digest(encode(claims))
    with library.batch(run=run):
        rows = library._rows(
            "SELECT id, digest, lexicon FROM extraction WHERE work = ? AND valid_to IS NULL", (claims.work,)
        )
        marked = any(mark.work == claims.work for mark in library.retractions())
        if marked or any(row["lexicon"] != IMPORTED for row in rows):
            return Change(claims.work, "kept", library.generation)
        if any(row["digest"] == content for row in rows):
            return Change(claims.work, "unchanged", library.generation)
        _refuse_clash(library, claims)
        number = _moment(library, at, run) if at else library._next_generation()
        library._close(rows)
        document = _document(claims)
        row = extraction_row(
            Extraction(document, extractor=claims.extractor), claims.work, lexicon=IMPORTED, ontology=""
        )
        row |= {"digest": content, "preference": _LAST + row["preference"]}
        library._insert(document, row, number, claims.effects, claims.measurements)
        own = {claims.iri, *(iri for iri, _ in claims.effects), *(iri for iri, _ in claims.measurements)}
        library.refuse(claims.work, refused, looked_at=frozenset(own))
        if claims.article_type == RETRACTED:
            library.mark_retracted(claims.work, source=IMPORTED, note=note, run=run)
        told = tuple(sorted(refused.items()))
        return Change(claims.work, "replaced" if rows else "added", number, told)


def recall(library: Library, words: Sequence[Curation], *, run: int | None = None) -> int:
    """Record the curators' words of an export where none holds yet on the same; return how many.

    Each keeps its moment where the library has published nothing since. Claims were exported as the curators have them,
    so a word finds its claim again only when the paper itself is read.
    """
    count = 0
    with library.batch(run=run):
        standing = {word.anchor for word in library.curations()}
        for word in words:
            if word.anchor in standing:
                continue
            number = _moment(library, word.at, run)
            columns = "work, quote, roles, action, replacement, curator, note, valid_from"
            roles = canonical_json(dict(word.anchor.roles))
            values = (word.anchor.work, word.anchor.quote, roles, word.action, word.replacement or None)
            sql = f"INSERT INTO curation ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            library._rows(sql, (*values, word.curator, word.note, number))
            count += 1
    return count


def fit(claims: WorkClaims, words: Sequence[Curation]) -> None:
    """Raise ReadError where words would change claims that were exported as the curators have them."""
    for pairs in (claims.effects, claims.measurements):
        if apply_words(claims.work, pairs, words) != pairs:
            raise ReadError(f"the curators' words do not fit the claims of {claims.work}; export it again")


def _moment(library: Library, at: str, run: int | None) -> int:
    """Return a generation of that moment, begun where nothing later is published; else that of the open batch."""
    moments = library.moments()
    if moments and moments[max(moments)] == at:
        return max(moments)
    if moments and moments[max(moments)] > at:
        return library._next_generation()
    library._rows("INSERT INTO generation VALUES (?, ?, ?)", (len(moments) + 1, run, at))
    return len(moments) + 1


def _document(claims: WorkClaims) -> Document:
    values = {name: getattr(claims, name) for name in _SHARED}
    values["doi"] = "" if claims.summary_of else claims.doi
    return Document(id=claims.document, text="", **values)


def _refuse_clash(library: Library, claims: WorkClaims) -> None:
    """Raise ReadError where a claim bears the name of another one."""
    iris = [iri for iri, _ in claims.effects] + [iri for iri, _ in claims.measurements]
    named = canonical_json(sorted(iris))
    for table in ("assertion", "measurement"):
        sql = f"""SELECT c.iri FROM {table} AS c JOIN extraction AS e ON e.id = c.extraction
                  WHERE e.work <> ? AND c.iri IN (SELECT value FROM json_each(?))"""
        found = library._rows(sql, (claims.work, named))
        if found:
            raise ReadError(
                f"{found[0]['iri']} is the name of another work's claim; the file was altered, export it again"
            )
    if len(set(iris)) < len(iris):
        raise ReadError(f"two claims of {claims.work} bear one name; the file was altered, export it again")
