"""Every operator in PyTorch's own functions: an oracle that shares no rule and no code with the engine."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed: script/test --torch compares with it")

from torch.nn import functional as F  # noqa: E402, N812 - needs PyTorch, and calls it so

from graphengine.ops import OPS  # noqa: E402

Word = Callable[..., Any]


def _axes(x: Any, axis: Any) -> tuple[int, ...]:
    return tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)


def _each(x: Any, axis: Any, keepdims: bool, reduce: Callable[[Any, int], Any]) -> Any:
    """A reduction that takes one axis, over several."""
    for number in sorted({i % x.ndim for i in _axes(x, axis)}, reverse=True):
        x = reduce(x, number)
        x = x.unsqueeze(number) if keepdims else x
    return x


def _sum(x: Any, axis: Any, keepdims: bool) -> Any:
    return x.sum(_axes(x, axis), keepdim=keepdims) if x.ndim else x.clone()


def _mean(x: Any, axis: Any, keepdims: bool) -> Any:
    return x.mean(_axes(x, axis), keepdim=keepdims) if x.ndim else x.clone()


def _index(x: Any, index: Any) -> Any:
    """Taking a part; PyTorch refuses negative steps, which are a flip and a positive one."""
    for axis, part in enumerate(index):
        if isinstance(part, tuple) and len(part) == 3 and (part[2] or 1) < 0:
            places = range(*slice(*part).indices(x.shape[axis]))
            x = x.index_select(axis, torch.tensor(list(places), dtype=torch.long))
    return x[tuple(_slice(part) for part in index)]


def _slice(part: Any) -> Any:
    if not isinstance(part, tuple):
        return part
    if len(part) == 1:
        return list(part[0])
    return slice(None) if (part[2] or 1) < 0 else slice(*part)


def _scatter(x: Any, index: Any, shape: Any) -> Any:
    zeros = torch.zeros(shape, dtype=x.dtype)
    places = tuple(map(_slice, index))
    if any(isinstance(part, list) for part in places):
        return zeros.index_put(tuple(map(torch.tensor, places)), x, accumulate=True)
    mask = torch.zeros(shape, dtype=torch.bool)
    mask[places] = True
    return zeros.masked_scatter(mask, x)


def _kron(a: Any, b: Any) -> Any:
    if a.ndim == 1:
        return torch.outer(a, b).reshape(-1)
    return torch.einsum("ij,kl->ikjl", a, b).reshape(a.shape[0] * b.shape[0], a.shape[1] * b.shape[1])


def _others(x: Any, axis: Any) -> Any:
    """The product of all other elements, by leaving each out in turn."""
    if axis is None:
        return _others(x.reshape(-1), 0).reshape(x.shape)
    count = x.shape[axis]
    kept = [[k for k in range(count) if k != i] for i in range(count)]
    parts = [x.index_select(axis, torch.tensor(k, dtype=torch.long)).prod(axis) for k in kept]
    return torch.stack(parts, axis) if parts else torch.zeros_like(x)


SPELLED: dict[str, Word] = {
    "same": lambda x: x * 1,
    "cbrt": lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3),
    "scaled": torch.mul,
    "cot": lambda x: 1 / torch.tan(x),
    "log_base": lambda x, b: torch.log(x) / torch.log(b),
    "exp10": lambda x: 10.0**x,
    "acot": lambda x: torch.atan(1 / x),
    "arcctg": lambda x: torch.pi / 2 - torch.atan(x),
    "asec": lambda x: torch.acos(1 / x),
    "acsc": lambda x: torch.asin(1 / x),
    "acoth": lambda x: torch.atanh(1 / x),
    "asech": lambda x: torch.acosh(1 / x),
    "acsch": lambda x: torch.asinh(1 / x),
    "coth": lambda x: torch.cosh(x) / torch.sinh(x),
    "sech": lambda x: 1 / torch.cosh(x),
    "csch": lambda x: 1 / torch.sinh(x),
    "sec": lambda x: 1 / torch.cos(x),
    "csc": lambda x: 1 / torch.sin(x),
    "sinc_slope": lambda x: (torch.cos(torch.pi * x) - torch.sinc(x)) / x,
    "gamma_function": lambda x: torch.exp(torch.lgamma(x)),
    "factorial": lambda x: torch.exp(torch.lgamma(x + 1)),
    "prelu": lambda x, slope: torch.where(x > 0, x, slope * x),
    "elu_scaled": lambda x, alpha: torch.where(x > 0, x, alpha * torch.expm1(x)),
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "hardsigmoid": lambda x: F.relu6(x + 3) / 6,  # its own has no forward mode
    "floor_divide": lambda a, b: torch.floor(a / b),  # its own has no derivative
    "squareplus": lambda x: (x + torch.sqrt(x**2 + 4)) / 2,
    "mod": torch.remainder,
    "leaky_relu": lambda x: F.leaky_relu(x, 0.01),
    "softplus": lambda x: F.softplus(x, threshold=50),
    "normal_cdf": torch.special.ndtr,
    "max": torch.maximum,
    "min": torch.minimum,
    "where": lambda c, a, b: torch.where(c != 0, a, b),
    "clip": torch.clamp,
    "step": lambda x: (torch.sign(x) + 1) / 2,
    "less": lambda a, b: (a < b).double(),
    "less_equal": lambda a, b: (a <= b).double(),
    "greater": lambda a, b: (a > b).double(),
    "greater_equal": lambda a, b: (a >= b).double(),
    "equal": lambda a, b: (a == b).double(),
    "not_equal": lambda a, b: (a != b).double(),
    "logical_and": lambda a, b: torch.logical_and(a, b).double(),
    "logical_or": lambda a, b: torch.logical_or(a, b).double(),
    "logical_not": lambda x: torch.logical_not(x).double(),
    "sum": _sum,
    "mean": _mean,
    "reshape": lambda x, shape: x.reshape(shape),
    "reshaped": torch.reshape,
    "expand": lambda x, shape: torch.broadcast_to(x, shape),
    "sum_to": lambda x, shape: x.sum_to_size(shape),
    "prod": lambda x, axis, keepdims: _each(x, axis, keepdims, torch.prod),
    "others": _others,
    "max_of": lambda x, axis, keepdims: torch.amax(x, _axes(x, axis), keepdim=keepdims),
    "min_of": lambda x, axis, keepdims: torch.amin(x, _axes(x, axis), keepdim=keepdims),
    "norm": lambda x, **options: torch.linalg.norm(x, *options.values()),
    "softmax": lambda x, axis: F.softmax(x, axis),
    "log_softmax": lambda x, axis: F.log_softmax(x, axis),
    "logsumexp": lambda x, axis, keepdims: torch.logsumexp(x, _axes(x, axis), keepdim=keepdims),
    "cumsum": lambda x, axis: torch.cumsum(x.reshape(-1) if axis is None else x, 0 if axis is None else axis),
    "flip": lambda x, axis: torch.flip(x, _axes(x, axis)),
    "broadcast_to": lambda x, shape: torch.broadcast_to(x, shape),
    "squeeze": lambda x, axis: torch.squeeze(x) if axis is None else torch.squeeze(x, axis),
    "expand_dims": lambda x, axis: torch.unsqueeze(x, axis),
    "flatten": lambda x: x.reshape(-1),
    "permute": lambda x, axes: x.permute(axes or tuple(range(x.ndim))[::-1]),
    "swapaxes": lambda x, axis1, axis2: x.transpose(axis1, axis2),
    "moveaxis": lambda x, source, destination: torch.movedim(x, source, destination),
    "repeat": lambda x, repeats, axis: torch.repeat_interleave(x, repeats, axis),
    "tile": lambda x, reps: torch.tile(x, reps),
    "roll": lambda x, shift, axis: torch.roll(x, shift, axis),
    "pad": lambda x, pad_width: F.pad(
        x, (pad_width if isinstance(pad_width, tuple) else (pad_width, pad_width)) * x.ndim
    ),
    "sort": lambda x, axis: torch.sort(x, axis).values,
    "cumprod": lambda x, axis: torch.cumprod(x.reshape(-1) if axis is None else x, axis or 0),
    "convolve": lambda a, b, mode: _convolve(a, b, mode),
    "conv1d": F.conv1d,
    "conv2d": F.conv2d,
    "max_pool1d": lambda x, kernel_size, stride: F.max_pool1d(x, kernel_size, stride or None),
    "max_pool2d": lambda x, kernel_size, stride: F.max_pool2d(x, kernel_size, stride or None),
    "avg_pool1d": lambda x, kernel_size, stride: F.avg_pool1d(x, kernel_size, stride or None),
    "avg_pool2d": lambda x, kernel_size, stride: F.avg_pool2d(x, kernel_size, stride or None),
    "cholesky": lambda x: torch.linalg.cholesky((x + x.mT) / 2),
    "eigvalsh": lambda x: torch.linalg.eigvalsh((x + x.mT) / 2),
    "logabsdet": lambda x: torch.linalg.slogdet(x)[1],
    "matrix_power": lambda x, n: torch.linalg.matrix_power(x, n),
    "expm": torch.linalg.matrix_exp,
    "expm_change": lambda x, e: torch.linalg.matrix_exp(
        torch.cat([torch.cat([x, e], -1), torch.cat([0 * e, x], -1)], -2)
    )[..., : x.shape[-1], x.shape[-1] :],
    "cross": lambda a, b: torch.linalg.cross(a, b.expand(a.shape)),
    "tensordot": lambda a, b, axes: torch.tensordot(a, b, axes),
    "hstack": lambda *arrays: torch.hstack(arrays),
    "vstack": lambda *arrays: torch.vstack(arrays),
    "tril": lambda x, k: torch.tril(x, k),
    "triu": lambda x, k: torch.triu(x, k),
    "index": _index,
    "scatter": _scatter,
    "concat": lambda *arrays, axis: torch.cat(arrays, axis),
    "stack": lambda *arrays, axis: torch.stack(arrays, axis),
    "einsum": lambda *arrays, subscripts: torch.einsum(subscripts, *arrays),
    "mse": F.mse_loss,
    "huber": lambda y, t, delta: F.huber_loss(y, t, delta=delta),
    "smooth_l1": lambda y, t, beta: F.smooth_l1_loss(y, t, beta=beta),
    "bce": F.binary_cross_entropy,
    "bce_with_logits": F.binary_cross_entropy_with_logits,
    "kl_div": lambda x, t: F.kl_div(x, t, reduction="none").mean(),
    "hinge": lambda y, t: F.margin_ranking_loss(y, torch.zeros_like(y), t, margin=1),
    "nll_loss": lambda x, t: -(x * t).sum(-1).mean(),
    "cosine_similarity": lambda a, b, axis, eps: F.cosine_similarity(a, b, dim=axis, eps=eps),
    "var": lambda x, axis, keepdims, ddof: torch.var(x, _axes(x, axis), correction=ddof, keepdim=keepdims),
    "std": lambda x, axis, keepdims, ddof: torch.std(x, _axes(x, axis), correction=ddof, keepdim=keepdims),
    "cov": lambda x, ddof: torch.cov(x, correction=int(ddof)),
    "cross_entropy": lambda x, t: _cross_entropy(x, t),
    "layernorm": lambda x, eps: F.layer_norm(x, x.shape[-1:], eps=eps),
    "matvec": torch.mv,
    "vecmat": lambda x, a: torch.mv(a.T, x),
    "matsvec": torch.matmul,
    "vecmats": torch.matmul,
    "kron": _kron,
    "transpose": lambda x: x.mT,
    "trace": lambda x: x.diagonal(dim1=-2, dim2=-1).sum(-1),
    "spread_diagonal": lambda x, size: x[..., None, None] * torch.eye(size, dtype=x.dtype),
    "adj": lambda x: torch.linalg.det(x)[..., None, None] * torch.linalg.inv(x),
    "diagonal": lambda x: x.diagonal(dim1=-2, dim2=-1),
    "diag_matrix": torch.diag_embed,
    "hermitian": lambda x: x.mH,
    "modulus": torch.abs,
    "phase": torch.sgn,
    "complex_norm": torch.linalg.vector_norm,
}
"""What PyTorch calls otherwise, or writes in other functions."""
PLACES = (torch.linalg, torch.special, torch, F)


def _word(name: str) -> Word | None:
    """A function of PyTorch's that is called as the operator is, if there is one."""
    return next((getattr(place, name) for place in PLACES if hasattr(place, name)), None)


