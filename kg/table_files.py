"""Write rows to CSV and Parquet files and read them back: the same rows, with their types.

In CSV an empty field is null and ``""`` is empty text; a list is a JSON array. Text is never altered, so open a CSV in a
spreadsheet by importing its columns as text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from kg.property_schema import ColumnType
from ontology.errors import QuestionError, ReadError

__all__ = ["TABLE_FORMATS", "kinds_of", "read_rows", "rows_to_file"]

TABLE_FORMATS = ("csv", "parquet")
_ROWS_AT_ONCE = 10_000
_TYPES: Mapping[ColumnType, Any] = MappingProxyType(
    {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
)

_FITTING: Mapping[ColumnType, frozenset[type]] = MappingProxyType(
    {
        "text": frozenset({str}),
        "integer": frozenset({int}),
        "number": frozenset({int, float}),
        "flag": frozenset({bool}),
    }
)


def rows_to_file(
    columns: Mapping[str, ColumnType], rows: Iterable[tuple[Any, ...]], stream: IO[bytes], form: str
) -> int:
    """Write rows as they come and return how many there were."""
    as_text = form == "csv"
    schema = _schema(columns, as_text=as_text)
    remaining, count = iter(rows), 0
    with pa.PythonFile(_Unclosed(stream), mode="w") as sink, _writer(sink, schema, form) as writer:
        while batch := list(islice(remaining, _ROWS_AT_ONCE)):
            count += len(batch)
            arrays = [
                pa.array([_listed(row[place]) if as_text else row[place] for row in batch], field.type)
                for place, field in enumerate(schema)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return count


def kinds_of(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, ColumnType]:
    """Return the narrowest type that each column's values fit; raise QuestionError for mixed ones without a type.

    >>> kinds_of(["a", "b"], [(1, 1), (None, 0.5)])
    {'a': 'integer', 'b': 'number'}
    """
    if len(set(columns)) < len(columns):
        raise QuestionError("two columns have one name; give each its own with AS")
    return {name: _kind(name, {type(row[place]) for row in rows} - {NoneType}) for place, name in enumerate(columns)}


def _kind(name: str, types: set[type]) -> ColumnType:
    for kind, fitting in _FITTING.items():
        if types <= fitting:
            return kind
    raise QuestionError(
        f"the column {name!r} mixes numbers and text; make it one with STR (SPARQL) or toString (Cypher)"
    )


def read_rows(path: Path, columns: Mapping[str, ColumnType]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a file that :func:`rows_to_file` wrote, by its suffix."""
    try:
        if path.suffix == ".parquet":
            batches: Any = pq.ParquetFile(path).iter_batches()
        else:
            batches = pa_csv.open_csv(
                path,
                parse_options=pa_csv.ParseOptions(newlines_in_values=True),
                convert_options=pa_csv.ConvertOptions(
                    column_types=_schema(columns, as_text=True),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )
        for batch in batches:
            yield from _rows(batch, columns, path)
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError) as error:
        raise ReadError(
            f"{path} is no table of `anodekg export` ({str(error).splitlines()[0]}); export again"
        ) from None


def _writer(sink: Any, schema: Any, form: str) -> Any:
    if form == "parquet":
        return pq.ParquetWriter(sink, schema)
    return pa_csv.CSVWriter(sink, schema, write_options=pa_csv.WriteOptions(quoting_style="needed"))


def _schema(columns: Mapping[str, ColumnType], *, as_text: bool) -> Any:
    kinds = {name: "text" if as_text and kind == "texts" else kind for name, kind in columns.items()}
    return pa.schema([(name, _TYPES[kind]) for name, kind in kinds.items()])


def _rows(batch: Any, columns: Mapping[str, ColumnType], path: Path) -> Iterator[tuple[Any, ...]]:
    if batch.schema.names != list(columns):
        raise ReadError(f"{path} has the columns {', '.join(batch.schema.names)}; expected {', '.join(columns)}")
    lists = [path.suffix == ".csv" and kind == "texts" for kind in columns.values()]
    for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
        yield tuple(
            json.loads(cell) if is_list and cell is not None else cell for cell, is_list in zip(row, lists, strict=True)
        )


def _listed(cell: Any) -> Any:
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell


class _Unclosed:
    """Pass what is written on to a stream that stays open."""

    closed = False

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._at = stream, 0

    def write(self, data: bytes) -> int:
        """Write on."""
        self._at += len(data)
        self._stream.write(data)
        return len(data)

    def tell(self) -> int:
        """Return how much was written; Parquet notes where its parts begin."""
        return self._at

    def flush(self) -> None:
        """Flush on."""
        self._stream.flush()

    def close(self) -> None:
        """Leave the stream open."""
