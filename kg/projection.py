"""Bring stores up to the library: what is missing since a store's watermark is replayed, whatever crashed before."""

from __future__ import annotations

from dataclasses import replace

from filelock import FileLock

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.library import Library
from kg.quarantine import Quarantine
from kg.store import PROJECTION, GraphStore, Update, Watermark
from ontology import Ontology
from ontology.identity import work_iri

__all__ = ["heal", "target", "without"]

_LOCK_WAIT = 600.0  # seconds for another process that is projecting the same library


def target(library: Library, ontology: Ontology) -> Watermark:
    """Return the watermark a store has when it shows all of the library."""
    quarantine = Quarantine.load(library.folder)
    return Watermark(library.generation, ontology.digest, f"{PROJECTION}{quarantine.digest}")


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


def without(claims: WorkClaims, quarantine: Quarantine) -> WorkClaims:
    """Return a work's claims without those in quarantine; none where the work itself is refused."""
    if not quarantine.reasons:
        return claims
    if claims.iri in quarantine.reasons:
        return replace(claims, effects=(), measurements=())
    return replace(
        claims,
        effects=tuple(pair for pair in claims.effects if pair[0] not in quarantine.reasons),
        measurements=tuple(pair for pair in claims.measurements if pair[0] not in quarantine.reasons),
    )


def _missing(library: Library, ontology: Ontology, has: Watermark | None, wanted: Watermark) -> Update:
    full = (
        has is None
        or (has.ontology, has.projection) != (wanted.ontology, wanted.projection)
        or has.generation > wanted.generation
    )
    quarantine = Quarantine.load(library.folder)
    everything = [without(claims, quarantine) for claims in library.claims(as_of=wanted.generation)]
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
