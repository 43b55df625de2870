"""Say in numbers what speaks for and against a candidate pair; each feature is a statement that a reader can check."""

from __future__ import annotations

from math import log2

from extractors.candidates import Candidate
from extractors.claim_features import COMPARING, DESCRIBES, claim_features
from extractors.clauses import subjects
from extractors.cues import load_cues
from extractors.discourse import Cause
from extractors.language import Token
from extractors.loose import clause_breaks
from extractors.scene import Scene

__all__ = ["features"]

_POINTING = frozenset(
    {"this", "these", "it", "its", "such", "they", "their", "both", "that", "those", "here", "thereby", "thus", "as"}
)


def features(candidate: Candidate, scene: Scene, *, trust: float) -> dict[str, float]:
    """Return the features of a pair by name, each within about [-1, 1]; ``trust`` is the rule's own, in [0, 1]."""
    cause, target = candidate.cause, candidate.target
    mention = target.mention
    row = {
        "bias": 1.0,
        f"cause is {cause.kind}": 1.0,
        f"target is {mention.kind}": 1.0,
        "cause has concept": float(cause.concept is not None),
        "target score": mention.score,
        "negated": float(candidate.negated),
        "hedged": float(candidate.hedged),
        "levers of the target": min(len(candidate.rivals), 6) / 6,
        "order agrees on the sign": _agreement(candidate),
    }
    row |= claim_features(candidate, scene)
    if candidate.voted:
        row |= _of_vote(candidate, trust) | _of_anaphor(candidate.cause, scene)
    else:
        row["no vote"] = 1.0
        row[f"no vote, {cause.kind}"] = 1.0
        row["no vote, open name"] = float(cause.concept is None)
        row["by place alone"] = float(cause.concept is None and cause.weight < 0.7)
        row["behind a causal link"] = float(_behind_link(candidate, scene))
        row["vote for another"] = float(any(r.voted for r in candidate.rivals))
        row["vote for another strategy"] = float(any(r.voted and r.cause.kind == "strategy" for r in candidate.rivals))
        row |= _of_change(candidate)
        row |= _of_reach(candidate, scene) if candidate.sentences_back else _of_place(candidate, scene)
    return {name: round(value, 4) for name, value in row.items() if value}


def _behind_link(candidate: Candidate, scene: Scene) -> bool:
    """Tell whether "owing to", "because of" and the like stand directly before a cause of the sentence."""
    start, (low, _) = candidate.cause.span.start, scene.sentence.source
    if candidate.sentences_back or start < low:
        return False
    words = scene.sentence.text[: scene.sentence.locate(start)].lower().split()[-5:]
    words = words[:-1] if words and words[-1] in ("the", "a", "an", "its", "their", "this", "these") else words
    return any(" ".join(words).endswith(link) for link in load_cues().causal_links)


def _agreement(candidate: Candidate) -> float:
    if candidate.loose is None:
        return 0.0
    return 1.0 if candidate.loose.change.sign * candidate.predication.change.sign > 0 else -1.0


def _of_vote(candidate: Candidate, trust: float) -> dict[str, float]:
    cause, rule = candidate.cause, candidate.predication.rule
    others = [r for r in candidate.rivals if r.voted and r is not candidate]
    return {
        "trust in the rule": trust,
        "weight of the role": min(cause.weight, 1.0),
        "reached by anaphor": float(cause.anaphor),
        f"vote of {rule}": 1.0,
        "material described": float(cause.kind == "material" and rule in DESCRIBES),
        "other votes": min(len(others), 3) / 3,
        "open name": float(cause.concept is None),
        "long open name": float(cause.concept is None and len(cause.label.split()) > 4),
    }


def _of_anaphor(cause: Cause, scene: Scene) -> dict[str, float]:
    """Say how sure an antecedent is: named in the sentence, by its noun, or by the topic alone."""
    if not cause.anaphor or cause.antecedent is None or len(scene.memory.named) < 2:
        return {}
    kind = cause.kind if cause.concept is not None else "open name"
    unsaid = cause.span == cause.antecedent
    return {
        "by topic alone": float(unsaid),
        "antecedent in the sentence": float(cause.antecedent.start >= scene.sentence.source.start),
        f"antecedent is {kind}": 1.0,
        "antecedent by its noun": float(bool(cause.head) and cause.head in cause.surface.lower().split()),
    }


