"""Numbers in, numbers out: the one place that coerces arrays and the one that chooses digits.

A value is an array of floats, or of complex numbers if the input or literal is complex; a scalar is one of
shape (). Scalars are kept as `numpy.float64` (`numpy.complex128`), which is such an array for every purpose
here and multiplies about five times faster than a 0-d `ndarray`.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from .errors import LimitError, ValueProblem
from .limits import limits, spend
from .messages import N_, NN_

Array: TypeAlias = Any
"""numpy.float64, numpy.complex128 or a read-only numpy.ndarray of either: NumPy has no type for the three."""
Operand: TypeAlias = Any
"""What a rule takes and returns: Arrays, or Symbols (`graphengine.graph.symbols`), which stand above."""
Function: TypeAlias = Callable[..., Operand]
"""A function of NumPy's, SciPy's or ours."""
Json: TypeAlias = "str | float | list[Json] | dict[str, Json]"
"""A number, or nested lists of numbers, as JSON holds them."""

_FLOAT = np.dtype(float)

AXES = 32
"""Axes of an array: NumPy broadcasts no more, so this is no setting."""
LISTS = 10
"""Nested lists that are a piece of work to make."""

DIGITS = 4
"""Significant digits shown unless the user chooses others."""


@dataclass(frozen=True)
class Exact:
    """A number beyond its digits: as text ("" where none can hold it), in LaTeX, and how tightly it binds."""

    text: str
    latex: str
    level: int


class Digits(int):
    """Significant digits that are shown, and by an array's identity the exact number instead of them."""

    exact: Mapping[int, Exact]

    def __new__(cls, digits: int, exact: Mapping[int, Exact] | None = None) -> Digits:
        made = super().__new__(cls, digits)
        made.exact = exact or {}
        return made


def exact_of(value: Array, digits: int) -> Exact | None:
    """The exact number that `value` stands for, if one is to be shown."""
    return digits.exact.get(id(value)) if isinstance(digits, Digits) else None


def array(value: object, name: str = "", constant: bool = False) -> Array:
    """`value` (number, lists, array, {"re", "im"}) as a read-only array, which messages call `name`.

    Raises ValueProblem for what is ragged, no number or not finite, and LimitError for more elements or axes
    than may be. A `constant` of a recorded function may be of flags, as masks are, and infinite, as bounds.

    >>> array([1, 2]).shape, array(3).shape
    ((2,), ())
    """
    label = name or N_("a value")
    try:
        raw = np.asarray(value)
    except ValueError as ragged:
        raise ValueProblem(N_("The rows of {name} differ in length.", name=label)) from ragged
    if raw.dtype == object:
        raw = _paired(raw)
    if raw.dtype.kind not in ("biufc" if constant else "iufc"):
        raise ValueProblem(
            N_("{name} is not a number or an array of numbers.", name=label),
            hint=N_("Give a number such as 2.5, or nested lists of numbers."),
        )
    if raw.size > limits().elements:
        raise LimitError(
            NN_(
                "{name} has {size} element; the limit `elements` is {limit}.",
                "{name} has {size} elements; the limit `elements` is {limit}.",
                raw.size,
                name=label,
                size=raw.size,
                limit=limits().elements,
            )
        )
    if raw.ndim > AXES:
        raise LimitError(
            N_("{name} has {count} axes; NumPy takes up to {limit}.", name=label, count=raw.ndim, limit=AXES)
        )
    spend("numbers", raw.size)
    if constant and np.any(np.isnan(raw)):
        raise ValueProblem(N_("{name} must not be NaN.", name=label))
    if not constant and not np.all(np.isfinite(raw)):
        raise ValueProblem(N_("{name} must be finite.", name=label))
    return freeze(raw)


def freeze(value: Operand) -> Array:
    """`value` as an array of floats or complex numbers that nobody can change; a scalar as NumPy's own."""
    result = np.asarray(value)
    if result.dtype is not _FLOAT:
        result = result.astype(complex if result.dtype.kind == "c" else float, copy=False)
    if result.ndim == 0:
        return result[()]
    if result.flags.writeable:
        result = result.copy()
        result.setflags(write=False)
    return result


def to_json(value: Array) -> Json:
    """Full-precision JSON numbers in nested lists, complex ones as {"re", "im"}.

    "NaN", "Infinity" and "-Infinity" are strings. LimitError where the nested lists are too many.
    """
    spend("work", math.ceil(_lists(np.shape(value)) / LISTS))
    if np.iscomplexobj(value):
        return _each(_pair, np.asarray(value).tolist())
    numbers = np.asarray(value, float)
    listed: Json = numbers.tolist()
    return listed if np.all(np.isfinite(numbers)) else _each(_finite, listed)


def _lists(shape: tuple[int, ...]) -> int:
    """How many lists hold the numbers of an array: one for each of all axes but the last, and so on."""
    return sum(itertools.accumulate(shape[:-1], operator.mul, initial=1)) if shape else 0


def _each(what: Callable[[Any], Json], numbers: Any) -> Json:
    return [_each(what, part) for part in numbers] if isinstance(numbers, list) else what(numbers)


def _pair(number: complex) -> Json:
    return {"re": _finite(number.real), "im": _finite(number.imag)}


