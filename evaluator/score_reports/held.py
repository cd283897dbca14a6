"""Which level everybody holds: last year, and by what was decided or else by points after review.

What is decided and not told to the caller counts as undecided. Where nothing is decided the level
is the one that an organisation reaches by itself: what quotas will make of it nobody can know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.decisions.models import Decision
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round
from evaluator.score_reports.categories import Category, category_of
from evaluator.score_reports.policy import DECIDED, TOLD, is_told

SEE = Permission.SEE_PROGRESS
NONE, NOT_YET = "", "not_yet"
"""Rated without a level, and not rated yet: nobody applied, or the review goes on."""


@dataclass(frozen=True)
class Held:
    """The level of one participant last year and now, by ids; who it is stays out of it."""

    category: str
    committee: str
    before: str
    after: str
    is_decided: bool


def held_levels(session: Session, actor: Actor, made: Round) -> list[Held]:
    """Return the levels of all participants that a caller may watch, in the order of committees."""
    rows = session.execute(_query(actor, made)).all()
    undecided = {each.category for each in rows if each.state in TOLD and not _told(actor, each)}
    own = {name: category_of(session, made, name) for name in sorted(undecided)}
    return [_held(actor, each, own.get(each.category, {})) for each in rows]


def _query(actor: Actor, made: Round) -> Any:
    return (
        select(
            Participant.code,
            Participant.path,
            Participant.category,
            Participant.committee,
            Participant.previous_level,
            Application.state,
            Decision.level,
            Decision.confirmed_at,
        )
        .join(Organisation, Organisation.id == Participant.committee_id)
        .outerjoin(Application, Application.participant_id == Participant.id)
        .outerjoin(Decision, Decision.participant_id == Participant.id)
        .where(Participant.round_id == made.id, within(Participant.path, actor, SEE))
        .order_by(Organisation.sort_key, Participant.committee, Participant.id)
    )


def _told(actor: Actor, row: Row[Any]) -> bool:
    """Return whether a decision holds and is told; as for a report."""
    state: ApplicationState = row.state
    holds = row.confirmed_at is not None and state in DECIDED
    return holds and is_told(actor, row.path, state)


def _held(actor: Actor, row: Row[Any], own: Category) -> Held:
    told = _told(actor, row)
    after = NOT_YET
    if told:
        after = row.level
    elif row.state in TOLD:
        reached = own.get(row.code)
        after = reached.level if reached else NOT_YET
    return Held(row.category, row.committee, row.previous_level, after, told)


def categories_in(held: Sequence[Held]) -> list[str]:
    """Return the categories that occur, in order of their names."""
    return sorted({each.category for each in held})
