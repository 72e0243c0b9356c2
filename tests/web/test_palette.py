"""Every text can be read on its background: the contrast of WCAG AA, in both themes."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (CSS / "palette.css").read_text()
    )
}
TEXT = [
    *(("ink", ground) for ground in ("page", "card")),
    *(("muted", ground) for ground in ("page", "card", "empty")),
    *((hue, ground) for hue in ("value", "tangent", "adjoint") for ground in ("page", "card", f"{hue}-fill")),
    *(("active-ink", f"{hue}-solid") for hue in ("value", "tangent", "adjoint")),
]
GRAPHICS = [(line, ground) for line in ("line", "active", "adjoint-line") for ground in ("page", "card")]
# A hatch is crossed by the number, not its background.
GRAPHICS += [("adjoint", "adjoint-hatch")]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (GRAPHICS, 3.0)], ids=["text", "graphics"])
def test_contrast(theme, pairs, least):
    for front, back in pairs:
        dim, bright = sorted(luminance(COLOURS[name][theme]) for name in (front, back))
        assert (bright + 0.05) / (dim + 0.05) >= least, (front, back)


def test_the_graph_uses_colours_of_the_palette_alone():
    sheet = (CSS / "graph.css").read_text()
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) <= set(COLOURS)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", sheet)
