"""Products of vectors and matrices, and the transpose: linear in each argument.

`@` is resolved by shape when the graph is built: each form has a rule of one line. Where a stack of
matrices meets a single one, the adjoint is summed over the stack (`graphengine.derivatives.calls.fit`).
"""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Operand, shape_text
from .record import Op, Shape, linear
from .said import Level
from .shaping import flipped, reshape


def _misfit(sign: str, a: Shape, b: Shape) -> ShapeError:
    """What to say where two shapes do not fit, and which transposition would mend it."""
    hint = None
    if len(a) >= 2 and len(b) >= 1 and a[-2] == b[max(len(b) - 2, 0)]:
        hint = N_(
            "The transpose of the first fits: ({transposed}) {sign} ({second}).",
            transposed=shape_text((*a[:-2], a[-1], a[-2])),
            sign=sign,
            second=shape_text(b),
        )
    elif len(b) >= 2 and a and a[-1] == b[-1]:
        hint = N_(
            "The transpose of the second fits: ({first}) {sign} ({transposed}).",
            first=shape_text(a),
            sign=sign,
            transposed=shape_text((*b[:-2], b[-1], b[-2])),
        )
    return ShapeError(
        N_("{a} {sign} {b}: the inner sizes differ.", a=shape_text(a), sign=sign, b=shape_text(b)), hint=hint
    )


def _multiplied(a: Shape, b: Shape) -> Shape:
    """The shape of a product of matrices, or of stacks of them."""
    if a[-1] != b[-2]:
        raise _misfit("@", a, b)
    try:
        return (*np.broadcast_shapes(a[:-2], b[:-2]), a[-2], b[-1])
    except ValueError:
        raise _misfit("@", a, b) from None


def _applied(a: Shape, x: Shape) -> Shape:
    if a[-1] != x[0]:
        raise _misfit("@", a, x)
    return a[:-1]


def _applied_left(x: Shape, a: Shape) -> Shape:
    if x[0] != a[-2]:
        raise _misfit("@", x, a)
    return (*a[:-2], a[-1])


def _inner(a: Shape, b: Shape) -> Shape:
    if len(a) != 1 or a != b:
        raise _misfit("·", a, b)
    return ()


def ranks(name: str, shapes: tuple[Shape, ...], rank: int) -> None:
    """ShapeError unless all shapes are of one rank: 1 for vectors, 2 for matrices."""
    for shape in shapes:
        if len(shape) != rank:
            what = N_("vectors") if rank == 1 else N_("matrices")
            given = {"name": name, "what": what, "shape": shape_text(shape)}
            raise ShapeError(N_("{name} takes {what}, not the shape {shape}.", **given))


def _spanned(a: Shape, b: Shape) -> Shape:
    ranks("outer", (a, b), 1)
    return (*a, *b)


def _column(x: Operand) -> Operand:
    return reshape(x, shape=(*x.shape, 1))


def _row(x: Operand) -> Operand:
    return reshape(x, shape=(*x.shape[:-1], 1, x.shape[-1]))


def _product(a: Shape, b: Shape) -> Op:
    """The operator that `@` means between these shapes; ShapeError for a scalar."""
    if not a or not b:
        raise ShapeError(
            N_("{a} @ {b}: a scalar has no matrix product.", a=shape_text(a), b=shape_text(b)),
            hint=N_("Write * for a product with a number."),
        )
    if len(a) == 1 and len(b) == 1:
        return dot
    if len(b) == 1:
        return matvec if len(a) == 2 else matsvec
    if len(a) == 1:
        return vecmat if len(b) == 2 else vecmats
    return matmul


def T(x: Operand) -> Operand:  # noqa: N802 - as it is written
    """The transpose, (…, n, m), of matrices of shape (…, m, n); ShapeError for fewer than two axes."""
    return transpose(x)


matmul: Op = linear(
    "matmul(a, b)",
    np.matmul,
    lambda g, b: g @ T(b),
    lambda g, a: T(a) @ g,
    matrix="MatMul(a, b)",
    elsewhere=("mm", "mv", "bmm"),
    numpy=(np.matmul, np.dot),
    numpy_rank=2,
    shape=_multiplied,
    forms=_product,
    symbol="@",
    latex=r"#1 \, #2",
    level=Level.PRODUCT,
    operands=(Level.PRODUCT, Level.PRODUCT),
    text="a @ b",
    verb=N_("Multiply the matrix {a} by the matrix {b}"),
    transposed="b.T @ a.T",
    product=True,
    cost=lambda a, b: 2 * a[-1],
    shapes=(
        ((2, 3), (3, 2)),
        ((1, 3), (3, 1)),
        ((4, 2, 3), (3, 2)),
        ((2, 1, 2, 3), (4, 3, 1)),
        ((2, 0), (0, 3)),
    ),
)

