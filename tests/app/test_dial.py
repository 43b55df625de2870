"""The least confidence of an effect: on one paper, and in a library."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.dial import dial_alone_differs, dialled_version
from app.ingest import ingest
from app.run_settings import RunSettings
from extractors import MIN_CONFIDENCE
from kg import open_library

TEXT = (
    "The FEC additive improves the capacity retention of silicon anodes. It may also lower the resistance. "
    "Carbon coating suppresses volume expansion, and the binder, the loading and the film matter for cycle life.\n"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def effects(paper: Path, *options: str) -> list[float]:
    done = CliRunner().invoke(app, ["extract", str(paper), *options], catch_exceptions=False)
    assert done.exit_code == 0
    return [effect["confidence"] for effect in json.loads(done.stdout)["effects"]]


def test_extract_lets_through_what_the_dial_says(paper: Path) -> None:
    everything, usual = effects(paper, "--min-confidence", "0"), effects(paper)
    assert len(everything) > len(usual) > 0
    assert usual == [c for c in everything if c >= MIN_CONFIDENCE]
    assert effects(paper, "--min-confidence", "1") == []


def test_extract_refuses_a_dial_that_is_no_probability(paper: Path) -> None:
    assert CliRunner().invoke(app, ["extract", str(paper), "--min-confidence", "40"]).exit_code == 2


def test_ingest_reads_again_when_the_dial_is_turned_and_only_then(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    first = ingest([paper], folder)
    assert first.why == {"new": 1}
    assert ingest([paper], folder, RunSettings(min_confidence=MIN_CONFIDENCE)).unchanged == [str(paper)]
    rehearsed = ingest([paper], folder, RunSettings(min_confidence=0.99, dry_run=True))
    turned = ingest([paper], folder, RunSettings(min_confidence=0.99))
    assert rehearsed.why == turned.why == {"dial changed": 1}
    with open_library(folder) as graph:
        assert len(graph.effects()) == 0
    assert ingest([paper], folder, RunSettings(min_confidence=0.99)).unchanged == [str(paper)]
    assert ingest([paper], folder).effects == first.effects > 0


def test_the_default_dial_has_no_name_of_its_own() -> None:
    assert dialled_version(None) == dialled_version(MIN_CONFIDENCE)
    assert dial_alone_differs(dialled_version(None), dialled_version(0.99))
    assert not dial_alone_differs(dialled_version(0.5), "anodekg-rules 0; effects from 0.5")
