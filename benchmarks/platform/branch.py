"""A branch at its desk, as its browser speaks: pages, saves, a file in pieces, the submission."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from benchmarks.platform.line import NOTHING, Line
from benchmarks.platform.town import Desk

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
_MARK = re.compile(r'name="w-(\w+)"[^>]* value="([^"]*)"')
_PART = re.compile(r'name="part"[^>]* value="([^"]+)"')
_PARTS = re.compile(r'name="go" value="([\w-]+)"')
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CHUNK = 1024 * 1024


class Unexpected(Exception):
    """An answer that a browser would not understand: what was asked, and what came back."""

    def __init__(self, words: str, status: int = 200):
        super().__init__(words)
        self.status = status


class Branch:
    """One open browser of a branch."""

    def __init__(self, port: int, desk: Desk):
        self.desk = desk
        self.line = Line(port)
        self.cookie = f"evaluator={desk.cookie}"
        self.token = ""
        self.marks: dict[str, str] = {}
        self.part_of: dict[str, str] = {}
        self.unread: list[str] = []

    def open(self) -> None:
        """Read the first page."""
        first = self._get(f"/applications/{self.desk.participant_id}")
        self._read(first)
        self.unread = list(dict.fromkeys(_PARTS.findall(first)))

    def find(self, fact: str, look: Callable[[], None] = lambda: None) -> None:
        """Turn the pages until the one with a field is found; each is looked at once."""
        while fact not in self.part_of:
            self.open_part(self.unread.pop(0))
            look()

    def open_part(self, part: str) -> None:
        """Read the page of a part."""
        self._read(self._get(f"/applications/{self.desk.participant_id}?part={part}"))

    def move(self, port: int) -> None:
        """Go on with a server that was started anew elsewhere."""
        self.close()
        self.line = Line(port)

    def _read(self, text: str) -> None:
        self.token = _TOKEN.findall(text)[0]
        part = _PART.findall(text)[0]
        for name, mark in _MARK.findall(text):
            self.marks[name] = html.unescape(mark)
            self.part_of[name] = part

    def save(self, fact: str, value: str, saved: Callable[[], object] = lambda: None) -> str:
        """Save a field as the script of the page does; return its new mark.

        `saved` is called when the server has said so; the points so far come after it.
        """
        self.find(fact)
        was = self.marks[fact]
        body = {"part": self.part_of[fact], "facts": {fact: {"value": value, "was": was}}}
        answer = self._send(
            "POST",
            f"/applications/{self.desk.participant_id}/autosave",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            heard=saved,
        )
        told = json.loads(answer)
        if told["conflicts"]:
            raise Unexpected(f"a conflict in {fact}")
        self.marks[fact] = told["marks"][fact]
        return self.marks[fact]

    def upload(self, name: str, content: bytes, indicator: str) -> int:
        """Upload a file in pieces; return the number of its row."""
        token = self.begin_upload(name, len(content), indicator)
        for start in range(0, len(content), CHUNK):
            self.send_piece(token, start, content)
        return self.finish_upload(token)

    def begin_upload(self, name: str, size: int, indicator: str) -> str:
        """Begin an upload; return its token."""
        form = {"name": name, "size": str(size), "indicator": indicator}
        path = f"/applications/{self.desk.participant_id}/uploads"
        return str(json.loads(self._send("POST", path, urlencode(form).encode(), _FORM))["token"])

    def received(self, token: str) -> int:
        """Ask how much of an upload has arrived."""
        return int(json.loads(self._get(f"/uploads/{token}"))["received"])

    def send_piece(self, token: str, start: int, content: bytes) -> int:
        """Send the piece of a content that begins at an offset; return how much has arrived."""
        piece = content[start : start + CHUNK]
        return int(json.loads(self._send("PUT", f"/uploads/{token}/{start}", piece))["received"])

    def finish_upload(self, token: str) -> int:
        """Let an upload that has arrived become a file; return the number of its row."""
        return int(json.loads(self._send("POST", f"/uploads/{token}"))["id"])

    def submit(self) -> None:
        """Submit the application."""
        form = {
            "csrf_token": self.token,
            "secretary": "李明",
            "claimed_level": "three_star",
            "declared": "y",
        }
        self._send(
            "POST",
            f"/applications/{self.desk.participant_id}/submission",
            urlencode(form).encode(),
            _FORM,
            expected=(303,),
        )

    def close(self) -> None:
        """Close the browser."""
        self.line.close()

    def _get(self, path: str) -> str:
        return self._send("GET", path).decode()

    def _send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] = NOTHING,
        expected: tuple[int, ...] = (200, 201),
        heard: Callable[[], object] = lambda: None,
    ) -> bytes:
        sent = {"Cookie": self.cookie, "X-CSRFToken": self.token, **headers}
        status, read, told = self.line.ask(method, path, body, sent, heard)
        if status not in expected:
            raise Unexpected(f"{method} {path}: {status} {read[:300]!r}", status)
        self._keep(told.get_all("Set-Cookie") or [])
        return read

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            if cookie.startswith("evaluator="):
                self.cookie = cookie.partition(";")[0]