LACKING = {
    "shares": "how ties share, a rule of ours",
    "argmax": "has no derivative",
    "polygamma": "of PyTorch's nine digits are right, and its zeta has no forward mode; SymPy judges digamma",
    "one_hot": "has no derivative",
    "argsort": "has no derivative",
    "eigenvectors": "PyTorch refuses the derivative by their signs; eigvalsh and svdvals go through them",
    "take": "of whole numbers; test_gather.py compares it",
    "take_along_axis": "of whole numbers; test_gather.py compares it",
    "gather": "of whole numbers; test_gather.py compares it",
    "scatter_add": "of whole numbers; test_gather.py compares it",
    "imag": "PyTorch refuses real numbers; test_complex.py has the complex ones",
    "diag": "stands for diagonal and diag_matrix",
}
"""What is not compared, and why."""
WORDS: dict[str, Word] = {
    name: word
    for name in OPS
    if name not in LACKING and (word := SPELLED.get(name) or _word(name)) is not None
}


def _convolve(a: Any, b: Any, mode: str) -> Any:
    """A convolution by the one that does not turn its kernel round."""
    a, b = (a, b) if len(a) >= len(b) else (b, a)
    full = F.conv1d(a[None], b.flip(0)[None, None], padding=len(b) - 1)[0]
    start = {"full": 0, "same": (len(b) - 1) // 2, "valid": len(b) - 1}[mode]
    length = {"full": len(full), "same": len(a), "valid": len(a) - len(b) + 1}[mode]
    return full[start : start + length]


def _cross_entropy(x: Any, t: Any) -> Any:
    return F.cross_entropy(x, t) if x.ndim > 1 else F.cross_entropy(x[None], t[None])


def _tensors(values: Any) -> list[Any]:
    return [torch.as_tensor(x, dtype=torch.float64) for x in values]


NUMPY = SimpleNamespace(
    concatenate=torch.cat,
    cumsum=torch.cumsum,
    diag=torch.diag,
    dot=torch.dot,
    exp=torch.exp,
    eye=lambda size: torch.eye(size, dtype=torch.float64),
    linalg=torch.linalg,
    log=torch.log,
    matmul=torch.matmul,
    mean=torch.mean,
    outer=torch.outer,
    reshape=torch.reshape,
    sin=torch.sin,
    sqrt=torch.sqrt,
    sum=torch.sum,
    tanh=torch.tanh,
    trace=torch.trace,
    where=torch.where,
    maximum=lambda *numbers: torch.maximum(*_tensors(numbers)),
    minimum=lambda *numbers: torch.minimum(*_tensors(numbers)),
    stack=lambda arrays, axis=0: torch.stack(_tensors(arrays), axis),
    max=lambda x, axis=None, keepdims=False: torch.amax(x, _axes(x, axis), keepdims),
    min=lambda x, axis=None, keepdims=False: torch.amin(x, _axes(x, axis), keepdims),
    prod=lambda x, axis=None, keepdims=False: _each(x, axis, keepdims, torch.prod),
)
"""The functions of NumPy in which random programs of arrays are written."""
