"""Push a library's property graph to a Neo4j server: only works whose content differs from what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.assemble import assemble
from kg.claims import WorkClaims
from kg.store import Update, Watermark
from kg.stores.neo4j import Neo4jStore, work_digest
from ontology import Ontology
from ontology.model import Assembly

__all__ = ["push"]


def push(
    works: Sequence[WorkClaims],
    store: Neo4jStore,
    ontology: Ontology,
    *,
    generation: int,
    progress: Callable[[int, int], None],
    assembled: Callable[[], Assembly] | None = None,
) -> dict[str, int]:
    """Make a server show these works and no others; return how many were written, withdrawn and left as they were.

    What counts is the digest on each work node, so a push that was cut off, or another library's, is put right too.
    ``progress`` is told how many works of how many are written; ``assembled`` gives the conclusions where they are known.
    """
    wanted, has = Watermark(generation, ontology.digest), store.watermark()
    full = has is not None and (has.ontology, has.projection) != (wanted.ontology, wanted.projection)
    standing = {} if full else store.digests()
    digests = {claims.iri: work_digest(claims) for claims in works}
    changed = [claims for claims in works if standing.get(claims.iri) != digests[claims.iri]]
    gone = tuple(sorted(standing.keys() - {claims.iri for claims in works}))
    if changed or gone or has != wanted:

        def told() -> Iterator[WorkClaims]:
            for done, claims in enumerate(changed):
                progress(done, len(changed))
                yield claims
            progress(len(changed), len(changed))

        store.apply(
            Update(
                watermark=wanted,
                full=full,
                changed=told(),
                withdrawn=gone,
                assembly=assembled() if assembled else assemble(works, ontology),
                ontology=ontology,
                works=frozenset(claims.iri for claims in works),
            ),
            digests=digests,
        )
    return {"written": len(changed), "withdrawn": len(gone), "unchanged": len(works) - len(changed)}
