"""A small world of claims that touches every question of the catalogue; facts are made up."""

from __future__ import annotations

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.store import Update, Watermark
from ontology.identity import work_iri
from ontology.model import Comparator, MechanismLink, Quantity
from tests.kg.builders import at, iri, measures, number, ontology, says, work

HOSTILE = 'S1" } DELETE `x` {\n\\ $target \u202e\U0001f50b <b>'

WORKS = (
    work(
        "10.1000/one",
        says("fec", "increases", "cycle-life", conditions=at(regime="cycling", temperature=(25.0, "°C"))),
        says(
            "fec",
            "decreases",
            "storage-performance",
            conditions=at(regime="storage", temperature=(60.0, "°C"), cell="full"),
            hedged=True,
            citations=("4", "Li 2020"),
            source_kind="cited",
        ),
        says("fec", "increases", "hf-corrosion"),
        says("hf-corrosion", "increases", "sei-dissolution"),
        says(
            "coating",
            "increases",
            "ice",
            comparator=Comparator("untreated", "bare silicon"),
            magnitude=Quantity(low=2.0, high=4.0, unit="%", qualifier="~", text="2–4 %"),
            mechanism=(
                MechanismLink("less exposed surface", None, "decreases", 3, 9),
                MechanismLink("SEI cracking", iri("sei-cracking"), "decreases", 12, 18),
            ),
        ),
        measurements=(
            measures("capacity-retention", 71.9, subject="DCMIN@PAA", conditions=at(cycles=(1050.0, ""), cell="half")),
            measures("ice", 0.0, subject="FEC cell", subject_concept=iri("fec"), mode="simulated", citations=("4",)),
        ),
        cites={"4": "10.1000/cited"},
        title='A "title"',
        year=2024,
        authors=("A. Author", "B. Author"),
        document="one",
        sha256="a" * 64,
        text_sha256="b" * 64,
        extractor="test 1",
    ),
    work(
        "10.1000/two",
        says("fec", "decreases", "cycle-life", conditions=at(regime="cycling", temperature=(25.0, "°C"))),
        says("artificial-sei", "decreases", "sei-dissolution", level=number(5.0, "nm"), change="level"),
        says("artificial-sei", "decreases", "sei-cracking", negated=True),
        says(HOSTILE, "increases", "cycle-life", section="Results > \u202eend"),
        says("porosity", "no_change", "cycle-life"),
        measurements=(measures("capacity-retention", 80.0, subject=HOSTILE, conditions=at(regime="storage")),),
        document="two",
        sha256="c" * 64,
        text_sha256="d" * 64,
        summary_of="10.1000/two",
    ),
    work(
        "10.1000/four",
        says("prelithiation", "increases", "capacity-fade"),
        says("coating", "decreases", "capacity-fade"),
    ),
    work("10.1000/three", says("prelithiation", "increases", "ice"), says("prelithiation", "decreases", "cycle-life")),
    work(
        "10.1000/six",
        says("coating", "increases", "energy-density", conditions=at(cell="half", dose=(2.0, "wt%"))),
        says("prelithiation", "increases", "energy-density", conditions=at(cell="half")),
        says("coating", "decreases", "sei-thickness", comparator=Comparator("strategy", "FEC", iri("fec"))),
        says("prelithiation", "increases", "sei-thickness", magnitude=Quantity(value=5.0, unit="%", text="5 %")),
        says("coating", "optimum", "porosity", window=Quantity(low=400.0, high=600.0, unit="°C", text="400–600 °C")),
        measurements=(
            measures(
                "capacity-retention",
                88.0,
                subject="coating",
                subject_concept=iri("coating"),
                conditions=at(cell="full", cycles=(600.0, ""), charge_rate=(3.0, "C"), discharge_rate=(1.0, "C")),
            ),
            measures("capacity-retention", 91.0, conditions=at(cycles=(500.0, ""), charge_rate=(4.0, "C"))),
            measures("capacity-fade", 9.0, conditions=at(cell="full", cycles=(500.0, ""), charge_rate=(4.0, "C"))),
        ),
        document="six",
    ),
)


