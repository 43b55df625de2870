"""A person sees on every answer, sentence and card which levers were changed together."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.answer import Quote, confounds_of
from app.ask import ask
from app.cards import answer, answer_cells
from kg import Library, open_library
from tests.app.conftest import Run, Says, work

BOTH = "Together FEC and an artificial SEI raise ICE."
ALONE = "FEC raises ICE."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("confounded")
    with Library.open(folder) as opened:
        together = (Says(BOTH, "FEC", "ICE", "increases"), Says(BOTH, "artificial SEI", "ICE", "increases"))
        one = work("both", *together, doi="10.1000/both")
        first, second = one.effects
        opened.add(replace(one, effects=(first, replace(second, target_span=first.target_span))))
        opened.add(work("alone", Says(ALONE, "FEC", "ICE", "increases"), doi="10.1000/alone"))
    return folder


def test_confounds_are_told_on_answer_sentence_and_card(library: Path) -> None:
    with open_library(library) as graph:
        found = ask("What raises ICE?", graph).answers
    fec, artificial = sorted(found, key=lambda row: row.label)
    assert fec.confounds == ("artificial SEI (in the same sentence, 1 of 2 sentences)",)
    assert artificial.confounds == ("FEC additive (in the same sentence)",)
    assert [bool(quote.confounds) for quote in sorted(fec.evidence, key=lambda quote: quote.quote)] == [False, True]
    assert "confounded</strong> with FEC additive" in answer(
        artificial, rank=1, opened=True, paragraph=lambda q: q.quote
    )
    assert answer_cells(artificial, rank=1)["confounded with"] == "FEC additive (in the same sentence)"


def test_confounds_are_printed_and_queried(run: Run, library: Path) -> None:
    _, out, _ = run("ask", "What raises ICE?", "--library", library, "--no-queries")
    assert "confounded, changed together with: FEC additive (in the same sentence)" in out
    _, out, _ = run("query", "edges-of-strategy", "cause=FEC", "--library", library, "--format", "json")
    assert [row["confounds"] for row in json.loads(out)] == ["artificial SEI (in the same sentence, 1 of 2 works)"]


def test_confounds_of_no_sentences_are_none() -> None:
    assert confounds_of(()) == ()
    assert confounds_of((Quote("d", "", "q", 0, 1),)) == ()
