from __future__ import annotations

from typing import Any

from app.matrix import Cell, branch, cells
from ontology.terms import load_ontology


def effect(verdict: str, works: int, **other: Any) -> dict[str, Any]:
    return {
        "concept": "c",
        "target": "t",
        "verdict": verdict,
        "works": works,
        "regime": "cycling",
        "change": "applied",
        "effect": f"{verdict}-{works}",
        **other,
    }


def test_matrix_counts_works_by_sign() -> None:
    found = cells([effect("beneficial", 3), effect("beneficial", 1), effect("detrimental", 1)])
    assert found["c", "t"].text() == "+3 −1"
    assert found["c", "t"].tone() == "both"
    assert len(found["c", "t"].effects) == 3


def test_matrix_never_counts_removal_as_application() -> None:
    assert cells([effect("detrimental", 1, change="removed")]) == {}


def test_matrix_keeps_to_the_regime_asked_for() -> None:
    assert cells([effect("beneficial", 1)], regime="storage") == {}


def test_matrix_cell_without_findings_is_empty() -> None:
    assert Cell({}, ()).text() == ""


def test_matrix_names_the_branch_of_a_strategy() -> None:
    ontology = load_ontology()
    coating = ontology.find("carbon coating", kind="strategy")
    assert coating is not None
    assert branch(coating.iri, ontology) == "SEI engineering"
    assert branch("https://example.org/unknown", ontology) == "named by one work"
