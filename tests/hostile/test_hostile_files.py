"""Five hundred hostile files: none crashes or hangs the house, each refusal is one line that names its file."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from app.samples import sample_paths
from extractors import extract, read_guarded
from ontology.errors import ReadError
from ontology.model import Document
from tests.hostile.mutations import COUNT, hostile_files
from tests.readers.conftest import check_spans

SECONDS, MEGABYTES = 4.0, 1000
START = 60.0  # seconds a new child may take to start on a busy machine
CHARACTERS_A_SECOND = 10_000  # of extraction on a slow machine: what grows with the square takes far longer
SEED = int(os.environ.get("HOSTILE_SEED", "0"))  # another seed, other files
FILES = dict(hostile_files(SEED))


@pytest.fixture(scope="module", autouse=True)
def warmed_up() -> None:
    """Load what is loaded once, so that no file is charged for it."""
    extract(read_guarded(sample_paths()[0], megabytes=MEGABYTES))


def test_hostile_files_are_as_many_as_named() -> None:
    assert len(FILES) == COUNT


@pytest.mark.parametrize("name", FILES)
def test_hostile_file_is_read_or_refused_in_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "paper"
    path.write_bytes(FILES[name])
    begun = time.monotonic()
    document, refusal = read_or_refusal(path)
    assert time.monotonic() - begun < SECONDS + START
    if document is None:
        assert re.fullmatch(rf"{re.escape(str(path))}: [^\n]{{5,400}}; [^\n]+\.", refusal)
    else:
        check_spans(document)
        begun = time.process_time()
        extract(document)
        assert time.process_time() - begun < SECONDS + len(document.text) / CHARACTERS_A_SECOND


def read_or_refusal(path: Path) -> tuple[Document | None, str]:
    """Read a file under limits; return the document, or None and the reason."""
    try:
        return read_guarded(path, seconds=SECONDS, megabytes=MEGABYTES), ""
    except ReadError as error:
        return None, str(error)
