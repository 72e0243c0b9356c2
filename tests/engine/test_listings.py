"""Programs as code: it runs, and its gradients are the walk's and PyTorch's own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import graphengine
from graphengine.document import drawn
from graphengine.graph import Graph
from graphengine.graph.recording import Tape
from graphengine.listings.files import listing
from graphengine.ops import OPS, Op
from graphengine.sweeps import forward, reverse
from tests.oracles import test_complex, test_random_arrays, test_tensors
from tests.oracles.points import cases, sample, seeded
from web.examples import EXAMPLES

# Of whole numbers: test_gather.py tries these, and test_classes_by_number one_hot.
examples = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
every = pytest.mark.parametrize(
    "op",
    [op for op in OPS.values() if None not in op.rules and op.name not in test_tensors.OTHERS],
    ids=lambda op: op.name,
)
# Of libraries that are not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def points(op: Op) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Points of scalars and of arrays, with the operator's parameters; some of them complex."""
    if op.shapes:
        yield from ((point, params) for point, params, _rng in itertools.islice(test_tensors.points(op), 6))
    else:
        rng = seeded(op)
        yield from ((sample(op, shapes, rng), params) for shapes, params in itertools.islice(cases(op), 6))
    if op in test_complex.CLAIMING:
        yield from itertools.islice(test_complex.cases(op), 3)


def single(op: Op, point: list[Any], params: dict[str, Any]) -> Graph:
    """The graph y = op(arguments), with the arguments as inputs, labels among them; some may be complex."""
    tape = Tape()
    names = [f"x{i}" for i in range(len(point))]
    symbols = [
        tape.input(n, np.shape(x), is_complex=np.iscomplexobj(x)) for n, x in zip(names, point, strict=True)
    ]
    result = tape.apply(op, symbols, params)
    tape.christen(result, "y")
    values = dict(zip(names, point, strict=True))
    return tape.graph({"y": result}, values=values, roles=dict.fromkeys(names, "parameter"))


def run(graph: Graph, kind: str, **options: Any) -> dict[str, Any]:
    """The names that a listing defines."""
    text = listing(graph, kind, **options).text
    names: dict[str, Any] = {"__name__": "listing"}
    exec(compile(text, f"<{kind}>", "exec"), names)  # noqa: S102 - it is ours
    return names


def close(found: Any, expected: Any, what: str) -> None:
    found, expected = np.asarray(found), np.asarray(expected)
    assert np.shape(found) == np.shape(expected), what
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12, err_msg=what)


def check_numpy(graph: Graph, what: str, **options: Any) -> None:
    """Both modes of NumPy's listing against the sweeps."""
    trace = reverse(graph, **options)
    (output,) = trace.seed
    code = run(graph, "numpy", seed=trace.seed, wrt=options.get("wrt"))
    inputs = [graph.values[name] for name in graph.inputs]
    with np.errstate(all="ignore"):
        value, saved = code["forward"](*inputs)
        gradients = code["backward"](saved, trace.seed[output])
    close(value, trace.values[graph.outputs[output]], what)
    for name, gradient in zip(trace.wrt, gradients, strict=True):
        position = graph.inputs[name]
        expected = trace.adjoints.get(position, np.zeros(graph.nodes[position].shape))
        close(gradient, expected, f"{what}: gradient by {name}")
        assert np.shape(gradient) == graph.nodes[position].shape, what
    wanted = forward(graph, options.get("wrt"))
    carrying = run(graph, "numpy", mode="forward", output=output, wrt=options.get("wrt"))
    with np.errstate(all="ignore"):
        value, tangent = carrying["forward"](*inputs, *wanted.seed.values())
    close(value, trace.values[graph.outputs[output]], what)
    close(tangent, wanted.tangents.get(graph.outputs[output], np.zeros(np.shape(value))), f"{what}: tangent")


