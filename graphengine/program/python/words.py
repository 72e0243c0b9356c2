"""Functions of libraries, methods of arrays, and Python's own: operators, most of them, by their records."""

from __future__ import annotations

import ast

from ...messages import N_
from ...ops import ELSEWHERE, NAMES
from ..literals import LITERALS
from .functions import Functions
from .values import Level, Method, Names, Sizes, Text, Undecided, Value, Word

SAME = frozenset(
    """float double float32 float64 tensor array asarray astype type to copy clone item contiguous cpu numpy
    detach stop_gradient as_tensor from_numpy cuda long int64 ascontiguousarray""".split()
)
"""What changes no number."""
CUTS = ("detach", "stop_gradient")
OPTIONS = {"dim": "axis", "keepdim": "keepdims"}
KINDS = (
    "dtype",
    "device",
    "inplace",
    "out",
    "generator",
    "order",
    "copy",
    "label",
    "_children",
)
"""Options about what kind of number it is, or where it is kept."""
_FIRST, _SECOND = ("input", "x", "a", "tensors"), ("other", "target", "b", "mat2", "exponent")
"""Arguments that people write by their names."""
_SIGNS: dict[str, ast.operator] = {
    "add": ast.Add(),
    "sub": ast.Sub(),
    "mul": ast.Mult(),
    "div": ast.Div(),
    "pow": ast.Pow(),
    "matmul": ast.MatMult(),
}
_COMPARED: dict[str, str] = {
    "less": "<",
    "less_equal": "<=",
    "greater": ">",
    "greater_equal": ">=",
    "equal": "==",
    "not_equal": "!=",
}


