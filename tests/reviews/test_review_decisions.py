"""Decisions on indicators: accepted, or adjusted with a reason; each over what was read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import case_of, know, sheet_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Answer
from evaluator.audit.models import AuditLine
from evaluator.reviews.case import Standing
from evaluator.reviews.facts import reviewed_facts
from evaluator.reviews.models import FactReview, IndicatorReview
from evaluator.rounds.models import Participant
from rules.numbers import points_text

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    district = make_district(session)
    make_round(session, district)
    return district


@pytest.fixture
def reviewer(session: Session, district: District) -> Account:
    return make_account(session, Role.COMMITTEE_REVIEWER, district.east)


@pytest.fixture
def application(session: Session, district: District) -> Participant:
    return submit(session, district.east_one)


def points(session: Session, account: Account, who: Participant, unit: str) -> tuple[str, str]:
    """Return the points of an indicator before and after review."""
    case = case_of(session, account, who)
    indicator = case.units[unit].indicator
    assert indicator is not None
    found = [each.points(indicator) for each in (case.stated_marks, case.reviewed_marks)]
    return tuple("-" if each is None else points_text(each) for each in found)  # type: ignore[return-value]


def test_page_shows_facts_points_and_reasons(
    browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    page = browser_of(reviewer).get(f"/reviews/{application.id}?indicator=services")
    assert page.status_code == 200
    assert "志愿服务次数" in page.text
    assert "0–100" in page.text
    assert "活动照片" in page.text


def test_indicator_accepted_as_stated(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    case = case_of(session, reviewer, application)
    form = sheet_of(case, "services")
    answer = browser_of(reviewer).post(f"/reviews/{application.id}/indicators/services", data=form)
    assert answer.status_code == 302
    assert answer.location == f"/reviews/{application.id}?indicator=brand"
    session.expire_all()
    case = case_of(session, reviewer, application)
    assert case.standing(case.units["services"]) is Standing.ACCEPTED
    assert session.scalars(select(FactReview)).all() == []


def test_adjustment_changes_reviewed_points_and_never_the_stated_ones(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    case = case_of(session, reviewer, application)
    form = sheet_of(case, "services", {"services": ("6", "两次没有照片")})
    url = f"/reviews/{application.id}/indicators/services"
    assert browser_of(reviewer).post(url, data=form).status_code == 302
    session.expire_all()
    assert points(session, reviewer, application, "services") == ("20", "12")
    case = case_of(session, reviewer, application)
    assert case.standing(case.units["services"]) is Standing.ADJUSTED
    values = {each.fact: each.value for each in session.scalars(select(Answer))}
    assert values["services"] == "12"
    assert reviewed_facts(session, [application])[application.id]["services"] == "6"
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.reason) == ("review.decide", "两次没有照片")
    assert line.organisation_path == application.path


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        ("6", " ", "请写明理由"),
        ("101", "多报", "应在0至100之间"),
        ("6.5", "多报", "应填整数"),
        ("", "没有", "请填写正确的数值"),
    ],
)
def test_adjustment_is_refused_at_its_field_and_typing_kept(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    value: str,
    reason: str,
    words: str,
) -> None:
    case = case_of(session, reviewer, application)
    form = sheet_of(case, "services", {"services": (value, reason)})
    answer = browser_of(reviewer).post(f"/reviews/{application.id}/indicators/services", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{value}"' in answer.text
    session.expire_all()
    assert session.scalars(select(IndicatorReview)).all() == []


def test_value_of_the_committee_needs_a_reason_and_is_asked_for(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    browser, url = browser_of(reviewer), f"/reviews/{application.id}/indicators/attitude"
    case = case_of(session, reviewer, application)
    empty = browser.post(url, data=sheet_of(case, "attitude"))
    assert (empty.status_code, "只能由党（工）委认定" in empty.text) == (422, True)
    unsaid = browser.post(url, data=sheet_of(case, "attitude", {"attitude": ("15", "")}))
    assert (unsaid.status_code, "请写明理由" in unsaid.text) == (422, True)
    given = browser.post(url, data=sheet_of(case, "attitude", {"attitude": ("15", "齐全")}))
    assert given.status_code == 302
    session.expire_all()
    assert points(session, reviewer, application, "attitude") == ("-", "15")
    values = reviewed_facts(session, [application])[application.id]
    assert values["attitude"] == {"value": "15", "reason": "齐全"}


def test_value_of_others_cannot_be_changed(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    know(session, district.east_one, "satisfied", "90%", "appraisal")
    case = case_of(session, reviewer, application)
    assert case.standing(case.units["satisfied"]) is Standing.ELSEWHERE
    forged = {"submission": 1, "version": 0, "fact_0-value": "100%", "fact_0-reason": "好"}
    browser_of(reviewer).post(f"/reviews/{application.id}/indicators/satisfied", data=forged)
    session.expire_all()
    assert reviewed_facts(session, [application])[application.id]["satisfied"] == "90%"


def test_second_reviewer_is_told_and_loses_nothing_typed(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    second = make_account(session, Role.COMMITTEE_REVIEWER, district.east, "second")
    url = f"/reviews/{application.id}/indicators/services"
    case = case_of(session, reviewer, application)
    first_form = sheet_of(case, "services", {"services": ("6", "甲认定")})
    second_form = sheet_of(case, "services", {"services": ("9", "乙认定")})
    assert browser_of(reviewer).post(url, data=first_form).status_code == 302
    late = browser_of(second).post(url, data=second_form)
    assert late.status_code == 409
    assert f"{reviewer.name}已" in late.text
    assert 'value="9"' in late.text
    assert "乙认定" in late.text
    assert "甲认定" in late.text
    session.expire_all()
    assert session.scalars(select(FactReview.value)).all() == ["6"]


def test_two_reviewers_work_on_different_indicators(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    second = make_account(session, Role.COMMITTEE_REVIEWER, district.east, "second")
    case = case_of(session, reviewer, application)
    one, other = sheet_of(case, "services"), sheet_of(case, "brand")
    base = f"/reviews/{application.id}/indicators"
    assert browser_of(reviewer).post(f"{base}/services", data=one).status_code == 302
    assert browser_of(second).post(f"{base}/brand", data=other).status_code == 302


def test_adjustment_taken_back_lets_the_stated_value_stand(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    browser, url = browser_of(reviewer), f"/reviews/{application.id}/indicators/services"
    for typed in (("6", "少两次"), ("12", "")):
        case = case_of(session, reviewer, application)
        form = sheet_of(case, "services", {"services": typed})
        assert browser.post(url, data=form).status_code == 302
        session.expire_all()
    assert reviewed_facts(session, [application])[application.id]["services"] == "12"
    case = case_of(session, reviewer, application)
    assert case.standing(case.units["services"]) is Standing.ACCEPTED


def test_rest_of_a_dimension_is_accepted_but_for_what_the_committee_must_give(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    answer = browser_of(reviewer).post(
        f"/reviews/{application.id}/dimensions/service", data={"version": 0}
    )
    assert answer.status_code == 302
    session.expire_all()
    case = case_of(session, reviewer, application)
    found = {name: case.standing(unit).value for name, unit in case.units.items()}
    assert found == {
        "meetings": "to_do",
        "services": "accepted",
        "brand": "accepted",
        "attitude": "to_do",
        "satisfied": "elsewhere",
    }


def test_record_that_changes_after_submission_changes_no_stated_value(
    session: Session, reviewer: Account, application: Participant, district: District
) -> None:
    know(session, district.east_one, "meetings", "1", "record: members_meetings")
    assert reviewed_facts(session, [application])[application.id]["meetings"] == "4"


def test_what_others_give_later_counts_on_both_sides_and_is_said(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    submission = case_of(session, reviewer, application).application.submissions[-1]
    content = {**json.loads(submission.content), "self_total": "70"}
    submission.content = json.dumps(content)
    session.commit()
    page = browser_of(reviewer).get(f"/reviews/{application.id}").text
    assert "提交时为" not in page
    know(session, district.east_one, "satisfied", "90%", "appraisal")
    page = browser_of(reviewer).get(f"/reviews/{application.id}").text
    assert "提交时为70分" in page
    assert page.count('<td class="number">79.00</td>') == 2
