"""Numbers with a name, as √(2π) is in a rule."""

from __future__ import annotations

from typing import ClassVar


class Constant(float):
    """A number that a rule calls by a name, so that a formula shows 2/√π and not 1.128.

    `sympy` is a template of the exact number; `known` holds all constants by their LaTeX.
    """

    latex: str
    sympy: str
    known: ClassVar[dict[str, Constant]] = {}

    def __new__(cls, value: float, latex: str, sympy: str) -> Constant:
        number = super().__new__(cls, value)
        number.latex = latex
        number.sympy = sympy
        cls.known[latex] = number
        return number
