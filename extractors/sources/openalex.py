"""OpenAlex: works by search, abstracts from their inverted index, the best open location's PDF, else its page.

With an API key pages come by cursor; without one the service takes page numbers only, and no more than 10,000 works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.sources.licences import short_name
from extractors.sources.records import ARTICLE_TYPES, Link, Page, Record, Retraction, Search, TextKind, as_is
from extractors.sources.service import Service
from extractors.sources.shape import batches, clean, number, objects, table, text, year_of
from ontology.identity import normalise_doi

BASE = "https://api.openalex.org"
PAUSE = 0.2  # seconds
_ROWS = 100
_REACH = 10_000  # works that page numbers reach
_BATCH = 50  # DOIs in one question
_LONGEST = 20_000  # words of an abstract; positions beyond are no abstract's

complete = as_is


def pages(search: Search, service: Service, *, cursor: str = "") -> Iterator[Page]:
    """Yield the pages of a search, by cursor or by number."""
    cursor = cursor or ("*" if service.key else "1")
    while cursor:
        answer = _ask(parameters(search), service, cursor)
        found = tuple(_record(one) for one in objects(answer, "results"))
        following = _following(answer, cursor) if found else ""
        yield Page(found, cursor, following, number(answer, "meta", "count"))
        cursor = following


def retractions(dois: Sequence[str], service: Service) -> Iterator[Retraction]:
    """Yield which of these works OpenAlex marks as retracted."""
    for some in batches((doi for doi in dois if not set(doi) & set(",|")), _BATCH):
        answer = _ask({"filter": f"doi:{'|'.join(some)},is_retracted:true"}, service, "1")
        for record in map(_record, objects(answer, "results")):
            if record.is_retracted and record.doi:
                yield Retraction(record.doi, "", service.name)


def parameters(search: Search) -> dict[str, str]:
    """Write a search in the service's language.

    >>> parameters(Search("s", ("openalex",), terms=("silicon anode", "SiOx"), all_of=("binder",), types=("review",)))
    {'search': '("silicon anode" OR "SiOx") AND "binder"', 'filter': 'type:review', 'sort': 'publication_date:desc'}
    """
    parts = [f"({' OR '.join(map(_phrase, search.terms))})"] if search.terms else []
    words = " AND ".join(parts + [_phrase(term) for term in search.all_of])
    words += "".join(f" NOT {_phrase(term)}" for term in search.none_of)
    kinds = "|".join(search.types)
    filters = {
        "from_publication_date": search.since.isoformat() if search.since else "",
        "to_publication_date": search.until.isoformat() if search.until else "",
        "type": kinds,
    }
    chosen = ",".join(f"{name}:{value}" for name, value in filters.items() if value)
    return {"search": words} | ({"filter": chosen} if chosen else {}) | {"sort": "publication_date:desc"}


def words_of(index: Mapping[str, Any]) -> str:
    """Return an abstract from its inverted index.

    >>> words_of({"anodes": [1, 3], "Silicon": [0], "beat": [2]})
    'Silicon anodes beat anodes'
    """
    placed = {
        at: word
        for word, places in index.items()
        if isinstance(word, str) and isinstance(places, list)
        for at in places
        if isinstance(at, int) and 0 <= at < _LONGEST
    }
    return clean(" ".join(placed[at] for at in sorted(placed)))


def _phrase(term: str) -> str:
    return f'"{term}"'


def _ask(params: Mapping[str, str], service: Service, cursor: str) -> Mapping[str, Any]:
    place = {"page": cursor} if cursor.isdigit() else {"cursor": cursor}
    whole = {**params, "per_page": str(_ROWS), **place} | ({"mailto": service.contact} if service.contact else {})
    return service.json("/works", whole, secrets={"api_key": service.key} if service.key else None)


def _following(answer: Mapping[str, Any], cursor: str) -> str:
    if not cursor.isdigit():
        return text(answer, "meta", "next_cursor")
    seen = int(cursor) * _ROWS
    return str(int(cursor) + 1) if seen < min(number(answer, "meta", "count") or 0, _REACH) else ""


def _record(one: Mapping[str, Any]) -> Record:
    best = table(one, "best_oa_location")
    addresses: tuple[tuple[str, TextKind], ...] = (
        (text(best, "pdf_url"), "pdf"),
        (text(best, "landing_page_url"), "html"),
    )
    authors = (text(author, "author", "display_name") for author in objects(one, "authorships"))
    kind = text(one, "type")
    return Record(
        source="openalex",
        id=text(one, "id").rpartition("/")[2],
        doi=normalise_doi(text(one, "doi")),
        title=text(one, "title") or text(one, "display_name"),
        authors=tuple(name for name in authors if name),
        year=year_of(text(one, "publication_year")),
        venue=text(table(one, "primary_location"), "source", "display_name"),
        volume=text(one, "biblio", "volume"),
        first_page=text(one, "biblio", "first_page"),
        article_type=ARTICLE_TYPES.get(kind, kind),
        licence=short_name(text(best, "license")) if best.get("is_oa") is True else "",
        abstract=words_of(table(one, "abstract_inverted_index")),
        links=tuple(Link(address, kind) for address, kind in addresses if address),
        is_retracted=one.get("is_retracted") is True,
        is_notice=kind == "retraction",
    )
