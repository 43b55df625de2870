from pathlib import Path

import pytest

from app.demo import build_demo
from app.files import find_files
from app.ingest import Report, ingest
from app.progress import Step
from kg import library_generation, open_library
from ontology.errors import ReadError

GOOD = "# Calendar life\n\nAn artificial SEI improves the calendar life of silicon anodes.\n"
OTHER = "# Cycle life\n\nFEC improves the cycle life of silicon anodes.\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "below").mkdir(parents=True)
    (folder / "b.md").write_text(GOOD, encoding="utf-8")
    (folder / "below" / "a.md").write_text(OTHER, encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    return folder


def names(paths: list[str]) -> list[str]:
    return [Path(path).name for path in paths]


def test_files_are_walked_in_sorted_order_without_hidden_ones(papers: Path) -> None:
    assert [path.name for path in find_files([papers])] == ["b.md", "a.md"]


def test_files_in_a_folder_that_are_called_no_paper_are_left_out(papers: Path) -> None:
    for name in ("__init__.py", "table.csv", "figure.svg"):
        (papers / name).write_text("x", encoding="utf-8")
    assert [path.name for path in find_files([papers, papers / "table.csv"])] == ["b.md", "a.md", "table.csv"]


def test_demo_withdraws_what_an_earlier_version_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "app" / "samples"
    bundle.mkdir(parents=True)
    for name, words in (("now.md", GOOD), ("former.md", OTHER), ("own.md", OTHER + "Prelithiation improves it.\n")):
        (bundle / name).write_text(words, encoding="utf-8")
    own = (bundle / "own.md").rename(tmp_path / "own.md")
    ingest([bundle, own], tmp_path / "library")
    monkeypatch.setattr("app.demo.sample_paths", lambda: (bundle / "now.md",))
    build_demo(tmp_path / "library")
    with open_library(tmp_path / "library") as graph:
        assert sorted(Path(work.path).name for work in graph.works()) == ["now.md", "own.md"]


def test_ingest_reports_what_came_of_each_file(papers: Path, tmp_path: Path) -> None:
    (papers / "c.txt").write_bytes(b"\x00\xff\x00\xfe" * 400)
    report = ingest([papers, tmp_path / "gone.txt"], tmp_path / "library")
    assert (names(report.added), [Path(f.path).name for f in report.failed]) == (
        ["b.md", "a.md"],
        ["c.txt", "gone.txt"],
    )
    assert all(Path(failure.path).name in failure.reason for failure in report.failed)
    assert report.effects >= 2


def test_ingest_twice_changes_nothing(papers: Path, tmp_path: Path) -> None:
    first = ingest([papers], tmp_path / "library")
    again = ingest([papers], tmp_path / "library")
    assert (again.added, again.changed, names(again.unchanged)) == ([], [], ["b.md", "a.md"])
    assert again.generation == first.generation == library_generation(tmp_path / "library")


def test_ingest_replaces_a_changed_file(papers: Path, tmp_path: Path) -> None:
    ingest([papers], tmp_path / "library")
    (papers / "b.md").write_text(GOOD.replace("improves", "worsens"), encoding="utf-8")
    report = ingest([papers], tmp_path / "library")
    assert (names(report.changed), names(report.unchanged)) == (["b.md"], ["a.md"])
    with open_library(tmp_path / "library") as graph:
        rows = graph.rows("strategies-that-help", {"target": "calendar life"}).rows
    assert not rows


def test_ingest_interrupted_keeps_what_was_read_and_goes_on_later(papers: Path, tmp_path: Path) -> None:
    def stop_at_second(step: Step) -> None:
        if step.stage == "reading" and step.done == 1:
            raise KeyboardInterrupt

    stopped = ingest([papers], tmp_path / "library", progress=stop_at_second)
    assert (stopped.interrupted, names(stopped.added)) == (True, ["b.md"])
    resumed = ingest([papers], tmp_path / "library")
    assert (names(resumed.added), names(resumed.unchanged)) == (["a.md"], ["b.md"])


def test_ingest_tells_its_progress(papers: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    ingest([papers], tmp_path / "library", progress=steps.append)
    assert [step.stage for step in steps] == ["reading", "added", "reading", "added", "projecting", "done"]
    assert steps[-1].done == steps[-1].total == 2


def test_ingest_hashes_nothing_it_cannot_read(tmp_path: Path) -> None:
    report = ingest([tmp_path / "missing.pdf"], tmp_path / "library")
    assert isinstance(report, Report)
    assert "missing.pdf" in report.failed[0].reason
    assert issubclass(ReadError, Exception)
