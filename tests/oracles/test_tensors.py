"""Every operator of vectors, matrices and stacks, against differences, transposes and each other."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.graph import Graph
from graphengine.graph.evaluation import evaluate
from graphengine.graph.recording import Tape
from graphengine.ops import BY_NUMPY, OPS, Op
from graphengine.sweeps import forward, reverse
from tests.oracles import references as oracles
from tests.oracles.references import calling, close

Shapes = tuple[tuple[int, ...], ...]

TENSORS = [op for op in OPS.values() if op.shapes]
DERIVABLE = [op for op in TENSORS if None not in op.rules]
STEPWISE = {
    "argsort",
    "shares",
    *"logical_and logical_or logical_not floor ceil round trunc floor_divide".split(),
}
"""Piecewise constant: where it jumps, differences find no slope."""
ALONE = {"imag", "angle", "phase"}
"""Without a slope on real numbers; tested by test_complex.py."""
OTHERS = {"gather", "scatter_add", "take", "take_along_axis", "one_hot"}
"""Of whole numbers; tested by test_gather.py and cross_entropy."""

every = pytest.mark.parametrize("op", DERIVABLE, ids=lambda op: op.name)


def points(op: Op) -> Iterator[tuple[list[Any], dict[str, Any], np.random.Generator]]:
    """Well-conditioned points of the operator's shapes, and its parameters."""
    rng = np.random.default_rng(list(op.name.encode()))
    for shapes, params in itertools.product(op.shapes, op.options):
        point: list[Any] = [np.asarray(rng.normal(size=shape))[()] for shape in shapes]
        for i, shape in enumerate(shapes):
            if len(shape) >= 2 and shape[-1] == shape[-2]:
                # Far from singular, and of a positive determinant.
                point[i] = point[i] / 2 + 2 * np.eye(shape[-1])
        if op.name == "clip":
            point[1:] = [np.full(shapes[1], -0.6)[()], np.full(shapes[2], 0.7)[()]]
        if op.name in ("mod", "fmod"):  # where the quotient is between 1.1 and 1.8
            point = [5 + np.abs(point[0]) % 2, 4 + np.abs(point[1]) % 0.3]
        if op.name in ("bce", "bce_with_logits", "kl_div"):  # of probabilities
            point = [1 / (1 + np.exp(-x)) for x in point]
        if op.name == "where":
            point[0] = (point[0] > 0) * 1.0
        yield point, dict(params), rng


def graph_of(op: Op, point: list[Any], params: Mapping[str, Any]) -> Graph:
    """The graph y = op(arguments), with the arguments as inputs, labels among them."""
    tape = Tape()
    symbols = [tape.input(name, np.shape(x)) for name, x in zip(op.arguments, point, strict=True)]
    result = tape.apply(op, symbols, params)
    tape.christen(result, "y")
    values = dict(zip(op.arguments, point, strict=True))
    return tape.graph({"y": result}, values=values, roles=dict.fromkeys(op.arguments, "parameter"))


def test_every_operator_is_tried_on_scalars_or_on_arrays() -> None:
    assert {op.name for op in OPS.values() if not (op.specimens or op.shapes)} == OTHERS


@every
def test_rules_agree_with_differences_and_are_each_others_transposes(op: Op) -> None:
    for point, params, rng in points(op):
        if op.name not in STEPWISE:
            oracles.check_differences(op, point, params, rng)
        oracles.check_transpose(op, point, params, rng)


@every
def test_shapes_are_known_before_the_numbers(op: Op) -> None:
    for point, params, _rng in points(op):
        bound = op.bind(params)
        shape = op.infer(tuple(np.shape(x) for x in point), bound)
        assert np.shape(op.evaluate(*point, **bound)) == shape


@every
def test_sweeps_gradient_graph_and_compiled_gradient_agree(op: Op) -> None:
    for point, params, rng in points(op):
        graph, call = graph_of(op, point, params), calling(op, point, params)
        g = rng.normal(size=np.shape(call.result))
        swept = reverse(graph, seed={"y": g})
        ones = np.ones(np.shape(call.result))
        gradient, (value, compiled) = evaluate(gradient_graph(graph)), compile_gradient(graph)(graph.values)
        close(value, call.result, 1e-14, 1e-15, f"value of {op.name}")
        for i, name in enumerate(op.arguments):
            close(swept.adjoints[graph.inputs[name]], call.adjoint(i, g), 1e-14, 0, f"adjoint of {op.name}")
            expected = call.adjoint(i, ones)
            close(gradient[f"dy_d{name}"], expected, 1e-12, 1e-13, f"gradient of {op.name}")
            close(compiled[name], expected, 1e-12, 1e-13, f"compiled gradient of {op.name}")


@every
def test_second_derivatives_agree_with_differences_of_the_first(op: Op) -> None:
    if op.name in STEPWISE:
        return
    for point, params, rng in points(op):
        if any(np.size(x) == 0 for x in point):
            continue
        graph = graph_of(op, point, params)
        for i, j in itertools.product(range(len(op.arguments)), repeat=2):
            first = gradient_graph(graph, wrt=[op.arguments[i]])
            (title,) = first.outputs
            direction = rng.normal(size=np.shape(point[j]))
            moved = op.arguments[j]
            trace = forward(first, wrt=[moved], seed={moved: direction})
            assert trace.error is None
            zero = np.zeros(first.nodes[first.outputs[title]].shape)
            found = trace.tangents.get(first.outputs[title], zero)

            def slope(x: Any, title: str = title, first: Graph = first, moved: str = moved) -> Any:
                return evaluate(first, {moved: x})[title]

            expected = oracles.differences(slope, point[j], direction)
            size = 1e-7 * (1 + float(np.max(np.abs(expected), initial=0)))
            close(found, expected, 1e-5, size, f"second derivative of {op.name} by {i}, {j}")


