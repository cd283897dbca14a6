"""The letter about a finished review: what was changed and why, and where to reply."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import case_of, sheet_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.outbox.models import Letter, LetterState
from evaluator.rounds.models import Participant

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def district(session: Session) -> District:
    made = make_district(session)
    make_round(session, made)
    return made


@pytest.fixture
def reviewer(session: Session, district: District) -> Account:
    return make_account(session, Role.COMMITTEE_REVIEWER, district.east)


@pytest.fixture
def officer(session: Session, district: District) -> Account:
    make_account(session, Role.BRANCH_OFFICER, district.east_two)
    return make_account(session, Role.BRANCH_OFFICER, district.east_one)


@pytest.fixture
def application(session: Session, district: District) -> Participant:
    return submit(session, district.east_one)


def decide(
    session: Session, browser: FlaskClient, reviewer: Account, who: Participant, services: str
) -> None:
    """Decide everything; the services are set to a number, where they change for a reason."""
    values = {
        "services": {"services": (services, "" if services == "12" else "照片仅8次")},
        "attitude": {"attitude": ("15", "材料齐全")},
    }
    for unit in list(case_of(session, reviewer, who).units):
        session.expire_all()
        data = sheet_of(case_of(session, reviewer, who), unit, values.get(unit))
        assert browser.post(f"/reviews/{who.id}/indicators/{unit}", data=data).status_code == 302
    session.expire_all()


def finish(session: Session, browser: FlaskClient, reviewer: Account, who: Participant) -> None:
    version = case_of(session, reviewer, who).version
    answer = browser.post(f"/reviews/{who.id}/finish", data={"version": version})
    assert answer.status_code == 302
    session.expire_all()


def letters(session: Session) -> list[Letter]:
    query = select(Letter).where(Letter.about == "review.finish").order_by(Letter.id)
    return list(session.scalars(query))


def test_branch_alone_is_told_what_was_changed_and_where_to_reply(
    session: Session, browser_of: Browser, reviewer: Account, officer: Account,
    application: Participant,
) -> None:  # fmt: skip
    browser = browser_of(reviewer)
    decide(session, browser, reviewer, application, "8")
    finish(session, browser, reviewer, application)
    (letter,) = letters(session)
    assert (letter.account_id, letter.state) == (officer.id, LetterState.HELD)
    assert letter.title == "东一社区党支部：初审已办结"
    assert letter.link == f"/applications/{application.id}/review"
    assert "志愿服务：20.00分 → 16.00分" in letter.text
    assert "12次 → 8次" in letter.text
    assert "理由：照片仅8次" in letter.text
    assert "前在初审结果页逐项反馈" in letter.text
    assert "党员大会" not in letter.text


def test_english_reader_gets_it_in_english(
    session: Session, browser_of: Browser, reviewer: Account, officer: Account,
    application: Participant,
) -> None:  # fmt: skip
    officer.language = "en"
    session.commit()
    browser = browser_of(reviewer)
    decide(session, browser, reviewer, application, "8")
    finish(session, browser, reviewer, application)
    (letter,) = letters(session)
    assert letter.title == "The committee review of 东一社区党支部 is finished"
    assert "Volunteer" in letter.text or "Service" in letter.text
    assert "reply to each change on the page of the result until" in letter.text


def test_review_taken_up_again_takes_the_held_letter_back(
    session: Session, browser_of: Browser, reviewer: Account, officer: Account,
    application: Participant,
) -> None:  # fmt: skip
    browser = browser_of(reviewer)
    decide(session, browser, reviewer, application, "8")
    finish(session, browser, reviewer, application)
    version = case_of(session, reviewer, application).version
    sent = {"version": version, "reason": "支部反馈"}
    assert browser.post(f"/reviews/{application.id}/reopen", data=sent).status_code == 302
    session.expire_all()
    assert [(each.state, each.error) for each in letters(session)] == [
        (LetterState.WITHDRAWN, "初审已重新办理。")
    ]
    finish(session, browser, reviewer, application)
    assert [each.state for each in letters(session)] == [LetterState.WITHDRAWN, LetterState.HELD]
