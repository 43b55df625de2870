"""The values an answer is made of, and their JSON.

``Answer -> AnswerRow -> Edge -> Quote``: terminal, JSON and page all show these same values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ontology.model import Evidence, Kind, Verdict

NOTHING_SAID = "no paper in this library says so"


@dataclass(frozen=True, slots=True)
class Quote:
    """Hold one sentence behind an answer; ``start`` and ``end`` count characters of the document's text, half-open."""

    document: str  # document id
    doi: str  # of the work
    quote: str
    start: int
    end: int
    hedged: bool = False
    source_kind: str = "own_result"
    citations: tuple[str, ...] = ()
    section: str = ""
    summary_of: str = ""  # DOI, where the document is a digest of a work and not the work itself
    title: str = ""
    text_sha256: str = ""  # opens the text that the offsets count in
    marks: tuple[Evidence, ...] = ()  # cause, cue, target, condition, value: where they stand
    work: str = ""  # key of the work
    confounds: tuple[str, ...] = ()  # levers changed together with the cause: "carbon coating (in the same sentence)"

    @property
    def origin(self) -> str:
        """Name where the words come from; a digest is never shown as the paper itself."""
        return f"summary of DOI {self.summary_of}" if self.summary_of else self.title or self.document

    def marked(self, role: str) -> str:
        """Return the words of the quote that play a role, empty where they stand elsewhere."""
        for mark in self.marks:
            if mark.role == role and self.start <= mark.start <= mark.end <= self.end:
                return self.quote[mark.start - self.start : mark.end - self.start]
        return ""


def confounds_of(evidence: Sequence[Quote]) -> tuple[str, ...]:
    """Return the levers to which what these sentences say may be due as well, and how many of them do without."""
    counts = Counter(mark for quote in evidence for mark in quote.confounds)
    whole = len(evidence)
    shares = ((mark, "" if count == whole else f", {count} of {whole} sentences)") for mark, count in counts.items())
    return tuple(f"{mark.removesuffix(')')}{share}" if share else mark for mark, share in shares)


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold what else a lever does: the other edge of an answer."""

    target: str
    verdict: Verdict
    conditions: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()
    target_concept: str = ""
    direction: str = ""
    regime: str = ""
    change: str = "applied"

    @property
    def confounds(self) -> tuple[str, ...]:
        """Return the levers to which this may be due as well."""
        return confounds_of(self.evidence)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Hold one ranked answer."""

    concept: str  # IRI
    label: str
    kind: Kind
    verdict: Verdict
    target: str
    direct: bool = True
    via: tuple[str, ...] = ()  # labels of what lies between, in order
    papers: int = 0  # independent works
    belief: float | None = None  # in [0, 1]; None where nothing is believed (a gap, a measurement)
    conditions: tuple[str, ...] = ()  # "field: text"
    value: str = ""  # of a measurement, with its unit
    other_edge: tuple[Edge, ...] = ()
    evidence: tuple[Quote, ...] = ()
    target_concept: str = ""
    direction: str = ""
    regime: str = ""
    change: str = "applied"
    role: str = ""  # what the row says of the question: helps, improves, worsens, causes, suppresses …

    @property
    def confounds(self) -> tuple[str, ...]:
        """Return the levers to which this may be due as well."""
        return confounds_of(self.evidence)


@dataclass(frozen=True, slots=True)
class Understood:
    """Hold how a question was read: a catalogue question, its parameters, and the reading in words."""

    question_id: str
    parameters: Mapping[str, str]
    paraphrase: str
    slots: Mapping[str, str] = field(default_factory=dict)  # slot -> IRI of the concept its words name
    regime: str = ""
    verdict: str = ""  # that the question asks for; empty for any


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the answer to one question; ``understood`` is None where the question was not understood."""

    question: str
    understood: Understood | None = None
    answers: tuple[AnswerRow, ...] = ()
    sparql: str = ""
    cypher: str = ""
    suggestions: tuple[str, ...] = ()
    notice: str = ""  # e.g. NOTHING_SAID, or why the question was not understood


def to_json(answer: Answer) -> dict[str, Any]:
    """Render an answer as the JSON object other programs read."""
    understood = answer.understood
    return {
        "question": answer.question,
        "understood": None
        if understood is None
        else {
            "question_id": understood.question_id,
            "parameters": dict(understood.parameters),
            "paraphrase": f"{understood.paraphrase}: {answer.notice}" if answer.notice else understood.paraphrase,
        },
        "answers": [_row(row) for row in answer.answers],
        "sparql": answer.sparql,
        "cypher": answer.cypher,
        "suggestions": list(answer.suggestions),
    }


def _row(row: AnswerRow) -> dict[str, Any]:
    value = {"value": row.value} if row.value else {}
    return {
        "concept": row.concept,
        "label": row.label,
        "kind": row.kind,
        "verdict": row.verdict,
        "target": row.target,
        "direct": row.direct,
        "via": list(row.via),
        "papers": row.papers,
        "belief": row.belief,
        "conditions": list(row.conditions),
        **value,
        "other_edge": [
            {
                "target": edge.target,
                "verdict": edge.verdict,
                "conditions": list(edge.conditions),
                "evidence": [_quote(quote) for quote in edge.evidence],
                **_marked(edge.confounds),
            }
            for edge in row.other_edge
        ],
        "evidence": [_quote(quote) for quote in row.evidence],
        **_marked(row.confounds),
    }


def _marked(confounds: Sequence[str]) -> dict[str, Any]:
    return {"confounds": list(confounds)} if confounds else {}


def _quote(quote: Quote) -> dict[str, Any]:
    label = f"{quote.document} ({quote.origin})" if quote.summary_of else quote.document
    return {
        "document": label,
        "doi": quote.doi,
        "quote": quote.quote,
        "start": quote.start,
        "end": quote.end,
        "hedged": quote.hedged,
        "source_kind": quote.source_kind,
        "citations": list(quote.citations),
        **_marked(quote.confounds),
    }
