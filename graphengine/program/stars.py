"""Signs of products between arrays that mean one thing to NumPy, and another to mathematics or MATLAB."""

from __future__ import annotations

import re

from ..errors import ShapeError
from ..graph.symbols import Symbol
from ..messages import N_
from ..ops import OPS
from .applications import Applications, Step
from .rows import Row
from .trees import parts, span

DOTS = "·⋅×"
"""Signs of a product that between arrays are none of each element alone, as * and ⊙ are."""


class Stars(Applications):
    """Asks what a product of arrays is, where its sign or a transpose beside it can mean two things."""

    def starred(self, left: Symbol, right: Symbol, sign: str, step: Step) -> None:
        """x * yᵀ and x @ yᵀ of two vectors: with a transpose as mathematics writes it, a question.

        The sign ⊙ has one meaning.
        """
        if self.sign(step) == "⊙":
            return
        if sign == "mul" and left.ndim and right.ndim:
            self.dotted(left, right, step)
        if left.ndim == right.ndim == 2 and sign == "mul":
            self.starred_matrices(left, right, step)
        if not (isinstance(left, Row) or isinstance(right, Row)) or left.ndim != 1 or right.ndim != 1:
            return
        if isinstance(left, Row) and (sign == "matmul" or isinstance(right, Row)):
            return
        start, end = span(step.whole)
        first = self.text[start : span(parts(step.whole)[0])[1]]
        texts = [first, self.source(step.factor)]
        plain = [re.sub(r"(['’′ᵀ⊤]|\^\{?[T⊤]\}?)$", "", text) for text in texts]
        mathematics = (
            f"{plain[0]} @ {plain[1]}" if isinstance(left, Row) else f"outer({plain[0]}, {plain[1]})"
        )
        other = f"{plain[0]} @ {plain[1]}" if sign == "matmul" else f"{plain[0]} ⊙ {plain[1]}"
        words = N_("The inner product") if isinstance(left, Row) else N_("The matrix of all products")
        elementwise = N_("The inner product") if sign == "matmul" else N_("The product of each element")
        self.ask(
            N_("{text} means two things.", text=self.text[start:end]),
            step.whole,
            {
                self.replaced((start, end), mathematics): words,
                self.replaced((start, end), other): elementwise,
            },
        )

    def starred_matrices(self, left: Symbol, right: Symbol, step: Step) -> None:
        """A' * B is a product of matrices to some, and one of each element to others."""
        first, second = parts(step.whole)[0], step.factor
        turned = [tree.data == "transposed" and str(tree.children[1]) != ".T" for tree in (first, second)]
        if any(turned) and self.fits("matmul", left, right) and self.fits("mul", left, right):
            place = (span(first)[1], span(second)[0])
            plain = [
                self.source(parts(tree)[0]) + ".T" if above else self.source(tree)
                for tree, above in zip((first, second), turned, strict=True)
            ]
            self.ask(
                N_("{text} means two things.", text=self.source(step.whole)),
                step.whole,
                {
                    self.replaced(place, " @ "): N_("The product of matrices"),
                    self.replaced(span(step.whole), " ⊙ ".join(plain)): N_("The product of each element"),
                },
            )

    def dotted(self, left: Symbol, right: Symbol, step: Step) -> None:
        """x·y and A×B: the inner or cross product of vectors, and that of matrices, or of each element."""
        first, second = parts(step.whole)[0], step.factor
        place, sign = (span(first)[1], span(second)[0]), self.sign(step)
        vectors = left.ndim == right.ndim == 1
        crossed = sign == "×" and vectors
        if sign not in DOTS or not self.fits("mul", left, right):
            return
        if not self.fits("cross" if crossed else "matmul", left, right):
            return
        texts = self.text[slice(*span(first))], self.source(second)
        other = f"cross({texts[0]}, {texts[1]})" if crossed else f"{texts[0]} @ {texts[1]}"
        words = N_("The product of matrices")
        if vectors:
            words = N_("The cross product") if crossed else N_("The inner product")
        self.ask(
            N_("{text} means two things.", text=self.source(step.whole)),
            step.whole,
            {
                self.replaced(span(step.whole), other): words,
                self.replaced(place, " ⊙ "): N_("The product of each element"),
            },
        )

    def sign(self, step: Step) -> str:
        return self.text[span(parts(step.whole)[0])[1] : span(step.factor)[0]].strip()

    def fits(self, op: str, left: Symbol, right: Symbol) -> bool:
        shapes = (left.shape, right.shape)
        try:
            OPS[op].resolve(shapes).infer(shapes, {})
        except ShapeError:
            return False
        return True
