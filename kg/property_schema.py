"""Declare the property graph: one label a node, typed columns, and which labels each edge joins.

Stores with a schema (ladybug) create their tables from here, Neo4j its constraints; the projection fills these columns.
Column types: text, integer, number, flag, texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType
from typing import Literal

__all__ = ["CONCEPT_LABELS", "EDGES", "KIND_LABEL", "NODES", "ColumnType", "Columns", "EdgeKey"]

ColumnType = Literal["text", "integer", "number", "flag", "texts"]
Columns = Mapping[str, ColumnType]
EdgeKey = tuple[str, str, str]  # type, label it starts from, label it goes to

KIND_LABEL: Mapping[str, str] = MappingProxyType(
    {
        "strategy": "Strategy",
        "material": "Material",
        "metric": "Metric",
        "failure_mode": "FailureMode",
        "condition": "Condition",
    }
)
CONCEPT_LABELS = tuple(KIND_LABEL.values())
_TYPES: Mapping[str, ColumnType] = MappingProxyType(
    {"s": "text", "i": "integer", "n": "number", "b": "flag", "l": "texts"}
)


def _columns(text: str) -> Columns:
    """Read "name:s …" where the letter is the column's type."""
    pairs = (column.split(":") for column in text.split())
    return MappingProxyType({name: _TYPES[letter] for name, letter in pairs})


_CONCEPT = _columns("iri:s label:s kind:s definition:s desirability:s alt:l local:b")
# Both kinds of claim have these columns, so that a query may read either; null where the kind has no such part.
_MARKS = "cause_start:i cause_end:i target_start:i target_end:i value_start:i value_end:i negated:b"
_QUANTITY = "value:n low:n high:n qualifier:s unit:s text:s"

NODES: Mapping[str, Columns] = MappingProxyType(
    {
        **dict.fromkeys(CONCEPT_LABELS, _CONCEPT),
        "Kind": _columns("iri:s label:s"),
        "Work": _columns(
            "iri:s key:s title:s doi:s year:i authors:l venue:s volume:s first_page:s licence:s article_type:s"
            " summary_of:s document:s path:s format:s sha256:s text_sha256:s reader:s extractor:s source:s"
        ),
        "Reference": _columns("iri:s position:i key:s text:s doi:s"),
        "Assertion": _columns(
            f"iri:s position:i {_MARKS} cause:s cause_concept:s cause_kind:s target:s target_concept:s target_kind:s"
            " direction:s verdict:s change:s change_basis:s comparator_type:s"
            " comparator_text:s comparator_concept:s hedged:b source_kind:s citations:l citation_text:s"
            " section:s confidence:n rule:s extractor:s conditions:s process:s confounds:s"
        ),
        "Measurement": _columns(
            f"iri:s position:i {_MARKS} metric:s metric_concept:s {_QUANTITY} unit_iri:s canonical_value:n"
            " canonical_unit:s subject:s subject_concept:s basis:s statistic:s mode:s source_kind:s hedged:b"
            " citations:l citation_text:s section:s confidence:n rule:s extractor:s conditions:s frame:s missing:s"
        ),
        "Value": _columns(f"iri:s field:s {_QUANTITY}"),
        "MechanismLink": _columns("iri:s position:i name:s concept:s direction:s start_char:i end_char:i"),
        "Evidence": _columns("iri:s position:i role:s start_char:i end_char:i text:s"),
        "Effect": _columns(
            "iri:s cause:s cause_label:s cause_kind:s target:s target_label:s target_kind:s change:s direction:s"
            " regime:s comparator:s verdict:s belief:n support:i conditions:s sentence:s sentence_source:s"
            " side:s to_offset:b offsets:l confounds:s confounders:l"
        ),
        "DoubleEdge": _columns(
            "iri:s kind:s cause:s cause_label:s separated_by:s window_low:n window_high:n window_unit:s window_text:s"
            " below:s above:s"
        ),
        "Contradiction": _columns("iri:s status:s differing:s shared:s unknown:l unknown_text:s"),
        "IndirectHelp": _columns("iri:s cause:s cause_label:s target:s regime:s via:s belief:n"),
    }
)

_READABLE = _columns("effect:s belief:n works:i regime:s conditions:s")
_PLAIN = _columns("")


def _edges(kinds: str, sources: tuple[str, ...], goals: tuple[str, ...], columns: Columns) -> dict[EdgeKey, Columns]:
    return {(kind, source, goal): columns for kind in kinds.split() for source, goal in product(sources, goals)}


EDGES: Mapping[EdgeKey, Columns] = MappingProxyType(
    {
        # what one work says
        **_edges("STATES", ("Work",), ("Assertion",), _PLAIN),
        **_edges("REPORTS", ("Work",), ("Measurement",), _PLAIN),
        **_edges("LISTS", ("Work",), ("Reference",), _PLAIN),
        **_edges("CITES", ("Assertion", "Measurement"), ("Reference",), _PLAIN),
        **_edges("UNDER", ("Assertion", "Measurement"), ("Value",), _PLAIN),
        **_edges("THROUGH", ("Assertion",), ("MechanismLink",), _PLAIN),
        **_edges("CONFOUNDED_WITH", ("Assertion",), ("Assertion",), _columns("level:s")),
        **_edges("QUOTES", ("Assertion", "Measurement"), ("Evidence",), _PLAIN),
        **_edges("MEASURES", ("Measurement",), ("Metric",), _PLAIN),
        **_edges("MEASURED_ON", ("Measurement",), CONCEPT_LABELS, _PLAIN),
        # the concepts
        **_edges("BROADER", CONCEPT_LABELS, CONCEPT_LABELS, _PLAIN),
        **_edges("WITHIN", CONCEPT_LABELS, (*CONCEPT_LABELS, "Kind"), _PLAIN),
        **_edges("DEGRADES", ("FailureMode",), ("Metric",), _columns("regime:s source:s")),
        # what is concluded
        **_edges("CAUSE TARGET", ("Effect", "IndirectHelp"), CONCEPT_LABELS, _PLAIN),
        **_edges("ABOUT", ("Effect",), CONCEPT_LABELS, _columns("label:s kind:s direction:s verdict:s own:b")),
        **_edges("MEASURED_BY", CONCEPT_LABELS, CONCEPT_LABELS, _columns("polarity:i")),
        **_edges("POOLS", ("Effect",), ("Assertion",), _PLAIN),
        **_edges("SUPPORTED_BY UNCONFIRMED_BY", ("Effect",), ("Work",), _PLAIN),
        **_edges("LEVER", ("DoubleEdge",), CONCEPT_LABELS, _PLAIN),
        **_edges("GAIN COST BELOW ABOVE", ("DoubleEdge",), ("Effect",), _PLAIN),
        **_edges("FIRST SECOND", ("Contradiction",), ("Effect",), _PLAIN),
        **_edges("VIA", ("IndirectHelp",), CONCEPT_LABELS, _PLAIN),
        **_edges("RESTS_ON", ("IndirectHelp",), ("Effect",), _PLAIN),
        # what a person reads
        **_edges("IMPROVES WORSENS", CONCEPT_LABELS, ("Metric",), _READABLE),
        **_edges("MITIGATES AGGRAVATES CAUSES", CONCEPT_LABELS, ("FailureMode",), _READABLE),
        **_edges("LEAVES", CONCEPT_LABELS, ("Metric", "FailureMode"), _READABLE),
        **_edges("CHANGES", CONCEPT_LABELS, CONCEPT_LABELS, _READABLE),
        **_edges("HELPS_INDIRECTLY", CONCEPT_LABELS, ("Metric",), _columns("via:s belief:n regime:s")),
    }
)
