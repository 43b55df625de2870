"""Find the chunks of a PDF's text: paragraphs, headings, captions, small print; running heads are dropped."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from extractors.readers.front import article_type_of, is_author_line, is_furniture, names_of
from extractors.readers.pdf_lines import Line
from extractors.readers.prose import is_caption
from extractors.readers.sections import is_known_heading, part_of

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+[A-Z]")
_CLOSED = re.compile(r"[.!?:;][\"'”’»)\]]*(?:\[[\d,;– -]{1,40}\]|\d[\d,–-]{0,11})?\Z")
_WORDLESS = re.compile(r"[\W\d]+")
_DIGITS = re.compile(r"\d+")
_ALNUM = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_FOLIO = re.compile(r"[|\s]*\d{1,6}[|\s]*")
_EDGE = 0.085  # share of the page height where page numbers stand
_GAP = 3.0  # line heights that a gap in a justified line may have
_BAND = 0.125  # and where lines that come back on other pages count as running heads and feet


@dataclass
class Chunk:
    """Hold lines that belong together."""

    kind: str  # body | heading | caption | small | stray
    lines: list[Line]

    @property
    def text(self) -> str:
        """Return the plain text, lines parted by spaces."""
        return " ".join([line.text for line in self.lines])


@dataclass(frozen=True)
class Sheet:
    """Hold a page's lines and its size in points."""

    number: int
    width: float
    height: float
    lines: list[Line]
    everything: str = ""  # the first page's text as PDFium gives it, what stands upright along the edge included


def chunks_of(sheets: Sequence[Sheet], body: float) -> list[Chunk]:
    """Cut all pages into chunks, in reading order; ``body`` is the height most of the text is set in."""
    _mark_faces(sheets)
    repeated = _repeated(sheets)
    chunks: list[Chunk] = []
    for sheet in sheets:
        said = zip(sheet.lines, _baselines(sheet.lines), strict=True)
        lines = [line for line, whole in said if not _is_running(line, whole, sheet, repeated)]
        columns = _columns(lines, body)
        for line in lines:
            before = chunks[-1] if chunks and chunks[-1].lines[-1].page == sheet.number else None
            kind = _kind(line, body, before)
            if before is not None and _goes_on(before, line, kind, columns):
                before.lines.append(line)
            else:
                chunks.append(Chunk(kind, [line]))
    return _merged(chunks)


def _mark_faces(sheets: Sequence[Sheet]) -> None:
    """Mark the lines set wholly in another face than the text, between paragraphs: headings of a lower rank."""
    lines = [line for sheet in sheets for line in sheet.lines]
    faces = Counter[str]()
    for line in lines:
        faces[line.face] += len(line.text)
    usual = {face for face, count in faces.items() if count > 0.08 * faces.total()}
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.pure and line.face not in usual:
            opens = before is None or before.page != line.page or _CLOSED.search(before.text) is not None
            alone = after is not None and after.face in usual and after.y < line.y and after.page == line.page
            line.apart = opens and alone


