"""Fetch the sentences behind claims, many at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.answer import Quote
from kg import Graph
from ontology.model import Evidence

_BATCH = 500  # claims asked for at once


def quotes_of(graph: Graph, claims: Iterable[str]) -> dict[str, tuple[Quote, ...]]:
    """Return the sentences behind each claim (an effect, assertion, measurement or double edge), by its IRI."""
    wanted = list(dict.fromkeys(claims))
    found: dict[str, dict[Quote, None]] = {}
    for start in range(0, len(wanted), _BATCH):
        rows = graph.evidence(wanted[start : start + _BATCH])
        for row in rows.rows:
            cells: dict[str, Any] = dict(zip(rows.columns, row, strict=True))
            found.setdefault(cells["claim"], {})[_quote(cells)] = None
    return {claim: tuple(quotes) for claim, quotes in found.items()}


def _quote(cells: dict[str, Any]) -> Quote:
    marks = tuple(
        Evidence(role=role, start=cells[f"{role}_start"], end=cells[f"{role}_end"], text="")
        for role in ("cause", "target", "value")
        if cells[f"{role}_start"] is not None and cells[f"{role}_end"] is not None
    )
    return Quote(
        document=cells["document"],
        doi=cells["doi"] or "",
        quote=cells["quote"],
        start=cells["start"],
        end=cells["end"],
        hedged=bool(cells["hedged"]),
        source_kind=cells["source_kind"],
        citations=tuple(re.split(r"[,;\s]+", cells["citations"])) if cells["citations"] else (),
        section=cells["section"] or "",
        summary_of=cells["summary_of"] or "",
        title=cells["title"] or "",
        text_sha256=cells["text_sha256"] or "",
        marks=marks,
        work=cells["work"] or "",
        confounds=tuple(filter(None, (cells["confounds"] or "").split("; "))),
    )


def distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return each sentence once, with the marks of all that it is quoted for."""
    found: dict[tuple[str, int, int], Quote] = {}
    for quote in quotes:
        place = (quote.document, quote.start, quote.end)
        known = found.get(place)
        marks = quote.marks if known is None else tuple(dict.fromkeys((*known.marks, *quote.marks)))
        confounds = quote.confounds if known is None else tuple(dict.fromkeys((*known.confounds, *quote.confounds)))
        found[place] = replace(known or quote, marks=marks, confounds=confounds)
    return tuple(found.values())
