"""Programs, inputs, options, backward passes and formulas, changed at random: the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from graphengine import OPS
from tests.engine.test_checking import RIGHT
from tests.oracles.formulas import FORMULAS
from web.examples import EXAMPLES

LONGEST = 400
"""Characters of a text that has been changed: what large programs cost is not asked here."""


@dataclass(frozen=True)
class Case:
    """What a person may send: all of it text or JSON."""

    program: str = "x"
    inputs: str | Mapping[str, Any] = ""
    backward: str = ""
    formula: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


GROUND: tuple[Case, ...] = (
    *(Case(example.program, example.at.replace(";", "; ")) for example in EXAMPLES),
    *(Case(program, inputs, backward) for program, inputs, backward in RIGHT.values()),
    *(
        Case(f"y = sum({name}({', '.join('abab'[: len(op.arguments)])}))", f"a = {a}; b = {b}")
        for name, op in OPS.items()
        if not op.helper
        for a, b in (("[[0.3, 0.5], [0.7, 0.2]]", "[0.4, 0.6]"), ("0.3", "0.6"), ("[1, 2, 3]", "[1, 2, 3]"))
    ),
    Case("f(t) = t**2; g(a, b) = f(a)*b; y = g(x, f(2))", "x = 3"),
    Case("z = (1+2j)*w; y = abs(z)**2 + real(conj(w)*z)", "w = 1-1j"),
    Case("A = [[1, x], [x, 2]]; y = det(A) + trace(A @ A) + sum(A[0, :])", "x = 3"),
    Case("c = x; c += 1; c *= c; f(t) = t^3; y = f'(c) if 0 < x < 9 and not x == 3 else |c|", "x = 2"),
    Case("y = x^T A x + ‖A' x‖^2 + sum(A[[0, 1], 1]) + sin² x[0]", "A = [[2, 1], [1, 3]]; x = [1, 2]"),
    Case("h = concat(x, zeros(2)); y = sum(softmax(h)[1:]) + logsumexp(reshape(h, -1), axis=0)", "x=[1,2]"),
)

ODD = (
    *r"""
    + - * / @ ** ^ · × ⊗ ( ) [ ] , ; : = . _ ' " \ # % & | ! ? ~ $ { } ⁻¹ ² ᵀ ᴴ √ ∛ ′ ∂ π e 𝑥 ｘ х ё é ﬁ ω̄
    0 1 -1 0.0 1e-320 1e308 1e400 11111111111111111111 -0 007 .5 1. 1_000 0x10 1j 1+2j 3i nan inf None True
    False x y W v1 v2 dx dW lambda import None is x_bar x.grad x.T x.H y.mT np.exp(x) x.sum(0) f(x) sum(x) |x|
    axis=0 axis=-1 axis=5 axis=1e30 axis=True axis=[0] keepdims=True eps=0 dtype=int
    [0] [-1] [11111111111111111111] [::-1] [::0] [...] [None] [1:0] [[]] [] [[[1]]] zeros(0) eye(2) randn(3)
    \frac{1}{x} \sum_{i=1}^{n} \left( \right) \sqrt ^{ _{ \\ \cdot \text{a} x^{T} \mathbf{x} \log_2 \|x\|
    """.split(),
    *"""
    axis=(0, 0)| axis=(0, 1)|shape=(2, -1)|[0, 0, 0]|[:, 0]|[[1, 2], [3]]|zeros(2, 0)|ones(3, 3)|rand(2, 3)
    |linspace(0, 1, 4)|zeros(1, 1, 1, 1)|torch.sum(x, dim=0)|x[:, None]|x = 1|y = x|dx = 1|dx += 1|d = (1, 2)
    """.strip().split("|"),
    "\n",
    "\t",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "a" * 85,
    f"rand({'1,' * 40}1)",
    r"\begin{bmatrix} 1 & 2 \end{bmatrix}",
)
"""What is put in, or in the place of something else."""

VALUES: tuple[Any, ...] = (
    *(0, 1, -1, 2.5, 1e308, -1e308, 1e-320, 10**30, True, None, "", "a", "nan", float("nan"), float("inf")),
    *(1j, {}, [], [[]], [0], [1, 2], [[1, 2], [3, 4]], [[1, 2], [3]], [[1, 2, 3], [4, 5, 6]], [[[1]]]),
    *([None], [True], ["x"], {"re": 1, "im": 2}, [{"re": 1, "im": 0}, 1], {"re": 1}),
)
NAMES = (
    "x",
    "y",
    "W",
    "w",
    "a",
    "b",
    "A",
    "v1",
    "",
    "x y",
    "1",
    "loss",
    "ё",
    "a" * 85,
    "__class__",
    "sin",
    "pi",
)
OPTIONS: Mapping[str, tuple[Any, ...]] = {
    "mode": ("reverse", "forward", "backward", None, 1),
    "wrt": (None, [], ["x"], ["nothing"], ["x", "x"], "x", [1], ["W", "a"], [""]),
    "seed": (
        None,
        "",
        "x = 1",
        "y = 2",
        "y = [1, 2]",
        "y",
        {"y": 1},
        {"x": [1, 0]},
        {"": 1},
        {"y": None},
        5,
        "a = 1e400",
    ),
    "output": (None, "", "y", "x", "z", "loss", "v1", 3),
    "language": ("en", "ru", "xx", "../..", ""),
    "digits": (4, 2, 12, 1, 13, True, "4", 2.5, None),
    "share": (False, True),
    "symbols": (False, True),
    "grain": (None, "operator", "statement", "block", 1),
    "folds": ((), ("s1",), ("s1", "s2"), ("v1",), ("v1_2",), ("nothing",), "s1", (1,)),
    "exact": (False, True),
    "layout": ("gradient", "jacobian", "rows", None),
    "jacobian": (False, True),
}

NUMBERS = ("0", "1", "2", "3", "0.5", "1e9", "1e-9", "1e308", "[1, 2]", "[[1, 2], [3, 4]]", "[]", "1j", "-1")
SIGNS: tuple[Sequence[str], ...] = (
    ("+", "-", "*", "/", "@", "**", "×", "⊗"),
    tuple(name for name, op in OPS.items() if not op.helper),
    (";", "\n", ","),
)
"""Signs, and words, that can stand for each other."""

_TOKEN = re.compile(r"\\?[^\W\d]\w*|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def tokens(text: str) -> list[str]:
    """A text in words, numbers and signs."""
    return _TOKEN.findall(text)


def _alike(parts: Sequence[str], i: int) -> Sequence[str]:
    """What may stand in the place of a part without the text falling to pieces."""
    if parts[i][0].isdigit():
        return NUMBERS
    names = [part for part in parts if part.isidentifier()]
    return next((kind for kind in (*SIGNS, names) if parts[i] in kind), [parts[i]])


def changed(text: str, rng: Random, longest: int = LONGEST) -> str:
    """`text` with one to four changes: words, numbers and signs for others of their kind, or anything."""
    parts = tokens(text)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        if parts and rng.random() < 0.6:
            i = rng.randrange(len(parts))
            parts[i] = rng.choice(_alike(parts, i))
            continue
        i = rng.randrange(len(parts) + 1)
        j = min(len(parts), i + rng.choice((1, 1, 1, 2, 5)))
        match rng.randrange(8):
            case 0:
                parts[i:j] = []
            case 1 | 2:
                parts[i:j] = [rng.choice(ODD)]
            case 3:
                parts[i:i] = [rng.choice(ODD)]
            case 4:
                parts[i:i] = parts[i:j] * rng.choice((1, 2, 20))
            case 5:
                parts[i:j] = [rng.choice(parts or ["x"])]
            case 6:
                k = rng.randrange(len(parts) + 1)
                parts[i:j], parts[k:k] = [], parts[i:j]
            case 7:
                name, end = (
                    rng.choice(list(OPS)),
                    rng.choice((")", ")", ", axis=0)", ", axis=1, keepdims=1)", ", x)")),
                )
                parts[i:j] = [f"{name}(", *parts[i:j], end]
    return "".join(parts)[:longest]


def _inputs(inputs: str | Mapping[str, Any], rng: Random) -> str | Mapping[str, Any]:
    if rng.random() < 0.5:
        return changed(str(inputs), rng)
    return {rng.choice(NAMES): rng.choice(VALUES) for _ in range(rng.choice((0, 1, 2, 3)))}


def case(seed: int) -> Case:
    """The case of a seed: two or three of its parts are changed, the others as they were written."""
    rng = Random(seed)
    ground = rng.choice(GROUND)
    found = replace(
        ground,
        backward=ground.backward or rng.choice(("dx = 1", "da = ones(2, 2)\ndb = a * b", "dx = W.T @ dz")),
        formula=rng.choice(FORMULAS)[0],
    )
    if rng.random() < 0.7:
        found = replace(found, program=changed(found.program, rng))
    if rng.random() < 0.3:
        found = replace(
            found, program=f"{found.program}; {changed(rng.choice(GROUND).program, rng)}"[:LONGEST]
        )
    if rng.random() < 0.4:
        found = replace(found, inputs=_inputs(found.inputs, rng))
    options = {name: rng.choice(values) for name, values in OPTIONS.items() if rng.random() < 0.15}
    if rng.random() < 0.7:
        found = replace(found, backward=changed(found.backward, rng))
    return replace(found, options=options, formula=changed(found.formula, rng))


def smaller(found: Case) -> Iterator[Case]:
    """Cases with a little less in them."""
    for name in found.options:
        yield replace(found, options={key: value for key, value in found.options.items() if key != name})
    if isinstance(found.inputs, Mapping):
        for name in found.inputs:
            yield replace(found, inputs={key: value for key, value in found.inputs.items() if key != name})
    for part in ("inputs", "backward", "formula", "program"):
        text = getattr(found, part)
        if not isinstance(text, str) or not text:
            continue
        parts = tokens(text)
        for size in (len(parts), 8, 3, 1):
            for i in range(0, len(parts), size):
                less: dict[str, Any] = {part: "".join(parts[:i] + parts[i + size :])}
                yield replace(found, **less)
