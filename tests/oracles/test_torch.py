"""Every operator against PyTorch: values, adjoints, tangents and second derivatives, in double precision.

PyTorch is large and optional: `script/test --torch` installs it. Without it these tests are skipped, and
say so.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from graphengine.derivatives.gradients import gradient_graph
from graphengine.graph.evaluation import evaluate
from graphengine.ops import OPS, Op
from graphengine.studies.jacobians import jacobian
from tests.oracles import test_random_arrays, test_random_programs, test_tensors
from tests.oracles.points import cases, sample, seeded
from tests.oracles.references import calling, close, differences
from tests.oracles.torch_words import LACKING, NUMPY, WORDS, torch

Case = tuple[list[Any], dict[str, Any], np.random.Generator]
# Of PyTorch's forward mode, when it is first used.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:DeprecationWarning")
every = pytest.mark.parametrize("op", [OPS[name] for name in WORDS], ids=lambda op: op.name)


def points(op: Op) -> Iterator[Case]:
    """Points of scalars and of arrays, with the operator's parameters."""
    if op.shapes:
        yield from test_tensors.points(op)
        return
    rng = seeded(op)
    for shapes, params in cases(op):
        yield sample(op, shapes, rng), params, rng


def tensors(point: list[Any]) -> list[Any]:
    return [torch.tensor(np.asarray(x, float), requires_grad=True) for x in point]


def numbers(tensor: Any) -> Any:
    return tensor.detach().resolve_neg().numpy(force=True)


def test_every_operator_is_compared_or_has_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert {*WORDS, *LACKING} == {*OPS}
    with capsys.disabled():
        why = "; ".join(f"{name} ({reason})" for name, reason in LACKING.items())
        print(f"\nPyTorch {torch.__version__}: {len(WORDS)} of {len(OPS)} operators compared; not {why}.")


@every
def test_values_adjoints_and_tangents(op: Op) -> None:
    for point, params, rng in points(op):
        bound, call, inputs = op.bind(params), calling(op, point, params), tensors(point)

        def f(*args: Any, bound: dict[str, Any] = bound) -> Any:
            return WORDS[op.name](*args, **bound)

        result = f(*inputs)
        what = f"{op.name} at {[np.shape(x) for x in point]} with {params}"
        close(numbers(result), call.result, 1e-12, 1e-13, f"value of {what}")
        if not result.requires_grad:
            continue
        g = rng.normal(size=np.shape(call.result))
        pulled = torch.autograd.grad(result, inputs, torch.tensor(g), allow_unused=True)
        for i, expected in enumerate(pulled):
            found = call.adjoint(i, np.asarray(g)[()])
            wanted = np.zeros(np.shape(point[i])) if expected is None else numbers(expected)
            close(found, wanted, 1e-9, 1e-11, f"adjoint of {what} by {op.arguments[i]}")
        moved = [np.asarray(rng.normal(size=np.shape(x))) for x in point]
        _, pushed = torch.func.jvp(f, tuple(inputs), tuple(map(torch.tensor, moved)))
        tangent = sum(call.tangent(i, moved[i][()]) for i in range(len(point)))
        close(tangent, numbers(pushed), 1e-9, 1e-11, f"tangent of {what}")


@every
def test_second_derivatives(op: Op) -> None:
    """The derivative by each argument of the slope by each, along a random direction."""
    for point, params, rng in itertools.islice(points(op), 4):
        graph = test_tensors.graph_of(op, point, params)
        bound, inputs = op.bind(params), tensors(point)
        result = WORDS[op.name](*inputs, **bound)
        if not result.requires_grad or any(np.size(x) == 0 for x in point):
            continue
        slopes = torch.autograd.grad(result.sum(), inputs, create_graph=True, allow_unused=True)
        for i, slope in enumerate(slopes):
            if slope is None or not slope.requires_grad:
                continue
            first = gradient_graph(graph, wrt=[op.arguments[i]])
            (title,) = first.outputs
            u = np.asarray(rng.normal(size=np.shape(point[i])))
            curved = torch.autograd.grad(
                (slope * torch.tensor(u)).sum(), inputs, retain_graph=True, allow_unused=True
            )
            trace = test_random_programs.by_reverse(first, title, u)
            for j, expected in enumerate(curved):
                wanted = np.zeros(np.shape(point[j])) if expected is None else numbers(expected)
                found = trace[op.arguments[j]] if op.arguments[j] in trace else np.zeros(np.shape(point[j]))
                what = f"second derivative of {op.name} by {op.arguments[i]}, {op.arguments[j]} at {point}"
                close(found, wanted, 1e-8, 1e-9, what)


