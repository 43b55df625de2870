"""Load the concepts and answer what a name means; the only reader of Turtle for the lexicon.

Names are compared by :func:`ontology.labels.fold_label`: compatibility characters, hyphens against spaces, case of
ordinary words, simple plurals and British spelling make no difference; the case of abbreviations and formulas does.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.namespace import RDF, SKOS

from ontology.errors import LexiconError
from ontology.labels import fold_label, spellings
from ontology.model import Direction, Kind, Regime, Verdict
from ontology.vocabulary import CONCEPT_NS, ID_NS, ONTOLOGY_NS, VOCABULARY, Vocabulary

__all__ = [
    "CONCEPT_NS",
    "ID_NS",
    "ONTOLOGY_NS",
    "VOCABULARY",
    "Concept",
    "Degrades",
    "Desirability",
    "Ontology",
    "Vocabulary",
    "fold_label",
    "load_ontology",
    "ontology_digest",
]

Desirability = Literal["higher_better", "lower_better", "window", "context", ""]

_HERE = Path(__file__).parent
_KINDS: Mapping[str, Kind] = {
    VOCABULARY.Strategy: "strategy",
    VOCABULARY.FailureMode: "failure_mode",
    VOCABULARY.Metric: "metric",
    VOCABULARY.Material: "material",
    VOCABULARY.Condition: "condition",
}
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)\s*$")
_GENITIVE = re.compile(r"(\S+) of (?:the |an? )?(.+)")


@dataclass(frozen=True, slots=True)
class Degrades:
    """Say that a failure mode degrades a metric in a regime, and where that is stated (a DOI)."""

    metric: str
    regime: Regime
    source: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Hold one thing papers name, with all its names; IRIs refer to other concepts."""

    iri: str
    kind: Kind
    label: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    definition: str = ""
    broader: tuple[str, ...] = ()
    desirability: Desirability = ""
    quantity: str = ""  # the quantity it is pooled under; "" for itself
    polarity: int = 1  # +1 or -1 towards that quantity
    canonical_unit: str = ""
    units: tuple[str, ...] = ()
    plausible: tuple[float, float] | None = None  # inclusive, in the canonical unit
    degrades: tuple[Degrades, ...] = ()
    involves: tuple[str, ...] = ()  # materials a strategy uses
    head_nouns: tuple[str, ...] = ()  # nouns that place an unknown name below this concept
    generic: bool = False  # found by name, but too general to be a mention in running text
    matches: tuple[tuple[str, str], ...] = ()  # (SKOS mapping predicate, external IRI)
    regime: Regime = "unspecified"  # of a metric that means one regime by itself: calendar life is storage
    over: tuple[str, ...] = ()  # levers of which this is too much: high deposition temperature
    under: tuple[str, ...] = ()  # levers of which this is too little
    umbrella: bool = False  # a metric that stands for all others together: no price, and nothing that offsets one


