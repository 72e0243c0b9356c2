"""NumPy, PyTorch and JAX: how each writes what the operators' templates say in NumPy.

A template is translated function by function, so an operator that is new needs nothing here as long as it is
made of functions that are known. The tests compare every operator in NumPy and PyTorch.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias, cast

import numpy as np

from ..graph.source import option_code
from ..ops import Op
from ..ops.places import Index, index_code, is_slice, passed_on
from ..values import Array
from . import words
from .helpers import NUMPY_HELPERS, TORCH_HELPERS, jax_helpers
from .terms import Term

Word = Callable[..., str]
Nested: TypeAlias = "complex | list[Nested]"
"""Numbers as NumPy's `tolist` gives them."""


@dataclass(frozen=True)
class Dialect:
    """One library: its name in code, what a file imports, and its words for functions that differ."""

    name: str
    module: str
    imports: Mapping[str, str]
    """A line for each name that code may use."""
    helpers: Mapping[str, str]
    """Functions that the library lacks, as source, by name."""
    words: dict[str, Word] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    """What stands for `np` and `special` where no word is given."""
    of_real: dict[str, Word] = field(default_factory=dict)
    of_complex: dict[str, Word] = field(default_factory=dict)
    """Words for functions that the library has for the other kind of numbers only."""

    @property
    def reserved(self) -> frozenset[str]:
        """Names that no node may have."""
        return frozenset({*self.imports, *self.helpers})

    def imported(self, code: str) -> list[str]:
        """The import lines that `code` needs."""
        return [line for name, line in self.imports.items() if re.search(rf"\b{name}\b", code)]

    def call(self, op: Op, args: Sequence[Term], params: Mapping[str, Hashable], shape: str) -> str:
        """`op` of `args`; `shape` is how the parameter of that name is written, if there is one."""
        named = dict(params)
        if self.name == "torch":
            args = _of_one_kind(op, args)
        if op.said.text in ("x.T", "x.H"):
            turned = "T" if len(args[0].shape) == 2 else "mT"
            conjugate = ".conj()" if op.said.text == "x.H" else ""
            return self._filled(f"x{conjugate}.{turned}", op, args, {})
        if op.said.text == "x[index]":
            return self._part(op, args, cast(Index, named["index"]))
        if op.name == "scatter_add":
            index = passed_on(cast(Index, named["index"]), self._whole(op), self._listed)
            return self._filled(f"scattered(x, {index}, shape)", op, args, {"shape": shape})
        constants = {
            key: option_code(value, self.module) for key, value in named.items() if key in op.parameters
        }
        if "shape" in constants:
            constants["shape"] = shape
        if "index" in constants:
            constants["index"] = passed_on(cast(Index, named["index"]), (), self._listed)
        return self._filled(op.code, op, args, constants)

    def number(self, value: complex) -> str:
        """A number as Python writes it, whole ones without a point."""
        return _number(value, self.module)

    def array(self, value: Array) -> str:
        """A number or array as one of the library's own, in its shape."""
        kind = "complex128" if np.iscomplexobj(value) else "float64"
        numbers = np.asarray(value)
        if numbers.dtype.kind not in "fc":
            numbers = numbers.astype(float)
        dtype = f", dtype=torch.{kind}" if self.name == "torch" else ""
        if numbers.ndim and len({*numbers.ravel().tolist()}) <= 1:
            filling = self.number(numbers.ravel()[0].item()) if numbers.size else "0"
            filling += "." if filling.isdigit() else ""
            return f"{self.module}.full({numbers.shape}, {filling}{dtype})"
        text = _nested(numbers.tolist(), self.module)
        if self.name == "numpy" and not numbers.ndim:
            return f"np.{kind}({text})"
        maker = "tensor" if self.name == "torch" else "array"
        dtype = dtype or ("" if kind == "complex128" else ", float")
        return f"{self.module}.{maker}({text}{dtype})"

    # ---- templates ----

    def _part(self, op: Op, args: Sequence[Term], index: Index) -> str:
        backwards = [
            part for part in index if isinstance(part, tuple) and is_slice(part) and (part[2] or 1) < 0
        ]
        if self.name == "torch" and backwards:
            return self._filled(f"taken(x, {passed_on(index, self._whole(op), self._listed)})", op, args, {})
        return self._filled(f"x[{index_code(index, self._whole(op), self._listed) or '()'}]", op, args, {})

    def _whole(self, op: Op) -> list[str]:
        """The arguments after the first as whole numbers, which indices are."""
        return [f"{name}{'.long()' if self.name == 'torch' else '.astype(int)'}" for name in op.arguments[1:]]

    def _listed(self, numbers: str) -> str:
        """A list in an index; JAX takes arrays alone, and PyTorch does where a list holds lists."""
        if self.name == "numpy" or (self.name == "torch" and "[[" not in numbers):
            return numbers
        return f"{self.module}.{'tensor' if self.name == 'torch' else 'array'}({numbers})"

    def _filled(self, template: str, op: Op, args: Sequence[Term], constants: Mapping[str, str]) -> str:
        # Python's own numbers do where an array stands beside them, and not as arguments of functions.
        wrapped = "(" in template or all(arg.number is not None for arg in args)
        texts = [arg.text if arg.number is None or not wrapped else self.array(arg.number) for arg in args]
        # The arguments have names of their own until the end: a constant may be the shape of one called x.
        held = [f"argument_{i}_of_template" for i in range(len(texts))]
        opened = _Filling(dict(zip(op.arguments, map(_parsed, held), strict=True))).visit(_parsed(template))
        found = self.words | (self.of_complex if any(arg.complex for arg in args) else self.of_real)
        translated = _Translation(self, found, constants).visit(opened)
        filled = _Filling(dict(zip(held, map(_parsed, texts), strict=True))).visit(translated)
        return ast.unparse(filled)