@pytest.mark.parametrize("seed", test_random_arrays.QUICK)
def test_random_programs_of_arrays(seed: int) -> None:
    """The text in NumPy, run on PyTorch's functions, against reverse mode on the text in the language."""
    program, graph = test_random_arrays.written(seed)
    # PyTorch has no negative steps.
    flipped = dataclasses.replace(program, python=program.python.replace("[::-1]", ".flip(0)"))
    rng = np.random.default_rng(seed)
    for output, position in graph.outputs.items():
        inputs = tensors(list(program.inputs.values()))
        result = flipped.function({"np": NUMPY})(*inputs)[output]
        g = np.asarray(rng.uniform(-1, 1, graph.nodes[position].shape))
        pulled = torch.autograd.grad(result, inputs, torch.tensor(g), allow_unused=True)
        expected = {
            name: np.zeros(np.shape(value)) if slope is None else numbers(slope)
            for (name, value), slope in zip(program.inputs.items(), pulled, strict=True)
        }
        ways = {"reverse": test_random_programs.by_reverse(graph, output, g), "PyTorch": expected}
        what = f"{output} in {program.text!r} at {program.inputs}"
        test_random_programs.agree(ways, test_random_programs.size_of(graph), what)


@pytest.mark.parametrize("seed", range(30))
def test_jacobians_of_random_programs(seed: int) -> None:
    program, graph = test_random_arrays.written(seed)
    flipped = dataclasses.replace(program, python=program.python.replace("[::-1]", ".flip(0)"))
    for output in graph.outputs:
        f = flipped.function({"np": NUMPY})

        def called(*inputs: Any, f: Any = f, output: str = output) -> Any:
            return f(*inputs)[output]

        inputs = tensors(list(program.inputs.values()))
        if not called(*inputs).requires_grad:
            continue
        expected = torch.autograd.functional.jacobian(called, tuple(inputs))
        for name, wanted in zip(program.inputs, expected, strict=True):
            found = jacobian(graph, output, name).values
            size = 1 + float(np.max(np.abs(numbers(wanted)), initial=0))
            close(found, numbers(wanted), 1e-8, 1e-10 * size, f"∂{output}/∂{name} of {program.text!r}")


# ---- where PyTorch is wrong: differences judge --------------------------------------------------------

SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])


def test_the_first_derivatives_of_det_at_a_singular_matrix() -> None:
    """PyTorch multiplies by det x, which is 0, where the differential is tr(adj(x) dx)."""
    dx = np.array([[0.3, -0.7], [0.2, 0.5]])
    (x,), call = tensors([SINGULAR]), calling(OPS["det"], [SINGULAR], {})
    _, pushed = torch.func.jvp(torch.linalg.det, (x,), (torch.tensor(dx),))
    (pulled,) = torch.autograd.grad(torch.linalg.det(x), x)
    assert not np.any(numbers(pushed)) and not np.any(numbers(pulled))
    judged = differences(np.linalg.det, SINGULAR, dx)
    close(call.tangent(0, dx), judged, 1e-7, 0, "tangent of det")
    close(np.sum(call.adjoint(0, np.float64(1)) * dx), judged, 1e-7, 0, "adjoint of det")


def test_the_mixed_second_derivative_of_a_power_at_exponent_0() -> None:
    """∂²(aᵇ)/∂a∂b = aᵇ⁻¹ (1 + b ln a) is 1/a at b = 0; PyTorch takes the slope b aᵇ⁻¹ for a constant 0."""
    a, b = tensors([2.0, 0.0])
    (slope,) = torch.autograd.grad(a**b, a, create_graph=True)
    (mixed,) = torch.autograd.grad(slope, b)
    assert float(mixed) == 0
    first = gradient_graph(test_tensors.graph_of(OPS["pow"], [np.float64(2), np.float64(0)], {}), wrt=["a"])
    (title,) = first.outputs
    found = test_random_programs.by_reverse(first, title, np.ones(()))["b"]
    judged = differences(lambda x: evaluate(first, {"b": x})[title], np.float64(0), np.float64(1))
    close(found, judged, 1e-7, 0, "mixed derivative of a power")
    close(found, 0.5, 1e-15, 0, "mixed derivative of a power")
