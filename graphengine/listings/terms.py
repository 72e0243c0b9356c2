"""What stands in code: a term, and the names that nodes, adjoints and tangents have there."""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..graph import Graph, Node, Shape
from ..names import coded

TAKEN = frozenset(
    {
        "ahead",
        "backward",
        "behind",
        "by",
        "check_grads",
        "ctx",
        "differences",
        "expected",
        "forward",
        "gradient",
    }
    | {"gradients", "inputs", "model", "Model", "moved", "moving", "name", "names"}
    | {"parameter", "program", "Program", "place", "pull", "saved", "self", "tensor", "tiny", "xs", "_"}
)
"""Names that the files use themselves."""
MODULE = frozenset(
    {
        "T_destination",
        "apply",
        "bfloat16",
        "buffers",
        "children",
        "compile",
        "cpu",
        "cuda",
        "double",
        "eval",
        "float",
    }
    | {
        "forward",
        "half",
        "ipu",
        "modules",
        "mtia",
        "parameters",
        "share_memory",
        "to",
        "train",
        "training",
        "type",
    }
    | {"xpu", "call_super_init", "dump_patches"}
)
"""Attributes of torch.nn.Module that an input may not replace."""


@dataclass(frozen=True)
class Term:
    """An expression in a dialect, and the shape of what it stands for."""

    text: str
    shape: Shape = ()
    number: complex | None = None
    """The number that is written there, where it is one of Python's and no array."""
    complex: bool = False


class Names:
    """One name in code for each node, its user's own where that is possible; no name stands twice."""

    def __init__(self, graph: Graph, reserved: frozenset[str]) -> None:
        self._taken = {*reserved, *keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
        self.values = [self._given(node) for node in graph.nodes]
        self.adjoints = [self.fresh(f"{name}_bar") for name in self.values]
        self.tangents = [self.fresh(f"{name}_dot") for name in self.values]

    def fresh(self, wanted: str) -> str:
        """`wanted`, or where it is taken, the same with underscores after it."""
        while wanted in self._taken:
            wanted += "_"
        self._taken.add(wanted)
        return wanted

    def temporaries(self) -> Iterator[str]:
        """Names for what is used twice within one rule."""
        number = 0
        while True:
            number += 1
            yield self.fresh(f"t{number}")

    def _given(self, node: Node) -> str:
        # Python reads names in this form: two that it holds to be one must not look different to us.
        name = coded(unicodedata.normalize("NFKC", node.label))
        return self.fresh(name if name.isidentifier() else node.id)
