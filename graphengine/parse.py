"""Text becomes a Graph, and nothing that a user typed is ever executed.

`lark` reads the text by the grammar in `language.lark`, with positions; a walk over the tree records
each operation on a Tape. What was typed is what is drawn: nothing is simplified or shared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from lark import Lark, Token, Tree

from . import complaints
from .errors import GraphError, LimitError, NameProblem, ProgramError, Span
from .graph import Graph
from .limits import LIMITS
from .messages import N_, Message
from .ops import NAMES, OPS
from .recording import Symbol, Tape, free_name
from .sweeps import evaluate
from .values import array, default

_LARK = Lark(
    (Path(__file__).parent / "language.lark").read_text("utf-8"),
    parser="lalr", propagate_positions=True, maybe_placeholders=True,
)  # fmt: skip
_BINARY = {"add": "add", "sub": "sub", "mul": "mul", "div": "div", "implicit": "mul"}
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e}


def parse(program: str, inputs: Mapping[str, Any] | str | None = None) -> Graph:
    """The Graph of `program`, its inputs' values taken from `inputs` (a mapping, or text such as "x = 2; w = -1").

    Raises GraphError: ProgramError, NameProblem, ShapeError, ValueProblem or LimitError, with the place.
    """
    given = parse_values(inputs) if isinstance(inputs, str) else _arrays(inputs or {})
    reader = _Reader(program, given)
    return reader.graph(_tree(program))


def parse_values(text: str) -> dict[str, Any]:
    """Values written in the language, "x = 2; w = -pi/2; v = [1, 2]", as a mapping of arrays.

    >>> parse_values("x = 2; w = -1/4")
    {'x': np.float64(2.0), 'w': np.float64(-0.25)}
    """
    if not text.strip(" ;\n\t"):
        return {}
    values: dict[str, Any] = {}
    for statement in _tree(text).children:
        target, source = statement.children
        if source is None or target.data != "name":
            raise ProgramError(
                N_("Values are written as name = number."), hint=N_("For example: x = 2; w = -0.5"),
                span=_span(statement), text=text,
            )  # fmt: skip
        name = _name(target)
        if name in values:
            raise NameProblem(N_("{name} is given twice.", name=name), span=_span(target), text=text)
        reader = _Reader(text, {})
        values[name] = reader.constant(source, N_("The value of {name} must be a number.", name=name))
    return values


def _arrays(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {unicodedata.normalize("NFKC", str(name)): array(value, str(name)) for name, value in inputs.items()}


def _tree(text: str) -> Tree[Token]:
    if len(text) > LIMITS.characters:
        raise LimitError(
            N_("The text has {size} characters; the limit `characters` is {limit}.",
               size=len(text), limit=LIMITS.characters)
        )  # fmt: skip
    tree = complaints.read(_LARK, text)
    tree.children = [child for child in tree.children if child is not None]
    if not tree.children:
        raise ProgramError(N_("The program is empty."), hint=N_("Type a formula, such as x*y + sin(x)."), text=text)
    return tree


def _span(tree: Any) -> Span:
    if isinstance(tree, Token):
        return tree.start_pos or 0, tree.end_pos or 0
    return tree.meta.start_pos, tree.meta.end_pos


def _name(tree: Tree[Token]) -> str:
    return unicodedata.normalize("NFKC", str(tree.children[0]))


class _Reader:
    """Reads one program: what its names mean so far, and the Tape on which its operations are recorded."""

    def __init__(self, text: str, given: Mapping[str, Any]) -> None:
        self.text = text
        self.given = given
        self.tape = Tape()
        self.names: dict[str, Symbol] = {}
        self.inputs: dict[str, Symbol] = {}
        self.functions: dict[str, tuple[list[str], Any]] = {}
        self.locals: dict[str, Symbol] | None = None
        self.calling: list[str] = []
        self.used: set[str] = set()
        self.warnings: list[Message] = []
        self.depth = 0

    # ---- statements ----

    def graph(self, tree: Tree[Token]) -> Graph:
        """Run over all statements and collect the outputs."""
        statements = tree.children
        results: dict[str, Symbol] = {}
        for number, statement in enumerate(statements):
            target, source = statement.children  # type: ignore[union-attr]
            if source is None and number < len(statements) - 1:
                self.fail(N_("Only the last line may go without a name."), target,
                          N_("Write a name and = before it."))  # fmt: skip
            elif source is None:
                symbol = self.expression(target)
                results[free_name({**self.names, **self.inputs, **self.functions, **self.given})] = symbol
            elif target.data == "call":
                self.define(target, source)
            else:
                self.assign(target, source)
        outputs = {**{name: s for name, s in self.names.items() if name not in self.used}, **results}
        if not outputs:
            self.fail(N_("The program computes nothing."), tree, N_("Add a line with the formula to walk through."))
        for name, symbol in results.items():
            self.christen(symbol, name)
        return self.tape.graph(
            outputs, text=self.text, values=self.values(), warnings=tuple(self.warnings),
            defaults=frozenset(name for name in self.inputs if name not in self.given),
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The inputs' values, given or by default; a value that no input takes is warned about."""
        for name in self.given:
            if name not in self.inputs:
                self.warnings.append(N_("The program has no input {name}; its value is ignored.", name=name))
        return {
            name: self.given[name] if name in self.given else default(name, symbol.shape)
            for name, symbol in self.inputs.items()
        }

    def assign(self, target: Tree[Token], source: Tree[Token]) -> None:
        """`name = expression`."""
        if target.data != "name":
            self.fail(N_("Left of = stands a name."), target, N_("For example: z = x + 1, or f(t) = t**2."))
        name = self.new_name(target)
        symbol = self.expression(source)
        if name in self.inputs:
            self.fail(N_("{name} is used before it is assigned.", name=name), target,
                      N_("Move this line up, or choose another name."))  # fmt: skip
        self.names[name] = symbol
        self.christen(symbol, name)

    def define(self, target: Tree[Token], source: Tree[Token]) -> None:
        """`f(a, b) = expression`."""
        name = self.new_name(target)
        parameters = []
        for argument in target.children[1:]:
            if argument is None:
                continue
            inner, default_value = argument.children  # type: ignore[union-attr]
            if default_value is not None or inner.data != "name":
                self.fail(N_("The parameters of a function are names."), argument,
                          N_("For example: f(a, b) = a*b"))  # fmt: skip
            parameters.append(_name(inner))
        if len(set(parameters)) < len(parameters):
            self.fail(N_("Two parameters have the same name."), target)
        self.functions[name] = (parameters, source)

    def new_name(self, target: Tree[Token]) -> str:
        name = _name(target)
        if name in self.names or name in self.functions:
            self.fail(N_("{name} is assigned twice.", name=name), target.children[0],
                      N_("Every name is assigned once: choose another name."))  # fmt: skip
        if name in NAMES and len(name) > 1:
            self.fail(N_("{name} is the name of an operator.", name=name), target.children[0],
                      N_("Choose another name."))  # fmt: skip
        return name

    def christen(self, symbol: Symbol, name: str) -> None:
        draft = self.tape.drafts[symbol.index]
        draft.name = draft.name or name

    # ---- expressions ----

    def expression(self, tree: Any) -> Symbol:
        """The Symbol of an expression; a long sum or product is walked without recursion."""
        spine = []
        while tree.data in _BINARY:
            spine.append(tree)
            tree = tree.children[0]
        symbol = self.operand(tree)
        for node in reversed(spine):
            left, right = node.children
            if node.data == "implicit":
                self.check_implicit(left, right)
            symbol = self.record(_BINARY[node.data], [symbol, self.expression(right)], node)
        return symbol

    def operand(self, tree: Any) -> Symbol:
        self.depth += 1
        if self.depth > LIMITS.depth:
            message = N_("Brackets are nested more deeply than the limit `depth`, {limit}.", limit=LIMITS.depth)
            raise LimitError(message, span=_span(tree), text=self.text)
        try:
            return getattr(self, "on_" + tree.data)(tree, *tree.children)  # type: ignore[no-any-return]
        finally:
            self.depth -= 1

    def on_number(self, tree: Any, token: Token) -> Symbol:
        value = float(token)
        if not np.isfinite(value):
            self.fail(N_("This number is too large."), tree)
        return self.tape.literal(value, span=_span(tree))

    def on_neg(self, tree: Any, inner: Any) -> Symbol:
        if inner.data == "number":
            return self.tape.literal(-float(inner.children[0]), span=_span(tree))
        return self.record("neg", [self.expression(inner)], tree)

    def on_plus(self, tree: Any, inner: Any) -> Symbol:
        return self.expression(inner)

    on_group = on_plus

    def on_pow(self, tree: Any, base: Any, exponent: Any) -> Symbol:
        symbols = [self.expression(base), self.expression(exponent)]
        draft = self.tape.drafts[symbols[1].index]
        if draft.kind == "literal" and np.any(np.abs(draft.value) > LIMITS.exponent):
            message = N_("An exponent may not exceed the limit `exponent`, {limit}.", limit=LIMITS.exponent)
            raise LimitError(message, span=_span(exponent), text=self.text)
        return self.record("pow", symbols, tree)

    def on_superscript(self, tree: Any, base: Any, token: Token) -> Symbol:
        exponent = int(str(token).translate(_SUPERSCRIPTS)[:5])
        return self.record("pow", [self.expression(base), self.tape.literal(exponent, span=_span(token))], tree)

    def on_root(self, tree: Any, token: Token, inner: Any) -> Symbol:
        return self.record("sqrt" if token == "√" else "cbrt", [self.expression(inner)], tree)

    def on_array(self, tree: Any, *items: Any) -> Symbol:
        message = N_("An array in brackets holds numbers.")
        rows = [self.constant(item, message) for item in items if item is not None]
        return self.tape.literal(self.checked(lambda: array(rows), tree), span=_span(tree))

    def on_name(self, tree: Any, token: Token) -> Symbol:
        name = _name(tree)
        if self.locals is not None and name in self.locals:
            return self.locals[name]
        if name in self.names:
            self.used.add(name)
            return self.names[name]
        if name in self.inputs:
            return self.inputs[name]
        if name in CONSTANTS and name not in self.given:
            return self.tape.literal(CONSTANTS[name], "π" if name == "pi" else name, _span(tree))
        if name in self.functions or (name in NAMES and len(name) > 1 and name not in self.given):
            self.fail(N_("{name} is a function.", name=name), tree, N_("Write {name}(…).", name=name))
        shape = np.shape(self.given[name]) if name in self.given else ()
        self.inputs[name] = self.tape.input(name, shape)
        return self.inputs[name]

    def on_call(self, tree: Any, token: Token, *arguments: Any) -> Symbol:
        name = _name(tree)
        present = [argument.children for argument in arguments if argument is not None]
        args = [self.expression(value) for value, keyword_value in present if keyword_value is None]
        options = [pair for pair in present if pair[1] is not None]
        if name in self.functions:
            return self.call_user(tree, name, args, options)
        if name not in NAMES:
            variables = {*self.names, *self.inputs, *self.given, *CONSTANTS, *(self.locals or {})}
            raise complaints.unknown_function(self.text, name, _span(token), _span(tree), variables, self.functions)
        forms = [op for op in NAMES[name] if len(op.arguments) == len(args)]
        if not forms:
            counts = " / ".join(str(len(op.arguments)) for op in NAMES[name])
            self.fail(N_("{name} takes {counts} arguments, not {given}.", name=name, counts=counts,
                         given=len(args)), tree)  # fmt: skip
        return self.record(forms[0].name, args, tree, {_name(key): self.option(value) for key, value in options})

    def call_user(self, tree: Any, name: str, args: list[Symbol], options: list[Any]) -> Symbol:
        parameters, body = self.functions[name]
        if name in self.calling:
            self.fail(N_("{name} calls itself, which would never end.", name=name), tree)
        if options or len(args) != len(parameters):
            self.fail(N_("{name} takes {counts} arguments, not {given}.", name=name, counts=len(parameters),
                         given=len(args) + len(options)), tree)  # fmt: skip
        outer, self.locals = self.locals, dict(zip(parameters, args, strict=True))
        self.calling.append(name)
        try:
            return self.expression(body)
        finally:
            self.calling.pop()
            self.locals = outer

    def option(self, tree: Any) -> Any:
        if tree.data == "name" and _name(tree) in ("True", "False"):
            return _name(tree) == "True"
        value = self.constant(tree, N_("An option is a whole number, True or False."))
        if np.ndim(value) or value != int(value):
            self.fail(N_("An option is a whole number, True or False."), tree)
        return int(value)

    def constant(self, tree: Any, message: Message) -> Any:
        """The value of an expression without inputs."""
        reader = _Reader(self.text, {})
        symbol = reader.expression(tree)
        if reader.inputs:
            self.fail(message, tree)
        value = evaluate(reader.tape.graph({"value": symbol}))["value"]
        return self.checked(lambda: array(value), tree)

    # ---- recording, with the place of what goes wrong ----

    def record(self, op: str, args: list[Symbol], tree: Any, params: Mapping[str, Any] | None = None) -> Symbol:
        if len(self.tape.drafts) >= LIMITS.nodes:
            message = N_("The graph has more nodes than the limit `nodes`, {limit}.", limit=LIMITS.nodes)
            raise LimitError(message, span=_span(tree), text=self.text)
        return self.checked(lambda: self.tape.apply(OPS[op], args, params or {}, _span(tree)), tree)  # type: ignore[no-any-return]

    def checked(self, work: Any, tree: Any) -> Any:
        try:
            return work()
        except GraphError as error:
            raise error.at(_span(tree), self.text) from None

    def check_implicit(self, left: Any, right: Any) -> None:
        """Two numbers side by side are a slip; 1/2x is read as (1/2)·x, and said so."""
        if right.data == "number" or (right.data == "pow" and right.children[0].data == "number"):
            self.fail(N_("A sign is missing between two factors."), right, N_("Write * before this number."))
        if left.data == "div":
            division, factor = self.text[slice(*_span(left))], self.text[slice(*_span(right))]
            self.warnings.append(
                N_("{division}{factor} is read as ({division})·{factor}; write brackets if you mean something else.",
                   division=division, factor=factor)
            )  # fmt: skip

    def fail(self, message: Message, tree: Any, hint: Message | None = None) -> None:
        kind = NameProblem if "name" in message.values else ProgramError
        raise kind(message, hint=hint, span=_span(tree), text=self.text)
