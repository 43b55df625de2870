"""The views: one file a page, one row a page. Each module holds ``page(here: Shelf) -> None``."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["VIEWS", "View"]


class View(NamedTuple):
    """Name a page: its address, its title, its icon, and the module that shows it."""

    name: str
    title: str
    icon: str
    module: str
    needs_works: bool = True  # an empty library has nothing for it to show


VIEWS = (
    View("ask", "Ask", ":material/search:", "app.views.ask"),
    View("matrix", "Matrix", ":material/grid_on:", "app.views.matrix"),
    View("strategy", "Strategy", ":material/balance:", "app.views.strategy"),
    View("trade-offs", "Trade-offs", ":material/swap_horiz:", "app.views.trade_offs"),
    View("evidence", "Evidence", ":material/format_quote:", "app.views.evidence"),
    View("measurements", "Measurements", ":material/straighten:", "app.views.measurements"),
    View("library", "Library", ":material/local_library:", "app.views.library", needs_works=False),
    View("console", "Console", ":material/terminal:", "app.views.console"),
)
