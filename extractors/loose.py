"""Read the change said of a target by order and adjacency alone, whatever the parser made of the clause.

The second voter of the extraction notes. It names no cause: the nearest cue within the target's clause gives the
sign, cue nouns and graded adjectives beside the target combine with it by the algebra of :mod:`extractors.signs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.cues import CueClass, Cues, load_cues
from extractors.language import Doc, Token
from extractors.signs import Change, Target, apply_adjective, apply_noun, apply_verb

__all__ = ["BREAKS", "Loose", "clause_breaks", "loose_reading"]

BREAKS = frozenset({
    ";", ":", "but", "while", "whereas", "although", "though", "which", "because", "since", "if", "when", "that", "until", "unless", "so", "however",
})  # fmt: skip
_LEFT, _RIGHT = 14, 7  # tokens a cue may stand before or after its target
_PREDICATE = 5  # words behind a target within which its predicate stands
_COMPARED = 22  # words behind a target within which a comparative may follow
_COPULAS = frozenset({"be", "become", "remain", "stay", "get", "keep"})
_DENIALS = frozenset({"not", "no", "never", "neither", "nor", "cannot", "hardly", "without"})
_ABSENT = frozenset({"without", "no", "free"})
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
    ("ied", "y"),
)


@dataclass(frozen=True, slots=True)
class Loose:
    """Hold a change read without a parse: the cue, its class, how far it stands, and whether a denial stands near."""

    change: Change
    cue: Token
    kind: CueClass | Literal["beside"]
    distance: int  # tokens; positive where the cue precedes its target
    denied: bool
    infinitive: bool


def clause_breaks(doc: Doc, start: int, end: int) -> int:
    """Count the words that open another clause between two tokens."""
    return sum(t.lower_ in BREAKS for t in doc[min(start, end) : max(start, end)])


def loose_reading(target: Token, inside: frozenset[int], kind: Target) -> Loose | None:
    """Return the change that the nearest cue gives a target; None when no cue stands in its clause."""
    doc, cues = target.doc, load_cues()
    if _qualifies(target, cues):
        return None
    first, last = min(inside, default=target.i), max(inside, default=target.i)
    change, beside = _around(doc, first, last, kind, cues)
    if kind == "failure_mode" and (
        absent := next((t for t in doc[max(0, first - 2) : first] if t.lower_ in _ABSENT), None)
    ):
        return Loose(Change(sign=-1), absent, "beside", first - absent.i, denied=False, infinitive=False)
    for at in _outwards(doc, first, last):
        cue = _verb_cue(doc[at], cues)
        if cue is None:
            continue
        if at > last and cue in ("create", "keep", "possess", "suppress") and change.adjective == 0:
            continue  # what follows a target and takes an object speaks of something else
        said = apply_verb(change, cue, kind)
        if said.sign == 0:
            continue
        denied = any(t.lower_ in _DENIALS or t.dep_ == "neg" for t in doc[max(0, at - 3) : at])
        infinitive = at > 0 and doc[at - 1].lower_ == "to"
        return Loose(said, doc[at], cue, first - at, denied, infinitive)
    if beside is None:
        return _predicated(doc, first, last, kind, cues)
    said = change if change.nominal else apply_verb(change, "possess", kind)
    denied = any(t.lower_ in _DENIALS for t in doc[max(0, beside.i - 3) : beside.i])
    return Loose(said, beside, "beside", first - beside.i, denied, infinitive=False) if said.sign else None


def _predicated(doc: Doc, first: int, last: int, kind: Target, cues: Cues) -> Loose | None:
    """Read a graded adjective behind its target: "the swelling is moderate and the gas evolution low"."""
    copula = False
    for word in doc[last + 1 : last + 1 + _PREDICATE]:
        if word.pos_ == "AUX" or word.lemma_ in _COPULAS:
            copula = True
        elif (cue := cues.adjectives.get(word.lower_)) is not None:
            following = doc[word.i + 1] if word.i + 1 < len(doc) else None
            if (
                not copula
                and following is not None
                and not following.is_punct
                and following.lower_ not in ("and", "than")
            ):
                return None
            said = apply_verb(apply_adjective(Change(), cue, word.lower_), "possess", kind)
            denied = any(t.lower_ in _DENIALS for t in doc[last + 1 : word.i])
            return Loose(said, word, "beside", first - word.i, denied, infinitive=False) if said.sign else None
        elif word.pos_ not in ("ADV", "PART"):
            break
    return _compared(doc, first, last, kind, cues)


def _compared(doc: Doc, first: int, last: int, kind: Target, cues: Cues) -> Loose | None:
    """Read a comparative some way behind its target: "a capacity of 850 mAh/g, higher than that of bare silicon"."""
    for word in doc[last + 1 : last + 1 + _COMPARED]:
        cue = cues.adjectives.get(word.lower_)
        following = doc[word.i + 1].lower_ if word.i + 1 < len(doc) else ""
        if cue is not None and word.tag_ in ("JJR", "RBR") and following == "than":
            if word.i + 2 < len(doc) and doc[word.i + 2].like_num:
                return None
            said = apply_verb(apply_adjective(Change(), cue, word.lower_), "possess", kind)
            return Loose(said, word, "beside", first - word.i, denied=False, infinitive=False) if said.sign else None
        if word.lower_ in BREAKS or (word.pos_ == "VERB" and word.tag_ != "VBN"):
            return None
    return None


def _qualifies(target: Token, cues: Cues) -> bool:
    """Tell whether a target only says of what kind another thing is: "high-stress conditions", "an energy density goal"."""
    noun = target.head
    if target.dep_ not in ("compound", "nmod", "amod") or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    return noun.lemma_.lower() not in cues.nouns and noun.lemma_.lower() not in cues.through


def _around(doc: Doc, first: int, last: int, kind: Target, cues: Cues) -> tuple[Change, Token | None]:
    """Read graded adjectives and cue nouns that stand directly before a target, and "of" phrases that hold it."""
    change, beside = Change(), None
    at = first - 1
    while at >= 0 and first - at <= 6:
        word = doc[at]
        lemma = word.lemma_.lower()
        graded = word.lower_ in ("less", "more", "fewer") and at == first - 1  # whatever the tagger calls it
        if (word.pos_ in ("DET", "ADV", "PRON", "CCONJ") and not graded) or word.lower_ in (
            "of",
            "in",
            "to",
            "the",
            ",",
        ):
            at -= 1
            continue
        if (adjective := cues.adjectives.get(word.lower_)) and not change.nominal:
            if not (kind == "failure_mode" and doc[at + 1].lower_ in ("of", "in")):
                change, beside = apply_adjective(change, adjective, word.lower_), beside or word
        elif (
            word.pos_ in ("NOUN", "PROPN")
            and (noun := cues.nouns.get(lemma))
            and doc[at + 1].lower_ in ("of", "in", "to")
        ):
            change, beside = apply_noun(change, noun), word
        elif word.pos_ not in ("NOUN", "PROPN", "ADJ"):
            break
        at -= 1
    if last + 1 < len(doc) and doc[last + 1].pos_ == "NOUN" and (noun := cues.nouns.get(doc[last + 1].lemma_.lower())):
        change, beside = apply_noun(change, noun), doc[last + 1]
    return change, beside


def _outwards(doc: Doc, first: int, last: int) -> list[int]:
    """List token indices from a target outwards, left before right, up to the breaks of its clause."""
    left: list[int] = []
    for at in range(first - 1, max(-1, first - 1 - _LEFT), -1):
        if doc[at].lower_ in BREAKS:
            break
        left.append(at)
    right: list[int] = []
    for at in range(last + 1, min(len(doc), last + 1 + _RIGHT)):
        if doc[at].lower_ in BREAKS or doc[at].text == ",":
            break
        right.append(at)
    return left + right


def _verb_cue(token: Token, cues: Cues) -> CueClass | None:
    """Give the class of a word that is, or may be, a verb form."""
    word = token.lower_
    if token.dep_ == "amod" and token.tag_ == "VBG":
        return None  # "the driving force": a participle before its noun asserts nothing
    if token.pos_ in ("VERB", "AUX"):
        return cues.verbs.get(token.lemma_.lower()) or cues.verbs.get(word) or _with_preposition(token, cues)
    for ending, ground in _ENDINGS[:2]:
        stem = word[: -len(ending)] + ground
        if word.endswith(ending) and len(word) > 4 and stem in cues.verbs and token.pos_ in ("NOUN", "PROPN"):
            following = token.nbor().pos_ if token.i + 1 < len(token.doc) else ""
            return cues.verbs[stem] if following in ("DET", "ADJ", "NOUN", "PRON", "PROPN") else None
    return None


def _with_preposition(token: Token, cues: Cues) -> CueClass | None:
    for nearby in token.doc[token.i + 1 : token.i + 3]:
        cue = cues.verb_preposition.get((token.lemma_.lower(), nearby.lower_))
        if cue:
            return cue
    return None
