"""Walk a dependency parse: who acts, on what, through which modifiers.

Pure functions on tokens of one parsed sentence. Labels are ClearNLP's, as the English model gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.language import Token

__all__ = [
    "Agent",
    "agents",
    "children",
    "clause_head",
    "coordinated",
    "head_of_conjuncts",
    "instruments",
    "is_passive",
    "is_purpose",
    "opening_gerunds",
    "subjects",
]

SUBJECT = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})

_REPORTING = frozenset(
    {
        "project",
        "expect",
        "predict",
        "find",
        "show",
        "know",
        "believe",
        "report",
        "prove",
        "estimate",
        "think",
        "suppose",
        "say",
        "see",
        "observe",
        "anticipate",
        "assume",
        "demonstrate",
        "suggest",
    }
)
_AIMS = frozenset({"order", "effort", "attempt", "aim", "bid", "hope", "goal"})
AgentRole = Literal["subject", "agent", "instrument", "relative", "participle", "inherited", "gerund", "controlled"]


@dataclass(frozen=True, slots=True)
class Agent:
    """Hold a token that heads a cause phrase and how it was reached."""

    token: Token
    role: AgentRole


def children(token: Token, *labels: str) -> list[Token]:
    """List a token's children with any of the labels."""
    return [c for c in token.children if c.dep_ in labels]


def coordinated(token: Token) -> list[Token]:
    """List a token and what is coordinated with it to its right, in order."""
    found, queue = [token], [token]
    while queue:
        for child in children(queue.pop(), "conj"):
            found.append(child)
            queue.append(child)
    return sorted(found, key=lambda t: t.i)


def head_of_conjuncts(token: Token) -> Token:
    """Climb from a conjunct to the first member of its coordination."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Tell whether a verb form is passive, reduced participles included."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and not children(verb, "aux", "dobj")


def is_purpose(verb: Token) -> bool:
    """Tell whether a verb stands in an infinitive of purpose."""
    if verb.dep_ == "acl" and verb.head.lemma_ in _AIMS and any(c.lower_ == "to" for c in children(verb, "aux")):
        return True  # "in order to limit"
    if verb.dep_ != "advcl" or verb.tag_ != "VB" or verb.head.lemma_ in _REPORTING:
        return False  # "is projected to prolong" reports; it pursues nothing
    return any(c.lower_ == "to" for c in children(verb, "aux"))


def clause_head(token: Token) -> Token:
    """Climb to the verb (or root) of the token's own clause."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def subjects(verb: Token, depth: int = 0) -> list[Agent]:
    """List the logical subjects of a verb: its own, or those it shares, inherits or is controlled by."""
    own = [c for c in verb.children if c.dep_ in SUBJECT or c.dep_ in PASSIVE_SUBJECT]
    if own:
        return [a for t in own for a in _subject(t, verb)]
    opening = [c for c in children(verb, "advcl") if c.tag_ == "VBG" and c.i < verb.i and not children(c, "mark")]
    if opening and verb.dep_ not in ("advcl", "conj", "acl", "relcl"):
        inner = [t for c in children(opening[0], "nsubj") for t in coordinated(c)]
        # a gerund subject, or "X piling up …", that the parser took for an adverbial
        return [Agent(t, "subject") for t in inner] or [Agent(opening[0], "gerund")]
    if depth > 6 or verb.head.i == verb.i:
        return []
    head = verb.head
    if verb.dep_ in ("dobj", "compound", "nmod", "appos", "npadvmod") and verb.tag_ == "VBZ" and head.i < verb.i:
        return [Agent(head, "inherited")]  # a finite verb that the parser took for a noun: what stands before it acts
    if verb.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN") and verb.tag_ in ("VBZ", "VBD", "VBP"):
        return [Agent(head, "inherited")]  # a clause whose first verb the parser took for a noun
    if verb.dep_ == "conj":
        return (
            [Agent(a.token, "inherited" if a.role == "subject" else a.role) for a in subjects(head, depth + 1)]
            if head.pos_ in ("VERB", "AUX")
            else []
        )
    if verb.dep_ == "relcl":
        return [Agent(_antecedent(head), "relative")]
    if verb.dep_ == "acl":
        return [Agent(head, "participle")] if verb.tag_ in ("VBG", "VB") else []
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        objects = (
            children(head, "dobj")
            if head.lemma_ in ("enable", "allow", "let", "make", "cause", "help", "lead", "drive", "force", "lend")
            else []
        )
        if (
            objects
            and head.pos_ == "VERB"
            and not is_passive(head)
            and head.lemma_ not in ("help", "cause", "enable", "allow")
        ):
            return [Agent(t, "controlled") for t in objects]
        return [Agent(a.token, "controlled") for a in subjects(head, depth + 1)]
    if verb.dep_ == "advcl":
        return (
            [Agent(a.token, "inherited") for a in subjects(head, depth + 1)]
            if head.pos_ in ("VERB", "AUX")
            else [Agent(head, "inherited")]
        )
    if verb.dep_ == "pcomp":
        anchor = head.head
        if anchor.pos_ in ("VERB", "AUX"):
            return [Agent(a.token, "inherited") for a in subjects(anchor, depth + 1)]
        if anchor.pos_ in ("NOUN", "PROPN"):
            up = clause_head(anchor)
            return (
                [Agent(anchor, "participle")]
                if up.i == anchor.i
                else [Agent(a.token, "inherited") for a in subjects(up, depth + 1)]
                if up.pos_ in ("VERB", "AUX")
                else []
            )
    return []


