"""Three dates, three right answers, each with the text of its own version."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.graph import open_library
from kg.library import Library
from ontology.errors import StoreError
from tests.app.conftest import Run, run  # noqa: F401 - a fixture
from tests.kg.builders import ontology, paper, says

DOI = "10.1000/one"
FIRST = paper("one", says("fec", "increases", "cycle-life", quote="FEC prolongs it."), doi=DOI, title="One")
SECOND = paper("one", says("fec", "decreases", "cycle-life", quote="FEC shortens it."), doi=DOI, title="One, corrected")
DATES = {"2026-11-02": ("beneficial", FIRST), "2026-11-04": ("detrimental", SECOND)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("kg.graph.load_ontology", ontology)
    clock = iter(datetime(2026, 11, day, 12, tzinfo=UTC) for day in range(1, 28))
    with Library.open(tmp_path / "library", now=lambda: next(clock)) as library:
        library.add(FIRST, run=library.start_run("ingest"))  # 1st and 2nd of November
        library.add(SECOND, run=library.start_run("ingest"))  # 3rd and 4th
        library.withdraw(f"doi:{DOI}")  # 5th
    return tmp_path / "library"


@pytest.mark.parametrize("engine", ["sparql", "cypher"])
@pytest.mark.parametrize("date", DATES)
def test_as_of_a_date_answers_and_quotes_the_version_of_that_time(folder: Path, date: str, engine: str) -> None:
    verdict, version = DATES[date]
    with open_library(folder, as_of=date) as graph:
        table = graph.query("edges-of-strategy", cause="fec", engine=engine)  # type: ignore[arg-type]
        assert list(table["verdict"]) == [verdict]
        (row,) = graph.evidence([table["effect"][0]]).rows
        found = dict(zip(graph.evidence([table["effect"][0]]).columns, row, strict=True))
        assert graph.text(found["text_sha256"]) == version.document.text
        assert graph.document(found["text_sha256"]).title == version.document.title
        assert graph.stats()["works"] == 1


def test_as_of_after_the_withdrawal_says_nothing_and_so_does_now(folder: Path) -> None:
    for moment in ("2026-11-05", None):
        with open_library(folder, as_of=moment) as graph:
            assert len(graph.effects()) == 0 == len(graph.works())


def test_as_of_a_run_or_generation(folder: Path) -> None:
    for moment, verdict in (("run 1", "beneficial"), (1, "beneficial"), ("2", "detrimental"), (2, "detrimental")):
        with open_library(folder, as_of=moment) as graph:
            assert list(graph.effects()["verdict"]) == [verdict]
    with pytest.raises(StoreError, match="generations 0 to 3"):
        open_library(folder, as_of=7)


def test_as_of_leaves_the_present_alone_and_keeps_few_past_states(folder: Path) -> None:
    with Library.open(folder) as library:
        for number in range(6):
            library.add(paper(f"p{number}", says("coating", "increases", "ice"), doi=f"10.1000/p{number}"))
    open_library(folder).close()
    for generation in range(7):
        open_library(folder, as_of=generation).close()
    assert len(list((folder / "as-of").iterdir())) == 4
    with open_library(folder) as graph:
        assert list(graph.effects()["label"]) == ["coating"]


def test_as_of_read_only_writes_nothing(folder: Path) -> None:
    open_library(folder).close()
    before = sorted(path.name for path in folder.rglob("*") if not path.name.startswith("library.sqlite-"))
    with open_library(folder, as_of="run 1", read_only=True) as graph:
        assert list(graph.effects()["verdict"]) == ["beneficial"]
    after = sorted(path.name for path in folder.rglob("*") if not path.name.startswith("library.sqlite-"))
    assert [name for name in after if name not in before] in ([], ["projection.lock"])


def test_as_of_is_an_option_of_every_command_that_answers(folder: Path, run: Run) -> None:  # noqa: F811
    at = ("--library", folder, "--format", "json", "--as-of")
    rows = json.loads(run("query", "edges-of-strategy", "cause=strategy", *at, "2026-11-02")[1])
    assert [row["verdict"] for row in rows] == ["beneficial"]
    counts = {row["what"]: row["count"] for row in json.loads(run("stats", *at, "run 2")[1])}
    assert (counts["works"], counts["generation"]) == (1, 2)
    assert json.loads(run("ask", "Does FEC help cycle life?", *at, "2026-11-04")[1])
    status, _, err = run("stats", *at, "yesterday")
    assert (status, "neither a run nor a date" in err) == (1, True)
