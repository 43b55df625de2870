"""What is read of a passage is held against its annotation, and the figures say so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.evaluation import Claim, Naming, Passage, Reading, Tally, calibration_error, judge, load_passages, reliability
from app.evaluation.judging import SIGNED, truth
from app.evaluation.measuring import curve, table
from ontology import load_ontology
from ontology.errors import ReadError

NAMING = Naming(load_ontology())
FIRST = "The FEC additive raises capacity retention to 85%, compared with VC."
TEXT = f"{FIRST} Swelling worsens capacity fade. Cells rested."


def effect(cause: str, target: str, direction: str, verdict: str, sentence: str, **more: Any) -> dict[str, Any]:
    return {"cause": cause, "target": target, "direction": direction, "verdict": verdict, "sentence": sentence} | more


def annotation() -> dict[str, Any]:
    link = effect("electrode swelling", "capacity fade", "increases", "detrimental", "Swelling worsens capacity fade.")
    said = effect("FEC additive", "capacity retention", "increases", "beneficial", FIRST, conditions=["vs VC"])
    return {
        "id": "001",
        "doi_or_url": "",
        "title": "",
        "split": "test",
        "phenomena": ["comparative"],
        "passage": TEXT,
        "entities": [
            {"text": "FEC", "type": "Strategy", "canonical": "FEC additive"},
            {"text": "capacity retention", "type": "Metric", "canonical": "capacity retention"},
            {"text": "Swelling", "type": "FailureMode", "canonical": "electrode swelling"},
        ],
        "effects": [said],
        "measurements": [
            {"metric": "capacity retention", "value": 85, "unit": "%", "subject": "FEC additive", "conditions": {}, "sentence": FIRST}
        ],
        "mechanism_links": [link],
        "optional_effects": [],
        "optional_measurements": [],
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "001.json").write_text(json.dumps(annotation()), encoding="utf-8")
    return tmp_path


@pytest.fixture
def passage(folder: Path) -> Passage:
    return load_passages(folder, NAMING)[0]


def rows(passage: Passage, *claims: Claim) -> Mapping[str, Tally]:
    return table([judge(passage, Reading(effects=claims), NAMING)])


def test_the_annotation_itself_is_all_right(passage: Passage) -> None:
    judged = judge(passage, passage.said, NAMING)
    assert [grade for *_, grade in judged.effects] == [SIGNED]
    assert {name for name, row in table([judged]).items() if row.right and row.f1 == 1} >= {
        "entities", "quantity", "… + metric", "… + subject", "pair", "signed effect", "comparator",
    }  # fmt: skip


def test_a_wrong_sign_keeps_the_pair_and_loses_the_effect(passage: Passage) -> None:
    found = rows(passage, replace(passage.said.effects[0], direction="decreases", verdict="detrimental"))
    assert (found["pair"], found["signed effect"], found["sign"]) == (Tally(1), Tally(0, 1, 1), Tally(0, 0, 1))


def test_the_opposite_name_with_the_opposite_sign_is_right(passage: Passage) -> None:
    fade = NAMING.annotated(["capacity fade"])
    assert rows(passage, replace(passage.said.effects[0], target=fade, direction="decreases"))[
        "signed effect"
    ] == Tally(1)


def test_a_claim_counts_in_the_sentence_that_makes_it(passage: Passage) -> None:
    elsewhere = replace(passage.said.effects[0], where=passage.links[0].where)
    assert rows(passage, elsewhere)["pair"] == Tally(0, 1, 1)


def test_the_same_thing_said_twice_is_right_once(passage: Passage) -> None:
    one = passage.said.effects[0]
    assert rows(passage, one, replace(one, confidence=0.5))["signed effect"] == Tally(1, 1)


def test_a_link_of_a_mechanism_is_true_and_no_effect(passage: Passage) -> None:
    link = replace(passage.links[0], cause_kind="failure_mode")
    assert truth(link, passage, NAMING) is True
    assert truth(replace(link, direction="decreases"), passage, NAMING) is False
    found = rows(passage, link)
    assert (found["signed effect"], found["mechanism link"]) == (Tally(0, 0, 1), Tally(1))


def test_the_dial_trades_recall_for_precision(passage: Passage) -> None:
    right = replace(passage.said.effects[0], confidence=0.8)
    wrong = replace(right, cause=NAMING.annotated(["VC additive"]), confidence=0.3)
    assert curve([(passage, [right, wrong])], NAMING, (0.1, 0.5, 0.9)) == (
        (0.1, Tally(1, 1)),
        (0.5, Tally(1)),
        (0.9, Tally(0, 0, 1)),
    )


def test_reliability_compares_confidence_with_truth() -> None:
    bins = reliability([(0.85, True)] * 8 + [(0.85, False)] * 2 + [(0.05, False)] * 10 + [(1.0, True)])
    assert [(b.low, b.count) for b in bins if b.count] == [(0.0, 10), (0.8, 10), (0.9, 1)]
    assert calibration_error(bins) == pytest.approx((10 * 0.05 + 10 * 0.05 + 0) / 21)
    assert calibration_error(reliability([])) == 0.0


def test_evaluate_prints_every_part(folder: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "--gold", str(folder), "--errors"], catch_exceptions=False)
    assert done.exit_code == 0
    for words in (
        "signed effect",
        "By phenomenon",
        "recall cannot pass",
        "Errors by category",
        "calibration error",
        "The dial",
    ):
        assert words in done.stdout


def test_evaluate_gives_the_same_figures_as_json(folder: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "--gold", str(folder), "--json", "--min-confidence", "1"])
    figures = json.loads(done.stdout)
    assert figures["table"]["signed effect"]["missed"] == 1
    assert figures["phenomena"]["comparative"]["quantity"]["right"] == 1
    assert sum(b["count"] for b in figures["calibration"]["bins"]) > 0


@pytest.mark.parametrize("text", ["{", "[]", '{"id": "001"}', '{"id": "001", "passage": "x", "entities": 3}'])
def test_evaluate_names_the_passage_that_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "007.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"007\.json: is no annotated passage"):
        load_passages(tmp_path, NAMING)


def test_evaluate_asks_for_passages_where_there_are_none(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="--gold"):
        load_passages(tmp_path, NAMING)


def test_evaluate_outside_a_checkout_says_what_to_give(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("app.evaluating._OURS", tmp_path / "absent")
    done = CliRunner().invoke(app, ["evaluate"])
    assert isinstance(done.exception, ReadError)
    assert "--gold" in str(done.exception)
