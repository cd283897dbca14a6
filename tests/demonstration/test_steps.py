"""At each step the demonstration has what is to be tried there, and work for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from loaded import Demonstration, begun_at
from sqlalchemy import func, select

from evaluator.access import Role
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.audit.verifying import verify
from evaluator.awards.models import Award, AwardChange, FollowUpTask
from evaluator.database import now
from evaluator.decisions.models import Basis, Decision, Finding, Minutes
from evaluator.decisions.scored import board_for
from evaluator.defences.models import Look, ScoreSheet, Sitting, SittingState
from evaluator.demonstration.calendar import Step
from evaluator.demonstration.knowledge import LATE
from evaluator.notices.models import Handler, Notice, Objection
from evaluator.outbox.models import Letter, LetterState
from evaluator.panels.models import Case, Clearance, Draw, PanelMember, Seat, Tie
from evaluator.rounds.models import Participant, Round, RoundState
from evaluator.score_reports.models import PlanItem

LATER = [each for each in Step if each is not Step.REVIEW]
S = ApplicationState
ALWAYS = {Role.PANELLIST: ["/defence/mine", "/objections"], Role.SUPERVISOR: ["/audit"]}
"""Pages of those who are not always asked for something: own cases, objections, the log."""


@pytest.fixture(scope="module", params=LATER)
def begun(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """Yield the demonstration at each of the later steps, one after the other."""
    with begun_at(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield found


def test_each_log_in_signs_in_and_finds_work_that_opens(begun: Demonstration) -> None:
    for person in begun.loaded.people:
        browser = begun.browser_named(person.login_name)
        links = [*begun.links_in(browser), *ALWAYS.get(person.role, ())]
        assert links, person.login_name
        answers = {each: browser.get(each).status_code for each in links}
        assert set(answers.values()) == {200}, (person.login_name, answers)


def test_printed_password_opens_a_session(begun: Demonstration) -> None:
    person = begun.loaded.people[-1]
    given = {"login_name": person.login_name, "password": person.password}
    answer = begun.app.test_client().post("/sign-in", data=given)
    assert (person.login_name, answer.status_code) == ("organiser2", 302)


def test_log_holds_and_its_moments_ascend_to_today(begun: Demonstration) -> None:
    begun.session.commit()
    assert list(verify(begun.session)) == []
    moments = list(begun.session.scalars(select(AuditLine.at).order_by(AuditLine.number)))
    assert all(before <= after for before, after in pairwise(moments))
    assert moments[-1] <= now()
    days = {each.date() for each in moments if each > now() - timedelta(days=100)}
    assert len(days) > 20


def test_step_that_was_chosen_runs_now(begun: Demonstration) -> None:
    made = _made(begun)
    names = {"notice": "public_notice"}
    step = made.step(names.get(begun.loaded.step, begun.loaded.step))
    assert made.state is RoundState.OPEN
    assert step is not None
    assert step.is_open(now())


def test_two_owe_facts_at_the_decision_and_nobody_else_ever(begun: Demonstration) -> None:
    made = _made(begun)
    lacking = {
        each.organisation.id: {one.fact for one in each.refused.problems}
        for category in made.rule_sets
        for each in board_for(begun.session, made, category.category).refused
        if each.refused
    }
    assert lacking == (LATE if begun.loaded.step is Step.DECISION else {})
    told = begun.browser_of(Role.ORGANISER).get("/").text.count("#unscored")
    assert told == len(lacking)


def test_last_year_ended_with_levels_and_something_is_due(begun: Demonstration) -> None:
    last = begun.session.scalars(select(Round).where(Round.state == RoundState.CLOSED)).one()
    awards = begun.session.scalars(
        select(Award).join(Participant).where(Participant.round_id == last.id)
    ).all()
    assert len(awards) > 30
    assert all(each.level == each.first_level for each in awards)
    soon = (now() + timedelta(days=30)).date()
    assert any(each.re_audit_due and each.re_audit_due < soon for each in awards)
    previous = _count(begun, Participant.id, Participant.round_id == _made(begun).id,
                      Participant.previous_level != "")  # fmt: skip
    assert previous == len(awards)
    assert _pages(begun, "organiser", "/awards", "/awards/follow-up", "/progress/participants") == {
        200
    }
    notice = begun.session.scalars(select(Notice).where(Notice.round_id == last.id)).one()
    assert begun.app.test_client().get(f"/notice/{notice.id}").status_code == 200
    assert _pages(begun, "branch", f"/score-reports/{_own(begun, last).id}") == {200}


def test_panel_was_composed_drawn_and_timed(begun: Demonstration) -> None:
    assert _count(begun, PanelMember.id) == 18
    assert _count(begun, PanelMember.id, PanelMember.is_chair) == 3
    assert (_count(begun, Tie.id), _count(begun, Clearance.id)) == (3, 1)
    assert _count(begun, Draw.id, Draw.drawn_at.is_not(None)) == 3
    assert _count(begun, Case.id, Case.is_calibration) == 2
    assert _count(begun, Case.id) == _count(begun, Sitting.id) == 15
    rooms = begun.session.scalars(select(Sitting.room).distinct()).all()
    assert len(rooms) in (2, 3)
    assert _count(begun, Seat.id, Seat.recused_at.is_not(None)) == 1
    assert _count(begun, Look.id, Look.settled_at.is_(None)) > 0
    closed = Counter(begun.session.scalars(select(Sitting.state)))
    if begun.loaded.step is Step.DEFENCE:
        assert closed == {
            SittingState.CLOSED: 9, SittingState.QUESTIONS: 1, SittingState.PLANNED: 5,
        }  # fmt: skip
        assert _count(begun, ScoreSheet.id, ScoreSheet.handed_in_at.is_not(None)) > 45
    else:
        assert closed == {SittingState.CLOSED: 15}


def test_decision_has_what_waits_for_people(begun: Demonstration) -> None:
    if begun.loaded.step is Step.DEFENCE:
        assert _count(begun, Finding.id) == 0
        return
    assert _count(begun, Finding.id, Finding.evidence_key != "") == 1
    assert _count(begun, Minutes.id) == 1
    waiting = begun.session.scalars(select(Decision).where(Decision.confirmed_at.is_(None))).all()
    expected = [Basis.DEVIATION] if begun.loaded.step is Step.DECISION else []
    assert [each.basis for each in waiting] == expected


def test_notice_has_an_objection_that_is_followed_by_its_code(begun: Demonstration) -> None:
    if begun.loaded.step is not Step.NOTICE:
        assert begun.loaded.objections == []
        return
    [code] = begun.loaded.objections
    # The page writes; on SQLite it would wait for what this session has begun to read.
    begun.session.commit()
    page = begun.app.test_client().post("/notice/objection", data={"code": code})
    assert page.status_code == 200
    assert _count(begun, Objection.id, Objection.outcome_at.is_(None)) == 1
    assert _count(begun, Handler.id) == 3
    assert _count(begun, Handler.id, Handler.at.is_(None)) == 1
    assert _states(begun)[S.OBJECTED] == 1


def test_award_has_levels_tasks_plans_and_a_demotion_that_waits(begun: Demonstration) -> None:
    awards = _count(begun, Award.id, Award.participant_id.in_(_of(begun)))
    if begun.loaded.step is not Step.AWARD:
        assert awards == 0
        return
    assert awards == _states(begun)[S.AWARDED] > 30
    assert _count(begun, AwardChange.id, AwardChange.confirmed_at.is_(None)) == 1
    tasks = FollowUpTask.participant_id.in_(_of(begun))
    assert _count(begun, FollowUpTask.id, tasks) > _count(
        begun, FollowUpTask.id, tasks, FollowUpTask.done_at.is_not(None)
    )
    assert _count(begun, PlanItem.id, PlanItem.round_id == _made(begun).id) > 0
    assert _pages(begun, "branch", f"/score-reports/{_own(begun, _made(begun)).id}") == {200}


def test_letters_of_the_step_that_runs_wait_in_the_outbox(begun: Demonstration) -> None:
    query = select(Letter.about).where(Letter.state == LetterState.HELD).distinct()
    held = set(begun.session.scalars(query))
    assert {each.partition(".")[0] for each in held} == {
        Step.DEFENCE: {"defence"}, Step.AWARD: {"award"},
    }.get(begun.loaded.step, set())  # fmt: skip


def _made(begun: Demonstration) -> Round:
    return begun.session.scalars(select(Round).where(Round.state == RoundState.OPEN)).one()


def _own(begun: Demonstration, made: Round) -> Participant:
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.code == "LJ-SQ-015"
    )
    return begun.session.scalars(query).one()


def _of(begun: Demonstration):  # type: ignore[no-untyped-def]
    return select(Participant.id).where(Participant.round_id == _made(begun).id)


def _states(begun: Demonstration) -> Counter[ApplicationState]:
    query = select(Application.state).where(Application.participant_id.in_(_of(begun)))
    return Counter(begun.session.scalars(query))


def _count(begun: Demonstration, column: object, *conditions: object) -> int:
    query = select(func.count(column)).where(*conditions)  # type: ignore[arg-type]
    return begun.session.scalar(query) or 0


def _pages(begun: Demonstration, login_name: str, *addresses: str) -> set[int]:
    browser = begun.browser_named(login_name)
    return {browser.get(each).status_code for each in addresses}
