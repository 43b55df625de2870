"""Runs as an operator meets them: limits, rehearsals, interruptions, two at once, withdrawals."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.ingest import ingest
from app.interrupts import Interrupted, interruptible, undisturbed
from app.run_settings import RunSettings
from app.withdrawing import reinstate, withdraw
from kg import Library, open_library
from ontology.errors import StoreError
from tests.conftest import ROOT
from tests.runs.papers import WORDS, write
from tests.runs.state import quads, state


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers", WORDS)


def names(paths: list[str]) -> list[str]:
    return [Path(path).name for path in paths]


def test_a_limit_leaves_the_rest_for_the_next_run(papers: Path, tmp_path: Path) -> None:
    first = ingest([papers], tmp_path / "library", RunSettings(limit=2))
    assert (names(first.added), first.left) == (["a.md", "b.md"], 3)
    second = ingest([papers], tmp_path / "library", RunSettings(limit=2))
    assert (names(second.added), len(second.unchanged), second.left) == (["c.md", "d.txt"], 2, 1)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(papers: Path, tmp_path: Path) -> None:
    rehearsed = ingest([papers], tmp_path / "library", RunSettings(dry_run=True))
    assert (len(rehearsed.added), (tmp_path / "library").exists()) == (5, False)
    ingest([papers], tmp_path / "library")
    before = state(tmp_path / "library")
    (papers / "a.md").write_text("# Another\n\nFEC improves the cycle life.\n", encoding="utf-8")
    again = ingest([papers], tmp_path / "library", RunSettings(dry_run=True))
    assert (names(again.changed), len(again.unchanged), len(again.quarantined)) == (["a.md"], 3, 1)
    assert state(tmp_path / "library") == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_waits_for_the_commit_at_hand(number: signal.Signals) -> None:
    done = []

    def work() -> None:
        with interruptible(), undisturbed():
            signal.raise_signal(number)
            done.append("committed")

    with pytest.raises(Interrupted) as stop:
        work()
    assert done == ["committed"]
    assert stop.value.number == number


def test_a_terminated_run_reports_and_the_next_one_goes_on(papers: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "ingest", str(papers), "--library", str(tmp_path / "library")]
    process = subprocess.Popen(
        [*command, "--log", "json", "--format", "json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    for line in process.stderr:
        if json.loads(line).get("stage") == "added":
            process.send_signal(signal.SIGTERM)
            break
    out, _ = process.communicate(timeout=120)
    told = json.loads(out)
    assert process.returncode == 128 + signal.SIGTERM
    assert told["interrupted"]
    ingest([papers], tmp_path / "library")
    ingest([papers], tmp_path / "undisturbed")
    assert quads(tmp_path / "library") == quads(tmp_path / "undisturbed")


def test_a_second_run_says_who_holds_the_library(papers: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library"), pytest.raises(StoreError) as refused:
        ingest([papers], tmp_path / "library")
    assert f"process {os.getpid()} on " in str(refused.value)
    assert " since 20" in str(refused.value)


def test_a_second_run_waits_when_asked_to(papers: Path, tmp_path: Path) -> None:
    holding = (
        "import sys, time; from pathlib import Path; from kg import Library\n"
        "with Library.open(Path(sys.argv[1])): print('held', flush=True); time.sleep(3)"
    )
    command = [sys.executable, "-c", holding, str(tmp_path / "library")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        start = time.monotonic()
        report = ingest([papers / "a.md"], tmp_path / "library", RunSettings(wait=60))
    assert len(report.added) == 1
    assert time.monotonic() - start > 0.5


def test_a_withdrawn_work_stays_away_until_it_is_let_in_again(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    (papers / "a.md").write_text(f"---\ndoi: 10.1000/a\n---\n\n{WORDS['a.md']}", encoding="utf-8")
    ingest([papers], library)
    done = withdraw("10.1000/A", library, note="a mistake")
    assert (done.work, done.state) == ("doi:10.1000/a", "withdrawn")
    with open_library(library, read_only=True) as graph:
        assert "doi:10.1000/a" not in {work.work for work in graph.works()}
    monkeypatch.setattr("app.planning.lexicon_version", lambda: "other words")
    __import__("app.planning").planning.current.cache_clear()
    ingest([papers], library)
    monkeypatch.undo()
    __import__("app.planning").planning.current.cache_clear()
    with Library.open(library, read_only=True) as opened:
        assert "doi:10.1000/a" not in {work.work for work in opened.works()}
        assert "doi:10.1000/a" in {work.work for work in opened.works(as_of=1)}
    assert reinstate("10.1000/a", library).state == "reinstated"
    assert names(ingest([papers], library).added) == ["a.md"]
    ingest([papers], tmp_path / "straight")
    assert quads(library) == quads(tmp_path / "straight")


def test_withdrawing_what_is_not_there_names_the_remedy(papers: Path, tmp_path: Path) -> None:
    ingest([papers / "a.md"], tmp_path / "library")
    with pytest.raises(StoreError, match="names no work"):
        withdraw("10.1000/unknown", tmp_path / "library")
    with pytest.raises(StoreError, match="was not withdrawn"):
        reinstate("10.1000/unknown", tmp_path / "library")
