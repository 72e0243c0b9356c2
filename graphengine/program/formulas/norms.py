"""What takes an array as a whole: norms, bars, inner products, softmax, determinants."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import ProgramError
from ...messages import N_
from . import complaints
from .base import Base
from .kinds import MATRIX, MEASURED, VECTOR
from .names import Group, Name
from .trees import Tree
from .values import Level, Value, elementwise


class Norms(Base):
    """Words what is between bars, and functions of arrays."""

    logged: Tree | None = None
    """What a logarithm is taken of."""

    def on_norm(self, tree: Tree, inner: Tree, below: Sequence[Group]) -> Value:
        return self.norm(tree, None)

    def norm(self, tree: Tree, exponent: Tree | None) -> Value:
        """‖x‖ of some order, to some power; its square is a sum of squares."""
        inner, below = tree.parts
        value = self.write(inner)
        order = "_".join(atom.text for group in below for atom in group) or "2"
        if value.axes and value.rank == 0:
            name = self.stem_of(inner)
            if name is not None:
                self.kinds.decide([name], VECTOR, MEASURED)
        if value.rank == MATRIX and order == "2" and below:
            said = self.text[slice(*tree.span)]
            self.kinds.note(
                N_("{text} of a matrix is read as the root of the sum of all squares.", text=said)
            )
        power = None if exponent is None else self.write(exponent)
        if order in ("2", "F"):
            squares = self.reduced("sum", self.power(value, Value("2")))
            if power is not None and power.text == "2":
                return squares
            found = self.elementwise_call("sqrt", [squares]) if value.axes else Value(f"norm({value.text})")
        elif order == "1":
            found = self.reduced("sum", self.elementwise_call("abs", [value]))
        elif order == "infty" or order == "inf":
            found = self.reduced("max", self.elementwise_call("abs", [value]))
        elif order == "p" or order.isdigit():
            p = self.write(Tree("name", (Name("p"),), tree.span)) if order == "p" else Value(order)
            total = self.reduced("sum", self.power(self.elementwise_call("abs", [value]), p))
            if power is not None and power.text == p.text:
                return total
            found = self.power(total, Value(f"1/{p.text}", Level.PRODUCT))
        else:
            message = N_("A norm has the order 1, 2, p or F, not {order}.", order=order)
            raise ProgramError(message, span=tree.span, text=self.text)
        return found if power is None else self.power(found, power)

    def reduced(self, function: str, value: Value) -> Value:
        """A sum over the axes without letters."""
        if not value.axes:
            return Value(f"{function}({value.text})")
        if value.rank == 0:
            return value
        places = range(len(value.axes), value.size)
        axis = str(places[0]) if len(places) == 1 else f"({', '.join(map(str, places))})"
        return Value(f"{function}({value.text}, axis={axis})", axes=value.axes)

    def on_abs(self, tree: Tree, inner: Tree) -> Value:
        if inner.kind == "name" and inner.parts[0].font == "cal":
            raise complaints.command(self.text, tree.span, "cup")
        value = self.write(inner)
        capital = value.name is not None and value.name.capital and value.name not in self.kinds.numbers
        if (value.rank or capital) and not value.axes:
            if tree is self.logged and (value.rank == MATRIX or capital):
                self.kinds.note(N_("Bars around a matrix are read as its determinant."))
                return Value(f"abs(det({value.text}))")
            said = self.text[slice(*tree.span)]
            options = [(N_("the absolute value of each element"), "abs")]
            if value.rank == MATRIX or capital:
                options.append((N_("the determinant"), "det"))
            else:
                options.append((N_("the length of the vector"), "norm"))
            question = N_("{text}: what do the bars mean?", text=said)
            chosen = str(self.kinds.choose(question, f"bars{tree.span}", options, tree.span))
            if chosen != "abs":
                return Value(f"{chosen}({value.text})")
        return self.elementwise_call("abs", [value])

    def on_angle(self, tree: Tree, left: Tree, right: Tree) -> Value:
        """The inner product ⟨x, y⟩."""
        one, two = self.write(left), self.write(right)
        for value, inner in ((one, left), (two, right)):
            if value.vague and value.rank == 0:
                capital = value.name is not None and value.name.capital
                self.kinds.decide(
                    value.vague, MATRIX if capital else VECTOR, N_("it stands in an inner product.")
                )
            if value.axes and value.rank == 0 and (name := self.stem_of(inner)) is not None:
                self.kinds.decide([name], VECTOR, N_("it stands in an inner product."))
        if one.rank == two.rank == MATRIX:
            return self.reduced("sum", elementwise("*", [one, two], self.order))
        lying = Value(one.text, one.level, one.axes, one.rank, row=True)
        return self.paired(
            "@" if one.rank and two.rank else "*", lying, Value(two.text, two.level, two.axes, two.rank)
        )

    def special(self, tree: Tree, name: str, arguments: Sequence[Tree]) -> Value | None:
        """The functions that take an array as a whole, or mean something else of one."""
        if name in ("ln", "log") and len(arguments) == 1:
            inner = arguments[0]
            while inner.kind == "group":
                (inner,) = inner.parts
            self.logged = inner
            return None
        if name in _WHOLE or (name in ("max", "min", "sum", "mean", "prod") and len(arguments) == 1):
            values = [self.write(argument) for argument in arguments]
            if any(value.axes for value in values):
                message = N_("{name} takes an array as a whole, without indices.", name=name)
                raise ProgramError(message, span=self.head_span(tree), text=self.text)
            if name == "softmax" and values[0].rank == MATRIX:
                return Value(f"softmax({values[0].text}, axis=-1)", rank=MATRIX)
            text = f"{name}({', '.join(value.text for value in values)})"
            return Value(
                text, rank=_WHOLE.get(name, 0) or values[0].rank if name in _KEPT else _WHOLE.get(name, 0)
            )
        return None


_WHOLE = {
    "softmax": 0,
    "log_softmax": 0,
    "logsumexp": 0,
    "det": 0,
    "trace": 0,
    "tr": 0,
    "inv": 2,
    "diag": 2,
    "logdet": 0,
}
_WHOLE |= {"norm": 0, "mse": 0, "cross_entropy": 0, "layernorm": 0, "transpose": 2}
_KEPT = {"softmax", "log_softmax", "layernorm"}
