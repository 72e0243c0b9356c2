"""The one door for mathematics as people write it: typed, as LaTeX from slides, or as Python from a notebook.

All three become the text of one program, in the language, for a person to approve; nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Literal

from ..limits import bounded
from . import formulas, parse, python, shape_of, values_of
from .readings import Reading

Way = Literal["typed", "latex", "python"]
"""A way of writing."""

_LATEX = re.compile(r"\\[A-Za-z,;!{|\\]|\$|[_^]\{")


def way(text: str) -> Way:
    r"""How a text is written.

    >>> way("x.T @ y"), way(r"\frac{a}{b}"), way("np.exp(x).sum()")
    ('typed', 'latex', 'python')
    """
    if _LATEX.search(text) and not python.is_python(text):
        return "latex"
    return "python" if python.is_python(text) else "typed"


@bounded
def understand(text: str, inputs: Mapping[str, object] | str | None = None) -> Reading:
    """The program that a text stands for, with notes on how it was read; `inputs` as `parse` takes them.

    Raises GraphError with the place in `text`, an AmbiguousError where it has several meanings.
    """
    written = way(text)
    if written == "latex":
        return formulas.understand(text, values_of(inputs))
    if written == "python":
        given = values_of(inputs)
        return python.understand(text, partial(shape_of, given), given)
    parse(text, inputs)
    return Reading(text)


def read(text: str, inputs: Mapping[str, object] | str | None = None) -> str:
    r"""The program that a text stands for, as `understand` reads it: a typed one as it is.

    >>> print(read(r"\[ Q = \frac{1}{2}\,(\sigma(w_1 x_1 + w_0) - y)^2 \]"))
    Q = 1/2*(sigmoid(w1*x1 + w0) - y)**2
    """
    return understand(text, inputs).program


__all__ = ["Reading", "Way", "read", "understand", "way"]
