"""Bring stores up to the library: what is missing since a store's watermark is replayed, whatever crashed before.

A store that shows an earlier state is given the changed works and the causes they bear on; one that shows nothing, or
what other rules or concepts made, is given everything. Both end in the same graph.
"""

from __future__ import annotations

from filelock import FileLock

from kg.assemble import assemble
from kg.claim_index import ClaimIndex
from kg.incremental import assemble_part, touched_by
from kg.library import Library
from kg.store import PROJECTION, GraphStore, Update, Watermark
from ontology import Ontology
from ontology.identity import work_iri

__all__ = ["heal", "target"]

_LOCK_WAIT = 600.0  # seconds for another process that is projecting the same library
_INDEX = "index.sqlite"


def target(library: Library, ontology: Ontology, *, as_of: int | None = None) -> Watermark:
    """Return the watermark a store has when it shows all of the library, now or at a generation."""
    return Watermark(library.generation if as_of is None else as_of, ontology.digest, PROJECTION)


def heal(library: Library, store: GraphStore, ontology: Ontology, *, as_of: int | None = None) -> bool:
    """Replay into a store of this library what it has missed; return whether anything was missing."""
    if store.watermark() == target(library, ontology, as_of=as_of):
        return False
    with FileLock(library.folder / "projection.lock", timeout=_LOCK_WAIT):
        wanted, has = target(library, ontology, as_of=as_of), store.watermark()
        if has == wanted:
            return False
        if as_of is not None:
            store.apply(_everything(library, ontology, wanted))
            return True
        with ClaimIndex(library.folder / _INDEX) as index:
            index.bring_up(library, ontology, wanted)
            later = has is not None and (has.ontology, has.projection) == (wanted.ontology, wanted.projection)
            if store.incremental and later and has is not None and has.generation < wanted.generation:
                update = _missed(library, index, ontology, has, wanted)
            else:
                update = _everything(library, ontology, wanted)
            store.apply(update)
    return True


def _everything(library: Library, ontology: Ontology, wanted: Watermark) -> Update:
    works = list(library.claims(as_of=wanted.generation))
    return Update(
        watermark=wanted,
        full=True,
        changed=works,
        withdrawn=(),
        assembly=assemble(works, ontology),
        ontology=ontology,
        works=frozenset(claims.iri for claims in works),
        curations=library.curations(as_of=wanted.generation),
    )


def _missed(library: Library, index: ClaimIndex, ontology: Ontology, has: Watermark, wanted: Watermark) -> Update:
    touched = library.changed_between(has.generation, wanted.generation)
    before = library.claims(as_of=has.generation, works=touched)
    levers, things = touched_by(touched, before, index, ontology)
    part = assemble_part(levers, things, index, library, ontology, as_of=wanted.generation)
    changed = list(library.claims(as_of=wanted.generation, works=touched))
    here = {claims.work for claims in changed}
    return Update(
        watermark=wanted,
        full=False,
        changed=changed,
        withdrawn=tuple(work_iri(work) for work in touched if work not in here),
        assembly=part.assembly,
        ontology=ontology,
        works=part.works,
        levers=part.levers,
        things=part.things,
        curations=library.curations(as_of=wanted.generation),
    )