class Words(Functions):
    """Reads calls of what the text does not define."""

    torch: bool | None = False
    """Whether methods are PyTorch's, and mean other things than NumPy's; None where nothing tells."""

    def is_torch(self, tree: ast.AST) -> bool:
        """Whether a method is PyTorch's; Undecided where nothing tells."""
        if self.torch is None:
            raise Undecided(tree)
        return self.torch

    def method(self, method: Method, args: list[Value], options: Names, tree: ast.AST) -> Value:
        owner, name = method.owner, method.name
        if isinstance(owner, list | dict | str | tuple) or owner is None:
            return self.of_python(owner, name, args, tree)
        if isinstance(owner, Sizes):
            self.refuse(tree)
        return self.word(Word(name, "method"), [owner, *args], options, tree)

    def of_python(self, owner: Value, name: str, args: list[Value], tree: ast.AST) -> Value:
        """Methods of lists, dicts and strings."""
        if isinstance(owner, list) and name == "append":
            return owner.append(args[0])
        if isinstance(owner, list) and name == "extend":
            return owner.extend(self.several(args[0], tree))
        if isinstance(owner, list) and name == "reverse":
            return owner.reverse()
        if isinstance(owner, dict):
            match name:
                case "items":
                    return [*owner.items()]
                case "keys":
                    return [*owner]
                case "values":
                    return [*owner.values()]
                case "get" if args:
                    return owner.get(self.key(args[0], tree), *args[1:2])
        if owner is None or isinstance(owner, str):
            return owner
        return self.refuse(tree)

    def word(self, word: Word, args: list[Value], options: Names, tree: ast.AST) -> Value:
        options = {OPTIONS.get(name, name): value for name, value in options.items() if name not in KINDS}
        args = [
            *(options.pop(key) for key in _FIRST if key in options),
            *args,
            *(options.pop(key) for key in _SECOND if key in options),
        ]
        name = word.name.rstrip("_") or word.name
        own = getattr(self, f"_{name}", None)
        name = ELSEWHERE[name].name if name in ELSEWHERE else name
        if name in CUTS:
            self.note(
                N_("{name}() cuts the gradient in PyTorch; here it is not cut: it goes on.", name=word.name)
            )
        if name in SAME and args:
            return self._array(args[0], tree) if len(args) < 3 else self.refuse(tree)
        special = own or getattr(self, f"_{name}", None)
        if special is not None:
            return special(args, options, tree, word)
        if name in LITERALS:
            return self._literal(name, args, options, tree)
        return self.operator(name, word, args, options, tree)

    def operator(self, name: str, word: Word, args: list[Value], options: Names, tree: ast.AST) -> Value:
        """A call of an operator of the language."""
        if name not in NAMES:
            self.refuse(
                tree, N_("{name} has no equal here.", name=word.name), N_("Write it out in what it computes.")
            )
        if name in ("sum", "mean") and len(args) == 1 and getattr(args[0], "masked", None) and not options:
            taken, mask = args[0].masked
            kept = f"sum(where({mask}, {taken}, 0))"
            return Text(kept) if name == "sum" else Text(f"{kept}/sum({mask})", Level.PRODUCT)
        if name in _SIGNS and len(args) == 2:
            return self.binary(_SIGNS[name], args[0], args[1], tree)
        if name in _COMPARED and len(args) == 2:
            a, b = (self.as_text(arg, tree).at(Level.SUM) for arg in args)
            return Text(f"{a} {_COMPARED[name]} {b}", Level.COMPARISON, mask=True)
        if name == "transpose" and len(args) == 1 and word.name != "t" and not options:
            return Text(f"{self.as_text(args[0], tree).at(Level.ATOM)}.T")
        named = {a for op in NAMES[name] for a in op.arguments[1:]}
        args = [*args, *(options.pop(option) for option in [*options] if option in named)]
        for option in options.keys() - _options(name):
            self.refuse(tree, N_("{name} has no option {option} here.", name=word.name, option=option))
        if len(args) > 1 and _options(name) and self._is_option(name, word, args[1]):
            fixed = [op for op in NAMES[name] if op.parameters and not op.variadic][:1]
            for op in fixed:
                options |= zip(op.parameters, args[len(op.arguments) :], strict=False)
                args = args[: len(op.arguments)]
        variadic = any(op.variadic for op in NAMES[name])
        if variadic and len(args) == 1 and isinstance(args[0], list | tuple):
            args = [*args[0]]
        texts = [self.as_text(arg, tree).text for arg in args]
        given = self._given(options, tree)
        pair = name == "sort" or (name in ("max", "min") and "axis" in options)
        pair = pair and (word.library == "torch" or (word.library == "method" and self.torch is not False))
        return Text(f"{name}({', '.join([*texts, *given])})", pair=pair)

    def _is_option(self, name: str, word: Word, value: Value) -> bool:
        """Whether a second argument is an option, as in x.sum(0), rather than a value, as in max(x, 0)."""
        if not any(op.takes(2) for op in NAMES[name]):
            return True
        known = isinstance(value, tuple) or (isinstance(value, Text) and isinstance(value.number, int))
        return word.library in ("numpy", "torch", "method") and known

    def _given(self, options: Names, tree: ast.AST) -> list[str]:
        """Options in the language; those that say None or False say nothing."""
        found = []
        for name, value in options.items():
            if value is None or value is False:
                continue
            if value is True:
                found.append(f"{name}=True")
            elif isinstance(value, str):
                found.append(f"{name}='{value}'" if value.isalnum() else self.refuse(tree))
            elif isinstance(value, list | tuple):
                axes = [str(self.as_whole(each, tree)) for each in value]
                found.append(f"{name}=({', '.join(axes)}{',' if len(axes) == 1 else ''})")
            elif isinstance(value, Text):
                found.append(f"{name}={value.text if value.number is None else value.number}")
            else:
                self.refuse(tree)
        return found

    def _array(self, value: Value, tree: ast.AST) -> Value:
        """What array(…) and the like are given; numbers written out are data."""
        if isinstance(value, list | tuple):
            text = self.as_text(value, tree)
            return Text(text.text, data=not any(map(str.isalpha, text.text.replace("e", ""))))
        return value

    def _literal(self, name: str, args: list[Value], options: Names, tree: ast.AST) -> Text:
        """zeros(2, 3), randn(3): an array by its sizes."""
        if len(args) == 1 and isinstance(args[0], Sizes):
            args = [*self.sizes_of(args[0], tree)]
        if not args and "size" in options:
            args = [options["size"]]
        if len(args) == 1 and isinstance(args[0], list | tuple):
            args = [*args[0]]
        if not args and name in ("rand", "randn"):
            return Text(f"sum({name}(1))")  # a number, which the language draws in an array alone
        if not args:
            return Text("0" if name == "zeros" else "1") if name in ("zeros", "ones") else self.refuse(tree)
        texts = tuple(self.as_text(arg, tree) for arg in args)
        sizes = tuple(text.text for text in texts)
        if name == "linspace":
            return Text(f"linspace({', '.join(sizes)})")
        if any(text.number is None for text in texts):
            return Text(f"{name}({', '.join(sizes)})", sizes=sizes)
        shape = tuple(self.as_whole(text, tree) for text in texts)
        inner = f"{name}({', '.join(map(str, shape))})"
        return Text(inner, filled=shape if name in ("zeros", "ones") else None, sizes=sizes)


def _options(name: str) -> set[str]:
    return {option for op in NAMES[name] for option in op.parameters}
