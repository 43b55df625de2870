"""Europe PMC: its search in core form, full texts as JATS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.sources.licences import short_name
from extractors.sources.records import Link, Page, Record, Retraction, Search, TextKind, as_is
from extractors.sources.service import Service
from extractors.sources.shape import batches, number, objects, table, text, texts, year_of
from ontology.identity import normalise_doi

BASE = "https://www.ebi.ac.uk/europepmc/webservices/rest"
PAUSE = 0.25  # seconds
_ROWS = 100
_BATCH = 40  # DOIs in one question
_TYPES = {"article": "research-article", "review": "review"}
_NO_PAPERS = frozenset({"retraction of publication", "retraction"})

complete = as_is


def pages(search: Search, service: Service, *, cursor: str = "") -> Iterator[Page]:
    """Yield the pages of a search; the service repeats its cursor at the end."""
    cursor = cursor or "*"
    while cursor:
        answer = _ask(query(search), service, cursor)
        found = [_record(one, service) for one in objects(answer, "resultList", "result")]
        following = text(answer, "nextCursorMark")
        following = "" if not found or following == cursor else following
        yield Page(tuple(found), cursor, following, number(answer, "hitCount"))
        cursor = following


def retractions(dois: Sequence[str], service: Service) -> Iterator[Retraction]:
    """Yield which of these works Europe PMC marks as retracted."""
    for some in batches(dois, _BATCH):
        named = " OR ".join(f'DOI:"{doi}"' for doi in some)
        answer = _ask(f'({named}) AND PUB_TYPE:"retracted publication"', service, "*")
        for one in objects(answer, "resultList", "result"):
            yield from _record(one, service).notices


def query(search: Search) -> str:
    """Write a search in the service's language.

    >>> query(Search("s", ("europepmc",), terms=("silicon anode", "SiOx"), none_of=("solar",), types=("review",)))
    '(("silicon anode" OR "SiOx") NOT "solar") AND (PUB_TYPE:"review")'
    """
    parts = []
    if search.terms:
        parts.append(f"({' OR '.join(_phrase(term) for term in search.terms)})")
    parts += [_phrase(term) for term in search.all_of]
    words = " AND ".join(parts)
    if search.none_of:
        words = f"({words}{''.join(f' NOT {_phrase(term)}' for term in search.none_of)})"
    if search.since or search.until:
        first = search.since.isoformat() if search.since else "1600-01-01"
        last = search.until.isoformat() if search.until else "3000-12-31"
        words += f" AND (FIRST_PDATE:[{first} TO {last}])"
    if search.types:
        kinds = [f'PUB_TYPE:"{_TYPES[kind]}"' if kind in _TYPES else "SRC:PPR" for kind in search.types]
        words += f" AND ({' OR '.join(kinds)})"
    return words


def _phrase(term: str) -> str:
    return f'"{term}"'


def _ask(words: str, service: Service, cursor: str) -> Mapping[str, Any]:
    params = {"query": words, "resultType": "core", "format": "json", "pageSize": str(_ROWS), "cursorMark": cursor}
    params["sort"] = "P_PDATE_D desc"
    return service.json("/search", params | ({"email": service.contact} if service.contact else {}))


def _record(one: Mapping[str, Any], service: Service) -> Record:
    source, pmcid = text(one, "source"), text(one, "pmcid")
    kinds = {kind.casefold() for kind in texts(one, "pubTypeList", "pubType")}
    kinds |= {kind.strip().casefold() for kind in text(one, "pubType").split(";") if kind.strip()}
    authors = objects(one, "authorList", "author")
    shown = tuple(name for author in authors if (name := _name(author)))
    is_open = text(one, "isOpenAccess") == "Y" and pmcid.startswith("PMC")
    info = table(one, "journalInfo")
    doi, is_retracted = normalise_doi(text(one, "doi")), "retracted publication" in kinds
    return Record(
        source="europepmc",
        id=f"{source}/{text(one, 'id')}",
        doi=doi,
        title=text(one, "title").removesuffix("."),
        authors=shown or tuple(name for name in text(one, "authorString").rstrip(".").split(", ") if name),
        year=year_of(text(one, "pubYear")),
        venue=text(info, "journal", "title") or text(one, "journalTitle"),
        volume=text(info, "volume") or text(one, "journalVolume"),
        first_page=text(one, "pageInfo").partition("-")[0],
        article_type=_article_type(kinds, source),
        licence=short_name(text(one, "license")),
        abstract=text(one, "abstractText"),
        links=(*((Link(f"{service.base}/{pmcid}/fullTextXML", "xml"),) if is_open else ()), *_elsewhere(one)),
        is_retracted=is_retracted,
        is_notice=bool(kinds & _NO_PAPERS),
        notices=(Retraction(doi, _notice(one), "europepmc"),) if is_retracted and doi else (),
    )


def _elsewhere(one: Mapping[str, Any]) -> list[Link]:
    """Return the open texts the record names, pages before PDFs; the service's own page is a program, not a text."""
    kinds: tuple[TextKind, ...] = ("html", "pdf")
    named = [place for place in objects(one, "fullTextUrlList", "fullTextUrl") if text(place, "url")]
    return [
        Link(text(place, "url"), kind)
        for kind in kinds
        for place in named
        if text(place, "availabilityCode") == "OA"
        and text(place, "documentStyle") == kind
        and (kind == "pdf" or text(place, "site").casefold() != "europe_pmc")
    ]


def _article_type(kinds: set[str], source: str) -> str:
    if source == "PPR" or "preprint" in kinds:
        return "preprint"
    return "review-article" if any("review" in kind for kind in kinds) else "research-article" if kinds else ""


def _name(author: Mapping[str, Any]) -> str:
    whole = f"{text(author, 'firstName')} {text(author, 'lastName')}".strip()
    return whole or text(author, "fullName") or text(author, "collectiveName")


def _notice(one: Mapping[str, Any]) -> str:
    for note in objects(one, "commentCorrectionList", "commentCorrection"):
        if text(note, "type").casefold() == "retraction in":
            return f"{text(note, 'source')}/{text(note, 'id')}".strip("/")
    return ""