class Ontology:
    """Hold all concepts and find them by IRI, label and place in the tree."""

    def __init__(self, concepts: Mapping[str, Concept], *, digest: str) -> None:
        self.concepts: Mapping[str, Concept] = MappingProxyType(dict(concepts))
        self.digest = digest  # sha256 over the Turtle files

    def get(self, iri: str) -> Concept:
        """Return the concept with this IRI; raise LexiconError where there is none."""
        try:
            return self.concepts[iri]
        except KeyError:
            raise LexiconError(f"no concept {iri!r} in ontology/concepts; add a block or correct the IRI") from None

    def find(self, label: str, *, kind: Kind | None = None) -> Concept | None:
        """Return the concept a label names, or None.

        A preferred label wins over an alternative and that over a hidden one, then a strategy over a failure mode,
        metric, material and condition. A closing "(ABBR)" may be present or not, "growth of the SEI" is SEI growth, and
        case is forgiven last.
        """
        inner = _PARENTHESIS.search(label)
        names = [fold_label(name) for name in (label, *((label[: inner.start()], inner[1]) if inner else ()))]
        names += [f"{turned[2]} {turned[1]}" for name in names if (turned := _GENITIVE.fullmatch(name))]
        for index, forms in ((self._exact, names), (self._caseless, [name.lower() for name in names])):
            found = (concept for name in forms for concept in index.get(name, ()))
            if chosen := next((concept for concept in found if kind in (None, concept.kind)), None):
                return chosen
        return None

    def ancestors(self, iri: str) -> frozenset[str]:
        """Return the IRIs above a concept, itself excluded."""
        found: set[str] = set()
        todo = list(self.get(iri).broader)
        while todo:
            above = todo.pop()
            if above not in found:
                found.add(above)
                todo.extend(self.get(above).broader)
        return frozenset(found)

    def descendants(self, iri: str) -> frozenset[str]:
        """Return the IRIs below a concept, itself excluded."""
        self.get(iri)
        return self._below.get(iri, frozenset())

    def of_kind(self, kind: Kind) -> tuple[Concept, ...]:
        """Return the concepts of one kind, by IRI."""
        return tuple(concept for concept in self.concepts.values() if concept.kind == kind)

    def labels(self) -> Iterator[tuple[str, Concept]]:
        """Yield every label that can be a mention, in all its spellings, with its concept; generic ones are not."""
        for concept in (concept for concept in self.concepts.values() if not concept.generic):
            for label in dict.fromkeys((concept.label, *concept.alt, *concept.hidden)):
                for spelling in spellings(label):
                    yield spelling, concept

    def verdict(self, target: str, direction: Direction) -> Verdict:
        """Judge a change of a target by what the concept declares.

        Undetermined for ``context`` and ``window`` metrics and for what is neither metric nor failure mode.
        """
        settled: Mapping[Direction, Verdict] = {"no_change": "neutral", "mixed": "mixed", "optimum": "beneficial"}
        if direction in settled:
            return settled[direction]
        wanted = self.get(target).desirability
        if wanted not in ("higher_better", "lower_better"):
            return "undetermined"
        return "beneficial" if (wanted == "higher_better") == (direction == "increases") else "detrimental"

    @cached_property
    def _exact(self) -> Mapping[str, tuple[Concept, ...]]:
        order = list(_KINDS.values())
        ranked: defaultdict[str, dict[str, tuple[int, int, Concept]]] = defaultdict(dict)
        for concept in self.concepts.values():
            for rank, names in enumerate(((concept.label,), concept.alt, concept.hidden)):
                for name in names:
                    for spelling in spellings(name):
                        place = (rank, order.index(concept.kind), concept)
                        ranked[fold_label(spelling)].setdefault(concept.iri, place)
        return {
            key: tuple(place[2] for place in sorted(places.values(), key=lambda p: (p[0], p[1], p[2].iri)))
            for key, places in ranked.items()
        }

    @cached_property
    def _caseless(self) -> Mapping[str, tuple[Concept, ...]]:
        merged: defaultdict[str, dict[str, Concept]] = defaultdict(dict)
        for key, concepts in self._exact.items():
            merged[key.lower()].update({concept.iri: concept for concept in concepts})
        return {key: tuple(concepts.values()) for key, concepts in merged.items()}

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        below: defaultdict[str, set[str]] = defaultdict(set)
        for iri in self.concepts:
            for above in self.ancestors(iri):
                below[above].add(iri)
        return {iri: frozenset(found) for iri, found in below.items()}


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """Read ontology/concepts/*.ttl once and return the concepts, checked and sorted by IRI."""
    files = _concept_files()
    if not files:
        raise LexiconError(f"no concept files in {_HERE / 'concepts'}; reinstall anodekg")
    concepts: dict[str, Concept] = {}
    for file in files:
        concepts.update(_read_concepts(file.name, file.read_bytes()))
    ontology = Ontology(dict(sorted(concepts.items())), digest=ontology_digest())
    _check(ontology)
    return ontology


