"""Read values of query parameters as people type them, with their type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from kg import Iri, Value, writable_iri
from ontology.errors import QuestionError

_NAME = re.compile(r"[A-Za-z_]\w*")
_INTEGER, _NUMBER = re.compile(r"[+-]?\d+"), re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def parameters(given: Iterable[str]) -> dict[str, Value]:
    """Return the parameters written as ``name=value``; raise QuestionError for what is none."""
    found: dict[str, Value] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise QuestionError(f"{text!r:.80} is no parameter; write name=value, for example regime=storage")
        if name in found:
            raise QuestionError(f'the parameter {name!r} is given twice; write several values as name=\'["a", "b"]\'')
        found[name] = typed_value(value)
    return found


def typed_value(text: str) -> Value:
    """Return a number, truth value, IRI or list for what looks like one, else the text; quotes make anything text.

    >>> typed_value("25"), typed_value("0.5"), typed_value("true"), typed_value('"25"'), typed_value("storage")
    (25, 0.5, True, '25', 'storage')
    >>> typed_value("<https://a/b>"), typed_value('["https://a/b", "c"]')
    ('https://a/b', ['https://a/b', 'c'])
    """
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    if text.startswith("<") and text.endswith(">"):
        if not writable_iri(text[1:-1]):
            raise QuestionError(f"{text!r:.80} is no IRI; put text in quotes")
        return Iri(text[1:-1])
    if text.startswith(("https://", "http://")) and writable_iri(text):
        return Iri(text)
    if text.startswith(('"', "[")):
        return _json_value(text)
    return text


def _json_value(text: str) -> Value:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return [
            Iri(item) if item.startswith(("https://", "http://")) and writable_iri(item) else item for item in value
        ]
    return value if isinstance(value, str) else text
