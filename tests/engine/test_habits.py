"""What people write in notebooks: what is recorded agrees with NumPy run on numbers."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from scipy import special

from graphengine import OPS, compile_gradient, evaluate, explain, from_function, parse
from graphengine.program.writing import program_text

Function = Callable[..., Any]

S = 0.7
V = np.array([0.7, -1.2, 0.4])
W = np.array([0.3, 0.9, -0.5])
M = np.array([[0.5, -0.8, 1.1], [1.3, 0.2, -0.6]])
N = np.array([[2.0, 0.3, 0.1], [-0.4, 1.5, 0.2], [0.3, -0.2, 1.8]])
A = np.arange(12.0).reshape(2, 2, 3) / 7 + 0.1


def layer(x: Any, weights: Any = M, *, slope: float = 0.1) -> Any:
    """A function with a default and a keyword."""

    def inner(z: Any) -> Any:
        return np.maximum(z, slope * z)

    return inner(weights @ x)


def split(x: Any) -> Any:
    """Its columns."""
    a, b, c = np.split(x, 3, axis=1)
    return a * b + c


def looped(x: Any) -> Any:
    total = 0.0
    for i, element in enumerate(x):
        total = total + (i + 1) * element**2
    return total


def added(x: Any) -> Any:
    """Python's += and its kin on numbers, which are no places in memory."""
    total, product = 0.0, 1.0
    for element in x:
        total += element**2
        product *= element
        product -= 1
    return total / product


