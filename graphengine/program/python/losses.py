"""Losses as PyTorch names them, where their order or their options differ from the language's."""

from __future__ import annotations

import ast

from ...messages import N_
from ...ops import NAMES
from .structure import Structure
from .values import Level, Names, Text, Value, Word


class Losses(Structure):
    """Reads losses, and functions of networks that are several operators."""

    def _reduced(self, each: Text, options: Names, tree: ast.AST) -> Text:
        reduction = options.get("reduction", "mean")
        if reduction not in ("mean", "sum", "none"):
            self.refuse(tree)
        return each if reduction == "none" else Text(f"{reduction}({each.text})")

    def _mse_loss(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        a, b = (self.as_text(arg, tree) for arg in args[:2])
        if options.get("reduction", "mean") == "mean":
            return Text(f"mse({a.text}, {b.text})")
        difference = self.binary(ast.Sub(), a, b, tree)
        return self._reduced(Text(f"({difference.text})**2", Level.POWER), options, tree)

    def _l1_loss(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        difference = self.binary(ast.Sub(), args[0], args[1], tree)
        return self._reduced(Text(f"abs({difference.text})"), options, tree)

    def _nll_loss(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        """The picked elements of log-probabilities, one of each row."""
        lp, y = (self.as_text(arg, tree) for arg in args[:2])
        rows = self.shape(lp)[0]
        picked = Text(f"{lp.at(Level.ATOM)}[arange({rows}), {y.text}]")
        reduced = self._reduced(picked, options, tree)
        return Text(f"-{reduced.at(Level.SIGN)}", Level.SIGN)

    def _cross_entropy(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        reduction = options.pop("reduction", "mean")
        if options:
            self.refuse(tree)
        if reduction == "mean":
            return self.operator("cross_entropy", word, args, {}, tree)
        lp = Text(f"log_softmax({self.as_text(args[0], tree).text}, axis=-1)")
        return self._nll_loss([lp, args[1]], {"reduction": reduction}, tree, word)

    def _binary_cross_entropy(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        p, y = (self.as_text(arg, tree) for arg in args[:2])
        yes = f"{y.at(Level.PRODUCT)}*log({p.text})"
        no = f"(1 - {y.at(Level.PRODUCT)})*log(1 - {p.at(Level.PRODUCT)})"
        reduced = self._reduced(Text(f"{yes} + {no}", Level.SUM), options, tree)
        return Text(f"-{reduced.at(Level.SIGN)}", Level.SIGN)

    def _binary_cross_entropy_with_logits(
        self, args: list[Value], options: Names, tree: ast.AST, _word: Word
    ) -> Value:
        z, y = (self.as_text(arg, tree) for arg in args[:2])
        each = Text(f"softplus({z.text}) - {y.at(Level.PRODUCT)}*{z.at(Level.SIGN)}", Level.SUM)
        return self._reduced(each, options, tree)

    def _dropout(self, args: list[Value], _options: Names, _tree: ast.AST, _word: Word) -> Value:
        self.note(N_("Dropout is left out, as it is when a trained network is evaluated."))
        return args[0]

    def _clip(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """Between two bounds, or beyond one."""
        bounds = [*args[1:], None, None][:2]
        low = options.get("min", options.get("a_min", bounds[0]))
        high = options.get("max", options.get("a_max", bounds[1]))
        if low is not None and high is not None:
            return self.operator("clip", word, [args[0], low, high], {}, tree)
        if low is None and high is None:
            return args[0]
        name, bound = ("min", high) if low is None else ("max", low)
        return self.operator(name, Word(name), [args[0], bound], {}, tree)

    def _hardtanh(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return Text(f"clip({self.as_text(args[0], tree).text}, -1, 1)")

    def _leaky_relu(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """With a slope of one's own it is a choice between two lines."""
        slope = args[1] if len(args) > 1 else options.get("negative_slope")
        x = self.as_text(args[0], tree)
        if slope is None:
            return Text(f"leaky_relu({x.text})")
        low = self.binary(ast.Mult(), slope, x, tree)
        return Text(f"where({x.at(Level.SUM)} > 0, {x.text}, {low.text})")

    def _one_hot(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        classes = args[1] if len(args) > 1 else options.get("num_classes")
        if classes is None:
            self.refuse(tree, N_("How many classes there are is not said: write one_hot(y, 10)."))
        return Text(f"one_hot({self.as_text(args[0], tree).text}, {self.as_whole(classes, tree)})")

    def _var(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """PyTorch divides by n − 1 unless it is told otherwise, NumPy by n."""
        text, name = self.as_text(args[0], tree), word.name
        axis = args[1] if len(args) > 1 else options.get("axis")
        unbiased = options.get("unbiased", None)
        correction = options.get("correction", options.get("ddof"))
        if correction is not None:
            less = self.as_whole(correction, tree)
        elif unbiased is not None:
            less = int(bool(unbiased))
        else:
            less = int(word.library == "torch" or (word.library == "method" and self.torch))
            self.note(
                N_(
                    "PyTorch's {name} divides by n − 1, NumPy's by n; here it is read as {library}'s.",
                    name=name,
                    library="PyTorch" if less else "NumPy",
                )
            )
        along = "".join(f", {option}" for option in self._given({"axis": axis}, tree))
        kept = ", keepdims=True" if options.get("keepdims") else ""
        centre = Text(f"mean({text.text}{along}{', keepdims=True' if along else ''})")
        centred = self.binary(ast.Sub(), text, centre, tree)
        squares = f"({centred.text})**2"
        mean = Text(f"mean({squares}{along}{kept})")
        if less:
            shape = self.shape(text)
            count = _count(shape, axis, self, tree)
            mean = Text(f"sum({squares}{along}{kept})/{count - less}", Level.PRODUCT)
        return Text(f"sqrt({mean.text})") if name == "std" else mean

    _std = _var

    def _log(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """math.log(x, 2): a logarithm to a base."""
        found = self.operator("log", word, args[:1], options, tree)
        if len(args) == 1:
            return found
        return self.binary(ast.Div(), found, self.operator("log", word, args[1:], {}, tree), tree)

    def _norm(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """Of a vector or matrix all its elements' root of squares, or of the kind that is asked for."""
        order = args[1] if len(args) > 1 else options.pop("ord", options.pop("p", None))
        number = order.number if isinstance(order, Text) else order
        text = self.as_text(args[0], tree)
        along = {k: v for k, v in options.items() if k in ("axis", "keepdims")}
        given = "".join(f", {option}" for option in self._given(along, tree))
        if number == 1 and (along.get("axis") is not None or self.rank(text) == 1):
            return Text(f"sum(abs({text.text}){given})")
        spectral = number == 2 and not along and word.library == "numpy" and self.rank(text) == 2
        if number not in (None, 2, "fro") or spectral:
            self.refuse(tree)
        return Text(f"sqrt(sum({text.at(Level.ATOM)}**2{given}))") if along else Text(f"norm({text.text})")


def _count(shape: tuple[int, ...], axis: Value, reader: Structure, tree: ast.AST) -> int:
    axes = range(len(shape)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    count = 1
    for each in axes:
        count *= shape[each if isinstance(each, int) else reader.as_whole(each, tree)]
    return count


__all__ = ["NAMES", "Losses"]
