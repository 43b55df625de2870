"""Write SPARQL results in the formats of the W3C: JSON, XML, CSV and TSV, row by row.

A row is a list of cells ``[text, kind]``, None where a variable is unbound; the kind is "" for an IRI, "_" for a blank
node, ``@`` and a language, or a datatype IRI. Text from papers is data: every format escapes it its own way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from kg.serialise import XSD, term
from ontology.errors import QuestionError

__all__ = ["RESULT_FORMATS", "Cell", "Row", "boolean_result", "write_result"]

Cell = list[str] | None
Row = list[Cell]

_STRING = f"{XSD}string"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def write_result(media_type: str, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the pieces of a SELECT's answer in a format of ``RESULT_FORMATS``."""
    for piece in RESULT_FORMATS[media_type].write(columns, rows):
        yield piece.encode("utf-8", "replace")


def boolean_result(media_type: str, answer: bool) -> bytes:
    """Return an ASK's answer; CSV and TSV have no word for it, so it is a column there."""
    word = str(answer).lower()
    return RESULT_FORMATS[media_type].boolean.replace("WORD", word).encode("ascii")


def _json(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield json.dumps({"vars": list(columns)}, ensure_ascii=False).join(('{"head":', ',"results":{"bindings":['))
    for number, row in enumerate(rows):
        found = {name: _json_term(*cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
        yield (",\n" if number else "\n") + json.dumps(found, ensure_ascii=False)
    yield "\n]}}\n"


def _json_term(text: str, kind: str) -> dict[str, str]:
    if kind == "":
        return {"type": "uri", "value": text}
    if kind == "_":
        return {"type": "bnode", "value": text.removeprefix("_:")}
    if kind.startswith("@"):
        return {"type": "literal", "value": text, "xml:lang": kind[1:]}
    plain = {"type": "literal", "value": text}
    return plain if kind == _STRING else {**plain, "datatype": kind}


def _xml(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield _XML + "<head>" + "".join(f"<variable name={quoteattr(name)}/>" for name in columns) + "</head>\n<results>\n"
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(*cell)}</binding>"
            for name, cell in zip(columns, row, strict=True)
            if cell is not None
        )
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(text: str, kind: str) -> str:
    if _NOT_XML.search(text):
        raise QuestionError("the answer holds control characters that XML cannot carry; ask for JSON")
    written = escape(text, {"\r": "&#13;"})
    if kind == "":
        return f"<uri>{written}</uri>"
    if kind == "_":
        return f"<bnode>{written.removeprefix('_:')}</bnode>"
    if kind.startswith("@"):
        return f"<literal xml:lang={quoteattr(kind[1:])}>{written}</literal>"
    return f"<literal{'' if kind == _STRING else f' datatype={quoteattr(kind)}'}>{written}</literal>"


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield ",".join(columns) + "\r\n"
    for row in rows:
        yield ",".join("" if cell is None else _csv_text(cell[0]) for cell in row) + "\r\n"


def _csv_text(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _NEEDS_QUOTES.search(text) else text


def _tsv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in columns) + "\n"
    for row in rows:
        yield "\t".join("" if cell is None else _tsv_term(*cell) for cell in row) + "\n"


def _tsv_term(text: str, kind: str) -> str:
    if kind in ("", "_"):
        return f"<{text}>" if kind == "" else text
    quoted = term(text).replace("\t", "\\t")
    if kind.startswith("@"):
        return quoted + kind
    return quoted if kind == _STRING else f"{quoted}^^<{kind}>"


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """Hold how a format writes rows, and a truth value in place of WORD."""

    write: Callable[[Sequence[str], Iterable[Row]], Iterator[str]]
    boolean: str


# media type -> format; the first is what a client gets that does not care.
RESULT_FORMATS: Mapping[str, ResultFormat] = MappingProxyType(
    {
        "application/sparql-results+json": ResultFormat(_json, '{"head":{},"boolean":WORD}\n'),
        "application/sparql-results+xml": ResultFormat(_xml, f"{_XML}<head/>\n<boolean>WORD</boolean>\n</sparql>\n"),
        "text/csv": ResultFormat(_csv, "answer\r\nWORD\r\n"),
        "text/tab-separated-values": ResultFormat(_tsv, "?answer\nWORD\n"),
    }
)
