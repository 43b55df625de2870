"""Measure runs: ``uv run python -m tests.benchmarks.ingesting [--rounds N] [--generated N] [PAPER…]``.

Four ratios within one process and one minute: a whole run beside extraction alone, a second run beside the first, two
workers beside one, memory after many generated papers beside memory after a tenth of them. Give full papers: the
bundled digests are too small to outweigh what a run costs once.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.files import find_files
from app.ingest import ingest
from app.reading import Task, process
from app.samples import sample_paths
from app.workers import crew, in_order, settled
from ontology import load_ontology
from tests.benchmarks.__main__ import lines
from tests.benchmarks.measure import Ratio, best

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_FRESH = 2.1  # seconds after which times of a file are trusted


def run_ratios(papers: Sequence[Path], folder: Path, *, rounds: int) -> list[Ratio]:
    """Compare a whole run with extraction alone, and a second run with the first."""
    process(Task(papers[0]))  # loads what is loaded once
    alone = best(lambda: [process(Task(path)) for path in papers], rounds=rounds)
    whole = []
    for number in range(rounds):
        start = time.perf_counter()
        ingest(papers, folder / f"library-{number}")
        whole.append(time.perf_counter() - start)
    again = best(lambda: ingest(papers, folder / "library-0"), rounds=max(rounds, 2))
    return [
        Ratio(f"ingest of {len(papers)} papers / extraction alone", min(whole), alone, "≤", 1.3),
        Ratio("second run / first run", again, min(whole), "≤", 0.01),
    ]


def worker_ratio(papers: Sequence[Path], *, rounds: int) -> Ratio:
    """Compare two warm workers with one: extraction as the writer receives it."""
    times = {}
    for count in (1, 2):
        with crew(2) as (submit, _):
            ahead = 4 * count if count > 1 else 0
            warm = [submit(Task(papers[0])) for _ in range(4)]
            for pending in warm:
                settled(pending)

            def read_all(ahead: int = ahead) -> None:
                for _, pending in in_order(((path, Task(path)) for path in papers), submit, ahead=ahead):
                    settled(pending)

            times[count] = best(read_all, rounds=rounds)
    return Ratio("two workers / one, rate", times[2], times[1], "≥", 1.6)


def memory_ratio(folder: Path, *, papers: int) -> Ratio:
    """Compare the memory of this process after many generated papers with that after a tenth of them, in MB."""
    load_ontology()
    files = list(generated(folder / "papers", papers))
    sizes: list[float] = []

    def look(step: object) -> None:
        if getattr(step, "stage", "") == "added" and getattr(step, "done", 0) in (papers // 10, papers):
            sizes.append(resident())

    ingest(files, folder / "library", progress=look)
    return Ratio(f"memory (MB) after {papers} papers / after {papers // 10}", sizes[-1], sizes[0], "≤", 1.3)


def resident() -> float:
    """Return the memory of this process in MB; Linux only."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6


def generated(folder: Path, count: int) -> Iterator[Path]:
    """Write papers that name real levers and metrics in ever new words and numbers; the same count gives the same."""
    chance = random.Random(count)
    ontology = load_ontology()
    causes = [concept.label for concept in ontology.of_kind("strategy")]
    targets = [concept.label for concept in (*ontology.of_kind("metric"), *ontology.of_kind("failure_mode"))]
    verbs = ("improves", "lowers", "suppresses", "increases", "reduces", "aggravates")
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        said = [
            f"{chance.choice(causes)} {chance.choice(verbs)} the {chance.choice(targets)} of sample S{chance.randrange(10**6)}"
            f" by {chance.randrange(1, 99)} % after {chance.randrange(10, 2000)} cycles."
            for _ in range(12)
        ]
        path = folder / f"{number:06}.md"
        path.write_text(f"---\ndoi: 10.5555/{number}\n---\n\n# Paper {number}\n\n{' '.join(said)}\n", encoding="utf-8")
        yield path


def main() -> None:
    """Measure and print; the exit status says nothing about speed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.ingesting", description=__doc__)
    parser.add_argument("papers", nargs="*", type=Path, default=list(sample_paths()), help="what is read (samples)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of which the best counts")
    parser.add_argument("--generated", type=int, default=1000, help="papers made for the measure of memory")
    options = parser.parse_args()
    papers = list(find_files(options.papers))
    time.sleep(_FRESH)
    with tempfile.TemporaryDirectory() as folder:
        ratios = run_ratios(papers, Path(folder), rounds=options.rounds)
        ratios.append(worker_ratio(papers, rounds=options.rounds))
        ratios.append(memory_ratio(Path(folder), papers=options.generated))
    sys.stdout.write(lines(ratios) + "\n")


if __name__ == "__main__":
    main()
