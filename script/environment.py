"""What the scripts share: `.venv` with the pinned packages, browser libraries, compiled translations.

Standard library alone. Every part leaves a stamp of what it was made from, so that the second time
costs nothing. The syntax up to the check is read by every Python 3, so that an old one can say what it lacks.
"""

import hashlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    sys.exit(
        f"Chainwalk needs Python 3.{NEEDED[1]} or newer; {sys.executable} is {sys.version.split()[0]}.\n"
        f"Run the script by a newer one, as in: python3.{NEEDED[1]} {sys.argv[0]}"
    )

import vendor  # noqa: E402 - not before the check

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "chainwalk.json"


def prepare(dev: bool = False, torch: bool = False) -> None:
    """Make `.venv` and all else that running needs, with `dev` what testing does, with `torch` PyTorch."""
    make_venv()
    dev_files = ["requirements-dev.txt"] if dev else []
    install("requirements.txt", *dev_files, *(["requirements-torch.txt"] if torch else []))
    if not vendor.current(ROOT) or (dev and not vendor.testable(ROOT)):
        say("Fetching the browser libraries")
        fetch_libraries(dev)
        vendor.build(ROOT, PYTHON)
    compile_translations()


def make_venv() -> None:
    """Make `.venv`; anew where it was made with a Python that is gone or another one by now."""
    made_with = _stamp().get("python")
    if made_with == os.path.realpath(PYTHON) and PYTHON.exists():
        return
    say("Making .venv")
    run(sys.executable, "-m", "venv", *(["--clear"] if made_with else []), str(VENV))
    _write_stamp({"python": os.path.realpath(PYTHON)})


def install(*files: str) -> None:
    """Install what the lock files pin, if one of them has changed since."""
    stamp = _stamp()
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    changed = [name for name in files if stamp.get(name) != digests[name]]
    if not changed:
        return
    say("Installing " + ", ".join(changed))
    lists = [word for name in changed for word in ("-r", name)]
    run(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *lists)
    _write_stamp({**stamp, **digests})


def fetch_libraries(dev: bool = False) -> None:
    """Fill `node_modules` as package-lock.json says, by npm, or where there is none by a package's."""
    command = vendor.system_npm()
    arguments = [*vendor.INSTALL, *([] if dev else ["--omit=dev"])]
    if command and subprocess.call([*command, *arguments], cwd=ROOT) == 0:
        return
    install("requirements-node.txt")
    run(str(PYTHON), "-c", vendor.PACKAGED_NPM, *arguments)


def compile_translations() -> None:
    """Compile the catalogues that are newer than their compiled form."""
    for catalogue in sorted(ROOT.glob("translations/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            babel = (str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile")
            run(*babel, "-i", str(catalogue), "-o", str(compiled))


def run(*command: str) -> None:
    """Run a command in the checkout; end with its name where it fails."""
    code = subprocess.call(command, cwd=ROOT)
    if code:
        sys.exit(f"This command failed ({code}): {shlex.join(command)}")


def say(text: str) -> None:
    """Tell what takes time."""
    print(f"{text} …", flush=True)


def _stamp() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())  # type: ignore[no-any-return]
    except (FileNotFoundError, ValueError):
        return {}


def _write_stamp(stamp: dict[str, str]) -> None:
    STAMP.write_text(json.dumps(stamp, indent=1) + "\n")
