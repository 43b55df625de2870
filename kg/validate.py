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
from kg.quarantine import Quarantine
from kg.rdf import to_graph, work_quads
from ontology.errors import StoreError

__all__ = ["Report", "validate_library", "violations"]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what a validation looked at, and the reason for each claim (or work) it refused, by IRI."""

    works: int
    claims: int
    refused: dict[str, str]


def validate_library(library: Library, *, works: Collection[str] | None = None) -> Report:
    """Validate the works of a library (all, or those with these keys) and renew the quarantine for them."""
    refused: dict[str, str] = {}
    seen: set[str] = set()
    count = 0
    for claims in library.claims(works=works):
        count += 1
        seen |= {claims.iri, *(iri for iri, _ in (*claims.effects, *claims.measurements))}
        refused |= violations(claims)
    kept = {} if works is None else Quarantine.load(library.folder).reasons
    reasons = {iri: reason for iri, reason in kept.items() if iri not in seen} | refused
    if reasons != Quarantine.load(library.folder).reasons:
        Quarantine(reasons).save(library.folder)
    return Report(count, len(seen) - count, refused)


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
