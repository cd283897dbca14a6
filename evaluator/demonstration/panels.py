"""The panel of the demonstration: who sits on it, whom it hears, in which order and when."""

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
SEATS = 5
CASES = 7
"""One of them is the calibration case."""
CALIBRATES, TIED, CLEARED = 6, 4, 2
"""Which of the admitted cases calibrates, from which a panellist is kept, which is cleared."""
REPORT, QUESTIONS = 20, 10
PAUSE = 30
_COMPETENCES = (
    ["基层治理"],
    ["党务", "基层治理"],
    ["党务"],
    ["财务"],
    ["基层治理"],
    ["党务", "财务"],
)


def prepare_the_defence(
    session: Session, clock: Clock, cast: Cast, made: Round, first_day: int
) -> Panel:
    """Compose the panel, admit and assign its cases, draw their order; all in the week before."""
    actor = cast.organiser
    clock.go_to(first_day - 4)
    people = _enter_panellists(session, actor, cast)
    content = PanelContent(
        name="第一评审组",
        categories=[CATEGORY],
        seats=SEATS,
        wanted={"党务": 1},
        members=[each.id for each in people],
        chair=people[1].id,
    )
    panel = compose(session, actor, made=made, content=content)
    clock.go_to(first_day - 3)
    cases = _admit(session, actor, made)
    _declare_ties(session, actor, people, cases)
    clock.go_on(hours=2)
    proposal = propose_seats(session, made)
    confirm(session, actor, made=made, proposal=proposal, digest=proposal.digest)
    session.flush()
    clock.go_to(first_day - 2)
    draw = commit(session, actor, made=made, panel=panel)
    clock.go_to(first_day - 1, time(15, 0))
    reveal(session, actor, made=made, draw=draw, word="秋分")
    session.flush()
    return panel


def _enter_panellists(session: Session, actor: Actor, cast: Cast) -> list[Panellist]:
    found = []
    for account, competences in zip(cast.panellists, _COMPETENCES, strict=True):
        each = enter_panellist(session, actor, account=account)
        change_panellist(
            session, actor, panellist=each, version=each.version, competences=competences,
            most_cases=CASES,
        )  # fmt: skip
        found.append(each)
    return found


def _admit(session: Session, actor: Actor, made: Round) -> list[Case]:
    """Admit the best of the category and the own branch, which has a chance of the next star."""
    proposal = propose(session, made, CATEGORY, "points")
    assert proposal is not None  # noqa: S101 - the workbook has communities
    reviewed = [each.participant for each in proposal.candidates if each.open]
    best = [each for each in reviewed if each.code != OWN][: CASES - 1]
    own = [each for each in reviewed if each.code == OWN]
    cases = admit(session, actor, made=made, participants=[*own, *best])
    found = {each.participant_id: each for each in cases}
    ordered = [found[each.id] for each in (*own, *best)]
    last = ordered[CALIBRATES]
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


def _organisation(session: Session, case: Case) -> Organisation:
    return session.get_one(Organisation, case.participant.organisation_id)


def plan_the_hearings(session: Session, clock: Clock, cast: Cast, made: Round, day: int) -> None:
    """Plan two rooms and a break on one day, around this hour if it is today; tell everybody."""
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
    settings = Settings(["第一会议室", "第二会议室"], times, REPORT, QUESTIONS)
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
