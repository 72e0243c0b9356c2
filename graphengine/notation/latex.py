r"""Graph -> LaTeX, from the operators' own templates and levels; display only, the graph never changes.

A template holds its arguments as #1 and #2; an argument that binds more loosely than its place gets
brackets, and brackets grow with what they hold. Products join their factors by a thin space, or by
\cdot where that could be misread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from ..graph import Graph, Node
from ..graph.traversal import run
from ..limits import spend
from ..ops import Constant, Level, Op, Said
from ..ops.places import Index, index_code
from ..values import DIGITS, Array, exact_of, latex_value
from .names import latex_name

LONGEST = 20_000
"""Characters of a formula beyond which only an ellipsis is shown (expression swell)."""


_TALL = (r"\frac", r"\left", r"\begin", r"\sqrt", r"\sum")
"""What stands higher than a line, so that the brackets around it must grow."""


_TRANSPOSED = r"{#1}^{\top}"

_CONSTANTS = {"π", "e", *Constant.known}
"""Numbers that need no line of their own."""


@dataclass(frozen=True)
class Formula:
    """LaTeX, how tightly it binds, whether it is an array, and whether it ends in an open function.

    That is one without brackets, which would take in a factor after it: sin y z reads as the sine of y z.
    A vector is a column; the product of a vector and a matrix, xᵀ A, is a `row`, and stands as such in
    what follows: xᵀ A x. `script` is the base and the exponent of a transpose or an inverse: both at once
    are X⁻ᵀ.
    """

    text: str
    level: Level = Level.ATOM
    array: bool = False
    open: bool = False
    row: bool = False
    script: tuple[str, str] | None = None
    cells: tuple[str, ...] = ()
    reciprocal: str = ""
    """Of 1/x the x."""
    hadamard: bool = False
    """Whether it is an elementwise product, which within a matrix product takes brackets."""

    def within(self, place: Level) -> str:
        """The text, in brackets if it binds more loosely than `place` wants."""
        return self.text if self.level >= place else rf"\left({self.text}\right)"


UNSAID = Formula("")
"""Of a node that nothing which is shown follows from."""


def number(value: Array, digits: int = DIGITS) -> Formula:
    """A number (or array) as a formula; a vector is a column."""
    exact = exact_of(value, digits)
    if exact is not None:
        return Formula(exact.latex, Level(exact.level))
    text = latex_value(value, digits)
    if np.ndim(value):
        return Formula(text, array=True)
    if np.iscomplexobj(value) and value.real and value.imag:
        return Formula(text, Level.SUM)
    if text.startswith("-"):
        return Formula(text, Level.NEGATIVE)
    return Formula(text, Level.PRODUCT if "cdot" in text else Level.POWER if "^" in text else Level.ATOM)


def name(label: str, accent: str = "", array: bool = False) -> Formula:
    """A name as a formula."""
    text = latex_name(label, accent)
    return Formula(text, Level.FRACTION if text.startswith(r"\frac") else Level.ATOM, array)


def print_nodes(
    nodes: Sequence[Node], leaf: Callable[[int], Formula | None], digits: int = DIGITS
) -> list[Formula]:
    """The formulas of all `nodes` (of a Graph or a Tape), in their order.

    `leaf(position)` may give the formula of a node that is not to be opened.
    """

    def known(position: int) -> Formula | None:
        node = nodes[position]
        formula = leaf(position)
        if formula is not None or node.op is not None:
            return formula
        if node.kind == "literal" and not node.name:
            return number(node.value, digits)
        return name(node.name or "?", array=len(node.shape) > 0)

    return run(nodes, known, _applied)


def _applied(node: Node, args: Sequence[Formula]) -> Formula:
    assert node.op is not None
    array = len(node.shape) > 0
    if node.op.kind == "elementwise":  # of a repeated number it is one
        array = any(arg.array for arg in args)
    formula = apply(node.op, args, array, dict(node.params))
    if node.op.name == "div" and args[0].text == "1" and node.span is None:
        # Nobody typed this one: it may become part of a larger fraction.
        formula = replace(formula, reciprocal=args[1].text)
    return formula


def apply(
    op: Op, args: Sequence[Formula], array: bool = False, params: Mapping[str, Hashable] | None = None
) -> Formula:
    """The formula of `op` applied to formulas; of its parameters only an index is shown.

    Raises LimitError where a request's work is used up.
    """
    spend("work", 1 + sum(len(arg.text) for arg in args) // 2000)
    if op.inside is not None:  # a folded node: all that is in it
        return print_nodes(op.inside.nodes, dict(enumerate(args)).get)[-1]
    said = op.said.at(params or {})
    if said.latex == "#1":
        # A reshaping is not shown, and a repeated number multiplies like a number.
        return replace(args[0], array=array and args[0].array)
    if said.script and args[0].script and args[0].script[1] != said.script:
        args = [Formula(rf"{{{args[0].script[0]}}}^{{-\top}}", Level.POWER, True), *args[1:]]
        if len(args) == 1:
            return args[0]
        return Formula(args[0].text + r" \, " + args[1].within(Level.PRODUCT), Level.PRODUCT, array)
    flat = not any(arg.array for arg in args) or all(arg.cells for arg in args)
    if op.name == "stack" and flat and dict(params or {}).get("axis") == 0:
        return _matrix(args)
    template = said.latex
    row = template.startswith(_TRANSPOSED)
    if row and args[0].row:
        template = "#1" + template.removeprefix(_TRANSPOSED)
    places = [arg.within(level) for arg, level in zip(args, said.operands, strict=True)]
    if r" \, " in template:
        places = [
            rf"\left({arg.text}\right)" if arg.hadamard and place == arg.text else place
            for arg, place in zip(args, places, strict=True)
        ]
    if template != said.latex:
        places[0] = args[0].within(Level.PRODUCT)
    if template == "#1 #2" and args[1].reciprocal:
        text = rf"\frac{{{args[0].text}}}{{{args[1].reciprocal}}}"
        return Formula(text if len(text) <= LONGEST else r"\ldots", Level.FRACTION, array)
    if template == "#1 #2":
        text = places[0] + _sign(args, places) + places[1]
    else:
        text = _stretched(template) if any(tall in place for tall in _TALL for place in places) else template
        text = re.sub(r"#(\d+)", lambda slot: places[int(slot[1]) - 1], text)
    based = (places[0], said.script) if said.script and len(places) == 1 else None
    short = text if len(text) <= LONGEST else r"\ldots"
    if "#index" in short:
        short = short.replace(
            "#index", index_code(cast(Index, (params or {}).get("index", ())), places[1:], _listed)
        )
    hadamard = r"\odot" in short and template == "#1 #2" and said.level is Level.PRODUCT
    return Formula(
        short, said.level, array, _open(said, args, places), row and array, based, hadamard=hadamard
    )


def _matrix(rows: Sequence[Formula]) -> Formula:
    """Numbers in a column, or rows of a matrix."""
    flat = all(row.cells for row in rows)
    lines = r" \\ ".join(" & ".join(row.cells) if flat else row.text for row in rows)
    text = rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"
    cells = () if any(row.array for row in rows) else tuple(row.text for row in rows)
    return Formula(text if len(text) <= LONGEST else r"\ldots", Level.ATOM, True, cells=cells)


def _open(said: Said, args: Sequence[Formula], places: Sequence[str]) -> bool:
    if said.latex[-2] != "#":
        return False
    last = int(said.latex[-1]) - 1
    return said.operands[last] is Level.ATOM or (args[last].open and places[last] == args[last].text)


def _listed(numbers: str) -> str:
    """A list in an index; of many numbers, as windows have them, that there is one."""
    return numbers if len(numbers) <= 24 and "[[" not in numbers else r"[\ldots]"


def _stretched(template: str) -> str:
    r"""The template with brackets that grow.

    >>> print(_stretched(r"\sigma(#1)"), _stretched("[#1 > #2]"))
    \sigma\mathopen{}\left(#1\right) \left[#1 > #2\right]
    """
    round_ = re.sub(r"\((#.*)\)$", r"\\mathopen{}\\left(\1\\right)", template)
    return re.sub(r"^\[(#.*)\]$", r"\\left[\1\\right]", round_)


def _sign(args: Sequence[Formula], places: Sequence[str]) -> str:
    """What stands between two factors."""
    if all(arg.array for arg in args):
        return r" \odot "
    digits = places[1].lstrip("{")[:1].isdigit()
    swallows = args[0].open and places[0] == args[0].text
    return r" \cdot " if digits or swallows or places[1].startswith(r"\left(-") else r" \, "


def symbol(graph: Graph, position: int, accent: str = "") -> Formula:
    """The name of a node of `graph`; an unnamed literal is its number."""
    node = graph.nodes[position]
    if node.kind == "literal" and node.name is None:
        return number(node.value)
    return name(node.label, accent, len(node.shape) > 0)


def node_formula(graph: Graph, position: int) -> str:
    r"""One node in its arguments' names: "w_{1} \, x_{1}"; an input or literal is its own name."""
    node = graph.nodes[position]
    if node.op is None:
        return symbol(graph, position).text
    args = [symbol(graph, i) for i in node.args]
    return apply(node.op, args, len(node.shape) > 0, dict(node.params)).text


def program_latex(graph: Graph) -> str:
    """The whole program: one line for each named node that has a formula or is a number.

    Raises LimitError where a request's work is used up.
    """
    named = {i for i, node in enumerate(graph.nodes) if node.name and node.op is not None}
    formulas = print_nodes(graph.nodes, lambda i: symbol(graph, i) if i in named else None)
    lines = []
    for position, node in enumerate(graph.nodes):
        if node.kind == "literal" and node.name and node.name not in _CONSTANTS:
            lines.append((latex_name(node.label), number(node.value).text))
        elif position in named:
            args = [formulas[i] for i in node.args]
            assert node.op is not None
            formula = apply(node.op, args, len(node.shape) > 0, dict(node.params))
            lines.append((latex_name(node.label), formula.text))
    for label, position in graph.outputs.items():
        if graph.nodes[position].name != label:
            lines.append((latex_name(label), formulas[position].text))
    if len(lines) == 1:
        return " = ".join(lines[0])
    rows = r" \\ ".join(f"{left} &= {right}" for left, right in lines)
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"
