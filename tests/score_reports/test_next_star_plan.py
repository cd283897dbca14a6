"""The plan for the next star: taken in, changed, taken out, and remembered next year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from district import District, make_account, make_participant
from flask.testing import FlaskClient
from reported import acting
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed, Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState
from evaluator.score_reports.content import Suggestion
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.operations import Wish, change, take_in
from evaluator.web.errors import Refusal

Browser = Callable[[Account], FlaskClient]
SENT = {"text": "每季度办两场", "owner": "组织委员", "due": "2027-06-30"}
WISH = Wish("每季度办两场", "组织委员", date(2027, 6, 30))
SERVICES = Suggestion("services", "志愿服务", "10", "提高：志愿服务")


def plan(session: Session) -> list[PlanItem]:
    session.expire_all()
    return list(session.scalars(select(PlanItem).order_by(PlanItem.id)))


@pytest.fixture
def planned(session: Session, reported: Participant) -> PlanItem:
    actor = acting(Role.BRANCH_OFFICER, reported.path)
    item = take_in(session, actor, participant=reported, suggestion=SERVICES, wish=WISH)
    session.commit()
    return item


def test_officer_takes_a_suggestion_in(
    session: Session, officer: FlaskClient, reported: Participant
) -> None:
    address = f"/score-reports/{reported.id}/plan/services"
    assert "志愿服务" in officer.get(address).text
    answer = officer.post(address, data=SENT)
    assert answer.status_code == 302
    assert answer.location == f"/score-reports/{reported.id}#plan"
    (item,) = plan(session)
    assert (item.item, item.title, item.text, item.owner, item.due) == (
        "services", "志愿服务", "每季度办两场", "组织委员", date(2027, 6, 30),
    )  # fmt: skip
    text = officer.get(f"/score-reports/{reported.id}").text
    assert "每季度办两场" in text
    assert officer.get(address).location == f"/score-reports/plan/{item.id}"


@pytest.mark.parametrize("due", ["明年", "", "2020-01-01", "2999-01-01"])
def test_form_keeps_what_was_typed(
    session: Session, officer: FlaskClient, reported: Participant, due: str
) -> None:
    address = f"/score-reports/{reported.id}/plan/services"
    answer = officer.post(address, data={**SENT, "due": due})
    assert answer.status_code == 422
    assert "每季度办两场" in answer.text
    assert plan(session) == []


@pytest.mark.parametrize("item", ["brand", "condition-9", "nothing"])
def test_what_lost_nothing_cannot_be_planned(
    officer: FlaskClient, reported: Participant, item: str
) -> None:
    assert officer.get(f"/score-reports/{reported.id}/plan/{item}").status_code == 404


def test_item_is_changed_and_done(
    session: Session, officer: FlaskClient, planned: PlanItem
) -> None:
    address = f"/score-reports/plan/{planned.id}"
    assert "组织委员" in officer.get(address).text
    sent = {**SENT, "owner": "书记", "is_done": "y", "version": str(planned.version)}
    assert officer.post(address, data=sent).status_code == 302
    (item,) = plan(session)
    assert item.owner == "书记"
    assert item.done_on is not None
    assert officer.post(address, data=sent).status_code == 409


def test_item_is_taken_out(session: Session, officer: FlaskClient, planned: PlanItem) -> None:
    assert officer.post(f"/score-reports/plan/{planned.id}/drop").status_code == 302
    assert plan(session) == []
    actions = session.scalars(select(AuditLine.action).order_by(AuditLine.number))
    assert [each for each in actions if each.startswith("plan_item")] == [
        "plan_item.take_in",
        "plan_item.drop",
    ]


def test_committee_reads_the_plan_and_changes_nothing(
    session: Session, district: District, browser_of: Browser, planned: PlanItem,
    reported: Participant,
) -> None:  # fmt: skip
    reviewer = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    text = reviewer.get(f"/score-reports/{reported.id}").text
    assert "每季度办两场" in text
    assert f"/score-reports/plan/{planned.id}" not in text
    assert reviewer.post(f"/score-reports/plan/{planned.id}/drop").status_code == 404


def test_operations_refuse_others_second_takers_and_old_versions(
    session: Session, district: District, planned: PlanItem, reported: Participant
) -> None:
    stranger = acting(Role.BRANCH_OFFICER, district.west_one.path)
    own = acting(Role.BRANCH_OFFICER, reported.path)
    with pytest.raises(NotAllowed):
        take_in(session, stranger, participant=reported, suggestion=SERVICES, wish=WISH)
    with pytest.raises(Refusal):
        take_in(session, own, participant=reported, suggestion=SERVICES, wish=WISH)
    with pytest.raises(StaleDataError):
        change(session, own, item=planned, path=reported.path, wish=WISH, is_done=True, version=0)


def test_next_years_application_reminds_beside_the_indicator(
    session: Session, district: District, made: Round, planned: PlanItem, officer: FlaskClient
) -> None:
    session.execute(update(Round).values(state=RoundState.CLOSED))
    session.commit()
    following = _next_year(session, district, made)
    address = f"/applications/{following.id}?part=service"
    text = officer.get(address).text
    services = text.split('id="indicator-services"')[1].split("</section>")[0]
    assert "上一轮晋位计划：每季度办两场（组织委员，2027年6月30日前）" in services
    session.execute(update(PlanItem).values(done_on=date(2026, 12, 1)))
    session.commit()
    assert "上一轮晋位计划" not in officer.get(address).text


def _next_year(session: Session, district: District, made: Round) -> Participant:
    """Return a branch in the round of the next year, by the same rules."""
    following = Round(year=2027, title="2027", state=RoundState.OPEN, opened_at=made.opened_at)
    following.rule_sets.append(RoundRuleSet(category="community", stored=made.rule_sets[0].stored))
    participant = make_participant(following, district.east_one)
    session.add_all([following, participant])
    session.commit()
    return participant
