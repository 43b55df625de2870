"""Find targets that a clause words without naming them: "conducts electrons more easily", "less electrolyte decomposes".

Told by order and adjacency alone, for clauses that the parser misreads or whose verb no table of verbs holds; what is
graded is the wording as a whole ("lexicon/wordings.yaml"), and who is responsible is left to the ranker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from extractors.clauses import Agent, agents, instruments, is_passive, subjects
from extractors.language import Doc, Token
from extractors.loose import BREAKS
from extractors.predication import Predication
from extractors.scene import Scene
from extractors.signs import Change
from ontology.errors import LexiconError
from ontology.model import Mention

__all__ = ["is_wording", "worded_targets"]

_BETWEEN = 4  # words between two stems of a wording
_BEFORE, _AFTER = 4, 5  # words that a grade may stand before or after it
_PREVENTED = 8  # words back that "prevents … from" may begin
_ENDINGS = (
    "",
    "e",
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "y",
    "ies",
    "ied",
    "ion",
    "ions",
    "ize",
    "ized",
    "izes",
    "ise",
    "ised",
)
_MAKING = frozenset({"make", "let", "help", "allow", "enable", "cause", "see"})
_SPLITS = frozenset({",", "and", "or"})


@dataclass(frozen=True, slots=True)
class _Wording:
    """Hold the stems of one wording, alternatives in a tuple, and the target's label."""

    stems: tuple[tuple[str, ...], ...]
    label: str


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold all wordings by the first letters of their first stem, and the grades."""

    by_start: dict[str, tuple[_Wording, ...]]
    up: frozenset[str]
    down: frozenset[str]
    turning: frozenset[str]
    preventing: frozenset[str]


def is_wording(words: Sequence[str]) -> bool:
    """Tell cheaply whether lower-case words may hold a graded wording."""
    table = _table()
    graded = any(w in table.up or w in table.down or w in table.turning or w == "from" for w in words)
    return graded and any(w[:3] in table.by_start for w in words)


def worded_targets(scene: Scene) -> Iterator[tuple[Mention, Token, Predication]]:
    """Yield a mention made of the words, the token that heads them and what is said, longer wordings first."""
    taken = [(m.start, m.end) for m in scene.mentions if m.kind in ("metric", "failure_mode")]
    doc, used = scene.doc, set[int]()
    for token in doc:
        for wording in _table().by_start.get(token.lower_[:3], ()):
            at = _matched(doc, token.i, wording.stems)
            if at is None or not used.isdisjoint(at):
                continue
            start, end = scene.sentence.span(doc[at[0]].idx, doc[at[-1]].idx + len(doc[at[-1]]))
            concept = scene.ontology.find(wording.label)
            if concept is None or any(s < end and start < e for s, e in taken):
                continue
            head = next((doc[i] for i in at if doc[i].pos_ == "VERB"), doc[at[0]])
            said = _prevented(doc, at) or _grade(doc, at)
            if said is None or (len(at) == 1 and head.pos_ != "VERB" and not _grades_next(doc, at[0])):
                continue
            used.update(at)
            sign, cues = said
            mention = Mention(
                start,
                end,
                doc.text[doc[at[0]].idx : doc[at[-1]].idx + len(doc[at[-1]])],
                concept.kind,
                concept.iri,
                concept.label,
                0.7,
            )
            yield mention, head, Predication(Change(sign=sign), [head, *cues], head, _levers(head, at), "wording")
            break


def _matched(doc: Doc, first: int, stems: Sequence[tuple[str, ...]]) -> list[int] | None:
    """Return the tokens of a wording that begins at a token, or None."""
    if not _is_form(doc[first].lower_, stems[0]):
        return None
    found = [first]
    for stem in stems[1:]:
        for at in range(found[-1] + 1, min(len(doc), found[-1] + 2 + _BETWEEN)):
            if doc[at].lower_ in BREAKS or doc[at].text == ",":
                return None
            if _is_form(doc[at].lower_, stem):
                found.append(at)
                break
        else:
            return None
    return found


def _is_form(word: str, stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stem) and word[len(stem) :] in _ENDINGS for stem in stems)


def _grade(doc: Doc, at: Sequence[int]) -> tuple[int, list[Token]] | None:
    """Read the grade nearest to a wording: before it, within it, or behind it up to the next member of the clause."""
    low, high = at[0], at[-1]
    places = list(range(low + 1, high))
    for i in range(high + 1, min(len(doc), high + 1 + _AFTER)):
        if doc[i].lower_ in BREAKS or doc[i].lower_ in _SPLITS or doc[i].lower_ == "than":
            break
        places.append(i)
    for i in range(low - 1, max(-1, low - 1 - _BEFORE), -1):
        if doc[i].lower_ in BREAKS or doc[i].lower_ in _SPLITS or doc[i].pos_ == "VERB":
            break
        places.append(i)
    for i in places:
        if i not in at and (sign := _grade_at(doc, i)):
            turned = i > 0 and doc[i - 1].lower_ in _table().turning
            return (-sign if turned else sign), [doc[i - 1], doc[i]] if turned else [doc[i]]
    turning = next((i for i in places if doc[i].lower_ in _table().turning), None)
    return (-1, [doc[turning]]) if turning is not None and doc[turning].lower_ not in ("not", "neither") else None


def _grades_next(doc: Doc, i: int) -> bool:
    """Tell whether an adverb of grade follows at once: what it grades is a verb, whatever the tagger calls it."""
    table = _table()
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    return following in table.up or following in table.down or following in table.turning


def _grade_at(doc: Doc, i: int) -> int:
    word, table = doc[i].lower_, _table()
    if word == "well" and "as" in (doc[i - 1].lower_ if i else "", doc[i + 1].lower_ if i + 1 < len(doc) else ""):
        return 0
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    if word in ("more", "most") and following in table.down:
        return 0  # "more slowly": the next word says it
    if word in ("more", "most", "higher", "much") and following == "than" and i + 2 < len(doc) and doc[i + 2].like_num:
        return 0  # "more than 100 cycles" counts
    return 1 if word in table.up else -1 if word in table.down else 0


def _prevented(doc: Doc, at: Sequence[int]) -> tuple[int, list[Token]] | None:
    """Read "keeps the electrolyte from being used up"; the "from" stands before the last word of the wording."""
    source = next((i for i in range(at[-1] - 1, max(-1, at[-1] - 4), -1) if doc[i].lower_ == "from"), None)
    if source is None:
        return None
    for i in range(source - 1, max(-1, source - 1 - _PREVENTED), -1):
        if doc[i].lower_ in BREAKS:
            return None
        if doc[i].lemma_.lower() in _table().preventing:
            return -1, [doc[i]]
    return None


def _levers(head: Token, at: Sequence[int]) -> list[Agent]:
    """List who is responsible: the subject unless it is part of the wording, else what makes it so or the clause's means."""
    if head.pos_ not in ("VERB", "AUX"):
        return []
    own = agents(head) if is_passive(head) else subjects(head)
    outer = [a for a in own if a.token.i not in at]
    if outer:
        return outer
    if head.dep_ in ("ccomp", "xcomp") and head.head.lemma_ in _MAKING:
        return subjects(head.head)
    return instruments(head)


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = resources.files("extractors").joinpath("lexicon", "wordings.yaml").read_text(encoding="utf-8")
    try:
        raw = yaml.safe_load(text)
        wordings = [
            _Wording(tuple(tuple(word.split("|")) for word in said.split()), label)
            for label, sayings in raw["graded"].items()
            for said in sayings
        ]
        wordings.sort(key=lambda w: (-len(w.stems), w.label))
        by_start: dict[str, list[_Wording]] = {}
        for wording in wordings:
            for start in dict.fromkeys(stem[:3] for stem in wording.stems[0]):
                by_start.setdefault(start, []).append(wording)
        grades = raw["grades"]
        return _Table(
            {start: tuple(found) for start, found in by_start.items()},
            frozenset(grades["up"]),
            frozenset(grades["down"]),
            frozenset(grades["turning"]),
            frozenset(raw["preventing"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LexiconError(
            f"extractors/lexicon/wordings.yaml lacks {error}; restore it from the distribution"
        ) from error
