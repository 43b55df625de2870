"""Write a PDF chunk as running text: hyphens re-joined, exponents drawn, call-outs lifted out of the words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.readers.builder import CallOut
from extractors.readers.citations import Known, expand, find_citations, raised_is_citation
from extractors.readers.inline import Tokens
from extractors.readers.pdf_lines import Line
from extractors.readers.raised import subscript, superscript
from ontology.model import Span

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
_BETWEEN = re.compile(r"\s*[,;]\s*")
_RAISED_LIST = re.compile(r"[\d,;–‐-]+\Z")
_SECOND = re.compile(  # what closes a compound, and seldom is a syllable
    r"assisted|based|coated|containing|controlled|dependent|derived|dimensional|doped|driven|enhanced|enriched|free|"
    r"functional(?:ized)?|induced|ions?|layer(?:ed)?|level|like|limited|mediated|modified|performance|phase|polarized|"
    r"rate|reinforced|rich|scale|sized|stage|state|step|supported|temperature|term|type|volume|wise"
)
_AFTER_A_WORD = re.compile(  # what closes a compound where its first half is a word of its own
    r"active|aligned|bonded|circuit(?:ed|ing|s)?|conducting|coordinated|deficient|dimensionally|dominated|donating|grown|"
    r"loaded|oriented|resistant|selective|sensitive|shaped|specific|withdrawing"
)
_AS = re.compile(
    r"assembled|built|cast|coated|deposited|designed|fabricated|formed|grown|made|milled|obtained|prepared|produced|"
    r"received|sintered|spun|synthesi[sz]ed"
)
_CO = re.compile(r"authors?|dop(?:ed|ing)|exist\w*|precipitat\w+|workers?")
_FIRST = frozenset(("double", "self", "single", "well"))  # what opens a compound
_TAIL = re.compile(r"[^\W\d_]*\Z")
_HEAD = re.compile(r"[^\W_]*")
_OPEN = re.compile(r"(?:and|or|to)\b")
_DEGREE = re.compile(r"[◦∘˚º](?=\s?[CFK]\b)")
_MARK = "\u00ad"


class Words:
    """Know the words of a document, to tell a line-end hyphen from a compound's own."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Count the words that no line end cuts."""
        texts: list[str] = []
        cut = False
        for line in lines:
            text = line.text
            ends = line.hyphen or text.endswith("-")
            if cut or ends:
                words = [match.span() for match in _WORD.finditer(text)][cut:]
                words = words[: len(words) - ends]
                text = text[words[0][0] : words[-1][1]] if words else ""
            texts.append(text)
            cut = ends
        self._seen = Counter(_WORD.findall("\n".join(texts).lower()))

    def joined(self, left: str, right: str) -> str:
        """Join the halves of a cut word."""
        if not (left.isalpha() and right[:1].islower()) or (len(left) > 1 and left.isupper()):
            return f"{left}-{right}"
        whole, compound = (left + right).lower(), f"{left}-{right}".lower()
        if self._seen[whole] or self._seen[compound]:
            return left + right if self._seen[whole] >= self._seen[compound] else f"{left}-{right}"
        opens = left.lower()
        if _SECOND.fullmatch(right) or (opens in _FIRST and len(right) > 3):
            return f"{left}-{right}"
        if (opens == "as" and _AS.fullmatch(right)) or (opens == "co" and _CO.fullmatch(right)):
            return f"{left}-{right}"
        if self._seen[opens] and _AFTER_A_WORD.fullmatch(right):
            return f"{left}-{right}"
        apart = len(left) > 2 and len(right) > 2 and self._seen[left.lower()] and self._seen[right.lower()]
        return f"{left}-{right}" if apart else left + right


def runs_of(lines: Sequence[Line], words: Words) -> list[tuple[str, int]]:
    """Join lines to runs of one level, hyphenated words made whole."""
    runs: list[tuple[str, int]] = []
    for line in lines:
        own = line.runs if len(line.runs) == 1 and line.runs[0][0] else [run for run in line.runs if run[0]]
        if runs and own:
            own = _joint(runs, own, words)
        for text, level in own:
            if runs and runs[-1][1] == level:
                runs[-1] = (runs[-1][0] + text, level)
            else:
                runs.append((text, level))
    runs = [(text.replace(_MARK, "-"), level) for text, level in runs]
    for at in range(len(runs) - 1):
        (first, up), (second, down) = runs[at], runs[at + 1]
        if up == 1 and down == -1 and not first.endswith(" "):  # stacked: BH₄⁻
            end = " " if second.endswith(" ") else ""
            runs[at], runs[at + 1] = (second.rstrip(), -1), (first + end, 1)
    return runs


