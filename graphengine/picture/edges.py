"""The drawing of an edge: its path, an arrowhead for either direction, and the height of its pill."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import dist, hypot

Point = tuple[float, float]

HEAD, HEAD_HALF = 7.0, 3.0
"""Length and half width of the arrowhead at the consumer."""
TAIL, TAIL_HALF = 8.5, 5.2
"""The same at the argument's end; larger, since only the thick line of a contribution shows it."""

BITS = 16
"""Straight bits in which a cubic piece is followed."""


@dataclass(frozen=True)
class Curve:
    """A chain of cubic Bézier pieces from the argument to its consumer, left to right."""

    controls: tuple[Point, ...]
    points: tuple[Point, ...]
    """Many points of the curve, in order."""

    @classmethod
    def through(cls, controls: list[Point], bits: int = BITS) -> Curve:
        """The curve of 3n + 1 control points, each piece of which is followed in `bits`."""
        points = [controls[0]]
        for i in range(0, len(controls) - 1, 3):
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = controls[i : i + 4]
            points += [
                (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)
                for a, b, c, d in _weights(bits)
            ]
        return cls(tuple(controls), tuple(points))

    @property
    def path(self) -> str:
        """The `d` of an SVG path."""
        start, *rest = (f"{x:g} {y:g}" for x, y in self.controls)
        return f"M{start}C{' '.join(rest)}"

    @property
    def length(self) -> float:
        """Its length."""
        return sum(dist(a, b) for a, b in pairwise(self.points))

    def height(self, x: float) -> float:
        """The y of the curve where it passes `x`."""
        for (ax, ay), (bx, by) in pairwise(self.points):
            if bx >= x:
                return ay + (by - ay) * (x - ax) / (bx - ax) if bx > ax else ay
        return self.points[-1][1]


@lru_cache
def _weights(bits: int) -> list[tuple[float, float, float, float]]:
    """The weights of a piece's four controls at each joint of its bits."""
    places = (i / bits for i in range(1, bits + 1))
    return [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in places]


def draw(name: str, curve: Curve) -> str:
    """The group of the edge `name` ("v3_0").

    The path runs from tip to tip, for whatever travels along it. So that a thick line does not stick out
    beside a thin tip, a dash ends it within the arrowhead: here for the one at the consumer, in
    `graph.css` for the other, which needs no length.
    """
    head = _arrowhead(curve.points[::-1], HEAD, HEAD_HALF)
    tail = _arrowhead(curve.points, TAIL, TAIL_HALF)
    return (
        f'<g id="edge_{name}" class="edge" data-state="">'
        f'<path class="line" d="{curve.path}" stroke-dasharray="{curve.length - HEAD / 2:.1f} {HEAD:g}"/>'
        f'<polygon class="head" points="{head}"/><polygon class="tail" points="{tail}"/></g>'
    )


def _arrowhead(points: tuple[Point, ...], length: float, half: float) -> str:
    """A triangle with its tip at the first of `points`, lying along them, as the `points` of a polygon."""
    x, y = points[0]
    behind = next((p for p in points if dist(points[0], p) >= length), points[-1])
    dx, dy = behind[0] - x, behind[1] - y
    scale = hypot(dx, dy) or 1.0
    dx, dy = dx / scale, dy / scale
    bx, by = x + dx * length, y + dy * length
    corners = [(x, y), (bx - dy * half, by + dx * half), (bx + dy * half, by - dx * half)]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
