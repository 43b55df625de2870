"""What a reader changes about how a question was understood: pure, from a reading to a reading, from rows to rows.

Concepts and circumstances change what is asked of the catalogue; verdict, source and way narrow what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.answer import AnswerRow, Quote
from app.linking import Link, Reading
from ontology.model import Regime, Verdict
from ontology.terms import Ontology

Source = Literal["own", "cited"]
Way = Literal["direct", "inferred"]

# What a phrasing asks for by its verb; a wish for another verdict takes the verb's place.
VERDICT_OF_ROLE: Mapping[str, Verdict] = {
    "helps": "beneficial",
    "harms": "detrimental",
    "suppresses": "beneficial",
    "causes": "detrimental",
    "gains": "beneficial",
    "costs": "detrimental",
    "mechanism": "beneficial",
    "mechanism_harms": "detrimental",
}
# Slots that a question may be narrowed by although its words did not name them.
EXTRA_SLOTS: Mapping[str, tuple[str, ...]] = {
    "strategies-that-help": ("class",),
    "causes-and-suppressors": ("class",),
    "double-edged-strategies": ("class",),
    "no-evidence": ("class",),
    "measurements-of-metric": ("subject",),
}
# How a wished verdict is worded: by another verb where there is one, else in brackets besides.
_VERB = re.compile(r"\b(?:help|harm|improve|worsen|causes|suppresses)\b")
_SINGULAR = frozenset({"causes", "suppresses"})
_VERBS: Mapping[str, tuple[str, str]] = {"beneficial": ("help", "suppresses"), "detrimental": ("harm", "causes")}
_EITHER = ("bear on", "bears on")
_BRACKETS = {"neutral": "no effect only", "mixed": "both ways only", "undetermined": "not evaluated only"}
_CITED = frozenset({"cited", "review_synthesis", "background"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """Hold what the reader wants otherwise; empty means as the words say."""

    concepts: Mapping[str, str] = field(default_factory=dict)  # slot -> IRI; "" leaves the slot open
    regime: Regime | Literal["any"] | None = None
    verdict: Verdict | Literal["any"] | None = None
    source: Source | None = None
    way: Way | None = None

    def said(self) -> tuple[str, ...]:
        """Return what narrows the answer beyond the question's words, in words."""
        told = {"own": "own results only", "cited": "cited statements only"}.get(self.source or "", "")
        way = {"direct": "stated effects only", "inferred": "inferred help only"}.get(self.way or "", "")
        verdict = _BRACKETS.get(self.verdict or "", "")
        return tuple(text for text in (verdict, told, way) if text)

    def worded(self, said: str) -> str:
        """Return a question's words with its verb turned to the wished verdict.

        >>> Wishes(verdict="detrimental").worded("Which strategies help calendar life")
        'Which strategies harm calendar life'
        """
        if not self.verdict:
            return said
        plural, singular = _VERBS.get(self.verdict, _EITHER)
        return _VERB.sub(lambda verb: singular if verb[0] in _SINGULAR else plural, said, count=1)


NO_WISHES = Wishes()


def reread(reading: Reading, wishes: Wishes, ontology: Ontology) -> Reading:
    """Return the reading with other concepts and circumstances; what a wish leaves open is asked of everything."""
    slots = dict(reading.slots)
    for slot, iri in wishes.concepts.items():
        if not iri:
            slots.pop(slot, None)
        elif iri in ontology.concepts:
            concept = ontology.get(iri)
            slots[slot] = Link(text=concept.label, concept=concept)
    circumstances = dict(reading.circumstances)
    if wishes.regime == "any":
        circumstances.pop("regime", None)
    elif wishes.regime:
        circumstances["regime"] = wishes.regime
    return replace(reading, slots=slots, circumstances=circumstances, verdict=wishes.verdict)


def narrowed(rows: Iterable[AnswerRow], wishes: Wishes) -> tuple[AnswerRow, ...]:
    """Keep the rows that fit, each with the sentences that fit; works are counted anew among these."""
    kept = []
    for row in rows:
        if wishes.way and row.direct != (wishes.way == "direct"):
            continue
        if wishes.verdict not in (None, "any") and row.evidence and not row.value and row.verdict != wishes.verdict:
            continue
        if wishes.source and row.evidence:
            quotes = tuple(quote for quote in row.evidence if _comes_from(quote, wishes.source))
            if not quotes:
                continue
            row = replace(row, evidence=quotes, papers=len({quote.work or quote.document for quote in quotes}))
        kept.append(row)
    return tuple(kept)


def _comes_from(quote: Quote, source: Source) -> bool:
    return quote.source_kind == "own_result" if source == "own" else quote.source_kind in _CITED
