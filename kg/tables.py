"""Lay claims and conclusions out as plain tables: one row a thing, typed columns, nothing abbreviated; pure.

Columns of claims come from the fields of the model, those of conclusions from the properties of the assembled graph.
A quantity is six columns (value, low, high, qualifier, unit, text), a span two; a field that is not stated is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.claims import WorkClaims
from kg.property_schema import ColumnType
from kg.serialise import Quad, parse_term
from kg.summaries import condition_text
from kg.triples import RDF_TYPE
from ontology import VOCABULARY
from ontology.model import Assertion, Conditions, Evidence, Measurement, MechanismLink, Quantity, Reference, Span

__all__ = ["TABLES", "Table"]

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table's columns and how its rows come from a work's claims, or else from the assembled graph."""

    columns: Mapping[str, ColumnType]
    of_work: Callable[[WorkClaims], Iterator[Row]] | None = None
    of_conclusions: Callable[[Iterable[Quad]], Iterator[Row]] | None = None


@dataclass(frozen=True, slots=True)
class _Flat:
    """Hold one column of a flattened value."""

    name: str
    kind: ColumnType
    path: tuple[str | int, ...]


# --- claims ---------------------------------------------------------------------------------------------------------


def _flat(cls: type[Any], *, apart: frozenset[str] = frozenset(), prefix: str = "") -> Iterator[_Flat]:
    hints = get_type_hints(cls)
    for item in fields(cls):
        if item.name not in apart:
            yield from _flat_field(item.name, hints[item.name], prefix)


def _flat_field(name: str, hint: Any, prefix: str) -> Iterator[_Flat]:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    column = f"{prefix}{name}"
    if hint is Span:
        yield _Flat(f"{column}_start", "integer", (name, 0))
        yield _Flat(f"{column}_end", "integer", (name, 1))
    elif hint is Conditions:
        yield _Flat(column, "text", (name,))
    elif is_dataclass(hint):
        for inner in _flat(hint, prefix=f"{column}_"):  # type: ignore[arg-type]
            yield _Flat(inner.name, inner.kind, (name, *inner.path))
    elif get_origin(hint) is not tuple or get_args(hint)[0] is str:
        kinds: Mapping[Any, ColumnType] = {int: "integer", float: "number", bool: "flag"}
        listed = get_origin(hint) is tuple
        yield _Flat(column, "texts" if listed else kinds.get(hint, "text"), (name,))


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if value is None:
            return None
        value = value[step] if isinstance(step, int) else getattr(value, step)
    if isinstance(value, Conditions):
        return condition_text(value)
    return list(value) if isinstance(value, tuple) else value


def _columns(flat: Iterable[_Flat], **before: ColumnType) -> Mapping[str, ColumnType]:
    return MappingProxyType({**before, **{item.name: item.kind for item in flat}})


def _claims(work: WorkClaims) -> Iterator[tuple[str, Assertion | Measurement]]:
    yield from work.effects
    yield from work.measurements


_WORK = tuple(_flat(WorkClaims, apart=frozenset({"references", "effects", "measurements"})))
_ASSERTION, _MEASUREMENT = tuple(_flat(Assertion)), tuple(_flat(Measurement))
_EVIDENCE, _MECHANISM = tuple(_flat(Evidence)), tuple(_flat(MechanismLink))
_REFERENCE, _QUANTITY = tuple(_flat(Reference)), tuple(_flat(Quantity))


def _works(work: WorkClaims) -> Iterator[Row]:
    yield tuple(_at(work, item.path) for item in _WORK)


def _claim_rows(
    pairs: Iterable[tuple[str, Assertion | Measurement]], work: WorkClaims, flat: tuple[_Flat, ...]
) -> Iterator[Row]:
    for iri, claim in pairs:
        quote = claim.evidence[0].text if claim.evidence else None
        yield (iri, work.iri, work.doi, quote, *(_at(claim, item.path) for item in flat))


def _assertions(work: WorkClaims) -> Iterator[Row]:
    return _claim_rows(work.effects, work, _ASSERTION)


def _measurements(work: WorkClaims) -> Iterator[Row]:
    return _claim_rows(work.measurements, work, _MEASUREMENT)


