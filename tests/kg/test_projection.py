from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg.graph
import kg.stores.ladybug as ladybug_store
import kg.stores.oxigraph as oxigraph_store
from kg.graph import Graph, open_library
from kg.library import Library
from kg.projection import heal, target
from kg.quarantine import refusals
from kg.store import GraphStore
from kg.stores import store_class
from ontology.errors import QuestionError, StoreError
from ontology.identity import work_key
from tests.kg.builders import at, iri, measures, ontology, paper, says

FIRST = paper(
    "one",
    says("fec", "increases", "cycle-life", conditions=at(regime="cycling")),
    says("fec", "decreases", "storage-performance", conditions=at(regime="storage")),
    measurements=(measures("ice", 91.5),),
    doi="10.1000/one",
    title="One",
)
SECOND = paper("two", says("coating", "increases", "ice"), doi="10.1000/two")


@pytest.fixture
def nouns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.load_ontology", ontology)


@pytest.fixture
def folder(tmp_path: Path, nouns: None) -> Path:
    with Library.open(tmp_path / "library") as library:
        library.add(FIRST)
    return tmp_path / "library"


def files(folder: Path) -> list[str]:
    """Return all files but the shared memory that SQLite makes for readers of a write-ahead log."""
    return sorted(path.name for path in folder.rglob("*") if not path.name.startswith("library.sqlite-"))


def levers(folder: Path, engine: Any = "sparql") -> list[Any]:
    with open_library(folder) as graph:
        return [row[1] for row in graph.rows("edges-of-strategy", {"cause": "strategy"}, engine=engine).rows]


def test_projection_shows_what_the_library_says(folder: Path) -> None:
    assert levers(folder) == levers(folder, "cypher") == ["fec", "fec"]


def test_projection_heals_after_a_crash_between_commit_and_projection(folder: Path) -> None:
    levers(folder)
    with Library.open(folder) as library:
        library.add(SECOND)  # and nothing more: the process is gone
    assert levers(folder) == levers(folder, "cypher") == ["coating", "fec", "fec"]


@pytest.mark.parametrize("point", ["clone", "write_part", "publish"])
def test_projection_heals_after_being_killed_while_it_writes(folder: Path, point: str) -> None:
    levers(folder)
    with Library.open(folder) as library:
        library.add(SECOND)
        library.withdraw(work_key(FIRST.document))
    # a process of its own, not multiprocessing's: page tests leave another __main__ behind, which that would run again
    code = f"from pathlib import Path; from {__name__} import die_at; die_at(Path({str(folder)!r}), {point!r})"
    process = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=60, check=False)
    assert process.returncode == 9
    assert levers(folder) == levers(folder, "cypher") == ["coating"]


def die_at(folder: Path, point: str) -> None:
    kg.graph.load_ontology = ontology
    setattr(oxigraph_store, point, lambda *_, **__: os._exit(9))
    levers(folder)


def test_projection_heals_cypher_after_a_failed_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ladybug_store, "publish", fail)
        with pytest.raises(KeyboardInterrupt):
            levers(folder, "cypher")
    assert levers(folder, "cypher") == ["fec", "fec"]


def test_projection_is_done_once_for_each_state(folder: Path) -> None:
    with Library.open(folder, read_only=True) as library:
        store: GraphStore = store_class("oxigraph")(folder / "oxigraph")
        assert heal(library, store, ontology())
        assert not heal(library, store, ontology())
        assert store.watermark() == target(library, ontology())


def test_projection_withdraws_works(folder: Path) -> None:
    levers(folder)
    with Library.open(folder) as library:
        library.withdraw(work_key(FIRST.document))
    assert levers(folder) == levers(folder, "cypher") == []


def test_projection_is_rebuilt_when_its_files_are_gone(folder: Path) -> None:
    levers(folder)
    (folder / "oxigraph" / "CURRENT").unlink()
    assert levers(folder) == ["fec", "fec"]


def test_projection_leaves_out_what_is_in_quarantine(folder: Path) -> None:
    levers(folder)
    with Library.open(folder) as library:
        first = next(library.claims()).effects[0][0]
        library.refuse(work_key(FIRST.document), {first: "a test"}, looked_at=frozenset())
    assert levers(folder) == levers(folder, "cypher") == ["fec"]
    with open_library(folder) as graph:
        assert graph.refused() == {first: "a test"}


def test_graph_read_only_answers_from_the_published_state_and_writes_nothing(folder: Path) -> None:
    levers(folder)
    with Library.open(folder) as library:
        library.add(SECOND)
    before = files(folder)
    with open_library(folder, read_only=True) as graph:
        assert len(graph.rows("edges-of-strategy", {"cause": "strategy"}).rows) == 2
    assert files(folder) == before


