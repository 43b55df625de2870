from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Plan, read_plan
from ontology.errors import SourceError

HEAD = 'contact = "you@example.org"\n[[search]]\nsources = ["crossref"]\n'
GOOD = HEAD + 'terms = ["silicon anode"]\n'


def plan(folder: Path, text: str, *, today: date | None = None) -> Plan:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path, today=today)


def test_plan_reads_a_search(tmp_path: Path) -> None:
    (search,) = plan(tmp_path, GOOD + 'since = 2020-01-31\nuntil = "2024"\ntypes = ["review"]\nlimit = 5\n').searches
    assert (search.terms, search.sources, search.types, search.limit) == (
        ("silicon anode",),
        ("crossref",),
        ("review",),
        5,
    )
    assert (search.since, search.until) == (date(2020, 1, 31), date(2024, 12, 31))


def test_plan_counts_days_back_from_today(tmp_path: Path) -> None:
    (search,) = plan(tmp_path, GOOD + 'since = "30 days"\n', today=date(2026, 11, 22)).searches
    assert search.since == date(2026, 10, 23)


def test_plan_of_folders_needs_no_contact(tmp_path: Path) -> None:
    (search,) = plan(tmp_path, '[[search]]\nsources = ["folder"]\npaths = ["papers"]\n').searches
    assert search.paths == (tmp_path / "papers",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "is no TOML"),
        ('contact = "you@example.org"', "search is missing; add a [[search]]"),
        (GOOD.replace("contact", "kontact"), "kontact is unknown; did you mean contact?"),
        (GOOD.replace('contact = "you@example.org"\n', ""), 'contact is missing; say who asks: contact = "you@'),
        (GOOD.replace("you@example.org", "me"), "contact 'me' is no address; write an e-mail or web address"),
        (GOOD.replace("you@example.org", "a@b.c\\r\\nX: y"), "contact is no line of text"),
        (GOOD.replace("sources", "source"), "search[1].source is unknown; did you mean sources?"),
        (GOOD.replace("crossref", "crosref"), "search[1].sources knows no 'crosref'; did you mean 'crossref'?"),
        (GOOD.replace('["crossref"]', '"crossref"'), "search[1].sources is no list of texts"),
        (HEAD, "search[1].terms is missing"),
        (HEAD + "terms = [3]", "search[1].terms is no list of texts"),
        (HEAD + "terms = ['a \" b']", "search[1].terms holds a quotation mark"),
        (GOOD + 'since = "soon"', 'search[1].since \'soon\' is no date; write "2020-01-31" or "90 days"'),
        (GOOD + "since = 2020-01-31T10:00:00", "search[1].since"),
        (GOOD + 'since = "2024"\nuntil = "2020"', "search[1].since (2024-01-01) is after until (2020-12-31)"),
        (GOOD + 'types = ["thesis"]', "search[1].types knows no 'thesis'; choose among article, review, preprint"),
        (GOOD.replace("crossref", "arxiv") + 'types = ["article"]', "search[1].types leaves arxiv nothing"),
        (GOOD.replace("crossref", "folder"), "search[1].paths is missing"),
        (GOOD + "limit = 0", "search[1].limit 0 is no number from 1"),
        (GOOD + "limit = true", "search[1].limit True is no number"),
        (GOOD + 'full_text = "no"', "search[1].full_text is neither true nor false"),
        (
            GOOD + '[[search]]\nsources=["crossref"]\nterms=["b"]\nname="search 1"',
            "search has the name 'search 1' twice",
        ),
        (GOOD + "[limits]\nmegabyte = 3", "limits.megabyte is unknown; did you mean megabytes?"),
        (GOOD + "[limits]\nseconds = 0", "limits.seconds 0 is no number from 0.1"),
        (GOOD + "[limits]\nseconds = nan", "limits.seconds nan is no number"),
        (GOOD + '[service.crosref]\nbase = "x"', "service knows no 'crosref'; did you mean 'crossref'?"),
        (GOOD + '[service.crossref]\nbase = "ftp://x"', "service.crossref.base 'ftp://x' is no web address"),
        (GOOD + "[retractions]\ncheck = 1", "retractions.check is neither true nor false"),
        ('licences = ["MIT"]\n' + GOOD, "licences knows no 'MIT'; choose among CC0, CC BY"),
        ("search = 3", "search is missing"),
        ("limits = 3\n" + GOOD, "limits is no table"),
    ],
)
def test_plan_says_in_one_line_what_is_wrong_where(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        plan(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'sources.toml'}: ")
    assert said in message
    assert "\n" not in message
    assert ";" in message


@pytest.mark.parametrize(
    "make", [lambda path: path.mkdir(), lambda path: path.write_bytes(b"\xff\xfe"), lambda path: None]
)
def test_plan_names_a_file_that_cannot_be_read(make: object, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    make(path)  # type: ignore[operator]
    with pytest.raises(SourceError, match=r"sources\.toml: (cannot be read|is not UTF-8)"):
        read_plan(path)


@given(st.text(alphabet="[]=\"{}.,#\n abcsearchtmsu0129-'", max_size=200))
def test_plan_of_any_text_is_a_plan_or_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    said = ""
    try:
        plan(tmp_path_factory.mktemp("plan"), text)
    except SourceError as error:
        said = str(error)
    assert "\n" not in said


def test_plan_finds_another_place_for_another_question(tmp_path: Path) -> None:
    first = plan(tmp_path, GOOD).searches[0]
    second = plan(tmp_path, GOOD + 'since = "2020"\n').searches[0]
    assert first.identity("crossref") != second.identity("crossref")
    assert first.identity("crossref") != first.identity("openalex")
    assert first.identity("crossref") == plan(tmp_path, GOOD + 'name = "other"\n').searches[0].identity("crossref")
