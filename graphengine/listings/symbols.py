"""A program as expressions of SymPy, and its gradient by `diff` beside that of the walk."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np

from ..errors import GraphError, NameProblem
from ..graph.roles import discrete
from ..messages import N_
from ..notation import objects, symbolic
from ..ops import Op
from ..ops.formula import FUNCTIONS
from ..sweeps import reverse
from ..values import Array
from .blocks import Block
from .dialects import Dialect, Word
from .helpers import NUMPY_HELPERS
from .passes import Passes
from .terms import Term

SYMBOLS = '''def symbols(name, shape):
    """An array of symbols, such as x[0], or one."""
    found = np.empty(shape, object)
    for place in np.ndindex(shape):
        found[place] = sympy.Symbol(name + (str(list(place)) if place else ""), real=True)
    return found[()]'''


def _source(function: Callable[..., object]) -> str:
    """A function of ours on arrays of expressions; a file imports SymPy by itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    tree.returns = None
    for argument in [*tree.args.args, *([tree.args.vararg] if tree.args.vararg else [])]:
        argument.annotation = None
    tree.body = [part for part in tree.body if not isinstance(part, ast.Import)]
    return ast.unparse(tree)


class _Qualified(ast.NodeTransformer):
    """A template of SymPy's as Python has it, with its arguments."""

    def __init__(self, found: Mapping[str, ast.expr]) -> None:
        self.found = found

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self.found:
            return self.found[node.id]
        return ast.Attribute(ast.Name("sympy"), node.id, ast.Load())


def _filled(template: str, found: Mapping[str, str]) -> str:
    trees = {name: ast.parse(text, mode="eval").body for name, text in found.items()}
    return ast.unparse(_Qualified(trees).visit(ast.parse(template, mode="eval").body))


def _each(
    template: str, names: Sequence[str], args: Sequence[str], params: Mapping[str, str] = MappingProxyType({})
) -> str:
    """A formula of each element of arrays."""
    function = _filled(template, {**params, **dict(zip(names, names, strict=True))})
    short = f"sympy.{template.removesuffix('(x)')}"
    if len(names) != 1 or function != f"{short}({names[0]})":
        short = f"lambda {', '.join(names)}: {function}"
    return f"each({short}, {', '.join(args)})"


def _word(name: str, *args: str, **options: str) -> str:
    return f"{name}({', '.join([*args, *(f'{key}={value}' for key, value in options.items())])})"


def _elementwise(template: str, *args: str) -> str:
    return _each(template, "xyz"[: len(args)], args)


WORDS: dict[str, Word] = {
    **{
        name: partial(_elementwise, template)
        for name, template in FUNCTIONS.items()
        if not objects.PLAIN.fullmatch(name)
    },
    **{name: partial(_word, function.__name__) for name, function in objects.FUNCTIONS.items()},
}


class Symbolic(Dialect):
    """SymPy: numbers by the templates of the records, arrays as NumPy's arrays of expressions."""

    def call(self, op: Op, args: Sequence[Term], params: Mapping[str, Hashable], shape: str) -> str:
        """`op` of `args`; GraphError where it has no formula."""
        arrays = any(arg.shape for arg in args)
        if op.sympy and (op.shape is None or not arrays):
            texts = [arg.text if arrays or arg.number is None else self.array(arg.number) for arg in args]
            given = {
                key: self.number(value) for key, value in params.items() if isinstance(value, (int, float))
            }
            if arrays:
                return _each(op.sympy, op.arguments, texts, given)
            return _filled(op.sympy, {**given, **dict(zip(op.arguments, texts, strict=True))})
        called = {
            ast.unparse(node.func) for node in ast.walk(ast.parse(op.code)) if isinstance(node, ast.Call)
        }
        if any(
            name not in self.words and not objects.PLAIN.fullmatch(name)
            for name in called - {"places", "hot"}
        ):
            raise GraphError(N_("{op} has no formula in SymPy here.", op=op.said.symbol))
        return super().call(op, args, params, shape)

    def number(self, value: complex) -> str:
        """An exact number, as far as it is one."""
        return str(int(value.real)) if value == int(value.real) else self.array(value)

    def array(self, value: Array) -> str:
        """A number of SymPy's, or an array of NumPy's."""
        if np.ndim(value):
            return f"np.array({np.asarray(value).tolist()}, dtype=object)"
        known = {np.pi: "sympy.pi", np.e: "sympy.E"}.get(float(value))
        exact = symbolic.rational(np.float64(value))
        if known:
            return known
        if exact.is_Integer:
            return f"sympy.Integer({exact})"
        return (
            f"sympy.Rational({exact.p}, {exact.q})" if exact.is_Rational else f"sympy.Float({float(value)!r})"
        )


