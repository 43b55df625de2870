"""Read what a verb says of a target in one of its roles: subject, object, complement, or the verb itself."""

from __future__ import annotations

from extractors.clauses import (
    Agent,
    agents,
    children,
    is_passive,
    subjects,
)
from extractors.cues import CueClass
from extractors.frame import Frame
from extractors.idioms import negated, numeric_shift
from extractors.language import Token
from extractors.predication import Predication
from extractors.signs import Change, apply_noun, apply_verb

__all__ = ["VerbFrames"]

_COPULAS = frozenset({"be", "become", "remain", "stay", "get", "appear", "seem", "turn", "keep", "prove", "grow"})
_EXPERIENCE = frozenset({"undergo", "suffer", "experience", "show", "exhibit", "display", "face", "encounter", "have"})


class VerbFrames(Frame):
    """Hold one target while its clause is read: the node reached, the change and the cues seen so far."""

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
                if cue == "possess" or verb.lemma_ in (
                    "observe",
                    "find",
                    "report",
                    "obtain",
                    "record",
                    "see",
                    "note",
                    "measure",
                    "detect",
                ):
                    change = apply_verb(self.change, "possess", target)
                    return self._finish(change, verb, agents(verb) or self._means(verb), "observed", [verb])
                linked = self._linked(verb)
                if linked:
                    return self._finish(apply_verb(self.change, "create", target), verb, linked, "attributed", [verb])
                governed = [c for c in children(verb, "xcomp") if c.pos_ in ("VERB", "AUX")]
                return self._of_verb(governed[0], "nsubj") if governed else None
            return self._finish(
                apply_verb(self.change, cue, target), verb, agents(verb) or self._means(verb), "passive", [verb]
            )
        if role in ("attr", "acomp", "oprd", "advmod") and verb.lemma_ in _COPULAS:
            if not self.change.adjective and not self.change.nominal:
                return None
            return self._finish(apply_verb(self.change, "possess", target), verb, subjects(verb), "copula", [])
        small = self._small_clause(verb)
        if small is not None:
            return small
        shift = numeric_shift(verb, self.node)
        if shift:
            return self._finish(Change(sign=shift), verb, subjects(verb), "from-to", [verb])
        if cue is None:
            for inner in children(verb, "xcomp", "ccomp"):
                if self._verb_cue(inner) in ("raise", "lower", "better", "worse") and inner.tag_ in ("VB", "VBN"):
                    return self._finish(
                        apply_verb(self.change, self._verb_cue(inner) or "raise", target),
                        verb,
                        subjects(verb),
                        "causative",
                        [inner],
                    )
            if self.change.nominal and verb.lemma_ in _EXPERIENCE | {"report", "observe", "find"}:
                return self._finish(self.change, verb, subjects(verb), "experience", [verb])
            return None
        if is_passive(verb) and verb.dep_ == "acl":
            who = agents(verb)
        elif is_passive(verb):
            who = agents(verb) or subjects(verb)
        else:
            who = subjects(verb)
        change = apply_verb(self.change, cue, target)
        if change.sign == 0 and target == "metric" and verb.lemma_ in self.cues.granting:
            return self._finish(Change(sign=1, evaluative=True), verb, who, "grant", [verb])
        return self._finish(change, verb, who, "possess" if cue == "possess" else "object", [verb])

    def _as_subject(self, verb: Token, cue: CueClass | None) -> Predication | None:
        """Read a target that is the subject: it changes by itself, is compared, or stems from something."""
        target = self._target()
        linked = self._linked(verb)
        if linked:
            change = self.change if self.change.nominal else apply_verb(self.change, "create", target)
            return self._finish(change, verb, linked, "attributed", [verb])
        objects = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN", "PRON")]
        shift = numeric_shift(verb, self.node)
        if shift and not objects:
            return self._finish(Change(sign=shift), verb, self._means(verb), "intransitive", [verb])
        if verb.lemma_ in ("differ", "vary", "change", "alter", "shift") and not objects:
            return (
                self._finish(Change(sign=1), verb, self._means(verb), "unchanged", [verb], no_change=True)
                if negated(verb)
                else None
            )
        if verb.lemma_ in _COPULAS:
            for complement in children(verb, "acomp", "attr", "oprd"):
                graded = self.cues.adjectives.get(complement.lower_) or self.cues.adjectives.get(complement.lemma_)
                slight = complement.lower_ in (
                    "minimal",
                    "negligible",
                    "small",
                    "insignificant",
                    "marginal",
                    "weak",
                    "limited",
                    "slight",
                    "minor",
                )
                if complement.lower_ in self.cues.no_change_adjectives or (
                    slight and self.node.lemma_ in ("influence", "effect", "impact")
                ):
                    return self._finish(
                        Change(sign=1), verb, self._means(verb), "unchanged", [complement], no_change=True
                    )
                if graded:
                    base = apply_noun(self.change, "raise") if self.change.nominal else self.change
                    sign = apply_verb(
                        Change(
                            adjective=1 if graded in ("raise", "better") else -1,
                            adjective_evaluative=graded in ("better", "worse"),
                        ),
                        "possess",
                        target,
                    )
                    change = Change(
                        sign=sign.sign * (base.sign or 1) if base.nominal else sign.sign, evaluative=sign.evaluative
                    )
                    return self._finish(change, verb, self._own(verb) or self._means(verb), "is-graded", [complement])
            return None
        if objects and cue not in (None, "possess"):
            return None  # the target is itself the cause here
        if cue in ("raise", "lower", "better", "worse") and not objects:
            return self._finish(
                apply_verb(self.change, cue, target), verb, self._means(verb) or self._own(verb), "intransitive", [verb]
            )
        for governed in children(verb, "xcomp"):
            inner_cue = self._verb_cue(governed)
            if inner_cue in ("raise", "lower", "better", "worse") and not children(governed, "dobj"):
                return self._finish(
                    apply_verb(self.change, inner_cue, target),
                    governed,
                    self._means(governed) or self._means(verb),
                    "intransitive",
                    [governed],
                )
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
                return self._finish(
                    Change(sign=1), verb, subjects(verb), "small-clause", [verb, complement], no_change=True
                )
            graded = self.cues.adjectives.get(complement.lower_)
            if graded:
                sign = 1 if graded in ("raise", "better") else -1
                return self._finish(
                    Change(sign=sign, evaluative=graded in ("better", "worse")),
                    verb,
                    subjects(verb),
                    "small-clause",
                    [verb, complement],
                )
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
        named = [c for c in children(verb, "dobj", "nsubj", "nsubjpass") if c.i in self.inside]
        if not graded and self.kind == "failure_mode" and named:
            fewer = any(c.lower_ in ("less", "fewer", "no", "hardly") for t in (verb, *named) for c in t.children)
            if named[0].dep_ == "dobj" and not is_passive(verb):
                return self._finish(Change(sign=-1 if fewer else 1), verb, subjects(verb), "clause-object", [verb])
            return (
                self._finish(Change(sign=-1), verb, agents(verb) or self._means(verb), "clause-subject", [verb])
                if fewer
                else None
            )
        cue = self._verb_cue(verb)
        if not graded and verb.i in self.inside and cue in ("raise", "lower", "better", "worse", "suppress", "keep"):
            who = subjects(verb) if not is_passive(verb) else agents(verb) or self._means(verb)
            return self._finish(
                apply_verb(Change(), cue, self._target()), verb, who, "object", [verb]
            )  # "strengthens the bonding"
        if not graded:
            return None
        who = subjects(verb) if not is_passive(verb) else agents(verb) or self._means(verb) or subjects(verb)
        return self._finish(Change(sign=graded, evaluative=evaluative), verb, who, "target-verb", cues)

    def _of_root(self) -> Predication | None:
        if self.change.nominal or self.change.adjective:
            root = self.node
            by = [
                Agent(o, "agent")
                for p in children(root, "prep")
                if p.lower_ in ("by", "with", "through", "via")
                for o in children(p, "pobj")
            ]
            if by:
                return self._finish(apply_verb(self.change, "possess", self._target()), root, by, "verbless", [])
        return None
