"""Infer help through failure modes: what suppresses a failure helps the metric that failure degrades, in its regime.

At most two links: lever → failure → metric, or lever → failure → failure → metric. Every link but the last is an
extracted effect with evidence; the last is the ontology's, with its source. A lever that itself harms the metric, or
is believed at least as much to aggravate a failure that does, is not offered. Inferred help ranks below direct
evidence and is always labelled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.reasoning.differences import family
from kg.support import ACTIVE
from ontology import Degrades, Ontology
from ontology.model import Effect, IndirectHelp, Regime

__all__ = ["PER_LINK", "find_indirect"]

PER_LINK = 0.7  # what an inference step leaves of the belief in the effects behind it
_DIGITS = 6


def find_indirect(effects: Sequence[Effect], ontology: Ontology) -> tuple[IndirectHelp, ...]:
    """Return all inferred help, sorted by cause, metric, regime and way; the best evidence for each way."""
    degrades = {concept.iri: _degrades(concept.iri, ontology) for concept in ontology.of_kind("failure_mode")}
    blocked, aggravated, causes = _Blocked(effects, ontology), _aggravated(effects, degrades), _causes(effects)
    best: dict[tuple[str, str, Regime, tuple[str, ...]], IndirectHelp] = {}
    for effect in effects:
        if not _suppresses(effect):
            continue
        for chain in _chains(effect, causes):
            for link in degrades.get(chain[-1][1], ()):
                if not all(_fits(each.key.regime, link.regime) for each, _ in chain):
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


def _chains(effect: Effect, causes: dict[str, list[Effect]]) -> Iterator[_Chain]:
    """Yield the one-link and two-link chains that begin with a suppressed failure mode."""
    failure = effect.key.target
    yield ((effect, failure),)
    for onward in causes.get(failure, ()):
        if onward.key.target not in (failure, effect.key.cause):
            yield ((effect, failure), (onward, onward.key.target))


def _suppresses(effect: Effect) -> bool:
    key = effect.key
    return (
        effect.target_kind == "failure_mode"
        and effect.cause_kind in ("strategy", "material", "condition")
        and key.direction == "decreases"
        and effect.verdict == "beneficial"
        and key.change in ACTIVE
    )


def _causes(effects: Sequence[Effect]) -> dict[str, list[Effect]]:
    """Return the extracted effects by which one failure mode brings about another, by the first."""
    found: defaultdict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        failures = effect.cause_kind == effect.target_kind == "failure_mode"
        if failures and effect.key.direction == "increases" and effect.key.change in ACTIVE | {"excess"}:
            found[effect.key.cause].append(effect)
    return found


def _aggravated(
    effects: Sequence[Effect], degrades: Mapping[str, Sequence[Degrades]]
) -> defaultdict[tuple[str, str, Regime], float]:
    """Return how far each lever is believed to worsen a failure that degrades a metric in a regime."""
    found: defaultdict[tuple[str, str, Regime], float] = defaultdict(float)
    for effect in effects:
        key = effect.key
        if effect.target_kind == "failure_mode" and effect.verdict == "detrimental" and key.change in ACTIVE:
            for link in degrades.get(key.target, ()):
                if _fits(key.regime, link.regime):
                    place = key.cause, link.metric, link.regime
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
    """Return what a failure mode degrades, by itself or as a kind of a broader one."""
    links = {link for iri in (failure, *ontology.ancestors(failure)) for link in ontology.get(iri).degrades}
    return sorted(links, key=lambda link: (link.metric, link.regime, link.source))


def _fits(stated: Regime, linked: Regime) -> bool:
    return stated == linked or "unspecified" in (stated, linked)


def _product(chain: _Chain) -> float:
    belief = 1.0
    for effect, _ in chain:
        belief *= effect.belief
    return belief
