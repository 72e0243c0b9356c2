"""Formulas in LaTeX, read as programs: the public door of `graphengine.program.formulas`."""

from __future__ import annotations

from .program.formulas import Reading, read, understand

__all__ = ["Reading", "read", "understand"]
