"""Statements of Python: assignments become lines, loops are written out, the rest is passed over."""

from __future__ import annotations

import ast

from ...errors import GraphError, LimitError, ProgramError
from ...limits import limits
from ...messages import N_
from . import trees
from .control import Control, Leave
from .values import Cells, Class, Function, Instance, Library, Postponed, Returned, Sizes, Text, Value, Word

_PASSED = (
    *("print", "display", "seed", "manual_seed", "zero_grad", "step", "save_for_backward", "retain_grad"),
    *("mark_non_differentiable", "set_printoptions", "show", "plot", "title", "xlabel", "ylabel", "legend"),
    *(
        "train",
        "eval",
        "register_buffer",
        "figure",
        "kaiming_uniform",
        "uniform",
        "normal",
        "reset_parameters",
    ),
    *("set_materialize_grads", "xavier_uniform", "zero", "fill", "__init", "cmp", "register_parameter"),
)
"""Calls whose lines compute nothing that is differentiated."""


class _Stop(Exception):
    """Nothing after this is read: the gradients are asked for here."""


class Statements(Control):
    """Reads statements, each into lines of the program."""

    def script(self, lines: list[ast.stmt]) -> None:
        """Read the statements of a file, as far as gradients are asked for."""
        try:
            self.run(lines)
        except _Stop:
            return
        except (Returned, Leave) as out:
            self.ending = getattr(out, "value", None)

    # ---- assignments ----

    def do_assign(self, line: ast.Assign) -> None:
        value = self._valued(line.value)
        for target in line.targets:
            self.bind(target, value, line)

    def do_annassign(self, line: ast.AnnAssign) -> None:
        if line.value is not None:
            self.bind(line.target, self._valued(line.value), line)

    def _valued(self, tree: ast.expr) -> Value:
        """A value; where inputs decide that were not given, that is said only if it is used."""
        try:
            return self.value(tree)
        except LimitError:
            raise
        except GraphError as error:
            if error.kind != "value":
                raise
            return Postponed(error)

    def bind(self, target: ast.expr, value: Value, line: ast.stmt) -> None:
        """Give a name, several, or a part of something its value."""
        match target:
            case ast.Name():
                self.scopes[-1][target.id] = self.named(target.id, value, line)
            case ast.Tuple() | ast.List():
                values = self._unpacked(value, len(target.elts), line)
                if len(values) != len(target.elts):
                    self.refuse(line, N_("Left and right of = stand different numbers of things."))
                for each, part in zip(target.elts, values, strict=True):
                    self.bind(each, part, line)
            case ast.Attribute():
                owner = self.value(target.value)
                if isinstance(owner, Instance):
                    owner.names[target.attr] = self.named(target.attr, value, line)
                elif target.attr == "data":
                    self.bind(target.value, value, line)
                elif isinstance(value, Text):
                    self.refuse(line)
            case ast.Subscript():
                old = self.raw(target.value)
                self._rebind(target, self.stored(old, self.value(target.slice), value, line), line)
            case _:
                self.refuse(line)

    def _unpacked(self, value: Value, count: int, line: ast.stmt) -> list[Value]:
        if isinstance(value, Postponed):
            return [value] * count
        if isinstance(value, Instance) and not value.parts:
            return [Text(f"saved{i}") for i in range(count)]
        if isinstance(value, Text) and value.pair and count == 2:
            return [value, self.part(value, Text("1", number=1), line)]
        try:
            return self.several(value, line)
        except GraphError as error:
            if error.kind != "value" or not isinstance(value, Sizes):
                raise
            return [Postponed(error)] * count

    def _rebind(self, target: ast.Subscript, new: Value, line: ast.stmt) -> None:
        """Keep what an assignment to a part has left of the whole."""
        if isinstance(new, dict | list):
            return
        if isinstance(new, Cells) and isinstance(target.value, ast.Name):
            self.scopes[-1][target.value.id] = new
        else:
            self.bind(target.value, new, line)

    def raw(self, tree: ast.expr) -> Value:
        """A value that is about to be filled, as it is."""
        if isinstance(tree, ast.Name):
            for names in reversed(self.scopes):
                if isinstance(names.get(tree.id), Cells):
                    return names[tree.id]
        return self.value(tree)

    def on_name(self, tree: ast.Name) -> Value:
        if tree.id == "__name__":
            return "__main__"
        found = super().on_name(tree)
        if isinstance(found, Text) and found.filled is not None and self._given_once(tree.id):
            found = self.scopes[0][tree.id] = self.declare(tree.id, found.text)
        if isinstance(found, Cells):
            found = self.scopes[-1][tree.id] = self.assign(tree.id, self.filled(found))
        return found

    def _given_once(self, name: str) -> bool:
        """Whether zeros or ones are what a file gives a parameter to begin with, such as a bias."""
        return name in self.scopes[0] and self.stores[name] == 1 and not self.marked_leaves

    def on_subscript(self, tree: ast.Subscript) -> Value:
        return self.part(self.raw(tree.value), self.value(tree.slice), tree)

    def named(self, name: str, value: Value, line: ast.stmt) -> Value:
        """A value under a name: a line of the program where it is a text."""
        if isinstance(value, Instance):
            if value.kind == "leaf":
                return self.leaf(name, value, line)
            value.names.setdefault("called", name)
        if not isinstance(value, Text):
            return value
        top = len(self.scopes) == 1
        once = self.stores[name] <= 1
        if value.number is not None:
            return self.constant(name, value) if once and top else value
        if value.data and top and (not self.marked_leaves or name in self.given):
            return self.declare(name, "" if name in self.given else value.text)
        if value.filled is not None:
            return value
        if _random(value) and top and not self.marked_leaves:
            return self.drawn(name, value)
        if value.text.isidentifier() and not (top and once):
            return value
        return self.assign(name, value)

    def drawn(self, name: str, value: Text) -> Text:
        """An input for each draw of random numbers; one that a loop meets again is the one that it was."""
        for draw, declared in self.draws:
            if draw is value:
                return declared
        if any(declared.text == name for _, declared in self.draws):
            name = self.free(name)
        declared = self.declare(name, "" if name in self.given else value.text)
        self.draws.append((value, declared))
        return declared

    marked_leaves = False
    """Whether the text says by requires_grad what is differentiated."""

    def do_augassign(self, line: ast.AugAssign) -> None:
        if trees.updates(line):
            return
        value = self.value(line.value)
        if isinstance(line.target, ast.Subscript):
            old, place = self.raw(line.target.value), self.value(line.target.slice)
            self._rebind(line.target, self.added(old, place, line.op, value, line), line)
            return
        old = self.value(line.target)
        if isinstance(old, list) and isinstance(line.op, ast.Add):
            old.extend(self.several(value, line))
            return
        zero = isinstance(old, Text) and old.number == 0 and isinstance(line.op, ast.Add)
        self.bind(line.target, value if zero else self.binary(line.op, old, value, line), line)

    # ---- what is defined, and what is passed over ----

    def do_functiondef(self, line: ast.FunctionDef) -> None:
        self.scopes[-1][line.name] = Function(line, tuple(self.scopes))

    def do_classdef(self, line: ast.ClassDef) -> None:
        self.scopes[-1][line.name] = Class(line, tuple(self.scopes))

    def do_import(self, line: ast.Import) -> None:
        for alias in line.names:
            root = alias.name.split(".")[0]
            bound = alias.asname or root
            self.scopes[-1][bound] = Library(trees.LIBRARIES.get(root, root))

    def do_importfrom(self, line: ast.ImportFrom) -> None:
        root = (line.module or "").split(".")[0]
        for alias in line.names:
            library = trees.LIBRARIES.get(root, root)
            if alias.name in trees.LIBRARIES:
                self.scopes[-1][alias.asname or alias.name] = Library(library)
            elif alias.name in ("pi", "e"):
                self.scopes[-1][alias.asname or alias.name] = Text(alias.name)
            elif alias.name != "*":
                self.scopes[-1][alias.asname or alias.name] = Word(alias.name, library)

    def do_return(self, line: ast.Return) -> None:
        raise Returned(None if line.value is None else self.value(line.value))

    def do_pass(self, _line: ast.stmt) -> None:
        """Nothing."""

    do_assert = do_delete = do_global = do_nonlocal = do_raise = do_pass

    def do_with(self, line: ast.With) -> None:
        if any(trees.calls(item.context_expr, "no_grad", "inference_mode") for item in line.items):
            self.note(N_("What stands under no_grad is not differentiated, and is passed over."))
            return
        self.run(line.body)

    def passed(self, line: ast.stmt) -> bool:
        if isinstance(line, ast.Assign):
            return all(isinstance(t, ast.Attribute) and t.attr == "grad" for t in line.targets)
        if not isinstance(line, ast.Expr) or not isinstance(line.value, ast.Call):
            return isinstance(line, ast.Pass | ast.Assert)
        function = line.value.func
        name = str(getattr(function, "attr", getattr(function, "id", ""))).rstrip("_")
        return name in _PASSED or name.startswith(("set_", "draw", "requires_grad"))

    def do_expr(self, line: ast.Expr) -> None:
        call = line.value
        if isinstance(call, ast.Constant) and isinstance(call.value, str):
            return
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "backward":
                self.ending = self.value(call.func.value)
                self.note(N_("What stands after backward() is passed over."))
                raise _Stop
            if self.passed(line):
                return
        self.ending = self.value(call)


def _random(value: Text) -> bool:
    return value.text.removeprefix("sum(").startswith(("randn(", "rand(", "eye(", "linspace("))


__all__ = ["ProgramError", "Statements", "limits"]
