"""Say in numbers what kind of claim a candidate pair would make: its sentence, its verdict, and its cause's name."""

from __future__ import annotations

from extractors.bearers import is_bearer
from extractors.candidates import Candidate
from extractors.discourse import Cause
from extractors.mentions import lever_nouns
from extractors.scene import Scene
from ontology import Ontology

__all__ = ["COMPARING", "DESCRIBES", "claim_features"]

COMPARING = frozenset({"than", "versus", "vs", "unlike", "against", "compared", "relative", "over"})
DESCRIBES = frozenset({"possess", "with", "copula", "with-noun", "with-object", "is-graded"})
_BEARERS = frozenset({
    "cell", "batter", "battery", "anode", "electrode", "cathode", "material", "sample", "system", "pack", "device", "product", "half-cell", "full-cell", "value", "capacity", "researcher",
    "group", "author", "study", "work", "result", "improvement", "ability", "cycle", "energy", "market", "field", "industry", "vehicle", "application", "technology",
})  # fmt: skip
_GRADED = frozenset({
    "more", "less", "higher", "lower", "high", "low", "thick", "thin", "thicker", "thinner", "large", "small", "larger", "smaller", "excess", "excessive", "fewer", "longer", "shorter",
    "slow", "fast", "poor", "faster", "slower",
})  # fmt: skip
_DEEDS = ("ing", "tion", "sion", "ment", "ysis")


def claim_features(candidate: Candidate, scene: Scene) -> dict[str, float]:
    """Return the features by name, each 0 or 1."""
    cause, mention = candidate.cause, candidate.target.mention
    harms = _harms(candidate, scene.ontology)
    opens = len(scene.memory.named) <= 1
    compares = any(t.lower_ in COMPARING or t.tag_ in ("JJR", "RBR") for t in scene.doc)
    valued = any(m.metric_concept == mention.concept for m in scene.measurements) if mention.concept else False
    described = candidate.predication.rule in DESCRIBES
    return {
        "cause is a bearer": float(is_bearer(cause.concept, scene.ontology)),
        "says harm": float(harms),
        f"says harm, by {cause.kind}": float(harms),
        "paragraph opens": float(opens),
        "paragraph opens with harm": float(harms and opens),
        "sentence compares": float(compares),
        "target has a value": float(valued),
        "bare result": float(valued and not compares and described),
        "no change": float(candidate.predication.no_change or candidate.negated),
        **_of_open_name(cause, scene.ontology),
    }


def _harms(candidate: Candidate, ontology: Ontology) -> bool:
    """Tell whether the change would be a bad one: how problems are told, and side effects."""
    concept = ontology.concepts.get(candidate.target.mention.concept or "")
    desirable = {"higher_better": 1, "lower_better": -1}.get(concept.desirability if concept else "", 0)
    sign = candidate.predication.change.direction_sign(desirable)
    return (-sign if candidate.negated else sign) * desirable < 0


def _of_open_name(cause: Cause, ontology: Ontology) -> dict[str, float]:
    """Say what an unknown name looks like: what heads it, whether it was coined, whether it is whole."""
    if cause.concept is not None:
        return {}
    words = cause.label.split()
    head = cause.head or (words[-1].lower() if words else "")
    return {
        "open name of a lever's noun": float(head.rstrip("s") in lever_nouns(ontology)),
        "open name of a bearer's noun": float(head.rstrip("s").removesuffix("ie") in _BEARERS),
        "open name of a deed": float(head.endswith(_DEEDS)),
        "open name coined": float(any(c.isupper() or c.isdigit() for c in cause.label[1:])),
        "open name of one word": float(len(words) == 1),
        "open name graded": float(bool(words) and words[0].lower() in _GRADED),
    }
