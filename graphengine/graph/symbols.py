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

from ..errors import GraphError, NameProblem
from ..messages import N_
from ..ops import BY_NUMPY, OPS, Op
from ..ops.parameters import Given
from ..values import Function, Operand
from . import Node, Shape, masks
from .compositions import COMPOSITIONS
from .parts import part
from .refusals import REMEDIES, REMEDY, Refusing, refuse, unrecorded

Options = Mapping[str, Given]


class Recorder(Protocol):
    """A Tape (`graphengine.graph.recording`), as far as its Symbols speak to it."""

    @property
    def nodes(self) -> Sequence[Node]: ...

    def apply(self, op: Op, args: Sequence[Operand], params: Options) -> Symbol: ...


class Missing(NameProblem, AttributeError):
    """An attribute that Symbols do not have: `hasattr` is False, and a user reads what to write."""


class Symbol(Refusing, NDArrayOperatorsMixin):
    """A node of a Tape, behaving as the array that it stands for, without numbers.

    A `mask` is an array of flags to NumPy (`graphengine.graph.masks`), though its numbers are 0 and 1.
    """

    __slots__ = ("index", "mask", "tape")

    def __init__(self, tape: Recorder, index: int, mask: bool = False) -> None:
        self.tape = tape
        self.index = index
        self.mask = mask

    def record(self, op: Op, args: Sequence[Operand], params: Mapping[str, Given]) -> Symbol:
        """Record `op(*args, **params)` on this Symbol's tape, with the errors of `Tape.apply`."""
        return self.tape.apply(op, args, params).flagged(masks.kept(op, args))

    def flagged(self, mask: bool) -> Symbol:
        """The same node, as a mask or as its numbers."""
        return self if mask == self.mask else Symbol(self.tape, self.index, mask)

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
    def dtype(self) -> np.dtype[np.float64] | np.dtype[np.complex128] | np.dtype[np.bool]:
        if self.mask:
            return np.dtype(np.bool)
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

    def reshape(self, *shape: Given, **options: Given) -> Operand:
        """Its elements in another shape; ShapeError where that has more of them, or fewer."""
        return _called(np.reshape, self, shape[0] if len(shape) == 1 else shape, **options)

    def flatten(self, *order: Given, **options: Given) -> Operand:
        return _called(np.ravel, self, *order, **options)

    def transpose(self, *axes: Given, **options: Given) -> Operand:
        """The axes in another order; ShapeError unless it is the last two that change places."""
        return _called(np.transpose, self, axes[0] if len(axes) == 1 else axes or None, **options)

    def astype(self, *dtype: Given, **options: Given) -> Symbol:
        """Itself where the kind of numbers stays, and a mask as numbers; else GraphError."""
        try:
            wanted = np.empty(0, np.bool).astype(*dtype, **options).dtype
        except (TypeError, ValueError):
            unrecorded("np.astype", (self, *dtype), options, "np.astype(x, dtype)")
        if wanted.kind != self.dtype.kind and not (self.mask and wanted.kind == "f"):
            refuse(
                N_("The kind of a recorded number cannot be changed to {kind}.", kind=wanted.name),
                N_(
                    "All numbers are float, or complex; leave out .astype, and write (x > 0) * 1.0 for flags."
                ),
            )
        return self.flagged(wanted.kind == "b")

    def __getattr__(self, name: str) -> Callable[..., Operand]:
        """A method of arrays is NumPy's function of that name; NameProblem for what arrays do not have."""
        if name.startswith("__"):
            raise AttributeError(name)  # NumPy and Python ask for many
        function = getattr(np, name, None)
        if hasattr(np.ndarray, name) and callable(function) and name != "sort":  # which is done in place
            return partial(_called, function, self)
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
        meant = COMPOSITIONS.get(ufunc) or _operator(ufunc)
        mask = masks.made(ufunc, inputs)
        return meant(*inputs).flagged(mask)

    def __array_function__(
        self, function: Function, types: object, args: Sequence[Operand], kwargs: Options
    ) -> Operand:
        meant = COMPOSITIONS.get(function) or _operator(function)
        most = meant.numpy_rank if isinstance(meant, Op) else None
        if most is not None and any(getattr(a, "ndim", 0) > most for a in args):
            refuse(
                N_(
                    "{function} of an array with more than {count} axes is not recorded.",
                    function=function.__name__,
                    count=most,
                )
            )
        defaults = {name: p.default for name, p in _signature(function).parameters.items()}
        known = list(_signature(meant).parameters)
        if isinstance(meant, Op):
            known = [*list(defaults)[: _arrays(meant)], *meant.parameters]
        bound = _signature(function).bind(*args, **kwargs)
        try:
            for name, value in list(bound.arguments.items()):
                if value is defaults[name] or (name not in known and self._says_nothing(name, value)):
                    del bound.arguments[name]
            if isinstance(meant, Op):
                return self._recorded(meant, dict(bound.arguments))
            return meant(*bound.args, **bound.kwargs)
        except (TypeError, ValueError, IndexError, AttributeError) as error:
            if isinstance(error, GraphError):
                raise
            name = _written(function)
            unrecorded(name, args, kwargs, f"{name}({', '.join(known)})")

    def _recorded(self, op: Op, given: dict[str, Given]) -> Symbol:
        """`op` of what was given for NumPy's parameters; TypeError unless it is what `op` takes."""
        values = list(given.values())[: _arrays(op)]
        options = dict(list(given.items())[len(values) :])
        if len(values) < _arrays(op) or not options.keys() <= op.parameters.keys():
            raise TypeError
        if isinstance(options.get("axis"), list):  # which a document may say, and NumPy does not take
            raise TypeError
        return self.record(op, values[0] if op.variadic else values, options)

    def _says_nothing(self, name: str, value: Given) -> bool:
        """Whether an option asks for what is done anyway: the order of rows, the kind that numbers have."""
        if name == "dtype":
            return bool(np.dtype(value) == np.result_type(self.dtype, float))
        return name == "order" and isinstance(value, str) and value == "C"


@lru_cache(maxsize=256)
def _signature(function: Function) -> inspect.Signature:
    return inspect.signature(function)


def _arrays(op: Op) -> int:
    """How many of NumPy's parameters are the arguments of `op`: its arrays may come in one list."""
    return 1 if op.variadic else len(op.arguments)


def _written(function: Function) -> str:
    """What a function of NumPy's or SciPy's is called where it is written."""
    module = getattr(function, "__module__", None) or "numpy"
    return f"{module.replace('numpy', 'np')}.{function.__name__}"


def _called(function: Function, x: Symbol, *args: Given, **options: Given) -> Operand:
    """A method of arrays; GraphError for arguments that it does not take."""
    try:
        return function(x, *args, **options)
    except TypeError:
        unrecorded(_written(function), (x, *args), options)


def _operator(function: Function) -> Op:
    try:
        return BY_NUMPY[function]
    except KeyError:
        name = getattr(function, "__name__", str(function))
        raise NameProblem(
            N_("{function} is not among the operators that are recorded.", function=name),
            hint=REMEDIES.get(name, REMEDY),
        ) from None
