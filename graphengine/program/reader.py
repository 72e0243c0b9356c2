"""A walk over the tree of a program: what each name means, and every operation recorded on a Tape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar

import numpy as np
from lark import Token

from ..errors import GraphError, LimitError, NameProblem, ProgramError
from ..graph import Shape
from ..graph.evaluation import evaluate
from ..graph.recording import Tape
from ..graph.symbols import Symbol
from ..limits import limits, spend
from ..messages import N_, Message
from ..ops import NAMES, OPS, misfit
from ..values import Array, array
from . import complaints, lookalikes, parameters
from .literals import LITERALS, complex_number, literal, number
from .parameters import Given, Pair
from .trees import Branch, name_of, parts, sides, span

CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e}

_BINARY = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "div": "div",
    "implicit": "mul",
    "matmul": "matmul",
    "kron": "kron",
}
T = TypeVar("T")

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Reader:
    """Reads expressions: what the names mean so far, and the Tape on which the operations are recorded.

    Each method raises GraphError with the place in the text: ProgramError for what the language does not
    have, NameProblem, ShapeError and ValueProblem for what does not fit, LimitError for too much.
    """

    def __init__(
        self, text: str, given: Mapping[str, Array], depth: int = 0, shapes: Mapping[str, Shape] | None = None
    ) -> None:
        self.text = text
        self.given = given
        self.shapes = shapes or {}  # of inputs that were not given
        self.tape = Tape()
        self.names: dict[str, Symbol] = {}
        self.inputs: dict[str, Symbol] = {}
        self.functions: dict[str, tuple[list[str], Branch]] = {}
        self.locals: dict[str, Symbol] | None = None
        self.calling: list[str] = []
        self.used: set[str] = set()
        self.warnings: list[Message] = []
        self.depth = depth
        self.naming = "y"  # what random numbers are drawn for

    # ---- expressions ----

    def expression(self, tree: Branch) -> Symbol:
        """The Symbol of an expression; a long sum or product is walked without recursion."""
        spine = []
        while tree.data in _BINARY:
            spine.append(tree)
            tree = parts(tree)[0]
        symbol = self.operand(tree)
        for node in reversed(spine):
            left, right = parts(node)
            if node.data == "implicit":
                self.check_implicit(left, right)
            if (found := complex_number(node)) is not None:
                symbol = self.tape.literal(found, span=span(node))
                continue
            symbol = self.record(_BINARY[node.data], [symbol, self.expression(right)], node)
        return symbol

    def operand(self, tree: Branch) -> Symbol:
        self.depth += 1
        spend("work")
        if self.depth > limits().depth:
            message = N_(
                "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
            )
            raise LimitError(message, span=span(tree), text=self.text)
        try:
            return getattr(self, "on_" + tree.data)(tree, *tree.children)  # type: ignore[no-any-return]
        finally:
            self.depth -= 1

    def on_number(self, tree: Branch, token: Token) -> Symbol:
        value = float(token)
        if not np.isfinite(value):
            self.fail(N_("This number is too large."), tree)
        return self.tape.literal(value, span=span(tree))

    def on_imaginary(self, tree: Branch, token: Token) -> Symbol:
        value = complex(token)
        if not np.isfinite(value):
            self.fail(N_("This number is too large."), tree)
        return self.tape.literal(value, span=span(tree))

    def on_neg(self, tree: Branch, inner: Branch) -> Symbol:
        if (found := number(tree)) is not None:
            return self.tape.literal(found, span=span(tree))
        return self.record("neg", [self.expression(inner)], tree)

    def on_plus(self, tree: Branch, inner: Branch) -> Symbol:
        return self.expression(inner)

    on_group = on_plus

    def on_pow(self, tree: Branch, base: Branch, exponent: Branch) -> Symbol:
        symbols = [self.expression(base), self.expression(exponent)]
        power = symbols[1].node
        if power.value is not None and np.any(np.abs(power.value) > limits().exponent):
            message = N_("An exponent may not exceed the limit `exponent`, {limit}.", limit=limits().exponent)
            raise LimitError(message, span=span(exponent), text=self.text)
        return self.record("pow", symbols, tree)

    def on_superscript(self, tree: Branch, base: Branch, token: Token) -> Symbol:
        exponent = int(str(token).translate(_SUPERSCRIPTS)[:5])
        return self.record(
            "pow", [self.expression(base), self.tape.literal(exponent, span=span(token))], tree
        )

    def on_root(self, tree: Branch, token: Token, inner: Branch) -> Symbol:
        return self.record("sqrt" if token == "√" else "cbrt", [self.expression(inner)], tree)

    def on_transposed(self, tree: Branch, inner: Branch, token: Token) -> Symbol:
        symbol = self.expression(inner)
        # As in NumPy, the transpose of a vector or number is itself.
        return symbol if symbol.ndim < 2 else self.record("transpose", [symbol], tree)

    def on_conjugated(self, tree: Branch, inner: Branch, token: Token) -> Symbol:
        symbol = self.expression(inner)
        return self.record("conj" if symbol.ndim < 2 else "hermitian", [symbol], tree)

    def on_indexed(self, tree: Branch, inner: Branch, *places: Branch | None) -> Symbol:
        index = tuple(
            parameters.index(place, self.constant, self.fail) for place in places if place is not None
        )
        return self.record("index", [self.expression(inner)], tree, {"index": index})

    def on_tuple(self, tree: Branch, *_parts: Branch | None) -> NoReturn:
        raise parameters.misplaced(self.text, span(tree))

    def on_array(self, tree: Branch, *items: Branch | None) -> Symbol:
        """An array of numbers is a literal; one of anything else, a stack of it."""
        found = [item for item in items if item is not None]
        if {name_of(name) for name in tree.find_data("name")} - (CONSTANTS.keys() - self.given.keys()):
            return self.record("stack", [self.expression(item) for item in found], tree)
        message = N_("An array in brackets holds numbers.")
        rows = [self.constant(item, message) for item in found]
        return self.tape.literal(self.checked(lambda: array(rows), tree), span=span(tree))

    def on_name(self, tree: Branch, token: Token) -> Symbol:
        name = name_of(tree)
        if self.locals is not None and name in self.locals:
            return self.locals[name]
        if name in self.names:
            self.used.add(name)
            return self.names[name]
        if name in self.inputs:
            return self.inputs[name]
        if name in CONSTANTS and name not in self.given:
            return self.tape.literal(CONSTANTS[name], "π" if name == "pi" else name, span(tree))
        if name in self.functions or (name in NAMES and len(name) > 1 and name not in self.given):
            self.fail(
                N_("{name} is a function.", name=name), tree, N_("Write {name}(…).", name=name), NameProblem
            )
        self.check_alphabet(name, tree)
        shape = np.shape(self.given[name]) if name in self.given else self.shapes.get(name, ())
        kind = np.iscomplexobj(self.given.get(name, 0.0))
        self.inputs[name] = self.tape.input(name, shape, span(tree), kind)
        return self.inputs[name]

    def check_alphabet(self, name: str, tree: Branch | Token) -> None:
        """A new name that only looks Latin is a slip, unless a value was given for just this spelling."""
        known = {*self.names, *self.inputs, *self.functions, *self.given, *CONSTANTS, *NAMES}
        slip = lookalikes.cyrillic(self.text, name, span(tree), known)
        if slip is not None and name not in self.given:
            raise slip

    def on_call(self, tree: Branch, token: Token, *arguments: Branch | None) -> Symbol:
        name = name_of(tree)
        present = [sides(argument) for argument in arguments if argument is not None]
        options = [(key, value) for key, value in present if value is not None]
        args = []
        if name not in LITERALS or name in self.functions:
            plain = [value for value, keyword_value in present if keyword_value is None]
            if name not in self.functions:
                plain, shape = parameters.without_shape(name, plain)
                options += shape
            args = [self.expression(value) for value in plain]
        if name in self.functions:
            return self.call_user(tree, name, args, options)
        if name in LITERALS and not options:
            message = N_("The sizes of an array are numbers.")
            sizes = [self.constant(value, message) for value, _ in present]
            key = f"{self.naming}:{len(self.tape.nodes)}" if self.names or self.inputs else self.naming
            return self.tape.literal(self.checked(lambda: literal(name, sizes, key), tree), span=span(tree))
        if name not in NAMES:
            variables = {*self.names, *self.inputs, *self.given, *CONSTANTS, *(self.locals or {})}
            raise complaints.unknown_function(
                self.text, name, span(token), span(tree), variables, self.functions
            )
        forms = [op for op in NAMES[name] if op.takes(len(args))]
        if not forms:
            comma = lookalikes.decimal_comma(self.text, span(tree))
            if comma is not None:
                raise comma
            self.fail(misfit(name, [len(op.arguments) for op in NAMES[name]], len(args)), tree)
        return self.record(forms[0].name, args, tree, parameters.options(options, self.constant, self.fail))

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

    def constant(self, tree: Branch, message: Message) -> Array:
        """The value of an expression without inputs.

        Raises ProgramError with `message` where it has inputs, ValueProblem where it is not finite.
        """
        reader = Reader(self.text, {}, self.depth)
        reader.naming = self.naming
        symbol = reader.expression(tree)
        if reader.inputs:
            self.fail(message, tree)
        value = evaluate(reader.tape.graph({"value": symbol}))["value"]
        return self.checked(lambda: array(value), tree)

    # ---- recording, with the place of what goes wrong ----

    def record(
        self,
        op: str,
        args: list[Symbol],
        tree: Branch,
        params: Mapping[str, Given] | None = None,
    ) -> Symbol:
        if len(self.tape.nodes) >= limits().nodes:
            message = N_("The graph has more nodes than the limit `nodes`, {limit}.", limit=limits().nodes)
            raise LimitError(message, span=span(tree), text=self.text)
        return self.checked(lambda: self.tape.apply(OPS[op], args, params or {}, span(tree)), tree)

    def checked(self, work: Callable[[], T], tree: Branch) -> T:
        try:
            return work()
        except GraphError as error:
            raise error.at(span(tree), self.text) from None

    def check_implicit(self, left: Branch, right: Branch) -> None:
        """Two numbers side by side are a slip; 1/2x is read as (1/2)·x, and said so."""
        if right.data == "number" or (right.data == "pow" and parts(right)[0].data == "number"):
            self.fail(N_("A sign is missing between two factors."), right, N_("Write * before this number."))
        if left.data == "div":
            division, factor = self.text[slice(*span(left))], self.text[slice(*span(right))]
            self.warnings.append(
                N_(
                    "{division}{factor} is read as ({division})·{factor}; use brackets if you mean"
                    " otherwise.",
                    division=division,
                    factor=factor,
                )
            )

    def fail(
        self,
        message: Message,
        tree: Branch | Token,
        hint: Message | None = None,
        kind: type[GraphError] = ProgramError,
    ) -> NoReturn:
        """Raise an error of `kind` at the place of `tree`."""
        raise kind(message, hint=hint, span=span(tree), text=self.text)
