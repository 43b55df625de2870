"""The bundled digests are readable, labelled, of the promised length, and their sources are listed."""

import re
from pathlib import Path

import pytest

from app.samples import sample_paths
from extractors import read

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
LABEL = re.compile(r"Digest of .{5,80}? \(DOI\s+(?P<doi>10\.[^\s)]+)\), written for anodekg; not the paper.s own words")


def paths_of(suffix: str) -> list[Path]:
    return [path for path in sample_paths() if path.suffix == suffix]


def test_samples_come_in_four_formats() -> None:
    assert len(sample_paths()) >= 10
    assert len(paths_of(".md")) >= 4
    assert all(len(paths_of(suffix)) >= 2 for suffix in (".html", ".xml", ".pdf"))


def test_samples_and_listed_sources_are_the_same() -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", SOURCES, re.MULTILINE)
    assert sorted(listed) == [path.name for path in sample_paths()]


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_samples_are_labelled_digests_of_a_listed_work(path: Path) -> None:
    document = read(path)
    row = next(line for line in SOURCES.splitlines() if f"`{path.name}`" in line)
    running = " ".join(document.text.split())
    label = LABEL.search(running)
    assert label is not None, running[:300]
    assert document.summary_of.lower() == label["doi"].lower()
    assert f"| {document.summary_of} |".lower() in row.lower()
    assert document.doi == ""
    assert 200 <= len(running.split()) <= 640  # 600 words of text, front matter aside
