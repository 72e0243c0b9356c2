"""The chain rule as a sum over paths: their number, their products, and how they are bracketed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from flask.testing import FlaskClient

from graphengine import parse
from graphengine.derivatives.activity import choose_output
from graphengine.graph import Graph
from graphengine.studies import paths_study
from graphengine.studies.jacobians import values_of
from graphengine.studies.paths import LISTED, between, count, paths
from graphengine.sweeps import reverse
from tests.oracles.array_programs import ArrayAuthor
from tests.oracles.programs import Author
from tests.oracles.references import close


def by_walking(graph: Graph, at: int, of: int) -> int:
    """The number of paths, each walked to its end."""
    ways = int(at == of)
    return ways + sum(by_walking(graph, edge.target, of) for edge in graph.edges() if edge.source == at)


def ladder(rungs: int) -> str:
    return "; ".join(
        f"a{n} = {'x' if n == 1 else f'a{n - 1}'}*{'x' if n == 1 else f'a{n - 1}'}"
        for n in range(1, rungs + 1)
    )


@pytest.mark.parametrize("rungs", range(1, 8))
def test_each_rung_of_a_ladder_doubles_the_paths_and_adds_two_edges(rungs: int) -> None:
    graph = parse(ladder(rungs))
    assert (count(graph, 0, rungs), len(between(graph, 0, rungs))) == (2**rungs, 2 * rungs)
    assert by_walking(graph, 0, rungs) == 2**rungs


def test_a_hundred_rungs_are_counted_without_walking_them() -> None:
    graph = parse(ladder(100), {"x": 1.0})
    assert count(graph, 0, 100) == 2**100
    found = paths(graph, values_of(graph), 0, 100)
    assert len(found) == LISTED
    assert len({path.edges for path in found}) == LISTED


@pytest.mark.parametrize(("author", "seed"), list(itertools.product((Author, ArrayAuthor), range(25))))
def test_the_sum_over_all_paths_is_the_derivative(author: type, seed: int) -> None:
    program = author(seed).write()
    graph = parse(program.text, program.inputs)
    of = graph.outputs[choose_output(graph, None)]
    ones = np.ones(graph.nodes[of].shape)
    swept = reverse(graph, seed={choose_output(graph, None): ones})
    values = values_of(graph)
    for name, start in graph.inputs.items():
        ways = count(graph, start, of)
        assert ways == by_walking(graph, start, of)
        if not 0 < ways <= LISTED:
            continue
        listed = paths(graph, values, start, of)
        assert len(listed) == ways
        assert [len(path.edges) for path in listed] == sorted(len(path.edges) for path in listed)
        total = sum(path.product for path in listed)
        size = max(float(np.max(np.abs(path.product))) for path in listed)
        close(total, swept.adjoints[start], 1e-9, 1e-11 * (1 + size), f"∂/∂{name} of {program.text}")
        for path in listed:
            both = np.sum(path.tangents[-1]), np.sum(path.product)
            assert both[0] == pytest.approx(both[1], rel=1e-9, abs=1e-10 * (1 + size)), (
                "either bracket, one number"
            )


def test_brackets_go_inward_and_outward() -> None:
    told = paths_study(parse("log(x1) + x1*x2 - sin(x2)", "x1 = 2; x2 = 5"), "y", "x2")
    assert (told["count"], told["edges"], told["total"]) == (2, 5, "1.716")
    short, long = told["listed"]
    assert [factor["worth"] for factor in short["factors"]] == [r"\cos x_{2}", "-1"]
    a, b, c = (
        rf"\frac{{\partial {y}}}{{\partial {x}}}"
        for y, x in (("v_{2}", "x_{2}"), ("v_{3}", "v_{2}"), ("y", "v_{3}"))
    )
    assert long["forward"] == rf"{c} \left({b} \left({a} \, \dot{{x}}_{{2}}\right)\right)"
    assert long["reverse"] == rf"\left(\left(\bar{{y}} \, {c}\right) {b}\right) {a}"
    assert long["edges"] == ["v2_1", "v3_1", "v5_0"]


def test_where_nothing_leads_there_are_no_paths() -> None:
    told = paths_study(parse("a = x*2; y = z*3"), "y", "x")
    assert (told["count"], told["listed"], told["total"]) == (0, [], "0")


def test_the_api_answers_the_link(client: FlaskClient) -> None:
    answer = client.get("/api/v1/paths?e=x*x&at=x=3&view=paths").get_json()
    assert (answer["count"], answer["total"]) == (2, "6")
