"""Graphs as DOT text, laid out and drawn by the page itself: pure, every label escaped.

Signs stand on the edges and the kind of a node in its shape, so that nothing is told by colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import NamedTuple

_SHAPES = {
    "strategy": "box",
    "material": "box",
    "condition": "box",
    "failure_mode": "octagon",
    "metric": "ellipse",
}
SHAPES = "Boxes are levers, octagons failure modes, ellipses metrics"
_FONT = {"twopi": 19}  # points; a wide drawing is shrunk to the page
_LABEL_WIDTH = 20  # characters a line


class Node(NamedTuple):
    """Hold one node: its IRI, what is written in it, its kind, and whether the drawing is about it."""

    iri: str
    label: str
    kind: str
    central: bool = False


class Edge(NamedTuple):
    """Hold one edge: sign ``+`` where the end rises, ``−`` where it falls; tone good, bad or none; stated or not."""

    start: str
    end: str
    sign: str
    tone: str = "none"
    works: int = 0
    stated: bool = True


def dot(nodes: Iterable[Node], edges: Iterable[Edge], *, layout: str = "dot", alt: str = "") -> str:
    """Write a directed graph; the style sheet gives its colours.

    >>> 'label="a \\\\"b\\\\""' in dot([Node("n", 'a "b"', "metric")], [])
    True
    """
    names = {}
    size = _FONT.get(layout, 11)
    lines = [
        f'digraph "{_escaped(alt)}" {{',
        f'graph [class="ak-{layout}", layout={layout}, rankdir=LR, bgcolor="transparent", overlap=false, nodesep=.18, ranksep=.55, margin=0];',
        f'node [fontname="Source Sans, sans-serif", fontsize={size}, margin="0.1,0.05", height=.3, penwidth=1];',
        f'edge [fontname="Source Sans, sans-serif", fontsize={size + 2}, arrowsize=.6, penwidth=1];',
    ]
    for number, node in enumerate(nodes):
        names[node.iri] = f"n{number}"
        shape, bold = _SHAPES.get(node.kind, "box"), ", penwidth=2.4" if node.central else ""
        mark = f"ak-node-{node.kind}" + (" ak-central" if node.central else "")
        lines.append(f'n{number} [label="{_wrapped(node.label)}", shape={shape}, class="{mark}"{bold}];')
    for edge in edges:
        if edge.start in names and edge.end in names:
            look = "" if edge.stated else ", style=dashed"
            count = f" {edge.works}" if edge.works > 1 else ""
            width = min(1 + 0.5 * max(edge.works - 1, 0), 3)
            lines.append(
                f'{names[edge.start]} -> {names[edge.end]} [label="{_escaped(edge.sign + count)}", '
                f'class="ak-edge-{edge.tone}", penwidth={width:g}{look}];'
            )
    return "\n".join([*lines, "}"])


def _wrapped(label: str) -> str:
    return "\\n".join(_escaped(line) for line in textwrap.wrap(label, _LABEL_WIDTH) or [""])


def _escaped(text: str) -> str:
    """Escape what DOT reads as markup: quotes, backslashes, and the entities it decodes."""
    plain = " ".join(text.split())
    return (
        plain.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("<", "&lt;").replace(">", "&gt;")
    )
