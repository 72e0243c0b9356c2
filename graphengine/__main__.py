"""The command line: python -m graphengine explain "x*y" x=2 y=3 --mode forward."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence

from .document import LAYOUTS, MODES, explain
from .errors import GraphError
from .folds import GRAINS
from .values import DIGITS


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the document and return 0, or print the error with its caret and return 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # σ and − are printed wherever the locale stands
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        document = explain(
            options.program,
            "; ".join(options.values),
            mode=options.mode,
            wrt=options.wrt.split(",") if options.wrt is not None else None,
            seed=options.seed,
            output=options.output,
            language=options.language,
            digits=options.digits,
            share=options.share,
            symbols=options.symbols,
            exact=options.exact,
            grain=options.grain,
            layout=options.layout,
            folds=options.folds.split(",") if options.folds else (),
        )
    except GraphError as error:
        print(error.explain(options.language), file=sys.stderr)
        return 2
    try:
        print(json.dumps(document, ensure_ascii=False, indent=2), flush=True)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="graphengine", description="Walk the chain rule.")
    commands = parser.add_subparsers(required=True, metavar="explain")
    command = commands.add_parser("explain", help="print the document of one walk as JSON")
    command.add_argument("program", help='such as "exp(w1*x1 + w0)"; several statements are separated by ;')
    command.add_argument("values", nargs="*", metavar="name=value", help="the inputs' values")
    command.add_argument("--mode", choices=MODES, default="reverse")
    command.add_argument(
        "--wrt", help="names of inputs to differentiate by, separated by commas (default: all)"
    )
    command.add_argument(
        "--seed", help='such as "x=1" (forward: tangents of inputs; reverse: adjoint of an output)'
    )
    command.add_argument("--output", help="the output to differentiate (reverse mode)")
    command.add_argument("--digits", type=int, default=DIGITS, help="significant digits shown (2 to 12)")
    command.add_argument("--share", action="store_true", help="draw equal sub-expressions once")
    command.add_argument("--symbols", action="store_true", help="names in place of numbers, as on a board")
    command.add_argument("--exact", action="store_true", help="2e, 1/3, √2 in place of decimals")
    command.add_argument("--grain", choices=GRAINS, help="a node for each operator, or for each statement")
    command.add_argument("--layout", choices=LAYOUTS, default="gradient", help="of what is displayed")
    command.add_argument("--folds", help="ids of what is to be open or folded otherwise, separated by commas")
    command.add_argument("--language", default="en")
    return parser


if __name__ == "__main__":
    sys.exit(main())
