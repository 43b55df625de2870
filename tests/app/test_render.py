import csv
import io
import json
from typing import Any

import numpy as np
import pytest

from app.plain import plain
from app.render import Format, print_json, print_rows

ROWS = [{"name": "LiF, Li₂CO₃", "works": 2, "belief": 0.75, "direct": True, "via": ["HF", "corrosion"], "none": None}]
COLUMNS = ("name", "works", "belief", "direct", "via", "none")


def printed(form: Format, rows: list[dict[str, Any]] = ROWS, *, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace")
    print_rows(rows, COLUMNS, form=form, stream=stream)
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_render_json_reads_back() -> None:
    assert json.loads(printed(Format.json)) == ROWS


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_render_json_reads_back_from_a_narrow_stream(encoding: str) -> None:
    assert json.loads(printed(Format.json, encoding=encoding)) == ROWS


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_render_never_fails_on_a_narrow_stream(form: Format, encoding: str) -> None:
    assert "LiF" in printed(form, encoding=encoding)


def test_render_csv_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(printed(Format.csv))))
    assert rows[0]["name"] == "LiF, Li₂CO₃"
    assert json.loads(rows[0]["via"]) == ["HF", "corrosion"]


def test_render_table_shows_all_cells_and_counts_rows() -> None:
    lines = printed(Format.table).splitlines()
    assert lines[-1] == "1 row"
    assert all(word in lines[1] for word in ("LiF, Li₂CO₃", "2", "0.75", "yes", "HF; corrosion"))


def test_render_table_without_rows_says_so() -> None:
    assert printed(Format.table, []).split("\n")[0] == "0 rows"


def test_render_takes_numpy_scalars_and_drops_not_a_number() -> None:
    rows = [{"name": np.str_("a"), "works": np.int64(3), "belief": float("nan"), "direct": np.bool_(False)}]
    assert json.loads(printed(Format.json, rows))[0] == {
        "name": "a", "works": 3, "belief": None, "direct": False, "via": None, "none": None,
    }  # fmt: skip


@pytest.mark.parametrize("hostile", ["[red]x[/red]", ":smile:", "[link=http://x]y[/link]"])
def test_render_reads_no_markup_from_papers(hostile: str) -> None:
    assert hostile in printed(Format.table, [{"name": hostile}])


@pytest.mark.parametrize("hostile", ["\x1b[2Jx", "a\u202eb", "\x07", "\ud800"])
def test_plain_disarms_what_steers_a_terminal(hostile: str) -> None:
    assert "\ufffd" in plain(hostile)
    assert not set("\x1b\u202e\x07\ud800") & set(plain(hostile))


def test_render_json_refuses_what_json_cannot_say() -> None:
    with pytest.raises(ValueError, match="JSON"):
        print_json(float("nan"), stream=io.StringIO())


def test_render_prints_wide_rows_one_below_the_other() -> None:
    columns = [f"column_{number}" for number in range(12)]
    rows = [{**dict.fromkeys(columns, "a sentence that is far too long for one of so many columns"), "column_3": None}]
    out = io.StringIO()
    print_rows(rows, columns, form=Format.table, stream=out)
    text = out.getvalue()
    assert text.startswith("1.\n   column 0: a sentence that is far too long for one of so many columns\n")
    assert "column 3" not in text
    assert text.endswith("1 row\n")
