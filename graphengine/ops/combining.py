"""Products over chosen axes, the cross product, and arrays side by side: what others make up."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from string import ascii_letters

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Operand, shape_text
from .indexing import concat
from .products import ranks
from .record import Op, Shape, composite, linear
from .said import Level
from .shaping import reshape
from .summation import einsum

Axes = int | tuple[int | tuple[int, ...], int | tuple[int, ...]] | None


def _pairs(a: Shape, b: Shape, axes: Axes) -> tuple[list[int], list[int]]:
    """The axes of both that are summed; ShapeError where they do not fit."""
    if axes is None or (isinstance(axes, tuple) and len(axes) != 2):
        raise ShapeError(N_("The axes of tensordot are a number, or a pair: those of either array."))
    if isinstance(axes, int):
        chosen = [*range(len(a) - axes, len(a))], [*range(axes)]
    else:
        first, second = ((part,) if isinstance(part, int) else part for part in axes)
        chosen = [i % max(len(a), 1) for i in first], [i % max(len(b), 1) for i in second]
    sizes = [
        [shape[i] for i in part if 0 <= i < len(shape)] for shape, part in zip((a, b), chosen, strict=True)
    ]
    if sizes[0] != sizes[1] or len(sizes[0]) != len(chosen[0]):
        raise ShapeError(
            N_(
                "tensordot sums over pairs of axes of one length: {axes} of {a} and {b} are none.",
                axes=axes,
                a=shape_text(a),
                b=shape_text(b),
            )
        )
    return chosen


def _contracted(a: Operand, b: Operand, axes: Axes) -> Operand:
    first, second = _pairs(a.shape, b.shape, axes)
    letters = ascii_letters[: len(a.shape)]
    others = list(ascii_letters[len(a.shape) : len(a.shape) + len(b.shape)])
    for i, k in zip(first, second, strict=True):
        others[k] = letters[i]
    left = "".join(letter for i, letter in enumerate(letters) if i not in first)
    right = "".join(letter for k, letter in enumerate(others) if k not in second)
    return einsum(a, b, subscripts=f"{letters},{''.join(others)}->{left}{right}")


def _left_over(a: Shape, b: Shape, axes: Axes) -> Shape:
    first, second = _pairs(a, b, axes)
    left = (n for i, n in enumerate(a) if i not in first)
    return (*left, *(n for k, n in enumerate(b) if k not in second))


tensordot: Op = composite(
    "tensordot(a, b)",
    _contracted,
    parameters={"axes": 2},
    shape=_left_over,
    symbol="··",
    latex=r"\operatorname{tensordot}(#1, #2)",
    code="np.tensordot(a, b, axes)",
    analytic=True,
    complex=True,
    cost=lambda a, _b: 2 * int(np.prod(a)),
    shapes=(((2, 3, 4), (3, 4, 2)), ((2, 3), (2, 3))),
    options=({},),
)


def _crossed(a: Shape, b: Shape) -> Shape:
    if not a or not b or a[-1] != 3 or b[-1] != 3:
        raise ShapeError(
            N_(
                "The cross product is of vectors of three numbers, not {a} and {b}.",
                a=shape_text(a),
                b=shape_text(b),
            )
        )
    return np.broadcast_shapes(a, b)


cross: Op = linear(
    "cross(a, b)",
    lambda a, b: np.cross(a, b),
    lambda g, b: cross(b, g),
    lambda g, a: cross(g, a),
    numpy=(np.cross,),
    shape=_crossed,
    symbol="×",
    latex=r"#1 \times #2",
    level=Level.PRODUCT,
    operands=(Level.FUNCTION, Level.FUNCTION),
    cost=3,
    shapes=(((3,), (3,)), ((2, 3), (3,))),
)


def _tiled(a: Shape, b: Shape) -> Shape:
    ranks("kron", (a, b), 1 if len(a) == 1 else 2)
    return tuple(n * m for n, m in zip(a, b, strict=True))


def _blocks(g: Operand, a: Operand, b: Operand) -> Operand:
    """The adjoint of a ⊗ b with an axis for each index of both."""
    return reshape(g, shape=_woven(a.shape, b.shape))


def _woven(a: Shape, b: Shape) -> Shape:
    return tuple(size for pair in zip(a, b, strict=True) for size in pair)


def _ones(x: Operand) -> Shape:
    return (1,) * len(x.shape)


kron: Op = linear(
    "kron(a, b)",
    np.kron,
    lambda g, a, b: (_blocks(g, a, b) * reshape(b, shape=_woven(_ones(b), b.shape))).sum(
        axis=(1, 3)[: len(a.shape)]
    ),
    lambda g, a, b: (_blocks(g, a, b) * reshape(a, shape=_woven(a.shape, _ones(a)))).sum(
        axis=(0, 2)[: len(a.shape)]
    ),
    matrix="KroneckerProduct(a, b)",
    numpy=(np.kron,),
    shape=_tiled,
    symbol="⊗",
    latex=r"#1 \otimes #2",
    level=Level.PRODUCT,
    operands=(Level.PRODUCT, Level.FUNCTION),
    shapes=(((2, 3), (3, 1)), ((1, 1), (2, 2)), ((2, 2), (0, 2)), ((2,), (3,))),
)


def _beside(*arrays: Operand) -> Operand:
    lines = [reshape(x, shape=(1,)) if not x.shape else x for x in arrays]
    return concat(*lines, axis=0 if len(lines[0].shape) == 1 else 1)


def _below(*arrays: Operand) -> Operand:
    rows = [reshape(x, shape=(1, x.size)) if len(x.shape) < 2 else x for x in arrays]
    return concat(*rows, axis=0)


@lru_cache(maxsize=64)
def _joining(name: str, join: Callable[..., Operand], count: int) -> Op:
    """hstack or vstack of so many arrays."""
    listed = ", ".join(f"x{i}" for i in range(1, count + 1))

    def shape(*shapes: Shape) -> Shape:
        return tuple(getattr(np, name)([np.empty(each, np.bool) for each in shapes]).shape)

    return composite(
        f"{name}({listed})",
        join,
        shape=shape,
        forms=lambda *shapes: _joining(name, join, len(shapes)),
        variadic=True,
        symbol="[a b]" if name == "hstack" else "[a; b]",
        latex=r"\left[" + ", ".join(f"#{i}" for i in range(1, count + 1)) + r"\right]",
        level=Level.ATOM,
        operands=(Level.ANY,) * count,
        code=f"np.{name}([{listed}])",
        analytic=True,
        complex=True,
        cost=0,
        shapes=(((2,), (3,)), ((2, 3), (2, 3))) if name == "hstack" else (((3,), (3,)), ((2, 3), (1, 3))),
    )


hstack, vstack = _joining("hstack", _beside, 2), _joining("vstack", _below, 2)

COMBINING = (kron, tensordot, cross, hstack, vstack)
