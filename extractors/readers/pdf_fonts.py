"""Mend what a PDF's fonts hide: signs drawn by control characters, Greek drawn by Latin letters, ligatures."""

import ctypes
import re
from dataclasses import dataclass

import pypdfium2.raw as pdfium

# The typesetting system behind many RSC and Wiley PDFs names its symbol fonts AdvP + a hexadecimal hash and gives
# their glyphs code points of its own.
_SYMBOLS = re.compile(r"(?:\A|\+|[a-z])AdvP(?:S|M)?[0-9A-F]{4,8}(?:\Z|[^0-9A-F])")
_GREEK = re.compile(r"AdvPS?(?:4721B4|3F4C13|3F4C12|4720E7|DA1)|AdvPS_GRT|AdvGRT|\bSymbol|GreekMath", re.I)
_SIGNS = {
    "\x01": "−", "\x02": "−", "\x03": "°", "\x04": "~", "\x05": "×", "\x06": "±",
    "¼": "=", "þ": "+", "ð": "(", "Þ": ")", "½": "[", "$": "·",
}  # fmt: skip
_LETTERS = dict(
    zip("abgdezhqiklmnxoprstufcywDWSPFGLQXY", "αβγδεζηθικλμνξοπρστυφχψωΔΩΣΠΦΓΛΘΞΨ", strict=True),
) | {"U": "Ω"}
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
    "\ue103": "fi", "\ue104": "fl", "\ue09d": "ft", "\ue101": "ff", "\ue105": "ffi",
}  # fmt: skip
_SPACING = {"\u2009": " ", "\u200a": " ", "\u2002": " ", "\u2003": " ", "\u202f": " ", "\u200b": "", "\ufeff": ""}


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """Hold what a font's name tells; one object stands for a name."""

    name: str = ""
    bold: bool = False
    italic: bool = False
    symbols: bool = False
    greek: bool = False
    plain: bool = True  # printable ASCII means what it says


_FACES: dict[bytes, Face] = {}
_BUFFER = ctypes.create_string_buffer(160)
_FLAGS = ctypes.c_int()


def face_of(raw: object, index: int) -> Face:
    """Return the font of a character."""
    length = pdfium.FPDFText_GetFontInfo(raw, index, _BUFFER, 160, _FLAGS)
    name = _BUFFER.value if 0 < length <= 160 else b""
    if name not in _FACES:
        if len(_FACES) > 4096:
            _FACES.clear()
        _FACES[name] = _face(name.decode("latin-1"))
    return _FACES[name]


def _face(name: str) -> Face:
    symbols, greek = _SYMBOLS.search(name) is not None, _GREEK.search(name) is not None
    return Face(
        name,
        bold=re.search(r"bold|black|heavy|semibold|\.B\b|TTB|[-,]Bd|CMBX|CMB\d", name, re.I) is not None,
        italic=re.search(r"ital|oblique|\.I\b|TTI|[-,]It|CMTI", name, re.I) is not None,
        symbols=symbols,
        greek=greek,
        plain=not (symbols or greek),
    )


def repair(code: int, face: Face) -> str:
    """Return the character a glyph shows, "" where it shows none.

    >>> repair(1, Face(symbols=True)), repair(109, Face(greek=True)), repair(0xFB01, Face())
    ('−', 'μ', 'fi')
    """
    char = chr(code)
    if face.greek and char in _LETTERS:
        return _LETTERS[char]
    if char in "=!" and "AdvP4C4E51" in face.name:
        return "/" if char == "=" else "→"
    if char == "p" and "AdvP4C4E74" in face.name:
        return "π"
    if "AdvP4C4E46" in face.name and (char in "fi" or char in _LIGATURES):
        return ""  # pieces of a drawn root sign
    if code == 15:
        return "•"  # TeX's bullet
    if face.symbols and char in _SIGNS:
        return _SIGNS[char]
    if char in _LIGATURES:
        return _LIGATURES[char]
    if char in _SPACING:
        return _SPACING[char]
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    return char


class _Table(dict[int, str]):
    """Translate the code points of one face, each worked out when it is first met."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, code: int) -> str:
        hyphen = code in (2, 0xFFFE) and not self._face.symbols  # PDFium's marks of a hyphen that ends a line
        shown = self[code] = "\u00ad" if hyphen else repair(code, self._face)
        return shown


_TABLES: dict[str, _Table] = {}


def repaired(text: str, face: Face) -> str:
    """Return what glyphs of one face show.

    >>> repaired("di\ufb00u-\x02", Face("Times")), repaired("g\x011", Face("AdvP4C4E74", symbols=True))
    ('diffu-\xad', 'g−1')
    """
    table = _TABLES.get(face.name)
    if table is None or len(table) > 20_000:
        if len(_TABLES) > 4096:
            _TABLES.clear()
        table = _TABLES[face.name] = _Table(face)
    return text.translate(table)
