"""Functions of the text itself: a call reads the body, with the arguments by their parameters' names."""

from __future__ import annotations

import ast

from ...errors import LimitError
from ...limits import limits
from ...messages import N_
from .places import Places
from .values import Class, Function, Instance, Names, Returned, Text, Value, Word


class Functions(Places):
    """Reads calls; libraries are told by `Words`, objects by `Layers`, lines by `Statements`, all above."""

    def on_lambda(self, tree: ast.Lambda) -> Value:
        return Function(tree, tuple(self.scopes))

    def on_call(self, tree: ast.Call) -> Value:
        target = self.callee(tree.func)
        if isinstance(target, Word) and target.name in ("print", "super"):
            return None
        if isinstance(target, Word) and target.name == "isinstance" and len(tree.args) == 2:
            return self._of_kind(self.value(tree.args[0]), tree.args[1])
        args = [item for arg in tree.args for item in self._items(arg)]
        options = {key.arg: self.value(key.value) for key in tree.keywords if key.arg}
        return self.apply(target, args, options, tree)

    def _of_kind(self, value: Value, kind: ast.expr) -> bool:
        """Whether a value is a list, say; every number and array is what is asked for otherwise."""
        words = {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}
        for name, of in (("list", list), ("tuple", tuple), ("dict", dict), ("str", str), ("bool", bool)):
            if isinstance(value, of):
                return name in words
        return bool(words - {"list", "tuple", "dict", "str", "bool"})

    def callee(self, tree: ast.expr) -> Value:
        """What is called: a name that nothing is bound to is a function by that name."""
        if isinstance(tree, ast.Name) and not any(tree.id in names for names in self.scopes):
            return Word(tree.id)
        return self.value(tree)

    def apply(self, target: Value, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """The value of a call."""
        match target:
            case Function():
                return self.inline(target, args, options, tree)
            case Word():
                return self.word(target, args, options, tree)
            case Class():
                return self.made(target, args, options, tree)
            case Instance():
                return self.applied(target, args, options, tree)
            case None:
                return None
        if hasattr(target, "owner"):
            return self.method(target, args, options, tree)
        name = tree.func.id if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) else None
        if name and isinstance(target, Text):
            self.refuse(tree, N_("{name} is not a function.", name=name))
        return self.refuse(tree)

    def inline(self, function: Function, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """The body of a function with these arguments."""
        names = self.bound(function, args, options, tree)
        outer, self.scopes = self.scopes, [*function.scopes, names]
        self.depth += 5
        if self.depth > limits().depth:
            raise LimitError(
                N_("Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth)
            )
        try:
            if isinstance(function.tree, ast.Lambda):
                return self.value(function.tree.body)
            return self.body(function.tree.body)
        finally:
            self.depth -= 5
            self.scopes = outer

    def body(self, lines: list[ast.stmt]) -> Value:
        """What the lines of a function return."""
        try:
            self.run(lines)
        except Returned as returned:
            return returned.value
        return None

    def bound(self, function: Function, args: list[Value], options: Names, tree: ast.AST) -> Names:
        """The parameters of a function with what each is given."""
        given = function.tree.args
        parameters = [p.arg for p in (*given.posonlyargs, *given.args)]
        values = [function.owner, *args] if function.owner is not None else list(args)
        names: Names = dict(zip(parameters, values, strict=False))
        if len(values) > len(parameters):
            if given.vararg is None:
                self.refuse(tree, N_("There are more arguments than the function has parameters."))
            names[given.vararg.arg] = tuple(values[len(parameters) :])
        elif given.vararg is not None:
            names[given.vararg.arg] = ()
        defaults = dict(zip(parameters[::-1], given.defaults[::-1], strict=False))
        defaults |= {
            p.arg: value for p, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value
        }
        for name in [*parameters, *(p.arg for p in given.kwonlyargs)]:
            if name in options:
                names[name] = options[name]
            elif name not in names and name in defaults:
                names[name] = self.value(defaults[name])
            elif name not in names:
                self.refuse(tree, N_("The parameter {name} is given nothing.", name=name))
        return {name: self._once(function, name, value) for name, value in names.items()}

    def _once(self, function: Function, name: str, value: Value) -> Value:
        """An argument that is read several times is computed once, by its parameter's name."""
        if not isinstance(value, Text) or value.number is not None or value.text.isidentifier():
            return value
        uses = sum(isinstance(n, ast.Name) and n.id == name for n in ast.walk(function.tree))
        return self.assign(name, value) if uses > 1 else value

    # ---- told above ----

    def run(self, lines: list[ast.stmt]) -> None:
        """Read statements, one after the other."""
        raise NotImplementedError

    def word(self, word: Word, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """A call of a library's function."""
        raise NotImplementedError

    def method(self, method: Value, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """A call of a method."""
        raise NotImplementedError

    def made(self, of: Class, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """An object of a class."""
        raise NotImplementedError

    def applied(self, instance: Instance, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """A call of an object."""
        raise NotImplementedError
