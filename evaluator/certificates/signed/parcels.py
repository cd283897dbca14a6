"""Signed files on their way to a committee: one ZIP, sent while it is put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import RawIOBase
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from evaluator.storage import Storage

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
LONGEST = 80
"""Characters of a file name; of Chinese ones a file system takes about as many."""


class _Sink(RawIOBase):
    """Takes what is written and gives it on; nobody seeks in it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found = b"".join(self.parts)
        self.parts.clear()
        return found


def zipped(contents: Sequence[tuple[str, str]], kept: Storage, at: datetime) -> Iterator[bytes]:
    """Yield a ZIP of stored files piece by piece; PDF would not get smaller in it."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as parcel:
        for name, key in contents:
            parcel.writestr(ZipInfo(safe_name(name), at.timetuple()[:6]), kept.get(key))
            yield sink.taken()
    yield sink.taken()


def safe_name(name: str) -> str:
    """Return a name that any file system takes, with its ending."""
    stem = _UNSAFE.sub("_", name.removesuffix(".pdf")).strip(" .")
    return f"{stem[:LONGEST].rstrip(' .')}.pdf"
