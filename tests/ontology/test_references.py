"""References without DOI name the works they mean, in the styles journals print them in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.references import named_by, names_of

TITLE = "Silicon, carbon and the space between: a made-up account of pores"
SUN = ("Li Sun", "Yu Liu")


@pytest.mark.parametrize(
    "text",
    [
        "L. Sun, Y. Liu and Z. Jin, *Adv. Funct. Mater.*, 2024, **34**, 2403032.",
        "Sun, L.; Liu, Y.; Jin, Z. A title. Adv. Funct. Mater. 2024, 34 (7), 2403032.",
        "[12] Li Sun, Yu Liu: A title. Adv Funct Mater. 2024;34(7):2403032",
        "Sun L, Liu Y and Jin Z 2024 Adv. Funct. Mater. 34 2403032",
        "L. Sun, Y. Liu, Adv. Funct. Mater., 34, 2024, 2403032",
        "L. Sun et al., Adv. Funct. Mater. 34 (2023) 2403032–2403041",
        "L. Sun, Y. Liu, Silicon, carbon and the space between: a made-up account of pores, in press, 2024",
    ],
)
def test_references_name_their_work_in_every_style(text: str) -> None:
    assert set(named_by(text)) & set(names_of(TITLE, SUN, year=2024, volume="34", first_page="2403032"))


@pytest.mark.parametrize(
    "text",
    [
        "L. Sun, Y. Liu and Z. Jin, Adv. Funct. Mater., 2020, 34, 2403032.",  # another year
        "L. Moon, Y. Liu and Z. Jin, Adv. Funct. Mater., 2024, 34, 2403032.",  # another author
        "L. Sun, Y. Liu and Z. Jin, Adv. Funct. Mater., 2024, 34, 2403033.",  # another page
        "L. Sun, Another account of quite different and larger pores, 2024",
        "",
        "in press",
    ],
)
def test_references_name_no_other_work(text: str) -> None:
    assert not set(named_by(text)) & set(names_of(TITLE, SUN, year=2024, volume="34", first_page="2403032"))


def test_references_need_author_and_year_of_a_work() -> None:
    assert names_of(TITLE, (), year=2024, volume="34", first_page="1") == ()
    assert names_of(TITLE, SUN, year=None, volume="34", first_page="1") == ()
    assert names_of("Editorial", SUN, year=2024, first_page="1") == ()


def test_references_of_accented_and_compound_names() -> None:
    for text in ("L. Ünal, J. X, 2024, 11, 24", "van der Meer, J., J. X, 2024, 11, 24"):
        author = "Ünal, Lara" if "nal" in text else "van der Meer, Jan"
        assert set(named_by(text)) & set(names_of("", (author,), year=2024, volume="11", first_page="24"))


@given(st.text(max_size=300))
def test_references_of_any_text_are_few_names(text: str) -> None:
    assert len(named_by(text)) <= 24


def test_references_of_hostile_length_are_read_at_once() -> None:
    start = time.perf_counter()
    for piece in ("(", "1 ", "2024 ", "-1", "a", "{", "*", "–1, "):
        named_by("Sun, " + piece * 10_000)
    assert time.perf_counter() - start < 5
