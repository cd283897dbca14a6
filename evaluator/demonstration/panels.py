"""The panels of the demonstration: composed, their cases admitted, assigned, drawn and timed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.defences.letters import publish_timetable
from evaluator.defences.planning import Settings, make_timetable
from evaluator.defences.timetabling import Times
from evaluator.demonstration.clock import ZONE, Clock
from evaluator.demonstration.panel_plans import (
    COMPETENCES,
    MOST_CASES,
    PLANS,
    SEATS,
    PanelPlan,
)
from evaluator.demonstration.people import Cast
from evaluator.demonstration.stages import OWN
from evaluator.organisations.models import Organisation
from evaluator.panels.admitting import admit, mark_calibration, propose
from evaluator.panels.drawing import commit, reveal
from evaluator.panels.models import Case, Panel, Panellist, Relation
from evaluator.panels.operations import PanelContent, compose
from evaluator.panels.panellist_operations import (
    TieContent,
    add_tie,
    change_panellist,
    clear_conflict,
    enter_panellist,
)
from evaluator.panels.proposals import propose as propose_seats
from evaluator.panels.seating import confirm
from evaluator.rounds.models import Participant, Round

CATEGORY = "community"
TIED, CLEARED = 4, 2
"""From which of the admitted cases a panellist is kept, and which one is cleared."""
REPORT, QUESTIONS = 20, 10
PAUSE = 30
ROOMS = ("第一会议室", "第二会议室", "多功能厅")


def prepare_the_defence(
    session: Session, clock: Clock, cast: Cast, made: Round, first_day: int
) -> list[Panel]:
    """Compose the panels, admit and assign their cases, draw their order; the week before."""
    actor = cast.organiser
    clock.go_to(first_day - 4)
    people = _enter_panellists(session, actor, cast)
    panels = [_compose(session, actor, made, plan, people) for plan in PLANS]
    clock.go_to(first_day - 3)
    cases = [_admit(session, actor, made, plan) for plan in PLANS]
    _declare_ties(session, actor, people, cases[0])
    _declare_former_post(session, actor, people[8], cases[1][0])
    clock.go_on(hours=2)
    proposal = propose_seats(session, made)
    confirm(session, actor, made=made, proposal=proposal, digest=proposal.digest)
    session.flush()
    clock.go_to(first_day - 2)
    draws = [commit(session, actor, made=made, panel=each) for each in panels]
    clock.go_to(first_day - 1, time(15, 0))
    for draw, plan in zip(draws, PLANS, strict=True):
        reveal(session, actor, made=made, draw=draw, word=plan.word)
        clock.go_on(minutes=5)
    session.flush()
    return panels


def _enter_panellists(session: Session, actor: Actor, cast: Cast) -> list[Panellist]:
    found = []
    for account, competences in zip(cast.panellists, COMPETENCES, strict=True):
        each = enter_panellist(session, actor, account=account)
        change_panellist(
            session, actor, panellist=each, version=each.version, competences=competences,
            most_cases=MOST_CASES,
        )  # fmt: skip
        found.append(each)
    return found


def _compose(
    session: Session, actor: Actor, made: Round, plan: PanelPlan, people: Sequence[Panellist]
) -> Panel:
    content = PanelContent(
        name=plan.name,
        categories=list(plan.cases),
        seats=SEATS,
        wanted=dict(plan.wanted),
        members=[people[each].id for each in plan.members],
        chair=people[plan.chair].id,
    )
    return compose(session, actor, made=made, content=content)


def _admit(session: Session, actor: Actor, made: Round, plan: PanelPlan) -> list[Case]:
    """Admit the best of each category; the own branch too, which has a chance of the next star."""
    chosen: list[Participant] = []
    for category, count in plan.cases.items():
        proposal = propose(session, made, category, "points")
        assert proposal is not None  # noqa: S101 - the workbook has all categories
        reviewed = [each.participant for each in proposal.candidates if each.open]
        own = [each for each in reviewed if each.code == OWN]
        best = [each for each in reviewed if each.code != OWN]
        chosen += [*own, *best][:count]
    found = {
        each.participant_id: each for each in admit(session, actor, made=made, participants=chosen)
    }
    ordered = [found[each.id] for each in chosen]
    if plan.calibrates is not None:
        last = ordered[plan.calibrates]
        mark_calibration(session, actor, case=last, version=last.version, on=True)
    session.flush()
    return ordered


def _declare_ties(
    session: Session, actor: Actor, people: Sequence[Panellist], cases: Sequence[Case]
) -> None:
    """Declare a tie that keeps a panellist from a case, and one that is cleared for a reason."""
    tied = TieContent(_organisation(session, cases[TIED]), Relation.DECLARED, note="书记为其亲属")
    add_tie(session, actor, panellist=people[5], content=tied)
    former = TieContent(
        _organisation(session, cases[CLEARED]),
        Relation.FORMER_POST,
        since=date(2019, 3, 1),
        until=date(2023, 6, 30),
        note="曾任驻社区指导员",
    )
    add_tie(session, actor, panellist=people[3], content=former)
    session.flush()
    reason = "仅受派驻指导三个月，不参与该社区工作，无利害关系"
    clear_conflict(session, actor, panellist=people[3], case=cases[CLEARED], reason=reason)


def _declare_former_post(session: Session, actor: Actor, panellist: Panellist, case: Case) -> None:
    """Enter a post of the last years, which keeps a panellist from a case by itself."""
    former = TieContent(
        _organisation(session, case),
        Relation.FORMER_POST,
        since=date(2020, 5, 1),
        until=date(2024, 12, 31),
        note="曾任该单位机关纪委委员",
    )
    add_tie(session, actor, panellist=panellist, content=former)
    session.flush()


def _organisation(session: Session, case: Case) -> Organisation:
    return session.get_one(Organisation, case.participant.organisation_id)


def plan_the_hearings(session: Session, clock: Clock, cast: Cast, made: Round, day: int) -> None:
    """Plan the rooms and a break on one day, around this hour if it is today; tell everybody."""
    hour = 9
    if day == 0:
        hour = min(max(clock.started.astimezone(ZONE).hour - 2, 8), 17)
    times = Times(
        days=[clock.day(day)],
        begins=time(hour, 0),
        ends=time(hour + 6, 0),
        minutes=REPORT + QUESTIONS,
        breaks=[(time(hour + 2, 0), time(hour + 2, PAUSE))],
    )
    settings = Settings(ROOMS, times, REPORT, QUESTIONS)
    lacking = make_timetable(
        session, cast.organiser, made=made, settings=settings, keep=False, version=0
    )
    assert not lacking  # noqa: S101 - there is room for all of them
    session.flush()
    publish_timetable(session, cast.organiser, made=made)


def cases_in_order(session: Session, panel: Panel) -> list[Case]:
    """Return the cases of the panel as they are heard, the calibration case first."""
    query = (
        select(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.panel_id == panel.id)
        .order_by(Case.is_calibration.desc(), Case.position)
    )
    return list(session.scalars(query).unique())