def body_height(sheets: Sequence[Sheet]) -> float:
    """Return the line height most of the text is set in."""
    sizes = Counter[float]()
    for line in (line for sheet in sheets for line in sheet.lines):
        if sizes and len(line.text) < 40 and part_of(line.text) == "references":
            break
        sizes[round(line.height, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _repeated(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the lines near a page's edge that come back on other pages, digits aside."""
    pages = defaultdict[str, set[int]](set)
    for sheet in sheets:
        for line, whole in zip(sheet.lines, _baselines(sheet.lines), strict=True):
            if _at_edge(line, sheet, _BAND) and not _WORDLESS.fullmatch(line.text):  # "18." opens a reference
                for text in _telling(line, whole):
                    pages[_shape(text)].add(sheet.number)
    return frozenset(shape for shape, numbers in pages.items() if len(numbers) > 1)


def _baselines(lines: Sequence[Line]) -> list[str]:
    """Return for each line the words on its baseline: a justified line may fall apart at its gaps."""
    texts = [line.text for line in lines]
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines):
            before, line = lines[at - 1], lines[at]
            if abs(before.y - line.y) < 0.15 * line.height and 0 <= line.x0 - before.x1 < _GAP * line.height:
                continue
        if at - start > 1:
            texts[start:at] = [" ".join(texts[start:at])] * (at - start)
        start = at
    return texts


def _telling(line: Line, whole: str) -> Iterable[str]:
    """Return what may come back on other pages: the whole baseline, or a piece of it with words enough."""
    return (whole, line.text) if len(line.text.split()) > 3 else (whole,)


def _at_edge(line: Line, sheet: Sheet, share: float) -> bool:
    return line.y < share * sheet.height or line.y > (1 - share) * sheet.height


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text)


def _is_running(line: Line, text: str, sheet: Sheet, repeated: frozenset[str]) -> bool:
    if not _ALNUM.search(line.text):
        return len(line.text) < 3 or "\ufffd" in line.text
    if sheet.number == 1 and _at_edge(line, sheet, _EDGE) and len(text.split()) <= 3 and not is_known_heading(text):
        return True
    if sheet.number == 1 and article_type_of(text):
        return True
    if _at_edge(line, sheet, _BAND) and any(_shape(words) in repeated for words in _telling(line, text)):
        return True
    if _at_edge(line, sheet, _EDGE) and _FOLIO.fullmatch(text):
        return True
    if line.text.isdigit():
        return False  # a cell of a table
    short = len(line.text) < 60 or _at_edge(line, sheet, _EDGE)
    return short and is_furniture(line.text) and not is_known_heading(line.text)


def _columns(lines: Sequence[Line], body: float) -> list[tuple[float, float]]:
    """Return the columns of a page as (left, right): where most body lines begin and end."""
    starts = Counter(round(line.x0) for line in lines if abs(line.height - body) < 0.12 * body and len(line.text) > 15)
    columns: list[tuple[float, float]] = []
    for left, count in starts.most_common(8):
        near = sum(starts[left + off] for off in (-1, 0, 1))
        if near < 3 or count < 2 or any(abs(left - known) < 4 * body for known, _ in columns):
            continue
        ends = sorted(line.x1 for line in lines if abs(line.x0 - left) < 2)
        columns.append((left, ends[int(0.8 * (len(ends) - 1))]))
    return sorted(columns)


def _column(line: Line, columns: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    for one in reversed(columns):
        if one[0] - 3 <= line.x0 < one[1]:
            return one
    return None


def _kind(line: Line, body: float, before: Chunk | None) -> str:
    text = line.text
    if is_caption(text) and not _is_amid(before, line):
        return "caption"
    if _is_heading(line, text, body) and not (_looks_like_text(line, body) and _is_amid(before, line)):
        return "heading"
    if abs(line.height - body) <= 0.07 * body:
        return "body"
    return "small"


def _looks_like_text(line: Line, body: float) -> bool:
    """Say whether nothing but its number makes a heading of a line: "1.6 V in the first cycle"."""
    return not (line.bold or line.italic or line.apart) and line.height <= 1.1 * body


def _is_amid(chunk: Chunk | None, line: Line) -> bool:
    """Say whether a line stands in the middle of a paragraph's sentence."""
    if chunk is None:
        return False
    last = chunk.lines[-1]
    below = 0 < last.y - line.y < 1.6 * line.height and abs(last.height - line.height) < 0.05 * line.height
    return chunk.kind == "body" and below and _CLOSED.search(last.text) is None


def _is_heading(line: Line, text: str, body: float) -> bool:
    if len(text) > 130 or not _LETTER.search(text):
        return False
    if line.page == 1 and is_author_line(text) and len(names_of(text)) > 1:
        return False
    if line.height > 1.25 * body and len(text) > 2:
        return True
    if is_known_heading(text) and text[0].isupper() | text[0].isdigit():
        return line.bold or line.pure or line.height >= 0.93 * body
    if text[-1] in ".,;" or text[0].islower():
        return False
    if line.height < 0.93 * body:
        return False
    count = len(text.split())
    large = line.height > 1.1 * body and count <= 7
    numbered = _NUMBERED.match(text) is not None and count <= 14 and (line.italic or "." in text.split()[0][:-1])
    return large or numbered or (line.bold and count <= 14) or (line.apart and count <= 10)


def _goes_on(chunk: Chunk, line: Line, kind: str, columns: Sequence[tuple[float, float]]) -> bool:
    """Say whether a line belongs to the chunk before it, by kind and geometry."""
    last = chunk.lines[-1]
    near = abs(line.y - last.y) < 0.3 * last.height and 0 <= line.x0 - last.x1 < 2 * last.height
    if near and abs(line.height - last.height) <= 0.08 * last.height:
        return chunk.kind != "heading" or kind == "heading"  # the same line, after a wide gap
    drop = last.y - line.y
    if drop <= 0 or abs(line.height - last.height) > 0.08 * last.height:
        return False
    if line.x0 > last.x1 + 2 or line.x1 < last.x0 - 2:
        return False
    if kind == "caption" or (kind == "heading") != (chunk.kind == "heading"):
        return False
    pitch = _pitch(chunk) or 1.45 * last.height
    if drop > 1.35 * pitch + 0.5:
        return False
    if kind == "heading":
        return last.bold == line.bold
    if chunk.kind == "caption":
        return True
    column = _column(line, columns)
    if column is None:
        return True
    left, right = column
    indented = 0.5 * line.height < line.x0 - left < 5 * line.height
    was_indented = 0.5 * line.height < last.x0 - left < 5 * line.height
    ended = last.x1 < right - 2 * line.height and _CLOSED.search(last.text) is not None
    return not (indented and not was_indented) and not ended


def _pitch(chunk: Chunk) -> float:
    lines = chunk.lines[-12:]
    drops = sorted([drop for a, b in pairwise(lines) if (drop := a.y - b.y) > 0.5 * a.height])
    return drops[len(drops) // 2] if drops else 0.0


def _merged(chunks: list[Chunk]) -> list[Chunk]:
    """Join paragraphs that a column, a page or a float cuts."""
    merged: list[Chunk] = []
    open_at: int | None = None
    for chunk, after in zip_longest(chunks, chunks[1:]):
        if chunk.kind == "heading" and after is not None and after.lines[0].page > chunk.lines[-1].page:
            chunk.kind = "stray"  # no heading ends a page: a masthead, drawn last
        if chunk.kind == "body":
            if open_at is not None and _continues(merged[open_at], chunk):
                merged[open_at].lines.extend(chunk.lines)
                continue
            open_at = len(merged)
        elif chunk.kind == "heading":
            open_at = None
        merged.append(chunk)
    return merged


def _continues(first: Chunk, second: Chunk) -> bool:
    text = second.lines[0].text
    last = first.lines[-1].text
    if first.lines[-1].hyphen or last.endswith("-"):
        return True
    if _CLOSED.search(last):
        return False
    return bool(text) and (
        text[0].islower() or text[0].isdigit() or text[0] in "([" or not last.endswith((".", "?", "!"))
    )
