"""Objects: of classes that the text defines, and the layers of torch.nn, whose parameters become inputs."""

from __future__ import annotations

import ast
import re

from ...errors import ProgramError
from ...messages import N_
from ...ops import ELSEWHERE, NAMES
from ..literals import LITERALS
from . import trees
from .losses import Losses
from .values import Class, Function, Instance, Level, Method, Names, Postponed, Sizes, Text, Value, Word

FORWARD = ("forward", "updateOutput", "__call__", "call")
_ITSELF = ("to", "cuda", "cpu", "train", "eval", "double", "float", "zero_grad", "half", "requires_grad_")
_NOWHERE = ("device", "is_available", "get_device", "Device")
_LEAVES = ("Parameter", "Value", "Variable")
_ARRAYS = (
    "T",
    "Tensor",
    "FloatTensor",
    "DoubleTensor",
    "LongTensor",
    "ModuleList",
    "ParameterList",
    "ModuleDict",
)


class Layers(Losses):
    """Reads what is made and called as an object."""

    ending: Value = None
    """What gradients are asked of, by `loss.backward()` or grad(f), or what the last line computes."""

    def word(self, word: Word, args: list[Value], options: Names, tree: ast.AST) -> Value:
        if (word.name in _LEAVES or options.get("requires_grad") is True) and args:
            inner = {name: value for name, value in options.items() if name != "requires_grad"}
            leaf = word.name in _LEAVES
            found = self._array(args[0], tree) if leaf else super().word(word, args, inner, tree)
            return found if options.get("requires_grad") is False else Instance(kind="leaf", parts=(found,))
        if word.name in _NOWHERE:
            return None
        if word.name in ("jit", "compile", "script") and len(args) == 1:
            return args[0]
        if word.name in ("grad", "value_and_grad") and args:
            return self._gradient(args[0], tree)
        if word.name[:1].isupper() and word.name not in _ARRAYS:
            parts = args[0] if len(args) == 1 and isinstance(args[0], list) else args
            return Instance(kind=word.name, parts=tuple(parts), options=options)
        return super().word(word, args, options, tree)

    def as_text(self, value: Value, tree: ast.AST) -> Text:
        if isinstance(value, Instance) and value.kind == "leaf":
            return self.leaf("w", value, tree)
        return super().as_text(value, tree)

    def _gradient(self, value: Value, tree: ast.AST) -> Value:
        """grad(f) of JAX, or of a number in PyTorch: what is computed here, of the graph of f."""
        if isinstance(value, Function):
            return Instance(kind="gradient", parts=(value,))
        self.ending = value
        message = N_("Gradients are what is computed here: paste the function alone.")
        return Postponed(ProgramError(message, span=trees.span(self.text, tree), text=self.text))

    def layer_gradient(self, layer: Instance, args: list[Value], tree: ast.AST) -> Value:
        return self._gradient(self.apply(layer.parts[0], args, {}, tree), tree)

    def leaf(self, name: str, instance: Instance, tree: ast.AST) -> Text:
        """An input, with the value that the text gives it if that is one of numbers; each leaf is its own."""
        if "itself" not in instance.names:
            name = self.free(name) if name in self.inputs else name
            instance.names["itself"] = self._declared(name, self.as_text(instance.parts[0], tree))
        return self.as_text(instance.names["itself"], tree)

    def _declared(self, name: str, value: Text) -> Text:
        unknown = _words(value.text) - {*LITERALS, *NAMES, "e", "pi"}
        if unknown and value.sizes is not None:
            return self.declare(name, sizes=value.sizes)
        if unknown:
            return self.assign(name, value)
        return self.declare(name, "" if name in self.given else value.text, sizes=value.sizes)

    # ---- classes of the text ----

    def made(self, of: Class, args: list[Value], options: Names, tree: ast.AST) -> Value:
        instance = Instance(of)
        start = of.method("__init__")
        if start is not None:
            self.inline(Function(start, of.scopes, instance), args, options, tree)
        return instance

    def method(self, method: Method, args: list[Value], options: Names, tree: ast.AST) -> Value:
        if isinstance(method.owner, Instance):
            return method.owner if method.name in _ITSELF else []
        return super().method(method, args, options, tree)

    def member(self, owner: Instance, name: str, tree: ast.AST) -> Value:
        made = owner.kind not in ("", "leaf") or owner.of is not None
        if made and name in (*_ITSELF, "parameters", "named_parameters", "children", "modules"):
            return Method(owner, name)
        if name in owner.names:
            return owner.names[name]
        if owner.of is not None:
            found = owner.of.method(name)
            if found is not None:
                static = any(getattr(d, "id", "") == "staticmethod" for d in found.decorator_list)
                property_ = any(getattr(d, "id", "") == "property" for d in found.decorator_list)
                function = Function(found, owner.of.scopes, None if static else owner)
                return self.inline(function, [], {}, tree) if property_ else function
            for line in owner.of.tree.body:
                if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == name:
                    return self.value(line.value)
        if owner.kind in ("leaf", ""):
            if owner.kind:
                return self.attribute(self.as_text(owner, tree), name, tree)
            # An object whose making was not pasted: what it holds is an input by that name.
            owner.names[name] = self.declare(name)
            return owner.names[name]
        if name in ("weight", "bias") and owner.kind == "Linear":
            return self._linear_parameters(owner, tree)[name == "bias"]
        return self.refuse(tree)

    def attribute(self, value: Value, name: str, tree: ast.AST) -> Value:
        if isinstance(value, Class):
            if name == "apply":
                found = value.method("forward")
                return Function(found, value.scopes, Instance()) if found else self.refuse(tree)
            return self.member(Instance(value), name, tree)
        return super().attribute(value, name, tree)

    def applied(self, instance: Instance, args: list[Value], options: Names, tree: ast.AST) -> Value:
        if instance.of is not None:
            found = instance.of.method(*FORWARD)
            if found is None:
                self.refuse(tree)
            return self.inline(Function(found, instance.of.scopes, instance), args, options, tree)
        layer = getattr(self, f"layer_{instance.kind.lower()}", None)
        if layer is not None:
            return layer(instance, args, tree)
        name = self.activation(instance.kind)
        if name is None:
            self.refuse(
                tree,
                N_("The layer {name} is not read here.", name=instance.kind),
                N_("Write it out in what it computes."),
            )
        return self.word(Word(name, "torch"), [*args, *instance.parts], dict(instance.options), tree)

    def activation(self, kind: str) -> str | None:
        """The function that a layer without parameters applies."""
        if kind.endswith("Loss"):
            kind = kind.replace("BCE", "BinaryCrossEntropy")
            bare = (
                re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.removesuffix("Loss"))
                .lower()
                .replace("withlogits", "with_logits")
            )
            candidates = [f"{bare}_loss", bare]
        else:
            snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.replace("ReLU", "Relu")).lower()
            candidates = [kind.lower(), snake]
        for name in candidates:
            if name in NAMES or name in ELSEWHERE or hasattr(self, f"_{name}"):
                return name
        return None

    # ---- layers with parameters ----

    def layer_sequential(self, layer: Instance, args: list[Value], tree: ast.AST) -> Value:
        value = args[0]
        for number, part in enumerate(layer.parts):
            if isinstance(part, Instance):
                part.names.setdefault("called", f"{layer.names.get('called', 'net')}_{number}")
            value = self.apply(part, [value], {}, tree)
        return value

    def layer_identity(self, _layer: Instance, args: list[Value], _tree: ast.AST) -> Value:
        return args[0]

    def layer_flatten(self, layer: Instance, args: list[Value], tree: ast.AST) -> Value:
        start = layer.parts[0] if layer.parts else Text("1", number=1)
        return self._flatten([*args[:1], start], {}, tree, Word("flatten"))

    def layer_linear(self, layer: Instance, args: list[Value], tree: ast.AST) -> Value:
        weight, bias = self._linear_parameters(layer, tree)
        return self._linear([args[0], weight, *([] if bias is None else [bias])], {}, tree, Word("linear"))

    def _linear_parameters(self, layer: Instance, tree: ast.AST) -> tuple[Text, Text | None]:
        """The weight, one row for each output, and the bias."""
        called = self._called(layer, "linear")
        named = {"in_features": 0, "out_features": 1, "bias": 2}
        parts = dict(zip(named, layer.parts, strict=False)) | layer.options
        if "weight" not in layer.names:
            if "in_features" not in parts or "out_features" not in parts:
                self.refuse(tree)
            sizes = [self.as_text(parts[key], tree) for key in ("out_features", "in_features")]
            known = all(size.number is not None for size in sizes)
            numbers = [str(size.number) for size in sizes]
            names = tuple(size.text for size in sizes)
            layer.names["weight"] = self.declare(
                f"{called}_weight", f"randn({', '.join(numbers)})" if known else "", names
            )
            layer.names["bias"] = None
            if self.truth(parts.get("bias", True)) is not False:
                value = f"randn({numbers[0]})" if known else ""
                layer.names["bias"] = self.declare(f"{called}_bias", value, names[:1])
        return layer.names["weight"], layer.names["bias"]

    def _called(self, layer: Instance, otherwise: str) -> str:
        """What a layer is called: two that go by one name have parameters of their own."""
        wanted = called = str(layer.names.get("called", otherwise))
        number = 1
        while "weight" not in layer.names and f"{called}_weight" in self.inputs:
            number += 1
            called = f"{wanted}{number}"
        return called

    def layer_embedding(self, layer: Instance, args: list[Value], tree: ast.AST) -> Value:
        """Rows of a table, by their numbers."""
        called = self._called(layer, "embedding")
        if "weight" not in layer.names:
            sizes = [self.as_text(part, tree) for part in layer.parts[:2]]
            known = len(sizes) == 2 and all(size.number is not None for size in sizes)
            value = f"randn({sizes[0].number}, {sizes[1].number})" if known else ""
            layer.names["weight"] = self.declare(f"{called}_weight", value)
        return self.part(layer.names["weight"], args[0], tree)

    # ---- a warning ----

    def binary(self, op: ast.operator, left: Value, right: Value, tree: ast.AST) -> Value:
        if isinstance(op, ast.Add) and isinstance(left, Text) and isinstance(right, Text):
            self._check_bias(left, right)
        found = super().binary(op, left, right, tree)
        if isinstance(op, ast.MatMult) and isinstance(left, Text) and left.sizes and isinstance(found, Text):
            return Text(found.text, found.level, sizes=("rows", left.sizes[0]))
        return found

    def _check_bias(self, product: Text, bias: Text) -> None:
        """weight @ x + bias: a number for each output, added along the batch."""
        if product.sizes and product.sizes[0] == "rows" and bias.sizes == product.sizes[1:]:
            self.note(
                N_(
                    "{bias} has a number for each row of {product}, and + adds it along the columns, the"
                    " batch: that fails for most batch sizes, and is silently wrong where there are as many"
                    " examples as outputs. Write {bias}[:, None].",
                    bias=bias.text,
                    product=product.text,
                )
            )


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d]\w*", text))


__all__ = ["FORWARD", "Layers", "Level", "Sizes"]
