"""How much work one request may cause: counted before it is done, whatever part of the engine does it.

A request opens a budget, and every room that works for it spends from the same one: `spend("work", 3)`.
Limits are settings: `with limited(elements=1_000_000): …` in Python, `CHAINWALK_LIMITS` for the server.
Everything is counted and nothing timed, so that a program is refused at the same place on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache, wraps
from typing import Literal, ParamSpec, TypeVar

from .errors import LimitError, ValueProblem
from .messages import N_, NN_, Message

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Limits:
    """Bounds that every request keeps; exceeding one raises a `LimitError` that names it."""

    characters: int = 10_000
    """Length of a program, and of the text of its inputs."""
    depth: int = 100
    """Nesting of brackets and calls."""
    nodes: int = 1_000
    """Nodes of a graph."""
    elements: int = 100_000
    """Elements of an input or of any intermediate array."""
    numbers: int = 5_000_000
    """Elements of all arrays of a request together."""
    operations: int = 20_000_000
    """Scalar operations of one sweep, by the operators' own cost model."""
    work: int = 170_000
    """Pieces of work of a request, of some ten microseconds: expressions read, nodes recorded, texts set."""
    exponent: int = 1_000
    """Absolute value of a literal exponent."""
    jacobian: int = 10_000
    """Elements of a Jacobian."""
    document: int = 16_000_000
    """Bytes of a document."""


Account = Literal["numbers", "work"]
"""The limits on what a request does altogether."""


@dataclass
class Budget:
    """What one request has spent, and the prices that it has paid."""

    limits: Limits
    spent: Counter[Account] = field(default_factory=Counter)
    paid: set[Price] = field(default_factory=set)


@dataclass(eq=False)
class Price:
    """What it took to find something that is kept: by itself, and for what is kept in its turn."""

    own: Counter[Account] = field(default_factory=Counter)
    inner: list[Price] = field(default_factory=list)


_limits: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 - it is frozen
_budget: ContextVar[Budget | None] = ContextVar("budget", default=None)
_price: ContextVar[Price | None] = ContextVar("price", default=None)


def limits() -> Limits:
    """The limits that are kept here and now."""
    return _limits.get()


def spend(account: Account, amount: int = 1) -> None:
    """Count what is about to be done, for the request under way; LimitError where that would be too much."""
    price, budget = _price.get(), _budget.get()
    if price is not None:
        price.own[account] += amount
    if budget is None:
        return
    budget.spent[account] += amount
    limit: int = getattr(budget.limits, account)
    if budget.spent[account] > limit:
        raise LimitError(_EXCEEDED[account](limit), hint=SMALLER)


def priced(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`lru_cache` for what costs work: each request pays once, whether it was known already or not.

    Else what is refused today would be answered tomorrow, by a process that has seen something like it.
    """

    def decorate(find: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize)
        def known(*args: P.args, **kwargs: P.kwargs) -> tuple[R, Price]:
            price = Price()
            token = _price.set(price)
            try:
                found = find(*args, **kwargs)
            finally:
                _price.reset(token)
            _paid().add(price)
            return found, price

        @wraps(find)
        def paid(*args: P.args, **kwargs: P.kwargs) -> R:
            found, price = known(*args, **kwargs)  # type: ignore[arg-type]  # hashable, as lru_cache wants
            outer = _price.get()
            if outer is not None:
                outer.inner.append(price)
            _pay(price)
            return found

        paid.cache_clear = known.cache_clear  # type: ignore[attr-defined]
        return paid

    return decorate


def _paid() -> set[Price]:
    budget = _budget.get()
    return set() if budget is None else budget.paid


def _pay(price: Price) -> None:
    """Spend what is not paid yet, by itself: what asks for it keeps this apart."""
    if _budget.get() is None or price in _paid():
        return
    _paid().add(price)
    token = _price.set(None)
    try:
        for account, amount in price.own.items():
            spend(account, amount)
        for inner in price.inner:
            _pay(inner)
    finally:
        _price.reset(token)


SMALLER = N_("Draw a part of it, or write it with fewer operators and arguments.")
_EXCEEDED: dict[Account, Callable[[int], Message]] = {
    "numbers": lambda limit: N_(
        "All arrays together have more elements than the limit `numbers`, {limit}.", limit=limit
    ),
    "work": lambda limit: N_("This takes more pieces of work than the limit `work`, {limit}.", limit=limit),
}


def bound_document(size: int) -> None:
    """LimitError where a document, or an answer about a part of one, of `size` bytes is too much."""
    if size > limits().document:
        raise LimitError(
            NN_(
                "The document has at least {size} byte; the limit `document` is {limit}.",
                "The document has at least {size} bytes; the limit `document` is {limit}.",
                size,
                size=size,
                limit=limits().document,
            )
        )


@contextmanager
def request() -> Iterator[Budget]:
    """What is done inside shares one budget; inside of a request it is a part of that."""
    budget = _budget.get()
    if budget is not None:
        yield budget
        return
    budget = Budget(limits())
    token = _budget.set(budget)
    try:
        yield budget
    finally:
        _budget.reset(token)


def bounded(door: Callable[P, R]) -> Callable[P, R]:
    """A public function, each call of which is a request."""

    @wraps(door)
    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        with request():
            return door(*args, **kwargs)

    return within


@contextmanager
def limited(**bounds: int) -> Iterator[Limits]:
    """Other limits for what is done inside, as in `with graphengine.limited(elements=1_000_000)`.

    Each call of a public function inside has a budget of its own. Raises ValueProblem for a limit that does
    not exist, or is not a positive whole number.
    """
    for name, bound in bounds.items():
        if name not in NAMES:
            raise ValueProblem(
                N_("There is no limit {name}.", name=name),
                hint=N_("The limits are: {names}.", names=", ".join(NAMES)),
            )
        if not isinstance(bound, int) or isinstance(bound, bool) or bound < 1:
            raise ValueProblem(N_("The limit {name} is a positive whole number.", name=name))
    outer, budget = _limits.set(replace(limits(), **bounds)), _budget.set(None)
    try:
        yield limits()
    finally:
        _budget.reset(budget)
        _limits.reset(outer)


NAMES = tuple(each.name for each in fields(Limits))
