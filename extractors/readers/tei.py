"""Read TEI as GROBID writes it."""

import re
from dataclasses import dataclass, field

from extractors.readers.builder import CallOut, Meta, TextBuilder
from extractors.readers.files import Source
from extractors.readers.front import licence_name
from extractors.readers.inline import Flattener, Tokens, is_numeric
from extractors.readers.references import author_year, clean_doi
from extractors.readers.safexml import Element, attribute, children, find, find_all, local, parse, words
from extractors.readers.sections import level_of, part_of, role_of
from extractors.readers.tablemarkup import outermost, rows_of
from ontology.model import BlockKind, Document, Reference

VERSION = "tei 2"
_OWN = frozenset(("ref", "s", "figure", "note", "hi"))
_SKIP = frozenset(("graphic", "ptr"))


def read(source: Source) -> Document:
    """Read a TEI file."""
    root = parse(source)
    text = find(root, "text")
    if text is None:
        raise source.error("is TEI without a text", "run GROBID's full-text service on the PDF")
    paper = _Paper(root)
    paper.references()
    meta = _meta(root)
    paper.builder.block("title", [meta.title])
    abstract = find(root, "profileDesc", "abstract")
    if abstract is not None and words(abstract):
        paper.builder.heading(["Abstract"], level=1)
        paper.division(abstract, "paragraph")
        paper.builder.outline.leave()
    for part in children(text, "front", "body"):
        paper.division(part, "paragraph")
    for back in children(text, "back"):
        paper.division(back, "furniture")
    paper.list_references()
    if not any(block.kind == "paragraph" for block in paper.builder.blocks):
        raise source.error("is TEI without any paragraph", "run GROBID's full-text service on the PDF")
    return paper.builder.document(source, form="tei", reader=VERSION, meta=meta)


@dataclass
class _Paper:
    """Hold what reading one paper needs on the way."""

    root: Element
    builder: TextBuilder = field(default_factory=TextBuilder)
    keys: dict[str, str] = field(default_factory=dict)
    floats: list[Element] = field(default_factory=list)
    inline: Flattener = field(init=False)

    def __post_init__(self) -> None:
        self.inline = Flattener(self._special, _OWN, skip=_SKIP, breaks=frozenset(("lb", "br")))

    def references(self) -> None:
        """Give every entry its key: its place where call-outs show numbers, else surname and year."""
        back = find(self.root, "text", "back")
        calls = [ref for ref in find_all(find(self.root, "text"), "ref") if attribute(ref, "type") == "bibr"]
        numeric = sum(is_numeric(words(ref)) for ref in calls) * 2 > len(calls)
        for position, entry in enumerate(find_all(back, "biblStruct"), start=1):
            text = _entry(entry)
            key = str(position) if numeric else _author_year(entry) or author_year(text) or attribute(entry, "id")
            while any(one.key == key for one in self.builder.references):
                key += "'"
            doi = next(
                (clean_doi(words(one)) for one in find_all(entry, "idno") if attribute(one, "type") == "DOI"), ""
            )
            self.builder.references.append(Reference(key, text, doi or clean_doi(text)))
            self.keys[attribute(entry, "id")] = key

    def division(self, element: Element, kind: BlockKind) -> None:
        """Write a division and those inside it."""
        for child in children(element):
            name = local(child)
            if name == "head":
                self._head(child)
            elif name == "p" or name in ("formula", "quote", "ab"):
                self.builder.block(self._kind(kind), self.inline.inside(child))
            elif name == "list":
                for item in children(child, "item"):
                    self.builder.block("list_item" if kind == "paragraph" else kind, self.inline.inside(item))
            elif name in ("figure", "note"):
                self.floats.append(child)
            elif name not in ("listBibl", "listOrg"):
                self.division(child, kind)
            self._flush()

    def list_references(self) -> None:
        """Write the reference list."""
        if self.builder.references:
            self.builder.heading(["References"], level=1)
        for reference in self.builder.references:
            number = f"{reference.key}. " if reference.key.isdigit() else ""
            self.builder.block("reference", [number, reference.text])

    def _kind(self, kind: BlockKind) -> BlockKind:
        return "furniture" if self.builder.outline.part == "back" else kind

    def _head(self, head: Element) -> None:
        number = attribute(head, "n")
        text = f"{number} {words(head)}" if number else words(head)
        named = number or part_of(text) != "body" or role_of(text)
        level = level_of(text) if named else 2 if self.builder.outline.section else 1
        self.builder.heading([f"{number} " if number else "", *self.inline.inside(head)], level=level)

    def _special(self, element: Element, out: Tokens) -> bool:
        name = local(element)
        if name == "ref" and attribute(element, "type") == "bibr":
            shown = words(element)
            key = self.keys.get(attribute(element, "target").lstrip("#"))
            out.append(
                CallOut((key,), shown.strip("(), ") if is_numeric(shown.strip("[], ")) else shown) if key else shown
            )
        elif name == "s":
            self.inline.into(element, out)
            out.append(" ")
        elif name in ("figure", "note"):
            self.floats.append(element)
        elif name == "hi" and attribute(element, "rend") in ("superscript", "sup", "subscript", "sub"):
            element.tag = "sup" if attribute(element, "rend").startswith("sup") else "sub"
            self.inline.one(element, out)
        else:
            return False
        return True

    def _flush(self) -> None:
        while self.floats:
            element = self.floats.pop(0)
            if local(element) == "note":
                self.builder.block("footnote", self.inline.inside(element))
                continue
            out: Tokens = []
            for child in children(element, "head", "figDesc"):
                self.inline.into(child, out)
                out.append(" ")
            caption = self.builder.block("caption", out)
            for table in outermost(find_all(element, "table")):
                self.builder.table(rows_of(table, self.inline.inside), caption=caption)


