"""A small library of made-up works, built without the extractor, so that answers can be told beforehand."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import main
from kg import Graph, Library, open_library
from ontology.model import (
    Assertion,
    Conditions,
    Direction,
    Document,
    Evidence,
    Extraction,
    Measurement,
    Quantity,
    Regime,
    SourceKind,
    Span,
    Verdict,
)
from ontology.terms import Concept, load_ontology

ONTOLOGY = load_ontology()


@dataclass(frozen=True)
class Says:
    """One sentence with its cause, target and direction; names must stand in the sentence."""

    sentence: str
    cause: str
    target: str
    direction: Direction
    regime: Regime | None = None
    hedged: bool = False
    source_kind: SourceKind = "own_result"


def concept(name: str) -> Concept:
    found = ONTOLOGY.find(name)
    assert found is not None, name
    return found


def assertion(says: Says, start: int) -> Assertion:
    cause, target = ONTOLOGY.find(says.cause), concept(says.target)
    cause_at = start + says.sentence.index(says.cause)
    target_at = start + says.sentence.index(says.target)
    verdict: Verdict = ONTOLOGY.verdict(target.iri, says.direction)
    return Assertion(
        cause=cause.label if cause else says.cause,
        cause_concept=cause.iri if cause else None,
        cause_kind=cause.kind if cause else "strategy",
        cause_span=Span(cause_at, cause_at + len(says.cause)),
        target=target.label,
        target_concept=target.iri,
        target_kind=target.kind,
        target_span=Span(target_at, target_at + len(says.target)),
        direction=says.direction,
        verdict=verdict,
        conditions=Conditions(regime=says.regime),
        hedged=says.hedged,
        source_kind=says.source_kind,
        evidence=(Evidence("sentence", start, start + len(says.sentence), says.sentence),),
        extractor="by hand",
    )


def work(name: str, *sentences: Says, doi: str = "", summary_of: str = "") -> Extraction:
    text, effects = "", []
    for says in sentences:
        effects.append(assertion(says, len(text)))
        text += says.sentence + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id=name, path=f"{name}.txt", format="text", text=text, sha256=digest, text_sha256=digest,
        title=f"About {name}", doi=doi, summary_of=summary_of, reader="by hand",
    )  # fmt: skip
    return Extraction(document=document, effects=tuple(effects), extractor="by hand")


def with_measurement(extraction: Extraction, value: str, *, metric: str, subject: str, cycles: float) -> Extraction:
    document = extraction.document
    at = document.text.index(value)
    line = document.text[:at].rpartition("\n")[0]
    start = len(line) + 1 if line else 0
    sentence = document.text[start:].split("\n", 1)[0]
    number = float(value.split()[0])
    known = ONTOLOGY.find(subject)
    measured = Measurement(
        metric=concept(metric).label, metric_concept=concept(metric).iri,
        quantity=Quantity(value=number, unit="%", text=value), unit_iri="http://qudt.org/vocab/unit/PERCENT",
        canonical_value=number, canonical_unit="%", value_span=Span(at, at + len(value)), subject=subject,
        subject_concept=known.iri if known else None,
        conditions=Conditions(cycles=Quantity(value=cycles, text=f"{cycles:g} cycles")),
        evidence=(Evidence("sentence", start, start + len(sentence), sentence),), extractor="by hand",
    )  # fmt: skip
    return Extraction(document=document, effects=extraction.effects, measurements=(measured,), extractor="by hand")


WORKS = (
    work(
        "coated",
        Says("An artificial SEI prolongs calendar life.", "artificial SEI", "calendar life", "increases", "storage"),
        Says("The artificial SEI lowers rate capability.", "artificial SEI", "rate capability", "decreases"),
        Says("A uniform SEI slows gas generation.", "uniform SEI", "gas generation", "decreases", "storage"),
        doi="10.1000/coated",
    ),
    work(
        "again",
        Says("Here artificial SEI aids calendar life.", "artificial SEI", "calendar life", "increases", "storage"),
        Says(
            "Possibly C2H4 growth inhibition helps calendar life.",
            "C2H4 growth inhibition", "calendar life", "increases", "storage", hedged=True,
        ),
        doi="10.1000/again",
    ),
    work(
        "fec",
        Says("FEC improves cycling stability.", "FEC", "cycling stability", "increases", "cycling"),
        Says("When hot, FEC aggravates HF corrosion.", "FEC", "HF corrosion", "increases", "storage"),
        Says("FEC shortens calendar life.", "FEC", "calendar life", "decreases", "storage"),
        summary_of="10.1000/fec",
    ),
    with_measurement(
        work(
            "coined",
            Says("ZQ-17 binder at 71.9 % capacity retention.", "ZQ-17 binder", "capacity retention", "increases"),
        ),
        "71.9 %", metric="capacity retention", subject="ZQ-17 binder", cycles=1050,
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def hand_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library that holds WORKS."""
    folder = tmp_path_factory.mktemp("hand-made")
    with Library.open(folder) as library:
        for extraction in WORKS:
            library.add(extraction)
    return folder


@pytest.fixture(scope="session")
def graph(hand_made: Path) -> Iterator[Graph]:
    """Return the open graph of the hand-made library."""
    with open_library(hand_made) as opened:
        yield opened


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in this process and return its status, output and errors."""
    monkeypatch.setenv("ANODEKG_LIBRARY", str(tmp_path / "library"))

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["anodekg", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        return int(end.value.code or 0), out, err

    return run


def process(arguments: Sequence[object], **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "app.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, timeout=120, check=False)
