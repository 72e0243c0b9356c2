"""The functions of neural networks, stable where the naive formula overflows."""

from __future__ import annotations

import numpy as np
from scipy import special

from ..messages import N_
from .constants import Constant
from .record import composite, elementwise

ROOT_2_PI = Constant(np.sqrt(2 * np.pi), r"\sqrt{2\pi}", "sqrt(2 * pi)")
ROOT_2_OVER_PI = Constant(np.sqrt(2 / np.pi), r"\sqrt{\frac{2}{\pi}}", "sqrt(2 / pi)")
TWO_OVER_ROOT_PI = Constant(2 / np.sqrt(np.pi), r"\frac{2}{\sqrt{\pi}}", "2 / sqrt(pi)")


# Φ, the distribution function of the standard normal: gelu is x·Φ(x), and Φ by erf alone cancels for x ≪ 0.
normal_cdf = elementwise(
    "normal_cdf(x)",
    special.ndtr,
    lambda x: np.exp(-(x**2 / 2)) / ROOT_2_PI,
    numpy=(special.ndtr,),
    symbol="Φ",
    latex=r"\Phi(#1)",
    text="(1 + erf(x / sqrt(2))) / 2",
    cost=4,
    helper=True,
    specimens=((1.5,), (-0.7,)),
)

sigmoid = elementwise(
    "sigmoid(x)",
    special.expit,
    lambda y: y * (1 - y),
    aliases=("σ", "expit", "logistic"),
    inverse={"sigmoid": "logit"},
    symbol="σ",
    latex=r"\sigma(#1)",
    cost=4,
    specimens=((1.5,), (-0.7,)),
)

softplus = elementwise(
    "softplus(x)",
    lambda x: np.logaddexp(0.0, x),
    lambda x: sigmoid(x),
    elsewhere=("log1pexp",),
    symbol="softplus",
    latex=r"\operatorname{softplus}(#1)",
    cost=4,
    specimens=((1.5,), (-0.7,)),
)

ACTIVATIONS = (
    sigmoid,
    elementwise(
        "logsigmoid(x)",
        special.log_expit,
        lambda x: sigmoid(-x),
        aliases=("log_sigmoid",),
        symbol="ln σ",
        latex=r"\ln\sigma(#1)",
        cost=4,
        specimens=((1.5,), (-0.7,)),
    ),
    softplus,
    elementwise(
        "silu(x)",
        lambda x: x * special.expit(x),
        lambda x, y: sigmoid(x) + y * (1 - sigmoid(x)),
        aliases=("swish",),
        symbol="SiLU",
        latex=r"\operatorname{SiLU}(#1)",
        sympy="x / (1 + exp(-x))",
        cost=5,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "gelu(x)",
        lambda x: x * special.ndtr(x),
        lambda x: normal_cdf(x) + x * np.exp(-(x**2 / 2)) / ROOT_2_PI,
        symbol="GELU",
        latex=r"\operatorname{GELU}(#1)",
        sympy="x * (1 + erf(x / sqrt(2))) / 2",
        cost=5,
        specimens=((1.5,), (-0.7,)),
    ),
    composite(
        "gelu_tanh(x)",
        lambda x: x * (1 + np.tanh(ROOT_2_OVER_PI * (x + 0.044715 * x**3))) / 2,
        shape=lambda x: x,
        symbol="GELU≈",
        latex=r"\operatorname{GELU}_{\tanh}(#1)",
        note=N_("gelu_tanh(x) is GPT-2's approximation of gelu(x) by tanh, off by up to 5·10⁻⁴."),
        cost=10,
        shapes=(((3,),), ((2, 3),), ((),)),
    ),
    elementwise(
        "mish(x)",
        lambda x: x * np.tanh(np.logaddexp(0.0, x)),
        lambda x: np.tanh(softplus(x)) + x * sigmoid(x) * (1 - np.tanh(softplus(x)) ** 2),
        symbol="Mish",
        latex=r"\operatorname{Mish}(#1)",
        cost=7,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "softsign(x)",
        lambda x: x / (1 + np.abs(x)),
        lambda x: 1 / (1 + np.abs(x)) ** 2,
        aliases=("soft_sign",),
        latex=r"\operatorname{softsign}(#1)",
        kinks=lambda x: x,
        cost=3,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "squareplus(x)",
        lambda x: (x + np.sqrt(x**2 + 4)) / 2,
        lambda x: (1 + x / np.sqrt(x**2 + 4)) / 2,
        latex=r"\operatorname{squareplus}(#1)",
        cost=5,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "erf(x)",
        special.erf,
        lambda x: TWO_OVER_ROOT_PI * np.exp(-(x**2)),
        latex=r"\operatorname{erf}(#1)",
        cost=4,
        specimens=((1.5,), (-0.7,)),
    ),
    normal_cdf,
)