def _of_change(candidate: Candidate) -> dict[str, float]:
    predication, loose = candidate.predication, candidate.loose
    row = {"change by syntax": float(predication.rule != "loose")}
    if predication.rule == "loose" and loose is not None:
        row |= {
            f"cue is {loose.kind}": 1.0,
            "cue after target": float(loose.distance < 0),
            "cue distance": min(abs(loose.distance), 12) / 12,
            "denied nearby": float(loose.denied),
        }
    return row


def _of_reach(candidate: Candidate, scene: Scene) -> dict[str, float]:
    first = scene.doc[0].lower_
    here = any(m.kind == "strategy" for m in scene.mentions)
    return {
        "no lever in the sentence": float(all(r.sentences_back for r in candidate.rivals)),
        "sentences back": min(candidate.sentences_back, 3) / 3,
        "nearest lever before": float(candidate is next((r for r in candidate.rivals if r.sentences_back), None)),
        "no strategy in the sentence": float(not here),
        "sentence points back": float(first in _POINTING),
        "subject points back": float(_subject_points(candidate.predication.predicate)),
        "back to a subject": float(candidate.cause.weight == 1.0),
        "back to a strategy": float(candidate.cause.kind == "strategy"),
    }


def _subject_points(verb: Token | None) -> bool:
    return verb is not None and any(
        a.token.lower_ in _POINTING or any(c.lower_ in _POINTING for c in a.token.children) for a in subjects(verb)
    )


def _of_place(candidate: Candidate, scene: Scene) -> dict[str, float]:
    doc, target = scene.doc, candidate.target
    cause = head_of(candidate.cause, scene)
    if cause is None:
        return {"place unknown": 1.0}
    at, goal = cause.i, target.head.i
    between = [m for m in scene.mentions if m.kind in ("strategy", "material") and _between(m.start, candidate)]
    chain = [cause, *cause.ancestors]
    governor = candidate.predication.predicate
    held = [target.head, *target.head.ancestors]
    common = next((t for t in chain if t in held), None)
    return {
        "distance": log2(1 + abs(at - goal)) / 6,
        "cause after target": float(at > goal),
        "clause breaks": min(clause_breaks(doc, at, goal), 2) / 2,
        "levers between": min(len(between), 3) / 3,
        "nearest lever": float(candidate is next(r for r in candidate.rivals if not r.sentences_back and not r.voted)),
        "compared with": float(any(t.lower_ in COMPARING for t in (cause, *list(cause.ancestors)[:3]) if t.i <= at)),
        "cause is a subject": float(any(t.dep_ in ("nsubj", "nsubjpass", "csubj") for t in chain[:3])),
        "cause under by, with, through": float(any(t.lower_ in ("by", "with", "through", "via", "using") for t in chain[:3])),
        "cause under of, in, on, for": float(any(t.lower_ in ("of", "in", "on", "for", "to", "into") for t in chain[:2])),
        "cause within the target's phrase": float(common is not None and common.i == goal),
        "cause under the target's verb": float(governor is not None and governor in chain),
        "only strategy": float(candidate.cause.kind == "strategy" and sum(m.kind == "strategy" for m in scene.mentions) == 1),
        "tail": float(_is_tail(governor)),
        "path": min(_steps(chain, held, common), 8) / 8,
    }  # fmt: skip


def _is_tail(verb: Token | None) -> bool:
    """Tell whether a verb carries on a sentence: ", which raises", "thereby raising", "leading to"."""
    return verb is not None and (
        (verb.dep_ in ("advcl", "acl") and verb.tag_ == "VBG")
        or (verb.dep_ in ("relcl", "advcl", "ccomp") and any(c.lower_ == "which" for c in verb.children))
    )


def _between(start: int, candidate: Candidate) -> bool:
    low, high = sorted((candidate.cause.span.end, candidate.target.mention.start))
    return low <= start < high


def _steps(chain: list[Token], held: list[Token], common: Token | None) -> int:
    if common is None:
        return 8
    return chain.index(common) + held.index(common)


def head_of(cause: Cause, scene: Scene) -> Token | None:
    """Find the token that heads a named cause: the one whose own head lies outside the name."""
    start, end = scene.sentence.locate(cause.span.start), scene.sentence.locate(cause.span.end - 1) + 1
    inside = [t for t in scene.doc if t.idx < end and t.idx + len(t.text) > start and not t.is_punct]
    indices = {t.i for t in inside}
    return next((t for t in inside if t.head.i not in indices or t.head.i == t.i), inside[-1] if inside else None)
