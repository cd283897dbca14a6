"""What is too large is refused with how much may be sent."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_text_beyond_what_a_field_may_have_is_told_with_the_limit(client: FlaskClient) -> None:
    given = {"login_name": "a" * 505_000}
    answer = client.post("/sign-in", data=given, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "每一项的文字不得超过500 kB" in answer.text


def test_request_beyond_all_limits_is_told_in_english_too(client: FlaskClient) -> None:
    client.set_cookie("language", "en")
    answer = client.post("/sign-in", data={"login_name": "a" * 9_000_000})
    assert answer.status_code == 413
    assert "At most 8 MB can be sent at once." in answer.text
