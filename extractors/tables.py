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
from extractors.grid import NUMERIC, REFERENCE, TEXT_FIELDS, Grid, Heading, cell_text, grid_of, heading_of
from extractors.measurements import MeasurementReading, canonical, implausible, is_designation
from extractors.metric_choice import Metric, choose_metric
from extractors.quantities import FoundQuantity, find_quantities
from extractors.roles import role_of
from extractors.units import parse_unit
from ontology import Ontology
from ontology.model import Cell, Document, Evidence, Measurement, Quantity, Refusal, SourceKind, Span, Table

__all__ = ["find_in_table"]


_EMPTY = re.compile(r"[\s\-–—./*]*|n\.?\s?[ad]\.?|nr|not (?:reported|available|given)", re.I)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Hold a table with all that reading a cell needs."""

    document: Document
    table: Table
    ontology: Ontology
    grid: Grid
    across: dict[int, Heading]  # by column
    down: dict[int, Heading]  # by row


def find_in_table(document: Document, table: Table, ontology: Ontology) -> MeasurementReading:
    """Read a table's measurements in row order; a table that names no known metric gives none."""
    grid = grid_of(document, table)
    if grid.head_rows == 0 or grid.rows == grid.head_rows:
        return MeasurementReading()
    across = {c: heading_of(document, grid, [(r, c) for r in range(grid.head_rows)]) for c in range(grid.columns)}
    down = {r: heading_of(document, grid, [(r, grid.owner)]) for r in range(grid.head_rows, grid.rows)}
    sheet = _Sheet(document, table, ontology, grid, across, down)
    found = list(_by_column(sheet)) or list(_by_row(sheet))
    refused = tuple(reading for reading in found if isinstance(reading, Refusal))
    return MeasurementReading(tuple(reading for reading in found if isinstance(reading, Measurement)), refused)


def _body(grid: Grid) -> Iterator[tuple[int, int, Cell]]:
    """Yield row, column and cell of the body, a spanning cell once."""
    for row in range(grid.head_rows, grid.rows):
        for column in range(grid.head_columns, grid.columns):
            cell = grid.cells.get((row, column))
            if cell is not None and (cell.row, cell.column) == (row, column):
                yield row, column, cell


def _by_column(sheet: _Sheet) -> Iterator[Measurement | Refusal]:
    shared = {row: list(_row_conditions(sheet.document, sheet.grid, row, sheet.across)) for row in sheet.down}
    for row, column, cell in _body(sheet.grid):
        yield from _read(sheet, cell, sheet.across[column], sheet.down[row], shared[row])


def _by_row(sheet: _Sheet) -> Iterator[Measurement | Refusal]:
    """Read a table that lists metrics downwards and samples across."""
    for row, column, cell in _body(sheet.grid):
        yield from _read(sheet, cell, sheet.down[row], sheet.across[column], [])


def _row_conditions(document: Document, grid: Grid, row: int, across: dict[int, Heading]) -> Iterator[FoundCondition]:
    """Yield the test conditions that columns of their own give for a row."""
    for column in range(grid.columns):
        cell, heading = grid.cells.get((row, column)), across[column]
        if cell is None or _EMPTY.fullmatch(cell_text(document, cell)):
            continue
        field = TEXT_FIELDS.get(heading.label.lower())
        words = cell_text(document, cell).strip()
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


def _phrase(document: Document, cell: Cell, heading: Heading) -> tuple[str, tuple[FoundQuantity, ...]]:
    """Write a cell as "heading: number unit rest" and find its quantities."""
    text = fold(cell_text(document, cell)).text
    m = NUMERIC.match(text)
    if m is None:
        return "", ()
    own = parse_unit(text, m.end() + text[m.end() :].startswith(" "))
    middle = "" if own or not heading.unit else f" {heading.unit}"
    phrase = f"{heading.label}: {text[: m.end()].strip()}{middle}{text[m.end() :]}"
    return phrase, find_quantities(phrase)


def _read(
    sheet: _Sheet, cell: Cell, heading: Heading, owner: Heading, shared: list[FoundCondition]
) -> Iterator[Measurement | Refusal]:
    document, ontology = sheet.document, sheet.ontology
    if not heading.label or REFERENCE.fullmatch(heading.label):
        return
    phrase, quantities = _phrase(document, cell, heading)
    value = next((q for q in quantities if q.start >= len(heading.label)), None)
    if value is None or role_of(phrase, value).kind == "condition":
        return
    metric = choose_metric(phrase, value, quantities, (), ontology=ontology) or _named(heading.label, value, ontology)
    if metric is None:
        return
    caption = document.text[slice(*sheet.table.caption)] if sheet.table.caption else ""
    own = [
        c
        for c in (*quantity_conditions(phrase, quantities), *word_conditions(phrase))
        if c.span.start >= value.end or c.span.end <= len(heading.label)
    ]
    stated = [
        *own,
        *(c for c in shared if c.field not in {o.field for o in own}),
        *(c for c in word_conditions(caption) if c.field != "note"),
    ]
    yield from _measurement(sheet, cell, heading, owner, value, metric, stated)


def _named(label: str, value: FoundQuantity, ontology: Ontology) -> Metric | None:
    concept = ontology.find(label, kind="metric")
    fits = concept is not None and (value.dimension == "fraction" or not concept.canonical_unit)
    return Metric(concept.label, concept) if concept is not None and fits else None


def _measurement(
    sheet: _Sheet,
    cell: Cell,
    heading: Heading,
    owner: Heading,
    value: FoundQuantity,
    metric: Metric,
    stated: list[FoundCondition],
) -> Iterator[Measurement | Refusal]:
    document, grid, ontology = sheet.document, sheet.grid, sheet.ontology
    subject = " ".join(owner.label.split()) or None
    concept = next(
        (c for kind in ("strategy", "material") if subject and (c := ontology.find(subject, kind=kind))), None
    )
    conditions = to_conditions(stated)
    row = [grid.cells[cell.row, c] for c in range(grid.columns) if (cell.row, c) in grid.cells]
    line = Span(min(c.start for c in row), max(c.end for c in row))
    places = [
        ("sentence", line),
        ("value", Span(cell.start, cell.end)),
        *(("target", Span(c.start, c.end)) for c in heading.cells),
    ]
    canonical_value, canonical_unit = canonical(value, metric)
    cited = tuple(dict.fromkeys(k for c in document.citations if line.start <= c.start < line.end for k in c.keys))
    reading = Measurement(
        metric=metric.label,
        metric_concept=metric.concept.iri if metric.concept else None,
        quantity=replace(value.quantity, text=cell_text(document, cell).strip()),
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
        section=sheet.table.section,
        evidence=tuple(
            Evidence(role, *place, document.text[slice(*place)]) for role, place in places if place[0] < place[1]
        ),
        confidence=0.8,
        rule="measurement:table",
    )
    problem = implausible(reading, ontology)
    yield Refusal(cell.start, cell.end, reading.quantity.text, problem) if problem else reading


def _source_kind(document: Document, cited: tuple[str, ...]) -> SourceKind:
    if cited:
        return "cited"
    return "review_synthesis" if "review" in document.article_type.lower() else "own_result"
