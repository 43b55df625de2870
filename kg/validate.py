"""Hold each work's graph against the shapes; what fails goes to quarantine with its reason, never silently away.

A work is validated by itself: pySHACL's time grows with the graph. Imported on use (it loads slowly).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

import ontology
from kg.claims import WorkClaims
from kg.library import Library
from kg.rdf import to_graph, work_quads
from ontology.errors import StoreError

__all__ = ["Report", "refuse_none", "validate_library", "violations"]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what a validation looked at, and the reason for each claim (or work) it refused, by IRI."""

    works: int
    claims: int
    refused: dict[str, str]


def validate_library(library: Library, *, works: Collection[str] | None = None) -> Report:
    """Validate the works of a library (all, or those with these keys) and renew the quarantine for them."""
    refused: dict[str, str] = {}
    count = claimed = 0
    with library.batch():
        for claims in list(library.readings(works=works)):
            reasons = violations(claims)
            own = {iri for iri, _ in (*claims.effects, *claims.measurements)}
            library.refuse(claims.work, reasons, looked_at=frozenset({claims.iri, *own}))
            count, claimed = count + 1, claimed + len(own)
            refused |= reasons
    return Report(count, claimed, refused)


def refuse_none(library: Library, *, work: str, claim: str) -> None:
    """Raise StoreError where the shapes refuse a claim of a work as it is now curated."""
    for claims in library.claims(works=(work,)):
        reason = violations(claims).get(claim)
        if reason:
            raise StoreError(f"the correction makes a claim that the shapes refuse ({reason}); correct it otherwise")


def violations(claims: WorkClaims) -> dict[str, str]:
    """Return the reasons against a work's claims, by claim IRI; by the work's where the work is malformed."""
    conforms, report, _ = pyshacl.validate(to_graph(work_quads(claims)), shacl_graph=_shapes(), inplace=True)
    if conforms:
        return {}
    if not isinstance(report, Graph):
        raise StoreError(f"ontology/shapes.ttl cannot be used ({report}); correct it there")
    own = {iri for iri, _ in (*claims.effects, *claims.measurements)}
    reasons: dict[str, set[str]] = {}
    for result in report.objects(None, SH.result):
        node = str(report.value(result, SH.focusNode)).split("#")[0]
        parts = list(report.objects(result, SH.detail)) or [result]  # a shape within a shape explains itself below
        reasons.setdefault(node if node in own else claims.iri, set()).update(_reason(report, part) for part in parts)
    return {iri: "; ".join(sorted(each)) for iri, each in sorted(reasons.items())}


def _reason(report: Graph, result: Node) -> str:
    path = report.value(result, SH.resultPath)
    message = report.value(result, SH.resultMessage) or report.value(result, SH.sourceConstraintComponent)
    return f"{str(path).rsplit('#', 1)[-1]}: {message}" if isinstance(path, URIRef) else str(message)


@cache
def _shapes() -> Graph:
    return Graph().parse(Path(ontology.__file__).parent / "shapes.ttl", format="turtle")
