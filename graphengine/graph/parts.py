"""x[…] as it is written in NumPy, in terms of the operators for parts: fixed indices, and recorded ones."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..messages import N_
from ..ops import OPS
from ..ops.parameters import Given
from ..ops.places import hashable
from ..values import Operand

WHOLE = slice(None)


def part(x: Operand, index: Given) -> Operand:
    """The part of a Symbol at `index`, which may hold recorded whole numbers but no recorded mask.

    Raises ShapeError for what is outside.
    """
    places = index if isinstance(index, tuple) else (index,)
    bounds = (
        n for place in places if isinstance(place, slice) for n in (place.start, place.stop, place.step)
    )
    recorded = [place for place in places if hasattr(place, "tape")]
    if any(hasattr(number, "tape") for number in bounds) or any(place.dtype == np.bool for place in recorded):
        raise ShapeError(
            N_("How many elements are taken must not depend on recorded numbers."),
            hint=N_("Write np.where(mask, x, 0), or x * mask, for x[mask]; sizes are in x.shape."),
        )
    if recorded:
        return OPS["gather"](x, *recorded, index=hashable(places, x.shape))
    if sum(place is ... for place in places) < 2 and all(
        place is ... or (isinstance(place, slice) and place == WHOLE) for place in places
    ):
        return x
    return OPS["index"](x, index=hashable(places, x.shape))
