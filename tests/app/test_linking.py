import pytest

from app.linking import close_names, link, readings
from app.phrasing import load_phrasings
from ontology.terms import load_ontology

ONTOLOGY = load_ontology()


def read(question: str) -> tuple[str, dict[str, str]]:
    """Return the role of the best reading and the labels in its slots."""
    best = readings(question, ONTOLOGY)[0]
    return best.phrasing.role, {
        slot: link.concept.label if link.concept else f"“{link.text}”" for slot, link in best.slots.items()
    }


@pytest.mark.parametrize(
    ("question", "role", "slots"),
    [
        ("Which SEI strategies help calendar life?", "helps", {"class": "SEI engineering", "target": "calendar life"}),
        ("which binders improve cycle life", "helps", {"class": "binder design", "target": "cycle life"}),
        ("What is good for calendar life?", "helps", {"target": "calendar life"}),
        ("How can calendar life be improved?", "helps", {"target": "calendar life"}),
        ("Which strategies help storage?", "helps", {"target": "storage performance"}),
        ("Which strategies raise the ICE?", "raises", {"target": "initial coulombic efficiency"}),
        ("What prevents particle cracking?", "suppresses", {"failure": "particle cracking"}),
        ("What causes gas generation?", "causes", {"failure": "gas generation"}),
        ("Is FEC double-edged?", "double_edged", {"cause": "FEC additive"}),
        ("Is fec a double-edged sword?", "double_edged", {"cause": "FEC additive"}),
        ("What does prelithiation improve and worsen?", "effects", {"cause": "prelithiation"}),
        ("What are the downsides of prelithiation?", "costs", {"cause": "prelithiation"}),
        ("How does FEC affect calendar life?", "effect_on", {"cause": "FEC additive", "target": "calendar life"}),
        ("How does FEC help calendar life?", "mechanism", {"cause": "FEC additive", "target": "calendar life"}),
        (
            "What capacity retention did DCMIN@PAA reach?",
            "measured",
            {"metric": "capacity retention", "subject": "DCMIN@PAA"},
        ),
        (
            "Which binders have never been tested for calendar life?",
            "untested",
            {"class": "binder design", "target": "calendar life"},
        ),
    ],
)
def test_linking_reads_plain_questions(question: str, role: str, slots: dict[str, str]) -> None:
    assert read(question) == (role, slots)


@pytest.mark.parametrize(
    ("question", "regime"),
    [
        ("Does FEC help capacity retention during storage?", "storage"),
        ("What does FEC improve and worsen when cycled?", "cycling"),
        ("Which strategies help storage performance?", None),
    ],
)
def test_linking_reads_the_regime_apart(question: str, regime: str | None) -> None:
    assert readings(question, ONTOLOGY)[0].circumstances.get("regime") == regime


def test_linking_keeps_a_coined_cause_as_text() -> None:
    _, slots = read("Does blue widget coating help calendar life?")
    assert slots["cause"] == "“blue widget coating”"


def test_linking_says_which_words_it_left_out() -> None:
    reading = readings("Which strategies help calendar life at 45 °C?", ONTOLOGY)[0]
    assert reading.unread == ("at", "45", "°C")


def test_linking_leaves_an_unknown_target_incomplete() -> None:
    assert not any(reading.complete for reading in readings("Which strategies help world peace?", ONTOLOGY))


@pytest.mark.parametrize("question", ["", "?", "How is the weather?", "DROP GRAPH", "a" * 5000])
def test_linking_reads_nothing_into_other_text(question: str) -> None:
    assert not readings(question, ONTOLOGY)


def test_linking_prefers_the_longest_name() -> None:
    found = link("cycling stability at high temperature", ONTOLOGY, kinds=("metric",))
    assert found.concept is not None
    assert found.concept.label == "high-temperature cycling stability"


@pytest.mark.parametrize(
    ("typed", "label"), [("calender life", "calendar life"), ("capacity retension", "capacity retention")]
)
def test_linking_offers_names_that_look_alike(typed: str, label: str) -> None:
    assert label in close_names(typed, ONTOLOGY, kinds=("metric",))


def test_linking_is_quick_on_long_questions() -> None:
    assert readings("Which " + "very " * 30 + "good strategies help calendar life?", ONTOLOGY) is not None


@pytest.mark.parametrize("question", load_phrasings().examples)
def test_phrasing_examples_are_all_read(question: str) -> None:
    assert readings(question, ONTOLOGY)[0].complete


@pytest.mark.parametrize("kind", ["strategy", "material", "metric", "failure_mode", "condition"])
def test_phrasing_suggestions_are_all_read(kind: str) -> None:
    for concept in ONTOLOGY.of_kind(kind)[:40]:  # type: ignore[arg-type]
        for template in load_phrasings().suggest[concept.kind]:
            question = template.format(label=concept.label)
            assert readings(question, ONTOLOGY)[0].complete, question
