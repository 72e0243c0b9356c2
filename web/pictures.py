"""`/step.svg` and `/step.png`: the picture of one step, to keep, for a slide, as the preview of a link."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from flask import Blueprint, Response

import graphengine
from graphengine.limits import spend

from . import answers
from .codec import State
from .exports.frames import Frames
from .languages import link

pictures = Blueprint("pictures", __name__)
pictures.register_error_handler(graphengine.GraphError, answers.refuse)

FONT = Path(__file__).resolve().parent.parent / "static" / "vendor" / "fonts" / "DejaVuSans-Bold.ttf"
LARGEST_SCALE = 8.0
PIXELS = 8_000_000
"""Of a PNG; a larger one is scaled down."""
PARSED, FILLED = 22, 100
"""Characters of an SVG, and pixels of its PNG, that are a piece of work."""
PAINTED = 1_000_000_000_000
"""Pixels of a PNG times characters of its SVG: a picture of very many parts has fewer pixels."""


@pictures.get("/step.svg")
def svg() -> Response:
    """The step of the link as SVG."""
    return _answered("svg")


@pictures.get("/step.png")
def png() -> Response:
    """The step of the link as PNG, by default twice as large as the SVG."""
    return _answered("png")


def _answered(kind: str) -> Response:
    state, _found = link()
    frames = Frames(state)
    drawn = frames.picture(frames.step, _scale(state) if kind == "svg" else 1.0)
    if kind == "svg":
        response = Response(drawn, mimetype="image/svg+xml")
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    else:
        response = Response(raster(drawn, _scale(state, 2.0)), mimetype="image/png")
    return answers.cached(response)


def _scale(state: State, usual: float = 1.0) -> float:
    """How much larger than drawn; what is no number is as usual."""
    try:
        scale = float(state.scale)
    except ValueError:
        return usual
    return min(max(scale, 0.1), LARGEST_SCALE) if scale == scale else usual


def raster(drawn: str, scale: float, pixels: int = PIXELS) -> bytes:
    """An SVG of ours as PNG, `scale` times as large, or smaller where that would be more than `pixels`.

    LimitError where it is too much work.
    """
    root = ElementTree.fromstring(drawn)
    area = float(root.get("width", "1")) * float(root.get("height", "1"))
    zoom = min(scale, (min(pixels, PAINTED / len(drawn)) / area) ** 0.5)
    spend("work", math.ceil(len(drawn) / PARSED + area * zoom**2 / FILLED))
    return _raster(drawn, zoom)


@lru_cache(maxsize=32)
def _raster(drawn: str, zoom: float) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[str(FONT)],
            font_family="DejaVu Sans",
            sans_serif_family="DejaVu Sans",
        )
    )
