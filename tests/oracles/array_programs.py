"""Random programs on scalars, vectors, matrices and stacks, each in two tongues, as in `programs`.

Where the language has a function, the Python text says the same in simpler ones (softmax by exp and sum), so
that it is no copy of the operator's own code.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.oracles.programs import Program

Fits = Callable[..., bool]

LARGEST = 8.0


def ranks(*wanted: int) -> Fits:
    return lambda *shapes: tuple(map(len, shapes)) == wanted


def rank(least: int, most: int = 3) -> Fits:
    return lambda *shapes: all(least <= len(shape) <= most for shape in shapes)


def multiply(a: Any, b: Any) -> bool:
    return len(a) == len(b) == 2 and a[1] == b[0]


def same(*shapes: Any) -> bool:
    return len(set(shapes)) == 1


def broadcast(*shapes: Any) -> bool:
    try:
        return len(np.broadcast_shapes(*shapes)) <= 3
    except ValueError:
        return False


def square(a: Any) -> bool:
    return len(a) == 2 and a[0] == a[1]


def solvable(a: Any, b: Any) -> bool:
    return len(a) == 2 and len(b) in (1, 2) and a[0] == b[0]


def joined(a: Any, b: Any) -> bool:
    return len(a) == len(b) >= 1 and a[1:] == b[1:]


KINKED = ("max", "min", "clip", "where", "norm", "prod")  # HIPS autograd divides a product by its factors
EXP = "np.exp({a}) / np.sum(np.exp({a}), axis={axis}, keepdims=True)"
BLOCKS = (
    "np.concatenate([np.concatenate([({a})[i, j] * ({b}) for j in range({a_columns})], axis=1)"
    " for i in range({a_rows})], axis=0)"
)
SIGMA = "(1 / (1 + np.exp(-({0}))))"
A, B = SIGMA.format("{a}"), SIGMA.format("{b}")
ABOVE, SUM = "(1 + ({a}) ** 2)", "np.sum({0} ** 2, axis=-1)"
ERROR = "(({a}) - ({b}))"
CENTRED = "(({a}) - np.mean({a}, axis=-1, keepdims=True))"

UNARY: dict[str, tuple[str, Fits]] = {
    "({a}).T": ("({a}).T", rank(2, 2)),
    "({a})ᵀ": ("({a}).T", rank(2, 2)),
    "sum({a}, axis=0)": ("np.sum({a}, axis=0)", rank(1)),
    "sum({a}, axis=-1, keepdims=True)": ("np.sum({a}, axis=-1, keepdims=True)", rank(1)),
    "mean({a}, axis=-1)": ("np.mean({a}, axis=-1)", rank(1)),
    "max({a}, axis=0)": ("np.max({a}, axis=0)", rank(1)),
    "min({a}, axis=-1, keepdims=True)": ("np.min({a}, axis=-1, keepdims=True)", rank(1)),
    "prod({a}, axis=-1)": ("np.prod({a}, axis=-1)", rank(1)),
    "sum({a}, axis=(0, 1))": ("np.sum({a}, axis=(0, 1))", rank(2)),
    "cumsum({a}, axis=0)": ("np.cumsum({a}, axis=0)", rank(1)),
    "softmax({a})": (EXP.replace("{axis}", "-1"), rank(1)),
    "softmax({a}, axis=0)": (EXP.replace("{axis}", "0"), rank(1)),
    "log_softmax({a})": ("({a}) - np.log(np.sum(np.exp({a}), axis=-1, keepdims=True))", rank(1)),
    "logsumexp({a}, axis=0)": ("np.log(np.sum(np.exp({a}), axis=0))", rank(1)),
    "norm({a})": ("np.sqrt(np.sum(({a}) ** 2))", rank(1)),
    "layernorm({a})": (
        f"{CENTRED} / np.sqrt(np.mean({CENTRED} ** 2, axis=-1, keepdims=True) + 1e-5)",
        lambda a: len(a) >= 1 and a[-1] > 1,
    ),
    "({a})[0]": ("({a})[0]", rank(1)),
    "({a})[-1]": ("({a})[-1]", rank(1)),
    "({a})[:, 0]": ("({a})[:, 0]", rank(2)),
    "({a})[::-1]": ("({a})[::-1]", rank(1)),
    "({a})[0:1]": ("({a})[0:1]", rank(1)),
    "diag({a})": ("np.diag({a})", rank(1, 1)),
    "diag({a}) ": ("np.diag({a})", square),
    "tr({a})": ("np.trace({a})", square),
    "reshape({a}, -1)": ("np.reshape({a}, (-1,))", rank(1)),
    "tanh({a})": ("np.tanh({a})", rank(0)),
    "sin({a})": ("np.sin({a})", rank(0)),
    "sigmoid({a})": ("1 / (1 + np.exp(-({a})))", rank(0)),
    "-({a})": ("-({a})", rank(0)),
    "({a}) ** 2 / 4": ("({a}) ** 2 / 4", rank(0)),
    "var({a}, axis=0)": ("np.mean((({a}) - np.mean({a}, axis=0, keepdims=True)) ** 2, axis=0)", rank(1)),
    "std({a}, ddof=1)": (
        "np.sqrt(np.sum((({a}) - np.mean({a})) ** 2) / (np.sum(0 * ({a}) + 1) - 1))",
        lambda a: bool(len(a)) and bool(np.prod(a) > 2),
    ),
    "cov({a})": (
        f"np.matmul({CENTRED}, ({CENTRED}).T) / (({{a}}).shape[1] - 1)",
        lambda a: len(a) == 2 and a[0] > 1 and a[1] > 1,
    ),
    "gelu_tanh({a})": (
        "({a}) * (1 + np.tanh(0.7978845608028654 * (({a}) + 0.044715 * ({a}) ** 3))) / 2",
        rank(0),
    ),
    "hinge({a} - 20, 0*({a}) + 1)/10": ("(21 - np.mean({a})) / 10", rank(0)),
    "clip({a}, -0.9, 0.9)": ("np.minimum(np.maximum({a}, -0.9), 0.9)", rank(0)),
    "stack({a}, 2, axis=0)": ("np.stack([{a}, 2.0])", ranks(0)),
    "[{a}, -{a}, 1]": ("np.stack([{a}, -({a}), 1.0])", ranks(0)),
    "det({safe})": ("np.linalg.det({safe}) ", rank(2, 2)),
    "logdet({safe})": ("np.log(np.linalg.det({safe}))", rank(2, 2)),
    "inv({safe})": ("np.linalg.inv({safe})", rank(2, 2)),
    "adj({safe})": ("np.linalg.det({safe}) * np.linalg.inv({safe})", rank(2, 2)),
}
BINARY: dict[str, tuple[str, Fits]] = {
    "({a}) + ({b})": ("({a}) + ({b})", broadcast),
    "({a}) - ({b})": ("({a}) - ({b})", broadcast),
    "({a}) * ({b})": ("({a}) * ({b})", broadcast),
    "({a}) ⊙ ({b})": ("({a}) * ({b})", same),
    "({a}) / (1 + ({b}) ** 2)": ("({a}) / (1 + ({b}) ** 2)", broadcast),
    "({a}) @ ({b})": ("np.matmul({a}, {b})", multiply),
    "({a}) @ ({b}) ": ("np.matmul({a}, {b})", lambda a, b: len(a) == 2 and len(b) == 1 and a[1] == b[0]),
    "({a})  @ ({b})": ("np.matmul({a}, {b})", lambda a, b: len(a) == 1 and len(b) == 2 and a[0] == b[0]),
    "({a}) @  ({b})": ("np.dot({a}, {b})", lambda a, b: len(a) == 1 and a == b),
    "({a})  @  ({b})": ("np.matmul({a}, {b})", lambda a, b: len(a) == 3 and len(b) > 1 and a[2] == b[-2]),
    "({a})  @  ({b}) ": ("np.matmul({a}, {b})", lambda a, b: len(a) == 3 and len(b) == 1 and a[2] == b[0]),
    "({a}) @   ({b})": ("np.matmul({a}, {b})", lambda a, b: len(a) == 1 and len(b) == 3 and a[0] == b[1]),
    "outer({a}, {b})": ("np.outer({a}, {b})", ranks(1, 1)),
    "({a}) ⊗ ({b})": (
        BLOCKS,
        lambda a, b: len(a) == len(b) == 2 and a[0] * a[1] * b[0] * b[1] < 40,
    ),
    "concat({a}, {b})": ("np.concatenate([{a}, {b}])", joined),
    "concat({a}, {b}, {a}, axis=-1)": ("np.concatenate([{a}, {b}, {a}], axis=-1)", lambda a, b: a == b != ()),
    "stack({a}, {b}, axis=-1)": ("np.stack([{a}, {b}], axis=-1)", lambda a, b: a == b and len(a) < 3),
    "where(step({a}), {b}, -({b}))": ("np.where(({a}) > 0, {b}, -({b}))", same),
    "l1_loss({a}, 20 + ({b}))/10": ("2 + np.mean(({b}) - ({a})) / 10", same),
    "huber({a}, {b})": (
        f"np.mean(np.where({ERROR} ** 2 < 1, {ERROR} ** 2 / 2, np.sqrt({ERROR} ** 2 + 1e-300) - 0.5))",
        same,
    ),
    "smooth_l1({a}, {b}, beta=0.5)": (
        f"np.mean(np.where({ERROR} ** 2 < 0.25, {ERROR} ** 2, np.sqrt({ERROR} ** 2 + 1e-300) - 0.25))",
        same,
    ),
    "bce(sigmoid({a}), sigmoid({b}))": (f"-np.mean({B} * np.log({A}) + (1 - {B}) * np.log(1 - {A}))", same),
    "bce_with_logits({a}, sigmoid({b}))": (f"np.mean(np.log(1 + np.exp({{a}})) - ({{a}}) * {B})", same),
    "kl_div({a}, sigmoid({b}))": (f"np.mean({B} * (np.log({B}) - ({{a}})))", same),
    "nll_loss({a}, sigmoid({b}))": (
        f"-np.mean(np.sum({B} * ({{a}}), axis=-1))",
        lambda a, b: a == b and len(a) in (1, 2),
    ),
    "cosine_similarity(1 + ({a})^2, {b})": (
        f"np.sum({ABOVE} * ({{b}}), axis=-1) / np.sqrt({SUM.format(ABOVE)} * {SUM.format('({b})')})",
        lambda a, b: a == b and len(a) in (1, 2),
    ),
    "mse({a}, {b})": ("np.mean((({a}) - ({b})) ** 2)", same),
    "cross_entropy({a}, softmax({b}))": (
        "-np.mean(np.sum("
        + EXP.replace("{a}", "{b}").replace("{axis}", "-1")
        + " * (({a}) - np.log(np.sum(np.exp({a}), axis=-1, keepdims=True))), axis=-1))",
        lambda a, b: a == b and len(a) in (1, 2),
    ),
    "solve({safe}, {b})": ("np.linalg.solve({safe}, {b})", solvable),
}

ROWS = [*UNARY.items(), *BINARY.items()]

INPUTS = {
    "x": (3,),
    "y": (2,),
    "A": (2, 3),
    "B": (3, 2),
    "C": (2, 2),
    "s": (),
    "S": (2, 3, 2),
    "r": (1, 3),
    "D": (3, 3),
}


@dataclass(frozen=True)
class Part:
    """An expression in both tongues, its value, and the names in it."""

    text: str
    python: str
    value: Any
    names: frozenset[str]


class ArrayAuthor:
    """Writes one program: the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.rng = np.random.default_rng(seed)
        self.scope: list[Part] = []

    def write(self) -> Program:
        """A program of a few statements on a few inputs."""
        names = self.random.sample(sorted(INPUTS), 5)
        inputs = {name: np.asarray(self.rng.uniform(-1.5, 1.5, INPUTS[name]).round(3)) for name in names}
        self.scope = [Part(name, name, value, frozenset([name])) for name, value in inputs.items()]
        lines, body = [], []
        used: set[str] = set()
        made = [f"z{i}" for i in range(1, self.random.randint(3, 6))]
        for name in made:
            part = self.expression(self.random.randint(1, 2))
            lines.append(f"{name} = {part.text}")
            body.append(f"{name} = {part.python}")
            used |= part.names
            self.scope.append(Part(name, name, part.value, frozenset([name])))
        kept = {name: value for name, value in inputs.items() if name in used}
        outputs = [name for name in made if name not in used]
        if not kept:
            return self.write()
        pairs = ", ".join(f"{name!r}: {name}" for name in outputs)
        python = "\n".join(
            [f"def program({', '.join(kept)}):", *(f"    {line}" for line in body), f"    return {{{pairs}}}"]
        )
        return Program("\n".join(lines), python, kept, outputs)

    def expression(self, depth: int) -> Part:
        """An operator, each as likely as any other, on what there is or on another expression."""
        parts = [self.expression(depth - 1) for _ in range(depth - 1)] + self.scope
        for text, (python, fits) in self.random.sample(ROWS, len(ROWS)):
            pairs = itertools.product(parts, repeat=2 if "{b}" in text else 1)
            fitting = [args for args in pairs if fits(*(arg.value.shape for arg in args))]
            for args in self.random.sample(fitting, min(4, len(fitting))):
                part = self.applied(text, python, list(args))
                if part is not None:
                    return part
        raise AssertionError("nothing fits")

    def applied(self, text: str, python: str, args: list[Part]) -> Part | None:
        shape = args[0].value.shape
        rows, columns = shape if len(shape) == 2 else (0, 0)
        safe = {  # a well-conditioned matrix of a positive determinant
            "text": f"(({args[0].text}) @ ({args[0].text}).T / 8 + 2*eye({rows}))",
            "python": f"(np.matmul({args[0].python}, ({args[0].python}).T) / 8 + 2 * np.eye({rows}))",
        }
        sizes = {"a_rows": rows, "a_columns": columns}
        texts = dict(zip("ab", (arg.text for arg in args), strict=False))
        pythons = dict(zip("ab", (f"({arg.python})" for arg in args), strict=False))
        code = python.format(**pythons, safe=safe["python"], **sizes)
        values = {name: part.value for part in self.scope for name in part.names if part.text == name}
        value = np.asarray(eval(code, {"np": np, **values}))  # noqa: S307 - this module wrote the text
        kinks = [abs(x) for arg in args for x in differences(arg.value)] if text.startswith(KINKED) else []
        if not value.size or np.max(abs(value)) > LARGEST or min(kinks, default=1) < 0.02:
            return None
        names = frozenset().union(*(arg.names for arg in args))
        return Part(text.format(**texts, safe=safe["text"]), code, value, names)


def differences(value: Any) -> Iterator[float]:
    """The distances at which maxima, steps and bounds have their kinks."""
    flat = np.ravel(value)
    yield from abs(abs(flat) - 0.9)
    yield from abs(flat)
    yield from (a - b for i, a in enumerate(flat) for b in flat[:i])
