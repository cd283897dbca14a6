"""A value that others are to give is awaited; no page of the review lays its absence to the branch.

Only what is asked of a branch can be missing through it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import know, submit
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from rules.describe.sources import awaited_words
from rules.syntax import Source

OMITTED = "未填报"


@pytest.fixture
def district(session: Session) -> District:
    district = make_district(session)
    make_round(session, district)
    return district


@pytest.fixture
def committee(
    session: Session, browser_of: Callable[[Account], FlaskClient], district: District
) -> FlaskClient:
    return browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("satisfied", "待民主测评结果"),
        ("attitude", "待直属党（工）委初审认定"),
        ("meetings", "台账暂无记录"),
    ],
)
def test_what_others_give_is_awaited(
    session: Session, committee: FlaskClient, district: District, indicator: str, words: str
) -> None:
    who = submit(session, district.east_one, {"services": "12"})
    page = committee.get(f"/reviews/{who.id}?indicator={indicator}").text
    assert words in page
    assert OMITTED not in page


def test_what_the_branch_left_out_is_said_of_it(
    session: Session, committee: FlaskClient, district: District
) -> None:
    who = submit(session, district.east_one, {"services": "12"})
    assert OMITTED in committee.get(f"/reviews/{who.id}?indicator=brand").text


def test_what_came_is_shown_instead(
    session: Session, committee: FlaskClient, district: District
) -> None:
    who = submit(session, district.east_one)
    know(session, district.east_one, "satisfied", "0.95", "appraisal")
    page = committee.get(f"/reviews/{who.id}?indicator=satisfied").text
    assert "95%" in page
    assert "待民主测评结果" not in page


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        (Source("asked"), OMITTED, "not given"),
        (Source("office", "组织部"), "待组织部提供", "to come: given by an office"),
        (Source("panel"), "待答辩评委评分", "to come: rated by the panel"),
        (Source("organisation", "members"), "组织基本信息暂缺",
         "not in the register of organisations yet"),
    ],
)  # fmt: skip
def test_words_name_whoever_is_to_give_it(source: Source, zh: str, en: str) -> None:
    assert (awaited_words(source, "zh"), awaited_words(source, "en")) == (zh, en)
