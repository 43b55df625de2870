"""Every page by AppTest, on the library of the bundled samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.views import VIEWS
from tests.conftest import ROOT

FLAGSHIP = "Which SEI strategies help calendar life?"


def opened(view: str, library: Path, monkeypatch: pytest.MonkeyPatch, **state: object) -> AppTest:
    monkeypatch.setenv("ANODEKG_LIBRARY", str(library))
    test = AppTest.from_function(_one_view, default_timeout=120, kwargs={"view": view})
    for key, value in state.items():
        test.session_state[key] = value
    return test.run()


def _one_view(view: str) -> None:
    from app.main import show
    from app.views import VIEWS

    show(next(row for row in VIEWS if row.name == view))


def html(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


@pytest.mark.parametrize("view", [row.name for row in VIEWS])
def test_pages_open_without_error(view: str, sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(view, sample_library, monkeypatch)
    assert not test.exception
    assert not test.error
    assert "ak-lead" in html(test)


@pytest.mark.parametrize("view", [row.name for row in VIEWS])
def test_pages_say_what_to_do_with_an_empty_library(view: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(view, tmp_path / "none", monkeypatch)
    assert not test.exception
    assert "This library is empty" in html(test)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("view", [row.name for row in VIEWS])
def test_pages_show_a_broken_library_with_its_remedy(
    view: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"no database at all" * 400)
    test = opened(view, tmp_path, monkeypatch)
    assert not test.exception
    assert test.error
    assert str(tmp_path) in html(test)


def test_pages_register_every_view(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANODEKG_LIBRARY", str(sample_library))
    test = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120).run()
    assert not test.exception
    assert list(test.session_state["pages"]) == [row.name for row in VIEWS]


def test_pages_ask_answers_with_both_edges(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = html(opened("ask", sample_library, monkeypatch, q=FLAGSHIP))
    assert 'data-question="strategies-that-help"' in shown
    assert '<article class="ak-answer"' in shown
    assert "The other edge" in shown
    assert '<mark data-role="cause"' in shown


def test_pages_ask_shows_the_queries(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = [element.value for element in opened("ask", sample_library, monkeypatch, q=FLAGSHIP).code]
    assert any("SELECT" in text for text in code)
    assert any("MATCH" in text for text in code)


def test_pages_ask_never_invents_an_answer(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("ask", sample_library, monkeypatch, q="Which <b>flurbs</b> help calendar life?")
    assert "ak-answer" not in html(test)
    assert "<b>flurbs" not in html(test)
    assert test.button


def test_pages_ask_says_how_it_read_misspelt_words(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = html(opened("ask", sample_library, monkeypatch, q="wich strateges help calender life"))
    assert "ak-answer" in shown
    assert "read as “which strategies help calendar life”" in shown


def test_pages_ask_follows_a_suggestion(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("ask", sample_library, monkeypatch)
    example = next(button for button in test.button if button.label.startswith("Which SEI"))
    assert "ak-answer" in html(example.click().run())


def test_pages_evidence_narrows_by_words(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = opened("evidence", sample_library, monkeypatch).dataframe[0].value
    narrowed = opened("evidence", sample_library, monkeypatch, find="FEC").dataframe[0].value
    assert 0 < len(narrowed) < len(everything)


def test_pages_evidence_with_nothing_left_says_so(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("evidence", sample_library, monkeypatch, find="zzzz")
    assert not test.dataframe
    assert "No statement fits" in html(test)


def test_pages_strategy_sets_gains_beside_costs(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = html(opened("strategy", sample_library, monkeypatch))
    assert shown.index("<h3>Gains</h3>") < shown.index("<h3>Costs</h3>")


def run_query(library: Path, monkeypatch: pytest.MonkeyPatch, *, language: str, query: str) -> AppTest:
    start = "an empty page"
    state = {"language": language, "start": start, f"query-{language}-{start}-{{}}": query}
    test = opened("console", library, monkeypatch, **state)
    return next(button for button in test.button if button.label == "Run").click().run()


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("SPARQL", "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 3"),
        ("Cypher", "MATCH (n) RETURN n.iri AS iri LIMIT 3"),
    ],
)
def test_pages_console_answers(
    language: str, query: str, sample_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = run_query(sample_library, monkeypatch, language=language, query=query)
    assert not test.error
    assert len(test.dataframe[-1].value) == 3


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("SPARQL", "DELETE WHERE { ?s ?p ?o }"),
        ("SPARQL", "SELECT"),
        ("Cypher", "MATCH (n) DETACH DELETE n"),
        ("Cypher", "MATCH (n"),
    ],
)
def test_pages_console_refuses_writes_and_nonsense(
    language: str, query: str, sample_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = run_query(sample_library, monkeypatch, language=language, query=query)
    assert not test.exception
    assert test.error


def test_pages_library_takes_a_paper_and_answers_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("library", tmp_path / "library", monkeypatch)
    paper = "# A short paper\n\nThe carbon coating improves cycle life.\n"
    test.file_uploader[0].set_value(("paper.md", paper.encode("utf-8"), "text/markdown")).run()
    button = next(button for button in test.button if button.label == "Read into the library")
    assert "1 added" in html(button.click().run())
    assert "carbon coating" in html(opened("ask", tmp_path / "library", monkeypatch, q="What does carbon coating do?"))


def test_pages_library_says_why_a_file_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("library", tmp_path / "library", monkeypatch)
    test.file_uploader[0].set_value(("paper.pdf", b"%PDF-1.7 cut", "application/pdf")).run()
    button = next(button for button in test.button if button.label == "Read into the library")
    shown = html(button.click().run())
    assert "0 added" in shown
    assert "paper.pdf" in shown
