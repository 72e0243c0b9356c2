"""The command line: python -m graphengine explain "x*y" x=2 y=3 --mode forward."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence

from .document import explain
from .document.kinds import FLAG, NAMES
from .document.options import OPTIONS, Option
from .errors import GraphError


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the document and return 0, or print the error with its caret and return 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # σ and − are printed wherever the locale stands
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    asked = {name: value for name, value in vars(options).items() if name != "values" and value is not None}
    try:
        document = explain(**asked, inputs="; ".join(options.values))
    except GraphError as error:
        print(error.explain(asked.get("language", "en")), file=sys.stderr)
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
    for name, option in OPTIONS.items():
        if name not in ("program", "inputs"):
            _add(command, option)
    return parser


def _add(command: argparse.ArgumentParser, option: Option) -> None:
    """The flag of an option: it says what it takes, and `explain` checks it."""
    flag, kind, told = f"--{option.name}", option.kind, option.help
    if kind is FLAG:
        command.add_argument(flag, action="store_const", const=True, help=told)
        return
    if kind is NAMES:
        told += " (separated by commas)"
    elif option.default not in (None, ""):
        told += f" (default {option.default})"
    choices = "{" + ",".join(kind.bounds["choices"]) + "}" if "choices" in kind.bounds else None
    read = int if kind.form == "whole" else kind.read if kind is NAMES else str
    command.add_argument(flag, type=read, metavar=choices, help=told.replace("%", "%%"))


if __name__ == "__main__":
    sys.exit(main())
