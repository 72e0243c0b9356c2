"""Functions that a library lacks, as source: for NumPy and JAX the engine's own, for PyTorch in its words."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping

from ..ops import HELPERS, OPS

COMPOSED = {"places", "scattered", "gathered", "spread"} | {
    getattr(op.evaluate, "__name__", "") for op in OPS.values() if op.kind == "composite"
}
"""Not taken over: what they stand for is written out, and `scattered` in a shorter way of its own."""


def _source(name: str) -> str:
    """The source of a function of ours, without the types, which would need imports of their own."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(HELPERS[name])))
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None
    return ast.unparse(function)


def _called(text: str, known: Mapping[str, str]) -> list[str]:
    return [name for name in known if re.search(rf"\b{name}\(", text)]


def needed(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """The helpers that `text` calls, and those that these call, each once."""
    waiting, done = _called(text, known), set[str]()
    while waiting:
        name = waiting.pop(0)
        if name not in done:
            done.add(name)
            waiting += [other for other in _called(known[name], known) if other != name]
            yield name


_SHARED = {name: _source(name) for name in HELPERS if name not in COMPOSED}

NUMPY_HELPERS = _SHARED | {
    "scattered": '''def scattered(x, index, shape):
    """Zeros of `shape` with `x` added at `index`."""
    result = np.zeros(shape, np.result_type(x, float))
    np.add.at(result, index, x)
    return result'''
}


def jax_helpers() -> dict[str, str]:
    """Those of NumPy in JAX's words; parts of arrays it fills by itself."""
    return {name: re.sub(r"\bnp\.", "jnp.", source) for name, source in _SHARED.items()}


TORCH_HELPERS = {
    "sum_to_shape": '''def sum_to_shape(x, shape):
    """Undo a broadcast from `shape`: sum over the axes that it added or repeated."""
    return x.sum_to_size(shape)''',
    "shared_by_ties": '''def shared_by_ties(x, y):
    """1 where x is y, shared among ties along the axes in which y was stretched."""
    ties = torch.eq(x, y).double()
    axes = [i for i, (n, m) in enumerate(zip(x.shape, y.shape)) if n != m]
    count = ties.sum(dim=axes, keepdim=True) if axes else ties
    return ties / torch.clamp(count, min=1.0)''',
    "product": '''def product(x, axis, keepdims):
    """The product along several axes."""
    axes = range(x.ndim) if axis is None else [i % x.ndim for i in axis]
    for i in sorted(axes, reverse=True):
        x = torch.prod(x, dim=i, keepdim=keepdims)
    return x''',
    "product_of_others": '''def product_of_others(x, axis):
    """For each element the product of all others along `axis`; a zero takes no part in its own."""
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    zero = x == 0
    rest, zeros = torch.where(zero, 1.0, x), zero.to(x.dtype)
    for i in axes:
        rest, zeros = torch.prod(rest, dim=i, keepdim=True), zeros.sum(dim=i, keepdim=True)
    alone = rest / torch.where(zero, 1.0, x)
    return torch.where(zero, (zeros == 1) * rest, torch.where(zeros == 0, alone, 0.0))''',
    "adjugate": '''def adjugate(x):
    """The adjugate of a matrix: adj(X) X = det(X) I, by singular values, so singular ones have it."""
    u, s, vt = torch.linalg.svd(x)
    n = s.shape[-1]
    kept = [[k for k in range(n) if k != i] for i in range(n)]
    others = torch.stack([s[..., k].prod(-1) for k in kept], dim=-1)
    sign = torch.linalg.det(u) * torch.linalg.det(vt)
    return ((u * others[..., None, :]) @ vt).mH * sign[..., None, None]''',
    "hot": '''def hot(x, size):
    """Class numbers as one-hot rows; a number that is no class gives a row of NaN."""
    rows = torch.eq(x[..., None], torch.arange(size)).double()
    return torch.where(rows.sum(-1, keepdim=True) == 1, rows, torch.nan)''',
    "scattered": '''def scattered(x, index, shape):
    """Zeros of `shape` with `x` added at `index`."""
    size = torch.Size(shape).numel()
    places = torch.arange(size).reshape(shape)
    flat = torch.zeros(size, dtype=x.dtype)
    return flat.index_add(0, taken(places, index).reshape(-1), x.reshape(-1)).reshape(shape)''',
    "symmetric_root": '''def symmetric_root(x):
    """The lower triangle L with L Lᵀ = (x + xᵀ)/2."""
    return torch.linalg.cholesky((x + x.mT) / 2)''',
    "symmetric_values": '''def symmetric_values(x):
    """The eigenvalues of (x + xᵀ)/2, ascending."""
    return torch.linalg.eigvalsh((x + x.mT) / 2)''',
    "symmetric_vectors": '''def symmetric_vectors(x):
    """Orthonormal eigenvectors of (x + xᵀ)/2 as columns, in the order of the eigenvalues."""
    return torch.linalg.eigh((x + x.mT) / 2)[1]''',
    "singular_values": '''def singular_values(x):
    """The singular values of a matrix or a stack, descending."""
    return torch.linalg.svdvals(x)''',
    "exponential_of": '''def exponential_of(x):
    """e^X of a matrix or a stack."""
    return torch.linalg.matrix_exp(x)''',
    "exponential_change": '''def exponential_change(x, e):
    """The derivative of e^X in the direction E: the corner of exp [[X, E], [0, X]]."""
    n = x.shape[-1]
    above, below = torch.cat([x, e], dim=-1), torch.cat([0 * e, x], dim=-1)
    return exponential_of(torch.cat([above, below], dim=-2))[..., :n, n:]''',
    "padded": '''def padded(x, width):
    """Zeros around `x`, as many as NumPy's pad is told."""
    widths = torch.broadcast_to(torch.tensor(width), (x.ndim, 2)).flip(0)
    return torch.nn.functional.pad(x, widths.reshape(-1).tolist())''',
    "taken": '''def taken(x, index):
    """`x[index]`, where slices may go backwards, which PyTorch has no word for."""
    places, axis = [], 0
    named = sum(part is not None and part is not ... for part in index)
    for part in index:
        if isinstance(part, slice) and (part.step or 1) < 0:
            found, last = range(x.shape[axis])[part], x.shape[axis] - 1
            x = x.flip(axis)
            part = slice(last - found[0], last - found[-1] + 1, -part.step) if found else slice(0, 0)
        places.append(part)
        axis += x.ndim - named if part is ... else part is not None
    return x[tuple(places)]''',
}
