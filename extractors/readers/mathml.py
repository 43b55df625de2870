"""Write MathML as one line of text."""

import re

from extractors.readers.raised import subscript, superscript
from extractors.readers.safexml import Element, children, local

_BINARY = re.compile(r"[=+−±×·<>≤≥≈≃≅→←⇄⇌↔∼-]\Z")
_TEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)
_SIMPLE = re.compile(r"[\w.,°%′']+\Z")


def render(math: Element) -> str:
    """Write a formula in one line, sub- and superscripts as such, fractions with a slash."""
    return " ".join(_row(math).split())


def render_tex(text: str) -> str:
    """Return the formula of a LaTeX snippet, without the document around it."""
    found = _TEX.search(text)
    return " ".join((found.group(1) if found else text).split())


def _row(element: Element) -> str:
    out = element.text.strip() if element.text else ""
    for child in element:
        name = local(child)
        if not name:
            continue
        words = _one(child)
        if name != "mo":
            out += words
        elif _BINARY.match(words):
            out = f"{out.rstrip()} {words} " if out.strip() and out.rstrip()[-1] not in "([{,=" else out + words
        else:
            out += words + " " if words in (",", ";") else words
    return out


def _one(element: Element) -> str:
    name = local(element)
    if name in ("mi", "mn", "mo", "ms"):
        return ("".join(map(str, element.itertext())) if len(element) else element.text or "").strip()
    if name in ("mrow", "mstyle"):
        return _row(element)
    if name in ("annotation", "annotation-xml", "mphantom"):
        return ""
    if name == "mtext":
        return "".join(map(str, element.itertext())).replace("\u00a0", " ")
    if name == "mspace":
        return " "
    parts = children(element)
    if name in ("msub", "munder") and len(parts) == 2:
        return _base(parts[0]) + subscript(_row_or_one(parts[1]))
    if name in ("msup", "mover") and len(parts) == 2:
        raised = _row_or_one(parts[1])
        return _base(parts[0]) + ("" if raised in ("¯", "‾", "→", "^", "˙", "_", "―") else superscript(raised))
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return _base(parts[0]) + subscript(_row_or_one(parts[1])) + superscript(_row_or_one(parts[2]))
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name in ("msqrt", "mroot"):
        return f"√({_row(element).strip()})"
    if name == "mfenced":
        inner = (element.get("separators") or ",")[:1].join(_row_or_one(part) for part in parts)
        return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    if name == "mtr":
        return " ".join(_row_or_one(part) for part in parts) + "; "
    return _row(element)


def _row_or_one(element: Element) -> str:
    return _one(element).strip()


def _base(element: Element) -> str:
    return _row_or_one(element)


def _grouped(element: Element) -> str:
    inner = _row_or_one(element)
    return inner if _SIMPLE.match(inner) else f"({inner})"
