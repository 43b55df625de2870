"""Find what nobody has reported: the questions an evidence base leaves open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.reasoning.differences import family
from ontology import Ontology
from ontology.model import Assembly, Effect

__all__ = ["half_cells_only", "known_here_but_not_there", "never_reported"]


def never_reported(assembly: Assembly, metric: str, ontology: Ontology) -> tuple[str, ...]:
    """Return the strategies with evidence on something, but none on a metric or its kinds; sorted IRIs."""
    levers = _levers(assembly.effects)
    related = family(metric, ontology)
    return tuple(sorted(lever for lever, targets in levers.items() if not targets & related))


def known_here_but_not_there(assembly: Assembly, here: str, there: str, ontology: Ontology) -> tuple[str, ...]:
    """Return the strategies reported for one metric and never for another (cycle life, calendar life); sorted IRIs."""
    levers = _levers(assembly.effects)
    known, missing = family(here, ontology), family(there, ontology)
    return tuple(sorted(lever for lever, targets in levers.items() if targets & known and not targets & missing))


def half_cells_only(assembly: Assembly) -> tuple[str, ...]:
    """Return the strategies whose findings, where they name a cell, name half cells alone; sorted IRIs."""
    cells: defaultdict[str, set[str]] = defaultdict(set)
    for effect in _of_strategies(assembly.effects):
        cells[effect.key.cause] |= {text for field, text in effect.conditions if field == "cell"}
    return tuple(sorted(lever for lever, found in cells.items() if found == {"half"}))


def _levers(effects: Sequence[Effect]) -> dict[str, set[str]]:
    levers: defaultdict[str, set[str]] = defaultdict(set)
    for effect in _of_strategies(effects):
        levers[effect.key.cause].add(effect.key.target)
    return levers


def _of_strategies(effects: Iterable[Effect]) -> Iterable[Effect]:
    return (effect for effect in effects if effect.cause_kind == "strategy")
