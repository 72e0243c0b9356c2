"""einsum against NumPy's values and PyTorch's gradients; its adjoint is an einsum again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphengine import from_function
from graphengine.derivatives.compiled import compile_gradient
from graphengine.derivatives.gradients import gradient_graph
from graphengine.errors import GraphError, LimitError, ShapeError
from graphengine.graph import Graph
from graphengine.graph.evaluation import evaluate
from graphengine.graph.recording import Tape
from graphengine.notation import rules
from graphengine.notation.latex import program_latex
from graphengine.ops import OPS
from graphengine.program.writing import program_text
from graphengine.sweeps import forward, reverse
from tests.engine.test_listings import check_numpy, check_torch

CASES = {
    "ij,jk->ik": ((2, 3), (3, 4)),
    "ij,jk": ((2, 3), (3, 4)),
    "ba": ((2, 3),),
    "i,i": ((3,), (3,)),
    "i,j->ij": ((2,), (3,)),
    "ij->": ((2, 3),),
    "abcd->bd": ((1, 2, 1, 2),),
    "ii": ((3, 3),),
    "ii->i": ((3, 3),),
    "iij->j": ((2, 2, 3),),
    "iii->i": ((2, 2, 2),),
    "iijj->ij": ((2, 2, 3, 3),),
    "ik,kj,j->i": ((2, 3), (3, 2), (2,)),
    "bij,bjk->bik": ((2, 2, 3), (2, 3, 2)),
    "...ij,...jk->...ik": ((2, 2, 3), (2, 3, 2)),
    "i...,i->...": ((3, 2, 2), (3,)),
    "i...i->...": ((2, 3, 2),),
    ",ij->ji": ((), (2, 3)),
    "ij,kl->jl": ((2, 3), (2, 2)),
    "i,i,i->": ((3,), (3,), (3,)),
    "ij,ij,ij->j": ((2, 3), (2, 3), (2, 3)),
    "i,ij->": ((0,), (0, 2)),
    "a,b->": ((2,), (3,)),
}


def drawn(shapes: Any) -> list[Any]:
    rng = np.random.default_rng(1)
    return [np.asarray(rng.normal(size=shape)) for shape in shapes]


def recorded(subscripts: str, point: list[Any]) -> Graph:
    tape = Tape()
    symbols = [tape.input(f"x{i}", x.shape) for i, x in enumerate(point)]
    result = tape.apply(OPS["einsum"], symbols, {"subscripts": subscripts})
    tape.christen(result, "y")
    return tape.graph({"y": result}, values={f"x{i}": x for i, x in enumerate(point)})


@pytest.mark.parametrize("subscripts", CASES)
def test_values_gradients_and_tangents(subscripts: str) -> None:
    torch = pytest.importorskip("torch")
    point = drawn(CASES[subscripts])
    graph = recorded(subscripts, point)
    expected = np.einsum(subscripts, *point)
    np.testing.assert_allclose(evaluate(graph)["y"], expected, 1e-13, 1e-15)
    tensors = [torch.tensor(x, requires_grad=True) for x in point]
    g = np.asarray(np.random.default_rng(2).normal(size=expected.shape))
    pulled = torch.autograd.grad(torch.einsum(subscripts, *tensors), tensors, torch.tensor(g))
    swept = reverse(graph, seed={"y": g})
    for i, wanted in enumerate(pulled):
        np.testing.assert_allclose(swept.adjoints[i], wanted.numpy(), 1e-12, 1e-14)
        dx = np.asarray(np.random.default_rng(i).normal(size=point[i].shape))
        moved = forward(graph, seed={f"x{i}": dx}, wrt=[f"x{i}"]).tangents[graph.outputs["y"]]
        np.testing.assert_allclose(np.sum(moved * g), np.sum(dx * wanted.numpy()), 1e-11, 1e-13)
    ones = reverse(graph, seed={"y": np.ones(expected.shape)}).adjoints
    derived, (_, compiled) = evaluate(gradient_graph(graph)), compile_gradient(graph)(graph.values)
    for i in range(len(point)):
        np.testing.assert_allclose(derived[f"dy_dx{i}"], ones[i], 1e-13, 1e-15)
        np.testing.assert_allclose(compiled[f"x{i}"], ones[i], 1e-13, 1e-15)
    check_numpy(graph, subscripts)
    check_torch(graph, subscripts, checked=all(x.size for x in point))


def test_the_second_derivative_is_the_gradient_of_the_gradient() -> None:
    """Of xᵀ A x it is A + Aᵀ."""
    a = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 10]])
    graph = from_function(lambda x: np.einsum("i,ij,j", x, a, x), np.array([1.0, -1, 2]))
    first = gradient_graph(graph)
    rows = [reverse(first, seed={"dy_dx": row}).adjoints[0] for row in np.eye(3)]
    np.testing.assert_allclose(rows, a + a.T)


def test_it_reads_as_a_sum_over_indices() -> None:
    graph = recorded("ij,jk->ik", drawn(CASES["ij,jk->ik"]))
    assert program_latex(graph) == r"y = \left[\sum_{j} {x_{0}}_{ij} \, {x_{1}}_{jk}\right]_{ik}"
    steps = [step for step in reverse(graph).steps if step.kind == "contribute"]
    sent = [rules.rule(graph, step)[1] for step in steps]
    assert sent[0] == r"\left[\sum_{k} {\bar{y}}_{ik} \, {x_{1}}_{jk}\right]_{ij}"
    assert program_latex(recorded("i,i", drawn(CASES["i,i"]))) == r"y = \sum_{i} {x_{0}}_{i} \, {x_{1}}_{i}"
    assert program_text(graph) == "y = einsum('ij,jk->ik', x0, x1)"


@pytest.mark.parametrize(
    ("subscripts", "shapes", "said"),
    [
        ("ij,jk", ((2, 3),), "for 2 arrays, not 1"),
        ("ij", ((2,),), "as many letters"),
        ("ij", ((2, 2, 2),), "as many letters"),
        ("ij,jk", ((2, 3), (2, 3)), "lengths 3 and 2"),
        ("i,i", ((1,), (3,)), "lengths 1 and 3"),
        ("ij->k", ((2, 3),), "letter once"),
        ("ij->ii", ((2, 3),), "letter once"),
    ],
)
def test_what_does_not_fit_is_said(subscripts: str, shapes: Any, said: str) -> None:
    with pytest.raises(ShapeError, match=said):
        recorded(subscripts, drawn(shapes))


@pytest.mark.parametrize("subscripts", ["i1", "i->j->k", "(i)", "i..", 3, None, "__import__('os')"])
def test_what_are_no_subscripts_is_said(subscripts: Any) -> None:
    with pytest.raises(GraphError, match="letters for axes"):
        recorded(subscripts, drawn(((3,),)))


def test_sums_over_too_many_places_are_refused_before_they_are_made() -> None:
    with pytest.raises(LimitError, match="operations"):
        recorded("i,j,k,l->", drawn(((200,),) * 4))
    assert reverse(recorded("ij,jk", drawn(((20, 30), (30, 40))))).cost["values"] == 2 * 20 * 30 * 40
