r"""Formulas as a language spells them: \tan x is tg x in Russian; the records of the operators say how.

No name of a user's can be mistaken for an operator: names bring no commands of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..ops import OPS


def spelled(latex: str, language: str) -> str:
    r"""The formula with its operators in the spelling of `language`.

    >>> print(spelled(r"\tan x + \tanh y + \log_{10} z", "ru"))
    \operatorname{tg} x + \operatorname{th} y + \operatorname{lg} z
    """
    words = _words(language)
    if not words:
        return latex
    return _pattern(language).sub(lambda found: words[found[0]], latex)


@lru_cache
def _words(language: str) -> Mapping[str, str]:
    r"""What operators print before their argument, as \tan, and what stands in its place."""
    each = [op.said for op in OPS.values() if language in op.said.spellings]
    words = {said.latex.removesuffix(" #1"): said.spellings[language] for said in each}
    return {head: rf"\operatorname{{{word}}}" for head, word in words.items() if head != f"\\{word}"}


@lru_cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"{re.escape(head)}(?![A-Za-z])" for head in _words(language)))
