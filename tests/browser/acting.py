"""What a person does on the page, for the journeys to share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

# Characters of an element that are read, not those that a style sheet adds.
SENTENCE = "figure => [...figure.querySelectorAll('.ak-sentence')].map(part => part.textContent).join('')"


def ask(page: Page, question: str) -> Locator:
    """Type a question, ask it, and return the answers."""
    box = page.get_by_role("combobox", name="Question")
    box.fill(question)
    box.press("Enter")
    answers = page.locator("article.ak-answer")
    expect(answers.first).to_be_visible()
    return answers


def settled(page: Page) -> None:
    """Wait until the page has run and everything it shows has come."""
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def shot(page: Page, folder: Path, name: str) -> None:
    """Keep a picture of the page."""
    settled(page)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def exported(page: Page, form: str, *, place: int = 0) -> tuple[str, bytes]:
    """Press an export button and return the file's name and bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=form, exact=True).nth(place).click()
    path = waiting.value.path()
    return waiting.value.suggested_filename, Path(path).read_bytes()


def exported_json(page: Page, *, place: int = 0) -> dict[str, Any]:
    """Export as JSON and read it."""
    read: dict[str, Any] = json.loads(exported(page, "JSON", place=place)[1])
    return read
