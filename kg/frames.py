"""Turn answers into pandas tables; imported on use, because pandas takes longer to load than a question to answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import pandas as pd

from kg.claims import WorkClaims
from kg.store import Result
from kg.summaries import condition_text
from ontology.model import Measurement, Quantity

__all__ = ["frame", "measurement_frame"]

_APART = frozenset({"quantity", "value_span", "conditions", "evidence", "citations"})


def frame(result: Result) -> pd.DataFrame:
    """Return rows as a table; whether it was cut stands in ``attrs["truncated"]``."""
    table = pd.DataFrame(list(result.rows), columns=list(result.columns))
    table.attrs["truncated"] = result.truncated
    return table


def measurement_frame(works: Iterable[WorkClaims]) -> pd.DataFrame:
    """Return every measurement of some works, also those of metrics that no concept covers."""
    plain = [item.name for item in fields(Measurement) if item.name not in _APART]
    parts = [item.name for item in fields(Quantity)]
    columns = ["measurement", "work", "doi", "title", *plain, *parts, "conditions", "citations", "quote"]
    rows = [
        [
            iri,
            claims.iri,
            claims.doi,
            claims.title,
            *(getattr(item, name) for name in plain),
            *(getattr(item.quantity, name) for name in parts),
            condition_text(item.conditions),
            ", ".join(item.citations),
            item.evidence[0].text if item.evidence else "",
        ]
        for claims in works
        for iri, item in claims.measurements
    ]
    return pd.DataFrame(rows, columns=columns)
