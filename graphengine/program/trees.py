"""What `lark` makes of a text: branches and tokens, where each stands, and the name that one bears."""

from __future__ import annotations

import unicodedata
from typing import Any

from lark import Token

from ..errors import Span

Branch = Any  # a lark Tree; its children are Branches and Tokens


def span(branch: Branch) -> Span:
    """Where a branch or token stands in the text."""
    if isinstance(branch, Token):
        return branch.start_pos or 0, branch.end_pos or 0
    return branch.meta.start_pos, branch.meta.end_pos


def name_of(branch: Branch) -> str:
    """The name that a branch consists of or begins with, in one spelling: w₁ is w1."""
    return unicodedata.normalize("NFKC", str(branch.children[0]))
