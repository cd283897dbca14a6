"""The optional compiled kernel: C made from a schedule, compiled once and kept for the next time.

Compiled kernels are kept in a directory of the user's own, under a digest of the source, the
compiler and its options. Nothing is loaded from a directory that somebody else could write to.
Where there is no compiler, or it fails, `compiled` returns None and NumPy does the work.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.kernel.blocks import Block
from evaluator.scoring.columnar.kernel.native_source import ROWS, source_of
from evaluator.scoring.columnar.kernel.registers import Schedule

_WIDE = ("-mprefer-vector-width=512",) if platform.machine() in ("x86_64", "AMD64") else ()
OPTIONS = (*_WIDE, "-O3", "-march=native", "-fwrapv", "-shared", "-fPIC", "-x", "c", "-")
SECONDS = 60
"""How long a compiler may take before NumPy is used instead."""
Run = Callable[[Any, Any, int, int], None]


class NativeKernel:
    """A compiled schedule; `worker` returns what works out a block of rows."""

    def __init__(self, run: Run, slots: Sequence[int]):
        self._run = run
        self.slots = slots

    def worker(self, slots: Mapping[int, Array], wanted: Sequence[Array]) -> Block:
        """Return what works out a block of rows of `ROWS` rows or more in all, each contiguous."""
        inputs = _addresses([slots[each] for each in self.slots])
        results = _addresses(wanted)

        def run(start: int, stop: int) -> None:
            # A block that is too short begins earlier and works some rows out again.
            self._run(inputs, results, min(start, stop - ROWS), stop)

        return run


def compiled(schedule: Schedule, slots: Sequence[int]) -> NativeKernel | None:
    """Return the compiled kernel of a schedule, or None where it cannot be had."""
    library = library_of(source_of(schedule, slots))
    if library is None:
        return None
    run = library.run
    run.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64]
    run.restype = None
    return NativeKernel(run, slots)


def library_of(source: str) -> ctypes.CDLL | None:
    """Return what C comes to, or None where it cannot be compiled; it holds no outer text."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    try:
        return ctypes.CDLL(str(_built(source, compiler)))
    except (OSError, subprocess.SubprocessError):
        return None


def _addresses(arrays: Sequence[Array]) -> Any:
    addresses = [each.__array_interface__["data"][0] for each in arrays]
    return (ctypes.c_void_p * max(1, len(addresses)))(*addresses)


def _built(source: str, compiler: str) -> Path:
    """Return the library of a source, compiled unless that was done before."""
    told = "\0".join((source, compiler, _version(compiler), *OPTIONS))
    path = _directory() / f"{sha256(told.encode()).hexdigest()}.so"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=path.parent) as place:
            made = Path(place) / "kernel.so"
            command = [compiler, *OPTIONS, "-o", str(made)]
            subprocess.run(  # noqa: S603 - see above: the source holds numbers and operators
                command, input=source.encode(), check=True, capture_output=True, timeout=SECONDS
            )
            made.replace(path)
    return path


@cache
def _version(compiler: str) -> str:
    """Return what a compiler says of itself and of this machine's processor."""
    command = [compiler, "-march=native", "-Q", "--help=target", "--version"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
    return done.stdout.decode(errors="replace")


def _directory() -> Path:
    """Return where compiled kernels are kept; raises OSError where others could write there."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    path = base / "evaluator" / "kernels"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (path, path.parent):
        about = each.stat()
        if about.st_uid != os.getuid() or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(f"{each} can be written to by others")
    return path
