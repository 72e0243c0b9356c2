"""What decompositions of a matrix tell: its factor, its eigenvalues and singular values, its exponential.

The differentials are those of M. Giles, "Collected matrix derivative results for forward and reverse mode
algorithmic differentiation", 2008; of the exponential, I. Najfeld and T. Havel, "Derivatives of the matrix
exponential", Advances in Applied Mathematics 16, 1995. Of a symmetric matrix both triangles are read.
"""

from __future__ import annotations

import numpy as np

from ..errors import LimitError
from ..limits import limits
from ..messages import N_
from ..values import Array, Operand
from .indexing import concat, part
from .matrices import diag_matrix, diagonal, inv, square, trace
from .products import T
from .record import Op, Shape, composite, differential
from .repeating import flip, tril
from .said import Level
from .shaping import reshape


def _symmetric(x: Operand) -> Operand:
    return (x + T(x)) / 2


def symmetric_root(x: Array) -> Array:
    """The lower triangle L with L Lᵀ = (x + xᵀ)/2."""
    x = np.asarray(x)
    return np.linalg.cholesky((x + np.swapaxes(x, -1, -2)) / 2)


def _halved(x: Operand) -> Operand:
    """The lower triangle of `x`, with half of its diagonal."""
    return tril(x, k=0) - diag_matrix(diagonal(x)) / 2


cholesky: Op = differential(
    "cholesky(x)",
    symmetric_root,
    lambda dx, y: y @ _halved(inv(y) @ _symmetric(dx) @ T(inv(y))),
    shape=square,
    symbol="chol",
    latex=r"\operatorname{chol}(#1)",
    domain="X ≻ 0",
    cost=lambda x: x[-1],
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)


def symmetric_values(x: Array) -> Array:
    """The eigenvalues of (x + xᵀ)/2, ascending."""
    x = np.asarray(x)
    return np.linalg.eigvalsh((x + np.swapaxes(x, -1, -2)) / 2)


def symmetric_vectors(x: Array) -> Array:
    """Orthonormal eigenvectors of (x + xᵀ)/2 as columns, in the order of the eigenvalues."""
    x = np.asarray(x)
    return np.linalg.eigh((x + np.swapaxes(x, -1, -2)) / 2)[1]


def _gaps(x: Operand) -> Operand:
    """1/(λ_j − λ_i) off the diagonal, and 0 on it."""
    values = eigvalsh(x)
    n = values.shape[-1]
    row = reshape(values, shape=(*values.shape[:-1], 1, n))
    column = reshape(values, shape=(*values.shape, 1))
    return 1 / (row - column + np.eye(n)) - np.eye(n)


eigvalsh: Op = differential(
    "eigvalsh(x)",
    symmetric_values,
    lambda x, dx: diagonal(T(eigenvectors(x)) @ _symmetric(dx) @ eigenvectors(x)),
    shape=lambda x: square(x)[:-1],
    symbol="λ",
    latex=r"\lambda(#1)",
    cost=lambda x: 9 * x[-1] ** 2,
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)

# A helper: for the signs of its columns there is no rule.
eigenvectors: Op = differential(
    "eigenvectors(x)",
    symmetric_vectors,
    lambda x, dx, y: y @ (_gaps(x) * (T(y) @ _symmetric(dx) @ y)),
    shape=square,
    symbol="V",
    latex=r"V(#1)",
    cost=lambda x: 9 * x[-1],
    helper=True,
    shapes=(((3, 3),), ((2, 2, 2),)),
)


def singular_values(x: Array) -> Array:
    """The singular values of a matrix or a stack, descending."""
    return np.linalg.svd(x, compute_uv=False)


def stretched(x: Operand, dx: Operand, y: Operand) -> Operand:
    """dσᵢ = uᵢᵀ dX vᵢ, with uᵢ = X vᵢ / σᵢ and the eigenvectors vᵢ of XᵀX, where X is no wider than high."""
    if x.shape[-2] < x.shape[-1]:
        x, dx = T(x), T(dx)
    v = flip(eigenvectors(T(x) @ x), axis=-1)
    return ((x @ v) * (dx @ v)).sum(axis=-2) / y


def _several(x: Shape) -> Shape:
    return (*x[:-2], min(x[-2:])) if len(x) > 1 else square(x)


svdvals: Op = differential(
    "svdvals(x)",
    singular_values,
    stretched,
    shape=_several,
    symbol="σ",
    latex=r"\sigma(#1)",
    domain="rank X = min(m, n)",
    cost=lambda x: 9 * x[-1] * x[-2],
    shapes=(((3, 2),), ((2, 3),), ((2, 2),)),
)


def _pseudo(x: Operand, dx: Operand, y: Operand) -> Operand:
    """Golub and Pereyra's differential, for matrices of one rank."""
    left, right = np.eye(x.shape[-2]) - x @ y, np.eye(x.shape[-1]) - y @ x
    return -y @ dx @ y + y @ T(y) @ T(dx) @ left + right @ T(dx) @ T(y) @ y


