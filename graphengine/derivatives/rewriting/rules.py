"""The rules of rewriting: each with a name, in the words of a textbook, and a function that applies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...graph.recording import Tape
from ...graph.symbols import Symbol
from ...messages import N_, Message
from ...values import Array
from .sums import gathered
from .words import PRODUCTS, called, made, parts


@dataclass(frozen=True)
class Rule:
    """A rule that shortens or orders a formula: `apply(tape, symbol)`, None where it does not fit."""

    name: Message
    apply: Callable[[Tape, Symbol], Symbol | None]


def _transposed(tape: Tape, x: Symbol) -> Symbol | None:
    """(AB)ᵀ = BᵀAᵀ, (A + B)ᵀ = Aᵀ + Bᵀ, (cA)ᵀ = cAᵀ, (abᵀ)ᵀ = baᵀ, (X⁻¹)ᵀ = (Xᵀ)⁻¹."""
    if not called(tape, x, "transpose"):
        return None
    (inner,) = parts(tape, x)
    if called(tape, inner, "matmul"):
        a, b = parts(tape, inner)
        return made(tape, "matmul", b.T, a.T)
    if called(tape, inner, "add", "sub") and all(arg.ndim == 2 for arg in parts(tape, inner)):
        a, b = parts(tape, inner)
        return made(tape, inner.node.op.name, a.T, b.T)  # type: ignore[union-attr]
    if called(tape, inner, "neg"):
        return made(tape, "neg", parts(tape, inner)[0].T)
    if called(tape, inner, "mul", "div"):
        a, b = parts(tape, inner)
        if () in (a.shape, b.shape):
            turned = [arg.T if arg.ndim == 2 else arg for arg in (a, b)]
            return made(tape, inner.node.op.name, *turned)  # type: ignore[union-attr]
    if called(tape, inner, "outer"):
        a, b = parts(tape, inner)
        return made(tape, "outer", b, a)
    if called(tape, inner, "inv"):
        return made(tape, "inv", parts(tape, inner)[0].T)
    if called(tape, inner, "spread_diagonal"):
        return inner
    return None


def _column(tape: Tape, x: Symbol) -> Symbol | None:
    """A row times a matrix, as a column: xᵀA is Aᵀx."""
    if not called(tape, x, "vecmat"):
        return None
    v, a = parts(tape, x)
    return made(tape, "matvec", a.T, v)


def _sign_out(tape: Tape, x: Symbol) -> Symbol | None:
    """a(−b) = −ab, −(a − b) = b − a."""
    if called(tape, x, "neg"):
        (inner,) = parts(tape, x)
        if called(tape, inner, "sub"):
            a, b = parts(tape, inner)
            return made(tape, "sub", b, a)
    return None


def _number_out(tape: Tape, x: Symbol) -> Symbol | None:
    """A number moves to the front of a product: A(cB) = c(AB)."""
    if not called(tape, x, *PRODUCTS, "outer", "vecmat"):
        return None
    args = parts(tape, x)
    for place, arg in enumerate(args):
        if called(tape, arg, "mul"):
            c, b = parts(tape, arg)
            if c.shape != ():
                c, b = b, c
            if c.shape == () and b.shape == arg.shape:
                inner = [b if i == place else other for i, other in enumerate(args)]
                return made(tape, "mul", c, made(tape, x.node.op.name, *inner))  # type: ignore[union-attr]
    return None


def _flat(tape: Tape, x: Symbol) -> Symbol | None:
    """Products associate: A(Bx) is read from the left as it is written; (AB)x = A(Bx)."""
    if not called(tape, x, *PRODUCTS):
        return None
    a, b = parts(tape, x)
    if called(tape, a, "matmul"):
        first, second = parts(tape, a)
        return made(tape, "matmul", first, made(tape, "matmul", second, b))
    if called(tape, b, "matmul", "matvec"):
        first, rest = parts(tape, b)
        for one, other in ((a, first), (first, a)):
            if called(tape, one, "inv") and parts(tape, one)[0].index == other.index:
                return rest  # X⁻¹ X B = X X⁻¹ B = B
    return None


def is_identity(value: Array | None) -> bool:
    """Whether a literal is an identity matrix."""
    return (
        value is not None
        and np.ndim(value) == 2
        and len(value) > 1
        and np.array_equal(value, np.eye(len(value)))
    )


def _identity(tape: Tape, x: Symbol) -> Symbol | None:
    """IX = XI = X."""
    if not called(tape, x, *PRODUCTS):
        return None
    a, b = parts(tape, x)
    if is_identity(a.node.value):
        return b
    return a if is_identity(b.node.value) else None


def _inverse(tape: Tape, x: Symbol) -> Symbol | None:
    """X⁻¹X = XX⁻¹ = I, (X⁻¹)⁻¹ = X, (AB)⁻¹ = B⁻¹A⁻¹ of square matrices."""
    if called(tape, x, "inv"):
        (inner,) = parts(tape, x)
        if called(tape, inner, "inv"):
            return parts(tape, inner)[0]
        if called(tape, inner, "matmul") and parts(tape, inner)[0].shape == inner.shape:
            a, b = parts(tape, inner)
            return made(tape, "matmul", made(tape, "inv", b), made(tape, "inv", a))
        return None
    if not called(tape, x, "matmul"):
        return None
    a, b = parts(tape, x)
    pairs = ((a, b), (b, a))
    if any(called(tape, p, "inv") and parts(tape, p)[0].index == q.index for p, q in pairs):
        return made(tape, "spread_diagonal", 1.0, size=a.shape[0])
    return None


def _adjugate(tape: Tape, x: Symbol) -> Symbol | None:
    """The transpose of the adjugate: adj(X)ᵀ = det(X) X⁻ᵀ."""
    if not called(tape, x, "adj"):
        return None
    (inner,) = parts(tape, x)
    turned = called(tape, inner, "transpose")
    bare = parts(tape, inner)[0] if turned else inner
    return made(tape, "mul", made(tape, "det", bare), made(tape, "inv", inner))


def _turn_adjugate(tape: Tape, x: Symbol) -> Symbol | None:
    if called(tape, x, "transpose") and called(tape, parts(tape, x)[0], "adj"):
        return made(tape, "adj", parts(tape, parts(tape, x)[0])[0].T)
    return None


def _softmax(tape: Tape, x: Symbol) -> Symbol | None:
    """eˣ / Σ eˣ = softmax(x)."""
    if not called(tape, x, "exp"):
        return None
    (inner,) = parts(tape, x)
    if called(tape, inner, "log_softmax"):
        return made(tape, "softmax", *parts(tape, inner), **dict(inner.node.params))
    if called(tape, inner, "sub"):
        z, total = parts(tape, inner)
        while called(tape, total, "expand", "reshaped"):
            (total,) = parts(tape, total)
        if called(tape, total, "logsumexp") and parts(tape, total)[0].index == z.index:
            axis = dict(total.node.params)["axis"]
            if z.ndim == 1 or isinstance(axis, int):
                return made(tape, "softmax", z, axis=-1 if axis is None else axis)
    return None


def _sigmoid(tape: Tape, x: Symbol) -> Symbol | None:
    """1/(1 + e⁻ᵗ) = σ(t)."""
    if not called(tape, x, "div"):
        return None
    above, below = parts(tape, x)
    if not _is(tape, above, 1) or not called(tape, below, "add"):
        return None
    for one, power in (parts(tape, below), parts(tape, below)[::-1]):
        if _is(tape, one, 1) and called(tape, power, "exp"):
            (exponent,) = parts(tape, power)
            t = parts(tape, exponent)[0] if called(tape, exponent, "neg") else made(tape, "neg", exponent)
            return made(tape, "sigmoid", t)
    return None


def _is(tape: Tape, symbol: Symbol, number: float) -> bool:
    value = symbol.node.value
    return value is not None and bool(np.all(value == number))


def _summed(tape: Tape, x: Symbol) -> Symbol | None:
    """A sum over all axes is one sum; of an outer product with ones, the other factor."""
    if called(tape, x, "sum_to") and x.shape == ():
        return made(tape, "sum", parts(tape, x)[0])
    if called(tape, x, "sum") and x.shape == ():
        (inner,) = parts(tape, x)
        if called(tape, inner, "mul"):
            a, b = parts(tape, inner)
            if a.ndim == b.ndim == 1 and a.shape == b.shape:
                return made(tape, "dot", a, b)
    return None


def _scattered(tape: Tape, x: Symbol) -> Symbol | None:
    """A number repeated and multiplied is that number times."""
    if not called(tape, x, "mul"):
        return None
    a, b = parts(tape, x)
    for repeated, other in ((a, b), (b, a)):
        if called(tape, repeated, "expand") and other.shape == x.shape:
            (inner,) = parts(tape, repeated)
            while called(tape, inner, "reshaped"):
                (inner,) = parts(tape, inner)
            if inner.shape == ():
                return made(tape, "mul", inner, other)
    return None


RULES: tuple[Rule, ...] = (
    Rule(N_("(AB)ᵀ = BᵀAᵀ, and so on: the transpose goes inward"), _transposed),
    Rule(N_("xᵀA, as a column, is Aᵀx"), _column),
    Rule(N_("adj(X) = det(X) X⁻¹"), _turn_adjugate),
    Rule(N_("adj(X) = det(X) X⁻¹"), _adjugate),
    Rule(N_("IX = X"), _identity),
    Rule(N_("X⁻¹X = I, (AB)⁻¹ = B⁻¹A⁻¹"), _inverse),
    Rule(N_("numbers go to the front"), _number_out),
    Rule(N_("products associate"), _flat),
    Rule(N_("1/(1 + e⁻ᵗ) = σ(t)"), _sigmoid),
    Rule(N_("numbers go to the front"), _scattered),
    Rule(N_("eˣ / Σ eˣ = softmax(x)"), _softmax),
    Rule(N_("signs go outward"), _sign_out),
    Rule(N_("AB + AC = A(B + C)"), gathered),
)
"""In the order in which they are tried."""

LATE: tuple[Rule, ...] = (*RULES, Rule(N_("a sum of products is an inner product"), _summed))
"""What is done once algebra has had its turn."""
