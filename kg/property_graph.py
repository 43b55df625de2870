"""Project a work's claims to rows of the property graph, and its rows back to claims: pure, no store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, cast, get_type_hints

from kg.claim_texts import process_text, source_text
from kg.claims import WorkClaims
from kg.confounds import confound_text, confounders_of, confounds_of
from kg.measurement_frames import frame_text, missing_text
from kg.property_schema import NODES, EdgeKey
from kg.summaries import condition_text
from ontology import Ontology
from ontology.model import (
    Assertion,
    CauseChange,
    Comparator,
    Conditions,
    Evidence,
    Measurement,
    MechanismLink,
    Quantity,
    Reference,
    Span,
)

__all__ = ["Node", "Rows", "work_from_rows", "work_rows"]

Node = dict[str, Any]
_WORK_COLUMNS = tuple(name for name in NODES["Work"] if name not in ("iri", "key", "source"))
_QUANTITY = tuple(item.name for item in fields(Quantity))
# Fields of a claim that become columns as they are.
_ASSERTION = str.split(
    "cause cause_concept cause_kind target target_concept target_kind direction verdict hedged negated source_kind"
    " section confidence rule extractor"
)
_MEASUREMENT = str.split(
    "metric metric_concept unit_iri canonical_value canonical_unit subject subject_concept basis statistic mode"
    " source_kind hedged section confidence rule extractor"
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Hold node rows by label and edge rows by type and labels; an edge row has ``from`` and ``to`` IRIs."""

    nodes: defaultdict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    edges: defaultdict[EdgeKey, list[Node]] = field(default_factory=lambda: defaultdict(list))

    def node(self, label: str, iri: str, /, **columns: Any) -> None:
        """Add a node row; columns left out are null."""
        self.nodes[label].append({"iri": iri, **columns})

    def edge(self, kind: str, source: tuple[str, str], goal: tuple[str, str], /, **columns: Any) -> None:
        """Add an edge row between two (label, IRI) ends."""
        self.edges[kind, source[0], goal[0]].append({"from": source[1], "to": goal[1], **columns})


def concept_label(kind: str) -> str:
    """Return the node label of a concept kind."""
    return "".join(part.capitalize() for part in kind.split("_"))


def work_rows(claims: WorkClaims, ontology: Ontology) -> Rows:
    """Return everything one work says as rows; the concepts it measures are expected to be there."""
    rows, work = Rows(), ("Work", claims.iri)
    columns = {name: getattr(claims, name) for name in _WORK_COLUMNS}
    rows.node(
        "Work", claims.iri, key=claims.work, source=source_text(claims), **{**columns, "authors": list(claims.authors)}
    )
    references = {}
    for position, reference in enumerate(claims.references):
        iri = references[reference.key] = f"{claims.iri}#references/{position}"
        rows.node("Reference", iri, position=position, key=reference.key, text=reference.text, doi=reference.doi)
        rows.edge("LISTS", work, ("Reference", iri))
    marks = confounders_of(claims, ontology)
    for position, (iri, assertion) in enumerate(claims.effects):
        _add_assertion(rows, iri, position, assertion, confound_text(marks.get(iri, ())))
        rows.edge("STATES", work, ("Assertion", iri))
        _add_common(rows, ("Assertion", iri), assertion, references)
    for level, iri, other in confounds_of(claims):
        rows.edge("CONFOUNDED_WITH", ("Assertion", iri), ("Assertion", other), level=level)
    for position, (iri, measurement) in enumerate(claims.measurements):
        _add_measurement(rows, iri, position, measurement, ontology)
        rows.edge("REPORTS", work, ("Measurement", iri))
        _add_common(rows, ("Measurement", iri), measurement, references)
    return rows


def _add_assertion(rows: Rows, iri: str, position: int, assertion: Assertion, confounds: str) -> None:
    comparator, change = assertion.comparator, assertion.cause_change
    rows.node(
        "Assertion",
        iri,
        position=position,
        **{name: getattr(assertion, name) for name in _ASSERTION},
        citations=list(assertion.citations),
        citation_text=", ".join(assertion.citations),
        cause_start=assertion.cause_span.start,
        cause_end=assertion.cause_span.end,
        target_start=assertion.target_span.start,
        target_end=assertion.target_span.end,
        change=change.kind,
        change_basis=change.basis,
        comparator_type=comparator.type if comparator else None,
        comparator_text=comparator.text if comparator else None,
        comparator_concept=comparator.concept if comparator else None,
        conditions=condition_text(assertion.conditions),
        process=process_text(assertion),
        confounds=confounds,
    )
    here = ("Assertion", iri)
    for name, quantity in (
        ("cause_change", change.quantity),
        ("magnitude", assertion.magnitude),
        ("window", assertion.window),
    ):
        if quantity is not None:
            _add_value(rows, here, f"{name}!", quantity)
    for position, link in enumerate(assertion.mechanism):
        node = f"{iri}#mechanism/{position}"
        rows.node(
            "MechanismLink",
            node,
            position=position,
            name=link.name,
            concept=link.concept,
            direction=link.direction,
            start_char=link.start,
            end_char=link.end,
        )
        rows.edge("THROUGH", here, ("MechanismLink", node))