def update(
    works: tuple[WorkClaims, ...] = WORKS,
    *,
    generation: int = 1,
    changed: tuple[WorkClaims, ...] | None = None,
    withdrawn: tuple[str, ...] = (),
) -> Update:
    """Return what a store must do to show these works; without ``changed``, from scratch."""
    nouns = ontology()
    return Update(
        watermark=Watermark(generation, nouns.digest),
        full=changed is None,
        changed=works if changed is None else changed,
        withdrawn=withdrawn,
        assembly=assemble(works, nouns),
        ontology=nouns,
        works=frozenset(claims.iri for claims in works),
    )


QUESTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("strategies-that-help", {"target": iri("calendar-life")}),
    ("strategies-that-help", {"target": iri("cycle-life")}),
    ("strategies-that-help", {"target": iri("cycle-life"), "within": iri("additive"), "regime": "cycling"}),
    ("strategies-that-help", {"target": "metric"}),
    ("edges-of-strategy", {"cause": iri("fec")}),
    ("edges-of-strategy", {"cause": iri("additive"), "target": iri("calendar-life"), "regime": "storage"}),
    ("double-edged-strategies", {}),
    ("double-edged-strategies", {"within": iri("fec")}),
    ("contradictions", {}),
    ("causes-and-suppressors", {"target": iri("sei-dissolution")}),
    ("causes-and-suppressors", {"target": "failure_mode", "within": "strategy"}),
    ("causes-and-suppressors", {"target": iri("capacity-fade")}),
    ("strategies-that-help", {"target": iri("capacity-fade")}),
    ("edges-of-strategy", {"cause": iri("coating"), "target": iri("capacity-fade")}),
    ("mechanism-path", {"cause": iri("fec"), "target": iri("calendar-life")}),
    ("mechanism-path", {"cause": iri("artificial-sei"), "target": "metric"}),
    ("measurements-of-metric", {"metric": iri("capacity-retention")}),
    ("measurements-of-metric", {"metric": "metric", "subject": iri("additive")}),
    ("measurements-of-metric", {"metric": iri("capacity-retention"), "subject_name": "dcmin@paa", "min_cycles": 1000}),
    ("measurements-of-metric", {"metric": "metric", "subject_name": HOSTILE}),
    ("measurements-of-metric", {"metric": "metric", "cell": "half", "regime": ""}),
    ("best-comparable", {"metric": "metric"}),
    ("best-comparable", {"metric": iri("capacity-retention"), "cell": "full", "min_rate": 3, "min_cycles": 500}),
    ("best-comparable", {"metric": "metric", "within": "strategy"}),
    ("confounded-findings", {}),
    ("confounded-findings", {"within": iri("coating"), "target": iri("energy-density")}),
    ("does-it-help", {"cause": iri("fec"), "target": iri("cycle-life")}),
    ("does-it-help", {"cause": "strategy", "target": "metric"}),
    ("failure-modes-of-strategy", {"cause": "strategy"}),
    ("failure-modes-of-strategy", {"cause": iri("artificial-sei")}),
    ("gains-and-costs", {"cause": iri("coating")}),
    ("gains-and-costs", {"cause": "strategy", "target": iri("cycle-life"), "regime": "cycling"}),
    ("half-cells-only", {}),
    ("known-here-not-there", {"here": iri("cycle-life"), "there": iri("calendar-life")}),
    ("known-here-not-there", {"here": "metric", "there": iri("ice"), "within": "strategy"}),
    ("new-since", {"since": [work_iri("doi:10.1000/two"), work_iri("doi:10.1000/six")]}),
    ("optimum-windows", {}),
    ("optimum-windows", {"target": iri("porosity")}),
    ("partners", {}),
    ("partners", {"cause": iri("prelithiation"), "partner": "strategy"}),
    ("raises-and-costs", {"target": iri("ice")}),
    ("raises-and-costs", {"target": "metric", "within": iri("additive"), "regime": "cycling"}),
    ("unexplained-oppositions", {}),
    ("who-measured", {"target": iri("cycle-life")}),
    ("who-measured", {"target": "metric", "cause": iri("additive")}),
    ("no-evidence", {"target": iri("calendar-life")}),
    ("no-evidence", {"target": iri("ice"), "within": iri("additive")}),
)
