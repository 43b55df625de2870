"""Read a unit at a place in a text, and convert between units of one dimension.

A unit is composed from the rows of ``lexicon/units.tsv`` ("mA h g-1", "W m-1 K-1", "% per cycle");
``lexicon/dimensions.tsv`` says what a composition measures, ``lexicon/unit_iris.tsv`` its QUDT term. A composition
without a known dimension is no unit, which keeps "5 V h" from being read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from ontology.errors import LexiconError

__all__ = ["Unit", "UnitMatch", "convert", "parse_unit", "unit_of"]

_LEXICON = Path(__file__).parent / "lexicon"
_ZERO_CELSIUS = Fraction("273.15")
Vector = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a unit: ``key`` spells it one way ("mAh/g"), ``factor`` and ``offset`` lead to ``canonical``."""

    key: str
    dimension: str
    canonical: str  # key of the dimension's canonical unit
    factor: Fraction
    offset: Fraction = Fraction(0)
    iri: str | None = None
    powers: bool = False  # usually written as a power of ten

    def to_canonical(self, value: float) -> float:
        """Convert a value to the canonical unit; exact in decimal, so 3580 mAh/g stays 3580."""
        if self.factor == 1 and not self.offset:
            return value
        return float(Fraction(repr(value)) * self.factor + self.offset)


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """Hold a unit read from a text, the end of its spelling, and what a capacity is counted per ("Si")."""

    unit: Unit
    end: int
    basis: str = ""


@dataclass(frozen=True, slots=True)
class _Atom:
    symbol: str
    factor: Fraction
    vector: Vector


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    path = _LEXICON / name
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < columns:
            raise LexiconError(
                f"{path.name}:{number}: {len(cells)} columns instead of {columns}; separate them by tabs"
            )
        yield cells


def _vector(text: str) -> Vector:
    found: dict[str, int] = {}
    for word in text.split():
        m = re.fullmatch(r"([^\d\s-]+)(-?\d+)?", word)
        if not m:
            raise LexiconError(f"units.tsv: base {word!r} is no symbol with an exponent")
        found[m.group(1)] = found.get(m.group(1), 0) + int(m.group(2) or 1)
    return tuple(sorted(found.items()))


def _load_atoms() -> tuple[dict[str, _Atom], frozenset[str]]:
    atoms: dict[str, _Atom] = {}
    as_written: set[str] = set()
    for spellings, symbol, factor, base in _rows("units.tsv", 4):
        for spelling in {*spellings.split("|"), symbol}:
            atoms[_FILLER.sub("", spelling)] = _Atom(symbol, Fraction(factor), _vector(base))
        as_written |= {*spellings.split("|"), symbol}
    return atoms, frozenset(as_written)


_FILLER = re.compile(r"[ ·⋅∙.*-]")
_ATOMS, _SPELLINGS = _load_atoms()
_GLUED = r"(?=(?:g|kg|cm|L|s|mol)(?:\^?\(?-\d|1(?!\d)))"
_WORD = "|".join(re.escape(s).replace(r"\ ", r"[ ·⋅∙.*-]") for s in sorted(_SPELLINGS, key=lambda s: (-len(s), s)))
_COUNTED = "Si(?:Ox?|C)?|NCA|NMC|NCM|electrode|anode|cathode|total"  # what a capacity is counted per
_ATOM = re.compile(rf"({_WORD})(?:(?![A-Za-zμΩ])|{_GLUED}|(?<=g)(?=(?:{_COUNTED})[\s^-]))")
_FIRST = frozenset(s[0] for s in _SPELLINGS)
_EXPONENT = re.compile(r"\s?\^(?:\(([+-]?\d)\)|([+-]?\d)(?!\d))|\(([+-]?\d)\)|(-\d)(?!\d|\.\d)|(\d)(?![\d%])")
_SEPARATOR = re.compile(r"\s*([·⋅∙•*]|/|\bper\b)\s*|\.(?=[A-Za-z])|\s+|-(?=[A-Za-z])")
_BRACKETED = r"_?\(((?!Fig)[A-Z][A-Za-z0-9]{0,9}|electrode|anode|cathode|active|total)\)"
_BASIS = re.compile(rf"{_BRACKETED}|_?({_COUNTED})(?=[\s^-])")
_TAIL = re.compile(rf"{_BRACKETED}|_({_COUNTED})")


def _canonical_key(parts: tuple[tuple[str, int], ...]) -> str:
    def power(symbol: str, exponent: int) -> str:
        return symbol if exponent == 1 else f"{symbol}{exponent}"

    up = [power(s, e) for s, e in parts if e > 0]
    down = [(s, -e) for s, e in parts if e < 0]
    if not up:
        return "·".join(power(s, e) for s, e in parts)
    return "·".join(up) + "".join("/" + power(s, e) for s, e in down)


def _measure(parts: tuple[tuple[str, int], ...]) -> tuple[Fraction, Vector]:
    factor, vector = Fraction(1), dict[str, int]()
    for symbol, exponent in parts:
        atom = _ATOMS[symbol]
        factor *= atom.factor**exponent
        for base, e in atom.vector:
            vector[base] = vector.get(base, 0) + e * exponent
    return factor, tuple(sorted((b, e) for b, e in vector.items() if e))


