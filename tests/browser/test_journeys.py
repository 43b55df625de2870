"""What a researcher does on the page, done by a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kg import open_library
from tests.browser.acting import SENTENCE, ask, exported, exported_json, settled, shot
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
FLAGSHIP = "Which SEI strategies help calendar life?"


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
    assert figure.evaluate(SENTENCE) in {text[start:end] for text in texts}
    expect(figure.locator("mark[data-role=cause]").first).to_be_visible()
    expect(figure.locator("mark[data-role=target]").first).to_be_visible()
    expect(figure.locator("figcaption")).to_contain_text("summary of DOI")


def test_journey_every_mark_says_what_was_read(page: Page, tmp_path: Path) -> None:
    answers = ask(page, "Is FEC double-edged?")
    shot(page, tmp_path, "double-edged")
    expect(answers.first.locator("[aria-label='the other edge'] [data-verdict=detrimental]").first).to_be_visible()
    marked = answers.first.locator("details[open] figure mark[data-role=cause]").all_text_contents()
    assert any("FEC" in words or "luoroethylene" in words for words in marked)


def test_journey_from_question_to_evidence_to_strategy_to_partner_to_export(window: Page, tmp_path: Path) -> None:
    answers = ask(window, "Is FEC double-edged?")
    answers.first.get_by_text("Evidence (").first.click()
    window.get_by_role("link", name="Profile of FEC additive").first.click()
    expect(window.get_by_role("heading", name="Costs")).to_be_visible()
    expect(window.get_by_role("heading", name="Gains")).to_be_visible()
    expect(window.get_by_role("combobox", name="Strategy")).to_have_value("FEC additive")
    window.get_by_role("tab", name="Partners and gaps").click()
    expect(window.get_by_role("heading", name="Partners that offset its costs")).to_be_visible()
    settled(window)
    shot(window, tmp_path, "partners")
    read = exported_json(window)
    assert read["about"]["filter strategy"] == "FEC additive"
    assert len(read["rows"]) == int(read["about"]["rows"]) > 0


def test_journey_changes_how_the_question_was_understood(window: Page) -> None:
    ask(window, FLAGSHIP)
    window.get_by_role("combobox", name="target").click()
    window.get_by_role("combobox", name="target").fill("cycling stability")
    window.get_by_role("option", name="cycling stability", exact=True).click()
    expect(window.locator(".ak-understood")).to_contain_text("help cycling stability")
    settled(window)
    window.goto(window.url)
    expect(window.locator(".ak-understood")).to_contain_text("help cycling stability")


def test_journey_offers_questions_while_typing(window: Page) -> None:
    box = window.get_by_role("combobox", name="Question")
    box.fill("prelith")
    offered = window.get_by_role("option").filter(has_text="prelithiation")
    expect(offered.first).to_be_visible()
    offered.last.click()
    expect(window.locator("article.ak-answer").first).to_be_visible()


def test_journey_copies_the_queries(window: Page) -> None:
    ask(window, FLAGSHIP)
    window.get_by_text("The queries behind this answer").click()
    expect(window.locator("code", has_text="SELECT").first).to_be_visible()
    expect(window.locator("code", has_text="MATCH").first).to_be_visible()
    window.locator("[data-testid=stCode]").first.hover()
    expect(window.get_by_role("button", name="Copy to clipboard").first).to_be_visible()


def test_journey_an_address_reopens_its_question(page: Page) -> None:
    ask(page, FLAGSHIP)
    page.goto(page.url)
    expect(page.locator("article.ak-answer").first).to_be_visible()


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("/evidence?cause=FEC+additive&target=calendar+life&sign=−+detrimental", "[data-testid=stDataFrame] canvas"),
        ("/matrix?rows=classes&sort=weights", "[data-testid=stNumberInput]"),
        ("/strategy?cause=prelithiation&part=Mechanism", ".stGraphVizChart svg"),
        ("/trade-offs?part=Two+metrics", "[data-testid=stVegaLiteChart]"),
        ("/library?part=Runs", "text=Report of run"),
        ("/console?start=contradictions&language=Cypher", "textarea"),
    ],
)
def test_journey_a_link_reopens_its_view(open_page: Open, address: str, link: str, shown: str) -> None:
    page = open_page(address + link)
    expect(page.locator(shown).first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_journey_exports_what_is_on_screen(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/evidence?find=FEC")
    expect(page.locator("figure").first).to_be_visible()
    settled(page)
    name, written = exported(page, "CSV")
    lines = written.decode("utf-8").splitlines()
    header = [line for line in lines if line.startswith("# ")]
    assert name.startswith("anodekg-evidence-fec-generation-")
    assert any(line.startswith("# filter contains: fec") for line in header)
    assert any(line.startswith("# link: http") and "find=FEC" in line for line in header)
    shown = page.get_by_text(" statements", exact=False).first.text_content() or ""
    assert f"# rows: {shown.split()[0]}" in header
    names = page.locator("[data-testid=stDataFrame] canvas [role=columnheader]")
    expect(names.nth(5)).to_be_attached()  # the table's tree for screen readers comes a moment after its picture
    seen = [name for name in names.all_text_contents() if name.strip()]
    assert len(seen) > 5
    assert lines[len(header)].split(",")[: len(seen)] == seen  # columns out of sight are not in the page's tree


def test_journey_console_refuses_a_write(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/console?start=an+empty+page")
    box = page.get_by_role("textbox", name="Query")
    box.fill("DELETE WHERE { ?s ?p ?o }")
    box.press("Control+Enter")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    box.fill("SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 3")
    box.press("Control+Enter")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("3 rows", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("Matrix", "[data-testid=stDataFrame] canvas"),
        ("Strategy", "section[aria-label=Costs] li"),
        ("Trade-offs", "figure mark[data-role=cause]"),
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