def _finite(number: float) -> Json:
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _paired(raw: np.ndarray) -> np.ndarray:
    """An array of objects with each {"re", "im"} as a complex number; as it was if others are among them."""
    try:
        pairs = [_complex(item) if isinstance(item, Mapping) else item for item in raw.ravel()]
        kinds = set(map(type, pairs))
        if complex in kinds and kinds <= {int, float, complex}:
            return np.array(pairs, complex).reshape(raw.shape)
    except OverflowError:  # an int that is too large for a float is refused like any other object
        pass
    return raw


def _complex(pair: Mapping[str, float]) -> complex | Mapping[str, float]:
    parts = [pair.get("re"), pair.get("im")]
    plain = set(pair) == {"re", "im"} and all(type(part) in (int, float) for part in parts)
    return complex(*parts) if plain else pair  # type: ignore[arg-type]


# ---- digits ---------------------------------------------------------------------------------------


def width(digits: int = DIGITS) -> int:
    """The most characters that `format_number` uses: sign, digits, point, and an exponent."""
    return digits + 5


def format_number(number: complex, digits: int = DIGITS) -> str:
    """A number as people read it: at most `digits` significant digits and `width(digits)` characters.

    Each part of a complex number is such a number.

    >>> [format_number(x) for x in (2.0, -5.43656, 0.00012346, 1e-120, float("-inf"))]
    ['2', '−5.437', '1.235e−4', '1e−120', '−∞']
    >>> [format_number(z) for z in (1 + 2j, 0.5 - 1j, 2j)]
    ['1+2i', '0.5−i', '2i']
    """
    if np.iscomplexobj(number):
        return _joined(format_number(number.real, digits), format_number(number.imag, digits), "−")
    mantissa, exponent = _decimal(float(number.real), digits)
    text = mantissa if exponent is None else f"{mantissa}e{exponent}"
    return text.replace("-", "−")


def latex_number(number: complex, digits: int = DIGITS) -> str:
    r"""The same number in LaTeX.

    >>> print(latex_number(-0.00012346), latex_number(float("inf")))
    -1.235 \cdot 10^{-4} \infty
    """
    if np.iscomplexobj(number):
        return _joined(latex_number(number.real, digits), latex_number(number.imag, digits), "-")
    mantissa, exponent = _decimal(float(number.real), digits)
    mantissa = mantissa.replace("∞", r"\infty ").strip()
    if exponent is None:
        return mantissa
    factor = mantissa[:-1] if mantissa in ("1", "-1") else rf"{mantissa} \cdot "
    return rf"{factor}10^{{{exponent}}}"


def format_value(value: Array, digits: int = DIGITS) -> str:
    """A value in one short line: the number, a short vector in brackets, or else the shape."""
    exact = exact_of(value, digits)
    if exact is not None and exact.text and len(exact.text) <= width(digits):
        return exact.text
    if np.ndim(value) == 0:
        return format_number(value, digits)
    if np.ndim(value) == 1 and 3 * len(value) <= width(digits):
        text = "[" + ", ".join(format_number(x, digits) for x in value) + "]"
        if len(text) <= width(digits):
            return text
    return shape_text(np.shape(value))


def short_value(value: Array, digits: int = DIGITS) -> str:
    """The same for a slot of the picture: a complex number is cut to the digits that fit, or is a dot.

    >>> short_value(np.complex128(1.23456 - 2.34567j)), short_value(np.complex128(0.012 + 0.034j))
    ('1.2−2.3i', '·')
    """
    if np.ndim(value) or not np.iscomplexobj(value):
        return format_value(value, digits)
    texts = (format_number(value, fewer) for fewer in range(digits, 0, -1))
    return next((text for text in texts if len(text) <= width(digits)), "·")


def latex_value(value: Array, digits: int = DIGITS) -> str:
    """A value in LaTeX: the number, a matrix up to 6×6, or else the shape; a vector is a column."""
    shape = np.shape(value)
    if not shape:
        return latex_number(value, digits)
    if len(shape) > 2 or max(shape) > 6:
        return r"\text{" + shape_text(shape) + "}"
    rows = [[x] for x in value] if len(shape) == 1 else value
    body = r" \\ ".join(" & ".join(latex_number(x, digits) for x in row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as people write it.

    >>> shape_text((2, 3)), shape_text((4,))
    ('2×3', '(4,)')
    """
    return "×".join(map(str, shape)) if len(shape) > 1 else str(shape)


def _joined(re: str, im: str, minus: str) -> str:
    """re + im i, without what is 0 and without a factor 1."""
    if im == "0":
        return re
    im = im.removesuffix("1") if im in ("1", f"{minus}1") else im
    if re == "0":
        return f"{im}i"
    return f"{re}{im}i" if im.startswith(minus) else f"{re}+{im}i"


def _decimal(number: float, digits: int) -> tuple[str, int | None]:
    """Mantissa (with "-" and ".") and decimal exponent, None where a plain number fits."""
    if not math.isfinite(number):
        return ("NaN" if math.isnan(number) else "∞" if number > 0 else "-∞"), None
    if number == 0:
        return "0", None
    if number == int(number) and abs(number) < 10 ** (digits + 3):
        return str(int(number)), None
    exponent = int(f"{number:.{digits - 1}e}".partition("e")[2])
    if -3 <= exponent < digits:
        return _trim(f"{number:.{digits - 1 - exponent}f}"), None
    # A long exponent costs digits, so that the slot in the picture never grows.
    room = width(digits) - len(f"-.e{exponent}")
    mantissa, _, power = f"{number:.{max(0, min(digits, room) - 1)}e}".partition("e")
    return _trim(mantissa), int(power)


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
