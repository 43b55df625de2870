from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.property_graph import work_from_rows, work_rows
from kg.property_schema import EDGES, NODES
from kg.rdf import to_graph, work_from_quads, work_graph, work_quads
from kg.rdf_assembled import assembled_quads
from kg.serialise import parse_nquads, parse_term, term, to_nquads
from ontology import VOCABULARY
from ontology.errors import StoreError
from ontology.model import (
    Assertion,
    CauseChange,
    Comparator,
    ComparatorType,
    Conditions,
    Direction,
    Evidence,
    Measurement,
    MechanismLink,
    Mode,
    Qualifier,
    Quantity,
    Reference,
    SourceKind,
    Span,
)
from tests.conformance.world import HOSTILE, WORKS, update
from tests.kg.builders import at, iri, measures, ontology, says, work

TEXT = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    [HOSTILE, '"', "\\", "\r\n", "\x00\x7f", "<x> ."]
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
CONCEPT = st.sampled_from([None, iri("fec"), iri("cycle-life")])
INTEGER = st.integers(0, 10**6)


def one_of(alias: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(alias))


QUANTITY = st.builds(
    Quantity, st.none() | NUMBER, st.none() | NUMBER, st.none() | NUMBER, one_of(Qualifier), TEXT, TEXT
)
SPAN = st.builds(Span, INTEGER, INTEGER)
EVIDENCE = st.lists(st.builds(Evidence, TEXT, INTEGER, INTEGER, TEXT), max_size=3).map(tuple)
CITATIONS = st.lists(TEXT, max_size=3).map(tuple)
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        field.name: one_of(Mode)
        if field.name == "mode"
        else st.sampled_from(["cycling", "storage"])
        if field.name == "regime"
        else QUANTITY
        if "Quantity" in str(field.type)
        else TEXT
        for field in fields(Conditions)
    },
).map(lambda values: Conditions(**values))
LINK = st.builds(MechanismLink, TEXT, CONCEPT, one_of(Direction), INTEGER, INTEGER)
ASSERTION = st.builds(
    Assertion,
    cause=TEXT,
    cause_concept=CONCEPT,
    cause_kind=st.just("strategy"),
    cause_span=SPAN,
    target=TEXT,
    target_concept=CONCEPT,
    target_kind=st.just("metric"),
    target_span=SPAN,
    direction=one_of(Direction),
    verdict=st.just("beneficial"),
    cause_change=st.builds(CauseChange, st.sampled_from(["applied", "level"]), st.none() | QUANTITY, TEXT),
    comparator=st.none() | st.builds(Comparator, one_of(ComparatorType), TEXT, CONCEPT),
    conditions=CONDITIONS,
    magnitude=st.none() | QUANTITY,
    window=st.none() | QUANTITY,
    mechanism=st.lists(LINK, max_size=2).map(tuple),
    hedged=st.booleans(),
    negated=st.booleans(),
    source_kind=one_of(SourceKind),
    citations=CITATIONS,
    section=TEXT,
    evidence=EVIDENCE,
    confidence=st.floats(0, 1),
    rule=TEXT,
    extractor=TEXT,
)
MEASUREMENT = st.builds(
    Measurement,
    metric=TEXT,
    metric_concept=CONCEPT,
    quantity=QUANTITY,
    unit_iri=st.sampled_from([None, "http://qudt.org/vocab/unit/PERCENT"]),
    canonical_value=st.none() | NUMBER,
    canonical_unit=TEXT,
    value_span=SPAN,
    subject=st.none() | TEXT,
    subject_concept=CONCEPT,
    basis=st.none() | TEXT,
    statistic=st.none() | TEXT,
    mode=one_of(Mode),
    conditions=CONDITIONS,
    source_kind=one_of(SourceKind),
    hedged=st.booleans(),
    citations=CITATIONS,
    section=TEXT,
    evidence=EVIDENCE,
    confidence=st.floats(0, 1),
)
CLAIMS = st.builds(
    lambda effects, measurements, references, title, authors, year: WorkClaims(
        "doi:10.1000/x",
        "https://w3id.org/anodekg/id/work/doi:10.1000/x",
        title=title,
        authors=authors,
        year=year,
        references=references,
        effects=tuple((f"https://w3id.org/anodekg/id/assertion/{n}", item) for n, item in enumerate(effects)),
        measurements=tuple(
            (f"https://w3id.org/anodekg/id/measurement/{n}", item) for n, item in enumerate(measurements)
        ),
    ),
    st.lists(ASSERTION, max_size=2),
    st.lists(MEASUREMENT, max_size=2),
    st.lists(st.builds(Reference, TEXT, TEXT, TEXT), max_size=2, unique_by=lambda item: item.key).map(tuple),
    TEXT,
    CITATIONS,
    st.none() | st.integers(1900, 2100),
)


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_rdf_round_trip_by_way_of_nquads_is_the_identity(claims: WorkClaims) -> None:
    text = "".join(to_nquads(work_quads(claims)))
    assert work_from_quads(claims.iri, parse_nquads(text)) == claims


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_property_graph_round_trip_is_the_identity(claims: WorkClaims) -> None:
    assert work_from_rows(claims.iri, work_rows(claims, ontology())) == claims


