"""Rounds for programs: calendar, participants, progress."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import selectinload

from evaluator.access import Actor, Permission, current_actor, needs
from evaluator.api.listings import part_of
from evaluator.api.operations import Operations, concerning
from evaluator.api.schemas import rounds as schemas
from evaluator.api.schemas.lists import Listing, listing_of
from evaluator.database import db
from evaluator.progress.queries import counted
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import (
    find_participant,
    find_round,
    visible_participants,
    visible_rounds,
)

P = Permission
blueprint = Operations("rounds", "Rounds, participants, progress")
ONE = "/rounds/<int:round_id>"


def found_round(session: Any, actor: Actor, _permission: Permission, number: int) -> Round:
    """Return a round that the caller sees; rounds are of the whole district."""
    return find_round(session, actor, number)


@blueprint.get("/rounds")
@needs(P.SEE_ROUNDS)
@blueprint.arguments(Listing, location="query")
@blueprint.response(200, listing_of(schemas.Round))
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List the rounds with their calendars."""
    query = visible_rounds(db.session, current_actor())
    loaded = query.options(selectinload(Round.steps), selectinload(Round.rule_sets))
    return part_of(db.session, loaded, Round.id, asked)


@blueprint.get(ONE)
@concerning(found_round, P.SEE_ROUNDS)
@blueprint.response(200, schemas.Round)
def read(made: Round) -> Round:
    """Read a round with its calendar."""
    return made


@blueprint.get(f"{ONE}/progress")
@concerning(found_round, P.SEE_PROGRESS)
@blueprint.response(200, schemas.Progress)
def progress(made: Round) -> dict[str, Any]:
    """Count how many participants stand where, by committee and category."""
    counts = counted(db.session, current_actor(), made.id)
    ordered = sorted(counts, key=lambda each: (each.committee_id, each.category, each.stage))
    return {"round_id": made.id, "counts": ordered}


@blueprint.get(f"{ONE}/participants")
@concerning(found_round, P.SEE_APPLICATIONS)
@blueprint.arguments(schemas.ParticipantsWanted, location="query")
@blueprint.response(200, listing_of(schemas.Participant))
def participants(made: Round, asked: dict[str, Any]) -> dict[str, Any]:
    """List the participants of a round that the caller may see."""
    query = visible_participants(current_actor(), P.SEE_APPLICATIONS, made.id)
    for name in ("category", "committee_id", "organisation_id", "code"):
        if name in asked:
            query = query.where(getattr(Participant, name) == asked[name])
    return part_of(db.session, query, Participant.id, asked)


@blueprint.get("/participants/<int:participant_id>")
@concerning(find_participant, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.Participant)
def participant(found: Participant) -> Participant:
    """Read a participant: an organisation as it stands frozen in a round."""
    return found
