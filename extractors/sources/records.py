"""The values between a source and the shelf: searches, records, pages, reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ontology.codec import digest, encode
from ontology.identity import normalise_doi, title_key

if TYPE_CHECKING:
    from extractors.sources.service import Service

__all__ = [
    "ARTICLE_TYPES",
    "Harvest",
    "Kept",
    "Link",
    "Moment",
    "Notify",
    "Page",
    "Record",
    "Retraction",
    "Search",
    "SearchReport",
    "Source",
    "TextKind",
    "Type",
    "as_is",
]

Type = Literal["article", "review", "preprint"]
Kept = Literal["full", "abstract", "none"]
TextKind = Literal["xml", "html", "pdf"]
ARTICLE_TYPES: dict[str, str] = {"article": "research-article", "review": "review-article", "preprint": "preprint"}


@dataclass(frozen=True, slots=True)
class Search:
    """Hold one ``[[search]]`` of a query file, its dates resolved."""

    name: str
    sources: tuple[str, ...]
    terms: tuple[str, ...] = ()  # phrases, any of which must occur
    all_of: tuple[str, ...] = ()  # phrases, each of which must occur
    none_of: tuple[str, ...] = ()  # phrases, none of which may occur
    since: date | None = None  # of publication, inclusive
    until: date | None = None  # of publication, inclusive
    types: tuple[Type, ...] = ()  # empty for all
    paths: tuple[Path, ...] = ()  # of the source ``folder``
    full_text: bool = True
    limit: int | None = None  # records looked at

    def identity(self, source: str) -> str:
        """Return the hash of what is asked of a source: another question, another place to go on from."""
        asked = [source, self.terms, self.all_of, self.none_of, str(self.since), str(self.until), self.types]
        return digest([*asked, [str(path) for path in self.paths]])[:24]


@dataclass(frozen=True, slots=True)
class Link:
    """Point at a full text."""

    url: str
    kind: TextKind


@dataclass(frozen=True, slots=True)
class Retraction:
    """Say that a work was retracted, and who says so."""

    doi: str  # normalised
    notice: str = ""  # DOI or other identifier of the notice
    source: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Hold what a source knows of one work."""

    source: str
    id: str  # in the source
    doi: str = ""  # normalised
    title: str = ""  # may hold <sub>, <sup> and character entities, as may the abstract
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    volume: str = ""
    first_page: str = ""
    article_type: str = ""
    licence: str = ""  # short name, as ``licence_name`` gives it; "" where unknown
    abstract: str = ""
    links: tuple[Link, ...] = ()  # best first
    is_retracted: bool = False
    is_notice: bool = False  # of a retraction: no paper of its own
    notices: tuple[Retraction, ...] = ()  # what it says about works
    path: Path | None = None  # a file or folder of the user's, read where it lies

    @property
    def key(self) -> str:
        """Return the key of the work: DOI, else title and first author, else the source's own name for it."""
        doi = normalise_doi(self.doi)
        return f"doi:{doi}" if doi else title_key(self.title, self.authors) or f"{self.source}:{self.id}"

    @property
    def fingerprint(self) -> str:
        """Return a hash of all that is known; another one is a reason to look at the work again."""
        return digest(encode(self))[:24]


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of records and where the next begins; "" after the last."""

    records: tuple[Record, ...]
    cursor: str  # of this page
    following: str = ""
    total: int | None = None  # records the source says there are


class Source(Protocol):
    """What a source's module offers."""

    BASE: str  # address of the service; "" for none
    PAUSE: float  # seconds between two requests, by the service's own rules

    def pages(self, search: Search, service: Service, *, cursor: str = "") -> Iterator[Page]:
        """Yield the pages of a search from a cursor on; "" is the first."""

    def complete(self, record: Record, service: Service) -> Record:
        """Ask what the page did not say and fetching a full text needs."""

    def retractions(self, dois: Sequence[str], service: Service) -> Iterator[Retraction]:
        """Yield which of these works are retracted."""


def as_is(record: Record, service: Service) -> Record:  # noqa: ARG001
    """Return a record to which its source has nothing to add."""
    return record


@dataclass(slots=True)
class SearchReport:
    """Count what one source gave for one search."""

    name: str
    source: str
    found: int = 0  # records seen in this run
    total: int | None = None  # records the source says there are
    full: int = 0  # new or renewed full texts
    abstracts: int = 0  # new or renewed abstracts
    known: int = 0  # records unchanged since an earlier run
    textless: int = 0  # records with neither
    retracted: int = 0  # records that are retracted or say so of another work
    complete: bool = False  # the last page was reached
    problem: str = ""
    missed: list[str] = field(default_factory=list)  # full texts that could not be had, and why

    def to_json(self) -> dict[str, Any]:
        """Render as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Harvest:
    """Hold what a harvest brought: the files to ingest, by work, and what is retracted."""

    searches: list[SearchReport] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    retractions: tuple[Retraction, ...] = ()
    problems: list[str] = field(default_factory=list)  # of the check for retractions

    @property
    def stored(self) -> int:
        """Return how many documents are new or renewed."""
        return sum(search.full + search.abstracts for search in self.searches)

    @property
    def failures(self) -> list[str]:
        """Return why sources could not be read to their end."""
        return [search.problem for search in self.searches if search.problem] + self.problems


@dataclass(frozen=True, slots=True)
class Moment:
    """Say what a harvest is doing."""

    source: str
    search: str
    done: int
    total: int | None
    what: str  # e.g. page | full text | abstract | waiting | retractions
    name: str = ""


Notify = Callable[[Moment], None]
