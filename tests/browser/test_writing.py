"""What changes a library from the page: an upload answers, a rejection lowers belief, ten windows watch an ingest."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kg import open_library
from tests.browser.acting import ask, settled
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
PAPER = "# Guar gum\n\nThe guar gum binder improves the cycle life of silicon anodes.\n"


def test_journey_an_uploaded_paper_answers_at_once(open_page: Open, own_address: str) -> None:
    page = open_page(f"{own_address}/library?part=Add+a+paper")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "coined.md", "mimeType": "text/markdown", "buffer": PAPER.encode()})
    page.get_by_role("button", name="Read into the library").click()
    expect(page.get_by_text("1 added")).to_be_visible(timeout=60_000)
    page.goto(own_address)
    answers = ask(page, "What does polysaccharide binder improve and worsen?")
    expect(answers.filter(has_text="guar gum binder").first).to_be_visible()


def test_journey_an_upload_that_is_no_paper_says_why(open_page: Open, own_address: str) -> None:
    page = open_page(f"{own_address}/library?part=Add+a+paper")
    cut = {"name": "cut.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 cut"}
    page.locator("input[type=file]").set_input_files(cut)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read into the library").click()
    expect(page.get_by_text("0 added")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("cut.pdf").last).to_be_visible()


def test_journey_rejecting_a_claim_lowers_belief(open_page: Open, own_address: str) -> None:
    page = open_page(f"{own_address}/evidence?cause=FEC+additive&find=prolongs+the+cycle+life")
    expect(page.locator("figure").first).to_be_visible()
    settled(page)
    page.get_by_text("Judge this claim as tester").click()
    page.get_by_text("Reject: the sentence does not say so").click()
    page.get_by_role("textbox", name="Why").fill("only a test")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("heading", name="Judgements")).to_be_visible(timeout=60_000)
    told = page.get_by_text("Belief of the pooled effect").text_content() or ""
    before, after = (float(number) for number in re.findall(r"\d\.\d\d", told))
    assert after < before


def test_journey_a_page_without_a_curator_cannot_judge(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/evidence")
    expect(page.locator("figure").first).to_be_visible()
    expect(page.get_by_text("anodekg serve --curator NAME")).to_be_visible()
    assert page.get_by_role("button", name="Record").count() == 0


VIEWS = ("/", "/matrix", "/strategy", "/trade-offs", "/evidence", "/measurements", "/library", "/console")


def test_journey_ten_windows_watch_an_ingest_without_error(
    open_page: Open, own_address: str, own_library: Path, tmp_path: Path
) -> None:
    for number in range(6):
        text = f"# Work {number}\n\nThe guar gum binder number {number} improves cycle life.\n"
        (tmp_path / f"work-{number}.md").write_text(text, encoding="utf-8")
    windows = [open_page(own_address + VIEWS[number % len(VIEWS)]) for number in range(10)]
    with open_library(own_library, read_only=True) as graph:
        before = len(graph.works())
    command = [sys.executable, "-m", "app.cli", "ingest", str(tmp_path), "--library", str(own_library)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL) as run:
        rounds = 0
        while run.poll() is None or rounds < 2:
            for number, page in enumerate(windows):
                page.goto(own_address + VIEWS[(number + rounds) % len(VIEWS)])
            for page in windows:
                expect(page.locator(".ak-lead")).to_be_visible(timeout=60_000)
            rounds += 1
        output = run.stdout.read().decode() if run.stdout else ""
    assert run.returncode == 0, output
    for page in windows:
        _sound(page)
    windows[0].goto(own_address)
    expect(windows[0].get_by_text(f"{before + 6} works")).to_be_visible()


def _sound(page: Page) -> None:
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert not re.search("This did not work", page.locator("body").inner_text())
