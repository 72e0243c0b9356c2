"""x[…] as it is written in NumPy, in terms of the one operator for parts: whole numbers and slices."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..ops import OPS
from ..ops.indexing import hashable
from ..ops.parameters import Given
from ..values import Operand

WHOLE = slice(None)


def part(x: Operand, index: Given) -> Operand:
    """The part of a Symbol at `index`: numbers, slices, ..., new axes, a list of numbers or a fixed mask.

    Raises ShapeError for what is outside, and for an index that is recorded itself.
    """
    places = list(index) if isinstance(index, tuple) else [index]
    bounds = (
        n for place in places if isinstance(place, slice) for n in (place.start, place.stop, place.step)
    )
    if any(hasattr(number, "tape") for number in (*places, *bounds)):
        raise ShapeError(
            N_("Which elements are taken must not depend on recorded numbers."),
            hint=N_("Write np.where(mask, x, 0), or x * mask, for x[mask]; sizes are in x.shape."),
        )
    if (dots := [i for i, place in enumerate(places) if place is ...]) and len(dots) == 1:
        named = sum(place is not None for place in places) - 1
        places[dots[0] : dots[0] + 1] = [WHOLE] * (x.ndim - named)
    listed = [i for i, place in enumerate(places) if isinstance(place, list) or np.ndim(place)]
    if listed:
        return _chosen(x, places, *listed)
    new = [place is None for place in places]
    plain = tuple(place for place in places if place is not None)
    whole = all(isinstance(place, slice) and place == WHOLE for place in plain)
    taken = x if whole else OPS["index"](x, index=hashable(plain))
    if not any(new):
        return taken
    shape = np.empty(x.shape, np.bool)[tuple(places)].shape
    return OPS["reshape"](taken, shape=shape)


def _chosen(x: Operand, places: list[Given], axis: int, *more: int) -> Operand:
    """Where a list stands for one axis, the parts at its numbers, one after the other."""
    chosen = np.asarray(places[axis])
    if chosen.dtype == np.bool and chosen.shape == x.shape[axis : axis + 1]:
        chosen = np.flatnonzero(chosen)
    others = [place for place in places if not (isinstance(place, slice) or place is places[axis])]
    if more or others or chosen.ndim != 1 or not chosen.size:
        raise ShapeError(
            N_("Of lists in an index one for one axis is recorded, and slices beside it."),
            hint=N_("Take one axis after the other, or write np.stack([x[0], x[2]])."),
        )
    return np.stack([part(x, (*places[:axis], number, *places[axis + 1 :])) for number in chosen], axis=axis)
