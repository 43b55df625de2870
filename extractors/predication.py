"""Hold what a clause says of a target."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.clauses import Agent
from extractors.language import Token
from extractors.signs import Change

__all__ = ["Predication"]


@dataclass(slots=True)
class Predication:
    """Hold a target's change, the words that say so, and the candidates for its cause."""

    change: Change
    cues: list[Token] = field(default_factory=list)
    predicate: Token | None = None
    agents: list[Agent] = field(default_factory=list)
    rule: str = ""
    purpose: bool = False
    no_change: bool = False
    without: bool = False