def _conditions(work: WorkClaims) -> Iterator[Row]:
    for iri, claim in _claims(work):
        for item in fields(Conditions):
            value = getattr(claim.conditions, item.name)
            if isinstance(value, Quantity):
                yield (iri, work.iri, item.name, *(_at(value, part.path) for part in _QUANTITY))
            elif value is not None:
                yield (iri, work.iri, item.name, *(value if part.name == "text" else None for part in _QUANTITY))


def _evidence(work: WorkClaims) -> Iterator[Row]:
    for iri, claim in _claims(work):
        for order, piece in enumerate(claim.evidence):
            yield (iri, work.iri, order, *(_at(piece, item.path) for item in _EVIDENCE))


def _mechanisms(work: WorkClaims) -> Iterator[Row]:
    for iri, claim in work.effects:
        for order, link in enumerate(claim.mechanism):
            yield (iri, work.iri, order, *(_at(link, item.path) for item in _MECHANISM))


def _references(work: WorkClaims) -> Iterator[Row]:
    for order, reference in enumerate(work.references):
        yield (work.iri, order, *(_at(reference, item.path) for item in _REFERENCE))


# --- conclusions ----------------------------------------------------------------------------------------------------

_LETTERS: Mapping[str, ColumnType] = {"n": "number", "i": "integer", "b": "flag", "l": "texts"}


def _concluded(cls: str, properties: str) -> Table:
    """Declare a table of the things of a class: its IRI, then a column a property, ``name:letter`` where not text."""
    pairs = [item.partition(":")[::2] for item in properties.split()]
    kinds: dict[str, ColumnType] = {name: _LETTERS.get(letter, "text") for name, letter in pairs}
    names = {VOCABULARY[name]: name for name in kinds}

    def rows(quads: Iterable[Quad]) -> Iterator[Row]:
        for subject, group in groupby(quads, key=lambda quad: quad[0]):
            found: dict[str, list[Any]] = {}
            is_one = False
            for _, predicate, value, _ in group:
                is_one |= predicate == RDF_TYPE and value == f"<{VOCABULARY[cls]}>"
                if predicate in names:
                    found.setdefault(names[predicate], []).append(parse_term(value))
            if is_one:
                yield (subject, *(_value(found.get(name), kind) for name, kind in kinds.items()))

    columns = {_snake(name): kind for name, kind in kinds.items()}
    return Table(MappingProxyType({"iri": "text", **columns}), of_conclusions=rows)


def _value(values: list[Any] | None, kind: ColumnType) -> Any:
    if kind == "texts":
        return sorted(map(str, values or ()))
    if values is None:
        return None
    return float(values[0]) if kind == "number" else values[0]


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


_CLAIM: Mapping[str, ColumnType] = {"claim": "text", "work": "text"}
_ORDERED: Mapping[str, ColumnType] = {**_CLAIM, "order": "integer"}
_HEAD: Mapping[str, ColumnType] = {"iri": "text", "work": "text", "doi": "text", "quote": "text"}

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "effects": _concluded(
            "Effect",
            "causeConcept causeLabel causeKind changeKind targetConcept targetLabel targetKind direction regime"
            " comparator comparatorConcept verdict belief:n support:i conditionText supportedBy:l unconfirmedBy:l"
            " assertion:l",
        ),
        "double-edges": _concluded("DoubleEdge", "edgeKind causeConcept causeLabel gain cost conditionText windowText"),
        "contradictions": _concluded("Contradiction", "first second status conditionText sharedText unknown:l"),
        "indirect-help": _concluded(
            "IndirectHelp", "causeConcept causeLabel targetConcept targetLabel regime viaLabel belief:n via:l effect:l"
        ),
        "works": Table(_columns(_WORK), of_work=_works),
        "assertions": Table(_columns(_ASSERTION, **_HEAD), of_work=_assertions),
        "measurements": Table(_columns(_MEASUREMENT, **_HEAD), of_work=_measurements),
        "conditions": Table(_columns(_QUANTITY, **_CLAIM, field="text"), of_work=_conditions),
        "evidence": Table(_columns(_EVIDENCE, **_ORDERED), of_work=_evidence),
        "mechanisms": Table(_columns(_MECHANISM, **_ORDERED), of_work=_mechanisms),
        "references": Table(_columns(_REFERENCE, work="text", order="integer"), of_work=_references),
    }
)
