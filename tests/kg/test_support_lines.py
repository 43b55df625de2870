"""Who counts for an effect: a review and the paper it cites, in all its files and versions, are one voice."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.belief import BASE, SECONDHAND, UNCONFIRMED
from kg.library import Library
from ontology.model import Effect, Extraction, Reference
from tests.kg.builders import ontology, paper, says

X, PREPRINT = "10.1000/x", "10.48550/arxiv.2512.00001"
TITLE: dict[str, Any] = {"title": "How one additive acts on one anode", "authors": ("Ada Author",)}


def cited(direction: str, quote: str) -> Any:
    return says(
        "fec", direction, "cycle-life", quote=quote, source_kind="review_synthesis", citations=("7",), confidence=1.0
    )


REVIEW = paper(
    "review",
    *(cited("increases", f"FEC helps, says sentence {number}.") for number in range(3)),
    doi="10.1000/review",
    references=(Reference("7", doi=X),),
)
PDF = paper("x-pdf", says("fec", "increases", "cycle-life", quote="It lasts longer."), doi=X, format="pdf", **TITLE)
JATS = paper("x-jats", says("fec", "increases", "cycle-life", quote="It lasts longer."), doi=X, format="jats", **TITLE)
ARXIV = paper("x-arxiv", says("fec", "increases", "cycle-life", quote="It lasts long."), doi=f"{PREPRINT}v2", **TITLE)
AGAINST = paper("x-against", says("fec", "decreases", "cycle-life", quote="It fades."), doi=X, format="jats", **TITLE)


def effects(folder: Path, *papers: Extraction) -> dict[str, Effect]:
    with Library.open(folder) as library:
        for extraction in papers:
            library.add(extraction)
        return {effect.key.direction: effect for effect in assemble(library.claims(), ontology()).effects}


def test_support_of_a_review_citing_three_times_and_the_work_in_three_files_is_one(tmp_path: Path) -> None:
    for number, order in enumerate(permutations((REVIEW, PDF, JATS, ARXIV))):
        (effect,) = effects(tmp_path / str(number), *order).values()
        assert effect.works == (f"doi:{X}",)
        assert effect.belief == BASE["own_result"]
        assert effect.unconfirmed == ()


def test_support_of_a_citation_alone_is_that_of_the_cited_work(tmp_path: Path) -> None:
    (effect,) = effects(tmp_path, REVIEW).values()
    assert (effect.works, effect.belief) == ((f"doi:{X}",), BASE["review_synthesis"])


def test_support_grows_when_the_cited_work_arrives_and_says_so_itself(tmp_path: Path) -> None:
    (before,) = effects(tmp_path, REVIEW).values()
    (after,) = effects(tmp_path, JATS).values()
    assert after.works == before.works
    assert after.belief > before.belief
    assert len({cited for _, cited in after.borne_out}) == 1
    assert len(after.borne_out) == 3


def test_support_of_a_review_is_unconfirmed_where_the_work_says_the_opposite(tmp_path: Path) -> None:
    found = effects(tmp_path, REVIEW, AGAINST)
    assert found["decreases"].works == (f"doi:{X}",)
    assert found["increases"].unconfirmed == (f"doi:{X}",)
    assert found["increases"].works == ("doi:10.1000/review",)
    assert found["increases"].belief == BASE["review_synthesis"] * UNCONFIRMED


def test_support_by_a_preprint_confirms_what_is_quoted_from_the_article(tmp_path: Path) -> None:
    found = effects(tmp_path, REVIEW, ARXIV)
    article_unread = found["increases"]
    assert len(article_unread.works) == 2  # the preprint's own DOI says nothing of the article's yet
    (both,) = effects(tmp_path, JATS).values()
    assert both.works == (f"doi:{X}",)


def test_support_of_a_digest_is_secondhand_until_the_work_itself_is_read(tmp_path: Path) -> None:
    digest = paper("digest", says("fec", "increases", "cycle-life"), summary_of=X)
    (effect,) = effects(tmp_path, digest).values()
    assert effect.belief == pytest.approx(BASE["own_result"] * SECONDHAND)
    (effect,) = effects(tmp_path, JATS).values()
    assert (effect.belief, effect.works) == (BASE["own_result"], (f"doi:{X}",))


STYLES = (
    "A. Author and B. Other, *J. Tests*, 2024, **12**, 345–350.",
    "Author, A.; Other, B. J. Tests 2024, 12 (3), 345.",
    "Author A. How one additive acts on one anode. J Tests. 2023;12:345-50.",
)
PLACE: dict[str, Any] = {"year": 2024, "venue": "J. Tests", "volume": "12", "first_page": "345"}


def review(name: str, text: str, direction: str = "increases") -> Extraction:
    return paper(name, cited(direction, f"{name} says so."), doi=f"10.1000/{name}", references=(Reference("7", text),))


@pytest.mark.parametrize("style", STYLES)
def test_support_of_a_review_that_cites_without_doi_is_that_of_the_work_it_cites(tmp_path: Path, style: str) -> None:
    there = paper("x", *JATS.effects, doi=X, **TITLE, **PLACE)
    nameless = paper("x-text", *JATS.effects, **TITLE, **PLACE)
    for number, work in enumerate((there, nameless)):
        (effect,) = effects(tmp_path / str(number), work, review("one", style)).values()
        assert (len(effect.works), effect.belief, effect.unconfirmed) == (1, BASE["own_result"], ())
        assert len(effect.borne_out) == 1


def test_support_of_two_reviews_that_cite_one_unread_work_without_doi_is_one_voice(tmp_path: Path) -> None:
    (effect,) = effects(tmp_path, *(review(f"r{place}", style) for place, style in enumerate(STYLES[:2]))).values()
    assert effect.works == ("ref:author:2024:12:345",)


def test_support_is_unconfirmed_where_a_work_cited_without_doi_says_the_opposite(tmp_path: Path) -> None:
    found = effects(tmp_path, review("one", STYLES[0]), paper("x", *AGAINST.effects, doi=X, **TITLE, **PLACE))
    assert found["increases"].unconfirmed == (f"doi:{X}",)
    assert found["decreases"].works == (f"doi:{X}",)
