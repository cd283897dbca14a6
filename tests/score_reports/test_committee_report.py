"""The report of a committee: levels, losses, what is missing, and who sees which of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from counting import queries_of
from district import District, make_account, make_organisation, make_participant
from flask.testing import FlaskClient
from pypdf import PdfReader
from reported import decide, review
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.awards.models import FollowUpTask
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.notices.models import Notice, NoticeEntry, Objection
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def reviewer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))


def page(client: FlaskClient, number: int) -> str:
    return client.get(f"/score-reports/committees/{number}").text


def paper(client: FlaskClient, number: int) -> str:
    answer = client.get(f"/score-reports/committees/{number}/committee.pdf")
    read = PdfReader(BytesIO(answer.data))
    return "".join(each.extract_text() for each in read.pages).replace("\n", "")


def object_to(session: Session, made: Round, participant: Participant) -> None:
    today = day_of(now())
    notice = Notice(
        round=made, title="公示", first_day=today, last_day=today, content="{}", digest="0" * 64,
    )  # fmt: skip
    entry = NoticeEntry(participant=participant, position=0, level="five_star")
    notice.entries.append(entry)
    session.add(notice)
    session.flush()
    session.add(
        Objection(
            entry_id=entry.id, name="赵某某", contact="13800000000", text="活动次数不实",
            code_digest="1" * 64, filed_at=now(),
        )
    )  # fmt: skip
    session.commit()


def test_report_tells_levels_losses_and_what_is_missing(
    reviewer: FlaskClient, district: District, reported: Participant
) -> None:
    text = page(reviewer, district.east.id)
    assert "四星级" in text
    for words in ("最常失分的指标：街道社区", "志愿服务", "1 / 1", "东一社区党支部", "五星级"):
        assert words in text
    assert "东二社区党支部" in text
    assert "已提交" in text
    assert "西一社区党支部" not in text


def test_paper_says_the_same_as_the_page(
    reviewer: FlaskClient, district: District, reported: Participant
) -> None:
    text = paper(reviewer, district.east.id)
    for words in (
        "党（工）委评定报告",
        "东片党工委",
        "最常失分的指标",
        "东一社区党支部",
        "四星级★★★★",
    ):
        assert words in text
    assert "西一社区党支部" not in text


@pytest.mark.parametrize("suffix", ["", "/committee.pdf"])
def test_report_of_another_committee_looks_as_if_it_were_not_there(
    reviewer: FlaskClient, session: Session, district: District, made: Round, suffix: str
) -> None:
    review(session, made, district.west_one)
    address = f"/score-reports/committees/{district.west.id}{suffix}"
    absent = f"/score-reports/committees/987654{suffix}"
    assert [reviewer.get(each).status_code for each in (address, absent)] == [404, 404]


def test_committee_without_organisations_in_the_round_has_no_report(
    organiser: FlaskClient, session: Session, district: District, reported: Participant
) -> None:
    empty = make_organisation(session, "N", "北片党工委", district.root)
    assert organiser.get(f"/score-reports/committees/{empty.id}").status_code == 404


def test_level_that_is_not_public_is_told_to_who_decides_alone(
    reviewer: FlaskClient, organiser: FlaskClient, session: Session, district: District, made: Round
) -> None:
    best = review(session, made, district.east_one)
    decide(session, best, level="three_star", state=ApplicationState.DECIDED)
    kept, told = (page(each, district.east.id) for each in (reviewer, organiser))
    assert ("三星级 <" in kept, "三星级 <" in told) == (False, True)


def test_follow_up_is_told_to_the_committee_and_objections_to_the_organiser(
    reviewer: FlaskClient,
    organiser: FlaskClient,
    session: Session,
    district: District,
    made: Round,
    reported: Participant,
) -> None:
    session.add(FollowUpTask(participant=reported, text="三个月内整改", owner="王主任"))
    object_to(session, made, reported)
    ours, theirs = (page(each, district.east.id) for each in (reviewer, organiser))
    assert ("三个月内整改" in ours, "王主任" in ours, "异议" in ours) == (True, True, False)
    assert "异议" in theirs
    for secret in ("赵某某", "13800000000", "活动次数不实"):
        assert secret not in theirs
        assert secret not in paper(organiser, district.east.id)


def test_number_of_queries_does_not_follow_the_organisations(
    reviewer: FlaskClient, session: Session, district: District, made: Round, reported: Participant
) -> None:
    counts = []
    for number in range(2):
        page(reviewer, district.east.id)
        counts.append(queries_of(lambda: page(reviewer, district.east.id)))
        if number == 0:
            for other in range(3):
                code = f"E{other + 7}"
                branch = make_organisation(session, code, f"{code}社区党支部", district.east)
                session.add(make_participant(made, branch))
                session.commit()
                review(session, made, branch)
    assert counts[0] == counts[1]
