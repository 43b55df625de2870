"""From the words of papers to the answer: numbers that do not compare, an optimum told by three papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.ask import ask
from app.ingest import ingest
from kg import Graph, open_library

ICE = "initial Coulombic efficiency"
TRAP = {
    "half": f"In half cells, the carbon-coated anode reached an {ICE} of 91.5%.",
    "half-too": f"In half cells, the polymer-coated anode reached an {ICE} of 88%.",
    "full": f"In full cells, the prelithiated anode reached an {ICE} of 98.7%.",
    "kept": f"In half cells, the prelithiated anode reached an {ICE} of 103%.",
    "refused": f"In half cells, the anode showed an {ICE} of 982%.",
    "bare": f"The anode reached an {ICE} of 89%.",
}
DOSES = {
    "five": "Adding 5 wt% FEC improved the capacity retention of the silicon anode.",
    "ten": "10 wt% FEC is the optimum for capacity retention.",
    "much": "Adding 25 wt% FEC lowered the capacity retention of the silicon anode.",
}


def library(folder: Path, papers: Mapping[str, str]) -> Path:
    for name, text in papers.items():
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    assert not ingest(sorted(folder.glob("*.txt")), folder / "library").failed
    return folder / "library"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("papers")
    with open_library(library(folder, {**TRAP, **DOSES})) as graph:
        yield graph


def test_text_to_answer_ranks_efficiencies_only_where_cell_and_prelithiation_agree(graph: Graph) -> None:
    answer = ask(f"What is the best comparable {ICE}?", graph)
    found = {row.value: row.conditions[0] for row in answer.answers}
    assert list(found) == ["98.7%", "103%", "91.5%", "88%", "89%"]
    assert found["91.5%"] == found["88%"] == "ranked among: cell half; mode measured; unit %"
    assert found["98.7%"] == "ranked apart: cell full, prelithiation prelithiated, others: cell half"
    assert found["103%"] == "ranked apart: prelithiation prelithiated"
    assert found["89%"] == "not ranked: cell not stated"
    assert all(row.evidence for row in answer.answers)


def test_text_to_answer_refuses_what_no_cell_can_reach_with_its_reason(graph: Graph) -> None:
    (work,) = [work for work in graph.works() if work.document == "refused"]
    (refusal,) = graph.extraction(work.work).refusals
    assert refusal.text == "982%"
    assert "982 % lies outside" in refusal.reason


def test_text_to_answer_finds_one_optimum_in_three_papers_and_no_contradiction(graph: Graph) -> None:
    (row,) = ask("What is the optimum window of FEC?", graph).answers
    assert (row.target, row.value) == ("capacity retention", "10 wt%")
    assert row.conditions == ("below: helps at 5 wt%", "above: harms at 25 wt%")
    assert ask("Which findings contradict each other?", graph).answers == ()


@pytest.mark.parametrize(
    ("lever", "window"),
    [
        ("deposition temperature", "400-600 °C"),
        ("carbon particle-size control", "4-6 μm"),
        ("pore-volume matching", "appropriate match"),
        ("moderate-SOC operation", "moderate SOC"),
        ("SiC interphase", "harms Li diffusion coefficient"),
    ],
)
def test_text_to_answer_finds_the_windows_of_the_founding_review(review: Graph, lever: str, window: str) -> None:
    answer = ask(f"What is the optimum window of {lever}?", review)
    assert any(window in text for row in answer.answers for text in (row.value, *row.conditions))


@pytest.fixture(scope="module")
def review(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("review")
    assert not ingest([seed], folder).failed
    with open_library(folder) as graph:
        yield graph
