"""The endpoint as clients see it: real HTTP, every format, every refusal."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.negotiation import chosen
from kg.query import find_question, ordered
from kg.stores.oxigraph import OxigraphStore
from kg.stores.sparql_http import SparqlHttpStore
from tests.conformance.world import HOSTILE, QUESTIONS
from tests.endpoint.conftest import Serve
from tests.kg.builders import ontology

PREFIX = "PREFIX a: <https://w3id.org/anodekg/ontology#> "
HOSTILE_NAME = (
    PREFIX + "SELECT ?label ?n { ?x a a:Assertion ; a:cause ?label ; a:order ?n . FILTER(STRLEN(?label) > 20) }"
)
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


def get(url: str, query: str, accept: str = JSON, **options: Any) -> httpx.Response:
    return httpx.get(url, params={"query": query}, headers={"Accept": accept}, timeout=30.0, **options)


def one_line(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.count("\n") == 1
    return answer.text


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_endpoint_takes_a_query_in_all_three_ways(endpoint: str, way: str) -> None:
    send = {
        "get": lambda: get(endpoint, HOSTILE_NAME),
        "form": lambda: httpx.post(endpoint, data={"query": HOSTILE_NAME}),
        "direct": lambda: httpx.post(
            endpoint, content=HOSTILE_NAME, headers={"Content-Type": "application/sparql-query"}
        ),
    }
    answer = send[way]()
    assert (answer.status_code, answer.headers["content-type"]) == (200, JSON)
    assert [row["label"]["value"] for row in answer.json()["results"]["bindings"]] == [HOSTILE]
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib's own JSON-LD parser
def test_endpoint_writes_a_hostile_name_in_every_format(endpoint: str) -> None:
    assert (
        next(csv.DictReader(io.StringIO(get(endpoint, HOSTILE_NAME, "text/csv").text, newline="")))["label"] == HOSTILE
    )
    tree = ElementTree.fromstring(get(endpoint, HOSTILE_NAME, XML).text)
    assert next(tree.iter("{http://www.w3.org/2005/sparql-results#}literal")).text == HOSTILE
    head, row = get(endpoint, HOSTILE_NAME, "text/tab-separated-values").text.splitlines()
    assert head == "?label\t?n"
    assert (
        next(iter(Graph().parse(data=f"<x:> <y:> {row.partition(chr(9))[0]} .", format="turtle")))[2].toPython()
        == HOSTILE
    )
    asked = PREFIX + "CONSTRUCT { ?x a:cause ?c } WHERE { ?x a a:Assertion ; a:cause ?c }"
    for name in ("text/turtle", "application/n-triples", "application/ld+json"):
        answer = get(endpoint, asked, name)
        assert answer.headers["content-type"].partition(";")[0] == name
        kind = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld"}[name]
        assert HOSTILE in {str(value) for value in Graph().parse(data=answer.content, format=kind).objects()}


def test_endpoint_answers_ask_and_describe(endpoint: str) -> None:
    assert get(endpoint, PREFIX + "ASK { ?x a a:Effect }").json()["boolean"] is True
    assert "<boolean>false</boolean>" in get(endpoint, "ASK { <x:> ?p ?o }", XML).text
    described = get(endpoint, "DESCRIBE <https://w3id.org/anodekg/concept/fec>", "*/*")
    assert len(Graph().parse(data=described.content, format="turtle")) > 3


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "a/json"),
        ("*/*", "a/json"),
        ("text/html, a/other;q=0.9, */*;q=0.8", "a/xml"),
        ("t/csv;q=0.1, a/xml;q=0.2", "a/xml"),
        ("a/*;q=0, t/csv", "t/csv"),
        ("A/JSON; q=0.5, t/*; q=0.7", "t/csv"),
        ("image/png", None),
        ("a/json;q=0", None),
        ("a/json;q=much", None),
    ],
)
def test_negotiation_follows_the_weights(accept: str, expected: str | None) -> None:
    assert chosen(accept, ("a/json", "a/xml", "t/csv"), aliases={"a/other": "a/xml"}) == expected


def test_endpoint_describes_itself(endpoint: str) -> None:
    graph = Graph().parse(data=httpx.get(endpoint).content, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (None, URIRef(sd + "endpoint"), URIRef(endpoint)) in graph
    assert (None, URIRef(sd + "feature"), URIRef(sd + "UnionDefaultGraph")) in graph
    assert httpx.head(endpoint).content == b""


def test_endpoint_refuses_with_the_right_status_and_one_line(endpoint: str) -> None:
    assert "starts with" in one_line(get(endpoint, "INSERT DATA { <x:> <y:> <z:> }"), 400)
    assert "SERVICE" in one_line(get(endpoint, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 400)
    one_line(get(endpoint, "SELECT ?x {"), 400)
    one_line(httpx.get(endpoint, params=[("query", "ASK {}"), ("query", "ASK {}")]), 400)
    assert "no update" in one_line(httpx.post(endpoint, data={"update": "CLEAR ALL"}), 400)
    one_line(httpx.get(endpoint.replace("/sparql", "/etc/passwd")), 404)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
        assert httpx.request(method, endpoint).headers["allow"] == "GET, HEAD, POST"
        one_line(httpx.request(method, endpoint), 405)
    assert "comes as" in one_line(get(endpoint, "ASK {}", "image/png"), 406)
    one_line(get(endpoint, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), 406)
    one_line(httpx.post(endpoint, content=b"x" * (2 << 20), headers={"Content-Type": "application/sparql-query"}), 413)
    one_line(httpx.post(endpoint, content=b"\xff", headers={"Content-Type": "application/sparql-query"}), 400)
    one_line(httpx.post(endpoint, content=b"ASK {}", headers={"Content-Type": "application/sparql-update"}), 415)
    one_line(httpx.post(endpoint, content=iter([b"ASK {}"]), headers={"Content-Type": "application/sparql-query"}), 411)
    one_line(httpx.get(endpoint, headers={"Host": "evil.example:80"}), 421)


def test_endpoint_says_no_to_a_slow_request(serve: Serve) -> None:
    place = urlsplit(serve(patience=0.3))
    with socket.create_connection((place.hostname, place.port)) as client:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\n"
        client.sendall(head.encode() + b"ASK")
        assert client.recv(4096).startswith(b"HTTP/1.1 408 ")


def test_endpoint_never_sends_a_cut_answer_as_a_whole_one(serve: Serve) -> None:
    everything = "SELECT * { ?s ?p ?o }"
    assert "more than 10 rows" in one_line(get(serve(rows=10), everything), 413)
    assert "more than 10 rows" in one_line(get(serve(rows=10), "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle"), 413)
    assert len(get(serve(rows=10), everything + " LIMIT 10").json()["results"]["bindings"]) == 10


def test_endpoint_ends_a_query_at_its_time_and_keeps_others_waiting_so_long_only(serve: Serve) -> None:
    url = serve(seconds=2.0, queries=1, wait=0.1)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(get, url, SLOW)
        time.sleep(0.7)
        busy = get(url, "ASK {}")
        assert "are running" in one_line(busy, 503)
        assert busy.headers["retry-after"] == "5"
        assert "longer than 2 s" in one_line(slow.result(), 503)
    assert get(url, "ASK {}").json()["boolean"] is True


def test_endpoint_stops_a_query_nobody_waits_for(serve: Serve) -> None:
    url = serve(seconds=60.0, queries=1, wait=10.0)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(url, params={"query": SLOW}, timeout=0.8)
    start = time.monotonic()
    assert get(url, "ASK {}").status_code == 200
    assert time.monotonic() - start < 9.0


def test_endpoint_serves_many_at_once(endpoint: str) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: get(endpoint, HOSTILE_NAME), range(24)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert len({answer.text for answer in answers if answer.status_code == 200}) == 1


def test_endpoint_lets_only_a_named_origin_read(serve: Serve) -> None:
    url = serve(origin="https://lab.example")
    allowed = httpx.get(url, headers={"Origin": "https://lab.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://lab.example"
    assert httpx.options(url, headers={"Origin": "https://lab.example"}).status_code == 204
    assert "access-control-allow-origin" not in httpx.get(url, headers={"Origin": "https://evil.example"}).headers


def test_endpoint_honours_the_dataset_asked_for(endpoint: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = "https://w3id.org/anodekg/id/work/doi:10.1000/four#graph"

    def counted(query: str, **params: str) -> int:
        answer = httpx.get(endpoint, params={"query": query, **params}, timeout=30.0).json()
        return int(answer["results"]["bindings"][0]["n"]["value"])

    part = counted(count.replace("{", f"FROM <{graph}> {{", 1))
    assert 0 < part < counted(count)
    assert counted(count, **{"default-graph-uri": graph}) == part
    assert counted(count, **{"default-graph-uri": "file:///etc/passwd"}) == 0


def test_endpoint_serves_rdflib(endpoint: str) -> None:
    graph = Graph(store=SPARQLStore(endpoint, method="POST"))
    rows = [(str(row[0]), row[1].toPython()) for row in graph.query(HOSTILE_NAME)]  # type: ignore[union-attr, index]
    assert rows == [(HOSTILE, 3)]
    assert (URIRef("https://w3id.org/anodekg/concept/fec"), None, None) in graph


def test_endpoint_answers_the_catalogue_like_the_embedded_store(endpoint: str, source: OxigraphStore) -> None:
    store = SparqlHttpStore(endpoint)
    for name, parameters in QUESTIONS[:6]:
        question = find_question(name)
        bound = question.bind(parameters, ontology=ontology())  # type: ignore[arg-type]
        here = ordered(source.query(question.sparql, bound, max_rows=1000, timeout=None), question)
        assert ordered(store.query(question.sparql, bound, max_rows=1000, timeout=30.0), question) == here
    store.close()


def test_endpoint_command_serves_a_library_until_it_is_told_to_end(sample_library: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "endpoint", "-l", str(sample_library), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            url = said.split()[2]
            assert int(
                get(url, PREFIX + "SELECT (COUNT(*) AS ?n) { ?e a a:Effect }").json()["results"]["bindings"][0]["n"][
                    "value"
                ]
            )
        finally:
            process.terminate()
        assert process.wait(timeout=20) == 0


def test_endpoint_command_listens_on_this_machine_only() -> None:
    command = [sys.executable, "-m", "app.cli", "endpoint", "--address", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "not of this machine" in done.stderr


def test_endpoint_json_is_what_the_standard_says(endpoint: str) -> None:
    query = 'SELECT (1 AS ?a) ("x"@en AS ?b) (BNODE() AS ?c) (<x:y> AS ?d) (?unbound AS ?e) ("<&\\n" AS ?f) {}'
    answer = get(endpoint, query)
    assert json.loads(answer.text)["head"]["vars"] == list("abcdef")
    row = answer.json()["results"]["bindings"][0]
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert row["a"] == {"type": "literal", "value": "1", "datatype": integer}
    assert row["b"] == {"type": "literal", "value": "x", "xml:lang": "en"}
    assert (row["c"]["type"], row["d"], "e" in row, row["f"]["value"]) == (
        "bnode",
        {"type": "uri", "value": "x:y"},
        False,
        "<&\n",
    )
