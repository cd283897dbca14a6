"""A connection as a browser keeps it: one that was idle for a while is opened anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPMessage, IncompleteRead
from types import MappingProxyType

from benchmarks.platform.serving import HOST

IDLE = 1.0
"""The server closes a connection that was idle for two seconds."""
NOTHING: Mapping[str, str] = MappingProxyType({})


class Line:
    """A line to the server at a port."""

    def __init__(self, port: int):
        self.connection = HTTPConnection(HOST, port, timeout=300)
        self.used = 0.0

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] = NOTHING,
        heard: Callable[[], object] = lambda: None,
    ) -> tuple[int, bytes, HTTPMessage]:
        """Ask for something; return the status, the whole answer and its headers.

        `heard` is called when the first line of the answer is there.
        """
        if time.monotonic() - self.used > IDLE:
            self.connection.close()
        self.connection.request(method, path, body, dict(headers))
        answer = self.connection.getresponse()
        read = answer.readline()
        heard()
        read += answer.read()
        # Where the answer is cut off before its first line, the library takes it for an empty one.
        if len(read) < int(answer.headers.get("Content-Length", 0)):
            raise IncompleteRead(read)
        self.used = time.monotonic()
        return answer.status, read, answer.headers

    def close(self) -> None:
        """Hang up."""
        self.connection.close()
