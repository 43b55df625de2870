"""Write rows as CSV, JSON or Parquet with a header that says what they are: pure, from rows to bytes.

The rows are exactly those on screen, in their order; the header names the view, its filters, the library's version,
the moment and the link that reopens the view.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Rows = Sequence[Sequence[Any]]

# A spreadsheet would run such a cell; the quote makes it text there too. Signs before a number or a word stay.
_FORMULA = re.compile(r"[=@\t\r]|[+\-](?![\s\d.])")


@dataclass(frozen=True, slots=True)
class About:
    """Say what exported rows are: the view, its library, the moment, the filters set and the link back."""

    view: str
    generation: int
    moment: datetime
    filters: Mapping[str, str] = field(default_factory=dict)
    link: str = ""

    def lines(self, rows: int) -> dict[str, str]:
        """Return the header as names and values, filters last."""
        return {
            "anodekg": self.view,
            "library version": f"generation {self.generation}",
            "exported": self.moment.astimezone(UTC).isoformat(timespec="seconds"),
            "rows": str(rows),
            "link": self.link,
            **{f"filter {name}": value for name, value in self.filters.items() if value},
        }

    def file_name(self, suffix: str) -> str:
        """Name the file by view, filters, library version and day.

        >>> About("evidence", 7, datetime(2026, 11, 22, tzinfo=UTC), {"contains": "FEC hot"}).file_name("csv")
        'anodekg-evidence-fec-hot-generation-7-2026-11-22.csv'
        """
        chosen = re.sub(r"[^a-z0-9]+", "-", " ".join(self.filters.values()).lower()).strip("-")[:60].strip("-")
        parts = ["anodekg", self.view, chosen, f"generation-{self.generation}", f"{self.moment:%Y-%m-%d}"]
        return f"{'-'.join(part for part in parts if part)}.{suffix}"


def to_csv(columns: Sequence[str], rows: Rows, about: About) -> bytes:
    """Write CSV under comment lines that begin with ``#``."""
    out = io.StringIO()
    for name, value in about.lines(len(rows)).items():
        out.write(f"# {name}: {' '.join(value.split())}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(_plain(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def to_json(columns: Sequence[str], rows: Rows, about: About) -> bytes:
    """Write one JSON object: ``about`` with the header, ``rows`` as objects by column."""
    listed = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
    return json.dumps({"about": about.lines(len(rows)), "rows": listed}, ensure_ascii=False, indent=1).encode("utf-8")


def to_parquet(columns: Sequence[str], rows: Rows, about: About) -> bytes:
    """Write Parquet with the header as the schema's metadata; a column of several types is written as text."""
    arrays = [_array([_plain(row[place]) for row in rows]) for place in range(len(columns))]
    metadata = {name.encode(): value.encode() for name, value in about.lines(len(rows)).items()}
    table = pa.Table.from_arrays(arrays, names=list(columns)).replace_schema_metadata(metadata)
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


WRITERS: Mapping[str, tuple[str, str, Callable[[Sequence[str], Rows, About], bytes]]] = {
    # name on the page -> (suffix, media type, writer)
    "CSV": ("csv", "text/csv", to_csv),
    "Parquet": ("parquet", "application/vnd.apache.parquet", to_parquet),
    "JSON": ("json", "application/json", to_json),
}


def _plain(cell: Any) -> Any:
    """Return a cell as text, number, truth value or nothing; a missing number is nothing."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return None
    if isinstance(cell, list | tuple):
        return "; ".join(map(str, cell))
    item = getattr(cell, "item", None)  # a numpy scalar
    value = item() if item is not None else cell
    return value if isinstance(value, str | int | float | bool) else str(value)


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _array(cells: list[Any]) -> Any:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {int, float} or len(kinds) <= 1:
        return pa.array([float(cell) if float in kinds and isinstance(cell, int) else cell for cell in cells])
    return pa.array([None if cell is None else str(cell) for cell in cells])