def check_torch(graph: Graph, what: str, checked: bool = True) -> None:
    """The functions and the class of PyTorch against the sweep; where it is smooth, `gradcheck` as well."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: script/test --torch")
    trace = reverse(graph)
    (output,) = trace.seed
    code, classes = run(graph, "torch"), run(graph, "function")
    kinds = [graph.nodes[position].complex for position in graph.inputs.values()]
    inputs = [
        torch.tensor(np.array(graph.values[name], complex if kind else float))
        for name, kind in zip(graph.inputs, kinds, strict=True)
    ]
    places = [list(graph.inputs).index(name) for name in trace.wrt]
    moving = [inputs[place].requires_grad_() for place in places]
    value, saved = code["forward"](*inputs)
    close(value.detach().resolve_conj(), trace.values[graph.outputs[output]], what)
    seed = torch.tensor(np.array(trace.seed[output]), dtype=value.dtype)
    gradients = code["backward"](saved, seed)
    result = classes["Program"].apply(*inputs)
    pulled = torch.autograd.grad(result, moving, seed, materialize_grads=True)
    for name, gradient, other in zip(trace.wrt, gradients, pulled, strict=True):
        position = graph.inputs[name]
        expected = trace.adjoints.get(position, np.zeros(graph.nodes[position].shape))
        close(gradient.detach().resolve_conj(), expected, f"{what}: gradient by {name}")
        close(other.resolve_conj(), expected, f"{what}: autograd's by {name}")
    # Asked for one gradient alone, the others are not computed.
    for asked, other in zip(places, pulled, strict=True):
        alone = [x.detach().requires_grad_(k == asked) for k, x in enumerate(inputs)]
        (only,) = torch.autograd.grad(classes["Program"].apply(*alone), alone[asked], seed)
        close(only.resolve_conj(), other.resolve_conj(), f"{what}: alone")
    if checked:
        assert torch.autograd.gradcheck(classes["Program"].apply, inputs)


@every
def test_every_operator_in_numpy(op: Op) -> None:
    for point, params in points(op):
        graph = single(op, point, params)
        check_numpy(graph, f"{op.name} at {[np.shape(x) for x in point]} with {params}")


@every
def test_every_operator_in_pytorch(op: Op) -> None:
    for point, params in points(op):
        graph = single(op, point, params)
        check_torch(graph, f"{op.name} at {[np.shape(x) for x in point]} with {params}", checked=False)


def opened(example: Any) -> Graph:
    return drawn(example.program, example.at, False, None, ()).graph


@examples
def test_every_example_in_numpy(example: Any) -> None:
    for grain in ("operator", "statement"):
        graph = drawn(example.program, example.at, False, grain, ()).graph
        check_numpy(graph, example.name, wrt=example.wrt)


@examples
def test_every_example_passes_gradcheck(example: Any) -> None:
    check_torch(opened(example), example.name)


PROGRAMS = {
    "classes by number": ("L = cross_entropy(X @ W, t)", "X=[[1,2],[3,-1]];W=[[0.5,1,0],[2,-1,0.3]];t=[2,0]"),
    "a batch of matrices": ("y = sum((A @ B)**2)", "A=[[[1,2],[3,4]],[[0,1],[1,1]]];B=[[2,0.5],[1,-1]]"),
    "slices that go backwards": ("y = sum(x[::-1] * x[1:4:2][0])", "x=[1,2,3,4]"),
    "a program's names are Python's": (
        "for1 = lambda_ * 2\nπ2 = for1 * saved + np",
        "lambda_=2;saved=3;np=1",
    ),
    "names of adjoints": ("x_bar = x**2\ny = x_bar * x_dot", "x=3;x_dot=2"),
    "an output that is an input": ("y = x", "x=[1,2]"),
    "an input that is not used": ("a = x * W\ny = x**2", "x=3;W=[1,2]"),
    "named constants": ("c = 3\nM = [[1,2],[3,4]]\ny = sum(c * M @ x)", "x=[1,-1]"),
    "three in a row": ("y = sum(concat(x, x**2, 2*x) * stack(1,2,3,4,5,6))", "x=[1,2]"),
    "a user's function": ("f(a, b) = a*exp(b)\ny = f(x, 2) + f(2, x)", "x=0.5"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs(name: str) -> None:
    graph = graphengine.parse(*PROGRAMS[name])
    check_numpy(graph, name)
    check_torch(graph, name)


@pytest.mark.parametrize("seed", test_random_arrays.QUICK)
def test_random_programs_of_arrays(seed: int) -> None:
    _program, graph = test_random_arrays.written(seed)
    for output in graph.outputs:
        check_numpy(graph, f"seed {seed}, {output}", output=output)
