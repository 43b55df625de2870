import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from ontology.model import Comparator, Quantity
from tests.kg.builders import at, iri, number, ontology, replace, says, work

ONTOLOGY = ontology()


def assembled(*works):
    return assemble(works, ONTOLOGY)


def effects(*works):
    return {
        (
            effect.key.cause.rsplit("/", 1)[-1],
            effect.key.change,
            effect.key.target.rsplit("/", 1)[-1],
            effect.key.direction,
        ): effect
        for effect in assembled(*works).effects
    }


def test_assemble_pools_opposites_in_one_quantity():
    (effect,) = assembled(
        work("10.1000/a", says("fec", "decreases", "capacity-fade")),
        work("10.1000/b", says("fec", "increases", "capacity-retention")),
    ).effects
    assert (effect.key.target, effect.key.direction, effect.verdict) == (
        iri("capacity-retention"),
        "increases",
        "beneficial",
    )
    assert effect.works == ("doi:10.1000/a", "doi:10.1000/b")


def test_assemble_without_a_thing_never_supports_the_thing():
    found = effects(work("10.1000/a", says("fec", "decreases", "cycle-life", change="removed")))
    assert list(found) == [("fec", "removed", "cycle-life", "decreases")]


def test_assemble_negated_rise_is_no_change():
    found = effects(work("10.1000/a", says("fec", "increases", "ice", negated=True)))
    assert found["fec", "applied", "ice", "no_change"].verdict == "neutral"


def test_assemble_knows_the_regime_of_a_target_and_of_what_it_is_a_kind_of():
    found = assembled(
        work(
            "10.1000/a", *(says("fec", "increases", target) for target in ("storage-performance", "cycle-life", "ice"))
        )
    )
    assert {e.target_label: e.key.regime for e in found.effects} == {
        "storage performance": "storage",
        "cycle life": "cycling",
        "ice": "unspecified",
    }


def test_assemble_takes_a_stated_regime_where_the_target_has_none():
    (effect,) = assembled(work("10.1000/a", says("fec", "increases", "ice", conditions=at(regime="storage")))).effects
    assert effect.key.regime == "storage"


def test_assemble_judges_a_context_metric_only_by_what_texts_say():
    quiet = effects(work("10.1000/a", says("coating", "decreases", "porosity")))
    said = effects(work("10.1000/a", says("coating", "decreases", "porosity", verdict="beneficial")))
    split = effects(
        work("10.1000/a", says("coating", "decreases", "porosity", verdict="beneficial")),
        work("10.1000/b", says("coating", "decreases", "porosity", verdict="detrimental")),
    )
    key = ("coating", "applied", "porosity", "decreases")
    assert [found[key].verdict for found in (quiet, said, split)] == ["undetermined", "beneficial", "mixed"]


def test_assemble_judges_a_failure_by_itself_where_its_quantity_is_neither_good_nor_bad():
    (effect,) = assembled(work("10.1000/a", says("coating", "decreases", "sei-growth"))).effects
    assert (effect.key.target, effect.verdict) == (iri("sei-thickness"), "beneficial")


def test_assemble_keeps_unknown_names_local_and_systematic_ones_shared():
    local = assembled(
        work("10.1000/a", says("S1", "increases", "ice")), work("10.1000/b", says("S1", "increases", "ice"))
    )
    shared = assembled(
        work("10.1000/a", says("Li2ZrF6", "increases", "ice")), work("10.1000/b", says("Li2ZrF6", "increases", "ice"))
    )
    assert [len(found.effects) for found in (local, shared)] == [2, 1]
    assert shared.effects[0].cause_label == "Li2ZrF6"
    assert shared.concepts == (iri("ice"),)


def test_assemble_comparator_sets_effects_apart():
    against = Comparator("strategy", "LiBOB", iri("libob"))
    found = assembled(
        work("10.1000/a", says("fec", "increases", "ice"), says("fec", "increases", "ice", comparator=against))
    )
    assert {effect.key.comparator for effect in found.effects} == {"unspecified", iri("libob")}


def test_assemble_summarises_conditions():
    (effect,) = assembled(
        work("10.1000/a", says("fec", "increases", "ice", conditions=at(cell="half", temperature=(25, "°C")))),
        work("10.1000/b", says("fec", "increases", "ice", conditions=at(cell="full"))),
    ).effects
    assert effect.conditions == (("cell", "full"), ("cell", "half"), ("temperature", "25 °C"))


# --- support ------------------------------------------------------------------------------------------------------

X = "10.1000/x"


def cites(direction="increases", **fields):
    return says("fec", direction, "ice", source_kind="cited", citations=("7",), **fields)


def test_assemble_shows_conditions_that_are_known_in_words_alone_without_comparing_them():
    (effect,) = assembled(
        work("10.1000/a", says("fec", "increases", "capacity-fade", conditions=at(note="high temperatures"))),
        work("10.1000/b", says("fec", "increases", "capacity-fade")),
    ).effects
    assert effect.conditions == (("note", "high temperatures"),)


def test_assemble_review_citing_a_work_thrice_and_the_work_itself_are_one_voice():
    review = work("10.1000/review", *(cites(quote=f"Sentence {n}.") for n in range(3)), cites={"7": X})
    alone = effects(work(X, says("fec", "increases", "ice")))["fec", "applied", "ice", "increases"]
    both = effects(review, work(X, says("fec", "increases", "ice")))["fec", "applied", "ice", "increases"]
    assert both.works == alone.works == (f"doi:{X}",)
    assert both.belief == alone.belief
    assert both.unconfirmed == ()
    assert len(both.assertions) == 4


