"""Say what an effect means for every thing its target stands for.

Effects pool under a quantity: what thickens the SEI is what SEI growth says, what lowers capacity retention is capacity
fade. A question about either must find the effect, with the direction and verdict that hold for what was asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from ontology import Concept, Ontology
from ontology.model import Direction, Effect, Kind, Verdict

__all__ = ["Reading", "readings", "standing_for"]

_OPPOSITE: Mapping[Direction, Direction] = MappingProxyType({"increases": "decreases", "decreases": "increases"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold an effect as read for one concept; ``own`` for the quantity it is pooled under."""

    target: str
    label: str
    kind: Kind
    direction: Direction
    verdict: Verdict
    own: bool


def readings(effect: Effect, ontology: Ontology) -> tuple[Reading, ...]:
    """Return an effect as it stands, then for each concept that is measured by its target."""
    key = effect.key
    own = Reading(key.target, effect.target_label, effect.target_kind, key.direction, effect.verdict, own=True)
    others = []
    for concept in _measured_by(ontology).get(key.target, ()):
        direction = _OPPOSITE.get(key.direction, key.direction) if concept.polarity < 0 else key.direction
        verdict = ontology.verdict(concept.iri, direction)
        others.append(Reading(concept.iri, concept.label, concept.kind, direction, verdict, own=False))
    return own, *others


def standing_for(quantity: str, ontology: Ontology) -> tuple[tuple[str, Kind], ...]:
    """Return a quantity and every concept that is measured by it, each with its kind."""
    concepts = (ontology.get(quantity), *_measured_by(ontology).get(quantity, ()))
    return tuple((concept.iri, concept.kind) for concept in concepts)


@lru_cache(maxsize=4)
def _measured_by(ontology: Ontology) -> Mapping[str, tuple[Concept, ...]]:
    found: defaultdict[str, list[Concept]] = defaultdict(list)
    for concept in ontology.concepts.values():
        if concept.quantity and concept.quantity != concept.iri:
            found[concept.quantity].append(concept)
    return {quantity: tuple(concepts) for quantity, concepts in found.items()}
