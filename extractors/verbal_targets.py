"""Find targets that live in a verb: "cycles better", "less electrolyte decomposes", "traps lithium", "stabilises the SEI".

A clause names a failure mode or metric when its verb and noun are those of a two-word label: *electrolyte
decomposition* is said by "the electrolyte decomposes" and by "decomposes the electrolyte". The index comes from the labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.clauses import Agent, agents, children, coordinated, instruments, is_passive, subjects
from extractors.cues import load_cues
from extractors.language import Doc, Token
from extractors.predication import Predication
from extractors.signs import Change
from extractors.text import Sentence
from ontology import Concept, Ontology, fold_label
from ontology.model import Mention

__all__ = ["may_live_in_verb", "verbal_targets"]

_DEVERBAL = ("ation", "ition", "tion", "sion", "ing", "ment", "owth", "age", "ure", "osis", "ysis", "loss")
_LESS = frozenset(
    {"less", "fewer", "little", "no", "hardly", "scarcely", "slower", "rarely", "least", "minimally", "barely"}
)
_MORE = frozenset(
    {
        "more",
        "faster",
        "further",
        "most",
        "longer",
        "better",
        "additional",
        "stronger",
        "strongly",
        "heavily",
        "severely",
        "continuously",
        "rapidly",
    }
)
_PLAIN = 4  # letters of a verb that tell its family apart once the noun agrees


def may_live_in_verb(words: Sequence[str], ontology: Ontology) -> bool:
    """Tell cheaply whether noun and verb of some two-word label stand among a sentence's lower-case words."""
    nouns = _nouns_by_stem(ontology)
    present = set(words)
    return any(not present.isdisjoint(nouns[word[:_PLAIN]]) for word in words if word[:_PLAIN] in nouns)


@lru_cache(maxsize=2)
def _nouns_by_stem(ontology: Ontology) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for noun, stem in _clauses(ontology):
        found.setdefault(stem, set()).update({noun.lower(), noun.lower() + "s"})
    return found


def verbal_targets(
    doc: Doc, sentence: Sentence, mentions: Sequence[Mention], ontology: Ontology
) -> Iterator[tuple[Mention, Token, Predication]]:
    """Yield a mention made of the verb, its token and what the clause says, for each target in a verb."""
    taken = [(m.start, m.end) for m in mentions if m.kind in ("metric", "failure_mode")]
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        start, end = sentence.span(verb.idx, verb.idx + len(verb.text))
        if any(s < end and start < e for s, e in taken):
            continue
        for concept, predication in _readings(verb, ontology):
            yield Mention(start, end, verb.text, concept.kind, concept.iri, concept.label, 0.9), verb, predication


def _readings(verb: Token, ontology: Ontology) -> Iterator[tuple[Concept, Predication]]:
    label = load_cues().verb_targets.get(verb.lemma_)
    if label is not None and (concept := ontology.find(label)) is not None:
        said = _graded(verb)
        if said is not None:
            yield concept, Predication(said[0], [verb, *said[1]], verb, _levers(verb), "target-verb")
        return
    if load_cues().verbs.get(verb.lemma_) not in (None, "create", "suppress"):
        return  # "reduces capacity" is a change of capacity, no "capacity reduction"
    index = _clauses(ontology)
    passive = is_passive(verb)
    stem = verb.lemma_.lower()[:_PLAIN]
    for noun in [t for c in verb.children if c.dep_ in ("dobj", "nsubj", "nsubjpass") for t in coordinated(c)]:
        first = noun
        while first.dep_ == "conj":
            first = first.head
        concept = next((c for word in _words(noun) if (c := index.get((word, stem)))), None)
        if concept is None:
            continue
        sign, cues = _amount(noun, verb)
        if first.dep_ == "dobj" and not passive:
            yield concept, Predication(Change(sign=sign or 1), [verb, *cues], verb, subjects(verb), "clause-object")
        elif passive and (agents(verb) or sign):
            yield (
                concept,
                Predication(
                    Change(sign=sign or 1), [verb, *cues], verb, agents(verb) or instruments(verb), "clause-passive"
                ),
            )
        elif not passive and first.dep_ == "nsubj" and not children(verb, "dobj") and sign:
            yield concept, Predication(Change(sign=sign), [verb, *cues], verb, instruments(verb), "clause-subject")


def _words(noun: Token) -> list[str]:
    return [fold_label(t.text) for t in (noun, *children(noun, "compound", "amod"))]


def _graded(verb: Token) -> tuple[Change, list[Token]] | None:
    """Read the adverb that grades a verb; verbs such as *outlast* are graded in themselves."""
    if verb.lemma_.startswith("out"):
        return Change(sign=1, evaluative=True), []
    for child in children(verb, "advmod", "acomp", "npadvmod", "dobj", "oprd"):
        cue = load_cues().adverbs.get(child.lower_)
        if cue:
            return Change(sign=1 if cue in ("raise", "better") else -1, evaluative=cue in ("better", "worse")), [child]
    return None


def _amount(noun: Token, verb: Token) -> tuple[int, list[Token]]:
    """Read "less" and "more" on the noun or the verb."""
    for child in [*noun.children, *children(verb, "advmod", "neg")]:
        if child.lower_ in _LESS:
            return -1, [child]
        if child.lower_ in _MORE:
            return 1, [child]
    return 0, []


def _levers(verb: Token) -> list[Agent]:
    """List who makes a thing "cycle better": what it cycles with, else its subject."""
    if is_passive(verb):
        return agents(verb) or instruments(verb)
    return [*[a for a in instruments(verb) if a.role in ("instrument", "gerund")], *subjects(verb)][:3]


@lru_cache(maxsize=2)
def _clauses(ontology: Ontology) -> dict[tuple[str, str], Concept]:
    index: dict[tuple[str, str], Concept] = {}
    for label, concept in ontology.labels():
        if concept.kind not in ("failure_mode", "metric"):
            continue
        words = fold_label(label).split()
        if len(words) == 2 and words[1].endswith(_DEVERBAL):
            index.setdefault((words[0], words[1][:_PLAIN]), concept)
    return index
