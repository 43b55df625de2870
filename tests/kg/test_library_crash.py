"""The library after accidents: killed writers, readers beside a writer, and histories that must leave no trace."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.library import Library
from tests.kg.builders import ontology, paper, says

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from kg.library import Library
from tests.kg.builders import paper, says
library = Library.open(Path(sys.argv[1]))
library.add(paper("a", says("fec", "increases", "ice"), doi="10.1000/a"))
with library.batch():
    library.add(paper("b", says("fec", "decreases", "ice"), doi="10.1000/b"))
    library.withdraw("doi:10.1000/a")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_library_killed_in_a_batch_keeps_the_last_commit_and_frees_the_lock(tmp_path):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    with Library.open(tmp_path) as library:
        assert (library.generation, [work.document for work in library.claims()]) == (1, ["a"])
        library.add(paper("b", says("fec", "decreases", "ice"), doi="10.1000/b"))
        assert library.generation == 2


def test_library_reader_sees_the_last_published_generation_while_a_batch_is_open(tmp_path):
    with Library.open(tmp_path) as library:
        library.add(paper("a", doi="10.1000/a"))
        with library.batch():
            library.add(paper("b", doi="10.1000/b"))
            with Library.open(tmp_path, read_only=True) as reader:
                assert (reader.generation, len(reader.works())) == (1, 1)
        assert len(library.works()) == 2


PAPERS = [
    paper(f"p{n}", says("fec", direction, target), doi=f"10.1000/{n}")
    for n, (direction, target) in enumerate(
        [("increases", "ice"), ("decreases", "ice"), ("increases", "cycle-life"), ("decreases", "hf-corrosion")]
    )
]


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
@settings(max_examples=15, deadline=timedelta(seconds=5))
def test_library_history_leaves_no_trace_in_the_assembly(tmp_path_factory, order, again, withdrawn):
    with Library.open(tmp_path_factory.mktemp("worn")) as worn, Library.open(tmp_path_factory.mktemp("new")) as new:
        for n in (*order, *sorted(again)):
            worn.add(PAPERS[n])
        for n in withdrawn:
            worn.withdraw(f"doi:10.1000/{n}")
        for n in sorted(set(range(4)) - withdrawn):
            new.add(PAPERS[n])
        assert list(worn.claims()) == list(new.claims())
        assert assemble(worn.claims(), ontology()) == assemble(new.claims(), ontology())
