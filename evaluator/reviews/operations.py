"""Deciding on indicators: accept as stated, adjust with a reason, or mark what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.models import ApplicationState
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.reviews.case import Case, Standing
from evaluator.reviews.changes import changes_of
from evaluator.reviews.entries import Entry
from evaluator.reviews.models import (
    FactReview,
    IndicatorReview,
    IndicatorState,
    Review,
)
from evaluator.reviews.policy import may_review
from evaluator.reviews.units import Unit
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


@dataclass(frozen=True)
class Seen:
    """What a form was filled in over: the submission, and versions, 0 for what was not there."""

    submission: int
    indicator: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)


class Overtaken(Refusal):
    """Somebody else acted on the same thing after the caller had read it."""


def decide(
    session: Session,
    actor: Actor,
    *,
    case: Case,
    unit: Unit,
    seen: Seen,
    entries: Mapping[str, Entry],
) -> None:
    """Accept an indicator with the values of its facts; those that differ are adjusted.

    Raises Problems where a value or a reason cannot be kept, Overtaken where somebody else
    decided in the meantime.
    """
    may_review(actor, case.application)
    not_overtaken(case, unit, seen)
    changes = changes_of(case, unit, entries, actor)
    before = _summary(case, unit)
    for name, change in changes.items():
        _keep(session, case, name, change)
    _decide(session, actor, case, unit, IndicatorState.ACCEPTED)
    touch(session, actor, case)
    write_line(
        session,
        actor,
        action="review.decide",
        **about(case),
        before=before,
        after={"indicator": unit.id, "facts": {name: each.value for name, each in changes.items()}},
        reason="；".join(each.reason for each in changes.values() if each.reason),
    )


def accept_rest(
    session: Session, actor: Actor, *, case: Case, group_id: str, version: int
) -> list[str]:
    """Accept as stated whatever nobody has decided in a dimension; return which indicators.

    An indicator that waits for a value of the committee, or whose facts are wrong, is left.
    """
    may_review(actor, case.application)
    not_moved_on(case, version)
    units = left_to_accept(case, group_id)
    if not units:
        raise Refusal(gettext("There is nothing left here that could be accepted as stated."))
    for unit in units:
        _decide(session, actor, case, unit, IndicatorState.ACCEPTED)
    touch(session, actor, case)
    accepted = [unit.id for unit in units]
    after = {"indicators": accepted}
    write_line(session, actor, action="review.accept", **about(case), after=after)
    return accepted


def left_to_accept(case: Case, group_id: str) -> list[Unit]:
    """Return what nobody has decided of a dimension, and could be accepted as it stands."""
    wrong = {each.fact for each in case.reviewed_marks.problems}
    return [
        unit
        for group in case.groups
        if group.id == group_id
        for unit in group.units
        if case.standing(unit) is Standing.TO_DO
        and not case.waits_for_values(unit)
        and not wrong & set(unit.facts)
    ]


def mark_to_mend(
    session: Session, actor: Actor, *, case: Case, unit: Unit, seen: Seen, note: str
) -> None:
    """Note what the branch has to mend of an indicator; it is told when the application returns."""
    may_review(actor, case.application)
    if case.application.state is not ApplicationState.SUBMITTED:
        raise Refusal(gettext("The review is finished; the application cannot be returned now."))
    not_overtaken(case, unit, seen)
    before = _summary(case, unit)
    _decide(session, actor, case, unit, IndicatorState.TO_MEND, note.strip())
    touch(session, actor, case)
    after = {"indicator": unit.id, "state": IndicatorState.TO_MEND}
    write_line(
        session,
        actor,
        action="review.mark_to_mend",
        **about(case),
        before=before,
        after=after,
        reason=note.strip(),
    )


def not_overtaken(case: Case, unit: Unit, seen: Seen) -> None:
    """Raise Overtaken where an indicator or its facts are not as they were read."""
    if seen.submission != case.submission:
        raise Overtaken(gettext("The branch has submitted again; look at what it states now."))
    own = case.indicators.get(unit.id)
    versions = {name: each.version for name, each in case.facts.items()}
    moved = any(versions.get(name, 0) != version for name, version in seen.facts.items())
    if moved or (own.version if own else 0) != seen.indicator:
        raise Overtaken(_by_whom(case))


def not_moved_on(case: Case, version: int) -> None:
    """Raise Overtaken where anything of a review is not as it was read."""
    if version != case.version:
        raise Overtaken(_by_whom(case))


def _by_whom(case: Case) -> str:
    who = case.review.account.name if case.review and case.review.account else ""
    return gettext(
        "%(who)s has decided here in the meantime. What you typed is kept below; look at what "
        "stands now, then decide.",
        who=who or gettext("Somebody else"),
    )


def about(case: Case) -> dict[str, Any]:
    """Return what an audit line says of the application that it is about."""
    application = case.application
    return {
        "subject": "application",
        "subject_id": application.id,
        "organisation_path": application.participant.path,
    }


def touch(session: Session, actor: Actor, case: Case) -> None:
    """Note that somebody acted, so that others who read the review before are told."""
    review = case.review or Review(application_id=case.application.id)
    review.changed_at, review.account_id = now(), actor.account_id
    session.add(review)


def _keep(session: Session, case: Case, name: str, change: FactReview) -> None:
    """Write a decision on a fact over the one before, if there is one."""
    row = case.facts.get(name)
    if row is None:
        session.add(change)
        return
    for column in ("decision", "value", "stated", "reason", "account_id", "at"):
        setattr(row, column, getattr(change, column))


def _decide(
    session: Session,
    actor: Actor,
    case: Case,
    unit: Unit,
    state: IndicatorState,
    note: str = "",
) -> None:
    row = case.indicators.get(unit.id) or IndicatorReview(
        application_id=case.application.id, indicator=unit.id
    )
    row.state, row.note = state, note
    row.submission, row.basis = case.submission, case.basis(unit)
    row.account_id, row.at = actor.account_id, now()
    session.add(row)


def _summary(case: Case, unit: Unit) -> dict[str, Any]:
    """Return what was decided of an indicator so far, for the log."""
    facts = {name: each.value for name in unit.facts if (each := case.adjusted(name))}
    return {"indicator": unit.id, "state": case.standing(unit), "facts": facts}
