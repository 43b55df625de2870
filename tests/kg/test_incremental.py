"""Adding, replacing, withdrawing and curating give exactly the graph of a rebuild, in both projections."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kg.assemble import assemble
from kg.library import Library
from kg.projection import heal, target
from kg.store import GraphStore, Update
from kg.stores import store_class
from ontology.identity import local_iri
from ontology.model import Extraction, Quantity, Reference
from tests.kg.builders import at, iri, measures, number, ontology, paper, says
from tests.kg.stores_content import rows, triples

ONTOLOGY = ontology()
NAMES = range(5)
CAUSES = ["fec", "coating", "sei-cracking", "hf-corrosion", "Li2ZrF6", "our binder", "porosity"]
TARGETS = [
    "cycle-life",
    "capacity-fade",
    "shelf-life",
    "sei-dissolution",
    "sei-cracking",
    "lithium-loss",
    "Li2ZrF6",
    "x",
]
CONDITIONS = [at(), at(cell="full"), at(cell="half", temperature=(60, "°C")), at(regime="storage")]


@st.composite
def claims(draw: st.DrawFn) -> Any:
    cause, target = draw(st.sampled_from(CAUSES)), draw(st.sampled_from(TARGETS))
    kind = draw(st.sampled_from(["strategy", "material", "failure_mode"]))
    cited = draw(st.booleans())
    fields: dict[str, Any] = {}
    if draw(st.integers(0, 4)) == 0:
        fields["level"] = number(draw(st.sampled_from([5.0, 10.0, 25.0])), "%")
    if draw(st.integers(0, 4)) == 0:
        fields["window"] = Quantity(low=5.0, high=10.0, unit="%")
    found = says(
        cause,
        "optimum" if "window" in fields else draw(st.sampled_from(["increases", "decreases", "no_change"])),
        target,
        quote=f"{cause} {target} {draw(st.integers(0, 2))}",
        change=draw(st.sampled_from(["applied", "excess", "removed"])) if "level" not in fields else "level",
        conditions=draw(st.sampled_from(CONDITIONS)),
        confidence=draw(st.sampled_from([0.5, 1.0])),
        source_kind="cited" if cited else "own_result",
        citations=(str(draw(st.sampled_from(NAMES))),) if cited else (),
        **fields,
    )
    if found.cause_concept:
        return found
    return replace(found, cause_kind=kind)


@st.composite
def papers(draw: st.DrawFn) -> Extraction:
    name = draw(st.sampled_from(NAMES))
    return paper(
        f"p{name}",
        *draw(st.lists(claims(), max_size=4)),
        measurements=tuple(
            measures("ice", value) for value in draw(st.lists(st.sampled_from([0.0, 91.5]), max_size=1))
        ),
        doi=f"10.1000/{name}",
        # two titles for five papers: versions of one work come and go
        title=f"Title {draw(st.sampled_from([name, 0, 1]))} of a work",
        authors=("A. Author",),
        summary_of=draw(st.sampled_from(["", "", f"10.1000/{name}"])),
        year=draw(st.sampled_from([2020, 2021])),
        volume=str(name),
        first_page=f"1{name}",
        # every other work is cited by its place alone
        references=tuple(
            Reference(str(other), doi=f"10.1000/{other}")
            if other % 2
            else Reference(str(other), f"A. Author, J. X, 2020, {other}, 1{other}.")
            for other in NAMES
        ),
        text=f"{name} {draw(st.integers(0, 10**6))}",
    )


class Histories(RuleBasedStateMachine):
    """Change a library in every way there is, and heal its stores now and then."""

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.folder = Path(self.place.name)
        self.library = Library.open(self.folder / "library")
        self.stores: list[GraphStore] = [store_class(name)(self.folder / name) for name in self.engines]
        self.library.add(paper("p0", says("fec", "increases", "cycle-life"), doi="10.1000/0"))
        for store in self.stores:
            heal(self.library, store, ONTOLOGY)

    engines: tuple[str, ...] = ("oxigraph",)

    @rule(extraction=papers())
    def add(self, extraction: Extraction) -> None:
        self.library.add(extraction)

    @rule(name=st.sampled_from(NAMES))
    def withdraw(self, name: int) -> None:
        self.library.withdraw(f"doi:10.1000/{name}")

    @rule(data=st.data(), action=st.sampled_from(["accept", "reject", "correct", "merge"]))
    def curate(self, data: st.DataObject, action: str) -> None:
        pairs = [(work.work, name) for work in self.library.readings() for name, _ in work.effects]
        if pairs:
            work, name = data.draw(st.sampled_from(pairs))
            others = [other for key, other in pairs if key == work and other != name]
            replacement: Any = {"direction": "increases"} if action == "correct" else None
            if action == "merge":
                if not others:
                    return
                replacement = data.draw(st.sampled_from(others))
            self.library.curate(work, name, action, curator="ada", replacement=replacement)

    @rule(name=st.sampled_from(NAMES), thing=st.sampled_from(["our binder", "Li2ZrF6"]), reject=st.booleans())
    def curate_thing(self, name: int, thing: str, reject: bool) -> None:
        work = f"doi:10.1000/{name}"
        named = {effect.cause for reading in self.library.readings(works=(work,)) for _, effect in reading.effects}
        if thing in named:
            action, replacement = ("reject", None) if reject else ("merge", iri("coating"))
            self.library.curate(work, local_iri(work, thing), action, curator="ada", replacement=replacement)

    @rule()
    def retract(self) -> None:
        for word in self.library.curations()[:1]:
            self.library.retract(word.id)

    @rule(name=st.sampled_from(NAMES))
    def refuse(self, name: int) -> None:
        for reading in self.library.readings(works=(f"doi:10.1000/{name}",)):
            reasons = {claim: "a test" for claim, _ in reading.effects[:1]}
            everything = frozenset(claim for claim, _ in reading.effects)
            self.library.refuse(reading.work, reasons, looked_at=everything)

    @rule(which=st.integers(0, 1))
    def heal_one(self, which: int) -> None:
        heal(self.library, self.stores[which % len(self.stores)], ONTOLOGY)

    @rule()
    def compare(self) -> None:
        for store in self.stores:
            heal(self.library, store, ONTOLOGY)
        for name in self.engines:
            fresh: GraphStore = store_class(name)(self.folder / f"fresh-{name}-{self.library.generation}")
            fresh.apply(everything(self.library))
            read = {"oxigraph": triples, "ladybug": rows}[name]
            assert read(self.folder / name) == read(fresh._folder)  # type: ignore[attr-defined]
            fresh.close()

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.compare()
            self.library.close()
            for store in self.stores:
                store.close()
            self.place.cleanup()


def everything(library: Library) -> Update:
    works = list(library.claims())
    return Update(
        watermark=target(library, ONTOLOGY),
        full=True,
        changed=works,
        withdrawn=(),
        assembly=assemble(works, ONTOLOGY),
        ontology=ONTOLOGY,
        works=frozenset(work.iri for work in works),
        curations=library.curations(),
    )


class TriplesAlone(Histories):
    engines = ("oxigraph",)


class BothProjections(Histories):
    engines = ("oxigraph", "ladybug")


_MANY = int(os.environ.get("ANODEKG_HISTORIES", "1"))
TestTriples = TriplesAlone.TestCase
TestTriples.settings = settings(
    max_examples=12 * _MANY, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestBoth = BothProjections.TestCase
TestBoth.settings = settings(
    max_examples=5 * _MANY, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
