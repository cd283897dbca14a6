"""Follow-up tasks: who sees them, who says that they are done, who puts them right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from awarded import Ended, make_ended
from district import make_account
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.awards.follow_ups import (
    Given,
    cancel_task,
    edit_task,
    make_tasks,
    note_done,
    reopen_task,
)
from evaluator.awards.models import FollowUpTask
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.web.errors import Refusal

Browse = Callable[[Account], FlaskClient]


@pytest.fixture
def ended(session: Session) -> Ended:
    made = make_ended(session)
    made.award_all()
    return made


def task_of(ended: Ended, code: str) -> FollowUpTask:
    query = select(FollowUpTask).where(FollowUpTask.participant_id == ended.participant(code).id)
    return ended.session.scalars(query.order_by(FollowUpTask.id)).all()[0]


def officer(ended: Ended, place: str = "east_two") -> Account:
    return make_account(ended.session, Role.BRANCH_OFFICER, getattr(ended.district, place))


def test_branch_notes_its_task_as_done_with_words(ended: Ended, browser_of: Browse) -> None:
    task, client = task_of(ended, "E2"), browser_of(officer(ended))
    address = f"/awards/tasks/{task.id}"
    assert "有1项后续任务未完成" in client.get("/").text
    sent = {"done-version": task.version, "done-note": ""}
    assert client.post(f"{address}/done", data=sent).status_code == 422
    client.post(f"{address}/done", data={**sent, "done-note": "已完成整改"})
    ended.session.expire_all()
    assert (task.done_at is not None, task.note) == (True, "已完成整改")
    assert "后续任务未完成" not in client.get("/").text


def test_branch_neither_sees_nor_ends_the_task_of_another(ended: Ended, browser_of: Browse) -> None:
    other, client = task_of(ended, "E1"), browser_of(officer(ended))
    assert client.get(f"/awards/tasks/{other.id}").status_code == 404
    assert "结对帮带" not in client.get("/awards/follow-up").text
    assert "结对帮带" not in client.get("/awards/follow-up?words=结对").text
    sent = {"done-version": other.version, "done-note": "x"}
    assert client.post(f"/awards/tasks/{other.id}/done", data=sent).status_code == 404


def test_overdue_tasks_stand_first_and_press(ended: Ended, browser_of: Browse) -> None:
    today = day_of(now())
    late, coming = task_of(ended, "E2"), task_of(ended, "E1")
    late.due, coming.due = today - timedelta(days=1), today
    ended.session.commit()
    account = make_account(ended.session, Role.COMMITTEE_REVIEWER, ended.district.east)
    client = browser_of(account)
    page = client.get("/awards/follow-up").text
    assert page.index("三个月内整改") < page.index("结对帮带")
    assert page.count("已逾期") == 2
    assert "其中1项已逾期" in client.get("/").text
    assert "结对帮带" not in client.get("/awards/follow-up?progress=overdue").text


def test_done_task_is_not_edited_until_it_is_opened_again(ended: Ended, browser_of: Browse) -> None:
    task, client = task_of(ended, "E2"), browser_of(ended.organiser)
    note_done(ended.session, ended.actor, task=task, note="好", version=task.version)
    ended.session.commit()
    given = {"version": task.version, "text": "改", "owner": "李", "due": "2027-10-01"}
    address = f"/awards/tasks/{task.id}"
    assert client.post(f"{address}/edit", data=given).status_code == 409
    again = {"reopen-version": task.version, "reopen-reason": "材料不足"}
    client.post(f"{address}/reopen", data=again)
    ended.session.expire_all()
    client.post(f"{address}/edit", data={**given, "version": task.version})
    ended.session.expire_all()
    assert (task.text, task.owner, task.due) == ("改", "李", date(2027, 10, 1))


def test_organiser_adds_a_task_of_its_own(ended: Ended, browser_of: Browse) -> None:
    one = ended.participant("W1")
    address = f"/awards/participants/{one.id}/tasks"
    sent = {"version": "0", "text": "交流经验", "owner": "", "due": ""}
    done = browser_of(ended.organiser).post(address, data=sent)
    assert done.status_code == 302
    assert task_of(ended, "W1").text == "交流经验"


def test_who_read_an_older_task_is_refused(ended: Ended) -> None:
    task = task_of(ended, "E2")
    read = task.version
    edit_task(ended.session, ended.actor, task=task, given=Given("改"), version=read)
    with pytest.raises(StaleDataError):
        edit_task(ended.session, ended.other, task=task, given=Given("又改"), version=read)


def test_branch_edits_nothing(ended: Ended) -> None:
    task, account = task_of(ended, "E2"), officer(ended)
    with pytest.raises(NotAllowed):
        edit_task(
            ended.session, actor_of(account, ""), task=task, given=Given("免"),
            version=task.version,
        )  # fmt: skip


def test_tasks_are_made_once_and_later_for_those_closed_later(ended: Ended) -> None:
    assert make_tasks(ended.session, ended.actor, made=ended.round) == 0
    ended.session.delete(task_of(ended, "W2"))
    ended.application("W2").state = ApplicationState.DECIDED
    ended.session.commit()
    assert make_tasks(ended.session, ended.actor, made=ended.round) == 0
    ended.application("W2").state = ApplicationState.UNRATED
    ended.session.commit()
    assert make_tasks(ended.session, ended.actor, made=ended.round) == 1


def test_tasks_are_read_in_the_language_of_the_reader(ended: Ended, browser_of: Browse) -> None:
    client = browser_of(officer(ended, "east_one"))
    assert "结对帮带" in client.get("/awards/follow-up").text
    client.set_cookie("language", "en")
    for address in ("/awards/follow-up", f"/awards/tasks/{task_of(ended, 'E1').id}"):
        page = client.get(address).text
        assert "Pairs" in page
        assert "Leading" in page
        assert "结对帮带" not in page
    assert "Pairs" in client.get("/awards/follow-up?words=pairs").text


def test_what_an_organiser_wrote_stands_in_every_language(ended: Ended) -> None:
    task = task_of(ended, "E1")
    edit_task(
        ended.session, ended.actor, task=task, given=Given("结对帮带", "李"), version=task.version
    )
    assert task.words.say("en") == "Pairs"
    edit_task(ended.session, ended.actor, task=task, given=Given("改"), version=task.version)
    assert task.words.say("en") == "改"


def test_task_made_by_mistake_is_cancelled_with_a_reason(ended: Ended, browser_of: Browse) -> None:
    task, client = task_of(ended, "E2"), browser_of(ended.organiser)
    address, sent = f"/awards/tasks/{task.id}", {"cancel-version": task.version}
    assert client.post(f"{address}/cancel", data=sent).status_code == 422
    client.post(f"{address}/cancel", data={**sent, "cancel-reason": "组别有误"})
    ended.session.expire_all()
    assert (task.is_open, task.done_at) == (False, None)
    line = ended.session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.reason, line.subject_id) == ("follow_up.cancel", "组别有误", task.id)
    branch = browser_of(officer(ended))
    assert "后续任务未完成" not in branch.get("/").text
    page = branch.get(address).text
    assert "已取消" in page
    assert "组别有误" in page
    done = {"done-version": task.version, "done-note": "好"}
    assert branch.post(f"{address}/done", data=done).status_code == 409


def test_cancelled_task_is_not_made_anew_but_can_be_opened_again(ended: Ended) -> None:
    task = task_of(ended, "E2")
    cancel_task(ended.session, ended.actor, task=task, reason="误", version=task.version)
    assert make_tasks(ended.session, ended.actor, made=ended.round) == 0
    with pytest.raises(Refusal, match="已取消"):
        edit_task(ended.session, ended.actor, task=task, given=Given("改"), version=task.version)
    reopen_task(ended.session, ended.actor, task=task, reason="核实", version=task.version)
    assert (task.is_open, task.cancelled_because) == (True, "")


@pytest.mark.parametrize(
    ("progress", "codes"),
    [("open", {"E1", "W2"}), ("done", set()), ("overdue", set()), ("cancelled", {"E2"})],
)
def test_cancelled_tasks_are_found_apart(
    ended: Ended, browser_of: Browse, progress: str, codes: set[str]
) -> None:
    task = task_of(ended, "E2")
    for each in ended.session.scalars(select(FollowUpTask)):
        each.due = None
    cancel_task(ended.session, ended.actor, task=task, reason="误", version=task.version)
    ended.session.commit()
    page = browser_of(ended.organiser).get(f"/awards/follow-up?progress={progress}").text
    names = {"E1": "东一社区党支部", "E2": "东二社区党支部", "W2": "西二社区党支部"}
    assert {code for code, name in names.items() if name in page} == codes
