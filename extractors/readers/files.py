"""Open a file for reading: limits, hashes, and errors in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ontology.errors import ReadError
from ontology.model import Document

MAX_BYTES = 50_000_000  # publisher PDFs with images seldom pass 30 MB


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a file's bytes and where they came from."""

    path: Path
    data: bytes

    @property
    def id(self) -> str:
        """Return the document id: the file's stem."""
        return self.path.stem

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes."""
        return sha256(self.data).hexdigest()

    def error(self, wrong: str, remedy: str) -> ReadError:
        """Build the one-line error for this file."""
        return _error(self.path, wrong, remedy)


Reader = Callable[[Source], Document]


def load(path: Path, *, max_bytes: int) -> Source:
    """Read a file's bytes; refuse folders, empty files and files above ``max_bytes`` before reading them."""
    try:
        if path.is_dir():
            raise _error(path, "is a folder", "give a file, or ingest the folder")
        size = path.stat().st_size
        if not path.is_file():
            raise _error(path, "is not a regular file", "give a file")
        if size > max_bytes:
            limit = f"{size / 1e6:.0f} MB, above the limit of {max_bytes / 1e6:.0f} MB"
            raise _error(path, limit, "split it or reduce its images")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise _error(path, "no such file", "check the path") from error
    except PermissionError as error:
        raise _error(path, "may not be read", "check its permissions") from error
    except (OSError, ValueError) as error:
        raise _error(path, f"cannot be opened ({type(error).__name__})", "check the path and the disk") from error
    if not data.strip(b"\xef\xbb\xbf\xfe\xff\x00\t\n\r\x0b\x0c "):
        raise _error(path, "is empty", "give a file with text in it")
    return Source(path, data)


def text_hash(text: str) -> str:
    """Hash a document's text as UTF-8."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _error(path: Path, wrong: str, remedy: str) -> ReadError:
    name = str(path).encode("unicode_escape").decode("ascii") if not str(path).isprintable() else str(path)
    return ReadError(f"{name}: {wrong}; {remedy}.")
