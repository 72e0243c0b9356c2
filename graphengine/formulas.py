"""Mathematics typed, in LaTeX or in Python, read as programs: the door of `graphengine.program.reading`."""

from __future__ import annotations

from .program.reading import Reading, Way, read, understand, way

__all__ = ["Reading", "Way", "read", "understand", "way"]
