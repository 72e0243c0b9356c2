"""Every operator of Chainwalk, one record each: parser, sweeps, formulas and tests iterate over `OPS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..messages import N_, NN_, Message
from ..values import Function
from .activations import ACTIVATIONS
from .arithmetic import ARITHMETIC
from .combining import COMBINING
from .comparisons import COMPARISONS
from .complexes import COMPLEXES
from .composites import COMPOSITES
from .constants import Constant
from .convolutions import CONVOLUTIONS
from .decompositions import DECOMPOSITIONS
from .exponential import EXPONENTIAL
from .gammas import GAMMAS
from .gathering import GATHERING
from .indexing import INDEXING
from .inverses import INVERSES
from .losses import LOSSES
from .matrices import MATRICES
from .moving import MOVING
from .norms import NORMS
from .ordering import ORDERING
from .places import places
from .products import PRODUCTS
from .record import Op, elementwise, linear
from .rectifiers import RECTIFIERS
from .reductions import REDUCTIONS
from .repeating import REPEATING
from .rounding import ROUNDING
from .said import Level, Said
from .shaping import SHAPING
from .source import named
from .statistics import STATISTICS
from .summation import SUMMATION
from .trigonometry import TRIGONOMETRY

FAMILIES: Sequence[tuple[Message, tuple[Op, ...]]] = (
    (N_("Arithmetic, powers and roots"), ARITHMETIC),
    (N_("Exponentials, logarithms, hyperbolic functions"), EXPONENTIAL),
    (N_("Trigonometry"), (*TRIGONOMETRY, *INVERSES)),
    (N_("Gamma and error functions"), GAMMAS),
    (N_("Functions of neural networks"), (*RECTIFIERS, *ACTIVATIONS)),
    (N_("Maxima and steps"), COMPARISONS),
    (N_("Rounding and remainders"), ROUNDING),
    (N_("Sums and means of arrays"), SHAPING),
    (N_("Variances"), STATISTICS),
    (N_("Along the axes of an array"), (*REDUCTIONS, *NORMS)),
    (N_("Parts of arrays"), (*INDEXING, *GATHERING, *ORDERING)),
    (N_("The same numbers in other places"), (*MOVING, *REPEATING)),
    (N_("Losses and normalisation"), (*LOSSES, *COMPOSITES)),
    (N_("Products of vectors and matrices"), (*PRODUCTS, *SUMMATION, *COMBINING)),
    (N_("Convolutions and pooling"), CONVOLUTIONS),
    (N_("Functions of a matrix"), (*MATRICES, *DECOMPOSITIONS)),
    (N_("Complex numbers"), COMPLEXES),
)
"""The operators by family, in the order in which people are shown them."""

_ALL = tuple(op for _, family in FAMILIES for op in family)

OPS: Mapping[str, Op] = MappingProxyType({op.name: op for op in _ALL})
"""Every operator by its name."""

NAMES: Mapping[str, tuple[Op, ...]] = MappingProxyType(
    {
        name: tuple(op for op in _ALL if not op.helper and name in (op.name, *op.aliases))
        for op in _ALL
        if not op.helper
        for name in (op.name, *op.aliases)
    }
)
"""What a user may write before a bracket; forms of one name are told apart by the number of arguments."""

BY_NUMPY: Mapping[Function, Op] = MappingProxyType({f: op for op in _ALL for f in op.numpy})
"""The operator that a NumPy or SciPy function means when it is called with a Symbol."""
ELSEWHERE: Mapping[str, Op] = MappingProxyType(
    {
        name: op
        for op in _ALL
        if not op.helper
        for name in (*(f.__name__ for f in op.numpy), *op.elsewhere)
        if name not in NAMES
    }
)
"""The operator that is meant by what NumPy or PyTorch calls otherwise than the language."""

HELPERS: Mapping[str, Function] = MappingProxyType(
    {
        f.__name__: f
        for f in sorted(
            {places, *(op.evaluate for op in _ALL if named(op.evaluate))}, key=lambda f: f.__name__
        )
    }
)
"""The functions of ours that the operators' code calls, by name."""


def misfit(name: str, counts: Sequence[int], given: int) -> Message:
    """What to say about a call of `name` with `given` arguments where it takes one of `counts`."""
    return NN_(
        "{name} takes {counts} argument, not {given}.",
        "{name} takes {counts} arguments, not {given}.",
        counts[-1],
        name=name,
        counts=" / ".join(map(str, counts)),
        given=given,
    )


__all__ = [
    "BY_NUMPY",
    "ELSEWHERE",
    "FAMILIES",
    "HELPERS",
    "NAMES",
    "OPS",
    "Constant",
    "Level",
    "Op",
    "Said",
    "elementwise",
    "linear",
    "misfit",
]
