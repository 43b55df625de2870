"""Questions that no phrasing fits are mended or read by their names, and the answer says so."""

from __future__ import annotations

import pytest

from app.ask import ask
from app.guessing import reworded
from kg import Graph
from tests.app.conftest import ONTOLOGY


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("wich binders help cyclng stability", "which binders help cycling stability"),
        ("which strategies help calender life", "which strategies help calendar life"),
        ("SEI growth", "What causes SEI growth?"),
        ("calendar life FEC", "How does FEC additive affect calendar life?"),
        ("tell me, prelithiation", "What does prelithiation improve and worsen?"),
    ],
)
def test_guessing_mends_words_and_reads_names(question: str, read: str) -> None:
    found = reworded(question, ONTOLOGY)
    assert found is not None
    assert found.question == read
    assert read in found.notice


@pytest.mark.parametrize(
    "question", ["Does graphene cure cancer?", "Is VC better than FEC?", "hello there", "Which flurbs help?", "", "?!"]
)
def test_guessing_makes_nothing_up(question: str) -> None:
    assert reworded(question, ONTOLOGY) is None


def test_guessing_is_told_with_the_answer(graph: Graph) -> None:
    answer = ask("calender life and FEC??".replace("calender", "calendar"), graph)
    assert answer.answers
    assert "read by the names in it" in answer.notice


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("prelithiation downsides", "What does prelithiation worsen"),
        ("pros and cons of carbon coating", "What does carbon coating improve and worsen"),
        ("what happens to ICE when I prelithiate", "How does prelithiation affect initial coulombic efficiency"),
        ("What is the capacity retention of ZQ-17 binder after 500 cycles?", "after at least 500 cycles"),
    ],
)
def test_ask_reads_what_people_type(graph: Graph, question: str, said: str) -> None:
    answer = ask(question, graph)
    assert answer.understood is not None
    assert said in answer.understood.paraphrase
