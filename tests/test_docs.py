"""What the documents say is so: they name everything there is, and what they show is what happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import COMMANDS
from app.views import VIEWS
from kg import belief, load_questions
from tests.conftest import ROOT
from tests.reference import DOCS, PAGES

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")])
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


@pytest.mark.parametrize("name", PAGES)
def test_docs_reference_says_what_the_code_does(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == PAGES[name](), "run `uv run python -m tests.reference`"


@pytest.mark.parametrize("command", COMMANDS)
def test_docs_readme_names_every_command(command: str) -> None:
    assert f"`anodekg {command}`" in README


@pytest.mark.parametrize("question", [question.id for question in load_questions()])
def test_docs_readme_names_every_question(question: str) -> None:
    assert f"| `{question}` |" in README


@pytest.mark.parametrize("view", [view.title for view in VIEWS])
def test_docs_readme_names_every_view(view: str) -> None:
    assert f"| **{view}** |" in README


def test_docs_readme_names_nothing_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `anodekg (\w+)` \|", README, re.M)) == set(COMMANDS)
    assert set(re.findall(r"^\| `([a-z-]+)` \|", README, re.M)) == {question.id for question in load_questions()}
    assert set(re.findall(r"^\| \*\*([\w-]+)\*\* \|", README, re.M)) == {view.title for view in VIEWS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_docs_link_to_what_exists(document: Path) -> None:
    targets = [target for target in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def steps(session: str) -> list[tuple[str, list[str]]]:
    """Split a console session into commands and the lines shown after each."""
    found: list[tuple[str, list[str]]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and line.strip():
            found[-1][1].append(line.strip())
    return found


def test_docs_readme_session_runs_as_shown(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ANODEKG_LIBRARY": str(tmp_path / "library"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
    }
    sessions = blocks(README, "console")
    assert sessions
    for command, shown in [step for session in sessions for step in steps(session)]:
        if command.startswith("export "):  # the test keeps its library elsewhere
            continue
        run = subprocess.run(
            command.replace("uv run ", ""),
            shell=True,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0, f"{command}: {run.stderr}"
        said = " ".join((run.stdout + run.stderr).split())
        for line in shown:
            for part in line.split("…"):
                assert " ".join(part.split()) in said, f"{command} does not print {line!r}"


def test_docs_notebook_lines_run_as_shown(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [block for path in DOCUMENTS for block in blocks(path.read_text(encoding="utf-8"), "python")]
    assert lines
    monkeypatch.setenv("ANODEKG_LIBRARY", str(sample_library))
    for block in lines:
        exec(compile(block, "docs", "exec"), {})


def test_docs_explain_belief_with_the_weights_in_use() -> None:
    explained = (DOCS / "explanation.md").read_text(encoding="utf-8")
    factors = [belief.HEDGED, belief.SECONDHAND, belief.OTHER_HOST, belief.UNCONFIRMED]
    wanted = [f"| {weight} |" for weight in belief.BASE.values()] + [f"| × {factor} |" for factor in factors]
    assert [value for value in wanted if value not in explained] == []


def test_docs_changelog_names_the_version_of_the_project() -> None:
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert version is not None
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog
    assert f"## [{version[1]}]" in changelog
