"""The skeleton of the picture: its ids, its geometry, and what may not get into it."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from math import dist
from xml.etree import ElementTree

import pytest

import graphengine
from graphengine.graph import Graph, Node
from graphengine.ops import OPS
from graphengine.picture import cards, coarse, dot, edges, layout

SVG = "{http://www.w3.org/2000/svg}"
LECTURE = "exp(w1*x1 + w2*x2 + w0)"
PROGRAMS = [
    LECTURE,
    "x",
    "-x",
    "x*x",
    "x*x + x*x",
    "max(x, x)*hypot(x, y)",
    "log(x1) + x1*x2 - sin(x2)",
    "(x + sigmoid(y)) / (sigmoid(x) + (x + y)**2)",
    "a = 2; loss = a*pi*leaky_relu(gamma)*another_extremely_long_identifier",
    "l2 = 4*x*(1 - x); l3 = 4*l2*(1 - l2); l4 = 4*l3*(1 - l3)",
]


class Picture:
    """A drawn program, with boxes (left, top, right, bottom) and curves by id."""

    def __init__(self, program, digits=4):
        self.graph = graphengine.parse(program) if isinstance(program, str) else program
        self.text = layout.draw(self.graph, digits)
        self.root = ElementTree.fromstring(self.text)
        self.ids = {e.get("id"): e for e in self.root.iter() if e.get("id")}
        self.width, self.height = map(float, self.root.get("viewBox").split()[2:])

    def boxes(self, kind):
        found = {}
        for group in self.root.iter(f"{SVG}g"):
            if group.get("class") == kind:
                x, y = map(float, re.findall(r"-?[\d.]+", group.get("transform")))
                rect = group.find(f"{SVG}rect")
                left, top = x + float(rect.get("x", 0)), y + float(rect.get("y", 0))
                size = float(rect.get("width")), float(rect.get("height"))
                found[group.get("id")] = (left, top, left + size[0], top + size[1])
        return found

    def curve(self, edge):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", self.ids[edge][0].get("d"))]
        return list(zip(numbers[::2], numbers[1::2], strict=True))


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.fixture(params=PROGRAMS)
def picture(request):
    return Picture(request.param)


def test_every_node_slot_edge_and_pill_has_its_id(picture):
    graph = picture.graph
    edges = [f"{graph.nodes[e.target].id}_{e.argument}" for e in graph.edges()]
    wanted = {f"node_{n.id}" for n in graph.nodes}
    wanted |= {f"edge_{e}" for e in edges} | {f"pill_{e}" for e in edges}
    assert set(picture.ids) == wanted
    for node in graph.nodes:
        slots = [
            s.get("data-slot") for s in picture.ids[f"node_{node.id}"].iter(f"{SVG}g") if s.get("data-slot")
        ]
        if node.kind == "literal":
            assert slots == (["value"] if node.name else [])
        else:
            assert slots == ["value", "tangent", "adjoint"]


def test_the_layers_come_in_the_order_of_drawing(picture):
    (view,) = picture.root
    assert [layer.get("class") for layer in view] == ["edges", "shapes", "nodes", "front", "pills"]
    assert picture.root.get("data-mode") == "reverse"
    assert not re.search(r"\sstyle=|<style|<script|<!|href", picture.text)
    assert picture.root.get("width") is None and picture.root.get("height") is None


def test_cards_do_not_overlap_and_stay_inside(picture):
    boxes = picture.boxes("node")
    for a, b in combinations(boxes.values(), 2):
        assert not overlap(a, b)
    for left, top, right, bottom in boxes.values():
        assert left >= 2 and top >= 2 and right <= picture.width - 2 and bottom <= picture.height - 2


def test_pills_cover_no_card_and_no_pill_of_the_same_consumer(picture):
    cards_, pills = picture.boxes("node"), picture.boxes("pill")
    for pill in pills.values():
        assert not any(overlap(pill, card) for card in cards_.values())
        assert pill[1] >= 0 and pill[3] <= picture.height
    for (one, a), (other, b) in combinations(pills.items(), 2):
        if one.split("_")[1] == other.split("_")[1]:
            assert not overlap(a, b)


def test_an_edge_runs_from_card_to_card_and_arguments_keep_their_order(picture):
    boxes, graph = picture.boxes("node"), picture.graph
    for edge in graph.edges():
        source, target = graph.nodes[edge.source].id, graph.nodes[edge.target].id
        curve = picture.curve(f"edge_{target}_{edge.argument}")
        (left, top, _, bottom), end = boxes[f"node_{target}"], curve[-1]
        assert end[0] == pytest.approx(left, abs=0.11) and top < end[1] < bottom
        assert curve[0][0] == pytest.approx(boxes[f"node_{source}"][2], abs=0.11)
        if edge.argument:
            assert picture.curve(f"edge_{target}_{edge.argument - 1}")[-1][1] < end[1] - 10


def test_arrowheads_have_their_tips_at_the_ends_of_the_path(picture):
    for name, edge in picture.ids.items():
        if name.startswith("edge_"):
            curve = picture.curve(name)
            for part, tip in ((1, curve[-1]), (2, curve[0])):
                x, y = edge[part].get("points").split()[0].split(",")
                assert (float(x), float(y)) == pytest.approx(tip, abs=0.06)


def test_the_picture_depends_on_no_value():
    one = graphengine.parse(LECTURE, "w1 = 2; x1 = -1; w2 = -3; x2 = -2; w0 = -3")
    other = graphengine.parse(LECTURE, "w1 = 1e-9; x1 = 123456.7; w2 = 0; x2 = -2e30; w0 = 1")
    assert layout.draw(one) == layout.draw(other)


def test_more_digits_make_wider_cards():
    widths = [Picture(LECTURE, digits).boxes("node")["node_v1"] for digits in (4, 12)]
    assert widths[1][2] - widths[1][0] > widths[0][2] - widths[0][0] + 50


def test_the_two_edges_of_a_square_differ():
    picture = Picture("x*x")
    assert picture.curve("edge_v1_0") != picture.curve("edge_v1_1")


# ---- names ----------------------------------------------------------------------------------------


def header(picture, node):
    group = picture.ids[node]
    return next(t for t in group.findall(f"{SVG}text") if t.get("class") == "name")


def test_names_are_set_with_subscripts_and_greek_letters():
    picture = Picture("alpha_0*w12")
    names = ["".join(header(picture, f"node_{n.id}").itertext()) for n in picture.graph.nodes]
    assert names == ["α0", "w12", "y"]
    assert header(picture, f"node_{picture.graph.nodes[1].id}")[0].text == "12"


def test_a_long_name_is_shortened_and_told_in_full():
    name = "a" * 60
    picture = Picture(f"{name} + 1")
    node = f"node_{picture.graph.nodes[0].id}"
    left, _, right, _ = picture.boxes("node")[node]
    assert right - left <= cards.WIDEST + 0.1
    assert header(picture, node).text.endswith("…")
    assert picture.ids[node].find(f"{SVG}title").text == name


def test_no_name_reaches_graphviz_and_none_is_markup(monkeypatch):
    name = '<script>alert("1")</script>&' + "'" + "]]>" * 20
    nodes = (
        Node("v1", "input", (), name=name),
        Node("v2", "operator", (), op=OPS["exp"], args=(0,), name=name),
    )
    seen = []
    svg = dot.svg
    monkeypatch.setattr(dot, "svg", lambda source: seen.append(source) or svg(source))
    picture = Picture(Graph(nodes, {name: 1}))
    assert len(seen) == 1 and "script" not in seen[0]
    assert "<script" not in picture.text
    assert picture.ids["node_v1"].find(f"{SVG}title").text == name


def test_an_operator_of_arrays_has_room_for_its_shape():
    shape = (100, 100, 10)
    node = Node("v1", "input", shape, name="X")
    assert cards.card(node, 4).width > cards.card(replace(node, shape=()), 4).width


# ---- bounds ---------------------------------------------------------------------------------------


def powers(count):
    """x, x·x, x·x·x …: each node uses the first one, the worst case for long edges."""
    nodes = [Node("v0", "input", (), name="x")]
    nodes += [Node(f"v{i}", "operator", (), op=OPS["mul"], args=(0, i - 1)) for i in range(1, count)]
    return Graph(tuple(nodes), {"y": count - 1})


def test_a_hundred_uses_of_one_variable_are_drawn():
    assert layout.draw(powers(100)).count('class="node"') == 100


def test_a_graph_with_long_edges_is_laid_out_coarsely():
    nodes = tuple(cards.card(node, 4) for node in powers(1000).nodes)
    arrows = tuple(powers(1000).edges())
    ranks = coarse.ranks(len(nodes), arrows)
    corners, controls = coarse.placed(nodes, arrows, ranks, 60, 10)
    boxes = [(*corners[card.id], card.width, card.height) for card in nodes]
    assert len(set(boxes)) == 1000
    for (x, y, wide, high), (left, top, *_) in combinations(boxes, 2):
        assert abs(x - left) >= wide or abs(y - top) >= high
    for arrow in arrows:  # from the right side of a card to the left side of another, further right
        (ax, _), *_, (bx, by) = controls[f"{nodes[arrow.target].id}_{arrow.argument}"]
        left, top = corners[nodes[arrow.target].id]
        assert ax < bx == left and top < by < top + nodes[arrow.target].height
    assert layout.draw(powers(1000)).count('class="edge"') == 1998


def test_a_layout_that_takes_too_much_work_is_made_coarse(monkeypatch):
    drawn = layout.draw(powers(30))
    layout._draw.cache_clear()
    monkeypatch.setattr(dot, "svg", refused)
    coarser = layout.draw(powers(30))
    layout._draw.cache_clear()
    assert coarser != drawn
    assert coarser.count('class="edge"') == drawn.count('class="edge"') == 58


def refused(source):
    raise dot.too_large()


def test_a_thousand_nodes_in_a_chain_are_drawn():
    nodes = [Node("v0", "input", (), name="x")]
    nodes += [Node(f"v{i}", "operator", (), op=OPS["exp"], args=(i - 1,)) for i in range(1, 1000)]
    assert layout.draw(Graph(tuple(nodes), {"y": 999})).count('class="edge"') == 999


def test_a_coarse_edge_is_as_long_as_it_says_and_level_at_both_ends():
    graph = powers(400)
    nodes = tuple(cards.card(node, 4) for node in graph.nodes)
    arrows = tuple(graph.edges())
    _, controls = coarse.placed(nodes, arrows, coarse.ranks(len(nodes), arrows), 60, 10)
    for listed in list(controls.values())[::7]:
        curve = edges.Curve.through(listed, coarse.BITS)
        assert len(listed) % 3 == 1
        assert fine_length(listed) - curve.length < 1  # a dash ends the line within its arrowhead
        assert listed[0][1] == listed[3][1] and listed[-1][1] == listed[-4][1]
        assert listed[3][0] - listed[0][0] >= edges.TAIL and listed[-1][0] - listed[-4][0] >= edges.HEAD


def fine_length(controls):
    total = 0.0
    for i in range(0, len(controls) - 1, 3):
        piece = controls[i : i + 4]
        points = [bezier(piece, k / 200) for k in range(201)]
        total += sum(dist(a, b) for a, b in pairwise(points))
    return total


def bezier(piece, t):
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return tuple(sum(w * point[axis] for w, point in zip(weights, piece, strict=True)) for axis in (0, 1))
