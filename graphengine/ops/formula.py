"""From the source of an operator to its formula: the template for SymPy, and whether it is analytic."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from fractions import Fraction

FUNCTIONS: Mapping[str, str] = {
    **{
        f"np.{name}": f"{name}(x)"
        for name in ("sqrt", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh")
    },
    **{f"np.arc{name}": f"a{name}(x)" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "np.arctan2": "atan2(x, y)",
    "np.log2": "log(x) / log(2)",
    "np.log10": "log(x) / log(10)",
    "np.logaddexp": "log(exp(x) + exp(y))",
    "np.square": "x ** 2",
    "np.cbrt": "sign(x) * Abs(x) ** Rational(1, 3)",
    "np.hypot": "sqrt(x ** 2 + y ** 2)",
    "np.abs": "Abs(x)",
    "np.sign": "sign(x)",
    "np.maximum": "Max(x, y)",
    "np.minimum": "Min(x, y)",
    "np.clip": "Min(Max(x, y), z)",
    "np.where": "x * y + (1 - x) * z",
    "np.heaviside": "Heaviside(x, y)",
    "np.conj": "conjugate(x)",
    "np.real": "re(x)",
    "np.imag": "im(x)",
    "np.angle": "arg(x)",
    "np.logical_and": "sign(x) ** 2 * sign(y) ** 2",
    "np.logical_or": "1 - (1 - sign(x) ** 2) * (1 - sign(y) ** 2)",
    "np.logical_not": "1 - sign(x) ** 2",
    "special.erf": "erf(x)",
    "special.expit": "1 / (1 + exp(-x))",
    "special.log_expit": "-log(1 + exp(-x))",
    "special.ndtr": "(1 + erf(x / sqrt(2))) / 2",
    "special.xlogy": "x * log(y)",
    # One number is its own sum, mean and maximum, in whatever shape.
    **{f"np.{name}": "x" for name in ("sum", "mean", "prod", "max", "min", "reshape", "broadcast_to")},
    "sum_to_shape": "x",
    "special.logsumexp": "x",
}
"""Functions of code, of numbers x, y, z, in SymPy's."""
_COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Gt: "Heaviside(x - y, 0)",
    ast.Lt: "Heaviside(y - x, 0)",
    ast.GtE: "Heaviside(x - y, 1)",
    ast.LtE: "Heaviside(y - x, 1)",
    ast.Eq: "Heaviside(x - y, 1) * Heaviside(y - x, 1)",
    ast.NotEq: "1 - Heaviside(x - y, 1) * Heaviside(y - x, 1)",
}
_BROKEN = frozenset(
    "np.abs np.sign np.maximum np.minimum np.clip np.heaviside np.cbrt np.conj np.real np.imag np.angle"
    " np.max np.min np.logical_and np.logical_or np.logical_not".split()
)
"""Functions of numbers that have no complex derivative."""
_ARRAYS = frozenset(
    "np.squeeze np.expand_dims np.transpose np.moveaxis np.repeat np.tile np.roll np.pad np.tril np.triu"
    " np.cross np.asarray np.concatenate"
    " np.cumsum np.diag np.diagonal np.eye np.flip np.kron np.outer np.shape"
    " np.stack np.swapaxes np.trace np.linalg.det np.linalg.inv np.linalg.slogdet np.linalg.solve"
    " np.squeeze np.expand_dims np.transpose np.moveaxis np.repeat np.tile np.roll np.pad np.tril np.triu"
    " np.cross special.softmax special.log_softmax".split()
)
"""Functions of arrays that have one."""
_ANALYTIC = (_ARRAYS | FUNCTIONS.keys()) - _BROKEN
_FINEST = 1_000_000
"""The largest denominator of a number in a formula: more digits than that are cut off somewhere."""


def sympy_of(code: str) -> str:
    """`code` on numbers in SymPy's functions; "" where it has none for it.

    >>> print(sympy_of("np.maximum(x, 0.5) * special.expit(x)"), sympy_of("np.linalg.det(x)"))
    Max(x, Rational(1, 2)) * (1 / (1 + exp(-x)))
    """
    try:
        return ast.unparse(_Translation().visit(_parsed(code)))
    except KeyError:
        return ""


def is_analytic(code: str) -> bool:
    """Whether all that `code` calls is known to have a complex derivative where it is defined."""
    found = list(ast.walk(_parsed(code)))
    called = {ast.unparse(node.func) for node in found if isinstance(node, ast.Call)}
    return called <= _ANALYTIC and not any(isinstance(node, ast.Compare) for node in found)


class _Translation(ast.NodeTransformer):
    """KeyError for what has no equal."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(
            node, (ast.Name, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context)
        ):
            raise KeyError(ast.unparse(node))
        return super().generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, (int, float)):
            raise KeyError(node.value)
        number = Fraction(str(float(node.value)))
        if number.denominator > _FINEST:
            raise KeyError(node.value)
        whole = number.denominator == 1
        return ast.Constant(int(number)) if whole else _parsed(f"Rational{number.as_integer_ratio()}")

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if isinstance(node.op, ast.MatMult):
            raise KeyError("@")
        if isinstance(node.op, ast.Mult) and ast.unparse(node.right) == "1.0":
            number: ast.AST = self.visit(node.left)  # how code makes one of a truth value
            return number
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        return self._filled(_COMPARED[type(node.ops[0])], [node.left, *node.comparators])

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return self._filled(FUNCTIONS[ast.unparse(node.func)], node.args)

    def _filled(self, template: str, args: Sequence[ast.expr]) -> ast.AST:
        tree = _parsed(template)
        wanted = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        found = {name: self.visit(arg) for name, arg in zip("xyz", args, strict=False) if name in wanted}
        filled: ast.AST = _Filling(found).visit(tree)
        return filled


class _Filling(ast.NodeTransformer):
    def __init__(self, found: Mapping[str, ast.AST]) -> None:
        self.found = found

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self.found.get(node.id, node)


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
