"""Operators that arrange, pick and combine, as they are typed: against NumPy, and read back again."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import linalg

from graphengine import evaluate, explain, formulas, parse
from graphengine.errors import GraphError, LimitError
from graphengine.program.writing import program_text

X = np.array([[3.0, 1.0, 2.0], [-4.0, 6.0, 5.0]])
S = np.array([[2.0, 1.0], [1.0, 3.0]])
GIVEN: dict[str, Any] = {
    "X": X,
    "S": S,
    "x": [3.0, 1.0, 2.0],
    "k": [1.0, -1.0],
    "i": [1, 1, 0],
    "r": [[2, 0], [1, 1]],
}
V, K = np.array(GIVEN["x"]), np.array(GIVEN["k"])

PROGRAMS: dict[str, Any] = {
    "X[..., 0]": X[..., 0],
    "x[:, None] - x[None, :]": V[:, None] - V,
    "x[[0, 0, 2]]": V[[0, 0, 2]],
    "X[[0, 1], [2, 0]]": X[[0, 1], [2, 0]],
    "x[[True, False, True]]": V[[0, 2]],
    "x[i]": V[[1, 1, 0]],
    "X[i, 0]": X[[1, 1, 0], 0],
    "X[arange(2), r[0]]": X[[0, 1], [2, 0]],
    "take(X, i, axis=0)": X[[1, 1, 0]],
    "take_along_axis(X, r)": np.take_along_axis(X, np.array(GIVEN["r"]), -1),
    "one_hot(i, 3)": np.eye(3)[[1, 1, 0]],
    "arange(3)": np.arange(3.0),
    "arange(1, 2, 0.25)": np.arange(1, 2, 0.25),
    "arange(3, 0, -1)": np.arange(3.0, 0, -1),
    "broadcast_to(x, (2, 3))": np.broadcast_to(V, (2, 3)),
    "expand_dims(x, 1)": V[:, None],
    "unsqueeze(x, dim=0)": V[None],
    "squeeze(x[None, :])": V,
    "ravel(X)": X.ravel(),
    "permute(X, (1, 0))": X.T,
    "swapaxes(X, 0, 1)": X.T,
    "repeat(x, 2)": V.repeat(2),
    "repeat(X, 2, axis=0)": X.repeat(2, axis=0),
    "tile(x, (2, 1))": np.tile(V, (2, 1)),
    "roll(x, 1)": np.roll(V, 1),
    "flip(X)": np.flip(X),
    "pad(X, ((1, 0), (0, 2)))": np.pad(X, ((1, 0), (0, 2))),
    "sort(X)": np.sort(X),
    "x[argsort(x)]": np.sort(V),
    "cumprod(x)": np.cumprod(V),
    "tril(S) @ triu(S, 1)": np.tril(S) @ np.triu(S, 1),
    "concatenate([x, k])": np.concatenate([V, K]),
    "hstack([X, X])": np.hstack([X, X]),
    "vstack(x, x)": np.vstack([V, V]),
    "norm(x, 1)": 6.0,
    "norm(x, inf)": 3.0,
    "norm(x, ord=3)": np.linalg.norm(V, 3),
    "norm(X, axis=-1, keepdims=True)": np.linalg.norm(X, axis=-1, keepdims=True),
    "norm(X, 'nuc')": np.linalg.norm(X, "nuc"),
    "norm(X, 2)": np.linalg.norm(X, 2),
    "einsum('ij,kj->ik', X, X)": X @ X.T,
    'einsum("ii", S)': 5.0,
    "tensordot(X, X, ((0, 1), (0, 1)))": np.sum(X * X),
    "cross(x, X)": np.cross(V, X),
    "kron(x, k)": np.kron(V, K),
    "convolve(x, k)": np.convolve(V, K),
    "convolve(x, k, mode='same')": np.convolve(V, K, "same"),
    "conv1d(x[None, :], k[None, None, :])": -np.diff(V)[None],
    "conv2d(X[None, :], S[None, None, :], padding=1)[0, 1:2, 1]": [np.sum(S * X[:, :2])],
    "max_pool1d(X, 3)": [[3.0], [6.0]],
    "avg_pool2d(X, (2, 1))": np.mean(X, axis=0, keepdims=True),
    "cholesky(S)": np.linalg.cholesky(S),
    "expm(S)": linalg.expm(S),
    "pinv(X)": np.linalg.pinv(X),
    "eigvalsh(S)": np.linalg.eigvalsh(S),
    "svdvals(X)": np.linalg.svd(X, compute_uv=False),
    "logabsdet(-S)": math.log(5),
    "matrix_power(S, -2)": np.linalg.matrix_power(S, -2),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_it_is_read_computed_and_written_as_it_can_be_read_again(program: str) -> None:
    graph = parse(f"y = {program} + 0*s", {**GIVEN, "s": 0.0})
    found = evaluate(graph)["y"]
    np.testing.assert_allclose(found, PROGRAMS[program], 1e-12, 1e-13)
    assert np.shape(found) == np.shape(PROGRAMS[program])
    again = parse(program_text(graph), {**GIVEN, "s": 0.0})
    np.testing.assert_array_equal(evaluate(again)["y"], found)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("x[[True, False]]", "Flags in an index"),
        ("x[[0.5]]", "whole number"),
        ("x[x > 1]", "must not depend"),
        ("squeeze(x)[0, 0]", "no 2 indices"),
        ("pad(x, -1)", "not negative"),
        ("tile(x, 10^9)", "limit"),
        ("permute(X, (0, 0))", "repeated axis|order|applied"),
        ("conv2d(X, S)", "convolution takes"),
        ("conv1d(x[None, :], ones(1, 1, 5))", "does not fit"),
        ("norm(x, 0)", "no norm of the order"),
        ("sin('x')", "Text in quotes"),
        ("einsum('ij', x)", "as many letters"),
        ("arange(10^9)", "limit"),
        ("arange()", "arange takes"),
        ("arange(0, 1, 0)", "arange takes"),
        ("cross(k, k)", "three numbers"),
    ],
)
def test_what_does_not_fit_is_said(program: str, said: str) -> None:
    with pytest.raises(GraphError, match=said):
        parse(program, GIVEN)


@pytest.mark.parametrize(
    "program",
    [
        "sum(W[j])",
        "conv2d(W[None, :], w)",
        "max_pool2d(W, 150, 1)",
        "convolve(v, v)",
        "sum(W[j, :, None])",
    ],
)
def test_what_would_be_too_large_is_refused_before_it_is_made(program: str) -> None:
    given = {
        "W": np.ones((300, 300)),
        "j": np.zeros(2000),
        "w": np.ones((1, 1, 150, 150)),
        "v": np.ones(2000),
    }
    with pytest.raises(LimitError):
        parse(program, given)


def test_the_slopes_of_a_long_running_product_are_refused() -> None:
    with pytest.raises(LimitError):
        explain("sum(cumprod(v))", {"v": np.ones(2000).tolist()}, mode="forward")


def test_a_running_product_has_its_derivative_at_zero() -> None:
    found = explain("sum(cumprod(x))", {"x": [2.0, 0.0, 3.0]})["results"]["gradient"]
    assert found == {"x": [1.0, 8.0, 0.0]}


def test_an_embedding_is_not_differentiated_by_its_indices() -> None:
    document = explain(
        "L = sum(C[i] * w)", {"C": [[1.0, 2], [3, 4]], "i": [1, 1], "w": [[1.0, 10], [100, 1000]]}
    )
    assert document["results"]["gradient"]["C"] == [[0, 0], [101, 1010]]
    assert not np.any(document["results"]["gradient"].get("i", 0))


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("F.pad(X, (1, 2))", "pad(X, pad_width=((0, 0), (1, 2)))"),
        ("F.pad(X, (1, 0, 0, 3))", "pad(X, pad_width=((0, 3), (1, 0)))"),
        ("np.pad(X, ((0, 3), (1, 0)))", "pad(X, ((0, 3), (1, 0)))"),
        ("np.pad(X, 1)", "pad(X, pad_width=1)"),
    ],
)
def test_margins_are_told_from_the_last_axis_on_by_pytorch(pasted: str, read: str) -> None:
    assert formulas.read(pasted, {"X": X}) == read


def test_margins_of_an_unknown_shape_are_refused() -> None:
    with pytest.raises(GraphError, match="where the shape is known"):
        formulas.read("F.pad(x, (1, 1), value=3)", GIVEN)


def test_long_lists_in_an_index_are_not_printed() -> None:
    document = explain("sum(conv1d(x[None, :], w))", {"x": [1.0, 2, 3, 4], "w": [[[1.0, 2]]]})
    rules = [step["rule"] for step in document["steps"] if step["kind"] == "contribute"]
    assert any(r"{:, [\ldots]}" in rule for rule in rules)
    assert not any("[[" in rule for rule in rules)
