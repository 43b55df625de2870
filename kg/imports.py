"""Read back what was exported: the same quads, the same claims, the same curators' words, the same rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

from kg.claims import WorkClaims
from kg.curation import ACTIONS, Anchor, Curation
from kg.nanopublications import published, works_of_nanopublications
from kg.rdf import PROV, work_from_nodes
from kg.serialise import Quad, parse_term
from kg.stores.rdf_files import read_quads
from kg.table_files import read_rows
from kg.tables import TABLES
from kg.triples import RDF_TYPE, Nodes, index
from ontology import ID_NS, VOCABULARY
from ontology.codec import decode, encode
from ontology.errors import AnodeError, ReadError
from ontology.identity import work_iri

__all__ = ["Imported", "import_file", "import_quads", "import_table", "import_works"]

_WORK = f"<{VOCABULARY.Work}>"
_CURATION = f"<{VOCABULARY.Curation}>"


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold what a file tells: what each work says, the curators' words in the order given, when it was published."""

    works: tuple[WorkClaims, ...]  # by IRI
    words: tuple[Curation, ...]
    moments: Mapping[str, str]  # by work IRI, ISO 8601 in UTC; nanopublications tell, other forms do not


def import_quads(path: Path) -> Iterator[Quad]:
    """Yield the quads of an RDF export (.ttl, .trig, .jsonld or .nq); of Turtle all graphs are ""."""
    return read_quads(path)


def import_works(path: Path) -> tuple[WorkClaims, ...]:
    """Return what each work of an RDF export or of its nanopublications says, by IRI; ready for :func:`kg.assemble`."""
    return import_file(path).works


def import_file(path: Path) -> Imported:
    """Read an RDF export or nanopublications; ReadError where a file is none of ours, cut or altered."""
    quads = list(read_quads(path))
    try:
        graphs = _by_work(quads)
        works = tuple(_work(iri, graphs[iri]) for iri in sorted(graphs))
        words, moments = _words(quads), {work: _moment(at) for work, at in published(quads).items()}
    except (AnodeError, LookupError, TypeError, ValueError) as error:
        raise ReadError(f"{path} is not as anodekg exported it ({error}); export it again") from None
    if not works:
        raise ReadError(f"{path} tells of no work; conclusions follow from claims, export with --what all or claims")
    return Imported(works, words, moments)


def import_table(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of an exported table as dictionaries; the file's stem says which table it is."""
    if path.stem not in TABLES:
        raise ReadError(f"{path} is no exported table by its name; call it {', '.join(TABLES)} with .csv or .parquet")
    columns = TABLES[path.stem].columns
    for row in read_rows(path, columns):
        yield dict(zip(columns, row, strict=True))


def _by_work(quads: Sequence[Quad]) -> dict[str, Nodes]:
    """Return the nodes among which each work stands, by the work's IRI."""
    if any("/nanopub/" in graph for *_, graph in quads):
        return {work: index(found) for work, found in works_of_nanopublications(quads).items()}
    homes = {subject: graph for subject, name, value, graph in quads if (name, value) == (RDF_TYPE, _WORK)}
    wanted, graphs = set(homes.values()), defaultdict[str, list[Quad]](list)
    for quad in quads:
        if quad[3] in wanted:
            graphs[quad[3]].append(quad)
    nodes = {graph: index(found) for graph, found in graphs.items()}
    return {work: nodes[graph] for work, graph in homes.items()}


def _work(iri: str, nodes: Nodes) -> WorkClaims:
    """Build a work's claims; raise where they hold what no reading of ours does: files are foreign, libraries last."""
    claims = work_from_nodes(iri, nodes)
    if iri != work_iri(claims.work):
        raise ReadError(f"{iri} has the key {claims.work!r:.80}")
    for name, pairs in (("assertion", claims.effects), ("measurement", claims.measurements)):
        for named, _ in cast(tuple[tuple[str, object], ...], pairs):
            if not named.startswith(f"{ID_NS}{name}/"):
                raise ReadError(f"{named!r:.80} names no {name}")
    if decode(WorkClaims, encode(claims)) != claims:
        raise ReadError(f"{iri} does not keep its values")
    return claims


def _words(quads: Sequence[Quad]) -> tuple[Curation, ...]:
    said = {subject for subject, name, value, _ in quads if (name, value) == (RDF_TYPE, _CURATION)}
    if not said:
        return ()
    nodes = index(quad for quad in quads if quad[0].partition("#")[0] in said)
    words = [_word(iri, nodes) for iri in said]
    return tuple(sorted(words, key=lambda word: (word.at, word.iri)))


def _word(iri: str, nodes: Nodes) -> Curation:
    def told(subject: str, name: str) -> str:
        values = nodes[subject].get(name, ())
        return str(parse_term(values[0])) if values else ""

    roles = tuple(
        sorted((str(name), str(value)) for name, value in dict(json.loads(told(iri, VOCABULARY.roles))).items())
    )
    action, agent = told(iri, VOCABULARY.action), told(iri, f"{PROV}wasAssociatedWith")
    if action not in ACTIONS:
        raise ReadError(f"{iri} has no action")
    work = "" if "thing" in dict(roles) else unquote(told(iri, f"{PROV}used").removeprefix(work_iri("")))
    word = Curation(
        id=0,
        anchor=Anchor(work, told(iri, VOCABULARY.text), roles),
        action=cast(Any, action),
        replacement=told(iri, VOCABULARY.replacement),
        curator=told(agent, VOCABULARY.label),
        note=told(iri, VOCABULARY.note),
        at=_moment(told(iri, f"{PROV}endedAtTime")),
        since=0,
    )
    if word.iri != iri:
        raise ReadError(f"{iri} is not the name of what it says")
    return word


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat()
