"""Turn the model's values into JSON-able data and back, exactly.

A field that equals its default is left out, so a condition object costs only what is stated, and a model that gains
an optional field changes no stored digest. Tuples become lists, spans ``[start, end]``; pairs stay pairs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from ontology.errors import StoreError

__all__ = ["canonical_json", "decode", "digest", "encode"]

T = TypeVar("T")
_ABSENT = object()
_SCALARS = (str, int, float, bool)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def encode(value: Any) -> Any:
    """Return a model value as dicts, lists and scalars; raise TypeError for what is no model value.

    >>> from ontology.model import Quantity
    >>> encode(Quantity(value=0.0, unit="%"))
    {'value': 0.0, 'unit': '%'}
    """
    kind: Any = type(value)
    if value is None or kind in _SCALARS:
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if not is_dataclass(value):
        raise TypeError(f"{kind.__name__} is no part of the claim model")
    data = {}
    for name, default in _defaults(kind):
        item = getattr(value, name)
        if item is not default and item != default:
            data[name] = encode(item)
    return data


def decode(cls: type[T], data: Any) -> T:
    """Build a value of a model class from what :func:`encode` returned; raise StoreError where it does not fit."""
    hint: Any = cls
    value: T = _decoder(hint)(data)
    return value


def canonical_json(value: Any) -> str:
    """Return the one JSON spelling of encoded data: sorted keys, no spaces, ASCII; StoreError for NaN and infinity."""
    try:
        return _ENCODER.encode(value)
    except ValueError as error:
        raise StoreError(f"a value cannot be stored ({error}); its number was misread, report the paper") from error


def digest(value: Any) -> str:
    """Return the sha256 (hex) of encoded data in its canonical spelling."""
    return hashlib.sha256(canonical_json(value).encode("ascii")).hexdigest()


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else _ABSENT


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, _default(field)) for field in fields(cls))


@cache
def _decoder(hint: Any) -> Callable[[Any], Any]:
    if hint in _SCALARS:
        return _scalar(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _literal(frozenset(args))
    if origin in (Union, UnionType):
        inner = [_decoder(arg) for arg in args if arg is not NoneType]
        if len(inner) != 1 or NoneType not in args:
            raise TypeError(f"{hint} is no optional value")
        some = inner[0]
        return lambda data: None if data is None else some(data)
    if origin is tuple:
        return _sequence(args)
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, tuple):  # a NamedTuple
        members = tuple(get_type_hints(hint).values())
        build = _sequence(members)
        return lambda data: hint(*build(data))
    raise TypeError(f"{hint} is no part of the claim model")


def _scalar(kind: type) -> Callable[[Any], Any]:
    accepted: tuple[type, ...] = (float, int) if kind is float else (kind,)

    def build(data: Any) -> Any:
        if type(data) not in accepted:
            raise StoreError(f"stored value {data!r:.60} is no {kind.__name__}; rebuild the library from its papers")
        return float(data) if kind is float else data

    return build


def _literal(allowed: frozenset[Any]) -> Callable[[Any], Any]:
    def build(data: Any) -> Any:
        if not isinstance(data, str) or data not in allowed:
            raise StoreError(f"stored value {data!r:.60} is none of {sorted(allowed)}; update anodekg")
        return data

    return build


def _sequence(args: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(args) == 2 and args[1] is Ellipsis:
        each = _decoder(args[0])
        return lambda data: tuple(each(item) for item in _list(data))
    parts = [_decoder(arg) for arg in args]

    def build(data: Any) -> Any:
        if len(_list(data)) != len(parts):
            raise StoreError(f"stored list has {len(data)} items where {len(parts)} are due; rebuild the library")
        return tuple(part(item) for part, item in zip(parts, data, strict=True))

    return build


def _list(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise StoreError(f"stored value {data!r:.60} is no list; rebuild the library from its papers")
    return data


def _dataclass(cls: type) -> Callable[[Any], Any]:
    hints = get_type_hints(cls)
    decoders: dict[str, Callable[[Any], Any]] = {}
    required = [name for name, default in _defaults(cls) if default is _ABSENT]

    def build(data: Any) -> Any:
        if not isinstance(data, dict):
            raise StoreError(f"stored value {data!r:.60} is no {cls.__name__}; rebuild the library from its papers")
        if not decoders:  # filled on first use, so that classes may refer to each other
            decoders.update({name: _decoder(hints[name]) for name, _ in _defaults(cls)})
        try:
            values = {name: decoders[name](item) for name, item in data.items()}
        except KeyError as unknown:
            raise StoreError(
                f"stored {cls.__name__} has an unknown field {unknown}; was it written by a newer anodekg?"
            ) from None
        missing = [name for name in required if name not in values]
        if missing:
            raise StoreError(f"stored {cls.__name__} lacks {', '.join(missing)}; rebuild the library from its papers")
        return cls(**values)

    return build
