"""Reading sittings and sheets; which cases there are for somebody is said by `panels.queries`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.queries import application_of
from evaluator.defences.models import DefencePlan, ScoreSheet, Sitting
from evaluator.defences.policy import why_not_write
from evaluator.defences.rubric import Criterion, rubric_of
from evaluator.panels.models import Case, Panel, Panellist, Seat
from evaluator.panels.queries import (
    chair_of,
    find_case,
    my_cases,
    panellist_of,
    seat_of,
    visible_cases,
)
from evaluator.rounds.models import Participant, Round, RoundRuleSet
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of


@dataclass(frozen=True)
class Desk:
    """A case as one of its panellists has it before them."""

    case: Case
    seat: Seat
    sheet: ScoreSheet | None
    sitting: Sitting | None
    application: Application | None
    rubric: Sequence[Criterion]
    calibration_open: bool
    leads: bool

    @property
    def closed_because(self) -> str:
        """Return why nothing can be written now; empty where it can."""
        return why_not_write(self.application, self.sheet, self.calibration_open)


def desk_of(session: Session, actor: Actor, case_id: int) -> Desk:
    """Return a case before one of its panellists; raises NotAllowed for everybody else."""
    case = _case(session, actor, case_id)
    actor.require(Permission.JUDGE, case.participant.path)
    seat = seat_of(session, actor, case)
    if seat is None:
        raise NotAllowed(Permission.JUDGE)
    chair = chair_of(session, case)
    return Desk(
        case=case,
        seat=seat,
        sheet=sheet_of(session, seat),
        sitting=sitting_of(session, case),
        application=application_of(session, case.participant),
        rubric=rubric_for(session, case.participant),
        calibration_open=calibration_owed(session, case, seat) not in (None, case.id),
        leads=chair is not None and chair.id == seat.panellist_id,
    )


def find_visible(session: Session, actor: Actor, case_id: int) -> Case:
    """Return a case where an actor sees panels; raises NotAllowed where it is not there for it."""
    case = _case(session, actor, case_id)
    actor.require(Permission.SEE_PANELS, case.participant.path)
    return case


def _case(session: Session, actor: Actor, case_id: int) -> Case:
    found = session.get(Case, case_id)
    if found is None:
        raise NotAllowed("no case")
    return find_case(session, actor, found.participant.round, case_id)


def calibration_owed(session: Session, case: Case, seat: Seat) -> int | None:
    """Return the calibration case of a panel that a panellist has still to judge."""
    query = (
        select(Case.id)
        .join(Seat, Seat.case_id == Case.id)
        .outerjoin(ScoreSheet, ScoreSheet.seat_id == Seat.id)
        .where(
            Case.panel_id == case.panel_id,
            Case.is_calibration,
            Seat.panellist_id == seat.panellist_id,
            Seat.recused_at.is_(None),
            ScoreSheet.handed_in_at.is_(None),
        )
    )
    return session.scalars(query).first()


def sheet_of(session: Session, seat: Seat) -> ScoreSheet | None:
    """Return the sheet of a seat, None before anything is written."""
    query = select(ScoreSheet).where(ScoreSheet.seat_id == seat.id)
    return session.scalars(query).one_or_none()


def sheets_of(session: Session, cases: Collection[Case]) -> Mapping[int, list[ScoreSheet]]:
    """Return the sheets of those who judge cases now, by case; who may read them is for others."""
    found: dict[int, list[ScoreSheet]] = {each.id: [] for each in cases}
    query = (
        select(ScoreSheet)
        .join(Seat, Seat.id == ScoreSheet.seat_id)
        .where(Seat.case_id.in_(found), Seat.recused_at.is_(None))
        .order_by(ScoreSheet.seat_id)
    )
    for each in session.scalars(query):
        found[each.seat.case_id].append(each)
    return found


def sheets_to_hand_in(session: Session, actor: Actor, made: Round) -> Sequence[Case]:
    """Return the open cases of a round of which an actor has not handed its sheet in, in order."""
    mine = panellist_of(session, actor)
    if mine is None:
        return []
    query = (
        my_cases(session, actor, made)
        .join(Application, Application.participant_id == Case.participant_id)
        .join(Seat, and_(Seat.case_id == Case.id, Seat.panellist_id == mine.id))
        .outerjoin(ScoreSheet, ScoreSheet.seat_id == Seat.id)
        .where(
            Application.state == ApplicationState.IN_DEFENCE,
            Seat.recused_at.is_(None),
            ScoreSheet.handed_in_at.is_(None),
        )
    )
    return session.scalars(query).unique().all()


def cases_to_close(session: Session, actor: Actor, made: Round) -> Sequence[Case]:
    """Return the open cases that an actor leads and of which every sheet is handed in."""
    mine = panellist_of(session, actor)
    if mine is None:
        return []
    missing = (
        select(Seat.id)
        .outerjoin(ScoreSheet, ScoreSheet.seat_id == Seat.id)
        .where(
            Seat.case_id == Case.id, Seat.recused_at.is_(None), ScoreSheet.handed_in_at.is_(None)
        )
        .correlate(Case)
        .exists()
    )
    query = (
        my_cases(session, actor, made)
        .join(Application, Application.participant_id == Case.participant_id)
        .where(Application.state == ApplicationState.IN_DEFENCE, ~missing)
        .options(selectinload(Case.seats))
    )
    found = session.scalars(query).unique().all()
    return [each for each in found if chair_of(session, each) is mine]


def sitting_of(session: Session, case: Case) -> Sitting | None:
    """Return when a case is heard, None where it has no time yet."""
    return session.scalars(select(Sitting).where(Sitting.case_id == case.id)).one_or_none()


def sittings_of(session: Session, cases: Collection[Case]) -> Mapping[int, Sitting]:
    """Return when cases are heard, by case."""
    query = select(Sitting).where(Sitting.case_id.in_([each.id for each in cases]))
    return {each.case_id: each for each in session.scalars(query)}


def visible_with_seats(session: Session, actor: Actor, made: Round) -> Sequence[Case]:
    """Return the cases of a round that an actor may know of, with their seats."""
    query = visible_cases(session, actor, made).options(selectinload(Case.seats))
    return session.scalars(query).unique().all()


def panel_names(session: Session, made: Round) -> Mapping[int, str]:
    """Return the names of the panels of a round by number."""
    query = select(Panel.id, Panel.name).where(Panel.round_id == made.id).order_by(Panel.id)
    return dict(session.execute(query).all())


def rubric_for(session: Session, participant: Participant) -> list[Criterion]:
    """Return what a participant is rated by."""
    return rubric_of(rule_set_of(rule_set_for(session, participant)))


def rubrics_of(session: Session, made: Round) -> Mapping[str, list[Criterion]]:
    """Return the rubrics of a round by category."""
    query = (
        select(RoundRuleSet.category, StoredRuleSet)
        .join(StoredRuleSet, StoredRuleSet.id == RoundRuleSet.stored_rule_set_id)
        .where(RoundRuleSet.round_id == made.id)
        .order_by(RoundRuleSet.category)
    )
    return {category: rubric_of(rule_set_of(stored)) for category, stored in session.execute(query)}


def plan_of(session: Session, made: Round) -> DefencePlan | None:
    """Return how the timetable of a round was planned, None where it never was."""
    query = select(DefencePlan).where(DefencePlan.round_id == made.id)
    return session.scalars(query).one_or_none()


def names_of_panellists(seats: Collection[Seat]) -> Mapping[int, str]:
    """Return the names of those on some seats, by the panellist's number."""
    found: dict[int, Panellist] = {each.panellist_id: each.panellist for each in seats}
    return {number: each.account.name for number, each in found.items()}
