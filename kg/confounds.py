"""Find in one work the findings that credit one change to two causes at once, and mark them: pure.

A mark is data on the claim: the other levers that were changed together with its own, so that neither the sentence nor
the work tells which of them did it. An effect bears the marks of its claims, with the number of works that have them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.claims import WorkClaims
from ontology import Ontology
from ontology.identity import fold_title, local_iri
from ontology.model import Assertion

__all__ = ["Confounder", "confound_text", "confounders_of", "confounds_of", "pooled_text"]

_LEVERS = frozenset({"strategy", "material", "condition"})  # what a person changes
_LEVELS: Mapping[str, str] = {"sentence": "in the same sentence", "work": "in the same work"}
_EITHER, _BOTH = re.compile(r"\bor\b"), re.compile(r"\b(?:and|plus|together)\b")


class Confounder(NamedTuple):
    """Hold another lever to which a claim's change may be due."""

    level: str  # sentence | work
    label: str
    lever: str  # IRI


def confounds_of(claims: WorkClaims) -> Iterator[tuple[str, str, str]]:
    """Yield (level, assertion IRI, other assertion IRI), either way round, for each pair that cannot be told apart.

    ``sentence``: one mention of the target is credited to both. ``work``: own results on the same target with the same
    sign, neither against the other. Whether they are levers, or kinds of one another, is for the asker to see.
    """
    alike: defaultdict[tuple[str, str], list[tuple[str, Assertion]]] = defaultdict(list)
    for iri, said in claims.effects:
        if not said.negated:
            alike[said.target_concept or fold_title(said.target), said.direction].append((iri, said))
    for group in alike.values():
        for iri, said in group:
            for other_iri, other in group:
                if _cause(said) != _cause(other) and (level := _level(said, other)):
                    yield level, iri, other_iri


def confounders_of(claims: WorkClaims, ontology: Ontology) -> dict[str, tuple[Confounder, ...]]:
    """Return the levers each claim of a work is confounded with, by the claim's IRI; kinds of one another are one."""
    said, found = dict(claims.effects), defaultdict[str, dict[str, Confounder]](dict)
    for level, iri, other_iri in confounds_of(claims):
        one, other = said[iri], said[other_iri]
        if one.cause_kind in _LEVERS and other.cause_kind in _LEVERS and not _kin(one, other, ontology):
            lever = other.cause_concept or local_iri(claims.work, other.cause)
            known = ontology.concepts.get(lever)
            mark = Confounder(level, known.label if known else other.cause, lever)
            found[iri][lever] = min(mark, found[iri].get(lever, mark))
    return {iri: tuple(sorted(marks.values())) for iri, marks in found.items()}


def confound_text(marks: Iterable[Confounder]) -> str:
    """Return the marks of one claim in a line: "carbon coating (in the same sentence); PAA (in the same work)"."""
    return "; ".join(dict.fromkeys(f"{mark.label} ({_LEVELS[mark.level]})" for mark in sorted(marks)))


def pooled_text(marks: Mapping[str, Collection[Confounder]], works: Mapping[str, Collection[str]]) -> str:
    """Return the marks of an effect in a line, given those of its claims and the works each claim speaks for.

    "carbon coating (in the same sentence, 1 of 2 works)": another work bears the effect out without that lever.
    """
    every = {work for own in works.values() for work in own}
    levers: defaultdict[str, list[Confounder]] = defaultdict(list)
    free: defaultdict[str, set[str]] = defaultdict(set)
    for iri in works:
        for mark in marks.get(iri, ()):
            levers[mark.lever].append(mark)
    for lever in levers:
        for iri, own in works.items():
            if not any(mark.lever == lever for mark in marks.get(iri, ())):
                free[lever] |= set(own)
    told = []
    for mark in sorted(min(found) for found in levers.values()):
        kept = len(every - free[mark.lever])
        share = f", {kept} of {len(every)} works" if kept < len(every) else ""
        told.append(f"{mark.label} ({_LEVELS[mark.level]}{share})")
    return "; ".join(dict.fromkeys(told))


def _kin(one: Assertion, other: Assertion, ontology: Ontology) -> bool:
    """Say whether one cause is a kind of the other: what holds of both is one finding in two words."""
    first, second = one.cause_concept or "", other.cause_concept or ""
    known = {iri for iri in (first, second) if iri in ontology.concepts}
    return len(known) == 2 and (first in ontology.ancestors(second) or second in ontology.ancestors(first))


def _cause(said: Assertion) -> str:
    return said.cause_concept or fold_title(said.cause)


def _level(said: Assertion, other: Assertion) -> str:
    if said.target_span == other.target_span:
        return "" if _are_alternatives(said, other) else "sentence"
    return "work" if _own_against_nothing(said) and _own_against_nothing(other) else ""


def _are_alternatives(said: Assertion, other: Assertion) -> bool:
    """Say whether two causes are named one or the other: then each was changed by itself."""
    sentence = said.evidence[0] if said.evidence else None
    first, second = sorted((said.cause_span, other.cause_span))
    start, end = (first.end, second.start) if first != second else first  # one phrase may name both
    if sentence is None or not sentence.start <= start <= end <= sentence.end:
        return False
    between = sentence.text[start - sentence.start : end - sentence.start]
    return bool(_EITHER.search(between)) and not _BOTH.search(between)


def _own_against_nothing(said: Assertion) -> bool:
    return said.source_kind == "own_result" and (said.comparator is None or said.comparator.type == "untreated")
