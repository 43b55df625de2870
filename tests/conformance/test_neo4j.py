"""What only a real server can show: pushes are idempotent and resumable, reading is read-only, errors are plain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.pushing import push
from kg.stores.neo4j import Neo4jStore
from ontology.errors import QuestionError, StoreError
from tests.conformance.world import WORKS
from tests.kg.builders import ontology, says, work

pytestmark = pytest.mark.neo4j


@pytest.fixture
def store(neo4j_uri: str) -> Iterator[Neo4jStore]:
    store = Neo4jStore(neo4j_uri)
    yield store
    store.close()


def pushed(store: Neo4jStore, *works: object, generation: int = 1) -> dict[str, int]:
    return push(works, store, ontology(), generation=generation, progress=lambda *_: None)  # type: ignore[arg-type]


def content(store: Neo4jStore) -> list[tuple[object, ...]]:
    text = "MATCH (a)-[r]->(b) RETURN a.iri AS x, type(r) AS t, b.iri AS y, r.effect AS e ORDER BY x, t, y, e"
    return list(store.query(text, {}, max_rows=100_000, timeout=60.0).rows)


def test_neo4j_push_is_idempotent_and_follows_the_library(store: Neo4jStore) -> None:
    pushed(store, *WORKS)
    before = content(store)
    assert pushed(store, *WORKS) == {"written": 0, "withdrawn": 0, "unchanged": len(WORKS)}
    assert content(store) == before
    other = work("10.1000/five", says("coating", "increases", "ice"))
    assert pushed(store, WORKS[0], other, generation=2) == {"written": 1, "withdrawn": len(WORKS) - 1, "unchanged": 1}
    assert pushed(store, *WORKS, generation=3)["withdrawn"] == 1
    assert content(store) == before


def test_neo4j_push_resumes_after_being_cut_off(store: Neo4jStore) -> None:
    pushed(store, *WORKS)
    whole = content(store)
    pushed(store, generation=2)

    def cut(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(WORKS, store, ontology(), generation=3, progress=cut)
    assert store.watermark() is None
    pushed(store, *WORKS, generation=3)
    assert content(store) == whole


def test_neo4j_refuses_to_write_from_a_query_below_the_text_too(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.stores.neo4j.check_cypher", lambda text: None)
    with pytest.raises((StoreError, QuestionError), match=r"access mode|read"):
        store.query("CREATE (n:Work {iri: 'x'}) RETURN n.iri AS iri", {}, max_rows=1, timeout=5.0)


def test_neo4j_ends_a_query_at_its_limit(store: Neo4jStore) -> None:
    with pytest.raises(StoreError, match="longer than"):
        store.query(
            "UNWIND range(1, 100000000) AS x UNWIND range(1, 1000) AS y RETURN count(*) AS n",
            {},
            max_rows=1,
            timeout=1.0,
        )


def test_neo4j_that_is_not_there_is_one_line() -> None:
    store = Neo4jStore("bolt://127.0.0.1:1")
    with pytest.raises(StoreError, match=r"does not answer .* is the server running") as caught:
        store.watermark()
    assert "\n" not in str(caught.value)
    store.close()
