"""The tree of an expression -> the text of a program: sums, products, powers, functions and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...errors import GraphError, LimitError, ProgramError
from ...limits import limits, spend
from ...messages import N_
from ...ops import NAMES, misfit
from . import complaints
from .cases import Cases
from .indices import Indices
from .kinds import Kinds
from .matrices import Matrices
from .names import INVERSE, LOWERED, POSITIVE, Name
from .totals import Totals
from .trees import Bound, Tree
from .values import Level, Value, called, elementwise, joined, stretched, union

BASES = {"2": "log2", "10": "log10", "e": "ln"}
CONSTANTS = {"pi", "e"}


class Writer(Matrices, Totals, Cases):
    """Words one expression.

    Each method raises ProgramError or NameProblem, with the place, for what the language cannot say, and
    LimitError for brackets that are nested too deeply; Again or Fork where something is to be decided.
    """

    def __init__(self, text: str, kinds: Kinds, indices: Indices) -> None:
        super().__init__()
        self.text = text
        self.kinds = kinds
        self.indices = indices
        self.order: list[str] = []
        self.bounds: dict[str, Bound] = {}
        self.locals: Mapping[Name, Value] = {}
        self.functions: dict[Name, tuple[list[Name], Tree]] = {}
        self.calling: list[Name] = []
        self.wanted: set[Name] = set()
        self.depth = 0

    def write(self, tree: Tree) -> Value:
        """The text of any tree."""
        spend("work")
        self.depth += 1
        if 2 * self.depth > 3 * limits().depth:  # sums and products between the brackets count too
            message = N_(
                "Brackets are nested more deeply than the limit `depth`, {limit}.", limit=limits().depth
            )
            raise LimitError(message, text=self.text)
        try:
            return getattr(self, "on_" + tree.kind)(tree, *tree.parts)  # type: ignore[no-any-return]
        finally:
            self.depth -= 1

    # ---- sums and products ----

    def on_sum(self, tree: Tree, items: Sequence[tuple[str, Tree]]) -> Value:
        values = [(sign, self.write(item)) for sign, item in items]
        found = [value for _, value in values]
        if any(value.rank == 2 for value in found):
            self.check_identity(items)
        axes, rank = union(found, self.order), max(value.rank for value in found)
        text = ""
        for i, (sign, value) in enumerate(values):
            written = stretched(value, axes, rank, Level.PRODUCT if i else Level.SUM)
            text += f" {sign} {written}" if i else written
        return joined(found, text, Level.SUM, self.order)

    def check_identity(self, items: Sequence[tuple[str, Tree]]) -> None:
        """I beside matrices is no input that anybody thought of."""
        for _, item in items:
            last = item.parts[0][-1][1] if item.kind == "product" else item
            known = "I" in self.kinds.given or last.kind != "name"
            if not known and last.parts[0].base == "I" and not last.parts[0].subs:
                message = N_("I is the identity here, and how large it is is not known.")
                hint = N_("Give it as an input: I = eye(2).")
                raise ProgramError(message, hint=hint, span=last.span, text=self.text)

    def on_neg(self, tree: Tree, inner: Tree) -> Value:
        value = self.write(inner)
        return joined([value], "-" + value.within(Level.PRODUCT), Level.NEGATIVE, self.order)

    def on_product(self, tree: Tree, items: Sequence[tuple[str, Tree]]) -> Value:
        return self.product([(sign, self.write(item), item) for sign, item in items])

    def product(self, items: Sequence[tuple[str, Value, Tree]]) -> Value:
        """Factors from left to right; numbers go before the arrays that follow them."""
        _, found, before = items[0]
        numbers: Value | None = None
        for sign, value, tree in items[1:]:
            kind = self.pairing(sign, found, value, before, tree)
            if sign in ("", "cdot") and kind == "*" and found.scalar and not found.vague and not value.scalar:
                numbers = found if numbers is None else elementwise("*", [numbers, found], self.order)
                found = value
            else:
                if sign == "/" and numbers is not None:
                    found, numbers = elementwise("*", [numbers, found], self.order), None
                found = self.paired(kind, found, value)
            before = tree
        return found if numbers is None else elementwise("*", [numbers, found], self.order)

    def on_below(self, tree: Tree, items: Sequence[tuple[str, Tree]], asks: bool) -> Value:
        """All that stands after a /."""
        if asks and items[0][1].kind == "num":
            said = self.text[slice(*tree.span)]
            question = N_("Is all of {text} the denominator?", text=said)
            options = [(N_("all of it is below"), True), (N_("only the first factor is below"), False)]
            whole = self.kinds.choose(question, f"below{tree.span}", options, tree.span)
            if not whole:
                first = self.write(items[0][1])
                rest = self.product([(sign, self.write(item), item) for sign, item in items[1:]])
                return Value(
                    f"{first.within(Level.POWER)}*{rest.within(Level.POWER)}",
                    Level.ATOM,
                    rest.axes,
                    rest.rank,
                )
        else:
            self.kinds.note(N_("All the factors after / are read as its denominator; else use brackets."))
        return self.on_product(tree, items)

    def on_frac(self, tree: Tree, above: Tree, below: Tree) -> Value:
        return self.paired("/", self.write(above), self.write(below))

    def on_group(self, tree: Tree, inner: Tree) -> Value:
        return self.write(inner)

    # ---- powers and roots ----

    def on_pow(self, tree: Tree, base: Tree, exponent: Tree) -> Value:
        if base.kind == "name" and base.parts[0] == Name("e") and "e" not in self.kinds.given:
            return self.elementwise_call("exp", [self.write(exponent)])
        if base.kind == "norm":
            return self.norm(base, exponent)
        base_value = self.write(base)
        above = self.write(exponent)
        return self.matrix_power(tree, base_value, above) or self.power(base_value, above)

    def power(self, base: Value, exponent: Value, sign: str = "**") -> Value:
        plain = exponent.text.removeprefix("-")
        digits = plain.replace(".", "").isdigit()
        rank = max(base.rank, exponent.rank)
        axes = union([base, exponent], self.order)
        below = stretched(base, axes, rank, Level.ATOM)
        above = exponent.text if digits else stretched(exponent, axes, rank, Level.ATOM)
        return joined([base, exponent], f"{below}{sign}{above}", Level.POWER, self.order)

    def on_sqrt(self, tree: Tree, degree: Tree | None, inner: Tree) -> Value:
        found, root = self.write(inner), None if degree is None else self.write(degree)
        if root is None or root.text == "2":
            return self.elementwise_call("sqrt", [found])
        if root.text == "3":
            return self.elementwise_call("cbrt", [found])
        return self.power(found, Value(f"1/{root.within(Level.POWER)}", Level.PRODUCT))

    def on_factorial(self, tree: Tree, inner: Tree) -> Value:
        return self.elementwise_call("factorial", [self.write(inner)])

    # ---- functions ----

    def elementwise_call(self, name: str, values: Sequence[Value]) -> Value:
        return called(name, values, self.order)

    def on_call(
        self, tree: Tree, name: str, low: Tree | None, high: Tree | None, arguments: Sequence[Tree]
    ) -> Value:
        """A function with what stands below it (a base) and above it (a power, or −1 for the inverse)."""
        above = None if high is None else self.write(high)
        if above is not None and above.text == "-1" and name in INVERSE:
            self.kinds.note(
                N_(
                    "{function} to the power −1 is read as the inverse function, {inverse}.",
                    function=name,
                    inverse=INVERSE[name],
                )
            )
            name, above = INVERSE[name], None
        if low is not None and name in LOWERED:
            arguments, low = [*arguments, low], None
        if low is not None and name not in ("log", "lg", "ln"):
            message = N_("{name} has no base to stand below it.", name=name)
            raise ProgramError(message, span=self.head_span(tree), text=self.text)
        found = self.special(tree, name, arguments)
        if found is None:
            found = self.plain_call(tree, name, low, arguments)
        return found if above is None else self.power(found, above)

    def plain_call(self, tree: Tree, name: str, low: Tree | None, arguments: Sequence[Tree]) -> Value:
        values = [self.write(argument) for argument in arguments]
        if not any(op.takes(len(values)) for op in NAMES[name]) and not (
            name in ("max", "min") and len(values) > 1
        ):
            message = misfit(name, [len(op.arguments) for op in NAMES[name]], len(values))
            raise ProgramError(message, span=self.head_span(tree), text=self.text)
        below = None if low is None else self.write(low)
        found = self.elementwise_call(BASES.get(below.text, name) if below else name, values)
        if below is not None and below.text not in BASES:
            return elementwise(
                "/", [self.elementwise_call("ln", values), self.elementwise_call("ln", [below])], self.order
            )
        if name == "log" and below is None:
            self.kinds.note(N_("log is read as the natural logarithm, ln."))
        return found

    def head_span(self, tree: Tree) -> tuple[int, int]:
        """The place of a function's name alone."""
        start = tree.span[0]
        end = start + 1
        while end < len(self.text) and self.text[end].isalpha():
            end += 1
        return start, end

    def on_apply(self, tree: Tree, name: Name, arguments: Sequence[Tree]) -> Value:
        """A function that a line defines: called, or with arrays written out."""
        if name not in self.functions:
            raise complaints.function(self.text, name.span, self.text[slice(*name.span)])
        parameters, body = self.functions[name]
        if name in self.calling or len(parameters) != len(arguments):
            said = self.text[slice(*tree.span)]
            message = N_("{call} does not fit what the function is.", call=said)
            raise ProgramError(message, span=tree.span, text=self.text)
        values = [self.write(argument) for argument in arguments]
        outer, self.calling = self.locals, [*self.calling, name]
        try:
            if all(value.scalar for value in values):
                self.locals = {each: Value(self.kinds.spell(each)) for each in parameters}
                if self.write(body).scalar:
                    self.wanted.add(name)
                    return self.elementwise_call(self.kinds.spell(name), values)
            self.locals = dict(zip(parameters, values, strict=True))
            return self.write(body)
        finally:
            self.locals, self.calling = outer, self.calling[:-1]

    def on_unknown(
        self, tree: Tree, error: GraphError, name: Tree, factors: Sequence[Tree], plain: bool
    ) -> Value:
        """A name before a bracket is a factor where it was given a value, or stands elsewhere as one."""
        word: Name = name.parts[0]
        element = self.indices.element(word)
        given = any(spelling in self.kinds.given for spelling in word.spellings())
        given = given or (element is not None and not plain)
        if len(factors) != 1 or not (given or word in self.kinds.defined or word in self.kinds.factors):
            raise error
        return self.on_product(tree, (("", name), ("", factors[0])))

    # ---- leaves ----

    def on_num(self, tree: Tree, digits: str) -> Value:
        return Value(digits.removesuffix("."))

    def on_ones(self, tree: Tree) -> Value:
        return Value("1", rank=1, ones=True)

    def on_name(self, tree: Tree, name: Name) -> Value:
        if name in self.locals:
            return self.locals[name]
        if name.base == "infty":
            raise complaints.command(self.text, tree.span, "infty")
        if name.font == "up":
            raise complaints.derivative(self.text, tree.span)
        found = self.element(tree, name)
        if found is not None:
            return found
        if name.subs and name.subs[-1] == POSITIVE and self.is_positive_part(tree, name):
            inner = replace(name, subs=name.subs[:-1])
            return self.elementwise_call("relu", [self.write(Tree("name", (inner,), tree.span))])
        if name.primes:
            self.check_prime(tree, name)
        if name == Name("i") and "i" not in self.kinds.given and name not in self.kinds.defined:
            options = [(N_("the imaginary unit"), "1j"), (N_("an input of its own"), "i")]
            question = N_("What is i: the imaginary unit, or an input?")
            return Value(str(self.kinds.choose(question, "i", options, tree.span)))
        if name.base in CONSTANTS and name == Name(name.base) and name.base not in self.kinds.given:
            return Value(name.base)
        rank = self.kinds.rank(name)
        vague = frozenset({name}) if rank is None else frozenset[Name]()
        return Value(self.kinds.spell(name), rank=rank or 0, vague=vague)

    def is_positive_part(self, tree: Tree, name: Name) -> bool:
        """Whether x_+ is max(x, 0), or a name of its own: that is asked where nothing tells."""
        if name in self.kinds.defined or any(each in self.kinds.given for each in name.spellings()):
            return False
        options = [(N_("the positive part"), True), (N_("a name of its own"), False)]
        question = N_("{name}: a name of its own, or the positive part?", name=name.short())
        return bool(self.kinds.choose(question, f"positive {name.long()}", options, tree.span))

    def check_prime(self, tree: Tree, name: Name) -> None:
        """x' is a name of its own, where x is no function and no result."""
        plain = replace(name, primes=0)
        if plain in self.functions or plain in self.kinds.defined:
            raise complaints.derivative(self.text, tree.span)
        latex = self.text[slice(*tree.span)]
        self.kinds.note(N_("{latex} is read as the name {name}.", latex=latex, name=self.kinds.spell(name)))
