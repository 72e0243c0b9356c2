"""A Graph drawn: Graphviz places the cards, and the SVG of cards and edges stands in their places.

The picture depends on the graph and on the number of digits, on no value, step or mode, so it is laid
out once for each program. Graphviz sees sizes, counted ids and ports, and no text of anybody's; its
own idea of the width of a text would be wrong anyway. The ids are those that patches speak of:
`node_v3`, `edge_v3_0` (from the argument 0 of v3), `pill_v3_0`.
"""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise

import graphviz

from ..errors import LimitError
from ..graph import Edge, Graph
from ..graph.roles import roles
from ..limits import priced, spend
from ..values import DIGITS
from . import cards, coarse, dot, edges
from .cards import Card
from .typeface import width

MARGIN = 6.0
"""Space around the drawing, for frames thicker than the card's edge."""
SEPARATION = 11.0
"""Between the cards of one rank."""
CLEARANCE = 1.5
"""Between a pill and an arrowhead."""

SHAPE_ROOM = 20.0
"""What is left of an ordinary pill for a shape, and need not be added."""

LONG = 8_000
"""Ranks passed by edges, beyond which Graphviz would take seconds, and the coarse layout is taken."""
DRAWN = 10
"""Pieces of work of a card or edge."""

Curves = dict[str, edges.Curve]
Places = dict[str, edges.Point]


def draw(graph: Graph, digits: int = DIGITS, language: str = "en") -> str:
    """The SVG of `graph` before any step."""
    known = roles(graph)
    nodes = tuple(
        cards.card(node, digits, language, known[node.label] if node.kind == "input" else "parameter")
        for node in graph.nodes
    )
    return _draw(nodes, tuple(graph.edges()), digits)


@priced(32)
def _draw(nodes: tuple[Card, ...], arrows: tuple[Edge, ...], digits: int) -> str:
    spend("work", DRAWN * (len(nodes) + len(arrows)))
    places, curves = _placed(nodes, arrows, digits)
    right = max(places[card.id][0] + card.width for card in nodes) + MARGIN
    corners = [places[card.id][1] + card.height for card in nodes]
    low = max([*corners, *(y for curve in curves.values() for _, y in curve.points)])
    drawn = {
        "edges": [edges.draw(name, curve) for name, curve in curves.items()],
        "shapes": _shapes(nodes, arrows, places),
        "nodes": [card.svg(*places[card.id]) for card in nodes],
        "front": [],
        "pills": _pills(nodes, arrows, places, curves, digits),
    }
    layers = "".join(f'<g class="{name}">{"".join(parts)}</g>' for name, parts in drawn.items())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="graph" data-mode="reverse" '
        f'viewBox="0 0 {right:g} {low + MARGIN:g}"><g class="view">{layers}</g></svg>'
    )


# ---- into Graphviz and back -------------------------------------------------------------------------


def _source(nodes: tuple[Card, ...], arrows: tuple[Edge, ...], digits: int) -> str:
    """The DOT: records with a port for each argument, in order, whose arrows we draw ourselves."""
    source = graphviz.Digraph(
        graph_attr={
            "rankdir": "LR",
            "ranksep": _inches(_between(nodes, digits)),
            "nodesep": _inches(SEPARATION),
            # Rounds of the simplex that straightens edges, per node: no picture that was tried needs more,
            # and a variable used at each of 100 depths would take ten times as long without it.
            "nslimit": "3",
        },
        node_attr={"shape": "box", "fixedsize": "true", "label": "", "fontsize": "1"},
        edge_attr={"dir": "none"},
    )
    arguments = [0] * len(nodes)
    for arrow in arrows:
        arguments[arrow.target] += 1
    for card, count in zip(nodes, arguments, strict=True):
        size = {"width": _inches(card.width), "height": _inches(card.height)}
        if count > 1:
            size |= {"shape": "record", "label": "|".join(f"<a{i}>" for i in range(count))}
            size["label"] = graphviz.nohtml(size["label"])
        source.node(card.id, **size)
    for arrow in arrows:
        target = nodes[arrow.target].id
        port = f":a{arrow.argument}" if arguments[arrow.target] > 1 else ""
        source.edge(f"{nodes[arrow.source].id}:e", f"{target}{port}:w", id=f"{target}_{arrow.argument}")
    return str(source.source)


def _inches(units: float) -> str:
    return f"{units / 72:.4f}"


def _between(nodes: tuple[Card, ...], digits: int) -> float:
    """The room between ranks: for a pill, both arrowheads, and the longest shape."""
    room = cards.pill_room(digits) + edges.HEAD + edges.TAIL + 2 * CLEARANCE
    return room + max(0.0, *(width(card.shape, cards.SHAPE) - SHAPE_ROOM for card in nodes))


