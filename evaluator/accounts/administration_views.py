"""Pages on which administrators look after accounts."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than stubs

from evaluator.access import NotAllowed, Permission, Role, confirmed, current_actor, needs
from evaluator.accounts import operations, queries
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.form_fields import refuse, text
from evaluator.accounts.models import Account, RoleGrant
from evaluator.accounts.password_slips import passwords_text
from evaluator.accounts.policy import manages_wholly
from evaluator.accounts.words import ROLES
from evaluator.audit.newest import last_changes
from evaluator.database import db
from evaluator.organisations.models import Organisation
from evaluator.web.errors import Refusal
from evaluator.web.pages import page_of
from evaluator.web.showing import moment
from forms.accounts import AccountForm, GrantForm, NameForm

SEE = Permission.SEE_ACCOUNTS
MANAGE = Permission.MANAGE_ACCOUNTS


@blueprint.get("/accounts")
@needs(SEE)
def listing() -> ResponseReturnValue:
    """Show the accounts with a role where the caller may see accounts."""
    asked = request.args.get("role", "")
    wanted = queries.Wanted(
        words=request.args.get("words", ""),
        role=Role(asked) if asked in list(Role) else None,
        inactive="inactive" in request.args,
    )
    actor = current_actor()
    page = page_of(db.session, queries.listed_accounts(actor, wanted))
    grants = {each.id: queries.visible_grants(actor, each) for each in page.rows}
    return render_template(
        "accounts/listing.html", page=page, wanted=wanted, grants=grants, roles=ROLES
    )


@blueprint.get("/accounts/<int:account_id>")
@needs(SEE)
def page(account_id: int) -> ResponseReturnValue:
    """Show one account."""
    actor = current_actor()
    account = queries.find_account(db.session, actor, account_id)
    return render_template(
        "accounts/page.html",
        account=account,
        grants=queries.visible_grants(actor, account),
        manages=bool(queries.visible_grants(actor, account, MANAGE)),
    )


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@needs(MANAGE)
@confirmed
def create() -> ResponseReturnValue:
    """Make an account; its one-time password is shown once."""
    form = AccountForm(organisation=request.args.get("organisation", ""))
    form.role.choices = _role_choices()
    if form.validate_on_submit():
        place = _place(form)
        made = _made(form, place) if place else None
        if made:
            account, password = made
            return _password_once(account, password)
    places = queries.suggestions(db.session, current_actor())
    return render_template("accounts/create.html", form=form, places=places)


@blueprint.route("/accounts/<int:account_id>/edit", methods=["GET", "POST"])
@needs(MANAGE)
@confirmed
def edit(account_id: int) -> ResponseReturnValue:
    """Show everything that can be changed of an account; take a new name."""
    actor, account = current_actor(), _found(account_id)
    form = _name_form(account, request.form if request.method == "POST" else None)
    if request.method == "GET" or not form.validate():
        return _edit_page(account, form, _grant_form())
    name, seen = text(form.name), form.seen.data or ""
    try:
        operations.rename_account(db.session, actor, account=account, name=name, seen=seen)
    except operations.Renamed as error:
        db.session.rollback()
        refuse(form.name, f"{error.words} {_now_called(account)}")
        form.seen.data = account.name
        return _edit_page(account, form, _grant_form()), 409
    return _back(account)


@blueprint.post("/accounts/<int:account_id>/roles")
@needs(MANAGE)
@confirmed
def grant(account_id: int) -> ResponseReturnValue:
    """Give an account a role at a place."""
    account = _found(account_id)
    form = _grant_form()
    place = _place(form) if form.validate_on_submit() else None
    if place is None:
        return _edit_page(account, _name_form(account, None), form)
    actor, role = current_actor(), Role(form.role.data)
    try:
        operations.grant_role(db.session, actor, account=account, role=role, organisation=place)
    except Refusal as error:
        db.session.rollback()
        refuse(form.organisation, error.words)
        return _edit_page(account, _name_form(account, None), form), 409
    return _back(account)


@blueprint.post("/accounts/<int:account_id>/roles/<int:grant_id>/remove")
@needs(MANAGE)
@confirmed
def revoke(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role from an account."""
    account = _found(account_id)
    found = db.session.get(RoleGrant, grant_id)
    if found is None or found.account_id != account.id:
        raise NotAllowed(MANAGE)
    operations.revoke_role(db.session, current_actor(), grant=found)
    return _back(account)


