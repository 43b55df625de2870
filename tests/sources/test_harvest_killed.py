from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.sources import shapes
from tests.sources.plans import full_texts, query_file
from tests.sources.server import Server

_KILLED = """
import sys
from pathlib import Path
import extractors.sources.full_text, extractors.sources.harvesting
from extractors.sources import harvest, read_plan
extractors.sources.full_text._PAUSE = 0.0
harvest(read_plan(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def shelf(folder: Path) -> dict[str, bytes]:
    files = folder / "files"
    return {path.relative_to(files).as_posix(): path.read_bytes() for path in sorted(files.rglob("*.*"))}


def test_harvest_killed_again_and_again_ends_like_an_undisturbed_one(tmp_path: Path, server: Server) -> None:
    works = shapes.works(40)
    shapes.EuropePmc(server, works, rows=9)
    plan = query_file(tmp_path, server.base, "europepmc")
    whole = harvest_with_pause(plan, tmp_path / "whole")
    assert whole == 0
    once = len(full_texts(server))
    kills = 0
    for attempt in range(40):
        process = subprocess.Popen([sys.executable, "-c", _KILLED, str(plan), str(tmp_path / "torn")], cwd=Path.cwd())
        before = len(full_texts(server))
        while process.poll() is None and len(full_texts(server)) < before + 3 + attempt % 5:
            time.sleep(0.002)
        if process.poll() is not None:
            assert process.returncode == 0
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert kills >= 5
    assert shelf(tmp_path / "torn") == shelf(tmp_path / "whole")
    assert len(full_texts(server)) - once <= len(works) + 2 * kills


def harvest_with_pause(plan: Path, folder: Path) -> int:
    return subprocess.run([sys.executable, "-c", _KILLED, str(plan), str(folder)], check=False).returncode
