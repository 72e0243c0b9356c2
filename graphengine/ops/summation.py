"""Einstein's summation: a product of indexed arrays, summed over the letters that the result does not have.

It is linear in each argument, and its transposes are of its kind: the adjoint takes the argument's place, and
the argument's letters become the result's: einsum('ij,jk->ik', A, B) sends back einsum('ik,jk->ij', g, B).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters

import numpy as np

from ..errors import LimitError, ShapeError
from ..limits import limits
from ..messages import N_, NN_
from ..values import Operand, shape_text
from .record import Op, Rule, Shape, linear
from .said import Level
from .shaping import expand, reshape


@dataclass(frozen=True)
class Letters:
    """The letters of each argument and of the result, and how long the axes are that they stand for."""

    terms: tuple[str, ...]
    result: str
    sizes: dict[str, int]

    @property
    def summed(self) -> list[str]:
        """The letters that the result does not have."""
        return [letter for letter in self.sizes if letter not in self.result]


def _split(subscripts: str) -> tuple[list[str], str]:
    """The terms, and the result: where it is not said, the letters that stand once, as NumPy has it."""
    left, arrow, result = subscripts.partition("->")
    if not arrow:
        plain = left.replace(",", "").replace(".", "")
        once = sorted(letter for letter in set(plain) if plain.count(letter) == 1)
        result = ("..." if "..." in left else "") + "".join(once)
    return left.split(","), result


@lru_cache(maxsize=1024)
def lettered(subscripts: str, shapes: tuple[Shape, ...]) -> Letters:
    """What `subscripts` mean for arrays of `shapes`, with letters for "..."; ShapeError for misfits."""
    terms, result = _split(subscripts)
    if len(terms) != len(shapes):
        raise ShapeError(
            NN_(
                "{subscripts} is for {count} array, not {given}.",
                "{subscripts} is for {count} arrays, not {given}.",
                len(terms),
                subscripts=subscripts,
                count=len(terms),
                given=len(shapes),
            )
        )
    free = [letter for letter in ascii_letters if letter not in subscripts]
    longest = 0
    for i, (term, shape) in enumerate(zip(terms, shapes, strict=True)):
        rest = len(shape) - len(term.replace("...", ""))
        if rest < 0 or (rest > 0 and "..." not in term):
            raise ShapeError(
                N_(
                    "In {subscripts} the term {term} has not as many letters as an array of shape {shape} has"
                    " axes.",
                    subscripts=subscripts,
                    term=term or "–",
                    shape=shape_text(shape),
                )
            )
        longest = max(longest, rest)
        terms[i] = term.replace("...", "".join(free[:rest][::-1]))
    result = result.replace("...", "".join(free[:longest][::-1]))
    sizes: dict[str, int] = {}
    for term, shape in zip(terms, shapes, strict=True):
        for letter, size in zip(term, shape, strict=True):
            if sizes.setdefault(letter, size) != size:
                raise ShapeError(
                    N_(
                        "In {subscripts} the letter {letter} stands for axes of the lengths {a} and {b}.",
                        subscripts=subscripts,
                        letter=letter,
                        a=sizes[letter],
                        b=size,
                    )
                )
    if len(set(result)) < len(result) or not set(result) <= sizes.keys():
        raise ShapeError(
            N_(
                "In {subscripts} the result has each letter once, and only such as stand before the arrow.",
                subscripts=subscripts,
            )
        )
    return Letters(tuple(terms), result, sizes)


def _summed(*shapes: Shape, subscripts: str) -> Shape:
    found = lettered(subscripts, shapes)
    if len(shapes) * math.prod(found.sizes.values()) > limits().operations:
        raise LimitError(
            N_(
                "The sum over {subscripts} takes more scalar operations than the limit `operations`,"
                " {limit}.",
                subscripts=subscripts,
                limit=limits().operations,
            )
        )
    return tuple(found.sizes[letter] for letter in found.result)


def _cost(*shapes: Shape, subscripts: str) -> int:
    found = lettered(subscripts, shapes)
    return len(shapes) * math.prod(found.sizes[letter] for letter in found.summed)


def _sent(number: int, g: Operand, args: Sequence[Operand], subscripts: str) -> Operand:
    """The adjoint of the argument `number`.

    A letter that it has twice is a diagonal, δ; along one that no other term has, the adjoint is repeated.
    """
    own = args[number]
    found = lettered(subscripts, tuple(np.shape(arg) for arg in args))
    terms = [found.result, *(term for i, term in enumerate(found.terms) if i != number)]
    factors = [g, *(arg for i, arg in enumerate(args) if i != number)]
    free = iter(letter for letter in ascii_letters if letter not in found.sizes)
    target = ""
    for letter in found.terms[number]:
        if letter in target:
            other = next(free)
            terms.append(letter + other)
            factors.append(np.eye(found.sizes[letter]))
        target += other if letter in target else letter
    there = "".join(letter for letter in target if any(letter in term for term in terms))
    whole = len(factors) == 1 and terms[0] == there
    sent = g if whole else einsum(*factors, subscripts=f"{','.join(terms)}->{there}")
    if there == target:
        return sent
    kept = tuple(n if letter in there else 1 for letter, n in zip(target, own.shape, strict=True))
    return expand(reshape(sent, shape=kept), shape=own.shape)


def _transposed(names: Sequence[str], number: int) -> Rule:
    def rule(g: Operand, subscripts: str, **reads: Operand) -> Operand:
        return _sent(number, g, [reads[name] for name in names], subscripts)

    rule.reads = ("g", "subscripts", *names)  # type: ignore[attr-defined]
    return rule


def _formula(subscripts: str) -> tuple[str, Level]:
    r"""Σ over the letters that go, of indexed letters; brackets bear the result's.

    >>> print(_formula("ij,jk->ik")[0])
    \left[\sum_{j} {#1}_{ij} \, {#2}_{jk}\right]_{ik}
    """
    terms, result = _split(subscripts)
    plain = "".join(terms).replace(".", "")
    summed = " ".join(dict.fromkeys(letter for letter in plain if letter not in result))
    factors = (f"{{#{i}}}_{{{_dotted(term)}}}" if term else f"#{i}" for i, term in enumerate(terms, 1))
    total = (rf"\sum_{{{summed}}} " if summed else "") + r" \, ".join(factors)
    if result:
        return rf"\left[{total}\right]_{{{_dotted(result)}}}", Level.ATOM
    return total, Level.TOTAL if summed else Level.PRODUCT


def _dotted(letters: str) -> str:
    return letters.replace("...", r"\ldots ")


@lru_cache(maxsize=64)
def _einsum(count: int) -> Op:
    """einsum of so many arrays."""
    names = [f"x{i}" for i in range(1, count + 1)]
    listed = ", ".join(names)
    several = {
        "shapes": (((2, 3), (3, 2)),),
        "options": ({"subscripts": "ij,jk->ik"}, {"subscripts": "ij,kl->jl"}, {"subscripts": "ij,ji"}),
    }
    return linear(
        f"einsum({listed})",
        lambda *arrays, subscripts: np.einsum(subscripts, *arrays),
        *(_transposed(names, i) for i in range(count)),
        code=f"np.einsum(subscripts, {listed})",
        parameters={"subscripts": ""},
        shape=_summed,
        forms=lambda *shapes: _einsum(len(shapes)),
        variadic=True,
        symbol="Σ",
        latex=r"\sum " + r" \, ".join(f"#{i}" for i in range(1, count + 1)),
        written=_formula,
        level=Level.TOTAL,
        operands=(Level.ATOM,) * count,
        text=f"einsum(subscripts, {listed})",
        verb=N_("Multiply and add up by indices"),
        analytic=True,
        cost=_cost,
        **(several if count == 2 else {}),
    )


einsum: Callable[..., Operand] = _einsum(2)

SUMMATION = (_einsum(2),)
