"""Decide whether two names denote the same thing: by concept where the ontology knows both, else by their words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from ontology import Ontology, fold_label
from ontology.model import Kind

_VAGUE = 20  # a concept with more below it is too wide to stand for one of them
_ALIKE = 0.6  # share of informative words that two names must have in common
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ed", "er", "s")


@dataclass(frozen=True, slots=True)
class Name:
    """Hold the ways in which a thing is named, and the concepts these are known by."""

    forms: frozenset[str]
    concepts: frozenset[str] = frozenset()


class Naming:
    """Compare names in the light of an ontology.

    Two known names are one when they share a concept, a quantity, or a branch that is not too wide, or when one spells
    the other out ("flexibility", "SEI flexibility"); a name that is not known is compared by its informative words.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    def annotated(self, forms: Iterable[str], *, kind: Kind | None = None) -> Name:
        """Make the name of an annotated thing; the first of ``forms`` is the canonical one."""
        told = [form for form in forms if form]
        for form in told:
            found = self._ontology.find(form, kind=kind) or self._ontology.find(form)
            if found is not None:
                return Name(frozenset(told), frozenset({found.iri}))
        return Name(frozenset(told))

    def read(self, label: str, surface: str, concept: str | None) -> Name:
        """Make the name of a thing as read: its label, and the words of the paper unless they only point."""
        forms = frozenset(form for form in (label, surface) if form and not points(form))
        known = {concept} if concept is not None and concept in self._ontology.concepts else set[str]()
        return Name(forms, frozenset(known))

    def same(self, one: Name, other: Name) -> bool:
        """Tell whether two names denote the same thing."""
        pairs = [(a, b) for a in one.forms for b in other.forms]
        if one.concepts and other.concepts:
            if any(self._related(a, b) for a in one.concepts for b in other.concepts):
                return True
            return any(within(a, b) or within(b, a) for a, b in pairs)
        return any(alike(a, b) for a, b in pairs)

    def opposite(self, one: Name, other: Name) -> bool:
        """Tell whether two names stand for opposite ends of one quantity, as capacity fade and capacity retention do."""
        ends = [(self._quantity(a), self._quantity(b)) for a in one.concepts for b in other.concepts]
        return any(a[0] == b[0] and a[1] != b[1] for a, b in ends) and not one.concepts & other.concepts

    def _related(self, one: str, other: str) -> bool:
        if one == other or self._quantity(one)[0] == self._quantity(other)[0]:
            return True
        a, b = self._ontology.concepts[one], self._ontology.concepts[other]
        return self._stands_for(one, other) or self._stands_for(other, one) or one in b.involves or other in a.involves

    def _stands_for(self, wide: str, narrow: str) -> bool:
        if self._ontology.concepts[wide].generic or len(self._ontology.descendants(wide)) > _VAGUE:
            return False
        return wide in self._ontology.ancestors(narrow)

    def _quantity(self, iri: str) -> tuple[str, int]:
        concept = self._ontology.concepts[iri]
        return (concept.quantity, concept.polarity) if concept.quantity else (iri, 1)


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Tell whether two names have the same informative words, or one has those of the other and more.

    >>> alike("binder of polyacrylic acid", "polyacrylic acid"), alike("high temperature", "low temperature")
    (True, False)
    """
    lists, a, b = _lists(), words(one), words(other)
    if not a or not b or a & lists.marked != b & lists.marked or _opposed(a, b):
        return False
    if a == b:
        return True
    a_says, b_says = a - lists.idle, b - lists.idle
    if not a_says or not b_says:
        return len(a & b) * 2 >= len(a | b)
    fewer, more = sorted((a_says, b_says), key=len)
    if fewer <= more and not fewer <= lists.common:
        return True
    return len(fewer & more) >= _ALIKE * len(fewer | more)


@lru_cache(maxsize=200_000)
def within(short: str, long: str) -> bool:
    """Tell whether one name has all the words of the other, those that name sorts of things included.

    >>> within("flexibility", "SEI flexibility"), within("lithium consumption", "electrolyte consumption")
    (True, False)
    """
    lists = _lists()
    few, many = words(short) - lists.grammar, words(long) - lists.grammar
    if not few or few & lists.marked != many & lists.marked or _opposed(few, many):
        return False
    return few <= many and not few <= lists.common | lists.filler


def informative(text: str) -> frozenset[str]:
    """Return the words of a text that say something."""
    return words(text) - _lists().idle


def points(text: str) -> bool:
    """Tell whether a surface only points at something named elsewhere."""
    return any(re.match(rf"{word}\b", text, re.IGNORECASE) for word in _lists().pointing)


@lru_cache(maxsize=100_000)
def words(text: str) -> frozenset[str]:
    """Return the folded words of a name, without endings."""
    return frozenset(_stem(word) for word in re.findall(r"[^\W_]+", fold_label(text).lower()))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@dataclass(frozen=True, slots=True)
class _Lists:
    grammar: frozenset[str]
    filler: frozenset[str]
    common: frozenset[str]
    marked: frozenset[str]
    opposed: tuple[tuple[frozenset[str], ...], ...]
    pointing: tuple[str, ...]

    @property
    def idle(self) -> frozenset[str]:
        """Return the words that say nothing."""
        return self.grammar | self.filler


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    told: dict[str, Any] = tomllib.loads(
        resources.files("app.evaluation").joinpath("words.toml").read_text(encoding="utf-8")
    )

    def stems(given: Iterable[str]) -> frozenset[str]:
        return frozenset(_stem(word) for word in given)

    return _Lists(
        stems(told["grammar"]),
        stems(told["filler"]),
        stems(told["common"]),
        stems(told["marked"]),
        tuple(tuple(map(stems, sides)) for sides in told["opposed"]),
        tuple(told["pointing"]),
    )


def _opposed(a: frozenset[str], b: frozenset[str]) -> bool:
    for sides in _lists().opposed:
        of_a = {at for at, side in enumerate(sides) if a & side}
        of_b = {at for at, side in enumerate(sides) if b & side}
        if of_a and of_b and not of_a & of_b:
            return True
    return False
