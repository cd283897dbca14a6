"""A PDF file written object by object, so that nothing is held but the objects' places."""

from __future__ import annotations

from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Container:
    """Writes numbered objects and, at the end, the table of where they are."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._position = 0
        self._places: dict[int, int] = {}
        self._write(HEADER)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._position += len(data)

    def put(self, number: int, body: bytes) -> None:
        """Write one object."""
        self._places[number] = self._position
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def close(self, root: int, info: int, identity: str) -> None:
        """Write the cross-reference table and the trailer."""
        start, size = self._position, len(self._places) + 1
        entries = b"".join(b"%010d 00000 n \n" % self._places[n] for n in range(1, size))
        self._write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries))
        mark = identity.encode()
        self._write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, root, info, mark, mark, start)
        )
