"""What decides and what repeats: branches are taken, and loops written out, while reading."""

from __future__ import annotations

import ast

from ...errors import GraphError, ProgramError
from ...limits import spend
from ...messages import N_
from . import trees
from .layers import Layers
from .values import Names, Postponed, Returned, Text, Value
from .writing import short


class Leave(Exception):
    """`break`, or `continue`, on the way to its loop."""

    def __init__(self, *, ends: bool) -> None:
        super().__init__()
        self.ends = ends


class Control(Layers):
    """Reads what goes around statements; what each does is told by `Statements`, which stands above."""

    def run(self, lines: list[ast.stmt]) -> None:
        for number, line in enumerate(lines):
            spend("work")
            do = getattr(self, f"do_{type(line).__name__.lower()}", None)
            if do is None:
                self.refuse(line)
            try:
                if isinstance(line, ast.If):
                    self._decided(line, lines[number + 1 :])
                else:
                    do(line)
            except GraphError as error:
                raise self.placed(error, line) from None

    def do_if(self, line: ast.If) -> None:
        self._decided(line, [])

    def _decided(self, line: ast.If, rest: list[ast.stmt]) -> None:
        """A branch; where inputs decide which, both are read, and the condition chooses between them."""
        condition = self.value(line.test)
        known = True if _wanted(line.test) else self.truth(condition)
        if known is not None:
            self.run(line.body if known else line.orelse)
            return
        if trees.changes(line):
            self.refuse(
                line.test,
                N_("Which branch is taken depends on the inputs."),
                N_("Write the choice as an expression: a if c else b, or where(c, a, b)."),
            )
        chooser = self.as_text(condition, line.test)
        self.note(N_("Both branches are computed, and {code} chooses between them.", code=short(line.test)))
        before = dict(self.scopes[-1])
        if trees.returns(line):
            ways = ([*line.body, *rest], [*line.orelse, *rest])
            yes, no = (self.as_text(self._branch(way, before), line) for way in ways)
            raise Returned(self.chosen(chooser, yes, no))
        self._branch(line.body, before)
        names = dict(self.scopes[-1])
        self._branch(line.orelse, before)
        self._merged(chooser, names, line)

    def _branch(self, lines: list[ast.stmt], before: Names) -> Value:
        """What the lines of a branch return, from the names as they were before it."""
        self.scopes[-1].clear()
        self.scopes[-1].update(before)
        return self.body(lines)

    def _merged(self, condition: Text, names: Names, line: ast.If) -> None:
        """Names that the two branches leave different: a choice, if both give them."""
        now = self.scopes[-1]
        for name in {**names, **now}:
            yes, no = names.get(name), now.get(name)
            if yes is no or yes == no:
                continue
            if isinstance(yes, Text) and isinstance(no, Text):
                now[name] = self.assign(name, self.chosen(condition, yes, no))
                continue
            message = N_("Which branch is taken depends on the inputs.")
            now[name] = Postponed(
                ProgramError(message, span=trees.span(self.text, line.test), text=self.text)
            )

    def do_for(self, line: ast.For) -> None:
        if all(map(self.passed, line.body)):
            return
        trains = trees.trains(line)
        if trains:
            self.note(N_("Of the training loop one pass is read."))
        items = self._passes(line)[:1] if trains else self.several(self.value(line.iter), line)
        for item in items:
            self.bind(line.target, item, line)
            if self._left(line.body):
                return
        self.run(line.orelse)

    def _passes(self, line: ast.For) -> list[Value]:
        """What a training loop goes through; batches that are not there are inputs by their names."""
        try:
            return self.several(self.value(line.iter), line)
        except GraphError:
            names = [each.id for each in ast.walk(line.target) if isinstance(each, ast.Name)]
            found = [self.declare(name) for name in names]
            return [found if isinstance(line.target, ast.Tuple) else found[0]]

    def do_while(self, line: ast.While) -> None:
        while (known := self.truth(self.value(line.test))) is not False:
            if known is None:
                self.refuse(line.test, N_("How often this is repeated depends on the inputs."))
            spend("work", 20)
            if self._left(line.body):
                return

    def _left(self, body: list[ast.stmt]) -> bool:
        """Whether a loop is left by this pass."""
        try:
            self.run(body)
        except Leave as leave:
            return leave.ends
        return False

    def do_break(self, _line: ast.Break) -> None:
        raise Leave(ends=True)

    def do_continue(self, _line: ast.Continue) -> None:
        raise Leave(ends=False)

    def on_listcomp(self, tree: ast.ListComp | ast.GeneratorExp) -> list[Value]:
        found: list[Value] = []
        self.scopes.append({})
        try:
            self._comprehended(tree, tree.generators, found)
        finally:
            self.scopes.pop()
        return found

    on_generatorexp = on_listcomp

    def _comprehended(
        self, tree: ast.ListComp | ast.GeneratorExp, loops: list[ast.comprehension], found: list[Value]
    ) -> None:
        if not loops:
            found.append(self.value(tree.elt))
            return
        for item in self.several(self.value(loops[0].iter), tree):
            self.bind(loops[0].target, item, ast.Pass())
            tests = [self.truth(self.value(test)) for test in loops[0].ifs]
            if None in tests:
                self.refuse(tree)
            if all(tests):
                self._comprehended(tree, loops[1:], found)

    def passed(self, line: ast.stmt) -> bool:
        """Whether a statement computes nothing that is differentiated."""
        raise NotImplementedError

    def bind(self, target: ast.expr, value: Value, line: ast.stmt) -> None:
        """Give a name, several, or a part of something its value."""
        raise NotImplementedError


def _wanted(test: ast.expr) -> bool:
    """ctx.needs_input_grad[0], which is asked for here."""
    return any(isinstance(n, ast.Attribute) and n.attr == "needs_input_grad" for n in ast.walk(test))
