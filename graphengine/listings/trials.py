"""What a file does when it is run: the program at its numbers, its gradient, and a check of it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from ..graph.roles import discrete
from ..values import Array
from .blocks import Block
from .passes import Passes

NUMPY_CHECK = '''
def differences(inputs, k, seed, h=1e-6):
    """The gradient by inputs[k], by central differences."""
    x = np.array(inputs[k])
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        for unit in (1, 1j) if np.iscomplexobj(x) else (1,):
            moved = np.zeros_like(x)
            moved[place] = unit * h
            ahead, behind = (forward(*inputs[:k], x + d, *inputs[k + 1 :])[0] for d in (moved, -moved))
            found[place] += unit * np.sum(np.real(np.conj(seed) * (ahead - behind))) / (2 * h)
    return found
'''


def trial(
    passes: Passes, kind: str, forwards: bool, owned: Sequence[str], seeds: Mapping[str, Array]
) -> Block:
    """The lines under `if __name__ == "__main__"`, with what they call before them."""
    block = Block()
    block.gap()
    if kind == "numpy" and not forwards:
        for line in textwrap.dedent(NUMPY_CHECK).strip().splitlines():
            block.add(line)
        block.gap()
    block.add('if __name__ == "__main__":')
    if forwards:
        _directed(passes, block, seeds)
    elif kind == "module":
        _owning(passes, block, owned)
    else:
        _stated(passes, block, passes.arguments, range(len(passes.arguments)))
        {"numpy": _numpy, "torch": _torch, "function": _function, "jax": _jax}[kind](
            passes, block, _given(passes, seeds)
        )
    return block


def _stated(passes: Passes, block: Block, names: Sequence[str], places: Sequence[int]) -> None:
    """The inputs' numbers."""
    values = [passes.graph.values[name] for name in passes.graph.inputs]
    for name, place in zip(names, places, strict=True):
        block.add(f"{name} = {passes.dialect.array(values[place])}", depth=1)


def _given(passes: Passes, seeds: Mapping[str, Array]) -> str:
    """The output's adjoint."""
    if passes.output in seeds:
        return passes.dialect.array(seeds[passes.output])
    return f"{passes.dialect.module}.ones_like({passes.names.values[passes.end]})"


def _moving(passes: Passes, block: Block, inputs: Sequence[str]) -> str:
    """Let PyTorch differentiate by the `inputs` that have a derivative; what to call these."""
    still = discrete(passes.graph)
    places = [place for place, name in enumerate(inputs) if name not in still]
    by = "inputs" if len(places) == len(inputs) else "moving"
    if by == "moving":
        block.add(f"moving = [inputs[place] for place in {places}]", depth=1)
    block.add(f"for tensor in {by}:", depth=1)
    block.add("tensor.requires_grad_()", depth=2)
    return by


def _show(passes: Passes, block: Block) -> None:
    result = passes.names.values[passes.end]
    block.add(f'print("{result} =", {result})', depth=1)
    names = [f'"{passes.names.adjoints[position]}"' for position in passes.by]
    block.tuple("names = ", names, depth=1)
    block.add("for name, gradient in zip(names, gradients):", depth=1)
    block.add('print(name, "=", gradient)', depth=2)


def _swept(passes: Passes, block: Block, seed: str) -> list[int]:
    """Forward, backward and what they found; the places of the inputs that have gradients."""
    result = passes.names.values[passes.end]
    block.tuple("inputs = ", passes.arguments, depth=1)
    block.add(f"{result}, saved = forward(*inputs)", depth=1)
    block.add(f"{passes.seed} = {seed}", depth=1)
    block.add(f"gradients = backward(saved, {passes.seed})", depth=1)
    _show(passes, block)
    return [list(passes.graph.inputs).index(name) for name in passes.wrt]


def _numpy(passes: Passes, block: Block, seed: str) -> None:
    places = _swept(passes, block, seed)
    block.add(f"for place, gradient in zip({places}, gradients):", depth=1)
    block.add(f"expected = differences(inputs, place, {passes.seed})", depth=2)
    block.add("np.testing.assert_allclose(gradient, expected, rtol=1e-4, atol=1e-6)", depth=2)
    block.add('print("The gradients agree with central differences.")', depth=1)


def _torch(passes: Passes, block: Block, seed: str) -> None:
    places = _swept(passes, block, seed)
    _moving(passes, block, list(passes.graph.inputs))
    block.add("torch.autograd.gradcheck(lambda *xs: forward(*xs)[0], inputs)", depth=1)
    block.add(f"by = [inputs[place] for place in {places}]", depth=1)
    block.add(
        f"expected = torch.autograd.grad(forward(*inputs)[0], by, {passes.seed}, materialize_grads=True)",
        depth=1,
    )
    block.add("torch.testing.assert_close(gradients, expected)", depth=1)
    block.add('print("The gradients agree with those of autograd, which pass gradcheck.")', depth=1)


