"""Read the measurements of one sentence: value, metric, subject, conditions.

Test conditions ("at 0.5C", "after 100 cycles") are no measurements; ``roles.py`` tells them apart. A value its metric
cannot have is refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.attachment import conditions_of
from extractors.conditions import FoundCondition, quantity_conditions, to_conditions, word_conditions
from extractors.evidence import sentence_pieces
from extractors.metric_choice import LocalMention, Metric
from extractors.pairing import Ordinal, ordinal_of, partner_of
from extractors.phrases import things
from extractors.quantities import FoundQuantity
from extractors.results import in_sentence, results
from extractors.subjects import Owned, choose_subject
from extractors.text import Sentence
from extractors.units import convert
from ontology import Ontology
from ontology.model import Document, Evidence, Measurement, Mention, Refusal, Span

__all__ = ["MeasurementReading", "canonical", "find_measurements", "implausible", "is_designation"]

_HEDGED = re.compile(
    r"\b(?:may|might|could|would|should|possibly|probably|presumably|potentially|likely|expected|predicted"
    r"|estimated|projected|extrapolat\w+|suggest\w*|appears? to|seems? to|estimate|attainable|achievable"
    r"|believed|hypothe\w+)\b",
    re.I,
)
_DESIGNATION = re.compile(
    r"(?=.*(?:[A-Z].*[A-Z\d@/|]|[a-z]-[A-Z]))(?!.*[a-z]{4})[A-Za-z0-9]+(?:[-/@|.+]+[A-Za-z0-9]+)*"
)
_APPROXIMATE = str.maketrans("∼∽≃≅µ", "~~≈≈μ")  # one character each: offsets hold
_LOOK_BACK = 3000  # characters of a paragraph that may hold its topic
_WORD = re.compile(r"[^\s()]{2,}")


@dataclass(frozen=True, slots=True)
class MeasurementReading:
    """Hold what a sentence yields."""

    measurements: tuple[Measurement, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """Hold a sentence with all that bears on its values: things here, things before, circumstances, other values."""

    sentence: Sentence
    document: Document
    ontology: Ontology
    owners: Sequence[LocalMention]
    topics: Sequence[Mention]
    stated: Sequence[FoundCondition]
    places: Sequence[tuple[int, int]]


def find_measurements(
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    document: Document,
    ontology: Ontology,
    earlier: Sequence[Mention] = (),
    before: Sequence[Measurement] = (),
) -> MeasurementReading:
    """Read a sentence's measurements; ``earlier`` and ``before``: its paragraph's mentions and measurements so far."""
    sentence = replace(sentence, text=sentence.text.translate(_APPROXIMATE))
    text = sentence.text
    quantities = in_sentence(sentence, document)
    local = [LocalMention(sentence.locate(m.start), sentence.locate(m.end - 1) + 1, m) for m in mentions]
    values = results(sentence, quantities, local, before, ontology) if quantities else []
    if not values:
        return MeasurementReading()
    scene = _Scene(
        sentence,
        document,
        ontology,
        owners=[
            LocalMention(m.start, m.end, _placed(m, *sentence.span(m.start, m.end)))
            for m in things(text, local, ontology)
        ],
        topics=_things_before(sentence, earlier, document, ontology),
        stated=[*quantity_conditions(text, quantities), *word_conditions(text)],
        places=[(value.start, value.end) for value, _ in values],
    )
    measurements: list[Measurement] = []
    refusals: list[Refusal] = []
    for value, metric in values:
        reading = _measurement(value, metric, scene)
        problem = implausible(reading, ontology) if not metric.relative else None
        if problem:
            refusals.append(Refusal(*reading.value_span, reading.quantity.text, problem))
        else:
            measurements.append(reading)
    return MeasurementReading(tuple(measurements), tuple(refusals))


def _subject(value: FoundQuantity, metric: Metric, ordinal: Ordinal | None, scene: _Scene) -> Mention | None:
    paired = partner_of(scene.sentence.text, ordinal, [(m.start, m.end) for m in scene.owners]) if ordinal else None
    if paired is not None:
        return scene.owners[paired].mention
    inside = _inside(metric, scene.sentence.text, scene.sentence, scene.ontology)
    owned = Owned(value.start, value.end, metric)
    return choose_subject(
        scene.sentence.text, owned, [*scene.owners, *inside], earlier=scene.topics, values=scene.places
    )


def _measurement(value: FoundQuantity, metric: Metric, scene: _Scene) -> Measurement:
    sentence, document, text = scene.sentence, scene.document, scene.sentence.text
    ordinal = ordinal_of(text, (value.start, value.end), scene.places)
    subject = _subject(value, metric, ordinal, scene)
    applying = conditions_of(text, value, scene.stated, scene.places, ordinal)
    conditions = to_conditions(applying)
    if metric.relative:
        conditions = replace(conditions, note="; ".join(filter(None, ("relative change", conditions.note))))
    if value.spread:
        conditions = replace(conditions, statistic=conditions.statistic or value.spread)
    span = sentence.span(value.start, value.end)
    quantity = replace(value.quantity, text=document.text[slice(*span)])
    canonical_value, canonical_unit = canonical(value, metric)
    basis = f"per g {value.basis}" if value.basis else conditions.basis
    return Measurement(
        metric=metric.label,
        metric_concept=metric.concept.iri if metric.concept else None,
        quantity=quantity,
        unit_iri=value.unit_iri,
        canonical_value=canonical_value,
        canonical_unit=canonical_unit,
        value_span=span,
        subject=_name(subject, scene.ontology) if subject else None,
        subject_concept=subject.concept if subject else None,
        basis=basis,
        statistic=conditions.statistic,
        mode=conditions.mode or "measured",
        conditions=conditions,
        hedged=bool(_HEDGED.search(_clause(text, value.start))),
        citations=_cited(sentence, span.start),
        section=sentence.section,
        evidence=_evidence(value, metric, applying, sentence, document),
        confidence=round(max(0.3, min(0.95, 0.95 - max(metric.cost, 0.0) / 40)), 4),
        rule="measurement:relative" if metric.relative else "measurement",
    )


def _things_before(
    sentence: Sentence, earlier: Sequence[Mention], document: Document, ontology: Ontology
) -> list[Mention]:
    """Name the things of the paragraph before a sentence."""
    start = max(document.blocks[sentence.block].pieces[0].start, sentence.source.start - _LOOK_BACK)
    text = document.text[start : sentence.source.start]
    local = [LocalMention(m.start - start, m.end - start, m) for m in earlier if m.start >= start]
    return [_placed(m, m.start + start, m.end + start) for m in things(text, local, ontology)]


def _placed(local: LocalMention, start: int, end: int) -> Mention:
    return replace(local.mention, start=start, end=end)


def _name(subject: Mention, ontology: Ontology) -> str:
    """Name a subject by its concept's label, a designation of the paper's own ("CN@P-Si") as it is written."""
    if not is_designation(subject.text):
        return subject.label
    known = ontology.find(subject.text)
    if subject.kind == "strategy" and known and known.iri == subject.concept:
        return subject.label
    return subject.text.rstrip(".")


def is_designation(name: str) -> bool:
    """Tell a formula or sample name from words."""
    return bool(_DESIGNATION.fullmatch(name))


def _inside(metric: Metric, text: str, sentence: Sentence, ontology: Ontology) -> Iterator[LocalMention]:
    """Yield materials named within the metric's own words: "silicon grain size"."""
    if metric.start < 0:
        return
    for word in _WORD.finditer(text, metric.start, metric.end):
        concept = ontology.find(word.group(), kind="material")
        if concept is not None:
            start, end = word.span()
            yield LocalMention(
                start, end, Mention(*sentence.span(start, end), word.group(), "material", concept.iri, concept.label)
            )


