"""A program of another system, as it calls the interface."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ROOT = "/api/v1"


class Program:
    """A program with a token; every act bears a key of its own unless another is given."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]):
        self.client = client
        self.headers = headers

    def get(self, path: str, **headers: str) -> TestResponse:
        """Read something."""
        return self.client.get(f"{ROOT}{path}", headers={**self.headers, **_named(headers)})

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """Change something."""
        key = {"Idempotency-Key": uuid4().hex} if method == "POST" else {}
        given = {**self.headers, **key, **_named(headers)}
        return self.client.open(f"{ROOT}{path}", method=method, json=body, headers=given)

    def change(self, method: str, path: str, body: Any, read: str = "") -> TestResponse:
        """Change something that was read just before, here or at another path."""
        return self.send(method, path, body, If_Match=self.tag(read or path))

    def tag(self, path: str) -> str:
        """Return the ETag under which something is read."""
        return self.get(path).headers["ETag"]


def problem(answer: TestResponse, status: int) -> Any:
    """Return the errors of a problem, which is what was answered."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json is not None
    assert answer.json["status"] == status
    return answer.json.get("errors")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