def _add_measurement(rows: Rows, iri: str, position: int, measurement: Measurement, ontology: Ontology) -> None:
    rows.node(
        "Measurement",
        iri,
        position=position,
        **{name: getattr(measurement, name) for name in _MEASUREMENT},
        **{name: getattr(measurement.quantity, name) for name in _QUANTITY},
        citations=list(measurement.citations),
        citation_text=", ".join(measurement.citations),
        value_start=measurement.value_span.start,
        value_end=measurement.value_span.end,
        conditions=condition_text(measurement.conditions),
        frame=frame_text(measurement),
        missing=missing_text(measurement),
    )
    metric = ontology.concepts.get(measurement.metric_concept or "")
    if metric and metric.kind == "metric":
        rows.edge("MEASURES", ("Measurement", iri), ("Metric", metric.iri))
    subject = ontology.concepts.get(measurement.subject_concept or "")
    if subject:
        rows.edge("MEASURED_ON", ("Measurement", iri), (concept_label(subject.kind), subject.iri))


def _add_common(
    rows: Rows, here: tuple[str, str], claim: Assertion | Measurement, references: Mapping[str, str]
) -> None:
    for name, value in _stated(claim.conditions):
        _add_value(rows, here, name, value)
    for position, evidence in enumerate(claim.evidence):
        node = f"{here[1]}#evidence/{position}"
        rows.node(
            "Evidence",
            node,
            position=position,
            role=evidence.role,
            start_char=evidence.start,
            end_char=evidence.end,
            text=evidence.text,
        )
        rows.edge("QUOTES", here, ("Evidence", node))
    for key in dict.fromkeys(claim.citations):
        if key in references:
            rows.edge("CITES", here, ("Reference", references[key]))


def _add_value(rows: Rows, here: tuple[str, str], name: str, value: Quantity | str) -> None:
    node = f"{here[1]}#value/{name.rstrip('!')}"
    columns = {part: getattr(value, part) for part in _QUANTITY} if isinstance(value, Quantity) else {"text": value}
    rows.node("Value", node, field=name, **columns)
    rows.edge("UNDER", here, ("Value", node))


def _stated(conditions: Conditions) -> Iterator[tuple[str, Quantity | str]]:
    for name in _condition_fields():
        value = getattr(conditions, name)
        if value is not None:
            yield name, value


@cache
def _condition_fields() -> Mapping[str, bool]:
    """Tell of each condition whether it is a quantity (else text)."""
    return {name: hint == Quantity | None for name, hint in get_type_hints(Conditions).items()}


# --- and back -------------------------------------------------------------------------------------------------------


def work_from_rows(work_iri: str, rows: Rows) -> WorkClaims:
    """Build a work's claims from its rows; the inverse of :func:`work_rows`."""
    nodes = {node["iri"]: node for label in rows.nodes for node in rows.nodes[label]}
    below: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for (kind, _, _), edges in rows.edges.items():
        for edge in edges:
            if edge["to"] in nodes:
                below[kind, edge["from"]].append(nodes[edge["to"]])

    def children(kind: str, iri: str) -> list[Node]:
        return sorted(below[kind, iri], key=lambda node: node.get("position") or 0)

    work = nodes[work_iri]
    columns: dict[str, Any] = {name: work.get(name) for name in _WORK_COLUMNS}
    return WorkClaims(
        work=work["key"],
        iri=work_iri,
        **{**columns, "authors": tuple(work.get("authors") or ())},
        references=tuple(Reference(node["key"], node["text"], node["doi"]) for node in children("LISTS", work_iri)),
        effects=tuple((node["iri"], _assertion(node, children)) for node in children("STATES", work_iri)),
        measurements=tuple((node["iri"], _measurement(node, children)) for node in children("REPORTS", work_iri)),
    )


def _assertion(node: Node, children: Any) -> Assertion:
    values = {item["field"]: item for item in children("UNDER", node["iri"])}
    kind = node.get("comparator_type")
    return Assertion(
        **{name: node.get(name) for name in _ASSERTION},  # type: ignore[arg-type]
        citations=tuple(node.get("citations") or ()),
        cause_span=Span(node["cause_start"], node["cause_end"]),
        target_span=Span(node["target_start"], node["target_end"]),
        cause_change=CauseChange(node["change"], _quantity(values.get("cause_change!")), node["change_basis"]),
        comparator=Comparator(kind, node["comparator_text"], node.get("comparator_concept")) if kind else None,
        conditions=_conditions(values),
        magnitude=_quantity(values.get("magnitude!")),
        window=_quantity(values.get("window!")),
        mechanism=tuple(
            MechanismLink(link["name"], link.get("concept"), link["direction"], link["start_char"], link["end_char"])
            for link in children("THROUGH", node["iri"])
        ),
        evidence=_evidence(node, children),
    )


def _measurement(node: Node, children: Any) -> Measurement:
    values = {item["field"]: item for item in children("UNDER", node["iri"])}
    return Measurement(
        **{name: node.get(name) for name in _MEASUREMENT},  # type: ignore[arg-type]
        quantity=cast(Quantity, _quantity(node)),
        citations=tuple(node.get("citations") or ()),
        value_span=Span(node["value_start"], node["value_end"]),
        conditions=_conditions(values),
        evidence=_evidence(node, children),
    )


def _conditions(values: Mapping[str, Node]) -> Conditions:
    stated = {
        name: _quantity(values[name]) if is_quantity else values[name]["text"]
        for name, is_quantity in _condition_fields().items()
        if name in values
    }
    return Conditions(**cast(dict[str, Any], stated))


def _evidence(node: Node, children: Any) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(item["role"], item["start_char"], item["end_char"], item["text"])
        for item in children("QUOTES", node["iri"])
    )


def _quantity(node: Node | None) -> Quantity | None:
    return None if node is None else Quantity(**{name: node.get(name) for name in _QUANTITY})  # type: ignore[arg-type]