pinv: Op = differential(
    "pinv(x)",
    np.linalg.pinv,
    _pseudo,
    numpy=(np.linalg.pinv,),
    shape=lambda x: (*x[:-2], x[-1], x[-2]) if len(x) > 1 else square(x),
    symbol="⁺",
    latex="{#1}^{+}",
    script="+",
    level=Level.POWER,
    cost=lambda x: 10 * x[-1],
    shapes=(((3, 2),), ((2, 3),), ((2, 2),)),
)

logabsdet: Op = differential(
    "logabsdet(x)",
    lambda x: np.linalg.slogdet(x)[1],
    lambda dx, x: trace(inv(x) @ dx),
    shape=lambda x: square(x)[:-2],
    symbol="ln |det|",
    latex=r"\ln \left|\det #1\right|",
    domain="det X ≠ 0",
    cost=lambda x: x[-1] ** 3,
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)


def _multiplied(x: Operand, n: int) -> Operand:
    """X^n by repeated squaring."""
    if abs(n) > limits().exponent:
        raise LimitError(
            N_("An exponent may not exceed the limit `exponent`, {limit}.", limit=limits().exponent)
        )
    base = inv(x) if n < 0 else x
    n, result = abs(n), None
    while n:
        if n % 2:
            result = base if result is None else result @ base
        n //= 2
        base = base @ base if n else base
    return np.eye(x.shape[-1]) + 0 * x if result is None else result


matrix_power: Op = composite(
    "matrix_power(x)",
    _multiplied,
    parameters={"n": 2},
    shape=lambda x, n: square(x),
    latex="{#1}^{#n}",
    written=lambda n: (f"{{#1}}^{{{n}}}", Level.POWER),
    level=Level.POWER,
    code="np.linalg.matrix_power(x, n)",
    analytic=True,
    complex=True,
    cost=lambda x: 20 * x[-1],
    shapes=(((3, 3),), ((2, 2, 2),)),
    options=({}, {"n": 3}, {"n": -2}, {"n": 0}),
)


def exponential_of(x: Array) -> Array:
    """e^X of a matrix or a stack: of X/2ˢ by its series, squared s times."""
    x = np.asarray(x)
    size = np.max(np.sum(np.abs(x), axis=-1), initial=0.0)
    if not np.isfinite(size):
        return x * np.nan
    halvings = max(0, int(np.ceil(np.log2(max(size, 1e-9)))) + 2)
    small = x / 2.0**halvings
    term = result = np.broadcast_to(np.eye(x.shape[-1]), x.shape)
    for k in range(1, 17):
        term = term @ small / k
        result = result + term
    for _ in range(halvings):
        result = result @ result
    return result


def _block(diagonal_part: Operand, corner: Operand) -> Operand:
    """[[A, E], [0, A]]."""
    above = concat(diagonal_part, corner, axis=-1)
    below = concat(0.0 * corner, diagonal_part, axis=-1)
    return concat(above, below, axis=-2)


def exponential_change(x: Array, e: Array) -> Array:
    """The derivative of e^X in the direction E: the corner of exp [[X, E], [0, X]]."""
    x, e = np.asarray(x), np.asarray(e)
    n = x.shape[-1]
    above, below = np.concatenate([x, e], axis=-1), np.concatenate([0 * e, x], axis=-1)
    return exponential_of(np.concatenate([above, below], axis=-2))[..., :n, n:]


def _changed(x: Operand, e: Operand, dx: Operand) -> Operand:
    n = x.shape[-1]
    whole = change(_block(x, e), _block(dx, 0.0 * dx))
    return part(whole, index=(..., (None, n, None), (n, None, None)))


expm: Op = differential(
    "expm(x)",
    exponential_of,
    lambda x, dx: change(x, dx),
    elsewhere=("matrix_exp",),
    shape=square,
    symbol="eˣ",
    latex="e^{#1}",
    level=Level.POWER,
    operands=(Level.ANY,),
    analytic=True,
    cost=lambda x: 40 * x[-1],
    shapes=(((3, 3),), ((1, 1),), ((2, 2, 2),)),
)

change: Op = differential(
    "expm_change(x, e)",
    exponential_change,
    _changed,
    lambda g, x: change(T(x), g),
    shape=lambda x, e: square(x),
    symbol="Δeˣ",
    latex=r"\operatorname{D}_{#1}(#2)",
    cost=lambda x, e: 320 * x[-1],
    helper=True,
    shapes=(((3, 3), (3, 3)), ((2, 2), (2, 2))),
)

DECOMPOSITIONS = (cholesky, eigvalsh, eigenvectors, svdvals, pinv, logabsdet, matrix_power, expm, change)
