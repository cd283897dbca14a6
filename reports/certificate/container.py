"""A PDF file written object by object, so that nothing is held but the objects' places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Container:
    """Writes numbered objects and, at the end, the table of where they are."""

    def __init__(self, out: BinaryIO) -> None:
        self._write = out.write
        self.position = 0
        self.places: dict[int, int] = {}
        self._add(HEADER)

    def _add(self, data: bytes) -> None:
        self._write(data)
        self.position += len(data)

    def put(self, number: int, body: bytes) -> None:
        """Write one object."""
        self.places[number] = self.position
        self._add(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def put_all(self, first: int, bodies: Iterable[bytes]) -> None:
        """Write objects with consecutive numbers."""
        for number, body in enumerate(bodies, first):
            self.put(number, body)

    def close(self, root: int, info: int, identity: bytes) -> None:
        """Write the cross-reference table and the trailer."""
        start, size = self.position, len(self.places) + 1
        self._add(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        self._add(b"".join(b"%010d 00000 n \n" % self.places[n] for n in range(1, size)))
        mark = identity.hex().encode()
        self._add(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, root, info, mark, mark, start)
        )


class Continued(Container):
    """Goes on where another container stands; the first part of the file is copied."""

    def __init__(self, out: BinaryIO, start: bytes, places: dict[int, int]) -> None:
        self._write = out.write
        self.position = 0
        self.places = dict(places)
        self._add(start)
