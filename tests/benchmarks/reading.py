"""Measure the readers beside the bare parser of the same file: what structure, tables and call-outs cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pypdfium2
from lxml import etree

from extractors import read
from tests.benchmarks.measure import Ratio, best
from tests.conftest import SHARED

__all__ = ["publishers_files", "reading_ratios"]


def publishers_files() -> list[Path]:
    """Return the real PDFs and JATS files beside the repository; none where they are absent."""
    real = SHARED / "papers" / "real"
    return [
        path for path in (*sorted(real.glob("pdf/*.pdf")), *sorted(real.glob("jats/*.xml"))) if "odd" not in path.name
    ]


def reading_ratios(papers: Sequence[Path], *, rounds: int) -> list[Ratio]:
    """Read the PDFs and JATS files among some papers, against PDFium's own text and a bare parse."""
    heads = {path: path.read_bytes()[:200_000] for path in papers}
    pdfs = [path for path, head in heads.items() if head.startswith(b"%PDF")]
    jats = [path for path, head in heads.items() if b"<article" in head and b"<!DOCTYPE html" not in head]
    return [
        *_ratio("read PDF / raw pypdfium2 text", pdfs, raw_text, 2.0, rounds),
        *_ratio("read JATS / bare lxml parse", jats, bare_parse, 4.0, rounds),
    ]


def _ratio(name: str, paths: Sequence[Path], bare: Callable[[Path], object], bound: float, rounds: int) -> list[Ratio]:
    if not paths:
        return []
    ours = sum(best(partial(read, path), rounds=rounds) for path in paths)
    theirs = sum(best(partial(bare, path), rounds=rounds) for path in paths)
    return [Ratio(name, ours, theirs, "≤", bound)]


def raw_text(path: Path) -> str:
    """Return PDFium's text of every page."""
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def bare_parse(path: Path) -> etree._Element:
    """Parse a file and do nothing with it."""
    return etree.fromstring(path.read_bytes())
