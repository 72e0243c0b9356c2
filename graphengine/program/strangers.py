"""Names that the language does not have: slips of the pen, and functions that are known elsewhere.

NumPy and SciPy are asked whether they have a name, and nothing of theirs is called; what others have stands
in `strangers.json`, by where it is from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy import linalg, special

from ..messages import N_, Message

_INSTALLED = {"NumPy": (np, np.linalg, np.random, np.fft), "Python": (math,), "SciPy": (special, linalg)}
_LISTED: dict[str, list[str]] = json.loads(Path(__file__).with_name("strangers.json").read_text("utf-8"))
_OTHERS = {name: library for library, lines in _LISTED.items() for name in " ".join(lines).split()}

WRITTEN = {
    "abs2": "abs(x)**2",
    "addcdiv": "a + b/c",
    "addcmul": "a + b*c",
    "addmm": "b + A @ B",
    "addmv": "b + A @ x",
    "addr": "A + outer(x, y)",
    "argmin": "argmax(-x)",
    "array": "[1, 2]",
    "as_tensor": "[1, 2]",
    "asarray": "[1, 2]",
    "average": "mean(x)",
    "baddbmm": "b + A @ B",
    "beta": "exp(gammaln(a) + gammaln(b) - gammaln(a + b))",
    "betaln": "gammaln(a) + gammaln(b) - gammaln(a + b)",
    "binom": "exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))",
    "cdist": "norm(x - y)",
    "chain_matmul": "A @ B @ C",
    "cis": "exp(1j*x)",
    "clamp_max": "min(x, 1)",
    "clamp_min": "max(x, 0)",
    "comb": "exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))",
    "cond": "max(svdvals(A))/min(svdvals(A))",
    "cosd": "cos(deg2rad(x))",
    "cosdg": "cos(deg2rad(x))",
    "cospi": "cos(pi*x)",
    "count_nonzero": "sum(x != 0)",
    "diff": "x[1:] - x[:-1]",
    "dist": "norm(x - y)",
    "erfcx": "exp(x**2)*erfc(x)",
    "fma": "a*b + c",
    "frac": "x - trunc(x)",
    "full": "3*ones(2)",
    "full_like": "0*x + 3",
    "glu": "a*sigmoid(b)",
    "hardshrink": "where(abs(x) > 1/2, x, 0)",
    "invsoftplus": "log(exp(x) - 1)",
    "isclose": "abs(a - b) < 1e-8",
    "ldexp": "x*2**n",
    "lerp": "a + w*(b - a)",
    "linear": "X @ W.T + b",
    "log1mexp": "log(1 - exp(x))",
    "logcosh": "log(cosh(x))",
    "masked_fill": "where(m, a, x)",
    "modf": "x - trunc(x)",
    "muladd": "a*b + c",
    "multi_dot": "A @ B @ C",
    "normalize": "x/norm(x)",
    "nthroot": "x**(1/n)",
    "ones_like": "0*x + 1",
    "opnorm": "max(svdvals(A))",
    "pairwise_distance": "norm(x - y)",
    "polyval": "a + b*x + c*x**2",
    "positive": "x",
    "ptp": "max(x) - min(x)",
    "rms_norm": "x/sqrt(mean(x**2))",
    "rsqrt": "1/sqrt(x)",
    "scaled_dot_product_attention": "softmax(Q @ K.T / sqrt(d)) @ V",
    "sind": "sin(deg2rad(x))",
    "sindg": "sin(deg2rad(x))",
    "sinpi": "sin(pi*x)",
    "softmin": "softmax(-x)",
    "softshrink": "sign(x)*relu(abs(x) - 1/2)",
    "tand": "tan(deg2rad(x))",
    "tandg": "tan(deg2rad(x))",
    "tanhshrink": "x - tanh(x)",
    "tensor": "[1, 2]",
    "threshold": "where(x > a, x, b)",
    "trapezoid": "sum(x[1:] + x[:-1])/2",
    "vdot": "sum(conj(a)*b)",
    "xlogx": "xlogy(x, x)",
    "zeros_like": "0*x",
}
"""How the language says by other means what a stranger says."""

SENTENCES = {
    **dict.fromkeys(
        (
            "backward",
            "grad",
            "value_and_grad",
            "gradient",
            "jacfwd",
            "jacrev",
            "jacobian",
            "hessian",
            "jvp",
            "vjp",
        ),
        N_("Write the function alone: its derivatives are what is shown here."),
    ),
    **dict.fromkeys(
        ("detach", "stop_gradient", "item", "float", "numpy"),
        N_("Leave it out: the inputs to differentiate by are chosen beside the program."),
    ),
    **dict.fromkeys(
        ("dropout", "alpha_dropout", "bernoulli", "multinomial", "gumbel_softmax", "randint", "choice"),
        N_("The language draws no lots, so that a walk is the same each time."),
    ),
    "print": N_("Leave it out: every value is shown."),
}
"""What to say of a stranger that has no place here."""


def library(name: str) -> str | None:
    """Where a function called `name` is known, the best known place first; None for what nobody has."""
    for place, modules in _INSTALLED.items():
        if not name.startswith("_") and any(callable(getattr(module, name, None)) for module in modules):
            return place
    return _OTHERS.get(name)


def instead(name: str) -> Message:
    """What to do without a stranger."""
    if name in WRITTEN:
        return N_("Write {name}.", name=WRITTEN[name])
    return SENTENCES.get(name, N_("Define it first: {name}(t) = …", name=name))


def near(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `name` is a slip of the pen away from, the nearest first.

    A slip is a letter too many, too few, another, or two in each other's place; a name of six letters or more
    may have two, one of two letters none. In words of four another letter is mostly another word. Capital
    letters count for nothing.
    """
    typed = name.casefold()
    slips = 0 if len(typed) < 3 else 1 if len(typed) < 6 else 2
    other = 1 if len(typed) > 4 else 2
    found = {word: _distance(typed, word.casefold(), other) for word in known if len(word) > 1}
    return min((word for word in found if found[word] <= slips), key=found.__getitem__, default=None)


def _distance(a: str, b: str, other: int) -> int:
    """The number of slips between two words (Damerau, Communications of the ACM 7, 1964).

    Another letter counts as so many.
    """
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        before, last, row = row, before, [i]
        for j in range(1, len(b) + 1):
            kept = before[j - 1] + (0 if a[i - 1] == b[j - 1] else other)
            row.append(min(before[j] + 1, row[-1] + 1, kept))
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]
