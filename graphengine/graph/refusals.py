"""What a number or an array of NumPy does and a Symbol cannot: what it was, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from ..errors import GraphError
from ..messages import N_, Message
from ..ops.parameters import Given

REMEDY = N_(
    "Write the function with NumPy's functions and operators; OPS lists what is recorded, as in"
    " OPS['relu'](x). What depends on no input can be computed before."
)


def refuse(message: Message, hint: Message = REMEDY) -> NoReturn:
    """Raise a GraphError."""
    raise GraphError(message, hint=hint)


def no_array(*_: object, **__: object) -> NoReturn:
    """Raise a GraphError: no array is made of a Symbol, nor a part of one."""
    refuse(
        N_("A symbol has no numbers yet, so no array can be made of it or filled with it."),
        N_(
            "Write np.stack([x, y]) for np.array([x, y]) and for out[0] = x, x for np.asarray(x), and"
            " OPS['softmax'](x) for functions of SciPy that are no ufuncs."
        ),
    )


def unrecorded(
    function: str, args: Sequence[Given], options: Mapping[str, Given], recorded: str = ""
) -> NoReturn:
    """Raise a GraphError for a call as it was written; `recorded` is the same with what it may take."""
    listed = ", ".join([*map(_shown, args), *(f"{name}={_shown(value)}" for name, value in options.items())])
    refuse(
        N_("{call} is not recorded.", call=f"{function}({listed})"),
        N_("What is recorded of it: {call}.", call=recorded) if recorded else REMEDY,
    )


def _shown(thing: Given) -> str:
    """An argument as it was written, if it is short; a recorded one by its name."""
    if hasattr(thing, "tape"):
        return thing.node.name or "…"
    if isinstance(thing, (list, tuple)):
        listed = ", ".join(map(_shown, thing))
        return f"[{listed}]" if isinstance(thing, list) else f"({listed})"
    text = thing.__name__ if isinstance(thing, type) else repr(thing)
    return text if len(text) < 40 and "\n" not in text else "…"


def _in_place(sign: str) -> Callable[..., object]:
    """An operator such as +=: for a number Python then takes the plain one, for it gets a new number."""

    def changed(self: Given, _other: Given) -> object:
        if self.ndim:
            refuse(
                N_(
                    "{function} changes an array in place, and a recorded one does not change.", function=sign
                ),
                N_("Write x = x + 1 for x += 1, and a name of its own for what `out` would take."),
            )
        return NotImplemented

    return changed


class Refusing:
    """The methods that Python and NumPy call where they want a number, a flag or a place in memory."""

    __slots__ = ()

    def _no_choice(self, *_: object) -> NoReturn:
        refuse(
            N_("A symbol has no number yet, so no branch can depend on it."),
            N_(
                "Write np.where(x > 0, a, b) for a branch, np.maximum(a, b) for max(a, b), np.minimum(a, b)"
                " for min(a, b), and (x > 0) & (x < 1) for `and`."
            ),
        )

    def _no_number(self, *_: object) -> NoReturn:
        refuse(
            N_("A symbol has no number yet, so Python's own numbers cannot be made of it."),
            N_(
                "Write NumPy's functions, np.exp(x) for math.exp(x), and leave out float(x); sizes are in"
                " x.shape. Numbers exist once all is recorded: evaluate(graph)."
            ),
        )

    def _no_integer(self, *_: object) -> NoReturn:
        refuse(
            N_("Rounding is not recorded: its derivative is zero wherever there is one."),
            N_("Leave it out, or round the inputs before the function."),
        )

    def _fixed(self, *_: object) -> NoReturn:
        refuse(
            N_("A recorded array does not change, so nothing is assigned to a part of it."),
            N_("Write np.where(mask, a, x), or put parts together by np.stack and np.concatenate."),
        )

    def _no_key(self) -> NoReturn:
        refuse(
            N_("A symbol is no key and no member of a set: == is recorded, not decided."),
            N_("Keep symbols in a list, or in a dict by names of your own."),
        )

    def __format__(self, spec: str) -> str:
        return str(self) if not spec else self._no_number()

    __hash__ = _no_key
    __bool__ = __contains__ = _no_choice
    __float__ = __int__ = __index__ = __complex__ = _no_number
    __round__ = __floor__ = __ceil__ = __trunc__ = _no_integer
    __setitem__ = __delitem__ = _fixed
    __array__ = no_array
    __iadd__, __isub__, __imul__, __imatmul__ = map(_in_place, ("+=", "-=", "*=", "@="))
    __itruediv__, __ifloordiv__, __imod__, __ipow__ = map(_in_place, ("/=", "//=", "%=", "**="))
    __iand__, __ior__, __ixor__ = map(_in_place, ("&=", "|=", "^="))
    __ilshift__, __irshift__ = map(_in_place, ("<<=", ">>="))


_LATER = N_("Write x itself. Numbers exist once all is recorded: evaluate(graph).")
_ANEW = N_("A recorded array does not change: write a new one, as with np.where, np.stack or np.concatenate.")
_FLAT = N_("It is flat wherever it has a derivative: leave it out, or round the inputs before.")
_UNDECIDED = N_("Nothing is decided by numbers while recording: write np.where, np.max or np.min.")
_SUMS = N_("Write it with @, *, np.sum(axis=…) and .mT.")

REMEDIES: Mapping[str, Message] = {
    **dict.fromkeys("item tolist numpy detach cpu".split(), _LATER),
    **dict.fromkeys("fill sort put resize itemset partition copyto append".split(), _ANEW),
    **dict.fromkeys("round divmod modf frexp".split(), _FLAT),
    **dict.fromkeys("any all argmax argmin argsort nonzero isnan isfinite array_equal".split(), _UNDECIDED),
    **dict.fromkeys("tensordot".split(), _SUMS),
    "flat": N_("Write np.ravel(x)."),
}
"""What to write in the place of a method or function that is not recorded, by its name."""
