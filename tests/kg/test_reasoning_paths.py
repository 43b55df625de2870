from kg.assemble import assemble
from kg.reasoning.gaps import half_cells_only, known_here_but_not_there, never_reported
from kg.reasoning.mechanisms import mechanism_paths
from kg.reasoning.partners import find_partners
from kg.reasoning.ranking import rank_measurements
from ontology.model import CauseChange
from ontology.terms import Ontology
from tests.kg.builders import at, concept, iri, measures, number, ontology, replace, says, work

ONTOLOGY = ontology()


def assembled(*works):
    return assemble(works, ONTOLOGY)


# --- mechanisms ---


def test_mechanism_path_multiplies_signs_and_names_its_weakest_link():
    found = assembled(
        work("10.1000/a", says("coating", "decreases", "hf-corrosion")),
        work("10.1000/b", says("hf-corrosion", "increases", "sei-dissolution", hedged=True)),
        work("10.1000/c", says("sei-dissolution", "decreases", "calendar-life")),
    )
    (path,) = mechanism_paths(found, ONTOLOGY, iri("coating"), iri("calendar-life"))
    effects = {effect.iri: effect for effect in found.effects}
    assert [concept.rsplit("/", 1)[-1] for concept in path.concepts] == [
        "coating",
        "hf-corrosion",
        "sei-dissolution",
        "calendar-life",
    ]
    assert path.direction == "increases"
    assert effects[path.weakest].key.cause == iri("hf-corrosion")
    assert path.belief == min(effects[link].belief for link in path.effects)


def test_mechanism_path_does_not_mix_regimes_or_pass_through_another_strategy():
    cycling, storage = at(regime="cycling"), at(regime="storage")
    mixed = assembled(
        work("10.1000/a", says("coating", "decreases", "hf-corrosion", conditions=cycling)),
        work("10.1000/b", says("hf-corrosion", "decreases", "ice", conditions=storage)),
    )
    assert mechanism_paths(mixed, ONTOLOGY, iri("coating"), iri("ice")) == ()
    chained = assembled(work("10.1000/a", says("coating", "increases", "fec"), says("fec", "increases", "ice")))
    assert mechanism_paths(chained, ONTOLOGY, iri("coating"), iri("ice")) == ()


def test_mechanism_paths_are_limited_in_length_and_empty_for_strangers():
    found = assembled(
        work("10.1000/a", says("coating", "decreases", "hf-corrosion"), says("hf-corrosion", "decreases", "ice"))
    )
    assert len(mechanism_paths(found, ONTOLOGY, iri("coating"), iri("ice"))) == 1
    assert mechanism_paths(found, ONTOLOGY, iri("coating"), iri("ice"), longest=1) == ()
    assert (
        mechanism_paths(found, ONTOLOGY, "nobody", iri("ice"))
        == mechanism_paths(found, ONTOLOGY, iri("ice"), iri("ice"))
        == ()
    )


def test_mechanism_path_goes_on_through_the_quantity_of_a_failure():
    found = assembled(
        work("10.1000/a", says("coating", "decreases", "lithium-loss")),
        work("10.1000/b", says("lithium-loss", "decreases", "calendar-life")),
    )
    (path,) = mechanism_paths(found, ONTOLOGY, iri("coating"), iri("calendar-life"))
    assert (path.concepts[1], path.direction) == (iri("lithium-inventory"), "increases")


# --- partners ---


def test_partner_offsets_a_cost_and_says_whether_anyone_tried_both():
    found = assembled(
        work("10.1000/a", says("fec", "increases", "cycle-life"), says("fec", "decreases", "calendar-life")),
        work("10.1000/b", says("artificial-sei", "increases", "calendar-life"), says("fec", "increases", "cycle-life")),
    )
    (pair,) = find_partners(found, ONTOLOGY)
    assert (pair.cause, pair.partner, pair.target) == (iri("fec"), iri("artificial-sei"), iri("calendar-life"))
    assert (pair.clashes, pair.reported_together) == ((), ("doi:10.1000/b",))


def test_partner_who_harms_what_the_other_helps_is_a_clash():
    found = assembled(
        work("10.1000/a", says("fec", "increases", "cycle-life"), says("fec", "decreases", "ice")),
        work("10.1000/b", says("prelithiation", "increases", "ice"), says("prelithiation", "decreases", "cycle-life")),
    )
    pairs = find_partners(found, ONTOLOGY, cause=iri("fec"))
    assert [(pair.partner, [target for target, _, _ in pair.clashes]) for pair in pairs] == [
        (iri("prelithiation"), [iri("cycle-life")])
    ]


