"""Compiled modules kept from run to run: compiling takes a second, loading half a millisecond.

A compiled module is machine code, and loading a hostile one runs it. So it is kept only in a
directory that belongs to this user and that nobody else can enter.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import platform
import shutil
import stat
import sys
import tempfile
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import wasmtime


def module(engine: wasmtime.Engine, wasm: Path) -> wasmtime.Module:
    """The module at `wasm`, compiled for `engine` or loaded as it was compiled before."""
    code = wasm.read_bytes()
    digest = hashlib.sha256(code).hexdigest()[:32]
    version = metadata.version("wasmtime")
    path = directory() / f"{wasm.stem}-{digest}-wasmtime-{version}-{platform.machine()}.bin"
    if path.exists():
        try:
            return wasmtime.Module.deserialize_file(engine, str(path))
        except wasmtime.WasmtimeError:
            pass  # of another processor or another configuration: compiled anew below
    compiled = wasmtime.Module(engine, code)
    with contextlib.suppress(OSError):  # a full disk costs the next start a second, and nothing else
        _write(path, compiled.serialize())
    return compiled


@lru_cache(maxsize=1)
def directory() -> Path:
    """This user's cache directory, made if need be; where it is not safe, a new one for this run alone."""
    path = _home() / "chainwalk"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _private(path):
            return path
    except OSError:
        pass  # a read-only home, or none
    temporary = tempfile.mkdtemp(prefix="chainwalk-")
    atexit.register(_remove, temporary, os.getpid())
    return Path(temporary)


def _remove(temporary: str, owner: int) -> None:
    if os.getpid() == owner:  # a forked worker ends before its parent
        shutil.rmtree(temporary, ignore_errors=True)


def _home() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".cache"


def _private(path: Path) -> bool:
    """Whether `path` is a directory, not a link, of this user, closed to all others, and writable."""
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or not os.access(path, os.W_OK):
        return False
    if sys.platform == "win32":
        return True  # a profile's directories are private by inheritance
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _write(path: Path, data: bytes | bytearray) -> None:
    """All of `data` or nothing: another process may be reading or writing the same file."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
