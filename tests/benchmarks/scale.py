"""Measure what grows with a library: ``uv run python -m tests.benchmarks.scale [--small N] [--large N] [--rounds N]``.

Works are generated, ten claims each, without reading any text. Nine are on substances that ten works share, so that the
evidence on one lever stays the same while their number grows; one is on a strategy of the ontology, whose evidence
grows with the library. A work added is timed to the moment when both embedded graphs show it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg import Library, open_library
from kg.assemble import assemble
from kg.rdf import work_quads
from kg.rdf_assembled import assembled_quads
from kg.serialise import to_nquads
from kg.store import PROJECTION, Update, Watermark
from kg.stores.oxigraph import OxigraphStore
from ontology import load_ontology
from ontology.model import Assertion, Conditions, Document, Evidence, Extraction, Quantity, Span
from tests.benchmarks.measure import Ratio, best, lines

SHARED = 10  # works that name the same substances
_CONDITIONS = (
    Conditions(),
    Conditions(cell="half"),
    Conditions(cell="full", temperature=Quantity(value=60.0, unit="°C", text="60 °C")),
    Conditions(regime="storage"),
)
_TEXT = "A text that all generated works share.\n"
_ASKED = {
    "strategies-that-help": {"target": "calendar life", "within": "SEI engineering"},
    "edges-of-strategy": {"cause": "FEC"},
    "double-edged-strategies": {"within": "FEC"},
}


@dataclass(frozen=True, slots=True)
class Grown:
    """Hold the seconds measured on a library of so many works, and the memory the process took at most, in bytes."""

    works: int
    build: float
    project: float
    add: float  # a work on levers whose evidence is that of any library
    add_common: float  # a work on a lever whose evidence grew with the library
    questions: dict[str, float]
    peak: int


def generated(number: int, *, common: bool = True, group: int | None = None) -> Extraction:
    """Return one generated work; works of one group name the same substances."""
    group = number // SHARED if group is None else group
    ontology, chance = load_ontology(), random.Random(number)
    strategies = ontology.of_kind("strategy")
    targets = ontology.of_kind("metric") + ontology.of_kind("failure_mode")

    def claim(order: int) -> Assertion:
        target = chance.choice(targets)
        known = chance.choice(strategies) if common and order == 0 else None
        quote = f"Sentence {order} of work {number}."
        return Assertion(
            cause=known.label if known else f"Li{2 + group}ZrF{2 + order}",
            cause_concept=known.iri if known else None,
            cause_kind=known.kind if known else "material",
            cause_span=Span(0, 1),
            target=target.label,
            target_concept=target.iri,
            target_kind=target.kind,
            target_span=Span(1, 2),
            direction=chance.choice(("increases", "decreases", "no_change")),
            verdict="undetermined",
            conditions=chance.choice(_CONDITIONS),
            evidence=(Evidence("sentence", 0, len(quote), quote),),
            extractor="generated",
        )

    name = f"10.5555/generated-{number}"
    document = Document(
        id=name,
        path=name,
        format="text",
        text=_TEXT,
        sha256=f"{number:064x}",
        text_sha256=hashlib.sha256(_TEXT.encode()).hexdigest(),
        doi=name,
        reader="generated",
    )
    return Extraction(document, effects=tuple(claim(order) for order in range(10)), extractor="generated")


def grown(folder: Path, works: int, *, rounds: int) -> Grown:
    """Build a library of generated works, project it, and time what is done to it."""
    start = time.perf_counter()
    with Library.open(folder) as library, library.batch():
        for number in range(works):
            library.add(generated(number))
    built = time.perf_counter()
    with open_library(folder) as graph:
        graph.store("cypher")
        projected = time.perf_counter()
        questions = {name: best(lambda: graph.rows(name, given), rounds=rounds) for name, given in _ASKED.items()}  # noqa: B023
    numbers = iter(range(works, 2 * works))
    _added(folder, next(numbers), common=False)  # warms up what is loaded once
    return Grown(
        works,
        built - start,
        projected - built,
        min(_added(folder, next(numbers), common=False) for _ in range(rounds)),
        min(_added(folder, next(numbers), common=True) for _ in range(rounds)),
        questions,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


def ratios(small: Grown, large: Grown) -> list[Ratio]:
    """Return what must not grow with the library, or must stay below a second."""
    found = [
        Ratio(f"add a work to {large.works} works / to {small.works}", large.add, small.add, "≤", 1.5),
        Ratio("the same, with a claim on a common lever (reported)", large.add_common, small.add_common, "≤", 100.0),
    ]
    found += [
        Ratio(f"{name} over {large.works * 10} claims / 1 s", seconds, 1.0, "≤", 1.0)
        for name, seconds in large.questions.items()
    ]
    return found


def bulk_ratio(folder: Path, works: int, *, rounds: int) -> Ratio:
    """Project generated works into an empty RDF store, against the engine's own bulk load of the finished text."""
    ontology = load_ontology()
    with Library.open(folder / "library") as library:
        with library.batch():
            for number in range(works):
                library.add(generated(number))
        claims = list(library.claims())
    assembly = assemble(claims, ontology)
    update = Update(
        watermark=Watermark(1, ontology.digest, PROJECTION),
        full=True,
        changed=claims,
        withdrawn=(),
        assembly=assembly,
        ontology=ontology,
        works=frozenset(work.iri for work in claims),
    )
    quads = [quad for work in claims for quad in work_quads(work)] + assembled_quads(assembly, ontology)
    text = "".join(to_nquads(quads)).encode("utf-8")

    count = len(quads)
    del quads

    def bare(place: Path) -> None:
        store = pyoxigraph.Store(str(place))
        store.bulk_load(text, pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.flush()

    ours, theirs = list[float](), list[float]()
    for number in range(rounds):  # in turns, so that what else the machine does weighs on both
        theirs.append(best(lambda: bare(folder / f"bare-{number}"), rounds=1))  # noqa: B023 - called at once
        ours.append(best(lambda: OxigraphStore(folder / f"ours-{number}").apply(update), rounds=1))  # noqa: B023
    return Ratio(f"projection / raw bulk load of {count} quads", min(ours), min(theirs), "≥", 0.7)


def _added(folder: Path, number: int, *, common: bool) -> float:
    """Return the seconds from adding a work until both graphs show it; the graph was open before, as in a page."""
    extraction = generated(number, common=common, group=0)
    start = time.perf_counter()
    with Library.open(folder) as library:
        library.add(extraction)
    with open_library(folder) as graph:
        graph.store("cypher")
    return time.perf_counter() - start


def main() -> None:
    """Measure and print; the exit status says nothing about speed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("--small", type=int, default=100)
    parser.add_argument("--large", type=int, default=10_000, help="100000 makes 10⁶ claims")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        small = grown(place / "small", options.small, rounds=options.rounds)
        large = grown(place / "large", options.large, rounds=options.rounds)
        found = [*ratios(small, large), bulk_ratio(place, min(options.large, 1_000), rounds=options.rounds)]
    sys.stdout.write(lines(found) + "\n")
    for each in (small, large):
        sys.stdout.write(
            f"{each.works} works: built in {each.build:.1f} s, projected in {each.project:.1f} s, "
            f"peak memory {each.peak / 2**30:.2f} GiB\n"
        )


if __name__ == "__main__":
    main()
