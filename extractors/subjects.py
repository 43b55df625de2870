"""Choose what a measured value belongs to: a material, a strategy, a sample, or the paragraph's topic.

The convention follows how results are reported. What stands right behind or before the value owns it ("69% for the
bare powder", "a 5 nm SiC layer"); else the subject of the clause; an anaphor or a clause without subject falls back
on what the paragraph is about. A standard of comparison never owns a value. A process (doping, prelithiation) owns
changes and temperatures; levels belong to the thing it was done to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.metric_choice import LocalMention, Metric
from extractors.phrases import head_of
from ontology.model import Mention

__all__ = ["Owned", "choose_subject"]

_COMPARED = re.compile(
    r"\b(?:than|versus|vs\.?|compared (?:to|with)|relative to|in contrast to|unlike|instead of|rather than"
    r"|as against|(?:over|than|as) (?:that|those) of|in comparison (?:to|with)|superior to|inferior to"
    r"|replac\w+)\s+(?:[\w-]+\s+){0,4}$",
    re.I,
)
_BEHIND = re.compile(
    r"^[\s,)]*(?:(?:higher|lower|more|less|better|larger|smaller|faster)\s+)?(?:(?:is|was|are|were"
    r"|has been)\s+)?(?:(?:obtained|recorded|measured|found|observed|seen|reported|achieved|delivered"
    r"|shown|attained|available|retained|reached|noted|left|calculated|determined|estimated)\s+)?"
    r"(?:for|by|with|in|from|of|on|using)\s+(?:(?:the|an?|its|their|that of|those of|pure|pristine|bare"
    r"|uncoated|coated|flat|commercial|conventional|plain|all)\s+)*$",
    re.I,
)
_ATTACHED = re.compile(r"^[\s-]*(?:thick\s+|thin\s+|long\s+|sized\s+|wide\s+)?(?:of\s+)?(?:the\s+)?(?:[a-z-]+\s+)?$")
_HOLDING = re.compile(
    r"^\s*(?:[\w-]+\s+)?(?:containing|contain(?:s|ed)|comprising|with|having|holding|of|at)\s+(?:(?:about"
    r"|only|just|up to|around)\s+)?[~≈<>]?\s*$",
    re.I,
)
_CONTROL = re.compile(
    r"^[\s,)]*(?:(?:is|was|are|were)\s+)?(?:\w+ed\s+)?(?:for|by|with|in|from|of|on)\s+(?:the\s+|an?\s+)?"
    r"(?:uncoated|bare|pristine|untreated|unmodified|undoped|control|blank|reference|baseline"
    r"|additive-free|standard|plain|neat|un\w+ed)\b",
    re.I,
)
_ANAPHOR = re.compile(
    r"^\W*(?:(?:as a result|therefore|thus|hence|moreover|in addition|additionally|furthermore"
    r"|consequently|accordingly|notably|overall|however|here|also|likewise|at the same time"
    r"|in this way)\W+)?"
    r"(?:this|these|such|it|its|they|their|both|all|the (?:resulting|obtained|as-prepared|optimi[sz]ed"
    r"|coated|modified|treated|former|latter|same|total|cells?|full[- ]cells?|electrodes?|anodes?"
    r"|composites?|materials?|samples?|particles?|batter(?:y|ies)))\b",
    re.I,
)
_BREAK = re.compile(r";|\b(?:while|whereas|but|although|though|since|because|when|if|as)\b", re.I)
_ADJUNCT = re.compile(
    r"\b(?:with|using|by|via|through|after|upon|in|from|on|under|of|for|into|to)\s+(?:[\w-]+\s+){0,3}$", re.I
)
_POINTING = re.compile(
    r"^\W*(?:\w+ly,?\s+|in (?:full|half) cells,?\s+)?(?:the|this|these|such an?|such)\s+(?P<noun>[a-z-]+)\s+(?!of\b)",
    re.I,
)
_POSSESSED = re.compile(r"^(?:['’]s)?\s+(?:[\w-]+\s+){0,2}$")
_PROCESS = re.compile(
    r"(?:doping|lithiation|sizing|control|restraint|inhibition|treatment|annealing|milling|etching"
    r"|regulation|modification|engineering|strategy|design|method|protocol|synthesis|deposition"
    r"|calendering|growth|cvd|pressure|reduction|matching|embedding|(?<!coat)(?<!open)ing)$",
    re.I,
)
_GENERIC = re.compile(
    r"(?:(?:full|half|pouch|coin|symmetric|lithium[- ]ion|li[- ]ion|film-forming|electrolyte|functional"
    r"|conductive|organic|inorganic|dry|liquid|commercial|composite)[- ])*"
    r"(?:cells?|batter(?:y|ies)(?: packs?)?|anodes?|cathodes?|electrodes?|electrolytes?|solvents?|salts?"
    r"|additives?|binders?|coatings?|layers?|current collectors?|particles?|composites?|films?|processe?s?"
    r"|electrode process|lithium(?: ion)?|li\+?|carbon|oxygen|copper|sei|gas(?:es)?)",
    re.I,
)
_OPENING = re.compile(
    r"^\W*(?:compared|in|with|after|for|when|as|by|under|upon|despite|unlike|on|at|during|using|through"
    r"|although|while|owing|due|because|thanks|among|between|from|to|here|however|moreover|additionally"
    r"|therefore|thus|typically|typical)\b[^,]*,\s+(?:the\s+|an?\s+)?",
    re.I,
)
_LEVER = re.compile(
    r"(?:contents?|amounts?|loadings?|concentrations?|doses?|rates?|temperatures?|pressures?|thickness"
    r"|ratios?|windows?|voltages?|lean electrolyte|states? of charge)$",
    re.I,
)
_INTRINSIC = re.compile(
    r"diffusion|conductivity|grain|particle size|crystal|volume expansion|coordination|potential"
    r"|surface area|pore|density|modulus|hardness",
    re.I,
)
_CARRIER = re.compile(
    r"silicon|\bsi\b|siox?|si[-/@|]|[-/@|]si|graphite|composite|anode|@|\|\||particle|wire|film", re.I
)  # rather a sample than a product or reagent
_OWNED = 8.0  # what stands right behind a value
_REACH = 40  # mentions back that may still be the topic
_OF_PROCESS = re.compile(r"temperature|duration|charging time", re.I)


@dataclass(frozen=True, slots=True)
class Owned:
    """Hold the place of a value in its sentence and the metric it was given."""

    start: int
    end: int
    metric: Metric


def choose_subject(
    text: str,
    value: Owned,
    mentions: Sequence[LocalMention],
    *,
    earlier: Sequence[Mention] = (),
    values: Sequence[tuple[int, int]] = (),
) -> Mention | None:
    """Choose the owner of a value; ``earlier``: the paragraph's things so far; ``values``: where all values stand."""
    if _CONTROL.match(text[value.end :]):
        return _untreated(mentions, value, earlier)
    ranked: list[tuple[float, int, Mention]] = []
    named = owned = False
    for thing in mentions:
        if thing.mention.kind in ("strategy", "material"):
            place, worth = _place(text, value, thing, values), _worth(thing.mention, value.metric)
            owned = owned or place >= _OWNED
            named = named or (place > -2.5 and worth > -1.0)
            ranked.append((worth + place, thing.start, thing.mention))
    pointed = None if owned or _BREAK.search(text[: value.start]) else _definite(text, earlier)
    if pointed is not None:
        return pointed
    pointing = bool(_ANAPHOR.match(text))
    lead = (0.0 if pointing else -3.5) if named else (1.5 if pointing else 0.0)
    ranked += [(score + lead, -1, mention) for score, mention in _topics(earlier[-_REACH:], value.metric)]
    best = max(ranked, key=lambda r: (r[0], r[1]), default=None)
    return best[2] if best is not None and best[0] > -2.5 else None


