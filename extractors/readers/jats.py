"""Read JATS and NLM XML, bare or wrapped in a publisher's <response>."""

import re
from dataclasses import dataclass, field

from extractors.readers.builder import CallOut, TextBuilder
from extractors.readers.citations import expand
from extractors.readers.files import Source
from extractors.readers.inline import Flattener, Tokens, is_numeric, merge
from extractors.readers.jats_meta import meta_of, reference_of
from extractors.readers.mathml import render_tex
from extractors.readers.references import author_year
from extractors.readers.safexml import Element, attribute, children, find, find_all, local, parse, words
from extractors.readers.sections import part_of
from extractors.readers.tablemarkup import outermost, rows_of
from ontology.model import BlockKind, Document, Reference

VERSION = "jats 3"
_FLOATS = frozenset(("fig", "fig-group", "table-wrap", "table-wrap-group", "supplementary-material", "boxed-text"))
_BLOCKS = frozenset(("list", "disp-quote", "def-list", "p", "verse-group", "statement"))
_SKIP = frozenset(
    ("graphic", "inline-graphic", "media", "object-id", "alt-text", "long-desc", "inline-supplementary-material")
)
_OWN = _FLOATS | {"xref", "fn", "disp-formula", "disp-formula-group", "alternatives", "tex-math", "label"}
_DIGITS = re.compile(r"\d+")
_OTHER_ABSTRACTS = frozenset(("graphical", "toc", "teaser", "short", "precis", "web-summary", "executive-summary"))


def read(source: Source) -> Document:
    """Read a JATS file."""
    root = parse(source)
    articles = [root] if local(root) == "article" else find_all(root, "article")
    articles = [
        article for article in articles if find(article, "front") is not None or find(article, "body") is not None
    ]
    if not articles:
        raise source.error("is JATS without an article", "download the full text again")
    if len(articles) > 1:
        raise source.error(f"holds {len(articles)} articles", "give one file an article")
    return _Article(articles[0]).document(source)


