"""Name the versions a reading depends on: its reader, the extractor's code, and the words it goes by.

A digest covers the modules that really take part, found by their import lines, so that a change of the PDF reader asks
for the PDFs again and for nothing else, and a change of a source or of the sandbox for nothing at all.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from extractors.language import MODEL
from extractors.readers import READERS

__all__ = ["extractor_version", "lexicon_version", "reader_version"]

_ROOT = Path(__file__).parents[1]  # the folder that holds our packages
_IMPORT = re.compile(r"^(?:from\s+([\w.]+)\s+import\s+(.+)|import\s+([\w.]+))", re.MULTILINE)
_OURS = ("extractors", "ontology")
_LIBRARIES = frozenset({"lxml", "pypdfium2"})  # that decide what a reader sees
_CODE = (".py", ".pyc")


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Return name, digest of the extractor's code and words, and language model; readers apart."""
    code = _digest(_closure("extractors.pipeline"))
    return f"anodekg-rules {hashlib.sha256((code + lexicon_version()).encode()).hexdigest()[:12]}, {MODEL}"


@lru_cache(maxsize=1)
def lexicon_version() -> str:
    """Return the digest of the extractor's words and weights: every file beside its code that is no code."""
    below = _ROOT / "extractors"
    folders = [below, *(f for f in below.rglob("*") if f.is_dir() and not f.name.startswith("_"))]
    files = [f for folder in folders for f in folder.iterdir() if f.is_file() and f.suffix not in _CODE]
    return _digest(frozenset(files))[:12]


@lru_cache(maxsize=32)
def reader_version(form: str) -> str:
    """Return the digest of the code that detects and reads a format, with the versions of the libraries it uses.

    An unknown format may be any: then all readers count.
    """
    files = _closure("extractors.readers")
    for name in (form,) if form in READERS else READERS:
        files |= _closure(READERS[name])
    used = sorted({name for file in files for name in _imported(file) if name in _LIBRARIES})
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in used)
    return f"{form or 'any'} {_digest(files)[:12]}" + (f", {libraries}" if libraries else "")


def _closure(module: str) -> frozenset[Path]:
    """Return the files of a module and of all modules of ours that it imports, directly or not."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        file = _file(waiting.pop())
        if file is not None and file not in found:
            found.add(file)
            waiting += _imported(file)
    return frozenset(found)


@lru_cache(maxsize=512)
def _imported(file: Path) -> tuple[str, ...]:
    """Return the modules a file imports at its head: ours by their full names, others by their first."""
    names: list[str] = []
    for package, what, plain in _IMPORT.findall(file.read_text(encoding="utf-8")):
        module = package or plain
        if module.split(".")[0] not in _OURS:
            names.append(module.split(".")[0])
            continue
        names.append(module)
        names += [f"{module}.{name.split(' ')[0]}" for name in re.split(r"[\s,()]+", what) if name]
    return tuple(names)


def _file(module: str) -> Path | None:
    place = _ROOT.joinpath(*module.split("."))
    if module.split(".")[0] not in _OURS:
        return None
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def _digest(files: frozenset[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
