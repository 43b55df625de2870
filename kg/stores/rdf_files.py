"""Write quads to RDF files and read them back, in the formats that can be streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

import pyoxigraph

from kg.serialise import Quad, parse_nquads, to_nquads
from ontology.errors import ReadError

__all__ = ["GRAPH_FORMATS", "PREFIXES", "RDF_FORMATS", "cells_to_file", "quads_to_file", "read_quads"]

# name -> format; Turtle knows no graphs, so there a triple's graph is lost.
RDF_FORMATS: Mapping[str, pyoxigraph.RdfFormat] = MappingProxyType(
    {
        "turtle": pyoxigraph.RdfFormat.TURTLE,
        "trig": pyoxigraph.RdfFormat.TRIG,
        "jsonld": pyoxigraph.RdfFormat.STREAMING_JSON_LD,
        "nquads": pyoxigraph.RdfFormat.N_QUADS,
    }
)
# media type -> format of a graph; the first is what a client gets that does not care.
GRAPH_FORMATS: Mapping[str, pyoxigraph.RdfFormat] = MappingProxyType(
    {
        "text/turtle": pyoxigraph.RdfFormat.TURTLE,
        "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
        "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
        "application/ld+json": pyoxigraph.RdfFormat.STREAMING_JSON_LD,
    }
)
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "a": "https://w3id.org/anodekg/ontology#",
        "c": "https://w3id.org/anodekg/concept/",
        "cito": "http://purl.org/spar/cito/",
        "dcterms": "http://purl.org/dc/terms/",
        "np": "http://www.nanopub.org/nschema#",
        "npx": "http://purl.org/nanopub/x/",
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "qudt": "http://qudt.org/schema/qudt/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "unit": "http://qudt.org/vocab/unit/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
_SUFFIXES = {".ttl": "turtle", ".trig": "trig", ".jsonld": "jsonld", ".nq": "nquads", ".nt": "nquads"}
_XSD_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")


def quads_to_file(quads: Iterable[Quad], stream: IO[bytes], form: str) -> None:
    """Write quads in a format of ``RDF_FORMATS``, in the order given; quads of a subject should stand together."""
    if form == "nquads":
        for line in to_nquads(quads):
            stream.write(line.encode("utf-8"))
        return
    shape = RDF_FORMATS[form]
    lines: Any = _Lines(quads)
    parsed: Any = pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    if not shape.supports_datasets:
        parsed = (quad.triple for quad in parsed)
    if form == "jsonld":
        pyoxigraph.serialize(parsed, stream, shape)
    else:
        ordered: Any = _SortedHead(stream)
        pyoxigraph.serialize(parsed, ordered, shape, prefixes=dict(PREFIXES))


def cells_to_file(rows: Iterable[list[list[str]]], stream: IO[bytes], media_type: str) -> None:
    """Write triples given as rows of three cells (see :mod:`kg.result_formats`) in a format of ``GRAPH_FORMATS``."""
    triples = (pyoxigraph.Triple(*(_term(*cell) for cell in row)) for row in rows)
    pyoxigraph.serialize(triples, stream, GRAPH_FORMATS[media_type], prefixes=dict(PREFIXES))


def read_quads(path: Path, *, form: str = "") -> Iterator[Quad]:
    """Yield the quads of an RDF file; the graph of a triple without one is ""."""
    name = form or _SUFFIXES.get(path.suffix, "")
    if name not in RDF_FORMATS:
        raise ReadError(f"{path} is no RDF file by its name; call it {', '.join(_SUFFIXES)}")
    try:
        with path.open("rb") as stream:
            for quad in pyoxigraph.parse(stream, _read_format(name), lenient=True):
                yield _quad(quad, path)
    except (SyntaxError, ValueError) as error:
        raise ReadError(f"{path} is no whole {name} file ({error}); export it again") from None
    except OSError as error:
        raise ReadError(f"{path} cannot be read ({error.strerror or error}); check the path") from None


def _read_format(name: str) -> pyoxigraph.RdfFormat:
    return pyoxigraph.RdfFormat.JSON_LD if name == "jsonld" else RDF_FORMATS[name]


def _quad(quad: pyoxigraph.Quad, path: Path) -> Quad:
    subject, predicate, value, graph = quad.subject, quad.predicate, quad.object, quad.graph_name
    if not isinstance(subject, pyoxigraph.NamedNode) or isinstance(value, pyoxigraph.BlankNode):
        raise ReadError(f"{path} holds blank nodes, which no export of ours does; give a file made by `anodekg export`")
    name = graph.value if isinstance(graph, pyoxigraph.NamedNode) else ""
    line = f"{subject} {predicate} {value} <a:b> ."
    return (*next(parse_nquads(line))[:3], name)


def _term(text: str, kind: str) -> Any:
    if kind == "":
        return pyoxigraph.NamedNode(text)
    if kind == "_":
        return pyoxigraph.BlankNode(text.removeprefix("_:"))
    if kind.startswith("@"):
        return pyoxigraph.Literal(text, language=kind[1:])
    return pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(kind))


class _Lines:
    """Give quads as the bytes of an N-Quads file, as much as a reader asks for."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._lines, self._rest = to_nquads(quads), b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        while size < 0 or len(self._rest) < size:
            line = next(self._lines, None)
            if line is None:
                break
            self._rest += line.encode("utf-8")
        given, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return given


class _SortedHead:
    """Write the prefixes of a file in order: the engine's own order differs from run to run."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._head, self._inside = stream, b"", True

    def write(self, data: bytes) -> int:
        """Write on, keeping back the lines of the head until they are all there."""
        if not self._inside:
            return self._stream.write(data)
        self._head += data
        if self._head.count(b"\n") >= len(PREFIXES):
            *lines, rest = self._head.split(b"\n", len(PREFIXES))
            self._stream.write(b"\n".join([*sorted(lines), rest]))
            self._inside = False
        return len(data)

    def flush(self) -> None:
        """Write what is kept back."""
        self._stream.flush()
