"""The card of a node and the pill of an edge: their sizes, and their SVG.

A card is a header (name, operator) over a row for each slot. Its size follows from the graph and the
number of digits alone, never from a number, so nothing moves while one steps. A slot fits ordinary
numbers (−5.437) at full size; the few longer ones (−1.235e−4) are set smaller (`data-fit`), since room
for them on every card would make all other numbers a third smaller on the screen.

Sizes are in SVG units; `graph.css` repeats the font sizes, and a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ..graph import Node, Role
from ..graph.roles import STILL, WORDS
from ..messages import say
from ..names import parts
from ..values import shape_text, short_value
from .typeface import clip, width

NUMBER, SYMBOL, NAME, SUB, OPERATOR, PILL, SHAPE = 15.0, 11.5, 16.0, 11.5, 16.0, 10.5, 9.0
LONG_OPERATOR = 12.0
"""Font sizes."""

FITS = {"": 1.0, "long": 0.85, "longer": 0.72, "longest": 0.64}
"""How much smaller a number is set, by `data-fit`."""

PAD, GAP, HEADER, ROW, RADIUS = 7.5, 5.0, 23.0, 20.0, 7.0
HATCH = 10
STACK = 4
"""How far the card below a folded node's looks out."""
WIDEST = 160.0
"""A header may widen its card up to here; then it is shortened."""

PILL_HEIGHT, PILL_PAD = 16.5, 4.0

ACCENTS = {"value": "", "tangent": "\N{COMBINING DOT ABOVE}", "adjoint": "\N{COMBINING MACRON}"}
"""What stands over a name, by slot."""


# ---- numbers and pills ------------------------------------------------------------------------------


def room(digits: int) -> float:
    """The width that a slot keeps for its number."""
    return width("−0." + "0" * (max(digits, 4) - 1), NUMBER)


def number(text: str, digits: int) -> dict[str, str]:
    """The part of a patch that writes `text` into a slot."""
    return {"text": text, "fit": _fit(text, NUMBER, room(digits))}


def pill(text: str, digits: int) -> dict[str, str | float]:
    """The part of a patch that writes `text` into a pill, whose rectangle follows."""
    fit = _fit(text, PILL, pill_room(digits) - 2 * PILL_PAD)
    return {"text": text, "fit": fit, "width": pill_width(text, fit)}


def pill_room(digits: int) -> float:
    """The width that the space between two ranks keeps for a pill."""
    return pill_width("×(−0." + "0" * (max(digits, 4) - 1) + ")")


def pill_width(text: str, fit: str = "") -> float:
    """The width of a pill around `text`."""
    return round(width(text, PILL * FITS[fit]) + 2 * PILL_PAD, 1)


def _fit(text: str, size: float, space: float) -> str:
    """The largest setting in which `text` fits into `space`, or the smallest."""
    for fit, scale in FITS.items():
        if width(text, size * scale) <= space + 0.01:
            return fit
    return fit


