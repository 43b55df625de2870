"""Standing patterns of English around a target, read before or beside the walk through the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.clauses import Agent, agents, children, subjects
from extractors.cues import CueClass, load_cues
from extractors.language import Token
from extractors.predication import Predication
from extractors.signs import Change

__all__ = ["at_a_cost", "judged_effect", "negated", "numeric_shift", "particle_cue", "reduced", "stated_unchanged"]

_PARTICLE: dict[tuple[str, str], CueClass] = {
    ("go", "up"): "raise", ("go", "down"): "lower", ("speed", "up"): "raise", ("slow", "down"): "lower", ("cut", "down"): "lower",
    ("bring", "about"): "create", ("build", "up"): "raise", ("come", "down"): "lower", ("bring", "down"): "lower", ("drive", "up"): "raise", ("keep", "down"): "lower",
    ("take", "up"): "suppress", ("soak", "up"): "suppress", ("set", "off"): "create", ("ward", "off"): "suppress", ("fend", "off"): "suppress", ("hold", "back"): "suppress", ("cut", "back"): "lower",
    ("push", "up"): "raise", ("pick", "up"): "raise", ("keep", "off"): "suppress", ("do", "away"): "suppress", ("rule", "out"): "suppress", ("tail", "off"): "lower", ("fall", "off"): "lower", ("drop", "off"): "lower",
}  # fmt: skip
_FROM_TO = re.compile(
    r"\bfrom (?:about |around |~ ?|ca\. )?(-?\d[\d, ]*(?:\.\d+)?)[^.;]{0,24}? to (?:about |around |~ ?|only |ca\. )?(-?\d[\d, ]*(?:\.\d+)?)"
)
_COST = re.compile(r"\bat (?:the|a|an|some|no small)? ?(?:\w+ )?(?:cost|expense|price|sacrifice|penalty) (?:in|of|to)$")
_CLAUSE_BREAK = re.compile(r"[;:]|, (?:but|while|which|and it)\b|\b(?:but|while|whereas|which)\b")
_JUDGED: dict[str, CueClass] = {
    **dict.fromkeys(("negative", "adverse", "detrimental", "harmful", "deleterious", "unfavorable", "unfavourable", "damaging"), "worse"),
    **dict.fromkeys(("positive", "beneficial", "favorable", "favourable"), "better"),
}  # fmt: skip


def particle_cue(verb: Token) -> CueClass | None:
    """Return the class of a phrasal verb such as "goes up", "soaks up", "brings about"."""
    for child in children(verb, "prt", "advmod", "acomp"):
        cue = _PARTICLE.get((verb.lemma_, child.lower_))
        if cue:
            return cue
    return None


def judged_effect(noun: Token) -> tuple[CueClass, Token] | None:
    """Return how a noun such as *effect* is judged by its adjective: "an adverse effect on X"."""
    if noun.lemma_.lower() not in ("effect", "impact", "influence", "consequence", "role"):
        return None
    return next(((_JUDGED[c.lower_], c) for c in children(noun, "amod") if c.lower_ in _JUDGED), None)


def at_a_cost(phrase: str) -> bool:
    """Tell whether words end in a phrase of price: "at the expense of", "at a minimal cost in"."""
    return bool(_COST.search(phrase)) or any(phrase.endswith(p) for p in load_cues().cost_phrases)


def reduced(target: Token, inside: frozenset[int]) -> Iterator[Predication]:
    """Read reduced passives and compounds on the target itself: "cracking caused by stress", "stress-induced cracking"."""
    cues = load_cues()
    for participle in target.children:
        if participle.i in inside:
            continue
        if participle.dep_ == "acl" and participle.tag_ == "VBN" and cues.verbs.get(participle.lemma_) == "create":
            who = agents(participle)
            if who:
                yield Predication(Change(sign=1), [participle], participle, who, "reduced")
        if participle.dep_ == "amod" and participle.lower_ in ("induced", "driven", "caused", "triggered", "mediated"):
            who = [Agent(t, "agent") for t in children(participle, "npadvmod", "compound", "nmod", "amod", "nsubj")]
            if who:
                yield Predication(Change(sign=1), [participle], participle, who, "reduced")


def negated(verb: Token) -> bool:
    """Tell whether a verb is negated or nearly so."""
    return any(c.dep_ == "neg" or c.lower_ in ("hardly", "scarcely", "barely", "little") for c in verb.children)


def numeric_shift(verb: Token, noun: Token) -> int:
    """Compare the numbers of "from X to Y" beside a verb or noun: +1 where Y is larger, -1 where smaller, 0 for none."""
    window = verb.doc[min(verb.i, noun.i) : min(len(verb.doc), max(verb.i, noun.i) + 16)].text
    m = _FROM_TO.search(window)
    if not m:
        return 0
    try:
        low, high = (float(g.replace(" ", "").replace(",", "")) for g in m.groups())
    except ValueError:
        return 0
    return (high > low) - (high < low)


def stated_unchanged(target: Token) -> Predication | None:
    """Read a standing phrase before the target: "has no effect on X", "brings no advantage in X"."""
    before = target.doc[
        max(0, target.i - 14) : target.left_edge.i if target.left_edge.i > target.i - 8 else target.i
    ].text.lower()
    for phrase in load_cues().no_change_phrases:
        at = before.rfind(phrase)
        if at >= 0 and not _CLAUSE_BREAK.search(before[at + len(phrase) :]):
            verb = target
            while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
                verb = verb.head
            return Predication(Change(sign=1), [], verb, subjects(verb), "phrase", no_change=True)
    return None
