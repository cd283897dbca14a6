"""The branch reads what the review changed, replies once to each change, and is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import case_of, decide_all, sheet_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.reviews.models import Reply
from evaluator.rounds.models import Participant

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
def officer(session: Session, district: District) -> Account:
    return make_account(session, Role.BRANCH_OFFICER, district.east_one)


@pytest.fixture
def application(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> Participant:
    """Return an application whose services were adjusted from 12 to 6, all else accepted."""
    who = submit(session, district.east_one)
    browser = browser_of(reviewer)
    case = case_of(session, reviewer, who)
    form = sheet_of(case, "services", {"services": ("6", "两次没有照片")})
    browser.post(f"/reviews/{who.id}/indicators/services", data=form)
    decide_all(session, browser, reviewer, who)
    return who


def finish(session: Session, browser: FlaskClient, account: Account, who: Participant) -> None:
    """Finish the review of an application."""
    sent = {"version": case_of(session, account, who).version}
    assert browser.post(f"/reviews/{who.id}/finish", data=sent).status_code == 302
    session.expire_all()


def test_changes_are_told_once_the_review_is_finished(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    officer: Account,
    application: Participant,
) -> None:
    url = f"/applications/{application.id}/review"
    branch = browser_of(officer)
    assert "两次没有照片" not in branch.get(url).text
    finish(session, browser_of(reviewer), reviewer, application)
    page = branch.get(url)
    assert "两次没有照片" in page.text
    assert "材料齐全" in page.text
    assert "党员大会" not in page.text


def test_branch_replies_once_to_a_changed_indicator(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    officer: Account,
    application: Participant,
) -> None:
    url = f"/applications/{application.id}/review"
    branch, sent = browser_of(officer), {"services-text": "照片已在附件二"}
    assert branch.post(f"{url}/services", data=sent).status_code == 409
    finish(session, browser_of(reviewer), reviewer, application)
    assert branch.post(f"{url}/services", data={"services-text": ""}).status_code == 422
    assert branch.post(f"{url}/services", data=sent).status_code == 302
    assert branch.post(f"{url}/services", data=sent).status_code == 409
    assert branch.post(f"{url}/brand", data={"brand-text": "为什么"}).status_code == 409
    assert session.scalars(select(Reply.text)).all() == ["照片已在附件二"]


def test_reply_stands_in_queue_and_page_until_it_is_answered(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    officer: Account,
    application: Participant,
) -> None:
    committee, url = browser_of(reviewer), f"/applications/{application.id}/review"
    finish(session, committee, reviewer, application)
    branch = browser_of(officer)
    branch.post(f"{url}/services", data={"services-text": "照片已在附件二"})
    session.expire_all()
    assert "1条答复" in committee.get("/reviews?state=answer").text
    page = committee.get(f"/reviews/{application.id}?indicator=services")
    assert "照片已在附件二" in page.text
    sent = {"version": 1, "text": "已核对，予以恢复"}
    reply = f"/reviews/{application.id}/replies/services"
    assert committee.post(reply, data=sent).status_code == 302
    session.expire_all()
    assert committee.post(reply, data=sent).status_code == 409
    assert "1条答复" not in committee.get("/reviews").text
    assert "已核对，予以恢复" in branch.get(url).text


def test_value_is_adjusted_after_a_reply_while_the_review_stays_finished(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    committee = browser_of(reviewer)
    finish(session, committee, reviewer, application)
    form = sheet_of(case_of(session, reviewer, application), "services", {"services": ("12", "")})
    url = f"/reviews/{application.id}/indicators/services"
    assert committee.post(url, data=form).status_code == 302
    session.expire_all()
    case = case_of(session, reviewer, application)
    assert (case.application.state.value, case.reviewed["services"]) == ("reviewed", "12")
