"""Find a web page's reference list, and which of its links cite an entry of it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.readers.citations import expand
from extractors.readers.html_page import Page, dropped
from extractors.readers.inline import is_numeric
from extractors.readers.references import author_year, clean_doi, entry_number, parse_entry
from extractors.readers.safexml import Element, attribute, local
from extractors.readers.sections import part_of
from ontology.model import Reference

_ENTRY = frozenset(("li", "p", "tr", "dd", "div"))
_NOT_CITED = re.compile(
    r"(?:fig|f\d|tab|t\d|tbl|sec|s\d|_?eq|eeq|app|fn|foot|note|aff|scheme|sch|mov|supp|cor|n\d)", re.I
)
_LONGEST = 1500  # characters of an entry; longer elements are paragraphs that links lead back to
_LINKS = re.compile(
    r"\s*(?:\[?\s*(?:crossref|pubmed|google scholar|view article|view all references|full text|abstract|"
    r"web of science|publisher site|view at publisher|view at google scholar|view at scopus|find it|"
    r"cas|medline|ads)\s*\]?\s*[|,·]?\s*)+\.?\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class References:
    """Hold the entries of the list, by element and by the ids that links name."""

    elements: dict[Element, Reference]
    by_id: dict[str, str]

    @property
    def entries(self) -> list[Reference]:
        """Return the entries in order."""
        return list(self.elements.values())

    @classmethod
    def of(cls, page: Page) -> "References":
        """Find the list: what numbered links point to, else what stands under its heading."""
        found = list(dict.fromkeys(one for one in _pointed_at(page) if _may_be_entry(one)))
        if len(found) < 3:
            found = list(dict.fromkeys(_under_heading(page)))
        found = [one for one in found if not any(up in found for up in one.iterancestors())]
        elements: dict[Element, Reference] = {}
        by_id: dict[str, str] = {}
        numbered = _is_numbered(page)
        for position, element in enumerate(found, start=1):
            text = _entry_text(element)
            own = entry_number(text)
            entry = parse_entry(text)
            if numbered:
                entry = replace(entry, key=own or str(position))
            elements[element] = replace(entry, doi=entry.doi or _linked_doi(element))
            for one in (element, *element.iterdescendants(), *list(element.iterancestors())[:1]):
                for name in (attribute(one, "id"), attribute(one, "name")):
                    if name and (one is not element.getparent() or local(one) == "li"):
                        by_id.setdefault(name, elements[element].key)
        return cls(elements, by_id)

    def cited_by(self, anchor: Element) -> tuple[str, ...]:
        """Return the keys a link cites; none where it is another link."""
        names = _targets(anchor)
        shown = " ".join("".join(map(str, anchor.itertext())).split())
        keys = [self.by_id[name] for name in names if name in self.by_id]
        if is_numeric(shown) and names and not any(_NOT_CITED.match(name) for name in names):
            keys += [key for key in expand(shown.strip("[] ")) if keys or key in self.by_id.values() or not self.by_id]
        return tuple(dict.fromkeys(keys)) if is_numeric(shown) or re.search(r"(?:19|20)\d\d|et al", shown) else ()


def _targets(anchor: Element) -> list[str]:
    linked = attribute(anchor, "href").partition("#")[2]
    related = attribute(anchor, "rel") if "references:" in attribute(anchor, "rel") else ""
    names = re.split(r"[\s,]+", f"{linked} {related.replace('references:', ' ').replace('#', ' ')}".replace("%20", " "))
    return list(dict.fromkeys(name for name in names if name))


def _pointed_at(page: Page) -> Iterator[Element]:
    named = {
        attribute(one, key): one
        for one in page.root.iter()
        if local(one)
        for key in ("id", "name")
        if attribute(one, key)
    }
    wanted: dict[Element, None] = {}
    for anchor in page.main.iter("a"):
        shown = "".join(map(str, anchor.itertext())).strip()
        if not is_numeric(shown):
            continue
        for name in _targets(anchor):
            target = named.get(name)
            if target is not None and not _NOT_CITED.match(name):
                wanted[_entry_of(target)] = None
    # One list holds them, and entries that nobody cites stand between the others.
    parents = Counter(parent for one in wanted if (parent := one.getparent()) is not None and _may_be_entry(one))
    if not parents:
        return
    holder = parents.most_common(1)[0][0]
    kinds = {local(one) for one in wanted if one.getparent() is holder}
    yield from (one for one in holder if local(one) in kinds)


def _may_be_entry(element: Element) -> bool:
    """Say whether an element is short enough, and cites little enough, to be an entry and not a paragraph."""
    calls = sum(is_numeric("".join(map(str, anchor.itertext()))) for anchor in element.iter("a"))
    return calls < 3 and len(_entry_text(element)) < _LONGEST


def _entry_of(target: Element) -> Element:
    for one in (target, *target.iterancestors()):
        if local(one) in _ENTRY and len("".join(map(str, one.itertext())).strip()) > 15:
            return one
    return target


def _under_heading(page: Page) -> Iterator[Element]:
    inside = False
    for element in page.root.iter("h1", "h2", "h3", "h4", "h5", "h6", "li", "p"):
        if local(element) in ("li", "p"):
            text = "".join(map(str, element.itertext())).strip()
            if (
                inside
                and not dropped(element)
                and (entry_number(text) or author_year(text).count(" "))
                and len(text) > 25
            ):
                yield element
        else:
            inside = part_of(" ".join("".join(map(str, element.itertext())).split())) == "references"


def _is_numbered(page: Page) -> bool:
    """Say whether call-outs show numbers, as links, raised or in brackets."""
    numbers = names = 0
    for element in page.main.iter("a", "sup"):
        shown = "".join(map(str, element.itertext())).strip()
        if is_numeric(shown) and (local(element) == "sup" or _targets(element)):
            numbers += 1
        elif local(element) == "a" and re.search(r"[^\W\d_]{2}.*\b(?:19|20)\d\d", shown) and _targets(element):
            names += 1
    if numbers or names:
        return numbers > names
    return bool(re.search(r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]", "".join(map(str, page.main.itertext()))))


def _entry_text(element: Element) -> str:
    text = " ".join("".join(map(str, element.itertext())).split())
    return _LINKS.sub("", text).strip()


def _linked_doi(element: Element) -> str:
    for anchor in element.iter("a"):
        doi = clean_doi(attribute(anchor, "href"))
        if doi:
            return doi
    return ""
