"""Ending a look at an application: returned with a list, finished once everything is decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import FACTS, case_of, decide_all, sheet_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.outbox.models import Letter, LetterState
from evaluator.reviews.case import Standing
from evaluator.reviews.models import Return
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
def application(session: Session, district: District) -> Participant:
    return submit(session, district.east_one)


def state(session: Session, who: Participant) -> str:
    """Return the state of an application."""
    session.expire_all()
    query = select(Application).where(Application.participant_id == who.id)
    return session.scalars(query).one().state.value


def mend(
    session: Session, browser: FlaskClient, account: Account, who: Participant, note: str
) -> int:
    """Mark the photos as to be mended, and return the status of the answer."""
    form = sheet_of(case_of(session, account, who), "services", act="mend", note=note)
    status = browser.post(f"/reviews/{who.id}/indicators/services", data=form).status_code
    session.expire_all()
    return status


def version(session: Session, account: Account, who: Participant) -> int:
    """Return the version of a review."""
    return case_of(session, account, who).version


def test_mark_to_mend_needs_words(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    assert mend(session, browser_of(reviewer), reviewer, application, " ") == 422


def test_return_lists_what_is_to_be_mended(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    browser = browser_of(reviewer)
    assert mend(session, browser, reviewer, application, "照片看不清") == 302
    sent = {"version": version(session, reviewer, application), "message": "请三日内补正"}
    answer = browser.post(f"/reviews/{application.id}/return", data=sent)
    assert (answer.status_code, answer.location) == (302, "/reviews")
    assert state(session, application) == "returned"
    found = session.scalars(select(Return)).one()
    assert (found.number, found.message) == (1, "请三日内补正")
    assert found.items == [{"indicator": "services", "note": "照片看不清"}]
    actions = session.scalars(select(AuditLine.action).order_by(AuditLine.number)).all()
    assert actions[-2:] == ["review.return", "application.return"]


def test_return_is_told_to_the_officers_of_that_branch_alone(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    district: District,
    application: Participant,
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    make_account(session, Role.BRANCH_OFFICER, district.east_two)
    browser = browser_of(reviewer)
    mend(session, browser, reviewer, application, "少9月的")
    sent = {"version": version(session, reviewer, application), "message": "三日内"}
    browser.post(f"/reviews/{application.id}/return", data=sent)
    letters = session.scalars(select(Letter)).all()
    assert [(each.account_id, each.state) for each in letters] == [(officer.id, LetterState.SENT)]
    assert letters[0].link == f"/applications/{application.id}/review"
    assert letters[0].text.endswith("三日内")


def test_return_without_anything_to_mend_is_refused(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    answer = browser_of(reviewer).post(f"/reviews/{application.id}/return", data={"version": 0})
    assert answer.status_code == 409
    assert state(session, application) == "submitted"


def test_review_goes_on_after_the_branch_submitted_again(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    browser = browser_of(reviewer)
    decide_all(session, browser, reviewer, application)
    mend(session, browser, reviewer, application, "照片看不清")
    sent = {"version": version(session, reviewer, application)}
    browser.post(f"/reviews/{application.id}/return", data=sent)
    session.expire_all()
    submit(session, district.east_one, {**FACTS, "brand": "false"})
    session.expire_all()
    case = case_of(session, reviewer, application)
    found = {name: case.standing(unit).value for name, unit in case.units.items()}
    assert found == {
        "meetings": "accepted",
        "services": "to_do",
        "brand": "to_do",
        "attitude": "adjusted",
        "satisfied": "elsewhere",
    }
    assert case.again(case.units["brand"])
    page = browser.get(f"/reviews/{application.id}?indicator=services")
    assert "照片看不清" in page.text


def test_adjustment_holds_no_more_when_the_branch_states_something_else(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    browser = browser_of(reviewer)
    form = sheet_of(
        case_of(session, reviewer, application), "services", {"services": ("6", "少两次")}
    )
    browser.post(f"/reviews/{application.id}/indicators/services", data=form)
    session.expire_all()
    submit(session, district.east_one, {**FACTS, "services": "8"})
    session.expire_all()
    case = case_of(session, reviewer, application)
    assert case.reviewed["services"] == "8"
    assert case.standing(case.units["services"]) is Standing.TO_DO


def test_form_over_an_older_submission_is_refused_with_its_typing(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    form = sheet_of(case_of(session, reviewer, application), "brand", {"brand": ("false", "无")})
    submit(session, district.east_one, FACTS)
    session.expire_all()
    answer = browser_of(reviewer).post(f"/reviews/{application.id}/indicators/brand", data=form)
    assert answer.status_code == 409
    assert "支部已重新提交" in answer.text


def test_finish_is_refused_while_something_is_open(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    answer = browser_of(reviewer).post(f"/reviews/{application.id}/finish", data={"version": 0})
    assert answer.status_code == 409
    assert "4项指标" in answer.text
    assert state(session, application) == "submitted"


def test_finish_once_everything_is_decided(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    browser = browser_of(reviewer)
    decide_all(session, browser, reviewer, application)
    sent = {"version": version(session, reviewer, application)}
    assert browser.post(f"/reviews/{application.id}/finish", data=sent).status_code == 302
    assert state(session, application) == "reviewed"
    again = browser.post(f"/reviews/{application.id}/finish", data=sent)
    assert again.status_code == 409


def test_finish_over_what_a_colleague_changed_is_refused(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    browser = browser_of(reviewer)
    decide_all(session, browser, reviewer, application)
    old = version(session, reviewer, application)
    form = sheet_of(case_of(session, reviewer, application), "services", {"services": ("1", "少")})
    browser.post(f"/reviews/{application.id}/indicators/services", data=form)
    answer = browser.post(f"/reviews/{application.id}/finish", data={"version": old})
    assert answer.status_code == 409
    assert state(session, application) == "submitted"


def test_finished_review_is_taken_up_again_with_a_reason(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    browser = browser_of(reviewer)
    decide_all(session, browser, reviewer, application)
    sent = {"version": version(session, reviewer, application)}
    browser.post(f"/reviews/{application.id}/finish", data=sent)
    session.expire_all()
    sent = {"version": version(session, reviewer, application), "reason": "答复有理"}
    assert browser.post(f"/reviews/{application.id}/reopen", data=sent).status_code == 302
    assert state(session, application) == ApplicationState.SUBMITTED.value
