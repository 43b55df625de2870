"""Read PDFs with a text layer: two columns, running heads, hyphens, superscripts; page numbers kept for every block.

Call-outs are lifted out of the words: they stand in ``Document.citations`` as spans of no width.
"""

import re
from collections.abc import Sequence

import pypdfium2

from extractors.readers.builder import CallOut, TextBuilder
from extractors.readers.citations import Known
from extractors.readers.files import Source
from extractors.readers.front import is_furniture
from extractors.readers.inline import Tokens
from extractors.readers.pdf_layout import Chunk, Sheet, body_height, chunks_of
from extractors.readers.pdf_lines import page_lines
from extractors.readers.pdf_meta import meta_of, title_chunk
from extractors.readers.pdf_refs import references_of
from extractors.readers.pdf_tables import lines_of_table, rows_of_lines
from extractors.readers.pdf_text import Words, tokens_of
from extractors.readers.references import entry_number
from extractors.readers.sections import level_of, part_of, role_of
from ontology.model import BlockKind, Document, Reference

VERSION = "pdf 3"
_MAX_PAGES = 1500
_LETTERS_OF_A_SCAN = 40  # a page stamp has fewer letters than any page of text
_NOTE = re.compile(r"[*†‡§¶]|.{0,3}(?:Department|School|Institute|Faculty|College|Universit|State Key)|[ᵃᵇᶜ¹²³] ?[A-Z]")
_LETTERS = re.compile(r"[^\W\d_]+")
_COMMON = re.compile(r"\b(?:the|of|and|in|is|was|to)\b")
_ENDS = re.compile(r"[.:;,]\Z")
_ADDRESS = re.compile(
    r"[*†‡§¶]|(?:[\da-z]{1,2}\s?)?(?:Department|School|Institut|Division|Faculty|College|Universit|State Key|Laborator|"
    r"Chair|Cent(?:er|re) (?:of|for))"
)


def read(source: Source) -> Document:
    """Read a PDF file."""
    pdf = _open(source)
    try:
        if len(pdf) > _MAX_PAGES:
            raise source.error(f"has {len(pdf)} pages, above the limit of {_MAX_PAGES}", "split it")
        sheets = [_sheet(source, pdf, number) for number in range(1, len(pdf) + 1)]
        info = {key: value for key, value in pdf.get_metadata_dict().items() if value}
    finally:
        pdf.close()
    if _is_scan(sheets):
        raise source.error("has no text layer (a scan)", "run OCR on it first")
    document = _document(source, sheets, info)
    if all(block.kind == "furniture" for block in document.blocks):
        raise source.error("has no text layer but a stamp (a scan)", "run OCR on it first")
    return document


def _is_scan(sheets: Sequence[Sheet]) -> bool:
    letters = 0
    for sheet in sheets:
        for line in sheet.lines:
            letters += sum(map(str.isalpha, line.text))
            if letters >= _LETTERS_OF_A_SCAN:
                return False
    return True


def _open(source: Source) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise source.error("is encrypted and needs a password", "save it without the password") from error
        raise source.error("is a damaged PDF", "download it again") from error


def _sheet(source: Source, pdf: pypdfium2.PdfDocument, number: int) -> Sheet:
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        textpage = page.get_textpage()
        everything = textpage.get_text_range() if number == 1 else ""
        sheet = Sheet(number, width, height, page_lines(textpage, number), everything)
        textpage.close()
        page.close()
    except pypdfium2.PdfiumError as error:
        raise source.error(f"is a damaged PDF (page {number})", "download it again") from error
    return sheet


def _document(source: Source, sheets: Sequence[Sheet], info: dict[str, str]) -> Document:
    words = Words(line for sheet in sheets for line in sheet.lines)
    body = body_height(sheets)
    chunks = chunks_of(sheets, body)
    start, listed = _split(chunks)
    entries, rest = references_of(listed, words)
    known = Known.of([reference for reference, _ in entries])
    builder = TextBuilder()
    title = title_chunk(chunks, body)
    meta = meta_of(sheets, info, title)
    opening = _opening(chunks[:start])
    running = [*chunks[:start], *rest]
    at = 0
    while at < len(running):
        chunk = running[at]
        front = at < opening or (chunk.kind == "heading" and any(name in chunk.text for name in meta.authors))
        _write(builder, chunk, words, known, is_title=chunk is title, front=front)
        at = _table(builder, running, at, words, known) if chunk.kind == "caption" else at + 1
    if entries:
        builder.heading(["References"], level=1, page=entries[0][1])
    for reference, page in entries:
        _entry(builder, reference, page)
    return builder.document(source, form="pdf", reader=VERSION, meta=meta)


