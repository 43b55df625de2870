import pytest

from kg.assemble import assemble
from kg.sides import Side, sides_of
from ontology.model import Comparator, Quantity
from tests.kg.builders import at, iri, number, ontology, says, work

ONTOLOGY = ontology()


def assembled(*works):
    return assemble(works, ONTOLOGY)


def kinds(found):
    return [edge.kind for edge in found.double_edges]


# --- double edges ---------------------------------------------------------------------------------------------------


def test_double_edge_trade_off_names_what_separates_its_edges():
    (edge,) = assembled(
        work("10.1000/a", says("fec", "increases", "cycle-life", conditions=at(temperature=(25, "°C"), cell="half"))),
        work("10.1000/b", says("fec", "decreases", "storage-performance", conditions=at(temperature=(60, "°C")))),
    ).double_edges
    assert (edge.kind, edge.cause) == ("trade_off", iri("fec"))
    assert edge.separated_by == (("regime", "cycling", "storage"), ("temperature", "25 °C", "60 °C"))


def test_double_edge_regime_reversal_turns_on_a_known_condition():
    (edge,) = assembled(
        work("10.1000/a", says("fec", "increases", "ice", conditions=at(regime="cycling"))),
        work("10.1000/b", says("fec", "decreases", "ice", conditions=at(regime="storage", temperature=(60, "°C")))),
    ).double_edges
    assert (edge.kind, edge.separated_by) == ("regime_reversal", (("regime", "cycling", "storage"),))


@pytest.mark.parametrize("how", [{"mode": "simulated"}, {"host": "graphite"}, {}])
def test_double_edge_is_none_where_only_the_method_or_nothing_differs(how):
    found = assembled(
        work("10.1000/a", says("fec", "increases", "ice", conditions=at(mode="measured", cell="half"))),
        work("10.1000/b", says("fec", "decreases", "ice", conditions=at(cell="half", **how))),
    )
    assert kinds(found) == []


def test_double_edge_of_removal_is_not_one_of_application():
    found = assembled(
        work("10.1000/a", says("fec", "increases", "ice"), says("fec", "decreases", "cycle-life", change="removed"))
    )
    assert kinds(found) == []


def test_double_edge_needs_a_lever():
    found = assembled(
        work("10.1000/a", says("sei-cracking", "increases", "ice"), says("sei-cracking", "decreases", "cycle-life"))
    )
    assert kinds(found) == []


# --- optimum ----------------------------------------------------------------------------------------------------------


def dose(value, direction, **fields):
    return says("fec", direction, "capacity-retention", change="level", level=number(value, "wt%"), **fields)


def test_optimum_of_three_papers_has_window_and_flanks_and_no_contradiction():
    found = assembled(
        work("10.1000/a", dose(5, "increases")),
        work("10.1000/b", dose(10, "optimum", window=number(10, "wt%"))),
        work("10.1000/c", dose(25, "decreases")),
    )
    (edge,) = found.double_edges
    assert (edge.kind, edge.window) == ("optimum", number(10, "wt%"))
    assert edge.separated_by == (("above", "", "25 wt%"), ("below", "5 wt%", ""), ("window", "10 wt%", ""))
    assert found.contradictions == ()


def test_optimum_follows_from_opposite_slopes_alone():
    found = assembled(work("10.1000/a", dose(5, "increases")), work("10.1000/c", dose(25, "decreases")))
    (edge,) = found.double_edges
    assert (edge.kind, edge.window, edge.separated_by[0]) == ("optimum", number(5, "wt%"), ("above", "", "25 wt%"))
    assert found.contradictions == ()


def test_optimum_window_holds_all_stated_ones_of_a_unit():
    window = Quantity(low=400.0, high=600.0, unit="°C", text="400–600 °C")
    (edge,) = assembled(
        work("10.1000/a", says("coating", "optimum", "ice", window=window)),
        work("10.1000/b", says("coating", "optimum", "ice", window=number(650, "°C"))),
    ).double_edges
    assert (edge.window.low, edge.window.high, edge.window.unit) == (400.0, 650.0, "°C")


def test_optimum_stated_by_one_sentence_is_found_without_flanks():
    (edge,) = assembled(
        work("10.1000/a", says("coating", "optimum", "ice", window=Quantity(text="moderate")))
    ).double_edges
    assert (edge.gain, edge.separated_by) == (edge.cost, (("window", "moderate", ""),))


