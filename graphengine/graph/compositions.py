"""NumPy's functions that no operator is, put together from those that are: called with Symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple
from numpy.typing import DTypeLike

from ..errors import ShapeError
from ..messages import N_
from ..ops import OPS
from ..ops.parameters import Axis
from ..ops.shaping import count, reduced
from ..values import Function, Operand
from . import Shape


def _holds(a: Operand) -> Operand:
    """1 where `a` is not 0."""
    return np.not_equal(a, 0)


def _square(a: Operand) -> Operand:
    return np.square(np.abs(a)) if np.iscomplexobj(a) else np.square(a)


def _variance(a: Operand, axis: Axis = None, *, ddof: float = 0, keepdims: bool = False) -> Operand:
    centred = a - np.mean(a, axis=axis, keepdims=True)
    return np.sum(_square(centred), axis=axis, keepdims=keepdims) / (count(a.shape, axis) - ddof)


def _average(a: Operand, axis: Axis = None, weights: Operand = None) -> Operand:
    if weights is None:
        return np.mean(a, axis=axis)
    if np.shape(weights) == a.shape:
        return np.sum(a * weights, axis=axis) / np.sum(weights, axis=axis)
    if not isinstance(axis, int) or np.shape(weights) != (a.shape[axis],):
        raise ShapeError(
            N_("The weights of np.average take the shape of the array, or the length of the one axis."),
            hint=N_("Write np.sum(a * weights, axis=…) / np.sum(weights)."),
        )
    along = [1] * a.ndim
    along[axis] = -1
    return np.sum(a * np.reshape(weights, along), axis=axis) / np.sum(weights)


def _norm(x: Operand, ord: float | None = None, axis: Axis = None, keepdims: bool = False) -> Operand:  # noqa: A002 - NumPy's
    if ord is None and axis is None and not keepdims:
        return OPS["norm"](x)
    line = isinstance(axis, int) or x.ndim == 1
    if ord is None or (ord == 2 and line):
        return np.sqrt(np.sum(_square(x), axis=axis, keepdims=keepdims))
    if line and ord in (1, np.inf):
        return (np.sum if ord == 1 else np.max)(np.abs(x), axis=axis, keepdims=keepdims)
    raise ShapeError(
        N_("Of norms the lengths of vectors are recorded, with ord 1, 2 or np.inf, and that of Frobenius."),
        hint=N_("Write the norm with np.abs, np.sum, np.max and np.sqrt."),
    )


def _dot(a: Operand, b: Operand) -> Operand:
    if max(np.ndim(a), np.ndim(b)) > 2:
        raise ShapeError(
            N_("np.dot of stacks of matrices is not recorded."), hint=N_("Write @, the product of each pair.")
        )
    return a @ b if np.ndim(a) and np.ndim(b) else a * b


def _power(a: Operand, n: int) -> Operand:
    base = np.linalg.inv(a) if n < 0 else a
    return reduce(np.matmul, [base] * abs(n)) if n else np.eye(a.shape[-1]) + 0 * a


def _transposed(a: Operand, axes: Sequence[int] | None = None) -> Operand:
    order = [*range(a.ndim)][::-1] if axes is None else [*normalize_axis_tuple(axes, a.ndim)]
    plain = [*range(a.ndim)]
    if order == plain:
        return a
    if order == [*plain[:-2], *plain[:-3:-1]]:
        return OPS["transpose"](a)
    raise ShapeError(
        N_("Of transpositions that of the last two axes is recorded."),
        hint=N_("Write .mT, and order the axes of the inputs before the function."),
    )


def _swapped(a: Operand, axis1: int, axis2: int) -> Operand:
    order = [*range(a.ndim)]
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return _transposed(a, order)


def _moved(a: Operand, source: int | Shape, destination: int | Shape) -> Operand:
    taken, put = (normalize_axis_tuple(axes, a.ndim) for axes in (source, destination))
    order = [axis for axis in range(a.ndim) if axis not in taken]
    for place, axis in sorted(zip(put, taken, strict=True)):
        order.insert(place, axis)
    return _transposed(a, order)


def _flipped(m: Operand, axis: int | Shape | None = None) -> Operand:
    turned = normalize_axis_tuple(range(m.ndim) if axis is None else axis, m.ndim)
    return m[tuple(slice(None, None, -1 if i in turned else None) for i in range(m.ndim))]


def _squeezed(a: Operand, axis: Axis = None) -> Operand:
    ones = tuple(i for i, n in enumerate(a.shape) if n == 1) if axis is None else axis
    if count(a.shape, ones) != 1:
        raise ShapeError(N_("Only axes of length 1 can be squeezed out."), hint=N_("Leave out axis."))
    return np.reshape(a, reduced(a.shape, ones))


def _widened(a: Operand, axis: int | tuple[int, ...]) -> Operand:
    return np.reshape(a, np.expand_dims(np.empty(a.shape, np.bool), axis).shape)


def _repeated(array: Operand, shape: int | Shape) -> Operand:
    wide = np.broadcast_to(np.empty(array.shape, np.bool), shape).shape
    return array * np.ones(wide, np.bool) if array.dtype == np.bool else array + np.zeros(wide)


def _filled(a: Operand, fill_value: Operand, dtype: DTypeLike | None = None) -> Operand:
    flags = np.dtype(dtype or a.dtype) == np.bool
    return np.zeros(a.shape, np.bool) | (fill_value != 0) if flags else np.zeros(a.shape) + fill_value


def _split(ary: Operand, indices_or_sections: int | Sequence[int], axis: int = 0) -> list[Operand]:
    ends = np.split(np.arange(ary.shape[axis]), indices_or_sections)
    before = (slice(None),) * (axis % ary.ndim)
    starts = np.cumsum([0, *map(len, ends)])
    return [
        ary[(*before, slice(int(start), int(start) + len(part)))]
        for start, part in zip(starts[:-1], ends, strict=True)
    ]


def _columns(tup: Sequence[Operand]) -> Operand:
    return np.concatenate([np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in tup], axis=1)


def _clipped(
    a: Operand,
    a_min: Operand = None,
    a_max: Operand = None,
    *,
    min: Operand = None,  # noqa: A002 - NumPy's
    max: Operand = None,  # noqa: A002 - NumPy's
) -> Operand:
    if not (a_min is a_max is None or min is max is None):
        raise TypeError
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    if low is not None and high is not None:
        return OPS["clip"](a, low, high)
    a = a if low is None else np.maximum(a, low)
    return a if high is None else np.minimum(a, high)


COMPOSITIONS: Mapping[Function, Function] = {
    # Numbers that are known from the shape.
    np.shape: lambda a: a.shape,
    np.ndim: lambda a: a.ndim,
    np.size: lambda a, axis=None: count(a.shape, axis),
    np.iscomplexobj: lambda x: x.complex,
    np.isrealobj: lambda x: not x.complex,
    np.zeros_like: lambda a, dtype=None: np.zeros(a.shape, dtype or a.dtype),
    np.empty_like: lambda a, dtype=None: np.zeros(a.shape, dtype or a.dtype),
    np.ones_like: lambda a, dtype=None: np.ones(a.shape, dtype or a.dtype),
    np.full_like: _filled,
    # Of masks.
    np.invert: OPS["logical_not"],
    np.bitwise_and: OPS["logical_and"],
    np.bitwise_or: OPS["logical_or"],
    **dict.fromkeys((np.logical_xor, np.bitwise_xor), lambda a, b: np.not_equal(_holds(a), _holds(b))),
    np.clip: _clipped,
    # Element by element.
    np.positive: lambda a: a,
    # Along axes.
    np.var: _variance,
    np.std: lambda a, axis=None, *, ddof=0, keepdims=False: np.sqrt(
        _variance(a, axis, ddof=ddof, keepdims=keepdims)
    ),
    np.ptp: lambda a, axis=None, *, keepdims=False: (
        np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)
    ),
    np.average: _average,
    np.diff: lambda a: a[..., 1:] - a[..., :-1],
    # Products.
    np.dot: _dot,
    np.inner: lambda a, b: _dot(a, b if np.ndim(b) < 2 else _transposed(b)),
    np.vdot: lambda a, b: np.ravel(np.conj(a)) @ np.ravel(b),
    np.linalg.norm: _norm,
    np.linalg.matrix_power: _power,
    np.linalg.multi_dot: lambda arrays: reduce(np.matmul, arrays),
    np.einsum: lambda subscripts, *operands: OPS["einsum"](*operands, subscripts=subscripts),
    np.diagonal: lambda a: OPS["diagonal"](a),
    # The same numbers in another place.
    np.copy: lambda a: a,
    np.ravel: lambda a: np.reshape(a, -1),
    np.squeeze: _squeezed,
    np.expand_dims: _widened,
    np.atleast_1d: lambda a: np.reshape(a, a.shape or (1,)),
    np.atleast_2d: lambda a: np.reshape(a, a.shape if a.ndim > 1 else (1, -1)),
    np.broadcast_to: _repeated,
    np.transpose: _transposed,
    np.matrix_transpose: lambda a: OPS["transpose"](a),
    np.swapaxes: _swapped,
    np.moveaxis: _moved,
    np.flip: _flipped,
    np.split: _split,
    np.hstack: lambda tup: np.concatenate([np.atleast_1d(a) for a in tup], axis=int(np.ndim(tup[0]) > 1)),
    np.vstack: lambda tup: np.concatenate([np.atleast_2d(a) for a in tup]),
    np.column_stack: _columns,
}
"""What NumPy's function is in terms of others, with the parameters that it takes here."""
