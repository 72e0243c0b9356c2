"""Numbers as a program writes them, and the sum 1+2j, which is one number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Branch = Any  # a lark Tree

_KINDS: dict[str, Callable[[str], complex]] = {"number": float, "imaginary": complex}


def number(tree: Branch) -> complex | None:
    """The number that a branch is, with or without a sign; None for anything else."""
    digits = tree.children[0] if tree.data == "neg" else tree
    if digits.data not in _KINDS:
        return None
    found = _KINDS[digits.data](digits.children[0])
    return found if digits is tree else -found


def complex_number(tree: Branch) -> complex | None:
    """The number that a sum of a real and an imaginary one is: 1+2j, -3-0.5j."""
    if tree.data not in ("add", "sub") or tree.children[1].data != "imaginary":
        return None
    first, second = map(number, tree.children)
    if first is None or second is None or np.iscomplexobj(first):
        return None
    return first + second if tree.data == "add" else first - second