RECORDED: Mapping[str, tuple[Any, ...]] = {
    # operators and Python's own functions
    "+ - * /": (lambda x, y: (x + 2) * y - x / 3 + 1 / y, V, W),
    "x**2": (lambda x: x**2, V),
    "2**x": (lambda x: 2**x, V),
    "-x, +x": (lambda x: -x + (+x) * 3, V),
    "abs(x)": (lambda x: abs(x), V),
    "pow(x, 2)": (lambda x: pow(x, 2), V),
    "x @ y": (lambda x, y: x @ y, M, V),
    "sum([x, y])": (lambda x, y: sum([x, y]), V, W),
    "sum(x)": (lambda x: sum(x), V),
    "len(x)": (lambda x: x / len(x), V),
    "for v in x": (looped, V),
    "total += v": (added, V),
    "a, b, c = x": (lambda x: (lambda a, b, c: a * b + c)(*x), V),
    "zip, list, reversed": (lambda x: sum(a * b for a, b in zip(list(x), reversed(x), strict=True)), V),
    "[f(v) for v in x]": (lambda x: np.stack([np.exp(v) for v in x]), V),
    "copy.deepcopy(x)": (lambda x: copy.deepcopy(x) * copy.copy(x), V),
    "print, str, repr": (lambda x: x * len(f"{x}{x!r}") / len(str(x) + repr(x)), V),
    "scalars of NumPy": (lambda x: np.float64(2) * x + np.int64(3) * x + True * x, V),
    # comparisons as masks
    "x > 0": (lambda x: (x > 0) * x, V),
    "x <= y, x >= y": (lambda x, y: (x <= y) * x + (x >= y) * y, V, W),
    "x == y, x != y": (lambda x: (x == 3) * x + (x != 3) * x**2, V),
    "(x > 0) & (x < 1)": (lambda x: ((x > 0) & (x < 1)) * x**2, V),
    "(x > 0) | (x < -1), ~": (lambda x: ((x > 0.5) | (x < -1)) * x + ~(x > 0) * x**2, V),
    "np.logical_and, or, not": (
        lambda x: np.logical_and(x > 0, x < 0.5) * x + np.logical_or(x > 0.5, x < 9) * np.logical_not(x),
        V,
    ),
    "^, np.logical_xor": (lambda x: ((x > 0) ^ (x < 0.5)) * x + np.logical_xor(x, x > 0) * x**2, V),
    "numbers of masks": (lambda x: (x > 0) * 1.0 + (x < 0.5) * 2 + (x < 9) * x + (x > 0) * (x < 0.5), V),
    "masks counted": (lambda x: (np.sum(x > 0) + (x < 0).sum() + np.mean(x >= 0, dtype=float)) * x, V),
    "masks as numbers": (lambda x: ((x > 0).astype(float) + (x < 0.5).astype(float)) * x, V),
    "parts of masks": (lambda x: ~np.stack([x > 0, x < 0])[:, ::-1].T.reshape(2, 3) * x, V),
    "masks like masks": (
        lambda x: (~np.full_like(x > 0, 2) | ~np.broadcast_to(x > 0, (2, 3)) | np.zeros_like(x > 0)) * x,
        V,
    ),
    "a mask of constants": (lambda x: np.where(np.tril(np.ones((3, 3))) == 1, x, -1e9) * 1e-9, N),
    "dropout": (lambda x: x * (np.array([0.1, 0.9, 0.4]) < 0.5) / 0.5 + (np.arange(3) == 1) * x**2, V),
    "& with constants": (lambda x: ((x > 0) & np.array([True, False, True])) * x, V),
    "bounds at infinity": (
        lambda x: np.clip(x, 0, np.inf) + np.maximum(x, -np.inf) + np.exp(np.where(x > 0, x, -np.inf)),
        V,
    ),
    "np.where": (lambda x: np.where(x > 0, x**2, 0.1 * x), V),
    "np.maximum, np.minimum": (lambda x, y: np.maximum(x, 0) + np.minimum(x, y), V, W),
    "np.clip": (lambda x: np.clip(x, -1, 0.5), V),
    "np.clip from one side": (lambda x: np.clip(x, 0, None) + np.clip(x, a_min=None, a_max=0.5), V),
    "x.clip": (lambda x: x.clip(-1, 0.5) + x.clip(min=0), V),
    # functions, element by element
    "np.exp, np.log": (lambda x: np.log(np.exp(x) + 1), V),
    "np.exp2": (lambda x: np.exp2(x), V),
    "np.logaddexp": (lambda x, y: np.logaddexp(x, y) + np.logaddexp(0, x), V, W),
    "np.logaddexp far from 0": (lambda x: np.logaddexp(900 * x, x) + np.logaddexp(x, -np.inf), V),
    "np.sqrt, np.cbrt, np.square": (lambda x: np.sqrt(np.square(x) + 1) + np.cbrt(x), V),
    "np.sin, np.cos, np.tan": (lambda x: np.sin(x) * np.cos(x) + np.tan(x), V),
    "np.tanh, np.sinh, np.cosh": (lambda x: np.tanh(x) + np.sinh(x) / np.cosh(x), V),
    "np.arctan, np.arctan2": (lambda x, y: np.arctan(x) + np.arctan2(y, x + 2), V, W),
    "np.abs, np.sign, np.negative": (lambda x: np.abs(x) * np.sign(x) + np.negative(x) ** 2, V),
    "np.power, np.add, np.multiply": (lambda x: np.add(np.power(x, 3), np.multiply(2, x)), V),
    "np.hypot, np.reciprocal": (lambda x: np.hypot(x, 1) + np.reciprocal(x), V),
    "np.deg2rad, np.degrees": (lambda x: np.deg2rad(x) + np.degrees(x), V),
    "scipy.special.expit": (lambda x: special.expit(x) * special.erf(x), V),
    # sums and the like: functions, methods, options
    "np.sum": (lambda x: np.sum(x) + np.sum(x, axis=0) + np.sum(x, 0), M),
    "np.sum(axis, keepdims)": (lambda x: x / np.sum(x, axis=1, keepdims=True), M),
    "np.sum(axis=(0, 1))": (lambda x: np.sum(x**2, axis=(0, -1)), M),
    "np.sum(dtype=float)": (lambda x: np.sum(x**2, dtype=float), M),
    "x.sum, x.mean": (lambda x: x.sum(axis=0) + x.mean(0) + x.sum() + x.mean(axis=-1, keepdims=True), M),
    "np.mean": (lambda x: np.mean((x - np.mean(x)) ** 2), M),
    "np.std, np.var": (lambda x: np.std(x) + np.var(x, axis=0) + np.std(x, axis=1, keepdims=True), M),
    "ddof": (lambda x: np.var(x, axis=1, ddof=1), M),
    "x.std, x.var": (lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-3) + x.var(), M),
    "np.max, np.min": (lambda x: np.max(x, axis=1) + np.min(x), M),
    "x.max, x.min": (lambda x: x.max() + x.min(axis=0), M),
    "np.prod, x.prod": (lambda x: np.prod(x) + x.prod(axis=0), M),
    "np.ptp, np.average": (lambda x: np.ptp(x, axis=0) + np.average(x) + np.average(x, axis=0), M),
    "np.average(weights)": (lambda x, y: np.average(x, weights=y + 1), V, W),
    "np.average of rows": (lambda x, y: np.average(x, axis=0, weights=y + 1), N, V),
    "np.cumsum, x.cumsum": (lambda x: np.cumsum(x) ** 2 + x.cumsum(), V),
    "np.diff": (lambda x: np.diff(x) ** 2, V),
    "softmax by hand": (lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(), V),
    "a norm": (lambda x: np.linalg.norm(x) + np.linalg.norm(x, ord=1) + np.linalg.norm(x, np.inf), V),
    "norms of rows": (lambda x: np.linalg.norm(x, axis=1) + np.linalg.norm(x, axis=1, ord=2), M),
    "norms of Frobenius": (lambda x: x / np.linalg.norm(x) + np.linalg.norm(x, None, None, keepdims=True), M),
    # products and matrices
    "np.dot": (lambda x, y: np.dot(x, y) + np.dot(y, y) + np.dot(2, np.dot(x, y)), M, V),
    "x.dot(y)": (lambda x, y: x.dot(y), M, V),
    "np.matmul": (lambda x, y: np.matmul(x, y), A, V),
    "np.inner, np.vdot, np.outer": (lambda x, y: np.inner(x, y) * np.outer(x, y) + np.vdot(x, y), V, W),
    "np.inner of matrices": (lambda x, y: np.inner(x, y), M, N),
    "np.kron": (lambda x, y: np.kron(x, y), M, N),
    "x.T": (lambda x, y: x.T @ x @ y, M, V),
    "x.transpose(), np.transpose": (lambda x: x.transpose() @ x + np.transpose(x) @ x, M),
    "x.transpose(1, 0), x.swapaxes": (lambda x: x.transpose(1, 0) @ x + x.swapaxes(0, 1) @ x, M),
    "np.swapaxes, np.moveaxis, .mT": (
        lambda x: np.swapaxes(x, -1, 1) + x.mT + np.moveaxis(x, [-1, 0], [1, 0]),
        A,
    ),
    "np.transpose(axes)": (lambda x: np.transpose(x, (0, 2, 1)) * np.transpose(x, axes=[0, 2, 1]), A),
    "np.trace, x.trace()": (lambda x: np.trace(x) + x.trace(), N),
    "np.diag, x.diagonal()": (lambda x: np.diag(x) + x.diagonal() + np.diag(np.diag(x)), N),
    "np.linalg.inv": (lambda x: np.linalg.inv(x), N),
    "np.linalg.solve": (lambda x, y: np.linalg.solve(x, y), N, V),
    "np.linalg.det": (lambda x: np.log(np.linalg.det(x)), N),
    "np.linalg.matrix_power": (lambda x: np.linalg.matrix_power(x, 3) + np.linalg.matrix_power(x, -1), N),
    "np.linalg.multi_dot": (lambda x, y: np.linalg.multi_dot([x, y, y]), M, N),
    # shapes
    "x.shape, x.size, x.ndim": (lambda x: x * x.shape[0] / x.size + x.ndim, M),
    "np.shape, np.size, np.ndim": (lambda x: x * np.shape(x)[1] / np.size(x) + np.ndim(x) + np.size(x, 0), M),
    "x.dtype": (lambda x: x + np.zeros(3, dtype=x.dtype), V),
    "x.flatten(), x.ravel()": (lambda x: x.flatten() * x.ravel() * np.ravel(x), M),
    "x.reshape": (lambda x: x.reshape(3, 2) @ x.reshape((2, 3)) + x.reshape(-1)[0], M),
    "np.reshape": (lambda x: np.reshape(x, (3, -1)) @ np.reshape(x, x.shape), M),
    "x.copy(), x.astype(float)": (lambda x: x.copy() * x.astype(float) * np.copy(x).astype(np.float64), V),
    "np.squeeze, np.expand_dims": (lambda x: np.squeeze(np.expand_dims(x, 0)) * x[None].squeeze(axis=0), V),
    "np.atleast_1d, np.atleast_2d": (lambda x: np.atleast_1d(x) @ np.atleast_2d(x) * x, S),
    "np.newaxis": (lambda x, y: x[:, np.newaxis] * y[None, :], V, W),
    "x[..., None]": (lambda x: x[..., None] * x[:, None], M),
    "np.broadcast_to": (lambda x: np.broadcast_to(x, (2, 3)) * M, V),
    "broadcasting": (lambda x, y, z: x * y + z, M, V, S),
    "np.zeros_like, np.ones_like": (lambda x: np.maximum(np.zeros_like(x), x) + np.ones_like(x) * x, V),
    "np.full_like, np.empty_like": (lambda x: x * np.full_like(x, 2.5) + 0 * np.empty_like(x), V),
    "np.zeros(x.shape), np.eye(len(x))": (lambda x: x @ np.eye(len(x)) + np.zeros(x.shape), V),
    # parts, and parts put together
    "x[0], x[-1]": (lambda x: x[0] * x[-1], V),
    "x[1:], x[::-1], x[:-1]": (lambda x: x[1:] * x[:-1] + x[::-1][:2], V),
    "x[0, 1], x[:, 0], x[1]": (lambda x: x[0, 1] * x[:, 0] + x[1][2], M),
    "x[..., 0], x[...]": (lambda x: x[..., 0] + x[...][:, 1] + x[:][:, 2], M),
    "x[[0, 2]]": (lambda x: x[[0, 2]] * x[np.array([1, -1])], V),
    "x[:, [0, 2]]": (lambda x: x[:, [2, 0]] ** 2, M),
    "x[[0, 1], [1, 2]]": (lambda x: x[[0, 1], [1, 2]] ** 2, M),
    "x[[[0, 2], [2, 0]]]": (lambda x: x[[[0, 2], [2, 0]]] ** 2, V),
    "x[None], x[:, None, 1:]": (lambda x: x[None][0, :, None, 1:] ** 2, M),
    "x[0, ..., [2, 1]]": (lambda x: x[0, ..., [2, 1]] ** 2, A),
    "x[mask] of two axes": (lambda x: x[np.array([[True, False, True], [False, True, False]])] ** 2, M),
    "x[mask] of a fixed mask": (lambda x: x[np.array([True, False, True])] ** 2, V),
    "np.sort, np.tile, np.roll": (
        lambda x: np.sort(x) * np.tile(x, 2)[2:5] + np.roll(x, 1) * x.repeat(2)[:3],
        V,
    ),
    "np.pad, np.tril, np.cumprod": (
        lambda x: np.tril(np.pad(x, ((1, 0), (0, 0)))) @ np.cumprod(x, axis=1).T,
        M,
    ),
    "np.einsum, np.cross": (lambda x, y: np.einsum("ij,j->i", x, y) @ np.cross(y, x[0])[:2], M, V),
    "np.linalg.pinv": (lambda x: np.linalg.pinv(x) @ x, M),
    "np.concatenate": (lambda x, y: np.concatenate([x, y]) ** 2, V, W),
    "np.concatenate(axis)": (lambda x: np.concatenate((x, np.ones((2, 1))), axis=1) ** 2, M),
    "np.stack": (lambda x, y: np.stack([x, y], axis=1) ** 2, V, W),
    "np.hstack, np.vstack": (lambda x, y: np.hstack([x, y])[:3] * np.vstack([x, y]), V, W),
    "np.column_stack": (lambda x, y: np.column_stack([x, y]) ** 2, V, W),
    "order='C'": (
        lambda x: x.flatten("C") + x.ravel(order="C") + np.copy(x, order="C").reshape(-1, order="C"),
        M,
    ),
    "np.split": (split, M),
    "np.split at places": (lambda x: np.split(x, [1])[1] * np.split(x, [1, 2])[0], V),
    "np.flip": (lambda x: np.flip(x) * x + np.flip(x, axis=1) + np.flip(x, (0, -1)), M),
    # functions of functions
    "defaults and nested functions": (layer, V),
    "a default that is given": (layer, V, M),
    "*args": (lambda *xs: xs[0] * xs[1] + xs[2], V, W, S),
    "a parameter and *args": (lambda x, *rest: x * rest[0], V, W),
    "a closure over arrays": (lambda x: W * x + M @ x[:, None] @ np.ones((1, 1)) @ np.zeros((1, 3)), V),
    "np.exp itself": (np.exp, V),
    "OPS": (lambda x: OPS["softmax"](x) + OPS["relu"](x), V),
    "complex numbers": (lambda z: np.abs(z) + z.real + np.imag(z) + (z.conj() * np.conj(z)).real, V + 1j * W),
    "np.iscomplexobj": (lambda x: x if np.isrealobj(x) and not np.iscomplexobj(x) else 0 * x, V),
    "np.std of complex numbers": (lambda z: np.std(z) + np.linalg.norm(z, axis=0), V + 1j * W),
}


