"""Oracles that share no rule with the engine: differences, SymPy, HIPS autograd; and checks by them.

The checks at the end raise AssertionError for an operator whose rule is wrong; tests/oracles/test_ops.py also
sees to it that they do.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import autograd
import autograd.numpy
import autograd.scipy.special
import numpy as np
import sympy
from scipy import special

from graphengine.derivatives.calls import Call
from graphengine.notation import symbolic
from graphengine.ops import HELPERS, Op
from tests.oracles.points import Array, Point

NUMPY: dict[str, Any] = {"np": np, "special": special, **HELPERS}
AUTOGRAD: dict[str, Any] = {"np": autograd.numpy, "special": autograd.scipy.special}

WRITTEN = {
    "copysign": "np.abs(a) * np.sign(b)",
    "cbrt": "np.sign(x) * np.abs(x) ** (1 / 3)",
    "xlogy": "a * np.log(b)",
    "logsigmoid": "-np.logaddexp(0.0, -x)",
    "normal_cdf": "(1 + special.erf(x / np.sqrt(2.0))) / 2",
    "gelu": "x * (1 + special.erf(x / np.sqrt(2.0))) / 2",
    "expand": "x + np.zeros(shape)",
}
"""Operators whose function HIPS autograd lacks, or differentiates in part, in functions that it has."""

LACKING = {"step": "np.heaviside", "sum_to": "a function of ours"}
"""Operators that cannot be compared with HIPS autograd, and what is missing."""


# ---- derivatives by other means ---------------------------------------------------------------------


def differences(f: Callable[[Array], Array], x: Array, direction: Array, step: float = 0.02) -> Array:
    """The derivative of f at x along `direction`: central differences, extrapolated (Richardson, Ridders).

    Each element takes the entry of the tableau that agrees best with its neighbours: about ten digits where
    f is smooth within `step`.
    """
    tableau: list[list[Array]] = []
    best: Array = None
    error: Array = np.inf
    for level in range(7):
        h = step / 1.6**level
        row = [(np.asarray(f(x + h * direction)) - np.asarray(f(x - h * direction))) / (2 * h)]
        for order in range(level):
            factor = 1.6 ** (2 * order + 2)
            row.append((factor * row[order] - tableau[-1][order]) / (factor - 1))
            doubt = np.maximum(abs(row[-1] - row[-2]), abs(row[-1] - tableau[-1][order]))
            best = np.where(doubt <= error, row[-1], row[-1] if best is None else best)
            error = np.minimum(doubt, error)
        tableau.append(row)
    return best


def many_digits(number: float, digits: int = 50) -> Any:
    """A float with as many digits behind it. (As a rational exponent it could keep SymPy busy for ever.)"""
    return sympy.Float(float(number), digits)


def by_sympy(op: Op, point: Point, *by: int, digits: int = 50) -> float:
    """∂y/∂(argument i)∂(argument j)… at scalars, from the operator's SymPy template, in so many digits.

    Far out it takes as many as ln(1 + tiny) cancels. No point is on a kink, so Dirac's deltas are 0. Where
    the formula has a hole, as sin(x)/x at 0, its limit counts.
    """
    symbols = [sympy.Symbol(name, real=True) for name in op.arguments]
    expression = symbolic.apply(op, symbols)
    for argument in by:
        expression = expression.diff(symbols[argument])
    numbers = {symbol: many_digits(x, digits) for symbol, x in zip(symbols, point, strict=True)}
    found = expression.subs(numbers).doit().evalf(digits)
    if found is sympy.nan and not any(point) and len(symbols) == 1:
        found = sympy.limit(expression, symbols[0], 0)
    return float(found)


def by_autograd(f: Callable[..., Array], point: Point, argument: int, g: Array) -> Array:
    """What HIPS autograd sends back to an argument of `f` from the adjoint `g`."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Output seems independent of input", UserWarning)
        pull, _ = autograd.make_vjp(f, argument)(*(np.asarray(value, float) for value in point))
        return np.asarray(pull(np.asarray(g, float)))


def in_autograd(op: Op, params: Mapping[str, Any]) -> Callable[..., Array]:
    """The operator's code, on functions of HIPS autograd."""
    if op.name == "scaled":  # its code decides by a where that has no slope at 0
        return lambda a, b: a * b
    return called(op.arguments, WRITTEN.get(op.name, op.code), {**AUTOGRAD, **params})


