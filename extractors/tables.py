"""Read the measurements of a table: metric and unit from the heading, subject from the row (or the other way round).

A cell is read as a short sentence made of its heading, its number and the heading's unit ("ICE: 91.2 %"), so that
metrics, test conditions and plausibility are judged as in running text. Columns of test conditions apply to their row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.conditions import FoundCondition, quantity_conditions, to_conditions, word_conditions
from extractors.folding import fold
from extractors.measurements import MeasurementReading, canonical, implausible, is_designation
from extractors.metric_choice import Metric, choose_metric
from extractors.quantities import FoundQuantity, find_quantities
from extractors.roles import role_of
from extractors.units import parse_unit
from ontology import Ontology
from ontology.model import Cell, Document, Evidence, Measurement, Quantity, Refusal, SourceKind, Span, Table

__all__ = ["find_in_table"]

_NUMERIC = re.compile(r"\s*[~≈<>≤≥+-]?\s*\d[\d.,]*(?:\s*[×x]\s*10\s?\^?-?\d+)?(?:\s*(?:-|±|to)\s*\d[\d.,]*)?")
_EMPTY = re.compile(r"[\s\-–—./*]*|n\.?\s?[ad]\.?|nr|not (?:reported|available|given)", re.I)
_COUNTED = re.compile(r"(?:no\.? of |number of )?cycles?(?: (?:no\.?|numbers?))?|cycle life", re.I)
_REFERENCE = re.compile(r"ref(?:erence)?s?\.?|source|year|entry|no\.?|#|doi|authors?|journal", re.I)
_SAMPLES = re.compile(r"sample|material|electrode|anode|composite|specimen|electrolyte|compound|structure", re.I)
_TEXT_FIELDS = {"binder": "binder", "additive": "additive", "cathode": "counter_electrode", "counter electrode": "counter_electrode", "salt": "salt", "solvent": "solvents", "solvents": "solvents"}


@dataclass(frozen=True, slots=True)
class _Heading:
    """Hold what a row or column is about: words without the unit, the unit as written, the cells it came from."""

    label: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Hold a table as a rectangle; a spanning cell stands at each place it covers."""

    cells: dict[tuple[int, int], Cell]
    rows: int
    columns: int
    head_rows: int
    head_columns: int
    owner: int  # the column that names the samples


def find_in_table(document: Document, table: Table, ontology: Ontology) -> MeasurementReading:
    """Read a table's measurements in row order; a table that names no known metric gives none."""
    grid = _grid(document, table)
    if grid.head_rows == 0 or grid.rows == grid.head_rows:
        return MeasurementReading()
    across = {c: _heading(document, grid, [(r, c) for r in range(grid.head_rows)]) for c in range(grid.columns)}
    down = {r: _heading(document, grid, [(r, grid.owner)]) for r in range(grid.head_rows, grid.rows)}
    found = list(_by_column(document, table, grid, across, down, ontology)) or list(_by_row(document, table, grid, across, down, ontology))
    refused = tuple(reading for reading in found if isinstance(reading, Refusal))
    return MeasurementReading(tuple(reading for reading in found if isinstance(reading, Measurement)), refused)


def _text(document: Document, cell: Cell) -> str:
    return document.text[cell.start : cell.end]


def _grid(document: Document, table: Table) -> _Grid:
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
    grid = _Grid(cells, rows, columns, head, max(1, width), 0)
    return replace(grid, owner=_owner(document, grid))


def _owner(document: Document, grid: _Grid) -> int:
    """Find the column that names the samples: one that says so, else the first of words that is no test condition."""
    wordy = []
    for column in range(grid.columns):
        label = _heading(document, grid, [(r, column) for r in range(grid.head_rows)]).label
        body = [grid.cells[r, column] for r in range(grid.head_rows, grid.rows) if (r, column) in grid.cells]
        if label.lower() not in _TEXT_FIELDS and not _REFERENCE.fullmatch(label) and sum(_is_number(document, c) for c in body) * 2 < len(body):
            wordy.append((not _SAMPLES.search(label), column))
    return min(wordy)[1] if wordy else 0


def _is_number(document: Document, cell: Cell | None) -> bool:
    return cell is not None and bool(_NUMERIC.match(fold(_text(document, cell)).text))


def _heading(document: Document, grid: _Grid, places: list[tuple[int, int]]) -> _Heading:
    cells = tuple(dict.fromkeys(grid.cells[p] for p in places if p in grid.cells))
    words: list[str] = []
    unit = ""
    for cell in cells:
        label, found = _split_unit(fold(_text(document, cell)).text)
        unit = found or unit
        if label:
            words.append(label)
    return _Heading(" ".join(words), unit, cells)


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


def _by_column(
    document: Document, table: Table, grid: _Grid, across: dict[int, _Heading], down: dict[int, _Heading], ontology: Ontology
) -> Iterator[Measurement | Refusal]:
    for row in range(grid.head_rows, grid.rows):
        shared = list(_row_conditions(document, grid, row, across))
        for column in range(grid.head_columns, grid.columns):
            cell = grid.cells.get((row, column))
            if cell is not None and cell.row == row and cell.column == column:
                yield from _read(document, table, grid, cell, across[column], down[row], shared, ontology)


def _by_row(
    document: Document, table: Table, grid: _Grid, across: dict[int, _Heading], down: dict[int, _Heading], ontology: Ontology
) -> Iterator[Measurement | Refusal]:
    """Read a table that lists metrics downwards and samples across."""
    for row in range(grid.head_rows, grid.rows):
        for column in range(grid.head_columns, grid.columns):
            cell = grid.cells.get((row, column))
            if cell is not None and cell.row == row and cell.column == column:
                yield from _read(document, table, grid, cell, down[row], across[column], [], ontology)


