"""Graphviz in the process: bounds, forks, the other program, and the cache of compiled code."""

import os
import stat
import subprocess
import sys
import textwrap

import pytest
import wasmtime

from graphengine.errors import LimitError
from graphengine.picture import cache, dot

SOURCE = "digraph { rankdir=LR; v1 -> v2 [id=v2_0] }"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions and fork")


def test_the_same_source_gives_the_same_picture():
    assert dot.svg(SOURCE) == dot.svg(SOURCE)
    assert 'id="v2_0"' in dot.svg(SOURCE)


def test_fuel_bounds_the_work():
    with pytest.raises(LimitError, match="more work than the limit"):
        dot.svg(SOURCE, fuel=10_000)
    assert dot.svg(SOURCE)


def test_a_source_that_is_not_dot_is_a_bug_and_no_users_error():
    with pytest.raises(RuntimeError, match="refused"):
        dot.svg("digraph {")


@posix
def test_a_forked_worker_can_draw_and_even_compile(tmp_path):
    script = f"""
        import os, signal
        from graphengine.picture import cache, dot
        dot.svg({SOURCE!r})
        cache.directory.cache_clear()
        dot._graphviz.cache_clear()
        os.environ["XDG_CACHE_HOME"] = {str(tmp_path)!r}
        child = os.fork()
        if not child:
            signal.alarm(60)
            dot.svg({SOURCE!r})
            os._exit(0)
        raise SystemExit(os.waitpid(child, 0)[1])
    """
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "parent")}
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True, timeout=90, env=environment)


# ---- another program ------------------------------------------------------------------------------


@posix
def test_the_setting_starts_a_program_instead(tmp_path, monkeypatch):
    program = tmp_path / "dot"
    program.write_text(f'#!{sys.executable}\nimport sys\nprint(sys.argv[1:], "<", sys.stdin.read())\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("CHAINWALK_DOT", "dot")
    assert dot.svg(SOURCE) == f"['-Tsvg'] < {SOURCE}\n"


@posix
def test_a_program_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("CHAINWALK_DOT", str(program))
    monkeypatch.setattr(dot, "SECONDS", 0.2)
    with pytest.raises(LimitError):
        dot.svg(SOURCE)


def test_a_program_that_is_missing_is_named(monkeypatch):
    monkeypatch.setenv("CHAINWALK_DOT", "no-such-program")
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        dot.svg(SOURCE)


# ---- the cache ------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home, and a module that compiles at once."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    cache.directory.cache_clear()
    (tmp_path / "small.wasm").write_bytes(wasmtime.wat2wasm("(module)"))
    yield tmp_path
    cache.directory.cache_clear()


def test_a_module_is_kept_where_only_its_owner_can_reach_it(home):
    engine = wasmtime.Engine()
    cache.module(engine, home / "small.wasm")
    (kept,) = cache.directory().glob("small-*.bin")
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    written = kept.stat().st_mtime_ns
    cache.module(engine, home / "small.wasm")
    assert kept.stat().st_mtime_ns == written


def test_a_damaged_file_is_compiled_anew(home):
    engine = wasmtime.Engine()
    cache.module(engine, home / "small.wasm")
    (kept,) = cache.directory().glob("small-*.bin")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100])
    cache.module(engine, home / "small.wasm")
    assert len(kept.read_bytes()) == len(whole)


@posix
@pytest.mark.parametrize("trap", ["open to all", "a link"])
def test_a_directory_that_others_can_enter_is_not_trusted(home, trap):
    path = home / "chainwalk"
    if trap == "a link":
        (home / "elsewhere").mkdir(mode=0o700)
        path.symlink_to(home / "elsewhere")
    else:
        path.mkdir()
        path.chmod(0o777)
    used = cache.directory()
    assert used != path and stat.S_IMODE(used.stat().st_mode) == 0o700


def test_the_name_of_a_kept_module_changes_with_its_code(home):
    engine = wasmtime.Engine()
    cache.module(engine, home / "small.wasm")
    (home / "small.wasm").write_bytes(wasmtime.wat2wasm("(module (memory 1))"))
    cache.module(engine, home / "small.wasm")
    assert len(list(cache.directory().glob("small-*.bin"))) == 2
