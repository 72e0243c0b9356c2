"""Functions of NumPy and SciPy that PyTorch or JAX calls by another name, or with other arguments."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

Word = Callable[..., str]


def _reduced(name: str, everything: str = "None") -> Word:
    """A reduction of PyTorch's, whose options are called dim and keepdim."""

    def word(x: str, axis: str = "None", keepdims: str = "False") -> str:
        dim = everything if axis == "None" else axis
        keep = ", keepdim=True" if keepdims == "True" else ""
        return f"torch.{name}({x}{f', dim={dim}' if keep or axis != 'None' else ''}{keep})"

    return word


def _along(name: str) -> Word:
    """A function of PyTorch's along one axis, which it calls dim."""
    return lambda x, axis="0": f"torch.{name}({x}, dim={axis})"


def _renamed(name: str) -> Word:
    return lambda *args: f"{name}({', '.join(args)})"


def _product(x: str, axis: str = "None", keepdims: str = "False") -> str:
    if keepdims == "False" and axis == "None":
        return f"torch.prod({x})"
    if axis == "None" or axis.startswith("("):
        return f"product({x}, {axis}, {keepdims})"
    return _reduced("prod")(x, axis, keepdims)


def _logsumexp(x: str, axis: str = "None", keepdims: str = "False") -> str:
    dim = f"tuple(range({x}.ndim))" if axis == "None" else axis
    return f"torch.logsumexp({x}, dim={dim}{', keepdim=True' if keepdims == 'True' else ''})"


def _flip(x: str, axis: str = "None") -> str:
    return f"torch.flip({x}, dims={f'tuple(range({x}.ndim))' if axis == 'None' else _axis(axis)})"


def _permuted(x: str, axes: str = "None") -> str:
    return f"torch.permute({x}, {f'tuple(range({x}.ndim))[::-1]' if axes == 'None' else axes})"


def _repeated(x: str, repeats: str, axis: str = "None") -> str:
    return f"torch.repeat_interleave({x}, {repeats}{'' if axis == 'None' else f', dim={axis}'})"


def _rolled(x: str, shift: str, axis: str = "None") -> str:
    return f"torch.roll({x}, {shift}{'' if axis == 'None' else f', dims={axis}'})"


def _running(name: str) -> Word:
    """A sum or product so far, of PyTorch's: without an axis, of all elements in a row."""

    def word(x: str, axis: str = "None") -> str:
        return f"torch.{name}({x}.reshape(-1), dim=0)" if axis == "None" else f"torch.{name}({x}, dim={axis})"

    return word


def _norm(x: str, order: str, axis: str, keepdims: str) -> str:
    if order in ("None", "2.0") and keepdims == "False" and axis == "None":
        return f"torch.linalg.norm({x})"
    return f"torch.linalg.norm({x}, {order}, {axis}, {keepdims})"


def _spread(name: str) -> Word:
    """A variance, in which PyTorch says correction for ddof."""

    def word(x: str, axis: str = "None", keepdims: str = "False", ddof: str = "0.0") -> str:
        options = f", dim={axis}" if axis != "None" else ""
        options += f", correction={ddof.removesuffix('.0')}" + (
            ", keepdim=True" if keepdims == "True" else ""
        )
        return f"torch.{name}({x}{options})"

    return word


def _polygamma(n: str, x: str) -> str:
    """By Hurwitz's zeta function: PyTorch's own has nine digits."""
    return f"{math.factorial(int(n)) * (-1) ** (int(n) + 1)} * torch.special.zeta({int(n) + 1}, {x})"


def _axis(text: str) -> str:
    return text if text.startswith("(") else f"({text},)"


def _where(c: str, a: str, b: str) -> str:
    condition = c if re.search("[<>]|eq", c) else f"{c} != 0"
    if all(part.replace(".", "").isdigit() for part in (a, b)):  # of two plain numbers PyTorch makes float32
        b = f"torch.tensor({b}, dtype=torch.float64)"
    return f"torch.where({condition}, {a}, {b})"


