"""Functions of a square matrix, and of the matrix that a diagonal fills. Most state their differential,
in the form of the textbook: Magnus and Neudecker, "Matrix Differential Calculus", chapter 8; The Matrix
Cookbook, section 2. None has a value where its matrix is singular, but det and adj, which are polynomials.
"""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_, Message
from ..values import Array, Operand, format_number, shape_text
from .products import T
from .record import Op, Shape, differential, linear
from .said import Level
from .shaping import reshape


def square(x: Shape) -> Shape:
    """The shape of a square matrix, or of a stack of them; ShapeError for another."""
    if len(x) < 2 or x[-1] != x[-2]:
        raise ShapeError(N_("This needs a square matrix, not the shape {shape}.", shape=shape_text(x)))
    return x


def _number_of(x: Shape) -> Shape:
    return square(x)[:-2]


def _solved(a: Shape, b: Shape) -> Shape:
    square(a)
    if len(a) != 2 or len(b) not in (1, 2) or a[-1] != b[0]:
        raise ShapeError(
            N_(
                "solve(A, b) takes a square matrix and a vector or matrix of as many rows, not {a} and {b}.",
                a=shape_text(a),
                b=shape_text(b),
            )
        )
    return b


def adjugate(x: Array) -> Array:
    """The adjugate of a matrix or a stack, of the same shape (…, n, n): adj(X) X = det(X) I.

    By singular values, so singular ones have it: from X = U S Vᴴ follows adj(X) = det(U) det(Vᴴ) V adj(S) Uᴴ,
    and that of a diagonal are products of the others. G. W. Stewart, "On the adjugate matrix", Linear Algebra
    and its Applications 283, 1998.
    """
    u, s, vt = np.linalg.svd(x)
    n = s.shape[-1]
    others = np.stack([np.prod(np.delete(s, i, axis=-1), axis=-1) for i in range(n)], axis=-1) if n else s
    sign = np.linalg.det(u) * np.linalg.det(vt)
    return np.conj(np.swapaxes((u * others[..., None, :]) @ vt, -1, -2)) * sign[..., None, None]


def _logdet(x: Array) -> Array:
    sign, size = np.linalg.slogdet(x)
    return np.where(sign > 0, size, np.nan)


def _nearly_singular(x: Array, *_: Array) -> Message | None:
    """A warning where more than ten of sixteen digits are lost to the condition of a matrix."""
    x = np.asarray(x)
    if not x.size or not np.all(np.isfinite(x)):
        return None
    condition = float(np.max(np.linalg.cond(x)))
    if condition < 1e10:
        return None
    return N_(
        "The matrix is nearly singular: its condition number is {number}, and so the result has only"
        " about {digits} reliable digits.",
        number=format_number(condition, 2),
        digits=round(max(0, 16 - np.log10(condition))),
    )


def _number(g: Operand) -> Operand:
    """Numbers as a stack of 1×1 matrices."""
    return reshape(g, shape=(*g.shape, 1, 1)) if getattr(g, "shape", ()) else g


trace: Op = linear(
    "trace(x)",
    lambda x: np.trace(x, axis1=-2, axis2=-1),
    lambda g, x: spread_diagonal(g, size=x.shape[-1]),
    matrix="Trace(x)",
    aliases=("tr",),
    numpy=(np.trace,),
    numpy_rank=2,
    shape=_number_of,
    symbol="tr",
    latex=r"\operatorname{tr}(#1)",
    cost=lambda x: x[-1],
    shapes=(((3, 3),), ((1, 1),), ((2, 3, 3),), ((0, 0),)),
)

# A number times the identity: the transpose of the trace.
spread_diagonal: Op = linear(
    "spread_diagonal(x)",
    lambda x, size: np.asarray(x)[..., None, None] * np.eye(size),
    lambda g: trace(g),
    parameters={"size": 1},
    shape=lambda x, size: (*x, size, size),
    symbol="I",
    latex="#1 I",
    level=Level.PRODUCT,
    operands=(Level.PRODUCT,),
    transposed="y",
    code="np.asarray(x)[..., None, None] * np.eye(size)",
    helper=True,
    shapes=(((),), ((2,),)),
    options=({"size": 3},),
)

