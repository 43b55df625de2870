"""Crossref: works by bibliographic query, with the publisher's links for text mining and notices of retraction.

The service ranks everything it holds and cuts nothing off, so records are checked here against the phrases of the
search, and a search ends after a few pages in a row without one that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.sources.licences import short_name
from extractors.sources.matching import matches
from extractors.sources.records import ARTICLE_TYPES, Link, Page, Record, Retraction, Search, TextKind, Type, as_is
from extractors.sources.service import Service
from extractors.sources.shape import batches, number, objects, table, text, texts, year_of
from ontology.identity import normalise_doi

BASE = "https://api.crossref.org"
PAUSE = 0.2  # seconds
_ROWS = 100
_BATCH = 20  # DOIs in one question
_BARREN = 3  # pages in a row without a record that fits
_WITHDRAWS = frozenset({"retraction", "withdrawal", "removal"})  # kinds of update after which nothing holds
_TYPES: dict[Type, str] = {"article": "journal-article", "review": "journal-article", "preprint": "posted-content"}
_NAMES = {"journal-article": "article", "posted-content": "preprint"}
_KINDS: dict[str, TextKind] = {
    "application/xml": "xml",
    "text/xml": "xml",
    "text/html": "html",
    "application/pdf": "pdf",
}
_BEST_FIRST: tuple[TextKind, ...] = ("xml", "html", "pdf")

complete = as_is


def pages(search: Search, service: Service, *, cursor: str = "") -> Iterator[Page]:
    """Yield the pages of a search by cursor, each with the records that fit."""
    cursor, barren = cursor or "*", 0
    while cursor and barren < _BARREN:
        answer = table(_ask(parameters(search), service, cursor), "message")
        items = objects(answer, "items")
        found = tuple(record for record in map(_record, items) if record.is_notice or matches(record, search))
        barren = 0 if found else barren + 1
        following = text(answer, "next-cursor") if len(items) >= _ROWS else ""
        yield Page(found, cursor, following if barren < _BARREN else "", None)
        cursor = following


def retractions(dois: Sequence[str], service: Service) -> Iterator[Retraction]:
    """Yield which of these works a notice in Crossref retracts."""
    for some in batches((doi for doi in dois if "," not in doi), _BATCH):
        chosen = ",".join(f"updates:{doi}" for doi in some)
        answer = _ask({"filter": chosen, "select": "DOI,update-to,type,title"}, service, "")
        for item in objects(answer, "message", "items"):
            yield from (note for note in _notices(item) if note.doi in some)


def parameters(search: Search) -> dict[str, str]:
    """Write a search in the service's language.

    >>> parameters(Search("s", ("crossref",), terms=("silicon anode",), types=("article", "review")))
    {'query.bibliographic': 'silicon anode', 'filter': 'type:journal-article'}
    """
    filters = [f"from-pub-date:{search.since.isoformat()}"] if search.since else []
    filters += [f"until-pub-date:{search.until.isoformat()}"] if search.until else []
    filters += [f"type:{kind}" for kind in dict.fromkeys(_TYPES[kind] for kind in search.types)]
    words = " ".join((*search.all_of, *search.terms))
    return {"query.bibliographic": words} | ({"filter": ",".join(filters)} if filters else {})


def _ask(params: Mapping[str, str], service: Service, cursor: str) -> Mapping[str, Any]:
    place = {"cursor": cursor} if cursor else {}
    contact = {"mailto": service.contact} if service.contact else {}
    return service.json("/works", {**params, "rows": str(_ROWS), **place, **contact})


def _record(one: Mapping[str, Any]) -> Record:
    names = (f"{text(who, 'given')} {text(who, 'family')}".strip() or text(who, "name") for who in _authors(one))
    kind = _NAMES.get(text(one, "type"), text(one, "type"))
    notices = tuple(_notices(one))
    by = [update for update in objects(one, "updated-by") if text(update, "type") in _WITHDRAWS]
    doi = normalise_doi(text(one, "DOI"))
    return Record(
        source="crossref",
        id=text(one, "DOI").casefold(),
        doi=doi,
        title=text(one, "title"),
        authors=tuple(name for name in names if name),
        year=_year(one),
        venue=text(one, "container-title"),
        volume=text(one, "volume"),
        first_page=text(one, "page").partition("-")[0] or text(one, "article-number"),
        article_type=ARTICLE_TYPES.get(kind, kind),
        licence=_licence(one),
        abstract=text(one, "abstract"),
        links=tuple(_links(one)),
        is_retracted=bool(by),
        is_notice=bool(notices),
        notices=notices or tuple(Retraction(doi, normalise_doi(text(update, "DOI")), "crossref") for update in by[:1]),
    )


def _authors(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return objects(one, "author")


def _notices(one: Mapping[str, Any]) -> Iterator[Retraction]:
    for update in objects(one, "update-to"):
        doi = normalise_doi(text(update, "DOI"))
        if doi and text(update, "type").casefold() in _WITHDRAWS:
            yield Retraction(doi, normalise_doi(text(one, "DOI")), "crossref")


def _year(one: Mapping[str, Any]) -> int | None:
    for name in ("published", "issued", "published-online", "published-print"):
        parts = table(one, name).get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
        if first and (year := year_of(str(first[0]))):
            return year
    return None


def _licence(one: Mapping[str, Any]) -> str:
    """Return the open licence that is in force for the version of record, else for text mining."""
    found = {
        text(licence, "content-version"): name
        for licence in objects(one, "license")
        if number(licence, "delay-in-days") in (0, None) and (name := short_name(text(licence, "URL")))
    }
    return found.get("vor") or found.get("tdm") or found.get("unspecified") or found.get("am") or ""


def _links(one: Mapping[str, Any]) -> list[Link]:
    """Return the links for text mining, XML before a web page before PDF."""
    links = [
        Link(text(link, "URL"), _KINDS[text(link, "content-type")])
        for link in objects(one, "link")
        if text(link, "content-type") in _KINDS and "text-mining" in texts(link, "intended-application")
    ]
    return sorted(dict.fromkeys(links), key=lambda link: _BEST_FIRST.index(link.kind))
