"""Organisations for programs."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE
from sqlalchemy import select

from evaluator.access import NotAllowed, Permission, current_actor, needs, within
from evaluator.api import schemas
from evaluator.api.listings import part_of
from evaluator.database import db
from evaluator.organisations.models import Organisation

blueprint = Blueprint(
    "api_organisations",
    __name__,
    url_prefix="/api/v1/organisations",
    description="The register of party organisations",
)


@blueprint.get("")
@blueprint.arguments(schemas.Listing, location="query", unknown=RAISE)
@blueprint.response(200, schemas.listing_of(schemas.Organisation()))
@needs(Permission.SEE_ORGANISATIONS)
def listing(asked: dict[str, int]) -> dict[str, Any]:
    """List the organisations that the caller may see."""
    visible = within(Organisation.path, current_actor(), Permission.SEE_ORGANISATIONS)
    return part_of(db.session, select(Organisation).where(visible), Organisation.id, asked)


@blueprint.get("/<int:organisation_id>")
@blueprint.etag
@blueprint.response(200, schemas.Organisation)
@needs(Permission.SEE_ORGANISATIONS)
def one(organisation_id: int) -> Organisation:
    """Return an organisation."""
    found = db.session.get(Organisation, organisation_id)
    if found is None or not current_actor().may(Permission.SEE_ORGANISATIONS, found.path):
        raise NotAllowed(Permission.SEE_ORGANISATIONS)
    return found