def _function(passes: Passes, block: Block, seed: str) -> None:
    result = passes.names.values[passes.end]
    block.tuple("inputs = ", passes.arguments, depth=1)
    by = _moving(passes, block, list(passes.graph.inputs))
    block.add(f"{result} = Program.apply(*inputs)", depth=1)
    block.add(f"gradients = torch.autograd.grad({result}, {by}, {seed}, materialize_grads=True)", depth=1)
    _show(passes, block)
    block.add("torch.autograd.gradcheck(Program.apply, inputs)", depth=1)
    block.add('print("gradcheck passes.")', depth=1)


def _owning(passes: Passes, block: Block, owned: Sequence[str]) -> None:
    names = list(passes.graph.inputs)
    free = [place for place, name in enumerate(names) if name not in owned]
    passed = [passes.arguments[place] for place in free]
    result = passes.names.values[passes.end]
    _stated(passes, block, passed, free)
    block.add("model = Model()", depth=1)
    block.add(f"{result} = model({', '.join(passed)})", depth=1)
    block.add(f'print("{result} =", {result}.detach())', depth=1)
    # The gradient of a complex result is that of its real part, as in the walk.
    real = ".real" if passes.graph.nodes[passes.end].complex else ""
    block.add(f"{result}{real}.sum().backward()", depth=1)
    block.add("for name, parameter in model.named_parameters():", depth=1)
    block.add('print(name, "=", parameter.data, "gradient:", parameter.grad)', depth=2)
    block.tuple("inputs = ", [*passed, *(f"model.{passes.kept(name)}" for name in owned)], depth=1)
    _moving(passes, block, [*(names[place] for place in free), *owned])
    order = [
        free.index(k) if k in free else len(free) + list(owned).index(name) for k, name in enumerate(names)
    ]
    block.add(
        f"torch.autograd.gradcheck(lambda *xs: Program.apply(*(xs[place] for place in {order})), inputs)",
        depth=1,
    )
    block.add('print("gradcheck passes.")', depth=1)


def _jax(passes: Passes, block: Block, seed: str) -> None:
    result = passes.names.values[passes.end]
    moved = [passes.names.values[position] for position in passes.by]
    block.tuple("inputs = ", passes.arguments, depth=1)
    program, by = "program", "inputs"
    if moved != passes.arguments:  # labels, indices and counts stay
        program, by = "moved", "moving"
        block.add(f"moved = lambda {', '.join(moved)}: program({', '.join(passes.arguments)})", depth=1)
        block.tuple("moving = ", moved, depth=1)
    block.add(f"{result}, pull = jax.vjp({program}, *{by})", depth=1)
    block.add(f"gradients = pull({seed})", depth=1)
    _show(passes, block)
    block.add("from jax.test_util import check_grads", depth=1)
    block.add("")
    block.add(f'check_grads({program}, {by}, order=1, modes=["rev"])', depth=1)
    block.add('print("check_grads passes.")', depth=1)


def _directed(passes: Passes, block: Block, seeds: Mapping[str, Array]) -> None:
    """Forward mode: the tangent in one direction, compared with a difference, torch.func or jax.jvp."""
    dialect, result = passes.dialect, passes.names.values[passes.end]
    _stated(passes, block, passes.arguments, range(len(passes.arguments)))
    dots = [passes.names.tangents[position] for position in passes.by]
    for name, dot in zip(passes.wrt, dots, strict=True):
        block.add(f"{dot} = {dialect.array(seeds[name])}", depth=1)
    block.listing(
        f"{result}, {passes.names.tangents[passes.end]} = forward(", [*passes.arguments, *dots], ")", depth=1
    )
    block.add(f'print("{result} =", {result})', depth=1)
    dot = passes.names.tangents[passes.end]
    block.add(f'print("{dot} =", {dot})', depth=1)
    moved = dict(zip(passes.by, dots, strict=True))
    steps = [
        f"{name} + tiny * {moved[position]}" if position in moved else name
        for name, position in zip(passes.arguments, passes.inputs, strict=True)
    ]
    block.add("tiny = 1e-6", depth=1)
    block.listing("ahead, _ = forward(", [*steps, *dots], ")", depth=1)
    block.listing(
        "behind, _ = forward(",
        [step.replace(" + tiny *", " - tiny *") for step in steps] + dots,
        ")",
        depth=1,
    )
    check = {
        "numpy": "np.testing.assert_allclose({0}, (ahead - behind) / (2 * tiny), rtol=1e-4, atol=1e-6)",
        "torch": "torch.testing.assert_close({0}, (ahead - behind) / (2 * tiny), rtol=1e-4, atol=1e-6)",
        "jax": "assert jnp.allclose({0}, (ahead - behind) / (2 * tiny), rtol=1e-4, atol=1e-6)",
    }[dialect.name]
    block.add(check.format(dot), depth=1)
    block.add('print("The tangent agrees with a central difference.")', depth=1)
