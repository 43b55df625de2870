"""Print rows as a table, JSON or CSV; text from papers is shown as text, whatever it holds."""

from __future__ import annotations

import csv
import json
import math
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.plain import plain

_PIPE_WIDTH = 160  # columns of a table that goes to a file or a pipe
_FOLDED = 16  # characters a line that a column needs; with less room, rows stand one below the other


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"


def console(stream: TextIO | None = None) -> Console:
    """Return a console that never reads markup, emoji codes or highlights into what it prints."""
    stream = stream or sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def print_rows(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, form: Format, stream: TextIO | None = None
) -> None:
    """Print rows with these columns in this order; a table also says how many rows there are."""
    stream = stream or sys.stdout
    kept = [{column: _plain_value(row.get(column)) for column in columns} for row in rows]
    _PRINTERS[form](kept, columns, stream)


def print_json(value: Any, *, stream: TextIO | None = None, indent: int | None = 2) -> None:
    """Print one JSON value; characters a stream cannot encode are escaped, which JSON reads back unharmed."""
    stream = stream or sys.stdout
    utf8 = (stream.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    stream.write(json.dumps(value, ensure_ascii=not utf8, indent=indent, allow_nan=False) + "\n")


def _plain_value(value: Any) -> Any:
    """Turn the scalars of result tables (numpy's among them) into what JSON knows; not-a-number is no value."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain_value(item) for key, item in value.items()}
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def cell(value: Any) -> str:
    """Write one value for a person."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if not value.is_integer() else f"{value:.0f}"
    if isinstance(value, list):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {cell(item)}" for key, item in value.items())
    return plain(str(value))


def _print_table(rows: list[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    out = console(stream)
    cells = [{column: cell(row[column]) for column in columns} for row in rows]
    if cells and not _fits(cells, columns, out.width):
        _print_records(cells, columns, out)
    elif cells:
        out.print(_table(cells, columns))
    out.print(Text(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"))


def _fits(cells: list[dict[str, str]], columns: Sequence[str], width: int) -> bool:
    """Tell whether every column keeps enough characters a line to be read."""
    longest = (max(len(column), *(len(row[column]) for row in cells)) for column in columns)
    return sum(min(each, _FOLDED) + 1 for each in longest) <= width


def _print_records(cells: list[dict[str, str]], columns: Sequence[str], out: Console) -> None:
    """Print wide rows one below the other, each value under its name; what is empty is left out."""
    for number, row in enumerate(cells, start=1):
        out.print(Text(f"{number}.", style="bold"), soft_wrap=True)
        for column in (column for column in columns if row[column]):
            told = f"{plain(column).replace('_', ' ')}: {' '.join(row[column].split())}"
            for line in _wrapped(told, out.width - 6):
                out.print(Text(line), soft_wrap=True)


def _wrapped(text: str, width: int) -> list[str]:
    wrap = textwrap.TextWrapper(
        max(20, width), initial_indent="   ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
    )
    return wrap.wrap(text)


def _table(cells: list[dict[str, str]], columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(plain(column).replace("_", " ")), overflow="fold")
    for row in cells:
        table.add_row(*(Text(row[column]) for column in columns))
    return table


def _print_json_rows(rows: list[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:  # noqa: ARG001
    print_json(rows, stream=stream)


def _print_csv(rows: list[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
            for value in row.values()
        )


_PRINTERS = {Format.table: _print_table, Format.json: _print_json_rows, Format.csv: _print_csv}
