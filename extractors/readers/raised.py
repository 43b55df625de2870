"""Render superscripts and subscripts so that units, exponents and formulas survive as plain text."""

import re
from functools import lru_cache

_PLUS = "+-−–‐‑=()"
_SUPER = dict(zip("0123456789" + _PLUS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁻⁼⁽⁾", strict=True))
_SUB = dict(zip("0123456789" + _PLUS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋₋₌₍₎", strict=True))
_SUPER_LETTERS = dict(
    zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True),
)
_SUB_LETTERS = dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_ORDINAL = re.compile(r"(?:st|nd|rd|th|TM|®|™|©|°|◦|o|∘)\Z")


@lru_cache(maxsize=4096)
def superscript(text: str) -> str:
    """Render a superscript: digits and signs as such characters, ordinals in line, the rest as ``^{...}``.

    >>> superscript("−1"), superscript("2+"), superscript("th"), superscript("eff,0")
    ('⁻¹', '²⁺', 'th', '^{eff,0}')
    """
    bare = text.strip()
    if not any(char.isalnum() or char in _PLUS for char in bare) or bare in "–‐‑":
        return bare
    if _ORDINAL.match(bare):
        return "°" if bare in ("o", "◦", "∘") else bare
    return _render(bare, _SUPER, _SUPER_LETTERS, "^")


@lru_cache(maxsize=4096)
def subscript(text: str) -> str:
    """Render a subscript: digits, signs and the letters that exist as such characters, the rest as ``_{...}``.

    A single letter that has no such character stands in line.

    >>> subscript("6"), subscript("x"), subscript("1.5"), subscript("oc")
    ('₆', 'ₓ', '₁.₅', '_{oc}')
    """
    bare = text.strip()
    if not any(char.isalnum() or char in _PLUS for char in bare):
        return bare
    return _render(bare, _SUB, _SUB_LETTERS, "_")


def _render(text: str, signs: dict[str, str], letters: dict[str, str], mark: str) -> str:
    text = re.sub(r"\s*([+−–-])\s*", r"\1", text)
    if not text:
        return ""
    drawn = [signs.get(char) or letters.get(char) or (char if char in ".,·/ " else "") for char in text]
    words = sum(char.isalpha() for char in text)
    if all(drawn) and any(char not in ".,·/ " for char in text) and words <= (1 if words == len(text) else 2):
        return "".join(drawn)
    if mark == "_" and len(text) == 1 and text.isalpha():
        return text  # no such character: I_D is written ID
    return f"{mark}{{{text}}}" if len(text) > 1 or not text.isalpha() else f"{mark}{text}"
