"""What is written into the slots and pills of the picture: numbers, or symbols in a view without numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..graph import Graph
from ..names import GREEK, parts
from ..notation.rules import linear_map, local_formula
from ..sweeps.steps import Slot, Term
from ..values import Array, short_value
from . import cards
from .typeface import clip

LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Inscriptions:
    """The texts of one picture, as parts of patches."""

    graph: Graph
    digits: int
    symbols: bool = False

    def slot(self, position: int, slot: Slot, value: Array) -> dict[str, str]:
        """What a slot that holds `value` says."""
        if not self.symbols:
            return cards.number(short_value(value, self.digits), self.digits)
        smallest = cards.NUMBER * cards.FITS["longest"]
        text = clip(accented(self.graph.nodes[position].label, slot), smallest, cards.room(self.digits))
        return cards.number(text, self.digits)

    def pill(self, consumer: int, term: Term, back: bool) -> Mapping[str, str | float]:
        """What the edge of `term` says: its local derivative, or the map that takes its place, as in Xᵀ·."""
        node = self.graph.nodes[consumer]
        assert node.op is not None
        if term.local is None:
            text = plain(linear_map(self.graph, consumer, term.argument, back).text) or "·"
            short = cards.pill(text, self.digits)
            fits = text != "·" and short["fit"] in ("", "long")
            return short if fits else cards.pill(node.op.said.symbol, self.digits)
        if not self.symbols:
            text = short_value(term.local, self.digits)
            return cards.pill(
                "×" + (f"({text})" if set("+−") & set(text.replace("e−", "e")) else text), self.digits
            )
        formula = plain(local_formula(self.graph, consumer, term.argument))
        if formula is not None:
            short = cards.pill("×" + (f"({formula})" if set("+−/") & set(formula) else formula), self.digits)
            if short["fit"] in ("", "long"):
                return short
        return cards.pill("∂", self.digits)


def accented(label: str, slot: Slot) -> str:
    """The symbol of a slot as text: v₁, v̇₁, v̄₁; a bar goes over the whole of a longer name."""
    base, low = parts(label)
    accent = cards.ACCENTS[slot]
    upper = "".join(letter + accent for letter in base) if slot == "adjoint" else base[0] + accent + base[1:]
    return upper + (low.translate(LOW) if low.replace(",", "").isdigit() else f"_{low}" if low else "")


def plain(latex: str) -> str | None:
    r"""A short formula as text, or None where text cannot hold it.

    >>> plain(r"\frac{1}{w_{1}}"), plain(r"2 \, x"), plain(r"1 - {y}^{2}"), plain(r"e^{x}")
    ('1/w₁', '2x', '1−y²', None)
    """
    text = re.sub(r"\{(\w+(?:_\{\d+\})?)\}\^\{\\top\}", r"\1ᵀ", latex)
    text = re.sub(r"\{(\w+)\}\^\{-\\top\}", r"\1⁻ᵀ", text)
    text = re.sub(r"_\{(\d+)\}", lambda found: found[1].translate(LOW), text)
    text = re.sub(r"\{(\w+)\}\^\{(\d+)\}", lambda found: found[1] + found[2].translate(HIGH), text)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", _fraction, text)
    text = text.replace(r" \, \cdot \, ", "·").replace(r" \, \cdot", "·").replace(r"\cdot \, ", "·")
    text = re.sub(r"(\d) \\, ", r"\1", text).replace(r" \, ", "·").replace(r" \cdot ", "·")
    text = text.replace(r"\left", "").replace(r"\right", "")
    text = re.sub(r"\\(sin|cos|ln|sinh|cosh)\b", r"\1", text)
    text = re.sub(r"\\([A-Za-z]+)", lambda found: GREEK.get(found[1], found[0]), text)
    text = re.sub(r" ?- ?", "−", text).replace(" + ", "+").replace(" > ", ">").replace(" = ", "=")
    return None if set(text) & set(r"\{}^_") else text


def _fraction(found: re.Match[str]) -> str:
    above, below = found.groups()
    return f"{above}/({below})" if re.search(r"[ +-]", below) else f"{above}/{below}"
