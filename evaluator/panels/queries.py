"""Reading panels and cases. Every page that shows a case goes through `visible_cases`.

For the pages of the defence: `visible_cases` lists what an actor may know of at all, `my_cases`
what it judges, `may_judge` and `seat_of` settle one case, `live_seats` are those who judge it now,
and `chair_of` is who closes it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission, Role, within
from evaluator.accounts.models import Account, RoleGrant
from evaluator.panels.conflicts import bars_of, free_of
from evaluator.panels.models import Case, Draw, Panel, Panellist, PanelMember, Seat
from evaluator.rounds.models import Participant, Round
from evaluator.web.wording import gettext

SEE = Permission.SEE_PANELS
JUDGING = Role.PANELLIST.value
OVERSEEING = (Role.ORGANISER.value, Role.SUPERVISOR.value)
"""Roles that see every case on other pages, so that no conflict could be hidden from them."""


def visible_cases(session: Session, actor: Actor, made: Round) -> Select[Case]:
    """Return the query of the cases of a round that an actor may know of, in drawn order.

    Those are the cases where it sees panels, and those on which it sits; never one that a conflict
    keeps from it, nor one from which it was recused, whatever other role it has.
    """
    mine = panellist_of(session, actor)
    seen = or_(within(Participant.path, actor, SEE), _sits(actor, mine))
    return (
        select(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(Panel, Panel.id == Case.panel_id)
        .where(Participant.round_id == made.id, seen, _unbarred(session, made, mine))
        .order_by(Panel.id, Case.position.is_(None), Case.position, Participant.code)
    )


def matching(query: Select[Case], words: str, panel_id: int | None) -> Select[Case]:
    """Return a query of cases narrowed to a name or code, and to a panel."""
    if words.strip():
        wanted = words.strip()
        names = (Participant.name, Participant.code)
        query = query.where(or_(*(each.icontains(wanted, autoescape=True) for each in names)))
    return query if panel_id is None else query.where(Case.panel_id == panel_id)


def names_behind(
    session: Session, actor: Actor, made: Round, codes: Collection[str]
) -> dict[str, str]:
    """Return the names behind codes, as far as an actor may know that they defend.

    Those are the cases that it may see, and applications of its own; all others stay codes.
    """
    visible = visible_cases(session, actor, made).with_only_columns(Case.participant_id)
    own = within(Participant.path, actor, Permission.FILL_APPLICATIONS)
    query = select(Participant.code, Participant.name).where(
        Participant.round_id == made.id,
        Participant.code.in_(codes),
        or_(own, Participant.id.in_(visible.order_by(None))),
    )
    return {each.code: each.name for each in session.execute(query)}


def my_cases(session: Session, actor: Actor, made: Round) -> Select[Case]:
    """Return the query of the cases of a round that an actor judges, in drawn order."""
    mine = panellist_of(session, actor)
    return visible_cases(session, actor, made).where(_sits(actor, mine))


def find_case(session: Session, actor: Actor, made: Round, case_id: int) -> Case:
    """Return a case with its seats; raises NotAllowed where it is not there for this actor."""
    query = visible_cases(session, actor, made).where(Case.id == case_id)
    found = session.scalars(query.options(selectinload(Case.seats))).one_or_none()
    if found is None:
        raise NotAllowed(SEE)
    return found


def may_judge(session: Session, actor: Actor, case: Case) -> bool:
    """Return whether an actor judges a case now."""
    query = my_cases(session, actor, case.participant.round).where(Case.id == case.id)
    return session.scalars(query).one_or_none() is not None


def seat_of(session: Session, actor: Actor, case: Case) -> Seat | None:
    """Return the seat on which an actor judges a case, None where it does not."""
    mine = panellist_of(session, actor)
    if mine is None or not may_judge(session, actor, case):
        return None
    query = select(Seat).where(Seat.case_id == case.id, Seat.panellist_id == mine.id)
    return session.scalars(query).one_or_none()


def live_seats(case: Case) -> list[Seat]:
    """Return the seats of those who judge a case now, by number."""
    return [each for each in case.seats if each.recused_at is None]


def chair_of(session: Session, case: Case) -> Panellist | None:
    """Return who leads and closes a case.

    It is the chair of its panel where it sits on the case, else whoever was seated first.
    """
    seats = live_seats(case)
    query = select(PanelMember.panellist_id).where(
        PanelMember.panel_id == case.panel_id, PanelMember.is_chair
    )
    chair = session.scalars(query).first()
    ordered = sorted(seats, key=lambda each: (each.panellist_id != chair, each.id))
    return ordered[0].panellist if ordered else None


def panellist_of(session: Session, actor: Actor) -> Panellist | None:
    """Return what is known of an actor as a panellist, None where it is none."""
    if actor.account_id is None:
        return None
    query = select(Panellist).where(Panellist.account_id == actor.account_id)
    return session.scalars(query).one_or_none()


def panels_of(session: Session, made: Round) -> Sequence[Panel]:
    """Return the panels of a round with their members."""
    query = (
        select(Panel)
        .where(Panel.round_id == made.id)
        .options(selectinload(Panel.members))
        .order_by(Panel.id)
    )
    return session.scalars(query).all()


def find_panel(session: Session, made: Round, panel_id: int) -> Panel:
    """Return a panel of a round; raises NotAllowed where the round has none such."""
    found = session.get(Panel, panel_id)
    if found is None or found.round_id != made.id:
        raise NotAllowed(SEE)
    return found


def all_panellists(session: Session) -> Sequence[Panellist]:
    """Return all panellists by name, their ties not loaded."""
    query = select(Panellist).join(Panellist.account).order_by(Account.name, Panellist.id)
    return session.scalars(query).all()


def unable(session: Session) -> dict[int, str]:
    """Return the panellists who can judge nothing now, each with the reason in words."""
    query = (
        select(Panellist.id, Account.is_active, _holding(OVERSEEING))
        .join(Account, Account.id == Panellist.account_id)
        .where(or_(Account.is_active.is_(False), ~_holding([JUDGING]), _holding(OVERSEEING)))
    )
    return {
        number: _why_unable(is_active, oversees)
        for number, is_active, oversees in session.execute(query)
    }


def accounts_to_enter(session: Session) -> Sequence[Account]:
    """Return the accounts that may become panellists: active, with that role, not entered yet."""
    query = (
        select(Account)
        .where(
            Account.is_active.is_(True),
            _holding([JUDGING]),
            ~_holding(OVERSEEING),
            Account.id.not_in(select(Panellist.account_id)),
        )
        .order_by(Account.name, Account.id)
    )
    return session.scalars(query).all()


def _holding(roles: Collection[str]) -> ColumnElement[bool]:
    """Return the SQL condition that an account has one of these roles anywhere."""
    return Account.id.in_(select(RoleGrant.account_id).where(RoleGrant.role.in_(roles)))


def _why_unable(is_active: bool, oversees: bool) -> str:
    if not is_active:
        return gettext("the account is closed")
    if oversees:
        return gettext("organises or supervises the rating, and so sees every case")
    return gettext("no longer has the role of a panellist")


def find_panellist(session: Session, number: int) -> Panellist:
    """Return a panellist; raises NotAllowed where there is none such."""
    found = session.get(Panellist, number)
    if found is None:
        raise NotAllowed(SEE)
    return found


def cases_of(session: Session, made: Round) -> Sequence[Case]:
    """Return all cases of a round with their seats; the caller has checked who asks."""
    query = (
        select(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Participant.round_id == made.id)
        .options(selectinload(Case.seats))
        .order_by(Case.id)
    )
    return session.scalars(query).all()


def draws_of(session: Session, made: Round) -> Sequence[tuple[Draw, Panel]]:
    """Return the lots of a round with their panels, the newest first; they are public."""
    query = (
        select(Draw, Panel)
        .join(Panel, Panel.id == Draw.panel_id)
        .where(Panel.round_id == made.id)
        .order_by(Draw.committed_at.desc(), Draw.id.desc())
    )
    return [(draw, panel) for draw, panel in session.execute(query)]


def _sits(actor: Actor, mine: Panellist | None) -> ColumnElement[bool]:
    if mine is None or not actor.may(Permission.JUDGE):
        return false()
    seated = select(Seat.case_id).where(Seat.panellist_id == mine.id, Seat.recused_at.is_(None))
    return Case.id.in_(seated)


def _unbarred(session: Session, made: Round, mine: Panellist | None) -> ColumnElement[bool]:
    if mine is None:
        return and_(True)
    bars = bars_of(session, made, [mine]).get(mine.id, [])
    recused = select(Seat.case_id).where(Seat.panellist_id == mine.id, Seat.recused_at.is_not(None))
    return and_(free_of(bars, mine.id), Case.id.not_in(recused))
