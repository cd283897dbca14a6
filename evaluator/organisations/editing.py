"""Pages that enter an organisation and change its details."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.organisations import operations
from evaluator.organisations.blueprint import blueprint
from evaluator.organisations.catalogue import Catalogue, catalogue
from evaluator.organisations.details import Details, Mistakes, details_of, read_attributes
from evaluator.organisations.form_pages import (
    attempt,
    begin,
    day_of,
    offer_details,
    reason_of,
    status_of,
    version_in,
)
from evaluator.organisations.meanwhile import refresh, seen_in, take_in
from evaluator.organisations.models import Kind, Organisation, Tier
from evaluator.organisations.queries import find_organisation
from evaluator.organisations.tree import tier_below
from evaluator.organisations.writing import refuse_ended
from evaluator.web.languages import language
from forms.organisations import ATTRIBUTE, DetailsForm, NewForm, details_form
from rules.syntax import Fact

EDIT = Permission.EDIT_ORGANISATIONS
PLAIN = ("name", "members", "founded", "secretary", "sort_key")


@blueprint.route("/organisations/<int:organisation_id>/new", methods=["GET", "POST"])
@needs(EDIT)
def new(organisation_id: int) -> ResponseReturnValue:
    """Enter an organisation below another."""
    actor = current_actor()
    parent = find_organisation(db.session, actor, EDIT, organisation_id)
    form = NewForm()
    offer_details(form, tier_below(parent), catalogue(db.session))
    if request.method == "GET":
        refuse_ended(parent)
        begin(form, parent.version)
        form.kind.data = Kind.BRANCH.value if tier_below(parent) is Tier.BRANCH else None
        return render_template("organisations/new.html", form=form, parent=parent)

    def enter() -> Organisation:
        return operations.create(
            db.session,
            actor,
            code=(form.code.data or "").strip(),
            parent=parent,
            details=_given(form),
            on=day_of(form),
            reason=reason_of(form),
        )

    made = attempt(form, enter) if form.validate() else None
    if made is None:
        return render_template("organisations/new.html", form=form, parent=parent), status_of(form)
    flash(gettext("%(name)s is in the register.", name=made.name))
    return redirect(url_for("organisations.page", organisation_id=made.id))


@blueprint.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Change the details of an organisation."""
    actor = current_actor()
    organisation = find_organisation(db.session, actor, EDIT, organisation_id)
    known = catalogue(db.session)
    if request.method == "GET":
        refuse_ended(organisation)
        return _edit_page(_opened_form(organisation, known), organisation)
    form = _edit_form(organisation, known, request.form)

    def change() -> bool:
        return operations.edit(
            db.session,
            actor,
            organisation=organisation,
            version=version_in(form),
            details=_with_attributes(form, organisation, known),
            on=day_of(form),
            reason=reason_of(form),
        )

    changed = attempt(form, change) if form.validate() else None
    if changed is None:
        taken = _taken_in(form, organisation, known) if form.refused else {}
        return _edit_page(form, organisation, **taken), status_of(form)
    flash(gettext("The change is kept.") if changed else gettext("Nothing was different."))
    return redirect(url_for("organisations.page", organisation_id=organisation.id))


def _edit_form(
    organisation: Organisation, known: Catalogue, posted: MultiDict[str, str] | None
) -> DetailsForm:
    """Return the form of an organisation as it is now, with what was typed over it."""
    facts = known.attributes_of(organisation.category)
    kept = organisation.attributes
    filled = {f"{ATTRIBUTE}{name}": _filled(fact, kept.get(name)) for name, fact in facts.items()}
    plain: dict[str, Any] = {name: getattr(organisation, name) for name in PLAIN}
    chosen = {"kind": organisation.kind.value, "category": organisation.category or ""}
    form = details_form(facts, language())(posted, data={**plain, **chosen, **filled})
    offer_details(form, organisation.tier, known)
    return form


def _filled(fact: Fact, value: Any) -> Any:
    """Return a stored attribute as its field takes it."""
    return date.fromisoformat(value) if fact.type == "date" and value else value


def _opened_form(organisation: Organisation, known: Catalogue) -> DetailsForm:
    form = _edit_form(organisation, known, None)
    begin(form, organisation.version)
    form.seen.data = seen_in(form)
    return form


def _taken_in(form: DetailsForm, organisation: Organisation, known: Catalogue) -> dict[str, Any]:
    """Return what the page tells of what others did meanwhile; what was typed stays."""
    last = refresh(form, organisation)
    return {
        "taken": take_in(form, _edit_form(organisation, known, None), organisation),
        "last": last,
    }


def _edit_page(form: DetailsForm, organisation: Organisation, **more: Any) -> str:
    return render_template(
        "organisations/edit.html",
        form=form,
        organisation=organisation,
        attributes=[each for each in form if each.name.startswith(ATTRIBUTE)],
        **more,
    )


def _given(form: DetailsForm) -> Details:
    """Return the details of a form without attributes."""
    return Details(
        kind=Kind(form.kind.data),
        category=form.category.data or None,
        name=form.name.data or "",
        members=form.members.data or 0,
        founded=form.founded.data,
        secretary=form.secretary.data or "",
        sort_key=_sort_key(form),
    )


def _sort_key(form: DetailsForm) -> str:
    """Return the pinyin as given; one that came from a name that is changed now is made anew."""
    given: str = form.sort_key.data or ""
    kept = form.sort_key.object_data == given and form.name.object_data != form.name.data
    return "" if kept else given


def _with_attributes(form: DetailsForm, organisation: Organisation, known: Catalogue) -> Details:
    """Return the details of a form with the attributes that it shows; others stay as they are."""
    given = {
        field.name.removeprefix(ATTRIBUTE): field.data
        for field in form
        if field.name.startswith(ATTRIBUTE)
    }
    values, mistakes = read_attributes(given, organisation.category, known)
    if mistakes:
        raise Mistakes({f"{ATTRIBUTE}{name}": words for name, words in mistakes.items()})
    kept = details_of(organisation).attributes
    others = {name: value for name, value in kept.items() if name not in given}
    return replace(_given(form), attributes={**others, **values})
