"""The analysts' commands: typed parameters, every output, limits that are said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.parameters import parameters, typed_value
from kg import Iri
from ontology.errors import QuestionError

PREFIX = "PREFIX a: <https://w3id.org/anodekg/ontology#> "
EFFECTS = (
    PREFIX
    + "SELECT ?e ?works ?belief { GRAPH ?g { ?e a a:Effect ; a:regime $regime ; a:support ?works ; a:belief ?belief } }"
)
HOSTILE = 'x" } ; DROP ALL ; SELECT * { ?s ?p "`'


def run(library: Path, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments, "-l", str(library)], input=stdin)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("True", "True"),
        ('"25"', "25"),
        ("0x10", "0x10"),
        ("<https://a/b>", Iri("https://a/b")),
        ("https://a/b", Iri("https://a/b")),
        ("https://a/b c", "https://a/b c"),
        ('["a", "https://a/b"]', ["a", Iri("https://a/b")]),
        ("[1, 2]", "[1, 2]"),
        (HOSTILE, HOSTILE),
        ("", ""),
    ],
)
def test_parameters_have_the_type_they_look_like(text: str, value: object) -> None:
    assert typed_value(text) == value
    assert type(typed_value(text)) is type(value)
    assert parameters([f"name={text}"]) == {"name": value}


@pytest.mark.parametrize("given", [["x"], ["=1"], ["a b=1"], ["a=1", "a=2"], ["a=<no iri>"]])
def test_parameters_that_are_none_are_refused(given: list[str]) -> None:
    with pytest.raises(QuestionError):
        parameters(given)


def test_console_binds_parameters_in_both_languages(sample_library: Path) -> None:
    found = run(sample_library, "sparql", EFFECTS, "-p", "regime=storage", "-f", "json")
    rows = json.loads(found.stdout)
    assert rows
    text = "MATCH (e:Effect) WHERE e.regime = $regime AND e.belief > $least RETURN e.iri AS e, e.support AS works"
    other = run(sample_library, "cypher", text, "-p", "regime=storage", "-p", "least=0", "-f", "json")
    assert {row["e"] for row in json.loads(other.stdout)} == {row["e"] for row in rows}
    for language, query in (("sparql", EFFECTS), ("cypher", text)):
        nothing = run(sample_library, language, query, "-p", f"regime={HOSTILE}", "-p", "least=0", "-f", "json")
        assert json.loads(nothing.stdout) == []


def test_console_writes_every_format_to_a_file_or_standard_output(sample_library: Path, tmp_path: Path) -> None:
    query = tmp_path / "effects.rq"
    query.write_text(EFFECTS, encoding="utf-8")
    arguments = ("sparql", f"@{query}", "-p", "regime=unspecified")
    printed = run(sample_library, *arguments, "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    for form in ("table", "json", "csv", "parquet"):
        path = tmp_path / f"out.{form}"
        assert run(sample_library, *arguments, "-f", form, "-o", str(path)).exit_code == 0
        assert path.stat().st_size
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == printed
    table = pq.read_table(tmp_path / "out.parquet")
    assert [str(kind) for kind in table.schema.types] == ["string", "int64", "double"]
    assert table.column("e").to_pylist() == [row["e"] for row in rows]
    piped = run(sample_library, "sparql", "-", "-p", "regime=unspecified", "-f", "parquet", stdin=EFFECTS)
    assert pq.read_table(io.BytesIO(piped.stdout_bytes)) == table


def test_console_says_when_rows_were_left_out(sample_library: Path) -> None:
    found = run(sample_library, "cypher", "MATCH (e:Effect) RETURN e.iri AS e", "--limit", "2", "-f", "json")
    assert (len(json.loads(found.stdout)), "only the first 2 rows" in found.stderr) == (2, True)


def test_console_keeps_whole_numbers_whole_beside_missing_ones(sample_library: Path) -> None:
    found = run(sample_library, "sparql", "SELECT ?a { VALUES ?a { 3 UNDEF } }", "-f", "json")
    assert json.loads(found.stdout) == [{"a": 3}, {"a": None}]
