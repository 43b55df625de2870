"""Find where a sentence names a known thing: longest label first, and names the paper itself defines.

The matcher is a token trie over the folded labels of the ontology, so that its cost does not grow with the
number of labels. Abbreviations bound by a paper ("cyclopentyl methyl ether (CPME)") count from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.phrases import head_of
from extractors.text import Sentence
from ontology import Concept, Ontology, fold_label
from ontology.labels import fold_word
from ontology.model import Kind, Mention

__all__ = ["Definitions", "Matcher", "abbreviations", "bound_names", "coined_names", "lever_nouns", "matcher"]

_WORD = re.compile(r"[^\s\-/()\[\]{},;:!?\"“”‘’'`·…|=<>]+")
_DONE_WITH = frozenset(
    {"doping", "coating", "grafting", "substitution", "encapsulation", "codoping", "co-doping", "pillaring"}
)
_VERBS = frozenset({"slows", "thins", "lowers"})  # third persons that folding takes for the adjective
_ORDER: dict[Kind, int] = {"strategy": 0, "failure_mode": 1, "metric": 2, "material": 3, "condition": 4}
_FORMULA = re.compile(r"(?=[^\s,;()]*[A-Z])[A-Za-z0-9.]+(?:[@/|‖]+[A-Za-z0-9.\-]+)+(?:[@/|‖\-]+[A-Za-z0-9.]+)*")
_UNITS = re.compile(
    r"^(?:m?A|mAh|W|Wh|C|g|kg|h|cm|V|S|N|Li/Li|w/w|v/v|and/or|charge/discharge|lithiation/delithiation|discharge/charge)(?:/|$)",
    re.IGNORECASE,
)
_COINED = re.compile(r"[A-Z].*[A-Z]|[A-Z].*\d|\d.*[A-Z]|[a-z]\d*[A-Z]")  # a coined short form, no plain word
_CHEMICAL = re.compile(
    r"\w{3}(?:[ae]ne|ide|ate|ite|one|ine|ol|ose|ium|mer|ester|ether|acid|yl|in|um)s?$"
)  # how names of substances end
_DEFINED = re.compile(r"\(\s*([A-Za-z][\w@/+\-]{1,14})\s*\)")


class Node:
    """Hold one trie node."""

    __slots__ = ("concepts", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.concepts: list[tuple[int, Concept]] = []  # 0 for a preferred or alternative label, 1 for a hidden one


@dataclass(slots=True)
class Definitions:
    """Hold the abbreviations a paper has bound so far, folded short form to long form."""

    long: dict[str, str] = field(default_factory=dict)
    coined: dict[str, Kind] = field(default_factory=dict)  # short forms of things that no label covers


class Matcher:
    """Match the labels of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._root = Node()
        for label, concept in ontology.labels():
            words = fold_label(label).split()
            rank = int(label not in (concept.label, *concept.alt))
            self._add(words, concept, rank)
            if _invertible(words, concept):
                self._add([words[-1], "of", *words[:-1]], concept, 1)  # "generation of gas" is "gas generation"
            if concept.kind == "strategy" and len(words) == 2 and words[1] in _DONE_WITH:
                self._add([words[1], "with", words[0]], concept, 1)  # "doping with boron" is "boron doping"

    def _add(self, words: Sequence[str], concept: Concept, rank: int) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, Node())
        if node is not self._root and (rank, concept) not in node.concepts:
            node.concepts.append((rank, concept))

    def find(self, sentence: Sentence, definitions: Definitions | None = None) -> tuple[Mention, ...]:
        """Return the non-overlapping mentions of a sentence in order; the longest name wins."""
        return tuple(self._mentions(sentence, definitions or Definitions()))

    def _mentions(self, sentence: Sentence, definitions: Definitions) -> Iterator[Mention]:
        words = [(m.start(), m.end(), m.group().rstrip(".")) for m in _WORD.finditer(sentence.text)]
        words = [(s, s + len(w), w) for s, _, w in words if w]
        folded = [self._folds(word) for _, _, word in words]
        at = 0
        while at < len(words):
            if words[at][2] in ("a", "A") and sentence.text[words[at][1] : words[at][1] + 1] == " ":
                at += 1  # the article of "A Si anode", not the amorphous "a-Si anode"
                continue
            if words[at][2].lower() in _VERBS:
                at += 1  # "slows lithiation" says a change; "slow lithiation" names a failure
                continue
            end, concepts = self._longest(folded, at)
            defined = definitions.long.get(words[at][2])
            if defined is not None and end <= at + 1:
                concept = self.ontology.find(defined)
                if concept is not None:
                    end, concepts = at + 1, [(0, concept)]
            if end > at:
                start_char, end_char = words[at][0], words[end - 1][1]
                concept = min(concepts, key=_precedence)[1]
                span = sentence.span(start_char, end_char)
                yield Mention(*span, sentence.text[start_char:end_char], concept.kind, concept.iri, concept.label)
                at = end
            else:
                at += 1

    def _folds(self, word: str) -> tuple[str, ...]:
        folded = fold_word(word)
        lower = fold_word(word.lower()) if word[0].isupper() and word[1:].islower() else folded
        return (folded,) if folded == lower else (folded, lower)

    def _longest(self, folded: Sequence[tuple[str, ...]], at: int) -> tuple[int, list[tuple[int, Concept]]]:
        best: tuple[int, list[tuple[int, Concept]]] = (at, [])
        nodes = [self._root]
        for index in range(at, min(at + 9, len(folded))):
            if index > at and folded[index][0] in ("the", "a", "an", "its", "their") and folded[index - 1][0] == "of":
                nodes = nodes + [n for node in nodes for word in folded[index] if (n := node.next.get(word))]
                continue
            nodes = [n for node in nodes for word in folded[index] if (n := node.next.get(word))]
            if not nodes:
                break
            found = [c for node in nodes for c in node.concepts]
            if found:
                best = (index + 1, found)
        return best


