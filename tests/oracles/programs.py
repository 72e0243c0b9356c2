"""Random programs, each in two tongues: as text of the language, and as a Python function on NumPy.

The values are computed along, so that every operator gets arguments from the inside of its domain. The
Python text runs alike on arrays, on Symbols and on the boxes of HIPS autograd.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from graphengine.graph.source import call_source
from graphengine.ops import OPS, Op
from graphengine.program import parse
from tests.oracles.points import ranges, smooth
from tests.oracles.references import NUMPY, WRITTEN, called

Where = Callable[..., Any]


def anywhere(*_: Any) -> bool:
    return True


def off_zero(x: Any) -> Any:
    return abs(x) > 0.05


def above(low: float) -> Where:
    return lambda x: x > low


def below(high: float) -> Where:
    return lambda x: abs(x) < high


UNARY: dict[str, tuple[str, Where]] = {
    "-{a}": ("-{a}", anywhere),
    "({a})": ("({a})", anywhere),
    "exp({a})": ("np.exp({a})", lambda x: x < 2.5),
    "log({a})": ("np.log({a})", above(0.2)),
    "ln({a})": ("np.log({a})", above(0.2)),
    "log2({a})": ("np.log2({a})", above(0.2)),
    "lg({a})": ("np.log10({a})", above(0.2)),
    "sqrt({a})": ("np.sqrt({a})", above(0.2)),
    "√({a})": ("np.sqrt({a})", above(0.2)),
    "cbrt({a})": ("np.sign({a}) * np.abs({a}) ** (1 / 3)", lambda x: abs(x) > 0.2),
    "square({a})": ("np.square({a})", anywhere),
    "reciprocal({a})": ("np.reciprocal({a})", lambda x: abs(x) > 0.3),
    "abs({a})": ("np.abs({a})", off_zero),
    "sign({a})": ("np.sign({a})", off_zero),
    "sin({a})": ("np.sin({a})", anywhere),
    "cos({a})": ("np.cos({a})", anywhere),
    "tg({a})": ("np.tan({a})", lambda x: abs(np.cos(x)) > 0.3),
    "cot({a})": ("1 / np.tan({a})", lambda x: abs(np.sin(x)) > 0.3),
    "arcsin({a})": ("np.arcsin({a})", below(0.9)),
    "acos({a})": ("np.arccos({a})", below(0.9)),
    "atan({a})": ("np.arctan({a})", anywhere),
    "sh({a})": ("np.sinh({a})", below(2.5)),
    "cosh({a})": ("np.cosh({a})", below(2.5)),
    "th({a})": ("np.tanh({a})", below(4)),
    "asinh({a})": ("np.arcsinh({a})", anywhere),
    "acosh({a})": ("np.arccosh({a})", above(1.2)),
    "acosh(1.5 + ({a}) ** 2)": ("np.arccosh(1.5 + ({a}) ** 2)", anywhere),
    "atanh({a})": ("np.arctanh({a})", below(0.9)),
    "σ({a})": ("special.expit({a})", below(6)),
    "logsigmoid({a})": ("-np.log(1 + np.exp(-({a})))", below(6)),
    "relu({a})": ("np.maximum({a}, 0.0)", off_zero),
    "leaky_relu({a})": ("np.maximum({a}, 0.01 * ({a}))", off_zero),
    "softplus({a})": ("np.log(1 + np.exp({a}))", below(6)),
    "silu({a})": ("({a}) * special.expit({a})", below(6)),
    "gelu({a})": ("({a}) * (1 + special.erf(({a}) / np.sqrt(2.0))) / 2", below(6)),
    "erf({a})": ("special.erf({a})", below(3)),
    "step({a})": ("(np.sign({a}) + 1) / 2", off_zero),
    "({a}) ** 2": ("({a}) ** 2", anywhere),
    "({a}) ** 3": ("({a}) ** 3", anywhere),
    "({a})**-2": ("({a}) ** -2.0", lambda x: abs(x) > 0.5),
    "2^({a})": ("2 ** ({a})", below(4)),
    "2({a})": ("2 * ({a})", anywhere),
}
BINARY: dict[str, tuple[str, Where]] = {
    "({a} + {b})": ("({a} + {b})", anywhere),
    "({a} - {b})": ("({a} - {b})", anywhere),
    "({a})*({b})": ("({a}) * ({b})", anywhere),
    "({a}) ⊙ ({b})": ("({a}) * ({b})", anywhere),
    "({a})/({b})": ("({a}) / ({b})", lambda a, b: abs(b) > 0.3),
    "({a}) ** ({b})": ("({a}) ** ({b})", lambda a, b: (a > 0.3) & (abs(b) < 3)),
    "max({a}, {b})": ("np.maximum({a}, {b})", lambda a, b: off_zero(a - b)),
    "min({a}, {b})": ("np.minimum({a}, {b})", lambda a, b: off_zero(a - b)),
    "hypot({a}, {b})": ("np.hypot({a}, {b})", lambda a, b: np.hypot(a, b) > 0.2),
    "atan2({a}, {b})": ("np.arctan2({a}, {b})", lambda a, b: abs(a) > 0.2),
}
SUMS = {
    "sum({a})": "np.sum({a})",
    "mean({a})": "np.mean({a})",
    "sum({a}, axis=0)": "np.sum({a}, axis=0)",
    "mean({a}, axis=-1, keepdims=True)": "np.mean({a}, axis=-1, keepdims=True)",
}


def _unlisted(count: int) -> Iterator[tuple[str, tuple[str, Where]]]:
    """Operators of so many arguments that no row above writes: by their code, off their kinks."""
    table = np.full((2, 2), 0.5)
    texts = [text.format(a="a", b="b") for text in (*UNARY, *BINARY, *SUMS)]
    listed = {node.op for text in texts for node in parse(text, {"a": table, "b": table}).nodes}
    places = ("({a})", "({b})")[:count]
    for op in OPS.values():
        if op.specimens and not op.helper and op not in listed and len(op.arguments) == count:
            code = WRITTEN.get(op.name, op.code)
            python = f"({call_source(code, op.arguments, ['_a_', '_b_'][:count])})"
            yield (
                f"{op.name}({', '.join(places)})",
                (python.replace("_a_", places[0]).replace("_b_", places[-1]), partial(_inside, op)),
            )


def _inside(op: Op, *args: Any) -> bool:
    """Whether the arguments lie where the tests draw them."""
    held = [
        np.all(np.any([(low <= x) & (x <= high) for low, high in each], axis=0))
        for each, x in zip(ranges(op), args, strict=True)
    ]
    return all(held) and smooth(op, args)


UNARY |= dict(_unlisted(1))
BINARY |= dict(_unlisted(2))
FUNCTIONS = {
    "f(t) = t*sin(t) + t": ("def f(t): return t * np.sin(t) + t", "f({a})", 1),
    "g(s, t) = 1/(1 + s**2) - s*tanh(t)": (
        "def g(s, t): return 1 / (1 + s ** 2) - s * np.tanh(t)",
        "g({a}, {b})",
        2,
    ),
    "h(t) = exp(-t*t/2)": ("def h(t): return np.exp(-t * t / 2)", "h({a})", 1),
}
NUMBERS = {
    "[1, -2, 0.5]": "np.array([1.0, -2.0, 0.5])",
    "2": "2.0",
    "0.5": "0.5",
    "1.5e-1": "0.15",
    "3": "3.0",
    "pi": "np.pi",
    "e": "np.e",
    "1": "1.0",
}
SHAPES = [(), (), (3,), (2, 1), (1, 3), (2, 3), (1,)]
LARGEST = 12.0
"""Beyond this the differences between two ways of computing grow."""

NASTY = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 1e300, -1e300, 1e-300, 5e-324, 709.0, -745.0, 1e16]
"""Values that lead out of domains and floats."""

NASTY_NUMBERS = {"0": "np.float64(0)", "-8": "np.float64(-8)", "1e300": "np.float64(1e300)"}


@dataclass(frozen=True)
class Program:
    """A program as text and as the source of a Python function, with values of its inputs."""

    text: str
    python: str
    inputs: dict[str, Any]
    outputs: list[str]

    def function(self, namespace: dict[str, Any]) -> Callable[..., dict[str, Any]]:
        """The Python function on the functions of `namespace`: inputs in their order -> outputs by name."""
        scope = dict(namespace)
        exec(self.python, scope)  # noqa: S102 - this module wrote the text
        return scope["program"]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Part:
    """An expression in both tongues, its value, and the names that occur in it."""

    text: str
    python: str
    value: Any
    names: frozenset[str] = frozenset()


class Author:
    """Writes one program: the same for the same seed; one that is not `careful` leaves domains and floats."""

    def __init__(self, seed: int, careful: bool = True) -> None:
        self.random = random.Random(seed)
        self.careful = careful
        self.scalar = self.random.random() < 0.5
        self.scope: dict[str, Part] = {}
        self.calls: list[tuple[str, str, int]] = []

    def write(self) -> Program:
        """A program of a few statements on a few inputs."""
        inputs = {name: self.input() for name in self.random.sample(["x", "y", "w1", "beta", "z_2"], 3)}
        self.scope = {name: Part(name, name, value, frozenset([name])) for name, value in inputs.items()}
        chosen = {line: row for line, row in FUNCTIONS.items() if self.random.random() < 0.3}
        self.calls = [(python, call, count) for python, call, count in chosen.values()]
        lines, body = list(chosen), []
        used: set[str] = set()
        outputs: list[str] = []
        count = self.random.randint(1, 4)
        for number, name in enumerate(["a", "b_out", "c", "d"][:count], 1):
            part = self.expression(self.random.randint(2, 4))
            used |= part.names
            title = name
            if number == count and self.random.random() < 0.5:
                taken = used | {line[0] for line in chosen}
                title = next(free for free in ("y", "f", "g", "out") if free not in taken)
            lines.append(part.text if title != name else f"{name} = {part.text}")
            body.append(f"{title} = {part.python}")
            outputs.append(title)
            self.scope[name] = Part(name, name, part.value, frozenset([name]))
        kept = {name: value for name, value in inputs.items() if name in used}
        if not kept:
            return self.write()
        outputs = [name for name in outputs if name not in used]
        pairs = ", ".join(f"{name!r}: {name}" for name in outputs)
        head = [python for python, _, _ in self.calls] + [f"def program({', '.join(kept)}):"]
        python = "\n".join([*head, *(f"    {line}" for line in [*body, f"return {{{pairs}}}"])])
        return Program(self.random.choice(["\n", "; ", "  # note\n"]).join(lines), python, kept, outputs)

    def input(self) -> Any:
        """A value for an input."""
        shape = () if self.scalar else self.random.choice(SHAPES)
        rng = np.random.default_rng(self.random.randrange(2**32))
        if self.careful:
            return np.asarray(rng.uniform(-2, 2, shape).round(3))
        return np.asarray(rng.choice(NASTY, shape))

    def expression(self, depth: int) -> Part:
        """A random expression; where no operator fits its arguments, one of these."""
        if depth == 0 or self.random.random() < 0.12:
            return self.leaf()
        first, second = self.expression(depth - 1), self.expression(depth - 1)
        for _ in range(12):
            part = self.combined(first, second)
            if part is not None:
                return part
        return first

    def leaf(self) -> Part:
        if self.random.random() < 0.8:
            return self.random.choice(list(self.scope.values()))
        numbers = list(NUMBERS.items())[1:] if self.scalar else list(NUMBERS.items())
        text, python = self.random.choice(numbers if self.careful else [*NASTY_NUMBERS.items(), *numbers])
        return Part(text, python, called((), python, NUMPY)())

    def combined(self, first: Part, second: Part) -> Part | None:
        """One random operator applied to the first, or to both; None where it does not fit."""
        kind = self.random.random()
        where: Where = anywhere
        args: tuple[Part, ...]
        if kind < 0.45:
            text, (python, where) = self.random.choice(list(UNARY.items()))
            args = (first,)
        elif kind < 0.85:
            text, (python, where) = self.random.choice(list(BINARY.items()))
            args = (first, second)
        elif kind < 0.92 and self.calls:
            _, text, count = self.random.choice(self.calls)
            python, args = text, (first, second)[:count]
        elif np.ndim(first.value):
            text, python = self.random.choice(list(SUMS.items()))
            args = (first,)
        else:
            return None
        return self.checked(text, python, where, args)

    def checked(self, text: str, python: str, where: Where, args: tuple[Part, ...]) -> Part | None:
        """The operator applied, if that is inside its domain and not too large."""
        values = [arg.value for arg in args]
        scope: dict[str, Any] = dict(NUMPY)
        for definition, _, _ in self.calls:
            exec(definition, scope)  # noqa: S102 - from the table above
        with np.errstate(all="ignore"):
            if self.careful and not np.all(where(*values)):
                return None
            value = called(("a", "b")[: len(args)], python.format(a="a", b="b"), scope)(*values)
        if self.careful and not np.all(abs(value) < LARGEST):
            return None
        names = frozenset().union(*(arg.names for arg in args))
        texts, pythons = [arg.text for arg in args], [arg.python for arg in args]
        keys = ("a", "b")
        return Part(
            text.format(**dict(zip(keys, texts, strict=False))),
            python.format(**dict(zip(keys, pythons, strict=False))),
            value,
            names,
        )
