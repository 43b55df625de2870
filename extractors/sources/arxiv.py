"""arXiv: its Atom search; a licence is asked of the OAI interface, as the search does not say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.readers.safexml import Element, attribute, children, find, find_all, words
from extractors.sources.licences import short_name
from extractors.sources.records import Link, Page, Record, Retraction, Search
from extractors.sources.service import Service
from extractors.sources.shape import year_of
from ontology.errors import SourceError
from ontology.identity import normalise_doi

BASE = "https://export.arxiv.org"
_OAI = "https://oaipmh.arxiv.org/oai"  # beside it; a mirror has it at /oai
PAUSE = 3.0  # seconds; the service asks for no more than one request in three
_ROWS = 100
_REACH = 30_000  # records a search reaches
_IDENTIFIER = re.compile(r"abs/(.+?)(?:v\d+)?\Z")


def pages(search: Search, service: Service, *, cursor: str = "") -> Iterator[Page]:
    """Yield the pages of a search; a cursor is the number of records before it."""
    start = int(cursor) if cursor.isdigit() else 0
    while start < _REACH:
        params = {
            "search_query": query(search),
            "start": str(start),
            "max_results": str(_ROWS),
            "sortBy": "submittedDate",
            "sortOrder": "descending",
        }
        feed = service.xml("/api/query", params)
        entries = children(feed, "entry")
        if entries and words(find(entries[0], "title")) == "Error":
            raise SourceError(f"arxiv: {words(find(entries[0], 'summary'))}; check the terms of the search")
        stated = words(find(feed, "totalResults"))
        total = int(stated) if stated.isdigit() else None
        found = tuple(_record(entry, service) for entry in entries)
        following = start + len(entries)
        is_last = not entries or following >= min(total or 0, _REACH)
        yield Page(found, str(start), "" if is_last else str(following), total)
        if is_last:
            return
        start = following


def complete(record: Record, service: Service) -> Record:
    """Ask for the licence of a paper."""
    params = {"verb": "GetRecord", "identifier": f"oai:arXiv.org:{record.id}", "metadataPrefix": "arXiv"}
    place = _OAI if service.base == BASE else "/oai"
    stated = words(find(service.xml(place, params), "license"))
    return replace(record, licence=short_name(stated))


def retractions(dois: Sequence[str], service: Service) -> Iterator[Retraction]:  # noqa: ARG001
    """Know of none: a withdrawn preprint says so in words only."""
    return iter(())


def query(search: Search) -> str:
    """Write a search in the service's language.

    >>> query(Search("s", ("arxiv",), terms=("silicon anode", "SiOx"), all_of=("binder",), none_of=("solar",)))
    '(all:"silicon anode" OR all:"SiOx") AND all:"binder" ANDNOT all:"solar"'
    """
    parts = [f"({' OR '.join(map(_phrase, search.terms))})"] if search.terms else []
    parts += [_phrase(term) for term in search.all_of]
    if search.since or search.until:
        first = f"{search.since:%Y%m%d}0000" if search.since else "199101010000"
        last = f"{search.until:%Y%m%d}2359" if search.until else "299912312359"
        parts.append(f"submittedDate:[{first} TO {last}]")
    return " AND ".join(parts) + "".join(f" ANDNOT {_phrase(term)}" for term in search.none_of)


def _phrase(term: str) -> str:
    return f'all:"{term}"'


def _record(entry: Element, service: Service) -> Record:
    found = _IDENTIFIER.search(words(find(entry, "id")))
    identifier = found[1] if found else words(find(entry, "id"))
    published = next((words(one) for one in find_all(entry, "doi")), "")
    pdf = next((attribute(link, "href") for link in children(entry, "link") if attribute(link, "title") == "pdf"), "")
    authors = (words(find(author, "name")) for author in children(entry, "author"))
    return Record(
        source="arxiv",
        id=identifier,
        doi=normalise_doi(published) or normalise_doi(f"10.48550/arXiv.{identifier}"),
        title=words(find(entry, "title")),
        authors=tuple(name for name in authors if name),
        year=year_of(words(find(entry, "published"))),
        venue="arXiv",
        article_type="preprint",
        abstract=words(find(entry, "summary")),
        links=(Link(pdf or f"{service.base}/pdf/{identifier}", "pdf"),),
    )