def test_partner_does_not_harm_the_target_itself_and_keeps_the_regime():
    contested = assembled(
        work("10.1000/a", says("fec", "increases", "cycle-life"), says("fec", "decreases", "ice")),
        work("10.1000/b", says("coating", "increases", "ice")),
        work("10.1000/c", says("coating", "decreases", "ice")),
    )
    assert find_partners(contested, ONTOLOGY, cause=iri("fec")) == ()
    apart = assembled(
        work(
            "10.1000/a",
            says("fec", "increases", "cycle-life"),
            says("fec", "decreases", "ice", conditions=at(regime="storage")),
        ),
        work("10.1000/b", says("coating", "increases", "ice", conditions=at(regime="cycling"))),
    )
    assert find_partners(apart, ONTOLOGY) == ()


def test_partner_is_no_kind_of_the_lever_itself():
    found = assembled(
        work("10.1000/a", says("fec", "increases", "cycle-life"), says("fec", "decreases", "ice")),
        work("10.1000/b", says("additive", "increases", "ice")),
    )
    assert find_partners(found, ONTOLOGY) == ()


# --- gaps ---


def test_partners_are_things_one_does_and_no_umbrella_is_a_price() -> None:
    nouns = Ontology(
        {**ONTOLOGY.concepts, iri("all"): concept("all", "metric", "higher_better", umbrella=True)}, digest="u"
    )
    said = (says("fec", "increases", "ice"), says("fec", "decreases", "energy-density"))
    for partner, target in (("libob", "energy-density"), ("coating", "all")):
        more = replace(says("fec", "decreases", target), target_concept=iri(target))
        gain = replace(says(partner, "increases", target), target_concept=iri(target))
        assert find_partners(assemble([work("10.1/a", *said, more), work("10.1/b", gain)], nouns), nouns) == ()
    strategy = says("coating", "increases", "energy-density")
    assert find_partners(assemble([work("10.1/a", *said), work("10.1/b", strategy)], nouns), nouns) != ()


def test_gaps_name_strategies_without_evidence_for_a_metric():
    found = assembled(
        work("10.1000/a", says("fec", "increases", "cycle-life", conditions=at(cell="half"))),
        work(
            "10.1000/b", says("coating", "increases", "cycle-life"), says("coating", "increases", "storage-performance")
        ),
        work("10.1000/c", says("prelithiation", "increases", "ice", conditions=at(cell="full"))),
    )
    assert never_reported(found, iri("calendar-life"), ONTOLOGY) == (iri("fec"), iri("prelithiation"))
    assert known_here_but_not_there(found, iri("cycle-life"), iri("calendar-life"), ONTOLOGY) == (iri("fec"),)
    assert half_cells_only(found) == (iri("fec"),)


# --- comparable measurements ---


def ice(value, **conditions):
    return measures("ice", value, conditions=at(**conditions))


def ranked(*measurements, **options):
    return rank_measurements([(f"m{n}", measurement) for n, measurement in enumerate(measurements)], **options)


def values(group):
    return [measurement.canonical_value for _, measurement in group.members]


def test_ranking_never_compares_half_cells_full_cells_and_prelithiated_ones():
    ranking = ranked(
        ice(91.5, cell="half"),
        ice(98.7, cell="full", prelithiation="chemical"),
        ice(103.0, cell="half", prelithiation="chemical"),
        ice(88.0, cell="half"),
    )
    assert [values(group) for group in ranking.groups] == [[91.5, 88.0], [98.7], [103.0]]
    assert ranking.groups[1].differs == (
        ("cell", "full", "half"),
        ("prelithiation", "chemical", "not stated"),
    )
    assert ranking.groups[2].differs == (("prelithiation", "chemical", "not stated"),)


def test_ranking_names_what_a_measurement_lacks():
    capacity = measures("ice", 1500.0, "mAh/g", conditions=at(cell="half"))
    ranking = ranked(
        ice(90.0), replace(ice(1.0, cell="half"), canonical_value=None), capacity, replace(capacity, basis="Si")
    )
    assert [apart.missing for apart in ranking.apart] == [("cell",), ("value",), ("basis",)]
    assert [values(group) for group in ranking.groups] == [[1500.0]]


def test_ranking_keeps_modes_reference_cycles_and_hosts_apart():
    ranking = ranked(
        ice(1.0, cell="half"),
        replace(ice(2.0, cell="half"), mode="simulated"),
        ice(3.0, cell="half", reference_cycle=(3, "cycles")),
        ice(4.0, cell="half", host="graphite"),
        ice(0.0, cell="half"),
    )
    assert sorted(map(values, ranking.groups)) == [[1.0, 0.0], [2.0], [3.0], [4.0]]


def test_ranking_puts_the_lowest_first_where_low_is_good():
    assert values(ranked(ice(2.0, cell="half"), ice(1.0, cell="half"), best="lowest").groups[0]) == [1.0, 2.0]
    assert ranked().groups == ()


def test_builders_level_is_a_change_of_the_cause():
    assert says("fec", "increases", "ice", change="level", level=number(5, "wt%")).cause_change == CauseChange(
        "level", number(5, "wt%")
    )
