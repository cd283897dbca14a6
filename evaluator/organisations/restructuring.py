"""Pages that move, merge, split and dissolve organisations."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from evaluator.access import Actor, Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.organisations import operations, restructure
from evaluator.organisations.blueprint import blueprint
from evaluator.organisations.details import Mistakes
from evaluator.organisations.form_pages import attempt, begin, day_of, reason_of, version_in
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.organisations.queries import find_organisation, visible_organisations
from evaluator.organisations.restructure import NewOrganisation
from evaluator.organisations.tree import may_hold_branches
from evaluator.organisations.writing import refuse_district, refuse_ended
from forms.organisations import ActForm, MergeForm, MoveForm, SplitForm, choices_of
from rules.syntax import Words

RESTRUCTURE = Permission.RESTRUCTURE_ORGANISATIONS


@blueprint.route("/organisations/<int:organisation_id>/move", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def move(organisation_id: int) -> ResponseReturnValue:
    """Put an organisation to another place of the tree."""
    actor, organisation = current_actor(), _found(organisation_id)
    form = MoveForm()
    places = _places(actor, organisation)
    form.parent.choices = choices_of([("", "—"), *((str(each.id), each.name) for each in places)])
    if request.method == "GET":
        return _opened("move", form, organisation)

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
        return _page("move", form, organisation), 422
    return _done(organisation, gettext("%(name)s has its new place.", name=organisation.name))


@blueprint.route("/organisations/<int:organisation_id>/merge", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def merge(organisation_id: int) -> ResponseReturnValue:
    """Make one organisation of several, of which this one leads."""
    actor, organisation = current_actor(), _found(organisation_id)
    form = MergeForm()
    beside = _beside(actor, organisation)
    form.others.choices = choices_of(
        (str(each.id), f"{each.name}（{each.code}）") for each in beside
    )
    if request.method == "GET":
        return _opened("merge", form, organisation)

    def act() -> Organisation:
        return restructure.merge(
            db.session,
            actor,
            lead=organisation,
            version=version_in(form),
            others=[each for each in beside if str(each.id) in (form.others.data or ())],
            successor=_successor(form),
            on=day_of(form),
            reason=reason_of(form),
        )

    after = attempt(form, act) if form.validate() else None
    if after is None:
        return _page("merge", form, organisation), 422
    return _done(after, gettext("The organisations go on as %(name)s.", name=after.name))


@blueprint.route("/organisations/<int:organisation_id>/split", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def split(organisation_id: int) -> ResponseReturnValue:
    """Make several organisations of one."""
    actor, organisation = current_actor(), _found(organisation_id)
    form = SplitForm()
    if request.method == "GET":
        return _opened("split", form, organisation)

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
        return _page("split", form, organisation), 422
    return _done(organisation, gettext("%(name)s is split.", name=organisation.name))


@blueprint.route("/organisations/<int:organisation_id>/dissolve", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def dissolve(organisation_id: int) -> ResponseReturnValue:
    """End an organisation."""
    actor, organisation = current_actor(), _found(organisation_id)
    form = ActForm()
    if request.method == "GET":
        return _opened("dissolve", form, organisation)

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
        return _page("dissolve", form, organisation), 422
    return _done(organisation, gettext("%(name)s is dissolved.", name=organisation.name))


def _found(organisation_id: int) -> Organisation:
    organisation = find_organisation(db.session, current_actor(), RESTRUCTURE, organisation_id)
    refuse_ended(organisation)
    refuse_district(organisation)
    return organisation


def _opened(name: str, form: ActForm, organisation: Organisation) -> str:
    begin(form, organisation.version)
    return _page(name, form, organisation)


def _page(name: str, form: ActForm, organisation: Organisation) -> str:
    return render_template(f"organisations/{name}.html", form=form, organisation=organisation)


def _done(organisation: Organisation, words: str) -> Response:
    flash(words)
    return redirect(url_for("organisations.page", organisation_id=organisation.id))


def _places(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """Return where an organisation could go: what goes on one tier above, and general branches."""
    tiers = {Tier.COMMITTEE: (Tier.DISTRICT,), Tier.BRANCH: (Tier.COMMITTEE, Tier.BRANCH)}
    query = visible_organisations(actor, RESTRUCTURE).where(
        Organisation.tier.in_(tiers[organisation.tier]), Organisation.status == Status.ACTIVE
    )
    kinds = [each for each in type(organisation.kind) if may_hold_branches(each)]
    return [
        each
        for each in db.session.scalars(query.where(Organisation.kind.in_(kinds)))
        if operations.move_mistake(organisation, each) is None
    ]


def _beside(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """Return what could join an organisation: what goes on below the same parent."""
    query = visible_organisations(actor, RESTRUCTURE).where(
        Organisation.parent_id == organisation.parent_id,
        Organisation.status == Status.ACTIVE,
        Organisation.id != organisation.id,
    )
    return list(db.session.scalars(query))


def _successor(form: MergeForm) -> NewOrganisation | None:
    if form.after.data != "new":
        return None
    return NewOrganisation((form.code.data or "").strip(), form.name.data or "")


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
