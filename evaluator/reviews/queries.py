"""Reading reviews, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.applications.facts import fact_sheets
from evaluator.applications.models import Application
from evaluator.reviews.case import Case
from evaluator.reviews.facts import stated_values, submitted_values
from evaluator.reviews.models import FactReview, IndicatorReview, Reply, Return, Review
from evaluator.reviews.units import groups_of
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import scoring_of

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
    query = (
        select(Application)
        .where(Application.participant_id == participant_id)
        .options(
            selectinload(Application.participant, Participant.round, Round.steps),
            selectinload(Application.submissions),
        )
    )
    if for_change:
        query = query.with_for_update(of=Application)
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None or not found.submissions or not actor.may(permission, found.participant.path):
        raise NotAllowed(permission)
    return _case_of(session, found)


def _case_of(session: Session, application: Application) -> Case:
    participant = application.participant
    scoring = scoring_of(rule_set_for(session, participant))
    sheet = fact_sheets(session, [participant])[participant.id]
    reviews = _rows(session, Review, application)
    return Case(
        application=application,
        scoring=scoring,
        groups=groups_of(scoring),
        sheet=sheet,
        stated=stated_values(sheet, submitted_values(application.submissions[-1])),
        proofs=proofs_of(session, participant.id),
        review=reviews[0] if reviews else None,
        facts={each.fact: each for each in _rows(session, FactReview, application)},
        indicators={each.indicator: each for each in _rows(session, IndicatorReview, application)},
        replies={each.indicator: each for each in _rows(session, Reply, application)},
        returns=_rows(session, Return, application),
    )


def proofs_of(session: Session, participant_id: int) -> Mapping[str, Sequence[Any]]:
    """Return the files of evidence of a participant by indicator."""
    return {}


def _rows(session: Session, model: type[Row], application: Application) -> Sequence[Row]:
    """Return the rows of a table for an application, as they are now and not as once read."""
    query = select(model).where(model.application_id == application.id).order_by(model.id)
    if hasattr(model, "account"):
        query = query.options(selectinload(model.account))
    return session.scalars(query.execution_options(populate_existing=True)).all()