def _definite(text: str, earlier: Sequence[Mention]) -> Mention | None:
    """Resolve a clause that begins with "the nanoparticles" or "this layer" by its noun."""
    m = _POINTING.match(text)
    if m is None or (head := head_of(m["noun"])) in ("", "electrode", "anode", "sample", "material"):
        return None
    named = next((e for e in reversed(earlier) if head_of(e.label) == head or head_of(e.text) == head), None)
    if named is None and head.startswith(("nano", "micro")):
        carrier = next((e for e in reversed(earlier) if e.kind == "material" and _CARRIER.search(e.label)), None)
        named = carrier and replace(carrier, label=f"{carrier.label} {m['noun']}", text=m["noun"], concept=None)
    return named


def _untreated(mentions: Sequence[LocalMention], value: Owned, earlier: Sequence[Mention]) -> Mention | None:
    """Name the bare material of a control, where the sentence or paragraph does."""
    behind = [
        m.mention
        for m in mentions
        if m.start >= value.end and m.start - value.end < 40 and m.mention.kind == "material"
    ]
    if behind:
        return behind[0]
    plain = [m for m in earlier if m.kind == "material" and not _is_sample(m) and not _GENERIC.fullmatch(m.label)]
    return plain[-1] if plain else None


def _is_sample(mention: Mention) -> bool:
    """Tell a name that a paper coined: ``Si@C``, or the short form it bound."""
    name = mention.label
    short = mention.concept is None and " " not in name and sum(c.isupper() for c in name) > 1
    return short or any(mark in name for mark in ("@", "||"))


