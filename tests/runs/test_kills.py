"""Runs that are killed at any moment end, after the same command, where an undisturbed run ends."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.runs.papers import CHANGED, WORDS, write

KILLS = int(os.environ.get("ANODEKG_KILLS", "32"))
SEED = os.environ.get("ANODEKG_KILL_SEED", "20261122")


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory where there is one: a kill loses nothing that the system holds, so disks do not matter."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="trials fork a loaded process; this system cannot")
def test_runs_killed_at_any_moment_end_like_an_undisturbed_one(quick: Path) -> None:
    first, second = write(quick / "papers", WORDS), write(quick / "later", CHANGED)
    command = [sys.executable, "-m", "tests.runs.killing", *map(str, (first, second, quick / "work")), str(KILLS)]
    (quick / "work").mkdir()
    done = subprocess.run([*command, SEED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert sum(scenario["kills"] for scenario in told) >= KILLS
    assert [scenario["different"] for scenario in told] == [[], []], told
