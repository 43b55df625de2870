"""Questions to offer while somebody types: the examples, then what can be asked about every concept and name."""

from __future__ import annotations

from collections.abc import Collection

from app.phrasing import load_phrasings
from ontology.terms import Ontology

_NAMES = 4  # other names of a concept that are offered
_KINDS = ("strategy", "metric", "failure_mode", "material", "condition")


def suggestions(ontology: Ontology, *, said: Collection[str], coined: Collection[str] = ()) -> tuple[str, ...]:
    """Return questions that this library can answer, each once.

    ``said`` are the IRIs of concepts it says something about, ``coined`` the names of levers that no concept covers.
    """
    phrasings = load_phrasings()
    concepts = sorted(
        (concept for concept in ontology.concepts.values() if concept.iri in said),
        key=lambda concept: (_KINDS.index(concept.kind), concept.label.lower()),
    )
    offered = list(phrasings.examples)
    for concept in concepts:
        offered += [template.format(label=concept.label) for template in phrasings.suggest[concept.kind]]
    ask_about = phrasings.suggest["strategy"][0]
    offered += [ask_about.format(label=name) for name in sorted(coined, key=str.lower)]
    for concept in concepts:
        first = phrasings.suggest[concept.kind][0]
        offered += [first.format(label=name) for name in concept.alt[:_NAMES]]
    return tuple(dict.fromkeys(offered))
