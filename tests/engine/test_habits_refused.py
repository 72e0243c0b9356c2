"""What people write in notebooks: what cannot be recorded is refused, with what to write instead."""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy import special

from graphengine import evaluate, from_function
from graphengine.errors import GraphError
from graphengine.graph.compositions import COMPOSITIONS
from graphengine.ops import BY_NUMPY
from tests.engine.test_habits import A, M, N, S, V, W


def put(array: Any, index: Any, value: Any) -> Any:
    """array[index] = value"""
    array[index] = value
    return array


REFUSED: Mapping[str, tuple[Any, ...]] = {
    # name: function, what the hint says to write, inputs
    "x[0] = 1": (lambda x: put(x, 0, 1), r"np\.where|np\.stack", V),
    "del x[0]": (lambda x: operator.delitem(x, 0), r"np\.stack", V),
    "x += 1": (lambda x: operator.iadd(x, 1), r"x = x \+ 1", V),
    "x *= 2": (lambda x: operator.imul(x, 2), r"\*= changes(.|\n)*x = x \+ 1", V),
    "x @= y": (lambda x, y: operator.imatmul(x, y), r"x = x \+ 1", N, N),
    "np.add(out=)": (lambda x: np.add(x, 1, out=np.zeros(3)), r"a name of its own", V),
    "out[0] = x[0]": (lambda x: put(np.zeros(3), 0, x[0]), r"np\.stack|x\.shape", V),
    "out[:] = x": (lambda x: put(np.zeros(3), slice(None), x), r"np\.stack", V),
    "x.fill(0)": (lambda x: x.fill(0), r"np\.where", V),
    "x.sort()": (lambda x: x.sort(), r"np\.where", V),
    "if x > 0": (lambda x: x if x > 0 else -x, r"np\.where", S),
    "x and y": (lambda x, y: x and y, r"&", S, S),
    "not x": (lambda x: not x, r"np\.where", S),
    "max(x, 0)": (lambda x: max(x, 0), r"np\.maximum", S),
    "min(x)": (lambda x: min(x), r"np\.minimum", V),
    "sorted(x)": (lambda x: sorted(x), r"np\.where", V),
    "any(x)": (lambda x: any(x), r"np\.where", V),
    "3 in x": (lambda x: 3 in x, r"np\.where", V),
    "x in [y]": (lambda x, y: x in [y], r"np\.where", S, S),
    "while x > 1": (lambda x: next(iter(lambda: bool(x > 1), False)), r"np\.where", S),
    "assert x.all()": (lambda x: x.all(), r"np\.where", V),
    "np.any": (lambda x: np.any(x > 0), r"np\.where", V),
    "np.isnan": (lambda x: np.isnan(x), r"np\.where", V),
    "np.allclose": (lambda x: np.allclose(x, 0), r"OPS|np\.where", V),
    "math.exp(x)": (lambda x: math.exp(x), r"np\.exp\(x\) for math\.exp\(x\)", S),
    "math.sqrt, math.log": (lambda x: math.sqrt(x) + math.log(x), r"np\.exp\(x\) for math\.exp\(x\)", S),
    "math.floor(x)": (lambda x: math.floor(x), r"round the inputs", S),
    "math.ceil, math.trunc": (lambda x: math.ceil(x) + math.trunc(x), r"round the inputs", S),
    "float(x)": (lambda x: float(x), r"leave out float", S),
    "int(x)": (lambda x: int(x), r"leave out float", S),
    "complex(x)": (lambda x: complex(x), r"leave out float", S),
    "np.float64(x)": (lambda x: np.float64(x), r"leave out float|np\.stack", S),
    "round(x)": (lambda x: round(x), r"round the inputs", S),
    "round(x, 2)": (lambda x: round(x, 2), r"round the inputs", S),
    "x.round(2)": (lambda x: x.round(2), r"np\.round\(a\)", V),
    "divmod(x, 2)": (lambda x: divmod(x, 2), r"round the inputs", V),
    "range(x)": (lambda x: list(range(x)), r"x\.shape", S),
    "[1, 2][x]": (lambda x: [1, 2][x], r"x\.shape", S),
    "f'{x:.2f}'": (lambda x: f"{x:.2f}", r"evaluate", S),
    "'%f' % x": (lambda x: "%f" % x, r"evaluate", S),  # noqa: UP031 - the habit
    "x.item()": (lambda x: x.item(), r"evaluate", S),
    "x.tolist()": (lambda x: x.tolist(), r"evaluate", V),
    "x.detach().numpy()": (lambda x: x.detach().numpy(), r"evaluate", V),
    "np.array([x, y])": (lambda x, y: np.array([x, y]), r"np\.stack", S, S),
    "np.array([v, w])": (lambda x, y: np.array([x, y]), r"np\.stack|x\.shape", V, W),
    "np.array(x)": (lambda x: np.array(x), r"x for np\.asarray", V),
    "np.asarray(x, float)": (lambda x: np.asarray(x, float), r"x for np\.asarray", V),
    "np.sum([x, y])": (lambda x, y: np.sum([x, y]), r"np\.stack", S, S),
    "np.linspace(0, x)": (lambda x: np.linspace(0, x), r"OPS", S),
    "np.arange(x)": (lambda x: np.arange(x), r"np\.stack|x\.shape", S),
    "np.full(3, x)": (lambda x: np.full(3, x), r"np\.where|np\.stack", S),
    "np.vectorize": (lambda x: np.vectorize(lambda v: v)(x), r"np\.stack", V),
    "np.frompyfunc": (lambda x: np.frompyfunc(lambda v: v, 1, 1)(x), r"OPS", V),
    "special.softmax": (lambda x: special.softmax(x), r"OPS\['softmax'\]", V),
    "special.logsumexp": (lambda x: special.logsumexp(x), r"OPS\['softmax'\]", V),
    "x[x > 0]": (lambda x: x[x > 0], r"np\.where", V),
    "x[:n] of a symbol": (lambda x, n: x[:n], r"x\.shape", V, 2),
    "x[[True, False]] of three": (lambda x: x[[True, False]], None, V),
    "x[..., ...]": (lambda x: x[..., ...], None, V),
    "x[0.5]": (lambda x: x[0.5], None, V),
    "x[1.0]": (lambda x: x[1.0], None, V),
    "x[np.float64(1)]": (lambda x: x[np.float64(1)], None, V),
    "x[1.0:]": (lambda x: x[1.0:], None, V),
    "x[[1.0, 0.0]]": (lambda x: x[[1.0, 0.0]], None, V),
    "x[True]": (lambda x: x[True], None, V),
    "x[np.False_]": (lambda x: x[np.False_], None, V),
    "x['a']": (lambda x: x["a"], None, V),
    "x[7]": (lambda x: x[7], r"count from 0", V),
    "x.foo": (lambda x: x.foo, r"OPS", V),
    "x.flat": (lambda x: x.flat, r"np\.ravel", V),
    "x.astype(int)": (lambda x: x.astype(int), r"\(x > 0\) \* 1\.0", V),
    "x.astype(bool)": (lambda x: x.astype(bool), r"\(x > 0\) \* 1\.0", V),
    "x.view(), x.repeat(2)": (lambda x: x.view() + x.repeat(2), r"OPS", V),
    # what NumPy does with masks, and with numbers as if they were masks
    "x & x": (lambda x: x & x, r"Compare first", V),
    "numbers & mask": (lambda x: ((x > 0) * 2) & (x < 1), r"Compare first", V),
    "mask | 2": (lambda x: (x > 0) | 2, r"Compare first", V),
    "~(mask * 1)": (lambda x: ~((x > 0) * 1), r"Compare first", V),
    "x ^ mask": (lambda x: x ^ (x > 0), r"Compare first", V),
    "mask + mask": (lambda x: (x > 0) + (x >= 0.5), r"mask \* 1\.0 \+", V),
    "np.add(mask, constant)": (lambda x: np.add(x > 0, np.ones(3, bool)), r"mask \* 1\.0", V),
    "mask - mask": (lambda x: (x > 0) - (x <= 0.5), r"mask \* 1\.0", V),
    "-mask": (lambda x: -((x > 0) | (x < -1)), r"mask \* 1\.0", V),
    "mask @ mask": (lambda x: (x > 0) @ (x < 1), r"mask \* 1\.0", V),
    "mask.dot(mask)": (lambda x: (x > 0).dot(~(x > 1)), r"mask \* 1\.0", V),
    "parts of masks": (lambda x: (x != 0)[1:] + (x != 0)[:-1].reshape(-1), r"mask \* 1\.0", V),
    "np.diff(mask)": (lambda x: np.diff(x > 0), r"mask \* 1\.0", V),
    "np.exp(mask)": (lambda x: np.exp(x > 0), r"mask \* 1\.0", V),
    # what would lose digits, or be of other numbers
    "x * nan": (lambda x: x * np.nan, None, V),
    "np.average(weights) of another shape": (lambda x: np.average(x, weights=W), r"np\.sum", N),
    "np.flip(x, 5)": (lambda x: np.flip(x, 5), r"np\.flip\(x, 5\)", M),
    "np.transpose(x, (0, 2, 4))": (lambda x: np.transpose(x, (0, 2, 4)), r"\(0, 2, 4\)", A),
    "np.moveaxis(x, 1, 8)": (lambda x: np.moveaxis(x, 1, 8), r"np\.moveaxis\(x, 1, 8\)", A),
    "np.moveaxis of two axes": (lambda x: np.moveaxis(x, [0, 1], [1, 2]), r"\.mT", A),
    "np.linalg.matrix_power(x, '2')": (
        lambda x: np.linalg.matrix_power(x, "2"),  # type: ignore[arg-type]
        r"power\(x, '2'\)",
        N,
    ),
    "np.diag(x, 1)": (lambda x: np.diag(x, 1), r"np\.diag\(v\)", V),
    "x.max(initial=0)": (lambda x: x.max(initial=0), r"np\.max\(x, initial=0\)", V),
    "np.where(c)": (lambda x: np.where(x > 0), r"np\.where\(condition, x, y\)", V),
    "np.clip(x, 0, 1, min=0)": (lambda x: np.clip(x, 0, 1, min=0), r"np\.clip\(x, 0, 1, min=0\)", V),
    "x.flatten('F')": (lambda x: x.flatten("F"), r"'F'", M),
    "x.reshape(order='F')": (lambda x: x.reshape(3, 2, order="F"), r"order='F'", M),
    "np.add(out=) of a number": (lambda x: np.add(x, 1, out=x), r"a name of its own", S),
    "np.einsum by numbers": (lambda x: np.einsum(x, [0, 1], [0]), None, M),
    "np.tensordot": (lambda x, y: np.tensordot(x, y, 1), r"@", M, V),
    "np.add.reduce": (lambda x: np.add.reduce(x), r"np\.sum", V),
    "np.multiply.outer": (lambda x: np.multiply.outer(x, x), r"np\.outer", V),
    "np.exp(where=)": (lambda x: np.exp(x, where=np.ones(3, bool)), r"np\.where", V),
    "np.sum(where=)": (lambda x: np.sum(x, where=np.ones(3, bool)), r"axis", V),
    "np.sum(dtype=int)": (lambda x: np.sum(x, dtype=int), r"axis", V),
    "np.std(dtype=int)": (lambda x: np.std(x, dtype=int), r"np\.std\(a, axis, ddof, keepdims\)", V),
    "np.linalg.svd": (lambda x: np.linalg.svd(x), r"OPS", N),
    "np.linalg.eigh": (lambda x: np.linalg.eigh(x), r"OPS", N),
    "np.linalg.norm(ord=2) of a matrix": (lambda x: np.linalg.norm(x, 2), r"np\.sum", N),
    "np.fft.fft": (lambda x: np.fft.fft(x), r"OPS", V),
    "np.median": (lambda x: np.median(x), r"OPS|np\.where", V),
    "np.argmax, x.argmax()": (lambda x: x.argmax() + np.argmax(x), r"np\.max", V),
    "np.transpose(2, 0, 1)": (lambda x: x.transpose(2, 0, 1), r"\.mT", A),
    ".T of a stack": (lambda x: x.T, r"\.mT|OPS", A),
    "len of a number": (lambda x: len(x), r"np\.atleast_1d", S),
    "list of a number": (lambda x: list(x), r"np\.atleast_1d", S),
    "{x}": (lambda x: {x}, r"in a list", S),
    "{x: 1}, hash(x)": (lambda x: {x: hash(x)}, r"in a list", S),
    "x + 'a'": (lambda x: x + "a", r"number", S),
    "x + None": (lambda x: x + None, r"number", S),
    "return None": (lambda x: None, r"number", S),
    "return a list of lists": (lambda x: [[x, x], [x, x]], r"np\.stack", S),
    "return {'a b': x}": (lambda x: {"a b": x}, r"letters", S),
    "json.dumps(x.tolist())": (lambda x: json.dumps(x.tolist()), r"evaluate", V),
    "x @ 2": (lambda x: x @ 2, r"\*", V),
    "shapes that do not fit": (lambda x, y: x + y[:2], r"sizes", V, W),
    "too few inputs": (lambda x, y: x, None, V),
    "a named parameter": (lambda x, *, k: x, r"default", V),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_recorded_says_what_to_write(name: str) -> None:
    f, remedy, *inputs = REFUSED[name]
    with pytest.raises(GraphError) as refused:
        from_function(f, *inputs)
    assert refused.value.explain("ru") != refused.value.explain("en")
    if remedy is not None:
        assert refused.value.hint is not None
        assert refused.match(remedy)


METHODS = [name for name in dir(np.ndarray) if name[0] != "_" and callable(getattr(np.ndarray, name))]
ODD: Mapping[str, tuple[tuple[Any, ...], Mapping[str, Any]]] = {
    "nothing": ((), {}),
    "'F'": (("F",), {}),
    "a text": (("odd",), {}),
    "None": ((None,), {}),
    "1.5": ((1.5,), {}),
    "a number too large": ((7,), {}),
    "a list": (([0, 1],), {}),
    "an object": ((object(),), {}),
    "a mask": ((np.ones((2, 3), bool),), {}),
    "too many": ((0, 1, 2, 3, 4, 5, 6, 7, 8), {}),
    "order='F'": ((), {"order": "F"}),
    "axis=5": ((), {"axis": 5}),
    "axis='odd'": ((), {"axis": "odd"}),
    "dtype=int": ((), {"dtype": int}),
    "dtype='odd'": ((), {"dtype": "odd"}),
    "out": ((), {"out": np.zeros(3)}),
    "a keyword of nobody's": ((), {"odd": 1}),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", METHODS)
def test_a_method_agrees_with_numpy_or_is_refused(name: str, odd: str) -> None:
    """Nothing that a person may give to a method of arrays makes Python complain in its own words."""
    args, options = ODD[odd]

    def f(x: Any) -> Any:
        return getattr(x, name)(*args, **options)

    try:
        graph = from_function(f, M)
    except GraphError:
        return
    np.testing.assert_allclose(evaluate(graph)["y"], f(M.copy()), rtol=1e-12, atol=1e-12)


WORDS = r"unsupported operand|unexpected keyword|positional argument|_of |diag_matrix|object is not"


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_speaks_of_what_was_written(name: str) -> None:
    """Neither Python's complaints about our code nor our own names for operators are for a reader."""
    f, _, *inputs = REFUSED[name]
    with pytest.raises(GraphError) as refused:
        from_function(f, *inputs)
    assert not re.search(WORDS, str(refused.value))


UFUNCS = sorted(
    (f for f in {*BY_NUMPY, *COMPOSITIONS} if isinstance(f, np.ufunc) and f.nout == 1),
    key=lambda f: f.__name__,
)
CONSTANTS = (np.array([True, False, True]), True, 2, 0.5)
OPERANDS: tuple[Any, ...] = (
    lambda x: x > -1,
    lambda x: (x >= 0) & (x != 0.5),
    lambda x: x + 2,
    lambda x: (x > 0) * 1.0,
    *(lambda x, constant=constant: constant for constant in CONSTANTS),
)


@pytest.mark.parametrize("ufunc", UFUNCS)
def test_masks_and_numbers_agree_with_numpy_or_are_refused(ufunc: np.ufunc) -> None:
    """Whatever is given to an operator, and done with its result, no other numbers come than NumPy's."""
    after = (lambda y: y * 1.0, lambda y: ~y * 1.0, lambda y: (y + (V > 0)) * 1.0, lambda y: y.sum() * 1.0)
    agreed = 0
    for chosen, then in product(product(OPERANDS, repeat=ufunc.nin), after):
        if all(operand in OPERANDS[-len(CONSTANTS) :] for operand in chosen):
            continue  # nothing is recorded

        def f(x: Any, chosen: Any = chosen, then: Any = then) -> Any:
            return then(ufunc(*(operand(x) for operand in chosen)))

        try:
            found = evaluate(from_function(f, V))["y"]
        except GraphError:
            continue
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(found, f(V), rtol=1e-9)
        agreed += 1
    assert agreed
