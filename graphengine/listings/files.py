"""Whole files: a program's two passes with what they import and call, and a check of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..derivatives.activity import choose_output, choose_wrt, nothing_moves
from ..errors import LimitError, NameProblem
from ..graph import Graph
from ..graph.evaluation import needs_numbers
from ..graph.roles import roles
from ..messages import N_
from ..sweeps.seeds import forward_seed, reverse_seed
from ..values import Array
from . import classes, functions, symbols
from .blocks import Block
from .dialects import JAX, NUMPY, TORCH
from .helpers import needed
from .lines import Line
from .passes import Passes
from .symbols import SYMPY
from .trials import trial

KINDS = ("numpy", "torch", "module", "function", "jax", "sympy")
"""What a program can be printed as: functions of NumPy, of PyTorch, its two classes, a custom_vjp of JAX,
or expressions of SymPy."""
LARGEST = 10_000
"""Numbers that a file may state."""
NODES = 400
"""Operators of a program that is printed."""

DIALECTS = {"numpy": NUMPY, "jax": JAX, "sympy": SYMPY} | dict.fromkeys(
    ("torch", "module", "function"), TORCH
)


@dataclass(frozen=True)
class Listing:
    """A file of code, line by line; `parameters` are the inputs that a module keeps as its own."""

    kind: str
    filename: str
    lines: tuple[Line, ...]
    parameters: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The file."""
        return "".join(f"{line.text}\n" for line in self.lines)


def listing(
    graph: Graph,
    kind: str = "numpy",
    *,
    mode: str = "reverse",
    output: str | None = None,
    wrt: Sequence[str] | None = None,
    seed: Mapping[str, object] | None = None,
    parameters: Sequence[str] | None = None,
) -> Listing:
    """`graph` as code of one of `KINDS`; the two classes are written for reverse mode, and for all inputs.

    `parameters` names the inputs that a module owns; by default those of `wrt` that are neither data nor
    called x, y or t.
    Raises NameProblem for unknown names, and for complex numbers in JAX; ShapeError or ValueProblem for a
    seed that does not fit, DerivativeError where a rule is missing, LimitError for a large program.
    """
    if kind not in KINDS:
        raise NameProblem(N_("There is no code of the kind {name}.", name=kind), hint=", ".join(KINDS))
    _bound(graph)
    needs_numbers(graph)
    whole = kind in ("module", "function")
    forwards = mode == "forward" and not whole and kind != "sympy"
    # Whoever calls a class, or a function with a rule of its own, may ask for any gradient.
    every = whole or (kind == "jax" and not forwards)
    seeds: Mapping[str, Array] = {}
    if seed and not forwards and mode == "reverse":
        seeds, _notices = reverse_seed(graph, choose_output(graph, output), output, seed)
        output = _only(seeds)
    passes = Passes(graph, DIALECTS[kind], choose_output(graph, output), None if every else wrt)
    if forwards:
        seeds, _notices = forward_seed(graph, passes.wrt, seed or None)
    if kind == "jax" and any(node.complex for node in graph.nodes):
        # Its gradients are the conjugates of ours, which no reader of the two would expect.
        raise NameProblem(
            N_("Code for JAX is written for real numbers only."), hint=N_("Choose PyTorch or NumPy.")
        )
    if kind == "sympy":
        lines = symbols.body(passes) + symbols.trial(passes, seeds)
        return Listing(kind, "chainwalk_sympy.py", tuple(_headed(passes, kind, Block(lines))))
    owned = _owned(graph, parameters, choose_wrt(graph, wrt)) if kind == "module" else ()
    body = classes.body(passes, owned) if whole else functions.body(passes, forwards)
    body += trial(passes, kind, forwards, owned, seeds)
    return Listing(kind, f"chainwalk_{kind}.py", tuple(_headed(passes, kind, body)), owned)


def _headed(passes: Passes, kind: str, body: Block) -> Block:
    """What comes before the code: the program, imports, and the functions that it calls."""
    head = Block()
    head.add('"""A program and its derivative, written out in the order of the steps.')
    head.add("")
    head.add("The program:")
    head.add("")
    for line in passes.graph.text.splitlines() or [""]:
        head.add(_harmless(line), depth=1)
    head.add('"""')
    code = "\n".join(line.text for line in body)
    helpers = [passes.dialect.helpers[name] for name in needed(code, passes.dialect.helpers)]
    imports = passes.dialect.imported("\n".join([code, *helpers]))
    head.add("")
    for line in imports:
        head.add(line)
    for source in helpers:
        head.gap()
        for line in source.splitlines():
            head.add(line)
    head.gap()
    return Block([*head, *body])


def _harmless(line: str) -> str:
    """A line of the program within a docstring, which it can neither end nor escape from."""
    tame = "".join(c if c.isprintable() else " " for c in line)
    return tame.replace("\\", "⧵").replace('"', "'").rstrip()


def _only(seed: Mapping[str, Array]) -> str:
    names = list(seed)
    if len(names) > 1:
        raise NameProblem(
            N_("Code follows one output, and the seed names {count}.", count=len(names)),
            hint=N_("Give an adjoint to one of them."),
        )
    return names[0]


def _owned(graph: Graph, parameters: Sequence[str] | None, wrt: Sequence[str]) -> tuple[str, ...]:
    for name in parameters or ():
        if name not in graph.inputs:
            raise NameProblem(N_("There is no input {name}.", name=name))
    known = roles(graph)
    likely = [
        name
        for name in wrt
        if known[name] != "data" and name.rstrip("0123456789_").lower() not in ("x", "y", "t")
    ]
    chosen = parameters or likely or wrt or graph.inputs
    return tuple(name for name in graph.inputs if name in chosen)


def _bound(graph: Graph) -> None:
    if (why := nothing_moves(graph)) is not None:
        raise NameProblem(why)
    operators = sum(node.op is not None for node in graph.nodes)
    stated = sum(value.size for value in graph.values.values())
    stated += sum(node.value.size for node in graph.nodes if node.value is not None)
    if operators > NODES:
        raise LimitError(
            N_(
                "The program has {number} operators; up to {most} are written out as code.",
                number=operators,
                most=NODES,
            ),
        )
    if stated > LARGEST:
        raise LimitError(
            N_(
                "The program has {number} numbers; up to {most} are written out as code.",
                number=stated,
                most=LARGEST,
            ),
        )
