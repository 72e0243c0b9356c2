r"""A formula in LaTeX, as slides have it -> the text of a program, for a person to approve.

`tokens` reads what TeX writes in many ways, `lark` the formula by the grammar in `formulas.lark`, and
`writing` words it in the language of programs. Nothing is executed, and nothing but known commands passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lark import Lark, Token, UnexpectedToken
from lark.common import LexerConf
from lark.lexer import Lexer

from ...errors import ProgramError
from ...limits import bounded
from ...messages import N_
from ..readings import Reading
from ..trees import check_length
from . import complaints
from .tokens import Scanner
from .writing import Writer


class _Scanned(Lexer):
    """Hands the parser the tokens that were made before."""

    def __init__(self, _conf: LexerConf) -> None:
        """What lark knows of the terminals is not needed."""

    def lex(self, data: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]
        yield from data


_LARK = Lark(
    (Path(__file__).parent / "formulas.lark").read_text("utf-8"),
    parser="lalr",
    lexer=_Scanned,
    propagate_positions=True,
    maybe_placeholders=True,
)


def read(text: str) -> str:
    r"""The program that a formula in LaTeX stands for; raises GraphError with the place in `text`.

    >>> print(read(r"\[ Q = \frac{1}{2}\,(\sigma(w_1 x_1 + w_0) - y)^2 \]"))
    Q = 1/2*(sigmoid(w1*x1 + w0) - y)^2
    """
    return understand(text).program


@bounded
def understand(text: str) -> Reading:
    """The program, with notes about what could have been meant otherwise.

    Raises ProgramError for what is no formula, NameProblem for an unknown function, and LimitError. That the
    program has shapes that fit is not known yet.
    """
    check_length(text)
    scanner = Scanner(text)
    tokens = scanner.tokens()
    if not tokens:
        raise ProgramError(N_("The formula is empty."), hint=N_("For example: {latex}", latex=_EXAMPLE))
    try:
        tree = _LARK.parse(tokens)
    except UnexpectedToken as error:
        raise complaints.unexpected(text, error.token) from None
    return Writer(text, scanner).program(tree)


_EXAMPLE = r"y = \frac{1}{1 + e^{-x}}"

__all__ = ["Reading", "read", "understand"]
