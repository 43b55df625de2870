"""Print the ratios of one run: ``uv run python -m tests.benchmarks [--copies N] [--rounds N] [PAPER…]``.

Absolute seconds belong to a machine, ratios measured side by side to the program. Never run as a timed test.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from app.samples import sample_paths
from kg import open_library
from tests.benchmarks.measure import extraction_ratio, filled_library, lines, projection_ratios, question_ratios
from tests.benchmarks.pushing import push_ratio
from tests.benchmarks.reading import publishers_files, reading_ratios
from tests.neo4j_server import server


def main() -> None:
    """Measure and print; the exit status says nothing about speed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("papers", nargs="*", type=Path, default=list(sample_paths()), help="what is read (samples)")
    parser.add_argument("--copies", type=int, default=40, help="copies of each paper in the library that is queried")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the best counts")
    options = parser.parse_args()
    ratios = reading_ratios(publishers_files() or options.papers, rounds=options.rounds)
    ratios.append(extraction_ratio(options.papers, rounds=options.rounds))
    with tempfile.TemporaryDirectory() as folder:
        library = filled_library(Path(folder), options.papers, copies=options.copies)
        ratios += projection_ratios(library, Path(folder) / "stores")
        ratios += question_ratios(library, rounds=options.rounds)
        if not server.missing_tool():
            with server.running() as address, open_library(library, read_only=True) as graph:
                ratios.append(push_ratio(graph.claims(), address, graph.ontology, rounds=2))
    sys.stdout.write(lines(ratios) + "\n")


if __name__ == "__main__":
    main()
