"""Planning a round: its year and title, its rule sets, its calendar."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.rounds.blueprint import blueprint
from evaluator.rounds.calendar import ZONE, PlannedStep, proposed
from evaluator.rounds.models import Round
from evaluator.rounds.operations import (
    choose_rule_sets,
    delete_round,
    rename_round,
    set_calendar,
)
from evaluator.rounds.queries import find_to_manage
from evaluator.rounds.round_page import PREFIX, sent_calendar, sent_choice, shown
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.errors import Refusal
from forms.rounds import ActForm, RenameForm

P = Permission


@blueprint.post("/rounds/<int:round_id>")
@needs(P.MANAGE_ROUNDS)
def rename(round_id: int) -> ResponseReturnValue:
    """Change the year or the title of a round."""
    made = find_to_manage(db.session, current_actor(), round_id)
    form = RenameForm()
    if not form.validate_on_submit():
        return _again(made, renaming=form)
    rename_round(
        db.session, current_actor(), made=made, version=form.version.data or 0,
        year=form.year.data or 0, title=form.title.data or "",
    )  # fmt: skip
    return _back(made)


@blueprint.post("/rounds/<int:round_id>/rule-sets")
@needs(P.MANAGE_ROUNDS)
def choose(round_id: int) -> ResponseReturnValue:
    """Choose by which rule set each category is rated."""
    made = find_to_manage(db.session, current_actor(), round_id)
    form = sent_choice()
    if not form.validate_on_submit():
        return _again(made, choosing=form)
    chosen = {
        field.name.removeprefix(PREFIX): int(field.data)
        for field in form
        if field.name.startswith(PREFIX) and field.data
    }
    choose_rule_sets(
        db.session, current_actor(), made=made, version=form.version.data or 0, chosen=chosen
    )
    return _back(made)


@blueprint.post("/rounds/<int:round_id>/calendar")
@needs(P.MANAGE_ROUNDS)
def plan(round_id: int) -> ResponseReturnValue:
    """Set the calendar of a round."""
    made = find_to_manage(db.session, current_actor(), round_id)
    form = sent_calendar()
    if not form.validate_on_submit():
        return _again(made, calendar=form)
    steps = [
        PlannedStep(step, opens.replace(tzinfo=ZONE), closes.replace(tzinfo=ZONE))
        for step, (opens, closes) in form.moments().items()
    ]
    set_calendar(
        db.session, current_actor(), made=made, version=form.version.data or 0, steps=steps
    )
    return _back(made)


@blueprint.post("/rounds/<int:round_id>/calendar/proposal")
@needs(P.MANAGE_ROUNDS)
def take_proposal(round_id: int) -> ResponseReturnValue:
    """Take the calendar over from the procedure of the chosen rule sets."""
    made = find_to_manage(db.session, current_actor(), round_id)
    form = ActForm()
    if form.validate_on_submit():
        steps = proposed(rule_set_of(each.stored) for each in made.rule_sets)
        if not steps:
            raise Refusal(gettext("The chosen rule sets date no step. Enter the calendar by hand."))
        set_calendar(
            db.session, current_actor(), made=made, version=form.version.data or 0, steps=steps
        )
    return _back(made)


@blueprint.post("/rounds/<int:round_id>/delete")
@needs(P.MANAGE_ROUNDS)
def delete(round_id: int) -> ResponseReturnValue:
    """Give up a round that was never opened."""
    made = find_to_manage(db.session, current_actor(), round_id)
    form = ActForm()
    if form.validate_on_submit():
        delete_round(db.session, current_actor(), made=made, version=form.version.data or 0)
        flash(gettext("“%(title)s” is removed.", title=made.title))
    return redirect(url_for("rounds.listing"))


def _again(made: Round, **filled: Any) -> ResponseReturnValue:
    """Show the page once more with what was typed, and what is wrong with it."""
    return shown(made, **filled), 422


def _back(made: Round) -> ResponseReturnValue:
    return redirect(url_for("rounds.page", round_id=made.id))
