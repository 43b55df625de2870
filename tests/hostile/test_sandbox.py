"""Untrusted files are read in a child under limits, and come back as the same value."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.samples import sample_paths
from extractors import read, read_guarded
from extractors.sandbox_wire import pack, unpack
from ontology.errors import ReadError
from ontology.model import Cell, Document, Span, Table


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_sandbox_reads_what_the_reader_reads(path: Path) -> None:
    assert read_guarded(path) == read(path)


def test_sandbox_carries_every_character_and_table() -> None:
    table = Table((Cell(0, 0, 1, 2, True, 2, 3),), Span(0, 1), "A > B", 3)
    document = Document("x", "/x\udcff", "text", "\ud800\x00𝛼\u2028", "a", "b", authors=("Ä",), tables=(table,))
    assert unpack(pack(document)) == document
    assert unpack(pack(replace(document, tables=(replace(table, caption=None),)))).tables[0].caption is None


def test_sandbox_follows_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here.txt").write_text("A first sentence of it.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_guarded(Path("here.txt")).path == "here.txt"


def test_sandbox_gives_the_readers_own_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nothing\.pdf: no such file; check the path\."):
        read_guarded(tmp_path / "nothing.pdf")


def test_sandbox_ends_a_file_that_takes_too_long_and_reads_the_next(tmp_path: Path) -> None:
    slow = tmp_path / "slow.txt"
    slow.write_text("The anode swells and cracks. " * 400_000, encoding="utf-8")
    with pytest.raises(ReadError, match=r"slow\.txt: takes longer than 0\.05 s to read; "):
        read_guarded(slow, seconds=0.05)
    assert read_guarded(sample_paths()[0]).text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_sandbox_ends_a_file_that_needs_too_much_memory(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    large.write_text("<html><body>" + "<p>a<b>b</b></p>" * 2_000_000, encoding="utf-8")
    with pytest.raises(ReadError, match=r"large\.html: "):
        read_guarded(large, megabytes=600)
    assert read_guarded(sample_paths()[0], megabytes=600).text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_sandbox_says_when_its_limit_is_too_low_to_start() -> None:
    with pytest.raises(ReadError, match="does not start within 50 MB; raise the memory limit"):
        read_guarded(sample_paths()[0], megabytes=50)


def test_sandbox_worker_does_without_spacy() -> None:
    program = "import sys, extractors.sandbox_worker; sys.exit('spacy' in sys.modules or 'kg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
