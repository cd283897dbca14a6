"""Pages of panellists: what they understand, how much they take on, what ties them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.accounts.models import Account
from evaluator.database import db
from evaluator.organisations.models import Organisation
from evaluator.organisations.queries import visible_organisations
from evaluator.panels.blueprint import blueprint
from evaluator.panels.models import Panellist, Relation
from evaluator.panels.panellist_operations import (
    TieContent,
    add_tie,
    change_panellist,
    enter_panellist,
    remove_panellist,
    remove_tie,
)
from evaluator.panels.policy import require_manager
from evaluator.panels.queries import accounts_to_enter, find_panellist
from evaluator.panels.shown import may_change, relation_words, round_to_read
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.panels import ActForm, EnterForm, PanellistForm, TieForm, choices_of, words_of

P = Permission


@blueprint.get("/panels/panellists")
@needs(P.SEE_PANELS)
def panellists() -> str:
    """List the panellists."""
    return _listing(EnterForm())


@blueprint.post("/panels/panellists")
@needs(P.MANAGE_PANELS)
def enter() -> ResponseReturnValue:
    """Enter an account among the panellists."""
    require_manager(db.session, current_actor())
    form, accounts = EnterForm(), {each.id: each for each in accounts_to_enter(db.session)}
    form.account.choices = _choices(accounts.values())
    if not form.validate_on_submit():
        return _listing(form), 422
    account = accounts[form.account.data]
    panellist = enter_panellist(db.session, current_actor(), account=account)
    return _back(panellist)


@blueprint.get("/panels/panellists/<int:number>")
@needs(P.SEE_PANELS)
def panellist(number: int) -> str:
    """Show a panellist with its ties."""
    round_to_read()
    return _page(find_panellist(db.session, number))


@blueprint.post("/panels/panellists/<int:number>")
@needs(P.MANAGE_PANELS)
def change(number: int) -> ResponseReturnValue:
    """Keep what a panellist understands and how much it takes on."""
    found, form = _managed(number), PanellistForm()
    if not form.validate_on_submit():
        return _page(found, form), 422
    change_panellist(
        db.session,
        current_actor(),
        panellist=found,
        version=form.version.data or 0,
        competences=words_of(form.competences.data),
        most_cases=form.most_cases.data,
    )
    flash(gettext("Kept."))
    return _back(found)


@blueprint.post("/panels/panellists/<int:number>/remove")
@needs(P.MANAGE_PANELS)
def remove_person(number: int) -> ResponseReturnValue:
    """Remove a panellist that nothing knows."""
    found, form = _managed(number), ActForm()
    if form.validate_on_submit():
        version = form.version.data or 0
        remove_panellist(db.session, current_actor(), panellist=found, version=version)
    return redirect(url_for("panels.panellists"))


@blueprint.post("/panels/panellists/<int:number>/ties")
@needs(P.MANAGE_PANELS)
def tie(number: int) -> ResponseReturnValue:
    """Enter a tie of a panellist."""
    found, form = _managed(number), TieForm()
    if not form.validate_on_submit():
        return _page(found, tie_form=form), 422
    organisation = _organisation(form.organisation.data or "")
    if organisation is None:
        form.organisation.errors = [
            gettext("No organisation has this code or full name. Look it up in the register.")
        ]
        return _page(found, tie_form=form), 422
    relation = Relation(form.relation.data)
    days = {"since": form.since.data, "until": form.until.data}
    content = TieContent(organisation, relation, **days, note=form.note.data or "")
    add_tie(db.session, current_actor(), panellist=found, content=content)
    return _back(found)


@blueprint.post("/panels/panellists/<int:number>/ties/<int:tie_id>/remove")
@needs(P.MANAGE_PANELS)
def untie(number: int, tie_id: int) -> ResponseReturnValue:
    """Take out a tie that was entered by mistake."""
    found = _managed(number)
    there = next((each for each in found.ties if each.id == tie_id), None)
    if there is None:
        raise NotAllowed(P.MANAGE_PANELS)
    if ActForm().validate_on_submit():
        remove_tie(db.session, current_actor(), panellist=found, tie=there)
    return _back(found)


def _managed(number: int) -> Panellist:
    require_manager(db.session, current_actor())
    return find_panellist(db.session, number)


def _organisation(text: str) -> Organisation | None:
    """Return the organisation that a code or a full name means, None where it means no one."""
    query = visible_organisations(current_actor()).where(
        or_(Organisation.code == text, Organisation.name == text)
    )
    found = db.session.scalars(query).all()
    by_code = [each for each in found if each.code == text]
    return by_code[0] if by_code else found[0] if len(found) == 1 else None


def _choices(accounts: Iterable[Account]) -> list[Any]:
    return choices_of((each.id, f"{each.name}（{each.login_name}）") for each in accounts)


def _listing(form: EnterForm) -> str:
    made = round_to_read()
    if form.account.choices is None:
        form.account.choices = _choices(accounts_to_enter(db.session))
    query = (
        select(Panellist)
        .join(Panellist.account)
        .options(selectinload(Panellist.ties))
        .order_by(Account.name, Panellist.id)
    )
    return render_template(
        "panels/panellists.html",
        page=page_of(db.session, query),
        form=form,
        changes=may_change(made),
    )


def _page(
    found: Panellist, form: PanellistForm | None = None, tie_form: TieForm | None = None
) -> str:
    data = {
        "version": found.version,
        "competences": gettext(", ").join(found.competences),
        "most_cases": found.most_cases,
    }
    return render_template(
        "panels/panellist.html",
        panellist=found,
        form=form or PanellistForm(formdata=None, data=data),
        tie_form=tie_form or TieForm(formdata=None),
        act=ActForm(formdata=None, version=found.version),
        changes=may_change(round_to_read()),
        relation_words=relation_words,
    )


def _back(found: Panellist) -> ResponseReturnValue:
    return redirect(url_for("panels.panellist", number=found.id))
