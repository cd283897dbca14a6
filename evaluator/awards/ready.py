"""Who of a notice can be awarded, and who cannot and why; shown before anything is awarded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, defer

from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.decisions.models import Decision
from evaluator.notices.calendar import day_of
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.notices.queries import over
from evaluator.organisations.models import Organisation, Status
from evaluator.rounds.models import Participant, Round, RoundState
from evaluator.web.wording import gettext

S = ApplicationState


@dataclass(frozen=True)
class Kept:
    """An entry that cannot be awarded, with the reason."""

    entry: NoticeEntry
    why: str


@dataclass(frozen=True)
class Ready:
    """What awarding a notice would do: whom it awards, whom it leaves out, who has it already."""

    entries: Sequence[NoticeEntry]
    kept: Sequence[Kept]
    awarded: int

    @property
    def digest(self) -> str:
        """Return by what it is known whether the same was looked at that is done."""
        text = ",".join(f"{each.id}:{each.level}" for each in self.entries)
        return hashlib.sha256(text.encode()).hexdigest()


def days_over(notice: Notice) -> bool:
    """Return whether a notice was published and its last day is over."""
    return notice.published_at is not None and notice.last_day < day_of(now())


def ready_on(session: Session, notice: Notice) -> Ready:
    """Return what awarding a notice would do now; two queries, however many names it has."""
    within = {each.id for each in session.scalars(over(notice.round_id)).unique()}
    query = (
        select(NoticeEntry, Application.state, Decision.level, Organisation.status)
        .join(NoticeEntry.participant)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .outerjoin(Application, Application.participant_id == NoticeEntry.participant_id)
        .outerjoin(Decision, Decision.participant_id == NoticeEntry.participant_id)
        .where(NoticeEntry.notice_id == notice.id)
        .order_by(NoticeEntry.position, NoticeEntry.id)
        .execution_options(populate_existing=True)
    )
    entries, kept, awarded = [], [], 0
    for entry, state, level, status in session.execute(query).unique():
        if state is S.AWARDED:
            awarded += 1
        elif why := _why_not(entry, state, level, status, entry.participant_id in within):
            kept.append(Kept(entry, why))
        else:
            entries.append(entry)
    return Ready(entries, kept, awarded)


def _why_not(
    entry: NoticeEntry, state: S | None, level: str | None, status: Status, is_over: bool
) -> str:
    """Return why an entry cannot be awarded, empty where it can."""
    if entry.withdrawn_at is not None:
        return gettext("Taken off the notice after an objection")
    if state is S.OBJECTED:
        return gettext("An objection waits for its outcome")
    if state is not S.ON_NOTICE or level != entry.level:
        return gettext("Decided anew since the notice")
    if status is not Status.ACTIVE:
        return gettext("Merged, split or dissolved since")
    return "" if is_over else gettext("The notice is not over")


def notices_to_award(session: Session) -> Sequence[Notice]:
    """Return the notices whose days are over and on which somebody waits for the award."""
    waiting = exists().where(
        NoticeEntry.notice_id == Notice.id,
        NoticeEntry.withdrawn_at.is_(None),
        Application.participant_id == NoticeEntry.participant_id,
        Application.state.in_((S.ON_NOTICE, S.OBJECTED)),
    )
    query = (
        select(Notice)
        .join(Round, Round.id == Notice.round_id)
        .where(
            Round.state == RoundState.OPEN,
            Notice.published_at.is_not(None),
            Notice.last_day < day_of(now()),
            waiting,
        )
        .options(defer(Notice.content))
        .order_by(Notice.last_day, Notice.id)
    )
    return session.scalars(query).all()
