from __future__ import annotations

from dataclasses import replace

import pytest

from app import cards
from app.answer import AnswerRow, Edge, Quote
from app.cards import VERDICTS
from ontology.model import Evidence, Verdict

HOSTILE = "<script>alert(1)</script>"
QUOTE = Quote(document="d", doi="10.1000/x<y>", quote="FEC helps.", start=0, end=10, title=HOSTILE)
ROW = AnswerRow(
    concept="c",
    label="FEC additive",
    kind="strategy",
    verdict="beneficial",
    target="cycle life",
    papers=2,
    belief=0.5,
    direction="increases",
    regime="cycling",
    conditions=("temperature 25 °C", "regime cycling"),
    other_edge=(Edge(target="HF corrosion", verdict="detrimental", evidence=(QUOTE,), direction="increases"),),
    evidence=(QUOTE,),
)


def render(row: AnswerRow) -> str:
    return cards.answer(row, rank=1, opened=False, paragraph=lambda quote: quote.quote)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_cards_tell_a_verdict_by_sign_and_word(verdict: Verdict) -> None:
    sign, word = VERDICTS[verdict]
    badge = cards.verdict_badge(verdict)
    assert f">{sign}</span>" in badge
    assert badge.endswith(f"{word}</span>")


def test_cards_show_the_other_edge_beside_the_answer() -> None:
    rendered = render(ROW)
    assert rendered.index("The other edge") > rendered.index("increases <strong>cycle life</strong> in cycling")
    assert "increases <strong>HF corrosion</strong>" in rendered


def test_cards_say_when_no_other_edge_is_reported() -> None:
    assert "none reported in this library" in render(replace(ROW, other_edge=()))


def test_cards_tell_inferred_from_stated() -> None:
    inferred = render(replace(ROW, direct=False, via=("HF formation", "corrosion")))
    assert 'data-how="inferred">inferred, not stated, through HF formation → corrosion' in inferred
    assert 'data-how="stated"' in render(ROW)


def test_cards_escape_every_value() -> None:
    hostile = replace(
        ROW,
        label=HOSTILE,
        target=HOSTILE,
        conditions=(HOSTILE,),
        via=(HOSTILE,),
        other_edge=(Edge(target=HOSTILE, verdict="mixed", conditions=(HOSTILE,)),),
    )
    assert "<script" not in render(hostile)
    assert "<script" not in render(replace(hostile, value=HOSTILE, role=HOSTILE))


def test_cards_label_a_digest_as_a_summary() -> None:
    shown = cards.evidence(replace(QUOTE, summary_of="10.1000/abc"), lambda quote: quote.quote)
    assert 'summary of DOI <a href="https://doi.org/10.1000/abc"' in shown
    assert "not the paper's own words" in shown
    assert HOSTILE not in shown


def test_cards_mark_the_sentence_before_the_roles_in_it() -> None:
    quote = replace(QUOTE, marks=(Evidence("sentence", 0, 10, ""), Evidence("cause", 0, 3, "FEC")))
    assert [mark.role for mark in cards.marks_of(quote)] == ["sentence", "cause"]


def test_cards_show_a_number_without_a_verdict() -> None:
    shown = render(replace(ROW, value="71.9 %", role="measured", direction="", belief=None))
    assert "71.9 %" in shown
    assert "ak-verdict" not in shown.partition("<details")[0]
