"""What is made before the workers part: the first page of each has nothing left to make."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import make_case
from jinja2 import Environment
from service import service, sign_in_as

from evaluator.applications import ready
from evaluator.commands.warming import warm_up
from evaluator.database import db


def test_first_page_makes_neither_templates_nor_rule_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = service(tmp_path)
    with app.app_context():
        case = make_case(db.session)
        browser, address = sign_in_as(app, db.session, case.officer), case.address()
        warm_up(app, db.session)
        db.session.commit()
    made: list[str] = []
    monkeypatch.setattr(Environment, "compile", lambda *_a, **_k: made.append("template"))
    monkeypatch.setattr(ready, "scoring_of", lambda _stored: made.append("rule set"))
    assert browser.get(address).status_code == 200
    assert made == []
    with app.app_context():
        db.engine.dispose()


def test_a_service_without_a_round_is_warmed_too(tmp_path: Path) -> None:
    app = service(tmp_path)
    with app.app_context():
        warm_up(app, db.session)
        db.session.rollback()
        assert app.jinja_env.cache
        db.engine.dispose()
