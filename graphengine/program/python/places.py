"""What stands in square brackets or behind a dot: parts of arrays, lists, dicts, libraries and objects."""

from __future__ import annotations

import ast
from dataclasses import replace

from ...errors import GraphError
from ...limits import spend
from ...messages import N_
from ...ops import NAMES
from ..literals import LITERALS
from . import trees
from .expressions import Expressions
from .values import Cells, Instance, Level, Library, Method, Sizes, Text, Value, Word


class Places(Expressions):
    """Reads `x[…]`, what is put there, and `x.name`."""

    def on_subscript(self, tree: ast.Subscript) -> Value:
        return self.part(self.value(tree.value), self.value(tree.slice), tree)

    def part(self, value: Value, place: Value, tree: ast.AST) -> Value:
        """The part of `value` at `place`."""
        if isinstance(value, Sizes):
            shape = self.sizes_of(value, tree)
            return self.part(shape, place, tree)
        if isinstance(value, Instance):
            value = list(value.parts)
        if isinstance(value, dict):
            key = self.key(place, tree)
            return value[key] if key in value else self.refuse(tree)
        if isinstance(value, Text) and isinstance(place, str):
            return self._entry(value, place, tree)
        if isinstance(value, list | tuple | str | range) and not self._computed(place):
            try:
                return value[self._static(place, tree)]
            except IndexError:
                self.refuse(tree, N_("This index lies outside of what it is an index of."))
        if isinstance(value, Cells):
            key = self._cell(value, place)
            if key in value.cells:
                return value.cells[key]
        text = self.as_text(value, tree)
        if isinstance(place, Text) and place.mask:
            return Text(f"{text.at(Level.ATOM)}[{place.text}]", masked=(text.text, place.text))
        picked = text.pair and isinstance(place, Text) and place.number in (0, 1)
        if picked and self.is_torch(tree):
            if place.number == 1 and not text.text.startswith("max("):
                self.refuse(tree)
            return replace(text, pair=False) if place.number == 0 else Text(f"arg{text.text}")
        return Text(f"{text.at(Level.ATOM)}[{self.places(place, tree)}]")

    def _entry(self, value: Text, key: str, tree: ast.AST) -> Text:
        """params["W1"] of a dict that was not pasted: an input W1."""
        if value.text not in self.inputs or not key.isidentifier():
            self.refuse(tree)
        self.note(N_('{name}["{key}"] is read as the input {key}.', name=value.text, key=key))
        return self.declare(key)

    def _computed(self, place: Value) -> bool:
        return isinstance(place, Text) and place.number is None

    def _static(self, place: Value, tree: ast.AST) -> int | slice:
        if isinstance(place, slice):
            bounds = (place.start, place.stop, place.step)
            start, stop, step = (None if b is None else self.as_whole(b, tree) for b in bounds)
            return slice(start, stop, step if step != 0 else self.refuse(tree))
        return self.as_whole(place, tree)

    def places(self, place: Value, tree: ast.AST) -> str:
        """Places in the language, between its brackets."""
        parts = place if isinstance(place, tuple) else (place,)
        return ", ".join(self._place(part, tree) for part in parts)

    def _place(self, part: Value, tree: ast.AST) -> str:
        if part is None:
            return "None"
        if part is ...:
            return "..."
        if isinstance(part, slice):
            bounds = [part.start, part.stop, *([] if part.step is None else [part.step])]
            return ":".join("" if b is None else str(self.as_whole(b, tree)) for b in bounds)
        if isinstance(part, range):
            return self.numbered(part)
        if isinstance(part, list):
            return f"[{', '.join(self._place(each, tree) for each in part)}]"
        if isinstance(part, Text) and part.number is not None:
            return str(self.as_whole(part, tree))
        return self.as_text(part, tree).text

    def numbered(self, numbers: range) -> str:
        """Whole numbers in a row, by their word if the language has one."""
        if numbers.start == 0 and numbers.step == 1 and "arange" in {*NAMES, *LITERALS}:
            return f"arange({numbers.stop})"
        spend("work", len(numbers))
        return f"[{', '.join(map(str, numbers))}]"

    # ---- behind a dot ----

    def on_attribute(self, tree: ast.Attribute) -> Value:
        return self.attribute(self.value(tree.value), tree.attr, tree)

    def attribute(self, value: Value, name: str, tree: ast.AST) -> Value:
        """`value.name`: a function of a library, a part of an object, or something about an array."""
        if isinstance(value, Word):
            return Word(name, value.library)  # of torch.autograd, say, which is a library in its turn
        if isinstance(value, Library):
            if name in trees.LIBRARIES:
                return Library(value.name)
            if name in ("pi", "e"):
                return Text(name)
            if name == "inf":
                return Text("1/0", Level.PRODUCT)
            return None if name == "newaxis" else Word(name, value.name)
        if isinstance(value, Instance):
            return self.member(value, name, tree)
        if isinstance(value, Cells):
            value = self.filled(value)
        if isinstance(value, Text):
            return self._about(value, name, tree)
        return Method(value, name)

    def _about(self, value: Text, name: str, tree: ast.AST) -> Value:
        if name in ("T", "mT", "H", "mH"):
            return Text(f"{value.at(Level.ATOM)}.{name[-1]}")
        if name in ("real", "imag"):
            return Text(f"{name}({value.text})")
        if name == "shape":
            return Sizes(value)
        if name == "ndim":
            return Text(str(len(self.shape(value))), number=len(self.shape(value)))
        if name == "grad":
            self.refuse(tree, N_("Gradients are what is computed here: paste the function alone."))
        if name == "data":
            return value
        if name in ("device", "dtype", "requires_grad", "is_leaf"):
            return None
        if name in ("values", "indices") and value.pair:
            return self.part(value, Text("0", number=int(name == "indices")), tree)
        return Method(value, name)

    def member(self, owner: Instance, name: str, tree: ast.AST) -> Value:
        """`self.name`."""
        raise NotImplementedError

    # ---- what is put into a part ----

    def stored(self, old: Value, place: Value, new: Value, tree: ast.AST) -> Value:
        """`old` with `new` at `place`, as an assignment to a part leaves it."""
        if isinstance(old, dict):
            old[self.key(place, tree)] = new
            return old
        if isinstance(old, list):
            old[self._static(place, tree)] = new
            return old
        if isinstance(old, Text) and old.filled is not None:
            old = Cells(old.filled, "1" if old.text.startswith("ones") else "0")
        if isinstance(old, Cells):
            key = self._cell(old, place)
            if key is not None and len(key) == len(next(iter(old.cells), key)):
                old.cells[key] = self.as_text(new, tree)
                return old
        text, value = self.as_text(old, tree), self.as_text(new, tree)
        where = self.marked(text, place, tree)
        return Text(f"where({where.text}, {value.text}, {text.text})")

    def added(self, old: Value, place: Value, op: ast.operator, new: Value, tree: ast.AST) -> Value:
        """`old` with `new` added at `place`, or taken off, as `x[…] += …` leaves it."""
        if isinstance(old, dict | list | Cells) or (isinstance(old, Text) and old.filled is not None):
            fresh = isinstance(old, Text) or (
                isinstance(old, Cells) and self._cell(old, place) not in old.cells
            )
            zero = isinstance(op, ast.Add) and fresh and not str(getattr(old, "text", "")).startswith("ones")
            now = new if zero else self.binary(op, self.part(old, place, tree), new, tree)
            return self.stored(old, place, now, tree)
        text, value = self.as_text(old, tree), self.as_text(new, tree)
        where = self.marked(text, place, tree)
        if isinstance(op, ast.Add | ast.Sub):
            amount = where if value.text in ("1", "1.0") else self.binary(ast.Mult(), value, where, tree)
            return self.binary(op, text, amount, tree)
        changed = self.binary(op, text, value, tree)
        return Text(f"where({where.text}, {self.as_text(changed, tree).text}, {text.text})")

    def _cell(self, cells: Cells, place: Value) -> tuple[int, ...] | None:
        """The place of one element, or of one row, by numbers that are known."""
        parts = list(place) if isinstance(place, tuple) else [place]
        while len(parts) > 1 and parts[-1] == slice(None, None, None):
            parts.pop()
        if not all(isinstance(p, Text) and isinstance(p.number, int) for p in parts):
            return None
        numbers = [int(p.number) for p in parts]
        if len(numbers) > len(cells.shape) or not all(
            -n <= k < n for k, n in zip(numbers, cells.shape, strict=False)
        ):
            return None
        return tuple(k % n for k, n in zip(numbers, cells.shape, strict=False))

    def marked(self, text: Text, place: Value, tree: ast.AST) -> Text:
        """Ones where `place` is and zeros elsewhere, in the shape of `text`."""
        if isinstance(place, Text) and (place.mask or place.number is None):
            return place
        parts = place if isinstance(place, tuple) else (place,)
        rows = parts[0]
        counted = isinstance(rows, range) or (isinstance(rows, Text) and rows.text.startswith("arange("))
        if len(parts) == 2 and counted and isinstance(parts[1], Text) and parts[1].number is None:
            classes = self.shape(text)[-1]
            if "one_hot" in NAMES:
                return Text(f"one_hot({parts[1].text}, {classes})")
            numbers = ", ".join(map(str, range(classes)))
            return Text(f"{parts[1].at(Level.ATOM)}[:, None] == [{numbers}]", Level.COMPARISON, mask=True)
        shape = self.shape(text)
        if len(parts) == len(shape) == 2 and all(isinstance(part, list | range) for part in parts):
            return self._listed(shape, parts, tree)
        if not all(isinstance(p, Text) and p.number is not None for p in parts) or len(parts) > len(shape):
            self.refuse(
                tree,
                N_("Only one element, a mask or one element of each row is assigned to here."),
                N_("Build the array as a whole, by where or concat."),
            )
        # One element or row: one where its number along each axis is the given one.
        found: Value = None
        for axis, part in enumerate(parts):
            size = shape[axis]
            row = Text(str([float(i == self.as_whole(part, tree) % size) for i in range(size)]))
            after = len(shape) - axis - 1
            row = row if not after else Text(f"reshape({row.text}, {(size, *[1] * after)})")
            found = row if found is None else self.binary(ast.Mult(), found, row, tree)
        if len(parts) < len(shape):
            found = self.binary(ast.Mult(), found, Text(f"ones({', '.join(map(str, shape))})"), tree)
        return self.as_text(found, tree)

    def _listed(self, shape: tuple[int, ...], parts: tuple[Value, ...], tree: ast.AST) -> Text:
        """Ones at places of a matrix that are listed."""
        spend("work", sum(map(len, parts)))
        rows, columns = ([self.as_whole(each, tree) for each in part] for part in parts)
        spend("work", shape[0] * shape[1])
        there = {(i % shape[0], j % shape[1]) for i, j in zip(rows, columns, strict=True)}
        return Text(str([[int((i, j) in there) for j in range(shape[1])] for i in range(shape[0])]))

    def is_torch(self, tree: ast.AST) -> bool:
        """Whether a method is PyTorch's: told by `Words`, which stands above."""
        raise NotImplementedError

    def rank(self, value: Text) -> int | None:
        """How many axes it has; None where that is not known."""
        try:
            return len(self.shape(value))
        except GraphError:
            return None