def _of_one_kind(op: Op, args: Sequence[Term]) -> Sequence[Term]:
    """The arguments as PyTorch wants them: only what it broadcasts or joins may mix real and complex ones."""
    mixing = op.kind == "elementwise" or (op.variadic and op.kind == "differential")
    if mixing or len({arg.complex for arg in args}) == 1:
        return args
    return [
        arg if arg.complex else Term(f"{arg.text}.to(torch.complex128)", arg.shape, None, True)
        for arg in args
    ]


class _Translation(ast.NodeTransformer):
    """A template of NumPy in another dialect, with its parameters as constants; arguments stay names."""

    def __init__(self, dialect: Dialect, words: Mapping[str, Word], constants: Mapping[str, str]) -> None:
        self.dialect = dialect
        self.words = words
        self.constants = constants

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.constants:
            return _parsed(self.constants[node.id])
        if node.id in self.dialect.modules:
            return _parsed(self.dialect.modules[node.id])
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        # How NumPy's templates make numbers of truth values; of PyTorch's that would be float32.
        if (
            self.dialect.name == "torch"
            and isinstance(node.op, ast.Mult)
            and ast.unparse(node.right) == "1.0"
        ):
            return ast.Call(ast.Attribute(self.visit(node.left), "double", ast.Load()), [], [])
        return self.generic_visit(node)  # type: ignore[return-value]

    def visit_Call(self, node: ast.Call) -> ast.expr:
        word = self.words.get(ast.unparse(node.func))
        if word is None:
            # What is the default in every library goes unsaid.
            node.keywords = [key for key in node.keywords if self._value(key) not in ("None", "False")]
            return self.generic_visit(node)  # type: ignore[return-value]
        args = [ast.unparse(self.visit(arg)) for arg in node.args]
        options = {key.arg: ast.unparse(self.visit(key.value)) for key in node.keywords if key.arg}
        return _parsed(word(*args, **options))

    def _value(self, key: ast.keyword) -> str:
        text = ast.unparse(key.value)
        return self.constants.get(text, text)


class _Filling(ast.NodeTransformer):
    def __init__(self, found: Mapping[str, ast.expr]) -> None:
        self.found = found

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.found.get(node.id, node)


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@lru_cache(maxsize=1024)
def _number(value: float | complex, module: str) -> str:
    if isinstance(value, complex):
        parts = (value.real, value.imag)
        whole = all(map(np.isfinite, parts))
        return repr(value) if whole else f"complex({', '.join(_number(part, module) for part in parts)})"
    if np.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return repr(int(value))
    return repr(float(value)).replace("inf", f"{module}.inf").replace("nan", f"{module}.nan")


def _nested(numbers: float | complex | list[Nested], module: str) -> str:
    if isinstance(numbers, list):
        return "[" + ", ".join(_nested(each, module) for each in numbers) + "]"
    return _number(numbers, module)


ONCE = "from torch.autograd.function import once_differentiable"

NUMPY = Dialect(
    "numpy",
    "np",
    {"np": "import numpy as np", "special": "from scipy import special"},
    NUMPY_HELPERS,
)
TORCH = Dialect(
    "torch",
    "torch",
    {"torch": "import torch", "once_differentiable": ONCE},
    TORCH_HELPERS,
    words.TORCH,
    {"np": "torch", "special": "torch.special"},
    words.TORCH_REAL,
    words.TORCH_COMPLEX,
)
JAX = Dialect(
    "jax",
    "jnp",
    {"jax": "import jax", "jnp": "import jax.numpy as jnp"},
    jax_helpers(),
    words.JAX,
    {"np": "jnp", "special": "jax.scipy.special"},
)
