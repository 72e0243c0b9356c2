"""Numbers in, numbers out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine import LimitError, limited
from graphengine.errors import GraphError
from graphengine.limits import request
from graphengine.values import (
    array,
    format_number,
    format_value,
    freeze,
    latex_value,
    to_json,
    width,
)


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (0.0, 4, "0"),
        (-0.0, 4, "0"),
        (2.0, 4, "2"),
        (-3.0, 2, "−3"),
        (1234567.0, 4, "1234567"),
        (12345678.0, 4, "1.235e7"),
        (math.e, 4, "2.718"),
        (-5.43656, 4, "−5.437"),
        (math.pi, 12, "3.14159265359"),
        (0.5, 4, "0.5"),
        (0.00123456, 4, "0.001235"),
        (0.000123456, 4, "1.235e−4"),
        (9999.6, 4, "1e4"),
        (-1.23456e-10, 4, "−1.23e−10"),
        (-1.23456e-100, 4, "−1.2e−100"),
        (-1.23456e-100, 2, "−1e−100"),
        (1e300, 4, "1e300"),
        (math.inf, 4, "∞"),
        (-math.inf, 4, "−∞"),
    ],
)
def test_numbers_as_people_read_them(number: float, digits: int, text: str) -> None:
    assert format_number(number, digits) == text


@given(st.floats(allow_nan=False), st.integers(2, 12))
def test_a_number_never_outgrows_its_slot_and_keeps_its_size(number: float, digits: int) -> None:
    text = format_number(number, digits)
    assert len(text) <= width(digits)
    if math.isfinite(number):
        read = float(text.replace("−", "-"))
        loss = 10.0 ** (1 - min(digits, max(1, width(digits) - 7)))
        assert math.isclose(read, number, rel_tol=loss, abs_tol=0) or abs(number) < 1e-307 or math.isinf(read)


def test_arrays_are_read_only_and_scalars_are_scalars() -> None:
    given_array = np.array([1, 2])
    value = array(given_array)
    with pytest.raises(ValueError, match="read-only"):
        value[0] = 5
    given_array[0] = 7
    assert value.tolist() == [1.0, 2.0]
    assert array(3).shape == () == freeze(np.array(2.0)).shape


@pytest.mark.parametrize(
    "thing", [None, "2", [1, "a"], True, [[1], [1, 2]], math.nan, [math.inf], [{"re": 1}], {}, object()]
)
def test_what_is_no_number_is_refused(thing: object) -> None:
    with pytest.raises(GraphError):
        array(thing, "x")


def test_json_has_no_nan() -> None:
    assert to_json(np.array([[1.5, np.nan], [np.inf, -np.inf]])) == [[1.5, "NaN"], ["Infinity", "-Infinity"]]
    assert to_json(np.float64(0.1)) == 0.1


def test_lists_within_lists_are_work() -> None:
    """Sixteen axes of two hold the numbers of one axis in 65,535 lists instead of one."""
    flat = np.zeros(2**16)
    with limited(work=100), request():
        assert to_json(flat) == [0.0] * 2**16
        with pytest.raises(LimitError, match="`work`"):
            to_json(flat.reshape((2,) * 16))


def test_arrays_in_one_line_and_in_latex() -> None:
    assert format_value(np.array([1.0, -2.0])) == "[1, −2]"
    assert format_value(np.zeros(50)) == "(50,)"
    assert format_value(np.zeros((2, 3))) == "2×3"
    assert latex_value(np.array([1.0, 2.0])) == r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"


def test_a_power_of_ten_needs_no_factor() -> None:
    assert [latex_value(np.float64(x)) for x in (1e9, -1e-9, 2e9)] == [
        "10^{9}",
        "-10^{-9}",
        r"2 \cdot 10^{9}",
    ]
