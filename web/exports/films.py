"""An animated GIF of a walk, by resvg and Pillow."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

PACE, LAST = 1100, 3500
"""Milliseconds that a step and the last one stay; the first is the player's own."""
COLOURS = 256
UNKNOWN = -1


def film(pngs: Sequence[bytes]) -> bytes:
    """The pictures one after the other, again and again, in the colours that are most used."""
    # Between them the first, the middle and the last have every colour of a card, in every other row too.
    sample = np.concatenate([_numbers(pngs[k])[::2].ravel() for k in (0, len(pngs) // 2, -1)])
    colours, counts = np.unique(sample, return_counts=True)
    palette = colours[np.argsort(counts)[::-1][:COLOURS]]
    nearest = np.full(COLOURS**3, UNKNOWN, np.int16)
    frames = (_indexed(_numbers(png), palette, nearest) for png in pngs)  # one at a time: each is large
    out = io.BytesIO()
    times = [PACE] * (len(pngs) - 1) + [LAST]
    next(frames).save(out, "GIF", save_all=True, append_images=frames, duration=times, loop=0)
    return out.getvalue()


def _numbers(png: bytes) -> np.ndarray:
    """The colour of each pixel as one number."""
    parts = np.asarray(Image.open(io.BytesIO(png)).convert("RGBX"))
    return parts.view("<u4")[..., 0] & (COLOURS**3 - 1)


def _indexed(image: np.ndarray, palette: np.ndarray, nearest: np.ndarray) -> Image.Image:
    """Each colour as the nearest of the palette; Pillow's own way tints even those that are in it.

    `nearest` keeps the place of every colour met so far, for a walk meets the same ones again.
    """
    new = np.unique(image[nearest[image] == UNKNOWN])
    distances = ((_parts(new)[:, None] - _parts(palette)[None]) ** 2).sum(axis=-1)
    nearest[new] = np.argmin(distances, axis=1)
    frame = Image.fromarray(nearest[image].astype(np.uint8), "P")
    frame.putpalette(_parts(palette).astype(np.uint8).tobytes())
    return frame


def _parts(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue, which is the order of the bytes."""
    return np.stack([colours >> shift & 0xFF for shift in (0, 8, 16)], axis=-1).astype(np.int32)