def called(names: Sequence[str], code: str, namespace: Mapping[str, Any]) -> Callable[..., Array]:
    """A function of `names` that evaluates `code`, a template of ours."""
    source = compile(code, "<template>", "eval")
    return lambda *values: eval(  # noqa: S307 - the templates are our own
        source, {**namespace, **dict(zip(names, values, strict=True))}
    )


def numbers_of(graph: Any, name: str, values: Mapping[str, Any]) -> Array:
    """An output of `graph` by way of SymPy: its expression at `values`, in 50 digits."""
    found = symbolic.expressions(graph)
    numbers = {
        symbol: many_digits(number)
        for key, symbols in found.inputs.items()
        for symbol, number in zip(
            np.asarray(symbols).ravel(), np.asarray(values[key], float).ravel(), strict=True
        )
    }
    evaluated = np.frompyfunc(lambda part: float(sympy.sympify(part).subs(numbers).doit().evalf(50)), 1, 1)
    return np.asarray(evaluated(found.outputs[name]), float)


# ---- checks -----------------------------------------------------------------------------------------


def close(found: Array, expected: Array, relative: float, absolute: float, what: str) -> None:
    """AssertionError if a number of `found` is farther from its `expected` one than both allow."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    assert found.shape == expected.shape, f"{what}: shape {found.shape} instead of {expected.shape}"
    fine = abs(found - expected) <= absolute + relative * abs(expected)
    assert np.all(fine), f"{what}: {found} instead of {expected}"


def calling(op: Op, point: Point, params: Mapping[str, Any]) -> Call:
    """The operator called at a point."""
    bound = op.bind(params)
    return Call(op, point, op(*point, **bound), bound)


def check_differences(op: Op, point: Point, params: Mapping[str, Any], rng: np.random.Generator) -> None:
    """Each argument's tangent against differences."""
    call = calling(op, point, params)
    for i, argument in enumerate(op.arguments):
        direction = np.asarray(rng.uniform(0.5, 1.0, np.shape(point[i])))

        def moved(x: Array, i: int = i) -> Array:
            return op.evaluate(*(x if j == i else other for j, other in enumerate(point)), **call.params)

        expected = differences(moved, point[i], direction)
        size = 1e-10 * (1 + float(np.max(abs(np.asarray(call.result)), initial=0)))
        close(call.tangent(i, direction), expected, 1e-7, size, f"tangent of {op.name} by {argument}")


def check_transpose(op: Op, point: Point, params: Mapping[str, Any], rng: np.random.Generator) -> None:
    """⟨v̄, J u⟩ = ⟨Jᵀ v̄, u⟩, and both in their right shapes."""
    call = calling(op, point, params)
    for i, argument in enumerate(op.arguments):
        direction = rng.normal(size=np.shape(point[i]))
        g = rng.normal(size=np.shape(call.result))
        tangent, adjoint = call.tangent(i, direction), call.adjoint(i, g)
        assert np.shape(tangent) == np.shape(call.result), f"tangent of {op.name} by {argument}"
        assert np.shape(adjoint) == np.shape(point[i]), f"adjoint of {op.name} by {argument}"
        size = 1e-12 * (1 + float(np.sum(abs(g * tangent))))
        left, right = np.sum(g * tangent), np.sum(adjoint * direction)
        close(left, right, 1e-12, size, f"transpose of {op.name} by {argument}")


def check_sympy(op: Op, point: Point, params: Mapping[str, Any], rng: np.random.Generator) -> None:
    """Value and tangents at scalars, against SymPy."""
    call = calling(op, point, params)
    size = 1e-14 * (1 + abs(float(call.result)))
    close(call.result, by_sympy(op, point), 1e-13, size, f"value of {op.name}")
    for i, argument in enumerate(op.arguments):
        found = call.tangent(i, np.float64(1.0))
        close(found, by_sympy(op, point, i), 1e-12, size, f"derivative of {op.name} by {argument}")


def check_autograd(op: Op, point: Point, params: Mapping[str, Any], rng: np.random.Generator) -> None:
    """Adjoints against HIPS autograd's."""
    call = calling(op, point, params)
    f = in_autograd(op, call.params)
    g = rng.uniform(0.5, 1.0, np.shape(call.result))
    for i, argument in enumerate(op.arguments):
        expected = by_autograd(f, point, i, g)
        close(call.adjoint(i, g), expected, 1e-11, 1e-13, f"adjoint of {op.name} by {argument}")
