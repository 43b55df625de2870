"""Read a PDF page's text as runs: stretches of glyphs drawn by one text object, in one font on one baseline.

A call into PDFium per glyph costs more than reading the page. So a page's characters come in one call, its text objects
are found by bisection (neighbours of one object need no call), and only each run's ends are measured.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.readers.pdf_fonts import Face, face_of, repaired

__all__ = ["ACCENTS", "Run", "page_runs"]

ACCENTS = frozenset("´`¨˚ˆ˜¸ˇ")
_MAX_GLYPHS = 3_000_000  # of a page
_BLOCK = 64  # characters compared at once where PDFium's text leaves some out
_SPACE = " \t\r\n\xa0"
_SEGMENT = re.compile(rf"[^{_SPACE}](?:[^\r\n]*[^{_SPACE}])?")
_WIDE = 0.6  # of the font size, an average character with its share of gaps; running text stays below .55
_THIN = 0.1  # of the font size; a thin space has .17, kerning stays below .05
_GLUED = re.compile(r"\d(?=[^\W\d_])")
_BLANKS = frozenset(" \t\xa0")
_FLAWED = re.compile(r"[^ -~]")
_LIGHT = (ctypes.c_void_p, ctypes.c_int)


@dataclass(slots=True)
class Run:
    """Hold characters with their place, in points, y upwards."""

    text: str
    x0: float
    x1: float
    y: float  # baseline
    height: float  # size of the font
    face: Face
    space: bool  # white space stands before it
    broken: bool  # PDFium sees a line end before it
    index: int  # of its first character on the page


def _light(function: Any, result: Any, *more: Any) -> Any:
    """Give a function of PDFium a plain signature, which calls twice as fast; it keeps the interpreter's lock."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *_LIGHT, *more)(address or 0)


_object = _light(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_box = _light(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)
_matrix = _light(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p)
_size = _light(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_font = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p).value or 0
)
_code = _light(pdfium.FPDFText_GetUnicode, ctypes.c_uint)


def page_runs(textpage: pypdfium2.PdfTextPage) -> list[Run]:
    """Return a page's runs in the order the file draws them; rotated text is left out."""
    raw = textpage.raw
    handle = ctypes.cast(raw, ctypes.c_void_p).value
    text = _characters(raw, handle)
    pieces = [piece for segment in _SEGMENT.finditer(text) for piece in _objects(handle, text, *segment.span())]
    runs = [
        part
        for run in _measured(raw, handle, text, pieces)
        for part in (_torn(handle, run) if _is_wide(run) else (run,))
    ]
    if not ACCENTS.isdisjoint(text):
        accents = [run for run in runs if run.text in ACCENTS]
        glyphs = [part for run in runs for part in (_glyphs(handle, run) if _has_accent(run, accents) else (run,))]
        runs = _placed(glyphs, accents)
    _part_units(handle, runs)
    for run in runs:
        if not run.face.plain or _FLAWED.search(run.text):
            run.text = repaired(run.text, run.face)
    return [run for run in runs if run.text]


def _characters(raw: Any, handle: int | None) -> str:
    """Return the page's characters, one for each index that PDFium counts."""
    count = min(pdfium.FPDFText_CountChars(raw), _MAX_GLYPHS)
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    text = _slice(raw, buffer, 0, count)
    if len(text) == count:
        return text
    return "".join(_aligned(raw, handle, buffer, 0, count))


