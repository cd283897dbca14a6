"""Who may see and decide: one's own committee, in its time, never one's own work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from reviewing import case_of, participant_of, sheet_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, EvidenceLink
from evaluator.organisations.models import Organisation
from evaluator.reviews.models import IndicatorReview
from evaluator.rounds.models import Participant, RoundStep

Browser = Callable[[Account], FlaskClient]
DATA = {"submission": 1, "version": 0, "act": "accept", "text": "话", "reason": "由"}


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


def posts(who: Participant) -> list[str]:
    """Return every address that decides something of an application."""
    base = f"/reviews/{who.id}"
    return [
        f"{base}/indicators/services",
        f"{base}/dimensions/service",
        f"{base}/return",
        f"{base}/finish",
        f"{base}/reopen",
        f"{base}/replies/services",
        f"/applications/{who.id}/review/services",
    ]


def upload(session: Session, branch: Organisation, digest: str) -> EvidenceFile:
    """Add a file that proves the services of a branch."""
    file = EvidenceFile(
        participant_id=participant_of(session, branch).id,
        name="活动照片.jpg",
        media_type="image/jpeg",
        size=3,
        sha256=digest,
        source_sha256=digest,
        storage_key=f"evidence/{branch.code}",
        evidence_date=date(2026, 5, 1),
        uploaded_at=now(),
        taken_out=[],
    )
    file.links.append(EvidenceLink(indicator="services"))
    session.add(file)
    session.commit()
    return file


def test_application_of_another_committee_is_not_there(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> None:
    elsewhere = submit(session, district.west_one)
    browser = browser_of(reviewer)
    there = browser.get(f"/reviews/{elsewhere.id}")
    nowhere = browser.get("/reviews/999999")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert [browser.post(url, data=DATA).status_code for url in posts(elsewhere)] == [404] * 7
    assert browser.get(f"/applications/{elsewhere.id}/review").status_code == 404


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ORGANISER])
def test_whoever_oversees_reads_and_decides_nothing(
    session: Session,
    browser_of: Browser,
    application: Participant,
    district: District,
    role: Role,
) -> None:
    browser = browser_of(make_account(session, role, district.root))
    page = browser.get(f"/reviews/{application.id}")
    assert (page.status_code, "按以上数值审定" in page.text) == (200, False)
    assert [browser.post(url, data=DATA).status_code for url in posts(application)] == [404] * 7


def test_officer_of_another_branch_reads_no_outcome(
    session: Session, browser_of: Browser, application: Participant, district: District
) -> None:
    browser = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_two))
    assert browser.get(f"/applications/{application.id}/review").status_code == 404
    assert browser.get(f"/reviews/{application.id}").status_code == 404
    assert browser.get("/reviews").status_code == 404


def test_own_branch_is_left_to_a_colleague(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    reviewer.grants.append(
        RoleGrant(role=Role.BRANCH_OFFICER.value, organisation=district.east_one)
    )
    session.commit()
    browser = browser_of(reviewer)
    assert "您所在支部" in browser.get("/reviews").text
    page = browser.get(f"/reviews/{application.id}")
    assert (page.status_code, "按以上数值审定" in page.text) == (200, False)
    form = sheet_of(case_of(session, reviewer, application), "services")
    answer = browser.post(f"/reviews/{application.id}/indicators/services", data=form)
    assert (answer.status_code, "须由其他审核员审核" in answer.text) == (409, True)
    assert session.scalars(select(IndicatorReview)).all() == []


def test_whoever_submitted_it_may_not_review_it(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> None:
    who = submit(session, district.east_two, by=reviewer)
    form = sheet_of(case_of(session, reviewer, who), "services")
    answer = browser_of(reviewer).post(f"/reviews/{who.id}/indicators/services", data=form)
    assert answer.status_code == 409


def test_nothing_is_decided_outside_of_the_step(
    session: Session, browser_of: Browser, reviewer: Account, application: Participant
) -> None:
    query = select(RoundStep).where(RoundStep.step == "committee_review")
    step = session.scalars(query).one()
    step.opens_at, step.closes_at = now() - timedelta(days=2), now() - timedelta(days=1)
    session.commit()
    form = sheet_of(case_of(session, reviewer, application), "services")
    answer = browser_of(reviewer).post(f"/reviews/{application.id}/indicators/services", data=form)
    assert (answer.status_code, "不在初审时间内" in answer.text) == (409, True)


def test_evidence_stands_beside_its_indicator(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    file = upload(session, district.east_one, "a" * 64)
    page = browser_of(reviewer).get(f"/reviews/{application.id}?indicator=services").text
    assert f'<img class="proof" src="/files/{file.id}/' in page
    assert "材料日期" in page
    other = browser_of(reviewer).get(f"/reviews/{application.id}?indicator=brand").text
    assert "活动照片.jpg" not in other


def test_same_file_elsewhere_is_told_without_the_name_of_another_committee(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    for branch in (district.east_one, district.east_two, district.west_one):
        upload(session, branch, "b" * 64)
    page = browser_of(reviewer).get(f"/reviews/{application.id}?indicator=services").text
    assert "东二社区党支部以及其他党（工）委的1个组织也上传过相同的文件" in page
    assert "西一社区党支部" not in page


def test_file_added_after_a_decision_asks_for_another_look(
    session: Session,
    browser_of: Browser,
    reviewer: Account,
    application: Participant,
    district: District,
) -> None:
    form = sheet_of(case_of(session, reviewer, application), "services")
    browser_of(reviewer).post(f"/reviews/{application.id}/indicators/services", data=form)
    session.expire_all()
    upload(session, district.east_one, "c" * 64)
    case = case_of(session, reviewer, application)
    assert case.again(case.units["services"])
