"""The shapes accept what the projection writes and name what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, Graph

from kg.rdf import work_quads
from kg.serialise import Quad, to_nquads
from ontology.model import Assertion, CauseChange, Comparator, Conditions, MechanismLink, Quantity
from tests.kg.builders import measures, says, work

SHAPES = Path(__file__).parents[2] / "ontology" / "shapes.ttl"
PERCENT = Quantity(value=82.7, unit="%", text="82.7%")
RICH = replace(
    says("fec", "increases", "cycle-life", level=Quantity(value=10, unit="wt%"), change="level"),
    comparator=Comparator("untreated", "without FEC"),
    conditions=Conditions(regime="cycling", temperature=Quantity(value=45, unit="°C"), cell="full", rest="hold"),
    magnitude=PERCENT,
    window=Quantity(low=5, high=10, unit="wt%"),
    mechanism=(MechanismLink("SEI growth", None, "decreases", 3, 9),),
    citations=("51", "52"),
)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def check(quads: list[Quad], shapes: Graph) -> tuple[bool, str]:
    triples = "".join(to_nquads((s, p, o, "urn:g") for s, p, o, _ in quads)).replace(" <urn:g> .", " .")
    conforms, _, text = pyshacl.validate(Graph().parse(data=triples, format="nt"), shacl_graph=shapes)
    return bool(conforms), str(text)


def test_shapes_accept_a_rich_work(shapes: Graph) -> None:
    claims = work("10.1000/x", RICH, measurements=(measures("capacity-retention", 0.0),), cites={"51": "10.1000/y"})
    conforms, text = check(work_quads(claims), shapes)
    assert conforms, text


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda claim: replace(claim, direction="upwards"), "unknown direction"),
        (lambda claim: replace(claim, verdict="nice"), "unknown verdict"),
        (lambda claim: replace(claim, cause=""), "an assertion needs one cause"),
        (lambda claim: replace(claim, cause_kind="thing"), "unknown kind of cause"),
        (lambda claim: replace(claim, target_concept="https://example.org/x"), "must be one of our IRIs"),
        (lambda claim: replace(claim, cause_change=CauseChange("doubled")), "unknown change of a cause"),
        (lambda claim: replace(claim, comparator=Comparator("rival", "x")), "unknown type of comparator"),
        (lambda claim: replace(claim, conditions=Conditions(regime="resting")), "unknown regime"),
        (lambda claim: replace(claim, window=Quantity(low=9, high=1, text="9 to 1")), "not above high"),
        (lambda claim: replace(claim, confidence=1.5), "confidence must lie in 0..1"),
        (lambda claim: replace(claim, evidence=()), "a claim needs evidence"),
        (
            lambda claim: replace(claim, mechanism=(MechanismLink("x", None, "increases", 9, 3),)),
            "start must lie before end",
        ),
    ],
)
def test_shapes_name_what_is_wrong(spoil: Callable[[Assertion], Assertion], message: str, shapes: Graph) -> None:
    conforms, text = check(work_quads(work("10.1000/x", spoil(RICH))), shapes)
    assert not conforms
    assert message in text


def test_shapes_cover_every_class_of_the_model(shapes: Graph) -> None:
    covered = {str(target).rsplit("#", 1)[-1] for target in shapes.objects(predicate=SH.targetClass)}
    parts = "CauseChange Comparator Conditions Difference Evidence MechanismLink Quantity Reference Run Work"
    claims = "Assertion Measurement Effect DoubleEdge Contradiction IndirectHelp Metric FailureMode Degradation"
    assert covered >= {*parts.split(), *claims.split()}
