"""The description tells everything that there is, to programs and to people."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from evaluator.access import declared_access
from evaluator.api.described import METHODS, PROBLEMS
from evaluator.api.description import EXTENSION
from evaluator.api.page_lines import groups_of
from evaluator.api.phrases import PHRASES


def described(client: FlaskClient) -> dict[str, Any]:
    found = client.get("/api/openapi.json").json
    assert found is not None
    return found


def operations(app: Flask) -> list[tuple[str, str]]:
    return [
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_operation_declares_a_permission_and_no_dangerous_act(app: Flask) -> None:
    assert len(operations(app)) >= 50
    for endpoint, method in operations(app):
        access = declared_access(app.view_functions[endpoint], method)
        assert access is not None, endpoint
        assert (access.permission is not None, access.public, access.confirmed) == (
            True, False, False,
        )  # fmt: skip


def test_every_operation_is_described_with_its_problems(app: Flask, client: FlaskClient) -> None:
    paths = described(client)["paths"]
    found = [(path, method) for path, each in paths.items() for method in METHODS if method in each]
    assert len(found) == len(operations(app))
    for path, method in found:
        operation = paths[path][method]
        assert operation["summary"].endswith("."), path
        assert {"401", "404", "422"} <= operation["responses"].keys()
        headers = {each["name"] for each in operation["parameters"] if each["in"] == "header"}
        assert ("Idempotency-Key" in headers) == (
            method == "post" and "rule-sets/check" not in path
        )
        assert ("If-Match" in headers) == ("428" in operation["responses"])


def test_points_are_texts_everywhere(client: FlaskClient) -> None:
    schemas = described(client)["components"]["schemas"]
    floats = [
        (name, field)
        for name, schema in schemas.items()
        for field, each in schema.get("properties", {}).items()
        if "number" in str(each.get("type"))
    ]
    assert floats == []
    assert schemas["Application"]["properties"]["points"]["type"] == "string"


def test_everything_that_the_page_says_is_a_phrase_that_can_be_translated(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "language=en"}):
        known = {str(each) for each in PHRASES}
        spec = app.extensions[EXTENSION]
    needed = set(PROBLEMS.values())
    for group in groups_of(spec):
        needed.add(group.title)
        for operation in group.operations:
            fields = {each.description for each in operation.fields}
            needed |= {operation.summary, operation.description, *fields}
    assert needed - {""} == known


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_shows_every_operation_with_an_example_for_each_group(
    client: FlaskClient, language: str
) -> None:
    client.set_cookie("language", language)
    page = client.get("/api/").get_data(as_text=True)
    spec = described(client)
    assert page.count('<details class="panel operation">') == sum(
        method in each for each in spec["paths"].values() for method in METHODS
    )
    assert page.count("<pre") == len(spec["tags"])
    assert ("程序接口" in page) == (language == "zh")