TORCH: dict[str, Word] = {
    "np.sum": _reduced("sum"),
    "np.mean": _reduced("mean"),
    "np.max": _reduced("amax", "()"),
    "np.min": _reduced("amin", "()"),
    "np.argmax": _reduced("argmax"),
    "np.prod": _product,
    "np.cumsum": _running("cumsum"),
    "np.flip": _flip,
    "np.squeeze": lambda x, axis="None": f"torch.squeeze({x}{'' if axis == 'None' else f', dim={axis}'})",
    "np.expand_dims": lambda x, axis: f"torch.unsqueeze({x}, {axis})",
    "np.linalg.norm": _norm,
    "np.cross": lambda a, b: f"torch.linalg.cross(*torch.broadcast_tensors({a}, {b}))",
    "np.transpose": _permuted,
    "np.sort": lambda x, axis: f"torch.sort({x}, dim={axis}).values",
    "np.argsort": lambda x, axis: f"torch.argsort({x}, dim={axis})",
    "np.cumprod": _running("cumprod"),
    "np.repeat": _repeated,
    "np.roll": _rolled,
    "np.pad": lambda x, pad_width: f"padded({x}, {pad_width})",
    "np.concatenate": lambda xs, axis="0": f"torch.cat({xs}, dim={axis})",
    "np.stack": lambda xs, axis="0": f"torch.stack({xs}, dim={axis})",
    "np.reshape": lambda x, shape: f"{x}.reshape({shape})",
    "np.arctan2": lambda a, b: f"torch.arctan2({f'torch.ones_like({b})' if a == '1.0' else a}, {b})",
    "np.equal": _renamed("torch.eq"),
    "np.sign": _renamed("torch.sgn"),
    "np.asarray": lambda x: x,
    "np.full_like": lambda x, number: f"torch.full_like({x}, {number})",
    "np.shape": lambda x: f"{x}.shape",
    "np.eye": lambda size: f"torch.eye({size}, dtype=torch.float64)",
    "np.maximum": lambda a, b: f"torch.relu({a})" if b == "0.0" else f"torch.maximum({a}, {b})",
    "np.minimum": lambda a, b: f"torch.clamp({a}, max={b})" if b == "0.0" else f"torch.minimum({a}, {b})",
    "np.logaddexp": lambda a, b: f"torch.logaddexp({f'torch.zeros_like({b})' if a == '0.0' else a}, {b})",
    "np.rint": _renamed("torch.round"),
    "np.var": _spread("var"),
    "np.std": _spread("std"),
    "np.cov": lambda x, ddof: f"torch.cov({x}, correction={ddof.removesuffix('.0')})",
    "special.polygamma": _polygamma,
    "special.gamma": lambda x: f"torch.exp(torch.lgamma({x}))",
    "np.heaviside": lambda x, _zero: f"torch.heaviside({x}, torch.zeros_like({x}))",
    "np.cbrt": lambda x: f"torch.sign({x}) * torch.abs({x}) ** (1 / 3)",
    "np.where": _where,
    "np.trace": lambda x, **_: f"torch.diagonal({x}, dim1=-2, dim2=-1).sum(-1)",
    "np.diagonal": lambda x, **_: f"torch.diagonal({x}, dim1=-2, dim2=-1)",
    "special.expit": _renamed("torch.sigmoid"),
    "special.log_expit": _renamed("torch.nn.functional.logsigmoid"),
    "special.xlogy": _renamed("torch.xlogy"),
    "special.erf": _renamed("torch.erf"),
    "special.softmax": _along("softmax"),
    "special.log_softmax": _along("log_softmax"),
    "special.logsumexp": _logsumexp,
}

TORCH_REAL: dict[str, Word] = {"np.imag": _renamed("torch.zeros_like")}
"""Of real numbers PyTorch takes no imaginary part."""
TORCH_COMPLEX: dict[str, Word] = {
    "special.xlogy": lambda a, b: f"torch.where(torch.eq({a}, 0), 0.0, {a} * torch.log({b}))"
}

JAX: dict[str, Word] = {
    "scattered": lambda x, index, shape: f"jnp.zeros({shape}).at[{index}].add({x})",
    "special.expit": _renamed("jax.nn.sigmoid"),
    "special.log_expit": _renamed("jax.nn.log_sigmoid"),
    "special.softmax": lambda x, axis: f"jax.nn.softmax({x}, axis={axis})",
    "special.log_softmax": lambda x, axis: f"jax.nn.log_softmax({x}, axis={axis})",
}
