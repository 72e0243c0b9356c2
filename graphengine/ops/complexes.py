"""Complex numbers: conjugates, parts, moduli, and the Hermitian transpose.

None of these is holomorphic. As maps of the plane they are linear over the reals or have a real differential,
and that is what they state. An adjoint is ∂L/∂Re z + i ∂L/∂Im z, as in PyTorch
(`graphengine.derivatives.calls`).
"""

from __future__ import annotations

import numpy as np

from .record import Level, Op, differential, linear
from .shaping import flipped

conj: Op = linear(
    "conj(x)", np.conj, lambda g: conj(g), numpy=(np.conj,), shape=lambda x: x, symbol="x̄", cost=0,
    latex=r"\overline{#1}", level=Level.ATOM, operands=(Level.ANY,), code="np.conj(x)",
    sympy="conjugate(x)", shapes=(((2,),), ((),)),
)  # fmt: skip

real: Op = linear(
    "real(x)", np.real, lambda g: g, numpy=(np.real,), shape=lambda x: x, symbol="Re", result="real", cost=0,
    latex=r"\operatorname{Re} #1", code="np.real(x)", sympy="re(x)", shapes=(((2,),), ((),)),
)  # fmt: skip

imag: Op = linear(
    "imag(x)", np.imag, lambda g: 1j * g, numpy=(np.imag,), shape=lambda x: x, symbol="Im", result="real",
    cost=0, latex=r"\operatorname{Im} #1", code="np.imag(x)", sympy="im(x)", shapes=(((2,),), ((),)),
)  # fmt: skip

hermitian: Op = linear(
    "hermitian(x)", lambda x: np.conj(np.swapaxes(x, -1, -2)), lambda g: hermitian(g), shape=flipped,
    symbol="ᴴ", latex=r"{#1}^{\mathrm{H}}", level=Level.POWER, operands=(Level.ATOM,), cost=0,
    code="np.conj(np.swapaxes(x, -1, -2))", sympy="x", shapes=(((2, 3),), ((1, 1),), ((4, 2, 3),)),
)  # fmt: skip

# What |z| and the norm are for complex numbers.
modulus: Op = differential(
    "modulus(x)", np.abs, lambda x, dx: real(conj(phase(x)) * dx), shape=lambda x: x, symbol="|x|",
    result="real", latex=r"\left|#1\right|", level=Level.ATOM, operands=(Level.ANY,), code="np.abs(x)",
    sympy="Abs(x)", cost=4, complex=True, helper=True, numpy=(), shapes=(((2,),), ((),)),
)  # fmt: skip

# z/|z|, and 0 at 0.
phase: Op = differential(
    "phase(x)", np.sign, lambda x, dx, y: (dx - y * real(conj(y) * dx)) / modulus(x), shape=lambda x: x,
    symbol="z/|z|", latex=r"\frac{#1}{\left|#1\right|}", level=Level.FRACTION, operands=(Level.ANY,),
    code="np.sign(x)", sympy="sign(x)", cost=5, complex=True, helper=True, numpy=(), shapes=(((2,),), ((),)),
)  # fmt: skip

complex_norm: Op = differential(
    "complex_norm(x)", lambda x: np.sqrt(np.sum(np.square(np.abs(x)))),
    lambda x, dx, y: real((conj(x) * dx).sum()) / y, shape=lambda x: (), symbol="‖x‖", result="real",
    latex=r"\left\|#1\right\|", level=Level.ATOM, operands=(Level.ANY,),
    code="np.sqrt(np.sum(np.square(np.abs(x))))", sympy="x", domain="x ≠ 0", complex=True, helper=True,
    cost=lambda x: 4 * int(np.prod(x)) + 1, shapes=(((3,),), ((2, 3),)),
)  # fmt: skip

angle: Op = differential(
    "angle(x)", np.angle, lambda x, dx: imag(dx / x), shape=lambda x: x, symbol="arg", numpy=(),
    result="real", latex=r"\arg #1", code="np.angle(x)", sympy="arg(x)", domain="x ≠ 0", complex=True, cost=3,
    shapes=(((2,),), ((),)),
)  # fmt: skip

COMPLEXES = (conj, real, imag, angle, hermitian, modulus, phase, complex_norm)
