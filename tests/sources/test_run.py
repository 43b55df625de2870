from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from app.cli import app
from app.harvest import run_sources
from app.schedule import Schedule, interval
from extractors import Plan, read_plan
from kg import Library, open_library
from ontology.errors import SourceError
from tests.sources import shapes
from tests.sources.plans import query_file
from tests.sources.server import Server

COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]


def plan_of(tmp_path: Path, server: Server, *works: shapes.Work) -> Plan:
    shapes.EuropePmc(server, works)
    return read_plan(query_file(tmp_path, server.base, "europepmc", check="true"))


def quads(folder: Path) -> list[str]:
    with open_library(folder) as graph:
        found = graph.sparql("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    return sorted(" ".join(map(str, row)).replace(str(folder), "") for row in found.itertuples(index=False))


def test_run_fetches_reads_and_next_time_knows(tmp_path: Path, server: Server) -> None:
    plan = plan_of(tmp_path, server, shapes.Work(1), shapes.Work(2, is_open=False))
    library = tmp_path / "library"
    first = run_sources(plan, library, notify=lambda moment: None)
    again = run_sources(plan, library, notify=lambda moment: None)
    assert first.report is not None
    assert again.report is not None
    assert (len(first.report.added), first.failures) == (2, [])
    assert (again.report.added, again.report.changed, len(again.report.unchanged)) == ([], [], 2)
    with open_library(library) as graph:
        assert sorted(work.doi for work in graph.works()) == ["10.5555/work.1", "10.5555/work.2"]
        assert len(graph.query("strategies-that-help", {"target": "cycle life"})) == 1


def test_run_withdraws_the_support_of_a_work_retracted_later(tmp_path: Path, server: Server) -> None:
    plan = plan_of(tmp_path, server, shapes.Work(1), shapes.Work(2, abstract="", body="Nothing."))
    library = tmp_path / "library"
    run_sources(plan, library, notify=lambda moment: None)
    plan = plan_of(tmp_path, server, shapes.Work(1, retracted=True), shapes.Work(2, abstract="", body="Nothing."))
    outcome = run_sources(plan, library, notify=lambda moment: None)
    assert outcome.retracted == ["doi:10.5555/work.1"]
    with open_library(library) as graph:
        assert graph.query("strategies-that-help", {"target": "cycle life"}).empty
        assert [work.retracted for work in graph.works()] == ["MED/999", ""]
    with Library.open(library) as opened:
        opened.unmark_retracted("doi:10.5555/work.1")  # an operator's word stands against the next run
    assert run_sources(plan, library, notify=lambda moment: None).retracted == []


def test_run_tells_who_runs_already(tmp_path: Path, server: Server) -> None:
    plan = plan_of(tmp_path, server, shapes.Work(1))
    folder = tmp_path / "library" / "sources"
    folder.mkdir(parents=True)
    (folder / "run.holder").write_text("process 42", encoding="utf-8")
    with FileLock(folder / "run.lock"), pytest.raises(SourceError, match=r"in use by a run \(process 42\); wait"):
        run_sources(plan, tmp_path / "library", notify=lambda moment: None)


def test_run_killed_ends_in_the_graphs_of_an_undisturbed_run(tmp_path: Path, server: Server) -> None:
    works = shapes.works(8)
    plan = plan_of(tmp_path, server, *works)
    run_sources(plan, tmp_path / "whole", notify=lambda moment: None)
    done = 0
    command = [*COMMAND, "run", str(plan.path), "--library", str(tmp_path / "torn"), "--log", "json"]
    for kill_after in ("fetch", "added", "projecting", ""):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert process.stderr is not None
        for line in process.stderr:
            said = json.loads(line) if line.startswith("{") else {}
            if kill_after and kill_after in (said.get("event"), said.get("stage")):
                os.kill(process.pid, signal.SIGKILL)
                done += 1
                break
        process.stderr.close()
        process.wait()
    assert done == 3
    assert process.returncode == 0
    assert quads(tmp_path / "torn") == quads(tmp_path / "whole")


def test_run_command_reports_in_text_and_json(tmp_path: Path, server: Server) -> None:
    path = plan_of(tmp_path, server, shapes.Work(1)).path
    library = str(tmp_path / "library")
    dry = CliRunner().invoke(app, ["run", str(path), "--library", library, "--dry-run"])
    assert dry.exit_code == 0
    assert "would be fetched: 1 full texts, 0 abstracts" in dry.output
    assert not Path(library).exists()
    told = CliRunner().invoke(app, ["run", str(path), "--library", library, "--format", "json"])
    report = json.loads(told.stdout)
    assert (report["searches"][0]["full"], len(report["ingest"]["added"])) == (1, 1)
    assert [work["work"] for work in report["brought"]["works_added"]] == ["doi:10.5555/work.1"]
    logged = CliRunner().invoke(app, ["run", str(path), "--library", library, "--log", "json"])
    events = [json.loads(line)["event"] for line in logged.stderr.splitlines()]
    assert {"fetch", "report"} <= set(events)


def test_run_command_fails_where_a_source_does(tmp_path: Path, server: Server) -> None:
    path = query_file(tmp_path, server.base, "europepmc")
    run = subprocess.run(
        [*COMMAND, "run", str(path), "--library", str(tmp_path / "library")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "anodes, europepmc" in run.stderr
    assert "Traceback" not in run.stderr


# --- schedules --------------------------------------------------------------------------------------------------


class Days:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def schedule(folder: Path, days: Days) -> Schedule:
    return Schedule(folder / "schedule.json", timedelta(hours=24), now=days.now, sleep=days.sleep)


def starts(plan: Schedule, days: Days, *, cycles: int, lasting: timedelta) -> list[datetime]:
    found = []

    def work() -> None:
        found.append(days.at)
        days.at += lasting

    for _ in range(cycles):
        plan.wait()
        plan.cycle(work)
    return found


def test_schedule_starts_at_once_and_then_every_day(tmp_path: Path) -> None:
    days = Days()
    found = starts(schedule(tmp_path, days), days, cycles=3, lasting=timedelta(hours=2))
    assert [moment - found[0] for moment in found] == [timedelta(days=n) for n in range(3)]


def test_schedule_survives_a_restart(tmp_path: Path) -> None:
    days = Days()
    starts(schedule(tmp_path, days), days, cycles=1, lasting=timedelta(hours=2))
    before = days.at
    found = starts(schedule(tmp_path, days), days, cycles=1, lasting=timedelta(0))
    assert found[0] - before == timedelta(hours=22)


def test_schedule_never_overlaps_and_makes_up_for_nothing(tmp_path: Path) -> None:
    days = Days()
    found = starts(schedule(tmp_path, days), days, cycles=3, lasting=timedelta(hours=60))
    assert [later - earlier for earlier, later in pairwise(found)] == [timedelta(hours=60)] * 2


def test_schedule_goes_on_at_once_with_a_cycle_that_was_killed(tmp_path: Path) -> None:
    days = Days()

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        schedule(tmp_path, days).cycle(killed)
    assert schedule(tmp_path, days).due() == days.at


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"started": 5}', '{"started": "2026-11-22"}'])
def test_schedule_with_a_damaged_memory_starts_at_once(kept: str, tmp_path: Path) -> None:
    (tmp_path / "schedule.json").write_text(kept, encoding="utf-8")
    days = Days()
    assert schedule(tmp_path, days).due() == days.at


def test_schedule_is_not_put_off_by_a_clock_set_back(tmp_path: Path) -> None:
    days = Days()
    starts(schedule(tmp_path, days), days, cycles=1, lasting=timedelta(hours=1))
    days.at -= timedelta(days=300)
    assert schedule(tmp_path, days).due() - days.at == timedelta(hours=24)


@pytest.mark.parametrize(("text", "hours"), [("24h", 24), ("7d", 168), ("90m", 1.5), ("3600 s", 1), ("1W", 168)])
def test_schedule_reads_spans(text: str, hours: float) -> None:
    assert interval(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "24", "daily", "0h", "-1h", "1y", "99999999h"])
def test_schedule_refuses_other_spans(text: str) -> None:
    with pytest.raises(SourceError, match="write 24h, 90m or 7d"):
        interval(text)


def test_run_every_prints_one_line_a_cycle_and_stops_on_a_signal(tmp_path: Path, server: Server) -> None:
    path = plan_of(tmp_path, server, shapes.Work(1)).path
    command = [*COMMAND, "run", str(path), "--library", str(tmp_path / "library"), "--every", "1s"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=300)
    assert "1 full texts" in lines[0]
    assert "0 full texts, 0 abstracts, 1 known" in lines[1]
    assert process.returncode == 128 + signal.SIGTERM
    assert "goes on where it stopped" in errors
