"""What inputs are: parameters, data, labels, indices and counts, from their use or as it was said."""

from __future__ import annotations

import numpy as np
import pytest

from graphengine import DerivativeError, GraphError, explain, gradient_graph, parse
from graphengine.derivatives.activity import choose_wrt
from graphengine.graph.roles import roles, with_roles


@pytest.mark.parametrize(
    ("program", "found"),
    [
        ("x*y", {}),
        ("cross_entropy(X @ W, t)", {"t": "label"}),
        ("cross_entropy(X @ W, reshape(t, 2))", {"t": "label"}),
        ("cross_entropy(X @ W, t[0])", {"t": "label"}),
        ("cross_entropy(X @ W, softmax(v))", {}),
        ("sum(x)/n", {"n": "count"}),
        ("-sum(t*log(p))/N", {"N": "count"}),
        ("(1/n)*sum(x*x)", {"n": "count"}),
        ("1/(2m) * (sum(x) + sum(y))", {"m": "count"}),
        ("sum((x - mean(x))**2)/(n - 1)", {"n": "count"}),
        ("softmax(Q @ K.T / sqrt(d_k)) @ V", {"d_k": "count"}),
        ("sum(x)/s", {}),
        ("x/n", {}),
        ("x @ w/m", {}),
    ],
)
def test_roles_follow_from_use(program: str, found: dict[str, str]) -> None:
    graph = parse(program)
    assert roles(graph) == {name: found.get(name, "parameter") for name in graph.inputs}
    assert choose_wrt(graph, None) == tuple(name for name in graph.inputs if name not in found)


def test_a_divisor_that_is_no_whole_number_is_no_count() -> None:
    assert roles(parse("sum(x)/n", {"n": 2.5}))["n"] == "parameter"
    assert roles(parse("sum(x)/n", {"n": -2}))["n"] == "parameter"
    assert roles(parse("sum(x)/n", {"n": 2}))["n"] == "count"


@pytest.mark.parametrize(
    ("program", "name", "told"),
    [
        ("cross_entropy(x, t)", "t", "t says which class is right: a label has no derivative."),
        ("sum(x)/n", "n", "n says how many there are: a count has no derivative."),
    ],
)
def test_what_has_no_derivative_says_so(program: str, name: str, told: str) -> None:
    for mode in ("forward", "reverse"):
        with pytest.raises(DerivativeError) as caught:
            explain(program, mode=mode, wrt=[name])
        assert str(caught.value.message) == told
        assert "parameter" in str(caught.value.hint)
    with pytest.raises(DerivativeError):
        gradient_graph(parse(program), wrt=[name])


def test_a_role_that_was_given_comes_first() -> None:
    graph = with_roles(parse("sum(x)/n"), {"n": "parameter", "x": "data"})
    assert roles(graph) == {"x": "data", "n": "parameter"}
    assert choose_wrt(graph, None) == ("x", "n")


@pytest.mark.parametrize("asked", [{"z": "label"}, {"x": "star"}])
def test_a_role_that_there_is_not_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(GraphError):
        with_roles(parse("sum(x)"), asked)


def test_the_walk_leaves_labels_and_counts_alone() -> None:
    document = explain("cross_entropy(x, t) + sum(x*x)/n", {"x": [1.0, 2.0], "t": [0.0, 1.0], "n": 4})
    assert document["wrt"] == ["x"]
    assert list(document["results"]["gradient"]) == ["x"]
    p = np.exp([1.0, 2.0]) / np.sum(np.exp([1.0, 2.0]))
    assert np.allclose(document["results"]["gradient"]["x"], p - [0, 1] + np.array([1.0, 2.0]) / 2)
