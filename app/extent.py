"""How much of an answer is wanted with its sentences: all of it to print, the first of it to show on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.answer import Quote
from app.quotes import quotes_of
from kg import Graph

__all__ = ["WHOLE", "Extent", "some_quotes"]


class Extent(NamedTuple):
    """Count what is wanted: answers with their sentences, other edges of each, sentences of each effect (0: all)."""

    answers: int = 100
    edges: int = 1000
    sentences: int = 0


WHOLE = Extent()
_CLAIMS = 40  # quoted for each answer that is wanted


def some_quotes(graph: Graph, claims: Iterable[str], extent: Extent) -> dict[str, tuple[Quote, ...]]:
    """Return the sentences behind claims as far as they are wanted, by the claims' IRIs, the first claims first."""
    wanted = list(dict.fromkeys(claims))
    if not extent.sentences:
        return quotes_of(graph, wanted)
    wanted = wanted[: extent.answers * _CLAIMS]
    chosen = graph.first_statements(wanted, each=extent.sentences)
    single = [claim for claim in wanted if claim not in chosen]
    quotes = quotes_of(graph, [*single, *(iri for iris in chosen.values() for iri in iris)])
    return {
        claim: tuple(quote for iri in chosen.get(claim, (claim,)) for quote in quotes.get(iri, ())) for claim in wanted
    }
