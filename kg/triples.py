"""Turn the model's frozen values into quads and back, by their declared fields: nothing is spelled twice.

A value is a node typed with its class; each field is a property named after it. A field that equals its default is
left out. Ordered tuples of text are ``rdf:List``, tuples of values carry ``order`` (from 0), a span is the
media-fragment literal ``char=start,end``. Evidence is a Web Annotation. Nodes inside a claim hang on the claim's IRI.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.serialise import Quad, iri_term, parse_term, term
from ontology import VOCABULARY
from ontology.errors import StoreError
from ontology.model import Evidence, Span

__all__ = ["OA", "RDF", "RDF_TYPE", "Nodes", "Sink", "add", "index", "predicate", "read", "read_fields"]

T = TypeVar("T")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = f"{RDF}type"
# Where a property is not simply the camelCase of the field.
_RENAMED = {
    "citations": "citation",
    "format": "documentFormat",
    "references": "reference",
    "authors": "author",
    "work": "key",
    "document": "id",
}
_APART = frozenset(
    {"iri", "effects", "measurements"}
)  # of WorkClaims: the node itself, and claims with IRIs of their own
_IRI_FIELDS = frozenset({"cause_concept", "target_concept", "metric_concept", "subject_concept", "concept", "unit_iri"})
_ABSENT = object()
_EVIDENCE_TYPES = (iri_term(VOCABULARY.Evidence), iri_term(f"{OA}Annotation"))

Nodes = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class _FieldPlan:
    name: str
    predicate: str
    default: Any
    shape: str  # scalar | iri | span | value | texts | values
    inner: Any  # the class of a value or of the values of a tuple


def predicate(field: str) -> str:
    """Return the property IRI of a model field."""
    first, *rest = _RENAMED.get(field, field).split("_")
    return VOCABULARY[first + "".join(part.capitalize() for part in rest)]


@dataclass(frozen=True, slots=True)
class Sink:
    """Collect quads of one graph; ``source`` is the IRI of the text that evidence points into."""

    graph: str
    source: str = ""
    quads: list[Quad] = field(default_factory=list)

    def put(self, subject: str, property_iri: str, value: str) -> None:
        """Append one quad; the value is a term."""
        self.quads.append((subject, property_iri, value, self.graph))


def add(sink: Sink, node: str, value: Any, *, type_name: str = "") -> None:
    """Append the quads of a model value whose node is given, its inner nodes included."""
    quads, graph = sink.quads, sink.graph
    cls: Any = type(value)
    quads.append((node, RDF_TYPE, f"<{VOCABULARY[type_name or cls.__name__]}>", graph))
    for plan in _plan(cls):
        item = getattr(value, plan.name)
        if item is plan.default or item == plan.default:
            continue
        shape = plan.shape
        if shape == "scalar":
            quads.append((node, plan.predicate, term(item), graph))
        elif shape == "iri":
            quads.append((node, plan.predicate, iri_term(item), graph))
        elif shape == "span":
            quads.append((node, plan.predicate, f'"char={item[0]},{item[1]}"', graph))
        elif shape == "value":
            child = _child(node, plan.name)
            quads.append((node, plan.predicate, f"<{child}>", graph))
            add(sink, child, item)
        elif shape == "texts":
            _add_list(sink, node, plan, item)
        elif plan.inner is Evidence:
            for order, evidence in enumerate(item):
                _add_evidence(sink, node, order, evidence)
        else:
            for order, inner in enumerate(item):
                child = f"{_child(node, plan.name)}/{order}"
                quads.append((node, plan.predicate, f"<{child}>", graph))
                quads.append((child, VOCABULARY.order, term(order), graph))
                add(sink, child, inner)


def index(quads: Iterable[Quad]) -> dict[str, dict[str, list[str]]]:
    """Group quads by subject and predicate."""
    nodes: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, property_iri, value, _ in quads:
        nodes[subject][property_iri].append(value)
        if property_iri == f"{OA}hasBody":  # evidence points at its claim; reading needs the way back
            nodes[value[1:-1]][VOCABULARY.evidence].append(f"<{subject}>")
    return {subject: dict(properties) for subject, properties in nodes.items()}


def read(cls: type[T], node: str, nodes: Nodes) -> T:
    """Build a model value from its node; raise StoreError where a required property is missing."""
    return cls(**read_fields(cls, node, nodes))


def read_fields(cls: type, node: str, nodes: Nodes) -> dict[str, Any]:
    """Return the fields of a model value that its node states."""
    properties, values = nodes.get(node, {}), {}
    for plan in _plan(cls):
        found = properties.get(plan.predicate)
        if found:
            values[plan.name] = _READ[plan.shape](plan, found, nodes)
        elif plan.default is None:
            values[plan.name] = None
        elif plan.default is _ABSENT:
            raise StoreError(f"{node} has no {plan.predicate}; rebuild the graph from its library")
    return values


def _child(node: str, name: str) -> str:
    return f"{node}{'.' if '#' in node else '#'}{name}"


def _add_list(sink: Sink, node: str, field: _FieldPlan, items: tuple[str, ...]) -> None:
    cell = f"{_child(node, field.name)}/0"
    sink.put(node, field.predicate, f"<{cell}>")
    for order, item in enumerate(items, 1):
        following = f"{_child(node, field.name)}/{order}" if order < len(items) else f"{RDF}nil"
        sink.put(cell, f"{RDF}first", term(item))
        sink.put(cell, f"{RDF}rest", f"<{following}>")
        cell = following


def _add_evidence(sink: Sink, claim: str, order: int, evidence: Evidence) -> None:
    node, graph = f"{claim}#evidence/{order}", sink.graph
    target, quote, position = f"{node}/target", f"{node}/quote", f"{node}/position"
    for kind in _EVIDENCE_TYPES:
        sink.put(node, RDF_TYPE, kind)
    quads = sink.quads
    quads += (
        (node, f"{OA}hasBody", f"<{claim}>", graph),
        (node, VOCABULARY.order, term(order), graph),
        (node, VOCABULARY.role, term(evidence.role), graph),
        (node, f"{OA}hasTarget", f"<{target}>", graph),
        (target, f"{OA}hasSelector", f"<{quote}>", graph),
        (target, f"{OA}hasSelector", f"<{position}>", graph),
        (quote, RDF_TYPE, f"<{OA}TextQuoteSelector>", graph),
        (quote, f"{OA}exact", term(evidence.text), graph),
        (position, RDF_TYPE, f"<{OA}TextPositionSelector>", graph),
        (position, f"{OA}start", term(evidence.start), graph),
        (position, f"{OA}end", term(evidence.end), graph),
    )
    if sink.source:
        sink.put(target, f"{OA}hasSource", f"<{sink.source}>")


def _read_evidence(node: str, nodes: Nodes) -> Evidence:
    def one(subject: str, property_iri: str) -> Any:
        return parse_term(nodes[subject][property_iri][0])

    quote, position = f"{node}/quote", f"{node}/position"
    return Evidence(
        role=one(node, VOCABULARY.role),
        start=one(position, f"{OA}start"),
        end=one(position, f"{OA}end"),
        text=one(quote, f"{OA}exact"),
    )


def _read_scalar(plan: _FieldPlan, found: list[str], _: Nodes) -> Any:
    value = parse_term(found[0])
    return float(value) if plan.inner is float else value


def _read_span(_: _FieldPlan, found: list[str], __: Nodes) -> Any:
    start, end = str(parse_term(found[0])).removeprefix("char=").split(",")
    return Span(int(start), int(end))


def _read_value(field: _FieldPlan, found: list[str], nodes: Nodes) -> Any:
    return read(field.inner, found[0][1:-1], nodes)


def _read_texts(_: _FieldPlan, found: list[str], nodes: Nodes) -> Any:
    items, cell = [], found[0][1:-1]
    while cell != f"{RDF}nil":
        items.append(parse_term(nodes[cell][f"{RDF}first"][0]))
        cell = nodes[cell][f"{RDF}rest"][0][1:-1]
    return tuple(items)


def _read_values(field: _FieldPlan, found: list[str], nodes: Nodes) -> Any:
    children = sorted(
        {item[1:-1] for item in found}, key=lambda node: int(parse_term(nodes[node][VOCABULARY.order][0]))
    )
    if field.inner is Evidence:
        return tuple(_read_evidence(child, nodes) for child in children)
    return tuple(read(field.inner, child, nodes) for child in children)


_READ: Mapping[str, Callable[[_FieldPlan, list[str], Nodes], Any]] = {
    "scalar": _read_scalar,
    "iri": _read_scalar,
    "span": _read_span,
    "value": _read_value,
    "texts": _read_texts,
    "values": _read_values,
}


@cache
def _plan(cls: type[Any]) -> tuple[_FieldPlan, ...]:
    hints = get_type_hints(cls)
    plans = []
    for item in fields(cls):
        if item.name in _APART:
            continue
        shape, inner = _shape(item.name, hints[item.name])
        missing = None if NoneType in get_args(hints[item.name]) else _ABSENT
        default = missing if item.default is MISSING else item.default
        plans.append(_FieldPlan(item.name, predicate(item.name), default, shape, inner))
    return tuple(plans)


def _shape(name: str, hint: Any) -> tuple[str, Any]:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not NoneType)
    if hint is Span:
        return "span", Span
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return ("values", inner) if is_dataclass(inner) else ("texts", inner)
    if is_dataclass(hint):
        return "value", hint
    if get_origin(hint) is Literal:
        return "scalar", str
    return ("iri" if name in _IRI_FIELDS else "scalar"), hint
