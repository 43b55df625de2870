"""Read back what was exported: the same quads, the same claims, the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.claims import WorkClaims
from kg.nanopublications import works_of_nanopublications
from kg.rdf import work_from_quads
from kg.serialise import Quad
from kg.stores.rdf_files import read_quads
from kg.table_files import read_rows
from kg.tables import TABLES
from kg.triples import RDF_TYPE
from ontology import VOCABULARY
from ontology.errors import ReadError

__all__ = ["import_quads", "import_table", "import_works"]

_WORK = f"<{VOCABULARY.Work}>"


def import_quads(path: Path) -> Iterator[Quad]:
    """Yield the quads of an RDF export (.ttl, .trig, .jsonld or .nq); of Turtle all graphs are ""."""
    return read_quads(path)


def import_works(path: Path) -> tuple[WorkClaims, ...]:
    """Return what each work of an RDF export or of its nanopublications says, by IRI; ready for :func:`kg.assemble`."""
    quads = list(read_quads(path))
    if any("/nanopub/" in graph for *_, graph in quads):
        graphs = works_of_nanopublications(quads)
    else:
        found: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            found[quad[3]].append(quad)
        works = {subject: found[graph] for subject, name, value, graph in quads if (name, value) == (RDF_TYPE, _WORK)}
        graphs = works
    return tuple(work_from_quads(work, graphs[work]) for work in sorted(graphs))


def import_table(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of an exported table as dictionaries; the file's stem says which table it is."""
    if path.stem not in TABLES:
        raise ReadError(f"{path} is no exported table by its name; call it {', '.join(TABLES)} with .csv or .parquet")
    columns = TABLES[path.stem].columns
    for row in read_rows(path, columns):
        yield dict(zip(columns, row, strict=True))
