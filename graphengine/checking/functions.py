"""A pasted `autograd.Function`, or a module with its own backward: what that assigns, and to what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ..errors import ProgramError
from ..messages import N_
from ..program.python import trees
from .assignments import Assignment
from .spelling import SEEDS, canonical

_BACKWARD = ("backward", "updateGradInput")
_FORWARD = ("forward", "updateOutput")


def assignments(text: str) -> list[Assignment] | None:
    """The assignments of the class's backward, with what it returns by the parameters of forward.

    None for a text without such a class; ProgramError for loops and branches.
    """
    if not re.search(r"^\s*class\b", text, re.MULTILINE):
        return None
    try:
        tree = trees.tree_of(text)
    except ProgramError:
        return None
    for each in tree.body:
        methods = {line.name: line for line in getattr(each, "body", ()) if isinstance(line, ast.FunctionDef)}
        backward = [methods[name] for name in _BACKWARD if name in methods]
        forward = [methods[name] for name in _FORWARD if name in methods]
        if backward and forward:
            return [*_Backward(text, forward[0], backward[0]).lines()]
    return None


class _Backward:
    """The lines of one backward, in the names of its forward."""

    def __init__(self, text: str, forward: ast.FunctionDef, backward: ast.FunctionDef) -> None:
        self.text = text
        self.forward, self.backward = forward, backward
        self.parameters = [p.arg for p in forward.args.args][1:]

    def lines(self) -> Iterator[Assignment]:
        seed = [p.arg for p in self.backward.args.args][-1]
        if seed not in SEEDS:
            yield Assignment(seed, SEEDS[0], (0, 0), exact=False)
        yield from self._kept()
        yield from self._read(self.backward.body)

    def _kept(self) -> Iterator[Assignment]:
        """ctx.name = …, which forward keeps for later under another name."""
        for line in ast.walk(self.forward):
            match line:
                case ast.Assign(targets=[ast.Attribute(attr=name)]) if ast.unparse(line.value) != name:
                    yield self._assignment(name, line.value)

    def _read(self, body: Sequence[ast.stmt]) -> Iterator[Assignment]:
        for line in body:
            match line:
                case ast.If() if re.search(r"needs_input_grad|is not None", ast.unparse(line.test)):
                    yield from self._read(line.body)
                case ast.Assign():
                    for target in line.targets:
                        yield from self._assigned(target, line.value)
                case ast.AugAssign(target=ast.Name(id=name), op=ast.Add() | ast.Sub() as op):
                    yield self._assignment(name, line.value, "+" if isinstance(op, ast.Add) else "-")
                case ast.Return(value=ast.expr() as value):
                    yield from self._returned(value)
                case ast.Expr() | ast.Pass() | ast.Assert() | ast.Return():
                    continue
                case _:
                    raise ProgramError(
                        N_("Loops and branches are not read here."),
                        span=trees.span(self.text, line),
                        text=self.text,
                        hint=N_("Write out the lines as they are computed, one after the other."),
                    )

    def _assigned(self, target: ast.expr, value: ast.expr) -> Iterator[Assignment]:
        match target, value:
            case _, ast.Constant(value=None):
                return
            case ast.Tuple(elts=names), ast.Attribute(attr="saved_tensors"):
                yield from self._saved(names)
            case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
                for name, each in zip(names, values, strict=True):
                    yield from self._assigned(name, each)
            case ((ast.Name(id=name) | ast.Attribute(attr=name)), ast.Attribute(attr="saved_tensors")):
                yield from self._saved([ast.Name(name)])
            case ast.Name(id=name) | ast.Attribute(attr=name), _:
                if canonical(_bare(ast.unparse(value))) != name:
                    yield self._assignment(name, value)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Compare() as mask), _:
                chosen = f"np.where({_bare(ast.unparse(mask))}, {_bare(ast.unparse(value))}, {name})"
                yield Assignment(name, canonical(chosen), self._span(value), exact=False)
            case _:
                raise ProgramError(
                    N_("Parts of arrays are not assigned here."), span=self._span(target), text=self.text
                )

    def _saved(self, names: Sequence[ast.expr]) -> Iterator[Assignment]:
        """x, w = ctx.saved_tensors, by other names than forward saved them."""
        for call in ast.walk(self.forward):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "save_for_backward":
                for name, kept in zip(names, call.args, strict=False):
                    if isinstance(name, ast.Name) and ast.unparse(kept) != name.id:
                        yield self._assignment(name.id, kept)

    def _returned(self, value: ast.expr) -> Iterator[Assignment]:
        """The gradients in the order of forward's parameters."""
        values = value.elts if isinstance(value, ast.Tuple) else [value]
        for parameter, each in zip(self.parameters, values, strict=False):
            if isinstance(each, ast.Constant) and each.value is None:
                continue
            if ast.unparse(each) != f"grad_{parameter}":
                yield self._assignment(f"grad_{parameter}", each)

    def _assignment(self, name: str, value: ast.expr, sign: str = "") -> Assignment:
        source, span = canonical(_bare(ast.unparse(value))), self._span(value)
        return Assignment(name, source, span, sign, self.text[slice(*span)] == source)

    def _span(self, value: ast.expr) -> tuple[int, int]:
        return trees.span(self.text, value) or (0, len(self.text))


def _bare(source: str) -> str:
    """What was kept in ctx goes by its name."""
    return re.sub(r"\b(?:ctx|self)\.", "", source)