def _subject(token: Token, verb: Token) -> Iterator[Agent]:
    if token.tag_ in ("WDT", "WP") or (token.lower_ in ("which", "that") and verb.dep_ == "relcl"):
        if verb.dep_ == "relcl":
            plural = verb.tag_ == "VBP" or any(c.tag_ == "VBP" for c in children(verb, "aux", "auxpass"))
            joined = verb.head.dep_ == "conj" and plural
            for t in coordinated(head_of_conjuncts(verb.head)) if joined else [_antecedent(verb.head)]:
                yield Agent(t, "relative")
        elif verb.dep_ in ("advcl", "conj", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
            yield from subjects(verb.head)  # a relative clause on the whole of what precedes
        return
    for t in coordinated(token):
        yield Agent(t, "gerund" if t.pos_ == "VERB" else "subject")


def _antecedent(token: Token) -> Token:
    """Step from a circumstance to what it qualifies: in "changes of silicon during lithiation, which …" to the changes."""
    while (
        token.dep_ == "pobj"
        and token.head.lower_ in ("during", "upon", "within", "under", "at")
        and token.head.head.pos_ in ("NOUN", "PROPN")
    ):
        token = token.head.head
    return token


def opening_gerunds(verb: Token) -> list[Agent]:
    """List gerunds of a means set before the subject: "By embedding X in Y, the anode …"."""
    found = []
    for by in children(verb, "prep"):
        if by.lower_ in ("by", "through", "via") and by.i < verb.i:
            found += [Agent(t, "gerund") for t in children(by, "pcomp") if t.tag_ == "VBG"]
    return found


def agents(verb: Token) -> list[Agent]:
    """List the by-agents of a passive verb."""
    found = []
    for by in [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]:
        found += [
            Agent(t, "gerund" if t.pos_ == "VERB" else "agent")
            for o in children(by, "pobj", "pcomp")
            for t in coordinated(o)
        ]
    return found


def instruments(verb: Token) -> list[Agent]:
    """List what a clause names as its means: objects of with, by, via, through, upon, after … and gerunds under them."""
    found = []
    for prep in verb.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in ("by", "with", "via", "through", "using", "upon", "after"):
            found += [
                Agent(t, "gerund" if t.pos_ == "VERB" else "instrument")
                for o in children(prep, "pobj", "pcomp")
                for t in coordinated(o)
            ]
        elif prep.dep_ == "prep" and prep.lower_ in ("because", "due", "owing", "thanks"):
            for link in [prep, *children(prep, "prep", "pcomp")]:
                found += [Agent(t, "instrument") for o in children(link, "pobj") for t in coordinated(o)]
        elif prep.dep_ == "advcl" and prep.lower_ == "using":
            found += [Agent(t, "instrument") for o in children(prep, "dobj") for t in coordinated(o)]
    for thanks in children(verb, "npadvmod", "advmod", "intj"):
        if thanks.lower_ in ("thanks", "owing"):
            found += [
                Agent(t, "instrument")
                for p in children(thanks, "prep")
                for o in children(p, "pobj")
                for t in coordinated(o)
            ]
    return found
