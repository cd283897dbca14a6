"""Pages that move, split and dissolve organisations, and what all such pages share."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from evaluator.access import Actor, Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.organisations import operations, restructure
from evaluator.organisations.blueprint import blueprint
from evaluator.organisations.details import Mistakes
from evaluator.organisations.form_pages import (
    attempt,
    begin,
    day_of,
    reason_of,
    status_of,
    version_in,
)
from evaluator.organisations.meanwhile import refresh
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.organisations.queries import find_organisation, visible_organisations
from evaluator.organisations.restructure import NewOrganisation
from evaluator.organisations.tree import may_hold_branches
from evaluator.organisations.writing import refuse_district, refuse_ended
from forms.organisations import ActForm, MoveForm, SplitForm, choices_of
from rules.syntax import Words

RESTRUCTURE = Permission.RESTRUCTURE_ORGANISATIONS


@blueprint.route("/organisations/<int:organisation_id>/move", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def move(organisation_id: int) -> ResponseReturnValue:
    """Put an organisation to another place of the tree."""
    actor, organisation = current_actor(), found_to_restructure(organisation_id)
    form = MoveForm()
    places = _places(actor, organisation)
    form.parent.choices = choices_of([("", "—"), *((str(each.id), each.name) for each in places)])
    if request.method == "GET":
        return opened("move", form, organisation)

    def act() -> bool:
        parent = next((each for each in places if str(each.id) == form.parent.data), None)
        if parent is None:
            raise Mistakes({"parent": Words("请选择新的上级党组织", "choose the new place")})
        operations.move(
            db.session,
            actor,
            organisation=organisation,
            version=version_in(form),
            parent=parent,
            on=day_of(form),
            reason=reason_of(form),
        )
        return True

    if not (form.validate() and attempt(form, act)):
        return shown_again("move", form, organisation)
    return done(organisation, gettext("%(name)s has its new place.", name=organisation.name))


@blueprint.route("/organisations/<int:organisation_id>/split", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def split(organisation_id: int) -> ResponseReturnValue:
    """Make several organisations of one."""
    actor, organisation = current_actor(), found_to_restructure(organisation_id)
    form = SplitForm()
    if request.method == "GET":
        return opened("split", form, organisation)

    def act() -> list[Organisation]:
        return restructure.split(
            db.session,
            actor,
            organisation=organisation,
            version=version_in(form),
            parts=_parts(form),
            goes_on=form.goes_on.data == "yes",
            on=day_of(form),
            reason=reason_of(form),
        )

    if not (form.validate() and attempt(form, act)):
        return shown_again("split", form, organisation)
    return done(organisation, gettext("%(name)s is split.", name=organisation.name))


@blueprint.route("/organisations/<int:organisation_id>/dissolve", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def dissolve(organisation_id: int) -> ResponseReturnValue:
    """End an organisation."""
    actor, organisation = current_actor(), found_to_restructure(organisation_id)
    form = ActForm()
    if request.method == "GET":
        return opened("dissolve", form, organisation)

    def act() -> bool:
        operations.dissolve(
            db.session,
            actor,
            organisation=organisation,
            version=version_in(form),
            on=day_of(form),
            reason=reason_of(form),
        )
        return True

    if not (form.validate() and attempt(form, act)):
        return shown_again("dissolve", form, organisation)
    return done(organisation, gettext("%(name)s is dissolved.", name=organisation.name))


def found_to_restructure(organisation_id: int) -> Organisation:
    """Return the organisation of a page; one that cannot be restructured has no page to open.

    What was typed meets the same refusal in the operation, and is shown again below it.
    """
    organisation = find_organisation(db.session, current_actor(), RESTRUCTURE, organisation_id)
    if request.method == "GET":
        refuse_ended(organisation)
        refuse_district(organisation)
    return organisation


def opened(name: str, form: ActForm, organisation: Organisation, **more: Any) -> str:
    """Return the page of an act as it opens."""
    begin(form, organisation.version)
    return page(name, form, organisation, **more)


def shown_again(
    name: str, form: ActForm, organisation: Organisation, **more: Any
) -> ResponseReturnValue:
    """Return the page of an act with what was typed, and why it was not done."""
    last = refresh(form, organisation) if form.refused else ""
    return page(name, form, organisation, last=last, **more), status_of(form)


def page(name: str, form: ActForm, organisation: Organisation, **more: Any) -> str:
    """Return the page of an act."""
    return render_template(
        f"organisations/{name}.html", form=form, organisation=organisation, **more
    )


def done(organisation: Organisation, words: str) -> Response:
    """Tell what was done, on the page of the organisation that goes on."""
    flash(words)
    return redirect(url_for("organisations.page", organisation_id=organisation.id))


def _places(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """Return where an organisation could go: what goes on one tier above, and general branches."""
    tiers = {Tier.COMMITTEE: (Tier.DISTRICT,), Tier.BRANCH: (Tier.COMMITTEE, Tier.BRANCH)}
    query = visible_organisations(actor, RESTRUCTURE).where(
        Organisation.tier.in_(tiers.get(organisation.tier, ())),
        Organisation.status == Status.ACTIVE,
    )
    kinds = [each for each in type(organisation.kind) if may_hold_branches(each)]
    return [
        each
        for each in db.session.scalars(query.where(Organisation.kind.in_(kinds)))
        if operations.move_mistake(organisation, each) is None
    ]


def _parts(form: SplitForm) -> list[NewOrganisation]:
    """Return the new organisations of a split; rows that were left empty are none."""
    rows = [each.form for each in form.parts]
    return [
        NewOrganisation(
            (row.code.data or "").strip(),
            row.name.data or "",
            row.members.data or 0,
            row.secretary.data or "",
            heir=row.heir.data,
        )
        for row in rows
        if row.code.data or row.name.data
    ]
