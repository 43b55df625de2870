"""Read a PDF's glyphs and group them to lines, with sub- and superscripts told by their baseline."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.readers.pdf_fonts import Face, face_of, repair

_MAX_GLYPHS = 3_000_000  # of a document; a 600-page book stays below


@dataclass(slots=True)
class Glyph:
    """Hold one character with its place: points, y upwards, ``height`` of its font's box."""

    char: str
    x0: float
    x1: float
    y: float  # baseline
    height: float
    face: Face
    space: bool  # white space stands before it


@dataclass(slots=True)
class Line:
    """Hold glyphs on one baseline; ``runs`` are its text with levels: 1 raised, -1 lowered, 0 neither."""

    page: int  # 1-based
    glyphs: list[Glyph]
    runs: list[tuple[str, int]] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    height: float = 0.0
    bold: bool = False
    italic: bool = False
    hyphen: bool = False  # PDFium takes its last character for a line-end hyphen

    @property
    def text(self) -> str:
        """Return the plain text."""
        return "".join(text for text, _ in self.runs)


def page_lines(page: pypdfium2.PdfPage, number: int) -> list[Line]:
    """Return a page's lines in the order the file draws them; rotated text is left out."""
    textpage = page.get_textpage()
    raw = textpage.raw
    lines: list[Line] = []
    current: list[Glyph] = []
    for glyph, index in _glyphs(raw):
        if current and not _belongs(current, glyph):
            _finish(lines, current, number)
            current = []
        if not current and abs(pdfium.FPDFText_GetCharAngle(raw, index)) > 0.1:
            continue
        current.append(glyph)
    _finish(lines, current, number)
    textpage.close()
    return lines


def _glyphs(raw: object) -> Iterator[tuple[Glyph, int]]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    space = False
    height = -1.0
    face = Face()
    for index in range(min(pdfium.FPDFText_CountChars(raw), _MAX_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (9, 10, 13, 32, 0xA0):
            space = space or code != 10
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        size = box.top - box.bottom
        if abs(size - height) > 0.01 or code < 32:
            height, face = size, face_of(raw, index)
        if code == 0 or size <= 0.0:
            continue
        char = "\u00ad" if code == 2 and pdfium.FPDFText_IsHyphen(raw, index) == 1 else repair(code, face)
        if char:
            yield Glyph(char, box.left, box.right, y.value, size, face, space), index
        space = False


def _belongs(current: list[Glyph], glyph: Glyph) -> bool:
    """Say whether a glyph goes on with a line: close behind its last one, on or near its baseline."""
    last = current[-1]
    main = max(current[-40:], key=lambda one: one.height)
    size = max(main.height, glyph.height)
    gap = glyph.x0 - last.x1
    if not -0.7 * size < gap < 1.6 * size:
        return False
    shift = abs(glyph.y - main.y)
    if shift <= 0.1 * size:
        return True
    smaller = glyph.height < 0.92 * main.height or main.height < 0.92 * glyph.height
    return (shift <= 0.6 * size and smaller) or (abs(glyph.y - last.y) <= 0.02 * size and last.height == glyph.height)


def _finish(lines: list[Line], glyphs: list[Glyph], page: int) -> None:
    if not glyphs or not any(glyph.char.isprintable() and not glyph.char.isspace() for glyph in glyphs):
        return
    weights = Counter[float]()
    for glyph in glyphs:
        weights[round(glyph.height, 1)] += 1
    tallest = max(weights)
    height = max(weights, key=lambda size: (weights[size] * (size > 0.8 * tallest), size))
    base = Counter(round(g.y, 1) for g in glyphs if abs(g.height - height) < 0.06).most_common(1)[0][0]
    line = Line(page, glyphs, x0=min(g.x0 for g in glyphs), x1=max(g.x1 for g in glyphs), y=base, height=height)
    last_x1 = glyphs[0].x0
    for position, glyph in enumerate(glyphs):
        shift = glyph.y - base
        level = 0
        if glyph.height < 0.92 * height or abs(shift) > 0.2 * height:
            level = 1 if shift > 0.12 * height else -1 if shift < -0.05 * height else 0
        lead = " " if position and (glyph.space or glyph.x0 - last_x1 > 0.3 * height) else ""
        if position and lead and glyph.space and glyph.x0 - last_x1 < 0.02 * height and level:
            lead = ""
        if line.runs and line.runs[-1][1] == level:
            line.runs[-1] = (line.runs[-1][0] + lead + glyph.char, level)
        else:
            if lead and line.runs:
                line.runs[-1] = (line.runs[-1][0] + lead, line.runs[-1][1])
            line.runs.append((glyph.char, level))
        last_x1 = glyph.x1
    faces = Counter(glyph.face for glyph in glyphs if glyph.char.isalpha())
    if faces:
        face = faces.most_common(1)[0][0]
        line.bold, line.italic = face.bold, face.italic
    line.hyphen = glyphs[-1].char == "\u00ad"
    line.glyphs = []
    lines.append(line)


def clean(text: str) -> str:
    """Collapse white space.

    >>> clean(" a  b ")
    'a b'
    """
    return re.sub(r"\s+", " ", text).strip()
