"""Words for shapes, products and losses that the language says otherwise, or in several operators."""

from __future__ import annotations

import ast
import math
import string

from ...messages import N_
from ...ops import NAMES
from ...values import AXES
from .own import Own
from .values import Level, Names, Sizes, Text, Value, Word

_RANKS = {"mm": (2, 2), "mv": (2, 1)}


class Structure(Own):
    """Reads what has no operator of its own, or none under this name and in this order."""

    # ---- shapes ----

    def _reshape(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        text, sizes = self.as_text(args[0], tree), args[1:] or [options.get("shape", options.get("newshape"))]
        if len(sizes) == 1 and isinstance(sizes[0], Sizes):
            sizes = [*self.sizes_of(sizes[0], tree)]
        if len(sizes) == 1 and isinstance(sizes[0], list | tuple):
            sizes = [*sizes[0]]
        return self.reshaped(text, [self.as_whole(size, tree) for size in sizes])

    _view = _reshape

    def reshaped(self, text: Text, sizes: list[int]) -> Text:
        if sizes == [-1]:
            return Text(f"reshape({text.text}, -1)")
        return Text(f"reshape({text.text}, ({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''}))")

    def _flatten(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        text = self.as_text(args[0], tree)
        start = args[1] if len(args) > 1 else options.get("start_dim")
        if start is None:
            return self.reshaped(text, [-1])
        shape, start = self.shape(text), self.as_whole(start, tree)
        return self.reshaped(text, [*shape[:start], math.prod(shape[start:])])

    _ravel = _flatten

    def _unsqueeze(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        """A new axis; before the first or behind the last one it needs no shape."""
        text = self.as_text(args[0], tree)
        axis = self.as_whole(args[1] if len(args) > 1 else options.get("axis"), tree)
        if not -AXES <= axis < AXES:
            self.refuse(tree)
        if axis == 0:
            return Text(f"{text.at(Level.ATOM)}[None]")
        if axis == -1:
            return Text(f"{text.at(Level.ATOM)}[..., None]")
        before = axis if axis > 0 else len(self.shape(text)) + 1 + axis
        places = [":"] * before if before >= 0 else self.refuse(tree)
        return Text(f"{text.at(Level.ATOM)}[{', '.join([*places, 'None'])}]")

    _expand_dims = _unsqueeze

    def _squeeze(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        text = self.as_text(args[0], tree)
        shape = self.shape(text)
        axis = args[1] if len(args) > 1 else options.get("axis")
        if not shape:
            return text
        if axis is None and math.prod(shape) == 1:
            return Text(f"{text.at(Level.ATOM)}[{', '.join('0' for _ in shape)}]")
        if axis is None:
            return self.reshaped(text, [n for n in shape if n != 1])
        dropped = self.as_whole(axis, tree) % max(len(shape), 1)
        return self.reshaped(text, [n for i, n in enumerate(shape) if i != dropped or n != 1])

    def _expand_as(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        """Broadcasting happens by itself where the result is used element by element."""
        return self._broadcast([*args[:1], Sizes(self.as_text(args[1], tree))], tree)

    def _expand(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return self._broadcast(args, tree)

    _broadcast_to = _expand

    def _broadcast(self, args: list[Value], tree: ast.AST) -> Value:
        text, target = self.as_text(args[0], tree), args[1] if len(args) == 2 else tuple(args[1:])
        if text.text.endswith("[None]"):
            self.ranked(Text(text.text.removesuffix("[None]")), 1)
        if isinstance(target, Sizes):
            shape = self.safe_shape(target.of, tree)
            if shape is None:
                self.note(
                    N_("{code} is left to broadcasting, which repeats it where it is added.", code=text.text)
                )
                return text
        else:
            sizes = target if isinstance(target, list | tuple) else (target,)
            shape = tuple(self.as_whole(size, tree) for size in sizes)
            if -1 in shape:
                own = (1,) * (len(shape) - len(self.shape(text))) + self.shape(text)
                shape = tuple(m if n == -1 else n for n, m in zip(shape, own, strict=True))
        if not shape or self.safe_shape(text, tree) == shape:
            return text
        to = target.of.text if isinstance(target, Sizes) else ""
        whole = f"{text.at(Level.SUM)} + zeros({', '.join(map(str, shape))})"
        return Text(whole, Level.SUM, repeated=(text.at(Level.ATOM), to))

    def _size(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        text = self.as_text(args[0], tree)
        axis = args[1] if len(args) > 1 else options.get("axis")
        if axis is None and _word.library == "method":
            return Sizes(text)
        shape = self.shape(text)
        size = math.prod(shape) if axis is None else shape[self._axis(axis, len(shape), tree)]
        return Text(str(size), number=size)

    def _numel(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        size = math.prod(self.shape(self.as_text(args[0], tree)))
        return Text(str(size), number=size)

    _nelement = _numel

    def _dim(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        rank = len(self.shape(self.as_text(args[0], tree)))
        return Text(str(rank), number=rank)

    def _shape(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return Sizes(self.as_text(args[0], tree))

    def _axis(self, value: Value, rank: int, tree: ast.AST) -> int:
        axis = self.as_whole(value, tree)
        return axis if -rank <= axis < rank else self.refuse(tree)

    def _transpose(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """The two axes of a matrix have one other order; more axes are an operator's affair."""
        text = self.as_text(args[0], tree)
        axes = args[1:] if args[1:] else [options[k] for k in ("axes", "dims") if k in options]
        if len(axes) == 1 and isinstance(axes[0], list | tuple):
            axes = [*axes[0]]
        shape = self.safe_shape(text, tree)
        if word.name == "t":
            self.ranked(text, 2)
        if not axes and shape is None:
            return Text(f"{text.at(Level.ATOM)}.T")
        rank = len(shape) if shape is not None else 2
        places = [self._axis(axis, rank, tree) % rank for axis in axes]
        swap = len(places) == 2 and (word.name != "permute" or rank == 2)
        order = places if places else list(range(rank))[::-1]
        if swap:
            order = list(range(rank))
            order[places[0]], order[places[1]] = places[1], places[0]
        if order == list(range(rank)):
            return text
        if rank <= 2:
            return Text(f"{text.at(Level.ATOM)}.T")
        if "permute" not in NAMES and not any("axes" in op.parameters for op in NAMES["transpose"]):
            self.refuse(tree, N_("Only the two axes of a matrix change places here."))
        name = "permute" if "permute" in NAMES else "transpose"
        return Text(f"{name}({text.text}, ({', '.join(map(str, order))}))")

    _permute = _t = _transpose

    def _zeros_like(self, args: list[Value], _options: Names, tree: ast.AST, word: Word) -> Value:
        shape = self.shape(self.as_text(args[0], tree))
        name = word.name.partition("_")[0]
        sizes = ", ".join(map(str, shape))
        return Text(f"{name}({sizes})", filled=shape) if shape else Text("0" if name == "zeros" else "1")

    _ones_like = _zeros_like

    def _full_like(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """As many numbers as there are in another array."""
        return self._full([Sizes(self.as_text(args[0], tree)), *args[1:]], options, tree, word)

    def _full(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        number = args[1] if len(args) > 1 else options.get("fill_value")
        known = number.number if isinstance(number, Text) else None
        sizes = self.sizes_of(args[0], tree) if isinstance(args[0], Sizes) else args[0]
        if sizes == ():
            return number
        if known in (0, 1):
            return self._literal("ones" if known else "zeros", [sizes], {}, tree)
        return self.binary(ast.Mult(), number, self._literal("ones", [sizes], {}, tree), tree)

    def _empty(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """An array by its sizes, or by what it holds."""
        if "Tensor" in word.name and args and isinstance(args[0], list):
            return self._array(args[0], tree)
        return self._literal("zeros", args, options, tree)

    _Tensor = _FloatTensor = _empty

    # ---- products ----

    def _dot(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        texts = [self.as_text(arg, tree) for arg in args[:2]]
        if any(text.number is not None or self.rank(text) == 0 for text in texts):
            return self.binary(ast.Mult(), texts[0], texts[1], tree)
        return self.binary(ast.MatMult(), texts[0], texts[1], tree)

    def _vdot(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        a, b = (self.as_text(arg, tree) for arg in args)
        return Text(f"conj({a.text}) @ {b.at(Level.SIGN)}", Level.PRODUCT)

    def _mm(self, args: list[Value], _options: Names, tree: ast.AST, word: Word) -> Value:
        for arg, rank in zip(args, _RANKS.get(word.name, ()), strict=False):
            self.ranked(self.as_text(arg, tree), rank)
        return self.binary(ast.MatMult(), args[0], args[1], tree)

    _mv = _bmm = _mm

    def _linear(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        """x @ weight.T + bias, as PyTorch's linear layer has it."""
        x, weight, *rest = args
        weight = self.as_text(weight, tree)
        self.ranked(self.as_text(x, tree), 2)
        self.ranked(weight, 2)
        product = self.binary(ast.MatMult(), x, Text(f"{weight.at(Level.ATOM)}.T"), tree)
        bias = rest[0] if rest else options.get("bias")
        if bias is None:
            return product
        self.ranked(self.as_text(bias, tree), 1)
        return self.binary(ast.Add(), product, bias, tree)

    def _addmm(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return self.binary(ast.Add(), args[0], self.binary(ast.MatMult(), args[1], args[2], tree), tree)

    def _einsum(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        spec, *arrays = args
        if not isinstance(spec, str) or not set(spec) <= {*string.ascii_letters, *",->. "}:
            self.refuse(tree)
        texts = [self.as_text(array, tree).text for array in arrays]
        return Text(f"einsum('{spec}', {', '.join(texts)})")

    def _sum_to_size(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        """A sum over the axes that a broadcast added or repeated."""
        text, target = self.as_text(args[0], tree), args[1] if len(args) == 2 else tuple(args[1:])
        if isinstance(target, Sizes):
            wanted = self.shape(target.of)
        else:
            sizes = target if isinstance(target, list | tuple) else (target,)
            wanted = tuple(self.as_whole(size, tree) for size in sizes)
        given = self.shape(text)
        added = len(given) - len(wanted)
        axes = [i for i, n in enumerate(given) if i < added or (wanted[i - added] == 1 and n > 1)]
        if not axes:
            return text
        along = ", ".join(map(str, axes)) + ("," if len(axes) == 1 else "")
        summed = Text(f"sum({text.text}, axis=({along}))")
        return self.reshaped(summed, list(wanted)) if wanted else summed

    _sum_to_shape = _sum_to_size
