"""Render a document: append text, and record the spans of its blocks, tables and call-outs on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.readers.citations import Known, find_citations
from extractors.readers.files import Source, text_hash
from extractors.readers.references import unique
from extractors.readers.sections import Outline
from ontology.model import Block, BlockKind, Cell, Citation, Document, Reference, SectionRole, Span, Table

_CITING = frozenset(("paragraph", "list_item", "caption", "footnote"))
_ROW = "\n"
_COLUMN = " | "


@dataclass(frozen=True, slots=True)
class Meta:
    """Hold what a file says about its work."""

    title: str = ""
    doi: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    licence: str = ""
    article_type: str = ""
    summary_of: str = ""
    volume: str = ""
    first_page: str = ""


@dataclass(frozen=True, slots=True)
class CallOut:
    """Stand for a citation inside inline content; ``shown`` is what the text says there."""

    keys: tuple[str, ...]
    shown: str


Inline = Sequence[str | CallOut]


@dataclass(frozen=True, slots=True)
class RawCell:
    """Hold a table cell before it has a place in the text."""

    content: Inline
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass
class TextBuilder:
    """Build ``Document.text`` block by block; blocks are parted by a blank line."""

    outline: Outline = field(default_factory=Outline)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def heading(self, content: Inline, *, level: int, page: int | None = None) -> None:
        """Open a section and write its heading."""
        words = " ".join("".join(one for one in content if isinstance(one, str)).split())
        if words:
            self.outline.enter(words, level=level)
            self.block("heading", content, page=page)

    def block(
        self, kind: BlockKind, content: Inline, *, page: int | None = None, role: SectionRole | None = None
    ) -> Span | None:
        """Write a block; return its span, or None where nothing but white space was given."""
        before = len(self._parts), self._length, len(self.citations)
        self._part_blocks()
        span = self._inline(content)
        if span.start == span.end:
            del self._parts[before[0] :]
            self._length = before[1]
            del self.citations[before[2] :]
            return None
        self.blocks.append(Block(kind, (span,), self.outline.section, role or self.outline.role, page))
        return span

    def go_on(self, index: int, content: Inline) -> None:
        """Write another piece of an earlier block."""
        self._part_blocks()
        span = self._inline(content)
        if span.end > span.start:
            block = self.blocks[index]
            self.blocks[index] = replace(block, pieces=(*block.pieces, span))

    def table(self, rows: Iterable[Sequence[RawCell]], *, caption: Span | None = None, page: int | None = None) -> None:
        """Write a table, a line a row, and keep its cells with their rows, columns and spans."""
        placed = [row for row in rows if row]
        if not any(any(cell.content for cell in row) for row in placed):
            return
        self._part_blocks()
        start = self._length
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(placed):
            column = 0
            if number:
                self._write(_ROW)
            for position, cell in enumerate(row):
                while (number, column) in taken:
                    column += 1
                if position:
                    self._write(_COLUMN)
                span = self._inline(cell.content)
                down, across = max(1, min(cell.row_span, 500)), max(1, min(cell.column_span, 200))
                if down * across > 1:
                    taken.update((number + r, column + c) for r in range(down) for c in range(across))
                cells.append(Cell(number, column, *span, cell.header, down, across))
                column += across
        self.blocks.append(Block("table", (Span(start, self._length),), self.outline.section, self.outline.role, page))
        self.tables.append(Table(tuple(cells), caption, self.outline.section, page))

    def cite_plainly(self) -> None:
        """Find call-outs that stand in the text without markup."""
        text = "".join(self._parts)
        known = Known.of(unique(self.references))
        spans = sorted(piece for block in self.blocks if block.kind in _CITING for piece in block.pieces)
        marked = sorted(self.citations, key=lambda one: (one.start, one.end))
        found: list[Citation] = []
        at = 0
        for one in find_citations(text, spans, known):
            while at < len(marked) and marked[at].end <= one.start:
                at += 1
            if at == len(marked) or marked[at].start >= one.end:
                found.append(one)
        self.citations = sorted([*marked, *found], key=lambda one: (one.start, one.end))

    def document(self, source: Source, *, form: str, reader: str, meta: Meta) -> Document:
        """Finish the document."""
        text = "".join(self._parts) + ("\n" if self._parts else "")
        return Document(
            id=source.id,
            path=str(source.path),
            format=form,
            text=text,
            sha256=source.sha256,
            text_sha256=text_hash(text),
            title=meta.title,
            doi=meta.doi,
            authors=meta.authors,
            year=meta.year,
            venue=meta.venue,
            licence=meta.licence,
            article_type=meta.article_type,
            summary_of=meta.summary_of,
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            references=unique(self.references),
            citations=tuple(self.citations),
            reader=reader,
            volume=meta.volume,
            first_page=meta.first_page,
        )

    def _part_blocks(self) -> None:
        if self._parts:
            self._write("\n\n")

    def _write(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _inline(self, content: Inline) -> Span:
        """Write inline content with white space collapsed; call-outs never glue to a word."""
        start = self._length
        if len(content) == 1 and isinstance(content[0], str):
            self._write(" ".join(content[0].split()))
            return Span(start, self._length)
        space = False
        last = ""
        for one in content:
            words = one if isinstance(one, str) else one.shown
            lead = words[:1].isspace()
            bare = " ".join(words.split())
            if not bare and isinstance(one, str):
                space = space or lead
                continue
            if isinstance(one, CallOut) and not bare:
                self.citations.append(Citation(self._length, self._length, one.keys))
                continue
            apart = isinstance(one, CallOut) and (last.isalnum() or last in "⁺⁻")
            if self._length > start and (space or lead or apart):
                self._write(" ")
            if isinstance(one, CallOut):
                self.citations.append(Citation(self._length, self._length + len(bare), one.keys))
            self._write(bare)
            last = bare[-1:] or last
            space = words[-1:].isspace()
            if isinstance(one, CallOut) and bare[:1] == "[":
                last = "]"
        return Span(start, self._length)
