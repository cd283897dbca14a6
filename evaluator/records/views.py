"""Pages of records: what is known of whom in a year, with its source and day."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.organisations.models import Status, Tier
from evaluator.organisations.queries import (
    Wanted,
    find_organisation,
    listed_organisations,
    names_above,
)
from evaluator.records import importing, withdrawing
from evaluator.records.blueprint import blueprint
from evaluator.records.queries import (
    extents_of,
    known_facts,
    rule_sets_of_year,
    years_with_rule_sets,
)
from evaluator.records.shown import shown_facts
from evaluator.records.withdrawals import withdrawals_of
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from forms.records import YearForm, year_choices

MODULES = (importing, withdrawing)
"""The other pages of the subject; importing them registers them."""
SEE = Permission.SEE_RECORDS


@blueprint.get("/records")
@needs(SEE)
def listing() -> ResponseReturnValue:
    """List the branches that the caller may see with how much is known of each in a year."""
    actor = current_actor()
    form, year = _year_form()
    wanted = Wanted((form.q.data or "")[:100], tier=Tier.BRANCH, status=Status.ACTIVE)
    page = page_of(db.session, listed_organisations(actor, wanted, SEE))
    return render_template(
        "records/listing.html",
        form=form,
        year=year,
        page=page,
        extents=extents_of(db.session, [each.id for each in page.rows], year or 0),
        above=names_above(db.session, page.rows),
        may_import=actor.may(Permission.IMPORT_RECORDS),
    )


@blueprint.get("/records/<int:organisation_id>", endpoint="page")
@needs(SEE)
def show(organisation_id: int) -> ResponseReturnValue:
    """Show what is known of an organisation in a year."""
    organisation = find_organisation(db.session, current_actor(), SEE, organisation_id)
    form, year = _year_form()
    known = known_facts(db.session, [organisation.id], year or 0).get(organisation.id, {})
    rule_set = rule_sets_of_year(db.session, year or 0).get(organisation.category or "")
    facts = shown_facts(known, rule_set, language())
    return render_template(
        "records/page.html",
        form=form,
        year=year,
        organisation=organisation,
        facts=facts,
        withdrawn=withdrawals_of(db.session, organisation, year or 0, rule_set, language()),
        may_withdraw=current_actor().may(Permission.IMPORT_RECORDS, organisation.path),
    )


def _year_form() -> tuple[YearForm, int | None]:
    """Return the choice of years and the one that is asked for, else the newest."""
    years = years_with_rule_sets(db.session)
    form = YearForm(request.args)
    form.year.choices = year_choices(years)
    asked = request.args.get("year", type=int)
    year = asked if asked in years else years[0] if years else None
    form.year.data = str(year) if year else ""
    return form, year