# ---- cards --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """All that the picture of one node depends on, the place apart."""

    id: str
    kind: str
    name: tuple[str, str]
    """The name and its subscript, shortened to fit."""
    title: str
    """The full name where it had to be shortened, else ""."""
    operator: str
    """Of an input, its role."""
    slots: tuple[str, ...]
    width: float
    folded: bool = False
    """Whether the node stands for several."""
    shape: str = ""
    """The shape of an array."""

    @property
    def height(self) -> float:
        """Header and rows; all derivatives share one."""
        return HEADER + ROW * min(len(self.slots), 2)

    def svg(self, x: float, y: float) -> str:
        """The node's group, its upper left corner at (x, y)."""
        w, h = f"{self.width:g}", f"{self.height:g}"
        right = f"{self.width - PAD:g}"
        base = f"{HEADER - 6:g}"
        box = f'width="{w}" height="{h}" rx="{RADIUS:g}"'
        title = f"<title>{escape(self.title)}</title>" if self.title else ""
        low = f'<tspan class="sub" dy="3.5">{escape(self.name[1])}</tspan>' if self.name[1] else ""
        small = " long" if self._small_operator() else ""
        stack = f'<rect class="stack" x="{STACK}" y="{STACK}" {box}/>' if self.folded else ""
        operator = (
            f'<text class="operator{small}" x="{right}" y="{base}">{escape(self.operator)}</text>'
            if self.operator
            else ""
        )
        return (
            f'<g id="node_{self.id}" class="node" data-kind="{self.kind}" data-state="" data-dimmed="" '
            f'transform="translate({x:g} {y:g})">{title}{stack}<rect class="card" {box}/>'
            f'<text class="name" x="{PAD:g}" y="{base}">{escape(self.name[0])}{low}</text>{operator}'
            f"{''.join(map(self._slot, self.slots))}"
            f'<rect class="frame" {box}/></g>'
        )

    def _slot(self, slot: str) -> str:
        top = HEADER if slot == "value" else HEADER + ROW
        base = f"{top + 15:g}"
        return (
            f'<g class="slot" data-slot="{slot}" data-state="empty" data-fit="">{self._fill(top)}'
            f"{self._hatch(top) if slot == 'adjoint' else ''}"
            f'<text class="symbol" x="{PAD:g}" y="{base}">v{ACCENTS[slot]}</text>'
            f'<text class="number" x="{self.width - PAD:g}" y="{base}"></text></g>'
        )

    def _fill(self, top: float) -> str:
        """The row's background; the lowest has the card's round corners."""
        w, r = self.width, RADIUS
        if top + ROW < self.height:
            return f'<rect class="fill" y="{top:g}" width="{w:g}" height="{ROW:g}"/>'
        corner = f"a{r:g} {r:g} 0 0 1 {-r:g}"
        d = f"M0 {top:g}h{w:g}v{ROW - r:g}{corner} {r:g}h{2 * r - w:g}{corner} {-r:g}z"
        return f'<path class="fill" d="{d}"/>'

    def _hatch(self, top: float) -> str:
        """Slanted lines for a sum that is not complete."""
        starts = range(int(RADIUS), int(self.width - RADIUS - HATCH), 8)
        d = "".join(f"M{x} {top + ROW:g}l{HATCH} {-ROW:g}" for x in starts)
        return f'<path class="hatch" d="{d}"/>'

    def _small_operator(self) -> bool:
        return _operator_size(self.operator) < OPERATOR


def card(node: Node, digits: int, language: str = "en", role: Role = "parameter") -> Card:
    """The card of `node`, its operator spelled as `language` does; an input that is no parameter says so."""
    operator = say(WORDS.get(role, ""), language)
    if node.op is not None:
        operator = node.op.said.spellings.get(language, node.op.said.symbol)
    slots: tuple[str, ...] = ("value", "tangent", "adjoint")
    if node.kind == "literal" or role in STILL:
        slots = ("value",) if node.name else ()
    full = _name(node, digits)
    taken = 0.0
    if operator:
        operator = clip(operator, _operator_size(operator), WIDEST / 2 - PAD)
        taken = width(operator, _operator_size(operator)) + 2 * GAP
    name = _shorten(full, WIDEST - 2 * PAD - taken)
    header = 2 * PAD + _wide(name) + taken
    body = 0.0
    if slots:
        space = room(digits)
        if node.shape:
            space = max(space, width(shape_text(node.shape), NUMBER))
        body = 2 * PAD + width("v", SYMBOL) + GAP + space
    title = node.label if name != full else ""
    folded = node.op is not None and (node.op.kind == "composite" or node.op.inside is not None)
    wide = round(max(header, body), 1)
    shape = shape_text(node.shape) if node.shape else ""
    return Card(node.id, node.kind, name, title, operator, slots, wide, folded, shape)


def _name(node: Node, digits: int) -> tuple[str, str]:
    if node.kind == "literal" and not node.name:
        return short_value(node.value, digits), ""
    return parts(node.label)


def _operator_size(operator: str) -> float:
    return OPERATOR if width(operator, OPERATOR) <= 2.5 * OPERATOR else LONG_OPERATOR


def _wide(name: tuple[str, str]) -> float:
    return width(name[0], NAME) + width(name[1], SUB)


def _shorten(name: tuple[str, str], space: float) -> tuple[str, str]:
    """`name` cut to `space`: its subscript if enough of that remains, else all of it."""
    if _wide(name) <= space:
        return name
    left = space - width(name[0], NAME)
    if name[1] and left >= 3 * SUB:
        return name[0], clip(name[1], SUB, left)
    return clip("_".join(filter(None, name)), NAME, space), ""
