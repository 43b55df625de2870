"""Read optima: "about 5 nm proved optimal", "the ideal size range is 4-6 μm", "a moderate state of charge is best".

An optimum says that a lever helps only within a window. The lever is the strategy or condition named nearest to the
word of optimality; the target is the metric named with it, else overall performance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.discourse import Cause, of_mention
from extractors.quantities import FoundQuantity, find_quantities
from extractors.scene import Scene
from ontology.model import Assertion, CauseChange, Evidence, Mention, Quantity, Span

__all__ = ["find_optima", "may_hold_optimum"]

_OPTIMAL = re.compile(
    r"\b(?:optim(?:al|um)|ideal|sweet spot|best (?:at|with|compromise|balance|results?)|(?:works?|worked|performs?|performed) best|most (?:favou?rable|effective|beneficial) (?:at|with))\b",
    re.IGNORECASE,
)
# A window without numbers: "an appropriate match between A and B is critical", "a moderate X achieves a balance".
_FITTING = re.compile(
    r"\b(?:appropriate (?:match|ratio|balance)|moderate|intermediate|well-matched)\b(?: [\w/-]+){1,7}?(?= (?:is|are|was|were|achieves?|gives?|provides?|offers?)\b)",
    re.IGNORECASE,
)
_AMOUNTS = frozenset(
    {"content", "amount", "concentration", "dose", "dosage", "fraction", "loading", "level", "thickness"}
)
_LEVERS = ("strategy", "condition")


def may_hold_optimum(text: str) -> bool:
    """Tell cheaply whether a sentence speaks of an optimum."""
    return bool(_OPTIMAL.search(text) or _FITTING.search(text))


def find_optima(scene: Scene) -> Iterator[Assertion]:
    """Yield the optimum a sentence states, with its window; nothing when neither lever nor window is named."""
    text = scene.sentence.text
    cue = _OPTIMAL.search(text) or _FITTING.search(text)
    if cue is None:
        return
    window = _window(text, cue)
    lever = _lever(scene, cue, window)
    fitting = _FITTING.search(text)
    if lever is None or (window is None and fitting is None):
        return
    target = _target(scene, cue, lever)
    if target is None:
        return
    quantity = window.quantity if window else Quantity(text=(fitting or cue).group())
    at = scene.sentence.span(*((window.start, window.end) if window else cue.span()))
    yield Assertion(
        cause=lever.label,
        cause_concept=lever.concept,
        cause_kind=lever.kind,
        cause_span=lever.span,
        target=target.label,
        target_concept=target.concept,
        target_kind=target.kind,
        target_span=Span(target.start, target.end),
        direction="optimum",
        verdict="beneficial",
        cause_change=CauseChange("level", quantity),
        window=quantity,
        section=scene.sentence.section,
        citations=tuple(dict.fromkeys(k for c in scene.sentence.citations for k in c.keys)),
        evidence=(
            Evidence("sentence", *scene.sentence.source, ""),
            Evidence("cause", *lever.span, ""),
            Evidence("target", target.start, target.end, ""),
            Evidence("cue", *scene.sentence.span(*cue.span()), ""),
            Evidence("condition", *at, ""),
        ),
        confidence=0.7 if window else 0.5,
        rule="optimum",
    )


def _window(text: str, cue: re.Match[str]) -> FoundQuantity | None:
    near = [q for q in find_quantities(text) if abs(q.start - cue.end()) < 80 or abs(cue.start() - q.end) < 40]
    return min(near, key=lambda q: min(abs(q.start - cue.end()), abs(cue.start() - q.end)), default=None)


def _lever(scene: Scene, cue: re.Match[str], window: FoundQuantity | None) -> Cause | None:
    at = scene.sentence.offsets[cue.start()]
    sized = [
        m
        for m in scene.mentions
        if m.kind == "metric"
        and m.concept
        and window
        and scene.ontology.get(m.concept).canonical_unit == window.canonical_unit
    ]
    dosed = [lever for m in scene.mentions if m.kind == "metric" and (lever := _dosed(scene, m))]
    if dosed:
        return dosed[0]
    named = sized or [m for m in scene.mentions if m.kind in _LEVERS]
    if named:
        return of_mention(min(named, key=lambda m: min(abs(m.start - at), abs(m.end - at))), scene.sentence)
    return scene.memory.topic()


def _dosed(scene: Scene, mention: Mention) -> Cause | None:
    """Return the lever that an amount is an amount of: FEC for "FEC content"."""
    *name, head = mention.text.split()
    concept = scene.ontology.find(" ".join(name)) if name and head.lower() in _AMOUNTS else None
    if concept is None or concept.kind != "strategy":
        return None
    return replace(of_mention(mention, scene.sentence), label=concept.label, concept=concept.iri, kind="strategy")


def _target(scene: Scene, cue: re.Match[str], lever: Cause) -> Mention | None:
    at = scene.sentence.offsets[cue.start()]
    metrics = [m for m in scene.mentions if m.kind == "metric" and m.start != lever.span.start]
    if metrics:
        return min(metrics, key=lambda m: abs(m.start - at))
    overall = scene.ontology.find("overall performance", kind="metric")
    start, end = scene.sentence.span(*cue.span())
    return Mention(start, end, cue.group(), overall.kind, overall.iri, overall.label, 0.7) if overall else None
