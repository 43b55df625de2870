"""Read what JATS says about a work: title page, identifiers, references."""

import re

from extractors.readers.builder import Meta
from extractors.readers.front import licence_name
from extractors.readers.references import clean_doi, find_doi
from extractors.readers.safexml import Element, attribute, children, find, find_all, local, words

_PUNCTUATION = frozenset(",.;")
_FIELDS = ("article-title", "source", "year", "volume", "fpage", "lpage")


def meta_of(article: Element, front: Element | None, *, title: str) -> Meta:
    """Read the metadata of an article."""
    stated = find(front, "article-meta")
    if stated is None:
        stated = front
    return Meta(
        title=title,
        doi=next((clean_doi(words(one)) for one in find_all(stated, "article-id") if _is(one, "doi")), ""),
        authors=tuple(_authors(stated)),
        year=_year(stated),
        venue=words(find(front, "journal-title")) or words(find(front, "abbrev-journal-title")),
        licence=_licence(find(stated, "permissions")),
        article_type=attribute(article, "article-type"),
        summary_of=_custom(front, "summary_of"),
        volume=_own(stated, "volume"),
        first_page=_own(stated, "fpage") or _own(stated, "elocation-id"),
    )


def _own(stated: Element | None, name: str) -> str:
    return words(next(iter(children(stated, name)), None)) if stated is not None else ""


def _is(element: Element, kind: str) -> bool:
    return attribute(element, "pub-id-type") == kind


def _authors(stated: Element | None) -> list[str]:
    names: list[str] = []
    for contributor in find_all(stated, "contrib"):
        if attribute(contributor, "contrib-type") not in ("author", ""):
            continue
        name = next(iter(find_all(contributor, "name", "string-name")), None)
        if name is not None:
            names.append(_person(name, short=False))
        elif (group := find(contributor, "collab")) is not None:
            names.append(words(group))
    return [name for name in dict.fromkeys(names) if name]


def _person(name: Element, *, short: bool) -> str:
    parts = {local(one): one for one in reversed(list(name.iter()))}  # the first of each
    given, surname = words(parts.get("given-names")), words(parts.get("surname"))
    if short and given:
        given = given if "." in given or len(given) < 4 else "".join(f"{part[0]}." for part in given.split())
    return f"{given} {surname}".strip() or words(name)


def _year(stated: Element | None) -> int | None:
    dates = find_all(stated, "pub-date")
    ranked = sorted(
        dates, key=lambda date: attribute(date, "pub-type") in ("collection", "nihms-submitted", "pmc-release")
    )
    for date in ranked:
        year = words(find(date, "year"))
        if re.fullmatch(r"(?:1[89]|20)\d\d", year):
            return int(year)
    return None


def _licence(permissions: Element | None) -> str:
    for licence in find_all(permissions, "license", "license_ref", "ext-link"):
        stated = " ".join([*map(str, licence.attrib.values()), words(licence)])
        name = licence_name(stated)
        if name:
            return name
    return licence_name(words(permissions))


def _custom(front: Element | None, wanted: str) -> str:
    for pair in find_all(front, "custom-meta"):
        if words(find(pair, "meta-name")) == wanted:
            return clean_doi(words(find(pair, "meta-value")))
    return ""


def reference_of(ref: Element) -> tuple[str, str]:
    """Return text and DOI of one entry of the reference list."""
    cited = children(ref, "element-citation", "mixed-citation", "citation", "nlm-citation")
    if not cited:
        cited = find_all(ref, "element-citation", "mixed-citation", "citation", "nlm-citation") or [ref]
    text = " ; ".join(_entry(one) for one in cited)
    doi = next((clean_doi(words(one)) for one in find_all(ref, "pub-id") if _is(one, "doi")), "") or find_doi(text)
    return text, doi


def _entry(citation: Element) -> str:
    """Write an entry: as it stands where punctuation is given, else from its fields."""
    prose = "".join([child.tail or "" for child in citation])
    if not _PUNCTUATION.isdisjoint(prose):
        return " ".join(_prose(citation).split())
    people: list[str] = []
    dois: list[str] = []
    first: dict[str, Element] = {}
    for one in citation.iter():
        name = local(one)
        if name in ("name", "string-name"):
            people.append(_person(one, short=True))
        elif name == "pub-id" and _is(one, "doi"):
            dois.append(words(one))
        else:
            first.setdefault(name, one)
    title, source, year, volume, low, high = (words(first.get(field)) for field in _FIELDS)
    pages = "–".join(page for page in (low, high) if page) or words(first.get("elocation-id"))
    parts = [", ".join(people), title, source, year, volume, pages, *dois]
    return ", ".join(part for part in parts if part) or words(citation)


def _prose(citation: Element) -> str:
    """Write an entry as it stands; persons that nothing parts are parted, identifiers other than a DOI left out."""
    parts = [str(citation.text or "")]
    for child in citation:
        glued = local(child) == "person-group" and not "".join(str(one.tail or "") for one in child).strip()
        if glued:
            parts.append(
                ", ".join(_person(name, short=True) for name in find_all(child, "name", "string-name", "collab"))
            )
        elif local(child) != "pub-id" or _is(child, "doi"):
            parts.append(words(child))
        parts.append(str(child.tail or ""))
    return "".join(parts)
