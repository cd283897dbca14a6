"""Levels end on the day after their last one: by a command, by the service, or by a button."""

from __future__ import annotations

from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.access import Actor, Permission
from evaluator.awards.letters import tell_changed
from evaluator.awards.log_lines import log
from evaluator.awards.models import Award, AwardChange, ChangeKind
from evaluator.awards.policy import is_pending
from evaluator.awards.standing import enter_change, is_superseded
from evaluator.database import now, take_turn
from evaluator.notices.calendar import day_of
from evaluator.rounds.models import Participant
from evaluator.rule_sets.policy import require_everywhere


def expired() -> Select[Award]:
    """Return the query of the awards whose last day is over and that still hold a level."""
    return select(Award).where(Award.level != "", Award.valid_until < day_of(now()))


def expire(session: Session, actor: Actor) -> int:
    """End every level whose last day is over; return how many. Done twice it does nothing more."""
    require_everywhere(session, actor, Permission.AWARD)
    take_turn(session)
    query = (
        expired()
        .options(
            joinedload(Award.participant).joinedload(Participant.round),
            selectinload(Award.changes),
        )
        .order_by(Award.id)
        .with_for_update(of=Award)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(query).unique().all()
    for award in found:
        _end(session, actor, award)
    return len(found)


def _end(session: Session, actor: Actor, award: Award) -> None:
    moment, level = now(), award.level
    for each in award.changes:
        # There is nothing left that could be taken away.
        if is_pending(each):
            each.withdrawn_at = moment
    award.changes.append(
        AwardChange(
            kind=ChangeKind.EXPIRY,
            from_level=level,
            to_level="",
            reason="",
            proposed_at=moment,
            confirmed_at=moment,
        )
    )
    award.level = ""
    session.flush()
    told = {"level": "", "valid_until": award.valid_until}
    log(session, actor, "award.expire", award, before={"level": level}, after=told)
    if is_superseded(session, award):
        return
    enter_change(session, actor, award=award, reason="")
    title = lazy_gettext("The level of %(name)s has expired", name=award.participant.name)
    tell_changed(session, actor, award, title=title, reason="")
