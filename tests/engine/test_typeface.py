"""Widths of text, and that every number fits where the layout has left room for it."""

import random
import re
from pathlib import Path

import pytest

from graphengine.names import parts
from graphengine.picture import cards, typeface
from graphengine.values import format_number

CSS = (Path(__file__).parents[2] / "static" / "css" / "graph.css").read_text()


@pytest.mark.parametrize(
    ("text", "bold", "units"),
    [
        ("0", True, 1425),
        ("0", False, 1303),
        ("−", True, 1716),
        ("w", True, 1892),
        ("v\N{COMBINING MACRON}", True, 1335),
        ("2.5", True, 2 * 1425 + 778),
        ("\N{CJK UNIFIED IDEOGRAPH-4E2D}", True, 2048),
    ],
)
def test_widths_are_the_fonts_own(text, bold, units):
    assert typeface.width(text, 20, bold) == pytest.approx(20 * units / 2048, rel=1e-4)


def test_clipped_text_fits_and_says_that_it_is_clipped():
    for room in range(8, 200, 7):
        short = typeface.clip("another_extremely_long_identifier", 15, room)
        assert short.endswith("…") and typeface.width(short, 15) <= max(room, 15)
    assert typeface.clip("loss", 15, 100) == "loss"


@pytest.mark.parametrize("digits", range(2, 13))
def test_every_number_fits_into_its_slot_and_its_pill(digits):
    dice = random.Random(digits)
    numbers = [dice.uniform(-10, 10) * 10.0 ** dice.randint(-15, 15) for _ in range(2000)]
    numbers += [-1.2345678901234e-123, -9999999.0, -0.0012345678901234, float("-inf"), float("nan"), 0.0]
    for number in numbers:
        text = format_number(number, digits)
        shown = cards.number(text, digits)
        size = cards.NUMBER * cards.FITS[shown["fit"]]
        assert typeface.width(text, size) <= cards.room(digits) + 0.01, text
        pill = cards.pill(f"×({text})", digits)
        assert pill["width"] <= cards.pill_room(digits), text


def test_ordinary_numbers_keep_their_size():
    assert {cards.number(text, 4)["fit"] for text in ("2", "−5.437", "0.7311", "10.69", "−3")} == {""}


@pytest.mark.parametrize(
    ("selector", "size"),
    [
        (".name", cards.NAME),
        (".sub", cards.SUB),
        (".operator", cards.OPERATOR),
        (".operator.long", cards.LONG_OPERATOR),
        (".symbol", cards.SYMBOL),
        (".number", cards.NUMBER),
        (".pill text", cards.PILL),
        *((f'.slot[data-fit="{fit}"] .number', cards.NUMBER * cards.FITS[fit]) for fit in cards.FITS if fit),
        *((f'.pill[data-fit="{fit}"] text', cards.PILL * cards.FITS[fit]) for fit in cards.FITS if fit),
    ],
)
def test_the_style_sheet_has_the_sizes_that_were_measured_with(selector, size):
    rule = re.search(rf"^{re.escape(selector)} \{{([^}}]*)\}}", CSS, re.MULTILINE)
    assert rule, selector
    assert float(re.search(r"font-size: ([\d.]+)px", rule[1])[1]) == pytest.approx(size)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("w1", ("w", "1")),
        ("x12", ("x", "12")),
        ("z_total", ("z", "total")),
        ("theta_max", ("θ", "max")),
        ("Lambda", ("Λ", "")),
        ("loss", ("loss", "")),
        ("_x", ("_x", "")),
        ("x_", ("x_", "")),
        ("σ2", ("σ", "2")),
    ],
)
def test_names_split_into_letter_and_subscript(name, shown):
    assert parts(name) == shown