@blueprint.post("/accounts/<int:account_id>/close")
@needs(MANAGE)
@confirmed
def close(account_id: int) -> ResponseReturnValue:
    """Close an account; nobody signs in by it any more."""
    account = _found(account_id)
    operations.set_active(db.session, current_actor(), account=account, active=False)
    return _back(account)


@blueprint.post("/accounts/<int:account_id>/open")
@needs(MANAGE)
@confirmed
def reopen(account_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    account = _found(account_id)
    operations.set_active(db.session, current_actor(), account=account, active=True)
    return _back(account)


@blueprint.post("/accounts/<int:account_id>/password")
@needs(MANAGE)
@confirmed
def reset_password(account_id: int) -> ResponseReturnValue:
    """Show a new one-time password once; the old password ends, with all that it signed in."""
    account = _found(account_id)
    password = operations.reset_password(db.session, current_actor(), account=account)
    return _password_once(account, password)


@blueprint.post("/accounts/<int:account_id>/second-factor/remove")
@needs(MANAGE)
@confirmed
def remove_second_factor(account_id: int) -> ResponseReturnValue:
    """Take the second factor from an account whose phone is lost."""
    account = _found(account_id)
    operations.remove_second_factor(db.session, current_actor(), account=account)
    return _back(account)


def _found(account_id: int) -> Account:
    return queries.find_account(db.session, current_actor(), account_id, MANAGE)


def _password_once(account: Account, password: str) -> ResponseReturnValue:
    return render_template(
        "accounts/password_once.html",
        account=account,
        password=password,
        slips=passwords_text([(account, password)]),
    )


def _edit_page(account: Account, form: NameForm, grant_form: GrantForm) -> str:
    actor = current_actor()
    return render_template(
        "accounts/edit.html",
        account=account,
        form=form,
        grant_form=grant_form,
        grants=queries.visible_grants(actor, account, MANAGE),
        whole=manages_wholly(actor, account),
        is_self=account.id == actor.account_id,
        places=queries.suggestions(db.session, actor),
    )


def _name_form(account: Account, posted: MultiDict[str, str] | None) -> NameForm:
    return NameForm(posted, obj=account, seen=account.name)


def _now_called(account: Account) -> str:
    """Return what the name is now, and who changed it when."""
    change = last_changes(db.session, "account", account.id).by_value.get("name")
    by = f"{change.who} {moment(change.at)}" if change else ""
    words: str = gettext("It is now “%(value)s” (%(by)s).", value=account.name, by=by)
    return words


def _grant_form() -> GrantForm:
    form = GrantForm()
    form.role.choices = _role_choices()
    return form


def _role_choices() -> list[SelectChoice]:
    return [SelectChoice(role.value, str(words)) for role, words in ROLES.items()]


def _place(form: GrantForm) -> Organisation | None:
    """Return the organisation that was typed; else say at the field what it may have meant."""
    found = queries.candidates(db.session, current_actor(), text(form.organisation))
    if len(found) == 1:
        return found[0]
    if not found:
        words = gettext("No organisation of this code or name is in your care.")
    else:
        names = "、".join(f"{each.code} {each.name}" for each in found)
        words = gettext("Several fit: %(names)s. Write the code of one.", names=names)
    refuse(form.organisation, words)
    return None


def _made(form: AccountForm, place: Organisation) -> tuple[Account, str] | None:
    try:
        return operations.create_account(
            db.session,
            current_actor(),
            login_name=text(form.login_name),
            name=text(form.name),
            role=Role(form.role.data),
            organisation=place,
        )
    except operations.UnusableLoginName as error:
        refuse(form.login_name, str(error))
        return None


def _back(account: Account) -> ResponseReturnValue:
    flash(gettext("The change is kept."), "message")
    return redirect(url_for("accounts.edit", account_id=account.id))
