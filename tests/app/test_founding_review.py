"""What the founding review must answer, read into a fresh library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ask import ask
from app.ingest import ingest
from kg import Graph, open_library


@pytest.fixture(scope="module")
def review(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("review")
    assert ingest([seed], folder).failed == []
    with open_library(folder) as graph:
        yield graph


def test_review_names_the_sei_strategies_that_help_calendar_life(review: Graph) -> None:
    rows = ask("Which SEI strategies help calendar life?", review).answers
    assert {"artificial SEI", "uniform SEI"} <= {row.label for row in rows}
    said = " ".join(quote.quote for row in rows for quote in row.evidence)
    assert "surface modification" in said
    assert "solvation structure" in said
    assert any("electron leakage" in way for row in rows for way in row.via)


def test_review_keeps_strategies_that_are_no_sei_strategies(review: Graph) -> None:
    rows = ask("Which strategies help calendar life?", review).answers
    assert "C2H4 growth inhibition" in {row.label for row in rows}


@pytest.mark.parametrize("target", ["calendar life", "storage performance", "storage"])
def test_review_never_lists_fec_as_helping_storage(review: Graph, target: str) -> None:
    rows = ask(f"Which strategies help {target}?", review).answers
    assert not [row.label for row in rows if "FEC" in row.label and row.change == "applied"]


def test_review_shows_both_edges_of_fec(review: Graph) -> None:
    rows = ask("Is FEC double-edged?", review).answers
    assert {"cycling stability"} & {row.target for row in rows}
    costs = [edge for row in rows for edge in row.other_edge]
    assert any("HF corrosion" in edge.target for edge in costs)
    assert any("storage performance" in edge.target for edge in costs)
    told = [text for edge in costs for text in (*edge.conditions, *(quote.quote for quote in edge.evidence))]
    assert any("high temperature" in text for text in told)


def test_review_tells_the_retention_of_a_binder(review: Graph) -> None:
    row = ask("What capacity retention did DCMIN@PAA reach?", review).answers[0]
    assert "71.9" in row.value
    assert any("1050" in text for text in row.conditions)
    assert "71.9" in row.evidence[0].quote
