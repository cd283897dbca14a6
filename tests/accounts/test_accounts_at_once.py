"""Two administrators at the very same moment, on a database of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from district import District, make_account, make_district
from flask import Flask
from flask.testing import FlaskClient
from service import DATABASES, sign_in_as
from simultaneous import own_service, post_at_once
from sqlalchemy import func, select

from evaluator.access import Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.database import db


@pytest.fixture(params=DATABASES)
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as app, app.app_context():
        yield app


def two_administrators(app: Flask, district: District) -> list[FlaskClient]:
    people = [
        make_account(db.session, Role.ADMINISTRATOR, district.root, name) for name in ("one", "two")
    ]
    clients = [sign_in_as(app, db.session, each) for each in people]
    db.session.commit()
    return clients


def test_of_two_names_at_once_one_is_kept_and_one_shown_again(apart: Flask) -> None:
    district = make_district(db.session)
    officer = make_account(db.session, Role.BRANCH_OFFICER, district.east_one, "officer")
    clients = two_administrators(apart, district)
    forms = [{"name": name, "seen": officer.name} for name in ("甲", "乙")]
    kept, late = post_at_once(clients, f"/accounts/{officer.id}/edit", forms)
    assert (kept.status_code, late.status_code) == (302, 409)
    db.session.expire_all()
    other = {"甲": "乙", "乙": "甲"}[officer.name]
    assert f'value="{other}"' in late.text
    assert f"现为“{officer.name}”（人员" in late.text


def test_of_two_accounts_of_one_log_in_name_at_once_one_is_made(apart: Flask) -> None:
    clients = two_administrators(apart, make_district(db.session))
    form = {"login_name": "li.na", "role": "branch_officer", "organisation": "E1"}
    forms = [{**form, "name": name} for name in ("李娜", "李纳")]
    answers = post_at_once(clients, "/accounts/new", forms)
    assert [each.status_code for each in answers] == [200, 200]
    assert sorted("已被占用" in each.text for each in answers) == [False, True]
    named = select(func.count()).select_from(Account).where(Account.login_name == "li.na")
    assert db.session.scalar(named) == 1


def test_of_two_same_roles_at_once_one_is_granted(apart: Flask) -> None:
    district = make_district(db.session)
    officer = make_account(db.session, Role.BRANCH_OFFICER, district.east_one, "officer")
    clients = two_administrators(apart, district)
    forms = [{"role": "panellist", "organisation": "E"}] * 2
    answers = post_at_once(clients, f"/accounts/{officer.id}/roles", forms)
    assert [each.status_code for each in answers] == [302, 409]
    held = select(func.count()).select_from(RoleGrant).where(RoleGrant.account_id == officer.id)
    assert db.session.scalar(held) == 2