@lru_cache(maxsize=1)
def ontology_digest() -> str:
    """Return the digest of the ontology's files without reading what they say."""
    digest = hashlib.sha256()
    for file in [*_concept_files(), _HERE / "anode.ttl"]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _concept_files() -> list[Path]:
    return sorted((_HERE / "concepts").glob("*.ttl"))


def _read_concepts(name: str, data: bytes) -> dict[str, Concept]:
    graph = Graph()
    try:
        graph.parse(data=data, format="turtle")
    except (SyntaxError, ParserError, ValueError) as error:
        raise LexiconError(f"ontology/concepts/{name} is no valid Turtle ({error}); correct it there") from error
    nodes: defaultdict[Any, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in graph:
        nodes[subject][str(predicate)].append(value)
    found = {}
    for subject, properties in nodes.items():
        types = [_KINDS[str(kind)] for kind in properties[str(RDF.type)] if str(kind) in _KINDS]
        if types:
            found[str(subject)] = _concept(str(subject), types[0], properties, nodes)
    return found


def _concept(
    iri: str, kind: Kind, properties: Mapping[str, list[Any]], nodes: Mapping[Any, Mapping[str, list[Any]]]
) -> Concept:
    def many(predicate: str) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in properties.get(predicate, ())))

    def one(predicate: str, default: str = "") -> str:
        values = properties.get(predicate, ())
        if len(values) > 1:
            raise LexiconError(f"{iri} has {len(values)} values of {predicate}; keep one")
        return str(values[0]) if values else default

    low, high = one(VOCABULARY.plausibleLow), one(VOCABULARY.plausibleHigh)
    degrades = tuple(
        sorted(
            (
                Degrades(
                    metric=str(nodes[node][VOCABULARY.degradedMetric][0]),
                    regime=cast(Regime, str(nodes[node][VOCABULARY.regime][0])),
                    source=str(nodes[node][VOCABULARY.source][0]),
                )
                for node in properties.get(VOCABULARY.degrades, ())
            ),
            key=lambda link: (link.metric, link.regime),
        )
    )
    return Concept(
        iri=iri,
        kind=kind,
        label=one(str(SKOS.prefLabel)),
        alt=many(str(SKOS.altLabel)),
        hidden=many(str(SKOS.hiddenLabel)),
        definition=one(str(SKOS.definition)),
        broader=many(str(SKOS.broader)),
        desirability=cast(Desirability, one(VOCABULARY.desirability, "lower_better" if kind == "failure_mode" else "")),
        quantity=one(VOCABULARY.quantityConcept),
        polarity=int(one(VOCABULARY.polarity, "1")),
        canonical_unit=one(VOCABULARY.canonicalUnit),
        units=many(VOCABULARY.admissibleUnit),
        plausible=(float(low), float(high)) if low and high else None,
        degrades=degrades,
        involves=many(VOCABULARY.involves),
        head_nouns=many(VOCABULARY.headNoun),
        generic=bool(one(VOCABULARY.generic)),
        matches=tuple((match, target) for match in _MATCHES for target in many(str(SKOS[match]))),
        regime=cast(Regime, one(VOCABULARY.regime, "unspecified")),
        over=many(VOCABULARY.over),
        under=many(VOCABULARY.under),
        umbrella=bool(one(VOCABULARY.umbrella)),
    )


def _check(ontology: Ontology) -> None:
    for concept in ontology.concepts.values():
        if not concept.label:
            raise LexiconError(f"{concept.iri} has no skos:prefLabel; add one in ontology/concepts")
        links = (*concept.broader, *concept.involves, *(link.metric for link in concept.degrades), concept.quantity)
        for iri in (*links, *concept.over, *concept.under):
            if iri and iri not in ontology.concepts:
                raise LexiconError(f"{concept.iri} refers to {iri}, which no file in ontology/concepts defines")
