"""Name causes by their place alone: what a sentence opens with, and what stands behind "owing to".

For phrases that no label covers and that the parser does not give the verb as its subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors.cause_phrase import PROPERTY, CausePhrase
from extractors.causes import causes_of
from extractors.clauses import Agent, children, coordinated
from extractors.cues import load_cues
from extractors.discourse import Cause, is_anaphor
from extractors.language import Doc, Token
from extractors.scene import Scene
from extractors.targets import Target

__all__ = ["Openings", "open_causes", "openings"]

_RELATIVE = frozenset({"that", "which", "who", "whose", "where"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_LONGEST = 16  # words of an opening phrase
_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Openings:
    """Hold what a sentence offers by place alone, whatever the target."""

    linked: tuple[Token, ...]  # nouns that stand behind causal links
    opening: Cause | None


def openings(scene: Scene) -> Openings:
    """Read the places of a sentence once for all its targets."""
    linked = (t for t in scene.doc if t.dep_ == "pobj" and _is_linked(t))
    return Openings(tuple(linked), _opening(scene))


def open_causes(places: Openings, target: Target, scene: Scene) -> Iterator[Cause]:
    """Yield the causes behind causal links, then the unnamed phrase that opens the sentence."""
    for token in places.linked:
        if token.i not in target.inside:
            for member in coordinated(token):
                yield from (
                    replace(c, weight=_WEIGHT) for c in causes_of(Agent(member, "instrument"), scene, target.inside)
                )
    opening = places.opening
    if opening is not None and not opening.span.start <= target.mention.start < opening.span.end:
        yield opening


def _is_linked(token: Token) -> bool:
    """Tell whether a noun stands behind "owing to", "because of", "thanks to"."""
    words = token.doc[max(0, token.head.i - 2) : token.head.i + 1].text.lower()
    return any(words.endswith(link) for link in load_cues().causal_links)


def _opening(scene: Scene) -> Cause | None:
    """Name the phrase up to the first finite verb of the main clause, when no mention stands in it."""
    doc = scene.doc
    end = _first_verb(doc)
    if not 1 < end <= _LONGEST or doc[0].pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "NUM") or _is_adverbial(doc[:end]):
        return None
    if doc[0].lower_ in ("thanks", "owing", "due", "despite", "because"):
        return None
    while end > 1 and doc[end - 1].pos_ == "ADV":
        end -= 1  # "this film nevertheless"
    head = _head(doc, end)
    if head is None or is_anaphor(head, named=False):
        return None
    phrase = CausePhrase(head, 1 if doc[0].lower_ in ("a", "an", "the") else 0, end, scene)
    if any(m.kind == "strategy" or m.kind in PROPERTY for m in phrase.inside):
        return None
    cause = phrase.cause()
    return cause and replace(cause, weight=_WEIGHT)


def _is_adverbial(phrase: Iterable[Token]) -> bool:
    """Tell a phrase with a pronoun of its own ("each time they …") from a name."""
    return any(t.pos_ == "PRON" and t.lower_ not in _RELATIVE and t.dep_ != "poss" for t in phrase)


def _first_verb(doc: Doc) -> int:
    """Return the index of the first finite verb that no relative pronoun governs, or 0."""
    relative = related = False
    for token in doc[1:]:
        if token.lower_ in _RELATIVE:
            relative = related = True
        elif token.tag_ in _FINITE and token.pos_ in ("VERB", "AUX"):
            if not relative:
                return token.i
            relative = False
        elif token.text in (",", ";", ":") and not related:
            return 0
    return 0


def _head(doc: Doc, end: int) -> Token | None:
    """Return the noun before the first preposition, participle or clause of a phrase."""
    found: Token | None = None
    for token in doc[:end]:
        if found is not None and (token.pos_ in ("ADP", "VERB", "PRON", "SCONJ") or token.text == ","):
            return found
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
    return found if found is not None and not children(found, "poss") else None
