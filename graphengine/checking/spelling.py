"""How people write adjoints: dW, W_bar, W.grad, dL_dW, ∂L/∂W, and which node each of them means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..graph import Graph
from ..names import coded

SEEDS = ("grad_output", "grad_out", "dout", "upstream")
"""Words for the adjoint of the output."""
MACRON = "\N{COMBINING MACRON}"
_FRACTION = re.compile(r"[∂d](\w+)\s*/\s*[∂d](\w+)")


def adjoint_names(graph: Graph, output: int) -> Mapping[str, int]:
    """Every spelling of an adjoint that is a name, and the position of its node; a node's own name wins."""
    end = coded(graph.nodes[output].label)
    found: dict[str, int] = {}
    for position, node in enumerate(graph.nodes):
        for name in {coded(node.label), node.id} if node.kind != "literal" else ():
            for spelled in _spellings(name, end):
                found.setdefault(spelled, position)
    for word in SEEDS:
        found.setdefault(word, output)
    values = {name for node in graph.nodes for name in (coded(node.label), node.id)}
    return {spelled: position for spelled, position in found.items() if spelled not in values}


def _spellings(name: str, end: str) -> Iterator[str]:
    yield from (f"d{name}", f"d_{name}", f"grad_{name}", f"{name}_grad", f"{name}_bar", f"bar_{name}")
    yield from (
        f"d{end}_d{name}",
        f"d{end}d{name}",
        f"delta_{name}",
        f"g_{name}",
        f"adj_{name}",
        f"{name}_adj",
    )


def canonical(line: str) -> str:
    """A line with the spellings that are no names as names, in as many characters where that can be.

    >>> canonical("∂L/∂W = z̄ * x.T; self.W.grad")
    'dL_dW = z_bar * x.T; W_grad'
    """
    line = _FRACTION.sub(_named, line)
    line = re.sub(rf"(\w+){MACRON}(\w*)", lambda found: f"{found[1] + found[2]}_bar", line)
    line = re.sub(r"\bself\.", "", line)
    line = re.sub(r"(\w+)\.grad\b", r"\1_grad", line)
    return re.sub(r"\bgrads?\[(['\"])d?(\w+)\1\]", r"d\2", line)


def _named(found: re.Match[str]) -> str:
    # dx/dt may be a quotient of two of the user's own names: only ∂ makes it a derivative.
    return f"d{found[1]}_d{found[2]}" if found[0].startswith("∂") else found[0]
