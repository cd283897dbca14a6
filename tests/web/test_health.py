"""The web application that wsgi.py serves."""

from wsgi import app


def test_health_answers() -> None:
    answer = app.test_client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_nothing_else_is_served() -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == {
        "/health",
        "/static/<path:filename>",
    }
