from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph import open_library
from kg.library import Library
from kg.records import slot
from kg.retractions import RETRACTED
from ontology.model import Block, Extraction, Reference, Span
from ontology.vocabulary import ONTOLOGY_NS
from tests.kg.builders import measures, ontology, paper, says

GONE, REVIEW, OTHER = "10.1000/gone", "10.1000/review", "10.1000/other"
RETRACTED_PAPER = paper(
    "gone", says("fec", "increases", "cycle-life"), measurements=(measures("ice", 99.0),), doi=GONE, title="Gone"
)
QUOTES = {"source_kind": "cited"}


def citing() -> Extraction:
    found = paper(
        "review",
        says("fec", "increases", "cycle-life", quote="FEC helps [1].", citations=("1",), **QUOTES),
        says("coating", "increases", "ice", quote="Coatings help [1,2].", citations=("1", "2"), **QUOTES),
        says("coating", "increases", "cycle-life", quote="We find that coatings help."),
        doi=REVIEW,
    )
    references = (Reference("1", doi=GONE), Reference("2", doi=OTHER))
    return replace(found, document=replace(found.document, references=references))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        opened.add(RETRACTED_PAPER)
        opened.add(citing())
        yield opened


def quotes(library: Library, **options: int) -> dict[str, list[str]]:
    return {
        claims.doi: [effect.evidence[0].text for _, effect in claims.effects] for claims in library.claims(**options)
    }


def test_retraction_takes_a_works_claims_and_what_rests_on_it_alone(library: Library) -> None:
    assert library.mark_retracted(f"doi:{GONE}", notice="10.1000/notice", source="crossref").kind == "retracted"
    assert quotes(library) == {GONE: [], REVIEW: ["Coatings help [1,2].", "We find that coatings help."]}
    gone = next(claims for claims in library.claims() if claims.doi == GONE)
    assert (gone.measurements, gone.article_type) == ((), RETRACTED)
    review = next(claims for claims in library.claims() if claims.doi == REVIEW)
    assert [reference.doi for reference in review.references] == [OTHER]


def test_retraction_keeps_the_past(library: Library) -> None:
    before = library.generation
    library.mark_retracted(f"doi:{GONE}")
    assert quotes(library, as_of=before)[GONE] == ["fec applied increases cycle-life."]
    assert library.extraction(f"doi:{GONE}").effects == RETRACTED_PAPER.effects


def test_retraction_tells_projections_whom_it_touches(library: Library) -> None:
    before = library.generation
    library.mark_retracted(f"doi:{GONE}")
    assert dict(library.changed_since(before)) == {f"doi:{GONE}": "changed", f"doi:{REVIEW}": "changed"}


def test_retraction_twice_is_one(library: Library) -> None:
    first = library.mark_retracted(f"doi:{GONE}", notice="n")
    assert library.mark_retracted(f"doi:{GONE}").kind == "unchanged"
    assert (library.generation, len(library.retractions())) == (first.generation, 1)


def test_retraction_outlives_a_new_reading_and_a_new_file(library: Library) -> None:
    library.mark_retracted(f"doi:{GONE}")
    library.add(replace(RETRACTED_PAPER, extractor="test 2"))
    library.add(replace(RETRACTED_PAPER, document=replace(RETRACTED_PAPER.document, format="jats", sha256="0" * 64)))
    assert quotes(library)[GONE] == []


def test_retraction_may_come_before_the_work(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty") as library:
        library.mark_retracted(f"doi:{GONE}", source="openalex")
        library.add(RETRACTED_PAPER)
        assert quotes(library) == {GONE: []}
        assert [work.retracted for work in library.works()] == ["openalex"]


def test_retraction_can_be_taken_back(library: Library) -> None:
    before = quotes(library)
    library.mark_retracted(f"doi:{GONE}")
    assert library.unmark_retracted(f"doi:{GONE}").kind == "reinstated"
    assert library.unmark_retracted(f"doi:{GONE}").kind == "unknown"
    assert (quotes(library), library.retractions()) == (before, ())


def test_retraction_hides_sentences_from_search(library: Library) -> None:
    assert library.search("fec applied")
    library.mark_retracted(f"doi:{GONE}")
    assert not library.search("fec applied")


def test_retraction_reaches_the_graphs(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.load_ontology", ontology)
    folder = library.folder
    library.close()

    def causes() -> list[str]:
        asked = f"SELECT DISTINCT ?c WHERE {{ GRAPH ?g {{ ?e <{ONTOLOGY_NS}causeConcept> ?c ; <{ONTOLOGY_NS}support> ?n }} }}"
        with open_library(folder) as graph:
            return sorted({cause.rpartition("/")[2] for cause in graph.sparql(asked)["c"]})

    assert causes() == ["coating", "fec"]
    with Library.open(folder) as again:
        again.mark_retracted(f"doi:{GONE}")
    assert causes() == ["coating"]
    with Library.open(folder) as again:
        again.unmark_retracted(f"doi:{GONE}")
    assert causes() == ["coating", "fec"]


def test_library_of_an_older_schema_learns_of_retractions(library: Library) -> None:
    folder = library.folder
    library.close()
    with sqlite3.connect(folder / "library.sqlite") as old:
        old.executescript("DROP TABLE retraction; PRAGMA user_version = 2;")
    old.close()
    with Library.open(folder) as again:
        assert again.mark_retracted(f"doi:{GONE}").kind == "retracted"


def test_abstract_never_takes_the_place_of_a_full_text(tmp_path: Path) -> None:
    whole = paper("whole", says("fec", "increases", "cycle-life"), doi=GONE, format="jats")
    whole = replace(
        whole, document=replace(whole.document, blocks=(Block("paragraph", (Span(0, 1),), role="results"),))
    )
    short = paper("short", says("fec", "increases", "ice"), doi=GONE, format="jats")
    short = replace(
        short, document=replace(short.document, blocks=(Block("paragraph", (Span(0, 1),), role="abstract"),))
    )
    assert (slot(whole.document), slot(short.document)) == ("jats", "abstract")
    scan = replace(whole, document=replace(whole.document, format="pdf", blocks=()))
    for number, (first, second) in enumerate(((whole, short), (short, whole), (short, scan))):
        with Library.open(tmp_path / str(number)) as library:
            library.add(first)
            library.add(second)
            assert quotes(library) == {GONE: ["fec applied increases cycle-life."]}
