"""The form that narrows lists: what was asked for stays in it, and nothing breaks out of it."""

from __future__ import annotations

from flask import Flask

FORM = """{% from "web/search.html" import search, typed, choice, tick %}
{% call search({"round": 7, "batch": ""}) %}
{{ typed("words", "Words", words) }}{{ choice("level", "Level", {"a": "A", "b": "B"}.items(), level, "All") }}
{{ choice("year", "Year", [(2026, "2026"), (2025, "2025")], 2025) }}{{ tick("closed", "Closed", on=closed) }}
{% endcall %}"""  # noqa: E501 - a template


def form(app: Flask, **asked: object) -> str:
    with app.test_request_context():
        template = app.jinja_env.from_string(FORM)
        return template.render({"words": "", "level": "", "closed": False, **asked})


def test_what_was_asked_for_stays(app: Flask) -> None:
    said = form(app, words="一支部", level="b", closed=True)
    assert 'name="words" value="一支部" maxlength="100"' in said
    assert '<option value="b" selected>B</option>' in said
    assert '<option value="2025" selected>2025</option>' in said
    assert 'name="closed" value="1" checked' in said
    assert said.count(" selected") == 2


def test_nothing_is_chosen_where_nothing_was_asked_for(app: Flask) -> None:
    said = form(app, words=None, level=None)
    assert 'name="words" value=""' in said
    assert '<option value="">All</option>' in said
    assert said.count(" selected") == 1
    assert "checked" not in said


def test_hidden_values_go_along_where_there_are_any(app: Flask) -> None:
    said = form(app)
    assert '<input type="hidden" name="round" value="7">' in said
    assert "batch" not in said


def test_words_do_not_break_out_of_their_field(app: Flask) -> None:
    assert '"><script>' not in form(app, words='"><script>alert(1)</script>')


def test_every_field_has_its_label(app: Flask) -> None:
    said = form(app)
    for name in ("words", "level", "year", "closed"):
        assert f'for="{name}"' in said
        assert f'id="{name}"' in said
