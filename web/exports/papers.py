"""PDF, by Typst: the picture of one step, or a page for each with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import typst

FONTS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"
STEP = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.at("svg0")))
"""
# Texts come as data, never as markup; every page is as wide as the picture, and has room for two lines.
WALK = """
#set page(width: auto, height: auto, margin: 0pt, fill: rgb(sys.inputs.at("page")))
#set text(font: "DejaVu Sans", size: 11pt, fill: rgb(sys.inputs.at("ink")))
#for k in range(int(sys.inputs.at("count"))) {
  if k > 0 { pagebreak() }
  context {
    let picture = image(bytes(sys.inputs.at("svg" + str(k))))
    let wide = calc.max(measure(picture).width, 420pt)
    block(width: wide, align(center, picture), spacing: 0pt)
    block(width: wide, height: 58pt, inset: (x: 14pt, y: 8pt), spacing: 0pt, {
      text(size: 9pt, sys.inputs.at("label" + str(k)))
      linebreak()
      text(sys.inputs.at("said" + str(k)))
    })
  }
}
"""


@lru_cache(maxsize=16)
def page(svg: str) -> bytes:
    """One picture, in its own size."""
    return _compiled(STEP, {"svg0": svg})


def pages(svgs: Sequence[str], labels: Sequence[str], sentences: Sequence[str], page: str, ink: str) -> bytes:
    """A page for each picture, with what it is and what happens there, in the colours of a theme."""
    said = {"count": str(len(svgs)), "page": page, "ink": ink}
    for name, texts in (("svg", svgs), ("label", labels), ("said", sentences)):
        said |= {f"{name}{k}": text for k, text in enumerate(texts)}
    return _compiled(WALK, said)


def _compiled(source: str, inputs: dict[str, str]) -> bytes:
    # Without the time of day in it the same link gives the same bytes.
    return typst.compile(source.encode(), sys_inputs=inputs, font_paths=_fonts(), timestamp=0)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