def differences(f: Function, inputs: list[Any], k: int) -> Any:
    """∂ sum(f) / ∂ inputs[k] by central differences; of complex numbers ∂/∂Re + i ∂/∂Im."""
    x = np.asarray(inputs[k])
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        for unit in (1, 1j) if np.iscomplexobj(x) else (1,):
            step = np.zeros_like(x)
            step[place] = unit * 1e-6
            ahead, behind = (np.sum(f(*inputs[:k], x + d, *inputs[k + 1 :])) for d in (step, -step))
            found[place] += unit * np.real(ahead - behind) / 2e-6
    return found


@pytest.mark.parametrize("name", RECORDED)
def test_a_habit_agrees_with_numpy(name: str) -> None:
    f, *inputs = RECORDED[name]
    graph = from_function(f, *inputs)
    np.testing.assert_allclose(evaluate(graph)[next(iter(graph.outputs))], f(*inputs), rtol=1e-12, atol=1e-12)
    total = from_function(lambda *xs: np.sum(f(*xs)), *inputs)
    _value, gradient = compile_gradient(total)(total.values)
    for k, found in enumerate(gradient.values()):
        np.testing.assert_allclose(found, differences(f, inputs, k), rtol=1e-5, atol=1e-7)
    assert "error" not in explain(total)


