"""Bring stores up to the library: what is missing since a store's watermark is replayed, whatever crashed before."""

from __future__ import annotations

from filelock import FileLock

from kg.assemble import assemble
from kg.library import Library
from kg.store import PROJECTION, GraphStore, Update, Watermark
from ontology import Ontology
from ontology.identity import work_iri

__all__ = ["heal", "target"]

_LOCK_WAIT = 600.0  # seconds for another process that is projecting the same library


def target(library: Library, ontology: Ontology) -> Watermark:
    """Return the watermark a store has when it shows all of the library."""
    return Watermark(library.generation, ontology.digest, PROJECTION)


def heal(library: Library, store: GraphStore, ontology: Ontology) -> bool:
    """Replay into a store of this library what it has missed; return whether anything was missing."""
    if store.watermark() == target(library, ontology):
        return False
    with FileLock(library.folder / "projection.lock", timeout=_LOCK_WAIT):
        wanted, has = target(library, ontology), store.watermark()
        if has == wanted:
            return False
        store.apply(_missing(library, ontology, has if store.incremental else None, wanted))
    return True


def _missing(library: Library, ontology: Ontology, has: Watermark | None, wanted: Watermark) -> Update:
    full = (
        has is None
        or (has.ontology, has.projection) != (wanted.ontology, wanted.projection)
        or has.generation > wanted.generation
    )
    everything = list(library.claims(as_of=wanted.generation))
    works = {claims.work: claims for claims in everything}
    if full:
        changed, gone = everything, tuple[str, ...]()
    else:
        touched = [work for work, _ in library.changed_since(has.generation if has else 0)]
        changed = [works[work] for work in touched if work in works]
        gone = tuple(work_iri(work) for work in touched if work not in works)
    return Update(
        watermark=wanted,
        full=full,
        changed=changed,
        withdrawn=gone,
        assembly=assemble(everything, ontology),
        ontology=ontology,
        works=frozenset(claims.iri for claims in everything),
    )
