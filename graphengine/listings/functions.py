"""A program as plain functions: `forward` and `backward`, or one that carries tangents."""

from __future__ import annotations

from .blocks import Block, commas
from .passes import Passes


def body(passes: Passes, forwards: bool) -> Block:
    """The functions of NumPy, PyTorch or JAX; `forwards` for forward mode."""
    if forwards:
        return _carrying(passes)
    block = _forward(passes)
    block.gap()
    block += _backward(passes)
    if passes.dialect.name == "jax":
        block = Block([*_custom(passes), *block])
        block.gap()
        block.add("program.defvjp(forward, backward)")
    return block


def _custom(passes: Passes) -> Block:
    names = passes.arguments
    block = Block()
    block.add('jax.config.update("jax_enable_x64", True)')
    block.gap()
    block.add("@jax.custom_vjp")
    block.listing("def program(", names, "):")
    block.add(f'"""{passes.names.values[passes.end]}, with the backward pass below."""', depth=1)
    block.listing("return forward(", names, ")[0]", depth=1)
    block.gap()
    return block


def _forward(passes: Passes) -> Block:
    result = passes.names.values[passes.end]
    block = Block()
    block.listing("def forward(", passes.arguments, "):", *passes.given)
    block.add(f'"""{result}, and the values that `backward` reads."""', depth=1)
    block.take(passes.values)
    block.listing(f"return {result}, (", commas(passes.saved), ")", depth=1)
    return block


def _backward(passes: Passes) -> Block:
    bars = [passes.gradient(position) for position in passes.by]
    if passes.dialect.name == "jax":  # a custom_vjp answers for every argument
        bars = [passes.gradient(i) if i in passes.by else "None" for i in passes.inputs]
    block = Block()
    block.add(f"def backward(saved, {passes.seed}):", *passes.seeded)
    about = ", ".join(passes.names.values[position] for position in passes.by)
    block.add(
        f'"""The gradients by {about}, from the adjoint of {passes.names.values[passes.end]}."""', depth=1
    )
    if passes.saved:
        block.tuple("", passes.saved, " = saved", depth=1)
    for part in passes.adjoints:
        block.take(part.lines)
    block.tuple("return ", bars, depth=1)
    return block


def _carrying(passes: Passes) -> Block:
    dots = [passes.names.tangents[position] for position in passes.by]
    result = passes.names.values[passes.end]
    block = Block()
    if passes.dialect.name == "jax":
        block.add('jax.config.update("jax_enable_x64", True)')
        block.gap()
    block.listing("def forward(", [*passes.arguments, *dots], "):", *passes.given)
    block.add(f'"""{result}, and its tangent in the direction of the given tangents."""', depth=1)
    block.take(passes.tangents)
    block.add(f"return {result}, {passes.tangent}", depth=1)
    return block
