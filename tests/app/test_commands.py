"""The commands on a library, run in this process."""

import csv
import io
import json
from pathlib import Path

import pytest

from app.demo import FLAGSHIP
from tests.app.conftest import Run, process


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_commands_print_rows_in_every_form(run: Run, hand_made: Path, form: str) -> None:
    status, out, err = run("stats", "--library", hand_made, "--format", form)
    assert (status, err) == (0, "")
    assert "works" in out


def test_commands_ask_prints_answer_other_edge_evidence_and_queries(run: Run, hand_made: Path) -> None:
    status, out, _ = run("ask", FLAGSHIP, "--library", hand_made)
    assert status == 0
    for piece in (
        "1. artificial SEI",
        "the other edge",
        "rate performance",
        "An artificial SEI prolongs",
        "SPARQL",
        "Cypher",
    ):
        assert piece in out


def test_commands_ask_gives_json(run: Run, hand_made: Path) -> None:
    _, out, _ = run("ask", FLAGSHIP, "--library", hand_made, "--format", "json")
    assert json.loads(out)["answers"][0]["label"] == "artificial SEI"


def test_commands_ask_gives_csv(run: Run, hand_made: Path) -> None:
    _, out, _ = run("ask", FLAGSHIP, "--library", hand_made, "--format", "csv")
    assert [row["label"] for row in csv.DictReader(io.StringIO(out))] == ["artificial SEI", "uniform SEI"]


def test_commands_ask_mends_a_misspelt_word_and_says_so(run: Run, hand_made: Path) -> None:
    status, out, _ = run("ask", "Which strategies help calender life?", "--library", hand_made)
    assert status == 0
    assert "read as “Which strategies help calendar life?”" in out


def test_commands_ask_suggests_where_it_does_not_understand(run: Run, hand_made: Path) -> None:
    status, out, _ = run("ask", "Which strategies help flurbicity?", "--library", hand_made)
    assert status == 1
    assert "nothing here is called “flurbicity”" in out
    assert "Did you mean" in out


def test_commands_ask_says_that_no_paper_says_so(run: Run, hand_made: Path) -> None:
    status, out, _ = run("ask", "Which binders help tap density?", "--library", hand_made)
    assert (status, "no paper in this library says so" in out) == (0, True)


def test_commands_query_takes_labels_and_tells_when_it_cuts(run: Run, hand_made: Path) -> None:
    question = ("query", "strategies-that-help", "target=calendar life", "--library", hand_made, "--format", "json")
    assert len(json.loads(run(*question)[1])) == 3
    status, out, err = run(*question, "--limit", 1)
    assert (status, len(json.loads(out))) == (0, 1)
    assert "only the first 1 rows" in err


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("query", "nonsense"), "no question"),
        (("query", "strategies-that-help"), "needs the parameter"),
        (("query", "strategies-that-help", "target"), "key=value"),
        (("query", "strategies-that-help", "target=calender life"), "calendar life"),
        (("sparql", "INSERT DATA {<a:a> <a:b> <a:c>}"), "SELECT"),
        (("cypher", "MATCH (n) DETACH DELETE n"), "read"),
        (("sparql", "@/no/such/file.rq"), "file.rq"),
        (("sparql", " "), "empty"),
        (("push", "bolt://localhost:1"), "server"),
    ],
)
def test_commands_explain_what_is_wrong_in_one_line(
    run: Run, hand_made: Path, arguments: tuple[str, ...], remedy: str
) -> None:
    status, out, err = run(*arguments, "--library", hand_made)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert remedy in err


def test_commands_sparql_reads_a_file_and_standard_input(run: Run, hand_made: Path, tmp_path: Path) -> None:
    query = "SELECT (1 + 1 AS ?two) {}"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    _, out, _ = run("sparql", f"@{tmp_path / 'q.rq'}", "--library", hand_made, "--format", "json")
    assert json.loads(out) == [{"two": 2}]


def test_commands_cypher_answers_without_a_server(run: Run, hand_made: Path) -> None:
    _, out, _ = run("cypher", "MATCH (e:Effect) RETURN count(e) AS n", "--library", hand_made, "--format", "json")
    assert json.loads(out)[0]["n"] > 0


def test_commands_validate_finds_nothing_wrong(run: Run, hand_made: Path) -> None:
    status, _, err = run("validate", "--library", hand_made)
    assert (status, "0 refused" in err) == (0, True)


def test_commands_questions_need_no_library(run: Run) -> None:
    status, out, _ = run("questions", "--format", "json")
    assert status == 0
    assert len(json.loads(out)) >= 8


def test_commands_survive_a_narrow_terminal(hand_made: Path) -> None:
    done = process(["ask", "What does FEC do?", "--library", hand_made], PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    done.stdout.decode("ascii")


def test_commands_ingest_reports_and_ends_with_1_after_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("FEC improves the cycle life of silicon anodes.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    status, out, err = run(
        "ingest", tmp_path / "a.txt", tmp_path / "b.txt", "--library", tmp_path / "l", "--format", "json"
    )
    report = json.loads(out)
    assert (status, len(report["added"]), len(report["failed"])) == (1, 1, 1)
    assert "b.txt" in err


def test_commands_demo_shows_the_whole_street(run: Run, sample_library: Path) -> None:
    status, out, _ = run("demo", "--library", sample_library)
    assert status == 0
    for piece in (
        FLAGSHIP,
        "summary of DOI",
        "the other edge",
        "Double-edged strategies",
        "anodekg serve",
        "0 refused",
    ):
        assert piece in out
