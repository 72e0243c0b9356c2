"""A program as PyTorch's two classes: an autograd Function, and a Module that owns some of the inputs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from .blocks import Block
from .passes import Passes


def body(passes: Passes, owned: Sequence[str]) -> Block:
    """The Function; where `owned` names inputs, also a Module which has them as parameters."""
    block = _function(passes)
    if owned:
        block.gap()
        block += _module(passes, owned)
    return block


def _function(passes: Passes) -> Block:
    result = passes.names.values[passes.end]
    block = Block()
    block.add("class Program(torch.autograd.Function):")
    block.add(f'"""{result}, with its backward pass written out."""', depth=1)
    block.add("")
    block.add("@staticmethod", depth=1)
    block.listing("def forward(", ["ctx", *passes.arguments], "):", *passes.given, depth=1)
    block.take(passes.values, depth=2)
    block.listing("ctx.save_for_backward(", passes.saved, ")", depth=2)
    # An input that is returned as it came would be a view that autograd does not allow to be changed.
    same = passes.graph.nodes[passes.end].kind == "input"
    block.add(f"return {result}{'.clone()' if same else ''}", depth=2)
    block.add("")
    block.add("@staticmethod", depth=1)
    block.add("@once_differentiable", depth=1)
    block.add(f"def backward(ctx, {passes.seed}):", *passes.seeded, depth=1)
    block.take(_backward(passes), depth=2)
    return block


def _backward(passes: Passes) -> Block:
    """The backward pass, each part only where an input that it serves needs a gradient.

    A label, an index or a count has none.
    """
    needs = {name: passes.need(name) for name in passes.wrt}
    bars = {name: passes.gradient(position) for name, position in zip(passes.wrt, passes.by, strict=True)}
    every = passes.graph.inputs
    block = Block()
    if passes.saved:
        block.tuple("", passes.saved, " = ctx.saved_tensors")
    block.tuple("", [needs.get(name, "_") for name in every], " = ctx.needs_input_grad")
    end = passes.names.adjoints[passes.end]
    idle = [bar for bar in dict.fromkeys(bars.values()) if bar.isidentifier() and bar != end]
    if idle:
        block.add(f"{' = '.join(idle)} = None")
    for serves, parts in groupby(passes.adjoints, key=lambda part: part.serves):
        lines = [line for part in parts for line in part.lines]
        everyone = serves >= set(passes.wrt)
        if not everyone:
            asked = " or ".join(needs[name] for name in passes.wrt if name in serves)
            block.add(f"if {asked}:")
        block.take(lines, depth=0 if everyone else 1)
    block.tuple("return ", [bars.get(name, "None") for name in every])
    return block


def _module(passes: Passes, owned: Sequence[str]) -> Block:
    names = dict(zip(passes.graph.inputs, passes.arguments, strict=True))
    free = [passed for name, passed in names.items() if name not in owned]
    block = Block()
    block.add("class Model(torch.nn.Module):")
    block.add(
        f'"""The program with {", ".join(names[name] for name in owned)} as its parameters."""', depth=1
    )
    block.add("")
    block.add("def __init__(self):", depth=1)
    block.add("super().__init__()", depth=2)
    for name in owned:
        value = passes.dialect.array(passes.graph.values[name])
        block.add(f"self.{passes.kept(name)} = torch.nn.Parameter({value})", depth=2)
    block.add("")
    block.listing("def forward(", ["self", *free], "):", depth=1)
    passed = [f"self.{passes.kept(name)}" if name in owned else names[name] for name in names]
    block.listing("return Program.apply(", passed, ")", depth=2)
    return block