def _invertible(words: Sequence[str], concept: Concept) -> bool:
    """Tell whether a name can be turned round: "gas generation", "solvation structure regulation"."""
    if not 2 <= len(words) <= 3 or "of" in words:
        return False
    return concept.kind in ("metric", "failure_mode") or (
        concept.kind == "strategy" and words[-1].endswith(("tion", "ment", "control", "design"))
    )


def _precedence(named: tuple[int, Concept]) -> tuple[int, int, str]:
    """Rank what a name may mean: an open label before a hidden one, a strategy before a failure mode, and so on."""
    rank, concept = named
    return rank, _ORDER[concept.kind], concept.iri


@lru_cache(maxsize=2)
def matcher(ontology: Ontology) -> Matcher:
    """Build the matcher of an ontology once."""
    return Matcher(ontology)


def abbreviations(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield (short, long) forms bound as "long form (SF)"; the letters of the short form occur in order in the long.

    Source: Schwartz and Hearst, Pac. Symp. Biocomput. 2003, 451.
    """
    for m in _DEFINED.finditer(sentence):
        short = m.group(1)
        if not any(c.isupper() for c in short):
            continue
        before = sentence[: m.start()].rstrip().split()[-min(len(short) + 5, 2 * len(short)) :]
        long = _long_form(short.rstrip("s") if short[-1:] == "s" and short[:-1].isupper() else short, " ".join(before))
        if long and len(long) > len(short) + 2:
            yield short, long


def _long_form(short: str, before: str) -> str:
    i, j = len(short) - 1, len(before) - 1
    while i >= 0:
        char = short[i].lower()
        if not char.isalnum():
            i -= 1
            continue
        while j >= 0 and (before[j].lower() != char or (i == 0 and j > 0 and before[j - 1].isalnum())):
            j -= 1
        if j < 0:
            return ""
        i, j = i - 1, j - 1
    return before[j + 1 :]


def coined_names(sentence: Sentence, known: Iterable[Mention], definitions: Definitions) -> Iterator[Mention]:
    """Yield names that no label covers: samples such as ``CN@P-Si`` or ``NCA||Si``, and short forms bound before."""
    taken = [(m.start, m.end) for m in known]
    formulas: list[tuple[tuple[int, int], Kind]] = [
        ((m.start(), m.start() + len(m.group().rstrip("."))), "material")
        for m in _FORMULA.finditer(sentence.text)
        if not _UNITS.match(m.group()) and len(m.group()) >= 4 and re.search(r"[@|‖]", m.group())
    ]
    bound = [
        (m.span(), kind)
        for short, kind in definitions.coined.items()
        for m in re.finditer(rf"(?<![\w@/-]){re.escape(short)}\d{{0,2}}(?![\w@/])", sentence.text)
    ]
    for (low, high), kind in sorted([*formulas, *bound]):
        start, end = sentence.span(low, high)
        if not any(s < end and start < e for s, e in taken):
            taken.append((start, end))
            name = sentence.text[low:high]
            yield Mention(start, end, name, kind, None, name, 0.6)


def bound_names(sentence: str, ontology: Ontology) -> Iterator[tuple[str, Kind]]:
    """Yield short forms that a sentence binds to a thing without a label, "the copolymer (CS-g-PAAA)", with their kind."""
    for m in _DEFINED.finditer(sentence):
        short = m.group(1)
        if not _COINED.search(short) or _UNITS.match(short) or ontology.find(short) is not None:
            continue
        before = re.findall(r"[A-Za-z][A-Za-z-]*", sentence[: m.start()])[-4:]
        if not before or ontology.find(" ".join(before[-2:])) or ontology.find(before[-1]):
            continue
        noun = before[-1].lower()
        if head_of(noun) in lever_nouns(ontology):
            yield short, "strategy"
        elif head_of(noun) or _CHEMICAL.search(noun):
            yield short, "material"


@lru_cache(maxsize=2)
def lever_nouns(ontology: Ontology) -> frozenset[str]:
    """List the nouns that place an unknown name among the strategies."""
    return frozenset(n for c in ontology.concepts.values() if c.kind == "strategy" for n in c.head_nouns)
