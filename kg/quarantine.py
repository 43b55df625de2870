"""Remember which claims the shapes refuse: kept in the library, left out of every graph, and always reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ontology.codec import digest
from ontology.errors import StoreError

__all__ = ["Quarantine"]

_FILE = "quarantine.json"


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Hold the reason for each refused claim, by claim IRI."""

    reasons: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Quarantine:
        """Read a library's quarantine; empty where there is none."""
        try:
            return cls(json.loads((folder / _FILE).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return cls()
        except ValueError as error:
            raise StoreError(f"{folder / _FILE} is damaged ({error}); delete it and run `anodekg validate`") from error

    def save(self, folder: Path) -> None:
        """Write the quarantine in one step."""
        draft = folder / f"{_FILE}.part"
        draft.write_text(json.dumps(dict(sorted(self.reasons.items())), indent=1), encoding="utf-8")
        draft.replace(folder / _FILE)

    @property
    def digest(self) -> str:
        """Return a hash of what is refused; "" for nothing."""
        return f":{digest(dict(self.reasons))[:16]}" if self.reasons else ""
