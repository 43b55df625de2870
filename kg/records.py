"""Turn readings into rows of the library and rows into values: pure, no connection."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.claims import WorkClaims, WorkSummary, with_cited
from kg.curation import Anchor, Curation
from ontology.codec import canonical_json, decode, digest, encode
from ontology.identity import local_iri, normalise_doi, work_iri
from ontology.model import Assertion, Document, Evidence, Extraction, Measurement

__all__ = [
    "Children",
    "Effects",
    "Numbers",
    "children",
    "content_digest",
    "document_claims",
    "extraction_row",
    "is_abstract",
    "slot",
    "to_claims",
    "to_curation",
    "to_summary",
]

Effects = Sequence[tuple[str, Assertion]]  # claims with their IRIs
Numbers = Sequence[tuple[str, Measurement]]

# How much a file tells about its work: marked-up full text first, a digest last.
_FORMATS = ("jats", "tei", "html", "markdown", "text", "pdf")
_BODY_ROLES = frozenset({"introduction", "methods", "results", "discussion", "conclusion"})
_NO_BODY, _ABSTRACT, _DIGEST = 10, 50, 100


@dataclass(frozen=True, slots=True)
class Children:
    """Hold the rows below one reading, by table."""

    assertions: list[tuple[int, int, str, str, str]]
    measurements: list[tuple[int, int, str, str]]
    citations: list[tuple[int, str, str]]
    sentences: list[tuple[str, int]]


def slot(document: Document) -> str:
    """Return what a reading replaces within its work: a file of the same format, the digest of the same name, or
    another abstract, which never takes the place of a full text.
    """
    if document.summary_of:
        return f"digest:{document.id}"
    return "abstract" if is_abstract(document) else document.format


def content_digest(extraction: Extraction) -> str:
    """Return the hash of all that was read, the file's name and place apart."""
    return digest(encode(replace(extraction, document=replace(extraction.document, id="", path="", text=""))))


def extraction_row(extraction: Extraction, work: str, *, lexicon: str, ontology: str) -> dict[str, Any]:
    """Return the columns of one reading; the generation is the library's to add."""
    document = extraction.document
    return {
        "work": work,
        "slot": slot(document),
        "preference": _preference(document),
        "file": document.sha256,
        "text": document.text_sha256,
        "path": document.path.encode("utf-8", "backslashreplace").decode(),  # a file name may be no Unicode
        "digest": content_digest(extraction),
        "reader": document.reader,
        "extractor": extraction.extractor,
        "lexicon": lexicon,
        "ontology": ontology,
        "document": canonical_json(encode(replace(document, text=""))),
        "mentions": canonical_json(encode(extraction.mentions)),
        "refusals": canonical_json(encode(extraction.refusals)),
    }


def children(document: Document, work: str, number: int, effects: Effects, measurements: Numbers) -> Children:
    """Return the rows of a reading's claims, given with their IRIs, of its citations and evidence sentences."""
    dois = {reference.key: normalise_doi(reference.doi) for reference in document.references}
    claims: list[Assertion | Measurement] = [effect for _, effect in effects]
    claims += [measurement for _, measurement in measurements]
    cited = sorted({key for claim in claims for key in claim.citations if dois.get(key)})
    return Children(
        assertions=[
            (
                number,
                position,
                iri,
                effect.cause_concept or local_iri(work, effect.cause),
                canonical_json(encode(effect)),
            )
            for position, (iri, effect) in enumerate(effects)
        ],
        measurements=[
            (number, position, iri, canonical_json(encode(measurement)))
            for position, (iri, measurement) in enumerate(measurements)
        ],
        citations=[(number, key, dois[key]) for key in cited],
        sentences=[(text, number) for text in _sentences(claim.evidence for claim in claims)],
    )


def to_claims(
    row: sqlite3.Row,
    effects: tuple[tuple[str, Assertion], ...],
    measurements: tuple[tuple[str, Measurement], ...],
) -> WorkClaims:
    """Build a work's claims from its reading and their rows."""
    document = decode(Document, json.loads(row["document"]))
    return document_claims(
        document, work=row["work"], extractor=row["extractor"], effects=effects, measurements=measurements
    )


def document_claims(
    document: Document,
    *,
    work: str,
    extractor: str,
    effects: tuple[tuple[str, Assertion], ...],
    measurements: tuple[tuple[str, Measurement], ...],
) -> WorkClaims:
    """Return what a work says by one document of it; references that no claim cites are left out."""
    claims = WorkClaims(
        work=work,
        iri=work_iri(work),
        doi=_doi(document),
        title=document.title,
        year=document.year,
        authors=document.authors,
        venue=document.venue,
        volume=document.volume,
        first_page=document.first_page,
        licence=document.licence,
        article_type=document.article_type,
        summary_of=document.summary_of,
        document=document.id,
        path=document.path,
        format=document.format,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        reader=document.reader,
        extractor=extractor,
        references=document.references,
        effects=effects,
        measurements=measurements,
    )
    return with_cited(claims)


def to_curation(row: sqlite3.Row) -> Curation:
    """Build a curator's word from its row and the time of its generation."""
    roles = tuple(sorted(json.loads(row["roles"]).items()))
    return Curation(
        id=row["id"],
        anchor=Anchor(row["work"], row["quote"], roles),
        action=row["action"],
        replacement=row["replacement"] or "",
        curator=row["curator"],
        note=row["note"],
        at=row["at"],
        since=row["valid_from"],
    )


def to_summary(row: sqlite3.Row) -> WorkSummary:
    """Build the one line of a work from its reading with the counts of its claims."""
    document = decode(Document, json.loads(row["document"]))
    return WorkSummary(
        work=row["work"],
        doi=_doi(document),
        title=document.title,
        year=document.year,
        authors=document.authors,
        summary_of=document.summary_of,
        document=document.id,
        path=document.path,
        format=document.format,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        effects=row["effects"],
        measurements=row["measurements"],
        since=row["valid_from"],
    )


def _doi(document: Document) -> str:
    return normalise_doi(document.summary_of) or normalise_doi(document.doi)


def is_abstract(document: Document) -> bool:
    """Say whether a document holds an abstract and no more."""
    prose = [block.role for block in document.blocks if block.kind in ("paragraph", "list_item")]
    return bool(prose) and set(prose) == {"abstract"}


def _preference(document: Document) -> int:
    rank = _FORMATS.index(document.format) if document.format in _FORMATS else len(_FORMATS)
    whole = any(block.role in _BODY_ROLES for block in document.blocks)
    missing = _ABSTRACT if is_abstract(document) else 0 if whole else _NO_BODY
    return rank + missing + (_DIGEST if document.summary_of else 0)


def _sentences(evidence: Iterable[tuple[Evidence, ...]]) -> Iterator[str]:
    return iter(dict.fromkeys(pieces[0].text for pieces in evidence if pieces))
