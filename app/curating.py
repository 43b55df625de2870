"""Judge claims: list what no curator has looked at, find a claim by part of its name, and read corrections as typed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal

from kg import Graph, assemble
from ontology import Ontology
from ontology.errors import QuestionError
from ontology.identity import local_iri
from ontology.model import Assertion

__all__ = ["Order", "corrections", "find_claim", "short", "uncurated"]

Order = Literal["weakest", "strongest"]
_NAMED = ("cause", "target", "subject", "metric")
_SHORT = 12  # letters of a hash that tell the claims of any library apart


def short(iri: str) -> str:
    """Return the part of a claim's IRI that a person types."""
    return iri.rsplit("/", 1)[-1][:_SHORT]


def uncurated(graph: Graph, *, order: Order = "weakest", work: str | None = None) -> list[dict[str, Any]]:
    """Return the assertions no curator has judged, by the belief of their effect."""
    beliefs = {
        iri: effect.belief for effect in assemble(graph.claims(), graph.ontology).effects for iri in effect.assertions
    }
    judged = graph.judged()
    rows = [
        {
            "claim": short(iri),
            "belief": beliefs[iri],
            "cause": effect.cause,
            "change": effect.cause_change.kind,
            "direction": effect.direction,
            "target": effect.target,
            "quote": effect.evidence[0].text if effect.evidence else "",
            "title": claims.title,
            "work": claims.work,
            "iri": iri,
        }
        for claims in graph.claims()
        if work in (None, claims.work)
        for iri, effect in claims.effects
        if iri not in judged
    ]
    sign = 1 if order == "weakest" else -1
    return sorted(rows, key=lambda row: (sign * row["belief"], row["work"], row["iri"]))


def find_claim(graph: Graph, name: str) -> tuple[str, str]:
    """Return the work and IRI of a claim or thing by its IRI, the beginning of its hash, or a thing's name."""
    found: set[tuple[str, str]] = set()
    known = graph.ontology.find(name)
    names = {name, known.iri} if known else {name}
    for claims in graph.readings():
        for iri, claim in (*claims.effects, *claims.measurements):
            if iri == name or iri.rsplit("/", 1)[-1].startswith(name):
                found.add((claims.work, iri))
            elif isinstance(claim, Assertion):
                for concept, label in ((claim.cause_concept, claim.cause), (claim.target_concept, claim.target)):
                    thing = concept or local_iri(claims.work, label)
                    if names & {thing, label}:
                        found.add((claims.work, thing))
    if len({iri for _, iri in found}) == 1:
        return min(found)
    if not found:
        raise QuestionError(f"no claim or thing {name!r}; `anodekg curate list` prints them")
    some = ", ".join(sorted(iri for _, iri in found)[:3])
    raise QuestionError(f"{name!r} may be {len(found)} claims or things ({some} …); give more of its IRI")


def corrections(pairs: Iterable[str], ontology: Ontology) -> dict[str, Any]:
    """Read ``field=value`` pairs as the encoded fields of a claim.

    A value is JSON or else text; ``conditions.cell=full`` corrects one condition; a cause, target, metric or subject
    that the ontology knows brings its concept and kind along.
    """
    changes: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise QuestionError(f"{pair!r} is no correction; write field=value, for example direction=decreases")
        field, _, inner = name.partition(".")
        value = _value(text)
        if inner:
            changes.setdefault(field, {})[inner] = value
        elif field == "change":
            changes["cause_change"] = {"kind": value}
        else:
            changes[field] = value
    for field in [field for field in _NAMED if isinstance(changes.get(field), str)]:
        concept = ontology.concepts.get(changes[field]) or ontology.find(changes[field])
        changes[f"{field}_concept"] = concept.iri if concept else None
        if concept:
            changes[field] = concept.label
            if field in ("cause", "target"):
                changes[f"{field}_kind"] = concept.kind
    return changes


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