def _placed(nodes: tuple[Card, ...], arrows: tuple[Edge, ...], digits: int) -> tuple[Places, Curves]:
    """Upper left corners of the cards, and the curves by edge: Graphviz's, or coarse ones where it cannot."""
    ranks = coarse.ranks(len(nodes), arrows)
    bits = edges.BITS
    try:
        if coarse.points_between(ranks, arrows) > LONG:
            raise dot.too_large()
        corners, controls = _read(nodes, arrows, dot.svg(_source(nodes, arrows, digits)))
    except LimitError:
        bits = coarse.BITS
        corners, controls = coarse.placed(nodes, arrows, ranks, _between(nodes, digits), SEPARATION)
    everything = [*corners.values(), *(point for curve in controls.values() for point in curve)]
    left = min(x for x, _ in everything) - MARGIN
    top = min(y for _, y in everything) - MARGIN

    def moved(point: edges.Point) -> edges.Point:
        return round(point[0] - left, 1), round(point[1] - top, 1)

    places = {name: moved(corner) for name, corner in corners.items()}
    return places, {
        name: edges.Curve.through(list(map(moved, curve)), bits) for name, curve in controls.items()
    }


def _read(
    nodes: tuple[Card, ...], arrows: tuple[Edge, ...], svg: str
) -> tuple[coarse.Corners, coarse.Controls]:
    """Corners and controls from Graphviz's own SVG."""
    centres: Places = {}
    for found in _NODE.finditer(svg):
        xs, ys = zip(*_points(found["points"]), strict=True)
        centres[found["id"]] = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    controls = {found["id"]: _points(found["d"]) for found in _EDGE.finditer(svg)}
    corners = {c.id: (centres[c.id][0] - c.width / 2, centres[c.id][1] - c.height / 2) for c in nodes}
    for arrow in arrows:
        # Graphviz ends a curve within a point of the card; a gap of a point shows.
        source, target = nodes[arrow.source], nodes[arrow.target]
        curve = controls[f"{target.id}_{arrow.argument}"]
        curve[0] = corners[source.id][0] + source.width, centres[source.id][1]
        curve[-1] = corners[target.id][0], curve[-1][1]
    return corners, controls


_NODE = re.compile(r'class="node">\s*<title>(?P<id>\w+)</title>\s*<polygon[^>]* points="(?P<points>[^"]+)"')
_EDGE = re.compile(r'<g id="(?P<id>\w+)" class="edge">\s*<title>[^<]*</title>\s*<path[^>]* d="(?P<d>[^"]+)"')


def _points(text: str) -> list[edges.Point]:
    numbers = [float(number) for number in re.findall(r"-?[0-9.]+", text)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


# ---- shapes and pills -------------------------------------------------------------------------------


def _shapes(nodes: tuple[Card, ...], arrows: tuple[Edge, ...], places: Places) -> list[str]:
    """What shape travels along the edges of a node, where they begin; nothing for numbers.

    It stands above them, or below where all of them rise.
    """
    heights: dict[int, list[float]] = {}
    for arrow in arrows:
        heights.setdefault(arrow.source, []).append(places[nodes[arrow.target].id][1])
    drawn = []
    for card, ends in ((nodes[i], ends) for i, ends in heights.items() if nodes[i].shape):
        x, y = places[card.id]
        below = max(ends) < y - 1
        at = f'x="{x + card.width + 3:.1f}" y="{y + card.height / 2 + (10.5 if below else -4):.1f}"'
        drawn.append(f'<text class="shape" {at}>{escape(card.shape)}</text>')
    return drawn


def _pills(
    nodes: tuple[Card, ...], arrows: tuple[Edge, ...], places: Places, curves: Curves, digits: int
) -> list[str]:
    """A pill for each edge, in the gap before its consumer; those of one consumer never overlap."""
    room = cards.pill_room(digits)
    drawn = []
    for target, group in _by_target(arrows).items():
        name = nodes[target].id
        x = places[name][0] - edges.HEAD - CLEARANCE - room / 2
        ys = _apart([curves[f"{name}_{arrow.argument}"].height(x) for arrow in group])
        drawn += [_pill(f"{name}_{a.argument}", x, y, room) for a, y in zip(group, ys, strict=True)]
    return drawn


def _by_target(arrows: tuple[Edge, ...]) -> dict[int, list[Edge]]:
    groups: dict[int, list[Edge]] = {}
    for arrow in arrows:
        groups.setdefault(arrow.target, []).append(arrow)
    return groups


def _apart(ys: list[float], distance: float = cards.PILL_HEIGHT + 2) -> list[float]:
    """`ys` moved as little as is needed for neighbours to be `distance` apart, their middle kept."""
    order = sorted(range(len(ys)), key=ys.__getitem__)
    moved = list(ys)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + distance)
    shift = (sum(moved) - sum(ys)) / len(ys)
    return [y - shift for y in moved]


def _pill(name: str, x: float, y: float, wide: float) -> str:
    h = cards.PILL_HEIGHT
    return (
        f'<g id="pill_{name}" class="pill" data-state="" data-fit="" transform="translate({x:.1f} {y:.1f})">'
        f'<rect x="{-wide / 2:g}" y="{-h / 2:g}" width="{wide:g}" height="{h:g}" rx="{h / 2:g}"/>'
        '<text y="3.8"></text></g>'
    )
