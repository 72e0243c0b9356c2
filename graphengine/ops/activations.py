"""The functions of neural networks, stable where the naive formula overflows."""

from __future__ import annotations

import numpy as np
from scipy import special

from ..messages import N_
from .constants import Constant
from .record import elementwise

ROOT_2_PI = Constant(np.sqrt(2 * np.pi), r"\sqrt{2\pi}", "sqrt(2 * pi)")
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
    aliases=("σ", "expit"),
    symbol="σ",
    latex=r"\sigma(#1)",
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
    elementwise(
        "relu(x)",
        lambda x: np.maximum(x, 0.0),
        lambda x: x > 0,
        symbol="ReLU",
        latex=r"\operatorname{ReLU}(#1)",
        kinks=lambda x: x,
        note=N_("ReLU has no derivative at 0; 0 is taken."),
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "leaky_relu(x)",
        lambda x: np.where(np.greater(x, 0), x, 0.01 * x),
        lambda x: 0.01 + 0.99 * (x > 0),
        symbol="lReLU",
        latex=r"\operatorname{LeakyReLU}(#1)",
        kinks=lambda x: x,
        note=N_("LeakyReLU has no derivative at 0; 0.01 is taken."),
        sympy="Max(x, x / 100)",
        cost=2,
        specimens=((1.5,), (-0.7,)),
    ),
    elementwise(
        "softplus(x)",
        lambda x: np.logaddexp(0.0, x),
        lambda x: sigmoid(x),
        symbol="softplus",
        latex=r"\operatorname{softplus}(#1)",
        cost=4,
        specimens=((1.5,), (-0.7,)),
    ),
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