def _split(chunks: list[Chunk]) -> tuple[int, list[Chunk]]:
    """Return where running text ends, and the chunks of the reference list."""
    for at in range(len(chunks) - 1, -1, -1):
        if chunks[at].kind == "heading" and part_of(chunks[at].text) == "references":
            return at, chunks[at + 1 :]
    for at in range(len(chunks) // 2, len(chunks)):  # a list without heading: 1, 2, 3, 4 at the beginning of lines
        lines = [line for chunk in chunks[at : at + 12] for line in chunk.lines]
        numbers = [int(number) for line in lines if (number := entry_number(line.text))]
        if entry_number(chunks[at].text) == "1" and numbers[:4] == [1, 2, 3, 4]:
            return at, chunks[at:]
    return len(chunks), []


def _opening(chunks: Sequence[Chunk]) -> int:
    """Return the index of the heading that ends the title page: abstract or introduction; 0 where there is none."""
    for at, chunk in enumerate(chunks):
        if chunk.kind == "heading" and chunk.lines[0].page <= 2 and role_of(chunk.text) in ("abstract", "introduction"):
            return at
    return 0


def _write(builder: TextBuilder, chunk: Chunk, words: Words, known: Known, *, is_title: bool, front: bool) -> None:
    page = chunk.lines[0].page
    if chunk.kind in ("small", "stray") and len(chunk.text) < 4:
        return  # labels inside figures
    content = tokens_of(chunk.lines, words, known)
    if is_title:
        builder.block("title", content, page=page)
    elif chunk.kind == "heading" and front:
        builder.block("furniture", content, page=page)
    elif chunk.kind == "heading":
        if part_of(chunk.text) != "body" or len(chunk.text) > 2:
            builder.heading(content, level=level_of(chunk.text), page=page)
    else:
        kind = _kind(builder, chunk)
        opening = front and kind == "paragraph" and len(chunk.text.split()) > 50 and not _NOTE.match(chunk.text)
        if front and not opening:
            kind = "furniture"
        builder.block(kind, content, page=page, role="abstract" if opening else None)


def _table(builder: TextBuilder, chunks: Sequence[Chunk], at: int, words: Words, known: Known) -> int:
    """Write the table under a caption, where the text layer shows one; return the index of the next chunk."""
    lines, end = lines_of_table(chunks, at)
    rows = rows_of_lines(lines, lambda line: _shown(tokens_of([line], words, known)))
    if not rows:
        return at + 1
    builder.table(rows, caption=builder.blocks[-1].pieces[-1], page=lines[0].page)
    return end


def _shown(tokens: Tokens) -> Tokens:
    """Show the call-outs of a table's cell: a column of references is all there is in it."""
    return [CallOut(one.keys, f"[{','.join(one.keys)}]") if isinstance(one, CallOut) else one for one in tokens]


def _kind(builder: TextBuilder, chunk: Chunk) -> BlockKind:
    if chunk.kind == "caption":
        return "caption"
    text = chunk.text
    if len(text) > 100 and is_furniture(text):
        return "furniture"
    prose = len(text.split()) >= 25 and _is_prose(text)
    if builder.outline.part == "back":
        return "furniture"
    if chunk.kind == "small":
        return "paragraph" if prose and not _ADDRESS.match(text) else "footnote"
    return "paragraph" if prose or _ENDS.search(text) or len(text) > 60 else "furniture"


def _is_prose(text: str) -> bool:
    letters = len("".join(_LETTERS.findall(text)))
    return letters > 0.65 * len(text) and _COMMON.search(text) is not None


def _entry(builder: TextBuilder, reference: Reference, page: int) -> None:
    number = f"{reference.key}. " if reference.key.isdigit() else ""
    builder.references.append(reference)
    builder.block("reference", [number, reference.text], page=page)
