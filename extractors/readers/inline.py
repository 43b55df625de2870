"""Flatten inline markup to text and call-outs, the same way for every marked-up format."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from extractors.readers.builder import CallOut
from extractors.readers.citations import expand
from extractors.readers.mathml import render
from extractors.readers.raised import subscript, superscript
from extractors.readers.safexml import Element, local

Tokens = list[str | CallOut]
Special = Callable[[Element, Tokens], bool]

_BLOCKS = frozenset(  # whose words never run on from those around them
    ("p", "div", "li", "list-item", "item", "dd", "dt", "tr", "td", "th", "row", "cell", "entry")
)
_SEPARATOR = re.compile(r"\s*[,;–—‐‑⁻-]?\s*\Z")
_NUMERIC = re.compile(r"\[?\s*\d{1,3}[a-z]?(?:\s*[,;–‐‑—-]\s*\d{1,3}[a-z]?)*\s*\]?\Z")


@dataclass(frozen=True, slots=True)
class Flattener:
    """Hold a format's inline elements: ``special`` is asked first, and says whether it took an element."""

    special: Special
    own: frozenset[str] | None  # the elements it is asked about; None: all
    skip: frozenset[str] = frozenset()
    superscripts: frozenset[str] = frozenset(("sup",))
    subscripts: frozenset[str] = frozenset(("sub",))
    breaks: frozenset[str] = frozenset(("br", "break"))

    def inside(self, element: Element) -> Tokens:
        """Return an element's content with neighbouring call-outs merged."""
        out: Tokens = []
        self.into(element, out)
        return merge(out)

    def into(self, element: Element, out: Tokens) -> None:
        """Append an element's content."""
        if text := element.text:
            out.append(text)
        for child in element:
            self.one(child, out)
            if tail := child.tail:
                out.append(tail)

    def one(self, child: Element, out: Tokens) -> None:
        """Append one element, without what follows it."""
        name = local(child)
        if not name or name in self.skip or ((self.own is None or name in self.own) and self.special(child, out)):
            return
        if name in self.superscripts or name in self.subscripts:
            inner: Tokens = []
            if out and isinstance(out[-1], str) and "\n" in out[-1] and out[-1].isspace():
                out.pop()  # a line end between two elements is the file's, not the formula's: x₁
            self.into(child, inner)
            _raise(inner, out, raised=name in self.superscripts)
        elif name == "math":
            out.append(f" {render(child)} " if child.get("display") == "block" else render(child))
        elif name in self.breaks:
            out.append(" ")
        elif name in _BLOCKS:
            out.append(" ")
            self.into(child, out)
            out.append(" ")
        else:
            self.into(child, out)


def _raise(inner: Tokens, out: Tokens, *, raised: bool) -> None:
    if any(isinstance(one, CallOut) for one in inner):
        out.extend(inner)
        return
    text = "".join(one for one in inner if isinstance(one, str))
    out.append(superscript(text) if raised else subscript(text))


@lru_cache(maxsize=4096)
def is_numeric(text: str) -> bool:
    """Say whether a call-out shows reference numbers."""
    return _NUMERIC.match(text.strip()) is not None


def merge(tokens: Tokens) -> Tokens:
    """Join neighbouring numeric call-outs with their separators and brackets into one, shown as ``[5–7,9]``."""
    if not any(isinstance(one, CallOut) for one in tokens):
        return tokens
    merged: Tokens = []
    tokens = list(tokens)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if isinstance(token, str) or not is_numeric(token.shown):
            merged.append(token)
            at += 1
            continue
        shown, keys, at = _run(tokens, at)
        before = merged[-1] if merged else ""
        after = tokens[at] if at < len(tokens) else ""
        if isinstance(before, str) and before.rstrip().endswith("[") and isinstance(after, str):
            closing = after.lstrip()
            if closing.startswith("]"):
                merged[-1] = before.rstrip()[:-1]
                tokens[at] = closing[1:]
        merged.append(CallOut(keys, f"[{shown}]"))
    return merged


def _run(tokens: Tokens, at: int) -> tuple[str, tuple[str, ...], int]:
    """Collect call-outs from ``at`` on that only separators part."""
    first = tokens[at]
    assert isinstance(first, CallOut)
    shown, keys = _bare(first), list(first.keys)
    at += 1
    while True:
        gap, ahead = "", at
        while ahead < len(tokens) and isinstance(tokens[ahead], str) and _SEPARATOR.match(str(tokens[ahead])):
            gap += str(tokens[ahead])
            ahead += 1
        following = tokens[ahead] if ahead < len(tokens) else None
        mark = gap.strip()
        if not isinstance(following, CallOut) or not is_numeric(following.shown) or len(mark) > 1:
            return shown, tuple(dict.fromkeys(keys)), at
        if mark in ("–", "—", "‐", "‑", "-", "⁻"):
            keys += expand(f"{keys[-1]}-{following.keys[0]}") if keys[-1].isdigit() else ()
            mark = "–"
        shown += (mark or ",") + _bare(following)
        keys += following.keys
        at = ahead + 1


def _bare(one: CallOut) -> str:
    return one.shown.strip().strip("[]").strip()