def canonical(value: FoundQuantity, metric: Metric) -> tuple[float | None, str]:
    """Convert to the metric's canonical unit where it measures the same, else to the dimension's."""
    middle = sum(_ends(value)) / len(_ends(value))
    unit = metric.concept.canonical_unit if metric.concept and not metric.relative else ""
    converted = convert(middle, value.unit_key, unit) if unit and value.unit_key else None
    if converted is not None:
        return converted, unit
    return value.canonical_value, value.canonical_unit


def _ends(value: FoundQuantity) -> tuple[float, ...]:
    q = value.quantity
    return (q.value,) if q.value is not None else tuple(v for v in (q.low, q.high) if v is not None)


def implausible(reading: Measurement, ontology: Ontology) -> str | None:
    """Say why a value cannot be one of its metric, or None when it can."""
    known = ontology.concepts.get(reading.metric_concept or "")
    if (
        known is None
        or known.plausible is None
        or reading.canonical_value is None
        or reading.canonical_unit != known.canonical_unit
    ):
        return None
    low, high = known.plausible
    if low <= reading.canonical_value <= high:
        return None
    value = f"{reading.canonical_value:g} {reading.canonical_unit}"
    return f"{known.label} of {value} lies outside {low:g} to {high:g}: probably misread"


def _clause(text: str, at: int) -> str:
    start = (
        max(
            text.rfind(";", 0, at),
            text.rfind(", whereas", 0, at),
            text.rfind(", while", 0, at),
            text.rfind(", but", 0, at),
        )
        + 1
    )
    return text[start:at]


def _cited(sentence: Sentence, at: int) -> tuple[str, ...]:
    """Return the references in force: the first cited behind the value, else those before it."""
    behind = [c for c in sentence.citations if c.start >= at]
    chosen = behind[:1] or list(sentence.citations[-1:])
    return tuple(dict.fromkeys(key for c in chosen for key in c.keys))


def _evidence(
    value: FoundQuantity, metric: Metric, applying: Sequence[FoundCondition], sentence: Sentence, document: Document
) -> tuple[Evidence, ...]:
    span = sentence.span(value.start, value.end)
    pieces = sorted(sentence_pieces(document, sentence), key=lambda p: not p.start <= span.start < p.end)
    places: list[tuple[str, Span]] = [("sentence", p) for p in pieces] + [("value", span)]
    if metric.start >= 0:
        places.append(("target", sentence.span(metric.start, metric.end)))
    places += [("condition", sentence.span(*c.span)) for c in applying]
    return tuple(Evidence(role, *place, document.text[slice(*place)]) for role, place in dict.fromkeys(places))
