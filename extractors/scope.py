"""Say how far an assertion holds: negation and hedge on the governing verb, and what is only background.

A window around the target finds too much; auxiliaries, adverbs and the reporting frame of the governing verb decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.clauses import children, clause_head, head_of_conjuncts, is_purpose
from extractors.cues import load_hedges
from extractors.language import Doc, Token
from extractors.predication import Predication

__all__ = ["denies_change", "is_background", "is_denied", "is_hedged", "is_negated"]

_CHAIN = ("xcomp", "ccomp", "acl", "advcl", "conj", "pcomp", "prep")
_INTENTION = frozenset(
    {
        "aim",
        "seek",
        "intend",
        "attempt",
        "try",
        "strive",
        "need",
        "require",
        "want",
        "wish",
        "hope",
        "mean",
        "design",
        "plan",
        "desire",
    }
)


_AIMS = frozenset({"goal", "aim", "purpose", "objective", "intention", "idea", "hope"})
_FRAMES = (
    "conventional",
    "it is believed",
    "can be attributed to",
    "closely linked to",
)  # phrases that frame a sentence
_UNSURE = frozenset({"potential", "possible", "presumed", "supposed", "alleged"})
_CREDITS = frozenset({"attribute", "ascribe", "assign", "credit"})
_WEAK_LINKS = frozenset({"signify", "imply"})
_MEANS = frozenset(
    {"strategy", "approach", "way", "method", "means", "effort", "attempt", "route", "measure", "avenue", "path"}
)
_SOUGHT = _INTENTION | {"necessitate", "demand", "call", "search", "await", "pursue"}


def _frame(verb: Token) -> Iterator[Token]:
    """Yield the verb and the verbs that govern it through complement clauses."""
    yield verb
    steps = 0
    while (verb.dep_ in ("xcomp", "ccomp") or _reported(verb)) and verb.head.i != verb.i and steps < 4:
        between = verb.doc[min(verb.i, verb.head.i) : max(verb.i, verb.head.i)]
        if any(t.text == ";" for t in between):
            return  # two sentences that a semicolon joins
        verb = verb.head
        steps += 1
        yield verb


def _is_wanted(verb: Token) -> bool:
    """Tell whether a clause describes what is only sought: "requires binders that keep …", "to build an SEI that …"."""
    if verb.dep_ not in ("relcl", "acl"):
        return False
    for above in [verb.head, *verb.head.ancestors][:6]:
        if above.pos_ == "VERB":
            return is_purpose(above) or above.lemma_ in _SOUGHT
        if above.lemma_ in ("need", "necessity", "requirement", "demand", "goal", "aim", "search"):
            return True
    return False


def _reported(verb: Token) -> bool:
    return verb.dep_ == "advcl" and verb.tag_ == "VB" and not is_purpose(verb) and verb.head.tag_ == "VBN"


def is_negated(predication: Predication) -> bool:
    """Tell whether the claim is turned round: a denied predicate, or an object that "no" denies."""
    verb = predication.predicate
    if verb is None:
        return False
    objects = [*children(verb, "dobj", "attr"), *predication.cues]
    return is_denied(predication) or any(
        c.lower_ in ("no", "neither") for o in objects for c in children(o, "det", "preconj")
    )


def is_denied(predication: Predication) -> bool:
    """Tell whether the predicate is denied on the surface: not, cannot, hardly, fails to, without.

    "Shows no cracks" affirms something, namely that cracks are fewer.
    """
    verb = predication.predicate
    if verb is None:
        return False
    negation = load_hedges().negation
    for word in _frame(verb):
        if any(
            _denies(c)
            for c in word.children
            if c.dep_ == "neg" or (c.dep_ in ("advmod", "preconj", "det") and c.lower_ in negation)
        ):
            return True
        if word.i != verb.i and word.lemma_ in ("fail", "unable", "cease"):
            return True
    return predication.without


def denies_change(predication: Predication) -> bool:
    """Tell whether a stated absence of effect is put in the negative: "no effect on", "does not change"."""
    near = [t for cue in predication.cues for t in cue.doc[max(0, cue.i - 4) : cue.i + 1]]
    if predication.predicate is not None:
        near += predication.predicate.doc[predication.predicate.i : predication.predicate.i + 4]
    return is_negated(predication) or any(t.lower_ in load_hedges().negation for t in near)


def _denies(word: Token) -> bool:
    """Tell a real negation from "not only … but also"."""
    return word.i + 1 >= len(word.doc) or word.doc[word.i + 1].lower_ not in (
        "only",
        "just",
        "merely",
        "solely",
        "simply",
    )


def is_hedged(predication: Predication, doc: Doc) -> bool:
    """Tell whether the assertion is weakened by a modal, an adverb, a reporting verb or a standing phrase."""
    hedges = load_hedges()
    verb = predication.predicate
    if verb is None:
        return False
    if verb.pos_ not in ("VERB", "AUX"):
        verb = clause_head(verb)  # a graded adjective stands in the frame of its clause
    governor = verb.head.head if verb.dep_ == "pcomp" else verb.head if verb.dep_ == "xcomp" else verb
    if governor.pos_ == "ADJ" and governor.lower_ in hedges.adjectives:
        return True
    text = doc.text.lower()
    if any(p in text for p in hedges.phrases if p.startswith(_FRAMES)):
        return True
    if any(
        c.lower_ in _UNSURE and c.dep_ == "amod"
        for cue in predication.cues
        for c in (*cue.children, *cue.head.children)
    ):
        return True  # "its potential negative effect on X"
    first = head_of_conjuncts(verb)
    if verb.lemma_ in _WEAK_LINKS or (first.dep_ == "acl" and first.tag_ == "VB" and first.head.lemma_ in _MEANS):
        return True  # "a strategy to raise X" has yet to raise it
    if children(verb, "auxpass") and verb.lemma_ == "accompany":
        return True  # going together is no causing
    for word in _governing(verb):
        denied = any(c.dep_ == "neg" for c in word.children)
        for child in word.children:
            if child.dep_ == "aux" and child.lower_ in hedges.modals and not (denied and child.lower_ == "could"):
                return True
            if child.dep_ == "advmod" and child.lower_ in hedges.adverbs:
                return True
            if word.lemma_ == "be" and child.dep_ == "nsubj" and child.lemma_ in _AIMS:
                return True
        if word.i != verb.i and word.lemma_ in hedges.verbs and (word.lemma_ != "appear" or verb.dep_ == "xcomp"):
            return True
        if (
            word.i != verb.i
            and word.pos_ in ("ADJ", "AUX", "VERB")
            and any(c.lower_ in hedges.adjectives for c in [word, *children(word, "acomp")])
        ):
            return True
    if predication.rule == "attributed" and verb.lemma_ in ("attribute", "ascribe", "link", "assign"):
        return True
    if verb.lemma_ == "be" and any(c.lower_ in hedges.adjectives for c in children(verb, "acomp")):
        return True
    if verb.dep_ == "relcl" and any(t.lemma_ in _CREDITS for t in verb.head.ancestors):
        return True  # "is ascribed to the coating, which relieves X"
    return verb.dep_ in ("acl", "relcl", "ccomp") and verb.head.lemma_ in hedges.nouns


def _governing(verb: Token) -> Iterator[Token]:
    """Yield the verbs whose auxiliaries hold for a verb: its frame, and that of the clause it carries on."""
    for _ in range(4):
        yield from _frame(verb)
        carries_on = (verb.dep_ == "advcl" and verb.tag_ == "VBG") or (
            verb.dep_ == "conj" and not children(verb, "aux", "nsubj", "nsubjpass")
        )
        if not carries_on or verb.head.pos_ not in ("VERB", "AUX"):
            return
        verb = verb.head


def is_background(predication: Predication, doc: Doc) -> bool:
    """Tell whether the predicate only states an aim, a need, a question or a condition."""
    verb = predication.predicate
    if verb is None:
        return False
    if doc.text.rstrip().endswith("?"):
        return True
    if any(c.lower_ in ("must", "ought") for c in children(verb, "aux")) or _is_wanted(verb):
        return True
    for word in _frame(verb):
        if word.i != verb.i and word.lemma_ in _INTENTION:
            return True
        if word.dep_ == "advcl" and any(c.lower_ in ("if", "whether") for c in children(word, "mark")):
            return True
        if word.dep_ == "ccomp" and any(c.lower_ in ("whether", "if") for c in children(word, "mark")):
            return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "towards", "toward", "at"):
        governor = verb.head.head
        return governor.pos_ in ("NOUN", "PROPN", "VERB") or governor.lemma_ in ("aim",)
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        return verb.head.lemma_ in (
            "way",
            "effort",
            "attempt",
            "strategy",
            "approach",
            "aim",
            "need",
            "goal",
            "method",
            "means",
            "design",
            "work",
        )
    return False
