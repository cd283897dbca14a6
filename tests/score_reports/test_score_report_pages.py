"""What a report says and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from district import District, make_account
from flask.testing import FlaskClient
from reported import KNOWN, decide, more_branches, participant_of, review
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.records.models import KnownFact
from evaluator.reviews.models import FactDecision, FactReview
from evaluator.rounds.models import Participant, Round

Browser = Callable[[Account], FlaskClient]


def page(client: FlaskClient, participant: Participant) -> str:
    answer = client.get(f"/score-reports/{participant.id}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def application_of(session: Session, participant: Participant) -> Application:
    return session.query(Application).filter_by(participant_id=participant.id).one()


def test_officer_of_one_branch_is_sent_to_its_report(
    officer: FlaskClient, reported: Participant
) -> None:
    answer = officer.get("/score-reports")
    assert answer.status_code == 302
    assert answer.location == f"/score-reports/{reported.id}"


def test_undecided_report_has_reviewed_points_and_says_so(
    officer: FlaskClient, reported: Participant
) -> None:
    text = page(officer, reported)
    assert "得84分" not in text
    assert "得84.00分（满分120分）" in text
    assert "评定结果尚未审定公布" in text
    assert "四星级" in text


def test_each_point_has_rule_reason_fact_and_setter(
    session: Session, officer: FlaskClient, reported: Participant
) -> None:
    review = FactReview(
        application_id=application_of(session, reported).id, fact="services",
        decision=FactDecision.ADJUSTED, value="4", stated="5", reason="一次无照片", at=now(),
    )  # fmt: skip
    session.add(review)
    session.commit()
    text = page(officer, reported)
    assert '8 / 20 <span class="lost">−12</span>' in text
    services = text.split('id="indicator-services"')[1].split("</details>")[0]
    assert "最高20分" in services
    assert "直属党（工）委初审认定" in services
    assert "理由：一次无照片；支部原填5" in services
    assert "支部填报" in text.split('id="indicator-brand"')[1].split("</details>")[0]
    assert "民主测评结果" in text.split('id="indicator-satisfied"')[1].split("</details>")[0]
    meetings = text.split('id="indicator-meetings"')[1].split("</details>")[0]
    assert "平台台账自动取数" in meetings


def test_single_ratings_of_a_panel_never_show(
    session: Session, district: District, made: Round, officer: FlaskClient
) -> None:
    ratings = ["71.3", "82.4", "83.6", "97.9"]
    known = {**KNOWN, "defence": (ratings, "panel: defence")}
    participant = review(session, made, district.east_one, known=known)
    text = page(officer, participant)
    assert "均分83（共4份评分）" in text
    assert [each for each in ratings if each in text] == []
    officer.set_cookie("language", "en")
    text = page(officer, participant)
    assert "mean 83 of 4 ratings" in text
    assert [each for each in ratings if each in text] == []


def test_report_is_not_there_before_the_review_is_finished(
    officer: FlaskClient, organiser: FlaskClient, session: Session, district: District,
    made: Round, reported: Participant,
) -> None:  # fmt: skip
    second = participant_of(session, made, district.east_two)
    assert organiser.get(f"/score-reports/{second.id}").status_code == 404
    listed = organiser.get("/score-reports").text
    assert reported.name in listed
    assert second.name not in listed
    state = ApplicationState.SUBMITTED
    session.execute(update(Application).values(state=state))
    session.commit()
    for path in ("", "/report.pdf"):
        assert officer.get(f"/score-reports/{reported.id}{path}").status_code == 404
    assert officer.get("/score-reports").status_code == 200


@pytest.mark.parametrize("place", ["east_two", "west"])
def test_others_see_no_report(
    session: Session, district: District, browser_of: Browser, reported: Participant, place: str
) -> None:
    role = Role.BRANCH_OFFICER if place == "east_two" else Role.COMMITTEE_REVIEWER
    other = browser_of(make_account(session, role, getattr(district, place)))
    for path in ("", "/report.pdf", "/plan/services"):
        assert other.get(f"/score-reports/{reported.id}{path}").status_code == 404
    committee = f"/score-reports/committees/{district.east.id}/reports.pdf"
    assert other.get(committee).status_code == 404
    assert reported.name not in other.get("/score-reports").text


def test_decided_level_is_told_from_the_notice_on(
    session: Session, officer: FlaskClient, organiser: FlaskClient, reported: Participant
) -> None:
    decide(session, reported, "three_star", ApplicationState.DECIDED)
    assert "评定结果尚未审定公布" in page(officer, reported)
    assert "三星级 <span" not in page(officer, reported)
    assert "这是本轮评定审定的结果" in page(organiser, reported)
    session.execute(update(Application).values(state=ApplicationState.ON_NOTICE))
    session.commit()
    told = page(officer, reported)
    assert "这是本轮评定审定的结果" in told
    assert "三星级 <span" in told
    assert "内部理由" not in told


def test_decided_report_stays_whatever_becomes_of_the_facts(
    session: Session, officer: FlaskClient, reported: Participant
) -> None:
    decide(session, reported)
    before = page(officer, reported)
    session.execute(update(KnownFact).where(KnownFact.fact == "meetings").values(value="0"))
    session.execute(update(KnownFact).where(KnownFact.fact == "satisfied").values(value="10%"))
    session.commit()
    assert page(officer, reported) == before
    assert "得84.00分" in before


def test_decision_that_was_taken_back_is_none(
    session: Session, officer: FlaskClient, organiser: FlaskClient, reported: Participant
) -> None:
    decide(session, reported, "three_star", ApplicationState.REVIEWED)
    for client in (officer, organiser):
        assert "评定结果尚未审定公布" in page(client, reported)


def test_median_is_shown_from_five_organisations_on(
    session: Session, district: District, made: Round, officer: FlaskClient, reported: Participant
) -> None:
    more_branches(session, district, made, 3)
    text = page(officer, reported)
    assert "满5个后，才显示中位数" in text
    assert "同类别中位数</th>" not in text


def test_median_counts_the_reviewed_and_names_nobody(
    session: Session, district: District, made: Round, officer: FlaskClient, reported: Participant
) -> None:
    others = more_branches(session, district, made, 4)
    text = page(officer, reported)
    service = text.split('href="#group-service"')[1].split("</tr>")[0]
    # 44 for five services, 34, 36, 38 and 40 for none to three.
    assert re.findall(r'number">([^<]+)<', service) == ["44.00", "60", "38.00", "3"]
    assert [each.name for each in others if each.name in text] == []
