"""Folders and files of the user's own: read where they lie, never copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.sources.records import Page, Record, Retraction, Search, as_is
from extractors.sources.service import Service
from ontology.errors import SourceError

BASE = ""
PAUSE = 0.0
complete = as_is


def pages(search: Search, service: Service, *, cursor: str = "") -> Iterator[Page]:  # noqa: ARG001
    """Yield one page of the paths of a search."""
    for path in search.paths:
        if not path.exists():
            raise SourceError(f"folder: {path} does not exist; mend paths of search {search.name!r}")
    yield Page(tuple(Record("folder", str(path), path=path) for path in search.paths), cursor, total=len(search.paths))


def retractions(dois: Sequence[str], service: Service) -> Iterator[Retraction]:  # noqa: ARG001
    """Know of none: a folder holds papers and no notices about others."""
    return iter(())
