"""Find names of things without a parser: a run of modifiers that ends in a head noun of ``lexicon/thing_nouns.txt``.

Known mentions grow to the phrase around them ("Al/Alg-TUEG binder"), and things no concept covers are named by their
phrase. A modifier is no function word, no adverb, and no plural or third person (a verb before an object ends in "s").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from extractors.metric_choice import LocalMention
from ontology import Ontology
from ontology.model import Mention

__all__ = ["around", "head_of", "things"]

_NOUNS = Path(__file__).parent / "lexicon" / "thing_nouns.txt"
_TOKEN = re.compile(r"[A-Za-z0-9μα-ω][\w@|/+.'’-]*")
_WORDS = Path(__file__).parent / "lexicon" / "phrase_words.txt"
_PLURAL_LIKE = re.compile(r"(?<![sui])s$|ies$")
_OF = re.compile(
    r"\s+(?:of|made of|made from)\s+(?:(?:the|pure|crystalline|amorphous|nanocrystalline|micro-sized|nano-sized)\s+)*$"
)

_HELD = re.compile(
    r"\s+(?:of|from|made of|made from)\s+(?:(?:a|an|the|its|their)\s+)?[A-Za-z0-9][\w@/-]*(?:\s+(?=[A-Z\d])[\w@/-]+)*"
)
_WIDEST = 60  # characters of a grown phrase


@lru_cache(maxsize=2)
def _listed(name: str) -> frozenset[str]:
    """Read a list of ``phrase_words.txt``: "bound" or "general"."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith(f"{name}: ") for word in line.split()[1:])


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    lines = _NOUNS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def head_of(name: str) -> str:
    """Return the head noun of a name in the singular, or "" where it ends in none."""
    words = re.findall(r"[A-Za-z-]+", name)
    return next((h for w in words[-1:] for h in _singulars(w) if h in _heads()), "")


def _singulars(word: str) -> tuple[str, ...]:
    lower = word.lower()
    return (lower, lower.removesuffix("s"), lower.removesuffix("es"), lower.removesuffix("ces") + "x")


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow a name to its phrase: modifiers before it, a head noun right behind it, and what it is "of"."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    first = next((i for i, (_, e) in enumerate(tokens) if e > start), 0)
    last = max((i for i, (s, _) in enumerate(tokens) if s < end), default=first)
    if not tokens:
        return start, end
    low, high = min(start, tokens[first][0]), max(end, tokens[last][0] + len(text[slice(*tokens[last])].rstrip(".,")))
    while first > 0 and text[tokens[first - 1][1] : low] in (" ", "-") and _modifies(text[slice(*tokens[first - 1])]):
        first -= 1
        low = tokens[first][0]
        if end - low > _WIDEST:
            break
    if last + 1 < len(tokens) and text[high : tokens[last + 1][0]] in (" ", "-"):
        following = text[slice(*tokens[last + 1])].rstrip(".,")
        if any(s in _heads() for s in _singulars(following)):
            last, high = last + 1, tokens[last + 1][0] + len(following)
    made_of = _HELD.match(text, high)
    if made_of is not None:
        high = made_of.end()
    return low, high


def things(text: str, mentions: Sequence[LocalMention], ontology: Ontology) -> list[LocalMention]:
    """Return the materials and strategies of a text, grown to their phrases, and the unknown ones, in order."""
    known = [m for m in mentions if m.mention.kind in ("strategy", "material")]
    others = [(m.start, m.end) for m in mentions if m.mention.kind in ("metric", "failure_mode")]
    found: list[LocalMention] = []
    taken: list[tuple[int, int]] = []
    for start, end in _phrases(text):
        inside = [m for m in known if m.start < end and start < m.end]
        if not inside and any(s < end and start < e for s, e in others):
            continue
        made_of = next((m for m in known if end < m.start <= end + 30 and _OF.match(text[end : m.start])), None)
        if made_of is not None and not inside:
            inside, end = [made_of], made_of.end
        if inside:
            start, end = min(start, inside[0].start), max(end, inside[-1].end)
        named = _named(text, start, end, inside, ontology)
        if named is not None:
            found.append(named)
            taken.append((start, end))
    found += [m for m in known if not any(s <= m.start and m.end <= e for s, e in taken)]
    return sorted(found, key=lambda m: (m.start, -m.end))


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open places of runs of modifiers with a head noun at their end."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    for index, (start, end) in enumerate(tokens):
        word = text[start:end].rstrip(".,")
        if not any(s in _heads() for s in _singulars(word.rsplit("-", 1)[-1])):
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if (
            following
            and text[end : following[0]] == " "
            and any(s in _heads() for s in _singulars(text[slice(*following)]))
        ):
            continue
        first = index
        while (
            first > 0
            and index - first < 5
            and text[tokens[first - 1][1] : tokens[first][0]] == " "
            and _modifies(text[slice(*tokens[first - 1])])
        ):
            first -= 1
        yield tokens[first][0], start + len(word)


def _modifies(word: str) -> bool:
    lower = word.lower().rstrip(".,")
    return (
        word[-1] not in ".,"
        and lower not in _listed("bound")
        and not lower.endswith("ly")
        and not (_PLURAL_LIKE.search(lower) and not word[:2].isupper() and "@" not in word)
    )


def _named(text: str, start: int, end: int, inside: Sequence[LocalMention], ontology: Ontology) -> LocalMention | None:
    phrase = text[start:end]
    best = min(inside, key=lambda m: (m.mention.kind != "strategy", -(m.end - m.start)), default=None)
    concept = ontology.concepts.get(best.mention.concept or "") if best else None
    spoken = {w for label in ((concept.label, *concept.alt, *concept.hidden) if concept else ()) for w in _words(label)}
    more = _words(phrase) - spoken - _listed("general") - _heads()
    if best is not None and not more:
        return LocalMention(start, end, best.mention)
    if not more or not any(len(w) > 2 for w in more):
        return None
    kind = best.mention.kind if best else "material"
    return LocalMention(start, end, Mention(0, 0, phrase, kind, best.mention.concept if best else None, phrase, 0.5))


def _words(name: str) -> set[str]:
    return {w.removesuffix("s") for w in re.findall(r"[a-z0-9]+", name.lower())}
