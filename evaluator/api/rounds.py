"""Rounds for programs."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.api import schemas
from evaluator.api.listings import part_of
from evaluator.database import db
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import visible_participants

blueprint = Blueprint(
    "api_rounds", __name__, url_prefix="/api/v1/rounds", description="Rating rounds"
)


@blueprint.get("")
@blueprint.arguments(schemas.Listing, location="query", unknown=RAISE)
@blueprint.response(200, schemas.listing_of(schemas.Round()))
@needs(Permission.SEE_ROUNDS)
def listing(asked: dict[str, int]) -> dict[str, Any]:
    """List the rounds with their calendars."""
    return part_of(db.session, select(Round).options(selectinload(Round.steps)), Round.id, asked)


@blueprint.get("/<int:round_id>")
@blueprint.etag
@blueprint.response(200, schemas.Round)
@needs(Permission.SEE_ROUNDS)
def one(round_id: int) -> Round:
    """Return a round with its calendar."""
    found = db.session.get(Round, round_id, options=[selectinload(Round.steps)])
    if found is None:
        raise NotAllowed(Permission.SEE_ROUNDS)
    return found


@blueprint.get("/<int:round_id>/participants")
@blueprint.arguments(schemas.Listing, location="query", unknown=RAISE)
@blueprint.response(200, schemas.listing_of(schemas.Participant()))
@needs(Permission.SEE_APPLICATIONS)
def participants(asked: dict[str, int], round_id: int) -> dict[str, Any]:
    """List the participants of a round that the caller may see."""
    visible = visible_participants(current_actor(), Permission.SEE_APPLICATIONS, round_id)
    return part_of(db.session, visible, Participant.id, asked)
