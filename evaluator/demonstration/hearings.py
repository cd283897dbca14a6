"""Hearings of the demonstration: sheets written, handed in and closed, and one left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.defences.agreement import agreement_of
from evaluator.defences.looks import flag
from evaluator.defences.models import SittingState
from evaluator.defences.queries import Desk, desk_of, sitting_of
from evaluator.defences.sheets import hand_in, recuse, write_sheet
from evaluator.defences.sittings import close_case, move_sitting
from evaluator.defences.typed import Typed
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.panel_plans import FIRST, PLANS, PanelPlan
from evaluator.demonstration.panels import cases_in_order
from evaluator.demonstration.people import Cast
from evaluator.panels.models import Case, Panel, Panellist
from evaluator.panels.queries import chair_of, live_seats
from evaluator.panels.seating import conflict_words, seat_by_hand, unseat
from evaluator.rounds.models import Round

STEPS = (SittingState.CALLED, SittingState.PRESENTING, SittingState.QUESTIONS)
STANDS_OUT = 2
"""In the second closed case of the first panel one panellist is far from all others."""
RECUSED = "该社区书记系本人前同事，主动申请回避"


def hear(
    session: Session, clock: Clock, cast: Cast, panels: Sequence[Panel], *, all_of_them: bool
) -> None:
    """Hear the cases of all panels side by side, all of them or as many as were heard by now."""
    orders = [cases_in_order(session, each) for each in panels]
    closed = FIRST.closed_today
    _withdraw(session, cast, orders[0][closed + 1 :], panels[0])
    _seat_own(session, cast, orders[0][closed])
    for number in range(max(map(len, orders))):
        if all_of_them:
            clock.go_on(minutes=12)
        else:
            clock.before_now((closed - number) * 30 + 12)
        for plan, panel, cases in zip(PLANS, panels, orders, strict=True):
            over = all_of_them or number < plan.closed_today
            begun = over or (plan.opens_next and number == plan.closed_today)
            if begun and number < len(cases):
                hearing = Hearing(plan, _members(panel), number, closes=over)
                _hear(session, clock, cast, cases[number], hearing)


@dataclass(frozen=True)
class Hearing:
    """Which hearing of a panel it is, who belongs to the panel, and whether it comes to its end."""

    plan: PanelPlan
    members: Sequence[int]
    number: int
    closes: bool

    def score(self, panellist: Panellist, place: int) -> int:
        """Return what a panellist gives first."""
        near = self.plan.near
        beside = self.members.index(panellist.id) if panellist.id in self.members else place
        score = self.plan.levels[self.number % len(self.plan.levels)] + near[beside % len(near)]
        # Nobody judges all cases with the same distance from the others.
        score += (self.number * 5 + beside * 3) % 4 - 1
        odd = self.plan is FIRST and self.number == STANDS_OUT and place == 3
        return score - 17 if odd else score


def _members(panel: Panel) -> list[int]:
    return sorted(each.panellist_id for each in panel.members)


def look_twice(session: Session, cast: Cast, made: Round) -> None:
    """Flag the scores that stand out; their second looks wait for a person."""
    flag(session, cast.organiser, made=made, found=agreement_of(session, cast.organiser, made))


def _hear(session: Session, clock: Clock, cast: Cast, case: Case, hearing: Hearing) -> None:
    chair = chair_of(session, case)
    assert chair is not None  # noqa: S101 - its seats are taken
    left = None if hearing.closes else cast.panellists[0]
    for state in STEPS:
        clock.go_on(minutes=2)
        sitting = sitting_of(session, case)
        assert sitting is not None  # noqa: S101 - it has its time
        desk = _desk(session, cast, case, chair)
        actor = cast.actor(chair.account.login_name)
        move_sitting(session, actor, desk=desk, to=state, version=sitting.version)
        session.flush()
        if state is SittingState.PRESENTING:
            _write_all(session, clock, cast, case, hearing, left)
    _hand_in_all(session, clock, cast, case, left)
    if hearing.closes:
        clock.go_on(minutes=1)
        actor = cast.actor(chair.account.login_name)
        close_case(session, actor, desk=_desk(session, cast, case, chair))
        session.flush()


def _write_all(
    session: Session,
    clock: Clock,
    cast: Cast,
    case: Case,
    hearing: Hearing,
    left: Account | None,
) -> None:
    """Write the first scores of all but whoever is left."""
    for place, seat in enumerate(live_seats(case)):
        score = hearing.score(seat.panellist, place)
        if left is not None and seat.panellist.account_id == left.id:
            continue
        desk = _desk(session, cast, case, seat.panellist)
        typed = {f"before-{each.name}": Typed(str(score)) for each in desk.rubric}
        if place == 1:
            typed |= {f"after-{each.name}": Typed(str(score + 1)) for each in desk.rubric}
            typed["reason"] = Typed("提问环节对网格走访情况回答具体，有数据支撑")
        clock.go_on(seconds=40)
        actor = cast.actor(seat.panellist.account.login_name)
        write_sheet(session, actor, desk=desk, typed=typed)
        session.flush()


def _hand_in_all(
    session: Session, clock: Clock, cast: Cast, case: Case, left: Account | None
) -> None:
    for seat in live_seats(case):
        if left is not None and seat.panellist.account_id == left.id:
            continue
        desk = _desk(session, cast, case, seat.panellist)
        if desk.sheet is None:
            continue
        clock.go_on(seconds=30)
        actor = cast.actor(seat.panellist.account.login_name)
        hand_in(session, actor, desk=desk, version=desk.sheet.version)
        session.flush()


def _withdraw(session: Session, cast: Cast, cases: Sequence[Case], panel: Panel) -> None:
    """Let a panellist withdraw from a case to come, and seat in its place who is free to judge."""
    found = next((each, free) for each in reversed(cases) if (free := _free(session, each, panel)))
    case, free = found
    own = cast.panellists[0].id
    others = [each for each in live_seats(case) if each.panellist.account_id != own]
    leaving = others[-1].panellist
    desk = _desk(session, cast, case, leaving)
    recuse(session, cast.actor(leaving.account.login_name), desk=desk, reason=RECUSED)
    session.flush()
    seat_by_hand(session, cast.organiser, case=case, version=case.version, panellist=free)
    session.flush()


def _free(session: Session, case: Case, panel: Panel) -> Panellist | None:
    """Return a member of the panel who may judge a case and does not."""
    taken = {each.panellist_id for each in case.seats}
    members = [each.panellist for each in panel.members if each.panellist_id not in taken]
    return next((each for each in members if not conflict_words(session, case, each)), None)


def _seat_own(session: Session, cast: Cast, case: Case) -> None:
    """Let the panellist of the demonstration judge the open case, whatever the lot says."""
    own, actor = cast.panellists[0], cast.organiser
    if any(each.panellist.account_id == own.id for each in live_seats(case)):
        return
    chair = chair_of(session, case)
    others = [each for each in live_seats(case) if each.panellist is not chair]
    unseat(session, actor, case=case, version=case.version, seat=others[-1])
    session.flush()
    panellist = session.scalars(select(Panellist).where(Panellist.account_id == own.id)).one()
    seat_by_hand(session, actor, case=case, version=case.version, panellist=panellist)
    session.flush()


def _desk(session: Session, cast: Cast, case: Case, panellist: Panellist) -> Desk:
    return desk_of(session, cast.actor(panellist.account.login_name), case.id)
