"""What a researcher does on the page, done by a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kg import open_library

pytestmark = pytest.mark.browser
FLAGSHIP = "Which SEI strategies help calendar life?"
# Characters of an element that are read, not those that a style sheet adds.
_SENTENCE = "figure => [...figure.querySelectorAll('.ak-sentence')].map(part => part.textContent).join('')"


def ask(page: Page, question: str) -> Locator:
    box = page.get_by_label("Question")
    box.fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    answers = page.locator("article.ak-answer")
    expect(answers.first).to_be_visible()
    return answers


def settled(page: Page) -> None:
    """Wait until the page has run and everything it shows has come."""
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def shot(page: Page, folder: Path, name: str) -> None:
    settled(page)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def test_journey_asks_and_reads_both_edges_and_the_sentence(page: Page, sample_library: Path, tmp_path: Path) -> None:
    answers = ask(page, FLAGSHIP)
    shot(page, tmp_path, "ask")
    expect(page.locator("[data-question]")).to_have_attribute("data-question", "strategies-that-help")
    ranks = answers.locator(".ak-rank").all_text_contents()
    assert ranks == [str(rank) for rank in range(1, len(ranks) + 1)]
    assert answers.locator("[aria-label='the other edge']").count() == len(ranks)
    expect(answers.first.locator("[data-verdict]").first).to_have_text("+beneficial")

    figure = answers.first.locator("details[open] figure").first
    expect(figure).to_be_visible()
    start, end = (int(figure.get_attribute(name) or -1) for name in ("data-start", "data-end"))
    with open_library(sample_library, read_only=True) as graph:
        texts = [graph.text(work.text_sha256) for work in graph.works()]
    assert figure.evaluate(_SENTENCE) in {text[start:end] for text in texts}
    expect(figure.locator("mark[data-role=cause]").first).to_be_visible()
    expect(figure.locator("mark[data-role=target]").first).to_be_visible()
    expect(figure.locator("figcaption")).to_contain_text("summary of DOI")


def test_journey_every_mark_says_what_was_read(page: Page, tmp_path: Path) -> None:
    answers = ask(page, "Is FEC double-edged?")
    shot(page, tmp_path, "double-edged")
    expect(answers.first.locator("[aria-label='the other edge'] [data-verdict=detrimental]").first).to_be_visible()
    marked = answers.first.locator("details[open] figure mark[data-role=cause]").all_text_contents()
    assert any("FEC" in words or "luoroethylene" in words for words in marked)


def test_journey_goes_from_answer_to_strategy(page: Page, tmp_path: Path) -> None:
    answers = ask(page, FLAGSHIP)
    label = answers.last.locator("h3").text_content()
    page.get_by_role("link", name=f"Profile of {label}").last.click()
    expect(page.get_by_role("heading", name="Costs")).to_be_visible()
    expect(page.get_by_role("heading", name="Gains")).to_be_visible()
    shot(page, tmp_path, "strategy")
    expect(page.get_by_role("combobox").first).to_have_value(label or "-")


def test_journey_copies_the_queries(page: Page) -> None:
    ask(page, FLAGSHIP)
    page.get_by_text("The queries behind this answer").click()
    expect(page.locator("code", has_text="SELECT").first).to_be_visible()
    expect(page.locator("code", has_text="MATCH").first).to_be_visible()


def test_journey_an_address_reopens_its_question(page: Page, address: str) -> None:
    ask(page, FLAGSHIP)
    page.goto(page.url)
    expect(page.locator("article.ak-answer").first).to_be_visible()


def test_journey_hostile_words_stay_words(page: Page) -> None:
    page.get_by_label("Question").fill("<img src=x onerror=document.title='owned'> **b** $x$")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("This question was not understood")).to_be_visible()
    assert page.title() == "anodekg"
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("Matrix", "[data-testid=stDataFrame] canvas"),
        ("Strategy", "section[aria-label=Costs] li"),
        ("Evidence", "figure mark[data-role=cause]"),
        ("Measurements", "figure mark[data-role=value]"),
        ("Library", "[data-testid=stDataFrame] canvas"),
        ("Console", "textarea"),
    ],
)
def test_journey_every_view_shows_what_it_is_for(page: Page, view: str, shown: str, tmp_path: Path) -> None:
    page.get_by_role("link", name=view, exact=True).click()
    expect(page.get_by_role("heading", name=view, exact=True)).to_be_visible()
    expect(page.locator(shown).first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    shot(page, tmp_path, view.lower())
