"""What matrices and vectors do in a formula: products, transposes, inverses, norms, determinants."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import ProgramError
from ...messages import N_
from ...ops import NAMES
from . import complaints
from .kinds import BESIDE, CAPITAL, INVERTED, MATRIX, NUMBER, TRANSPOSED, VECTOR
from .names import Group, Name
from .norms import Norms
from .trees import Tree
from .values import Level, Value, contracted, elementwise, turned, union


class Matrices(Norms):
    """Words what only arrays have."""

    # ---- products ----

    def pairing(self, sign: str, left: Value, right: Value, one: Tree, two: Tree) -> str:
        """How two factors are multiplied: "*", "/", "@" or "⊗"."""
        if sign == "/":
            return "/"
        if sign == "kron":
            for value in (left, right):
                if value.name is not None:
                    self.kinds.decide(value.vague, MATRIX if value.name.capital else VECTOR, CAPITAL)
            return "kron" if left.rank and right.rank else "*"
        if sign == "hadamard":
            return "*"
        if sign == "*":
            if left.rank and right.rank and left.rank + right.rank > 2:
                return self.ask_product(left, right, one, two)
            if (
                left.rank
                and right.rank
                and self.text[slice(one.span[1], two.span[0])].strip() in (r"\times", "×")
            ):
                message = N_("The cross product of vectors is not read: write its components.")
                raise ProgramError(message, span=(one.span[0], two.span[1]), text=self.text)
            return "*"
        self.settle(left, right, one, two)
        if not (left.rank and right.rank):
            return "*"
        for value in (left, right):
            if value.name is None and value.level == Level.ATOM:
                self.look_at(one if value is left else two)
        if left.rank == right.rank == 1 and left.row == right.row and not (left.ones or right.ones):
            return (
                "@"
                if sign == "cdot" or (right.row is True and left.row is True)
                else self.ask_product(left, right, one, two)
            )
        return "@"

    def look_at(self, tree: Tree) -> None:
        """A note where the letter of a factor made it an array."""
        for each in tree.walk():
            if each.kind == "name":
                self.kinds.looks(each.parts[0])

    def settle(self, left: Value, right: Value, one: Tree, two: Tree) -> None:
        """Decide what is open about two factors side by side, if it matters."""
        lname, rname = left.name, right.name
        lattice = left.rank == MATRIX or (left.row and left.rank == VECTOR)
        array = self.stem_of(two) if lattice and right.axes and right.rank == 0 else None
        if array is not None:
            self.kinds.decide([array], VECTOR, BESIDE)
        if lattice and right.vague and right.scalar:
            capital = rname is not None and rname.capital
            self.kinds.decide(right.vague, MATRIX if capital else VECTOR, BESIDE)
        if lname is not None and lname.capital and right.vague and right.scalar and rname is not None:
            self.kinds.decide([lname], MATRIX, CAPITAL)
        if lname is not None and lname.capital and right.rank:
            self.kinds.decide([lname], MATRIX, CAPITAL)
        if left.vague and left.scalar and lname is not None and not lname.capital:
            open_capital = rname is not None and rname.capital
            if (
                (right.rank == MATRIX or open_capital)
                and lname.base not in _GREEK
                and right.level == Level.ATOM
            ):
                said = self.text[one.span[0] : two.span[1]]
                options = [
                    (N_("{name} is a number", name=self.kinds.spell(lname)), NUMBER),
                    (N_("{name} is a vector", name=self.kinds.spell(lname)), VECTOR),
                ]
                question = N_(
                    "{text}: is {name} a number or a vector?", text=said, name=self.kinds.spell(lname)
                )
                rank = self.kinds.choose(
                    question, f"rank {lname.long()}", options, (one.span[0], two.span[1])
                )
                if rank == VECTOR and open_capital:
                    self.kinds.decided[lname] = VECTOR
                    self.kinds.decide([rname] if rname else [], MATRIX, CAPITAL)
                self.kinds.decide([lname], VECTOR if rank == VECTOR else NUMBER)
        if rname is not None and rname.capital and (left.rank and left.name is None):
            self.kinds.decide([rname], MATRIX, CAPITAL)

    def ask_product(self, left: Value, right: Value, one: Tree, two: Tree) -> str:
        span = one.span[0], two.span[1]
        options = [(N_("element by element"), "*"), (N_("the product of linear algebra"), "@")]
        question = N_("{text}: which product is meant?", text=f"{left.text} {right.text}")
        return str(self.kinds.choose(question, f"product{span}", options, span))

    def paired(self, kind: str, left: Value, right: Value) -> Value:
        """Two factors as one value."""
        if kind == "kron":
            if left.rank == right.rank == VECTOR and not left.axes and not right.axes:
                return Value(f"outer({left.text}, {right.text})", rank=MATRIX)
            return Value(f"kron({left.text}, {right.text})", rank=max(left.rank, right.rank))
        if kind in "*/":
            return elementwise(kind, [left, right], self.order)
        if left.ones or right.ones:
            return self.with_ones(left, right)
        labels = [list(value.axes) for value in (left, right)]
        first, second = _shape(left), _shape(right)
        specs = [labels[0] + first[0], labels[1] + second[1]]
        outer = left.rank == right.rank == VECTOR and not left.row and right.row
        if outer:
            specs, rest = [[*labels[0], "#m"], [*labels[1], "#n"]], ["#m", "#n"]
        else:
            rest = [axis for axis in ("#m", "#n") if axis in (*specs[0], *specs[1])]
        axes = union([left, right], self.order)
        text, level = contracted([left, right], specs, [*axes, *rest])
        row = len(rest) == 1 and rest[0] == "#n"
        return Value(text, level, axes, len(rest), row)

    def with_ones(self, left: Value, right: Value) -> Value:
        """A product with a vector of ones is a sum, or a copy for each row."""
        other, axis = (right, 0) if left.ones else (left, 1)
        if left.ones and not left.row:
            return Value(other.text, other.level, other.axes, VECTOR, row=True)
        if right.ones and right.row:
            return Value(f"{other.within(Level.ATOM)}[:, None]", rank=MATRIX)
        if other.ones or other.axes:
            raise ProgramError(
                N_("How many ones there are is not known: write their number."), text=self.text
            )
        return Value(
            f"sum({other.text})" if other.rank == 1 else f"sum({other.text}, axis={axis})",
            rank=other.rank - 1,
        )

    # ---- transposes, inverses, powers ----

    def on_transposed(self, tree: Tree, inner: Tree, mark: str) -> Value:
        value = self.write(inner)
        if mark == "T" and "T" in self.kinds.given and not self.kinds.given["T"]:
            return self.write(Tree("pow", (inner, Tree("name", (Name("T"),), tree.span)), tree.span))
        if value.rank == 0 and not value.axes:
            literal = any(each.kind == "num" for each in inner.walk())
            exponent = Name("T") in self.kinds.factors | self.kinds.numbers
            if value.vague and (mark != "T" or not (literal or exponent)):
                capital = value.name is not None and value.name.capital
                self.kinds.decide(value.vague, MATRIX if capital else VECTOR, TRANSPOSED)
            if mark == "T":
                options = [(N_("T transposes vectors"), VECTOR), (N_("T is an exponent"), NUMBER)]
                question = N_(
                    "{text}: does T transpose, or is it an exponent?", text=self.text[slice(*tree.span)]
                )
                if self.kinds.choose(question, f"T{tree.span}", options, tree.span) == NUMBER:
                    return self.write(Tree("pow", (inner, Tree("name", (Name("T"),), tree.span)), tree.span))
                if value.vague:
                    self.kinds.decide(value.vague, VECTOR, TRANSPOSED)
            return value
        if value.axes and value.rank == 0:
            name = self.stem_of(inner)
            if name is None:
                return value
            self.kinds.decide([name], VECTOR, TRANSPOSED)
        if value.rank == VECTOR:
            return Value(value.text, value.level, value.axes, VECTOR, not value.row, ones=value.ones)
        if value.axes:
            message = N_("A transpose of matrices under a sum is not read: write their elements.")
            raise ProgramError(message, span=tree.span, text=self.text)
        self.look_at(inner)
        return Value(turned(value.text, value.level), Level.ATOM, rank=MATRIX)

    def on_dagger(self, tree: Tree, inner: Tree, mark: str) -> Value:
        value = self.write(inner)
        if value.name is not None and value.name.capital:
            self.kinds.decide(value.vague, MATRIX, CAPITAL)
        if mark == "H" and value.rank == 0 and "H" in self.kinds.given:
            return self.write(Tree("pow", (inner, Tree("name", (Name("H"),), tree.span)), tree.span))
        if mark == "dagger" and value.rank == MATRIX and "pinv" in NAMES:
            options = [(N_("conjugated and transposed"), "H"), (N_("the pseudo-inverse"), "+")]
            question = N_("{text}: which of the two is meant?", text=self.text[slice(*tree.span)])
            mark = str(self.kinds.choose(question, f"dagger{tree.span}", options, tree.span))
        if mark == "+":
            return Value(f"pinv({value.text})", rank=value.rank)
        if value.rank == MATRIX:
            return Value(f"{value.within(Level.ATOM)}.H", rank=MATRIX)
        row = value.rank == VECTOR and mark != "*"
        return Value(f"conj({value.text})", axes=value.axes, rank=value.rank, row=row)

    def matrix_power(self, tree: Tree, base: Value, exponent: Value) -> Value | None:
        """A^{-1} and A^2 of a matrix; None for what is a power of each element."""
        if base.axes or exponent.text not in ("-1", "2", "3", "-2"):
            return None
        names = base.vague
        capitals = [name for name in names if name.capital and name not in self.kinds.numbers]
        arrays = bool(capitals) and (len(capitals) == len(names) or Name("I") in capitals)
        if exponent.text == "-1" and base.rank == 0 and arrays:
            self.kinds.decide(capitals, MATRIX, INVERTED)
        if base.rank == 0 and capitals and exponent.text in ("2", "3"):
            return self.power(base, exponent, "^")  # who knows its shape asks, if it is a square matrix
        if base.rank != MATRIX:
            return None
        if exponent.text in ("-1", "-2"):
            inverse = Value(f"inv({base.text})", rank=MATRIX)
            return (
                inverse
                if exponent.text == "-1"
                else Value(f"{inverse.text} @ {inverse.text}", Level.PRODUCT, rank=MATRIX)
            )
        options = [(N_("element by element"), "*"), (N_("the product of linear algebra"), "@")]
        question = N_("{text}: which power is meant?", text=self.text[slice(*tree.span)])
        if self.kinds.choose(question, f"power{tree.span}", options, tree.span) == "*":
            return None
        one = base.within(Level.POWER)
        return Value(
            " @ ".join([base.within(Level.NEGATIVE)] + [one] * (int(exponent.text) - 1)),
            Level.PRODUCT,
            rank=MATRIX,
        )

    def on_matrix(self, tree: Tree, rows: Sequence[Sequence[Tree]]) -> Value:
        """The rows in brackets; one column is a vector, one row a vector that lies."""
        texts = [[self.write(item) for item in row] for row in rows]
        if any(not item.scalar for row in texts for item in row) or len({len(row) for row in texts}) > 1:
            message = N_("A matrix is written with numbers, in rows of one length.")
            raise ProgramError(message, span=tree.span, text=self.text)
        if len(texts[0]) == 1:
            return Value(f"[{', '.join(row[0].text for row in texts)}]", rank=VECTOR)
        lines = [f"[{', '.join(item.text for item in row)}]" for row in texts]
        if len(lines) == 1:
            return Value(lines[0], rank=VECTOR, row=True)
        return Value(f"[{', '.join(lines)}]", rank=MATRIX)

    def on_vmatrix(self, tree: Tree, rows: Sequence[Sequence[Tree]]) -> Value:
        return Value(f"det({self.on_matrix(tree, rows).text})")

    def on_index(self, tree: Tree, inner: Tree, groups: Sequence[Group]) -> Value:
        """An element of what is no name, as in softmax(z)_i."""
        value = self.write(inner)
        atoms = [atom for group in groups for atom in group]
        if len(atoms) != 1 or value.axes or atoms[0].kind != "letter" or atoms[0].shift:
            if len(atoms) == 1 and atoms[0].kind == "digits" and value.rank == 1:
                return Value(f"{value.within(Level.ATOM)}[{int(atoms[0].text) - 1}]")
            if inner.kind == "norm" or value.axes or not all(atom.kind == "letter" for atom in atoms):
                raise complaints.name(self.text, tree.span)
        letters = [atom.text for atom in atoms]
        if value.vague and value.scalar:
            self.kinds.decide(value.vague, VECTOR if len(letters) == 1 else MATRIX, N_("it has an index."))
        if value.rank != len(letters) or any(letter not in self.indices.axes for letter in letters):
            raise complaints.name(self.text, tree.span)
        found = Value(value.text, value.level, tuple(letters))
        return self.sorted(found)


_GREEK = {
    "alpha",
    "beta",
    "gamma",
    "lambda",
    "mu",
    "eta",
    "sigma",
    "rho",
    "tau",
    "nu",
    "kappa",
    "epsilon",
    "varepsilon",
    "delta",
}


def _shape(value: Value) -> tuple[list[str], list[str]]:
    """The axes without letters as a left and as a right factor: rows m, what is summed k, columns n."""
    if value.rank == MATRIX:
        return ["#m", "#k"], ["#k", "#n"]
    return (["#k"], ["#k"]) if value.rank else ([], [])
