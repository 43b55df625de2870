"""The endpoint store against a real endpoint of this machine, and against answers that are cut short."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kg.query import find_question, ordered
from kg.stores import store_class
from kg.stores.sparql_http import SparqlHttpStore
from ontology.errors import QuestionError, StoreError
from tests.conformance.world import QUESTIONS, update
from tests.kg.builders import ontology


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import pyoxigraph

    folder = tmp_path_factory.mktemp("endpoint")
    store_class("oxigraph")(folder).apply(update())
    data = pyoxigraph.Store.read_only(str(next(folder.glob("at-*"))))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["query"][0]
            try:
                found = data.query(query).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            except SyntaxError as error:
                self.answer(400, str(error).encode())
                return
            self.answer(200, found[:-20] if "cut" in query else found)

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/query"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def store(endpoint: str) -> Iterator[SparqlHttpStore]:
    store = SparqlHttpStore(endpoint)
    yield store
    store.close()


def test_sparql_http_answers_the_catalogue_like_the_embedded_store(store: SparqlHttpStore, tmp_path: Path) -> None:
    embedded = store_class("oxigraph")(tmp_path)
    embedded.apply(update())
    for name, parameters in QUESTIONS:
        question = find_question(name)
        bound = question.bind(parameters, ontology=ontology())  # type: ignore[arg-type]
        here, there = (
            ordered(each.query(question.sparql, bound, max_rows=1000, timeout=30.0), question)
            for each in (embedded, store)
        )
        assert here == there


def test_sparql_http_never_takes_a_cut_answer_for_a_whole_one(store: SparqlHttpStore) -> None:
    with pytest.raises(StoreError, match="cut its answer short"):
        store.query("SELECT ?cut WHERE { GRAPH ?g { ?cut ?p ?o } }", {}, max_rows=5, timeout=10.0)


def test_sparql_http_passes_on_a_syntax_error(store: SparqlHttpStore) -> None:
    with pytest.raises(QuestionError, match="SPARQL: "):
        store.query("SELECT ?x WHERE {", {}, max_rows=5, timeout=10.0)


def test_sparql_http_refuses_service(store: SparqlHttpStore) -> None:
    with pytest.raises(QuestionError, match="SERVICE"):
        store.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", {}, max_rows=5, timeout=10.0)


def test_sparql_http_that_is_not_there_is_one_line() -> None:
    store = SparqlHttpStore("http://127.0.0.1:1/query")
    with pytest.raises(StoreError, match="is the endpoint running") as caught:
        store.query("ASK { ?s ?p ?o }", {}, max_rows=1, timeout=2.0)
    assert "\n" not in str(caught.value)
    store.close()
