"""Python's own functions: len, range, zip, and what sum and max do to lists."""

from __future__ import annotations

import ast
from typing import Any

from ...errors import GraphError
from .values import Cells, Names, Text, Value, Word
from .words import Words


class Own(Words):
    """Reads calls of what Python brings along."""

    def _len(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        if isinstance(args[0], Text):
            size = self.shape(args[0])[0]
            return Text(str(size), number=size)
        size = args[0].shape[0] if isinstance(args[0], Cells) else len(self.several(args[0], tree))
        return Text(str(size), number=size)

    def _range(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        bounds = [self.as_whole(arg, tree) for arg in args[:3]]
        return range(*bounds) if bounds and bounds[2:] != [0] else self.refuse(tree)

    def _arange(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        if all(isinstance(a, Text) and isinstance(a.number, int) for a in args):
            return self._range(args, options, tree, word)
        return Text(f"arange({', '.join(self.as_text(arg, tree).text for arg in args)})")

    def _enumerate(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        start = self.as_whole(args[1], tree) if len(args) > 1 else 0
        items = enumerate(self.several(args[0], tree), start)
        return [(Text(str(i), number=i), item) for i, item in items]

    def _zip(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return [*zip(*(self.several(arg, tree) for arg in args), strict=False)]

    def _reversed(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return self.several(args[0], tree)[::-1]

    def _list(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return self.several(args[0], tree) if args else []

    _tuple = _ModuleList = _list

    def _dict(self, args: list[Value], options: Names, tree: ast.AST, _word: Word) -> Value:
        return dict(options) if not args else self.refuse(tree)

    def _str(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        return args[0] if isinstance(args[0], str) else str(self.as_whole(args[0], tree))

    def _int(self, args: list[Value], _options: Names, tree: ast.AST, _word: Word) -> Value:
        number = _number(args[0])
        if number is None:
            return self.as_text(args[0], tree)
        return Text(str(int(number)), number=int(number))

    def _sum(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        """Python's sum of a list, or the sum over an array; the former adds along the first axis alone."""
        if word.library == "" and isinstance(args[0], list | tuple) and args[0]:
            total, *others = args[0] if len(args) < 2 else [args[1], *args[0]]
            for item in others:
                total = self.binary(ast.Add(), total, item, tree)
            return total
        if (
            word.library == ""
            and not options
            and len(args) == 1
            and (self.known_rank(args[0], tree) or 1) > 1
        ):
            options = {"axis": Text("0", number=0)}
        return self.operator("sum", word, args, options, tree)

    def _max(self, args: list[Value], options: Names, tree: ast.AST, word: Word) -> Value:
        name = word.name.rstrip("_").removeprefix("a")
        known = {i: n for i, arg in enumerate(args) if (n := _number(arg)) is not None}
        if word.library == "" and len(known) == len(args) > 1:
            return args[(max if name == "max" else min)(known, key=lambda i: known[i])]
        if word.library == "" and len(args) > 2:
            first, *others = args
            for other in others:
                first = self.operator(name, word, [first, other], {}, tree)
            return first
        return self.operator(name, word, args, options, tree)

    _min = _amax = _amin = _max

    def known_rank(self, value: Value, tree: ast.AST) -> int | None:
        """How many axes it has; None where inputs decide that were not given."""
        return self.rank(self.as_text(value, tree))

    def safe_shape(self, value: Value, tree: ast.AST) -> tuple[int, ...] | None:
        """Its shape; None where inputs decide that were not given."""
        try:
            return self.shape(self.as_text(value, tree))
        except GraphError:
            return None


def _number(value: Value) -> float | None:
    """The real number that is known of a value."""
    found: Any = value.number if isinstance(value, Text) else None
    return found if isinstance(found, int | float) else None
