from __future__ import annotations

from typing import Any

from app.matrix import Cell, branch, cells, score
from ontology.terms import load_ontology


def effect(verdict: str, works: int, **other: Any) -> dict[str, Any]:
    return {
        "concept": "c",
        "target": "t",
        "verdict": verdict,
        "works": works,
        "regime": "cycling",
        "change": "applied",
        "conditions": "",
        "effect": f"{verdict}-{works}",
        **other,
    }


def test_matrix_counts_works_by_sign() -> None:
    found = cells([effect("beneficial", 3), effect("beneficial", 1), effect("detrimental", 1)])
    assert found["c", "t"].text() == "± +3 −1"
    assert found["c", "t"].tone() == "both"
    assert len(found["c", "t"].effects) == 3


def test_matrix_never_counts_removal_as_application() -> None:
    assert cells([effect("detrimental", 1, change="removed")]) == {}


def test_matrix_keeps_to_the_regime_asked_for() -> None:
    assert cells([effect("beneficial", 1)], regime="storage") == {}


def test_matrix_tells_never_reported_from_no_effect() -> None:
    assert (Cell({}, ()).text(), Cell({}, ()).words()) == ("·", "never reported")
    assert (Cell({"neutral": 2}, ()).text(), Cell({"neutral": 2}, ()).words()) == ("○2", "no effect (2)")


def test_matrix_keeps_to_the_cell_type_asked_for() -> None:
    rows = [effect("beneficial", 1, conditions="cell half; dose 5 %"), effect("detrimental", 2, conditions="cell full")]
    assert cells(rows, cell_type="full")["c", "t"].text() == "−2"


def test_matrix_rolls_strategies_up_into_classes() -> None:
    rows = [effect("beneficial", 1), effect("detrimental", 1, concept="d")]
    assert cells(rows, rolled={"c": "k", "d": "k"})["k", "t"].tone() == "both"


def test_matrix_scores_by_the_weights_given() -> None:
    found = cells([effect("beneficial", 3), effect("detrimental", 1, target="u")])
    assert score("c", ("t", "u"), found, {}) == 2
    assert score("c", ("t", "u"), found, {"t": 0.0, "u": 2.0}) == -2


def test_matrix_names_the_branch_of_a_strategy() -> None:
    ontology = load_ontology()
    coating = ontology.find("carbon coating", kind="strategy")
    assert coating is not None
    assert branch(coating.iri, ontology) == "SEI engineering"
    assert branch("https://example.org/unknown", ontology) == "named by one work"
