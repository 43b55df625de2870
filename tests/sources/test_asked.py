from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.inputs import asked_plan
from kg import Library, recorded_runs
from ontology.errors import SourceError
from tests.runs.papers import WORDS, write
from tests.sources import shapes
from tests.sources.plans import query_file
from tests.sources.server import Server


@pytest.fixture
def contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANODEKG_CONTACT", "reader@example.org")


def ingest(library: Path, *words: object) -> dict[str, object]:
    done = CliRunner().invoke(
        app, ["ingest", *map(str, words), "--library", str(library), "--format", "json"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    told: dict[str, object] = json.loads(done.stdout)
    return told


def works(library: Path) -> list[str]:
    with Library.open(library, read_only=True) as opened:
        return [work.work for work in opened.works()]


@pytest.mark.usefixtures("contact")
def test_ingest_asks_a_source_named_on_the_command_line(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    monkeypatch.setattr("extractors.sources.europepmc.BASE", f"{server.base}/europepmc")
    ingest(tmp_path / "library", "europepmc:silicon anode")
    again = ingest(tmp_path / "library", "europepmc:silicon anode")
    assert works(tmp_path / "library") == ["doi:10.5555/work.1"]
    assert again["ingest"]["added"] == []  # type: ignore[index]
    with Library.open(tmp_path / "library", read_only=True) as opened:
        assert recorded_runs(opened, last=1)[0].command == "ingest europepmc:silicon anode"


def test_ingest_takes_a_query_file_and_a_folder_at_once(tmp_path: Path, server: Server) -> None:
    shapes.EuropePmc(server, [shapes.Work(1)])
    papers = write(tmp_path / "papers", {"a.md": WORDS["a.md"]})
    told = ingest(tmp_path / "library", query_file(tmp_path, server.base, "europepmc"), papers)
    assert len(told["ingest"]["added"]) == 2  # type: ignore[index]
    assert "doi:10.5555/work.1" in works(tmp_path / "library")


def test_files_and_folders_ask_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"arxiv:mine.md": WORDS["a.md"]})
    assert asked_plan(["papers", "a.pdf", "folder:x", "10.1000/182", "arxiv:mine.md"]) is None


def test_services_are_told_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANODEKG_CONTACT", raising=False)
    with pytest.raises(SourceError, match=r"who asks; set ANODEKG_CONTACT="):
        asked_plan(["europepmc:silicon anode"])


@pytest.mark.usefixtures("contact")
@pytest.mark.parametrize(
    ("words", "said"),
    [(["arxiv:"], "asks for nothing"), (["a.toml", "b.toml"], "two query files"), (["a.toml"], "cannot be read")],
)
def test_what_cannot_be_asked_is_said_in_one_line(words: list[str], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        asked_plan(words)
