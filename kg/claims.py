"""What the graph is built from: the claims of one work, without its text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ontology.model import Assertion, Measurement, Reference

__all__ = ["Change", "Stamp", "WorkClaims", "WorkSummary", "with_cited"]


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
    volume: str = ""
    first_page: str = ""  # or article number
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


def with_cited(claims: WorkClaims) -> WorkClaims:
    """Return a work without the references that none of its claims cites."""
    cited = {key for _, effect in claims.effects for key in effect.citations}
    cited |= {key for _, measurement in claims.measurements for key in measurement.citations}
    return replace(claims, references=tuple(reference for reference in claims.references if reference.key in cited))


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """Hold the one line of a work in a list of works."""

    work: str
    doi: str
    title: str
    year: int | None
    authors: tuple[str, ...]
    summary_of: str
    document: str
    path: str
    format: str
    sha256: str
    text_sha256: str
    effects: int
    measurements: int
    since: int  # generation in which this reading was published
    retracted: str = ""  # the notice, or who says so


@dataclass(frozen=True, slots=True)
class Change:
    """Say what adding or withdrawing did to the library."""

    work: str
    kind: Literal[
        "added", "replaced", "unchanged", "superseded", "kept", "withdrawn", "retracted", "reinstated", "unknown"
    ]
    generation: int  # last published after the change
    refused: tuple[tuple[str, str], ...] = ()  # what the shapes refuse of it: claim IRI and reason


@dataclass(frozen=True, slots=True)
class Stamp:
    """Hold the versions a reading of a file depends on; equal stamps give equal readings."""

    reader: str
    extractor: str
    lexicon: str
    ontology: str