def test_optimum_excess_harms_what_the_lever_helps():
    (edge,) = assembled(
        work("10.1000/a", says("fec", "increases", "ice")),
        work("10.1000/b", says("fec", "decreases", "ice", change="excess")),
    ).double_edges
    assert (edge.kind, edge.separated_by) == ("optimum", (("above", "", "excess"),))


# --- contradictions ---


def opposed(first, second, **fields):
    (clash,) = assembled(
        work("10.1000/a", says("fec", "increases", "ice", conditions=first)),
        work("10.1000/b", says("fec", "decreases", "ice", conditions=second, **fields)),
    ).contradictions
    return clash


def test_contradiction_needs_a_shared_condition_and_no_difference():
    clash = opposed(at(cell="full", temperature=(25, "°C")), at(cell="full"))
    assert (clash.status, clash.shared, clash.unknown) == ("contradiction", (("cell", "full"),), ("temperature",))


def test_contradiction_is_explained_by_the_condition_that_differs():
    clash = opposed(at(cell="full", temperature=(25, "°C")), at(cell="full", temperature=(55, "°C")))
    pair = {clash.differing[0][1], clash.differing[0][2]}
    assert (clash.status, clash.differing[0][0], pair) == ("explained", "temperature", {"25 °C", "55 °C"})


def test_contradiction_is_unknown_where_nothing_is_shared():
    assert opposed(at(cell="full"), at()).unknown == ("cell",)
    assert opposed(at(), at()).unknown == ("conditions",)


def test_contradiction_is_unknown_where_one_side_names_no_comparator():
    clash = opposed(at(cell="full"), at(cell="full"), comparator=Comparator("strategy", "LiBOB", iri("libob")))
    assert (clash.status, clash.unknown) == ("unknown", ("comparator",))


def test_contradiction_ignores_regime_as_common_ground():
    assert opposed(at(regime="storage"), at(regime="storage")).status == "unknown"


def test_contradiction_within_one_work_is_none():
    found = assembled(work("10.1000/a", says("fec", "increases", "ice"), says("fec", "decreases", "ice")))
    assert found.contradictions == ()


# The published case of FEC in storage, facts only: arXiv 2512.01084 against an FEC-free electrolyte on a silicon-rich
# anode; Verma et al. against LiBOB on silicon-graphite.
PROJECTED = says(
    "fec",
    "increases",
    "calendar-life",
    comparator=Comparator("untreated", "FEC-free LiPF6 electrolyte"),
    conditions=at(silicon_of_electrode=(80, "wt%"), mode="projected", end_of_life=(80, "%")),
    magnitude=Quantity(low=22.0, high=279.0, unit="d", text="22 to 279 days"),
)
EXTRAPOLATED = {
    "comparator": Comparator("strategy", "LiBOB", iri("libob")),
    "conditions": at(silicon_of_electrode=(15, "wt%"), mode="extrapolated"),
}


def fec_case(first, **second):
    found = assembled(
        work("10.48550/arXiv.2512.01084", first),
        work("10.1149/verma", says("fec", "decreases", "calendar-life", **second)),
    )
    (clash,) = found.contradictions
    return found, clash


def test_contradiction_fec_case_is_explained_by_comparator_and_silicon_share():
    found, clash = fec_case(PROJECTED, **EXTRAPOLATED)
    assert clash.status == "explained"
    assert [field for field, _, _ in clash.differing] == ["comparator", "silicon_of_electrode"]
    assert {"FEC-free LiPF6 electrolyte", "LiBOB", "80 wt%", "15 wt%"} <= {
        text for row in clash.differing for text in row
    }
    assert kinds(found) == []


def test_contradiction_fec_case_without_those_conditions_is_unknown():
    bare = at(mode="projected", end_of_life=(80, "%"))
    _, clash = fec_case(says("fec", "increases", "calendar-life", conditions=bare), conditions=at(mode="extrapolated"))
    assert (clash.status, clash.unknown) == ("unknown", ("end_of_life",))


# --- indirect help ---


def helped(*works):
    return [
        (help_.cause.rsplit("/", 1)[-1], help_.metric.rsplit("/", 1)[-1], len(help_.via))
        for help_ in assembled(*works).indirect
    ]


SUPPRESSES = says("artificial-sei", "decreases", "sei-dissolution")


