"""From a target climb to the predicate that says how it changes, and list who is responsible.

This is the walk of the extraction notes: target -> modifiers -> cue nouns -> verb -> subject, agent or instrument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.clauses import Agent, agents, children, head_of_conjuncts, instruments, is_passive, is_purpose, opening_gerunds, subjects
from extractors.cues import CueClass, Cues, load_cues
from extractors.language import Token
from extractors.signs import Change, Target, apply_adjective, apply_noun, apply_verb

__all__ = ["Predication", "predications"]

_PARTICLE: dict[tuple[str, str], CueClass] = {
    ("go", "up"): "raise", ("go", "down"): "lower", ("speed", "up"): "raise", ("slow", "down"): "lower", ("cut", "down"): "lower",
    ("bring", "about"): "create", ("build", "up"): "raise", ("come", "down"): "lower", ("bring", "down"): "lower", ("drive", "up"): "raise", ("keep", "down"): "lower",
    ("take", "up"): "suppress", ("soak", "up"): "suppress", ("set", "off"): "create", ("ward", "off"): "suppress", ("fend", "off"): "suppress", ("hold", "back"): "suppress", ("cut", "back"): "lower",
    ("push", "up"): "raise", ("pick", "up"): "raise", ("keep", "off"): "suppress", ("do", "away"): "suppress", ("rule", "out"): "suppress", ("tail", "off"): "lower", ("fall", "off"): "lower", ("drop", "off"): "lower",
}  # fmt: skip
_FROM_TO = re.compile(r"\bfrom (?:about |around |~ ?|ca\. )?(-?\d[\d, ]*(?:\.\d+)?)[^.;]{0,24}? to (?:about |around |~ ?|only |ca\. )?(-?\d[\d, ]*(?:\.\d+)?)")
_COST = re.compile(r"\bat (?:the|a|an|some|no small)? ?(?:\w+ )?(?:cost|expense|price|sacrifice|penalty) (?:in|of|to)$")
_CLAUSE_BREAK = re.compile(r"[;:]|, (?:but|while|which|and it)\b|\b(?:but|while|whereas|which)\b")
_JUDGED: dict[str, CueClass] = {
    **dict.fromkeys(("negative", "adverse", "detrimental", "harmful", "deleterious", "unfavorable", "unfavourable", "damaging"), "worse"),
    **dict.fromkeys(("positive", "beneficial", "favorable", "favourable"), "better"),
}  # fmt: skip
_COPULAS = frozenset({"be", "become", "remain", "stay", "get", "appear", "seem", "turn", "keep", "prove", "grow"})
_EXPERIENCE = frozenset({"undergo", "suffer", "experience", "show", "exhibit", "display", "face", "encounter", "have"})
_MAX_STEPS = 12


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


def predications(target: Token, inside: frozenset[int], kind: str) -> Iterator[Predication]:
    """Yield what the clause around a target says of it; ``inside`` are the token indices of its name."""
    yield from _reduced(target, inside)
    walk = _Walk(target, inside, "failure_mode" if kind == "failure_mode" else "metric" if kind == "metric" else "other", load_cues())
    found = _stated_unchanged(target) or walk.climb()
    if found is not None:
        yield found


def _reduced(target: Token, inside: frozenset[int]) -> Iterator[Predication]:
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


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in ("hardly", "scarcely", "barely", "little") for c in verb.children)


def _numeric_shift(verb: Token, noun: Token) -> int:
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


def _stated_unchanged(target: Token) -> Predication | None:
    """Read a standing phrase before the target: "has no effect on X", "brings no advantage in X"."""
    before = target.doc[max(0, target.i - 14) : target.left_edge.i if target.left_edge.i > target.i - 8 else target.i].text.lower()
    for phrase in load_cues().no_change_phrases:
        at = before.rfind(phrase)
        if at >= 0 and not _CLAUSE_BREAK.search(before[at + len(phrase) :]):
            verb = target
            while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
                verb = verb.head
            return Predication(Change(sign=1), [], verb, subjects(verb), "phrase", no_change=True)
    return None


class _Walk:
    """Climb from one target; keeps the change and the cues seen on the way."""

    def __init__(self, target: Token, inside: frozenset[int], kind: Target, cues: Cues) -> None:
        self.node = target
        self.inside = set(inside)
        self.kind = kind
        self.cues = cues
        self.change = Change()
        self.seen: list[Token] = []

    # --- steps ----------------------------------------------------------------------------------------------

    def climb(self) -> Predication | None:
        for _ in range(_MAX_STEPS):
            self._modifiers(self.node)
            label = self.node.dep_
            if label == "conj":
                if self.node.head.pos_ in ("VERB", "AUX") and self.node.pos_ not in ("VERB", "AUX"):
                    return self._of_verb(self.node.head, "dobj")
                if self.node.pos_ in ("VERB", "AUX"):
                    return self._as_verb()
                first = head_of_conjuncts(self.node)
                if (first.like_num or not first.is_alpha) and first.dep_ == "pobj":
                    first = first.head.head  # "a retention of 90 % and less swelling": a value heads no coordination
                    if first.pos_ in ("VERB", "AUX"):
                        return self._of_verb(first, "dobj")
                self.node = first
                if not self.change.adjective:
                    self._modifiers(first)
                continue
            if label == "pcomp" and self.node.head.lower_ == "from" and self.node.head.head.pos_ == "VERB":
                return self._verb_preposition(self.node.head.head, self.node.head)
            if self.node.pos_ in ("VERB", "AUX") and label not in ("pobj", "dobj", "nsubj", "nsubjpass", "amod", "compound"):
                return self._as_verb()
            if label in ("compound", "nmod", "amod", "poss", "npadvmod", "appos") and self.node.head.i != self.node.i:
                if not self._noun_step(self.node.head, through_any=label != "amod"):
                    return self._with_noun(self.node.head) if label == "npadvmod" else None
                continue
            if label == "pobj":
                done, result = self._of_preposition(self.node.head)
                if done:
                    return result
                continue
            if label in ("dobj", "attr", "oprd", "dative", "nsubj", "nsubjpass", "csubj", "acomp", "advmod"):
                return self._of_verb(self.node.head, label)
            return self._of_root()
        return None

    def _modifiers(self, noun: Token) -> None:
        if self.change.nominal:
            return
        named = [noun.doc[i] for i in sorted(self.inside)] if noun.i in self.inside else [noun]
        for child in (c for t in named for c in t.children):
            if (child.i in self.inside and self.kind == "failure_mode") or child.dep_ not in ("amod", "advmod", "compound", "nmod", "quantmod", "nummod", "acl", "appos"):
                continue
            if child.dep_ in ("acl", "appos") and child.tag_ != "VBN":
                continue
            for word in [child, *children(child, "conj")]:
                cue = self.cues.adjectives.get(word.lower_) or (self.cues.adjectives.get(word.lemma_) if word.pos_ == "ADJ" else None)
                if cue:
                    self.change = apply_adjective(self.change, cue, word.lower_)
                    self.seen.append(word)

    def _noun_step(self, noun: Token, *, through_any: bool) -> bool:
        """Move to a governing noun when it is a cue or lets the meaning through; False when it does neither."""
        if noun.i in self.inside:
            self.node = noun
            return True
        lemma = noun.lemma_.lower()
        cue = self.cues.nouns.get(lemma)
        if cue and noun.pos_ in ("NOUN", "PROPN"):
            self.change = apply_noun(self.change, cue)
            self.seen.append(noun)
            self.node = noun
            return True
        if lemma in ("effect", "impact", "influence", "consequence", "role"):
            for child in children(noun, "amod"):
                judged = _JUDGED.get(child.lower_)
                if judged:
                    self.change = apply_noun(self.change, judged)
                    self.seen += [child, noun]
                    self.node = noun
                    return True
        if lemma in self.cues.through or (through_any and noun.pos_ in ("NOUN", "PROPN") and lemma in self.cues.through):
            self.node = noun
            return True
        return False

    # --- prepositions ---------------------------------------------------------------------------------------

    def _of_preposition(self, prep: Token) -> tuple[bool, Predication | None]:
        word, head = prep.lower_, prep.head
        phrase = prep.doc[max(0, prep.i - 5) : prep.i + 1].text.lower()
        if head.dep_ == "prep" and head.lower_ in ("due", "because", "owing", "thanks"):
            return True, None
        if any(phrase.endswith(p) for p in self.cues.cost_phrases) or _COST.search(phrase):
            verb = head
            while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
                verb = verb.head
            return True, self._finish(Change(sign=-1, evaluative=True), verb, subjects(verb) or instruments(verb), "cost", [prep])
        if head.pos_ in ("NOUN", "PROPN"):
            bare = self._mistagged(head, word)
            if bare is not None:
                return True, bare
            if word in ("of", "in", "to", "for", "against", "on", "between", "from", "during") and self._noun_step(head, through_any=True):
                return False, None
            if word == "with" and self.change.adjective:
                return True, self._with_noun(head)
            return True, None
        if head.pos_ == "ADJ":
            cue = self.cues.adjective_preposition.get((head.lower_, word))
            if cue:
                change = apply_verb(self.change, cue, self._target())
                return True, self._finish(change, head, self._subject_of_adjective(head), "adjective", [head, prep])
            return True, None
        if head.pos_ in ("VERB", "AUX"):
            return True, self._verb_preposition(head, prep)
        if head.dep_ == "prep" or head.pos_ == "ADP":
            self.node = head
            return True, None
        return True, None

    def _mistagged(self, head: Token, word: str) -> Predication | None:
        """Read "This results in X" and "which leads to X", where the tagger takes the verb for a noun."""
        cue = self.cues.verb_preposition.get((head.lemma_.lower(), word))
        determiner = [c for c in children(head, "det", "nsubj", "poss") if c.lower_ in ("this", "that", "which")]
        if cue is None or not determiner:
            return None
        return self._finish(apply_verb(self.change, cue, self._target()), head, [Agent(t, "subject") for t in determiner], "verb-preposition", [head])

    def _verb_preposition(self, verb: Token, prep: Token) -> Predication | None:
        word = prep.lower_
        cue = self.cues.verb_preposition.get((verb.lemma_, word))
        if cue is None and verb.lemma_ == "give" and word == "to":
            cue = "create"
        if cue:
            if cue == "create" and verb.lemma_ == "contribute":
                cue = "raise" if self.kind != "failure_mode" and not self.change.adjective else cue
            change = apply_verb(self.change, cue, self._target())
            who = (agents(verb) if is_passive(verb) else []) or subjects(verb)
            return self._finish(change, verb, who, "verb-preposition", [verb, prep])
        if word == "from" and self.cues.verbs.get(verb.lemma_) == "suppress":
            return self._finish(apply_verb(self.change, "suppress", self._target()), verb, subjects(verb), "prevent-from", [verb])
        if word in ("with", "at") and self.change.adjective and not is_passive(verb):
            return self._finish(apply_verb(self.change, "possess", self._target()), verb, subjects(verb), "with", [prep])
        if word == "with" and self.change.adjective:
            return self._finish(apply_verb(self.change, "possess", self._target()), verb, subjects(verb), "with-passive", [prep])
        if word in ("in", "of", "for") and self.cues.verbs.get(verb.lemma_) in ("raise", "lower", "better", "worse"):
            own = subjects(verb)
            return self._finish(apply_verb(self.change, self.cues.verbs[verb.lemma_], self._target()), verb, own, "verb-in", [verb])
        if word in ("through", "via", "by") and self.change.nominal:
            return self._finish(self.change, verb, subjects(verb), "through", [prep])
        return None

    def _with_noun(self, noun: Token) -> Predication | None:
        """Read "an electrode with high stability": the noun has what is graded."""
        change = apply_verb(self.change, "possess", self._target())
        first = head_of_conjuncts(noun)
        governor = first.head if first.dep_ in ("dobj", "attr") else first.head.head if first.dep_ == "pobj" else None
        if governor is not None and governor.pos_ in ("VERB", "AUX"):
            return self._finish(change, governor, subjects(governor) if not is_passive(governor) else agents(governor), "with-object", [])
        return self._finish(change, noun, [Agent(noun, "participle")], "with-noun", [])

    # --- verbs ----------------------------------------------------------------------------------------------

    def _of_verb(self, verb: Token, role: str) -> Predication | None:
        if verb.pos_ == "ADJ" and role == "nsubj" and verb.head.pos_ in ("VERB", "AUX"):
            return self._small_clause(verb.head)
        if verb.pos_ not in ("VERB", "AUX"):
            return None
        cue = self._verb_cue(verb)
        target = self._target()
        if role in ("nsubj", "csubj"):
            if verb.dep_ == "ccomp" and verb.pos_ == "ADJ":
                return None
            return self._as_subject(verb, cue)
        if role == "nsubjpass":
            if cue is None or cue == "possess":
                if cue == "possess" or verb.lemma_ in ("observe", "find", "report", "obtain", "record", "see", "note", "measure", "detect"):
                    change = apply_verb(self.change, "possess", target)
                    return self._finish(change, verb, agents(verb) or self._means(verb), "observed", [verb])
                linked = self._linked(verb)
                if linked:
                    return self._finish(apply_verb(self.change, "create", target), verb, linked, "attributed", [verb])
                inner = [c for c in children(verb, "xcomp") if c.pos_ in ("VERB", "AUX")]
                return self._of_verb(inner[0], "nsubj") if inner else None
            return self._finish(apply_verb(self.change, cue, target), verb, agents(verb) or self._means(verb), "passive", [verb])
        if role in ("attr", "acomp", "oprd", "advmod") and verb.lemma_ in _COPULAS:
            if not self.change.adjective and not self.change.nominal:
                return None
            return self._finish(apply_verb(self.change, "possess", target), verb, subjects(verb), "copula", [])
        small = self._small_clause(verb)
        if small is not None:
            return small
        shift = _numeric_shift(verb, self.node)
        if shift:
            return self._finish(Change(sign=shift), verb, subjects(verb), "from-to", [verb])
        if cue is None:
            for inner in children(verb, "xcomp", "ccomp"):
                if self._verb_cue(inner) in ("raise", "lower", "better", "worse") and inner.tag_ in ("VB", "VBN"):
                    return self._finish(apply_verb(self.change, self._verb_cue(inner) or "raise", target), verb, subjects(verb), "causative", [inner])
            if self.change.nominal and verb.lemma_ in _EXPERIENCE | {"report", "observe", "find"}:
                return self._finish(self.change, verb, subjects(verb), "experience", [verb])
            return None
        if is_passive(verb) and verb.dep_ == "acl":
            who = agents(verb)
        elif is_passive(verb):
            who = agents(verb) or subjects(verb)
        else:
            who = subjects(verb)
        return self._finish(apply_verb(self.change, cue, target), verb, who, "possess" if cue == "possess" else "object", [verb])

    def _as_subject(self, verb: Token, cue: CueClass | None) -> Predication | None:
        """Read a target that is the subject: it changes by itself, is compared, or stems from something."""
        target = self._target()
        linked = self._linked(verb)
        if linked:
            change = self.change if self.change.nominal else apply_verb(self.change, "create", target)
            return self._finish(change, verb, linked, "attributed", [verb])
        objects = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN", "PRON")]
        shift = _numeric_shift(verb, self.node)
        if shift and not objects:
            return self._finish(Change(sign=shift), verb, self._means(verb), "intransitive", [verb])
        if verb.lemma_ in ("differ", "vary", "change", "alter", "shift") and not objects:
            return self._finish(Change(sign=1), verb, self._means(verb), "unchanged", [verb], no_change=True) if _negated(verb) else None
        if verb.lemma_ in _COPULAS:
            for complement in children(verb, "acomp", "attr", "oprd"):
                graded = self.cues.adjectives.get(complement.lower_) or self.cues.adjectives.get(complement.lemma_)
                slight = complement.lower_ in ("minimal", "negligible", "small", "insignificant", "marginal", "weak", "limited", "slight", "minor")
                if complement.lower_ in self.cues.no_change_adjectives or (slight and self.node.lemma_ in ("influence", "effect", "impact")):
                    return self._finish(Change(sign=1), verb, self._means(verb), "unchanged", [complement], no_change=True)
                if graded:
                    base = apply_noun(self.change, "raise") if self.change.nominal else self.change
                    sign = apply_verb(Change(adjective=1 if graded in ("raise", "better") else -1, adjective_evaluative=graded in ("better", "worse")), "possess", target)
                    change = Change(sign=sign.sign * (base.sign or 1) if base.nominal else sign.sign, evaluative=sign.evaluative)
                    return self._finish(change, verb, self._own(verb) or self._means(verb), "is-graded", [complement])
            return None
        if objects and cue not in (None, "possess"):
            return None  # the target is itself the cause here
        if cue in ("raise", "lower", "better", "worse") and not objects:
            return self._finish(apply_verb(self.change, cue, target), verb, self._means(verb) or self._own(verb), "intransitive", [verb])
        for inner in children(verb, "xcomp"):
            inner_cue = self._verb_cue(inner)
            if inner_cue in ("raise", "lower", "better", "worse") and not children(inner, "dobj"):
                return self._finish(apply_verb(self.change, inner_cue, target), inner, self._means(inner) or self._means(verb), "intransitive", [inner])
        if self.change.nominal and verb.lemma_ in ("occur", "appear", "arise", "emerge", "follow", "result"):
            return self._finish(self.change, verb, self._means(verb), "occurs", [verb])
        return None

    def _small_clause(self, verb: Token) -> Predication | None:
        """Read a verb with object and complement: "keeps the impedance low", "leaves the capacity unchanged"."""
        if verb.lemma_ not in ("keep", "leave", "make", "render", "hold", "maintain"):
            return None
        for complement in children(verb, "oprd", "acomp", "ccomp", "advmod"):
            if complement.i < self.node.i:
                continue
            if complement.lower_ in self.cues.no_change_adjectives or complement.lower_ == "untouched":
                return self._finish(Change(sign=1), verb, subjects(verb), "small-clause", [verb, complement], no_change=True)
            graded = self.cues.adjectives.get(complement.lower_)
            if graded:
                sign = 1 if graded in ("raise", "better") else -1
                return self._finish(Change(sign=sign, evaluative=graded in ("better", "worse")), verb, subjects(verb), "small-clause", [verb, complement])
        return None

    def _as_verb(self) -> Predication | None:
        """Read a target that lives in a verb: "swells less", "cycles better", "is pulverised"."""
        verb = self.node
        graded = 0
        evaluative = False
        cues: list[Token] = []
        for child in children(verb, "advmod", "acomp", "npadvmod"):
            cue = self.cues.adverbs.get(child.lower_)
            if cue:
                graded, evaluative = (1 if cue in ("raise", "better") else -1), cue in ("better", "worse")
                cues.append(child)
        if not graded and self.kind == "failure_mode" and verb.pos_ == "VERB" and not is_purpose(verb):
            return None
        if not graded:
            return None
        who = subjects(verb) if not is_passive(verb) else agents(verb) or self._means(verb) or subjects(verb)
        return self._finish(Change(sign=graded, evaluative=evaluative), verb, who, "target-verb", cues)

    def _of_root(self) -> Predication | None:
        if self.change.nominal or self.change.adjective:
            root = self.node
            by = [Agent(o, "agent") for p in children(root, "prep") if p.lower_ in ("by", "with", "through", "via") for o in children(p, "pobj")]
            if by:
                return self._finish(apply_verb(self.change, "possess", self._target()), root, by, "verbless", [])
        return None

    # --- helpers --------------------------------------------------------------------------------------------

    def _target(self) -> Target:
        return self.kind

    def _verb_cue(self, verb: Token) -> CueClass | None:
        for child in children(verb, "prt", "advmod", "acomp"):
            cue = _PARTICLE.get((verb.lemma_, child.lower_))
            if cue:
                return cue
        return self.cues.verbs.get(verb.lemma_) or self.cues.verbs.get(verb.lower_)

    def _subject_of_adjective(self, adjective: Token) -> list[Agent]:
        """List who is "detrimental to X": the subject of the copula, or the noun the adjective follows."""
        head = adjective.head
        if head.pos_ in ("VERB", "AUX"):
            return subjects(head)
        return [Agent(head, "participle")] if head.pos_ in ("NOUN", "PROPN") and adjective.dep_ in ("amod", "acl", "relcl") else []

    def _linked(self, verb: Token) -> list[Agent]:
        """List causes named by "due to", "stems from", "is attributed to", "is caused by"."""
        found: list[Agent] = []
        for prep in verb.children:
            phrase = f"{verb.lower_ if verb.tag_ == 'VBN' else verb.lemma_} {prep.lower_}"
            if prep.dep_ in ("prep", "agent") and phrase in self.cues.causal_links:
                found += [Agent(t, "agent") for o in children(prep, "pobj", "pcomp") for t in [o, *children(o, "conj")]]
        return found

    def _means(self, verb: Token) -> list[Agent]:
        found = instruments(verb)
        for clause in children(verb, "advcl"):
            mark = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod", "prep")}
            if mark & {"when", "as", "once", "if", "after", "with", "upon", "while"} or clause.tag_ == "VBG":
                own = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
                found += [Agent(t, "inherited") for t in own] or ([Agent(clause, "gerund")] if clause.tag_ == "VBG" else [])
        return found

    def _own(self, verb: Token) -> list[Agent]:
        """List what the target belongs to: "the impedance of X is lower", "stability with X", "X's capacity"."""
        found = []
        for prep in children(self.node, "prep"):
            if prep.lower_ in ("of", "in", "with", "for"):
                found += [Agent(t, "participle") for o in children(prep, "pobj") for t in [o, *children(o, "conj")]]
        found += [Agent(p, "participle") for p in children(self.node, "poss")]
        for prep in children(verb, "prep"):
            if prep.lower_ in ("for", "in", "with") and not found:
                found += [Agent(o, "instrument") for o in children(prep, "pobj")]
        return found

    def _finish(self, change: Change, predicate: Token, who: list[Agent], rule: str, cues: list[Token], *, no_change: bool = False) -> Predication | None:
        if change.sign == 0:
            return None
        without = predicate.dep_ == "pcomp" and predicate.head.lower_ == "without"
        outer = predicate.head.head if predicate.dep_ == "pcomp" else predicate.head if predicate.dep_ == "xcomp" else None
        if outer is not None and outer.pos_ == "ADJ":
            cue = self.cues.adjective_preposition.get((outer.lower_, predicate.head.lower_ if predicate.dep_ == "pcomp" else "to"))
            if cue in ("worse", "lower"):
                change = Change(-change.sign, change.evaluative)
            who = self._subject_of_adjective(outer) or who
            cues = [outer, *cues]
        gerunds = opening_gerunds(predicate)
        if gerunds and rule not in ("passive", "intransitive") and not all(self.cues.verbs.get(a.token.lemma_) for a in gerunds):
            who = gerunds
        return Predication(change, [*self.seen, *cues], predicate, who, rule, is_purpose(predicate), no_change, without)


