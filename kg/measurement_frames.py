"""Say in which frame a number was measured: numbers compare only inside one frame.

The frame is the cell, what the number is counted per, how it was obtained, and what prelithiation, reference cycle or
host it stands under. A number without a cell, without a unit, or per mass without saying of what, has no place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from kg.comparability import Fact, Named, canonical_interval, show, stated
from ontology.model import Measurement

__all__ = [
    "DECISIVE",
    "facts_of_measurement",
    "frame_of",
    "frame_text",
    "missing_fields",
    "missing_text",
    "required_fields",
]

# Both sides must state these: without the cell, or what a capacity is counted per, a number cannot be placed.
_REQUIRED = ("unit", "cell")
_PER_MASS = "basis"
# These may be silent on both sides, but not on one only.
DECISIVE = ("mode", "prelithiation", "reference_cycle", "basis", "host")


def facts_of_measurement(measurement: Measurement) -> dict[str, Fact]:
    """Return what decides whether a number compares: its conditions, basis, mode and unit."""
    facts = stated(measurement.conditions)
    if measurement.basis:
        facts["basis"] = Named(frozenset({measurement.basis}), measurement.basis)
    facts["mode"] = Named(frozenset({measurement.mode}), measurement.mode)
    if measurement.canonical_unit:
        facts["unit"] = Named(frozenset({measurement.canonical_unit}), measurement.canonical_unit)
    return facts


def missing_fields(measurement: Measurement) -> tuple[str, ...]:
    """Return the fields for want of which a number cannot be ranked."""
    facts = facts_of_measurement(measurement)
    missing = tuple(field for field in required_fields(measurement) if field not in facts)
    return (*missing, "value") if measurement.canonical_value is None else missing


def frame_of(measurement: Measurement) -> dict[str, Fact]:
    """Return the facts that a number must share with another to be ranked with it."""
    facts = facts_of_measurement(measurement)
    return {name: facts[name] for name in sorted({*required_fields(measurement), *DECISIVE}) if name in facts}


def frame_text(measurement: Measurement) -> str:
    """Return a frame as one readable line that is equal where frames are: "cell full; mode measured; unit %"."""
    return written(frame_of(measurement))


def missing_text(measurement: Measurement) -> str:
    """Return the missing fields as one readable line, "" where the number can be ranked."""
    return "; ".join(field.replace("_", " ") for field in missing_fields(measurement))


def written(frame: Mapping[str, Fact]) -> str:
    """Write a frame so that equal facts read the same, in whatever unit or order of words they were stated."""
    return "; ".join(f"{name.replace('_', ' ')} {_plain(fact)}" for name, fact in sorted(frame.items()))


def required_fields(measurement: Measurement) -> tuple[str, ...]:
    """Return the fields that both of two numbers must state to compare."""
    per_mass = measurement.canonical_unit.partition("/")[2] in ("g", "kg")
    return (*_REQUIRED, *((_PER_MASS,) if per_mass else ()))


def _plain(fact: Fact) -> str:
    if isinstance(fact, Named):
        return fact.text if len(fact.key) == 1 else " ".join(sorted(fact.key))
    interval = canonical_interval(fact)
    if interval is None:
        return show(fact)
    low, high, unit = interval
    ends = f"{low:g}" if low == high else f"{_end(low)}–{_end(high)}"
    return f"{ends} {unit}".strip()


def _end(end: float) -> str:
    return "…" if math.isinf(end) else f"{end:g}"
