"""List the candidate pairs of annotated passages as the extractor weighs them, each with what the annotation says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.evaluation import Claim, Naming, Passage, Sample, Tally, reading
from app.evaluation.judging import truth
from app.evaluation.measuring import curve
from extractors.candidates import Candidate
from extractors.effects import judge, weighed
from extractors.pipeline import scenes
from extractors.scene import Scene
from ontology.model import Document


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a candidate: what it would claim, what speaks for it, and whether the passage says so (None: left open)."""

    passage: str
    key: tuple[int, str, str]  # sentence, cause and target: one claim each
    features: Mapping[str, float]
    claim: Claim
    true: bool | None
    rule: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold a passage with its candidates, and the claims that no ranker weighs: contrasts of numbers and optima."""

    passage: Passage
    pairs: tuple[Pair, ...]
    unranked: tuple[Claim, ...]


def weigh(samples: Iterable[Sample], naming: Naming) -> list[Weighed]:
    """List the candidates of passages that were read."""
    found = []
    for sample in samples:
        document = sample.everything.document
        pairs = tuple(
            _pair(candidate, row, scene, sample.passage, document, naming)
            for scene in scenes(document)
            for candidate, row in weighed(scene)
            if _name(candidate.cause) != _name(candidate.target.mention)
        )
        ranked = {pair.rule for pair in pairs}
        unranked = tuple(e for e in sample.everything.effects if e.rule not in ranked)
        found.append(
            Weighed(sample.passage, pairs, reading(replace(sample.everything, effects=unranked), naming).effects)
        )
    return found


def score(
    rows: Sequence[Weighed], likely: Callable[[Pair], float], naming: Naming, dials: Sequence[float]
) -> dict[float, Tally]:
    """Return signed effects by dial when each pair is as likely as told, the likelier of a sentence's doubles counting."""
    claims = []
    for row in rows:
        best: dict[tuple[int, str, str], Claim] = {}
        for pair in row.pairs:
            claim = replace(pair.claim, confidence=likely(pair))
            if pair.key not in best or claim.confidence > best[pair.key].confidence:
                best[pair.key] = claim
        claims.append((row.passage, [*best.values(), *row.unranked]))
    return dict(curve(claims, naming, dials))


def _pair(
    candidate: Candidate, row: Mapping[str, float], scene: Scene, passage: Passage, document: Document, naming: Naming
) -> Pair:
    cause, mention = candidate.cause, candidate.target.mention
    direction, verdict = judge(candidate.predication, mention, scene.ontology, negated=candidate.negated)
    claim = Claim(
        cause=naming.read(cause.label, document.text[slice(*(cause.antecedent or cause.span))], cause.concept),
        target=naming.read(mention.label, document.text[mention.start : mention.end], mention.concept),
        direction=direction,
        verdict="neutral" if verdict == "undetermined" else verdict,
        where=scene.sentence.source,
        label=f"{cause.label} -> {mention.label} {direction} {verdict}",
        cause_kind=cause.kind,
    )
    key = (scene.sentence.source.start, _name(cause), _name(mention))
    return Pair(passage.id, key, row, claim, truth(claim, passage, naming), candidate.rule)


def _name(named: object) -> str:
    return getattr(named, "concept", None) or str(getattr(named, "label", ""))
