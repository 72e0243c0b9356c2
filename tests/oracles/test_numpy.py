"""Every function of NumPy that the engine claims: on odd ranks too it gives the same, or refuses in words."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from graphengine import evaluate, from_function
from graphengine.errors import GraphError
from graphengine.ops import BY_NUMPY

SHAPES: list[tuple[int, ...]] = [
    *((), (1,), (3,), (0,), (2, 2), (2, 3), (1, 3), (3, 1), (0, 3), (2, 0)),
    *((2, 2, 2), (2, 1, 3), (1, 2, 2, 2)),
]
AXES: list[dict[str, Any]] = [
    {},
    *({"axis": axis} for axis in (0, 1, -1, -2, 3, (0, 1))),
    {"axis": 0, "keepdims": True},
]
OPTIONS: dict[Any, list[dict[str, Any]]] = {
    **dict.fromkeys((np.sum, np.mean, np.prod, np.max, np.min), AXES),
    **{f: [{}, {"axis": 1}, {"axis": -1}, {"axis": None}] for f in (np.concatenate, np.stack)},
    np.reshape: [{"shape": shape} for shape in (-1, 6, (3, 2), (1, -1), (0, -1), ())],
    np.cumsum: [{}, {"axis": 0}, {"axis": -1}],
    np.trace: [{}, {"offset": 1}],
    np.diag: [{}, {"k": 1}],
    np.linalg.norm: [{}, {"axis": 0}, {"ord": 1}],
    np.repeat: [{"repeats": 2}, {"repeats": 2, "axis": 0}, {"repeats": 3, "axis": -1}],
    np.tile: [{"reps": 2}, {"reps": (2, 3)}, {"reps": (2, 1, 2)}],
    np.roll: [{"shift": 1}, {"shift": -2, "axis": 0}, {"shift": (1, 2), "axis": (0, 1)}],
    np.pad: [{"pad_width": 1}, {"pad_width": (1, 2)}, {"pad_width": ((0, 1), (2, 0))}],
}


def arguments(function: Any) -> Iterator[list[Any]]:
    """Arrays of all shapes; those that are square are regular too."""
    rng = np.random.default_rng(4)
    for shapes in itertools.product(SHAPES, repeat=len(BY_NUMPY[function].arguments)):
        if len(shapes) == 3 and rng.random() < 0.8:
            continue  # a fifth of 2,197 is enough
        arrays = [np.asarray(rng.uniform(0.2, 0.9, shape)) for shape in shapes]
        for array in arrays:
            if array.ndim >= 2 and array.shape[-1] == array.shape[-2]:
                array += np.eye(array.shape[-1])
        yield arrays


@pytest.mark.parametrize("function", list(BY_NUMPY), ids=lambda f: f.__name__)
def test_it_agrees_with_numpy_or_refuses(function: Any) -> None:
    several = BY_NUMPY[function].variadic
    agreed = 0
    for arrays in arguments(function):
        for options in OPTIONS.get(function, [{}]):

            def called(*values: Any, options: dict[str, Any] = options) -> Any:
                return function(list(values), **options) if several else function(*values, **options)

            # Inputs are named by the parameters of a function.
            named: dict[int, Any] = {
                1: lambda a: called(a),
                2: lambda a, b: called(a, b),
                3: lambda a, b, c: called(a, b, c),
            }
            try:
                graph = from_function(named[len(arrays)], *arrays)
            except GraphError:
                continue
            (found,) = evaluate(graph).values()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the mean of nothing, and the like
                expected = called(*arrays)
            what = f"{function.__name__} of {[a.shape for a in arrays]} with {options}"
            assert np.shape(found) == np.shape(expected), what
            np.testing.assert_allclose(found, np.asarray(expected, float), 1e-12, 1e-13, err_msg=what)
            agreed += 1
    assert agreed
