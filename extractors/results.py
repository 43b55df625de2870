"""Pick the quantities of a sentence that are results, split into single rows, each with its metric."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.metric_choice import LocalMention, Metric, choose_metric, metric_candidates
from extractors.pairing import ordinal_of, partner_of
from extractors.quantities import FoundQuantity, find_quantities
from extractors.roles import Role, role_of
from extractors.text import Sentence
from extractors.units import unit_of
from ontology import Ontology
from ontology.model import Document, Measurement

__all__ = ["Result", "in_sentence", "results"]

Result = tuple[FoundQuantity, Metric]
_MOVED = re.compile(
    r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?|lie[sd]?|lying|distribut\w+|window"
    r"|scatter\w*|anywhere|tun(?:ed|able)|siz(?:es?|ed|ing)|fluctuat\w*|thickness(?:es)?|diameters?)\s+"
    r"(?:\w+\s+){0,2}from\s*$",
    re.I,
)
_CHANGE = re.compile(
    r"\b(?:reduc|decreas|increas|improv|drop|fall|fell|rise|rose|lower|rais|grow|grew|shrink|shrank|boost"
    r"|lift|enhanc|declin|climb|sank|sink|bring|brought|cut|chang|shift|extend|enlarg|refin|diminish|doubl"
    r"|jump|plummet|reced)\w*[^.;]{0,90}$",
    re.I,
)
_RECIPE = frozenset(
    {
        "length",
        "time",
        "temperature",
        "mass fraction",
        "volume fraction",
        "pressure",
        "capacity",
        "areal mass",
        "ratio",
        "density",
    }
)
_PROCESS = re.compile(
    r"\btemperatures?\b|^\W*(?:the\s+)?(?:(?!after|upon|by|following|with|before|during)\w+\s+)?(?:heat"
    r"|anneal|calcin|sinter|carboni|dry|treat|bak|pyroly|cur)\w*\b",
    re.I,
)
_CONNECTED = re.compile(
    r"\s*(?:\([^()]{0,24}\)\s*)?(?:,?\s*(?:and|or|to|through|then|versus|vs\.?|as against|against"
    r"|instead of|rather than|compared (?:with|to)|in contrast to|down from|up from|from|not)\s+|,\s*)"
    r"(?:(?:the|some|only|just|a mere|a|about|finally)\s+){0,2}[~≈<>]?\s*",
    re.I,
)


def results(
    sentence: Sentence,
    quantities: Sequence[FoundQuantity],
    mentions: Sequence[LocalMention],
    before: Sequence[Measurement],
    ontology: Ontology,
) -> list[Result]:
    """Return the results of a sentence in order; ``before`` are the measurements of its paragraph so far."""
    rows = list(_single_rows(sentence.text, quantities, mentions, sentence, ontology, before))
    return _respectively(sentence.text, rows, mentions, ontology)


def in_sentence(sentence: Sentence, document: Document) -> list[FoundQuantity]:
    """Find a sentence's quantities in the source, where an exponent is no range, placed in the sentence's own text."""
    start, end = sentence.source
    raw = document.text[start:end]
    for citation in sentence.citations:
        low, high = max(citation.start - start, 0), min(citation.end - start, len(raw))
        raw = raw[:low] + " " * max(0, high - low) + raw[high:] if low < high else raw
    kept = []
    for found in find_quantities(raw):
        at = sentence.locate(start + found.start)
        if at < len(sentence.text) and sentence.offsets[at] == start + found.start:
            kept.append(_shifted(found, sentence, start))
    return kept


def _shifted(found: FoundQuantity, sentence: Sentence, start: int) -> FoundQuantity:
    low, high = sentence.locate(start + found.start), sentence.locate(start + found.end - 1) + 1
    return replace(found, start=low, end=high, parts=tuple(_shifted(p, sentence, start) for p in found.parts))


def _single_rows(
    text: str,
    quantities: Sequence[FoundQuantity],
    mentions: Sequence[LocalMention],
    sentence: Sentence,
    ontology: Ontology,
    before: Sequence[Measurement],
) -> Iterator[tuple[FoundQuantity, Metric]]:
    """Yield the quantities that are results, split into single rows, with their metric."""
    last: tuple[FoundQuantity, Role, Metric] | None = None
    for found in quantities:
        role = role_of(text, found)
        joined = last if last and _coordinated(text, last[0], found) else None
        if role.kind == "condition" and joined is None:
            last = None
            continue
        metric = choose_metric(text, found, quantities, mentions, ontology=ontology)
        if joined is not None and (metric is None or role.kind == "condition"):
            role, metric = joined[1:]
        if metric is None or metric.start < 0:
            metric = _carried(found, before, ontology) or metric
        if metric is None or (role.kind == "either" and not _characterises(text, found, role, sentence)):
            last = None
            continue
        if sentence.role == "methods" and found.dimension in _RECIPE:
            continue
        last = (found, role, metric)
        for part in _rows(text, found, role):
            yield part, metric


def _respectively(
    text: str, values: list[tuple[FoundQuantity, Metric]], mentions: Sequence[LocalMention], ontology: Ontology
) -> list[tuple[FoundQuantity, Metric]]:
    """Give coordinated values the coordinated metrics in their order, where the sentence says "respectively"."""
    places = [(v.start, v.end) for v, _ in values]
    paired = []
    for value, metric in values:
        ordinal = ordinal_of(text, (value.start, value.end), places)
        candidates = metric_candidates(text, value, mentions, ontology=ontology) if ordinal else []
        index = partner_of(text, ordinal, [(c.start, c.end) for c in candidates]) if ordinal else None
        paired.append((value, metric if index is None else replace(candidates[index], cost=0.0)))
    return paired


def _coordinated(text: str, first: FoundQuantity, second: FoundQuantity) -> bool:
    """Tell whether two quantities of one dimension stand in one list: "0.1 MPa (A), 0.2 MPa (B) and 0.5 MPa"."""
    return first.dimension == second.dimension and bool(_CONNECTED.fullmatch(text[first.end : second.start]))


def _carried(found: FoundQuantity, before: Sequence[Measurement], ontology: Ontology) -> Metric | None:
    """Take up the metric of the paragraph's last value in the same kind of unit, where the sentence names none."""
    for earlier in reversed(before):
        unit = unit_of(earlier.quantity.unit)
        if (
            unit is not None
            and unit.dimension == found.dimension
            and found.dimension not in ("fraction", "temperature", "time")
        ):
            return Metric(earlier.metric, ontology.concepts.get(earlier.metric_concept or ""), cost=10.0)
    return None


def _characterises(text: str, found: FoundQuantity, role: Role, sentence: Sentence) -> bool:
    """Tell a parameter under study from a recipe."""
    if sentence.role == "methods":
        return False
    return role.field != "process_temperature" or bool(_PROCESS.search(text[max(0, found.start - 90) : found.start]))


def _rows(text: str, found: FoundQuantity, role: Role) -> tuple[FoundQuantity, ...]:
    """Split "from A to B" and lists into rows, unless they bound one range or a series of samples."""
    if found.relation == "from_to" and (_CHANGE.search(text[: found.start]) or not _MOVED.search(text[: found.start])):
        return found.parts
    if found.relation == "list" and not (role.kind == "either" and len(found.parts) > 2):
        return found.parts
    return (found,)
