"""Read HTML of publishers and of anybody else: the article's own text, without the page around it."""

import re
from dataclasses import dataclass, field, replace

from extractors.readers.builder import CallOut, TextBuilder
from extractors.readers.citations import expand
from extractors.readers.files import Source
from extractors.readers.front import is_furniture
from extractors.readers.html_page import BLOCKS, Page, dropped, load_page
from extractors.readers.html_refs import References
from extractors.readers.inline import Flattener, Tokens, is_numeric, merge
from extractors.readers.mathml import render_tex
from extractors.readers.prose import is_caption
from extractors.readers.safexml import Element, attribute, children, find, local, words
from extractors.readers.sections import part_of, plain_heading
from extractors.readers.tablemarkup import cells_of, rows_of
from ontology.model import BlockKind, Document, Span

VERSION = "html 2"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SKIP = frozenset(
    ("script", "style", "noscript", "img", "svg", "button", "input", "select", "iframe", "audio", "video")
)
_INSET = re.compile(r"(?:key ?words|abbreviations?|nomenclature|related articles?|article history|citation)\Z", re.I)
_NOISE = re.compile(  # what pages say about themselves
    r"(?:click here|top of page|(?:jump|go|back) to|powerpoint|display full|view (?:all|larger|full|at|article)|"
    r"open in|export|download|show |hide |previous|next|you have full text|enhanced article|get pdf|original jpg|"
    r"(?:abstract|article|references|supporting information|cited by|figures|tables|related|issue|communication|"
    r"additional information|full text|open access|keywords:?)\Z)",
    re.I,
)
_NAMED = re.compile(r"\b(?:fig(?:ure)?s?|tables?|eqs?|equations?|sections?|schemes?|charts?)\.?[\s(\xa0]*\Z", re.I)


def read(source: Source) -> Document:
    """Read an HTML file."""
    page = load_page(source)
    article = _Article(page, References.of(page))
    article.flow(page.main, "paragraph")
    builder = article.builder
    if not any(block.kind in ("paragraph", "list_item", "table") for block in builder.blocks):
        raise source.error(
            "is a web page without an article's text", "save the full-text page, not the login or abstract one"
        )
    article.part_front()
    builder.references += article.references.entries
    builder.cite_plainly()
    meta = replace(page.meta, title=page.meta.title or article.title)
    return builder.document(source, form="html", reader=VERSION, meta=meta)


