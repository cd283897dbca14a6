"""The page that merges organisations: searched for by number or name, wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import Actor, Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.organisations import restructure
from evaluator.organisations.blueprint import blueprint
from evaluator.organisations.form_pages import attempt, day_of, reason_of, version_in
from evaluator.organisations.models import Organisation, Status
from evaluator.organisations.queries import Wanted, listed_organisations, names_above
from evaluator.organisations.restructure import NewOrganisation
from evaluator.organisations.restructuring import done, found_to_restructure, opened, shown_again
from evaluator.organisations.restructuring import page as page_of_act
from forms.organisations import MergeForm, choices_of

RESTRUCTURE = Permission.RESTRUCTURE_ORGANISATIONS
MOST_FOUND = 30
MOST_CHOSEN = 200


@blueprint.route("/organisations/<int:organisation_id>/merge", methods=["GET", "POST"])
@needs(RESTRUCTURE)
@confirmed
def merge(organisation_id: int) -> ResponseReturnValue:
    """Make one organisation of several, of which this one leads."""
    actor, organisation = current_actor(), found_to_restructure(organisation_id)
    form = MergeForm()
    chosen = _chosen(actor, organisation, form.others.data or ())
    more = _offer(form, actor, organisation, chosen)
    if request.method == "GET":
        return opened("merge", form, organisation, more=more)
    if "find" in request.form:
        return page_of_act("merge", form, organisation, more=more)

    def act() -> Organisation:
        return restructure.merge(
            db.session,
            actor,
            lead=organisation,
            version=version_in(form),
            others=chosen,
            successor=_successor(form),
            on=day_of(form),
            reason=reason_of(form),
        )

    after = attempt(form, act) if form.validate() else None
    if after is None:
        return shown_again("merge", form, organisation, more=more)
    return done(after, gettext("The organisations go on as %(name)s.", name=after.name))


def _chosen(actor: Actor, organisation: Organisation, given: Iterable[str]) -> list[Organisation]:
    """Return what was ticked, as far as the actor may merge it."""
    numbers = {int(each) for each in given if each.isdecimal() and len(each) < 10}
    query = listed_organisations(actor, Wanted(), RESTRUCTURE).where(
        Organisation.id.in_(sorted(numbers)[:MOST_CHOSEN]), Organisation.id != organisation.id
    )
    return list(db.session.scalars(query))


def _offer(
    form: MergeForm, actor: Actor, organisation: Organisation, chosen: Collection[Organisation]
) -> bool:
    """Fill in what can be ticked: what is ticked already, then what the search finds.

    Without words to search for these are the neighbours. Return whether more were found than are
    shown.
    """
    words = (form.q.data or "").strip()[:100]
    wanted = Wanted(words, tier=organisation.tier, status=Status.ACTIVE)
    query = listed_organisations(actor, wanted, RESTRUCTURE).where(
        Organisation.id != organisation.id,
        Organisation.id.not_in([each.id for each in chosen]),
    )
    if not words:
        query = query.where(Organisation.parent_id == organisation.parent_id)
    found = list(db.session.scalars(query.limit(MOST_FOUND + 1)))
    shown = [*chosen, *found[:MOST_FOUND]]
    above = names_above(db.session, shown)
    form.others.choices = choices_of(
        (str(each.id), _label(each, above.get(each.parent_id or 0, ""))) for each in shown
    )
    return len(found) > MOST_FOUND


def _label(organisation: Organisation, parent: str) -> str:
    place = f" · {parent}" if parent else ""
    return f"{organisation.name}（{organisation.code}）{place}"


def _successor(form: MergeForm) -> NewOrganisation | None:
    if form.after.data != "new":
        return None
    return NewOrganisation((form.code.data or "").strip(), form.name.data or "")
