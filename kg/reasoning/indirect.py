"""Infer help through failure modes: what suppresses a failure helps the metric that failure degrades, in its regime.

At most two links: lever → failure → metric, or lever → failure → failure → metric. Every link but the last is an
extracted effect with evidence; the last is the ontology's, with its source, and holds in the regime of the sentences
before it. A sentence that names no regime, by its words or its conditions (cycles, rates; storage time, rest), speaks for
the one regime in which its failure mode does harm, and for none where it harms in both. A lever that itself harms the metric, or
is believed at least as much to aggravate a failure that does, is not offered. Inferred help ranks below direct
evidence and is always labelled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.reasoning.differences import family
from kg.support import ACTIVE
from ontology import Degrades, Ontology
from ontology.model import Direction, Effect, IndirectHelp, Regime

__all__ = ["PER_LINK", "find_indirect"]

PER_LINK = 0.7  # what an inference step leaves of the belief in the effects behind it
_DIGITS = 6
# Conditions that only one of the regimes has.
_TELLS: Mapping[str, Regime] = {
    "cycles": "cycling",
    "charge_rate": "cycling",
    "discharge_rate": "cycling",
    "reference_cycle": "cycling",
    "storage_time": "storage",
    "rest": "storage",
}
_OPPOSITE: Mapping[Direction, Direction] = {"increases": "decreases", "decreases": "increases"}


def find_indirect(effects: Sequence[Effect], ontology: Ontology) -> tuple[IndirectHelp, ...]:
    """Return all inferred help, sorted by cause, metric, regime and way; the best evidence for each way."""
    failures = _Failures(ontology)
    blocked, aggravated = _Blocked(effects, ontology), _aggravated(effects, failures)
    causes = _causes(effects, failures)
    best: dict[tuple[str, str, Regime, tuple[str, ...]], IndirectHelp] = {}
    for effect in effects:
        if effect.verdict != "beneficial" or not _pulls(effect):
            continue
        for chain in _chains(effect, failures, causes):
            for link in failures.degrades[chain[-1][1]]:
                if not failures.carries(chain, link):
                    continue
                belief = round(_product(chain) * PER_LINK ** len(chain), _DIGITS)
                lever, harm = effect.key.cause, aggravated[effect.key.cause, link.metric, link.regime]
                if blocked.by_direct_harm(lever, link) or harm >= effect.belief:
                    continue
                via = tuple(failure for _, failure in chain)
                iris = tuple(each.iri for each, _ in chain)
                help_ = IndirectHelp(lever, effect.cause_label, link.metric, link.regime, via, iris, belief)
                key = lever, link.metric, link.regime, via
                if key not in best or (-belief, iris) < (-best[key].belief, best[key].effects):
                    best[key] = help_
    return tuple(best[key] for key in sorted(best))


_Chain = tuple[tuple[Effect, str], ...]  # effects with the failure mode each one ends in


class _Failures:
    """Know which effects suppress or aggravate a failure mode, pooled under a quantity or not, and what it degrades.

    "Less SEI growth" is pooled as thinner SEI, "less loss of lithium" as more lithium inventory: both are found here.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._meant: defaultdict[tuple[str, Direction], list[str]] = defaultdict(list)
        self.degrades: dict[str, list[Degrades]] = {}
        self._settled: dict[str, Regime | None] = {}  # the one regime in which a failure mode does harm
        for concept in ontology.of_kind("failure_mode"):
            less: Direction = "decreases" if concept.polarity > 0 else "increases"
            self._meant[concept.quantity or concept.iri, less].append(concept.iri)
            self.degrades[concept.iri] = _degrades(concept.iri, ontology)
            own = {link.regime for link in concept.degrades or self.degrades[concept.iri]} - {"unspecified"}
            self._settled[concept.iri] = own.pop() if len(own) == 1 else None

    def carries(self, chain: _Chain, link: Degrades) -> bool:
        """Say whether all sentences of a chain speak for the regime in which its last failure mode degrades a metric."""
        if link.regime == "unspecified":
            return len({_regime(effect) for effect, _ in chain} - {"unspecified"}) <= 1
        settled = self._settled[chain[-1][1]] == link.regime
        return all(
            regime == link.regime or (regime == "unspecified" and settled) for regime in (_regime(e) for e, _ in chain)
        )

    def suppressed(self, effect: Effect) -> Sequence[str]:
        """Return the failure modes that an effect makes less of."""
        return self._meant.get((effect.key.target, effect.key.direction), ())

    def aggravated(self, effect: Effect) -> Sequence[str]:
        """Return the failure modes that an effect makes more of."""
        opposite = _OPPOSITE.get(effect.key.direction)
        return self._meant.get((effect.key.target, opposite), ()) if opposite else ()


