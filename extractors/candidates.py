"""List who may be responsible for a change: every pair of a target and a lever within reach.

What the clause's own syntax proposes (:mod:`extractors.attribution`) votes; the other levers of the sentence and the
last ones of the paragraph stand beside it. :mod:`extractors.ranker` weighs what speaks for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.attribution import causes_for
from extractors.comparators import compared_parts
from extractors.discourse import Cause, of_mention
from extractors.loose import Loose, loose_reading
from extractors.openings import open_causes, openings
from extractors.predication import Predication
from extractors.scene import Scene
from extractors.scope import is_background, is_hedged, is_negated
from extractors.targets import Target, changes, named_targets
from ontology.model import Mention, Span

__all__ = ["Candidate", "candidates"]

_LEVERS = ("strategy", "material", "condition")
_BACK = 3  # levers of earlier sentences that a target may reach back to


@dataclass(slots=True)
class Candidate:
    """Hold one pair: the target, the change said of it, the lever, and how it was come by."""

    target: Target
    predication: Predication
    cause: Cause
    voted: bool  # by the clause's syntax
    loose: Loose | None  # the change by order alone
    negated: bool  # of the change, like the next: read once for all its levers
    hedged: bool
    sentences_back: int = 0  # 0 within the sentence
    rivals: list[Candidate] = field(default_factory=list)  # all candidates of the target, this one included

    @property
    def rule(self) -> str:
        """Name the way in which the pair was read."""
        return self.predication.rule if self.voted else f"{self.predication.rule}+reach"


@dataclass(slots=True)
class _Said:
    """Hold what is said of one target."""

    target: Target
    predications: list[Predication] = field(default_factory=list)
    silenced: bool = False  # only an aim or a condition is said


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield the candidates of a sentence, target by target, those the syntax proposes first."""
    all_said = _said(scene)
    if not all_said:
        return
    named, places = [*_named(scene)], openings(scene)
    for said in all_said:
        target = said.target
        kind = target.mention.kind
        loose = loose_reading(target.head, target.inside, "failure_mode" if kind == "failure_mode" else "metric")
        rivals: list[Candidate] = []
        for predication in said.predications:
            negated, hedged = is_negated(predication), is_hedged(predication, scene.doc)
            for cause in causes_for(predication, target, scene):
                new = Candidate(target, predication, cause, voted=True, loose=loose, negated=negated, hedged=hedged)
                _keep_better(rivals, new)
        change = _change(said, loose)
        if change is not None:
            negated, hedged = is_negated(change), is_hedged(change, scene.doc)
            taken = {_key(c.cause) for c in rivals}
            for cause, back in (
                *_within_reach(target.mention, named, scene),
                *((c, 0) for c in open_causes(places, target, scene)),
            ):
                if _key(cause) not in taken:
                    taken.add(_key(cause))
                    rivals.append(
                        Candidate(
                            target, change, cause, voted=False, loose=loose,
                            negated=negated, hedged=hedged, sentences_back=back,
                        )
                    )  # fmt: skip
        for candidate in rivals:
            candidate.rivals = rivals
        yield from rivals


def _said(scene: Scene) -> list[_Said]:
    found: dict[tuple[int, int, str | None], _Said] = {}

    def at(target: Target) -> _Said:
        mention = target.mention
        return found.setdefault((mention.start, mention.end, mention.concept), _Said(target))

    for target, predication in changes(scene):
        said = at(target)
        if predication.purpose or is_background(predication, scene.doc):
            said.silenced = True
        else:
            said.predications.append(predication)
    for target in named_targets(scene):
        at(target)
    return list(found.values())


def _change(said: _Said, loose: Loose | None) -> Predication | None:
    """Choose the change that levers without a vote share: the syntax's, else that of the nearest cue."""
    if said.predications:
        return said.predications[0]
    if loose is None or said.silenced or loose.infinitive:
        return None
    return Predication(loose.change, [loose.cue], loose.cue, [], "loose")


def _keep_better(rivals: list[Candidate], new: Candidate) -> None:
    for at, old in enumerate(rivals):
        if _key(old.cause) == _key(new.cause):
            if new.cause.weight > old.cause.weight:
                rivals[at] = new
            return
    rivals.append(new)


def _named(scene: Scene) -> Iterator[tuple[Mention, Cause]]:
    """Yield the levers a sentence names, each as the cause that memory holds; what others are compared with is none."""
    aside = [scene.sentence.span(*part) for part in compared_parts(scene.sentence.text)]
    for mention, cause in zip(scene.mentions, scene.memory.named[-1], strict=True):
        if mention.kind in _LEVERS and not any(low <= mention.start < high for low, high in aside):
            yield mention, cause


def _within_reach(target: Mention, named: Sequence[tuple[Mention, Cause]], scene: Scene) -> Iterator[tuple[Cause, int]]:
    """Yield the levers of the sentence, then the last ones of the sentences before, with how far back they stand."""
    here = [(m, c) for m, c in named if not (m.start < target.end and target.start < m.end)]
    for mention, cause in sorted(here, key=lambda pair: abs(pair[0].start - target.start)):
        if cause.span.start < target.end and target.start < cause.span.end:
            yield (
                replace(cause, span=Span(mention.start, mention.end)),
                0,
            )  # "cell capacity": no phrase holds its target
        else:
            yield cause, 0
    links = [m for m in scene.mentions if m.kind in ("metric", "failure_mode") and m.end <= target.start]
    if links and links[-1].concept != target.concept:
        yield of_mention(links[-1], scene.sentence), 0  # a link of a chain: "less swelling, which keeps the capacity"
    memory, reached = scene.memory, 0
    earlier = (reversed(said[:-1]) for said in (memory.subjects, memory.found, memory.named))
    for back, (subjects, found, mentioned) in enumerate(zip(*earlier, strict=True), start=1):
        for cause in (*subjects, *found, *(c for c in mentioned if c.kind == "strategy")):
            if cause.kind in _LEVERS and reached < _BACK:
                reached += 1
                place = cause.antecedent or cause.span
                yield replace(cause, anaphor=True, antecedent=place, weight=1.0 if cause in subjects else 0.9), back


def _key(cause: Cause) -> str:
    return cause.concept or cause.label
