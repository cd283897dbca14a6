"""Organisations for programs: found, read, entered, edited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext
from sqlalchemy import Select
from webargs.flaskparser import abort

from evaluator.access import Permission, current_actor, needs
from evaluator.api.idempotency import once
from evaluator.api.listings import part_of
from evaluator.api.matching import matched, require_match
from evaluator.api.operations import Operations, concerning
from evaluator.api.schemas import organisations as schemas
from evaluator.api.schemas.lists import listing_of
from evaluator.database import db
from evaluator.organisations import operations
from evaluator.organisations.catalogue import catalogue
from evaluator.organisations.details import (
    Details,
    Mistakes,
    details_of,
    read_attributes,
    today,
)
from evaluator.organisations.models import Kind, Organisation, Status, Tier
from evaluator.organisations.queries import (
    Wanted,
    find_organisation,
    listed_organisations,
    visible_organisations,
)
from evaluator.organisations.values import plain
from evaluator.organisations.writing import take_turn
from rules.syntax import Words

P = Permission
blueprint = Operations("organisations", "Register of organisations")
ONE = "/organisations/<int:organisation_id>"


@blueprint.get("/organisations")
@needs(P.SEE_ORGANISATIONS)
@blueprint.arguments(schemas.OrganisationsWanted, location="query")
@blueprint.response(200, listing_of(schemas.Organisation))
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List the organisations that the caller may see."""
    return part_of(db.session, _wanted(asked), Organisation.id, asked)


@blueprint.get(ONE)
@concerning(find_organisation, P.SEE_ORGANISATIONS)
@blueprint.response(200, schemas.Organisation)
def read(organisation: Organisation) -> Organisation:
    """Read an organisation."""
    return organisation


@blueprint.post("/organisations")
@needs(P.EDIT_ORGANISATIONS)
@once
@blueprint.arguments(schemas.NewOrganisation)
@blueprint.response(201, schemas.Organisation)
def create(given: dict[str, Any]) -> Organisation:
    """Enter an organisation below another."""
    parent = above(given["parent_id"], P.EDIT_ORGANISATIONS)
    made = operations.create(
        db.session,
        current_actor(),
        code=given["code"].strip(),
        parent=parent,
        details=_details(Details(given["name"], Kind(given["kind"])), given),
        on=given.get("on"),
        reason=given["reason"].strip(),
    )
    return as_kept(made)


@blueprint.patch(ONE)
@concerning(find_organisation, P.EDIT_ORGANISATIONS)
@matched
@blueprint.arguments(schemas.OrganisationEdit)
@blueprint.response(200, schemas.Organisation)
def edit(organisation: Organisation, given: dict[str, Any]) -> Organisation:
    """Change details of an organisation; what is left out stays as it is."""
    hold_as_read(organisation)
    operations.edit(
        db.session,
        current_actor(),
        organisation=organisation,
        version=organisation.version,
        details=_details(details_of(organisation), given),
        on=given.get("on") or today(),
        reason=given["reason"].strip(),
    )
    return as_kept(organisation)


def hold_as_read(organisation: Organisation) -> None:
    """Take the turn of a change; refuse it where the caller has not read the newest state."""
    take_turn(db.session)
    db.session.refresh(organisation)
    require_match(schemas.Organisation, organisation)


def as_kept(organisation: Organisation) -> Organisation:
    """Return an organisation with the version that it has after a change."""
    db.session.flush()
    db.session.refresh(organisation)
    return organisation


def above(number: int, permission: Permission) -> Organisation:
    """Return the organisation that another is to stand below; raises Mistakes."""
    query = visible_organisations(current_actor(), permission).where(Organisation.id == number)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        words = Words("没有这一编号的党组织；请改正", "there is no organisation of this number")
        raise Mistakes({"parent": words})
    return found


def _wanted(asked: dict[str, Any]) -> Select[Organisation]:
    below = _visible(asked["below"]) if "below" in asked else None
    wanted = Wanted(
        words=asked["q"],
        below=below,
        tier=Tier(asked["tier"]) if "tier" in asked else None,
        category=asked["category"],
        status=Status(asked["status"]) if "status" in asked else None,
    )
    query = listed_organisations(current_actor(), wanted)
    return query.where(Organisation.code == asked["code"]) if "code" in asked else query


def _visible(number: int) -> Organisation:
    found = db.session.scalars(
        visible_organisations(current_actor()).where(Organisation.id == number)
    ).one_or_none()
    if found is None:
        abort(422, errors={"query": {"below": [gettext("There is no such organisation.")]}})
    return found


def _details(before: Details, given: dict[str, Any]) -> Details:
    """Return details with what is given over them; pinyin follows a new name unless given too."""
    plain_fields = ("name", "category", "members", "founded", "secretary", "sort_key")
    changes = {name: given[name] for name in plain_fields if name in given}
    if "kind" in given:
        changes["kind"] = Kind(given["kind"])
    if "name" in given and given["name"] != before.name:
        changes.setdefault("sort_key", "")
    after = replace(before, **changes)
    return _with_attributes(after, given.get("attributes", {}))


def _with_attributes(details: Details, given: dict[str, Any]) -> Details:
    raw = {name: None if value is None else plain(value) for name, value in given.items()}
    values, mistakes = read_attributes(raw, details.category, catalogue(db.session))
    if mistakes:
        raise Mistakes({f"attributes-{name}": words for name, words in mistakes.items()})
    others = {name: each for name, each in details.attributes.items() if name not in given}
    return replace(details, attributes={**others, **values})
