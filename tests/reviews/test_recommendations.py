"""The list that a committee recommends: ordered, within its places, kept apart by its version."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from district import (
    RULES,
    District,
    make_account,
    make_district,
    make_organisation,
    make_participant,
    make_round,
    make_rule_set,
)
from flask.testing import FlaskClient
from reviewing import acting, participant_of, submit
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Permission, Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.reviews.boards import Board, find_board
from evaluator.reviews.models import Recommendation, RecommendationList
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]
QUOTA = """\
quotas:
  - id: four_stars
    level: four_star
    kind: at_most
    counts: and_above
    direct_awards: counted
    share: 40%
    of: all
    among: committee
    rounding: down
    ties: exclude
"""


@pytest.fixture
def district(session: Session) -> District:
    """Return a district whose east has three reviewed branches: 70, 80 and 90 points."""
    district = make_district(session)
    made = make_round(session, district)
    three = make_organisation(session, "E3", "东三社区党支部", district.east)
    session.add(make_participant(made, three))
    session.commit()
    facts = {"meetings": "4", "brand": "true", "satisfied": "100%"}
    for branch, attitude in (
        (district.east_one, "0"),
        (district.east_two, "10"),
        (three, "20"),
        (district.west_one, "20"),
    ):
        judged = {"attitude": {"value": attitude, "reason": "看过"}}
        who = submit(session, branch, {**facts, "services": "5", **judged})
        query = select(Application).where(Application.participant_id == who.id)
        session.scalars(query).one().state = ApplicationState.REVIEWED
    session.commit()
    return district


@pytest.fixture
def reviewer(session: Session, district: District) -> Account:
    return make_account(session, Role.COMMITTEE_REVIEWER, district.east)


@pytest.fixture
def url(district: District) -> str:
    return f"/reviews/recommendations/{district.east.id}/community"


def with_quota(session: Session) -> None:
    """Let the round rate by a rule set that limits committees."""
    made = session.scalars(select(Round)).one()
    made.rule_sets[0].stored = make_rule_set(session, RULES + QUOTA)
    session.commit()


def board_of(session: Session, account: Account, district: District) -> Board:
    """Return the list of the eastern committee."""
    made = session.scalars(select(Round)).one()
    choice = (district.east.id, "community")
    return find_board(session, acting(account), Permission.SEE_REVIEWS, made, choice)


def rows(version: int, *entries: tuple[int, int, str, str]) -> dict[str, Any]:
    """Return the form of a list: participant, place, level and note of each row."""
    data: dict[str, Any] = {"version": version}
    for number, entry in enumerate(entries):
        for name, value in zip(("participant", "position", "level", "note"), entry, strict=True):
            data[f"rows-{number}-{name}"] = value
    return data


def listed(session: Session) -> list[tuple[int, str, str]]:
    """Return the list as it is kept: name's end, level, note."""
    session.expire_all()
    query = select(Recommendation).order_by(Recommendation.position)
    return [(each.position, each.participant.code, each.level) for each in session.scalars(query)]


def numbers(session: Session, district: District) -> dict[str, int]:
    """Return the numbers of the participants by code."""
    return {each.code: each.id for each in session.scalars(select(Participant))}


def test_candidates_are_those_of_the_committee_by_name(
    browser_of: Browser, reviewer: Account, district: District
) -> None:
    page = browser_of(reviewer).get("/reviews/recommendations").text
    places = [page.index(name) for name in ("东一社区", "东二社区", "东三社区")]
    assert places == sorted(places)
    assert "70" in page
    assert "西" not in page


def test_list_grows_and_is_moved_by_buttons(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    browser, who = browser_of(reviewer), numbers(session, district)
    added = browser.post(url, data={"version": 0, "act": f"add-{who['E3']}"})
    assert added.status_code == 302
    first = (who["E3"], 1, "five_star", "")
    second = (who["E2"], 2, "four_star", "")
    browser.post(url, data={**rows(1, first), "act": f"add-{who['E2']}"})
    assert listed(session) == [(1, "E3", "five_star"), (2, "E2", "four_star")]
    moved = {**rows(2, first, (*second[:3], "答辩更好")), "act": f"up-{who['E2']}"}
    assert browser.post(url, data=moved).status_code == 302
    assert listed(session) == [(1, "E2", "four_star"), (2, "E3", "five_star")]
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.reason) == ("recommendation.order", "答辩更好")
    assert [(each["name"], each["level"]) for each in json.loads(line.after)["entries"]] == [
        ("东二社区党支部", "four_star"),
        ("东三社区党支部", "five_star"),
    ]
    gone = {**rows(3, (*second[:1], 1, "four_star", "x"), (*first[:1], 2, "five_star", ""))}
    browser.post(url, data={**gone, "act": f"remove-{who['E2']}"})
    assert listed(session) == [(1, "E3", "five_star")]


