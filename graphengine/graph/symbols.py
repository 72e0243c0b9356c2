"""Symbols: NumPy code run on them is recorded, and what cannot be says what it was and what to write.

NumPy hands operators and functions to foreign operands (`__array_ufunc__`, `__array_function__`), so the
rules of `ops` and the functions of a user need not know that no number is there. A method of arrays is
NumPy's function of that name; a function is the operator that it means, or what `compositions` make of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Protocol

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import DTypeLike

from ..errors import GraphError, NameProblem, ShapeError
from ..messages import N_
from ..ops import BY_NUMPY, OPS, Op
from ..ops.parameters import Given
from ..values import Function, Operand
from . import Node, Shape
from .compositions import COMPOSITIONS
from .parts import part
from .refusals import REMEDIES, REMEDY, Refusing, refuse

Options = Mapping[str, Given]


class Recorder(Protocol):
    """A Tape (`graphengine.graph.recording`), as far as its Symbols speak to it."""

    @property
    def nodes(self) -> Sequence[Node]: ...

    def apply(self, op: Op, args: Sequence[Operand], params: Options) -> Symbol: ...


class Missing(NameProblem, AttributeError):
    """An attribute that Symbols do not have: `hasattr` is False, and a user reads what to write."""


class Symbol(Refusing, NDArrayOperatorsMixin):
    """A node of a Tape, behaving as the array that it stands for, without numbers."""

    __slots__ = ("index", "tape")

    def __init__(self, tape: Recorder, index: int) -> None:
        self.tape = tape
        self.index = index

    def record(self, op: Op, args: Sequence[Operand], params: Mapping[str, Given]) -> Symbol:
        """Record `op(*args, **params)` on this Symbol's tape, with the errors of `Tape.apply`."""
        return self.tape.apply(op, args, params)

    # ---- what is known without numbers ----

    @property
    def node(self) -> Node:
        """The node on the tape."""
        return self.tape.nodes[self.index]

    @property
    def shape(self) -> Shape:
        return self.node.shape

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return int(np.prod(self.shape, dtype=int))

    @property
    def complex(self) -> bool:
        """Whether its numbers are complex."""
        return self.node.complex

    @property
    def dtype(self) -> np.dtype[np.float64] | np.dtype[np.complex128]:
        return np.dtype(np.complex128) if self.complex else np.dtype(np.float64)

    def __len__(self) -> int:
        if not self.shape:
            refuse(N_("A number has no length and no elements."), N_("Write x itself, or np.atleast_1d(x)."))
        return self.shape[0]

    def __iter__(self) -> Iterator[Symbol]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        name = self.node.name or f"number {self.index}"
        return f"<Symbol {name} of shape {self.shape}>"

    def __copy__(self) -> Symbol:
        return self

    def __deepcopy__(self, memo: object) -> Symbol:
        return self

    # ---- what is recorded ----

    @property
    def T(self) -> Symbol:  # noqa: N802 - NumPy's name
        """The transpose; that of a vector or number is itself, as in NumPy. GraphError for a stack."""
        if self.ndim > 2:
            refuse(N_(".T of a stack of matrices turns all of its axes round: write .mT."))
        return self if self.ndim < 2 else self.mT

    @property
    def mT(self) -> Symbol:  # noqa: N802 - NumPy's name
        """The transpose of the last two axes; ShapeError if there are fewer."""
        return self.record(OPS["transpose"], [self], {})

    @property
    def real(self) -> Symbol:
        return self.record(OPS["real"], [self], {})

    @property
    def imag(self) -> Symbol:
        return self.record(OPS["imag"], [self], {})

    def __getitem__(self, index: object) -> Symbol:
        return part(self, index)  # type: ignore[no-any-return]

    def reshape(self, *shape: Given) -> Symbol:
        """Its elements in another shape; ShapeError where that has more of them, or fewer."""
        return self.record(OPS["reshape"], [self], {"shape": shape[0] if len(shape) == 1 else shape})

    def flatten(self) -> Symbol:
        return self.reshape(-1)

    def transpose(self, *axes: Given) -> Symbol:
        """The axes in another order; ShapeError unless it is the last two that change places."""
        order = axes[0] if len(axes) == 1 else axes or None
        return COMPOSITIONS[np.transpose](self, order)  # type: ignore[no-any-return]

    def astype(self, dtype: DTypeLike) -> Symbol:
        """Itself where the kind of numbers stays, else GraphError."""
        if np.dtype(dtype).kind != self.dtype.kind:
            refuse(
                N_("The kind of a recorded number cannot be changed to {kind}.", kind=np.dtype(dtype).name),
                N_(
                    "All numbers are float, or complex; leave out .astype, and write (x > 0) * 1.0 for flags."
                ),
            )
        return self

    def __getattr__(self, name: str) -> Callable[..., Operand]:
        """A method of arrays is NumPy's function of that name; NameProblem for what arrays do not have."""
        if name.startswith("__"):
            raise AttributeError(name)  # NumPy and Python ask for many
        function = getattr(np, name, None)
        if hasattr(np.ndarray, name) and callable(function):
            return partial(function, self)
        raise Missing(N_("A symbol has no .{name}.", name=name), hint=REMEDIES.get(name, REMEDY))

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Operand, **options: object) -> Operand:
        name = ufunc.__name__
        if "out" in options:
            refuse(
                N_(
                    "{function} changes an array in place, and a recorded one does not change.", function=name
                ),
                N_("Write x = x + 1 for x += 1, and a name of its own for what `out` would take."),
            )
        if method != "__call__":
            refuse(
                N_("np.{function}.{method} is not recorded.", function=name, method=method),
                N_("Write np.sum, np.prod, np.max, np.min, np.cumsum or np.outer."),
            )
        if options:
            refuse(
                N_(
                    "np.{function} is not recorded with {options}.", function=name, options=", ".join(options)
                ),
                N_("Leave this out; np.where(c, a, b) chooses elements."),
            )
        composed = COMPOSITIONS.get(ufunc)
        return composed(*inputs) if composed else self.record(_operator(ufunc), inputs, {})

    def __array_function__(
        self, function: Function, types: object, args: Sequence[Operand], kwargs: Options
    ) -> Operand:
        if (composed := COMPOSITIONS.get(function)) is not None:
            return _composed(function, composed, args, kwargs)
        op = _operator(function)
        most = op.numpy_rank
        if most is not None and any(getattr(a, "ndim", 0) > most for a in args):
            refuse(
                N_(
                    "{function} of an array with more than {count} axes is not recorded.",
                    function=function.__name__,
                    count=most,
                )
            )
        signature = _signature(function)
        given = {
            name: value
            for name, value in signature.bind(*args, **kwargs).arguments.items()
            if value is not signature.parameters[name].default
            and not (name == "dtype" and np.dtype(value) == self.dtype)
        }
        values = list(given.values())
        if op.variadic:  # NumPy takes its arrays in a list
            return self.record(op, values[0], dict(list(given.items())[1:]))
        count = len(op.arguments)
        return self.record(op, values[:count], dict(list(given.items())[count:]))


@lru_cache(maxsize=256)
def _signature(function: Function) -> inspect.Signature:
    return inspect.signature(function)


def _composed(
    function: Function,
    composed: Function,
    args: Sequence[Operand],
    options: Options,
) -> Operand:
    try:
        _signature(composed).bind(*args, **options)
    except TypeError as error:
        refuse(N_("{function} is not recorded so: {reason}.", function=function.__name__, reason=error))
    try:
        return composed(*args, **options)
    except GraphError:
        raise
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise ShapeError(
            N_("{function} is not recorded so: {reason}.", function=function.__name__, reason=error),
            hint=REMEDY,
        ) from error


def _operator(function: Function) -> Op:
    try:
        return BY_NUMPY[function]
    except KeyError:
        name = getattr(function, "__name__", str(function))
        raise NameProblem(
            N_("{function} is not among the operators that are recorded.", function=name),
            hint=REMEDIES.get(name, REMEDY),
        ) from None
