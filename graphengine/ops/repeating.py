"""Numbers several times, further on, amid zeros, or a half of them: linear all, each with its way back."""

from __future__ import annotations

import math

import numpy as np

from ..errors import LimitError, ShapeError
from ..limits import limits
from ..messages import N_
from ..values import Operand, shape_text
from .indexing import part
from .parameters import Axis
from .places import WHOLE, Index
from .record import Op, Shape, linear
from .shaping import along, kept, reshape

Widths = int | tuple[int, ...] | tuple[tuple[int, int], ...]


def bounded(shape: Shape) -> Shape:
    """`shape` itself; LimitError where it has too many elements, before any is made."""
    if math.prod(max(n, 1) for n in shape) > limits().elements:  # NumPy multiplies before it sees a 0
        raise LimitError(
            N_(
                "The result has shape {shape}; the limit `elements` is {limit}.",
                shape=shape_text(shape),
                limit=limits().elements,
            )
        )
    return shape


def _repeated(x: Shape, repeats: int, axis: int | None) -> Shape:
    if repeats < 0:
        raise ShapeError(N_("How often something is repeated is not negative."))
    if axis is None:
        return bounded((math.prod(x) * repeats,))
    along(x, axis)
    axis %= len(x)
    return bounded((*x[:axis], x[axis] * repeats, *x[axis + 1 :]))


def _gathered_up(g: Operand, x: Operand, repeats: int, axis: int | None) -> Operand:
    """The sum over the copies of each element."""
    shape = (x.size,) if axis is None else x.shape
    line = 0 if axis is None else axis % len(shape)
    apart = (*shape[: line + 1], repeats, *shape[line + 1 :])
    return reshape(reshape(g, shape=apart).sum(axis=line + 1), shape=x.shape)


repeat: Op = linear(
    "repeat(x)",
    np.repeat,
    _gathered_up,
    elsewhere=("repeat_interleave",),
    numpy=(np.repeat,),
    parameters={"repeats": 2, "axis": None},
    shape=_repeated,
    latex=r"\operatorname{repeat}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"repeats": 3, "axis": -1}, {"axis": 0}),
)


def _copies(x: Shape, reps: Shape) -> tuple[Shape, Shape]:
    """The sizes of an array and how often each is repeated, in as many axes."""
    rank = max(len(x), len(reps))
    return (*(1,) * (rank - len(x)), *x), (*(1,) * (rank - len(reps)), *reps)


def _tiled(x: Shape, reps: Shape) -> Shape:
    sizes, times = _copies(x, reps)
    if min(times, default=0) < 0:
        raise ShapeError(N_("How often something is repeated is not negative."))
    return bounded(tuple(n * r for n, r in zip(sizes, times, strict=True)))


def _untiled(g: Operand, x: Operand, reps: Shape) -> Operand:
    """The sum over the tiles."""
    sizes, times = _copies(x.shape, reps)
    apart = tuple(size for pair in zip(times, sizes, strict=True) for size in pair)
    every = tuple(range(0, len(apart), 2))
    return reshape(reshape(g, shape=apart).sum(axis=every), shape=x.shape)


tile: Op = linear(
    "tile(x)",
    lambda x, reps: np.tile(x, reps),
    _untiled,
    numpy=(np.tile,),
    parameters={"reps": (2,)},
    shape=_tiled,
    latex=r"\operatorname{tile}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"reps": (2, 3)}, {"reps": (2, 1, 2)}),
)


def _rolled(x: Shape, shift: int | Shape, axis: Axis) -> Shape:
    kept(x, axis)
    if np.size(shift) != (1 if axis is None else np.size(axis)) or axis == ():
        raise ShapeError(N_("Of several shifts there is one for each axis."))
    return x


roll: Op = linear(
    "roll(x)",
    np.roll,
    lambda g, shift, axis: roll(
        g, shift=tuple(-n for n in shift) if isinstance(shift, tuple) else -shift, axis=axis
    ),
    numpy=(np.roll,),
    parameters={"shift": 1, "axis": None},
    shape=_rolled,
    latex=r"\operatorname{roll}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"shift": -2, "axis": -1}, {"axis": 0}),
)


def _flipped(x: Shape, axis: Axis) -> Shape:
    kept(x, axis)
    return x


flip: Op = linear(
    "flip(x)",
    np.flip,
    lambda g, axis: flip(g, axis=axis),
    parameters={"axis": None},
    shape=_flipped,
    latex=r"\operatorname{flip}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"axis": -1}, {"axis": (0,)}),
)


def _margins(rank: int, pad_width: Widths) -> tuple[tuple[int, int], ...]:
    """How many zeros stand before and after, along each axis; ShapeError where that is not told."""
    try:
        widths = np.asarray(pad_width, int)
        found = np.broadcast_to(widths, (rank, 2))
    except ValueError:
        raise ShapeError(N_("pad takes a width, (before, after), or such a pair for each axis.")) from None
    if np.any(widths < 0):
        raise ShapeError(N_("A margin of zeros is not negative."))
    return tuple((int(before), int(after)) for before, after in found)


def _padded(x: Shape, pad_width: Widths) -> Shape:
    margins = _margins(len(x), pad_width)
    return bounded(tuple(n + sum(margin) for n, margin in zip(x, margins, strict=True)))


def _inner(g: Operand, x: Operand, pad_width: Widths) -> Operand:
    margins = _margins(len(x.shape), pad_width)
    index: Index = tuple(
        WHOLE if margin == (0, 0) else (margin[0], margin[0] + n, None)
        for n, margin in zip(x.shape, margins, strict=True)
    )
    return part(g, index=index)


pad: Op = linear(
    "pad(x)",
    np.pad,
    _inner,
    numpy=(np.pad,),
    parameters={"pad_width": 1},
    shape=_padded,
    latex=r"\operatorname{pad}(#1)",
    cost=0,
    shapes=(((3,),), ((2, 3),)),
    options=({}, {"pad_width": (0, 2)}),
)


def _triangle(x: Shape, k: int) -> Shape:
    if len(x) < 2:
        raise ShapeError(
            N_("A triangle is a part of a matrix, not of the shape {shape}.", shape=shape_text(x))
        )
    return x


def _half(name: str, sign: str) -> Op:
    function = getattr(np, name)
    op: Op = linear(
        f"{name}(x)",
        lambda x, k: function(x, k),
        lambda g, k: op(g, k=k),
        numpy=(function,),
        parameters={"k": 0},
        shape=_triangle,
        latex=rf"\operatorname{{{name}}}(#1)",
        symbol=sign,
        cost=0,
        shapes=(((3, 3),), ((2, 3),), ((2, 2, 3),)),
        options=({}, {"k": 1}, {"k": -1}),
    )
    return op


tril, triu = _half("tril", "◺"), _half("triu", "◹")

REPEATING = (repeat, tile, roll, flip, pad, tril, triu)
