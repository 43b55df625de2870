"""What the graph is built from: the claims of one work, without its text."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.model import Assertion, Measurement, Reference

__all__ = ["WorkClaims"]


@dataclass(frozen=True, slots=True)
class WorkClaims:
    """Hold what one work says, as read from the best file of it, each claim with its IRI."""

    work: str  # work key, see ontology.identity.work_key
    iri: str
    doi: str = ""  # of the work, also where the file is a digest of it
    title: str = ""
    year: int | None = None
    authors: tuple[str, ...] = ()
    venue: str = ""
    licence: str = ""
    article_type: str = ""
    summary_of: str = ""  # set where the file read is a digest: the DOI it summarises
    document: str = ""  # id of the file read
    path: str = ""
    format: str = ""
    sha256: str = ""
    text_sha256: str = ""
    reader: str = ""
    extractor: str = ""
    references: tuple[Reference, ...] = ()  # those that a claim cites
    effects: tuple[tuple[str, Assertion], ...] = ()
    measurements: tuple[tuple[str, Measurement], ...] = ()
