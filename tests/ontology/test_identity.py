from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.identity import (
    assertion_iri,
    contradiction_iri,
    effect_iri,
    local_iri,
    normalise_doi,
    numbered,
    title_key,
    work_iri,
    work_key,
)
from ontology.model import Assertion, Conditions, Document, EffectKey, Evidence, Quantity, Span
from ontology.vocabulary import ID_NS

PAPER = Document(id="a", path="a.txt", format="text", text="x", sha256="f1", text_sha256="t1")


def assertion(quote: str = "FEC helps.", **changes: object) -> Assertion:
    base = Assertion(
        "FEC", None, "strategy", Span(0, 3), "cycle life", None, "metric", Span(0, 3), "increases", "beneficial"
    )
    return replace(base, evidence=(Evidence("sentence", 0, len(quote), quote),), **changes)


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1039/D4EE00001A", "10.1039/d4ee00001a"),
        ("https://doi.org/10.1039/d4ee00001a.", "10.1039/d4ee00001a"),
        (
            "doi: 10.1002/(SICI)1097-4628(1999)71:1<1::AID-APP1>3.0.CO;2-X",
            "10.1002/(sici)1097-4628(1999)71:1<1::aid-app1>3.0.co;2-x",
        ),
        ("(10.1016/j.a.2020.01.001)", "10.1016/j.a.2020.01.001"),
        ("10.48550/arXiv.2512.01084v2", "10.48550/arxiv.2512.01084"),
        ("10.26434/chemrxiv-2024-abcde-v3", "10.26434/chemrxiv-2024-abcde"),
        ("https://doi.org/10.1000%2Fxyz", "10.1000/xyz"),
        ("no doi at all", ""),
    ],
)
def test_identity_normalises_dois(written, doi):
    assert normalise_doi(written) == doi


@given(st.text())
def test_identity_normalising_twice_is_once(text):
    assert normalise_doi(normalise_doi(text)) == normalise_doi(text)


def test_identity_pdf_and_jats_of_a_doi_are_one_work():
    pdf = replace(PAPER, doi="https://doi.org/10.1/ABC", format="pdf")
    assert work_key(replace(pdf, doi="10.1234/ABC")) == work_key(replace(PAPER, doi="doi:10.1234/abc", format="jats"))


def test_identity_digest_is_about_the_work_it_summarises():
    assert work_key(replace(PAPER, summary_of="10.1234/abc", doi="10.9999/digest")) == "doi:10.1234/abc"


def test_identity_falls_back_to_issue_then_title_then_text():
    named = replace(PAPER, title="Ageing of silicon", authors=("Li, Wei",))
    issue = replace(named, venue="J. Power Sources", year=2020, volume="12", first_page="34")
    assert work_key(issue) == "issue:jpowersources:2020:12:34"
    assert work_key(named) == work_key(replace(named, title="AGEING OF SILICON ", authors=("Wei Li",)))
    assert work_key(replace(PAPER, title="Editorial")) == "text:t1" == work_key(PAPER)
    assert title_key("Editorial", ()) == ""


def test_identity_of_an_assertion_survives_reextraction():
    first = assertion(confidence=0.4, rule="a", extractor="1")
    again = assertion(confidence=0.9, rule="b", extractor="2", conditions=Conditions(temperature=Quantity(value=60.0)))
    assert assertion_iri("doi:10.1/a", first) == assertion_iri("doi:10.1/a", again)
    assert assertion_iri("doi:10.1/a", first) != assertion_iri("doi:10.1/b", first)
    assert assertion_iri("doi:10.1/a", first) != assertion_iri("doi:10.1/a", assertion(negated=True))


def test_identity_tells_equal_assertions_of_one_sentence_apart():
    pairs = numbered("doi:10.1/a", [assertion(), assertion(), assertion("Other.")], assertion_iri)
    assert len({iri for iri, _ in pairs}) == 3


@pytest.mark.parametrize(
    "name", ["Li2ZrF6", "SiOx", "lithium difluoro(oxalato)borate", "tris(trimethylsilyl) phosphite"]
)
def test_identity_formula_or_full_name_is_one_thing_everywhere(name):
    assert local_iri("doi:10.1/a", name) == local_iri("doi:10.1/b", name)


@pytest.mark.parametrize(
    "name", ["S1", "SiC1", "PVC", "our binder", "composite electrode", "porous carbon", "", "x" * 10_000]
)
def test_identity_label_is_local_to_its_work(name):
    assert local_iri("doi:10.1/a", name) != local_iri("doi:10.1/b", name)


def test_identity_abbreviation_in_brackets_does_not_split_a_name():
    full = local_iri("doi:10.1/a", "fluoroethylene carbonate (FEC)")
    assert full == local_iri("doi:10.1/b", "Fluoroethylene carbonate")


@given(st.text())
def test_identity_iris_hold_no_character_an_iri_forbids(text):
    for iri in (work_iri(f"doi:10.1/{text}"), local_iri(text, text)):
        assert iri.startswith(ID_NS)
        assert iri.isascii()
        assert not set(iri) & set(' <>"{}|\\^`\n\r\t')


def test_identity_of_a_clash_does_not_depend_on_order():
    assert contradiction_iri("a", "b") == contradiction_iri("b", "a")
    key = EffectKey("c", "applied", "t", "increases", "cycling", "unspecified")
    assert effect_iri(key) != effect_iri(replace(key, regime="storage"))
