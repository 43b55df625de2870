"""The algebra of change: how modifiers, nouns and verbs between a target and its predicate combine.

A change is a sign on the quantity itself (``raise``, ``lower``) or on its goodness (``better``, ``worse``). Going
outwards from the target, nouns and verbs multiply; an adjective counts only where the verb itself says nothing
("shows lower impedance"), never under a verb that does ("reduces the high impedance").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from extractors.cues import CueClass

__all__ = ["Change", "Target", "apply_adjective", "apply_noun", "apply_verb"]

Target = Literal["metric", "failure_mode", "other"]
_SIGN = {"raise": 1, "lower": -1, "suppress": -1, "create": 1, "better": 1, "worse": -1, "keep": 1, "possess": 1}


@dataclass(frozen=True, slots=True)
class Change:
    """Hold the change read so far; ``sign`` is 0 while nothing was said."""

    sign: int = 0
    evaluative: bool = False  # the sign is on goodness, not on the quantity
    adjective: int = 0
    adjective_evaluative: bool = False
    nominal: bool = False  # a noun cue stands between target and verb
    fewer: bool = False  # "less" or "fewer" on the target: it multiplies under any verb

    def direction_sign(self, desirable: int) -> int:
        """Return the sign on the quantity, given +1 where more of it is better and -1 where less is."""
        return self.sign * (desirable or 1) if self.evaluative else self.sign


def apply_adjective(change: Change, cue: CueClass, word: str = "") -> Change:
    """Note a graded adjective on the target; the first one wins."""
    if change.adjective:
        return change
    return replace(
        change, adjective=_SIGN[cue], adjective_evaluative=cue in ("better", "worse"), fewer=word in ("less", "fewer")
    )


def apply_noun(change: Change, cue: CueClass) -> Change:
    """Pass through a noun such as *reduction* (of), *resistance* (to), *improvement* (in)."""
    if cue in ("better", "worse", "keep"):
        return replace(change, sign=_SIGN[cue], evaluative=True, nominal=True)
    return replace(change, sign=(change.sign or 1) * _SIGN[cue], nominal=True)


def apply_verb(change: Change, cue: CueClass, target: Target) -> Change:
    """Apply the governing predicate; the result has sign 0 where it asserts no change."""
    applied = _applied(change, cue, target)
    return replace(applied, sign=-applied.sign) if change.fewer and cue in ("raise", "lower", "suppress") else applied


def _applied(change: Change, cue: CueClass, target: Target) -> Change:
    if cue in ("raise", "lower", "suppress"):
        if change.nominal and change.evaluative:
            return replace(change, sign=change.sign * _SIGN[cue])
        if cue == "suppress" and target == "metric" and change.adjective and not change.nominal:
            return replace(
                change, sign=-change.adjective, evaluative=change.adjective_evaluative
            )  # "overcomes the low efficiency"
        return replace(change, sign=(change.sign or 1) * _SIGN[cue])
    if cue in ("better", "worse"):
        if change.nominal and not change.evaluative and target == "failure_mode" and cue == "better":
            return change  # "improves the resistance to cracking" keeps what the noun says
        if target == "failure_mode" and cue == "worse" and not change.nominal:
            return replace(change, sign=1, evaluative=False)
        return replace(change, sign=_SIGN[cue], evaluative=True)
    if change.nominal and change.sign:
        return change
    if change.adjective:
        return replace(change, sign=change.adjective, evaluative=change.adjective_evaluative)
    if cue == "create" and target == "failure_mode":
        return replace(change, sign=1)
    if cue == "keep" and target != "failure_mode":
        return replace(change, sign=1, evaluative=True)
    return replace(change, sign=0)
