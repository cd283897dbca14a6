"""What is wrong is said in one language: that of the request, Chinese where none is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow as ma
import pytest
from flask import Flask
from flask.testing import FlaskClient
from programs import Program

from evaluator.api.reading import WORDS

OURS_ALONE = {"invalid_awareness", "format"}
"""What marshmallow says of moments and of what is shown; nothing that is sent can bring it up."""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (None, "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.3", "en"),
    ],
)
def test_one_language_answers_as_it_was_asked_for(
    organiser: Program, asked: str | None, told: str
) -> None:
    headers = {"Accept_Language": asked} if asked else {}
    answer = organiser.send("POST", "/organisations", {"name": 3, "kind": "x", "y": 1}, **headers)
    assert answer.headers["Content-Language"] == told
    assert answer.json is not None
    lines = [answer.json["title"], answer.json["detail"], *_lines(answer.json["errors"])]
    assert len(lines) > 5
    assert {any("\u4e00" <= each <= "\u9fff" for each in line) for line in lines} == {told == "zh"}


def test_every_message_of_a_field_that_is_read_has_words(app: Flask) -> None:
    found = {
        message
        for view in app.view_functions.values()
        for sent in getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
        for message in _messages_of(sent["schema"])
    }
    assert "Missing data for required field." in found
    assert found - set(WORDS) == set()


def test_program_is_told_how_to_go_on_where_a_page_would_send_people_home(
    client: FlaskClient, organiser: Program
) -> None:
    missing = organiser.get("/organisations/99999", Accept_Language="en").json
    assert missing is not None
    assert missing["title"] == "There is no such thing here for this token"
    refused = organiser.send("DELETE", "/organisations", Accept_Language="en").json
    assert refused is not None
    assert refused["detail"] == "Send one of the methods that the header Allow names."


def test_body_that_is_not_marked_as_json_is_told_so(organiser: Program) -> None:
    headers = {**organiser.headers, "Idempotency-Key": "a", "Content-Type": "text/plain"}
    answer = organiser.client.post("/api/v1/organisations", data=b"{}", headers=headers)
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"] == {
        "json": ["请求体未标明为JSON；请加上请求头 Content-Type: application/json。"]
    }


def _lines(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    for each in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from _lines(each)


def _messages_of(schema: Any) -> Iterator[str]:
    made = schema() if isinstance(schema, type) else schema
    if isinstance(made, ma.Schema):
        yield from made.error_messages.values()
        for each in made.load_fields.values():
            yield from _messages_of_field(each)


def _messages_of_field(field: ma.fields.Field[Any]) -> Iterator[str]:
    yield from (words for name, words in field.error_messages.items() if name not in OURS_ALONE)
    if isinstance(field, ma.fields.Nested):
        yield from _messages_of(field.schema)
    for name in ("inner", "key_field", "value_field"):
        inner = getattr(field, name, None)
        if inner is not None:
            yield from _messages_of_field(inner)