def _row_conditions(document: Document, grid: _Grid, row: int, across: dict[int, _Heading]) -> Iterator[FoundCondition]:
    """Yield the test conditions that columns of their own give for a row."""
    for column in range(grid.columns):
        cell, heading = grid.cells.get((row, column)), across[column]
        if cell is None or _EMPTY.fullmatch(_text(document, cell)):
            continue
        field = _TEXT_FIELDS.get(heading.label.lower())
        words = _text(document, cell).strip()
        if field:
            yield FoundCondition(Span(cell.start, cell.end), field, words, words)
            continue
        phrase, quantities = _phrase(document, cell, heading)
        value = next((q for q in quantities if q.start >= len(heading.label)), None)
        if value is not None and role_of(phrase, value).kind == "condition":
            unit = value.quantity.unit
            for condition in quantity_conditions(phrase, [value]):
                given = condition.value
                if isinstance(given, Quantity):
                    given = replace(given, text=words if unit in words else f"{words} {unit}")
                yield replace(condition, span=Span(cell.start, cell.end), value=given, text=words)


def _phrase(document: Document, cell: Cell, heading: _Heading) -> tuple[str, tuple[FoundQuantity, ...]]:
    """Write a cell as "heading: number unit rest" and find its quantities."""
    text = fold(_text(document, cell)).text
    m = _NUMERIC.match(text)
    if m is None:
        return "", ()
    own = parse_unit(text, m.end() + text[m.end() :].startswith(" "))
    middle = "" if own or not heading.unit else f" {heading.unit}"
    phrase = f"{heading.label}: {text[: m.end()].strip()}{middle}{text[m.end() :]}"
    return phrase, find_quantities(phrase)


def _read(
    document: Document, table: Table, grid: _Grid, cell: Cell, heading: _Heading, owner: _Heading, shared: list[FoundCondition], ontology: Ontology
) -> Iterator[Measurement | Refusal]:
    if not heading.label or _REFERENCE.fullmatch(heading.label):
        return
    phrase, quantities = _phrase(document, cell, heading)
    value = next((q for q in quantities if q.start >= len(heading.label)), None)
    if value is None or role_of(phrase, value).kind == "condition":
        return
    metric = choose_metric(phrase, value, quantities, (), ontology=ontology) or _named(heading.label, value, ontology)
    if metric is None:
        return
    caption = document.text[slice(*table.caption)] if table.caption else ""
    own = [c for c in (*quantity_conditions(phrase, quantities), *word_conditions(phrase)) if c.span.start >= value.end or c.span.end <= len(heading.label)]
    stated = [*own, *(c for c in shared if c.field not in {o.field for o in own}), *(c for c in word_conditions(caption) if c.field != "note")]
    yield from _measurement(document, table, grid, cell, heading, owner, value, metric, stated, ontology)


def _named(label: str, value: FoundQuantity, ontology: Ontology) -> Metric | None:
    concept = ontology.find(label, kind="metric")
    fits = concept is not None and (value.dimension == "fraction" or not concept.canonical_unit)
    return Metric(concept.label, concept) if concept is not None and fits else None


def _measurement(
    document: Document, table: Table, grid: _Grid, cell: Cell, heading: _Heading, owner: _Heading, value: FoundQuantity, metric: Metric,
    stated: list[FoundCondition], ontology: Ontology,
) -> Iterator[Measurement | Refusal]:  # fmt: skip
    subject = " ".join(owner.label.split()) or None
    concept = next((c for kind in ("strategy", "material") if subject and (c := ontology.find(subject, kind=kind))), None)
    conditions = to_conditions(stated)
    row = [grid.cells[cell.row, c] for c in range(grid.columns) if (cell.row, c) in grid.cells]
    line = Span(min(c.start for c in row), max(c.end for c in row))
    places = [("sentence", line), ("value", Span(cell.start, cell.end)), *(("target", Span(c.start, c.end)) for c in heading.cells)]
    canonical_value, canonical_unit = canonical(value, metric)
    cited = tuple(dict.fromkeys(k for c in document.citations if line.start <= c.start < line.end for k in c.keys))
    reading = Measurement(
        metric=metric.label,
        metric_concept=metric.concept.iri if metric.concept else None,
        quantity=replace(value.quantity, text=_text(document, cell).strip()),
        unit_iri=value.unit_iri,
        canonical_value=canonical_value,
        canonical_unit=canonical_unit,
        value_span=Span(cell.start, cell.end),
        subject=concept.label if concept and not is_designation(subject or "") else subject,
        subject_concept=concept.iri if concept else None,
        basis=f"per g {value.basis}" if value.basis else conditions.basis,
        statistic=value.spread or conditions.statistic,
        mode=conditions.mode or "measured",
        conditions=conditions,
        source_kind=_source_kind(document, cited),
        citations=cited,
        section=table.section,
        evidence=tuple(Evidence(role, *place, document.text[slice(*place)]) for role, place in places),
        confidence=0.8,
        rule="measurement:table",
    )
    problem = implausible(reading, ontology)
    yield Refusal(cell.start, cell.end, reading.quantity.text, problem) if problem else reading


def _source_kind(document: Document, cited: tuple[str, ...]) -> SourceKind:
    if cited:
        return "cited"
    return "review_synthesis" if "review" in document.article_type.lower() else "own_result"
