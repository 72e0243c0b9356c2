"""Expressions of Python: what each part of a tree stands for, without anything being run."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from ...errors import GraphError, LimitError
from ...limits import limits, spend
from ...messages import N_
from ..trees import check_length
from . import trees
from .conversions import LARGEST, Conversions
from .values import Instance, Level, Library, Postponed, Text, Value

SIGNS: dict[type[ast.AST], tuple[str, Level, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", Level.SUM, operator.add),
    ast.Sub: ("-", Level.SUM, operator.sub),
    ast.Mult: ("*", Level.PRODUCT, operator.mul),
    ast.Div: ("/", Level.PRODUCT, operator.truediv),
    ast.MatMult: ("@", Level.PRODUCT, operator.matmul),
    ast.Pow: ("**", Level.POWER, operator.pow),
    ast.FloorDiv: ("//", Level.PRODUCT, operator.floordiv),
    ast.Mod: ("%", Level.PRODUCT, operator.mod),
}
_STATIC_ONLY = (ast.FloorDiv, ast.Mod)
_COMPARED: dict[type[ast.AST], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
}


class Expressions(Conversions):
    """Reads expressions; what a call stands for is told by `Calls`, which stands above."""

    depth = 0

    def value(self, tree: ast.expr) -> Value:
        """What an expression stands for."""
        spend("work")
        self.depth += 1
        if self.depth > limits().depth:
            raise LimitError(
                N_("Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth),
                span=trees.span(self.text, tree),
                text=self.text,
            )
        try:
            read = getattr(self, f"on_{type(tree).__name__.lower()}", None)
            if read is None:
                self.refuse(tree)
            found = read(tree)
            if isinstance(found, Text):
                check_length(found.text)
            return found
        except GraphError as error:
            raise self.placed(error, tree) from None
        finally:
            self.depth -= 1

    def read(self, tree: ast.expr) -> Text:
        """An expression as text of the language."""
        return self.as_text(self.value(tree), tree)

    # ---- atoms ----

    def on_name(self, tree: ast.Name) -> Value:
        for names in reversed(self.scopes):
            if tree.id in names:
                found = names[tree.id]
                if isinstance(found, Postponed):
                    raise found.error
                return found
        if tree.id in trees.LIBRARIES and tree.id not in self.given:
            return Library(trees.LIBRARIES[tree.id])
        if tree.id in ("self", "ctx"):
            return Instance()
        return self.declare(tree.id)

    def on_constant(self, tree: ast.Constant) -> Value:
        value = tree.value
        if isinstance(value, bool) or value is None or isinstance(value, str) or value is ...:
            return value
        if isinstance(value, bytes):
            self.refuse(tree)
        if isinstance(value, complex):
            return Text(f"{value.imag!r}j", number=value)
        return Text(repr(value), number=value)

    def on_list(self, tree: ast.List) -> Value:
        return [item for element in tree.elts for item in self._items(element)]

    def on_tuple(self, tree: ast.Tuple) -> Value:
        return tuple(item for element in tree.elts for item in self._items(element))

    def _items(self, tree: ast.expr) -> list[Value]:
        if isinstance(tree, ast.Starred):
            return self.several(self.value(tree.value), tree)
        return [self.value(tree)]

    def on_dict(self, tree: ast.Dict) -> Value:
        if None in tree.keys:
            self.refuse(tree)
        pairs = zip(tree.keys, tree.values, strict=True)
        return {self.key(self.value(key), key): self.value(value) for key, value in pairs if key}

    def key(self, value: Value, tree: ast.AST) -> Value:
        """What may stand between the brackets of a dict: a string or a whole number."""
        return value if isinstance(value, str) else self.as_whole(value, tree)

    def on_slice(self, tree: ast.Slice) -> Value:
        return slice(*(part and self.value(part) for part in (tree.lower, tree.upper, tree.step)))

    def on_joinedstr(self, tree: ast.JoinedStr) -> str:
        """f"W{i}", as keys of dicts are written."""
        found = ""
        for part in tree.values:
            inner = self.value(part.value) if isinstance(part, ast.FormattedValue) else self.value(part)
            found += inner if isinstance(inner, str) else str(self.as_whole(inner, tree))
        return found[:100]

    # ---- operations ----

    def on_binop(self, tree: ast.BinOp) -> Value:
        return self.binary(tree.op, self.value(tree.left), self.value(tree.right), tree)

    def binary(self, op: ast.operator, left: Value, right: Value, tree: ast.AST) -> Value:
        """Two values and a sign between them."""
        kind = next((kind for kind in (list, tuple, str) if isinstance(left, kind)), None)
        if isinstance(op, ast.Add) and kind is not None and isinstance(right, kind):
            spend("work", len(left) + len(right))
            return left + right
        if isinstance(op, ast.Mult) and isinstance(left, list | tuple):
            spend("work", len(left) * abs(count := self.as_whole(right, tree)))
            return left * count
        if isinstance(op, ast.Mod) and isinstance(left, str):
            return left
        a, b = self.as_text(left, tree), self.as_text(right, tree)
        if isinstance(op, ast.BitAnd | ast.BitOr) and a.mask and b.mask:
            return self.logical("and" if isinstance(op, ast.BitAnd) else "or", [a, b])
        if type(op) not in SIGNS:
            self.refuse(tree, hint=N_("Write ** for a power.") if isinstance(op, ast.BitXor) else None)
        sign, level, work = SIGNS[type(op)]
        a, b = _unrepeated(a, b, sign), _unrepeated(b, a, sign)
        number = _worked(work, a.number, b.number)
        if isinstance(op, _STATIC_ONLY):
            if number is None:
                self.refuse(tree, N_("{sign} is worked out here only between known numbers.", sign=sign))
            return Text(str(number), Level.ATOM if number.real >= 0 else Level.SIGN, number)
        if level is Level.POWER:
            return Text(f"{a.at(Level.ATOM)}**{b.at(Level.SIGN)}", level, number)
        tight = level + 1 if sign in "-/@*" else level
        between = sign if sign in "*/" else f" {sign} "
        return Text(f"{a.at(level)}{between}{b.at(Level(tight))}", level, number)

    def on_unaryop(self, tree: ast.UnaryOp) -> Value:
        value = self.value(tree.operand)
        if isinstance(tree.op, ast.Not):
            known = self.truth(value)
            return self.negated(self.as_text(value, tree)) if known is None else not known
        inner = self.as_text(value, tree)
        if isinstance(tree.op, ast.Invert):
            return self.negated(inner) if inner.mask else self.refuse(tree)
        if isinstance(tree.op, ast.UAdd):
            return inner
        number = None if inner.number is None else -inner.number
        return Text(f"-{inner.at(Level.SIGN)}", Level.SIGN, number)

    def negated(self, value: Text) -> Text:
        return Text(f"not {value.at(Level.NOT)}", Level.NOT, mask=True)

    def logical(self, word: str, values: list[Text]) -> Text:
        level = Level.AND if word == "and" else Level.OR
        return Text(f" {word} ".join(value.at(Level(level + 1)) for value in values), level, mask=True)

    def on_boolop(self, tree: ast.BoolOp) -> Value:
        wanted = isinstance(tree.op, ast.Or)
        unknown: list[Text] = []
        value: Value = not wanted
        for part in tree.values:
            value = self.value(part)
            known = self.truth(value)
            if known is wanted and not unknown:
                return value
            if known is None:
                unknown.append(self.as_text(value, part))
                if not unknown[-1].mask:
                    self.refuse(part, N_("Only conditions stand beside and, or: write where(c, a, b)."))
        return self.logical("or" if wanted else "and", unknown) if unknown else value

    def on_compare(self, tree: ast.Compare) -> Value:
        values = [self.value(part) for part in (tree.left, *tree.comparators)]
        known = [self._compared(op, *pair) for op, pair in zip(tree.ops, pairwise(values), strict=True)]
        if all(result is not None for result in known):
            return all(known)
        if any(type(op) not in _COMPARED for op in tree.ops):
            self.refuse(tree)
        texts = [self.as_text(value, tree).at(Level.SUM) for value in values]
        signs = [_COMPARED[type(op)][0] for op in tree.ops]
        rest = "".join(f" {sign} {text}" for sign, text in zip(signs, texts[1:], strict=True))
        return Text(texts[0] + rest, Level.COMPARISON, mask=True)

    def _compared(self, op: ast.cmpop, left: Value, right: Value) -> bool | None:
        """Whether it holds, if that is known."""
        if isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn):
            if isinstance(op, ast.In | ast.NotIn):
                if not isinstance(right, list | tuple | dict | str | range) or isinstance(left, Text):
                    return None
                held = left in right
            else:
                held = left is right
            return held is not isinstance(op, ast.IsNot | ast.NotIn)
        a = left.number if isinstance(left, Text) else left
        b = right.number if isinstance(right, Text) else right
        if any(isinstance(each, Text) and each.number is None for each in (left, right)):
            return None
        if (isinstance(a, str) and isinstance(b, str)) or isinstance(op, ast.Eq | ast.NotEq):
            return bool(_COMPARED[type(op)][1](a, b))
        return bool(_COMPARED[type(op)][1](a, b)) if _real(a) and _real(b) else None

    def on_ifexp(self, tree: ast.IfExp) -> Value:
        condition = self.value(tree.test)
        known = self.truth(condition)
        if known is not None:
            return self.value(tree.body if known else tree.orelse)
        return self.chosen(self.as_text(condition, tree), self.read(tree.body), self.read(tree.orelse))

    def chosen(self, condition: Text, yes: Text, no: Text) -> Text:
        """`yes` where a condition holds, and `no` elsewhere."""
        return Text(f"where({condition.text}, {yes.text}, {no.text})")


def _unrepeated(value: Text, other: Text, sign: str) -> Text:
    """What is repeated to the size of the other operand is so by itself, element by element."""
    if value.repeated is None or sign == "@" or value.repeated[1] != other.text:
        return value
    return Text(value.repeated[0])


def _real(value: Value) -> bool:
    return isinstance(value, int | float)


def _worked(work: Callable[[Any, Any], Any], a: complex | None, b: complex | None) -> Any:
    """The number that comes out, where it is of a size to count with."""
    if a is None or b is None or max(abs(a), abs(b)) > LARGEST or (work is operator.pow and abs(b) > 64):
        return None
    try:
        found = work(a, b)
    except (ArithmeticError, TypeError, ValueError):
        return None
    return found if abs(found) <= LARGEST else None