def test_assemble_cited_sentence_counts_for_a_work_not_in_the_library():
    effect = effects(work("10.1000/review", cites(), cites={"7": X}))["fec", "applied", "ice", "increases"]
    assert effect.works == (f"doi:{X}",)


def test_assemble_review_is_unconfirmed_where_the_cited_work_says_the_opposite():
    found = effects(work("10.1000/review", cites(), cites={"7": X}), work(X, says("fec", "decreases", "ice")))
    effect = found["fec", "applied", "ice", "increases"]
    assert (effect.works, effect.unconfirmed) == (("doi:10.1000/review",), (f"doi:{X}",))
    assert effect.belief < found["fec", "applied", "ice", "decreases"].belief


def test_assemble_preprint_and_article_are_one_voice():
    names = {"title": "Ageing of silicon", "authors": ("Li, Wei",)}
    (effect,) = assembled(
        work("10.48550/arXiv.1", says("fec", "increases", "ice"), **names),
        work("10.1000/article", says("fec", "increases", "ice"), **names),
    ).effects
    assert len(effect.works) == 1


def test_assemble_digest_counts_for_its_work_but_less():
    said = says("fec", "increases", "ice")
    (own,), (digest,) = assembled(work(X, said)).effects, assembled(work(X, said, summary_of=X)).effects
    assert digest.works == own.works
    assert digest.belief < own.belief


def test_assemble_finding_on_another_host_counts_little_and_shows_it():
    (effect,) = assembled(work(X, says("fec", "increases", "ice", conditions=at(host="red phosphorus")))).effects
    assert effect.belief < 0.2
    assert ("host", "red phosphorus") in effect.conditions


# --- properties ---------------------------------------------------------------------------------------------------

CAUSES = st.sampled_from(["fec", "coating", "artificial-sei", "S1", "sei-cracking"])
TARGETS = st.sampled_from(
    ["cycle-life", "calendar-life", "capacity-fade", "ice", "sei-cracking", "sei-dissolution", "wetting"]
)
CONDITIONS = st.builds(
    at,
    cell=st.sampled_from([None, "half", "full"]),
    regime=st.sampled_from([None, "cycling", "storage"]),
    temperature=st.sampled_from([None, (25, "°C"), (60, "°C")]),
)
ASSERTIONS = st.builds(
    says,
    CAUSES,
    st.sampled_from(["increases", "decreases", "no_change", "optimum", "mixed"]),
    TARGETS,
    quote=st.sampled_from(["One.", "Two.", "Three."]),
    change=st.sampled_from(["applied", "removed", "excess", "level"]),
    conditions=CONDITIONS,
    level=st.sampled_from([None, number(5, "wt%"), number(25, "wt%")]),
    hedged=st.booleans(),
    negated=st.booleans(),
    confidence=st.sampled_from([0.3, 0.9, 1.0]),
    source_kind=st.sampled_from(["own_result", "cited"]),
    citations=st.sampled_from([(), ("1",), ("2",)]),
)
LIBRARIES = st.lists(st.lists(ASSERTIONS, max_size=5), max_size=5).map(
    lambda works: [
        work(f"10.1000/{n}", *said, cites={"1": "10.1000/0", "2": "10.9000/z"}) for n, said in enumerate(works)
    ]
)


@given(LIBRARIES, st.randoms())
@settings(max_examples=100, deadline=None)
def test_assemble_does_not_depend_on_the_order_of_works(works, chance):
    shuffled = works.copy()
    chance.shuffle(shuffled)
    assert assembled(*shuffled) == assembled(*works)


@given(LIBRARIES)
@settings(max_examples=50, deadline=None)
def test_assemble_refers_only_to_what_it_holds(works):
    found = assembled(*works)
    known = {effect.iri for effect in found.effects}
    assert len(known) == len(found.effects)
    named = [iri for edge in found.double_edges for iri in (edge.gain, edge.cost)]
    named += [iri for clash in found.contradictions for iri in (clash.first, clash.second)]
    named += [iri for help_ in found.indirect for iri in help_.effects]
    assert set(named) <= known
    assert all(0 <= effect.belief < 1 and effect.works for effect in found.effects)
    assert all(len(help_.via) in (1, 2) for help_ in found.indirect)


@given(LIBRARIES, ASSERTIONS)
@settings(max_examples=50, deadline=None)
def test_assemble_another_work_never_lowers_a_belief(works, said):
    said = replace(said, source_kind="own_result")
    before = {effect.iri: effect.belief for effect in assembled(*works).effects}
    # 10.5000/new is cited by nobody, so it confirms and refutes nothing that others quote
    after = {effect.iri: effect.belief for effect in assembled(*works, work("10.5000/new", said)).effects}
    assert all(after[iri] >= belief for iri, belief in before.items())


def test_assemble_is_deterministic_for_shuffled_synthetic_works():
    works = [
        work(f"10.2000/{n}", says("fec", random.Random(n).choice(["increases", "decreases"]), "ice")) for n in range(50)
    ]
    assert assembled(*works) == assembled(*reversed(works))


def test_assemble_of_nothing_is_nothing():
    assert assembled() == type(assembled())()
    assert Quantity() == Quantity()
