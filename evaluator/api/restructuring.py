"""Organisations for programs: moved, merged, split, dissolved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from evaluator.access import Permission, current_actor
from evaluator.api.idempotency import once
from evaluator.api.matching import matched
from evaluator.api.operations import concerning
from evaluator.api.organisations import ONE, above, as_kept, blueprint, hold_as_read
from evaluator.api.schemas import organisations as schemas
from evaluator.database import db
from evaluator.organisations import operations, restructure
from evaluator.organisations.details import Mistakes, today
from evaluator.organisations.models import Organisation
from evaluator.organisations.queries import find_organisation, visible_organisations
from evaluator.organisations.restructure import NewOrganisation
from rules.syntax import Words

View = TypeVar("View", bound=Callable[..., Any])
RESTRUCTURE = Permission.RESTRUCTURE_ORGANISATIONS


@blueprint.post(f"{ONE}/move")
@concerning(find_organisation, RESTRUCTURE)
@once
@matched
@blueprint.arguments(schemas.Move)
@blueprint.response(200, schemas.Organisation)
def move(organisation: Organisation, given: dict[str, Any]) -> Organisation:
    """Put an organisation, and all below it, to another place of the tree."""
    parent = above(given["parent_id"], RESTRUCTURE)
    operations.move(db.session, current_actor(), parent=parent, **_act(organisation, given))
    return as_kept(organisation)


@blueprint.post(f"{ONE}/merge")
@concerning(find_organisation, RESTRUCTURE)
@once
@matched
@blueprint.arguments(schemas.Merger)
@blueprint.response(200, schemas.Organisation)
def merge(organisation: Organisation, given: dict[str, Any]) -> Organisation:
    """Make one organisation of several, of which this one leads; return the one that goes on."""
    act = _act(organisation, given)
    successor = given["successor"]
    after = restructure.merge(
        db.session,
        current_actor(),
        lead=act.pop("organisation"),
        others=_others(given["others"]),
        successor=NewOrganisation(**successor) if successor else None,
        **act,
    )
    return as_kept(after)


@blueprint.post(f"{ONE}/split")
@concerning(find_organisation, RESTRUCTURE)
@once
@matched
@blueprint.arguments(schemas.Split)
@blueprint.response(200, schemas.SplitDone)
def split(organisation: Organisation, given: dict[str, Any]) -> dict[str, Any]:
    """Make several organisations of one."""
    made = restructure.split(
        db.session,
        current_actor(),
        parts=[NewOrganisation(**each) for each in given["parts"]],
        goes_on=given["goes_on"],
        **_act(organisation, given),
    )
    return {"organisation": as_kept(organisation), "parts": [as_kept(each) for each in made]}


@blueprint.post(f"{ONE}/dissolve")
@concerning(find_organisation, RESTRUCTURE)
@once
@matched
@blueprint.arguments(schemas.Act)
@blueprint.response(200, schemas.Organisation)
def dissolve(organisation: Organisation, given: dict[str, Any]) -> Organisation:
    """End an organisation that has none below it."""
    operations.dissolve(db.session, current_actor(), **_act(organisation, given))
    return as_kept(organisation)


def _act(organisation: Organisation, given: dict[str, Any]) -> dict[str, Any]:
    """Return what every act takes, once the caller is known to have read the newest state."""
    hold_as_read(organisation)
    return {
        "organisation": organisation,
        "version": organisation.version,
        "on": given.get("on") or today(),
        "reason": given["reason"].strip(),
    }


def _others(numbers: Sequence[int]) -> list[Organisation]:
    """Return the organisations that join, all of which the caller may restructure."""
    query = visible_organisations(current_actor(), RESTRUCTURE)
    found = {
        each.id: each for each in db.session.scalars(query.where(Organisation.id.in_(numbers)))
    }
    if not found.keys() >= set(numbers):
        words = Words("有的编号不存在；请改正", "some of these numbers do not exist; mend them")
        raise Mistakes({"others": words})
    return [found[each] for each in numbers]