def test_indirect_help_goes_through_a_suppressed_failure_mode():
    found = assembled(work("10.1000/a", SUPPRESSES))
    (help_,) = found.indirect
    assert (help_.metric, help_.regime, help_.via) == (iri("calendar-life"), "storage", (iri("sei-dissolution"),))
    assert help_.effects == (found.effects[0].iri,)
    assert help_.belief < found.effects[0].belief


def test_indirect_help_finds_a_failure_mode_behind_its_quantity():
    (help_,) = assembled(work("10.1000/a", says("prelithiation", "decreases", "lithium-loss"))).indirect
    assert (help_.via, help_.metric) == ((iri("lithium-loss"),), iri("calendar-life"))
    assert helped(work("10.1000/a", says("prelithiation", "increases", "lithium-loss"))) == []


def test_indirect_help_takes_at_most_two_links():
    caused = says("hf-corrosion", "increases", "sei-dissolution")
    assert helped(work("10.1000/a", says("coating", "decreases", "hf-corrosion"), caused)) == [
        ("coating", "calendar-life", 2)
    ]
    further = says("sei-dissolution", "increases", "sei-cracking")
    assert ("coating", "cycle-life", 3) not in helped(
        work("10.1000/a", says("coating", "decreases", "hf-corrosion"), caused, further)
    )


def test_indirect_help_stays_in_its_regime():
    cycling = says("artificial-sei", "decreases", "sei-dissolution", conditions=at(regime="cycling"))
    assert helped(work("10.1000/a", cycling)) == []


@pytest.mark.parametrize(
    ("conditions", "helps"),
    [
        (at(regime="storage"), "calendar-life"),
        (at(regime="cycling"), "cycle-life"),
        (at(storage_time=(30.0, "d")), "calendar-life"),
        (at(cycles=(200.0, "")), "cycle-life"),
        (at(), None),
    ],
    ids=["stated storage", "stated cycling", "told by storage time", "told by cycles", "nothing said"],
)
def test_indirect_help_takes_the_regime_from_the_sentence_where_a_failure_mode_harms_in_both(conditions, helps):
    found = helped(work("10.1000/a", says("artificial-sei", "decreases", "side-reactions", conditions=conditions)))
    assert found == ([("artificial-sei", helps, 1)] if helps else [])


def test_indirect_help_by_a_sentence_on_cycling_says_nothing_of_storage():
    # dead silicon is a kind of what harms storage, but itself harms cycling
    silent = says("artificial-sei", "decreases", "dead-silicon")
    assert helped(work("10.1000/a", silent)) == [("artificial-sei", "cycle-life", 1)]
    stored = says("artificial-sei", "decreases", "dead-silicon", conditions=at(regime="storage"))
    assert helped(work("10.1000/a", stored)) == [("artificial-sei", "calendar-life", 1)]


@pytest.mark.parametrize(
    "harm",
    [
        says("artificial-sei", "decreases", "calendar-life"),
        says("artificial-sei", "decreases", "storage-performance"),
        says("artificial-sei", "increases", "sei-dissolution"),
    ],
    ids=["the metric", "a narrower metric", "the failure mode"],
)
def test_indirect_help_is_not_offered_by_what_harms(harm):
    assert helped(work("10.1000/a", SUPPRESSES), work("10.1000/b", harm)) == []


def test_indirect_help_comes_from_applying_a_lever_only():
    removed = says("artificial-sei", "decreases", "sei-dissolution", change="removed")
    assert (
        helped(work("10.1000/a", removed), work("10.1000/b", says("sei-cracking", "decreases", "sei-dissolution")))
        == []
    )


def test_double_edge_names_the_host_that_its_cost_was_found_on():
    found = assembled(
        work("10.1/a", says("coating", "increases", "ice")),
        work("10.1/b", says("coating", "decreases", "energy-density", conditions=at(host="red phosphorus"))),
    )
    (edge,) = found.double_edges
    assert edge.separated_by == (("host", "silicon-carbon anode", "red phosphorus"),)
    cost, gain = sorted(found.effects, key=lambda effect: effect.target_label)
    assert (cost.elsewhere, gain.elsewhere) == (True, False)
    weighed = sides_of(found.effects, ONTOLOGY)
    assert (weighed[cost.iri], weighed[gain.iri].side) == (Side(), "gain")
