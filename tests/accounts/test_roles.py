"""Roles are granted and taken within one's own places, and nobody is taken over by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district
from flask.testing import FlaskClient
from people import PASSWORD, make_person, sign_in, sign_ins
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.accounts.passwords import password_matches

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def east(browser_of: Browser, session: Session, district: District) -> FlaskClient:
    """Return the browser of the administrator of the eastern committee."""
    return browser_of(make_account(session, Role.ADMINISTRATOR, district.east, "east.admin"))


def account_of(session: Session, login_name: str) -> Account | None:
    """Return an account by its log-in name."""
    session.expire_all()
    return session.scalars(select(Account).where(Account.login_name == login_name)).one_or_none()


def test_role_is_granted_within_the_own_places_only(
    east: FlaskClient, session: Session, district: District
) -> None:
    officer = make_person(session, district.east_one, login_name="officer")
    for place in ("W1", "D", str(district.west.id)):
        data = {"role": "administrator", "organisation": place}
        answer = east.post(f"/accounts/{officer.id}/roles", data=data)
        assert "您管理的范围内没有" in answer.text
    session.expire_all()
    assert [each.role for each in officer.grants] == ["branch_officer"]
    data = {"role": "committee_reviewer", "organisation": "E"}
    assert east.post(f"/accounts/{officer.id}/roles", data=data).status_code == 302
    session.expire_all()
    assert sorted(each.role for each in officer.grants) == ["branch_officer", "committee_reviewer"]


def test_new_role_ends_the_sessions_of_its_person(
    east: FlaskClient, client: FlaskClient, session: Session, district: District
) -> None:
    officer = make_person(session, district.east_one, login_name="officer")
    sign_in(client, "officer")
    data = {"role": "panellist", "organisation": "E"}
    east.post(f"/accounts/{officer.id}/roles", data=data)
    assert officer.id not in [each.account_id for each in sign_ins(session)]


def test_new_role_of_ones_own_renews_the_session(
    east: FlaskClient, session: Session, district: District
) -> None:
    admin = account_of(session, "east.admin")
    assert admin is not None
    before = sign_ins(session)[0].token_hash
    data = {"role": "panellist", "organisation": "E"}
    assert east.post(f"/accounts/{admin.id}/roles", data=data).status_code == 302
    session.expire_all()
    assert [each.token_hash == before for each in sign_ins(session)] == [False]
    assert east.get("/accounts").status_code == 200


def test_role_outside_cannot_be_removed_by_its_number(
    east: FlaskClient, session: Session, district: District
) -> None:
    both = make_account(session, Role.BRANCH_OFFICER, district.east_one, "both")
    outside = RoleGrant(role="organiser", organisation=district.west)
    both.grants.append(outside)
    other = make_account(session, Role.BRANCH_OFFICER, district.west_one, "west.one")
    session.commit()
    for grant in (outside, other.grants[0]):
        assert east.post(f"/accounts/{both.id}/roles/{grant.id}/remove").status_code == 404
    session.expire_all()
    assert len(both.grants) == 2


def test_account_with_a_role_elsewhere_cannot_be_taken_over(
    east: FlaskClient, session: Session, district: District
) -> None:
    both = make_person(session, district.east_one, login_name="both")
    both.grants.append(RoleGrant(role="organiser", organisation=district.root))
    session.commit()
    for act in ("password", "close", "second-factor/remove"):
        assert east.post(f"/accounts/{both.id}/{act}").status_code == 404
    data = {"name": "x", "seen": both.name}
    assert east.post(f"/accounts/{both.id}/edit", data=data).status_code == 404
    session.expire_all()
    assert (both.is_active, both.name) == (True, "人员both")
    assert password_matches(both.password_hash, PASSWORD)


def test_administrator_keeps_the_own_role(
    east: FlaskClient, session: Session, district: District
) -> None:
    admin = account_of(session, "east.admin")
    assert admin is not None
    admin.grants.append(RoleGrant(role="administrator", organisation=district.east_one))
    admin.grants.append(RoleGrant(role="panellist", organisation=district.east_one))
    session.commit()
    own, narrower, panellist = sorted(admin.grants, key=lambda each: each.id)
    assert _removed(east, own) == 409
    assert _removed(east, narrower) == 302
    assert _removed(east, panellist) == 302
    assert _removed(east, own) == 409
    assert east.post(f"/accounts/{admin.id}/close").status_code == 409


def _removed(browser: FlaskClient, grant: RoleGrant) -> int:
    return browser.post(f"/accounts/{grant.account_id}/roles/{grant.id}/remove").status_code


def test_last_role_stays(east: FlaskClient, session: Session, district: District) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, "officer")
    answer = east.post(f"/accounts/{officer.id}/roles/{officer.grants[0].id}/remove")
    assert (answer.status_code, "至少保留一个角色" in answer.text) == (409, True)
