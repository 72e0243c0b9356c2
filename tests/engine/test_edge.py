"""The engine's edge: whatever an operator is given, it works or says in words why it does not."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from graphengine import (
    OPS,
    check_backward,
    closed_form,
    compile_gradient,
    evaluate,
    explain,
    from_function,
    gradient_graph,
    parse,
)
from graphengine.derivatives.calls import Call
from graphengine.errors import GraphError
from graphengine.graph.recording import Tape
from graphengine.ops import Op
from graphengine.program.defaults import default
from graphengine.studies import jacobian_study
from graphengine.values import AXES

Shape = tuple[int, ...]

SHAPES: tuple[Shape, ...] = (
    *((), (0,), (3,), (2, 3), (3, 3), (0, 3), (1, 1), (2, 3, 3), (1, 2, 2, 2)),
    *((1,) * axes for axes in (31, 32)),
)
WHOLE: tuple[Any, ...] = (
    *(0, 1, 2, 3, -1, 10**6, 10**30, 0.5, True, "3", None, 1j, (), (0,), (1, 2), (1, 0), (-1, -2), (0, 0)),
    *([2], (1, 2, 3), ((0, 1), (1, 0)), ((1, 0), (2, 1), (0, 0)), (0, (1,)), (10**6,) * 3),
)
"""What is given for one number, or for several."""
ODD: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(
        "axes axis1 axis2 source destination repeats reps shift pad_width k size n".split(), WHOLE
    ),
    **dict.fromkeys("stride padding kernel_size".split(), WHOLE),
    "ord": (
        1,
        2,
        3,
        0,
        -1,
        0.5,
        float("inf"),
        -float("inf"),
        "fro",
        "nuc",
        "odd",
        None,
        1j,
        (1,),
        float("nan"),
    ),
    "subscripts": (
        "i,i",
        "ij,jk",
        "i",
        "ij->",
        "...",
        "i...,...j",
        ",",
        "->",
        "ii",
        "odd",
        "i1",
        3,
        None,
        ("i",),
    ),
    "mode": ("full", "same", "valid", "odd", 1, None, ["full"]),
    "axis": (
        *(None, 0, -1, 1, -9, 10**30, (0, 0), (0, -1), (0, 1), (), [0], 0.0, 0.5, True, "0", 1j),
        *(np.int64(0), np.float64(1), np.array([0, 1]), float("nan"), float("inf"), (None,), ((0,),)),
    ),
    "keepdims": (True, False, 0, 1, 2, None, "yes", np.True_, 10**30),
    "shape": ((), -1, (-1, -1), 0, 10**30, (2, 3), (1,) * 33, (1,) * 65, 1.5, "3", None, [3], (10**6,) * 2),
    **dict.fromkeys(
        ("ddof", "delta", "beta"), (0, 1, 0.5, -1, 10**6, 10**400, "d", None, 1j, float("nan"), (1,))
    ),
    "eps": (0, 1e-5, -1, 10**400, "e", None, 1j),
}


def choices(op: Op) -> Iterator[dict[str, Any]]:
    """Each option of an operator with everything that may be thought of, the others as they are."""
    yield {}
    for name in op.parameters:
        yield from ({name: value} for value in ODD[name])


def numbers(shape: Shape, is_complex: bool) -> Any:
    """An array without special numbers."""
    value = default("x", shape)
    return value + 0.25j if is_complex else value


def used(op: Op, args: list[Any], params: Mapping[str, Any]) -> None:
    """Record a call, compute it, and differentiate it both ways: the shapes are those that were foretold."""
    tape = Tape()
    symbols = [tape.input(f"x{i}", np.shape(x), is_complex=np.iscomplexobj(x)) for i, x in enumerate(args)]
    node = tape.nodes[tape.apply(op, symbols, params).index]
    assert node.op is not None
    bound = dict(node.params)
    result = node.op.compute(*args, **bound)
    assert np.shape(result) == node.shape, (args, params)
    call = Call(node.op, args, result, bound)
    for place, rule in enumerate(node.op.rules):
        if rule is not None:
            assert np.shape(call.adjoint(place, np.ones(node.shape))) == np.shape(args[place])
            assert np.shape(call.tangent(place, np.ones(np.shape(args[place])))) == node.shape


@pytest.mark.parametrize("is_complex", [False, True])
@pytest.mark.parametrize("name", [name for name, op in OPS.items() if not op.helper])
def test_every_operator_works_or_says_why_not(name: str, is_complex: bool) -> None:
    op = OPS[name]
    worked = 0
    for shapes in itertools.product(
        SHAPES if len(op.arguments) < 3 else SHAPES[2:5], repeat=len(op.arguments)
    ):
        args = [numbers(shape, is_complex) for shape in shapes]
        for params in choices(op):
            with np.errstate(all="ignore"):
                try:
                    used(op, args, params)
                except GraphError as error:
                    error.explain("ru")
                else:
                    worked += 1
    assert worked or (is_complex and op.complex is False)


@pytest.mark.parametrize("rank", [31, 32, 33, 63, 64, 65, 66])
def test_more_axes_than_numpy_has_are_refused_by_the_limit(rank: int) -> None:
    sizes = ", ".join(["1"] * rank)
    nested: Any = 1.0
    for _ in range(rank):
        nested = [nested]
    ways = (
        lambda: explain(f"sum(x * rand({sizes}))"),
        lambda: explain(f"sum(reshape(x, {sizes}))"),
        lambda: explain("sum(x)", {"x": nested}),
        lambda: (
            from_function(lambda x: np.sum(x), np.ones((1,) * rank))
            if rank < 65
            else parse("x", {"x": nested})
        ),
    )
    for way in ways:
        if rank <= AXES:
            way()
        else:
            with pytest.raises(GraphError):
                way()


def test_shapes_that_do_not_fit_where_a_graph_is_evaluated_are_said() -> None:
    graph = parse("W @ x", "W = [[1, 2], [3, 4]]; x = [1, 2]")
    with pytest.raises(GraphError, match="cannot combine"):
        evaluate(graph, {"x": 2.0})


def test_a_bug_of_ours_is_not_told_as_a_mistake_of_the_users() -> None:
    """Where the arguments fit, NumPy complains about an operator that is wrong, and that stays an error."""

    def broken(x: Any) -> Any:
        raise ValueError("a slip in an operator")

    with pytest.raises(ValueError, match="a slip"):
        replace(OPS["exp"], evaluate=broken).compute(1.0)
    with pytest.raises(KeyError):
        replace(OPS["softmax"], shape=lambda x, axis: {}[x]).infer(((2,),), {"axis": 0})


SINGULAR = "sum(inv(A))", "det(inv(A) @ A)", "sum(solve(A, [1, 2]))", "sum(adj(A) @ inv(A))"


@pytest.mark.parametrize("program", SINGULAR)
def test_a_singular_matrix_is_outside_the_reals_for_everyone(program: str) -> None:
    graph = parse(program, {"A": np.ones((2, 2))})
    assert np.isnan(evaluate(graph)["y"])
    assert explain(graph)["error"]["kind"] == "value"
    value, gradient = compile_gradient(graph)(graph.values)
    assert np.isnan(value) and np.all(np.isnan(gradient["A"]))


LAYER = "z = W @ x; y = sum(z)", "W = [[1, 2], [3, 4]]; x = [1, 2]"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("dz = 2\ndx = W.T @ dz", {"z": "shape", "x": "fed"}),
        ("dz = [1, 1, 1]\ndx = W.T @ dz", {"z": "shape", "x": "fed"}),
        ("dz = [1, 1]\ndz += [1, 2, 3]\ndx = W.T @ dz", {"z": "error"}),
        ("dx = y.H", {"x": "shape"}),
        ("dx = y.mH @ W", {"x": "error"}),
        ("dx = x[11111111111111111111]", {"x": "error"}),
        ("dx = cumsum(x, axis=(0, 0))", {"x": "error"}),
        ("dx = sum(x, axis=True)", {"x": "error"}),
    ],
)
def test_a_backward_pass_may_hold_any_shape(text: str, kinds: Mapping[str, str]) -> None:
    report = check_backward(parse(*LAYER), text)
    found = {report.graph.nodes[verdict.node].label: verdict.kind for verdict in report.verdicts}
    assert kinds.items() <= found.items()


def test_what_settles_an_option_keeps_plain_numbers() -> None:
    def f(x: Any) -> Any:
        return np.sum(x, axis=np.int64(1))[np.int64(0)] + x[np.uint8(0), 0]

    graph = from_function(f, np.ones((2, 2)))
    params = [value for node in graph.nodes for _name, value in node.params]
    assert all("np." not in repr(value) for value in params)
    assert math.isclose(float(compile_gradient(graph)(graph.values)[0]), 3.0)


@pytest.mark.parametrize("name", ["", " ", "x y", "x ", "1", "z", "sin", "pi"])
def test_a_value_that_no_input_takes_is_told_at_every_door(name: str) -> None:
    told = f"no input {name if name.isidentifier() else repr(name)};"
    recorded = from_function(lambda x: x * 2, 1.0)
    for program in ("2*x", recorded):
        warned = explain(program, {"x": 1.0, name: 2.0})["warnings"]
        assert [warning["message"] for warning in warned if told in warning["message"]]
    with pytest.warns(UserWarning, match=told):
        evaluate(recorded, {name: 2.0})


def test_one_name_in_two_spellings_is_given_once() -> None:
    with pytest.raises(GraphError, match="given twice"):
        parse("x*y", {"x": 1, "ｘ": 2})


@pytest.mark.parametrize("name", ["lambda", "is", "None", "ω", "v7"])
def test_a_name_may_be_a_word_of_pythons(name: str) -> None:
    gradient = gradient_graph(f"exp({name} * x) + {name}**2", wrt=[name])
    text = explain(gradient)["program"]["text"]
    values = dict(gradient.values)
    assert parse(text, values).inputs.keys() == gradient.inputs.keys()
    assert evaluate(parse(text, values)).popitem()[1] == pytest.approx(evaluate(gradient).popitem()[1])


@pytest.mark.parametrize("program", ["(w @ x)**2", "atan(z)", "abs(z)"])
def test_a_jacobian_of_complex_numbers_is_refused(program: str) -> None:
    graph = parse(program, {"w": [1, 0.5], "x": [1, 0.5j], "z": 1j} if "z" not in program else {"z": 0.5j})
    with pytest.raises(GraphError, match="is complex"):
        jacobian_study(graph, by=list(graph.inputs)[-1])


@pytest.mark.parametrize(
    "program", ["ones(1j)", "linspace(0, 1, 2j)", "x[1j]", "sum(x, axis=1j)", "eye(1+0j)"]
)
def test_sizes_and_places_are_real(program: str) -> None:
    with pytest.raises(GraphError, match="whole number"):
        parse(program, {"x": [1.0, 2.0]})


def test_a_graph_without_a_result_says_so() -> None:
    with pytest.raises(GraphError, match="computes nothing"):
        explain(gradient_graph("2 + 3"))


@pytest.mark.parametrize("number", ["1e308", "1e-320", "-1e308", "0.25", "0.5"])
def test_a_number_of_any_size_has_a_closed_form(number: str) -> None:
    assert closed_form(parse(f"{number} * (a * a)"))["a"].name == "a"
