"""Awarding: all entries of a finished notice at once, under one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.models import Application
from evaluator.applications.procedure import Act, Need
from evaluator.applications.states import move_held
from evaluator.audit.operations import write_line
from evaluator.awards.follow_ups import hold_round, make_tasks
from evaluator.awards.letters import tell_awarded
from evaluator.awards.models import Award
from evaluator.awards.ready import days_over, ready_on
from evaluator.awards.validity import first_term, validity_of
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.organisations.levels import enter_levels
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.policy import require_everywhere
from evaluator.rule_sets.reading import rule_set_of
from evaluator.trials.data import without_collecting
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from rules.syntax import RuleSet


def award_notice(
    session: Session, actor: Actor, *, notice: Notice, document: str, on: date, seen: str
) -> Sequence[Award]:
    """Award every entry of a notice that can be awarded, and return the awards.

    `seen` is the digest of the preview that was looked at. Levels enter the register, follow-up
    tasks are made, and letters to the branches are written and held.
    """
    require_everywhere(session, actor, Permission.AWARD)
    hold_round(session, notice.round_id)
    session.refresh(notice)
    _require_day(notice, on)
    ready = ready_on(session, notice)
    if ready.digest != seen:
        raise Refusal(
            gettext(
                "Who can be awarded has changed since you opened the page, so nothing was done. "
                "Look at the list again, then award."
            )
        )
    if not ready.entries:
        raise Refusal(gettext("Nobody on this notice can be awarded now."))
    with without_collecting():
        return _award_all(session, actor, notice, ready.entries, document, on)


def _award_all(
    session: Session,
    actor: Actor,
    notice: Notice,
    entries: Sequence[NoticeEntry],
    document: str,
    on: date,
) -> Sequence[Award]:
    rules = rules_of(session, [each.participant for each in entries])
    applications = _held(session, entries)
    awards = [
        _award(session, actor, entry, applications[entry.participant_id], rules, document, on)
        for entry in entries
    ]
    session.flush()
    _enter_levels(session, actor, awards)
    _log(session, actor, notice, len(awards), document, on)
    tell_awarded(session, actor, awards, rules, batch=f"award-{notice.id}")
    make_tasks(session, actor, made=notice.round)
    return awards


def rules_of(session: Session, participants: Sequence[Participant]) -> Mapping[str, RuleSet]:
    """Return the rule sets of participants of one round, by category."""
    one_of = {each.category: each for each in participants}
    return {name: rule_set_of(rule_set_for(session, each)) for name, each in one_of.items()}


def _require_day(notice: Notice, on: date) -> None:
    if not days_over(notice):
        raise Refusal(gettext("The days of this notice are not over."))
    if not notice.last_day < on <= day_of(now()):
        raise Refusal(gettext("Awards are dated after the last day of the notice, today at most."))


def _held(session: Session, entries: Sequence[NoticeEntry]) -> Mapping[int, Application]:
    """Return the applications of entries as they are now, nobody else changing them."""
    query = (
        select(Application)
        .join(Application.participant)
        .where(Participant.id.in_([each.participant_id for each in entries]))
        .order_by(Participant.id)
        .with_for_update(key_share=True, of=Participant)
        .execution_options(populate_existing=True)
    )
    return {each.participant_id: each for each in session.scalars(query).unique()}


def _enter_levels(session: Session, actor: Actor, awards: Sequence[Award]) -> None:
    """Write the levels into the register, from which the next round takes them."""
    ids = [each.participant.organisation_id for each in awards]
    query = select(Organisation).where(Organisation.id.in_(ids))
    organisations = {each.id: each for each in session.scalars(query)}
    made, document = awards[0].participant.round, awards[0].document
    enter_levels(
        session,
        actor,
        levels={organisations[each.participant.organisation_id]: each.level for each in awards},
        year=made.year,
        reason=document,
    )


def _award(
    session: Session,
    actor: Actor,
    entry: NoticeEntry,
    application: Application,
    rules: Mapping[str, RuleSet],
    document: str,
    on: date,
) -> Award:
    participant, level = entry.participant, entry.level
    move_held(
        session,
        actor,
        application=application,
        act=Act.AWARD,
        met={Need.NOTICE_OVER},
        more={"level": level, "document": document},
    )
    term = first_term(validity_of(rules[participant.category], level), on)
    award = Award(
        participant=participant,
        first_level=level,
        level=level,
        awarded_on=on,
        valid_until=term.valid_until,
        re_audit_due=term.re_audit_due,
        document=document,
        account_id=actor.account_id,
        at=now(),
    )
    session.add(award)
    return award


def _log(
    session: Session, actor: Actor, notice: Notice, count: int, document: str, on: date
) -> None:
    write_line(
        session,
        actor,
        action="award.give",
        subject="notice",
        subject_id=notice.id,
        after={"count": count, "document": document, "awarded_on": on, "round": notice.round_id},
    )
