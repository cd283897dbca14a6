"""The pages that change the register: what they keep, what they refuse, where they show it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import make_account, make_district
from flask.testing import FlaskClient
from register_files import branch
from registering import actions, paths
from sample_register import enter_sample, publish_rule_sets
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, SignIn
from evaluator.organisations.models import Organisation, Status

Browser = Callable[[Account], FlaskClient]
WHY = {"on": "2026-03-01", "reason": "批复〔2026〕3号"}
NEW = {
    **WHY,
    "code": "E3",
    "name": "东三社区党支部",
    "kind": "branch",
    "category": "community",
    "members": "9",
}


def test_new_organisation_is_entered_below_the_page_it_began_on(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    address = f"/organisations/{district.east.id}/new"
    assert client.get(address).status_code == 200
    answer = client.post(address, data={**NEW, "version": str(district.east.version)})
    made = branch(session, "E3")
    assert answer.headers["Location"] == f"/organisations/{made.id}"
    assert (made.parent_id, made.members, made.category) == (district.east.id, 9, "community")


def test_mistakes_are_shown_at_their_fields_and_what_was_typed_stays(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    wrong = {**NEW, "code": "E1", "founded": "1900-01-01"}
    answer = client.post(f"/organisations/{district.east.id}/new", data=wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="founded-errors"' in page
    assert 'value="东三社区党支部"' in page
    assert actions(session) == []


def edited(client: FlaskClient, organisation: Organisation, **more: str) -> int:
    data = {
        **WHY,
        "version": str(organisation.version),
        "name": organisation.name,
        "kind": "branch",
        "category": "community",
        "members": "20",
        "sort_key": organisation.sort_key,
        **more,
    }
    return client.post(f"/organisations/{organisation.id}/edit", data=data).status_code


def test_edit_keeps_what_was_changed_and_makes_the_pinyin_of_a_new_name(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert edited(client, district.east_one, name="重庆路社区党支部", members="21") == 302
    session.expire_all()
    assert (district.east_one.members, district.east_one.sort_key) == (
        21,
        "chong qing lu she qu dang zhi bu",
    )
    assert edited(client, district.east_one, sort_key="zhong qing lu", members="21") == 302
    session.expire_all()
    assert district.east_one.sort_key == "zhong qing lu"


def test_edit_of_an_old_version_is_refused(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    assert edited(client, district.east_one, version="0", members="21") == 409
    assert edited(client, district.east_one, version="x", members="21") == 409
    session.expire_all()
    assert district.east_one.members == 20


def test_attribute_is_read_as_its_rule_set_says(session: Session, browser_of: Browser) -> None:
    publish_rule_sets(session)
    client = browser_of(make_account(session, Role.ORGANISER, enter_sample(session)))
    found = branch(session, "LJ-SQ-001")
    kept = {f"attribute_{name}": str(value) for name, value in found.attributes.items()}
    page = client.get(f"/organisations/{found.id}/edit").get_data(as_text=True)
    assert set(re.findall(r'name="(attribute_\w+)"', page)) == set(kept)
    same = {**kept, "founded": "2018-11-20", "members": "60"}
    assert edited(client, found, **{**same, "attribute_team_age": "abc"}) == 422
    assert edited(client, found, **{**same, "attribute_team_age": "36.5"}) == 302
    session.expire_all()
    assert branch(session, "LJ-SQ-001").attributes["team_age"] == "36.5"
    assert branch(session, "LJ-SQ-001").attributes["households"] == "1381"


@pytest.mark.parametrize("act", ["new", "edit", "move", "merge", "split", "dissolve"])
def test_pages_of_organisations_elsewhere_are_not_there(
    session: Session, browser_of: Browser, act: str
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.east))
    assert client.get(f"/organisations/{district.west_one.id}/{act}").status_code == 404
    assert client.post(f"/organisations/{district.west_one.id}/{act}", data=NEW).status_code == 404
    assert actions(session) == []


def test_move_offers_no_place_of_others_and_takes_none(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.east))
    address = f"/organisations/{district.east_one.id}/move"
    assert district.west.name not in client.get(address).get_data(as_text=True)
    data = {**WHY, "version": str(district.east_one.version), "parent": str(district.west.id)}
    assert client.post(address, data=data).status_code == 422
    assert actions(session) == []


def test_move_merge_split_and_dissolve_by_their_pages(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))

    def act(organisation: Organisation, name: str, **more: str) -> int:
        address = f"/organisations/{organisation.id}/{name}"
        assert client.get(address).status_code == 200
        session.refresh(organisation)
        data = {**WHY, "version": str(organisation.version), **more}
        return client.post(address, data=data).status_code

    assert act(district.west_one, "move", parent=str(district.east.id)) == 302
    others = str(district.east_two.id)
    assert act(district.east_one, "merge", others=others, after="lead") == 302
    parts = {"parts-0-code": "E3", "parts-0-name": "东三", "parts-0-members": "8"}
    assert act(district.east_one, "split", goes_on="yes", **parts) == 302
    assert act(district.west_two, "dissolve") == 302
    found = paths(session)
    assert found["W1"].startswith(district.east.path)
    assert found["E3"].startswith(district.east.path)
    states = {each.code: each.status for each in session.scalars(select(Organisation))}
    assert (states["E2"], states["W2"]) == (Status.MERGED, Status.DISSOLVED)


def test_mistake_in_a_part_of_a_split_is_shown_there_and_nothing_is_kept(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    data = {
        **WHY,
        "version": str(district.east_one.version),
        "goes_on": "no",
        "parts-0-code": "E3",
        "parts-0-name": "东三",
        "parts-1-code": "W1",
        "parts-1-name": "东四",
    }
    answer = client.post(f"/organisations/{district.east_one.id}/split", data=data)
    assert answer.status_code == 422
    assert 'id="parts-1-code-errors"' in answer.get_data(as_text=True)
    assert actions(session) == []
    assert "E3" not in paths(session)


def test_ended_organisation_has_no_page_to_change_it(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    district.east_one.status = Status.DISSOLVED
    session.commit()
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    answer = client.get(f"/organisations/{district.east_one.id}/edit")
    assert answer.status_code == 409
    assert "<h1>现在不能办理</h1>" in answer.text
    assert "他人" not in answer.text
    assert client.get(f"/organisations/{district.root.id}/dissolve").status_code == 409


def test_restructuring_asks_who_it_is_once_more(session: Session, browser_of: Browser) -> None:
    district = make_district(session)
    account = make_account(session, Role.ORGANISER, district.root)
    client = browser_of(account)
    sign_in = session.scalars(select(SignIn)).one()
    sign_in.confirmed_at = None
    session.commit()
    answer = client.get(f"/organisations/{district.east_one.id}/dissolve")
    assert answer.status_code == 302
    assert "/organisations/" not in answer.headers["Location"].split("?")[0]