def test_rdf_round_trip_survives_an_embedded_store() -> None:
    import pyoxigraph

    store = pyoxigraph.Store()
    for claims in WORKS:
        store.load("".join(to_nquads(work_quads(claims))).encode(), pyoxigraph.RdfFormat.N_QUADS)
    dump = store.dump(format=pyoxigraph.RdfFormat.N_QUADS).decode()
    for claims in WORKS:
        quads = [quad for quad in parse_nquads(dump) if quad[3] == work_graph(claims.iri)]
        assert work_from_quads(claims.iri, quads) == claims


def test_rdf_gives_each_work_its_own_graph_and_evidence_as_web_annotations() -> None:
    quads = work_quads(WORKS[0])
    assert {graph for *_, graph in quads} == {f"{WORKS[0].iri}#graph"}
    exact = {parse_term(value) for _, name, value, _ in quads if name == "http://www.w3.org/ns/oa#exact"}
    assert exact == {claim.evidence[0].text for _, claim in (*WORKS[0].effects, *WORKS[0].measurements)}


def test_rdf_links_claims_to_what_they_cite() -> None:
    quads = work_quads(WORKS[0])
    cited = {subject for subject, name, *_ in quads if name.endswith("citesAsEvidence")}
    assert cited == {name for name, claim in (*WORKS[0].effects, *WORKS[0].measurements) if "4" in claim.citations}


def test_rdf_assembled_graph_holds_the_reflexive_closure() -> None:
    quads = assembled_quads(update().assembly, ontology())
    within = {(subject, value[1:-1]) for subject, name, value, _ in quads if name == VOCABULARY.within}
    assert {(iri("fec"), iri("fec")), (iri("fec"), iri("additive")), (iri("fec"), VOCABULARY.Strategy)} <= within
    assert (iri("additive"), iri("fec")) not in within


def test_rdf_is_readable_by_rdflib() -> None:
    graph = to_graph([*work_quads(WORKS[1]), *assembled_quads(update().assembly, ontology())])
    assert any(str(value) == HOSTILE for value in graph.objects(None, None))


def test_rdf_refuses_a_concept_that_is_no_iri() -> None:
    bad = replace(says("fec", "increases", "ice"), cause_concept="x> <y> <z> . <a")
    with pytest.raises(StoreError, match="no IRI"):
        work_quads(work("10.1000/x", bad))


@given(TEXT)
def test_serialise_term_reads_back(text: str) -> None:
    assert parse_term(term(text)) == text


def test_property_graph_rows_fill_declared_columns_only() -> None:
    from kg.property_assembled import assembled_rows, concept_rows

    state = update()
    for rows in (
        *(work_rows(claims, ontology()) for claims in WORKS),
        concept_rows(ontology()),
        assembled_rows(state.assembly, ontology(), state.works),
    ):
        for label, nodes in rows.nodes.items():
            assert all(set(node) <= set(NODES[label]) for node in nodes), label
        for key, edges in rows.edges.items():
            assert all(set(edge) <= {"from", "to", *EDGES[key]} for edge in edges), key


def test_property_graph_reads_as_a_person_would() -> None:
    from kg.property_assembled import assembled_rows

    state = update()
    edges = assembled_rows(state.assembly, ontology(), state.works).edges
    read = {(kind, edge["from"], edge["to"]) for (kind, *_), rows in edges.items() for edge in rows}
    assert ("MITIGATES", iri("artificial-sei"), iri("sei-dissolution")) in read
    assert ("AGGRAVATES", iri("fec"), iri("hf-corrosion")) in read
    assert ("CAUSES", iri("hf-corrosion"), iri("sei-dissolution")) in read
    assert ("IMPROVES", iri("coating"), iri("ice")) in read
    assert ("WORSENS", iri("prelithiation"), iri("cycle-life")) in read
    assert ("LEAVES", iri("porosity"), iri("cycle-life")) in read
    assert ("HELPS_INDIRECTLY", iri("artificial-sei"), iri("calendar-life")) in read


def test_rdf_says_a_measured_value_in_the_terms_of_qudt() -> None:
    unit = "http://qudt.org/vocab/unit/PERCENT"
    claims = work("10.1000/one", measurements=(replace(measures("ice", 91.5), unit_iri=unit),))
    said = {(name.rsplit("/", 1)[-1], value) for _, name, value, _ in work_quads(claims) if "qudt.org/schema" in name}
    assert said == {("numericValue", term(91.5)), ("hasUnit", f"<{unit}>")}


def test_rdf_links_a_citation_to_the_words_it_rests_on_and_findings_that_disagree() -> None:
    where = at(temperature=(25.0, "°C"), cell="full")
    citing = says("fec", "increases", "ice", source_kind="cited", citations=("1",), conditions=where)
    works = (
        work("10.1000/review", citing, cites={"1": "10.1000/x"}),
        work("10.1000/x", says("fec", "increases", "ice", conditions=where)),
        work("10.1000/y", says("fec", "decreases", "ice", conditions=where)),
    )
    assembly = assemble(works, ontology())
    links = [quad for quad in assembled_quads(assembly, ontology()) if "/cito/" in quad[1]]
    found = {(subject, name.rsplit("/", 1)[-1], value) for subject, name, value, _ in links}
    (clash,) = assembly.contradictions
    assert found == {
        (works[0].effects[0][0], "citesAsEvidence", f"<{works[1].effects[0][0]}>"),
        (clash.first, "disagreesWith", f"<{clash.second}>"),
    }
