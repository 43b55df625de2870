"""Sources: where papers come from, asked politely and page by page.

Adding a source: one module with ``BASE``, ``PAUSE``, ``pages``, ``complete`` and ``retractions`` (see
:class:`extractors.sources.records.Source`) and one row in ``SOURCES``.
"""

from extractors.sources.catalogue import SOURCES
from extractors.sources.door import harvest, settle
from extractors.sources.plan import Plan, make_plan, read_plan
from extractors.sources.records import Harvest, Moment, Retraction, SearchReport
from extractors.sources.shelf import described, sidecar

__all__ = [
    "SOURCES",
    "Harvest",
    "Moment",
    "Plan",
    "Retraction",
    "SearchReport",
    "described",
    "harvest",
    "make_plan",
    "read_plan",
    "settle",
    "sidecar",
]
