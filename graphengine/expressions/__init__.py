"""SymPy in and out: its expressions become graphs, and graphs its expressions. No text is read on the way."""

from __future__ import annotations

from .reading import from_sympy
from .writing import to_sympy

__all__ = ["from_sympy", "to_sympy"]
