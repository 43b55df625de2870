"""Project what is concluded to the quads of the assembled graph: pure, no store.

It holds the concepts with their closure, effects, double edges, contradictions and indirect help, which alone answer
most questions; and CiTO links between claims: whose own words bear out a citation, which effects disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kg.curation import Curation
from kg.rdf import ASSEMBLED, CITO, KIND_CLASS, PROV, SKOS, TOP
from kg.readings import readings, standing_for
from kg.serialise import Quad, iri_term, term
from kg.sides import Side, sides_of
from kg.summaries import condition_text, edge_text, flank_text, indirect_iri, label_of, quantity_text, via_label
from kg.triples import RDF_TYPE, Sink, add
from ontology import ID_NS, VOCABULARY, Concept, Ontology
from ontology.codec import canonical_json
from ontology.identity import work_iri
from ontology.model import Assembly, Effect, Kind

__all__ = ["CURATION", "assembled_quads", "concept_quads", "conclusion_quads", "curation_quads"]

CURATION = f"{ID_NS}graph/curation"


def assembled_quads(assembly: Assembly, ontology: Ontology) -> list[Quad]:
    """Return concepts and conclusions as the quads of the assembled graph."""
    return concept_quads(ontology) + conclusion_quads(assembly, ontology)


def concept_quads(ontology: Ontology) -> list[Quad]:
    """Return the concepts with their closure."""
    sink = Sink(ASSEMBLED)
    for concept in ontology.concepts.values():
        _add_concept(sink, concept, ontology)
    return sink.quads


def conclusion_quads(assembly: Assembly, ontology: Ontology, *, things: Collection[str] | None = None) -> list[Quad]:
    """Return the conclusions, and the nodes of what no concept covers (all of them, or only these ``things``)."""
    sink = Sink(ASSEMBLED)
    local: dict[str, tuple[Kind, str]] = {}
    sides = sides_of(assembly.effects, ontology)
    for effect in assembly.effects:
        _add_effect(sink, effect)
        _add_side(sink, effect.iri, sides[effect.iri])
        _add_readings(sink, effect, ontology)
        for iri, kind, label in (
            (effect.key.cause, effect.cause_kind, effect.cause_label),
            (effect.key.target, effect.target_kind, effect.target_label),
        ):
            if iri not in ontology.concepts and (things is None or iri in things):
                local[iri] = (kind, label)
    for iri, (kind, label) in local.items():
        _add_local(sink, iri, kind, label)
    _add_edges(sink, assembly)
    _add_clashes(sink, assembly)
    _add_indirect(sink, assembly, ontology)
    return sink.quads


def curation_quads(curations: Sequence[Curation]) -> list[Quad]:
    """Return the curators' words as the quads of the graph of curation."""
    sink = Sink(CURATION)
    for word in curations:
        iri, roles = word.iri, dict(word.anchor.roles)
        sink.put(iri, RDF_TYPE, f"<{VOCABULARY.Curation}>")
        sink.put(iri, RDF_TYPE, f"<{PROV}Activity>")
        agent = f"{iri}#curator"
        sink.put(iri, f"{PROV}wasAssociatedWith", f"<{agent}>")
        sink.put(agent, RDF_TYPE, f"<{PROV}Person>")
        sink.put(agent, VOCABULARY.label, term(word.curator))
        sink.put(iri, f"{PROV}endedAtTime", f'"{word.at}"^^<http://www.w3.org/2001/XMLSchema#dateTime>')
        sink.put(iri, VOCABULARY.action, term(word.action))
        if word.anchor.work:
            sink.put(iri, f"{PROV}used", iri_term(work_iri(word.anchor.work)))
        if word.thing:
            sink.put(iri, f"{PROV}used", iri_term(word.thing))
        for name, value in (("text", word.anchor.quote), ("note", word.note), ("replacement", word.replacement)):
            if value:
                sink.put(iri, VOCABULARY[name], term(value))
        sink.put(iri, VOCABULARY.roles, term(canonical_json(roles)))
        for name in ("cause", "target", "direction", "metric", "subject"):
            if roles.get(name):
                sink.put(iri, VOCABULARY[name], term(roles[name]))
    return sink.quads


