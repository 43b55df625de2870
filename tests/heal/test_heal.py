"""Kill the process at named points; on reopening SPARQL, Cypher and Neo4j agree with the library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph import open_library
from kg.library import Library
from kg.store import GraphStore
from kg.stores import store_class
from kg.stores.neo4j import Neo4jStore
from tests.heal.dying import STATUS
from tests.kg.builders import at, measures, ontology, paper, says
from tests.kg.stores_content import rows, triples
from tests.kg.test_incremental import everything

ROOT = Path(__file__).parents[2]
READERS = {"oxigraph": triples, "ladybug": rows}
FIRST = paper(
    "one",
    says("fec", "increases", "cycle-life", conditions=at(regime="cycling")),
    says("fec", "decreases", "storage-performance", conditions=at(regime="storage")),
    measurements=(measures("ice", 91.5),),
    doi="10.1000/one",
)
SECOND = paper("two", says("fec", "decreases", "cycle-life"), says("our binder", "increases", "ice"), doi="10.1000/two")
THIRD = paper("three", says("coating", "decreases", "sei-dissolution"), doi="10.1000/three")
# where the process ends: file:function, the how-manieth call
POINTS = {
    "after the library's commit": ("graph:heal", 1),
    "in the index": ("claim_index:_learn", 1),
    "between drop and insert of the RDF projection": ("oxigraph_writing:extend", 3),
    "before the RDF projection is published": ("oxigraph:publish", 1),
    "while it is published": ("published:replace", 1),
    "before the property graph is copied": ("ladybug:copyfile", 1),
    "between drop and insert of the property graph": ("ladybug_writing:_copy", 1),
    "in the insert of the property graph": ("ladybug_writing:_table", 3),
    "before the property graph is published": ("ladybug:publish", 1),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a library whose graphs show two works, which have since been changed, withdrawn, joined and curated."""
    monkeypatch.setattr("kg.graph.load_ontology", ontology)
    place = tmp_path / "library"
    with Library.open(place) as library:
        library.add(FIRST)
        library.add(SECOND)
    with open_library(place) as graph:
        graph.store("cypher")
    with Library.open(place) as library:
        library.withdraw("doi:10.1000/two")
        library.add(THIRD)
        claim = next(library.readings()).effects[0][0]
        library.curate("doi:10.1000/one", claim, "correct", curator="ada", replacement={"direction": "no_change"})
    return place


def kill(folder: Path, point: str, count: int, *bolt: str) -> int:
    command = [sys.executable, "-m", "tests.heal.dying", str(folder), point, str(count), *bolt]
    return subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode


def reopened(folder: Path) -> dict[str, list[str]]:
    with open_library(folder) as graph:
        graph.store("cypher")
    return {name: read(folder / name) for name, read in READERS.items()}


def rebuilt(folder: Path, scratch: Path) -> dict[str, list[str]]:
    found = {}
    with Library.open(folder, read_only=True) as library:
        for name, read in READERS.items():
            store: GraphStore = store_class(name)(scratch / name)
            store.apply(everything(library))
            store.close()
            found[name] = read(scratch / name)
    return found


@pytest.mark.parametrize(("point", "count"), POINTS.values(), ids=POINTS)
def test_heal_after_being_killed(folder: Path, tmp_path: Path, point: str, count: int) -> None:
    assert kill(folder, point, count) == STATUS
    assert reopened(folder) == rebuilt(folder, tmp_path / "fresh")


def test_heal_after_being_killed_again_and_again(folder: Path, tmp_path: Path) -> None:
    for point, count in (POINTS["in the index"], POINTS["between drop and insert of the RDF projection"]):
        assert kill(folder, point, count) == STATUS
    with Library.open(folder) as library:
        library.add(SECOND)
    assert kill(folder, *POINTS["between drop and insert of the property graph"]) == STATUS
    assert reopened(folder) == rebuilt(folder, tmp_path / "fresh")


def in_neo4j(url: str) -> list[object]:
    store = Neo4jStore(url)
    try:
        nodes = store.query("MATCH (n) RETURN properties(n) AS p, labels(n) AS l", {}, max_rows=10**6, timeout=None)
        edges = "MATCH (a)-[r]->(b) RETURN a.iri AS a, type(r) AS t, b.iri AS b, properties(r) AS p"
        found = store.query(edges, {}, max_rows=10**6, timeout=None)
        return sorted(map(str, (*nodes.rows, *found.rows)))
    finally:
        store.close()


@pytest.mark.neo4j
@pytest.mark.parametrize("commits", [1, 4, 9])
def test_heal_a_push_killed_before_the_bolt_commit(folder: Path, neo4j_uri: str, commits: int) -> None:
    with open_library(folder, as_of=2) as before:
        before.push(neo4j_uri)
    assert kill(folder, "session:_commit", commits, neo4j_uri) == STATUS
    with open_library(folder) as graph:
        graph.push(neo4j_uri)
        pushed = in_neo4j(neo4j_uri)
        graph.push(neo4j_uri)
        assert in_neo4j(neo4j_uri) == pushed
    clear(neo4j_uri)
    with open_library(folder) as graph:
        graph.push(neo4j_uri)
    assert in_neo4j(neo4j_uri) == pushed


def clear(url: str) -> None:
    import neo4j

    with neo4j.GraphDatabase.driver(url) as driver, driver.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
