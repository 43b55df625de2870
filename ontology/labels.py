"""Fold a label to the form in which two spellings of one name are equal.

The one fold of the project: compatibility forms (subscripts, ligatures, full-width letters), light TeX markup,
hyphens, dashes, slashes, brackets and commas against spaces, upper case of ordinary words, simple plurals, British
against American spelling. Abbreviations and formulas keep their case: ``PAN``, ``SiC`` and ``ICE`` are not pan, sic
and ice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TEX = re.compile(r"\\(?:text|mathrm|mathit|mathbf|rm|ce)\b\s*|[_^{}$\\]")
_BREAK = re.compile(r"[\s\-/()\[\],;:!?|=<>\u00ad\u00b7\u2010-\u2015\u2026\u2043\u2212\u22c5]+")
_DROP = re.compile(r"[\"'`\u00ab\u00bb\u2018-\u201f\u2032\u2033\u2122\u00ae]")
_EDGE = "."
_ORDINARY = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{7,}")
_SMALL_WORDS = frozenset({"A", "An", "As", "At", "By", "In", "No", "Of", "On", "Or", "To"})
_IRREGULAR = {"gases": "gas", "matrices": "matrix", "analyses": "analysis", "radii": "radius", "moduli": "modulus"}
_BRITISH = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"is(ations?|ing|ed|ers?|es?)$", r"iz\1"),
        (r"^ageing", "aging"),
        (r"vapour", "vapor"),
        (r"fibre", "fiber"),
        (r"behaviour", "behavior"),
        (r"aluminium", "aluminum"),
        (r"sulph", "sulf"),
        (r"unnell(ing|ed)$", r"unnel\1"),
        (r"odell(ing|ed)$", r"odel\1"),
    )
)
# A closed compound and its open spelling are one name: prelithiation, pre-lithiation, pre lithiation.
_PREFIX = re.compile(
    r"\b(nano|micro|multi|non|pre(?=[- ]?(?:lithi|sodi|dop|treat|cycl|form))|sub(?=[- ]?(?:nano|micro))"
    r"|over(?=[- ]?(?:potential|lithi|charg|discharg|voltage|heat))|super(?=[- ]?(?:concentr|lattice)))"
    r"[- ]?(?=[a-z]{4})",
    re.IGNORECASE,
)


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def fold_word(word: str) -> str:
    """Fold one word that holds no space, hyphen or slash.

    >>> fold_word("Nanotubes"), fold_word("SWCNTs"), fold_word("PAN"), fold_word("pulverisation")
    ('nanotube', 'SWCNT', 'PAN', 'pulverization')
    """
    word = word.replace("^", "")  # a superscript written out, as in Li^+
    if word in _SMALL_WORDS:
        return word.lower()
    if not _ORDINARY.fullmatch(word) or len(word) < 3:
        return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2].isupper() else word
    folded = _singular(word.lower())
    for british, american in _BRITISH:
        folded = british.sub(american, folded)
    return folded


def fold_label(text: str) -> str:
    """Fold a label or a stretch of text for comparison; words end up joined by single spaces.

    >>> fold_label("Solid–Electrolyte Interphases") == fold_label("solid electrolyte interphase")
    True
    >>> fold_label("Li₃P"), fold_label("Li_3P"), fold_label("poly (acrylic acid)")
    ('Li3P', 'Li3P', 'poly acrylic acid')
    """
    plain = _DROP.sub("", _TEX.sub("", unicodedata.normalize("NFKC", text)))
    words = (word.strip(_EDGE) for word in _BREAK.split(plain))
    return " ".join(fold_word(word) for word in words if word)


def spellings(label: str) -> Iterator[str]:
    """Yield a label and its open and closed spellings where a word begins with a combining prefix."""
    yield label
    if _PREFIX.search(label):
        for joint in ("-", ""):
            variant = _PREFIX.sub(rf"\g<1>{joint}", label)
            if variant != label:
                yield variant
