"""The pure parts behind the pages: exports, filters, wishes, drawings, the plane, comparable numbers, visits."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from app.ask import ask
from app.comparing import axes, frames, placed
from app.diagram import Edge, Node, dot
from app.exporting import About, to_csv, to_json, to_parquet
from app.neighbourhood import mechanism, neighbourhood, silent_on
from app.plane import Place, captions, places
from app.rows import measurements
from app.schema import cypher_schema, sparql_schema
from app.suggesting import suggestions
from app.visits import NEVER, Visit, last_visit, remember
from app.wishes import Wishes
from kg import Graph, Sought
from tests.app.conftest import ONTOLOGY, concept

ABOUT = About("evidence", 7, datetime(2026, 11, 22, tzinfo=UTC), {"contains": "FEC\nhot"}, "http://127.0.0.1/evidence")
COLUMNS, ROWS = ["verdict", "belief"], [["+ beneficial", 0.5], ["=cmd()", None]]


def effect_rows(graph: Graph) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = graph.effects().to_dict("records")  # type: ignore[assignment]
    return rows


def test_export_csv_says_what_it_is_and_starts_no_formula() -> None:
    lines = to_csv(COLUMNS, ROWS, ABOUT).decode().splitlines()
    header = [line for line in lines if line.startswith("# ")]
    assert "# library version: generation 7" in header
    assert "# filter contains: FEC hot" in header
    assert list(csv.reader(lines[len(header) :])) == [COLUMNS, ["+ beneficial", "0.5"], ["'=cmd()", ""]]


def test_export_json_and_parquet_hold_the_same_rows_and_header() -> None:
    read = json.loads(to_json(COLUMNS, ROWS, ABOUT))
    table = pq.read_table(io.BytesIO(to_parquet(COLUMNS, ROWS, ABOUT)))
    assert read["rows"] == table.to_pylist() == [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    assert table.schema.metadata[b"exported"].decode() == read["about"]["exported"] == "2026-11-22T00:00:00+00:00"


@pytest.mark.parametrize(
    ("sought", "count"),
    [
        (Sought(), 9),
        (Sought(words=("fec", "hot")), 1),
        (Sought(words=("fec", "zzz")), 0),
        (Sought(hedged=True), 1),
        (Sought(verdicts=frozenset({"detrimental"})), 3),
        (Sought(regimes=frozenset({"cycling"})), 3),
        (Sought(support=2), 2),
        (Sought(belief=0.99), 0),
        (Sought(targets=frozenset({"calendar life"})), 4),
        (Sought(works=frozenset({"doi:10.1000/again"})), 2),
    ],
)
def test_statements_are_chosen_counted_and_left_out_in_the_store(graph: Graph, sought: Sought, count: int) -> None:
    found = graph.statements(sought)
    iris = frozenset(str(row[0]) for row in found.rows.rows)
    assert len(iris) == found.statements == count
    assert graph.statements(replace(sought, but=iris)).statements == 0 or not iris
    assert graph.statements(replace(sought, only=iris)).statements == count or not iris


def test_statements_come_best_supported_first_and_cut(graph: Graph) -> None:
    found = graph.statements(Sought(), most=3)
    beliefs = [row[found.rows.columns.index("belief")] for row in graph.statements(Sought()).rows.rows]
    assert beliefs == sorted(beliefs, reverse=True)
    assert (len(found.rows.rows), found.statements, found.works) == (3, 9, 4)


def test_wishes_change_what_is_asked_and_narrow_the_answer(graph: Graph) -> None:
    question = "Which SEI strategies help calendar life?"
    assert {
        row.verdict
        for row in ask(question, graph, wishes=Wishes(verdict="detrimental", concepts={"class": ""})).answers
    } == {"detrimental"}
    assert all(row.direct for row in ask(question, graph, wishes=Wishes(way="direct")).answers)
    assert not ask(question, graph, wishes=Wishes(source="cited")).answers
    other = ask(question, graph, wishes=Wishes(concepts={"target": concept("rate capability").iri}, verdict="any"))
    assert other.understood is not None
    assert "rate performance" in other.understood.paraphrase
    assert {row.label for row in other.answers} == {"artificial SEI"}


def test_suggestions_name_only_what_the_library_speaks_of() -> None:
    fec = concept("FEC")
    offered = suggestions(ONTOLOGY, said={fec.iri}, coined={"ZQ-17 binder"})
    assert f"What does {fec.label} improve and worsen?" in offered
    assert "What does ZQ-17 binder improve and worsen?" in offered
    assert not any("yolk" in question for question in offered)


def test_neighbourhood_is_capped_and_keeps_the_lever(graph: Graph) -> None:
    fec = concept("FEC").iri
    nodes, edges = neighbourhood(fec, effect_rows(graph), ONTOLOGY, most=3)
    assert len(nodes) <= 3
    assert [node.iri for node in nodes if node.central] == [fec]
    assert all({edge.start, edge.end} <= {node.iri for node in nodes} for edge in edges)


def test_mechanism_marks_what_no_work_states(graph: Graph) -> None:
    _, edges = mechanism(concept("FEC").iri, effect_rows(graph), ONTOLOGY)
    assert {edge.stated for edge in edges if edge.sign != "worsens"} == {True}
    assert {edge.stated for edge in edges if edge.sign == "worsens"} <= {False}


def test_gaps_count_the_kin_that_is_reported(graph: Graph) -> None:
    assert silent_on("https://example.org/unknown", effect_rows(graph), ONTOLOGY) == []


def test_drawing_escapes_what_a_paper_calls_things() -> None:
    drawn = dot([Node("a", '</text><script>"x"\\N', "metric")], [Edge("a", "a", "+")])
    assert "<script" not in drawn
    assert '\\"x\\"\\\\N' in drawn


def test_plane_places_gains_and_costs(graph: Graph) -> None:
    found = places(effect_rows(graph), ONTOLOGY, concept("cycling stability").iri, concept("calendar life").iri)
    fec = next(place for place in found if place.cause == concept("FEC").iri)
    assert fec.x is not None
    assert fec.y is not None
    assert fec.x > 0 > fec.y
    assert fec.score(1, 0) > fec.score(0, 1)


def test_numbers_without_a_cell_stand_apart_with_the_reason(graph: Graph) -> None:
    numbers = tuple(measurements(graph.claims()))
    metric = numbers[0].said.metric
    along = next(axis for axis in axes(numbers, metric) if axis.condition == "cycles")
    points, apart = placed(numbers, metric, along)
    assert frames(points) == []
    assert [one.missing for one in apart] == ["cell"]


def test_schema_names_what_queries_use() -> None:
    assert {"a:Effect", "a:belief", "a:causeConcept"} <= {row["name"] for row in sparql_schema()}
    assert {"(:Strategy)", "-[:IMPROVES]->"} <= {row["name"] for row in cypher_schema()}


def test_visits_remember_each_library(tmp_path: Path) -> None:
    file = tmp_path / "state" / "visits.json"
    assert last_visit(tmp_path, file=file) == NEVER
    remember(tmp_path, 4, file=file, now=datetime(2026, 11, 22, tzinfo=UTC))
    assert last_visit(tmp_path, file=file) == Visit(4, "2026-11-22T00:00:00+00:00")
    file.write_text("no json", encoding="utf-8")
    assert last_visit(tmp_path, file=file) == NEVER


@pytest.mark.parametrize(
    ("verdict", "asked", "worded"),
    [
        ("any", "Which strategies help calendar life", "Which strategies bear on calendar life"),
        ("detrimental", "Which strategies help calendar life", "Which strategies harm calendar life"),
        ("beneficial", "What causes gas generation", "What suppresses gas generation"),
        ("any", "What causes gas generation", "What bears on gas generation"),
        (None, "Is FEC double-edged", "Is FEC double-edged"),
    ],
)
def test_front_words_a_question_by_the_wished_verdict(verdict: Any, asked: str, worded: str) -> None:
    assert Wishes(verdict=verdict).worded(asked) == worded


def test_front_sets_captions_apart() -> None:
    close = [Place(str(number), "a name of some length", 0.2, 0.1, ()) for number in range(7)]
    shifts = captions([*close, Place("far", "far", -0.5, 0.1, ())], reach=0.7)
    assert sorted(shift for shift in shifts[:7] if shift is not None) == [-28, -14, 0, 14, 28]
    assert shifts[-1] == 0
