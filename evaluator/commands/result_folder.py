"""The folder that a round's results are written to: one command at a time, nothing stale."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

_OF_ANY_ROUND = ("results.xlsx", "points.parquet", "quotas.csv")
_IN_FOLDERS = ("points/*.parquet", "explanations/*.html", "explanations/*.json")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other commands out of a folder; the lock ends with the process, however it ends.

    Raises ClickException where another command works there.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise click.ClickException(
            f"another command is writing to {folder}; wait for it, or give another folder"
        ) from None
    except OSError:
        pass  # A file system without locks, as some networks have.
    try:
        yield
    finally:
        os.close(handle)


def remove_old(folder: Path) -> None:
    """Remove what an earlier round left beside results.parquet: it may say something else."""
    for pattern in (*_OF_ANY_ROUND, *_IN_FOLDERS):
        for path in folder.glob(pattern):
            path.unlink()
    for name in ("points", "explanations"):
        with suppress(OSError):  # It is not there, or holds what is no result.
            (folder / name).rmdir()
