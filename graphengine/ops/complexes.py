"""Complex numbers: conjugates, parts, moduli, and the Hermitian transpose.

None of these is holomorphic. As maps of the plane they are linear over the reals or have a real differential,
and that is what they state. An adjoint is ∂L/∂Re z + i ∂L/∂Im z, as in PyTorch
(`graphengine.derivatives.calls`).
"""

from __future__ import annotations

import numpy as np

from .record import Op, differential, linear
from .said import Level
from .shaping import flipped

conj: Op = linear(
    "conj(x)",
    np.conj,
    lambda g: conj(g),
    numpy=(np.conj,),
    shape=lambda x: x,
    symbol="x̄",
    latex=r"\overline{#1}",
    cost=0,
    shapes=(((2,),), ((),)),
)

real: Op = linear(
    "real(x)",
    np.real,
    lambda g: g,
    numpy=(np.real,),
    elsewhere=("Re",),
    shape=lambda x: x,
    symbol="Re",
    latex=r"\operatorname{Re} #1",
    result="real",
    cost=0,
    shapes=(((2,),), ((),)),
)

imag: Op = linear(
    "imag(x)",
    np.imag,
    lambda g: 1j * g,
    numpy=(np.imag,),
    elsewhere=("Im",),
    shape=lambda x: x,
    symbol="Im",
    latex=r"\operatorname{Im} #1",
    result="real",
    cost=0,
    shapes=(((2,),), ((),)),
)

hermitian: Op = linear(
    "hermitian(x)",
    lambda x: np.conj(np.swapaxes(x, -1, -2)),
    lambda g: hermitian(g),
    matrix="Adjoint(x)",
    shape=flipped,
    symbol="ᴴ",
    latex=r"{#1}^{\mathrm{H}}",
    level=Level.POWER,
    text="x.H",
    cost=0,
    shapes=(((2, 3),), ((1, 1),), ((4, 2, 3),)),
)

# What |z| and the norm are for complex numbers.
modulus: Op = differential(
    "modulus(x)",
    np.abs,
    lambda x, dx: real(conj(phase(x)) * dx),
    shape=lambda x: x,
    symbol="|x|",
    latex=r"\left|#1\right|",
    text="abs(x)",
    complex=True,
    result="real",
    cost=4,
    helper=True,
    shapes=(((2,),), ((),)),
)

# z/|z|, and 0 at 0.
phase: Op = differential(
    "phase(x)",
    np.sign,
    lambda x, dx, y: (dx - y * real(conj(y) * dx)) / modulus(x),
    shape=lambda x: x,
    symbol="z/|z|",
    latex=r"\frac{#1}{\left|#1\right|}",
    level=Level.FRACTION,
    operands=(Level.ANY,),
    text="x / abs(x)",
    complex=True,
    cost=5,
    helper=True,
    shapes=(((2,),), ((),)),
)

complex_norm: Op = differential(
    "complex_norm(x)",
    lambda x: np.sqrt(np.sum(np.square(np.abs(x)))),
    lambda x, dx, y: real((conj(x) * dx).sum()) / y,
    shape=lambda x: (),
    symbol="‖x‖",
    latex=r"\left\|#1\right\|",
    text="norm(x)",
    domain="x ≠ 0",
    complex=True,
    result="real",
    cost=lambda x: 4 * int(np.prod(x)) + 1,
    helper=True,
    shapes=(((3,),), ((2, 3),)),
)

angle: Op = differential(
    "angle(x)",
    np.angle,
    lambda x, dx: imag(dx / x),
    shape=lambda x: x,
    symbol="arg",
    latex=r"\arg #1",
    domain="x ≠ 0",
    complex=True,
    result="real",
    cost=3,
    shapes=(((2,),), ((),)),
)

COMPLEXES = (conj, real, imag, angle, hermitian, modulus, phase, complex_norm)