def _add_concept(sink: Sink, concept: Concept, ontology: Ontology) -> None:
    iri = concept.iri
    sink.put(iri, RDF_TYPE, f"<{KIND_CLASS[concept.kind]}>")
    sink.put(iri, VOCABULARY.kind, term(concept.kind))
    sink.put(iri, f"{SKOS}prefLabel", term(concept.label))
    for name, labels in (("altLabel", concept.alt), ("hiddenLabel", concept.hidden)):
        for label in labels:
            sink.put(iri, f"{SKOS}{name}", term(label))
    if concept.definition:
        sink.put(iri, f"{SKOS}definition", term(concept.definition))
    if concept.desirability:
        sink.put(iri, VOCABULARY.desirability, term(concept.desirability))
    if concept.quantity:
        sink.put(iri, VOCABULARY.quantityConcept, iri_term(concept.quantity))
        sink.put(iri, VOCABULARY.polarity, term(concept.polarity))
    for broader in concept.broader:
        sink.put(iri, f"{SKOS}broader", iri_term(broader))
    for match, target in concept.matches:
        sink.put(iri, f"{SKOS}{match}", iri_term(target))
    for order, link in enumerate(concept.degrades):
        node = f"{iri}#degrades/{order}"
        sink.put(iri, VOCABULARY.degrades, f"<{node}>")
        sink.put(node, RDF_TYPE, f"<{VOCABULARY.Degradation}>")
        sink.put(node, VOCABULARY.degradedMetric, iri_term(link.metric))
        sink.put(node, VOCABULARY.regime, term(link.regime))
        sink.put(node, VOCABULARY.source, term(link.source))
    for above in _closure(iri, concept.kind, ontology):
        sink.put(iri, VOCABULARY.within, f"<{above}>")


def _add_local(sink: Sink, iri: str, kind: Kind, label: str) -> None:
    sink.put(iri, RDF_TYPE, f"<{KIND_CLASS[kind]}>")
    sink.put(iri, VOCABULARY.kind, term(kind))
    sink.put(iri, f"{SKOS}prefLabel", term(label))
    sink.put(iri, VOCABULARY.local, term(True))
    for above in (iri, KIND_CLASS[kind], TOP):
        sink.put(iri, VOCABULARY.within, iri_term(above))


def _add_effect(sink: Sink, effect: Effect) -> None:
    iri, key = effect.iri, effect.key
    sink.put(iri, RDF_TYPE, f"<{VOCABULARY.Effect}>")
    sink.put(iri, VOCABULARY.causeConcept, iri_term(key.cause))
    sink.put(iri, VOCABULARY.targetConcept, iri_term(key.target))
    for name, value in (
        ("causeLabel", effect.cause_label),
        ("causeKind", effect.cause_kind),
        ("targetLabel", effect.target_label),
        ("targetKind", effect.target_kind),
        ("changeKind", key.change),
        ("direction", key.direction),
        ("regime", key.regime),
        ("comparator", key.comparator),
        ("verdict", effect.verdict),
        ("belief", effect.belief),
        ("support", len(effect.works)),
        ("conditionText", condition_text(effect.conditions)),
        ("sentence", effect.sentence),
        ("sentenceSource", effect.sentence_source),
        ("confoundText", effect.confounds),
    ):
        sink.put(iri, VOCABULARY[name], term(value))
    if key.comparator.startswith(("https:", "http:")):
        sink.put(iri, VOCABULARY.comparatorConcept, iri_term(key.comparator))
    for assertion in effect.assertions:
        sink.put(iri, VOCABULARY.assertion, iri_term(assertion))
    for assertion, text in effect.confounded:
        sink.put(assertion, VOCABULARY.confoundText, term(text))
    for lever in effect.confounders:
        sink.put(iri, VOCABULARY.confounder, iri_term(lever))
    for citing, cited in effect.borne_out:
        sink.put(citing, f"{CITO}citesAsEvidence", iri_term(cited))
    for name, keys in (("supportedBy", effect.works), ("unconfirmedBy", effect.unconfirmed)):
        for work in keys:
            sink.put(iri, VOCABULARY[name], iri_term(work_iri(work)))


def _add_side(sink: Sink, iri: str, side: Side) -> None:
    if side.side:
        sink.put(iri, VOCABULARY.side, term(side.side))
    if side.to_offset:
        sink.put(iri, VOCABULARY.toOffset, term(True))
    for regime in side.offsets:
        sink.put(iri, VOCABULARY.offsets, term(regime))


def _add_readings(sink: Sink, effect: Effect, ontology: Ontology) -> None:
    found = readings(effect, ontology)
    helped = [(reading.target, reading.kind) for reading in found if reading.verdict == "beneficial"]
    _add_betters(sink, effect.iri, helped, ontology)
    for order, reading in enumerate(found):
        node = f"{effect.iri}#reading/{order}"
        sink.put(effect.iri, VOCABULARY.reading, f"<{node}>")
        sink.put(node, RDF_TYPE, f"<{VOCABULARY.Reading}>")
        sink.put(node, VOCABULARY.concept, iri_term(reading.target))
        sink.put(node, VOCABULARY.label, term(reading.label))
        sink.put(node, VOCABULARY.kind, term(reading.kind))
        sink.put(node, VOCABULARY.direction, term(reading.direction))
        sink.put(node, VOCABULARY.verdict, term(reading.verdict))
        sink.put(node, VOCABULARY.own, term(reading.own))


