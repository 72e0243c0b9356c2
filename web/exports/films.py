"""An animated GIF of a walk, by resvg and Pillow."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

PACE, LAST = 1100, 3500
"""Milliseconds that a step and the last one stay; the first is the player's own."""
COLOURS = 256
RED, GREEN, BLUE = 1 << 16, 1 << 8, 1


def film(pngs: Sequence[bytes]) -> bytes:
    """The pictures one after the other, again and again, in the colours that are most used."""
    # Between them the first, the middle and the last have every colour of a card.
    sample = np.concatenate([_numbers(pngs[k]).ravel() for k in (0, len(pngs) // 2, -1)])
    colours, counts = np.unique(sample, return_counts=True)
    palette = colours[np.argsort(counts)[::-1][:COLOURS]]
    frames = (_indexed(_numbers(png), palette) for png in pngs)  # one at a time: each is large
    out = io.BytesIO()
    times = [PACE] * (len(pngs) - 1) + [LAST]
    next(frames).save(out, "GIF", save_all=True, append_images=frames, duration=times, loop=0)
    return out.getvalue()


def _numbers(png: bytes) -> np.ndarray:
    """The colour of each pixel as one number."""
    parts = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.int32)
    return parts @ np.array((RED, GREEN, BLUE), np.int32)


def _indexed(image: np.ndarray, palette: np.ndarray) -> Image.Image:
    """Each colour as the nearest of the palette; Pillow's own way tints even those that are in it."""
    found, places = np.unique(image, return_inverse=True)
    distances = ((_parts(found)[:, None] - _parts(palette)[None]) ** 2).sum(axis=-1)
    frame = Image.fromarray(np.argmin(distances, axis=1).astype(np.uint8)[places].reshape(image.shape), "P")
    frame.putpalette(_parts(palette).astype(np.uint8).tobytes())
    return frame


def _parts(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue."""
    return np.stack([colours // RED, colours // GREEN % 256, colours % 256], axis=-1)
