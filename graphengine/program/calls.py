"""A name and its arguments in brackets: an operator, a function of the program, an array, a derivative."""

from __future__ import annotations

import re

from lark import Token

from ..graph.symbols import Symbol
from ..messages import N_
from ..ops import ELSEWHERE, NAMES, Op, misfit
from ..ops.abstract import abstract
from . import complaints, lookalikes, parameters
from .literals import LITERALS, literal
from .parameters import Constant, Pair
from .state import CONSTANTS, State
from .trees import Branch, bare, name_of, parts, sides, span

_COMMA = re.compile(r"(?<![\w.])\d+,\d+(?![\w.])")
FOLDED = ("max", "min")
"""Operators of two that are written with more: max(a, b, c) is max(max(a, b), c)."""


def meanings(name: str) -> tuple[Op, ...]:
    """The operators that a name means in a program: by its own name first, then as others call it."""
    return NAMES.get(name) or ((ELSEWHERE[name],) if name in ELSEWHERE and len(name) > 1 else ())


class Calls(State):
    """Reads name(…)."""

    constant: Constant

    def on_call(self, tree: Branch, token: Token, *arguments: Branch | None) -> Symbol:
        name = name_of(tree)
        pairs = [sides(argument) for argument in arguments if argument is not None]
        present = [value for value, option in pairs if option is None]
        quoted = [value for value in present if value.data == "quoted"]
        plain = [value for value in present if value.data != "quoted"]
        options = [(key, value) for key, value in pairs if value is not None]
        if name in self.functions:
            return self.call_user(tree, name, [self.expression(value) for value in present], options)
        if name in self.abstract and not (options or quoted):
            return self.unknown(tree, name, plain)
        if name in LITERALS and not options and not quoted:
            return self.literal(tree, name, plain)
        if name == "len" and len(plain) == len(pairs) == 1:
            return self.length_of(tree, plain[0])
        ops = meanings(name)
        variables = {*self.current, *self.inputs, *self.given, *CONSTANTS, *(self.locals or {})}
        # What others call a function may be a name of one's own, as gamma is.
        if not ops or name in (variables if name not in NAMES else self.locals or {}):
            raise complaints.unknown_function(
                self.text, name, span(token), span(tree), variables, self.functions
            )
        if len(plain) > 2 and name in FOLDED and not options:
            return self.folded(tree, name, plain)
        if quoted and not any(parameters.texts(op) for op in ops):
            self.fail(complaints.QUOTED, quoted[0])
        plain, options = parameters.by_name(ops, plain, options)
        plain, more = parameters.positional(ops, plain, quoted)
        op = next((op for op in ops if op.takes(len(plain))), None)
        if op is not None and op.name in ("sum", "mean"):
            self.summed.add(id(bare(plain[0])))
        args = [self.expression(value) for value in plain]
        if op is None:
            comma = lookalikes.decimal_comma(self.text, span(tree))
            if comma is not None:
                raise comma
            self.fail(misfit(name, [len(op.arguments) for op in ops], len(args)), tree)
        given = parameters.options([*more, *options], op, self.constant, self.fail)
        return self.record(op.name, args, tree, given)

    def unknown(self, tree: Branch, name: str, plain: list[Branch], order: int = 0) -> Symbol:
        """A function of which no more than the name is known, or a derivative of it."""
        args = [self.expression(value) for value in plain]
        if not args:
            self.fail(misfit(name, [1], 0), tree)
        self.check_room(tree)
        op = abstract(name, (order,) + (0,) * (len(args) - 1))
        return self.checked(lambda: self.tape.apply(op, args, {}, span(tree)), tree)

    def literal(self, tree: Branch, name: str, arguments: list[Branch]) -> Symbol:
        """zeros(2, 3), or zeros((2, 3))."""
        if len(arguments) == 1 and arguments[0].data == "tuple":
            arguments = parts(arguments[0])
        message = N_("The sizes of an array are numbers.")
        sizes = [self.constant(size, message) for size in arguments]
        key = f"{self.naming}:{len(self.tape.nodes)}" if self.names or self.inputs else self.naming
        return self.tape.literal(self.checked(lambda: literal(name, sizes, key), tree), span=span(tree))

    def length_of(self, tree: Branch, argument: Branch) -> Symbol:
        """len(x), which is known from the shape."""
        symbol = self.expression(argument)
        if not symbol.ndim:
            self.fail(N_("A number has no length and no elements."), argument)
        return self.tape.literal(symbol.shape[0], span=span(tree))

    def folded(self, tree: Branch, name: str, arguments: list[Branch]) -> Symbol:
        text = self.source(tree)
        comma = _COMMA.search(text)
        if comma is not None:  # nobody takes the maximum of two numbers that are written out
            place = (span(tree)[0] + comma.start(), span(tree)[0] + comma.end())
            number, several = comma[0].replace(",", "."), comma[0].replace(",", ", ")
            self.ask(
                N_("{text} means two things.", text=comma[0]),
                tree,
                {
                    self.replaced(place, number): N_("A decimal number, {meaning}", meaning=number),
                    self.replaced(place, several): N_("Two numbers, {meaning}", meaning=several),
                },
            )
        first, *rest = (self.expression(argument) for argument in arguments)
        for each in rest:
            first = self.record(name, [first, each], tree)
        return first

    def call_user(self, tree: Branch, name: str, args: list[Symbol], options: list[Pair]) -> Symbol:
        parameters, body = self.functions[name]
        if name in self.calling:
            self.fail(N_("{name} calls itself, which would never end.", name=name), tree)
        if options or len(args) != len(parameters):
            self.fail(misfit(name, [len(parameters)], len(args) + len(options)), tree)
        outer, self.locals = self.locals, dict(zip(parameters, args, strict=True))
        self.calling.append(name)
        try:
            with self.tape.within("call", name, span(tree)):
                return self.expression(body)
        finally:
            self.calling.pop()
            self.locals = outer
