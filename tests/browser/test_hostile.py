"""Text of papers stays text, and the page can be used without a mouse or eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from kg import Library, open_library
from tests.app.conftest import Says, work
from tests.browser.acting import settled
from tests.browser.conftest import Open
from tests.browser.serving import served

pytestmark = pytest.mark.browser
SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
MARKDOWN = "**bold** [link](https://example.org/away) `code` :red[colour] ![p](https://example.org/p.png)"
LATEX = r"$\href{javascript:alert(1)}{x}$ \(\frac{1}{2}\)"
LEVER = f"{SCRIPT} {MARKDOWN} {LATEX} binder"
VIEWS = ("", "matrix", "strategy", "trade-offs", "evidence", "measurements", "library", "console")
LINKS = (*VIEWS, "strategy?part=Neighbourhood", "trade-offs?part=Partner+pairs", "library?part=Runs")
# Everything a person can act on that has no name for a screen reader.
NAMELESS = """() => [...document.querySelectorAll('.stMain button, .stMain input, .stMain textarea, .stMain a, .stMain [role=slider]')]
    .filter(one => one.offsetParent !== null && one.tabIndex >= 0)
    .filter(one => !(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.textContent.trim()
                     || one.title || one.labels?.length || one.placeholder))
    .map(one => one.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    library = tmp_path_factory.mktemp("hostile") / "library"
    says = (
        Says(f"{LEVER} improves cycle life.", LEVER, "cycle life", "increases", "cycling"),
        Says(f"{LEVER} lowers rate capability.", LEVER, "rate capability", "decreases"),
        Says(f"FEC improves rate capability beside {SCRIPT}.", "FEC", "rate capability", "increases"),
    )
    with Library.open(library) as opened:
        opened.add(work(f"{SCRIPT} {MARKDOWN} {LATEX}".replace("/", "∕"), *says, doi="10.1000/<b>bold</b>"))
    open_library(library).close()
    with served(library, tmp_path_factory.mktemp("serve-hostile")) as url:
        yield url


@pytest.mark.parametrize("link", LINKS)
def test_hostile_text_never_becomes_markup(open_page: Open, hostile_address: str, link: str) -> None:
    page = open_page(f"{hostile_address}/{link}")
    expect(page.locator(".ak-lead")).to_be_visible()
    settled(page)
    _harmless(page)


def test_hostile_question_stays_words(open_page: Open, hostile_address: str) -> None:
    page = open_page(hostile_address)
    box = page.get_by_role("combobox", name="Question")
    box.fill(f"What does {SCRIPT} improve? {MARKDOWN} $x$")
    box.press("Enter")
    expect(page.get_by_text("This question was not understood")).to_be_visible()
    _harmless(page)


def _harmless(page: Page) -> None:
    assert "owned" not in page.title()
    for element in ("img[src=x]", "a[href*='example.org/away']", "img[src*='example.org']", ".stMain .katex"):
        assert page.locator(element).count() == 0
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("view", VIEWS)
def test_pages_name_everything_a_person_can_act_on(open_page: Open, address: str, view: str) -> None:
    page = open_page(f"{address}/{view}")
    expect(page.locator(".ak-lead")).to_be_visible()
    settled(page)
    assert page.evaluate(NAMELESS) == []


def test_pages_are_reached_by_keyboard(window: Page) -> None:
    expect(window.get_by_role("combobox", name="Question")).to_be_visible()
    settled(window)
    for _ in range(25):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.getAttribute('role')") == "combobox":
            break
    window.keyboard.type("Is FEC double-edged?")
    window.keyboard.press("Enter")
    expect(window.locator("article.ak-answer").first).to_be_visible()
