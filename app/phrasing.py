"""How people put the catalogue's questions: the patterns of phrasing.yaml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from ontology.errors import LexiconError
from ontology.model import Kind

_MARKS = ' \t\n?!."“”'
_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"<(\w+)>")
_LETTERS = re.compile(r"[a-z]{2,}")
_OPTIONAL_LETTER = re.compile(r"[a-z]\?( |$|[|)])")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")  # without its slot first, where it holds one


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Hold one way to put one question; ``say`` words it again with the slots filled."""

    question: str  # id in the catalogue
    role: str  # which rows of its answer are asked for
    say: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Hold all phrasings and the words around them."""

    phrasings: tuple[Phrasing, ...]
    slots: Mapping[str, tuple[Kind, ...]]
    endings: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    small: frozenset[str]  # beside the fillers, where a question is reworded
    circumstances: Mapping[str, Mapping[str, re.Pattern[str]]]  # parameter -> value -> phrase
    figures: Mapping[str, re.Pattern[str]]  # parameter -> phrase whose group is its value
    examples: tuple[str, ...]
    suggest: Mapping[Kind, tuple[str, ...]]  # questions about a concept, with {label}

    def take_circumstances(self, question: str) -> tuple[str, dict[str, str]]:
        """Return the question without the phrases that name its circumstances, and these by parameter."""
        taken: dict[str, str] = {}
        for parameter, pattern in self.figures.items():
            if found := pattern.search(question):
                taken[parameter] = found[1].replace(",", "")
                question = f"{question[: found.start()]} {question[found.end() :]}".strip()
        for parameter, patterns in self.circumstances.items():
            for value, pattern in patterns.items():
                found = pattern.search(question)
                if found and parameter not in taken:
                    taken[parameter] = value
                    question = f"{question[: found.start()]} {question[found.end() :]}".strip()
        return question, taken

    def fits(self, question: str) -> Iterator[tuple[Phrasing, dict[str, str]]]:
        """Yield the phrasings that fit a whole question, with the text of their slots."""
        text = " ".join(question.split()).strip(_MARKS)
        for phrasing in self.phrasings:
            found = phrasing.pattern.fullmatch(text)
            if found:
                yield phrasing, {slot: words for slot, words in found.groupdict().items() if words}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(resources.files("app").joinpath("phrasing.yaml").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def phrasing_words() -> frozenset[str]:
    """Return every word that questions are put in, whatever is asked about."""
    data = _data()
    told = [*data["words"].values(), *(pattern for entry in data["questions"] for pattern in entry["patterns"])]
    plain = _OPTIONAL_LETTER.sub(r"\1 ", " ".join(told))  # "helps?" stands for both
    stems = {word for text in (" ".join(told), plain) for word in _LETTERS.findall(_SLOT.sub(" ", text).lower())}
    return frozenset(stems | {f"{word}s" for word in stems})


@lru_cache(maxsize=1)
def load_phrasings() -> Phrasings:
    """Read phrasing.yaml and compile its patterns."""
    data = _data()
    words = {name: _joined(alternatives) for name, alternatives in data["words"].items()}
    return Phrasings(
        phrasings=tuple(
            Phrasing(question=entry["question"], role=entry["role"], say=entry["say"], pattern=_compile(pattern, words))
            for entry in data["questions"]
            for pattern in entry["patterns"]
        ),
        slots={slot: tuple(kinds) for slot, kinds in data["slots"].items()},
        endings={slot: tuple(endings) for slot, endings in data["endings"].items()},
        fillers=frozenset(data["fillers"].split()),
        small=frozenset(data["small"].split()),
        circumstances={
            parameter: {value: _phrase(phrase) for value, phrase in phrases.items()}
            for parameter, phrases in data["circumstances"].items()
        },
        figures={
            parameter: re.compile(rf"\s*\b(?:{_joined(phrase)})", re.IGNORECASE)
            for parameter, phrase in data["figures"].items()
        },
        examples=tuple(data["examples"]),
        suggest={kind: tuple(templates) for kind, templates in data["suggest"].items()},
    )


def _phrase(phrase: str) -> re.Pattern[str]:
    """Find a phrase where no name goes on: "in storage performance" names a metric."""
    after = r"(?=\s*$|\s*[?,.]|\s+(?:for|of|on|than|and|in|with|at)\b)"
    return re.compile(rf"\s*\b(?:{_joined(phrase)}){after}", re.IGNORECASE)


def _joined(alternatives: str) -> str:
    """Close up alternatives that are written over several lines."""
    return re.sub(r"\|\s+", "|", alternatives)


def _compile(pattern: str, words: Mapping[str, Any]) -> re.Pattern[str]:
    """Turn a pattern of phrasing.yaml into a regular expression.

    >>> bool(_compile("what <do> {cause} [really ]do", {"do": "does|do"}).fullmatch("What does FEC do"))
    True
    """
    source = pattern.replace("(", "(?:")
    source = _OPTIONAL.sub(lambda part: f"(?:{part[1]})" + ("??" if "{" in part[1] else "?"), source)
    source = _SLOT.sub(r"(?P<\1>.+?)", source)
    missing = set(_WORD.findall(re.sub(r"\(\?P<", "(?P:", source))) - set(words)
    if missing:
        raise LexiconError(f"app/phrasing.yaml: pattern {pattern!r} uses <{missing.pop()}>; list it under words")
    source = re.sub(r"(?<!\?P)<(\w+)>", lambda match: f"(?:{words[match[1]]})", source)
    return re.compile(source.replace(" ", r"\s+"), re.IGNORECASE)
