"""Answer a question in plain English from a library's graph: link, look up, rank, show what it stands for.

No model and no key: words are linked to concepts and to a question of the catalogue (``app.linking``). What is not
understood is said with suggestions; an answer is never made up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from app import answering, weighing, witnessing
from app.answer import NOTHING_SAID, Answer, AnswerRow, Edge, Quote, Understood, to_json
from app.extent import WHOLE, Extent
from app.guessing import reworded
from app.linking import Reading, close_names, mentioned, readings
from app.phrasing import load_phrasings
from app.ranking import Found
from app.wishes import NO_WISHES, VERDICT_OF_ROLE, Wishes, narrowed, reread
from kg import Graph, find_question
from ontology.terms import Concept, Ontology

__all__ = ["NOTHING_SAID", "Answer", "AnswerRow", "Edge", "Quote", "Understood", "ask", "examples", "to_json"]

_LOOKUPS = {**answering.LOOKUPS, **weighing.LOOKUPS, **witnessing.LOOKUPS}  # by role
_CIRCUMSTANCES = {
    "min_cycles": "after at least {} cycles",
    "min_rate": "at {} C or faster",
    "regime": "in {}",
    "cell": "in {} cells",
}
_MOST_SUGGESTIONS = 5
_MOST_ANSWERS = 100  # printed; a longer list is cut and says so


def ask(question: str, graph: Graph, *, wishes: Wishes = NO_WISHES, extent: Extent = WHOLE) -> Answer:
    """Answer one question from the graph of an open library, understood as its words say save for the wishes.

    Only the first answers carry sentences where less than the whole extent is wanted.
    """
    ontology = graph.ontology
    found, read_as = readings(question, ontology), ""
    if not found or not found[0].complete:
        mended = reworded(question, ontology)
        if mended is None:
            return _not_understood(question, found, ontology)
        found, read_as = mended.readings, mended.notice
    reading = replace(reread(found[0], wishes, ontology), extent=extent)
    answer = _LOOKUPS[reading.phrasing.role](reading, graph)
    if answer is None:  # words that name nothing in the ontology or in the library
        return _not_understood(question, found[:1], ontology)
    answer = replace(answer, rows=narrowed(answer.rows, wishes))
    return _answered(question, reading, answer, wishes, graph, read_as=read_as)


def examples() -> tuple[str, ...]:
    """Return questions to start from."""
    return load_phrasings().examples


def paraphrase(reading: Reading) -> str:
    """Word a question again as it was read, with preferred labels, and say what was left out of account."""
    said = _plain(reading)
    known = {parameter.name for parameter in find_question(reading.phrasing.question).parameters}
    stated = [_circumstance(name, value) for name, value in reading.circumstances.items() if name in known]
    left_out = [
        *(_circumstance(name, value) for name, value in reading.circumstances.items() if name not in known),
        *(word for word in reading.unread if word.lower() not in load_phrasings().small),
    ]
    if stated:
        said += f" ({', '.join(stated)})"
    if left_out:
        said += f" (without regard to: {', '.join(left_out)})"
    return said


def _plain(reading: Reading) -> str:
    """Word a question as it was read, without its circumstances."""
    names = {slot: link.concept.label if link.concept else f"“{link.text}”" for slot, link in reading.slots.items()}
    names.setdefault("class", "strategies")
    if "class" in reading.slots:
        names["class"] = f"strategies of the kind “{names['class']}”"
    return reading.phrasing.say.format_map(names)


def _circumstance(name: str, value: str) -> str:
    return _CIRCUMSTANCES.get(name, f"{name.replace('_', ' ')} {{}}").format(value)


def _answered(
    question: str, reading: Reading, found: Found, wishes: Wishes, graph: Graph, *, read_as: str = ""
) -> Answer:
    catalogue = graph.question(found.question_id)
    said, notice = wishes.worded(paraphrase(reading)), found.notice
    if wishes.said():
        said += f" ({', '.join(wishes.said())})"
    suggestions: tuple[str, ...] = ()
    if not found.rows:
        notice = notice or NOTHING_SAID
        concepts = [link.concept for link in reading.slots.values() if link.concept]
        asked = {f"{said}?".lower(), f"{_plain(reading)}?".lower()}
        suggestions = tuple(about for concept in concepts for about in _about(concept) if about.lower() not in asked)
    elif len(found.rows) > _MOST_ANSWERS:
        notice = f"the first {_MOST_ANSWERS} of {len(found.rows)} answers"
    return Answer(
        question=question,
        understood=Understood(
            question_id=found.question_id,
            parameters={name: str(value) for name, value in found.parameters.items()},
            paraphrase=said,
            slots={name: link.concept.iri for name, link in reading.slots.items() if link.concept},
            regime=reading.circumstances.get("regime", ""),
            verdict=reading.verdict or VERDICT_OF_ROLE.get(reading.phrasing.role) or "",
        ),
        answers=found.rows[:_MOST_ANSWERS],
        sparql=catalogue.bound_sparql(found.parameters),
        cypher=_with_parameters(catalogue.cypher, catalogue.cypher_parameters(found.parameters)),
        suggestions=suggestions,
        notice="; ".join(part for part in (read_as, notice) if part),
    )


def _with_parameters(cypher: str, parameters: Mapping[str, Any]) -> str:
    return f"// parameters: {json.dumps(dict(parameters), ensure_ascii=False, default=str)}\n{cypher}"


def _not_understood(question: str, found: Sequence[Reading], ontology: Ontology) -> Answer:
    notice = "this question is not understood"
    offers: dict[str, float] = {}
    for reading in found:
        if len(reading.unknown) != 1:
            continue
        slot = reading.unknown[0]
        text = reading.slots[slot].text
        notice = f"nothing here is called “{text}”" if not offers else notice
        for name in close_names(text, ontology, kinds=load_phrasings().slots[slot]):
            offers.setdefault(_with_name(reading, slot, name), SequenceMatcher(None, text, name).ratio())
    suggestions = sorted(offers, key=lambda offer: -offers[offer])
    for concept in mentioned(question, ontology):
        suggestions += _about(concept)
    suggestions += examples()
    return Answer(question=question, suggestions=tuple(dict.fromkeys(suggestions))[:_MOST_SUGGESTIONS], notice=notice)


def _with_name(reading: Reading, slot: str, name: str) -> str:
    """Word the question with one slot's unknown name replaced by a known one."""
    names = {other: link.concept.label if link.concept else link.text for other, link in reading.slots.items()}
    names = {"class": "strategies", **names, slot: name}
    return f"{reading.phrasing.say.format_map(names)}?"


def _about(concept: Concept) -> tuple[str, ...]:
    return tuple(template.format(label=concept.label) for template in load_phrasings().suggest[concept.kind])