@every
def test_a_rule_that_is_wrong_by_a_thousandth_is_found(op: Op) -> None:
    for argument, rule in enumerate(op.rules):
        assert rule is not None

        @functools.wraps(rule)
        def wrong(rule: Any = rule, **reads: Any) -> Any:
            return 1.001 * rule(**reads)

        changed = tuple(wrong if i == argument else other for i, other in enumerate(op.rules))
        spoiled = dataclasses.replace(op, rules=changed)
        if op.name in STEPWISE | ALONE or op.kind == "composite" or (op.name, argument) == ("where", 0):
            # A derivative that is always 0 stays so; and the rules of a composite's parts are checked.
            continue
        found = False
        for point, params, rng in points(op):
            try:
                oracles.check_differences(spoiled, point, params, rng)
                oracles.check_transpose(spoiled, point, params, rng)
            except AssertionError:
                found = True
        assert found, argument


def test_class_numbers_are_one_hot_rows() -> None:
    rng = np.random.default_rng(5)
    logits = rng.normal(size=(4, 3))
    numbers = np.array([2, 0, 1, 1])
    of_numbers = calling(OPS["cross_entropy"], [logits, numbers], {})
    of_rows = calling(OPS["cross_entropy"], [logits, np.eye(3)[numbers]], {})
    close(of_numbers.result, of_rows.result, 1e-15, 0, "cross-entropy")
    softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    close(of_numbers.adjoint(0, 1.0), (softmax - np.eye(3)[numbers]) / 4, 1e-12, 1e-15, "its adjoint")
    assert np.isnan(OPS["cross_entropy"](logits, np.array([0, 1, 2, 3])))


@pytest.mark.parametrize("function", [f for f, op in BY_NUMPY.items() if op.shapes], ids=lambda f: f.__name__)
def test_a_claimed_numpy_function_is_the_operator(function: Any) -> None:
    op = BY_NUMPY[function]
    for point, params, _rng in points(op):
        if op.numpy_rank is not None and any(np.ndim(x) > op.numpy_rank for x in point):
            continue  # there NumPy means something else (tests/oracles/test_numpy.py)
        resolved = op.resolve(tuple(np.shape(x) for x in point))
        bound = resolved.bind(params)
        given = [point] if op.variadic else point  # NumPy takes those of which there may be many in a list
        close(function(*given, **bound), resolved(*point, **bound), 1e-15, 1e-15, op.name)


WORDS = {
    "softmax": "np.exp(x) / np.sum(np.exp(x), axis=axis, keepdims=True)",
    "log_softmax": "x - np.log(np.sum(np.exp(x), axis=axis, keepdims=True))",
    "trace": "np.sum(x * np.eye(x.shape[-1]), axis=(-1, -2))",
    "diagonal": "np.sum(x * np.eye(x.shape[-1]), axis=-1)",
    "diag_matrix": "x[..., None] * np.eye(x.shape[-1])",
    "adj": "np.linalg.det(x)[..., None, None] * np.linalg.inv(x)",
    "bce": "-np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))",
    "kl_div": "np.mean(t * np.log(t) - t * x)",
    "nll_loss": "-np.mean(np.sum(t * x, axis=-1))",
    "cholesky": "np.linalg.cholesky((x + np.swapaxes(x, -1, -2)) / 2)",
    "eigvalsh": "np.linalg.eigh((x + np.swapaxes(x, -1, -2)) / 2)[0]",
    "clip": "np.minimum(np.maximum(x, a), b)",
    "layernorm": "(x - np.mean(x, axis=-1, keepdims=True)) / np.sqrt(np.mean((x - np.mean(x, axis=-1,"
    " keepdims=True))**2, axis=-1, keepdims=True) + eps)",
    "cross_entropy": "-np.mean(np.sum(t * (x - np.log(np.sum(np.exp(x), axis=-1, keepdims=True))), axis=-1))",
}
"""Operators whose code HIPS autograd cannot follow, in functions that it knows."""

UNCOMPARED = {
    *(
        "cov",
        "fmod",
        "where",
        "others",
        "shares",
        "flip",
        "index",
        "scatter",
        "spread_diagonal",
        "broadcast_to",
        "pad",
    ),
    *("repeat", "tile"),  # whose copies it mixes up
    *("sort", "cumprod", "norm", "convolve", "conv1d", "conv2d", "matrix_power", "expm", "expm_change"),
    *("max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "svdvals", "eigenvectors", "hstack", "vstack"),
    *("tensordot", "cross"),
}
"""What HIPS autograd has no function for, or another broadcast; differences and transposes judge them."""


@pytest.mark.parametrize("op", [op for op in DERIVABLE if op.name not in UNCOMPARED], ids=lambda op: op.name)
def test_adjoints_agree_with_hips_autograd(op: Op) -> None:
    for point, params, rng in points(op):
        bound = op.bind(params)
        f = oracles.called(op.arguments, WORDS.get(op.name, op.code), {**oracles.AUTOGRAD, **bound})
        g = rng.uniform(0.5, 1.0, np.shape(op.evaluate(*point, **bound)))
        for i in range(len(op.arguments)):
            expected = oracles.by_autograd(f, [np.asarray(x, float) for x in point], i, g)
            found = calling(op, point, params).adjoint(i, g)
            close(found, expected, 1e-9, 1e-11, f"adjoint of {op.name} by {op.arguments[i]}")


def test_the_gaps_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(
            f"\nHIPS autograd: {len(DERIVABLE) - len(UNCOMPARED)} of {len(DERIVABLE)} operators compared,"
            f" {len(WORDS)} in other words; not {', '.join(sorted(UNCOMPARED))}."
        )
