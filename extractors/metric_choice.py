"""Choose what a quantity measures: the nearest word or mention that its unit allows.

Words are rows of ``lexicon/metric_cues.tsv``; mentions count when their concept admits the unit. A change ("by 60%",
"1.6-fold") may be of any metric or failure mode.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extractors.patterns import clause_pattern
from extractors.quantities import FoundQuantity
from extractors.units import unit_of
from ontology import Concept, Ontology
from ontology.errors import LexiconError
from ontology.model import Kind, Mention

__all__ = ["LocalMention", "Metric", "choose_metric", "is_relative", "metric_candidates"]

_TABLE = Path(__file__).parent / "lexicon" / "metric_cues.tsv"
_RELATIVE_DIMENSIONS = frozenset({"ratio", "decades", "percentage points"})
_CONTENTS = frozenset({"fraction", "mass fraction", "volume fraction", "atomic fraction"})
_CONTENT = re.compile(
    r"\s*(?:by (?:weight|mass) )?(?:of\s+)?(?P<of>Si(?:Ox?|C|O2)?|silicon|carbon|graphite|oxygen|nitrogen"
    r"|fluorine|LiF|SiO_x|oxide)\b(?!\s+(?:loading|content|fraction|utili))",
    re.I,
)
_OPEN_DIMENSIONS = frozenset(
    {"fraction", "length", "time", "pressure", "voltage", "temperature", "particle energy", "number"}
)
_STATED = re.compile(
    r"(?<!\bat )(?<!\bin )(?<!under )(?<!with )\b(?P<name>(?:(?!(?:the|an?|its|their|of|and|or|with|is|was"
    r"|in|at|for|by|this|that|these|to|whose|has|have|shows?|gives?|reach\w*)\s)[A-Za-z+-]+\s){0,3}"
    r"(?:ratio|fraction|share|proportion|degree|efficiency|coefficient|length|width|distance|gap|energy"
    r"|strength|angle|number|gain|contribution|conversion|recovery|uptake|hysteresis|plateau|voltage"
    r"|potential|temperature|time|rate|depth|size|spacing|utili[sz]ation|purity|coverage|selectivity"
    r"|spread|deviation|radius|diameter|stress|barrier))s?"
    r"(?:\s+(?:of|for|in|on)\s+(?:[\w@/+-]+\s){0,4}?[\w@/+-]+)??\s+(?:of|is|was|are|were|reach(?:es|ed)"
    r"|equals|amounts? to|amounted to|comes? to|came to|exceeds?)\s+(?:(?:only|just|about|around"
    r"|approximately|nearly|as high as|as low as|up to|more than|less than|below|above)\s+)*[~≈<>≥≤]?\s*$",
    re.I,
)
_BARE_VERB = re.compile(
    r"(?:(?:is|are|was|were|still|has|had)\s+)?(?:keep\w*|kept|hold\w*|held|maintain\w*|preserv\w*"
    r"|sustain\w*|remain\w*|stay\w*|left|conserved)",
    re.I,
)
_CLAUSE_END = re.compile(r"[,;:\d]|\b(?:and|but|while|whereas)\b")
_BY = re.compile(
    r"\b(?:by|a factor of)\s+(?:(?:up to|as much as|about|approximately|nearly|almost|more than|over"
    r"|around|only|just|some|roughly|a factor of|at least|less than|a|an|further"
    r"|another)\s+)*[~≈<>≥≤]?\s*$",
    re.I,
)
_COMPARATIVE = re.compile(
    r"[\s-]*(?:higher|lower|more\b|less\b|greater|smaller|larger|faster|slower|better|longer|shorter"
    r"|thicker|thinner|increase|decrease|reduction|improvement|enhancement|gain|drop\b|rise\b|above that"
    r"|below that|that of)",
    re.I,
)
_VAGUE = frozenset({"thickness", "voltage", "impedance"})  # give way to any metric that says which
_IS_CHANGE = re.compile(r"expansion|swelling|strain|fade|loss|volume change|rise|growth rate|gain", re.I)
_LOST = re.compile(
    r"\b(?:los(?:t|es?|ing)|fad(?:ed?|es|ing)|sheds?|forfeit\w*|sacrific\w*|(?:declin|drop|decreas"
    r"|shr[aiu]nk|fell|fall)\w*\s+by)\s+(?:(?:only|just|about|up to|nearly|almost|over|more than|less than"
    r"|approximately|around|another|a further|by)\s+)*[~≈<>]?\s*$",
    re.I,
)
_LINK = re.compile(
    r"^\s*(?:rates?|ratios?|values?)?\s*(?:(?:of|is|was|are|were|being|reach(?:es|ed|ing)?|amount(?:s|ed"
    r"|ing)? to|equal(?:s|led)? to|exceed(?:s|ed|ing)?|to|at|by|from|as|high|low|as (?:high|low|much) as"
    r"|only|just|about|around|approximately|nearly|up|down|over|"
    r"ranges?|ranging|ranged|between|than|more|less|below|above|[:=(~≈<>≥≤]|came|rose|fell|dropped"
    r"|increased|decreased|improved|found|be|even|still|currently)\s*)*$",
    re.I,
)
_PREDICATE = re.compile(
    r"^[^,;()]{0,70}\s(?:is|was|were|are|of|reach(?:es|ed)|exceed(?:s|ed)|amount(?:s|ed) to|equal(?:s|led)"
    r"|stay(?:s|ed) (?:at|above|below)|remain(?:s|ed) (?:at|above|below))\s+(?:(?:only|just|about|around"
    r"|approximately|as|high|low|up|to|over|above|below|found|be|more|less|than|nearly"
    r"|still)\s+)*[~≈<>≥≤]?\s*$",
    re.I,
)
_RIGHT_AFTER = re.compile(
    r"^[\s-]*(?:of\s+(?:(?:the|its|their|this|that)\s+)?(?:(?:initial|original|first|reversible"
    r"|theoretical|total)\s+)?)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class LocalMention:
    """Hold a mention with its half-open place in the sentence's own text."""

    start: int
    end: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Metric:
    """Hold the metric chosen for a quantity; ``start`` is -1 where only the unit says so."""

    label: str
    concept: Concept | None
    start: int = -1
    end: int = -1
    cost: float = 0.0
    relative: bool = False
    cued: bool = False  # found by a row of the cue table, which names the unit's own dimension


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[tuple[str, re.Pattern[str] | None], ...]]:
    found: defaultdict[str, list[tuple[str, re.Pattern[str] | None]]] = defaultdict(list)
    for number, line in enumerate(_TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise LexiconError(f"{_TABLE.name}:{number}: needs dimensions, metric and expression between tabs")
        for dimension in cells[0].split(","):
            found[dimension].append((cells[1], None if cells[2] == "*" else clause_pattern(cells[2])))
    return {dimension: tuple(rows) for dimension, rows in found.items()}


def is_relative(text: str, found: FoundQuantity) -> bool:
    """Tell a change ("by 60%", "10% higher", "1.6-fold") from a level."""
    if found.dimension in _RELATIVE_DIMENSIONS:
        return True
    if found.dimension != "fraction":
        return False
    return bool(_BY.search(text, max(0, found.start - 50), found.start) or _COMPARATIVE.match(text, found.end))


def choose_metric(
    text: str,
    found: FoundQuantity,
    quantities: Sequence[FoundQuantity],
    mentions: Iterable[LocalMention],
    *,
    ontology: Ontology,
) -> Metric | None:
    """Choose the metric of a quantity, or None when nothing in the sentence fits its unit."""
    candidates = metric_candidates(text, found, mentions, ontology=ontology)
    if not candidates:
        return _by_unit(found, ontology)
    default = _by_unit(found, ontology)
    if default is not None and not any(
        c.cued or c.concept is None or is_relative(text, found) or _is_primary(c.concept, found) for c in candidates
    ):
        return default
    if len({c.label for c in candidates}) > 1:
        candidates = [c for c in candidates if c.label not in _VAGUE]
    costs = [(_cost(text, found, quantities, c), c.start, c) for c in candidates]
    cost, _, best = min(costs, key=lambda c: c[:2])
    if _BARE_VERB.fullmatch(text[best.start : best.end]):
        nouns = [c for c in candidates if c.end <= best.start and not _BARE_VERB.fullmatch(text[c.start : c.end])]
        best = next((c for c in reversed(nouns) if not _CLAUSE_END.search(text[c.end : best.start])), best)
    if best.label == "capacity retention" and _LOST.search(text, max(0, found.start - 60), found.start):
        best = Metric(*_known("capacity fade", ontology), best.start, best.end)
    relative = is_relative(text, found) and not _IS_CHANGE.search(best.label)
    return replace(best, cost=cost, relative=relative)


def metric_candidates(
    text: str, found: FoundQuantity, mentions: Iterable[LocalMention], *, ontology: Ontology
) -> list[Metric]:
    """List what the sentence names that the quantity may measure, in order of place; longer names hide shorter ones."""
    relative = is_relative(text, found)
    hits: list[Metric] = []
    for label, pattern in _cues().get(found.dimension, ()):
        if pattern is not None:
            hits += [
                Metric(*_known(label, ontology), m.start(), m.end(), cued=True)
                for m in pattern.finditer(text)
                if not _overlaps(m.span(), found)
            ]
    if found.dimension in _CONTENTS and (m := _CONTENT.match(text, found.end)):
        hits.append(Metric(*_known(f"{m['of']} content", ontology), *m.span("of")))
    for local in mentions:
        mention = local.mention
        if mention.kind not in ("metric", "failure_mode"):
            continue
        concept = ontology.concepts.get(mention.concept or "")
        if _overlaps((local.start, local.end), found):
            continue
        if (
            relative
            or _admits(concept, found)
            or (concept is None and found.dimension not in ("fraction", "time", "length", "temperature"))
        ):
            hits.append(Metric(mention.label, concept, local.start, local.end))
    return _longest([*hits, *_spelled_out(text, found, hits, ontology)])


def _spelled_out(text: str, found: FoundQuantity, hits: list[Metric], ontology: Ontology) -> list[Metric]:
    """Take the noun phrase that states the value as its metric, where no known name stands there."""
    m = _STATED.search(text, max(0, found.start - 90), found.start)
    if (
        m is None
        or found.dimension not in _OPEN_DIMENSIONS
        or any(h.start < m.end("name") and m.start("name") < h.end for h in hits)
    ):
        return []
    concept = ontology.find(m["name"], kind="metric")
    concept = concept if _admits(concept, found) else None
    return [Metric(concept.label if concept else m["name"], concept, *m.span("name"))]


def _longest(hits: list[Metric]) -> list[Metric]:
    kept: list[Metric] = []
    for hit in sorted(hits, key=lambda h: (-(h.end - h.start), h.concept is None, h.start)):
        if not any(hit.start < k.end and k.start < hit.end for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _overlaps(span: tuple[int, int], found: FoundQuantity) -> bool:
    return span[0] < found.end and found.start < span[1]


def _known(label: str, ontology: Ontology) -> tuple[str, Concept | None]:
    """Look up a metric the tables name; a synonym of something broader ("melting point") keeps its own name."""
    kinds: tuple[Kind, ...] = ("metric", "condition", "failure_mode")
    found = (ontology.find(label, kind=kind) for kind in kinds)
    return label, next((concept for concept in found if concept is not None and concept.label == label), None)


def _admits(concept: Concept | None, found: FoundQuantity) -> bool:
    if concept is None:
        return False
    return any(found.dimension == dimension_of(unit) for unit in (concept.canonical_unit, *concept.units) if unit)


@lru_cache(maxsize=512)
def dimension_of(spelling: str) -> str:
    """Name what a unit measures; "" where it is unknown."""
    unit = unit_of(spelling)
    return unit.dimension if unit else ""


def _by_unit(found: FoundQuantity, ontology: Ontology) -> Metric | None:
    for label, pattern in _cues().get(found.dimension, ()):
        if pattern is None:
            return Metric(*_known(label, ontology), cost=12.0)
    return None


def _cost(text: str, found: FoundQuantity, quantities: Sequence[FoundQuantity], candidate: Metric) -> float:
    """Weigh how far a candidate stands from the quantity; tuned by reading, on sentences of our own."""
    after = candidate.start >= found.end
    gap = text[found.end : candidate.start] if after else text[candidate.end : found.start]
    low, high = (found.end, candidate.start) if after else (candidate.end, found.start)
    cost = len(gap) / 6
    between = [q for q in quantities if low <= q.start and q.end <= high]
    cost += sum(5.0 if q.dimension == found.dimension else 1.0 for q in between)
    cost += (
        8.0 * gap.count(";")
        + 2.5 * gap.count(", ")
        + 2.0 * gap.count(" and ")
        + 3.0 * gap.count(")")
        + 4.0 * len(re.findall(r"\b(?:while|whereas|but|although)\b", gap))
    )
    if after:
        cost += 1.5 + 3.0 * gap.count("(")
        if _RIGHT_AFTER.match(gap):
            cost -= 6.0
        if _claimed(text, candidate, found, quantities):
            cost += 6.0
    elif _LINK.match(gap) or (not between and _PREDICATE.search(gap)):
        cost -= 4.0
    return cost + (0.0 if candidate.cued or candidate.concept is None or _is_primary(candidate.concept, found) else 3.0)


def _claimed(text: str, candidate: Metric, found: FoundQuantity, quantities: Sequence[FoundQuantity]) -> bool:
    """Tell whether a metric introduces a later value: "98%, with a retention of 80%"."""
    following = next((q for q in quantities if q.start >= candidate.end and q.dimension == found.dimension), None)
    return following is not None and bool(
        _LINK.match(text[candidate.end : following.start]) or _PREDICATE.search(text[candidate.end : following.start])
    )


def _is_primary(concept: Concept, found: FoundQuantity) -> bool:
    return not concept.canonical_unit or dimension_of(concept.canonical_unit) == found.dimension
