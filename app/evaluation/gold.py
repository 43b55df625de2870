"""Read annotated passages: a folder of ``NNN.json`` as described in tests/gold/README.md."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.evaluation.naming import Name, Naming
from app.evaluation.readings import Claim, Figure, Named, Reading
from ontology.errors import ReadError
from ontology.model import Kind, Span


class Split(StrEnum):
    """Name the halves of the annotated passages."""

    train = "train"
    test = "test"
    all = "all"


_KINDS: Mapping[str, Kind] = {
    "Strategy": "strategy",
    "Material": "material",
    "Metric": "metric",
    "FailureMode": "failure_mode",
}
_VERSUS = re.compile(r"(?:vs\.?|versus|compared (?:to|with)|relative to)\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold an annotated text; what is ``optional`` or a ``link`` is neither right nor wrong as an effect."""

    id: str
    text: str
    split: str  # train | test | "" where the folder draws no line
    phenomena: frozenset[str]
    said: Reading
    links: tuple[Claim, ...] = ()  # failure mode or metric -> failure mode or metric
    optional: Reading = field(default_factory=Reading)


def load_passages(folder: Path, naming: Naming, *, split: Split = Split.all) -> list[Passage]:
    """Read the passages of a folder in order; raise ReadError where there are none or one is malformed."""
    files = sorted(folder.glob("[0-9]*.json"))
    if not files:
        raise ReadError(f"{folder}: holds no annotated passages (NNN.json); give their folder with --gold")
    found = []
    for file in files:
        try:
            passage = _passage(json.loads(file.read_text(encoding="utf-8")), naming)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            why = f"{type(error).__name__}: {error}"
            raise ReadError(f"{file}: is no annotated passage ({why}); see tests/gold/README.md") from None
        if split in (Split.all, passage.split):
            found.append(passage)
    if not found:
        raise ReadError(f"{folder}: none of its passages belongs to the half {split.value!r}; leave --split out")
    return found


def _passage(row: Mapping[str, Any], naming: Naming) -> Passage:
    rows = _Rows(row, naming)
    return Passage(
        id=row["id"],
        text=row["passage"],
        split=row.get("split", ""),
        phenomena=frozenset(row.get("phenomena", ())),
        said=Reading(
            tuple(rows.named(e) for e in row["entities"]),
            tuple(rows.claim(e) for e in row["effects"]),
            tuple(rows.figure(m) for m in row["measurements"]),
        ),
        links=tuple(rows.claim(e) for e in row.get("mechanism_links", ())),
        optional=Reading(
            effects=tuple(rows.claim(e) for e in row.get("optional_effects", ())),
            measurements=tuple(rows.figure(m) for m in row.get("optional_measurements", ())),
        ),
    )


class _Rows:
    """Turn the rows of one passage into claims; a canonical name goes with the surfaces annotated for it."""

    def __init__(self, row: Mapping[str, Any], naming: Naming) -> None:
        self._text: str = row["passage"]
        self._naming = naming
        self._kinds: dict[str, Kind] = {e["canonical"]: _KINDS[e["type"]] for e in row["entities"]}
        self._surfaces: defaultdict[str, list[str]] = defaultdict(list)
        for entity in row["entities"]:
            self._surfaces[entity["canonical"]].append(entity["text"])

    def named(self, row: Mapping[str, Any]) -> Named:
        places = (Span(*at.span()) for at in re.finditer(re.escape(row["text"]), self._text))
        return Named(_KINDS[row["type"]], row["text"], tuple(places))

    def claim(self, row: Mapping[str, Any]) -> Claim:
        conditions = list(row.get("conditions", ()))
        against = [found[1] for c in conditions if (found := _VERSUS.fullmatch(c.strip()))]
        cause, target, direction, verdict = row["cause"], row["target"], row["direction"], row.get("verdict", "")
        return Claim(
            cause=self._name(cause),
            target=self._name(target),
            direction=direction,
            verdict=verdict,
            where=self._where(row["sentence"]),
            label=f"{cause} -> {target} {direction} {verdict}".strip(),
            cause_kind=self._kinds.get(cause, ""),
            hedged=bool(row.get("hedged")),
            negated=bool(row.get("negated")),
            comparator=" ".join(against),
            conditions=tuple(c for c in conditions if not _VERSUS.fullmatch(c.strip())),
        )

    def figure(self, row: Mapping[str, Any]) -> Figure:
        value = row.get("value", [row.get("low"), row.get("high")])
        values = tuple(float(end) for end in (value if isinstance(value, list) else [value]) if end is not None)
        subject = row.get("subject")
        return Figure(
            metric=self._name(row["metric"]),
            values=values,
            unit=row["unit"],
            where=self._where(row["sentence"]),
            label=f"{row['metric']} {value} {row['unit']} ({subject or 'no subject'})",
            subject=self._name(subject) if subject else None,
        )

    def _name(self, canonical: str) -> Name:
        return self._naming.annotated([canonical, *self._surfaces[canonical]], kind=self._kinds.get(canonical))

    def _where(self, sentence: str) -> Span:
        start = self._text.index(sentence)
        return Span(start, start + len(sentence))
