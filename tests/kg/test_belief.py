import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.belief import BASE, pooled_belief, weight
from tests.kg.builders import at, replace, says

SAID = says("fec", "increases", "ice")
WEIGHTS = st.lists(st.floats(0, 0.95), max_size=20)


@pytest.mark.parametrize(
    ("weights", "belief"),
    [([], 0.0), ([0.6], 0.6), ([0.6, 0.6], 0.84), ([0.6, 0.6, 0.6], 0.936), ([0.36], 0.36)],
)
def test_belief_is_the_documented_formula(weights, belief):
    assert pooled_belief(weights) == pytest.approx(belief)


def test_belief_weighs_source_hedge_confidence_host_and_digest():
    assert weight(SAID) == pytest.approx(0.6)
    assert weight(replace(SAID, hedged=True)) == pytest.approx(0.36)
    assert weight(replace(SAID, confidence=0.5)) == pytest.approx(0.3)
    assert weight(replace(SAID, conditions=at(host="graphite"))) == pytest.approx(0.18)
    assert weight(SAID, secondhand=0.8, unconfirmed=0.5) == pytest.approx(0.24)
    assert weight(replace(SAID, confidence=7.0)) == weight(SAID)


def test_belief_ranks_sources_from_own_result_to_hypothesis():
    order = ["own_result", "cited", "review_synthesis", "background", "hypothesis"]
    assert sorted(BASE, key=BASE.get, reverse=True) == order


@given(WEIGHTS, st.floats(0, 0.95))
def test_belief_never_falls_when_a_work_is_added(weights, another):
    assert pooled_belief([*weights, another]) >= pooled_belief(weights)


@given(WEIGHTS, st.randoms())
def test_belief_does_not_depend_on_order(weights, chance):
    shuffled = weights.copy()
    chance.shuffle(shuffled)
    assert pooled_belief(shuffled) == pooled_belief(weights) <= 1
