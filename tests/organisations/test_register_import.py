"""A confirmed import does exactly what its preview showed, or nothing."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from district import make_account, make_district
from openpyxl import load_workbook
from register_files import (
    SHEET,
    Browser,
    Cells,
    branch,
    exported,
    uploaded,
    with_cell,
    with_row,
)
from registering import actions, enter, paths
from sample_register import enter_sample, publish_rule_sets
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.organisations.models import Kind, Organisation, StandingLevel


@pytest.fixture
def sample(session: Session) -> Organisation:
    publish_rule_sets(session)
    return enter_sample(session)


def test_confirmation_applies_what_was_previewed_and_nothing_before(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    content = with_cell(
        exported(client), "LJ-SQ-001", {"members": 61, "parent": "LJ-02", "parent_name": None}
    )
    content = with_row(
        content,
        {
            "id": "LJ-99",
            "name": "新党工委",
            "parent": "LJ",
            "kind": "党工委",
            "previous_level": None,
        },
    )
    content = with_row(
        content,
        {
            "id": "LJ-SQ-900",
            "name": "新设社区党支部",
            "parent_name": "新党工委",
            "kind": "党支部",
            "category": "街道社区",
            "previous_level": "四星级",
            "level_since": 2025,
        },
    )
    page = uploaded(client, content)
    assert branch(session, "LJ-SQ-001").members == 60
    answer = client.post(page.address, data=page.form)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/organisations")
    session.expire_all()
    moved, made = branch(session, "LJ-SQ-001"), branch(session, "LJ-SQ-900")
    assert (moved.members, moved.parent and moved.parent.code) == (61, "LJ-02")
    assert moved.path == f"{branch(session, 'LJ-02').path}{moved.id}/"
    assert made.path == f"{branch(session, 'LJ-99').path}{made.id}/"
    levels = select(StandingLevel.level).where(StandingLevel.organisation_id == made.id)
    assert session.scalars(levels).all() == ["four_star"]
    assert actions(session)[-6:] == [
        "organisation.create",
        "organisation.create",
        "organisation.edit",
        "organisation.move",
        "organisation.level",
        "organisation.import",
    ]


def test_confirmation_is_refused_once_the_register_has_changed(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    page = uploaded(client, with_cell(exported(client), "LJ-SQ-001", {"members": 61}))
    branch(session, "LJ-SQ-001").secretary = "别人刚改"
    session.commit()
    answer = client.post(page.address, data=page.form)
    session.expire_all()
    assert (answer.status_code, branch(session, "LJ-SQ-001").members) == (409, 60)


def test_confirmation_of_a_file_with_a_wrong_row_changes_nothing(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    content = with_cell(exported(client), "LJ-SQ-001", {"members": 61})
    page = uploaded(client, with_cell(content, "LJ-SQ-002", {"members": -1}))
    assert page.form["version"] == ""
    answer = client.post(page.address, data={**page.form, "on": "2026-03-01", "reason": "x"})
    session.expire_all()
    assert (answer.status_code, branch(session, "LJ-SQ-001").members) == (409, 60)


@pytest.mark.parametrize(
    ("spoken", "lines"),
    [
        (
            "zh",
            [
                ("工作表“党组织”第{0}行", "C · 上级党组织编号"),
                ("工作表“党组织”第{1}行", "A · 编号"),
                ("工作表“党组织”第{2}行", "E · 党组织类型"),
            ],
        ),
        (
            "en",
            [
                ("sheet “党组织”, row {0}", "C · Number of the organisation above"),
                ("sheet “党组织”, row {1}", "A · Number"),
                ("sheet “党组织”, row {2}", "E · Kind"),
            ],
        ),
    ],
)
def test_problems_stand_in_the_order_of_the_rows_in_the_language_of_the_page(
    session: Session,
    sample: Organisation,
    browser_of: Browser,
    spoken: str,
    lines: list[tuple[str, str]],
) -> None:
    account = make_account(session, Role.ORGANISER, sample)
    account.language = spoken
    client = browser_of(account)
    content = exported(client)
    first = load_workbook(BytesIO(content))[SHEET].max_row + 1
    right: Cells = {"name": "新设党支部", "parent": "LJ-01", "kind": "党支部", "category": "国企"}
    content = with_row(content, {**right, "id": "LJ-SQ-900", "parent": "没有"})
    content = with_row(content, {**right, "id": "LJ-SQ-001"})
    content = with_row(content, {**right, "id": "LJ-SQ-902", "kind": "小组"})
    page = unescape(uploaded(client, content).text)
    cells = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td>", page)
    rows = [f"{first + number}" for number in range(3)]
    assert cells == [(where.format(*rows), column) for where, column in lines]
    assert ("工作表" in page) == (spoken == "zh")


def test_upload_of_another_account_is_not_found(
    session: Session, sample: Organisation, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, sample))
    page = uploaded(client, exported(client))
    other = browser_of(make_account(session, Role.ORGANISER, sample, "another"))
    assert other.get(page.address).status_code == 404
    assert client.get("/organisations/import/../../secret-key").status_code == 404


def test_file_that_is_no_workbook_is_refused_in_words(
    session: Session, browser_of: Browser
) -> None:
    client = browser_of(make_account(session, Role.ORGANISER, make_district(session).root))
    page = uploaded(client, b"not a workbook")
    assert "不是Excel工作簿" in page.text
    wrong = {"file": (BytesIO(b"x"), "register.pdf")}
    assert client.post("/organisations/import", data=wrong).status_code == 422


def test_two_committees_that_change_places_end_at_the_right_paths(
    session: Session, browser_of: Browser
) -> None:
    district = make_district(session)
    committee = enter(session, "C", district.east, Kind.COMMITTEE)
    general = enter(session, "G", committee, Kind.GENERAL_BRANCH)
    below = enter(session, "G1", general)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    content = with_cell(
        exported(client), "C", {"parent": "G", "parent_name": None, "kind": "党总支"}
    )
    content = with_cell(content, "G", {"parent": "W", "parent_name": None, "kind": "党委"})
    page = uploaded(client, content)
    assert client.post(page.address, data=page.form).status_code == 302
    found = paths(session)
    assert found["G"] == f"{district.west.path}{general.id}/"
    assert found["C"] == f"{found['G']}{committee.id}/"
    assert found["G1"] == f"{found['G']}{below.id}/"
