"""The page on which a known fact is withdrawn, such as one of another branch."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.organisations.models import Organisation
from evaluator.organisations.queries import find_organisation
from evaluator.records.blueprint import blueprint
from evaluator.records.models import KnownFact
from evaluator.records.operations import withdraw_record
from evaluator.records.queries import find_known_fact, rule_sets_of_year
from evaluator.records.shown import shown_facts
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.records import WithdrawForm

IMPORT = Permission.IMPORT_RECORDS
_ADDRESS = "/records/<int:organisation_id>/<int:year>/<fact>/withdraw"


@blueprint.get(_ADDRESS)
@needs(IMPORT)
def ask_to_withdraw(organisation_id: int, year: int, fact: str) -> ResponseReturnValue:
    """Show the value that would be known no more, and ask why."""
    organisation, known = _found(organisation_id, year, fact)
    return _page(organisation, known, _form(known))


@blueprint.post(_ADDRESS)
@needs(IMPORT)
@confirmed
def withdraw(organisation_id: int, year: int, fact: str) -> ResponseReturnValue:
    """Withdraw a value that the platform knew."""
    organisation, known = _found(organisation_id, year, fact)
    form = WithdrawForm()

    def act() -> bool:
        withdraw_record(
            db.session,
            current_actor(),
            organisation=organisation,
            known=known,
            seen=form.seen.data or "",
            reason=form.reason.data or "",
        )
        return True

    if not form.validate() or attempt(form, act) is None:
        organisation, known = _found(organisation_id, year, fact)
        form.seen.data = known.brought_at.isoformat()
        return _page(organisation, known, form), status_of(form)
    flash(gettext("The value is withdrawn; why stays in the audit log."))
    return redirect(url_for("records.page", organisation_id=organisation_id, year=year))


def _found(organisation_id: int, year: int, fact: str) -> tuple[Organisation, KnownFact]:
    organisation = find_organisation(db.session, current_actor(), IMPORT, organisation_id)
    known = find_known_fact(db.session, organisation.id, year, fact)
    if known is None:
        raise NotAllowed(IMPORT)
    return organisation, known


def _form(known: KnownFact) -> WithdrawForm:
    form = WithdrawForm(formdata=None)
    form.seen.data = known.brought_at.isoformat()
    return form


def _page(organisation: Organisation, known: KnownFact, form: WithdrawForm) -> str:
    rule_set = rule_sets_of_year(db.session, known.year).get(organisation.category or "")
    (shown,) = shown_facts({known.fact: known}, rule_set, language())
    return render_template(
        "records/withdraw.html", organisation=organisation, known=known, shown=shown, form=form
    )
