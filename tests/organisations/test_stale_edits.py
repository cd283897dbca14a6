"""Forms that rest on what others changed: shown again with what was typed, and what it is now."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from district import District, make_account, make_district
from flask import Flask
from flask.testing import FlaskClient
from registering import actions
from service import DATABASES, sign_in_as
from simultaneous import own_service, post_at_once
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.database import db
from evaluator.organisations.models import Organisation

Browser = Callable[[Account], FlaskClient]
WHY = {"on": "2026-03-01", "reason": "批复〔2026〕3号"}


def opened(client: FlaskClient, organisation: Organisation, act: str = "edit") -> dict[str, str]:
    """Return the form of a page as it opens: every field by its name."""
    return {**fields(client.get(f"/organisations/{organisation.id}/{act}").text), **WHY}


def fields(page: str) -> dict[str, str]:
    """Return what the inputs and selects of a page hold."""
    inputs = re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', page)
    chosen = re.findall(
        r'<select[^>]*? name="(\w+)".*?<option selected value="([^"]*)"', page, re.DOTALL
    )
    return {name: html.unescape(value) for name, value in [*inputs, *chosen]}


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def two(session: Session, district: District, browser_of: Browser) -> list[FlaskClient]:
    return [
        browser_of(make_account(session, Role.ORGANISER, district.root, name))
        for name in ("first", "second")
    ]


def test_stale_edit_keeps_what_was_typed_and_tells_what_it_is_now(
    session: Session, district: District, two: list[FlaskClient]
) -> None:
    first, second = two
    address = f"/organisations/{district.east_one.id}/edit"
    forms = [opened(each, district.east_one) for each in two]
    changed = {**forms[0], "members": "25", "secretary": "王芳", "kind": "joint_branch"}
    assert first.post(address, data=changed).status_code == 302
    late = {**forms[1], "members": "31", "founded": "2016-01-02", "reason": "迟到的修改"}
    answer = second.post(address, data=late)
    assert answer.status_code == 409
    kept = fields(answer.text)
    assert (kept["members"], kept["founded"]) == ("31", "2016-01-02")
    assert (kept["secretary"], kept["kind"]) == ("王芳", "joint_branch")
    assert "迟到的修改" in answer.text
    assert re.search(
        r'id="members-errors">现为“25”（人员first \d{4}-\d\d-\d\d \d\d:\d\d 修改）。', answer.text
    )
    assert re.search(r"书记: — → <strong>王芳</strong> \(人员first ", answer.text)
    assert 'id="founded-errors"' not in answer.text
    session.expire_all()
    assert (district.east_one.members, district.east_one.secretary) == (25, "王芳")


def test_stale_edit_is_kept_once_it_was_looked_at(
    session: Session, district: District, two: list[FlaskClient]
) -> None:
    first, second = two
    address = f"/organisations/{district.east_one.id}/edit"
    forms = [opened(each, district.east_one) for each in two]
    first.post(address, data={**forms[0], "members": "25", "secretary": "王芳"})
    shown = fields(second.post(address, data={**forms[1], "members": "31"}).text)
    assert second.post(address, data={**shown, **WHY}).status_code == 302
    session.expire_all()
    assert (district.east_one.members, district.east_one.secretary) == (31, "王芳")
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.before, line.after) == ('{"members":25}', '{"members":31}')


def test_form_that_lost_what_it_began_with_takes_nothing_over(
    district: District, two: list[FlaskClient]
) -> None:
    first, second = two
    address = f"/organisations/{district.east_one.id}/edit"
    forms = [opened(each, district.east_one) for each in two]
    first.post(address, data={**forms[0], "members": "25"})
    for broken in ("", "{", "[1]"):
        answer = second.post(address, data={**forms[1], "seen": broken, "opened": broken})
        assert (answer.status_code, fields(answer.text)["members"]) == (409, "20")
        assert 'id="members-errors">现为“25”' in answer.text


@pytest.mark.parametrize("act", ["move", "merge", "split", "dissolve"])
def test_stale_act_keeps_its_reason_and_tells_who_changed_what(
    session: Session, district: District, two: list[FlaskClient], act: str
) -> None:
    first, second = two
    late = opened(second, district.east_one, act)
    edit = {**opened(first, district.east_one), "members": "25"}
    first.post(f"/organisations/{district.east_one.id}/edit", data=edit)
    typed = {
        "move": {"parent": str(district.west.id)},
        "merge": {"others": str(district.east_two.id), "after": "lead"},
        "split": {"goes_on": "yes", "parts-0-code": "E9", "parts-0-name": "东九党支部"},
        "dissolve": {},
    }[act]
    answer = second.post(
        f"/organisations/{district.east_one.id}/{act}", data={**late, **typed, "reason": "迟到"}
    )
    assert (answer.status_code, "迟到</textarea>" in answer.text) == (409, True)
    assert re.search(r"最近一次修改：党组织 · [^，]+，人员first ", answer.text)
    for words in {"move": ["selected"], "split": ["东九党支部"]}.get(act, []):
        assert words in answer.text
    assert actions(session) == ["organisation.edit"]
    shown = fields(answer.text)
    again = {**late, **typed, "version": shown["version"]}
    address = f"/organisations/{district.east_one.id}/{act}"
    assert second.post(address, data=again).status_code == 302


def test_edit_of_what_has_ended_meanwhile_keeps_what_was_typed(
    district: District, two: list[FlaskClient]
) -> None:
    first, second = two
    late = opened(second, district.east_one)
    first.post(
        f"/organisations/{district.east_one.id}/dissolve",
        data=opened(first, district.east_one, "dissolve"),
    )
    answer = second.post(
        f"/organisations/{district.east_one.id}/edit", data={**late, "secretary": "迟到的王芳"}
    )
    assert (answer.status_code, "迟到的王芳" in answer.text) == (409, True)


@pytest.fixture(params=DATABASES)
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as app:
        yield app


def test_of_two_edits_at_once_one_is_kept_and_one_shown_again(apart: Flask) -> None:
    with apart.app_context():
        branch = make_district(db.session).east_one
        root = branch.parent.parent if branch.parent else None
        assert root is not None
        people = [make_account(db.session, Role.ORGANISER, root, name) for name in ("one", "two")]
        clients = [sign_in_as(apart, db.session, each) for each in people]
        forms = [
            {**opened(each, branch), "members": value}
            for each, value in zip(clients, ("25", "31"), strict=True)
        ]
        db.session.commit()
        kept, late = post_at_once(clients, f"/organisations/{branch.id}/edit", forms)
        assert (kept.status_code, late.status_code) == (302, 409)
        db.session.expire_all()
        typed = fields(late.text)["members"]
        assert {typed, str(branch.members)} == {"25", "31"}
        assert f'id="members-errors">现为“{branch.members}”（人员' in late.text
        assert actions(db.session) == ["organisation.edit"]
