"""How a name looks: `w1` is w with a small 1 below, `alpha` is α.

>>> parts("w1"), parts("z_total"), parts("alpha_0"), parts("loss"), parts("v3_1")
(('w', '1'), ('z', 'total'), ('α', '0'), ('loss', ''), ('v', '3,1'))
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


def parts(name: str) -> tuple[str, str]:
    """The name and its subscript ("" if none), with Greek letters for their English names."""
    found = _SPLIT.fullmatch(name)
    base, low = (found["base"], found["low"] or found["digits"].replace("_", ",")) if found else (name, "")
    return GREEK.get(base, base), GREEK.get(low, low)
