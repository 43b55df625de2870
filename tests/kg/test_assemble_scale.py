"""Assembly at scale: the cost grows with the works, and so does the number of double edges."""

import random
import time

from kg.assemble import assemble
from ontology import load_ontology
from ontology.model import Assertion, Conditions, Evidence, Span
from tests.kg.builders import at, work

CONDITIONS = [Conditions(), at(cell="half"), at(cell="full", temperature=(60, "°C")), at(regime="storage")]


def generated(count):
    ontology, chance = load_ontology(), random.Random(7)
    levers = ontology.of_kind("strategy")
    failures = ontology.of_kind("failure_mode")
    targets = ontology.of_kind("metric") + failures

    def claim(n):
        cause, target = chance.choice(levers if chance.random() < 0.9 else failures), chance.choice(targets)
        return Assertion(
            cause=cause.label,
            cause_concept=cause.iri,
            cause_kind=cause.kind,
            cause_span=Span(0, 1),
            target=target.label,
            target_concept=target.iri,
            target_kind=target.kind,
            target_span=Span(1, 2),
            direction=chance.choice(["increases", "decreases", "no_change"]),
            verdict="undetermined",
            conditions=chance.choice(CONDITIONS),
            evidence=(Evidence("sentence", 0, 1, f"Sentence {n}."),),
        )

    return [work(f"10.1000/{n}", *(claim(k) for k in range(10))) for n in range(count)]


def test_assemble_of_ten_thousand_works_takes_seconds():
    seconds, edges = {}, {}
    for count in (1_000, 10_000):
        works = generated(count)
        start = time.perf_counter()
        assembly = assemble(works, load_ontology())
        seconds[count], edges[count] = time.perf_counter() - start, len(assembly.double_edges)
    assert seconds[10_000] < 60
    assert seconds[10_000] / seconds[1_000] < 40
    assert edges[10_000] < 100_000
