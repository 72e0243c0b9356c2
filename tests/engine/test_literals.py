"""Constants that a program writes, and numbers that nobody gave: the same on every machine."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import pytest

from graphengine import LimitError, limited, parse
from graphengine.program import parse_values
from graphengine.program.defaults import default
from graphengine.program.literals import random_bits


def test_defaults_do_not_depend_on_the_platform() -> None:
    assert [float(default(name)) for name in ("x", "y", "w1")] == [0.85, 0.65, 0.25]
    assert default("x", (2, 3)).shape == (2, 3)
    assert 0.2 <= float(default("z")) <= 0.95


@pytest.mark.parametrize("name", ["x", "W1", "n" * 300, "имя"])
def test_random_bits_are_digests_of_name_and_place(name: str) -> None:
    digests = (hashlib.blake2b(f"{name}:{i}".encode(), digest_size=8).digest() for i in range(120))
    assert random_bits(name, 120).tolist() == [int.from_bytes(digest, "big") for digest in digests]


def test_random_numbers_follow_from_the_bits_alone() -> None:
    bits = random_bits("a", 2000).tolist()
    uniform = [round((number >> 11) / 2**53, 4) for number in bits]
    np.testing.assert_array_equal(parse_values("a = rand(2000)")["a"], uniform)
    pairs = zip(bits[::2], bits[1::2], strict=True)
    normal = [
        round(
            math.sqrt(-2 * math.log(((u >> 11) + 1) / 2**53)) * math.cos(2 * math.pi * (v >> 11) / 2**53), 4
        )
        for u, v in pairs
    ]
    np.testing.assert_array_equal(parse_values("a = randn(1000)")["a"], normal)


def test_arrays_of_a_request_are_counted_together() -> None:
    with limited(numbers=250), pytest.raises(LimitError, match="`numbers`, 250"):
        parse("sum(zeros(100)) + sum(ones(100)) + sum(randn(100)) + x")
    with limited(numbers=450):
        assert parse("sum(zeros(100)) + sum(ones(100)) + sum(randn(100)) + x")