def _add_betters(sink: Sink, iri: str, helped: Iterable[tuple[str, Kind]], ontology: Ontology) -> None:
    """Say of a help all it counts for, the classes of its targets included: who asks for one need not see the others."""
    counts = {above for target, kind in helped for above in _closure(target, kind, ontology)}
    for above in sorted(counts):
        sink.put(iri, VOCABULARY.betters, iri_term(above))


def _closure(iri: str, kind: Kind, ontology: Ontology) -> tuple[str, ...]:
    above = sorted(ontology.ancestors(iri)) if iri in ontology.concepts else ()
    return iri, *above, KIND_CLASS[kind], TOP


def _add_edges(sink: Sink, assembly: Assembly) -> None:
    for edge in assembly.double_edges:
        iri = edge.iri
        sink.put(iri, RDF_TYPE, f"<{VOCABULARY.DoubleEdge}>")
        sink.put(iri, VOCABULARY.edgeKind, term(edge.kind))
        sink.put(iri, VOCABULARY.causeConcept, iri_term(edge.cause))
        sink.put(iri, VOCABULARY.causeLabel, term(edge.cause_label))
        sink.put(iri, VOCABULARY.gain, iri_term(edge.gain))
        sink.put(iri, VOCABULARY.cost, iri_term(edge.cost))
        _add_differences(sink, iri, "separatedBy", edge.separated_by)
        sink.put(iri, VOCABULARY.conditionText, term(edge_text(edge)))
        sink.put(iri, VOCABULARY.windowText, term(quantity_text(edge.window) if edge.window else ""))
        sink.put(iri, VOCABULARY.belowText, term(flank_text(edge, "below")))
        sink.put(iri, VOCABULARY.aboveText, term(flank_text(edge, "above")))
        for side, effect in edge.flanks:
            sink.put(iri, VOCABULARY[side], iri_term(effect))
        if edge.window:
            sink.put(iri, VOCABULARY.window, f"<{iri}#window>")
            add(sink, f"{iri}#window", edge.window)


def _add_clashes(sink: Sink, assembly: Assembly) -> None:
    for clash in assembly.contradictions:
        iri = clash.iri
        sink.put(iri, RDF_TYPE, f"<{VOCABULARY.Contradiction}>")
        sink.put(iri, VOCABULARY.first, iri_term(clash.first))
        sink.put(iri, VOCABULARY.second, iri_term(clash.second))
        sink.put(iri, VOCABULARY.status, term(clash.status))
        if clash.status == "contradiction":
            sink.put(clash.first, f"{CITO}disagreesWith", iri_term(clash.second))
        _add_differences(sink, iri, "differing", clash.differing)
        _add_differences(sink, iri, "shared", tuple((name, value, value) for name, value in clash.shared))
        sink.put(iri, VOCABULARY.conditionText, term(condition_text(clash.differing)))
        sink.put(iri, VOCABULARY.sharedText, term(condition_text(clash.shared)))
        sink.put(iri, VOCABULARY.unknownText, term("; ".join(clash.unknown)))
        for name in clash.unknown:
            sink.put(iri, VOCABULARY.unknown, term(name))


def _add_indirect(sink: Sink, assembly: Assembly, ontology: Ontology) -> None:
    for help_ in assembly.indirect:
        iri = indirect_iri(help_)
        sink.put(iri, RDF_TYPE, f"<{VOCABULARY.IndirectHelp}>")
        sink.put(iri, VOCABULARY.causeConcept, iri_term(help_.cause))
        sink.put(iri, VOCABULARY.causeLabel, term(help_.cause_label))
        sink.put(iri, VOCABULARY.targetConcept, iri_term(help_.metric))
        sink.put(iri, VOCABULARY.targetLabel, term(label_of(help_.metric, ontology)))
        sink.put(iri, VOCABULARY.regime, term(help_.regime))
        sink.put(iri, VOCABULARY.belief, term(help_.belief))
        sink.put(iri, VOCABULARY.viaLabel, term(via_label(help_.via, ontology)))
        _add_betters(sink, iri, standing_for(help_.metric, ontology), ontology)
        for via in help_.via:
            sink.put(iri, VOCABULARY.via, iri_term(via))
        for effect in help_.effects:
            sink.put(iri, VOCABULARY.effect, iri_term(effect))


def _add_differences(sink: Sink, iri: str, name: str, differences: tuple[tuple[str, str, str], ...]) -> None:
    for order, (field, on_gain, on_cost) in enumerate(differences):
        node = f"{iri}#{name}/{order}"
        sink.put(iri, VOCABULARY[name], f"<{node}>")
        sink.put(node, RDF_TYPE, f"<{VOCABULARY.Difference}>")
        sink.put(node, VOCABULARY.order, term(order))
        sink.put(node, VOCABULARY.field, term(field))
        sink.put(node, VOCABULARY.onGain, term(on_gain))
        sink.put(node, VOCABULARY.onCost, term(on_cost))
