"""Text becomes a Graph, and nothing that a user typed is ever executed.

`lark` reads the text by the grammar in `language.lark`, with positions; a walk over the tree records
each operation on a Tape. What was typed is what is drawn: nothing is simplified, and shared only on request.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from lark import Lark, Token, Tree

from ..errors import GraphError, NameProblem, ProgramError
from ..graph import Graph, Shape, sharing
from ..graph.evaluation import ignored
from ..graph.recording import free_name
from ..graph.symbols import Symbol
from ..limits import bounded
from ..messages import N_
from ..ops import NAMES
from ..values import Array, array
from . import complaints, python
from .defaults import default, with_defaults
from .reader import Reader
from .shapes import fitting
from .state import CONSTANTS, marks
from .trees import Branch, arguments, check_length, from_the_top, joined, name_of, parts, sides, span

_LARK = Lark(
    (Path(__file__).parent / "language.lark").read_text("utf-8"),
    parser="lalr",
    propagate_positions=True,
    maybe_placeholders=True,
)
_UPDATES = {"+=": "add", "-=": "sub", "*=": "mul", "/=": "div", "@=": "matmul", "**=": "pow"}


@bounded
def parse(
    program: str,
    inputs: Mapping[str, object] | str | None = None,
    *,
    share: bool = False,
    aliases: bool = False,
) -> Graph:
    """The Graph of `program`, with values from `inputs` (a mapping, or text such as "x = 2; w = -1").

    With `share`, equal sub-expressions are one node; with `aliases`, a second name (w0 = x) is one as well.
    Raises GraphError: ProgramError, NameProblem, ShapeError, ValueProblem or LimitError, with the place.
    """
    given = values_of(inputs)
    try:
        graph = _graph(program, given, aliases)
    except GraphError as error:
        raise python.instead(error, program, partial(shape_of, given), given) from None
    graph = with_defaults(graph)
    return sharing.share(graph) if share else graph


def shape_of(given: Mapping[str, Array], program: str) -> Shape:
    """The shape of what a program computes last, for inputs that are `given`."""
    graph = _graph(program, given)
    return graph.nodes[[*graph.outputs.values()][-1]].shape


def _graph(program: str, given: Mapping[str, Array], aliases: bool = False) -> Graph:
    """The Graph of `program` with the values `given`, and shapes that fit for other inputs."""
    tree = _tree(program)

    def read(shapes: Mapping[str, Shape]) -> Graph:
        reader = _Program(program, given, shapes=shapes)
        reader.aliases = aliases
        return reader.graph(tree)

    return fitting(read, tree, _free_names(tree, given), [np.shape(value) for value in given.values()])


def _free_names(tree: Branch, given: Mapping[str, Array]) -> list[str]:
    """The names in a program that are neither assigned nor given, in their order."""
    assigned: set[str] = set()
    names: dict[str, None] = {}
    for left, right in map(sides, parts(tree)):
        read = dict.fromkeys(_names(left if right is None else right))
        names |= {name: None for name in read if name not in assigned}
        if right is not None:
            assigned.add(name_of(left))
    return [name for name in names if name not in {*given, *NAMES, *CONSTANTS}]


def _names(tree: Branch) -> Iterator[str]:
    return (name_of(branch) for branch in from_the_top(tree) if branch.data == "name")


def parse_values(text: str) -> dict[str, Array]:
    """Values written in the language, "x = 2; w = -pi/2; v = [1, 2]", as a mapping of arrays.

    Raises GraphError with the place: ProgramError for what is no assignment of a number, NameProblem for a
    name that is given twice, ShapeError, ValueProblem for what is not finite, LimitError.

    >>> parse_values("x = 2; w = -1/4")
    {'x': np.float64(2.0), 'w': np.float64(-0.25)}
    """
    return {
        name: reader.constant(source, N_("The value of {name} must be a number.", name=name))
        for name, source, reader in _assignments(text)
    }


def value_graphs(text: str) -> dict[str, Graph]:
    """The same values before they become floats: what was written, as graphs with the output "value".

    Raises ProgramError, NameProblem, ShapeError or LimitError as `parse_values` does.
    """
    return {
        name: reader.tape.graph({"value": reader.expression(source)})
        for name, source, reader in _assignments(text)
    }


def _assignments(text: str) -> Iterator[tuple[str, Branch, Reader]]:
    """The names in values written in the language, what each is given, and somebody to read that."""
    names: set[str] = set()
    for statement in parts(_tree(text)) if text.strip(" ;\n\t") else ():
        target, source = sides(statement)
        if source is None or target.data != "name":
            raise ProgramError(
                N_("Values are written as name = number."),
                hint=N_("For example: x = 2; w = -0.5"),
                span=span(statement),
                text=text,
            )
        name = name_of(target)
        if name in names:
            raise NameProblem(N_("{name} is given twice.", name=name), span=span(target), text=text)
        names.add(name)
        reader = Reader(text, {})
        reader.naming = name
        yield name, source, reader


def values_of(inputs: Mapping[str, object] | str | None) -> dict[str, Array]:
    """Values of inputs as `parse` takes them, as arrays by their names."""
    return parse_values(inputs) if isinstance(inputs, str) else _arrays(inputs or {})


def _arrays(inputs: Mapping[str, object]) -> dict[str, Array]:
    found = {}
    for given, value in inputs.items():
        name = unicodedata.normalize("NFKC", str(given))
        if name in found:
            raise NameProblem(N_("{name} is given twice.", name=name))
        found[name] = array(value, name)
    return found


def _tree(text: str) -> Branch:
    check_length(text)
    tree = complaints.read(_LARK, text)
    tree.children = [_statement(child) for child in tree.children if isinstance(child, Tree)]
    if not tree.children:
        raise ProgramError(
            N_("The program is empty."), hint=N_("Type a formula, such as x*y + sin(x)."), text=text
        )
    return tree


def _statement(line: Branch) -> Branch:
    """`name op= expression` as name = name op (expression)."""
    if line.data != "updated":
        return line
    target, sign, source = cast(tuple[Branch, Token, Branch], line.children)
    grouped: Branch = Tree("group", [source], source.meta)
    return Tree("statement", [target, joined(_UPDATES[str(sign)], target, grouped)], line.meta)


class _Program(Reader):
    """Reads the statements of a program, and collects its outputs."""

    aliases = False
    """Whether a second name for a node is one of its own."""

    def graph(self, tree: Branch) -> Graph:
        """Run over all statements and collect the outputs."""
        statements = parts(tree)
        results: dict[str, Symbol] = {}
        for number, statement in enumerate(statements):
            target, source = sides(statement)
            if source is None and number < len(statements) - 1:
                self.fail(
                    N_("Only the last line may go without a name."),
                    target,
                    N_("Write a name and = before it."),
                )
            elif source is None:
                with self.tape.within("statement", "", span(target)):
                    symbol = self.expression(target)
                taken = {**self.names, **self.current, **self.inputs, **self.functions, **self.given}
                results[free_name(taken)] = symbol
            elif target.data == "call":
                self.define(target, source)
            else:
                self.assign(target, source)
        outputs = {**{name: self.names[name] for name in self.unused()}, **results}
        if not outputs:
            self.fail(
                N_("The program computes nothing."), tree, N_("Add a line with the formula to walk through.")
            )
        for name, symbol in results.items():
            self.christen(symbol, name)
        return self.tape.graph(
            outputs,
            text=self.text,
            values=self.values(),
            warnings=tuple(self.warnings),
            defaults=frozenset(name for name in self.inputs if name not in self.given),
        )

    def values(self) -> dict[str, Array]:
        """The inputs' values, given or by default; a value that no input takes is warned about."""
        for name in self.given:
            if name not in self.inputs:
                self.warnings.append(ignored(name))
        return {
            name: self.given[name] if name in self.given else default(name, symbol.shape)
            for name, symbol in self.inputs.items()
        }

    def assign(self, target: Branch, source: Branch) -> None:
        """`name = expression`."""
        if target.data != "name":
            self.fail(N_("Left of = stands a name."), target, N_("For example: z = x + 1, or f(t) = t**2."))
        name = self.new_name(target)
        later = name in self.current or (name in self.inputs and name in _names(source))
        label = self.naming = self.version(name) if later or name in _names(source) else name
        with self.tape.within("statement", label, span(source)):
            symbol = self.expression(source)
            node = symbol.node
            if self.aliases and node.kind != "literal" and node.name not in (None, label):
                symbol = self.record("same", [symbol], source)
        if label in self.inputs:
            self.fail(
                N_("{name} is used before it is assigned.", name=name),
                target,
                N_("Move this line up, or choose another name."),
                NameProblem,
            )
        self.names[label] = symbol
        self.current[name] = label
        self.christen(symbol, label)

    def version(self, name: str) -> str:
        """What a new version of a name is called: c′ is the second c."""
        taken = {*self.names, *self.inputs, *self.given}
        return next(name + mark for mark in marks() if name + mark not in taken)

    def unused(self) -> Iterator[str]:
        """The names that nothing uses: what a name meant before it was assigned again is none of them."""
        for label in self.names:
            if label in self.current.values():
                if label not in self.used:
                    yield label
            elif label not in self.used:
                self.note(N_("{name} is assigned again before it is used.", name=label))

    def define(self, target: Branch, source: Branch) -> None:
        """`f(a, b) = expression`."""
        name = self.new_name(target)
        parameters = []
        for argument in arguments(target):
            inner, default_value = sides(argument)
            if default_value is not None or inner.data != "name":
                self.fail(
                    N_("The parameters of a function are names."), argument, N_("For example: f(a, b) = a*b")
                )
            parameters.append(name_of(inner))
        if len(set(parameters)) < len(parameters):
            self.fail(N_("Two parameters have the same name."), target)
        self.functions[name] = (parameters, source)

    def new_name(self, target: Branch) -> str:
        name = name_of(target)
        twice = name in self.functions or name in self.abstract
        if twice or (name in self.current and target.data == "call"):
            self.fail(
                N_("{name} is assigned twice, once as a function.", name=name),
                target.children[0],
                N_("Choose another name."),
                NameProblem,
            )
        self.check_alphabet(name, target.children[0])
        return name

    def christen(self, symbol: Symbol, name: str) -> None:
        self.tape.christen(symbol, name)
