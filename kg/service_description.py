"""Describe the endpoint in the W3C's vocabulary for SPARQL services."""

from __future__ import annotations

from kg.result_formats import RESULT_FORMATS
from kg.serialise import Quad, iri_term
from kg.stores.rdf_files import GRAPH_FORMATS
from kg.triples import RDF_TYPE

__all__ = ["service_description"]

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}


def service_description(url: str) -> list[Quad]:
    """Return what the service at an address speaks, and that its default graph is the union of all graphs."""
    service, dataset = f"{url}#service", f"{url}#dataset"
    formats = [iri_term(FORMATS + _NAMES[name]) for name in (*RESULT_FORMATS, *GRAPH_FORMATS)]
    return [
        (service, RDF_TYPE, iri_term(f"{SD}Service"), url),
        (service, f"{SD}endpoint", iri_term(url), url),
        (service, f"{SD}supportedLanguage", iri_term(f"{SD}SPARQL11Query"), url),
        (service, f"{SD}feature", iri_term(f"{SD}UnionDefaultGraph"), url),
        *((service, f"{SD}resultFormat", name, url) for name in formats),
        (service, f"{SD}defaultDataset", iri_term(dataset), url),
        (dataset, RDF_TYPE, iri_term(f"{SD}Dataset"), url),
    ]
