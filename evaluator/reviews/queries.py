"""Reading reviews, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.applications.facts import fact_sheets
from evaluator.applications.locking import hold
from evaluator.applications.models import Application
from evaluator.applications.ready import ready_for
from evaluator.evidence.queries import evidence_of
from evaluator.reviews.case import Case
from evaluator.reviews.facts import stated_values, submitted_values
from evaluator.reviews.models import FactReview, IndicatorReview, Reply, Return, Review
from evaluator.reviews.units import groups_of
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import find_participant

Row = TypeVar("Row", Review, FactReview, IndicatorReview, Reply, Return)


def find_case(
    session: Session,
    actor: Actor,
    permission: Permission,
    participant_id: int,
    *,
    for_change: bool = False,
) -> Case:
    """Return a submitted application; raises NotAllowed where it is not there for this actor.

    `for_change` holds it until the end of the unit of work, so that two reviewers act one after
    the other and each sees what the other did.
    """
    participant = find_participant(session, actor, permission, participant_id)
    if for_change:
        hold(session, participant)
    query = (
        select(Application)
        .where(Application.participant_id == participant_id)
        .options(
            selectinload(Application.participant, Participant.round, Round.steps),
            selectinload(Application.submissions),
        )
        .execution_options(populate_existing=True)
    )
    found = session.scalars(query).one_or_none()
    if found is None or not found.submissions:
        raise NotAllowed(permission)
    return _case_of(session, found)


def _case_of(session: Session, application: Application) -> Case:
    participant = application.participant
    ready = ready_for(session, participant)
    sheet = fact_sheets(session, [participant])[participant.id]
    reviews = _rows(session, Review, application)
    return Case(
        application=application,
        ready=ready,
        groups=groups_of(ready),
        sheet=sheet,
        stated=stated_values(sheet, submitted_values(application.submissions[-1])),
        proofs=evidence_of(session, participant.id),
        review=reviews[0] if reviews else None,
        facts={each.fact: each for each in _rows(session, FactReview, application)},
        indicators={each.indicator: each for each in _rows(session, IndicatorReview, application)},
        replies={each.indicator: each for each in _rows(session, Reply, application)},
        returns=_rows(session, Return, application),
    )


def _rows(session: Session, model: type[Row], application: Application) -> Sequence[Row]:
    """Return the rows of a table for an application, as they are now and not as once read."""
    query = select(model).where(model.application_id == application.id).order_by(model.id)
    if hasattr(model, "account"):
        query = query.options(selectinload(model.account))
    return session.scalars(query.execution_options(populate_existing=True)).all()