SYMPY = Symbolic(
    "sympy",
    "np",
    {"np": "import numpy as np", "sympy": "import sympy"},
    {
        "symbols": SYMBOLS,
        "hot": NUMPY_HELPERS["hot"],
        **{f.__name__: _source(f) for f in (objects.each, *objects.FUNCTIONS.values())},
    },
    WORDS,
)


def body(passes: Passes) -> Block:
    """The program as a function of expressions."""
    if any(node.complex for node in passes.graph.nodes):
        raise NameProblem(
            N_("Code for SymPy is written for real numbers only."), hint=N_("Choose PyTorch or NumPy.")
        )
    for position in passes.active:
        op = passes.graph.nodes[position].op
        if op is not None and re.search(r"\b(floor|ceiling)\b", op.sympy):
            raise GraphError(
                N_("SymPy does not differentiate {op}.", op=op.said.symbol),
                hint=N_("Choose PyTorch or NumPy."),
            )
    block = Block()
    block.listing("def program(", passes.arguments, "):", *passes.given)
    block.add(f'"""{passes.names.values[passes.end]}, of numbers or of SymPy\'s expressions."""', depth=1)
    block.take(passes.values)
    block.add(f"return {passes.names.values[passes.end]}", depth=1)
    return block


def trial(passes: Passes, seeds: Mapping[str, Array]) -> Block:
    """What the file does: the expression, its derivatives by each input, and the gradient of the walk."""
    graph, result = passes.graph, passes.names.values[passes.end]
    trace = reverse(graph, passes.wrt, seeds or None, passes.output)
    if trace.error is not None:
        raise trace.error
    block = Block()
    block.gap()
    block.add('if __name__ == "__main__":')
    for name, own in zip(graph.inputs, passes.arguments, strict=True):
        value = np.asarray(graph.values[name])
        known = (
            f"np.array({value.tolist()})" if name in discrete(graph) else f"symbols({own!r}, {value.shape})"
        )
        block.add(f"{own} = {known}", depth=1)
    block.tuple("inputs = ", passes.arguments, depth=1)
    numbers = [np.asarray(graph.values[name]).tolist() for name in graph.inputs]
    block.listing("numbers = [", list(map(str, numbers)), "]", depth=1)
    block.add(f"{result} = program(*inputs)", depth=1)
    block.add(f'print("{result} =", {result})', depth=1)
    seed = np.asarray(trace.seed[passes.output])
    weighed = result if np.all(seed == 1) else f"{result} * np.array({seed.tolist()}, dtype=object)"
    block.add(f"total = np.sum({weighed})", depth=1)
    block.add("at = {}", depth=1)
    block.add("for symbol, number in zip(inputs, numbers):", depth=1)
    block.add("at |= dict(zip(np.ravel(symbol), np.ravel(number)))", depth=2)
    for position, name in zip(passes.by, passes.wrt, strict=True):
        own, bar = passes.names.values[position], passes.names.adjoints[position]
        found = np.asarray(trace.adjoints.get(position, np.zeros(graph.nodes[position].shape))).tolist()
        block.add("")
        block.add(f"# {passes.output} by {name}".replace("\n", " "), depth=1)
        block.add(f"{bar} = each(lambda symbol: sympy.diff(total, symbol), {own})", depth=1)
        block.add(f'print("{bar} =", {bar})', depth=1)
        mark = f"node_{graph.nodes[position].id}.adjoint"
        block.add(f"expected = {found}  # the gradient of the walk", mark, depth=1)
        _compare(block, bar, _at_a_kink(passes, trace.values))
    if not _at_a_kink(passes, trace.values):
        block.add("")
        block.add('print("The gradients agree with those of SymPy.")', depth=1)
    return block


def _compare(block: Block, bar: str, kink: bool) -> None:
    """The two side by side; where there is no derivative each has a convention of its own."""
    block.add(f"found = each(lambda slope: float(sympy.sympify(slope).subs(at).evalf()), {bar})", depth=1)
    if kink:
        block.add("# There is no derivative here, and SymPy takes another number for it.", depth=1)
        block.add('print(found, "by SymPy;", expected, "by the walk")', depth=1)
    else:
        block.add(
            "np.testing.assert_allclose(np.array(found, float), expected, rtol=1e-6, atol=1e-9)", depth=1
        )


def _at_a_kink(passes: Passes, values: Mapping[int, Array]) -> bool:
    nodes = passes.graph.nodes
    return any(
        node.op is not None
        and position in passes.active
        and node.op.breaks_at([values[i] for i in node.args])
        for position, node in enumerate(nodes)
    )
