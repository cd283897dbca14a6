"""Pictures of levels: every number, who sees which, and what is not told stays undecided."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import District, make_account
from flask.testing import FlaskClient
from reported import acting, decide, make_reported_round, participant_of, review
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.rounds.models import Participant, Round
from evaluator.score_reports.held import NOT_YET, Held, held_levels

Browser = Callable[[Account], FlaskClient]
COMMUNITY = "街道社区"


@pytest.fixture
def rated(session: Session, district: District, made: Round) -> Round:
    """Return a round: five stars decided on notice, four stars reviewed, one in review."""
    best = review(session, made, district.east_one)
    review(session, made, district.west_one, services="5")
    review(session, made, district.west_two, ApplicationState.SUBMITTED)
    levels = {"east_one": "three_star", "west_one": "five_star", "west_two": "three_star"}
    for name, level in levels.items():
        branch = getattr(district, name)
        session.execute(
            update(Participant)
            .where(Participant.organisation_id == branch.id)
            .values(previous_level=level)
        )
    session.commit()
    decide(session, best)
    return made


def rows(text: str, name: str) -> list[list[str]]:
    """Return the table below a picture."""
    part = text.split(f'id="picture-{name}"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [re.findall(r"<t[hd][^>]*>([^<]*)<", each) for each in part.split("</tr>")[:-1]]


def test_levels_by_category_and_committee(organiser: FlaskClient, rated: Round) -> None:
    text = organiser.get("/score-reports/pictures").text
    head = text.split('id="picture-categories"')[1].split("</thead>")[0]
    assert re.findall(r'scope="col"[^>]*>([^<]+)<', head) == [
        "五星级", "四星级", "三星级", "无星级", "尚未评定", "合计",
    ]  # fmt: skip
    assert rows(text, "categories") == [[COMMUNITY, "1", "1", "·", "·", "2", "4"]]
    assert rows(text, "committees") == [
        ["东片党工委", "1", "·", "·", "·", "1", "2"],
        ["西片党工委", "·", "1", "·", "·", "1", "2"],
    ]
    assert "已完成初审2个，其中已审定星级1个" in text


def test_movement_since_last_year(organiser: FlaskClient, rated: Round) -> None:
    text = organiser.get("/score-reports/pictures").text
    assert rows(text, "movement") == [
        ["五星级", "·", "1", "·"],
        ["四星级", "·", "·", "·"],
        ["三星级", "1", "·", "·"],
    ]
    assert "尚未评定的2个党组织未列入" in text


def test_aims_count_all_organisations(organiser: FlaskClient, rated: Round) -> None:
    text = organiser.get("/score-reports/pictures").text
    assert rows(text, "aims") == [
        [f"{COMMUNITY}：三星级及以上", "2027年达到80%", "50%", "75%"],
        [f"✓ {COMMUNITY}：五星级及以上", "2028年达到25%", "25%", "25%"],
    ]


def test_reviewer_sees_the_own_committee_alone(
    session: Session, district: District, browser_of: Browser, rated: Round
) -> None:
    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.west))
    text = reviewer.get("/score-reports/pictures").text
    assert rows(text, "committees") == [["西片党工委", "·", "1", "·", "·", "1", "2"]]
    assert "东片党工委" not in text


def test_branches_see_no_pictures(officer: FlaskClient, rated: Round) -> None:
    assert officer.get("/score-reports/pictures").status_code == 404
    assert officer.get("/score-reports/pictures/categories.pdf").status_code == 404


def test_decision_that_is_not_told_counts_as_undecided(
    session: Session, district: District, made: Round
) -> None:
    participant = review(session, made, district.east_one)
    decide(session, participant, "three_star", ApplicationState.DECIDED)
    seen = {
        role: held_levels(session, acting(role, district.east.path), made)
        for role in (Role.ORGANISER, Role.COMMITTEE_REVIEWER)
    }
    other = Held("community", "东片党工委", "", NOT_YET, False)
    assert seen == {
        Role.ORGANISER: [Held("community", "东片党工委", "", "three_star", True), other],
        Role.COMMITTEE_REVIEWER: [Held("community", "东片党工委", "", "five_star", False), other],
    }


@pytest.mark.parametrize("name", ["categories", "committees", "movement", "aims"])
def test_each_picture_is_sent_as_pdf(organiser: FlaskClient, rated: Round, name: str) -> None:
    answer = organiser.get(f"/score-reports/pictures/{name}.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert organiser.get("/score-reports/pictures/other.pdf").status_code == 404


def test_round_without_reviews_shows_aims_alone(
    session: Session, district: District, made: Round, organiser: FlaskClient
) -> None:
    text = organiser.get("/score-reports/pictures").text
    assert re.findall(r'id="picture-(\w+)"', text) == ["aims"]
    assert participant_of(session, made, district.east_one).previous_level == ""


def test_without_a_round_nothing_is_shown(
    session: Session, district: District, browser_of: Browser
) -> None:
    supervisor = browser_of(make_account(session, Role.SUPERVISOR, district.root))
    for path in ("", "/pictures"):
        assert supervisor.get(f"/score-reports{path}").status_code == 200
    made = make_reported_round(session, district)
    assert "东片党工委" not in supervisor.get("/score-reports").text
    assert made.title in supervisor.get("/score-reports").text
