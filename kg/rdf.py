"""Project a work's claims to quads, and its quads back to claims: pure, no store.

One named graph for each work holds its claims, their evidence, PROV-O provenance, CiTO citations and QUDT quantities;
what is concluded from all of them stands in the assembled graph (:mod:`kg.rdf_assembled`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef

from kg.claim_texts import claim_texts, source_text
from kg.claims import WorkClaims
from kg.confounds import confounds_of
from kg.serialise import Quad, iri_term, parse_term, term
from kg.triples import RDF_TYPE, Nodes, Sink, add, index, read, read_fields
from ontology import ID_NS, VOCABULARY
from ontology.identity import file_iri
from ontology.model import Assertion, Measurement

__all__ = [
    "ASSEMBLED",
    "CITO",
    "KIND_CLASS",
    "PROV",
    "SKOS",
    "TOP",
    "to_graph",
    "work_from_nodes",
    "work_from_quads",
    "work_graph",
    "work_quads",
]

ASSEMBLED = f"{ID_NS}graph/assembled"
CITO = "http://purl.org/spar/cito/"
QUDT = "http://qudt.org/schema/qudt/"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
KIND_CLASS = {
    "strategy": VOCABULARY.Strategy,
    "material": VOCABULARY.Material,
    "metric": VOCABULARY.Metric,
    "failure_mode": VOCABULARY.FailureMode,
    "condition": VOCABULARY.Condition,
}
TOP = f"{SKOS}Concept"


def work_graph(work: str) -> str:
    """Return the IRI of the named graph of a work."""
    return f"{work}#graph"


# --- a work ---------------------------------------------------------------------------------------------------------


def work_quads(claims: WorkClaims) -> list[Quad]:
    """Return everything one work says as the quads of its graph."""
    work, run, file = claims.iri, f"{claims.iri}#run", file_iri(claims.sha256)
    sink = Sink(work_graph(work), source=file)
    add(sink, work, claims, type_name="Work")
    sink.put(work, VOCABULARY.file, f"<{file}>")
    sink.put(work, VOCABULARY.sourceText, term(source_text(claims)))
    sink.put(file, RDF_TYPE, f"<{VOCABULARY.File}>")
    sink.put(run, RDF_TYPE, f"<{VOCABULARY.Run}>")
    sink.put(run, RDF_TYPE, f"<{PROV}Activity>")
    sink.put(run, f"{PROV}used", f"<{file}>")
    for name, version in (("extractor", claims.extractor), ("reader", claims.reader)):
        if version:
            agent = f"{ID_NS}agent/{quote(version, safe='')}"
            sink.put(run, f"{PROV}wasAssociatedWith", f"<{agent}>")
            sink.put(run, VOCABULARY[name], term(version))
            sink.put(agent, RDF_TYPE, f"<{PROV}SoftwareAgent>")
    references = {reference.key: f"{work}#references/{order}" for order, reference in enumerate(claims.references)}
    pairs: Iterable[tuple[str, int, str, Assertion | Measurement]] = (
        *((VOCABULARY.assertion, order, *pair) for order, pair in enumerate(claims.effects)),
        *((VOCABULARY.measurement, order, *pair) for order, pair in enumerate(claims.measurements)),
    )
    for link, order, iri, claim in pairs:
        sink.put(work, link, iri_term(iri))
        sink.put(iri, VOCABULARY.order, term(order))
        sink.put(iri, f"{PROV}wasGeneratedBy", f"<{run}>")
        sink.put(iri, f"{PROV}wasDerivedFrom", f"<{file}>")
        for name, text in claim_texts(claim):
            sink.put(iri, VOCABULARY[name], term(text))
        for key in claim.citations:
            if key in references:
                sink.put(iri, f"{CITO}citesAsEvidence", f"<{references[key]}>")
        add(sink, iri, claim)
        if isinstance(claim, Measurement):
            _add_quantity(sink, f"{iri}#quantity", claim)
    for _, iri, other in confounds_of(claims):
        sink.put(iri, VOCABULARY.confoundedWith, iri_term(other))
    return sink.quads


def _add_quantity(sink: Sink, node: str, measurement: Measurement) -> None:
    """Say a measured value in QUDT's own terms too, for readers that infer nothing."""
    sink.put(node, RDF_TYPE, f"<{QUDT}QuantityValue>")
    if measurement.quantity.value is not None:
        sink.put(node, f"{QUDT}numericValue", term(float(measurement.quantity.value)))
    if measurement.unit_iri:
        sink.put(node, f"{QUDT}hasUnit", iri_term(measurement.unit_iri))


def work_from_quads(work: str, quads: Iterable[Quad]) -> WorkClaims:
    """Build a work's claims from the quads of its graph; the inverse of :func:`work_quads`."""
    return work_from_nodes(work, index(quads))


def work_from_nodes(work: str, nodes: Nodes) -> WorkClaims:
    """Build a work's claims from its nodes, whatever else stands among them."""

    def claims(link: str, cls: type[Any]) -> tuple[tuple[str, Any], ...]:
        iris = {value[1:-1] for value in nodes[work].get(link, ())}
        return tuple((iri, read(cls, iri, nodes)) for iri in sorted(iris, key=lambda iri: _order(iri, nodes)))

    values = read_fields(WorkClaims, work, nodes)
    return WorkClaims(
        iri=work,
        effects=claims(VOCABULARY.assertion, Assertion),
        measurements=claims(VOCABULARY.measurement, Measurement),
        **values,
    )


def _order(iri: str, nodes: Nodes) -> int:
    return cast(int, parse_term(nodes[iri][VOCABULARY.order][0]))


def to_graph(quads: Iterable[Quad]) -> Graph:
    """Load quads into an rdflib graph, their graph names apart; quicker than by way of text."""
    graph = Graph()
    for subject, name, value, _ in quads:
        parsed = parse_term(value)
        goal = URIRef(str(parsed)) if value.startswith("<") else Literal(parsed)
        graph.add((URIRef(subject), URIRef(name), goal))
    return graph