def _worth(mention: Mention, metric: Metric) -> float:
    """Say how likely a thing owns values of a metric, wherever it stands; tuned by reading."""
    if _GENERIC.fullmatch(mention.label):
        return -2.0
    if _is_sample(mention):
        return 3.0
    if mention.kind == "strategy":
        if _LEVER.search(mention.label):
            return 1.0 if metric.relative else -1.5
        if _PROCESS.search(mention.label):
            return 5.0 if _OF_PROCESS.search(metric.label) else 3.0 if metric.relative else -0.5
        return 0.5 if _INTRINSIC.search(metric.label) else 2.0
    return 2.0 if _INTRINSIC.search(metric.label) else 0.8


def _place(text: str, value: Owned, thing: LocalMention, values: Sequence[tuple[int, int]]) -> float:
    """Say how well a mention stands for owning a value; tuned by reading."""
    score = -6.0 if _COMPARED.search(text, max(0, thing.start - 60), thing.start) else 0.0
    if thing.start >= value.end:
        gap = text[value.end : thing.start]
        if _BEHIND.match(gap):
            return _OWNED
        if _ATTACHED.match(gap):
            return score + 4.0
        crossed = sum(value.end <= v[0] and v[1] <= thing.start for v in values)
        if _is_sample(thing.mention) and gap.endswith("(") and len(gap) < 60 and not crossed:
            return _OWNED
        return score - 1.5 - len(gap) / 30 - 1.5 * crossed - 2.5 * len(_BREAK.findall(gap))
    gap = text[thing.end : value.start]
    if _HOLDING.match(gap):
        return score + 4.0
    crossed = sum(thing.end <= v[0] and v[1] <= value.start for v in values)
    score -= len(gap) / 120 + 2.0 * len(_BREAK.findall(gap)) + 0.3 * gap.count(", ") + 0.2 * crossed
    metric = value.metric
    if metric.start <= thing.start and thing.end <= metric.end:
        score += 2.0
    if metric.start >= 0 and thing.end <= metric.start and _POSSESSED.match(text[thing.end : metric.start]):
        score += 1.5
    if (
        metric.start >= 0
        and metric.end <= thing.start
        and re.match(r"\s+(?:of|for|in)\s+(?:[\w-]+\s+){0,4}$", text[metric.end : thing.start])
    ):
        score += 2.5
    before = text[: thing.start]
    opening = _OPENING.match(before)
    clause = max((opening.end() if opening else 0, *(m.end() for m in _BREAK.finditer(before))))
    if len(before) - clause < (60 if before.endswith("(") else 22) and not _ADJUNCT.search(before):
        score += 2.0
    return score


def _topics(earlier: Sequence[Mention], metric: Metric) -> list[tuple[float, Mention]]:
    """Score what the paragraph is about so far: named often, late, or first of all."""
    named = [m for m in earlier if m.kind in ("strategy", "material")]
    counts = Counter(m.concept or m.label.lower() for m in named)
    sample = next((m.label for m in named if _is_sample(m)), "")  # the first one coined is the paper's own
    found = []
    for index, mention in enumerate(named):
        often = 0.3 * min(counts[mention.concept or mention.label.lower()], 4)
        late = (index + 1) / len(named) + (1.0 if earlier[-1].end - mention.end < 200 else 0.0)
        first = 1.2 if index == 0 and mention.kind == "material" else 0.0
        coined = 0.8 if mention.label == sample else 0.0
        aside = 1.2 if mention.kind == "material" and not first and not _CARRIER.search(mention.label) else 0.0
        plain = 0.8 if mention.label.lower() in ("silicon", "si", "graphite") and not first else 0.0
        found.append((_worth(mention, metric) + often + max(late, first) + coined - aside - plain, mention))
    return found
