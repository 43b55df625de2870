"""Read a table out of a PDF's text layer: fragments of lines become rows, gaps that run through become columns."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from extractors.readers.builder import CallOut, Inline, RawCell
from extractors.readers.pdf_layout import Chunk
from extractors.readers.pdf_lines import Line

_NUMBER = re.compile(r"[~<>≤≥±]?\s*[−-]?\d")
_TITLE = re.compile(r"(?:Table|TABLE)\s?(?:S?\d+|[IVX]+)\b")


def lines_of_table(chunks: Sequence[Chunk], at: int) -> tuple[list[Line], int]:
    """Return the lines under a table's caption, and the index of the first chunk that is not its."""
    lines: list[Line] = []
    page = chunks[at].lines[-1].page
    end = at + 1
    if not _TITLE.match(chunks[at].text):
        return lines, end
    while end < len(chunks):
        chunk = chunks[end]
        words = chunk.text.split()
        prose = len(words) >= 25 and sum(word.islower() for word in words) > 0.5 * len(words) and len(chunk.lines) > 1
        if chunk.lines[0].page != page or chunk.kind in ("caption", "heading") or prose:
            break
        lines += chunk.lines
        end += 1
    return lines, end


def rows_of_lines(lines: Sequence[Line], content: Callable[[Line], Inline]) -> list[list[RawCell]]:
    """Return the rows of a table; none where the lines do not stand in rows and columns."""
    rows = _rows(lines)
    columns = _columns(rows)
    full = sum(len(row) > 1 for row in rows)
    if len(columns) < 2 or len(rows) < 2 or full < 0.5 * len(rows):
        return []
    first = next((at for at, row in enumerate(rows) if _has_values(row)), 1)
    table: list[list[RawCell]] = []
    for number, row in enumerate(rows):
        placed: dict[int, list[Line]] = {}
        widths: dict[int, int] = {}
        for line in row:
            covered = [at for at, (left, right) in enumerate(columns) if line.x0 < right and line.x1 > left] or [0]
            placed.setdefault(covered[0], []).append(line)
            widths[covered[0]] = max(widths.get(covered[0], 1), len(covered))
        table.append(_cells(placed, widths, len(columns), content, header=number < max(1, first)))
    return table


def _cells(
    placed: dict[int, list[Line]],
    widths: dict[int, int],
    count: int,
    content: Callable[[Line], Inline],
    *,
    header: bool,
) -> list[RawCell]:
    cells: list[RawCell] = []
    column = 0
    while column < count:
        inline: list[str | CallOut] = []
        for line in placed.get(column, []):
            inline += [*content(line), " "]
        width = widths.get(column, 1)
        while width > 1 and any(column + step in placed for step in range(1, width)):
            width -= 1
        cells.append(RawCell(inline, header=header, column_span=width))
        column += width
    return cells


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines by baseline, from the top of the page down."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (-one.y, one.x0)):
        if rows and abs(rows[-1][0].y - line.y) < 0.45 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows if any(line.text for line in row)]


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Return the stretches between the gaps that nearly all rows of several cells leave open."""
    several = [row for row in rows if len(row) > 1]
    edges = sorted({edge for row in several for line in row for edge in (line.x0, line.x1)})
    spans: list[list[float]] = []
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        covered = sum(any(line.x0 < middle < line.x1 for line in row) for row in several)
        if covered <= 0.12 * len(several):
            continue
        if spans and left - spans[-1][1] < 1.0:
            spans[-1][1] = right
        else:
            spans.append([left, right])
    return [(left, right) for left, right in spans]


def _has_values(row: Sequence[Line]) -> bool:
    return sum(_NUMBER.match(line.text) is not None for line in row[1:]) >= max(1, (len(row) - 1) // 2)
