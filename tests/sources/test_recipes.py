"""The recipes of docs/how-to.md are what a machine takes: cron's line runs in cron's environment, systemd's units are valid."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractors import read_plan
from tests.conftest import ROOT

HOW_TO = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", HOW_TO, re.S | re.M)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home folder as the recipes suppose it, with papers of its own and no network."""
    (tmp_path / "anodekg").mkdir()
    (tmp_path / "anodekg" / ".venv").symlink_to(sys.prefix)
    (tmp_path / "papers").mkdir()
    paper = "# Cycle life\n\nFEC improves the cycle life of silicon anodes.\n"
    (tmp_path / "papers" / "one.md").write_text(paper, encoding="utf-8")
    search = '[[search]]\nsources = ["folder"]\npaths = ["papers"]\n'
    (tmp_path / "sources.toml").write_text(search, encoding="utf-8")
    return tmp_path


def test_recipes_show_query_files_that_are_valid(tmp_path: Path) -> None:
    shown = blocks("toml")
    assert len(shown) == 2
    for text in shown:
        path = tmp_path / "sources.toml"
        path.write_text(text, encoding="utf-8")
        assert read_plan(path).searches


def test_recipe_for_cron_runs_in_the_environment_of_cron(home: Path) -> None:
    (block,) = blocks("cron")
    (line,) = block.strip().splitlines()
    assert re.fullmatch(r"(?:[\d*]+ ){5}[^%]+", line), "five fields, and no % that cron would cut at"
    command = line.split(" ", 5)[5]
    for counts in ("1 added, 0 changed", "0 added, 0 changed"):
        run = subprocess.run(
            ["env", "-i", f"HOME={home}", "PATH=/usr/bin:/bin", "SHELL=/bin/sh", "/bin/sh", "-c", command],
            cwd=home,
            check=False,
        )
        log = (home / "anodekg-run.log").read_text(encoding="utf-8")
        assert run.returncode == 0, log
        assert log.count(counts) == 1
    assert (home / "anodekg-library" / "library.sqlite").is_file()


def test_recipe_for_systemd_is_valid_and_its_command_runs(home: Path) -> None:
    units = home / ".config" / "systemd" / "user"
    units.mkdir(parents=True)
    for text in blocks("ini"):
        name = re.search(r"^# ~/\.config/systemd/user/(\S+)$", text, re.M)
        assert name is not None
        (units / name[1]).write_text(text, encoding="utf-8")
    assert sorted(path.name for path in units.iterdir()) == ["anodekg.service", "anodekg.timer"]
    started = re.search(r"^ExecStart=(.+)$", (units / "anodekg.service").read_text(encoding="utf-8"), re.M)
    assert started is not None
    command = started[1].replace("%h", str(home)).split()
    run = subprocess.run(["env", "-i", f"HOME={home}", *command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine: the units were written, not verified")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--user", str(units / "anodekg.service"), str(units / "anodekg.timer")],
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr.strip()) == (0, "")
    calendar = re.search(r"^OnCalendar=(.+)$", (units / "anodekg.timer").read_text(encoding="utf-8"), re.M)
    assert calendar is not None
    read = subprocess.run(["systemd-analyze", "calendar", calendar[1]], capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
