from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.query import find_question, load_questions, ordered
from kg.reading_only import bind_sparql, check_cypher, check_sparql
from kg.serialise import Iri, parse_term, sparql_term
from kg.store import Result
from ontology.errors import QuestionError
from tests.conformance.world import HOSTILE
from tests.kg.builders import iri, ontology

WRITES_SPARQL = r"""
INSERT DATA { <a:a> <a:b> <a:c> }
DELETE WHERE { ?s ?p ?o }
DROP ALL
CLEAR GRAPH <a:g>
LOAD <file:///etc/passwd>
LOAD SILENT <http://127.0.0.1/x> INTO GRAPH <a:g>
SELECT * { SERVICE <http://127.0.0.1:9/q> { ?s ?p ?o } }
select * { service silent <http://127.0.0.1:9/q> { ?s ?p ?o } }
PREFIX x: <a:> SELECT * { { SELECT * { SERVICE x:y {} } } }
ASK { BIND("'" AS ?x) SERVICE <a:a> {} }
SELECT * { ?s ?p '\u0027 . SERVICE <a:a> {} #' }
SELECT * { ?s ?p ?o } ; DELETE WHERE { ?s ?p ?o }
COPY <a:a> TO <a:b>
WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }
""".strip().splitlines()
WRITES_CYPHER = """
CREATE (n:Work {iri: 'x'})
MATCH (n) DELETE n
MATCH (n) DETACH DELETE n
MATCH (n) SET n.title = 'x'
MATCH (n) REMOVE n.title
MERGE (n:Work {iri: 'x'})
MATCH (n) FOREACH (x IN [1] | SET n.a = x)
LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row
LOAD FROM '/etc/passwd' RETURN *
MATCH (n) LOAD FROM '/etc/passwd' RETURN *
COPY (MATCH (n) RETURN n.iri) TO '/tmp/x.csv'
CALL apoc.load.json('http://127.0.0.1') YIELD value RETURN value
MATCH (n) CALL { WITH n DELETE n } RETURN 1
CALL dbms.listConfig()
CALL show_tables() RETURN *
INSTALL httpfs
ATTACH '/tmp/x' AS x (dbtype duckdb)
EXPORT DATABASE '/tmp/x'
DROP TABLE Work
ALTER TABLE Work ADD x STRING
MATCH (n) RETURN n; MATCH (m) DELETE m
RETURN 1 /* */ UNION /* */ CALL x.y()
RETURN '\\u0027 DELETE'
PROFILE MATCH (n) RETURN n
USE system MATCH (n) RETURN n
BEGIN TRANSACTION
RETURN `a` DELETE n
WITH 1 AS x LOAD FROM 'x' RETURN *
""".strip().splitlines()


@pytest.mark.parametrize("text", WRITES_SPARQL)
def test_reading_only_refuses_sparql(text: str) -> None:
    with pytest.raises(QuestionError):
        check_sparql(text)


@pytest.mark.parametrize("text", WRITES_CYPHER)
def test_reading_only_refuses_cypher(text: str) -> None:
    with pytest.raises(QuestionError):
        check_cypher(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE' } # LOAD",
        "PREFIX service: <http://x/> ASK { ?s service:load <http://x/DROP> }",
        'SELECT ?load { ?load ?p """say "SERVICE" {}""" FILTER(?p < 3 && ?p >= 1) }',
        "CONSTRUCT WHERE { ?s ?p ?o }",
    ],
)
def test_reading_only_lets_sparql_read(text: str) -> None:
    check_sparql(text)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Work) WHERE n.title CONTAINS 'DELETE' RETURN n.create AS x // SET",
        "MATCH (n:`CREATE`) RETURN n.iri;",
        "UNWIND [1, 2] AS x RETURN x ORDER BY x DESC LIMIT 1",
        "MATCH (a)-[r:IMPROVES*1..3]->(b) WHERE EXISTS { MATCH (a)-->(c) } RETURN count(*) AS n",
    ],
)
def test_reading_only_lets_cypher_read(text: str) -> None:
    check_cypher(text)


def test_query_binds_hostile_text_as_one_literal() -> None:
    bound = bind_sparql("SELECT * { ?s ?p $name }", {"name": HOSTILE})
    assert parse_term(bound.removeprefix("SELECT * { ?s ?p ").removesuffix(" }")) == HOSTILE


def test_query_refuses_what_is_no_iri() -> None:
    with pytest.raises(QuestionError, match="no IRI"):
        sparql_term(Iri("https://x/> } DROP ALL {"))


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.id)
def test_query_headers_are_complete(question: object) -> None:
    from kg.query import Question

    assert isinstance(question, Question)
    assert question.title
    assert question.phrasings
    assert {key.removeprefix("-") for key in question.order} <= set(question.columns)
    assert set(question.roles) <= set(question.columns)
    check_sparql(question.sparql)
    check_cypher(question.cypher)
    for parameter in question.parameters:
        assert f"${parameter.name}" in question.sparql
        assert f"${parameter.name}" in question.cypher
    assert question.title in question.cypher


def test_query_has_at_least_eight_questions() -> None:
    assert len(load_questions()) >= 8


def test_query_takes_labels_for_concepts() -> None:
    bound = find_question("strategies-that-help").bind({"target": "cycle life"}, ontology=ontology())
    assert bound["target"] == iri("cycle-life")
    assert isinstance(bound["target"], Iri)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "needs the parameter 'target'"),
        ({"target": "cycle lif"}, "did you mean cycle life"),
        ({"target": "cycle life", "regme": "storage"}, "did you mean regime"),
        ({"target": "cycle life", "regime": "hot"}, "must be one of cycling"),
        ({"target": 3}, "must be concept"),
    ],
)
def test_query_says_what_is_wrong_with_a_parameter(parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        find_question("strategies-that-help").bind(parameters, ontology=ontology())


def test_query_says_which_question_was_meant() -> None:
    with pytest.raises(QuestionError, match="did you mean strategies-that-help"):
        find_question("strategies-that-helps")


def test_query_orders_rows_the_same_whatever_the_engine_did() -> None:
    question = find_question("no-evidence")
    rows = (("strategy", 1, "b", "y"), ("strategy", 3, "a", "x"), ("strategy", 1, "a", "z"))
    found = ordered(Result(("kind", "effects", "label", "concept"), (*rows, rows[0])), question)
    assert [row[0] for row in found.rows] == ["x", "z", "y"]
    assert found.columns == question.columns


def test_kg_opens_without_loading_what_it_does_not_need() -> None:
    code = (
        "import sys, kg; heavy = {'spacy', 'pyshacl', 'pandas', 'streamlit', 'neo4j', 'ladybug', 'networkx'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stderr.strip() == ""
