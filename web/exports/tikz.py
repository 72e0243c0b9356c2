r"""The styled SVG of a step as TikZ: a walk over the few elements that the picture is made of.

A unit of SVG is a bp, y runs downwards. Computer Modern is another typeface than the one that the picture
was measured in, so a text that comes out wider than it was meant is scaled down by \chainwalktext to the
width that `graphengine/typeface.py` tells. An element, path command or colour that is not known here raises
ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, fromstring

from graphengine.picture.typeface import width

from .letters import latex

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 14000.0
"""Of a side of the picture, in bp: TeX and PDF know no longer ones."""
LARGER = 1.14
"""Computer Modern beside DejaVu Sans of the same size."""
QUARTER = 0.5523
"""How far the controls of a quarter of a circle are from its ends, in radii."""

DEFINITIONS = r"""\newsavebox\chainwalkbox
% {scale}{greatest width}{text}
\newcommand\chainwalktext[3]{%
  \sbox\chainwalkbox{\scalebox{#1}{\fontsize{10}{12}\usefont{OT1}{cmss}{bx}{n}\boldmath #3}}%
  \ifdim\wd\chainwalkbox>#2\resizebox{#2}{!}{\usebox\chainwalkbox}\else\usebox\chainwalkbox\fi}
% {Cyrillic}{the same transliterated}
\newcommand\chainwalkcyrillic[2]{#2}
\IfFileExists{t2acmss.fd}{\usepackage[T2A,OT1]{fontenc}%
  \renewcommand\chainwalkcyrillic[2]{{\fontencoding{T2A}\selectfont #1}}}{}
"""
"""What the preamble needs besides tikz."""

INHERITED = {
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "font-size",
    "text-anchor",
}
ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}
Style = Mapping[str, str]


def tikzpicture(svg: str) -> str:
    """The picture alone, for a document with `DEFINITIONS` in its preamble.

    Raises ValueError for what is not in our pictures.
    """
    return _Pen(fromstring(svg)).picture()


def document(svg: str) -> str:
    """A file for pdflatex with the picture as its only page.

    Raises ValueError for what is not in our pictures.
    """
    return (
        "\\documentclass{article}\n\\usepackage{tikz}\n" + DEFINITIONS + "\\newsavebox\\chainwalkpage\n"
        "\\begin{document}\n\\begin{lrbox}{\\chainwalkpage}%\n" + tikzpicture(svg) + "%\n\\end{lrbox}\n"
        "\\pdfpagewidth=\\wd\\chainwalkpage\n"
        "\\pdfpageheight=\\dimexpr\\ht\\chainwalkpage+\\dp\\chainwalkpage\\relax\n"
        "\\hoffset=-1in\n\\voffset=-1in\n\\shipout\\box\\chainwalkpage\n\\end{document}\n"
    )


def size(svg: str) -> tuple[float, float]:
    """Width and height of the picture in bp."""
    wide, high = _numbers(fromstring(svg).get("viewBox", ""))[2:]
    shrunk = min(1.0, LARGEST / max(wide, high))
    return wide * shrunk, high * shrunk


@dataclass
class _Pen:
    """Writes the commands of one picture, and keeps its colours."""

    root: Element
    scale: float = 1.0
    colours: dict[str, str] = field(default_factory=dict)

    def picture(self) -> str:
        x, y, wide, high = _numbers(self.root.get("viewBox", ""))
        self.scale = min(1.0, LARGEST / max(wide, high))
        frame = f"\\useasboundingbox {self.at(x, y)} rectangle {self.at(x + wide, y + high)};"
        drawn = [line for child in self.root for line in self.element(child, {}, 0.0, 0.0)]
        defined = [f"\\definecolor{{{name}}}{{HTML}}{{{code}}}" for code, name in self.colours.items()]
        lines = ["\\begin{tikzpicture}[x=1bp,y=-1bp,inner sep=0pt,outer sep=0pt]", *defined, frame, *drawn]
        return "\n".join([*lines, "\\end{tikzpicture}"])

    def element(self, element: Element, above: Style, x: float, y: float) -> Iterator[str]:
        """The lines of an element whose parent has the style `above` and its origin at (x, y)."""
        style = {**above, **{key: value for key, value in element.items() if key in INHERITED}}
        if element.get("transform"):
            moved = re.fullmatch(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
            if moved is None:
                raise ValueError(f"transform {element.get('transform')}")
            x, y = x + float(moved[1]), y + float(moved[2])
        if element.get("opacity", "1") != "1":
            raise ValueError(f"opacity {element.get('opacity')}")
        match element.tag.removeprefix(SVG):
            case "g":
                if re.fullmatch(r"\w+", element.get("id", ""), re.ASCII):
                    yield f"% {element.get('id')}"
                for child in element:
                    yield from self.element(child, style, x, y)
            case "use":
                wanted = element.get("href", "").removeprefix("#")
                yield from self.element(
                    next(e for e in self.root.iter() if e.get("id") == wanted), style, x, y
                )
            case "rect":
                yield from self.drawn(style, self.rectangle(element, x, y))
            case "path":
                yield from self.drawn(style, self.path(element.get("d", ""), x, y))
            case "polygon":
                found = _numbers(element.get("points", ""))
                corners = [self.at(x + a, y + b) for a, b in zip(found[::2], found[1::2], strict=True)]
                yield from self.drawn(style, " -- ".join(corners) + " -- cycle")
            case "text":
                yield from self.text(element, style, x, y)
            case "title":
                pass  # what a browser says of a name that was shortened
            case name:
                raise ValueError(f"element {name}")

    def drawn(self, style: Style, path: str) -> Iterator[str]:
        """`path` filled and stroked as `style` says; nothing where it says none."""
        options = []
        if style.get("fill", "#000000") != "none":
            options.append("fill=" + self.colour(style.get("fill", "#000000")))
        if style.get("stroke", "none") != "none":
            options.append("draw=" + self.colour(style["stroke"]))
            options.append(f"line width={self.length(float(style.get('stroke-width', '1')))}")
            if style.get("stroke-linejoin") == "round":
                options.append("line join=round")
            if "stroke-dasharray" in style:
                options.append("dash pattern=" + self.dashes(style["stroke-dasharray"]))
        if options:
            yield f"\\path[{','.join(options)}] {path};"

    def rectangle(self, element: Element, x: float, y: float) -> str:
        left, top = x + float(element.get("x", "0")), y + float(element.get("y", "0"))
        wide, high = float(element.get("width", "0")), float(element.get("height", "0"))
        radius = min(float(element.get("rx", "0")), wide / 2, high / 2)
        # The full half of a side has no straight bit left, which TikZ wants between two corners.
        rounded = f"[rounded corners={self.length(radius * 0.999)}] " if radius else ""
        return f"{rounded}{self.at(left, top)} rectangle {self.at(left + wide, top + high)}"

    def path(self, d: str, x: float, y: float) -> str:
        """The commands of `d` with absolute coordinates; quarters of circles as curves."""
        here, bits = (x, y), []
        for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
            numbers = _numbers(rest)
            if command == "M":
                here = x + numbers[0], y + numbers[1]
                bits.append(self.at(*here))
            elif command == "C":
                points = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
                for a, b, c in zip(points[::3], points[1::3], points[2::3], strict=True):
                    bits.append(f".. controls {self.at(*a)} and {self.at(*b)} .. {self.at(*c)}")
                here = points[-1]
            elif command in ("h", "v", "l"):
                right = 0.0 if command == "v" else numbers[0]
                here = here[0] + right, here[1] + (0.0 if command == "h" else numbers[-1])
                bits.append(f"-- {self.at(*here)}")
            elif command == "a":
                end, curve = self.arc(here, numbers)
                here = end
                bits.append(curve)
            elif command == "z":
                bits.append("-- cycle")
            else:
                raise ValueError(f"path command {command}")
        return " ".join(bits)

    def arc(self, here: tuple[float, float], numbers: list[float]) -> tuple[tuple[float, float], str]:
        """The end and the curve of a clockwise quarter of a circle."""
        radius, _, _, _, sweep, right, down = numbers
        if sweep != 1 or abs(right) != radius or abs(down) != radius:
            raise ValueError(f"arc {numbers}")
        tx, ty = (right + down) / 2 * QUARTER, (down - right) / 2 * QUARTER
        end = here[0] + right, here[1] + down
        near, far = (here[0] + tx, here[1] + ty), (end[0] + ty, end[1] - tx)
        return end, f".. controls {self.at(*near)} and {self.at(*far)} .. {self.at(*end)}"

    def text(self, element: Element, style: Style, x: float, y: float) -> Iterator[str]:
        """A node on the base line; halos (a stroke painted first) are boxes of the same colour."""
        bits = [self.words(element.text or "", style)]
        known, low = width(element.text or "", _size(style)), 0.0
        for part in element:
            if part.tag != f"{SVG}tspan" or (part.tail or "").strip() or len(part):
                raise ValueError(f"in a text: {part.tag}")
            own = {**style, **{key: value for key, value in part.items() if key in INHERITED}}
            low += float(part.get("dy", "0"))
            bits.append(f"\\raisebox{{{self.length(-low)}}}{{{self.words(part.text or '', own)}}}")
            known += width(part.text or "", _size(own))
        if known == 0:
            return
        x, y = x + float(element.get("x", "0")), y + float(element.get("y", "0"))
        anchor = style.get("text-anchor", "start")
        if style.get("stroke", "none") != "none":
            if element.get("paint-order") != "stroke":
                raise ValueError("a text with an outline")
            left = x - known * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            corners = self.at(left - 1, y - 0.8 * _size(style)), self.at(left + known + 1, y + 1.5)
            yield f"\\fill[{self.colour(style['stroke'])}] {corners[0]} rectangle {corners[1]};"
        colour = self.colour(style.get("fill", "#000000"))
        yield f"\\node[anchor={ANCHORS[anchor]},text={colour}] at {self.at(x, y)} {{{''.join(bits)}}};"

    def words(self, text: str, style: Style) -> str:
        size = _size(style)
        room = self.length(width(text, size))
        # Fonts have sizes in pt; 72.27 of them are 72 bp.
        scale = size * LARGER * self.scale * 72.27 / 72 / 10
        return f"\\chainwalktext{{{scale:.4f}}}{{{room}}}{{{latex(text)}}}" if text else ""

    def dashes(self, listed: str) -> str:
        lengths = [self.length(min(number, LARGEST)) for number in _numbers(listed)]
        pairs = lengths * 2 if len(lengths) % 2 else lengths
        return " ".join(f"{'off' if i % 2 else 'on'} {length}" for i, length in enumerate(pairs))

    def colour(self, code: str) -> str:
        """The name of a colour, which is defined where it is new."""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", code):
            raise ValueError(f"colour {code}")
        return self.colours.setdefault(code[1:].upper(), f"chainwalk{code[1:].upper()}")

    def length(self, number: float) -> str:
        return f"{_short(number * self.scale)}bp"

    def at(self, x: float, y: float) -> str:
        return f"({_short(x * self.scale)},{_short(y * self.scale)})"


def _size(style: Style) -> float:
    return float(style.get("font-size", "16"))


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[0-9.]+", text)]
