"""Find what a change of some works bears on, and assemble only that: the same as a rebuild, piece by piece.

A conclusion belongs to one cause, and these causes are touched by a change:

* what the changed works said before or say now, and what their other versions (preprint, article) say;
* what any work says in the name of those: support moves when a cited work arrives, changes or goes;
* what shares a thing no concept covers with them: its name and kind are settled over all who name it;
* levers of whose window they tell a flank under another name ("excess SiC");
* levers that suppress a failure mode of which they say what other failure it brings about: inferred help passes there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.assemble import conclude
from kg.claim_index import ClaimIndex, bearing_of
from kg.claims import WorkClaims
from kg.library import Library
from kg.pooling import place, pool_stated
from kg.reasoning.flanks import flanking
from ontology import Ontology
from ontology.identity import work_iri
from ontology.model import Assembly

__all__ = ["Part", "assemble_part", "touched_by"]


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what is concluded on some causes, the things whose nodes are renewed, and the works it speaks of."""

    levers: frozenset[str]
    things: frozenset[str]
    assembly: Assembly
    works: frozenset[str]  # IRIs


def touched_by(
    works: Collection[str], before: Iterable[WorkClaims], index: ClaimIndex, ontology: Ontology
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the causes and things that a change of works bears on; ``before`` is what they said until then."""
    own, titles, names = set[tuple[str, str]](), set[str](), set[str]()
    for claims in before:
        bearing = bearing_of(claims, ontology)
        own |= bearing.pairs
        titles.add(bearing.work[1])
        names |= {name for name, _ in bearing.called}
    family = {*works, *index.versions(titles - {""}, works)}
    own |= index.stated(works)
    pairs = own | index.stated(family) | index.quoted(family, names)
    things = frozenset(end for pair in own for end in pair if end not in ontology.concepts)
    levers = {cause for cause, _ in pairs} | index.causes_on(things)
    failures = _failures(ontology)
    bringing = {cause for cause, target in pairs if cause in failures and target in failures.values()}
    levers |= index.causes_on({failures[cause] for cause in bringing})
    known = [ontology.concepts[lever] for lever in levers if lever in ontology.concepts]
    levers |= {lever for concept in known for lever in (*concept.over, *concept.under)}
    return frozenset(levers), things


def assemble_part(
    levers: frozenset[str],
    things: frozenset[str],
    index: ClaimIndex,
    library: Library,
    ontology: Ontology,
    *,
    as_of: int,
) -> Part:
    """Assemble some causes as they stand in a library at the generation of its index."""
    failures = _failures(ontology)
    quantities = set(failures.values())
    suppressed = quantities & index.targets_of(levers)
    onward = {cause for cause, quantity in failures.items() if quantity in suppressed} - levers
    wanted = index.assertions(levers)
    for work, iris in index.assertions(onward, targets=quantities).items():
        wanted.setdefault(work, set()).update(iris)
    sides = flanking(levers, ontology) - levers
    for work, iris in index.assertions(sides).items():
        wanted.setdefault(work, set()).update(iris)
    marks = index.confounders(wanted.keys())
    stated = [
        place(iri, work, assertion, ontology, confounders=marks.get(iri, ()))
        for work, iri, assertion in library.assertions(wanted, as_of=as_of)
    ]
    pools = pool_stated(stated, index.works(wanted.keys()), index.things(levers | onward | sides), ontology)
    assembly = conclude(pools, ontology, causes=levers)
    named = {work for effect in assembly.effects for work in (*effect.works, *effect.unconfirmed)}
    return Part(levers, things, assembly, frozenset(work_iri(work) for work in index.present(named)))


def _failures(ontology: Ontology) -> dict[str, str]:
    """Return the failure modes with the quantity each is counted under."""
    return {concept.iri: concept.quantity or concept.iri for concept in ontology.of_kind("failure_mode")}
