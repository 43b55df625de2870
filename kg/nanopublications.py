"""Part a work's graph into nanopublications, one a claim, and put such graphs together again: pure.

Each is four named graphs (https://nanopub.net/guidelines/): the head; the assertion, which is the claim as the work
states it; the provenance, with the words it rests on, the file, the run and what the work cites for it; and the
publication info. It is known by the hash of what it says, so the same claim read again the same way is the same one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.rdf import CITO, PROV, work_graph
from kg.serialise import XSD, Quad, iri_term, parse_term, term
from kg.triples import RDF_TYPE
from ontology import ID_NS, VOCABULARY
from ontology.codec import digest
from ontology.errors import ReadError

__all__ = ["LICENCE", "Publication", "nanopublications", "published", "works_of_nanopublications"]

NP = "http://www.nanopub.org/nschema#"
DCTERMS = "http://purl.org/dc/terms/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_LINKS = (VOCABULARY.assertion, VOCABULARY.measurement)
_PARTS = ("Head", "assertion", "provenance", "pubinfo")
_FROM = f"{PROV}wasDerivedFrom"
_TOKEN = 32  # hex digits

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Publication:
    """Say under which licence, by whom and when statements are published."""

    licence: str = LICENCE
    creator: str = ""  # IRI of a person, such as an ORCID; the software alone where empty
    created: str = ""  # ISO 8601 with time zone


def nanopublications(work: str, quads: Iterable[Quad], publication: Publication) -> Iterator[Quad]:
    """Yield the nanopublications of a work's claims, in the order of their IRIs, from the quads of its graph."""
    groups: defaultdict[str, list[Triple]] = defaultdict(list)
    for subject, name, value, _ in sorted(quads):
        groups[subject.partition("#")[0]].append((subject, name, value))
    claims = sorted({value[1:-1] for subject, name, value in groups[work] if name in _LINKS and subject == work})
    beside = [triple for root in sorted(groups.keys() - {work, *claims}) for triple in groups[root]]
    for claim in claims:
        said, behind = _parted(claim, groups[claim])
        cited = {value for _, name, value in behind if name.startswith(CITO)}
        about = [triple for triple in groups[work] if _concerns(triple, claim, cited, work)]
        yield from _published(work, claim, said, [*behind, *about, *beside], publication)


def works_of_nanopublications(quads: Iterable[Quad]) -> Mapping[str, list[Quad]]:
    """Return the quads of each work's graph, by work, as far as the nanopublications of its claims tell them."""
    works: defaultdict[str, dict[Quad, None]] = defaultdict(dict)
    parts: defaultdict[str, list[Triple]] = defaultdict(list)
    for subject, name, value, graph in quads:
        parts[graph].append((subject, name, value))
    for graph in parts:
        base, _, part = graph.rpartition("#")
        if part not in _PARTS:
            raise ReadError(f"the graph {graph!r} is no part of a nanopublication; give what `--format nanopubs` wrote")
        own = f"{base}#assertion"
        if part == "provenance":
            (work,) = (value[1:-1] for subject, name, value in parts[graph] if (subject, name) == (own, _FROM))
            for triple in (*parts[own], *parts[graph]):
                if triple[0] != own:
                    works[work][(*triple, work_graph(work))] = None
    return {work: list(found) for work, found in works.items()}


def published(quads: Iterable[Quad]) -> dict[str, str]:
    """Return when the nanopublications of each work were published, by work IRI, where they tell."""
    works, moments = dict[str, str](), dict[str, str]()
    for subject, name, value, graph in quads:
        if name == _FROM and subject == f"{graph.rpartition('#')[0]}#assertion":
            works[subject.rpartition("#")[0]] = value[1:-1]
        elif name == f"{DCTERMS}created" and graph == f"{subject}#pubinfo":
            moments[subject] = str(parse_term(value))
    return {work: moments[base] for base, work in works.items() if base in moments}


def _parted(claim: str, triples: list[Triple]) -> tuple[list[Triple], list[Triple]]:
    """Part what a claim says from where it comes from."""
    said, behind = list[Triple](), list[Triple]()
    for triple in triples:
        subject, name, _ = triple
        is_behind = subject.startswith(f"{claim}#evidence/") or name.startswith((PROV, CITO))
        (behind if is_behind else said).append(triple)
    return said, behind


def _concerns(triple: Triple, claim: str, cited: set[str], work: str) -> bool:
    """Tell whether what is said of a work belongs to one claim: no other claims, no references it does not cite."""
    subject, name, value = triple
    if subject == work and name in _LINKS:
        return value == f"<{claim}>"
    for node in (f"<{subject}>", value):
        if node.startswith(f"<{work}#references/"):
            return node in cited
    return True


def _published(
    work: str, claim: str, said: list[Triple], behind: list[Triple], publication: Publication
) -> Iterator[Quad]:
    token = digest([said, behind, publication.licence, publication.creator])[:_TOKEN]
    base = f"{ID_NS}nanopub/{token}"
    head, own, provenance, info = (f"{base}#{part}" for part in _PARTS)
    yield base, RDF_TYPE, f"<{NP}Nanopublication>", head
    yield base, f"{NP}hasAssertion", f"<{own}>", head
    yield base, f"{NP}hasProvenance", f"<{provenance}>", head
    yield base, f"{NP}hasPublicationInfo", f"<{info}>", head
    yield from ((*triple, own) for triple in said)
    yield own, _FROM, f"<{work}>", provenance
    yield own, f"{PROV}wasGeneratedBy", f"<{work}#run>", provenance
    yield from ((*triple, provenance) for triple in behind)
    if publication.created:
        yield base, f"{DCTERMS}created", f"{term(publication.created)}^^<{XSD}dateTime>", info
    yield base, f"{DCTERMS}creator", iri_term(publication.creator or f"{ID_NS}agent/anodekg"), info
    yield base, f"{DCTERMS}license", iri_term(publication.licence), info
    yield base, f"{DCTERMS}subject", f"<{claim}>", info
    yield base, LABEL, term("What one work states, read by anodekg"), info
