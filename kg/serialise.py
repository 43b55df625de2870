"""Write and read N-Quads, and serialise user values as SPARQL terms: the one place where text becomes syntax.

A term is a string in N-Triples syntax (``<iri>`` or ``"text"^^<datatype>``); a quad is a tuple of subject IRI,
predicate IRI, object term and graph IRI. Names from papers are hostile: nothing leaves here unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ontology.errors import QuestionError, StoreError

__all__ = [
    "Iri",
    "Quad",
    "Value",
    "iri_term",
    "parse_nquads",
    "parse_term",
    "sparql_term",
    "term",
    "to_nquads",
    "writable_iri",
]


class Iri(str):
    """Mark a parameter's text as an IRI, so that SPARQL gets ``<…>`` and not a literal."""

    __slots__ = ()


Scalar = str | int | float | bool
Value = str | int | float | bool | Sequence[str]
Quad = tuple[str, str, str, str]

XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER, _DOUBLE = f"^^<{XSD}boolean>", f"^^<{XSD}integer>", f"^^<{XSD}double>"
_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    | {code: f"\\u{code:04X}" for code in (*range(9), 11, 12, *range(14, 32), 127)}
)
_PLAIN = re.compile(r"[^\\\"\n\r\x00-\x1f\x7f]*")
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SINGLE = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?', re.DOTALL)
_LINE = re.compile(r'<([^>]*)> <([^>]*)> (<[^>]*>|"(?:[^"\\\n]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?) <([^>]*)> \.')


def writable_iri(text: str) -> bool:
    """Tell whether a text can stand between angle brackets."""
    return bool(_ABSOLUTE.match(text)) and not _FORBIDDEN.search(text)


@lru_cache(maxsize=65536)
def iri_term(text: str) -> str:
    """Return an absolute IRI as a term; raise StoreError where it cannot be one."""
    if not writable_iri(text):
        raise StoreError(f"{text!r:.80} is no IRI; concepts and identifiers must be absolute IRIs without blanks")
    return f"<{text}>"


def term(value: Scalar) -> str:
    """Return a literal as a term; an ``int`` is an xsd:integer, a ``float`` an xsd:double.

    >>> term('say "no"'), term(0.5), term(True)
    ('"say \\\\"no\\\\""', '"0.5"^^<http://www.w3.org/2001/XMLSchema#double>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
    """
    if isinstance(value, str):
        return f'"{value}"' if _PLAIN.fullmatch(value) else f'"{value.translate(_ESCAPES)}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"{_BOOLEAN}'
    if isinstance(value, int):
        return f'"{value}"{_INTEGER}'
    return f'"{value!r}"{_DOUBLE}'


def parse_term(text: str) -> Scalar:
    """Return the IRI or the value of a term.

    >>> parse_term("<https://a/b>"), parse_term('"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>')
    ('https://a/b', 1.5)
    """
    if text.startswith("<"):
        return text[1:-1]
    literal = _LITERAL.fullmatch(text)
    if not literal:
        raise StoreError(f"{text!r:.80} is no RDF term; export the graph again")
    return typed(_unescape(literal[1]), literal[2] or "")


def typed(text: str, datatype: str) -> Scalar:
    """Return the value of a literal's text by its datatype IRI; text where the datatype is no number or boolean."""
    match datatype.removeprefix(XSD):
        case "boolean":
            return text in ("true", "1")
        case "integer" | "int" | "long":
            return int(text)
        case "double" | "float" | "decimal":
            return float(text)
    return text


def to_nquads(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield one line of N-Quads for each quad, its line feed included."""
    for subject, predicate, value, graph in quads:
        yield f"<{subject}> <{predicate}> {value} <{graph}> .\n"


def parse_nquads(text: str) -> Iterator[Quad]:
    """Yield the quads of N-Quads text that holds no blank nodes (ours never does)."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip("\r"))
        if not found:
            raise StoreError(f"line {number} is no N-Quads line without blank nodes: {line[:80]!r}")
        yield found[1], found[2], found[3], found[4]


def sparql_term(value: Value) -> str:
    """Return a parameter's value as SPARQL text: an IRI, a literal, or a list of either separated by blanks.

    >>> sparql_term(Iri("https://a/b")), sparql_term('x" } SERVICE <y> {')
    ('<https://a/b>', '"x\\\\" } SERVICE <y> {"')
    """
    if isinstance(value, Iri):
        if not writable_iri(value):
            raise QuestionError(f"{str(value)!r:.80} is no IRI; give a concept's label or its IRI")
        return f"<{value}>"
    if isinstance(value, str | int | float):
        return term(value)
    return " ".join(sparql_term(item) for item in value)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _UNESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _SINGLE.get(m[3], m[3]), text)
