"""What a page calls the rules that it is about: as much of their paths as tells them apart."""

from __future__ import annotations

from pathlib import Path


def called(path: Path) -> str:
    """Return what a file or folder is called."""
    return path.resolve().name


def both_called(one: Path, other: Path) -> tuple[str, str]:
    """Return what two files or folders are called, so that different ones differ."""
    parts = [path.resolve().parts for path in (one, other)]
    length = 1
    while parts[0] != parts[1] and parts[0][-length:] == parts[1][-length:]:
        length += 1
    first, second = ("/".join(each[-length:]) for each in parts)
    return first, second