@dataclass
class _Article:
    """Hold what reading one article needs on the way."""

    root: Element
    builder: TextBuilder = field(default_factory=TextBuilder)
    keys: dict[str, str] = field(default_factory=dict)  # id of a reference -> its key
    floats: list[Element] = field(default_factory=list)
    inline: Flattener = field(init=False)

    def __post_init__(self) -> None:
        self.inline = Flattener(self._special, _OWN, skip=_SKIP)

    def document(self, source: Source) -> Document:
        """Write the article in reading order."""
        self._number_references()
        front, body, back = (next(iter(children(self.root, name)), None) for name in ("front", "body", "back"))
        title = self._front(front)
        if body is not None:
            self._container(body, 1)
        for group in children(self.root, "floats-group"):
            self.floats += list(children(group))
        self._flush()
        self._back(back)
        if not self.builder.blocks:
            raise source.error("is JATS without any text", "download the full text again")
        meta = meta_of(self.root, front, title=title)
        return self.builder.document(source, form="jats", reader=VERSION, meta=meta)

    def _number_references(self) -> None:
        """Give every reference its key: its printed number, else surname and year."""
        refs = find_all(self.root, "ref")
        ids = {attribute(ref, "id") for ref in refs}
        calls = [xref for xref in find_all(self.root, "xref") if ids.intersection(attribute(xref, "rid").split())]
        said = [(attribute(xref, "rid"), words(xref)) for xref in calls]
        numeric = any(is_numeric(text) for _, text in said)
        shown = {rid: text.strip("[]") for rid, text in said if text.strip("[]").isdigit()}
        taken = set[str]()
        for position, ref in enumerate(refs, start=1):
            number = _DIGITS.search(words(next(iter(children(ref, "label")), None)))
            label = number.group() if number else ""
            identity = attribute(ref, "id")
            text, doi = reference_of(ref)
            key = label or (shown.get(identity) or str(position) if numeric else author_year(text)) or identity
            while not numeric and not label and key in taken:
                key += "'"
            taken.add(key)
            self.keys[identity] = key
            for inner in find_all(ref, "element-citation", "mixed-citation", "citation"):
                self.keys.setdefault(attribute(inner, "id"), key)
            self.builder.references.append(Reference(key, text, doi))

    def _special(self, element: Element, out: Tokens) -> bool:
        """Take the inline elements that are JATS's own."""
        name = local(element)
        if name == "xref" and self._cites(element):
            shown = words(element)
            keys = expand(shown.strip("[] ")) if is_numeric(shown) else ()
            named = tuple(self.keys[rid] for rid in attribute(element, "rid").split() if rid in self.keys)
            out.append(CallOut(tuple(dict.fromkeys((*named, *keys))), shown) if named or keys else shown)
        elif name in _FLOATS or name == "fn":
            self.floats.append(element)
        elif name in ("disp-formula", "disp-formula-group"):
            out.append(" ")
            self.inline.into(element, out)
            out.append(" ")
        elif name == "alternatives":
            chosen = children(element, "math") or children(element)
            if chosen:
                self.inline.one(chosen[0], out)
        elif name == "tex-math":
            out.append(f" {render_tex(words(element))} ")
        elif name == "label" and local(_parent(element)) == "disp-formula":
            out.append(f" {words(element)} ")
        else:
            return False
        return True

    def _cites(self, xref: Element) -> bool:
        rids = attribute(xref, "rid").split()
        return attribute(xref, "ref-type") == "bibr" or any(rid in self.keys for rid in rids)

    def _front(self, front: Element | None) -> str:
        """Write title and abstracts; return the title."""
        element = find(front, "article-title")
        title = ""
        if element is not None:
            bare = Flattener(self._special, _OWN, skip=_SKIP | {"xref", "fn"})
            title = " ".join("".join(map(str, bare.inside(element))).split())
            self.builder.block("title", [title])
        for abstract in find_all(front, "abstract"):
            if attribute(abstract, "abstract-type") in _OTHER_ABSTRACTS:
                continue
            heading = next(iter(children(abstract, "title")), None)
            self.builder.heading(self.inline.inside(heading) if heading is not None else ["Abstract"], level=1)
            self._container(abstract, 2)
            self._flush()
        return title

    def _container(self, element: Element, level: int, kind: BlockKind = "paragraph") -> None:
        """Write the blocks of a body, section or box."""
        for child in children(element):
            name = local(child)
            if name == "sec":
                self._section(child, level, kind)
            elif name == "p":
                self._paragraph(child, kind)
                self._flush()
            elif name in _FLOATS or name == "fn":
                self.floats.append(child)
                self._flush()
            elif name == "fn-group":
                self.floats += children(child, "fn")
                self._flush()
            elif name in _BLOCKS:
                self._nested(child, kind)
            elif name in ("disp-formula", "preformat", "code"):
                self.builder.block(kind, self.inline.inside(child))
            elif name not in ("title", "label", "sec-meta", "ref-list", "glossary", "bio"):
                self._container(child, level, kind)

    def _section(self, section: Element, level: int, kind: BlockKind) -> None:
        title = next(iter(children(section, "title")), None)
        label = next(iter(children(section, "label")), None)
        heading: Tokens = [f"{words(label)} "] if label is not None else []
        heading += self.inline.inside(title) if title is not None else []
        if title is not None:
            self.builder.heading(heading, level=level)
        back = title is not None and part_of(words(title)) == "back"
        self._container(section, level + 1, "furniture" if back else kind)

    def _paragraph(self, paragraph: Element, kind: BlockKind) -> None:
        """Write a paragraph; lists and quotes inside it part it into pieces of one block."""
        before = len(self.builder.blocks)
        out: Tokens = [str(paragraph.text or "")]
        for child in paragraph:
            if local(child) in _BLOCKS:
                self._piece(before, kind, out)
                out = []
                self._nested(child, kind)
            else:
                self.inline.one(child, out)
            out.append(str(child.tail or ""))
        self._piece(before, kind, out)

    def _piece(self, before: int, kind: BlockKind, out: Tokens) -> None:
        if len(self.builder.blocks) > before and self.builder.blocks[before].kind == kind:
            self.builder.go_on(before, merge(out))
        else:
            self.builder.block(kind, merge(out))

    def _nested(self, element: Element, kind: BlockKind) -> None:
        name = local(element)
        if name == "p":
            self._paragraph(element, kind)
        elif name in ("list", "def-list"):
            for item in children(element, "list-item", "def-item"):
                self._item(item, "list_item" if kind == "paragraph" else kind)
        else:
            self._container(element, 6, kind)

    def _item(self, item: Element, kind: BlockKind) -> None:
        label = next(iter(children(item, "label")), None)
        lead = f"{words(label)} " if label is not None else ""
        for child in children(item):
            if local(child) in ("p", "term", "def", "title"):
                if find_all(child, "list"):
                    self._paragraph(child, kind)
                else:
                    self.builder.block(kind, [lead, *self.inline.inside(child)])
                lead = ""
            elif local(child) in _BLOCKS:
                self._nested(child, kind)

    def _flush(self) -> None:
        """Write the figures, tables and notes met on the way, after the paragraph that held them."""
        while self.floats:
            element = self.floats.pop(0)
            name = local(element)
            if name in ("fig-group", "table-wrap-group"):
                self._caption(element)
                self.floats = children(element, "fig", "table-wrap") + self.floats
            elif name == "table-wrap":
                self._table(element)
            elif name == "boxed-text":
                self._box(element)
            elif name == "fn":
                self.builder.block("footnote", merge(self._inner(element)))
            elif name == "fig":
                self._caption(element)

    def _box(self, box: Element) -> None:
        title = find(box, "title")
        caption = next(iter(children(box, "caption")), None)
        if title is not None and caption is not None:
            self.builder.heading(self.inline.inside(title), level=6)
        self._container(box, 6)

    def _inner(self, element: Element) -> Tokens:
        """Join an element's paragraphs to one run of inline content."""
        out: Tokens = []
        for child in children(element):
            if local(child) in ("label", "title", "p", "caption"):
                if local(child) == "caption":
                    out += self._inner(child)
                else:
                    self.inline.into(child, out)
                joined = words(child)
                out.append(". " if local(child) == "title" and joined and joined[-1] not in ".?!:" else " ")
        return out

    def _caption(self, element: Element) -> None:
        self.builder.block("caption", merge(self._inner(element)))

    def _table(self, wrap: Element) -> None:
        caption = self.builder.block("caption", merge(self._inner(wrap)))
        for table in outermost(find_all(wrap, "table", "tgroup")):
            if local(table) == "tgroup" and local(_parent(table)) == "table" and find_all(table, "tr"):
                continue
            if local(table) == "table" and find_all(table, "tgroup"):
                continue
            self.builder.table(rows_of(table, self.inline.inside), caption=caption)
        for foot in find_all(wrap, "table-wrap-foot"):
            for note in find_all(foot, "fn", "p"):
                if local(note) == "fn" or local(_parent(note)) != "fn":
                    content = self._inner(note) if local(note) == "fn" else self.inline.inside(note)
                    self.builder.block("footnote", merge(content))

    def _back(self, back: Element | None) -> None:
        for child in children(back) if back is not None else []:
            name = local(child)
            title = next(iter(children(child, "title")), None)
            if name in ("ref-list", "glossary", "bio"):
                continue
            heading = self.inline.inside(title) if title is not None else {"ack": ["Acknowledgements"]}.get(name, [])
            self.builder.heading(heading, level=1)
            appendix = name in ("app-group", "app") or (name == "sec" and part_of(words(title)) == "body")
            self._container(child, 2, "paragraph" if appendix else "furniture")
            self._flush()
        if self.builder.references:
            self.builder.heading(["References"], level=1)
            for reference in self.builder.references:
                number = f"{reference.key}. " if reference.key.isdigit() else ""
                self.builder.block("reference", [number, reference.text])


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return parent if parent is not None else element
