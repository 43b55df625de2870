"""Project concepts and conclusions to rows of the property graph: effect nodes, and the edges a person reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.property_graph import Rows, concept_label
from kg.rdf import KIND_CLASS, TOP
from kg.readings import readings
from kg.sides import Side, sides_of
from kg.summaries import condition_text, edge_text, flank_text, indirect_iri, quantity_text, via_label
from ontology import Ontology
from ontology.identity import work_iri
from ontology.model import Assembly, Effect, Kind

__all__ = ["assembled_rows", "concept_rows", "readable_edge"]


def concept_rows(ontology: Ontology) -> Rows:
    """Return the concepts, their kinds, tree, closure and what failure modes degrade."""
    rows = Rows()
    rows.node("Kind", TOP, label="concept")
    for kind, iri in KIND_CLASS.items():
        rows.node("Kind", iri, label=kind)
    for concept in ontology.concepts.values():
        here = (concept_label(concept.kind), concept.iri)
        rows.node(
            *here,
            label=concept.label,
            kind=concept.kind,
            definition=concept.definition,
            desirability=concept.desirability,
            alt=list(concept.alt),
            local=False,
        )
        for broader in concept.broader:
            rows.edge("BROADER", here, _end(broader, ontology))
        for above in (concept.iri, *sorted(ontology.ancestors(concept.iri))):
            rows.edge("WITHIN", here, _end(above, ontology))
        _add_kinds(rows, here, concept.kind)
        if concept.quantity:
            rows.edge("MEASURED_BY", here, _end(concept.quantity, ontology), polarity=concept.polarity)
        for link in concept.degrades:
            rows.edge("DEGRADES", here, ("Metric", link.metric), regime=link.regime, source=link.source)
    return rows


def assembled_rows(
    assembly: Assembly, ontology: Ontology, works: Collection[str], *, things: Collection[str] | None = None
) -> Rows:
    """Return the conclusions as rows; ``works`` are the IRIs of the works that have nodes, concepts are there.

    What no concept covers has nodes among them: all of it, or these ``things`` where the others are there already.
    """
    rows, kinds, sides = Rows(), dict[str, str](), sides_of(assembly.effects, ontology)
    for effect in assembly.effects:
        for iri, kind, label in (
            (effect.key.cause, effect.cause_kind, effect.cause_label),
            (effect.key.target, effect.target_kind, effect.target_label),
        ):
            if iri not in ontology.concepts and iri not in kinds:
                kinds[iri] = concept_label(kind)
                here = (kinds[iri], iri)
                if things is not None and iri not in things:
                    continue
                rows.node(*here, label=label, kind=kind, local=True)
                rows.edge("WITHIN", here, here)
                _add_kinds(rows, here, kind)
        _add_effect(rows, effect, sides[effect.iri], ontology, works)
    _add_double_edges(rows, assembly, ontology, kinds)
    _add_contradictions(rows, assembly)
    _add_indirect(rows, assembly, ontology, kinds)
    return rows


def readable_edge(effect: Effect) -> str:
    """Return the edge type a person reads for an effect."""
    direction, verdict = effect.key.direction, effect.verdict
    if effect.target_kind == "failure_mode":
        if direction == "increases":
            return "AGGRAVATES" if effect.cause_kind == "strategy" else "CAUSES"
        return {"decreases": "MITIGATES", "no_change": "LEAVES"}.get(direction, "CHANGES")
    if effect.target_kind == "metric":
        return {"beneficial": "IMPROVES", "detrimental": "WORSENS", "neutral": "LEAVES"}.get(verdict, "CHANGES")
    return "CHANGES"


def _add_effect(rows: Rows, effect: Effect, side: Side, ontology: Ontology, works: Collection[str]) -> None:
    key, here, conditions = effect.key, ("Effect", effect.iri), condition_text(effect.conditions)
    rows.node(
        *here,
        cause=key.cause,
        cause_label=effect.cause_label,
        cause_kind=effect.cause_kind,
        target=key.target,
        target_label=effect.target_label,
        target_kind=effect.target_kind,
        change=key.change,
        direction=key.direction,
        regime=key.regime,
        comparator=key.comparator,
        verdict=effect.verdict,
        belief=effect.belief,
        support=len(effect.works),
        conditions=conditions,
        sentence=effect.sentence,
        sentence_source=effect.sentence_source,
        side=side.side,
        to_offset=side.to_offset,
        offsets=list(side.offsets),
        confounds=effect.confounds,
        confounders=list(effect.confounders),
    )
    cause, target = (
        (_kind_of(key.cause, effect.cause_kind, ontology), key.cause),
        (
            _kind_of(key.target, effect.target_kind, ontology),
            key.target,
        ),
    )
    rows.edge("CAUSE", here, cause)
    rows.edge("TARGET", here, target)
    for reading in readings(effect, ontology):
        rows.edge(
            "ABOUT",
            here,
            (_kind_of(reading.target, reading.kind, ontology), reading.target),
            label=reading.label,
            kind=reading.kind,
            direction=reading.direction,
            verdict=reading.verdict,
            own=reading.own,
        )
    rows.edge(
        readable_edge(effect) if target[0] == concept_label(effect.target_kind) else "CHANGES",
        cause,
        target,
        effect=effect.iri,
        belief=effect.belief,
        works=len(effect.works),
        regime=key.regime,
        conditions=conditions,
    )
    for assertion in effect.assertions:
        rows.edge("POOLS", here, ("Assertion", assertion))
    for kind, keys in (("SUPPORTED_BY", effect.works), ("UNCONFIRMED_BY", effect.unconfirmed)):
        for work in keys:
            if work_iri(work) in works:
                rows.edge(kind, here, ("Work", work_iri(work)))


def _add_double_edges(rows: Rows, assembly: Assembly, ontology: Ontology, kinds: Mapping[str, str]) -> None:
    for edge in assembly.double_edges:
        here, window = ("DoubleEdge", edge.iri), edge.window
        rows.node(
            *here,
            kind=edge.kind,
            cause=edge.cause,
            cause_label=edge.cause_label,
            separated_by=edge_text(edge),
            window_low=_either(window.low, window.value) if window else None,
            window_high=_either(window.high, window.value) if window else None,
            window_unit=window.unit if window else None,
            window_text=quantity_text(window) if window else "",
            below=flank_text(edge, "below"),
            above=flank_text(edge, "above"),
        )
        rows.edge("LEVER", here, _end(edge.cause, ontology, kinds))
        rows.edge("GAIN", here, ("Effect", edge.gain))
        rows.edge("COST", here, ("Effect", edge.cost))
        for side, effect in edge.flanks:
            rows.edge(side.upper(), here, ("Effect", effect))


def _either(end: float | None, value: float | None) -> float | None:
    return value if end is None else end


def _add_contradictions(rows: Rows, assembly: Assembly) -> None:
    for clash in assembly.contradictions:
        here = ("Contradiction", clash.iri)
        rows.node(
            *here,
            status=clash.status,
            differing=condition_text(clash.differing),
            shared=condition_text(clash.shared),
            unknown=list(clash.unknown),
            unknown_text="; ".join(clash.unknown),
        )
        rows.edge("FIRST", here, ("Effect", clash.first))
        rows.edge("SECOND", here, ("Effect", clash.second))


def _add_indirect(rows: Rows, assembly: Assembly, ontology: Ontology, kinds: Mapping[str, str]) -> None:
    for help_ in assembly.indirect:
        here, via = ("IndirectHelp", indirect_iri(help_)), via_label(help_.via, ontology)
        cause, target = _end(help_.cause, ontology, kinds), _end(help_.metric, ontology, kinds)
        rows.node(
            *here,
            cause=help_.cause,
            cause_label=help_.cause_label,
            target=help_.metric,
            regime=help_.regime,
            via=via,
            belief=help_.belief,
        )
        rows.edge("CAUSE", here, cause)
        rows.edge("TARGET", here, target)
        rows.edge("HELPS_INDIRECTLY", cause, target, via=via, belief=help_.belief, regime=help_.regime)
        for failure in help_.via:
            rows.edge("VIA", here, _end(failure, ontology, kinds))
        for effect in help_.effects:
            rows.edge("RESTS_ON", here, ("Effect", effect))


def _add_kinds(rows: Rows, here: tuple[str, str], kind: Kind | str) -> None:
    rows.edge("WITHIN", here, ("Kind", KIND_CLASS[kind]))
    rows.edge("WITHIN", here, ("Kind", TOP))


def _kind_of(iri: str, kind: str, ontology: Ontology) -> str:
    """Return the label of a concept's node: its kind in the ontology, else the one the text gives it."""
    concept = ontology.concepts.get(iri)
    return concept_label(concept.kind if concept else kind)


def _end(iri: str, ontology: Ontology, kinds: Mapping[str, str] | None = None) -> tuple[str, str]:
    concept = ontology.concepts.get(iri)
    return (concept_label(concept.kind) if concept else (kinds or {})[iri], iri)
