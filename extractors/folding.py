"""Fold typography to plain characters so that numbers and units can be matched, with a way back.

Exponents keep a caret ("g⁻¹", "g^{–1}" and "g<sup>-1</sup>" become "g^-1"), so that "10⁻¹³" never looks like a range.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Folded", "fold"]

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_SUB = "₀₁₂₃₄₅₆₇₈₉₊₋"
_COMMANDS = {
    "sim": "~", "approx": "≈", "simeq": "≈", "times": "×", "cdot": "·", "pm": "±", "mu": "μ", "Omega": "Ω", "circ": "°",
    "degree": "°", "celsius": "°C", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "gt": ">", "lt": "<", "AA": "Å",
    "to": "→",
}  # fmt: skip
_SINGLE = {
    **dict.fromkeys("‐‑‒–—−﹣－", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\n\r\t", " "),
    **dict.fromkeys("∼∽～˜", "~"), **dict.fromkeys("≃≅≒", "≈"),
    "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "µ": "μ", "Ω": "Ω",
    "Å": "Å", "℃": "°C", "º": "°", "˚": "°", "⋅": "·", "∙": "·", "•": "·", "✕": "×", "％": "%", "／": "/",
    "\u200b": "", "\u2060": "", "\ufeff": "", "\u00ad": "",
}  # fmt: skip
_MARKUP = re.compile(
    rf"(?P<super>[{_SUPER}]+)|(?P<sub>[{_SUB}]+)"
    r"|\^(?:\\(?:circ|degree)\b\s?|\s?\{\s*\\(?:circ|degree)\s*\})(?P<degree>)"
    r"|(?:\^\s?\{|<sup>)(?:\s*\\(?:text|mathrm|circ)\{?)?\s*(?P<raised>[^{}<>\\]{1,12})\s*\}{0,2}(?:</sup>)?"
    r"|<sub>(?P<lowered>[^<>]{1,12})</sub>|_\{(?P<braced>[^{}\\]{1,12})\}"
    r"|\\(?:text|mathrm|mathbf|mathit|rm|it|ce|SI|si)\b\s*"
    r"|\\(?P<command>[A-Za-z]+)\b ?|\\(?P<escaped>[%,;:!  ])|[${}\\]"
    rf"|(?P<single>[{''.join(map(re.escape, _SINGLE))}])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold folded text; ``starts`` and ``ends`` give each character's half-open place in the source."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open range of the folded text to the source."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text; one without typography costs a single scan."""
    if _MARKUP.search(text) is None:
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for m in _MARKUP.finditer(text):
        at, after = m.span()
        out.append(text[last:at])
        starts.extend(range(last, at))
        ends.extend(range(last + 1, at + 1))
        plain = _plain(m)
        out.append(plain)
        starts.extend([at] * len(plain))
        ends.extend([after] * len(plain))
        last = after
    out.append(text[last:])
    starts.extend(range(last, len(text)))
    ends.extend(range(last + 1, len(text) + 1))
    return Folded("".join(out), tuple(starts), tuple(ends))


def _plain(m: re.Match[str]) -> str:
    if (run := m["super"]) is not None:
        return "^" + _ascii(run)
    if (run := m["sub"] or m["lowered"] or m["braced"]) is not None:
        return _ascii(run)
    if m["degree"] is not None:
        return "°"
    if (run := m["raised"]) is not None:
        return "°" if run.strip() in ("∘", "o", "°") else "^" + _ascii(run)
    if m["command"] is not None:
        return _COMMANDS.get(m["command"], "")
    if m["escaped"] is not None:
        return "%" if m["escaped"] == "%" else " "
    if m["single"] is not None:
        return _SINGLE[m["single"]]
    return ""


def _ascii(run: str) -> str:
    return "".join(_SINGLE.get(c, c) for c in unicodedata.normalize("NFKC", run))
