"""Values for the inputs of a pasted class, in shapes that fit it: with as many different sizes as can be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from ...errors import GraphError, LimitError
from ...graph import Shape
from .writing import ShapeOf, Writer

SIZES = (4, 3, 2)
"""Of a batch, of what goes in, of what comes out: no two of them are mistaken for each other."""
ATTEMPTS = 300


def suggested(program: str, reader: Writer, shape_of: ShapeOf) -> Mapping[str, str]:
    """Random values for the inputs of a program, in shapes of known ranks; none where nothing fits.

    Those with the most different sizes come first: where a batch is as large as the outputs, slips hide.
    """
    used = set(re.findall(r"[^\W\d]\w*", program))
    wanted = [name for name in reader.inputs if name in used]
    choices = [[*product(SIZES, repeat=reader.ranks[name])] for name in wanted if name in reader.ranks]
    if not wanted or len(choices) < len(wanted) or prod(map(len, choices)) > 3 * ATTEMPTS:
        return {}
    names = [reader.counted.get(name, ()) for name in wanted]
    tried = sorted(product(*choices), key=lambda shapes: -len({n for shape in shapes for n in shape}))
    for shapes in [each for each in tried if _agree(names, each)][:ATTEMPTS]:
        values = {name: _value(shape) for name, shape in zip(wanted, shapes, strict=True)}
        try:
            shape_of("\n".join([*(f"{name} = {value}" for name, value in values.items()), program]))
        except LimitError:
            raise
        except GraphError:
            continue
        return values
    return {}


def _agree(names: Sequence[tuple[str, ...]], shapes: Sequence[Shape]) -> bool:
    """Whether what was called by one name is of one size."""
    pairs = {
        pair for each, shape in zip(names, shapes, strict=True) for pair in zip(each, shape, strict=False)
    }
    return len(pairs) == len({name for name, _size in pairs})


def _value(shape: Shape) -> str:
    return f"randn({', '.join(map(str, shape))})"
