"""Concepts are sound as data, and names find them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import Concept, LexiconError, Ontology, fold_label, load_ontology
from ontology.model import Kind

SHARED = Path(__file__).parents[2] / "../shared"
KINDS: dict[str, tuple[Kind, ...]] = {
    "Strategy": ("strategy",),
    "Material": ("material",),
    # a swelling electrode is a metric to one annotator and a failure mode to the next
    "Metric": ("metric", "failure_mode"),
    "FailureMode": ("failure_mode", "metric"),
}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def label(ontology: Ontology, iri: str) -> str:
    return ontology.get(iri).label


def found(ontology: Ontology, name: str) -> str:
    concept = ontology.find(name)
    assert concept is not None, name
    return concept.label


def found_in(concept: Concept, text: str) -> bool:
    return fold_label(text) in map(fold_label, (concept.label, *concept.alt))


# --- names ---


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("FEC", "FEC additive"),
        ("fluoroethylene carbonates", "FEC additive"),
        ("Fluoroethylene carbonate (FEC)", "FEC additive"),
        ("single‐walled carbon nanotubes", "SWCNT network"),
        ("MWCNTs", "MWCNT network"),
        ("Li₃P", "Li3P"),
        (r"$\text{Li}_3\text{P}$", "Li3P"),
        ("poly (acrylic acid)", "PAA binder"),
        ("pre-lithiation", "prelithiation"),
        ("Pulverisation", "pulverization"),
        ("calendar ageing", "calendar aging"),
        ("cyclability", "cycling stability"),
        ("localised high-concentration electrolytes", "LHCE"),
        ("Coulombic efficiencies", "coulombic efficiency"),
        ("initial Coulombic efficiency", "initial coulombic efficiency"),
        ("SEI thickening", "SEI growth"),
        ("growth of the SEI", "SEI growth"),
        ("uniformity of an SEI", "SEI uniformity"),
        ("loss of lithium inventory (LLI)", "loss of lithium inventory"),
        ("cyclopentyl methyl ether", "CME weakly solvating electrolyte"),
    ],
)
def test_terms_find_a_name_in_any_spelling(name: str, expected: str, ontology: Ontology) -> None:
    assert found(ontology, name) == expected


def test_terms_forgive_case_last(ontology: Ontology) -> None:
    assert found(ontology, "fec") == "FEC additive"
    assert found(ontology, "Pan") == "PAN binder"
    assert fold_label("PAN") != fold_label("pan")


def test_terms_offer_no_mention_for_a_generic_name(ontology: Ontology) -> None:
    anode = ontology.find("anode")
    assert anode is not None
    assert anode.generic
    assert "anode" not in {name for name, _ in ontology.labels()}


def test_terms_find_by_kind(ontology: Ontology) -> None:
    material, strategy = ontology.find("SiC", kind="material"), ontology.find("SiC", kind="strategy")
    assert material is not None
    assert strategy is not None
    assert (material.label, strategy.label) == ("SiC", "SiC interphase")


def test_terms_find_nothing_for_an_unknown_name(ontology: Ontology) -> None:
    assert ontology.find("unobtainium binder") is None
    assert ontology.find("") is None
    with pytest.raises(LexiconError, match="no concept"):
        ontology.get("https://example.org/x")


@given(st.text(max_size=40))
def test_terms_fold_is_idempotent(text: str) -> None:
    assert fold_label(fold_label(text)) == fold_label(text)


# --- data ---


def test_terms_give_each_label_to_one_concept_of_a_kind(ontology: Ontology) -> None:
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, concept in ontology.labels():
        owners[fold_label(name), concept.kind].add(concept.iri)
    assert {key: iris for key, iris in owners.items() if len(iris) > 1} == {}


def test_terms_define_every_concept(ontology: Ontology) -> None:
    assert [c.iri for c in ontology.concepts.values() if len(c.definition) < 12 or found_in(c, c.definition)] == []
    definitions = [c.definition for c in ontology.concepts.values()]
    assert len(set(definitions)) == len(definitions)


def test_terms_keep_kinds_apart_in_the_tree(ontology: Ontology) -> None:
    mixed = [c.iri for c in ontology.concepts.values() for b in c.broader if ontology.get(b).kind != c.kind]
    assert mixed == []


def test_terms_hold_no_cycle(ontology: Ontology) -> None:
    assert [iri for iri in ontology.concepts if iri in ontology.ancestors(iri)] == []


def test_terms_hang_every_strategy_below_one_of_two_roots(ontology: Ontology) -> None:
    roots = {c.label for c in ontology.of_kind("strategy") if not c.broader}
    assert roots == {"internal microstructure control", "external regulation"}


def test_terms_declare_desirability_for_every_target(ontology: Ontology) -> None:
    targets = (*ontology.of_kind("metric"), *ontology.of_kind("failure_mode"))
    assert [c.iri for c in targets if not c.desirability] == []


def test_terms_point_opposites_at_one_final_quantity(ontology: Ontology) -> None:
    good = {"higher_better": 1, "lower_better": -1}
    for concept in ontology.concepts.values():
        if concept.quantity:
            quantity = ontology.get(concept.quantity)
            assert not quantity.quantity, concept.iri
            if quantity.desirability in good and concept.desirability in good:
                assert good[concept.desirability] * concept.polarity == good[quantity.desirability], concept.iri


def test_terms_keep_plausible_ranges_in_order(ontology: Ontology) -> None:
    ranged = [c for c in ontology.concepts.values() if c.plausible]
    assert ranged
    assert all(c.plausible and c.plausible[0] < c.plausible[1] for c in ranged)
    assert all(not c.canonical_unit or c.canonical_unit in c.units for c in ranged)


def test_terms_allow_efficiency_above_one_hundred_but_not_982(ontology: Ontology) -> None:
    ice = ontology.find("ICE")
    assert ice is not None
    assert ice.plausible is not None
    assert ice.plausible[0] <= 104 <= ice.plausible[1] < 982


def test_terms_name_a_checked_source_for_what_a_failure_mode_degrades(ontology: Ontology) -> None:
    links = [link for c in ontology.concepts.values() for link in c.degrades]
    assert links
    assert all(link.source.startswith("10.") for link in links)
    assert all(ontology.get(link.metric).kind == "metric" for link in links)


def test_terms_give_head_nouns_to_open_classes(ontology: Ontology) -> None:
    nouns = {noun: c.label for c in ontology.of_kind("strategy") for noun in c.head_nouns}
    assert {"coating", "binder", "additive", "doping", "interlayer", "prelithiation"} <= set(nouns)


# --- judgement ---


@pytest.mark.parametrize(
    ("name", "direction", "verdict"),
    [
        ("capacity fade", "decreases", "beneficial"),
        ("capacity retention", "decreases", "detrimental"),
        ("calendar life", "increases", "beneficial"),
        ("gas generation", "increases", "detrimental"),
        ("interfacial impedance", "decreases", "beneficial"),
        ("porosity", "increases", "undetermined"),
        ("SEI thickness", "decreases", "undetermined"),
        ("SEI growth", "decreases", "beneficial"),
        ("cost", "increases", "detrimental"),
        ("ICE", "no_change", "neutral"),
        ("ICE", "mixed", "mixed"),
        ("rate capability", "optimum", "beneficial"),
    ],
)
def test_terms_judge_a_change_by_declared_desirability(
    name: str, direction: str, verdict: str, ontology: Ontology
) -> None:
    concept = ontology.find(name)
    assert concept is not None
    assert ontology.verdict(concept.iri, direction) == verdict  # type: ignore[arg-type]


def test_terms_walk_the_tree_both_ways(ontology: Ontology) -> None:
    fec, sei = ontology.find("FEC"), ontology.find("SEI engineering")
    assert fec is not None
    assert sei is not None
    assert sei.iri in ontology.ancestors(fec.iri)
    assert fec.iri in ontology.descendants(sei.iri)
    assert fec.iri not in ontology.descendants(fec.iri)


def test_terms_pool_fade_and_retention(ontology: Ontology) -> None:
    fade, retention = ontology.find("capacity fade"), ontology.find("capacity retention")
    assert fade is not None
    assert retention is not None
    assert (fade.quantity, fade.polarity) == (retention.iri, -1)


# --- coverage ---


def gold_names() -> Iterator[tuple[str, str, str]]:
    """Yield (type, canonical name, surface) over all development gold."""
    seed = SHARED / "papers/seed.txt"
    gold = SHARED / "gold"
    if not seed.is_file() or not gold.is_dir():
        pytest.skip("the development gold is not at ../shared")
    text = seed.read_text(encoding="utf-8")
    for part in sorted(gold.glob("seed-part*.jsonl")):
        for line in part.read_text(encoding="utf-8").splitlines():
            for entity in json.loads(line)["entities"]:
                yield entity["type"], entity["canonical"], text[entity["start"] : entity["end"]]
    for file in sorted((gold / "passages").glob("*.json")):
        for entity in json.loads(file.read_text(encoding="utf-8"))["entities"]:
            yield entity["type"], entity["canonical"], entity["text"]


def test_terms_ground_the_gold_names(ontology: Ontology, record_property: Callable[[str, object], None]) -> None:
    surfaces: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, canonical, surface in gold_names():
        surfaces[kind, canonical].add(surface)

    def ground(kind: str, name: str) -> Concept | None:
        return next((c for k in KINDS[kind] if (c := ontology.find(name, kind=k))), None)

    missing = [
        (kind, canonical)
        for (kind, canonical), names in surfaces.items()
        if not any(ground(kind, name) for name in (canonical, *sorted(names)))
    ]
    coverage = 1 - len(missing) / len(surfaces)
    record_property("gold name coverage", f"{coverage:.3f} of {len(surfaces)}")
    assert coverage >= 0.95, missing
