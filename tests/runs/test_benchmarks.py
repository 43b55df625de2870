from __future__ import annotations

import os
from pathlib import Path

from tests.benchmarks.ingesting import generated, memory_ratio, run_ratios, worker_ratio
from tests.runs.papers import WORDS, write

GENERATED = int(os.environ.get("ANODEKG_GENERATED", "60"))  # 10 000 on demand


def test_benchmarks_of_runs_measure_every_ratio_on_tiny_data(tmp_path: Path) -> None:
    papers = sorted(write(tmp_path / "papers", WORDS).glob("*.md"))
    ratios = [*run_ratios(papers, tmp_path, rounds=1), worker_ratio(papers, rounds=1)]
    assert all(ratio.ours > 0 and ratio.theirs > 0 for ratio in ratios)


def test_generated_papers_are_the_same_each_time(tmp_path: Path) -> None:
    first, second = (list(generated(tmp_path / name, 3)) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_memory_stays_flat_while_papers_are_read(tmp_path: Path) -> None:
    ratio = memory_ratio(tmp_path, papers=GENERATED)
    assert ratio.value <= ratio.bound, ratio
