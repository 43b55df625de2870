"""Hold one target while its clause is read, and what every way of reading needs."""

from __future__ import annotations

from extractors.clauses import Agent, children, instruments, is_purpose, opening_gerunds, subjects
from extractors.cues import CueClass, Cues
from extractors.idioms import particle_cue
from extractors.language import Token
from extractors.predication import Predication
from extractors.signs import Change, Target

__all__ = ["Frame"]


class Frame:
    """Hold the node reached, the change and the cues seen so far."""

    def __init__(self, target: Token, inside: frozenset[int], kind: Target, cues: Cues) -> None:
        self.node = target
        self.inside = set(inside)
        self.kind = kind
        self.cues = cues
        self.change = Change()
        self.seen: list[Token] = []

    # --- what every reading needs --------------------------------------------------------------------------------------------

    def _target(self) -> Target:
        return self.kind

    def _verb_cue(self, verb: Token) -> CueClass | None:
        return particle_cue(verb) or self.cues.verbs.get(verb.lemma_) or self.cues.verbs.get(verb.lower_)

    def _subject_of_adjective(self, adjective: Token) -> list[Agent]:
        """List who is "detrimental to X": the subject of the copula, or the noun the adjective follows."""
        head = adjective.head
        if head.pos_ in ("VERB", "AUX"):
            return subjects(head)
        return (
            [Agent(head, "participle")]
            if head.pos_ in ("NOUN", "PROPN") and adjective.dep_ in ("amod", "acl", "relcl")
            else []
        )

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
                found += [Agent(t, "inherited") for t in own] or (
                    [Agent(clause, "gerund")] if clause.tag_ == "VBG" else []
                )
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

    def _finish(
        self,
        change: Change,
        predicate: Token,
        who: list[Agent],
        rule: str,
        cues: list[Token],
        *,
        no_change: bool = False,
    ) -> Predication | None:
        if change.sign == 0:
            return None
        without = predicate.dep_ == "pcomp" and predicate.head.lower_ == "without"
        outer = (
            predicate.head.head if predicate.dep_ == "pcomp" else predicate.head if predicate.dep_ == "xcomp" else None
        )
        if outer is not None and outer.pos_ == "ADJ":
            cue = self.cues.adjective_preposition.get(
                (outer.lower_, predicate.head.lower_ if predicate.dep_ == "pcomp" else "to")
            )
            if cue in ("worse", "lower"):
                change = Change(-change.sign, change.evaluative)
            who = self._subject_of_adjective(outer) or who
            cues = [outer, *cues]
        gerunds = opening_gerunds(predicate)
        if (
            gerunds
            and rule not in ("passive", "intransitive")
            and not all(self.cues.verbs.get(a.token.lemma_) for a in gerunds)
        ):
            who = gerunds
        return Predication(change, [*self.seen, *cues], predicate, who, rule, is_purpose(predicate), no_change, without)