inv: Op = differential(
    "inv(x)",
    np.linalg.inv,
    lambda dx, y: -y @ dx @ y,
    matrix="Inverse(x)",
    numpy=(np.linalg.inv,),
    elsewhere=("inverse",),
    shape=square,
    symbol="⁻¹",
    latex="{#1}^{-1}",
    script="-1",
    level=Level.POWER,
    verb=N_("Invert {a}"),
    domain="det X ≠ 0",
    doubt=_nearly_singular,
    complex=True,
    cost=lambda x: 2 * x[-1],
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)

det: Op = differential(
    "det(x)",
    np.linalg.det,
    lambda dx, x: trace(adj(x) @ dx),
    matrix="Determinant(x)",
    numpy=(np.linalg.det,),
    shape=_number_of,
    symbol="det",
    latex=r"\det #1",
    alternative=lambda dx, x, y: y * trace(inv(x) @ dx),
    complex=True,
    cost=lambda x: x[-1] ** 3,
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)

adj: Op = differential(
    "adj(x)",
    adjugate,
    lambda dx, x, y: _number(trace(y @ dx)) * inv(x) - inv(x) @ dx @ y,
    aliases=("adjugate",),
    shape=square,
    symbol="adj",
    latex=r"\operatorname{adj}(#1)",
    analytic=True,
    complex=True,
    cost=lambda x: 10 * x[-1],
    shapes=(((3, 3),), ((2, 2, 2),)),
)

logdet: Op = differential(
    "logdet(x)",
    _logdet,
    lambda dx, x: trace(inv(x) @ dx),
    matrix="log(Abs(Determinant(x)))",
    shape=_number_of,
    symbol="ln det",
    latex=r"\ln \det #1",
    domain="det X > 0",
    doubt=_nearly_singular,
    code="np.linalg.slogdet(x)[1]",
    cost=lambda x: x[-1] ** 3,
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)

solve: Op = differential(
    "solve(a, b)",
    np.linalg.solve,
    lambda a, da, y: -solve(a, da @ y),
    lambda g, a: solve(T(a), g),
    matrix="MatMul(Inverse(a), b)",
    numpy=(np.linalg.solve,),
    shape=_solved,
    symbol="A⁻¹b",
    latex="{#1}^{-1} #2",
    script="-1",
    level=Level.PRODUCT,
    operands=(Level.ATOM, Level.PRODUCT),
    domain="det A ≠ 0",
    doubt=_nearly_singular,
    complex=True,
    cost=lambda a, b: 2 * a[-1] ** 2,
    shapes=(((3, 3), (3,)), ((2, 2), (2, 3)), ((1, 1), (1,))),
)

diagonal: Op = linear(
    "diagonal(x)",
    lambda x: np.diagonal(x, axis1=-2, axis2=-1),
    lambda g: diag_matrix(g),
    shape=lambda x: square(x)[:-1],
    symbol="diag",
    latex=r"\operatorname{diag}(#1)",
    text="diag(x)",
    cost=0,
    helper=True,
    shapes=(((3, 3),), ((2, 3, 3),)),
)

diag_matrix: Op = linear(
    "diag_matrix(x)",
    lambda x: np.asarray(x)[..., None] * np.eye(np.shape(x)[-1]),
    lambda g: diagonal(g),
    shape=lambda x: (*x, x[-1]),
    symbol="diag",
    latex=r"\operatorname{diag}(#1)",
    text="diag(x)",
    transposed="y",
    code="np.asarray(x)[..., None] * np.eye(np.shape(x)[-1])",
    cost=0,
    helper=True,
    shapes=(((3,),), ((2, 3),), ((1,),)),
)


def _diagonal_of(x: Shape) -> Op:
    if not x:
        raise ShapeError(N_("diag takes a vector or a square matrix, not a number."))
    return diag_matrix if len(x) == 1 else diagonal


diag: Op = linear(
    "diag(x)",
    np.diag,
    None,
    numpy=(np.diag,),
    numpy_rank=2,
    shape=lambda x: x,
    forms=_diagonal_of,
    symbol="diag",
    latex=r"\operatorname{diag}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 2),)),
)

MATRICES = (trace, spread_diagonal, inv, det, adj, logdet, solve, diagonal, diag_matrix, diag)
