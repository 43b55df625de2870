"""Carry a Document between processes as plain JSON in frames: a reading process can hand back values, never code."""

from __future__ import annotations

import json
import struct
from operator import attrgetter
from typing import Any, BinaryIO

from ontology.model import Block, Cell, Citation, Document, Reference, Span, Table

__all__ = ["pack", "receive", "send", "unpack"]

_HEAD = struct.Struct("<Q")
_BLOCK = attrgetter("kind", "pieces", "section", "role", "page")
_TABLE = attrgetter("cells", "caption", "section", "page")
_CELL = attrgetter("row", "column", "start", "end", "header", "row_span", "column_span")
_REFERENCE = attrgetter("key", "text", "doi")
_CITATION = attrgetter("start", "end", "keys")
_NESTED = ("blocks", "tables", "references", "citations")
_PLAIN = tuple(name for name in Document.__dataclass_fields__ if name not in _NESTED)
_VALUES = attrgetter(*_PLAIN)


def send(pipe: BinaryIO, message: bytes) -> None:
    """Write one frame: its length in bytes as eight bytes, then the message."""
    pipe.write(_HEAD.pack(len(message)) + message)
    pipe.flush()


def receive(pipe: BinaryIO, *, most: int) -> bytes:
    """Read one frame of at most ``most`` bytes; raise EOFError where the other side has gone or says more."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    (length,) = _HEAD.unpack(head)
    if length > most:
        raise EOFError(f"a frame of {length} bytes")
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def pack(document: Document) -> bytes:
    """Write a document as JSON; lone surrogates are escaped and survive."""
    return json.dumps(
        [
            _VALUES(document),
            [_BLOCK(block) for block in document.blocks],
            [(list(map(_CELL, table.cells)), *_TABLE(table)[1:]) for table in document.tables],
            [_REFERENCE(reference) for reference in document.references],
            [_CITATION(citation) for citation in document.citations],
        ],
        check_circular=False,
        separators=(",", ":"),
    ).encode("ascii")


def unpack(message: bytes) -> Document:
    """Rebuild the document of ``pack``."""
    values, blocks, tables, references, citations = json.loads(message)
    fields: dict[str, Any] = dict(zip(_PLAIN, values, strict=True))
    fields["authors"] = tuple(fields["authors"])
    return Document(
        **fields,
        blocks=tuple(Block(kind, tuple(Span(*piece) for piece in pieces), *rest) for kind, pieces, *rest in blocks),
        tables=tuple(
            Table(tuple(Cell(*cell) for cell in cells), Span(*caption) if caption else None, *rest)
            for cells, caption, *rest in tables
        ),
        references=tuple(Reference(*one) for one in references),
        citations=tuple(Citation(start, end, tuple(keys)) for start, end, keys in citations),
    )
