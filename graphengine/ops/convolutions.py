"""Convolutions, as machine learning means them (a kernel slides and is not turned round), and pooling.

Each takes the windows of its input by indices, and multiplies or reduces them: what others make up. Shapes
are PyTorch's: (batch, channels, length) and kernels of shape (out channels, in channels, size), or without a
batch. Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..values import Function, Operand, shape_text
from .indexing import part
from .places import WHOLE
from .record import Op, Shape, composite
from .reductions import REDUCTIONS
from .repeating import bounded, flip, pad
from .shaping import mean
from .summation import einsum

_largest = next(op for op in REDUCTIONS if op.name == "max_of")

Sizes = int | tuple[int, ...]


def _each(given: Sizes, axes: int) -> tuple[int, ...]:
    """One number for each of the last `axes`."""
    found = given if isinstance(given, tuple) else (given,) * axes
    if len(found) != axes:
        raise ShapeError(N_("One number is wanted here, or {count}, not {given}.", count=axes, given=given))
    return found


def _steps(length: int, size: int, stride: int, padding: int) -> int:
    """How many windows of `size` there are; ShapeError where there is none."""
    if size < 1 or stride < 1 or padding < 0:
        raise ShapeError(N_("A window and its stride are at least 1, and a padding is not negative."))
    if length + 2 * padding < size:
        raise ShapeError(
            N_(
                "A window of {size} does not fit in {length} elements.",
                size=size,
                length=length + 2 * padding,
            )
        )
    return (length + 2 * padding - size) // stride + 1


def windows(x: Operand, sizes: Sequence[int], strides: Sequence[int]) -> Operand:
    """The windows of the last axes of `x`: (…, steps, …, sizes, …)."""
    axes = len(sizes)
    index: list[object] = []
    for axis, (size, stride) in enumerate(zip(sizes, strides, strict=True)):
        steps = _steps(x.shape[axis - axes], size, stride, 0)
        shape = [1] * (2 * axes)
        shape[axis], shape[axes + axis] = steps, size
        starts = stride * np.arange(steps)[:, None] + np.arange(size)
        index.append((_frozen(starts.reshape(shape).tolist()),))
    return part(x, index=(*(WHOLE,) * (len(x.shape) - axes), *index))


def _frozen(numbers: object) -> object:
    return tuple(map(_frozen, numbers)) if isinstance(numbers, list) else numbers


def _convolved(x: Operand, w: Operand, stride: Sizes, padding: Sizes, axes: int) -> Operand:
    margins = ((0, 0),) * (len(x.shape) - axes) + tuple((n, n) for n in _each(padding, axes))
    wide = pad(x, pad_width=margins) if any(map(sum, margins)) else x
    found = windows(wide, w.shape[2:], _each(stride, axes))
    # b: batch, c and o: channels in and out, s: steps, k: places in the kernel.
    steps, places = "st"[:axes], "kl"[:axes]
    batch = "b" if len(x.shape) == axes + 2 else ""
    return einsum(found, w, subscripts=f"{batch}c{steps}{places},oc{places}->{batch}o{steps}")


def _convolution(x: Shape, w: Shape, stride: Sizes, padding: Sizes, axes: int) -> Shape:
    if len(x) not in (axes + 1, axes + 2) or len(w) != axes + 2 or x[-axes - 1] != w[1]:
        raise ShapeError(
            N_(
                "A convolution takes (batch, channels, …) and a kernel (out, channels, …), not {a} and {b}.",
                a=shape_text(x),
                b=shape_text(w),
            )
        )
    strides, margins = _each(stride, axes), _each(padding, axes)
    steps = (*map(_steps, x[-axes:], w[2:], strides, margins),)
    bounded((*x[:-axes], *steps, *w[2:]))  # the windows
    return (*x[: -axes - 1], w[0], *steps)


def _named(function: Function, name: str, **fixed: object) -> Function:
    """`function` with some options fixed, as a function of `name`, by which code calls it."""
    made = partial(function, **fixed)
    made.__module__, made.__name__ = __name__, name  # type: ignore[attr-defined]
    return made


def _conv(axes: int) -> Op:
    shapes: dict[int, tuple[tuple[Shape, Shape], ...]] = {
        1: (((1, 2, 5), (3, 2, 2)), ((2, 4), (1, 2, 3))),
        2: (((1, 2, 3, 4), (2, 2, 2, 2)), ((1, 3, 3), (1, 1, 2, 2))),
    }
    return composite(
        f"conv{axes}d(x, w)",
        _named(_convolved, f"convolved_{axes}d", axes=axes),
        parameters={"stride": 1, "padding": 0},
        shape=partial(_convolution, axes=axes),
        symbol="✶",
        latex=r"#1 \star #2",
        code=f"convolved_{axes}d(x, w, stride, padding)",
        analytic=True,
        complex=True,
        cost=lambda _x, w: 2 * int(np.prod(w[1:])),
        shapes=shapes[axes],
        options=({}, {"stride": 2, "padding": 1}),
    )


def _pooled(x: Operand, kernel_size: Sizes, stride: Sizes, axes: int, largest: bool) -> Operand:
    sizes = _each(kernel_size, axes)
    found = windows(x, sizes, sizes if stride == 0 else _each(stride, axes))
    last = tuple(range(-axes, 0))
    return _largest(found, axis=last) if largest else mean(found, axis=last)


def _pooling(x: Shape, kernel_size: Sizes, stride: Sizes, axes: int) -> Shape:
    if len(x) < axes:
        raise ShapeError(
            N_("Pooling takes at least {count} axes, not the shape {shape}.", count=axes, shape=x)
        )
    sizes = _each(kernel_size, axes)
    strides = sizes if stride == 0 else _each(stride, axes)
    found = (*x[:-axes], *(_steps(n, s, t, 0) for n, s, t in zip(x[-axes:], sizes, strides, strict=True)))
    bounded((*found, *sizes))  # the windows
    return found


def _pool(name: str, axes: int) -> Op:
    return composite(
        f"{name}_pool{axes}d(x)",
        _named(_pooled, f"{name}_pooled_{axes}d", axes=axes, largest=name == "max"),
        parameters={"kernel_size": 2, "stride": 0},
        shape=partial(_pooling, axes=axes),
        latex=rf"\operatorname{{{name}pool}}(#1)",
        code=f"{name}_pooled_{axes}d(x, kernel_size, stride)",
        cost=4,
        averages=name == "avg",
        note=N_("Where several elements are the largest, they share the derivative equally.")
        if name == "max"
        else None,
        shapes=(((1, 2, 4),),) if axes == 1 else (((1, 1, 4, 4),),),
        options=({}, {"kernel_size": 3, "stride": 1}),
    )


def _slid(a: Operand, b: Operand, mode: str) -> Operand:
    """Σ_k a_{n−k} b_k: the windows of `a` amid zeros times `b` turned round."""
    long, short = (a, b) if a.shape[0] >= b.shape[0] else (b, a)
    size = short.shape[0]
    right = {"full": size - 1, "same": (size - 1) // 2, "valid": 0}[mode]
    margin = (right if mode != "same" else size - 1 - right, right)
    wide = pad(long, pad_width=margin) if any(margin) else long
    return windows(wide, (size,), (1,)) @ flip(short, axis=0)


def _line(a: Shape, b: Shape, mode: str) -> Shape:
    if len(a) != 1 or len(b) != 1 or not a[0] or not b[0] or mode not in ("full", "same", "valid"):
        raise ShapeError(
            N_(
                "convolve takes two vectors and the mode 'full', 'same' or 'valid', not {a} and {b}.",
                a=a,
                b=b,
            )
        )
    longer, shorter = max(a[0], b[0]), min(a[0], b[0])
    length = {"full": longer + shorter - 1, "same": longer, "valid": longer - shorter + 1}[mode]
    bounded((length, shorter))  # the windows
    return (length,)


convolve: Op = composite(
    "convolve(a, b)",
    _slid,
    parameters={"mode": "full"},
    shape=_line,
    symbol="∗",
    latex=r"#1 * #2",
    code="np.convolve(a, b, mode=mode)",
    analytic=True,
    complex=True,
    cost=lambda a, b: 2 * min(a[0], b[0]),
    shapes=(((4,), (3,)), ((2,), (4,))),
    options=({}, {"mode": "same"}, {"mode": "valid"}),
)

CONVOLUTIONS = (
    convolve,
    _conv(1),
    _conv(2),
    *(_pool(name, axes) for axes in (1, 2) for name in ("max", "avg")),
)
