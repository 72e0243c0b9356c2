r"""Names in LaTeX: w1 is $w_{1}$, alpha is $\alpha$, z_out is $z_{\mathrm{out}}$."""

from __future__ import annotations

import re
from functools import lru_cache

from ..names import GREEK, parts, version

_COMMANDS = {letter: "\\" + name for name, letter in GREEK.items() if name.islower()}
_COMMANDS |= {
    letter: "\\" + name
    for name, letter in GREEK.items()
    if name in "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
}
_COMMANDS |= {"ε": r"\varepsilon", "φ": r"\varphi"}
_GRADIENT = re.compile(r"d([^\W_]\w*)_d([^\W_]\w*?)_*")


@lru_cache(maxsize=4096)
def latex_name(name: str, accent: str = "") -> str:
    r"""A name in LaTeX, its base under `accent` ("bar" or "dot").

    >>> print(latex_name("w1"), latex_name("w1", "bar"), latex_name("loss", "bar"), latex_name("dy_dw1"))
    w_{1} \bar{w}_{1} \overline{\mathrm{loss}} \frac{\partial y}{\partial w_{1}}
    """
    if name.startswith("\\"):
        return name  # the name of a Constant is LaTeX already
    gradient = _GRADIENT.fullmatch(name)
    if gradient:
        fraction = rf"\frac{{\partial {latex_name(gradient[1])}}}{{\partial {latex_name(gradient[2])}}}"
        return rf"\{accent}{{\left({fraction}\right)}}" if accent else fraction
    base, subscript = parts(name)
    base, mark, number = version(base)
    base, above = _letters(base), f"^{{({number - 1})}}" if mark[-1:].isdigit() else "'" * len(mark)
    if accent:
        wide = "overline" if accent == "bar" and base.startswith((r"\mathrm", r"\text")) else accent
        base = rf"\{wide}{{{base}}}"
    if not subscript:
        return base + above
    numbers = subscript.replace(",", "").isdigit()
    return f"{base}{above}_{{{subscript if numbers else _letters(subscript)}}}"


def _letters(text: str) -> str:
    if text in _COMMANDS:
        return _COMMANDS[text]
    escaped = text.replace("_", r"\_")
    if len(text) == 1 and text.isascii():
        return escaped
    return rf"\mathrm{{{escaped}}}" if text.isascii() else rf"\text{{{escaped}}}"
