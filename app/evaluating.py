"""Read annotated passages as papers are read, for an evaluation."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.evaluation.gold import Passage
from app.evaluation.measuring import Sample
from app.progress import Notify, Step, silent
from extractors import extract, read
from ontology.errors import ReadError

_OURS = Path(__file__).resolve().parents[1] / "tests" / "gold" / "passages"


def own_gold() -> Path:
    """Return the passages of the checkout this runs from; raise ReadError where it is none."""
    if not _OURS.is_dir():
        raise ReadError(
            "the annotated passages are part of the source, not of the package; give a folder of NNN.json with --gold"
        )
    return _OURS


def read_samples(passages: Sequence[Passage], *, min_confidence: float, progress: Notify = silent) -> list[Sample]:
    """Read and extract each passage twice: all that can be said of it, and what the dial lets through."""
    samples = []
    with tempfile.TemporaryDirectory(prefix="anodekg-") as folder:
        for done, passage in enumerate(passages):
            progress(Step(done, len(passages), "reading", passage.id))
            file = Path(folder) / f"{passage.id}.txt"
            file.write_text(passage.text, encoding="utf-8")
            document = read(file)
            if document.text.rstrip() != passage.text.rstrip():
                raise ReadError(f"passage {passage.id}: does not read as it is written; keep passages to plain text")
            everything = extract(document, min_confidence=0.0)
            samples.append(Sample(passage, everything, extract(document, min_confidence=min_confidence)))
        progress(Step(len(passages), len(passages), "done"))
    return samples
