"""The work queue: the most urgent first, one's own committees alone, a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from counting import counted
from district import District, make_account, make_district, make_organisation, make_round
from flask.testing import FlaskClient
from reviewing import branches, participant_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.reviews.facts import reviewed_facts
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


def names(page: str) -> list[str]:
    """Return the organisations of a queue in their order."""
    return re.findall(r'<a href="/reviews/\d+">([^<]+)</a>', page)


def set_state(session: Session, who: Participant, state: ApplicationState) -> Application:
    """Put an application into a state."""
    query = select(Application).where(Application.participant_id == who.id)
    application = session.scalars(query).one()
    application.state = state
    session.commit()
    return application


def test_queue_holds_own_committee_alone_in_rows_counts_and_search(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> None:
    for branch in branches(district):
        submit(session, branch)
    browser = browser_of(reviewer)
    page = browser.get("/reviews").text
    assert names(page) == ["东一社区党支部", "东二社区党支部"]
    assert "西" not in page
    assert names(browser.get("/reviews?name=西").text) == []
    assert names(browser.get("/reviews?name=东二").text) == ["东二社区党支部"]
    assert names(browser.get("/reviews?name=%25").text) == []
    assert names(browser.get(f"/reviews?committee={district.west.id}").text) == [
        "东一社区党支部",
        "东二社区党支部",
    ]
    assert '<strong class="number">2</strong>' in page


def test_most_urgent_first(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> None:
    organisations = [
        make_organisation(session, f"E{number}", f"东{number}支部", district.east)
        for number in (3, 4, 5)
    ]
    made = participant_of(session, district.east_one).round
    from district import make_participant

    for each in organisations:
        session.add(make_participant(made, each))
    session.commit()
    finished = submit(session, district.east_one, waited=9)
    returned = submit(session, district.east_two, waited=8)
    replied = submit(session, organisations[0], waited=7)
    submit(session, organisations[1], waited=2)
    submit(session, organisations[2], waited=5)
    set_state(session, finished, ApplicationState.REVIEWED)
    set_state(session, returned, ApplicationState.RETURNED)
    application = set_state(session, replied, ApplicationState.REVIEWED)
    moment = application.changed_at
    session.add(Reply(application_id=application.id, indicator="brand", text="有", at=moment))
    session.commit()
    browser = browser_of(reviewer)
    page = browser.get("/reviews").text
    assert names(page) == [
        "东5支部",
        "东4支部",
        "东3支部",
        "东二社区党支部",
        "东一社区党支部",
    ]
    assert names(browser.get("/reviews?state=answer").text) == ["东3支部"]
    assert names(browser.get("/reviews?state=mending").text) == ["东二社区党支部"]
    assert names(browser.get("/reviews?category=soe").text) == names(page)


def test_submitted_again_is_marked(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> None:
    submit(session, district.east_one)
    submit(session, district.east_one)
    assert "第2次提交" in browser_of(reviewer).get("/reviews").text


def test_drafts_are_counted_and_not_listed(
    session: Session, browser_of: Browser, reviewer: Account, district: District
) -> None:
    who = submit(session, district.east_one)
    set_state(session, who, ApplicationState.DRAFT)
    page = browser_of(reviewer).get("/reviews").text
    assert names(page) == []
    assert '未提交 <span class="number">2</span>' in page


def test_queue_asks_as_often_for_three_rows_as_for_one(
    session: Session, browser_of: Browser, district: District
) -> None:
    overseer = make_account(session, Role.SUPERVISOR, district.root)
    browser = browser_of(overseer)
    submit(session, district.east_one)
    browser.get("/reviews")
    session.expire_all()
    with counted() as one:
        browser.get("/reviews")
    for branch in (district.east_two, district.west_one):
        submit(session, branch)
    session.expire_all()
    with counted() as three:
        assert len(names(browser.get("/reviews").text)) == 3
    assert len(three) == len(one)


def test_reviewed_facts_ask_as_often_for_four_as_for_one(
    session: Session, district: District
) -> None:
    everyone = [submit(session, branch) for branch in branches(district)]
    counts = []
    for participants in (everyone[:1], everyone):
        session.expire_all()
        found = session.scalars(
            select(Participant).where(Participant.id.in_([each.id for each in participants]))
        ).all()
        assert found[0].round.year == 2026
        with counted() as statements:
            assert len(reviewed_facts(session, found)) == len(participants)
        counts.append(len(statements))
    assert counts[0] == counts[1]
