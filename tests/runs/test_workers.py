"""Workers change how long a run takes and nothing else, whatever becomes of them."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ingest import ingest
from app.reading import Task, process
from app.run_settings import RunSettings
from app.workers import Crew, crew, in_order, settled
from ontology.errors import StoreError
from tests.runs.dask_cluster import cluster
from tests.runs.papers import WORDS, write
from tests.runs.state import state


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("papers"), WORDS)


@pytest.fixture(scope="module")
def alone(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the state of a library that one process read."""
    folder = tmp_path_factory.mktemp("alone")
    ingest([papers], folder)
    return state(folder)


@pytest.fixture
def team() -> Iterator[Crew]:
    made = Crew(1)
    yield made
    made.close()


def test_two_workers_end_in_the_same_library_as_one_process(papers: Path, alone: list[str], tmp_path: Path) -> None:
    report = ingest([papers], tmp_path / "library", RunSettings(workers=2))
    assert (len(report.added), len(report.failed)) == (4, 1)
    assert state(tmp_path / "library") == alone


def test_a_killed_worker_loses_nothing(papers: Path, team: Crew) -> None:
    before = team.submit(Task(papers / "a.md")).result()
    os.kill(team.pids()[0], signal.SIGKILL)
    again = team.submit(Task(papers / "a.md")).result()
    assert again == before == process(Task(papers / "a.md"))


def test_a_paper_that_kills_its_worker_twice_is_given_up(papers: Path, team: Crew) -> None:
    killed = []

    def kill_two() -> None:
        while len(killed) < 2:
            for pid in team.pids():
                if pid not in killed:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.01)

    killer = threading.Thread(target=kill_two)
    killer.start()
    outcome = team.submit(Task(papers / "a.md")).result()
    killer.join()
    assert outcome.extraction is None
    assert "a.md: ends the process that extracts it, twice" in outcome.reason
    assert outcome.passing
    assert team.submit(Task(papers / "b.md")).result().extraction is not None


def test_a_paper_past_its_limit_is_given_up(papers: Path) -> None:
    outcome = process(Task(papers / "a.md", extract_seconds=0.000_01))
    assert "takes longer than 1e-05 s to extract" in outcome.reason
    assert outcome.passing


def test_outcomes_come_in_the_order_of_the_tasks(papers: Path) -> None:
    names = ["b.md", "skipped", "a.md", "e.txt"]
    with crew(2) as (submit, ahead):
        tasks = ((name, None if name == "skipped" else Task(papers / name)) for name in names)
        done = [(name, settled(pending)) for name, pending in in_order(tasks, submit, ahead=ahead)]
    assert [name for name, _ in done] == names
    assert [outcome and bool(outcome.extraction) for _, outcome in done] == [True, None, True, False]


def test_a_worker_of_another_version_is_refused(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with crew(2) as (submit, _):
        pending = submit(Task(papers / "a.md"))
        monkeypatch.setattr("app.workers.versions", lambda: "another")
        with pytest.raises(StoreError, match="another anodekg"):
            settled(pending)


def test_a_dask_cluster_ends_in_the_same_library_as_one_process(papers: Path, alone: list[str], tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="dask[distributed] is not installed")
    with cluster(workers=2, folder=tmp_path) as address:
        report = ingest([papers], tmp_path / "library", RunSettings(dask=address))
    assert (len(report.added), len(report.failed)) == (4, 1)
    assert state(tmp_path / "library") == alone
