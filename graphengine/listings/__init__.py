"""A program as code of NumPy, PyTorch or JAX, forward and backward written out in the order of the steps."""

from __future__ import annotations

from .files import KINDS, Listing, listing
from .lines import Line

__all__ = ["KINDS", "Line", "Listing", "listing"]
