"""Runs that are killed at any moment end, after the same command, where an undisturbed run ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.runs.papers import CHANGED, WORDS, write

KILLS = int(os.environ.get("ANODEKG_KILLS", "32"))
WITH_WORKERS = int(os.environ.get("ANODEKG_WORKER_KILLS", "3"))  # of runs with two workers, which start slowly
SEED = os.environ.get("ANODEKG_KILL_SEED", "20261122")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="trials fork a loaded process; this system cannot")
def test_runs_killed_at_any_moment_end_like_an_undisturbed_one(tmp_path: Path) -> None:
    first, second = write(tmp_path / "papers", WORDS), write(tmp_path / "later", CHANGED)
    command = [sys.executable, "-m", "tests.runs.killing", *map(str, (first, second, tmp_path / "work"))]
    (tmp_path / "work").mkdir()
    command += map(str, (KILLS, WITH_WORKERS, SEED))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [scenario["kills"] for scenario in told] == [KILLS - KILLS // 2, WITH_WORKERS, KILLS // 2]
    assert [scenario["different"] for scenario in told] == [[], [], []], told
