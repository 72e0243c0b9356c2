"""The record of one operator: everything that Chainwalk knows about it, in one place.

A rule is a small function in textbook letters, and its parameter names say what it reads: the
operator's own arguments (`a`, `b`, `x`), its result `y`, the incoming adjoint `g`, and its static
parameters (`axis`, `shape`). Called with arrays it returns numbers; called with Symbols
(`graphengine.graph.symbols`) it is recorded as a graph. There is no second formula anywhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import numpy as np

from ..errors import LimitError, ShapeError, ValueProblem
from ..limits import spend
from ..messages import N_, Message
from ..values import AXES, Array, Function, Operand, freeze
from .formula import is_analytic, sympy_of
from .parameters import Given, Params, settle
from .said import Field, Said, said
from .source import code_of

Rule = Function
Kind = Literal["elementwise", "linear", "differential", "composite"]
Want = Literal["", "label", "index"]
Shape = tuple[int, ...]
Inside: TypeAlias = Any
"""A Graph (`graphengine.graph`), which stands above, or None."""


SCALARS = 20_000
"""Numbers that an operator reads in a piece of work."""


@dataclass(frozen=True, eq=False)
class Op:
    """One operator: what it is, and in `said` how it is said.

    `kind` says which rule it states: "elementwise" one partial per argument; "linear" (linear in each
    argument) its transpose, one adjoint per argument; "differential" its tangent per argument, from which the
    adjoint follows (`graphengine.derivatives.calls`); "composite" what it consists of, in other operators. A
    rule of None means: no derivative exists, and asking for it raises `DerivativeError`; a rule that returns
    0.0 is a derivative that is zero. `alternative` is a differential in another form, which textbooks give
    beside it; it is printed, and tested equal, and nothing is computed by it.

    `evaluate` is its value; `code` the same as NumPy source, and `sympy` as SymPy's on numbers ("" where they
    have no formula). Both follow from it (`graphengine.ops.source`, `graphengine.ops.formula`) unless given;
    `matrix` is SymPy's of whole matrices, vectors as columns. `forms` tells from the arguments' shapes which
    operator is meant (A @ B, A @ x, x @ A, x @ y); that of a `variadic` one takes any number of arguments.
    `cost` is the number of scalar operations for one element of the result, if need be from the arguments'
    shapes and the parameters. `averages` says that it divides by how many there are.

    `kinks` vanishes where the operator is not smooth though the domain holds the point, and tells by its size
    how far away that is; `note` words the convention that is taken where there is no derivative. `doubt` says
    of numeric arguments why the result should not be trusted to its last digit; `stable` which form is safer,
    by the operator that made the argument.

    `complex` says whether rules and evaluation hold for complex numbers, or which operator takes the place of
    this one for them; `result` whether the result is "real" or "complex" whatever the arguments are.
    `analytic` says whether it has a complex derivative where it is defined, by itself or as its formula
    continues it. `wants` says which arguments are a "label" (class numbers, one-hot rows) or an "index".

    `aliases` are its other names in the language; `inverse` says by name of which function it is undone, for
    sin⁻¹ in formulas. `numpy` are the functions that mean it when they are called with a Symbol, if with no
    more than `numpy_rank` axes; `elsewhere` is what PyTorch and NumPy's methods call it besides.

    `specimens` are typical scalar arguments, `shapes` typical shapes where scalars make no sense, `options`
    typical parameters: the tests take theirs from there. A `helper` is for rules alone. Of one that is
    `unknown` no more than the name is known (`graphengine.ops.abstract`). `inside` is what a folded node
    stands for, a Graph (`graphengine.folds.operator`); None for every operator in `OPS`.
    """

    name: str
    arguments: tuple[str, ...]
    evaluate: Rule
    kind: Kind
    rules: tuple[Rule | None, ...]
    said: Said
    code: str = ""
    sympy: str = ""
    matrix: str = ""
    parameters: Params = field(default_factory=dict)
    shape: Callable[..., Shape] | None = None
    forms: Callable[..., Op] | None = None
    variadic: bool = False
    cost: int | Callable[..., int] = 1
    averages: bool = False
    domain: str = ""
    kinks: Rule | None = None
    note: Message | None = None
    doubt: Callable[..., Message | None] | None = None
    stable: Mapping[str, str] = field(default_factory=dict)
    alternative: Rule | None = None
    complex: bool | Op = False
    result: Literal["", "real", "complex"] = ""
    analytic: bool = False
    wants: tuple[Want, ...] = ()
    aliases: tuple[str, ...] = ()
    inverse: Mapping[str, str] = field(default_factory=dict)
    numpy: tuple[Function, ...] = ()
    numpy_rank: int | None = None
    elsewhere: tuple[str, ...] = ()
    specimens: tuple[tuple[float, ...], ...] = ()
    shapes: tuple[tuple[Shape, ...], ...] = ()
    options: tuple[Params, ...] = ({},)
    helper: bool = False
    unknown: bool = False
    inside: Inside = None

    def __call__(self, *args: Operand, **params: Given) -> Operand:
        """Record the call if an argument is a Symbol; else evaluate it.

        Raises ValueProblem for an option that it does not have, ShapeError where arguments do not fit.
        """
        for arg in args:
            record = getattr(arg, "record", None)
            if record is not None:
                return record(self, args, params)
        return self.compute(*args, **self.bind(params))

    def compute(self, *args: Array, **params: Hashable) -> Array:
        """The result for numbers, read-only: the one door to `evaluate` for arrays. Raises what `infer` does.

        Where NumPy complains, it is the user's fault if the arguments do not fit, and `infer` says so; if
        they do, it is a bug of ours, and goes on as one. What a matrix has not is NaN, as any number outside
        the reals.
        """
        spend("work", 1 + sum(map(np.size, args)) // SCALARS)
        try:
            return freeze(self.evaluate(*args, **params))
        except np.linalg.LinAlgError:
            return freeze(np.full(self.infer(tuple(map(np.shape, args)), params), np.nan))
        except Exception:
            self.infer(tuple(map(np.shape, args)), params)
            raise

    def bind(self, params: Mapping[str, Given]) -> dict[str, Hashable]:
        """`params` completed by their defaults, in the form in which they are kept.

        Raises ValueProblem for one that the operator does not have, or that is of another kind.
        """
        for name in params:
            if name not in self.parameters:
                known = ", ".join(self.parameters)
                raise ValueProblem(
                    N_("{op} has no option {name}.", op=self.name, name=name),
                    hint=N_("Its options: {options}.", options=known) if known else N_("It has no options."),
                )
        return {
            **self.parameters,
            **{name: settle(self.said.symbol, name, value) for name, value in params.items()},
        }

    def infer(self, shapes: tuple[Shape, ...], params: Params) -> Shape:
        """The shape of the result, before any number is computed.

        Raises ShapeError if the arguments do not fit, also in NumPy's opinion, and LimitError for too many
        axes. What is raised of another kind than NumPy's complaints about values is a bug of ours.
        """
        try:
            shape = np.broadcast_shapes(*shapes) if self.shape is None else self.shape(*shapes, **params)
        except (ValueError, IndexError, OverflowError) as misfit:
            listed = " and ".join(str(shape) for shape in shapes)
            raise ShapeError(
                N_("{op} cannot combine the shapes {shapes}.", op=self.said.symbol, shapes=listed)
                if len(shapes) > 1
                else N_("{op} cannot be applied to the shape {shape}.", op=self.said.symbol, shape=listed),
                hint=N_("Elementwise operations need equal shapes, or sizes of 1 that can be repeated.")
                if self.shape is None
                else None,
            ) from misfit
        if len(shape) > AXES:
            raise LimitError(
                N_(
                    "The result of {op} has {count} axes; NumPy takes up to {limit}.",
                    op=self.said.symbol,
                    count=len(shape),
                    limit=AXES,
                )
            )
        return shape

    def takes(self, count: int) -> bool:
        """Whether the operator can be called with so many arguments."""
        return count == len(self.arguments) or (self.variadic and count > 0)

    def resolve(self, shapes: tuple[Shape, ...]) -> Op:
        """The operator that this one means for arguments of `shapes`; ShapeError where it means none."""
        return self if self.forms is None else self.forms(*shapes)

    def over(self, is_complex: bool) -> Op:
        """The operator that this one means for complex or real arguments; ValueProblem if there is none."""
        if not is_complex or self.complex is True:
            return self
        if isinstance(self.complex, Op):
            return self.complex
        raise ValueProblem(
            N_("{op} is not defined for complex numbers here.", op=self.said.symbol),
            hint=N_("Make a real number of it first: abs(z), real(z) or imag(z)."),
        )

    def operations(self, shape: Shape, shapes: tuple[Shape, ...], params: Params) -> int:
        """Scalar operations of one evaluation, from arguments of `shapes` to a result of `shape`."""
        if self.inside is not None:
            return int(self.inside.operations)
        each = self.cost
        if callable(each):
            each = each(*shapes, **{name: params[name] for name in _named(each) if name in params})
        return each * int(np.prod(shape, dtype=int))

    def rule(self, argument: int, reads: Mapping[str, Operand]) -> Operand:
        """Apply the derivative rule of `argument` to those of `reads` that its signature names."""
        rule = self.rules[argument]
        assert rule is not None, f"{self.name} has no rule for argument {argument}"
        return rule(**{name: reads[name] for name in _named(rule)})

    def linear_in(self, argument: int) -> bool:
        """Whether the rule of `argument` is a transpose, a function of the incoming adjoint g.

        A differential may be linear in one of its arguments, as A⁻¹b is in b.
        """
        rule = self.rules[argument]
        return self.kind == "linear" or (rule is not None and "g" in _named(rule))

    def breaks_at(self, args: Sequence[Array]) -> bool:
        """Whether some element of `args` is on a kink; `note` words the convention that is taken there."""
        if self.kinks is None:
            return False
        with np.errstate(all="ignore"):  # ∞ − ∞ is a tie
            return not np.all(np.abs(self.kinks(*args)) > 0)

    def reads(self, argument: int) -> tuple[str, ...]:
        """Whose values the derivative by `argument` depends on: arguments by their names, "y" for the result.

        Where the operator is linear, it takes no more than the shape of `argument` itself.
        """
        rule = self.rules[argument]
        named = () if rule is None else _named(rule)
        own = self.arguments[argument] if self.linear_in(argument) else None
        return tuple(name for name in (*self.arguments, "y") if name in named and name != own)


@lru_cache(maxsize=1024)
def _named(rule: Rule) -> tuple[str, ...]:
    """The parameters of a rule, or what one that takes any says that it `reads`."""
    return rule.reads if hasattr(rule, "reads") else tuple(inspect.signature(rule).parameters)


def elementwise(call: str, evaluate: Rule, *partials: Rule | None, **record: Field) -> Op:
    """An operator that works element by element: `partials` hold one ∂y/∂argument each."""
    return _make(call, evaluate, "elementwise", partials, record)


def linear(call: str, evaluate: Rule, *adjoints: Rule | None, **record: Field) -> Op:
    """An operator linear in each argument: `adjoints` hold its transposes, as functions of `g`."""
    record.setdefault("complex", True)
    return _make(call, evaluate, "linear", adjoints, record)


def differential(call: str, evaluate: Rule, *tangents: Rule | None, **record: Field) -> Op:
    """Any other operator: `tangents` hold its differential by each argument `a`, as functions of `da`."""
    return _make(call, evaluate, "differential", tangents, record)


def composite(call: str, definition: Rule, **record: Field) -> Op:
    """An operator that others make up: its rules are theirs, swept through `definition`."""
    count = call.count(",") + 1
    return _make(call, definition, "composite", (definition,) * count, record)


def _make(
    call: str, evaluate: Rule, kind: Kind, rules: tuple[Rule | None, ...], record: dict[str, Field]
) -> Op:
    """An Op from "name(a, b)" and its record, with the defaults that most operators share.

    TypeError for a record that is not complete, and cannot be completed.
    """
    name, _, rest = call.rstrip(")").partition("(")
    arguments = tuple(part.strip() for part in rest.split(","))
    if len(rules) != len(arguments):
        raise TypeError(f"{name}: {len(arguments)} arguments need as many rules, not {len(rules)}")
    words = {field.name: record.pop(field.name) for field in fields(Said) if field.name in record}
    if "code" not in record:
        try:
            record["code"] = code_of(evaluate, arguments, record.get("parameters", {}))
        except TypeError as lost:
            what = "a lambda" if evaluate.__name__ == "<lambda>" else evaluate.__name__
            raise TypeError(f"{name}: {what} needs code=, for it cannot be written down ({lost})") from lost
    record.setdefault("sympy", sympy_of(record["code"]))
    if kind == "elementwise" and not (record["sympy"] or "shape" in record or record.get("helper")):
        raise TypeError(f"{name}: SymPy's formula does not follow from {record['code']}; give sympy=")
    record.setdefault("analytic", is_analytic(record["code"]))
    if isinstance(evaluate, np.ufunc) and not record.get("helper"):
        record.setdefault("numpy", (evaluate,))
    return Op(name, arguments, evaluate, kind, rules, said(name, arguments, words), **record)
