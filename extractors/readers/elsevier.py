"""Read Elsevier's full-text XML: ce: body under xocs:doc or an API response."""

import re
from dataclasses import dataclass, field

from extractors.readers.builder import CallOut, Meta, TextBuilder
from extractors.readers.files import Source
from extractors.readers.front import licence_name
from extractors.readers.inline import Flattener, Tokens
from extractors.readers.references import author_year, clean_doi, find_doi
from extractors.readers.safexml import Element, attribute, children, find, find_all, local, parse, words
from extractors.readers.sections import part_of
from extractors.readers.tablemarkup import rows_of
from ontology.model import BlockKind, Document, Reference

VERSION = "elsevier 2"
_TYPES = {"fla": "research-article", "rev": "review-article", "sco": "rapid-communication", "err": "correction"}
_FLOATS = frozenset(("figure", "table", "textbox", "e-component"))
_SKIP = frozenset(("link", "alt-text", "e-component", "copyright-line"))
_OWN = _FLOATS | {
    "cross-ref",
    "cross-refs",
    "hsp",
    "float-anchor",
    "display",
    "formula",
    "list-item",
    "para",
    "simple-para",
}


def read(source: Source) -> Document:
    """Read an Elsevier XML file."""
    root = parse(source)
    article = _Article(root)
    article.references()
    meta = _meta(root)
    title = find(root, "head", "title")
    article.builder.block("title", article.inline.inside(title) if title is not None else [meta.title])
    for abstract in find_all(find(root, "head"), "abstract"):
        if attribute(abstract, "class") in ("author", ""):
            heading = find(abstract, "section-title")
            article.builder.heading([words(heading) or "Abstract"], level=1)
            article.section(abstract, 2, "paragraph")
    body = find(root, "body")
    if body is None and not any(block.kind == "paragraph" for block in article.builder.blocks):
        raise source.error("is Elsevier XML without a body", "request the FULL view with an entitled key")
    if body is not None:
        article.section(body, 1, "paragraph")
    article.rest()
    return article.builder.document(source, form="elsevier", reader=VERSION, meta=meta)


