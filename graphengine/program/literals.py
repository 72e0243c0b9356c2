"""Constants as a program writes them: numbers, of which 1+2j is one, and arrays: zeros, eye, arange, randn.

Random numbers follow from a name and a count alone (`random_bits`), normal ones by the Box-Muller
transform (Annals of Mathematical Statistics 29, 1958), so that they are the same on every machine and with
every NumPy.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import partial
from operator import methodcaller

import numpy as np

from ..errors import LimitError, ValueProblem
from ..limits import limits, spend
from ..messages import N_, NN_
from ..values import AXES, Array, freeze
from .trees import Branch, parts

LITERALS = ("zeros", "ones", "eye", "arange", "linspace", "rand", "randn")
HASHED = 12
"""Random numbers in a piece of work."""


def literal(name: str, arguments: Sequence[Array], key: str) -> Array:
    """The array that `name(*arguments)` stands for; `key` is what random numbers are drawn for.

    Its shape is that of the sizes, (n, n) for eye and (count,) for linspace. Raises ValueProblem where they
    are no sizes, LimitError for too many elements or axes.
    """
    if name == "linspace":
        if len(arguments) != 3:
            raise ValueProblem(N_("linspace takes a start, an end and a count, as in linspace(0, 1, 5)."))
        (count,) = _sizes(arguments[2:])
        spend("numbers", count)
        return freeze(np.linspace(arguments[0], arguments[1], count))
    if name == "arange":
        return _counted(arguments)
    sizes = _sizes(arguments)
    if name == "eye":
        if len(sizes) != 1:
            raise ValueProblem(N_("eye takes one size, as in eye(3)."))
        spend("numbers", math.prod(_bounded((sizes[0], sizes[0]))))
        return freeze(np.eye(sizes[0]))
    spend("numbers", math.prod(_bounded(sizes)))
    if name in ("zeros", "ones"):
        return freeze(np.full(sizes, float(name == "ones")))
    draw = _uniform if name == "rand" else _normal
    return freeze(draw(key, math.prod(sizes)).round(4).reshape(sizes))


def _counted(arguments: Sequence[Array]) -> Array:
    """Numbers before an end, from a start, by a step: of one argument the end, of two start and end."""
    real = [float(number) for number in arguments if not (np.ndim(number) or np.iscomplexobj(number))]
    if not 0 < len(real) == len(arguments) < 4 or (len(real) == 3 and not real[2]):
        raise ValueProblem(
            N_("arange takes an end, a start and an end, or a start, an end and a step, as in arange(3).")
        )
    start, end, step = (0.0, *real, 1.0) if len(real) == 1 else (*real, 1.0)[:3]
    (count,) = _bounded((max(0, math.ceil(min((end - start) / step, 1e18))),))
    spend("numbers", count)
    return freeze(np.arange(count) * step + start)


def _sizes(arguments: Sequence[Array]) -> tuple[int, ...]:
    for size in arguments:
        if np.ndim(size) or np.iscomplexobj(size) or size != int(size) or size < 0:
            raise ValueProblem(N_("The sizes of an array are whole numbers, as in zeros(2, 3)."))
    return tuple(_bounded((int(size),))[0] for size in arguments)


def _bounded(sizes: tuple[int, ...]) -> tuple[int, ...]:
    count = math.prod(sizes)
    if count > limits().elements:
        raise LimitError(
            NN_(
                "This array has {size} element; the limit `elements` is {limit}.",
                "This array has {size} elements; the limit `elements` is {limit}.",
                count,
                size=count,
                limit=limits().elements,
            )
        )
    if len(sizes) > AXES:
        raise LimitError(
            N_(
                "This array has {count} axes; NumPy takes up to {limit}.",
                count=len(sizes),
                limit=AXES,
            )
        )
    return sizes


def random_bits(name: str, count: int) -> np.ndarray:
    """The first `count` pseudo-random 64-bit numbers of `name`, of shape (count,); LimitError for too many.

    They are digests of BLAKE2b (RFC 7693), which no NumPy release changes. Everything for each number happens
    in C: it takes half a microsecond.
    """
    spend("work", count // HASHED)
    texts = map(str.encode, map(f"{name}:".__add__, map(str, range(count))))
    digests = map(methodcaller("digest"), map(partial(hashlib.blake2b, digest_size=8), texts))
    return np.frombuffer(b"".join(digests), ">u8").astype(np.uint64)


def _uniform(key: str, count: int) -> np.ndarray:
    return _fractions(random_bits(key, count))


def _normal(key: str, count: int) -> np.ndarray:
    u, v = _fractions(random_bits(key, 2 * count)).reshape(count, 2).T
    return np.asarray(np.sqrt(-2 * np.log(u + 2.0**-53)) * np.cos(2 * np.pi * v))


def _fractions(bits: np.ndarray) -> np.ndarray:
    """Numbers from 0 to 1 without 1, from the upper 53 bits."""
    return np.asarray(np.ldexp((bits >> np.uint64(11)).astype(float), -53))


# ---- numbers ----

_KINDS: dict[str, Callable[[str], complex]] = {"number": float, "imaginary": complex}


def number(tree: Branch) -> complex | None:
    """The number that a branch is, with or without a sign; None for anything else."""
    digits = parts(tree)[0] if tree.data == "neg" else tree
    if digits.data not in _KINDS:
        return None
    found = _KINDS[digits.data](str(digits.children[0]))
    return found if digits is tree else -found


def complex_number(tree: Branch) -> complex | None:
    """The number that a sum of a real and an imaginary one is: 1+2j, -3-0.5j."""
    if tree.data not in ("add", "sub") or parts(tree)[1].data != "imaginary":
        return None
    first, second = map(number, parts(tree))
    if first is None or second is None or np.iscomplexobj(first):
        return None
    return first + second if tree.data == "add" else first - second
