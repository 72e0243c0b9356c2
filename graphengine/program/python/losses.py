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
        rows = self.numbered(range(self.shape(lp)[0]))
        picked = Text(f"{lp.at(Level.ATOM)}[{rows}, {y.text}]")
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
        if options.get("reduction", "mean") == "mean":
            return Text(f"bce({p.text}, {y.text})")
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

    def _kl_div(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        """PyTorch takes the logarithm of the first distribution, and says over what it averages."""
        x, t = (self.as_text(arg, tree) for arg in args[:2])
        each = Text(f"{t.at(Level.PRODUCT)}*(log({t.text}) - {x.at(Level.PRODUCT)})", Level.PRODUCT)
        if options.get("reduction") == "batchmean":
            return Text(f"sum({each.text})/{self.shape(x)[0]}", Level.PRODUCT)
        return self._reduced(each, options, tree)

    def _layer_norm(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """Along the last axis, then scaled and moved."""
        sizes, weight, bias = [*args[1:], *[None] * 3][:3]
        sizes, weight = options.pop("normalized_shape", sizes), options.pop("weight", weight)
        bias = options.pop("bias", bias)
        if isinstance(sizes, list | tuple) and len(sizes) != 1:
            self.refuse(tree)
        found = self.operator("layernorm", word, args[:1], options, tree)
        found = found if weight is None else self.binary(ast.Mult(), found, weight, tree)
        return found if bias is None else self.binary(ast.Add(), found, bias, tree)

    def _normalize(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """Divided by its length along an axis."""
        along = {"axis": options.get("axis", Text("1", number=1)), "keepdims": True}
        return self.binary(ast.Div(), args[0], self._norm(args[:1], along, tree, word), tree)

    def _gather(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """PyTorch names the axis before the places."""
        values = [*args, *(options[key] for key in ("axis", "index") if key in options)]
        if len(values) != 3:
            self.refuse(tree)
        return self.operator("take_along_axis", word, [values[0], values[2]], {"axis": values[1]}, tree)

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
        """PyTorch calls the slope otherwise."""
        slope = options.pop("negative_slope", None)
        return self.operator("leaky_relu", word, [*args, *([] if slope is None else [slope])], options, tree)

    def _repeat(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """PyTorch's method repeats the whole, as NumPy's tile does."""
        if word.library != "method" or not self.is_torch(tree):
            return self.operator("repeat", word, args, options, tree)
        reps = args[1] if len(args) == 2 and isinstance(args[1], tuple) else tuple(args[1:])
        return self.operator("tile", word, args[:1], {"reps": reps}, tree)

    def _pad(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """PyTorch tells margins from the last axis on, and NumPy those of each axis."""
        if word.library != "torch":
            if len(args) == 2 and isinstance(args[1], tuple) and not options:
                return Text(f"pad({self.as_text(args[0], tree).text}, {self._nested(args[1], tree)!r})")
            return self.operator("pad", word, args, options, tree)
        text, given = self.as_text(args[0], tree), args[1] if len(args) > 1 else options.pop("pad", None)
        rank = self.rank(text)
        if rank is None or not isinstance(given, list | tuple) or options or len(args) > 2:
            self.refuse(
                tree,
                N_("Of PyTorch's pad zeros are read, where the shape is known."),
                N_("Write pad(x, ((0, 0), (1, 1))), a margin for each axis."),
            )
        widths = [self.as_whole(width, tree) for width in given]
        pairs = [*zip(widths[::2], widths[1::2], strict=False)][::-1]
        margins = (*((0, 0),) * (rank - len(pairs)), *pairs)
        return Text(f"pad({text.text}, pad_width={margins!r})")

    def _nested(self, value: Value, tree: ast.AST) -> object:
        """Whole numbers, in brackets as they stand."""
        if isinstance(value, list | tuple):
            return tuple(self._nested(part, tree) for part in value)
        return self.as_whole(value, tree)

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
            less = int(word.library == "torch" or (word.library == "method" and self.is_torch(tree)))
        chosen = {"axis": axis, "keepdims": options.get("keepdims")}
        given = self._given(chosen, tree) + ([f"ddof={less}"] if less else [])
        return Text(f"{name}({', '.join([text.text, *given])})")

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
        return Text(f"norm({text.text}{given})")


__all__ = ["NAMES", "Losses"]
