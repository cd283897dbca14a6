"""A database that holds a district is left as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from loaded import WORKBOOK
from sqlalchemy import func, select

from evaluator import create_app
from evaluator.access import Actor
from evaluator.audit.models import AuditHead
from evaluator.commands.demonstration import demonstration
from evaluator.database import db, unit_of_work
from evaluator.migrations.running import upgrade
from evaluator.organisations.details import Details
from evaluator.organisations.models import Kind, Organisation
from evaluator.organisations.operations import create


def test_loading_into_a_district_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    app = create_app()
    with app.app_context(), unit_of_work(db.session):
        upgrade(db.engine)
        details = Details("我们自己的区", Kind.WORKING_COMMITTEE)
        create(db.session, Actor.system(), code="OURS", parent=None, details=details)
    before = _counts(app)
    result = CliRunner().invoke(demonstration, ["load", str(WORKBOOK)])
    assert (result.exit_code, "未作改动" in result.output) == (0, True)
    assert _counts(app) == before == (1, 1)


def _counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        organisations = db.session.scalar(select(func.count()).select_from(Organisation)) or 0
        lines = db.session.scalars(select(AuditHead.number)).one()
        db.engine.dispose()
    return organisations, lines


def test_loading_at_another_step_says_where_it_is_and_how_to_begin_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    app = create_app()
    with app.app_context(), unit_of_work(db.session):
        upgrade(db.engine)
        details = Details("我们自己的区", Kind.WORKING_COMMITTEE)
        create(db.session, Actor.system(), code="OURS", parent=None, details=details)
    person = {"role": "organiser", "place": "区", "login_name": "organiser"}
    secrets = {"password": "one-two", "secret": ""}
    kept = {"step": "award", "people": [{**person, **secrets}], "codes": []}
    (tmp_path / "demonstration.json").write_text(json.dumps(kept), "utf-8")
    same = CliRunner().invoke(demonstration, ["load", str(WORKBOOK), "--step", "award"])
    other = CliRunner().invoke(demonstration, ["load", str(WORKBOOK), "--step", "defence"])
    assert ["命名" in each.output for each in (same, other)] == [True, True]
    assert ["STEP=defence" in each.output for each in (same, other)] == [False, True]
    _counts(app)
