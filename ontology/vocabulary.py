"""Spell every term of the anodekg vocabulary once; an unknown term is an error, not a new triple.

``anode.ttl`` defines the same names; a test holds the two equal. Property names are the camelCase of the field names
of ``ontology.model``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ontology.errors import LexiconError

ONTOLOGY_NS = "https://w3id.org/anodekg/ontology#"
CONCEPT_NS = "https://w3id.org/anodekg/concept/"
ID_NS = "https://w3id.org/anodekg/id/"

_CLASSES = """
    Strategy Material Metric FailureMode Condition Degradation
    Work File Reference Mention Assertion Measurement Refusal Evidence Quantity Conditions CauseChange Comparator
    MechanismLink Run
    Effect DoubleEdge Contradiction IndirectHelp Difference Reading Curation
"""
_CONCEPT_PROPERTIES = """
    desirability quantityConcept polarity canonicalUnit admissibleUnit plausibleLow plausibleHigh involves headNoun
    generic degrades degradedMetric source over under umbrella
"""
_CONDITION_PROPERTIES = """
    regime temperature chargeRate dischargeRate currentDensity voltageWindow cycles referenceCycle endOfLife storageTime
    stateOfCharge rest pressure
    cell format cellCapacity counterElectrode npRatio arealCapacity loading electrolyteAmount
    siliconOfComposite siliconOfElectrode phase domainSize particleSize surfaceArea poreVolume thickness binder
    prelithiation processTemperature
    salt solvents additive dose doseBasis
    basis statistic mode host note
"""
_CLAIM_PROPERTIES = """
    assertion measurement mention refusal reference file
    cause causeConcept causeKind causeSpan causeChange target targetConcept targetKind targetSpan direction verdict
    comparator conditions magnitude window mechanism hedged negated sourceKind citation section evidence confidence
    rule extractor
    metric metricConcept quantity unitIri canonicalValue valueSpan subject subjectConcept
    kind concept label score name type order
    role start end text
    value low high qualifier unit
    reason
"""
_WORK_PROPERTIES = """
    id path documentFormat sha256 textSha256 title doi author year venue volume firstPage licence articleType summaryOf reader key
"""
_CONCLUSION_PROPERTIES = """
    comparatorConcept causeLabel targetLabel belief supportedBy unconfirmedBy
    gain cost separatedBy edgeKind first second status differing unknown shared via effect
    field onGain onCost
    within conditionText changeKind support viaLabel citationText windowText sharedText local reading own
    sentence sentenceSource sourceText processText frameText missingText unknownText belowText aboveText below above
    side toOffset offsets betters confoundedWith
    confoundText confounder
    generation projection action replacement roles
"""


class Vocabulary:
    """Give the IRI of a term as an attribute or by name; raise LexiconError for a term that is not defined."""

    def __init__(self, namespace: str, terms: Iterable[str]) -> None:
        self._namespace = namespace
        self._terms = {term: namespace + term for term in terms}

    def __getitem__(self, term: str) -> str:
        try:
            return self._terms[term]
        except KeyError:
            raise LexiconError(f"no term {term!r} in {self._namespace}; define it in ontology/anode.ttl") from None

    def __getattr__(self, term: str) -> str:
        if term.startswith("_"):
            raise AttributeError(term)
        return self[term]

    def __contains__(self, term: object) -> bool:
        return term in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)


CLASSES = frozenset(_CLASSES.split())
PROPERTIES = frozenset(
    " ".join(
        (_CONCEPT_PROPERTIES, _CONDITION_PROPERTIES, _CLAIM_PROPERTIES, _WORK_PROPERTIES, _CONCLUSION_PROPERTIES)
    ).split()
)
VOCABULARY = Vocabulary(ONTOLOGY_NS, sorted(CLASSES | PROPERTIES))
