from app.ranking import texts


def test_ranking_names_the_field_of_a_condition_only_where_its_words_do_not() -> None:
    assert texts("cell full; cycles 1050 cycles; note high temperatures") == (
        "cell full",
        "1050 cycles",
        "high temperatures",
    )


def test_ranking_drops_a_note_that_another_condition_holds() -> None:
    assert texts("cycles 1050 cycles; note after 1050 cycles", "comparator FEC-free electrolyte; note FEC-free") == (
        "1050 cycles",
        "comparator FEC-free electrolyte",
    )


def test_ranking_puts_the_regime_of_the_effect_for_those_of_its_statements() -> None:
    assert texts("regime cycling", regime="storage") == ("regime storage",)
