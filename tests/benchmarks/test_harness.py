from __future__ import annotations

from pathlib import Path

import pytest

from app.samples import sample_paths
from tests.benchmarks.measure import (
    Ratio,
    extraction_ratio,
    filled_library,
    lines,
    projection_ratios,
    question_ratios,
)
from tests.benchmarks.reading import reading_ratios
from tests.benchmarks.scale import bulk_ratio, grown, ratios


@pytest.mark.parametrize(
    ("sense", "ours", "theirs", "holds"), [("≤", 1.0, 2.0, True), ("≤", 3.0, 2.0, False), ("≥", 3.0, 2.0, True)]
)
def test_benchmarks_judge_a_ratio(sense: str, ours: float, theirs: float, holds: bool) -> None:
    assert Ratio("r", ours, theirs, "≤" if sense == "≤" else "≥", 0.5).holds is holds


def test_benchmarks_measure_every_station_on_tiny_data(tmp_path: Path) -> None:
    papers = list(sample_paths())[:2]
    library = filled_library(tmp_path, papers, copies=1)
    ratios = [
        extraction_ratio(papers, rounds=1),
        *projection_ratios(library, tmp_path / "stores"),
        *question_ratios(library, rounds=1),
    ]
    assert all(ratio.ours > 0 and ratio.theirs > 0 for ratio in ratios)
    assert len(lines(ratios).splitlines()) == len(ratios) + 1


def test_benchmarks_measure_the_readers() -> None:
    ratios = reading_ratios([path for path in sample_paths() if path.suffix in (".pdf", ".xml")], rounds=1)
    assert [ratio.name for ratio in ratios] == ["read PDF / raw pypdfium2 text", "read JATS / bare lxml parse"]
    assert all(ratio.ours > ratio.theirs > 0 for ratio in ratios)


def test_benchmarks_measure_growth_on_tiny_libraries(tmp_path: Path) -> None:
    small, large = (grown(tmp_path / str(works), works, rounds=1) for works in (10, 40))
    found = [*ratios(small, large), bulk_ratio(tmp_path, 10, rounds=1)]
    assert all(ratio.ours > 0 and ratio.theirs > 0 for ratio in found)
    assert large.peak > 0
    assert large.add < 5 * small.add  # quicker than four times the works would say; the true ratio is measured by hand
