"""The web application answers whoever runs it."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_health_answers(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
