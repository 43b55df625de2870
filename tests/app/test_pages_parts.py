"""The parts of the pages by AppTest: every tab and filter opens, and judging needs a curator."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import Library, open_library
from tests.app.test_pages import html, opened

PARTS = {
    "strategy": ("Both edges", "Mechanism", "Numbers", "Partners and gaps", "Neighbourhood"),
    "trade-offs": ("Double edges", "Two metrics", "Partner pairs", "Opposed findings"),
    "library": ("Works", "Add a paper", "New since my last visit", "Runs"),
}


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize(("view", "part"), [(view, part) for view, parts in PARTS.items() for part in parts])
def test_pages_open_every_part(view: str, part: str, sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(view, sample_library, monkeypatch, part=part)
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize(
    ("view", "state"),
    [
        ("matrix", {"rows": "classes", "sort": "weights", "targets": "both", "when": "storage"}),
        ("matrix", {"cell-type": "full", "columns": 5}),
        ("evidence", {"sign": ["detrimental"], "belief": 0.3, "hedged": "not hedged"}),
        ("evidence", {"uncurated": True, "works": 2, "regime": ["cycling"]}),
        ("measurements", {"against": "nothing: list them"}),
        ("trade-offs", {"kind": ["optimum"]}),
        ("strategy", {"part": "Neighbourhood", "nodes": 200}),
    ],
)
def test_pages_take_their_filters(
    view: str, state: dict[str, object], sample_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened(view, sample_library, monkeypatch, **state)
    assert not test.exception
    assert not test.error
    assert test.dataframe or "ak-empty" in html(test)


def test_pages_matrix_tells_never_reported_apart(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = opened("matrix", sample_library, monkeypatch).dataframe[0].value.to_string()
    assert "·" in shown
    assert "+" in shown


def test_pages_offer_no_judging_without_a_curator(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("evidence", sample_library, monkeypatch)
    assert not [button for button in test.button if button.label == "Record"]
    assert any("--curator" in caption.value for caption in test.caption)


def test_pages_record_a_judgement_and_take_it_back(
    sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    shutil.copytree(sample_library, library)
    monkeypatch.setenv("ANODEKG_CURATOR", "tester")
    test = opened("evidence", library, monkeypatch, find="FEC")
    before = len(test.dataframe[0].value)
    next(radio for radio in test.radio if radio.label == "Judgement").set_value("reject")
    next(button for button in test.button if button.label == "Record").click().run()
    assert not test.exception
    assert "reject “FEC additive”" in test.success[0].value
    assert len(test.dataframe[0].value) == before - 1
    with open_library(library, read_only=True) as graph:
        assert [(word.action, word.curator) for word in graph.curations()] == [("reject", "tester")]
        number = graph.curations()[0].id
    next(box for box in test.selectbox if box.label == "Take back").set_value(number).run()
    next(button for button in test.button if button.label == "Take this word back").click().run()
    assert len(test.dataframe[0].value) == before
    history = test.dataframe[-1].value
    assert list(history["action"]) == ["reject"]
    assert all(history["until"]), "a word taken back stays in the history"
    assert not [box for box in test.selectbox if box.label == "Take back"]


def test_pages_evidence_names_retracted_works_and_leaves_their_statements_out(
    sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    shutil.copytree(sample_library, library)
    with open_library(library, read_only=True) as graph:
        work = next(work for work in graph.works() if work.effects)
    before = opened("evidence", library, monkeypatch).dataframe[0].value
    with Library.open(library) as opened_library:
        opened_library.mark_retracted(work.work, notice="10.1000/notice", source="a publisher")
    test = opened("evidence", library, monkeypatch)
    shown = html(test)
    assert "▲ Retracted (10.1000/notice)" in shown
    assert work.title in shown.replace("&#x27;", "'")
    assert len(test.dataframe[0].value) <= len(before) - work.effects
    states = opened("library", library, monkeypatch).dataframe[0].value["state"]
    assert "retracted (10.1000/notice)" in set(states)


def test_pages_withdraw_a_work(sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "library"
    shutil.copytree(sample_library, library)
    test = opened("library", library, monkeypatch)
    works = test.dataframe[0].value
    box = next(box for box in test.selectbox if box.label == "Work")
    box.set_value(box.options and _first_work(library)).run()
    next(box for box in test.checkbox if box.label == "Yes, withdraw it").set_value(True).run()
    next(button for button in test.button if button.label == "Withdraw").click().run()
    assert not test.exception
    assert len(test.dataframe[0].value) == len(works) - 1


def _first_work(library: Path) -> str:
    with open_library(library, read_only=True) as graph:
        return graph.works()[0].work
