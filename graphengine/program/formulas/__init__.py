r"""A formula in LaTeX, as slides have it -> the text of a program, for a person to approve.

`tokens` reads what TeX writes in many ways, `parsing` the formula by its grammar, `indices` and `kinds` find
out what is an index, a vector, a matrix, and `writing` words it in the language of programs. Nothing is
executed, and nothing but known commands passes. What has two meanings is a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...errors import Alternative, AmbiguousError, ProgramError
from ...limits import bounded
from ...messages import N_, Message
from ...values import array
from ..readings import Reading
from ..trees import check_length
from .kinds import Fork
from .parsing import Parser
from .programs import UNFOUND, program
from .tokens import Scanner
from .trees import Statement, Token

Shape = tuple[int, ...]
Choices = Mapping[str, object]


def read(text: str, inputs: Mapping[str, object] | None = None) -> str:
    r"""The program that a formula in LaTeX stands for; raises GraphError with the place in `text`.

    >>> print(read(r"\[ Q = \frac{1}{2}\,(\sigma(w_1 x_1 + w_0) - y)^2 \]"))
    Q = 1/2*(sigmoid(w1*x1 + w0) - y)**2
    """
    return understand(text, inputs).program


@bounded
def understand(text: str, inputs: Mapping[str, object] | None = None) -> Reading:
    """The program, with notes about what decided its reading; the shapes of `inputs` decide before all else.

    Raises AmbiguousError for what has several meanings, with the program of each, ProgramError for what is no
    formula, NameProblem for an unknown function, and LimitError. That the program has shapes that fit is not
    known yet.
    """
    check_length(text)
    scanner = Scanner(text)
    tokens = scanner.tokens()
    parser = Parser(text, [*tokens, Token("stop", "", len(text), len(text))], scanner.notes)
    statements = parser.statements()
    if not statements:
        raise ProgramError(N_("The formula is empty."), hint=N_("For example: {latex}", latex=_EXAMPLE))
    given = {name: np.shape(array(value, name)) for name, value in (inputs or {}).items()}
    found, question = _meanings(text, statements, given, scanner.notes)
    if question is None:
        return found[0][1]
    words = {str(option): said for said, option in question.options}
    alternatives = {
        reading.program: Alternative(reading.program, words[str(choices[question.key])])
        for choices, reading in found
    }
    raise AmbiguousError(question.question, list(alternatives.values()), span=question.span, text=text)


def _meanings(
    text: str, statements: Sequence[Statement], given: Mapping[str, Shape], notes: Sequence[Message]
) -> tuple[list[tuple[Choices, Reading]], Fork | None]:
    """All readings, each with what was chosen for it, and the first question if there is one."""
    waiting: list[Choices] = [{}]
    found: list[tuple[Choices, Reading]] = []
    question: Fork | None = None
    while waiting:
        choices = waiting.pop(0)
        try:
            found.append((choices, program(text, statements, given, choices, notes)))
        except Fork as fork:
            question = question or fork
            if len(choices) > QUESTIONS:
                raise ProgramError(UNFOUND, span=fork.span, text=text) from None
            options = fork.options if len(choices) < MEANINGS else fork.options[:1]
            waiting += [{**choices, fork.key: option} for _, option in options]
    return found, question


QUESTIONS = 6
"""Questions after which a text is not read."""
MEANINGS = 2
"""Questions of a text whose answers are all tried out; of further ones the first answer is taken."""
_EXAMPLE = r"y = \frac{1}{1 + e^{-x}}"

__all__ = ["Reading", "read", "understand"]
