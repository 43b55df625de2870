"""The page's router: find the library, register the views, show the one that is asked for."""

from __future__ import annotations

import importlib
from functools import partial
from pathlib import Path

import streamlit as st

from app import widgets
from app.views import VIEWS, View
from ontology.errors import AnodeError

_ICON = Path(__file__).with_name("mark.svg")  # a named icon would be fetched from the network


def show(view: View) -> None:
    """Show one view on the library's last published generation, or say why it cannot be shown."""
    try:
        here = widgets.shelf()
        if view.needs_works and here.generation == 0:
            widgets.empty_library(here.folder)
            return
        importlib.import_module(view.module).page(here)
    except AnodeError as error:
        widgets.failure(error)


def main() -> None:
    """Set the page up and run the chosen view."""
    st.set_page_config(page_title="anodekg", page_icon=_ICON, layout="wide")
    widgets.style()
    pages = {
        view.name: st.Page(
            partial(show, view), title=view.title, icon=view.icon, url_path=view.name, default=view is VIEWS[0]
        )
        for view in VIEWS
    }
    st.session_state[widgets.PAGES] = pages
    st.navigation(list(pages.values()), position="top").run()


if __name__ == "__main__":
    main()
