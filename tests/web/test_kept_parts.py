"""Parts of pages that are kept: the same for the same values, and for those alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup

PARTS = """
{% macro part(value, other="") %}
{{- drawn() }}<b>{{ value }}</b>{{ other }}{{ _("Save") }}
{%- endmacro %}
"""
Draw = Callable[..., Markup]


@pytest.fixture
def counted(app: Flask) -> list[int]:
    """Let a template draw a part, and count how often it does."""
    times: list[int] = []
    app.jinja_env.loader = ChoiceLoader(
        [DictLoader({"parts.html": PARTS}), app.jinja_env.loader]  # type: ignore[list-item]
    )
    app.jinja_env.globals["drawn"] = lambda: times.append(1) or ""
    return times


@pytest.fixture
def draw(app: Flask, counted: list[int]) -> Iterator[Draw]:
    with app.test_request_context():
        yield app.jinja_env.globals["drawn_once"]("parts.html", "part")


def test_a_part_is_drawn_once_for_the_same_values(draw: Draw, counted: list[int]) -> None:
    assert draw("东街", "x") == draw("东街", "x") == "<b>东街</b>x保存"
    assert draw("西街", "x") == "<b>西街</b>x保存"
    assert len(counted) == 2


def test_a_text_is_escaped_where_the_same_html_was_drawn_before(draw: Draw) -> None:
    trusted = Markup("<i>")
    assert [draw(trusted), draw("<i>"), draw(trusted)] == [
        "<b><i></b>保存",
        "<b>&lt;i&gt;</b>保存",
        "<b><i></b>保存",
    ]


def test_equal_values_of_other_kinds_are_other_values(draw: Draw) -> None:
    assert [draw(1), draw(True), draw("1")] == [
        "<b>1</b>保存",
        "<b>True</b>保存",
        "<b>1</b>保存",
    ]


@pytest.mark.parametrize("first", ["zh", "en"])
@pytest.mark.usefixtures("counted")
def test_each_language_has_its_own(app: Flask, first: str) -> None:
    def drawn(language: str) -> str:
        with app.test_request_context(headers={"Cookie": f"language={language}"}):
            return str(app.jinja_env.globals["drawn_once"]("parts.html", "part")("x"))

    drawn(first)
    assert (drawn("zh"), drawn("en")) == ("<b>x</b>保存", "<b>x</b>Save")
