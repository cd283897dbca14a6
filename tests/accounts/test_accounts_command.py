"""`evaluator accounts …`: the first administrator, and a way back in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from people import actions
from service import service
from sqlalchemy import select

from evaluator.accounts.models import Account
from evaluator.accounts.passwords import password_matches
from evaluator.cli import main
from evaluator.database import db


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Yield a service with an empty database that the command line finds by the environment."""
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("EVALUATOR_PASSWORD_COST", "cheapest")
    app = service(tmp_path)
    with app.app_context():
        yield app
        db.session.close()
        db.engine.dispose()


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["accounts", *arguments], input=typed)


def made() -> Account:
    db.session.rollback()
    return db.session.scalars(select(Account)).one()


def test_first_administrator_enters_the_district_too(database: Flask) -> None:
    done = run("create-administrator", "Admin", "--name", "管理员", "--district", "临江新区")
    assert done.exit_code == 0, done.output
    (password,) = re.findall(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){3}", done.stdout)
    account = made()
    assert (account.login_name, account.must_change_password) == ("admin", True)
    assert password_matches(account.password_hash, password)
    (grant,) = account.grants
    assert (grant.role, grant.organisation.name) == ("administrator", "临江新区")
    assert grant.organisation.parent_id is None
    assert actions(db.session) == ["organisation.create", "account.create", "account.grant_role"]


def test_next_administrator_is_at_the_district_or_where_said(database: Flask) -> None:
    run("create-administrator", "one", "--name", "甲", "--district", "新区", "--organisation", "D")
    assert run("create-administrator", "two", "--name", "乙").exit_code == 0
    assert (
        run("create-administrator", "three", "--name", "丙", "--organisation", "D").exit_code == 0
    )
    missing = run("create-administrator", "four", "--name", "丁", "--organisation", "X")
    assert (missing.exit_code, "没有编码为X的党组织" in missing.stderr) == (1, True)
    again = run("create-administrator", "five", "--name", "戊", "--district", "新区")
    assert (again.exit_code, "已有" in again.stderr) == (1, True)


def test_empty_register_asks_for_its_district(database: Flask) -> None:
    done = run("create-administrator", "admin", "--name", "管理员")
    assert (done.exit_code, "--district" in done.stderr) == (1, True)


def test_password_can_be_typed_and_must_be_strong(database: Flask) -> None:
    arguments = ("create-administrator", "admin", "--name", "管理员", "--ask")
    arguments += ("--district", "新区")
    weak = run(*arguments, typed="1234567890\n1234567890\n")
    assert (weak.exit_code, "过于常见" in weak.stderr) == (1, True)
    typed = "a sentence of my own\n"
    done = run(*arguments, typed=typed * 2)
    assert (done.exit_code, "sentence" in done.output) == (0, False)
    account = made()
    assert not account.must_change_password
    assert password_matches(account.password_hash, "a sentence of my own")


def test_refused_command_changes_nothing(database: Flask) -> None:
    done = run("create-administrator", "x", "--name", "管理员", "--district", "新区")
    assert (done.exit_code, "用户名" in done.stderr) == (1, True)
    assert db.session.scalars(select(Account)).all() == []
    assert actions(db.session) == []


def test_way_back_in_for_who_lost_password_and_phone(database: Flask) -> None:
    run("create-administrator", "admin", "--name", "管理员", "--district", "新区")
    account = made()
    account.totp_secret = "sealed"  # noqa: S105 - what it holds does not matter here
    db.session.commit()
    done = run("reset-password", "admin", "--second-factor")
    (password,) = re.findall(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){3}", done.stdout)
    account = made()
    db.session.refresh(account)
    assert (account.totp_secret, account.must_change_password) == (None, True)
    assert password_matches(account.password_hash, password)
    db.session.rollback()
    assert run("reset-password", "nobody").exit_code == 1
