"""How a name looks: `w1` is w with a small 1 below, `alpha` is α.

>>> parts("w1"), parts("z_total"), parts("alpha_0"), parts("loss"), parts("v3_1"), parts("w1′")
(('w', '1'), ('z', 'total'), ('α', '0'), ('loss', ''), ('v', '3,1'), ('w′', '1'))
"""

from __future__ import annotations

import re

_NAMES = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma"
    " tau upsilon phi varphi chi psi omega"
).split()
_LETTERS = dict(zip(_NAMES, "αβγδεεζηθικλμνξοπρστυφφχψω", strict=True))
GREEK = _LETTERS | {name.capitalize(): letter.upper() for name, letter in _LETTERS.items()}

_SPLIT = re.compile(r"(?P<base>[^_]*[^\W\d_])(?:_(?P<low>\w*[^\W_])|(?P<digits>[0-9]+(?:_[0-9]+)*))")


_VERSION = re.compile(r"(?P<name>.+?)(?P<mark>(?P<primes>′+)(?P<number>[0-9]*))")


def version(name: str) -> tuple[str, str, int]:
    """The name without the mark of a later version, that mark, and which version it is.

    >>> version("c"), version("c′′"), version("w1′4")
    (('c', '', 1), ('c', '′′', 3), ('w1', '′4', 5))
    """
    found = _VERSION.fullmatch(name)
    if not found:
        return name, "", 1
    return found["name"], found["mark"], 1 + int(found["number"] or len(found["primes"]))


def coded(name: str) -> str:
    """The name as code writes it: c_2 is the second version of c, c′.

    >>> coded("c"), coded("c′"), coded("w1′′")
    ('c', 'c_2', 'w1_3')
    """
    name, mark, number = version(name)
    return f"{name}_{number}" if mark else name


def parts(name: str) -> tuple[str, str]:
    """The name and its subscript ("" if none), with Greek letters for their English names."""
    name, mark, _ = version(name)
    found = _SPLIT.fullmatch(name)
    base, low = (found["base"], found["low"] or found["digits"].replace("_", ",")) if found else (name, "")
    return GREEK.get(base, base) + mark, GREEK.get(low, low)