def test_graph_of_no_library_says_so_and_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no library in"):
        open_library(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_graph_gives_tables_documents_and_evidence(folder: Path) -> None:
    with open_library(folder) as graph:
        effects = graph.effects()
        assert list(effects["verdict"]) == ["beneficial", "detrimental"]
        assert list(graph.measurements()["value"]) == [91.5]
        assert list(graph.double_edges()["label"]) == ["fec"]
        evidence = graph.evidence(list(effects["effect"]))
        rows = [dict(zip(evidence.columns, row, strict=True)) for row in evidence.rows]
        assert {row["quote"] for row in rows} == {
            "fec applied increases cycle-life.",
            "fec applied decreases storage-performance.",
        }
        document = graph.document(rows[0]["text_sha256"])
        assert document.title == "One"
        assert graph.text(rows[0]["text_sha256"]) == document.text
        assert graph.evidence([]).rows == ()
        assert graph.stats()["double edges"] == 1


def test_a_property_graph_that_has_grown_is_written_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_library(folder) as graph:
        graph.store("cypher")
    fresh = int((folder / "ladybug" / "FRESH").read_text())
    monkeypatch.setattr(ladybug_store, "_GROWN", 1.0)
    store = store_class("ladybug")(folder / "ladybug")
    assert store.incremental
    for number, is_grown in ((1, True), (2, False)):  # the first change is written into a copy, the second is not
        with Library.open(folder) as library:
            library.add(paper(f"more {number}", says("coating", "increases", "ice"), doi=f"10.1000/more{number}"))
        assert len(levers(folder, "cypher")) == 3
        assert store.incremental is not is_grown
    assert int((folder / "ladybug" / "FRESH").read_text()) < 1.5 * fresh
    assert levers(folder) == levers(folder, "cypher")


def test_graph_lists_all_of_a_library_alike_from_either_graph(folder: Path) -> None:
    def tables(graph: Graph) -> list[list[dict[Any, Any]]]:
        return [table.to_dict("records") for table in (graph.effects(), graph.double_edges(), graph.contradictions())]

    with open_library(folder) as graph:
        from_rdf = tables(graph)
        graph.store("cypher")
        assert graph.whole("edges-of-strategy", {"cause": "strategy"}).rows
        assert tables(graph) == from_rdf
    with Library.open(folder) as library:
        library.add(SECOND)
    with open_library(folder) as graph:  # the property graph lags behind: RDF answers
        assert len(graph.effects()) == len(from_rdf[0]) + 1


def test_graph_answers_free_queries_in_both_languages(folder: Path) -> None:
    with open_library(folder) as graph:
        table = graph.sparql(
            "PREFIX a: <https://w3id.org/anodekg/ontology#> SELECT ?e { GRAPH ?g { ?e a a:Effect ; a:regime $r } }",
            {"r": "storage"},
        )
        assert len(table) == 1
        table = graph.cypher("MATCH (c:Strategy)-[r:WORSENS]->(m:Metric) RETURN c.label AS lever, m.iri AS metric")
        assert table.to_dict("records") == [{"lever": "fec", "metric": iri("storage-performance")}]


def test_graph_knows_names_that_no_concept_covers(folder: Path) -> None:
    with Library.open(folder) as library:
        library.add(paper("three", says("DCMIN@PAA", "increases", "ice"), doi="10.1000/three"))
    with open_library(folder) as graph:
        assert len(graph.rows("edges-of-strategy", {"cause": "dcmin@paa"}).rows) == 1
        bound = graph.bind("edges-of-strategy", {"cause": "DCMIN@PAA"})
        assert str(bound["cause"]) in graph.question("edges-of-strategy").bound_sparql(bound)
        with pytest.raises(QuestionError, match="no concept is called"):
            graph.rows("edges-of-strategy", {"cause": "unheard of"})


def test_graph_validates_and_quarantines(folder: Path) -> None:
    with Library.open(folder) as library:
        bad = replace(says("coating", "increases", "ice"), confidence=7.0)
        library.add(paper("four", bad, doi="10.1000/four"))
    with open_library(folder) as graph:
        assert len(graph.effects()) == 3
        report = graph.validate()
        assert [reason for reason in report.refused.values() if "confidence" in reason]
        assert len(graph.effects()) == 2


def test_graph_ends_queries_that_run_too_long(folder: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    nested = endless.replace("WHERE {", "WHERE { GRAPH ?graph {").replace(" }", " } }")
    with open_library(folder) as graph:
        with pytest.raises(StoreError, match="longer than"):
            graph.sparql(nested, timeout=1.0)
        with pytest.raises(StoreError, match="longer than"):
            graph.cypher("UNWIND range(1, 100000000) AS x UNWIND range(1, 1000) AS y RETURN count(*) AS n", timeout=1.0)


def test_graph_outlives_a_query_that_crashes_its_engine(folder: Path) -> None:
    part = "MATCH (x:Effect)-[:POOLS]->(s:Assertion)-[:QUOTES]->(q:Evidence) RETURN DISTINCT x.iri AS a, q.text AS b"
    with open_library(folder) as graph:
        with contextlib.suppress(StoreError):  # crashes ladybug 0.22 with some data, not with all
            graph.cypher(
                f"{part} UNION ALL MATCH (s:Measurement)-[:QUOTES]->(q) RETURN DISTINCT s.iri AS a, q.text AS b"
            )
        assert len(graph.cypher("MATCH (e:Effect) RETURN e.iri AS iri")) == 2


def test_graph_is_shared_by_threads(folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with open_library(folder) as graph, ThreadPoolExecutor(4) as pool:
        engines = ["sparql", "cypher"] * 8
        found = list(pool.map(lambda engine: graph.rows("double-edged-strategies", engine=engine), engines))  # type: ignore[arg-type]
    assert len(set(found)) == 1


def test_refusals_at_load_keep_a_claim_in_the_library_and_out_of_the_graphs(folder: Path) -> None:
    good, bad = says("coating", "increases", "ice"), replace(says("coating", "increases", "ice"), confidence=7.0)
    reading = paper("four", good, bad, doi="10.1000/four")
    refused = refusals(reading)
    assert [reason for reason in refused.values() if "confidence" in reason]
    with Library.open(folder) as library:
        change = library.add(reading, refused=refused)
        assert dict(change.refused) == refused == library.refused()
        assert len(next(library.readings(works=(change.work,))).effects) == 2
        assert len(next(library.claims(works=(change.work,))).effects) == 1
    assert levers(folder) == levers(folder, "cypher") == ["coating", "fec", "fec"]
    with Library.open(folder) as library:
        mended = replace(reading, effects=(good,))
        library.add(mended, refused=refusals(mended))
        library.add(reading, refused={})
        assert library.refused() == {}
