"""The one loop of reverse accumulation: what it adds up, and that there is no second one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from graphengine import parse
from graphengine.derivatives.accumulation import backwards, forwards, pull, push
from graphengine.derivatives.activity import active
from graphengine.graph.traversal import downstream, run, upstream
from tests.test_house import sources

ADJOINTS = {
    "accumulation.pull": "the loop",
    "walk.Walk.pull": "an edge of the loop, as a step",
    "transposition._moved": "an edge of the loop, as a part of a line",
    "paths._followed": "along a single path, where nothing is added up",
    "rules._derive": "one rule, as a formula",
    "elements.element": "an element of one rule, as a formula",
    "truth.Truth.contribution": "one edge, at a point of a walk that is done",
    "slips._spread": "the same with a slip",
    "slips._elsewhere": "the same with a slip",
}
"""Who asks for an adjoint, and what for. A new loop belongs into `derivatives.accumulation`."""

BACKWARDS = {
    "traversal.upstream": "what is needed",
    "values.short_value": "digits",
    "writing._Written.__init__": "what is needed element by element, where there is no whole",
}
"""Who counts down, and what."""

DIAMOND = parse("a = x * y; b = sin(a); a * b + x", {"x": 2, "y": 3})
PLACES = {name: DIAMOND.position(name) for name in ("x", "y", "a", "b")} | {"out": len(DIAMOND.nodes) - 1}


def test_reverse_accumulation_stands_once() -> None:
    assert _where(_asks) == set(ADJOINTS)
    assert _where(_counts_down) == set(BACKWARDS)


@pytest.mark.parametrize(
    "loop",
    [
        "for i in sorted(calls, reverse=True): sums[k] += calls[i].adjoint(0, sums[i])",
        "send = call.adjoint",
        "for i in reversed(range(len(nodes))): lines.append(derive('adjoint', graph, i, 0))",
        "for i in range(len(nodes) - 1, -1, -1): needed.update(nodes[i].args)",
    ],
)
def test_a_second_loop_would_be_seen(loop: str) -> None:
    assert _asks(ast.parse(loop)) or _counts_down(ast.parse(loop))


def _where(test: Callable[[ast.AST], bool]) -> set[str]:
    return {
        f"{path.stem}.{name}"
        for path in sources()
        for name, function in _functions(ast.parse(path.read_text(encoding="utf-8")))
        if test(function)
    }


def _functions(tree: ast.AST, around: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{node.name}.")
        else:
            yield around + getattr(node, "name", "?"), node


def _asks(tree: ast.AST) -> bool:
    """Whether the method `adjoint` of something is named."""
    return any(isinstance(node, ast.Attribute) and node.attr == "adjoint" for node in ast.walk(tree))


def _counts_down(tree: ast.AST) -> bool:
    """Whether places are gone through from the last to the first."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("reversed"), args=[ast.Call(func=ast.Name("range"))]):
                return True
            case ast.Call(func=ast.Name("range"), args=[_, _, ast.UnaryOp(op=ast.USub())]):
                return True
    return False


@dataclass(frozen=True)
class Named:
    """Rules that write down by whom they were asked."""

    place: int

    def adjoint(self, argument: int, g: str) -> str:
        return f"[{self.place}.{argument} {g}]"

    tangent = adjoint


def test_an_adjoint_is_complete_before_it_is_sent_on() -> None:
    x, y, a, b, out = PLACES.values()
    total = DIAMOND.nodes[out].args[0]
    found = pull(DIAMOND.nodes, active(DIAMOND.nodes, [x], [out]), {out: "g"}, Named)
    assert found[b] == f"[{total}.1 [{out}.0 g]]"
    assert found[a] == f"[{total}.0 [{out}.0 g]]" + f"[{b}.0 {found[b]}]"
    assert found[x] == f"[{out}.1 g]" + f"[{a}.0 {found[a]}]"
    assert y not in found


def test_tangents_go_the_other_way() -> None:
    x, y, a, b, out = PLACES.values()
    total = DIAMOND.nodes[out].args[0]
    found = push(DIAMOND.nodes, active(DIAMOND.nodes, [y], [out]), {y: "t"}, Named)
    assert found[total] == f"[{total}.0 {found[a]}]" + f"[{total}.1 {found[b]}]"
    assert found[out] == f"[{out}.0 {found[total]}]"
    assert x not in found


def test_both_loops_go_along_the_same_edges() -> None:
    for start in PLACES.values():
        for end in PLACES.values():
            between = active(DIAMOND.nodes, [start], [end])
            there, back = forwards(DIAMOND.nodes, between), backwards(DIAMOND.nodes, between)
            assert sorted(there, key=repr) == sorted(back, key=repr)
    everything = set(range(len(DIAMOND.nodes)))
    assert list(forwards(DIAMOND.nodes, everything)) == list(DIAMOND.edges())


def test_what_follows_and_what_is_needed() -> None:
    x, y, a, b, out = PLACES.values()
    assert downstream(DIAMOND.nodes, [b]) == {b, *DIAMOND.nodes[out].args[:1], out}
    assert upstream(DIAMOND.nodes, [b]) == {x, y, a, b}
    assert active(DIAMOND.nodes, [b], [a]) == set()


def test_a_node_that_is_known_is_not_opened() -> None:
    def leaf(place: int) -> int | None:
        return {PLACES["x"]: 0, PLACES["y"]: 0, PLACES["a"]: 10}.get(place)

    depths = run(DIAMOND.nodes, leaf, lambda _, args: 1 + max(args))
    assert [depths[PLACES[name]] for name in ("x", "a", "b", "out")] == [0, 10, 11, 13]
