"""From a target climb to the predicate that says how it changes, and list who is responsible.

This is the walk of the extraction notes: target -> modifiers -> cue nouns -> verb -> subject, agent or instrument.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.clauses import Agent, agents, children, head_of_conjuncts, instruments, is_passive, subjects
from extractors.cues import load_cues
from extractors.idioms import at_a_cost, judged_effect, reduced, stated_unchanged
from extractors.language import Token
from extractors.predication import Predication
from extractors.signs import Change, apply_adjective, apply_noun, apply_verb
from extractors.verb_frames import VerbFrames

__all__ = ["predications"]

_MAX_STEPS = 12
_WANE = frozenset({"loss", "decay", "fade", "fading", "depletion", "deterioration", "consumption"})
_MODIFIERS = frozenset({"amod", "advmod", "compound", "nmod", "quantmod", "nummod", "acl", "appos"})


def predications(target: Token, inside: frozenset[int], kind: str) -> Iterator[Predication]:
    """Yield what the clause around a target says of it; ``inside`` are the token indices of its name."""
    yield from reduced(target, inside)
    walk = _Walk(
        target,
        inside,
        "failure_mode" if kind == "failure_mode" else "metric" if kind == "metric" else "other",
        load_cues(),
    )
    found = stated_unchanged(target) or walk.climb()
    if found is not None:
        yield found


class _Walk(VerbFrames):
    """Climb from one target."""

    # --- steps ----------------------------------------------------------------------------------------------

    def climb(self) -> Predication | None:
        for _ in range(_MAX_STEPS):
            self._modifiers(self.node)
            label = self.node.dep_
            if label == "conj":
                if self.node.head.pos_ in ("VERB", "AUX") and self.node.pos_ not in ("VERB", "AUX"):
                    for first in children(self.node.head, "dobj"):
                        if first.i < self.node.i and not self.change.adjective:
                            self._modifiers(first)  # "excellent stability (91 %) and calendar life": attached too high
                    return self._of_verb(self.node.head, "dobj")
                if self.node.pos_ in ("VERB", "AUX"):
                    return self._as_verb()
                first = head_of_conjuncts(self.node)
                if (first.like_num or not first.is_alpha) and first.dep_ == "pobj":
                    first = first.head.head  # "a retention of 90 % and less swelling": a value heads no coordination
                    if first.pos_ in ("VERB", "AUX"):
                        return self._of_verb(first, "dobj")
                while first.dep_ == "appos" and any(t.text == ")" for t in first.doc[first.i : self.node.i]):
                    first = (
                        first.head
                    )  # "stability (91 % retention) and calendar life": what stands in brackets heads no coordination
                self.node = first
                if not self.change.adjective:
                    self._modifiers(first)
                continue
            if label == "pcomp" and self.node.head.lower_ == "from" and self.node.head.head.pos_ == "VERB":
                return self._verb_preposition(self.node.head.head, self.node.head)
            if self.node.pos_ in ("VERB", "AUX") and label not in (
                "pobj",
                "dobj",
                "nsubj",
                "nsubjpass",
                "amod",
                "compound",
            ):
                return self._as_verb()
            if label in ("compound", "nmod", "amod", "poss", "npadvmod", "appos") and self.node.head.i != self.node.i:
                if not self._noun_step(self.node.head):
                    return self._with_noun(self.node.head) if label == "npadvmod" else None
                continue
            if label == "pobj":
                done, result = self._of_preposition(self.node.head)
                if done:
                    return result
                continue
            if label in ("dobj", "attr", "oprd", "dative", "nsubj", "nsubjpass", "csubj", "acomp", "advmod"):
                return self._of_verb(self.node.head, label) or self._of_effect(self.node)
            return self._of_root()
        return None

    def _modifiers(self, noun: Token) -> None:
        if self.change.nominal:
            return
        named = [noun.doc[i] for i in sorted(self.inside)] if noun.i in self.inside else [noun]
        for child in (c for t in named for c in t.children):
            if child.dep_ == "det" and child.lower_ == "no" and self.kind == "failure_mode":
                self.change = apply_adjective(self.change, "raise")  # "shows no cracks": what the negation will turn
            if (child.i in self.inside and self.kind == "failure_mode") or child.dep_ not in _MODIFIERS:
                continue
            if child.dep_ in ("acl", "appos") and child.tag_ != "VBN":
                continue
            for word in (child, *children(child, "conj")):
                cue = self.cues.adjectives.get(word.lower_) or (
                    self.cues.adjectives.get(word.lemma_) if word.pos_ == "ADJ" else None
                )
                if cue:
                    self.change = apply_adjective(self.change, cue, word.lower_)
                    self.seen.append(word)

    def _noun_step(self, noun: Token) -> bool:
        """Move to a governing noun when it is a cue or lets the meaning through; False when it does neither."""
        if noun.i in self.inside:
            self.node = noun
            return True
        lemma = noun.lemma_.lower()
        cue = self.cues.nouns.get(lemma)
        if lemma in _WANE and self.kind == "failure_mode":
            cue = "raise"  # of "the loss of lithium, gas generation and cracking" only the first is lost
        if cue and noun.pos_ in ("NOUN", "PROPN"):
            self.change = apply_noun(self.change, cue)
            self.seen.append(noun)
            self.node = noun
            return True
        judged = judged_effect(noun)
        if judged:
            self.change = apply_noun(self.change, judged[0])
            self.seen += [judged[1], noun]
            self.node = noun
            return True
        if lemma in self.cues.through:
            self.node = noun
            return True
        return False

    # --- prepositions ---------------------------------------------------------------------------------------

    def _of_preposition(self, prep: Token) -> tuple[bool, Predication | None]:
        word, head = prep.lower_, prep.head
        phrase = prep.doc[max(0, prep.i - 5) : prep.i + 1].text.lower()
        if head.dep_ == "prep" and head.lower_ in ("due", "because", "owing", "thanks"):
            return True, None
        if at_a_cost(phrase):
            verb = head
            while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
                verb = verb.head
            return True, self._finish(
                Change(sign=-1, evaluative=True), verb, subjects(verb) or instruments(verb), "cost", [prep]
            )
        if head.pos_ in ("NOUN", "PROPN"):
            if (
                word in ("on", "upon")
                and head.dep_ == "pobj"
                and head.head.lower_ == "of"
                and judged_effect(head.head.head)
            ):
                head = head.head.head  # "effects of doping on X": X belongs to the effects
            bare = self._mistagged(head, word)
            if bare is not None:
                return True, bare
            if word in ("of", "in", "to", "for", "against", "on", "between", "from", "during") and self._noun_step(
                head
            ):
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

    def _of_effect(self, noun: Token) -> Predication | None:
        """Read "the adverse effects of X on Y", whatever the verb says of them."""
        if judged_effect(noun) is None:
            return None
        owners = [
            Agent(o, "participle") for p in children(noun, "prep") if p.lower_ == "of" for o in children(p, "pobj")
        ]
        return self._finish(self.change, noun, owners, "through", []) if owners else None

    def _mistagged(self, head: Token, word: str) -> Predication | None:
        """Read "This results in X" and "which leads to X", where the tagger takes the verb for a noun."""
        cue = self.cues.verb_preposition.get((head.lemma_.lower(), word))
        determiner = [c for c in children(head, "det", "nsubj", "poss") if c.lower_ in ("this", "that", "which")]
        if cue is None or not determiner:
            return None
        return self._finish(
            apply_verb(self.change, cue, self._target()),
            head,
            [Agent(t, "subject") for t in determiner],
            "verb-preposition",
            [head],
        )

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
        if word == "against" and self.kind == "failure_mode" and not is_passive(verb):
            change = apply_verb(self.change, "suppress", self._target())
            return self._finish(change, verb, subjects(verb), "prevent-from", [verb, prep])
        if word == "from" and self.cues.verbs.get(verb.lemma_) == "suppress":
            return self._finish(
                apply_verb(self.change, "suppress", self._target()), verb, subjects(verb), "prevent-from", [verb]
            )
        if word in ("with", "at") and self.change.adjective and not is_passive(verb):
            return self._finish(
                apply_verb(self.change, "possess", self._target()), verb, subjects(verb), "with", [prep]
            )
        if word == "with" and self.change.adjective:
            return self._finish(
                apply_verb(self.change, "possess", self._target()), verb, subjects(verb), "with-passive", [prep]
            )
        if word in ("in", "of", "for") and self.cues.verbs.get(verb.lemma_) in ("raise", "lower", "better", "worse"):
            own = subjects(verb)
            return self._finish(
                apply_verb(self.change, self.cues.verbs[verb.lemma_], self._target()), verb, own, "verb-in", [verb]
            )
        if word in ("through", "via", "by") and self.change.nominal:
            return self._finish(self.change, verb, subjects(verb), "through", [prep])
        return None

    def _with_noun(self, noun: Token) -> Predication | None:
        """Read "an electrode with high stability": the noun has what is graded."""
        change = apply_verb(self.change, "possess", self._target())
        first = head_of_conjuncts(noun)
        governor = first.head if first.dep_ in ("dobj", "attr") else first.head.head if first.dep_ == "pobj" else None
        if governor is not None and governor.pos_ in ("VERB", "AUX"):
            return self._finish(
                change,
                governor,
                subjects(governor) if not is_passive(governor) else agents(governor),
                "with-object",
                [],
            )
        return self._finish(change, noun, [Agent(noun, "participle")], "with-noun", [])
