"""The style sheet of the picture as attributes of its elements: it looks the same outside of a browser.

Nothing but a browser knows `light-dark()`, custom properties or `:is()`; SVG attributes are known to all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import cssselect2
import tinycss2

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
SVG = "http://www.w3.org/2000/svg"
THEMES = ("light", "dark")
DRAWN = set(
    "display fill font-family font-size font-weight opacity paint-order stroke stroke-dasharray"
    " stroke-linejoin stroke-width text-anchor transform".split()
)
"""Properties that are attributes of SVG too; the others speak of browsers alone."""
MARGIN = 12.0
"""Around the picture, in its units."""


def styled(svg: str, theme: str = "light", transparent: bool = False, scale: float = 1.0) -> str:
    """`svg`, a picture of a step, self-contained: every style an attribute, on a colour or none."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    matcher = _matcher(theme)
    for element in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        for *_order, attributes in sorted(matcher.match(element), key=lambda match: match[:2]):
            element.etree_element.attrib.update(attributes)
    _drop_hidden(root)
    _frame(root, None if transparent else palette(theme)["page"], scale)
    return ElementTree.tostring(root, encoding="unicode")


def _drop_hidden(element: ElementTree.Element) -> None:
    for child in list(element):
        if child.get("display") == "none":
            element.remove(child)
        else:
            _drop_hidden(child)


def _frame(root: ElementTree.Element, colour: str | None, scale: float) -> None:
    """Room around the picture, a size, and what it stands on."""
    x, y, width, height = map(float, root.get("viewBox", "0 0 1 1").split())
    x, y, width, height = x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN
    root.set("viewBox", f"{x:g} {y:g} {width:g} {height:g}")
    root.set("width", f"{width * scale:g}")
    root.set("height", f"{height * scale:g}")
    if colour is not None:
        at = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}", "fill": colour}
        root.insert(0, ElementTree.Element(f"{{{SVG}}}rect", at))


@lru_cache(maxsize=4)
def _matcher(theme: str) -> cssselect2.Matcher:
    """The rules of the picture's style sheet that are about elements of it, as attributes."""
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet((CSS / "graph.css").read_text("utf-8"), True, True):
        if rule.type != "qualified-rule":
            continue  # @media: other screens
        said = {
            each.lower_name: tinycss2.serialize(each.value).strip()
            for each in tinycss2.parse_declaration_list(rule.content, True, True)
            if each.type == "declaration" and each.lower_name in DRAWN
        }
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue  # :host, the element that the picture stands in
        for selector in selectors:
            matcher.add_selector(selector, _attributes(said, palette(theme)))
    return matcher


def _attributes(said: dict[str, str], colours: dict[str, str]) -> dict[str, str]:
    """Declarations as SVG 1.1 writes them: no variables, no units, no functions of CSS."""
    plain = {
        name: re.sub(r"\b([\d.]+)px\b", r"\1", re.sub(r"var\(--([\w-]+)\)", lambda it: colours[it[1]], value))
        for name, value in said.items()
    }
    moved = re.fullmatch(r"translateY\((-?[\d.]+)\)", plain.pop("transform", ""))
    return {**plain, "transform": f"translate(0 {moved[1]})"} if moved else plain


@lru_cache(maxsize=4)
def palette(theme: str) -> dict[str, str]:
    """The colours of a theme by name, from `palette.css`."""
    text = (CSS / "palette.css").read_text("utf-8")
    found = re.findall(r"--([\w-]+): light-dark\(([^,]+), ([^)]+)\);", text)
    return {name: (dark if theme == "dark" else light).strip() for name, light, dark in found}