@dataclass
class _Article:
    """Hold what reading one page needs on the way."""

    page: Page
    references: References
    builder: TextBuilder = field(default_factory=TextBuilder)
    title: str = ""
    captions: dict[str, Span | None] = field(default_factory=dict)
    inline: Flattener = field(init=False)

    def __post_init__(self) -> None:
        self.inline = Flattener(self._special, None, skip=_SKIP)

    def flow(self, element: Element, kind: BlockKind) -> None:
        """Write an element that holds blocks; loose text between them becomes a block of its own."""
        run: Tokens = [str(element.text or "")]
        for child in element:
            if local(child) and not dropped(child):
                if child in self.references.elements:
                    run = self._close(run, kind)
                    self._entry(child)
                elif self._is_block(child):
                    run = self._close(run, kind)
                    self._block(child, kind)
                else:
                    self.inline.one(child, run)
            run.append(str(child.tail or ""))
        self._close(run, kind)

    def _is_block(self, element: Element) -> bool:
        return local(element) in BLOCKS or element in self.page.holders

    def _close(self, run: Tokens, kind: BlockKind) -> Tokens:
        text = " ".join("".join(one for one in run if isinstance(one, str)).split())
        if any(char.isalnum() for char in text):
            shown: BlockKind = "caption" if kind == "paragraph" and is_caption(text) else kind
            if shown == "caption":
                self._caption(merge(run))
            else:
                self.builder.block(self._kind(shown, text), merge(run))
        return []

    def _kind(self, kind: BlockKind, text: str) -> BlockKind:
        """Turn running text of the back matter, and the page's own words, into furniture."""
        outline = self.builder.outline
        if outline.part == "back" and len(text) > 500 and _INSET.match(plain_heading(outline.section.split(" > ")[-1])):
            outline.leave()
        noise = _NOISE.match(text) or (len(text) < 200 and is_furniture(text))
        return "furniture" if kind in ("paragraph", "list_item") and (outline.part != "body" or noise) else kind

    def _caption(self, content: Tokens) -> Span | None:
        """Write a caption once, however often the page repeats it."""
        shown_ = " ".join("".join(one if isinstance(one, str) else one.shown for one in content).split())
        if shown_ not in self.captions:
            self.captions[shown_] = self.builder.block("caption", content)
        return self.captions[shown_]

    def part_front(self) -> None:
        """Turn what stands before abstract or introduction into furniture, abstracts without heading apart."""
        blocks = self.builder.blocks
        opening = ("abstract", "introduction")
        start = next((at for at, one in enumerate(blocks) if one.kind == "heading" and one.role in opening), 0)
        for at, block in enumerate(blocks[:start]):
            if block.kind in ("paragraph", "list_item") and block.pieces[-1].end - block.pieces[0].start < 500:
                blocks[at] = replace(block, kind="furniture")
        if start:  # a raised number beside an author's name is no call-out
            opening_at = blocks[start].pieces[0].start
            apart = [p for one in blocks[:start] if one.kind in ("furniture", "title") for p in one.pieces]
            self.builder.citations = [
                one
                for one in self.builder.citations
                if one.start > opening_at or not any(p.start <= one.start < p.end for p in apart)
            ]

    def _block(self, element: Element, kind: BlockKind) -> None:
        name = local(element)
        if name in _HEADINGS:
            self._heading(element, int(name[1]))
        elif name == "p":
            self._paragraph(element, kind)
        elif name == "table":
            self._table(element, None)
        elif name == "figure" or (name == "div" and _is_figure(element)):
            self._figure(element)
        elif name in ("li", "dd"):
            self.flow(element, "list_item" if kind == "paragraph" else kind)
        elif name == "pre":
            self.builder.block("furniture", self.inline.inside(element))
        else:
            self.flow(element, kind)

    def _heading(self, element: Element, level: int) -> None:
        content = self.inline.inside(element)
        text = words(element)
        if not text or len(text) > 300:
            return
        stated = " ".join(self.page.meta.title.split()).lower()
        first = level == 1 and not self.builder.outline.section and part_of(text) == "body"
        if not self.title and (first or text.lower() == stated):
            self.title = " ".join("".join(one for one in content if isinstance(one, str)).split())
            self.builder.block("title", [self.title])
        elif text != self.title:
            self.builder.heading(content, level=level)

    def _paragraph(self, element: Element, kind: BlockKind) -> None:
        if element in self.page.holders:
            self.flow(element, kind)
        else:
            self._close(self.inline.inside(element), kind)

    def _entry(self, element: Element) -> None:
        reference = self.references.elements[element]
        if reference.text:
            number = f"{reference.key}. " if reference.key.isdigit() else ""
            self.builder.block("reference", [number, reference.text])

    def _figure(self, element: Element) -> None:
        tables = [one for one in element.iter("table") if not dropped(one)]
        captions = [one for one in element.iter() if local(one) in ("figcaption", "caption") or _is_caption_div(one)]
        outer = [one for one in captions if not any(up in captions for up in one.iterancestors())]
        span: Span | None = None
        for caption in outer:
            if local(caption) != "caption":
                span = self._caption(self.inline.inside(caption)) or span
        for table in tables:
            self._table(table, span)
        if not outer and not tables:
            self._close(self.inline.inside(element), "caption")

    def _table(self, table: Element, caption: Span | None) -> None:
        own = find(table, "caption")
        if own is not None:
            caption = self._caption(self.inline.inside(own)) or caption
        if caption is None and self.builder.blocks and self.builder.blocks[-1].kind == "caption":
            caption = self.builder.blocks[-1].pieces[-1]
        rows = rows_of(table, self.inline.inside)
        headed = any(cell.header for row in rows for cell in row)
        if not headed and sum(len(row) > 1 for row in rows) < 2:  # a layout table
            for cell in cells_of(table):
                self.flow(cell, "paragraph")
            return
        self.builder.table(rows, caption=caption)

    def _special(self, element: Element, out: Tokens) -> bool:
        """Take call-outs, LaTeX and dropped parts."""
        name = local(element)
        if dropped(element):
            return True
        if name == "a":
            return self._anchor(element, out)
        if name == "sup" and not children(element, "a"):
            return self._raised(element, out)
        if name in ("span", "div") and "tex" in attribute(element, "class").lower().split("-"):
            out.append(render_tex(words(element)))
            return True
        return False

    def _anchor(self, anchor: Element, out: Tokens) -> bool:
        keys = self.references.cited_by(anchor)
        shown = words(anchor)
        before = "".join(one for one in out[-2:] if isinstance(one, str))
        if not keys or not shown or _NAMED.search(before):
            return False
        out.append(CallOut(keys, shown))
        return True

    def _raised(self, element: Element, out: Tokens) -> bool:
        """Take a bare raised number for a call-out where its number is in the reference list."""
        shown = words(element)
        keys = expand(shown.strip("[]")) if is_numeric(shown) else ()
        known = {reference.key for reference in self.references.entries}
        before = "".join(one if isinstance(one, str) else "]" for one in out[-3:]).rstrip()[-1:]
        if not keys or not known.issuperset(keys) or not before or before.isdigit() or before in "([{=×·/":
            return False
        word = re.search(r"[^\W\d_]+\Z", "".join(one for one in out[-3:] if isinstance(one, str)))
        if word and len(word.group()) < 3 and len(keys) == 1:
            return False
        out.append(CallOut(keys, shown))
        return True


def _is_figure(element: Element) -> bool:
    named = f"{attribute(element, 'class')} {attribute(element, 'id')}".lower()
    figure = re.search(r"(?:^|[\s_-])(?:fig(?:ure)?|table-?wrap)(?:[\s_-]|\Z)", named)
    return figure is not None and any(_is_caption_div(one) for one in element.iter("div", "p", "span"))


def _is_caption_div(element: Element) -> bool:
    return local(element) in ("div", "p") and bool(re.search(r"caption", attribute(element, "class"), re.I))