def _chains(effect: Effect, failures: _Failures, causes: Mapping[str, Sequence[Effect]]) -> Iterator[_Chain]:
    """Yield the one-link and two-link chains that begin with a suppressed failure mode."""
    for failure in failures.suppressed(effect):
        yield ((effect, failure),)
        for onward in causes.get(failure, ()):
            for further in failures.aggravated(onward):
                if further not in (failure, effect.key.cause):
                    yield ((effect, failure), (onward, further))


def _regime(effect: Effect) -> Regime:
    """Return the regime an effect is known in: stated, or told by the conditions of all its sentences."""
    told = {_TELLS[field] for field, _ in effect.conditions if field in _TELLS}
    return told.pop() if effect.key.regime == "unspecified" and len(told) == 1 else effect.key.regime


def _pulls(effect: Effect) -> bool:
    """Say whether an effect is one of applying a lever."""
    return effect.cause_kind in ("strategy", "material", "condition") and effect.key.change in ACTIVE


def _causes(effects: Sequence[Effect], failures: _Failures) -> dict[str, list[Effect]]:
    """Return the extracted effects by which one failure mode brings about another, by the first."""
    found: defaultdict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        grows = effect.cause_kind == "failure_mode" and effect.key.change in ACTIVE | {"excess"}
        if grows and failures.aggravated(effect):
            found[effect.key.cause].append(effect)
    return found


def _aggravated(effects: Sequence[Effect], failures: _Failures) -> defaultdict[tuple[str, str, Regime], float]:
    """Return how far each lever is believed to worsen a failure that degrades a metric in a regime."""
    found: defaultdict[tuple[str, str, Regime], float] = defaultdict(float)
    for effect in effects:
        if effect.verdict == "detrimental" and _pulls(effect):
            for failure in failures.aggravated(effect):
                for link in failures.degrades[failure]:
                    if _fits(effect.key.regime, link.regime):
                        place = effect.key.cause, link.metric, link.regime
                        found[place] = max(found[place], effect.belief)
    return found


class _Blocked:
    """Know which levers are reported to harm which metrics."""

    def __init__(self, effects: Sequence[Effect], ontology: Ontology) -> None:
        self._ontology = ontology
        self._harms: defaultdict[str, list[tuple[str, Regime]]] = defaultdict(list)
        self._families: dict[str, frozenset[str]] = {}
        for effect in effects:
            if effect.verdict == "detrimental" and effect.target_kind == "metric" and effect.key.change in ACTIVE:
                self._harms[effect.key.cause].append((effect.key.target, effect.key.regime))

    def by_direct_harm(self, lever: str, link: Degrades) -> bool:
        """Say whether a lever is reported to harm the metric, or a broader or narrower one, in that regime."""
        if link.metric not in self._families:
            self._families[link.metric] = family(link.metric, self._ontology)
        related = self._families[link.metric]
        return any(target in related and _fits(regime, link.regime) for target, regime in self._harms.get(lever, ()))


def _degrades(failure: str, ontology: Ontology) -> list[Degrades]:
    """Return what a failure mode degrades, by itself or as a kind of a broader one; metrics by their quantity."""
    links = {link for iri in (failure, *ontology.ancestors(failure)) for link in ontology.get(iri).degrades}
    folded = {replace(link, metric=ontology.get(link.metric).quantity or link.metric) for link in links}
    return sorted(folded, key=lambda link: (link.metric, link.regime, link.source))


def _fits(stated: Regime, linked: Regime) -> bool:
    return stated == linked or "unspecified" in (stated, linked)


def _product(chain: _Chain) -> float:
    belief = 1.0
    for effect, _ in chain:
        belief *= effect.belief
    return belief