def _meta(root: Element) -> Meta:
    header = find(root, "teiHeader")
    source = find(header, "sourceDesc", "biblStruct")
    year = next((attribute(date, "when") or words(date) for date in find_all(source, "date")), "")
    year = year or next((attribute(date, "when") or words(date) for date in find_all(header, "date")), "")
    found = re.search(r"(?:1[89]|20)\d\d", year)
    monogr = find(source, "monogr")
    dois = [clean_doi(words(one)) for one in find_all(source, "idno") if attribute(one, "type").upper() == "DOI"]
    return Meta(
        title=words(find(header, "titleStmt", "title")),
        doi=next(iter(dois), ""),
        authors=tuple(
            dict.fromkeys(name for one in find_all(find(source, "analytic"), "author") if (name := _person(one)))
        ),
        year=int(found.group()) if found else None,
        venue=words(find(monogr, "title")),
        licence=_licence(find(header, "availability")),
        volume=_scope(monogr, "volume"),
        first_page=_scope(monogr, "page"),
        summary_of=next((clean_doi(words(one)) for one in find_all(header, "idno") if _is_summary(one)), ""),
    )


def _scope(monogr: Element | None, unit: str) -> str:
    found = next((one for one in find_all(monogr, "biblScope") if attribute(one, "unit") == unit), None)
    return (attribute(found, "from") or words(found)) if found is not None else ""


def _is_summary(idno: Element) -> bool:
    return attribute(idno, "type") == "summary_of"


def _licence(availability: Element | None) -> str:
    stated = " ".join([words(availability), *(attribute(one, "target") for one in find_all(availability, "licence"))])
    return licence_name(stated)


def _person(author: Element) -> str:
    name = find(author, "persName")
    if name is None:
        return ""
    return " ".join(words(part) for part in children(name, "forename", "surname") if words(part))


def _author_year(entry: Element) -> str:
    year = next((attribute(date, "when")[:4] or words(date) for date in find_all(entry, "date")), "")
    return f"{words(find(entry, 'author', 'surname'))} {year}".strip() if year else ""


def _entry(entry: Element) -> str:
    """Write an entry from its fields."""
    people = ", ".join(person for one in find_all(entry, "author") if (person := _short(one)))
    titles = [words(title) for title in find_all(entry, "title")]
    year = next((attribute(date, "when")[:4] or words(date) for date in find_all(entry, "date")), "")
    scopes = [
        words(one) or "–".join(filter(None, (attribute(one, "from"), attribute(one, "to"))))
        for one in find_all(entry, "biblScope")
    ]
    raw = next((words(note) for note in find_all(entry, "note") if attribute(note, "type") == "raw_reference"), "")
    return raw or ", ".join(part for part in (people, *titles, year, *scopes) if part)


def _short(author: Element) -> str:
    name = find(author, "persName")
    if name is None:
        return words(author)
    initials = "".join(f"{words(part)[:1]}." for part in children(name, "forename") if words(part))
    return f"{initials} {words(find(name, 'surname'))}".strip()