matvec: Op = linear(
    "matvec(a, x)",
    np.matmul,
    lambda g, x: outer(g, x),
    lambda g, a: T(a) @ g,
    matrix="MatMul(a, x)",
    shape=_applied,
    symbol="@",
    latex=r"#1 \, #2",
    level=Level.PRODUCT,
    operands=(Level.PRODUCT, Level.PRODUCT),
    text="a @ x",
    verb=N_("Multiply the matrix {a} by the vector {b}"),
    transposed="x.T @ a.T",
    product=True,
    cost=lambda a, x: 2 * a[-1],
    helper=True,
    shapes=(((2, 3), (3,)), ((1, 1), (1,)), ((0, 3), (3,))),
)

vecmat: Op = linear(
    "vecmat(x, a)",
    np.matmul,
    lambda g, a: a @ g,
    lambda g, x: outer(x, g),
    matrix="MatMul(Transpose(a), x)",
    shape=_applied_left,
    symbol="@",
    latex=r"{#1}^{\top} \, #2",
    level=Level.PRODUCT,
    operands=(Level.ATOM, Level.PRODUCT),
    text="x @ a",
    verb=N_("Multiply the vector {a} by the matrix {b}"),
    transposed="a.T @ x",
    product=True,
    cost=lambda x, a: 2 * x[-1],
    helper=True,
    shapes=(((2,), (2, 3)), ((1,), (1, 1)), ((2,), (2, 0))),
)

# A stack of matrices and one vector: the vector is used by each matrix.
matsvec: Op = linear(
    "matsvec(a, x)",
    np.matmul,
    lambda g, x: _column(g) * x,
    lambda g, a: (a * _column(g)).sum(axis=-2),
    shape=_applied,
    symbol="@",
    latex=r"#1 \, #2",
    level=Level.PRODUCT,
    operands=(Level.PRODUCT, Level.PRODUCT),
    text="a @ x",
    product=True,
    cost=lambda a, x: 2 * a[-1],
    helper=True,
    shapes=(((4, 2, 3), (3,)),),
)

vecmats: Op = linear(
    "vecmats(x, a)",
    np.matmul,
    lambda g, a: (a * _row(g)).sum(axis=-1),
    lambda g, x: _column(x) * _row(g),
    shape=_applied_left,
    symbol="@",
    latex=r"{#1}^{\top} \, #2",
    level=Level.PRODUCT,
    operands=(Level.ATOM, Level.PRODUCT),
    text="x @ a",
    product=True,
    cost=lambda x, a: 2 * x[-1],
    helper=True,
    shapes=(((2,), (4, 2, 3)),),
)

dot: Op = linear(
    "dot(a, b)",
    np.dot,
    lambda g, b: g * b,
    lambda g, a: g * a,
    matrix="DotProduct(a, b)",
    aliases=("inner",),
    shape=_inner,
    symbol="·",
    latex=r"{#1}^{\top} \, #2",
    level=Level.PRODUCT,
    operands=(Level.ATOM, Level.PRODUCT),
    text="a @ b",
    verb=N_("Take the inner product of {a} and {b}"),
    product=True,
    code="a @ b",
    cost=lambda a, b: 2 * a[-1],
    shapes=(((3,), (3,)), ((1,), (1,)), ((0,), (0,))),
)

outer: Op = linear(
    "outer(a, b)",
    np.outer,
    lambda g, b: g @ b,
    lambda g, a: T(g) @ a,
    matrix="MatMul(a, Transpose(b))",
    elsewhere=("ger",),
    numpy=(np.outer,),
    shape=_spanned,
    symbol="a bᵀ",
    latex=r"#1 \, {#2}^{\top}",
    level=Level.PRODUCT,
    operands=(Level.PRODUCT, Level.ATOM),
    transposed="b @ a.T",
    product=True,
    shapes=(((2,), (3,)), ((1,), (1,)), ((0,), (3,))),
)

transpose: Op = linear(
    "transpose(x)",
    lambda x: np.swapaxes(x, -1, -2),
    lambda g: T(g),
    matrix="Transpose(x)",
    elsewhere=("t",),
    numpy=(np.transpose,),
    numpy_rank=2,
    shape=flipped,
    symbol="ᵀ",
    latex=r"{#1}^{\top}",
    script=r"\top",
    level=Level.POWER,
    text="x.T",
    verb=N_("Transpose {a}"),
    transposed="x",
    cost=0,
    shapes=(((2, 3),), ((1, 1),), ((4, 2, 3),), ((0, 3),)),
)

PRODUCTS = (matmul, matvec, vecmat, matsvec, vecmats, dot, outer, transpose)
