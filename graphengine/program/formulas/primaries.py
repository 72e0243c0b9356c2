"""What a factor begins with: a number, a bracket, a fraction, a function, a sum, a matrix, cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...errors import ProgramError
from ...messages import N_
from . import complaints
from .atoms import Atoms
from .names import Atom, Name
from .scripts import groups, pieces
from .trees import Bound, Token, Tree
from .vocabulary import RELATIONS

_TAKEN_IN = {"name", "word", "frac", "sqrt", "bar_open", "norm_open", "font", "accent", "over", "{", "digit"}
"""What a function without brackets takes in."""
_ELSE = {"otherwise", "else", "иначе", "остальных", "остальное"}


class Primaries(Atoms):
    """Reads what stands there before scripts are looked at."""

    def primary(self) -> Tree:
        token = self.peek()
        start = token.start
        if token.kind in ("digit", "."):
            return self.number()
        if token.kind in ("sum", "prod"):
            return self.big(self.take().kind, start)
        if token.kind == "begin":
            return self.environment()
        self.take()
        match token.kind:
            case "name" | "word":
                font = "word" if token.kind == "word" and not self.font else self.font
                font = "up" if token.value == "d" and token.end - token.start > 1 else font
                digits, end = "", token.end
                while self.peek().kind == "digit" and self.peek().start == end and token.kind == "name":
                    digits, end = digits + self.take().value, end + 1
                if token.value == "Delta" and self.peek().kind in ("name", "font", "accent") and not digits:
                    return self.increment(start)
                subs = ((Atom(digits, "digits"),),) if digits else ()
                return self.tree("name", start, Name(token.value, font, subs=subs, span=token.span))
            case "font":
                return self.in_font(token)
            case "accent" | "over":
                return self.under(token)
            case "frac":
                above, below = self.inner(self.slice()), self.inner(self.slice())
                if _differential(above, below):
                    raise complaints.derivative(self.text, token.span)
                return self.tree("frac", start, above, below)
            case "sqrt":
                degree = None
                if self.peek().kind == "[":
                    self.take()
                    degree = self.expression()
                    self.expect("]")
                return self.tree("sqrt", start, degree, self.inner(self.slice()))
            case "(" | "[" | "{":
                found = self.expression()
                if token.kind == "[" and self.peek().kind in RELATIONS | {"="}:
                    found = self.compared(found, start)
                if self.peek().kind in RELATIONS | {"="} and token.kind != "{":
                    raise complaints.comparison(self.text, self.peek().span)
                self.expect({"(": ")", "[": "]", "{": "}"}[token.kind])
                return self.tree("group", start, found) if token.kind != "{" else found
            case "bar_open":
                found = self.expression()
                self.expect("bar_close")
                return self.tree("abs", start, found)
            case "norm_open":
                inner = self.expression()
                self.expect("norm_close")
                return self.tree("norm", start, inner, ())
            case "angle_open":
                sides = [self.expression()]
                while self.peek().kind in (",", "given"):
                    self.take()
                    sides.append(self.expression())
                self.expect("angle_close")
                if len(sides) != 2:
                    raise complaints.command(self.text, (start, self.tokens[self.at - 1].end), "E")
                return self.tree("angle", start, *sides)
            case "arg":
                raise complaints.optimum(self.text, token.span)
            case "func":
                return self.function(token)
        self.at -= token.kind != "stop"
        raise complaints.unexpected(self.text, token)

    def increment(self, start: int) -> Tree:
        """Δx is one name."""
        found = self.primary()
        if found.kind != "name":
            raise complaints.name(self.text, (start, found.span[1]))
        name: Name = found.parts[0]
        return self.tree("name", start, replace(name, accents=("Delta", *name.accents)))

    def number(self) -> Tree:
        start, digits = self.peek().start, ""
        while self.peek().kind == "digit" or (self.peek().kind == "." and "." not in digits):
            digits += self.take().value
        found = self.tree("num", start, digits)
        if digits == "1" and self.peek().kind == "(" and self.tokens[self.at].value.startswith("{"):
            return self.maybe_indicator(found, start)
        return found

    def in_font(self, token: Token) -> Tree:
        r"""\mathbf{x}; \mathbf{1} is a vector of ones, or with a condition an indicator."""
        outer, self.font = self.font, token.value or self.font
        found = self.inner(self.slice()) if self.peek().kind == "{" else self.primary()
        self.font = outer
        if found.kind == "name":
            found = self.tree("name", token.start, *found.parts)
        if found.kind != "num" or found.parts[0] != "1" or not token.value:
            return found
        if self.peek().kind in ("[", "("):
            return self.indicator(token.start)
        if self.peek().kind == "_" and any(t.kind in RELATIONS | {"="} for t in self.ahead_script()):
            self.take()
            return self.tree("indicator", token.start, self.condition_in(self.slice()))
        return self.tree("ones", token.start)

    def ahead_script(self) -> list[Token]:
        at = self.at
        self.take()
        found = self.slice()
        self.at = at
        return found

    # ---- functions ----

    def function(self, token: Token) -> Tree:
        """A function with its scripts and what it takes in."""
        name, start = token.value, token.start
        below, above, primes = self.scripts()
        if primes:
            raise complaints.derivative(self.text, token.span)
        if name in ("max", "min") and below is not None:
            return self.big(name, start, below)
        low = None if below is None else self.inner(below)
        high = None if above is None else self.inner(above)
        if self.peek().kind in ("(", "["):
            arguments = self.arguments()
        elif self.peek().kind in ("func", "sum", "prod"):
            arguments = (self.term() if self.peek().kind != "func" else self.factor(),)
        elif self.peek().kind == "{":
            arguments = (self.factor(),)
        else:
            arguments = (self.run(),)
        return self.tree("call", start, name, low, high, arguments)

    def run(self) -> Tree:
        """The factors that a function without brackets takes in."""
        start = self.peek().start
        negative = False
        while self.peek().kind in ("-", "+"):
            negative ^= self.take().kind == "-"
        items = [self.factor()]
        while self.peek().kind in _TAKEN_IN - {"digit"} and items[-1].kind not in ("apply", "call"):
            items.append(self.factor())
        if len(items) > 1 and not (len(items) == 2 and items[0].kind == "num"):
            self.notes.append(N_("A function without brackets takes in all the factors after it."))
        found = items[0]
        if len(items) > 1:
            found = self.tree("product", start, tuple(("", item) for item in items))
        return self.tree("neg", start, found) if negative else found

    # ---- sums over an index ----

    def big(self, sign: str, start: int, below: list[Token] | None = None) -> Tree:
        r"""\sum, \prod, \max or \min over indices, with the term after it."""
        above = None
        if below is None:
            below, above, _ = self.scripts()
        bounds = self.bounds(below, above, start)
        self.pass_over()
        body = self.term()
        return self.tree("big", start, sign, bounds or self.unsaid(body), body)

    def bounds(self, below: list[Token] | None, above: list[Token] | None, start: int) -> tuple[Bound, ...]:
        """Over which letters it runs, and how far."""
        if below is None:
            return ()
        high = None if above is None else self.inner(above)
        found: list[Bound] = []
        for piece in pieces([t for t in below if t.kind not in ("font", "row")]):
            kinds = [token.kind for token in piece]
            span = (piece[0].start, piece[-1].end) if piece else (start, start + 4)
            at = next(
                (i for i, kind in enumerate(kinds) if kind in RELATIONS | {"=", "in", "given"}), len(piece)
            )
            names = groups(piece[:at])
            if names is None or len(names) != 1 or any(a.kind != "letter" or a.shift for a in names[0]):
                raise ProgramError(
                    N_("A sum runs over letters, from a number to a number."),
                    hint=N_("For example: {latex}", latex=r"\sum_{i=1}^{n} x_i"),
                    span=span,
                    text=self.text,
                )
            letters = tuple(atom.text for atom in names[0])
            rest = piece[at + 1 :]
            match kinds[at] if at < len(kinds) else "":
                case "":
                    found.append(Bound(letters, high=high))
                case "=":
                    found.append(Bound(letters, self.inner(rest), high))
                case "in":
                    found.append(Bound(letters, within=True))
                case "!=" if found and found[-1].letters == letters:
                    found[-1] = Bound(letters, found[-1].low, found[-1].high, self.inner(rest))
                case "!=":
                    found.append(Bound(letters, high=high, without=self.inner(rest)))
                case _:
                    message = N_("A sum whose bounds depend on another index is not read: write its terms.")
                    raise ProgramError(message, span=span, text=self.text)
        return tuple(found)

    # ---- environments ----

    def environment(self) -> Tree:
        """A matrix in rows, or a formula by cases."""
        opener = self.take()
        outer, self.in_rows = self.in_rows, True
        rows: list[tuple[Tree, ...]] = []
        cases: list[tuple[Tree, Tree | None]] = []
        while self.peek().kind != "end":
            if self.peek().kind == "row":
                self.take()
                continue
            if opener.value == "cases":
                cases.append(self.case())
            else:
                row = [self.expression()]
                while self.peek().kind == "&":
                    self.take()
                    row.append(self.expression())
                rows.append(tuple(row))
            if self.peek().kind not in ("row", "end"):
                raise complaints.unexpected(self.text, self.peek())
        self.take()
        self.in_rows = outer
        if not (rows or cases):
            raise ProgramError(N_("These braces are empty."), span=opener.span, text=self.text)
        return self.tree(opener.value, opener.start, tuple(cases or rows))

    def case(self) -> tuple[Tree, Tree | None]:
        """A value, and the condition under which it is taken; None for what remains."""
        value = self.expression()
        said: list[str] = []
        while self.peek().kind in (",", "&", "prose", "word"):
            token = self.take()
            said += token.value.lower().split() if token.kind in ("prose", "word") else []
        if self.peek().kind in ("row", "end"):
            return value, None
        found = self.comparison()
        while self.peek().kind in (",", "prose", "word", "."):
            self.take()
        return value, found

    def comparison(self) -> Tree:
        """a < b, or a chain of such."""
        return self.compared(self.expression(), self.peek().start)

    def compared(self, first: Tree, start: int) -> Tree:
        """The comparison that begins with `first`."""
        found: list[Tree | str] = [first]
        while self.peek().kind in RELATIONS | {"="}:
            sign = self.take().kind
            found += ["==" if sign == "=" else sign, self.expression()]
        if len(found) == 1:
            raise complaints.unexpected(self.text, self.peek())
        return self.tree("compare", start, tuple(found))

    def condition_in(self, tokens: Sequence[Token]) -> Tree:
        raise NotImplementedError


def _differential(above: Tree, below: Tree) -> bool:
    """Whether a fraction is d over dx."""

    def letters(tree: Tree) -> list[str]:
        items = [item for _, item in tree.parts[0]] if tree.kind == "product" else [tree]
        return [item.parts[0].base if item.kind == "name" else "" for item in items]

    return (
        letters(above)[0] == "d"
        and len(letters(above)) < 3
        and letters(below)[0] == "d"
        and len(letters(below)) == 2
    )
