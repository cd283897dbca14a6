"""`evaluator awards expire` and the thread that does the same beside the pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from awarded import make_ended
from click.testing import CliRunner
from flask import Flask
from service import service
from sqlalchemy import select

from evaluator.awards.daily import in_background
from evaluator.awards.models import Award
from evaluator.cli import main
from evaluator.database import db


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    app = service(tmp_path)
    with app.app_context():
        make_ended(db.session).award_all()["E1"].valid_until = date(2026, 1, 1)
        db.session.commit()
    return app


def levels(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Award.level).order_by(Award.id)))


def test_command_ends_what_is_over_and_then_nothing_more(own: Flask) -> None:
    first = CliRunner().invoke(main, ["awards", "expire"], catch_exceptions=False)
    again = CliRunner().invoke(main, ["awards", "expire"], catch_exceptions=False)
    assert (first.output, again.output) == ("到期终止 expired: 1\n", "到期终止 expired: 0\n")
    assert levels(own) == ["", "three_star", "four_star"]


def test_service_ends_it_when_it_starts(own: Flask) -> None:
    keeper = in_background(own)
    keeper.end()
    assert not keeper.thread.is_alive()
    assert levels(own) == ["", "three_star", "four_star"]
