"""Read what the parse loses: a cause, a cue and a target in this order within one clause.

The second voter of the extraction notes: no parser, only order, adjacency and clause breaks. It speaks only for
targets that the parse left without a predicate, and is trusted less.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.clauses import Agent
from extractors.cues import CueClass, Cues, load_cues
from extractors.language import Doc, Token
from extractors.predication import Predication
from extractors.scene import Scene
from extractors.signs import Change, apply_verb
from extractors.text import Sentence
from ontology.model import Mention

__all__ = ["window_reading"]

_BREAKS = frozenset(
    {
        ";",
        ":",
        "but",
        "while",
        "whereas",
        "although",
        "though",
        "which",
        "because",
        "since",
        "if",
        "when",
        "that",
        "until",
        "unless",
    }
)
_FILL = frozenset({"the", "a", "an", "its", "their", "both", "this", "these", "in", "to", "and", "overall", "of"})
_REACH = 5  # tokens between cue and target


def window_reading(target: Token, inside: frozenset[int], kind: str, scene: Scene) -> Predication | None:
    """Return the change said by the nearest finite cue before a target, caused by the levers named before that."""
    cues, doc, sentence, mentions = load_cues(), scene.doc, scene.sentence, scene.mentions
    first = min(inside, default=target.i)
    cue_at, cue = _cue_before(doc, first, cues)
    if cue_at is None or cue is None:
        return None
    start = next((i + 1 for i in range(cue_at - 1, -1, -1) if doc[i].lower_ in _BREAKS), 0)
    levers = [
        t
        for t in doc[start:cue_at]
        if (m := _named(t, sentence, mentions)) is not None and m.kind == "strategy" and _last_of(t, m, doc, sentence)
    ]
    if not levers or any(
        t.dep_ == "neg" or t.lower_ in ("not", "no", "without", "to") for t in doc[max(start, cue_at - 2) : cue_at]
    ):
        return None
    change = apply_verb(Change(), cue, "failure_mode" if kind == "failure_mode" else "metric")
    if change.sign == 0:
        return None
    return Predication(change, [doc[cue_at]], doc[cue_at], [Agent(t, "subject") for t in levers[-3:]], "window")


def _cue_before(doc: Doc, first: int, cues: Cues) -> tuple[int | None, CueClass | None]:
    """Find a third-person or past cue verb close before a target, whatever the tagger calls it."""
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = doc[i].lower_
        if word in _BREAKS or word == ",":
            return None, None
        for ending, ground in (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ies", "y")):
            cue = cues.verbs.get(word[: -len(ending)] + ground) if word.endswith(ending) and len(word) > 4 else None
            if cue in ("raise", "lower", "better", "worse", "suppress"):
                return i, cue
        if word not in _FILL and doc[i].pos_ not in ("ADJ", "ADV", "DET", "NOUN", "ADP"):
            return None, None
    return None, None


def _named(token: Token, sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    at = sentence.offsets[token.idx]
    return next((m for m in mentions if m.start <= at < m.end), None)


def _last_of(token: Token, mention: Mention, doc: Doc, sentence: Sentence) -> bool:
    """Tell whether a token is the last of its mention."""
    return token.i + 1 >= len(doc) or sentence.offsets[doc[token.i + 1].idx] >= mention.end
