"""An expression written for NumPy or PyTorch as one of the language: read as a tree, never run."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache

from ...errors import ProgramError
from ...graph import Shape
from ...messages import N_
from ...ops import ELSEWHERE, NAMES
from . import trees

ShapeOf = Callable[[str], Shape]
"""The shape of an expression of the language."""

SAME = frozenset(
    "float double float32 float64 tensor array asarray astype type to copy clone detach item".split()
)
"""What changes no number."""
OPTIONS = {"dim": "axis", "keepdim": "keepdims", "axis": "axis", "keepdims": "keepdims"}
KINDS = ("dtype", "device")
"""Options about what kind of number it is."""
SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
    ast.USub: "-",
    ast.UAdd: "+",
}


SIGNED = frozenset("ᵀᴴ⁻⁰¹²³⁴⁵⁶⁷⁸⁹·×⊙⊗√∛")
"""Signs of the language that Python does not know, or takes for letters."""


def translated(text: str, shape_of: ShapeOf) -> str:
    """`text` in the language; ProgramError for what has no equal there, SyntaxError for what is no Python."""
    if set(text) & SIGNED:
        raise SyntaxError  # Python would read Wᵀ as a name WT
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError from error
    try:
        return _Reader(shape_of).text(tree)
    except (IndexError, ValueError, TypeError, RecursionError) as error:
        raise ProgramError(N_("This is not read here: {code}", code=text.strip()[:60])) from error


def _along(name: str, count: int) -> bool:
    """Whether an axis may follow so many arguments, and nothing else."""
    forms = NAMES.get(name, ())
    return not any(op.takes(count + 1) for op in forms) and any(
        op.takes(count) and "axis" in op.parameters for op in forms
    )


class _Reader:
    def __init__(self, shape_of: ShapeOf) -> None:
        self.shape_of = lru_cache(maxsize=None)(shape_of)
        self.known: dict[ast.expr, str] = {}

    def text(self, tree: ast.expr) -> str:
        # Once for each part: whoever asks for a shape first reads what it is the shape of.
        if tree not in self.known:
            read = getattr(self, f"on_{type(tree).__name__.lower()}", None)
            if read is None:
                raise ProgramError(N_("This is not read here: {code}", code=ast.unparse(tree)[:60]))
            self.known[tree] = read(tree)
        return self.known[tree]

    def on_name(self, tree: ast.Name) -> str:
        return tree.id

    def on_constant(self, tree: ast.Constant) -> str:
        if isinstance(tree.value, bool) or not isinstance(tree.value, (int, float, complex)):
            raise ProgramError(N_("This is not read here: {code}", code=repr(tree.value)[:60]))
        return f"({tree.value!r})" if isinstance(tree.value, complex) else repr(tree.value)

    def on_binop(self, tree: ast.BinOp) -> str:
        if type(tree.op) not in SIGNS:
            raise ProgramError(N_("This is not read here: {code}", code=ast.unparse(tree)[:60]))
        return f"({self.text(tree.left)} {SIGNS[type(tree.op)]} {self.text(tree.right)})"

    def on_unaryop(self, tree: ast.UnaryOp) -> str:
        if type(tree.op) not in SIGNS:
            raise ProgramError(N_("This is not read here: {code}", code=ast.unparse(tree)[:60]))
        return f"({SIGNS[type(tree.op)]}{self.text(tree.operand)})"

    def on_compare(self, tree: ast.Compare) -> str:
        sign = type(tree.ops[0])
        if len(tree.ops) != 1 or sign not in (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq):
            raise ProgramError(N_("Of comparisons >, <, >=, <= and == are read here."))
        left, right = self.text(tree.left), self.text(tree.comparators[0])
        if sign is ast.Eq:
            return f"(1 - step({left} - {right}) - step({right} - {left}))"
        if sign in (ast.Lt, ast.LtE):
            left, right = right, left
        # At equal numbers `>=` is 1, and the step is 0.
        return f"(1 - step({right} - {left}))" if sign in (ast.GtE, ast.LtE) else f"step({left} - {right})"

    def on_list(self, tree: ast.List | ast.Tuple) -> str:
        return f"[{', '.join(map(self.text, tree.elts))}]"

    on_tuple = on_list

    def on_attribute(self, tree: ast.Attribute) -> str:
        if tree.attr in ("T", "mT"):
            return (
                f"transpose({self.text(tree.value)})" if self._rank(tree.value) > 1 else self.text(tree.value)
            )
        if tree.attr in ("H", "mH"):
            return f"{'hermitian' if self._rank(tree.value) > 1 else 'conj'}({self.text(tree.value)})"
        if tree.attr in ("pi", "e") and trees.library(tree.value):
            return tree.attr
        if tree.attr in ("size", "data", "real", "imag"):
            inner = self.text(tree.value)
            return {"size": f"({trees.size(self.shape_of(inner))})", "data": inner}.get(
                tree.attr, f"{tree.attr}({inner})"
            )
        raise ProgramError(N_("This is not read here: {code}", code=ast.unparse(tree)[:60]))

    def on_subscript(self, tree: ast.Subscript) -> str:
        if isinstance(tree.value, ast.Attribute) and tree.value.attr == "shape":
            return str(self.shape_of(self.text(tree.value.value))[trees.whole(tree.slice)])
        parts = tree.slice.elts if isinstance(tree.slice, ast.Tuple) else [tree.slice]
        if any(map(trees.new, parts)):
            return self._widened(tree.value, parts)
        return f"({self.text(tree.value)})[{', '.join(map(self._place, parts))}]"

    def _widened(self, value: ast.expr, parts: list[ast.expr]) -> str:
        """x[:, None]: a reshape, where nothing else is asked for."""
        inner = self.text(value)
        shape, sizes = list(self.shape_of(inner)), []
        for part in parts:
            if trees.new(part):
                sizes.append(1)
            elif isinstance(part, ast.Slice) and not (part.lower or part.upper or part.step) and shape:
                sizes.append(shape.pop(0))
            elif isinstance(part, ast.Constant) and part.value is ...:
                sizes, shape = sizes + shape, []
            else:
                raise ProgramError(N_("New axes and other parts of an array: take them one after the other."))
        return trees.reshaped(inner, [*sizes, *shape])

    def _place(self, part: ast.expr) -> str:
        if not isinstance(part, ast.Slice):
            return self.text(part)
        bounds = [part.lower, part.upper, *([part.step] if part.step else [])]
        return ":".join("" if bound is None else self.text(bound) for bound in bounds)

    def on_call(self, tree: ast.Call) -> str:
        function = tree.func
        if isinstance(function, ast.Name):
            return self._call(function.id, tree.args, tree)
        if not isinstance(function, ast.Attribute):
            raise ProgramError(N_("This is not read here: {code}", code=ast.unparse(tree)[:60]))
        if trees.library(function.value):
            return self._call(function.attr, tree.args, tree)
        return self._call(function.attr, [function.value, *tree.args], tree)

    def _call(self, name: str, args: list[ast.expr], tree: ast.Call) -> str:
        options = {
            OPTIONS.get(key.arg or "", key.arg): key.value for key in tree.keywords if key.arg not in KINDS
        }
        name = ELSEWHERE[name].name if name in ELSEWHERE else name
        special = getattr(self, f"_{name}", None)
        if name in SAME:
            return self.text(args[0])
        if special is not None:
            found: str = special(args, options)
            return found
        if len(args) > 1 and _along(name, len(args) - 1):
            options["axis"] = args.pop()
        if name == "transpose":
            args = args[:1]  # of its two axes there is only one order
            if self._rank(args[0]) < 2:
                return self.text(args[0])
        given = [self.text(arg) for arg in args]
        given += [f"{key}={self._option(value)}" for key, value in options.items() if trees.said(value)]
        return f"{name}({', '.join(given)})"

    def _option(self, value: ast.expr) -> str:
        if isinstance(value, ast.Tuple):
            return f"({', '.join(map(self._option, value.elts))})"
        return "1" if isinstance(value, ast.Constant) and value.value is True else self.text(value)

    # ---- functions that the language has no word for ----

    def _dot(self, args: list[ast.expr], _options: object) -> str:
        return f"({self.text(args[0])} @ {self.text(args[1])})"

    def _vdot(self, args: list[ast.expr], _options: object) -> str:
        return f"(conj({self.text(args[0])}) @ {self.text(args[1])})"

    def _zeros_like(self, args: list[ast.expr], _options: object) -> str:
        return f"zeros({trees.sizes(self.shape_of(self.text(args[0])))})" if self._rank(args[0]) else "0"

    def _ones_like(self, args: list[ast.expr], _options: object) -> str:
        return f"ones({trees.sizes(self.shape_of(self.text(args[0])))})" if self._rank(args[0]) else "1"

    def _len(self, args: list[ast.expr], _options: object) -> str:
        return str(self.shape_of(self.text(args[0]))[0])

    def _reshape(self, args: list[ast.expr], _options: object) -> str:
        inner, given = self.text(args[0]), args[1:]
        if len(given) == 1 and isinstance(given[0], ast.Attribute) and given[0].attr == "shape":
            return trees.reshaped(inner, list(self.shape_of(self.text(given[0].value))))
        parts = given[0].elts if len(given) == 1 and isinstance(given[0], (ast.Tuple, ast.List)) else given
        sizes = [int(self.text(part).strip("()")) if not trees.negative(part) else -1 for part in parts]
        known = trees.size(tuple(size for size in sizes if size >= 0))
        return trees.reshaped(
            inner, [trees.size(self.shape_of(inner)) // max(known, 1) if s < 0 else s for s in sizes]
        )

    _view = _reshape

    def _flatten(self, args: list[ast.expr], _options: object) -> str:
        inner = self.text(args[0])
        return trees.reshaped(inner, [trees.size(self.shape_of(inner))])

    _ravel = _flatten

    def _expand_dims(self, args: list[ast.expr], options: dict[str, ast.expr]) -> str:
        inner = self.text(args[0])
        shape = list(self.shape_of(inner))
        place = trees.whole(options["axis"] if "axis" in options else args[1])
        shape.insert(place if place >= 0 else len(shape) + 1 + place, 1)
        return trees.reshaped(inner, shape)

    _unsqueeze = _expand_dims

    def _broadcast_to(self, args: list[ast.expr], _options: object) -> str:
        target = args[1]
        if isinstance(target, ast.Attribute) and target.attr == "shape":
            return f"({self.text(args[0])} + zeros({trees.sizes(self.shape_of(self.text(target.value)))}))"
        return (
            f"({self.text(args[0])} + zeros({', '.join(map(self.text, getattr(target, 'elts', [target])))}))"
        )

    def _sum_to_shape(self, args: list[ast.expr], _options: object) -> str:
        """A sum over the axes that a broadcast added or repeated."""
        inner, target = self.text(args[0]), args[1]
        given = self.shape_of(inner)
        wanted: Shape = ()
        if isinstance(target, ast.Attribute):
            wanted = self.shape_of(self.text(target.value))
        elif isinstance(target, ast.Tuple):
            wanted = tuple(map(trees.whole, target.elts))
        added = len(given) - len(wanted)
        axes = [i for i, n in enumerate(given) if i < added or (wanted[i - added] == 1 and n > 1)]
        if not axes:
            return inner
        summed = f"sum({inner}, axis=({trees.sizes(tuple(axes))},))"
        return trees.reshaped(summed, list(wanted)) if wanted else summed

    _sum_to_size = _sum_to_shape

    def _rank(self, tree: ast.expr) -> int:
        return len(self.shape_of(self.text(tree)))
