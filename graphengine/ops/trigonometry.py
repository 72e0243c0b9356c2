"""Angles."""

from __future__ import annotations

import numpy as np

from .record import elementwise

TRIGONOMETRY = (
    elementwise(
        "sin(x)", np.sin, lambda x: np.cos(x),
        latex=r"\sin #1", complex=True, specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "cos(x)", np.cos, lambda x: -np.sin(x),
        latex=r"\cos #1", complex=True, specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "tan(x)", np.tan, lambda y: 1 + y**2, aliases=("tg",),
        spellings={"ru": "tg"}, latex=r"\tan #1", domain="x ≠ π/2 + πk", complex=True,
        specimens=((1.2,), (-0.7,)),
    ),
    elementwise(
        "cot(x)", lambda x: 1 / np.tan(x), lambda y: -(1 + y**2), aliases=("ctg", "cotg"),
        spellings={"ru": "ctg"}, latex=r"\cot #1", code="1 / np.tan(x)", domain="x ≠ πk", cost=2,
        complex=True, specimens=((1.2,), (-0.7,)),
    ),
    elementwise(
        "asin(x)", np.arcsin, lambda x: 1 / np.sqrt((1 - x) * (1 + x)), aliases=("arcsin",),
        spellings={"ru": "arcsin"}, latex=r"\arcsin #1", domain="−1 ≤ x ≤ 1", complex=True,
        specimens=((0.5,), (-0.7,)),
    ),
    elementwise(
        "acos(x)", np.arccos, lambda x: -(1 / np.sqrt((1 - x) * (1 + x))), aliases=("arccos",),
        spellings={"ru": "arccos"}, latex=r"\arccos #1", domain="−1 ≤ x ≤ 1", complex=True,
        specimens=((0.5,), (-0.7,)),
    ),
    elementwise(
        "atan(x)", np.arctan, lambda x: 1 / (1 + x**2), aliases=("arctan", "arctg"),
        spellings={"ru": "arctg"}, latex=r"\arctan #1", complex=True, specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "atan2(a, b)", np.arctan2, lambda a, b: b / (a**2 + b**2), lambda a, b: -(a / (a**2 + b**2)),
        aliases=("arctan2",), cost=2, specimens=((1.5, 2.0), (-0.7, -1.2)),
    ),
)  # fmt: skip
