"""The whole round, from an empty database to the award, as people at browsers walk it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stage_applying as applying
import stage_award as award
import stage_decision as decision
import stage_defence as defence
import stage_notice as notice
import stage_panels as panels
import stage_reviewing as reviewing
import stage_setting_up as setting_up
from clock import Clock
from service import DATABASES, Browser
from sqlalchemy import create_engine, text
from walk import Walk

from evaluator import create_app
from evaluator.database import db


@pytest.fixture(params=DATABASES)
def walk(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    """Yield a walk that begins before there are any tables."""
    url = ""
    if request.param == "postgresql":
        url = _empty_database(request.getfixturevalue("postgresql"))
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("EVALUATOR_DATABASE_URL", url)
    monkeypatch.setenv("EVALUATOR_PASSWORD_COST", "cheapest")
    monkeypatch.setenv("EVALUATOR_SESSION_COOKIE_SECURE", "false")
    with Clock(2026, 12, 21).running() as clock:
        setting_up.command("database", "upgrade")
        app = create_app({"TESTING": True})
        app.test_client_class = Browser
        yield Walk(app, clock)
        with app.app_context():
            db.engine.dispose()


def test_whole_round_from_empty_database_to_award(walk: Walk, tmp_path: Path) -> None:
    _set_up(walk, tmp_path)
    _apply_and_review(walk)
    _defend(walk, tmp_path)
    _decide(walk)
    _publish(walk)
    _award(walk)


def _set_up(walk: Walk, folder: Path) -> None:
    setting_up.make_the_first_administrator(walk)
    setting_up.make_organisers(walk)
    setting_up.publish_the_rule_set(walk)
    setting_up.import_the_register(walk)
    setting_up.import_accounts(walk)
    setting_up.plan_the_round(walk)
    setting_up.import_records(walk, folder)
    setting_up.open_the_round(walk)
    walk.everybody_can_start()


def _apply_and_review(walk: Walk) -> None:
    applying.correct_a_fact(walk)
    applying.prove_it(walk)
    applying.submit_everything(walk)
    walk.everybody_can_start()
    applying.appraise_on_paper(walk)
    reviewing.return_one(walk)
    reviewing.adjust_one(walk)
    reviewing.review_everything(walk)
    reviewing.recommend(walk)
    walk.everybody_can_start()


def _defend(walk: Walk, folder: Path) -> None:
    panels.enter_panellists(walk)
    panels.compose_the_panel(walk)
    panels.admit(walk)
    panels.assign(walk)
    panels.draw(walk, folder)
    defence.plan_the_timetable(walk)
    defence.hear_everything(walk)
    defence.look_at_the_agreement(walk)
    walk.everybody_can_start()


def _decide(walk: Walk) -> None:
    decision.check_jointly(walk)
    decision.propose_a_deviation(walk)
    decision.decide_the_top_level(walk)
    decision.decide_everything_else(walk)
    decision.write_the_minutes(walk)
    decision.close_without_a_level(walk)
    walk.everybody_can_start()


def _publish(walk: Walk) -> None:
    notice.publish_the_notice(walk)
    code = notice.object_to_one(walk)
    walk.everybody_can_start()
    notice.handle_the_objection(walk)
    notice.follow_the_objection(walk, code)
    notice.end_the_notice(walk)


def _award(walk: Walk) -> None:
    award.award_everybody(walk)
    walk.everybody_can_start()
    award.find_the_levels_in_the_register(walk)
    award.send_the_letters(walk)
    award.read_the_reports(walk)
    award.close_the_round(walk)
    walk.everybody_can_start()


def _empty_database(server: str) -> str:
    """Make a database beside the one that other tests share."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE whole_round"))
    engine.dispose()
    return engine.url.set(database="whole_round").render_as_string(hide_password=False)
