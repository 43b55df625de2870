"""The vocabulary is one thing in Python, in Turtle and in the claim model."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.triples import predicate
from ontology import ONTOLOGY_NS, VOCABULARY, LexiconError, model
from ontology.vocabulary import CLASSES, PROPERTIES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
PROJECTED = (
    model.Assertion,
    model.CauseChange,
    model.Comparator,
    model.Conditions,
    model.Evidence,
    model.Measurement,
    model.MechanismLink,
    model.Mention,
    model.Quantity,
    model.Reference,
    model.Refusal,
)
# A conclusion field is spelled as itself or, where another field of that name has another range, as given here.
CONCLUSIONS = {
    model.Effect: {
        "key": "changeKind",
        "works": "supportedBy",
        "unconfirmed": "unconfirmedBy",
        "assertions": "assertion",
    },
    model.DoubleEdge: {"kind": "edgeKind", "cause": "causeConcept"},
    model.Contradiction: {},
    model.IndirectHelp: {"cause": "causeConcept", "metric": "targetConcept", "effects": "effect"},
}


def camel(field: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), field)


@pytest.fixture(scope="module")
def turtle() -> Graph:
    return Graph().parse(ONTOLOGY / "anode.ttl")


def local(graph: Graph, *types: URIRef) -> set[str]:
    return {
        str(subject).removeprefix(ONTOLOGY_NS)
        for kind in types
        for subject in graph.subjects(RDF.type, kind)
        if str(subject).startswith(ONTOLOGY_NS)
    }


def test_vocabulary_equals_anode_ttl(turtle: Graph) -> None:
    assert local(turtle, OWL.Class) == set(CLASSES)
    assert local(turtle, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property) == set(PROPERTIES)


def test_vocabulary_explains_every_term(turtle: Graph) -> None:
    assert [term for term in VOCABULARY if not turtle.value(URIRef(VOCABULARY[term]), RDFS.comment)] == []


@pytest.mark.parametrize("value", PROJECTED, ids=lambda value: value.__name__)
def test_vocabulary_names_every_model_field(value: type) -> None:
    assert value.__name__ in CLASSES
    # an Evidence's place is an oa:TextPositionSelector, all else a property of ours
    fields = [field.name for field in dataclasses.fields(value)]
    assert all(predicate(name) in {VOCABULARY[term] for term in PROPERTIES} for name in fields)


@pytest.mark.parametrize("value", CONCLUSIONS, ids=lambda value: value.__name__)
def test_vocabulary_names_every_conclusion(value: type) -> None:
    terms = CONCLUSIONS[value]
    special = {
        "iri": "",
        "conditions": "conditionText",
        "borne_out": "",  # cito:citesAsEvidence
        "confounded": "confoundText",
        "confounders": "confounder",
        "confounds": "confoundText",
        "flanks": "above",
        "elsewhere": "",  # and below; the hosts stand among the conditions
    }
    for field in dataclasses.fields(value):
        term = special.get(field.name, terms.get(field.name, camel(field.name)))
        assert not term or term in PROPERTIES


def test_vocabulary_refuses_an_unknown_term() -> None:
    with pytest.raises(LexiconError, match="define it in"):
        VOCABULARY.causeConcpet  # noqa: B018
