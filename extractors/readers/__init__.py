"""Readers: a file becomes a Document; the format is told by content, never by name.

Adding a format: one module with ``read(source: Source) -> Document`` and one row in ``READERS``.
"""

from importlib import import_module
from pathlib import Path
from typing import cast

from extractors.readers.files import MAX_BYTES, Reader, load
from extractors.readers.sniff import detect
from ontology.model import Document

__all__ = ["MAX_BYTES", "READERS", "read"]

# Format -> module, imported when the first file of its format is read.
READERS: dict[str, str] = {
    "elsevier": "extractors.readers.elsevier",
    "html": "extractors.readers.html",
    "jats": "extractors.readers.jats",
    "markdown": "extractors.readers.markdown",
    "pdf": "extractors.readers.pdf",
    "tei": "extractors.readers.tei",
    "text": "extractors.readers.text",
}


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read a paper or digest of any known format.

    Raises ReadError, naming the file and the remedy, for whatever cannot be read faithfully.
    """
    source = load(Path(path), max_bytes=max_bytes)
    reader = cast(Reader, import_module(READERS[detect(source)]).read)
    return reader(source)
