"""Group a PDF page's runs to lines, with sub- and superscripts told by their baseline."""

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.readers.pdf_fonts import Face
from extractors.readers.pdf_runs import ACCENTS, Run, page_runs

__all__ = ["Line", "page_lines"]

_COMBINING = dict(zip("´`¨˚ˆ˜¸ˇ", "\u0301\u0300\u0308\u030a\u0302\u0303\u0327\u030c", strict=True))
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Line:
    """Hold the text on one baseline; ``runs`` part it by level: 1 raised, -1 lowered, 0 neither."""

    page: int  # 1-based
    runs: list[tuple[str, int]] = field(default_factory=list)
    text: str = ""  # of all runs, white space collapsed
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


def page_lines(textpage: pypdfium2.PdfTextPage, number: int) -> list[Line]:
    """Return a page's lines in the order the file draws them; rotated and clipped text is left out."""
    lines: list[Line] = []
    current: list[Run] = []
    hidden = False
    for run in page_runs(textpage):
        if current and _belongs(current, run):
            current.append(run)
            continue
        below = bool(current) and abs(current[0].x0 - run.x0) < 1 and 0 < current[0].y - run.y < 2 * run.height
        if current and not hidden:
            _finish(lines, current, number)
        hidden = hidden if below else _is_clipped(textpage.raw, run)
        current = [run]
    if current and not hidden:
        _finish(lines, current, number)
    return lines


def _is_clipped(raw: object, run: Run) -> bool:
    """Say whether a run begins outside what its clip path shows: figures may carry whole hidden pages."""
    clip = pdfium.FPDFPageObj_GetClipPath(pdfium.FPDFText_GetTextObject(raw, run.index))
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
        if not (left <= run.x0 <= right and low <= run.y <= high):
            return True
    return False


def _belongs(current: Sequence[Run], run: Run) -> bool:
    """Say whether a run goes on with a line: close behind its last one, on or near its baseline."""
    last = current[-1]
    same = run.y == last.y and run.height == last.height and -0.7 * run.height < run.x0 - last.x1 < run.height
    if same and run.text not in ACCENTS and last.text not in ACCENTS:
        return True
    if len(run.text) == 1 or len(last.text) == 1:
        if run.text in ACCENTS and any(_over(run, one) and one.height >= run.y - one.y for one in current[-4:]):
            return True
        last = next((one for one in reversed(current) if one.text not in ACCENTS), last)
    size = tallest = max(one.height for one in current[-12:])
    if run.height > size:
        size = run.height
    if not -0.7 * size < run.x0 - last.x1 < size:
        return False
    main = last if last.height == tallest else next(one for one in current[-12:] if one.height == tallest)
    shift = abs(run.y - main.y)
    if shift <= 0.1 * size:
        return True
    smaller = run.height < 0.92 * main.height or main.height < 0.92 * run.height
    return (shift <= 0.6 * size and smaller) or (abs(run.y - last.y) <= 0.02 * size and last.height == run.height)


def _finish(lines: list[Line], runs: list[Run], page: int) -> None:
    if not ACCENTS.isdisjoint([run.text for run in runs]):
        runs = _accented(runs)
    line = _plain(runs[0], page) if len(runs) == 1 else _levelled(runs, page)
    text = line.runs[0][0] if len(line.runs) == 1 else "".join([text for text, _ in line.runs])
    line.text = text = " ".join(text.split())
    if (text and text.isprintable()) or any(char.isprintable() and char != " " for char in text):
        line.hyphen = text.endswith("\u00ad")
        lines.append(line)


def _plain(run: Run, page: int) -> Line:
    """Make a line of one run."""
    face, lettered = run.face, _LETTER.search(run.text) is not None
    return Line(
        page,
        [(run.text, 0)],
        "",
        run.x0,
        run.x1,
        round(run.y, 1),
        round(run.height, 1),
        lettered and face.bold,
        lettered and face.italic,
        face.name if lettered else "",
        lettered,
    )


def _levelled(runs: Sequence[Run], page: int) -> Line:
    """Make a line of runs on several baselines, in several faces."""
    left, right = runs[0].x0, runs[0].x1
    heights: dict[float, int] = {}
    faces: dict[Face, int] = {}
    for run in runs:
        left, right = min(left, run.x0), max(right, run.x1)
        text = run.text
        heights[run.height] = heights.get(run.height, 0) + len(text)
        if _LETTER.search(text):
            faces[run.face] = faces.get(run.face, 0) + len(text)
    sizes = _rounded(heights.items())
    height = max(sizes, key=lambda size: (sizes[size], size)) if len(sizes) > 1 else next(iter(sizes))
    bases = _rounded([(run.y, len(run.text)) for run in runs if abs(run.height - height) < 0.06])
    base = max(bases, key=bases.__getitem__)
    line = Line(page, _parted(runs, base, height), "", left, right, base, height)
    if faces:
        face = max(faces, key=faces.__getitem__) if len(faces) > 1 else next(iter(faces))
        line.bold, line.italic, line.face, line.pure = face.bold, face.italic, face.name, len(faces) == 1
    return line


def _rounded(counts: Iterable[tuple[float, int]]) -> dict[float, int]:
    """Add up counts by place, to a tenth of a point."""
    sums: dict[float, int] = {}
    last, place = -1.0, -1.0
    for at, count in counts:
        if at != last:
            last, place = at, round(at, 1)
        sums[place] = sums.get(place, 0) + count
    return sums


def _parted(runs: Sequence[Run], base: float, height: float) -> list[tuple[str, int]]:
    """Part a line by level, with the spaces that its gaps show."""
    parts: list[tuple[str, int]] = []
    words = ""
    at = 0  # level of ``words``
    last_x1 = runs[0].x0
    small, off, up, down = 0.92 * height, 0.2 * height, 0.12 * height, -0.05 * height
    for position, run in enumerate(runs):
        shift = run.y - base
        level = 0
        if run.height < small or shift > off or -shift > off:
            level = 1 if shift > up else -1 if shift < down else 0
        if position and (run.space or run.x0 - last_x1 > (0.1 if run.broken else 0.18) * height):
            words += " "
        if level != at:
            if position:
                parts.append((words, at))
            words, at = "", level
        words += run.text
        last_x1 = run.x1
    parts.append((words, at))
    return parts


def _accented(runs: Sequence[Run]) -> list[Run]:
    """Put an accent that is drawn by itself onto the letter it stands over."""
    kept: list[Run] = []
    waiting: Run | None = None
    for run in runs:
        if run.text in ACCENTS:
            below = next((one for one in reversed(kept[-3:]) if _over(run, one)), None)
            if below is None:
                waiting = run
            else:
                below.text = _compose(below.text, run.text)
            continue
        if waiting is not None:
            if _over(waiting, run):
                run.text, run.space = _compose(run.text, waiting.text), run.space or waiting.space
            else:
                kept.append(waiting)
            waiting = None
        kept.append(run)
    return kept + ([waiting] if waiting else [])


def _over(accent: Run, letter: Run) -> bool:
    middle = (accent.x0 + accent.x1) / 2
    return len(letter.text) == 1 and letter.text.isalpha() and letter.x0 - 0.5 <= middle <= letter.x1 + 0.5


def _compose(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(letter, letter) + _COMBINING[accent])