def _slice(raw: Any, buffer: Any, start: int, count: int) -> str:
    written = pdfium.FPDFText_GetText(raw, start, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return bytes(buffer.raw[: 2 * max(0, written - 1)]).decode("utf-16-le", "surrogatepass")


def _aligned(raw: Any, handle: int | None, buffer: Any, start: int, count: int) -> Iterator[str]:
    """Yield the characters where the text leaves some out: by blocks that are whole, else one by one."""
    for at in range(start, start + count, _BLOCK):
        size = min(_BLOCK, start + count - at)
        text = _slice(raw, buffer, at, size)
        if len(text) == size:
            yield text
        else:
            codes = map(_code, repeat(handle), range(at, at + size))
            yield "".join("\0" if code > 0x10FFFF else chr(code) for code in codes)


def _objects(handle: int | None, text: str, start: int, end: int) -> list[tuple[int, int, int | None]]:
    """Cut a segment where the text object changes, and white space off the pieces' ends; return them with objects."""
    pieces = []
    low, drawn = start, _object(handle, start)
    for cut, after in [*_cuts(handle, start, drawn, end - 1), (end, None)]:
        high = cut
        while low < high and text[low] in _SPACE:
            low += 1
        while low < high and text[high - 1] in _SPACE:
            high -= 1
        if low < high:
            pieces.append((low, high, drawn))
        low, drawn = cut, after
    return pieces


def _cuts(handle: int | None, low: int, at_low: int | None, high: int) -> list[tuple[int, int | None]]:
    """Return the indices after ``low``, up to ``high``, where another object begins, with that object.

    Objects do not interleave; the spaces that PDFium puts between them belong to none.
    """
    cuts: list[tuple[int, int | None]] = []
    ahead = [(high, _object(handle, high))] if high > low else []
    while ahead:
        high, at_high = ahead[-1]
        if at_high == at_low and at_low is not None:
            low = ahead.pop()[0]
        elif high - low == 1:
            if at_high != at_low:
                cuts.append((high, at_high))
            low, at_low = ahead.pop()
        else:
            middle = (low + high) // 2
            ahead.append((middle, _object(handle, middle)))
    return cuts


def _measured(raw: Any, handle: int | None, text: str, pieces: list[tuple[int, int, int | None]]) -> Iterator[Run]:
    starts = [low for low, _, _ in pieces]
    lefts = _numbers(_box, 4, handle, starts)
    rights = _numbers(_box, 4, handle, [high - 1 for _, high, _ in pieces])
    forms = _numbers(_matrix, 6, handle, starts)
    sizes = list(map(_size, repeat(handle), starts))
    fonts = list(map(_font, (drawn for _, _, drawn in pieces)))
    faces: dict[int | None, Face] = {}
    before = 0
    for number, (low, high, _) in enumerate(pieces):
        at, form = 4 * number, 6 * number  # boxes are left, top, right, bottom
        a, b, c, d = forms[form : form + 4]
        size = sizes[number] * (math.hypot(c, d) if c else abs(d)) or lefts[at + 1] - lefts[at + 3]
        gap = text[before:low]
        before = high
        if abs(b) > 0.1 * abs(a) or a < 0 or not 0.5 < size < 400:
            continue
        face = faces.get(fonts[number])
        if face is None:
            face = faces[fonts[number]] = face_of(raw, low)
        left, right = lefts[at], rights[at + 2]
        run = Run(
            text[low:high],
            left if left < rights[at] else rights[at],
            right if right > lefts[at + 2] else lefts[at + 2],
            forms[form + 5],
            size,
            face,
            not _BLANKS.isdisjoint(gap),
            "\n" in gap,
            low,
        )
        yield run


def _part_units(handle: int | None, runs: list[Run]) -> None:
    """Part numbers from the letters that stand off behind them: PDFium sees no thin space."""
    places = [(run, match.start()) for run in runs for match in _GLUED.finditer(run.text)]
    digits = _numbers(_box, 4, handle, [run.index + at for run, at in places])
    letters = _numbers(_box, 4, handle, [run.index + at + 1 for run, at in places])
    for number in range(len(places) - 1, -1, -1):
        run, at = places[number]
        if letters[4 * number] - digits[4 * number + 2] > _THIN * run.height:
            run.text = f"{run.text[: at + 1]} {run.text[at + 1 :]}"


def _has_accent(run: Run, accents: list[Run]) -> bool:
    """Say whether a run holds accents of their own, or one drawn alone stands over one of its letters."""
    return len(run.text) > 1 and (not ACCENTS.isdisjoint(run.text) or any(_is_over(accent, run) for accent in accents))


def _is_over(accent: Run, run: Run) -> bool:
    return run.x0 <= (accent.x0 + accent.x1) / 2 <= run.x1 and 0 <= accent.y - run.y < run.height


def _placed(runs: list[Run], accents: list[Run]) -> list[Run]:
    """Put accents that are drawn alone behind the letter they stand over, wherever the file draws them."""
    for accent in accents:
        at = next((i for i, run in enumerate(runs) if run is accent), None)
        letter = next(
            (i for i, run in enumerate(runs) if run.text.isalpha() and len(run.text) == 1 and _is_over(accent, run)),
            None,
        )
        if at is not None and letter is not None and not at - 3 <= letter <= at + 1:
            accent.space = accent.broken = False
            runs.insert(letter + (letter < at), runs.pop(at))
    return runs


def _is_wide(run: Run) -> bool:
    """Say whether a run is too wide for its characters: the cells of a table's row may be drawn as one."""
    return run.x1 - run.x0 > _WIDE * len(run.text) * run.height and " " in run.text


def _torn(handle: int | None, run: Run) -> Iterator[Run]:
    """Tear a run at the spaces that are wider than a line is high."""
    words = [match.span() for match in re.finditer(r"\S+", run.text)]
    lefts = _numbers(_box, 4, handle, [run.index + low for low, _ in words])
    rights = _numbers(_box, 4, handle, [run.index + high - 1 for _, high in words])
    first = 0
    for number in range(1, len(words) + 1):
        if number < len(words) and lefts[4 * number] - rights[4 * number - 2] < run.height:
            continue
        low, high = words[first][0], words[number - 1][1]
        x0, x1, space = lefts[4 * first], rights[4 * number - 2], bool(first) or run.space
        broken = run.broken and not first
        yield Run(run.text[low:high], x0, x1, run.y, run.height, run.face, space, broken, run.index + low)
        first = number


def _numbers(measure: Any, count: int, handle: int | None, indices: list[int]) -> array[float]:
    """Let PDFium write ``count`` numbers for each character: left, top, right, bottom of a box; a to f of a matrix."""
    numbers = array("f", bytes(4 * count * len(indices)))
    address, _ = numbers.buffer_info()
    places = range(address, address + 4 * count * len(indices), 4 * count)
    deque(map(measure, repeat(handle), indices, places), maxlen=0)
    return numbers


def _glyphs(handle: int | None, run: Run) -> Iterator[Run]:
    """Take a run apart, so that each accent finds its letter by place."""
    boxes = _numbers(_box, 4, handle, list(range(run.index, run.index + len(run.text))))
    space, broken = run.space, run.broken
    for number, char in enumerate(run.text):
        if char in _SPACE:
            space = True
            continue
        at = 4 * number
        yield Run(char, boxes[at], boxes[at + 2], run.y, run.height, run.face, space, broken, run.index + number)
        space = broken = False
