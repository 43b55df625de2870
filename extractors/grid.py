"""See a table as a rectangle with headings: what its rows and columns are about, and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.folding import fold
from extractors.units import parse_unit
from ontology.model import Cell, Document, Table

__all__ = ["NUMERIC", "REFERENCE", "TEXT_FIELDS", "Grid", "Heading", "cell_text", "grid_of", "heading_of"]

NUMERIC = re.compile(r"\s*[~≈<>≤≥+-]?\s*\d[\d.,]*(?:\s*[×x]\s*10\s?\^?-?\d+)?(?:\s*(?:-|±|to)\s*\d[\d.,]*)?")
_COUNTED = re.compile(r"(?:no\.? of |number of )?cycles?(?: (?:no\.?|numbers?))?|cycle life", re.I)
REFERENCE = re.compile(r"ref(?:erence)?s?\.?|source|year|entry|no\.?|#|doi|authors?|journal", re.I)
TEXT_FIELDS = {
    "binder": "binder",
    "additive": "additive",
    "cathode": "counter_electrode",
    "counter electrode": "counter_electrode",
    "salt": "salt",
    "solvent": "solvents",
    "solvents": "solvents",
}
_SAMPLES = re.compile(r"sample|material|electrode|anode|composite|specimen|electrolyte|compound|structure", re.I)


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold what a row or column is about: words without the unit, the unit as written, the cells it came from."""

    label: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a table as a rectangle; a spanning cell stands at each place it covers."""

    cells: dict[tuple[int, int], Cell]
    rows: int
    columns: int
    head_rows: int
    head_columns: int
    owner: int  # the column that names the samples


def cell_text(document: Document, cell: Cell) -> str:
    """Return a cell's own text."""
    return document.text[cell.start : cell.end]


def grid_of(document: Document, table: Table) -> Grid:
    """Lay a table out, with its heading rows and the column that names the samples."""
    cells: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + max(1, cell.row_span)):
            for column in range(cell.column, cell.column + max(1, cell.column_span)):
                cells[row, column] = cell
    rows = max((r for r, _ in cells), default=-1) + 1
    columns = max((c for _, c in cells), default=-1) + 1
    head = 0
    while head < rows and all(cells[head, c].header for c in range(columns) if (head, c) in cells):
        head += 1
    if head in (0, rows):
        head = 1 if rows > 1 and not any(_is_number(document, cells.get((0, c))) for c in range(1, columns)) else 0
    width = 0
    while width < columns - 1 and all(not _is_number(document, cells.get((r, width))) for r in range(head, rows)):
        width += 1
    grid = Grid(cells, rows, columns, head, max(1, width), 0)
    return replace(grid, owner=_owner(document, grid))


def _owner(document: Document, grid: Grid) -> int:
    """Find the column that names the samples: one that says so, else the first of words that is no test condition."""
    wordy = []
    for column in range(grid.columns):
        label = heading_of(document, grid, [(r, column) for r in range(grid.head_rows)]).label
        body = [grid.cells[r, column] for r in range(grid.head_rows, grid.rows) if (r, column) in grid.cells]
        if (
            label.lower() not in TEXT_FIELDS
            and not REFERENCE.fullmatch(label)
            and sum(_is_number(document, c) for c in body) * 2 < len(body)
        ):
            wordy.append((not _SAMPLES.search(label), column))
    return min(wordy)[1] if wordy else 0


def _is_number(document: Document, cell: Cell | None) -> bool:
    return cell is not None and bool(NUMERIC.match(fold(cell_text(document, cell)).text))


def heading_of(document: Document, grid: Grid, places: list[tuple[int, int]]) -> Heading:
    """Join the words of heading cells and take the last unit they state."""
    cells = tuple(dict.fromkeys(grid.cells[p] for p in places if p in grid.cells))
    words: list[str] = []
    unit = ""
    for cell in cells:
        label, found = _split_unit(fold(cell_text(document, cell)).text)
        unit = found or unit
        if label:
            words.append(label)
    return Heading(" ".join(words), unit, cells)


def _split_unit(text: str) -> tuple[str, str]:
    """Split "Capacity (mAh g-1, after 100 cycles)" into words and unit."""
    text = " ".join(text.split())
    for m in reversed(list(re.finditer(r"[(\[]([^()\[\]]+(?:\(-?\d\)[^()\[\]]*)*)[)\]]", text))):
        pieces = [p.strip() for p in re.split(r"[,;]\s", m.group(1))]
        for piece in pieces:
            if _is_unit(piece):
                rest = [p for p in pieces if p != piece]
                return " ".join([text[: m.start()].strip(), *rest, text[m.end() :].strip()]).strip(), piece
    for m in re.finditer(r"\s?[/,]\s?", text):
        if _is_unit(text[m.end() :]):
            return text[: m.start()].strip(), text[m.end() :]
    return text, "cycles" if _COUNTED.fullmatch(text) else ""


def _is_unit(text: str) -> bool:
    match = parse_unit(text, 0)
    return match is not None and match.end == len(text)