def _of_key(key: str) -> tuple[tuple[str, int], ...]:
    parts: list[tuple[str, int]] = []
    for i, group in enumerate(key.split("/")):
        for word in group.split("·"):
            if word in _ATOMS:
                parts.append((word, -1 if i else 1))
                continue
            m = re.fullmatch(r"(.+?)(-?\d)", word)
            if not m or m.group(1) not in _ATOMS:
                raise LexiconError(f"{key!r} is no unit composed from units.tsv; add a row for {word!r} there")
            parts.append((m.group(1), int(m.group(2)) * (-1 if i else 1)))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Dimension:
    name: str
    canonical: str
    factor: Fraction
    powers: bool


def _load_dimensions() -> tuple[dict[str, _Dimension], dict[Vector, _Dimension]]:
    by_name: dict[str, _Dimension] = {}
    by_key: dict[str, _Dimension] = {}
    by_vector: dict[Vector, _Dimension] = {}
    for cells in _rows("dimensions.tsv", 2):
        name, key = cells[0], cells[1]
        factor, vector = _measure(_of_key(key))
        dimension = by_name.setdefault(name, _Dimension(name, key, factor, "power" in cells[2:]))
        by_key[key] = dimension
        by_vector.setdefault(vector, dimension)
    return by_key, by_vector


_BY_KEY, _BY_VECTOR = _load_dimensions()
_IRIS = {cells[0]: cells[1] for cells in _rows("unit_iris.tsv", 2)}


@lru_cache(maxsize=4096)
def _compose(parts: tuple[tuple[str, int], ...]) -> Unit | None:
    merged: dict[str, int] = {}
    for symbol, exponent in parts:
        merged[symbol] = merged.get(symbol, 0) + exponent
    parts = tuple((s, e) for s, e in merged.items() if e)
    if not parts:
        return None
    key = _canonical_key(parts)
    factor, vector = _measure(parts)
    dimension = _BY_KEY.get(key) or _BY_VECTOR.get(vector)
    if dimension is None:
        return None
    offset = -_ZERO_CELSIUS if key == "K" else Fraction(0)
    return Unit(
        key, dimension.name, dimension.canonical, factor / dimension.factor, offset, _IRIS.get(key), dimension.powers
    )


def unit_of(spelling: str) -> Unit | None:
    """Give the unit that the whole of a spelling names, or None when it names none.

    >>> unit_of("A h kg-1").canonical
    'mAh/g'
    """
    match = parse_unit(spelling, 0)
    return match.unit if match and match.end == len(spelling) else None


def convert(value: float, unit: str, to: str) -> float | None:
    """Convert between two spellings of one dimension; None when they measure different things."""
    source, target = unit_of(unit), unit_of(to)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    if source.key == target.key:
        return value
    exact = Fraction(repr(value)) * source.factor + source.offset
    return float((exact - target.offset) / target.factor)


def parse_unit(text: str, start: int) -> UnitMatch | None:
    """Read the longest unit that begins at ``start``; exponents may be "-1", "^-1", "(-1)" or a lost "1"."""
    if start >= len(text) or text[start] not in _FIRST:
        return None
    parts: list[tuple[str, int]] = []
    best: UnitMatch | None = None
    basis, at, sign = "", start, 1
    while m := _ATOM.match(text, at):
        symbol, end = _symbol(m.group(1)), m.end()
        if parts and (b := _BASIS.match(text, end)):
            basis, end = b.group(1) or b.group(2), b.end()
        exponent, end = _exponent(text, end, m.group(1), first=not parts)
        if parts and (t := _TAIL.match(text, end)):
            basis, end = t.group(1) or t.group(2), t.end()
        parts.append((symbol, exponent * sign))
        unit = _compose(tuple(parts))
        if unit is None and exponent > 1 and len(parts) > 1:
            unit = _compose((*parts[:-1], (symbol, -exponent)))  # "mA cm2": the minus was lost in print
        if unit is not None and not text[end : end + 1].isalnum():
            best = UnitMatch(unit, end, basis)
        s = _SEPARATOR.match(text, end)
        sign = -1 if s and s.group(1) in ("/", "per") else 1
        at = s.end() if s else end
    return best


def _symbol(spelling: str) -> str:
    return _ATOMS[_FILLER.sub("", spelling)].symbol


def _exponent(text: str, at: int, atom: str, *, first: bool) -> tuple[int, int]:
    """Read an exponent after an atom: its value (1 where there is none) and where it ends."""
    m = _EXPONENT.match(text, at)
    if m is None or not atom[-1].isalpha():
        return 1, at
    given = int(next(g for g in m.groups() if g))
    repeated = m.group(4) is not None and text.startswith(atom, m.end() + text[m.end() :].startswith(" "))
    if not 0 < abs(given) < 5 or repeated:  # a citation after the unit, or a range such as "2 nm-4 nm"
        return 1, at
    lost_minus = m.group(5) is not None and given == 1 and not first
    return (-1 if lost_minus else given), m.end()