@dataclass
class _Article:
    """Hold what reading one article needs on the way."""

    root: Element
    builder: TextBuilder = field(default_factory=TextBuilder)
    keys: dict[str, str] = field(default_factory=dict)
    floats: dict[str, Element] = field(default_factory=dict)  # by id, taken out when written
    waiting: list[Element] = field(default_factory=list)
    inline: Flattener = field(init=False)

    def __post_init__(self) -> None:
        raised, lowered = frozenset(("sup",)), frozenset(("inf", "sub"))
        self.inline = Flattener(self._special, _OWN, skip=_SKIP, superscripts=raised, subscripts=lowered)
        for group in find_all(self.root, "floats"):
            self.floats.update({attribute(one, "id"): one for one in children(group)})

    def references(self) -> None:
        """Give every entry its key: the number of its label, else surname and year."""
        for entry in find_all(self.root, "bib-reference"):
            label = re.search(r"\d+", words(next(iter(children(entry, "label")), None)))
            text = _entry(entry)
            key = label.group() if label else author_year(text) or attribute(entry, "id")
            self.keys[attribute(entry, "id")] = key
            doi = next((clean_doi(words(one)) for one in find_all(entry, "doi")), "")
            self.builder.references.append(Reference(key, text, doi or find_doi(text)))

    def section(self, element: Element, level: int, kind: BlockKind) -> None:
        """Write a section and those inside it."""
        for child in children(element):
            name = local(child)
            if name == "section":
                self._section(child, level, kind)
            elif name in ("para", "simple-para"):
                self.builder.block(kind, self.inline.inside(child))
            elif name in ("list-item", "def-description"):
                self.section(child, level, "list_item" if kind == "paragraph" else kind)
            elif name in _FLOATS:
                self.waiting.append(child)
            elif name == "acknowledgment":
                self._section(child, 1, "furniture")
            elif name not in ("section-title", "label"):
                self.section(child, level, kind)
            self._flush()

    def rest(self) -> None:
        """Write the floats nobody mentioned, and the reference list."""
        self.waiting += list(self.floats.values())
        self.floats = {}
        self._flush()
        if self.builder.references:
            self.builder.heading(["References"], level=1)
        for reference in self.builder.references:
            number = f"{reference.key}. " if reference.key.isdigit() else ""
            self.builder.block("reference", [number, reference.text])

    def _section(self, section: Element, level: int, kind: BlockKind) -> None:
        title = next(iter(children(section, "section-title")), None)
        label = words(next(iter(children(section, "label")), None))
        if title is not None:
            self.builder.heading([f"{label} " if label else "", *self.inline.inside(title)], level=level)
        back = title is not None and part_of(words(title)) == "back"
        self.section(section, level + 1, "furniture" if back else kind)

    def _special(self, element: Element, out: Tokens) -> bool:
        name = local(element)
        if name in ("cross-ref", "cross-refs"):
            self._reference(element, out)
        elif name == "hsp":
            out.append(" ")
        elif name == "float-anchor":
            self._anchored(attribute(element, "refid"))
        elif name in _FLOATS:
            self.waiting.append(element)
        elif name in ("display", "formula"):
            out.append(" ")
            self.inline.into(element, out)
            out.append(" ")
        elif name in ("list-item", "para", "simple-para"):
            out.append(" ")
            self.inline.into(element, out)
        else:
            return False
        return True

    def _reference(self, element: Element, out: Tokens) -> None:
        targets = attribute(element, "refid").split()
        keys = tuple(dict.fromkeys(self.keys[one] for one in targets if one in self.keys))
        for target in targets:
            self._anchored(target)
        if keys:
            out.append(CallOut(keys, words(element)))
        else:
            self.inline.into(element, out)

    def _anchored(self, identity: str) -> None:
        if identity in self.floats:
            self.waiting.append(self.floats.pop(identity))

    def _flush(self) -> None:
        while self.waiting:
            element = self.waiting.pop(0)
            out: Tokens = [f"{words(next(iter(children(element, 'label')), None))} "]
            for caption in children(element, "caption"):
                self.inline.into(caption, out)
            span = self.builder.block("caption", out)
            for group in find_all(element, "tgroup"):
                self.builder.table(rows_of(group, self.inline.inside), caption=span)
            for note in find_all(element, "legend", "table-footnote"):
                self.builder.block("footnote", self.inline.inside(note))


def _meta(root: Element) -> Meta:
    year = re.search(r"(?:1[89]|20)\d\d", words(find(root, "cover-date-year")) or words(find(root, "coverDate")))
    article = find(root, "article")
    licence = " ".join(words(one) for one in find_all(root, "oa-user-license", "openaccessUserLicense"))
    head = find(root, "head")
    return Meta(
        title=words(find(head, "title")) or words(find(root, "coredata", "title")),
        doi=clean_doi(words(find(root, "doi"))),
        authors=tuple(_authors(head)),
        year=int(year.group()) if year else None,
        venue=words(find(root, "srctitle")) or words(find(root, "publicationName")),
        licence=licence_name(licence),
        volume=words(find(root, "vol-first")) or words(find(root, "coredata", "volume")),
        first_page=words(find(root, "first-fp")) or words(find(root, "startingPage")),
        article_type=_TYPES.get(attribute(article, "docsubtype"), "") if article is not None else "",
    )


def _authors(head: Element | None) -> list[str]:
    named = [(words(find(one, "given-name")), words(find(one, "surname"))) for one in find_all(head, "author")]
    return [name for given, surname in named if (name := f"{given} {surname}".strip())]


def _entry(entry: Element) -> str:
    """Write an entry from its fields, or as it stands."""
    parts: list[str] = []
    for cited in children(entry, "reference", "other-ref"):
        if local(cited) == "other-ref":
            parts.append(words(cited))
            continue
        people = [
            f"{words(find(one, 'given-name'))} {words(find(one, 'surname'))}".strip()
            for one in find_all(cited, "author")
        ]
        titles = [words(one) for one in find_all(cited, "maintitle")]
        volume, year = words(find(cited, "volume-nr")), words(find(cited, "date"))
        pages = "–".join(filter(None, (words(find(cited, "first-page")), words(find(cited, "last-page")))))
        parts.append(", ".join(part for part in (*people, *titles, volume, year, pages) if part))
    return "; ".join(parts)
