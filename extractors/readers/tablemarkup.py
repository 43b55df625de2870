"""Read table markup: HTML rows and cells, and CALS rows and entries, with the rows and columns they span."""

import re
from collections.abc import Callable, Iterable

from extractors.readers.builder import Inline, RawCell
from extractors.readers.safexml import Element, attribute, children, find_all, local

_ROWS = ("tr", "row")
_CELLS = ("td", "th", "entry", "cell")


def rows_of(table: Element, content: Callable[[Element], Inline]) -> list[list[RawCell]]:
    """Return a table's rows; nested tables count as part of their cell."""
    columns = {attribute(spec, "colname"): index for index, spec in enumerate(find_all(table, "colspec"))}
    return [[_cell(cell, row, columns, content) for cell in children(row, *_CELLS)] for row in _rows(table)]


def outermost(tables: Iterable[Element]) -> list[Element]:
    """Return the tables that stand in no cell of another: the words of a nested one are its cell's."""
    return [table for table in tables if not any(local(above) in _CELLS for above in table.iterancestors())]


def cells_of(table: Element) -> list[Element]:
    """Return a table's own cells, those of nested tables left out."""
    return [cell for row in _rows(table) for cell in children(row, *_CELLS)]


def _rows(table: Element) -> list[Element]:
    return [row for row in find_all(table, *_ROWS) if _table_of(row) is table or local(table) == "tgroup"]


def _table_of(row: Element) -> Element | None:
    above = row.getparent()
    while above is not None and local(above) != "table":
        above = above.getparent()
    return above


def _cell(cell: Element, row: Element, columns: dict[str, int], content: Callable[[Element], Inline]) -> RawCell:
    above = row.getparent()
    header = local(cell) == "th" or attribute(row, "role") == "label" or (above is not None and local(above) == "thead")
    if not cell.attrib:
        return RawCell(content(cell), header=header)
    first, last = attribute(cell, "namest"), attribute(cell, "nameend")
    across = columns[last] - columns[first] + 1 if first in columns and last in columns else 0
    return RawCell(
        content(cell),
        header=header,
        row_span=_count(attribute(cell, "rowspan") or attribute(cell, "rows"))
        or _count(attribute(cell, "morerows")) + 1,
        column_span=across or _count(attribute(cell, "colspan") or attribute(cell, "cols")) or 1,
    )


def _count(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else 0