def _joint(runs: list[tuple[str, int]], own: list[tuple[str, int]], words: Words) -> list[tuple[str, int]]:
    text, level = runs[-1]
    bare = text.rstrip()
    first, first_level = own[0]
    if level or first_level or not bare.endswith((_MARK, "-", "‐")):
        slash = bare.endswith(("/", "–")) and not level
        runs[-1] = (bare if slash else bare + ("" if level else " "), level)
        if level and not slash:
            own = [(" " + first, 0), *own[1:]] if first_level == 0 else [(" ", 0), *own]
        return own
    left = _TAIL.search(bare[-60:-1])
    right = _HEAD.match(first.lstrip())
    head = left.group() if left else ""
    tail = right.group() if right else ""
    keeps = bare.endswith("-") and (not tail or bare[-2:-1] in " (,;" or _OPEN.match(tail) is not None)
    if keeps:
        runs[-1] = (bare + (" " if tail in ("and", "or", "to") else ""), 0)
        return own
    runs[-1] = (bare[: len(bare) - 1 - len(head)], 0)
    joined = words.joined(head, tail)
    return [(joined + first.lstrip()[len(tail) :], 0), *own[1:]]


def tokens_of(lines: Sequence[Line], words: Words, known: Known) -> Tokens:
    """Write lines as inline content; call-outs become marks of no width, years of author–year ones go with them."""
    text = ""
    lifted: list[tuple[int, tuple[str, ...]]] = []
    runs = runs_of(lines, words)
    for position, (run, level) in enumerate(runs):
        if level == 0:
            text += run
            continue
        after = runs[position + 1][0] if position + 1 < len(runs) else ""
        bare = run.strip()
        listed = bare.replace(" ", "").strip("[]")
        if level > 0 and _RAISED_LIST.match(listed):
            keys = expand(listed.strip(",;"))
            if lifted and _BETWEEN.fullmatch(text, lifted[-1][0]):  # "¹, ²": its list goes on
                before = text[: lifted[-1][0]]
            else:
                before = text
            if keys and raised_is_citation(before, run[len(run.rstrip()) :] + after, keys, known):
                text = before.rstrip()
                lifted.append((len(text), keys))
                text += " " if run.endswith(" ") else ""
                continue
        drawn = superscript(bare) if level > 0 else subscript(bare)
        text += drawn + (" " if run.endswith(" ") else "")
    # One character for one, so that the places of the call-outs stay.
    return _cut(_DEGREE.sub("°", text), lifted, known)


def _cut(text: str, lifted: list[tuple[int, tuple[str, ...]]], known: Known) -> Tokens:
    """Take bracketed numbers, and the years of author–year call-outs, out of the text."""
    marks: list[tuple[int, int, tuple[str, ...]]] = [(at, at, keys) for at, keys in lifted]
    for one in find_citations(text, [Span(0, len(text))], known):
        shown = text[one.start : one.end]
        if shown.startswith("["):
            start = one.start - (text[one.start - 1 : one.start] == " ")
            marks.append((start, one.end, one.keys))
        elif re.search(r"(?:19|20)\d\d", shown):
            marks += _years(one.start, shown, one.keys)
    out: Tokens = []
    at = 0
    for start, end, keys in sorted(marks):
        if start < at:
            continue
        out += [text[at:start], CallOut(keys, "")]
        at = end
    return [*out, text[at:]]


def _years(start: int, shown: str, keys: tuple[str, ...]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cut the years out of an author–year call-out; the first year carries the keys that no other has."""
    found = list(re.finditer(r"(?:,? | ?\()(?:19|20)\d\d[a-z]?(?:, ?(?:(?:19|20)\d\d[a-z]?|[a-z]\b))*", shown))
    cuts: list[tuple[int, int, tuple[str, ...]]] = []
    for position, year in enumerate(found):
        low, high = year.span()
        if "(" in year.group() and shown[high : high + 1] == ")":
            high += 1
        own = keys[position : position + 1] if len(found) > 1 else keys
        if position == len(found) - 1:
            own = keys[position:]
        if own:
            cuts.append((start + low, start + high, own))
    return cuts
