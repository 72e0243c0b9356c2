"""f'(x): the derivative of a function of the program, recorded like anything else that is computed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lark import Tree

from ..derivatives.gradients import gradient_graph
from ..graph import Graph
from ..graph.recording import Tape
from ..graph.symbols import Symbol
from ..graph.traversal import downstream, upstream
from ..messages import N_
from .state import State
from .trees import Branch, name_of, sides, span

_POINT = "#x"
"""What the argument is called while a derivative is recorded: no name of a program can be so."""


class Slopes(State):
    """Reads f'(x) and f''(x), of numbers, and of arrays where f works element by element."""

    function: Callable[[Branch, str, Symbol], Symbol]
    is_function: Callable[[str], bool]
    unknown: Callable[[Branch, str, list[Branch], int], Symbol]

    def derivative(self, tree: Branch) -> Symbol:
        """The derivative of the function that a branch names, at its argument."""
        name, inside = name_of(tree), [child for child in tree.children[2:] if isinstance(child, Tree)]
        plain = [sides(part)[0] for part in inside if part.data == "argument"]
        if name in self.abstract and len(plain) == len(inside) == 1:
            return self.unknown(tree, name, plain, len(str(tree.children[1])))
        if not self.is_function(name):
            self.fail(
                N_("{text} is the derivative of a function that is not there.", text=self.source(tree)),
                tree,
                N_("Define it first: {name}(t) = …", name=name),
            )
        if len(inside) != 1 or sides(inside[0])[1] is not None:
            self.fail(N_("A derivative with a prime is of a function of one argument."), tree)
        argument = self.expression(sides(inside[0])[0])
        scopes = len(self.tape.scopes)
        self.function(tree, name, argument)  # what else it reads is recorded before
        graph = self.opened(tree, name, argument)
        del self.tape.scopes[scopes:]
        for _ in range(len(str(tree.children[1]))):
            self.check_room(tree, len(graph.nodes))
            graph = self.checked(partial(gradient_graph, graph, None, [_POINT]), tree)
        with self.tape.within("call", name + str(tree.children[1]).replace("'", "′"), span(tree)):
            placed: list[Symbol] = []
            for node in graph.nodes:
                if node.kind == "input":
                    placed.append(argument if node.name == _POINT else self.tape.symbol(int(node.label[1:])))
                else:
                    placed.append(self.tape.graft(node, placed, span(tree)))
        return placed[next(iter(graph.outputs.values()))]

    def opened(self, tree: Branch, name: str, argument: Symbol) -> Graph:
        """The function as a graph of `_POINT`, and of what else it reads, called by its place on the tape."""
        nodes, before = self.tape.nodes, len(self.tape.nodes)
        point = self.tape.input(_POINT, argument.shape, is_complex=argument.complex)
        value = self.function(tree, name, point)
        moved, own = downstream(nodes, [point.index]), Tape()
        copies: dict[int, Symbol] = {}
        for place in sorted(upstream(nodes, [value.index, point.index])):
            node = nodes[place]
            if place in moved and node.op is not None and argument.ndim and node.op.kind != "elementwise":
                self.fail(N_("Of arrays f'(x) is here where f works element by element."), tree)
            if place in moved or place >= before or node.kind == "literal":
                copies[place] = own.take(node, copies)
            else:
                copies[place] = own.input(f"#{place}", node.shape, is_complex=node.complex)
        del nodes[before:]
        self.constants.clear()
        return own.graph({"y": copies[value.index]})
