"""Masks: the flags that comparisons make, in NumPy a kind of number with an arithmetic of its own.

They are recorded as 0 and 1. That agrees with NumPy where it counts them or multiplies by them, and not where
it decides by them: mask + mask is "or" there, and -mask an error. Which it is, NumPy says itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..messages import N_
from ..ops import Op
from ..values import Operand
from .refusals import refuse

_BITWISE = (np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert)
_OTHERS = (np.add, np.matmul, np.vecdot, np.matvec, np.vecmat, np.reciprocal)
"""What is, of masks alone, "or" instead of a sum, or a whole number instead of a fraction."""
_REMAINDERS = (np.remainder, np.fmod, np.floor_divide)
"""What is 0 where a whole number is divided by 0."""
_MOVING = frozenset(
    "index gather reshape reshaped expand transpose concat stack"
    " diagonal diag_matrix flip max_of min_of".split()
)


def kind(thing: Operand) -> np.dtype[np.generic] | type:
    """The kind of an operand's numbers, as NumPy's rules of promotion take it: a plain number adapts."""
    if type(thing) in (int, float, complex):
        return type(thing)
    found = getattr(thing, "dtype", None)
    return found if isinstance(found, np.dtype) else np.dtype(bool if isinstance(thing, bool) else float)


def kept(op: Op, args: Sequence[Operand]) -> bool:
    """Whether `op` makes a mask of masks, since it moves or chooses elements."""
    moved = args[1:] if op.name == "where" else args if op.name in _MOVING else ()
    return bool(moved) and all(kind(arg) == np.bool for arg in moved)


def made(ufunc: np.ufunc, inputs: Sequence[Operand]) -> bool:
    """Whether `ufunc` makes a mask; GraphError where NumPy makes of masks what their numbers do not tell."""
    kinds = [kind(x) for x in inputs]
    masks = [k == np.bool for k in kinds]
    try:
        found = ufunc.resolve_dtypes((*kinds, *(None,) * ufunc.nout))[-1]
    except TypeError:
        found = None
    if ufunc in _BITWISE and found != np.bool:
        refuse(
            N_(
                "np.{function} is recorded for masks alone: of whole numbers NumPy takes it bit by bit, and"
                " of others not at all.",
                function=ufunc.__name__,
            ),
            N_(
                "Compare first, as in (x > 0) & (x < 1); np.logical_and, np.logical_or and np.logical_not"
                " take any numbers."
            ),
        )
    half = found is not None and found.kind == "f" and found.itemsize < 8
    whole = found is not None and found.kind in "iu" and ufunc in _REMAINDERS
    if (any(masks) and (found is None or whole)) or (all(masks) and (half or ufunc in _OTHERS)):
        refuse(
            N_(
                "np.{function} of masks is in NumPy not what it is of the numbers 0 and 1.",
                function=ufunc.__name__,
            ),
            N_(
                "Write mask * 1.0 for these numbers, as in mask * 1.0 + other; &, | and ~ are “and”, “or”"
                " and “not” of masks."
            ),
        )
    return found is not None and found == np.bool
