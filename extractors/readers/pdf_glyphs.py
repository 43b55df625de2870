"""Read a PDF's glyphs and group them to lines, with sub- and superscripts told by their baseline."""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.readers.pdf_fonts import Face, face_of, repair

_ACCENTS = dict(zip("´`¨˚ˆ˜¸ˇ", "\u0301\u0300\u0308\u030a\u0302\u0303\u0327\u030c", strict=True))
_MAX_GLYPHS = 3_000_000  # of a document; a 600-page book stays below


@dataclass(slots=True)
class Glyph:
    """Hold one character with its place, in points, y upwards."""

    char: str
    x0: float
    x1: float
    y: float  # baseline
    height: float  # size of its font
    face: Face
    space: bool  # white space stands before it
    broken: bool  # PDFium sees a line end before it


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
    face: str = ""  # of most letters
    pure: bool = False  # all letters are of that face
    apart: bool = False  # set off from the text by its face
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
        if not current and (abs(pdfium.FPDFText_GetCharAngle(raw, index)) > 0.1 or _is_clipped(raw, index, glyph)):
            continue
        current.append(glyph)
    _finish(lines, current, number)
    textpage.close()
    return lines


def _glyphs(raw: object) -> Iterator[tuple[Glyph, int]]:
    box = pdfium.FS_RECTF()
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    space = broken = False
    height, size = -1.0, 0.0
    face = Face()
    for index in range(min(pdfium.FPDFText_CountChars(raw), _MAX_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (9, 10, 13, 32, 0xA0):
            space, broken = space or code in (9, 32, 0xA0), broken or code in (10, 13)
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        tall = box.top - box.bottom
        if abs(tall - height) > 0.01 or code < 32 or broken:
            height, face = tall, face_of(raw, index)
            pdfium.FPDFText_GetMatrix(raw, index, matrix)
            size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d) or tall
        if code == 0 or not 0.5 < size < 400:
            continue
        char = "\u00ad" if code == 2 and pdfium.FPDFText_IsHyphen(raw, index) == 1 else repair(code, face)
        if char:
            yield Glyph(char, box.left, box.right, y.value, size, face, space, broken), index
        space = broken = False


def _is_clipped(raw: object, index: int, glyph: Glyph) -> bool:
    """Say whether a glyph lies outside what its clip path shows: figures may carry whole hidden pages."""
    clip = pdfium.FPDFPageObj_GetClipPath(pdfium.FPDFText_GetTextObject(raw, index))
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points: list[tuple[float, float]] = []
        for at in range(min(64, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, at), x, y)
            points.append((x.value, y.value))
        if len(points) < 3:
            continue
        left, right = min(px for px, _ in points) - 2, max(px for px, _ in points) + 2
        low, high = min(py for _, py in points) - 2, max(py for _, py in points) + 2
        if not (left <= glyph.x0 <= right and low <= glyph.y <= high):
            return True
    return False


def _belongs(current: list[Glyph], glyph: Glyph) -> bool:
    """Say whether a glyph goes on with a line: close behind its last one, on or near its baseline."""
    if glyph.char in _ACCENTS and any(_over(glyph, one) and one.height >= glyph.y - one.y for one in current[-4:]):
        return True
    last = next((one for one in reversed(current) if one.char not in _ACCENTS), current[-1])
    main = max(current[-40:], key=lambda one: one.height)
    size = max(main.height, glyph.height)
    gap = glyph.x0 - last.x1
    if glyph.x0 == last.x0 and glyph.x1 == last.x1 and glyph.y == last.y:
        return True  # a ligature that PDFium takes apart
    if not -0.7 * size < gap < 1.0 * size:
        return False
    shift = abs(glyph.y - main.y)
    if shift <= 0.1 * size:
        return True
    smaller = glyph.height < 0.92 * main.height or main.height < 0.92 * glyph.height
    return (shift <= 0.6 * size and smaller) or (abs(glyph.y - last.y) <= 0.02 * size and last.height == glyph.height)


def _finish(lines: list[Line], glyphs: list[Glyph], page: int) -> None:
    if not glyphs or not any(glyph.char.isprintable() and not glyph.char.isspace() for glyph in glyphs):
        return
    glyphs = _accented(glyphs)
    sizes = Counter(round(glyph.height, 1) for glyph in glyphs)
    height = max(sizes, key=lambda size: (sizes[size], size))
    base = Counter(round(g.y, 1) for g in glyphs if abs(g.height - height) < 0.06).most_common(1)[0][0]
    line = Line(page, glyphs, x0=min(g.x0 for g in glyphs), x1=max(g.x1 for g in glyphs), y=base, height=height)
    last_x1 = glyphs[0].x0
    for position, glyph in enumerate(glyphs):
        shift = glyph.y - base
        level = 0
        if glyph.height < 0.92 * height or abs(shift) > 0.2 * height:
            level = 1 if shift > 0.12 * height else -1 if shift < -0.05 * height else 0
        apart = glyph.space or glyph.x0 - last_x1 > (0.1 if glyph.broken else 0.18) * height
        lead = " " if position and apart else ""
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
        line.bold, line.italic, line.face, line.pure = face.bold, face.italic, face.name, len(faces) == 1
    line.hyphen = glyphs[-1].char == "\u00ad"
    line.glyphs = []
    lines.append(line)


def _accented(glyphs: list[Glyph]) -> list[Glyph]:
    """Put an accent that is drawn by itself onto the letter it stands over."""
    kept: list[Glyph] = []
    waiting: Glyph | None = None
    for glyph in glyphs:
        if glyph.char in _ACCENTS:
            below = next((one for one in reversed(kept[-3:]) if _over(glyph, one)), None)
            if below is None:
                waiting = glyph
            else:
                below.char = _compose(below.char, glyph.char)
            continue
        if waiting is not None:
            if _over(waiting, glyph):
                glyph.char, glyph.space = _compose(glyph.char, waiting.char), glyph.space or waiting.space
            else:
                kept.append(waiting)
            waiting = None
        kept.append(glyph)
    return kept + ([waiting] if waiting else [])


def _over(accent: Glyph, letter: Glyph) -> bool:
    middle = (accent.x0 + accent.x1) / 2
    return letter.char.isalpha() and letter.x0 - 0.5 <= middle <= letter.x1 + 0.5


def _compose(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(letter, letter) + _ACCENTS[accent])


def clean(text: str) -> str:
    """Collapse white space.

    >>> clean(" a  b ")
    'a b'
    """
    return re.sub(r"\s+", " ", text).strip()
