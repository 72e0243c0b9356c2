"""A walk as slides in LaTeX: a frame of beamer, whose overlays are the steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import fromstring

from . import tikz
from .letters import latex

WIDE, HIGH = 416.0, 185.0
"""What a slide of 16:9 (160 mm by 90 mm) has for the picture, in bp."""
SIZES = ((120, "normalsize"), (190, "small"), (300, "footnotesize"), (400, "scriptsize"))
"""Up to how many characters a sentence has which size; it keeps to three lines."""
LONGEST = 400
MOST = 500_000
"""Characters of one frame, which TeX holds in its memory several times; a longer walk goes on in another."""


def slides(svgs: Sequence[str], sentences: Sequence[str]) -> str:
    """A file for pdflatex with a page for each of the styled `svgs`, its sentence below it."""
    page = _page(svgs[0])
    frames: list[list[str]] = [[]]
    for svg, sentence in zip(svgs, sentences, strict=True):
        shown = f"{_fitted(svg)}\\par\n\\vspace{{2mm}}%\n{_words(sentence)}"
        if sum(map(len, frames[-1])) + len(shown) > MOST and frames[-1]:
            frames.append([])
        frames[-1].append(shown)
    return "\n".join(
        [
            "\\documentclass[aspectratio=169]{beamer}\n\\usepackage{tikz}\n" + tikz.DEFINITIONS,
            "\\usefonttheme{professionalfonts}\n\\setbeamertemplate{navigation symbols}{}",
            f"\\definecolor{{chainwalkpage}}{{HTML}}{{{page}}}",
            "\\setbeamercolor{background canvas}{bg=chainwalkpage}",
            f"\\setbeamercolor{{normal text}}{{fg={'white' if _dark(page) else 'black'}}}",
            "\\usebeamercolor*{normal text}",
            "\\setbeamersize{text margin left=6mm,text margin right=6mm}",
            "\\begin{document}",
            "\n\\addtocounter{framenumber}{-1}\n".join(map(_frame, frames)),
            "\\end{document}\n",
        ]
    )


def _frame(overlays: Sequence[str]) -> str:
    listed = (f"\\only<{number}>{{%\n{shown}}}%" for number, shown in enumerate(overlays, 1))
    return "\n".join(["\\begin{frame}\n\\centering", *listed, "\\end{frame}"])


def _fitted(svg: str) -> str:
    wide, high = tikz.size(svg)
    scale = min(WIDE / wide, HIGH / high, 1.0)
    return f"\\scalebox{{{scale:.4f}}}{{{tikz.tikzpicture(svg)}}}"


def _words(sentence: str) -> str:
    short = sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…"
    size = next(size for most, size in SIZES if len(short) <= most)
    return (
        f"\\begin{{minipage}}[t][15mm][t]{{\\textwidth}}\\centering\\{size} {latex(short)}\\end{{minipage}}"
    )


def _page(svg: str) -> str:
    """The colour that the picture stands on, white if none."""
    first = next(iter(fromstring(svg)))
    found = re.fullmatch(r"#([0-9a-fA-F]{6})", first.get("fill", ""))
    return found[1].upper() if found else "FFFFFF"


def _dark(colour: str) -> bool:
    return sum(bytes.fromhex(colour)) < 3 * 128
