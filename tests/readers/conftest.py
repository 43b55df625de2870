"""Helpers of the reader tests: files from text, and the invariants every Document keeps."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from extractors.readers import read
from ontology.model import Document

SHARED = Path(__file__).parents[2] / "../shared"


def shared(name: str) -> Path:
    """Return a file of the shared material, or skip."""
    path = SHARED / "papers" / name
    if not path.exists():
        pytest.skip(f"the shared material is absent: {path}")
    return path


def check_spans(document: Document) -> None:
    """Assert what every consumer of a Document relies on."""
    text, size = document.text, len(document.text)
    assert document.text_sha256 == sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    for block in document.blocks:
        assert block.pieces
        last = 0
        for start, end in block.pieces:
            assert 0 <= last <= start < end <= size
            last = end
    last = 0
    for citation in document.citations:
        assert 0 <= last <= citation.start <= citation.end <= size
        assert citation.keys
        last = citation.end
    for table in document.tables:
        last = 0
        for cell in table.cells:
            assert 0 <= last <= cell.start <= cell.end <= size
            assert cell.row >= 0 <= cell.column
            last = cell.end
        if table.caption:
            assert 0 <= table.caption.start < table.caption.end <= size
    keys = [reference.key for reference in document.references]
    assert len(keys) == len(set(keys))


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Document]:
    """Write bytes or text to a file, read it, check its spans."""

    def write_and_read(content: str | bytes, *, name: str = "paper.txt") -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        document = read(path)
        check_spans(document)
        return document

    return write_and_read


def quoted(document: Document, kind: str) -> list[str]:
    """Return the texts of the blocks of a kind, pieces parted by a bar."""
    blocks = (block for block in document.blocks if block.kind == kind)
    return ["|".join(document.text[start:end] for start, end in block.pieces) for block in blocks]


def cited(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """Return what each call-out shows and its keys."""
    return [(document.text[one.start : one.end], one.keys) for one in document.citations]