def test_list_is_ordered_by_typed_places(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    who = numbers(session, district)
    sent = rows(
        0,
        (who["E1"], 3, "three_star", ""),
        (who["E2"], 2, "four_star", ""),
        (who["E3"], 1, "five_star", ""),
    )
    assert browser_of(reviewer).post(url, data=sent).status_code == 302
    assert [code for _, code, _ in listed(session)] == ["E3", "E2", "E1"]


def test_departure_from_points_wants_a_note_and_keeps_what_was_typed(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    who, browser = numbers(session, district), browser_of(reviewer)
    one, two = (who["E1"], 1, "four_star", ""), (who["E2"], 2, "four_star", "并列")
    answer = browser.post(url, data=rows(0, one, two))
    assert answer.status_code == 422
    assert "推荐星级高于得分对应的星级。请写明理由。" in answer.text
    assert "并列" in answer.text
    assert listed(session) == []
    noted = rows(0, (*one[:3], "整改见效"), two)
    assert browser.post(url, data=noted).status_code == 302


def test_more_than_the_committee_has_places_is_refused(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    with_quota(session)
    who, browser = numbers(session, district), browser_of(reviewer)
    three, two = (who["E3"], 1, "five_star", ""), (who["E2"], 2, "four_star", "")
    answer = browser.post(url, data=rows(0, three, two))
    assert answer.status_code == 422
    assert "推荐了2个，名额只有1个" in answer.text
    assert browser.post(url, data=rows(0, three)).status_code == 302
    assert "已用1个，共1个名额" in browser.get("/reviews/recommendations").text


def test_second_reviewer_cannot_reorder_silently(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    who = numbers(session, district)
    second = make_account(session, Role.COMMITTEE_REVIEWER, district.east, "second")
    three, two = (who["E3"], 1, "five_star", ""), (who["E2"], 1, "four_star", "乙的意见")
    assert browser_of(reviewer).post(url, data=rows(0, three)).status_code == 302
    session.expire_all()
    late = browser_of(second).post(url, data=rows(0, two))
    assert late.status_code == 409
    assert f"{reviewer.name}已" in late.text
    assert "乙的意见" in late.text
    assert late.text.count("东三社区党支部的位次") == 1
    assert [code for _, code, _ in listed(session)] == ["E3"]


def test_organisation_of_another_committee_cannot_be_listed(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    who, browser = numbers(session, district), browser_of(reviewer)
    foreign = rows(0, (who["W1"], 1, "five_star", "好"))
    assert browser.post(url, data=foreign).status_code == 404
    assert browser.post(url, data={"version": 0, "act": f"add-{who['W1']}"}).status_code == 404
    assert listed(session) == []
    west = f"/reviews/recommendations/{district.west.id}/community"
    assert browser.post(west, data={"version": 0}).status_code == 404
    asked = browser.get(f"/reviews/recommendations?list={district.west.id}:community")
    assert asked.status_code == 404


def test_reviewer_below_the_committee_sees_no_list_of_it(
    session: Session, browser_of: Browser, district: District
) -> None:
    account = make_account(session, Role.COMMITTEE_REVIEWER, district.east_one)
    page = browser_of(account).get("/reviews/recommendations").text
    assert "东二" not in page


def test_whoever_answers_for_a_candidate_orders_nothing(
    session: Session, browser_of: Browser, reviewer: Account, district: District, url: str
) -> None:
    reviewer.grants.append(
        RoleGrant(role=Role.BRANCH_OFFICER.value, organisation=district.east_one)
    )
    session.commit()
    act = f"add-{participant_of(session, district.east_two).id}"
    answer = browser_of(reviewer).post(url, data={"version": 0, "act": act})
    assert (answer.status_code, "须由其他审核员排序" in answer.text) == (409, True)
    assert session.scalars(select(RecommendationList)).all() == []


def test_overseer_reads_the_list_and_cannot_order_it(
    session: Session, browser_of: Browser, district: District, url: str
) -> None:
    browser = browser_of(make_account(session, Role.ORGANISER, district.root))
    page = browser.get("/reviews/recommendations").text
    assert "保存排序" not in page
    assert board_of(session, make_account(session, Role.SUPERVISOR, district.root), district)
    assert browser.post(url, data={"version": 0}).status_code == 404
