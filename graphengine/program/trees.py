"""What `lark` makes of a text that is not too long: branches and tokens, their places and their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TypeAlias, cast

from lark import Token, Tree
from lark.tree import Meta

from ..errors import LimitError, Span
from ..limits import limits
from ..messages import NN_

Branch: TypeAlias = Tree[Token]

_BRACES = str.maketrans({"{": None, "}": None, ",": "_"})


def check_length(text: str) -> None:
    """LimitError for a text that is too long to be read."""
    if len(text) > limits().characters:
        raise LimitError(
            NN_(
                "The text has {size} character; the limit `characters` is {limit}.",
                "The text has {size} characters; the limit `characters` is {limit}.",
                len(text),
                size=len(text),
                limit=limits().characters,
            )
        )


def parts(branch: Branch) -> list[Branch]:
    """The children of a branch that holds no tokens, nor a place that the grammar left empty."""
    return cast(list[Branch], branch.children)


def sides(branch: Branch) -> tuple[Branch, Branch | None]:
    """What stands left and right of the = in a statement or argument; None where there is no =."""
    left, right = cast(list[Branch | None], branch.children)
    assert left is not None
    return left, right


def arguments(call: Branch) -> list[Branch]:
    """The arguments of a call; the grammar has an empty place where there are none."""
    return [argument for argument in cast(list[Branch | None], call.children[1:]) if argument is not None]


def from_the_top(tree: Branch) -> Iterator[Branch]:
    """All branches of a tree, each before those that it holds."""
    return tree.iter_subtrees_topdown()  # type: ignore[no-untyped-call,no-any-return]


def span(branch: Branch | Token) -> Span:
    """Where a branch or token stands in the text."""
    if isinstance(branch, Token):
        return branch.start_pos or 0, branch.end_pos or 0
    return branch.meta.start_pos, branch.meta.end_pos


def name_of(branch: Branch) -> str:
    """The name that a branch consists of or begins with, in one spelling: w₁ is w1, and w_{1,2} is w_1_2."""
    name = unicodedata.normalize("NFKC", str(branch.children[0]))
    return name.translate(_BRACES) if "{" in name else name


def joined(data: str, *children: Branch | Token) -> Branch:
    """A branch that the text does not have, from the first of its children to the last."""
    where = Meta()  # type: ignore[no-untyped-call]
    where.start_pos, where.end_pos = span(children[0])[0], span(children[-1])[1]
    return Tree(data, [*children], where)


def bare(branch: Branch) -> Branch:
    """A branch without the brackets around it."""
    while branch.data == "group":
        branch = parts(branch)[0]
    return branch
