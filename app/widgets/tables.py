"""Tables with a definition on every column, and the export of exactly what they show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from app.exporting import WRITERS, About
from app.ranking import texts

_LABELS = {"label": "lever", "target_label": "target"}
_SHARES = ("belief", "weaker belief", "confidence")


def table(frame: pd.DataFrame, *, help: Mapping[str, str], key: str, height: int = 320, first: int = 0) -> int:
    """Show rows with a definition on every column and return the position of the chosen row, at first ``first``."""
    state = st.dataframe(
        shown(frame),
        key=key,
        height=min(36 * (len(frame) + 1) + 3, height),
        hide_index=True,
        placeholder="",
        column_config=columns_of(help, frame),
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [first if first < len(frame) else 0]}},
        alt=f"{key.replace('-', ' ')} ({counted(len(frame), 'row')})",
    )
    chosen = state["selection"]["rows"]
    return chosen[0] if chosen and chosen[0] < len(frame) else 0


def plain_table(frame: pd.DataFrame, *, help: Mapping[str, str], key: str, alt: str = "") -> None:
    """Show rows with a definition on every column that has one."""
    st.dataframe(
        shown(frame), key=key, hide_index=True, placeholder="", column_config=columns_of(help, frame), alt=alt or None
    )


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows as they stand on screen and in an export: readable names, shares of one with two decimals."""
    rounded = {name: frame[name].astype(float).round(2) for name in _SHARES if name in frame}
    return frame.assign(**rounded).rename(columns=_label)


def conditions(text: str | None) -> str:
    """Word conditions as a reader would: no field's name before words that say it themselves."""
    return "; ".join(texts(text))


def columns_of(help: Mapping[str, str], frame: pd.DataFrame) -> dict[str, Any]:
    """Return the configuration of columns: a definition, and a column that fits what it holds."""
    return {_label(name): _column(name, text, frame) for name, text in help.items()}


def _label(name: str) -> str:
    return _LABELS.get(name) or str(name).removesuffix("_label").replace("_", " ")


def _column(name: str, text: str, frame: pd.DataFrame) -> Any:
    if name in _SHARES:
        return st.column_config.NumberColumn(help=text, format="%.2f")
    if name in frame and pd.api.types.is_bool_dtype(frame[name]):
        return st.column_config.CheckboxColumn(help=text)
    return st.column_config.Column(help=text)


def export(frame: pd.DataFrame, *, name: str, generation: int, filters: Mapping[str, str] | None = None) -> None:
    """Offer exactly the rows on screen as CSV, Parquet and JSON, with filters, day and library version."""
    moment = datetime.now(UTC)
    about = About(name, generation, moment, {k: v for k, v in (filters or {}).items() if v}, reopening())
    frame = shown(frame)
    columns, rows = [str(column) for column in frame.columns], frame.to_numpy(dtype=object).tolist()
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"export-of-{name}"):
        st.caption(f"Export {counted(len(frame), 'row')}, as shown:")
        for form, (suffix, media, write) in WRITERS.items():
            st.download_button(
                form,
                partial(write, columns, rows, about),
                file_name=about.file_name(suffix),
                mime=media,
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
                key=f"export-{name}-{suffix}",
                help=f"{counted(len(frame), 'row')} as {form}; the header names the filters, the day and the library version",
            )


def counted(number: int, thing: str) -> str:
    """Say how many there are of a thing.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"


def reopening() -> str:
    """Return the link that reopens this view with its filters; empty outside a browser."""
    address = st.context.url
    query = urlencode(st.query_params.to_dict(), doseq=True)
    base = address.partition("?")[0] if address else ""
    return f"{base}?{query}" if base and query else base
