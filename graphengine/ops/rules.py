"""From the one rule that an operator states: its local derivative, its tangent and its adjoint.

All three take arrays or Symbols, as the rule does: what they return is a number or a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import DerivativeError
from ..messages import N_
from .record import Op
from .shaping import expand, sum_to


def shape_of(thing: Any) -> tuple[int, ...]:
    """The shape of an array or Symbol; a plain number has shape ()."""
    return getattr(thing, "shape", ())


@dataclass(frozen=True)
class Call:
    """One use of an operator: its arguments and result (arrays or Symbols) and its static parameters."""

    op: Op
    args: Sequence[Any]
    result: Any
    params: Mapping[str, Any]

    def _apply(self, argument: int, **more: Any) -> Any:
        if self.op.rules[argument] is None:
            raise DerivativeError(N_("{op} has no derivative.", op=self.op.name))
        reads = dict(zip(self.op.arguments, self.args, strict=True))
        return self.op.rule(argument, {**self.params, **reads, "y": self.result, **more})

    def local(self, argument: int) -> Any:
        """∂y/∂argument, element by element; elementwise operators only."""
        return self._apply(argument)

    def adjoint(self, argument: int, g: Any) -> Any:
        """What the adjoint `g` of the result contributes to `argument`, in the argument's shape."""
        if self.op.kind == "linear":
            return self._apply(argument, g=g)
        return fit(g * self.local(argument), shape_of(self.args[argument]))

    def tangent(self, argument: int, da: Any) -> Any:
        """What the tangent `da` of `argument` adds to the result's tangent, in the result's shape."""
        if self.op.kind == "linear":
            args = [da if i == argument else arg for i, arg in enumerate(self.args)]
            return self.op(*args, **self.params)
        product = self.local(argument) * da
        shape = shape_of(self.result)
        return product if shape_of(product) == shape else expand(product, shape=shape)


def fit(contribution: Any, shape: tuple[int, ...]) -> Any:
    """Undo the broadcast that stretched an argument of `shape`: sum over the repeated axes."""
    return contribution if shape_of(contribution) == shape else sum_to(contribution, shape=shape)