RESULTS: Mapping[str, tuple[Function, list[str]]] = {
    "one": (lambda x: x * 2, ["y"]),
    "a tuple": (lambda x: (x, x * 2), ["y1", "y2"]),
    "a list": (lambda x: [x, 2.0], ["y1", "y2"]),
    "a dict": (lambda x: {"loss": x * 2, "half": x / 2}, ["loss", "half"]),
    "a number": (lambda x: 2.0, ["y"]),
    "an array": (lambda x: np.ones(2), ["y"]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_what_a_function_returns(name: str) -> None:
    f, outputs = RESULTS[name]
    assert list(from_function(f, V).outputs) == outputs


def test_an_attribute_may_be_asked_for() -> None:
    """hasattr and getattr with a default work as with any object."""
    graph = from_function(lambda x: x if getattr(x, "requires_grad", None) is None else 0 * x, V)
    assert not [node for node in graph.nodes if node.op]


def test_infinite_constants_can_be_written_down() -> None:
    """The text of a recorded function, which the editor shows, means the function."""
    bounds = np.array([-np.inf, 0.5, np.inf])
    graph = from_function(lambda x: np.minimum(np.where(x > 0, x, -np.inf), bounds), V)
    again = parse(program_text(graph), {"x": V})
    np.testing.assert_array_equal(evaluate(again)["y"], np.minimum(np.where(V > 0, V, -np.inf), bounds))
